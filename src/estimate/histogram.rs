//! Log-linear histograms of times: a fixed relative error, integer counts that merge exactly.
//!
//! The bins are those of HDR histograms (G. Tene): linear below `2^SUB` units, then `2^SUB` bins an
//! octave. One count is one shift, one subtraction and one increment.

use crate::units::Span;

/// Bins of relative width `2^-SUB`, in units of `2^UNIT` microseconds.
#[derive(Clone, Debug)]
pub struct Histogram<const SUB: u32, const UNIT: u32> {
    /// As long as its last count needs.
    counts: Vec<u32>,
    /// The bins touched so far lie in `low..high`, so that sparse ones are cheap to walk.
    low: usize,
    high: usize,
}

/// Percentiles within 1 %: 64 bins an octave (midpoints within 0.8 %), exact to 64 microseconds below 4 ms.
pub type FineHistogram = Histogram<6, 6>;

/// Percentiles within 5 %: 16 bins an octave (midpoints within 3.2 %), exact to 66 ms below one second.
pub type CoarseHistogram = Histogram<4, 16>;

/// Longer times than this (about 4.5 years) share the last bin.
const LONGEST: u64 = 1 << 47;

impl<const SUB: u32, const UNIT: u32> Histogram<SUB, UNIT> {
    /// Empty.
    #[must_use]
    pub fn new() -> Self {
        Histogram { counts: Vec::new(), low: usize::MAX, high: 0 }
    }

    /// How many bins there can be.
    #[must_use]
    pub const fn bins() -> usize {
        Self::bin(Span::from_micros(LONGEST)) + 1
    }

    /// The bin that a time falls into.
    #[inline]
    #[must_use]
    pub const fn bin(value: Span) -> usize {
        let micros = if value.micros() < LONGEST { value.micros() } else { LONGEST };
        let units = micros >> UNIT;
        if units < 1 << SUB {
            return units as usize;
        }
        let octave = 63 - units.leading_zeros() - SUB;
        ((octave as usize) << SUB) + (units >> octave) as usize
    }

    /// The smallest time of a bin, in seconds.
    #[must_use]
    pub fn lower_seconds(bin: usize) -> f64 {
        let octave = (bin >> SUB).saturating_sub(1);
        let units = (bin - (octave << SUB)) as u64;
        Span::from_micros((units << octave) << UNIT).seconds()
    }

    /// What stands for a bin's times, in seconds: its midpoint; zero for the first bin, which holds
    /// those who did not wait at all.
    #[must_use]
    pub fn value_seconds(bin: usize) -> f64 {
        if bin == 0 { 0.0 } else { (Self::lower_seconds(bin) + Self::lower_seconds(bin + 1)) / 2.0 }
    }

    /// Counts one.
    #[inline]
    pub fn add(&mut self, value: Span) {
        let bin = Self::bin(value);
        match self.counts.get_mut(bin) {
            Some(count) => *count += 1,
            None => self.grow(bin),
        }
        self.low = self.low.min(bin);
        self.high = self.high.max(bin + 1);
    }

    /// A new longest time: rare, and rarer the longer a run goes on.
    #[cold]
    fn grow(&mut self, bin: usize) {
        self.counts.resize(bin + 1, 0);
        self.counts[bin] = 1;
    }

    /// (bin, count) of the bins that may hold something, ascending.
    pub fn touched(&self) -> impl Iterator<Item = (usize, u32)> + '_ {
        let low = self.low.min(self.high);
        self.counts[low..self.high].iter().enumerate().map(move |(i, &count)| (low + i, count))
    }

    /// Empties it, keeping its memory; costs what was touched.
    pub fn clear(&mut self) {
        if self.low < self.high {
            self.counts[self.low..self.high].fill(0);
        }
        (self.low, self.high) = (usize::MAX, 0);
    }
}

impl<const SUB: u32, const UNIT: u32> Default for Histogram<SUB, UNIT> {
    fn default() -> Self {
        Self::new()
    }
}

/// Counts by bin, summed over replications; as long as its last count needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PooledBins(Vec<u64>);

impl PooledBins {
    /// Adds a replication's histogram.
    pub fn add<const SUB: u32, const UNIT: u32>(&mut self, histogram: &Histogram<SUB, UNIT>) {
        let Histogram { ref counts, low, high } = *histogram;
        if low < high {
            self.reach(high);
            for (sum, count) in self.0[low..high].iter_mut().zip(&counts[low..high]) {
                *sum += u64::from(*count);
            }
        }
    }

    /// Makes room for so many bins.
    fn reach(&mut self, bins: usize) {
        if self.0.len() < bins {
            self.0.resize(bins, 0);
        }
    }

    /// Adds `count` to one bin.
    pub fn count(&mut self, bin: usize, count: u64) {
        if count == 0 {
            return;
        }
        self.reach(bin + 1);
        self.0[bin] += count;
    }

    /// Adds another pool.
    pub fn merge(&mut self, other: &PooledBins) {
        self.reach(other.0.len());
        self.0.iter_mut().zip(&other.0).for_each(|(sum, count)| *sum += count);
    }

    /// The counts, bin by bin.
    #[must_use]
    pub fn counts(&self) -> &[u64] {
        &self.0
    }

    /// How many in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.0.iter().sum()
    }

    /// The bin that holds the `p`-quantile: the first at which the cumulative share reaches `p`.
    /// `None` when empty.
    #[must_use]
    pub fn quantile_bin(&self, p: f64) -> Option<usize> {
        let total = self.total();
        if total == 0 {
            return None;
        }
        let wanted = ((p * total as f64).ceil() as u64).clamp(1, total);
        let mut seen = 0;
        self.0.iter().position(|&count| {
            seen += count;
            seen >= wanted
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bins_tile_the_line_within_their_relative_width() {
        let mut last = 0;
        for micros in (0..60).flat_map(|e| [1u64 << e, (1 << e) + (1 << e) / 3, (3 << e) / 2]) {
            let span = Span::from_micros(micros.min(LONGEST - 1));
            let bin = FineHistogram::bin(span);
            assert!(FineHistogram::lower_seconds(bin) <= span.seconds());
            assert!(FineHistogram::lower_seconds(bin + 1) > span.seconds(), "{micros} {bin}");
            if micros > 5_000 && micros < LONGEST {
                let error = FineHistogram::value_seconds(bin) / span.seconds() - 1.0;
                assert!(error.abs() < 0.01, "{micros}: {error}");
            }
            last = last.max(bin);
        }
        assert_eq!(FineHistogram::bin(Span::FOREVER), FineHistogram::bin(Span::from_micros(LONGEST)));
        for bin in 0..last {
            assert_eq!(FineHistogram::bin(Span::from_seconds(FineHistogram::lower_seconds(bin))), bin);
        }
    }

    #[test]
    fn a_cleared_histogram_is_as_new() {
        let mut histogram = CoarseHistogram::new();
        histogram.add(Span::from_whole_seconds(3));
        histogram.add(Span::from_whole_seconds(300));
        histogram.clear();
        assert_eq!(histogram.touched().count(), 0);
        histogram.add(Span::from_whole_seconds(3));
        assert_eq!(histogram.touched().map(|(_, count)| count).collect::<Vec<_>>(), [1]);
    }
}
