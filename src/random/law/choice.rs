//! One uniform for two questions: which branch, and which value within it.

/// Weights as consecutive ranges of the 64 bits, so that a higher draw is a later branch or a
/// higher level of the same one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    ranges: Vec<Range>,
}

#[derive(Clone, Debug, PartialEq)]
struct Range {
    /// The first bits of the range.
    first: u64,
    /// The last bits of the range.
    last: u64,
    /// What widens the range to all 64 bits.
    stretch: f64,
}

impl Choice {
    /// Weights above zero that need not sum to one; at least one of them.
    pub fn new(weights: impl Iterator<Item = f64> + Clone) -> Choice {
        const ALL: f64 = 18_446_744_073_709_551_616.0;
        let total: f64 = weights.clone().sum();
        let mut first = 0;
        let mut sum = 0.0;
        let mut ranges = Vec::new();
        for weight in weights {
            sum += weight;
            // The cast saturates, so the last range ends with the largest bits.
            let end = (sum / total * ALL) as u64;
            if end > first {
                let last = if end == u64::MAX { end } else { end - 1 };
                ranges.push(Range { first, last, stretch: ALL / ((last - first) as f64 + 1.0) });
                first = end;
            } else {
                // So unlikely that it never comes.
                ranges.push(Range { first: u64::MAX, last: 0, stretch: 0.0 });
            }
        }
        if let Some(range) = ranges.iter_mut().rev().find(|range| range.stretch > 0.0) {
            range.last = u64::MAX;
        }
        Choice { ranges }
    }

    /// The branch, and 64 bits of its own.
    #[inline]
    pub fn split(&self, bits: u64) -> (usize, u64) {
        let chosen = self.ranges.iter().position(|range| bits <= range.last).unwrap_or(0);
        let Range { first, stretch, .. } = self.ranges[chosen];
        (chosen, (bits.saturating_sub(first) as f64 * stretch) as u64)
    }
}
