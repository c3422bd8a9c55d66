//! One uniform for two questions: which branch, and which value within it.

/// Weights as consecutive ranges of the 64 bits, so that a higher draw is a later branch or a
/// higher level of the same one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Choice {
    ranges: Vec<Range>,
}

/// The weights that a choice can tell from never, relative to their sum.
pub(super) const LEAST_WEIGHT: f64 = 1e-15;

#[derive(Clone, Debug, PartialEq)]
struct Range {
    first: u64,
    last: u64,
    /// 2^64 / width of the range, times 2^shift: what widens the range to all 64 bits.
    factor: u64,
    shift: u32,
}

impl Range {
    fn new(first: u64, last: u64) -> Range {
        let width = u128::from(last - first) + 1;
        let shift = width.ilog2().min(63);
        let factor = u64::try_from((1u128 << (64 + shift)) / width).unwrap_or(u64::MAX);
        Range { first, last, factor, shift }
    }
}

impl Choice {
    /// Weights that sum to one, each at least [`LEAST_WEIGHT`].
    pub fn new(weights: impl Iterator<Item = f64>) -> Choice {
        const ALL: f64 = 18_446_744_073_709_551_616.0;
        let mut sum = 0.0;
        let mut first = 0;
        let mut ranges: Vec<Range> = weights
            .map(|weight| {
                sum += weight;
                // The cast saturates.
                let end = (sum * ALL) as u64;
                let range = Range::new(first, end.saturating_sub(1).max(first));
                first = end;
                range
            })
            .collect();
        if let Some(range) = ranges.last_mut() {
            *range = Range::new(range.first, u64::MAX);
        }
        Choice { ranges }
    }

    /// The branch, and 64 bits of its own.
    #[inline]
    pub fn split(&self, bits: u64) -> (usize, u64) {
        let mut chosen = 0;
        while bits > self.ranges[chosen].last {
            chosen += 1;
        }
        let Range { first, factor, shift, .. } = self.ranges[chosen];
        (chosen, ((u128::from(bits - first) * u128::from(factor)) >> shift) as u64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_branch_gets_its_share_and_all_of_its_bits() {
        let choice = Choice::new([0.25, LEAST_WEIGHT, 0.5, 0.25 - LEAST_WEIGHT].into_iter());
        let mut before = 0;
        for (branch, range) in choice.ranges.iter().enumerate() {
            assert_eq!(range.first, before);
            assert_eq!(choice.split(range.first), (branch, 0));
            let (last, bits) = choice.split(range.last);
            let width = (range.last - range.first) as f64 + 1.0;
            assert_eq!(last, branch);
            assert!((u64::MAX - bits) as f64 <= 2.0 * u64::MAX as f64 / width + 2.0);
            before = range.last.wrapping_add(1);
        }
        assert_eq!(before, 0);
        assert_eq!(Choice::new([1.0].into_iter()).split(12_345 << 40).0, 0);
    }
}
