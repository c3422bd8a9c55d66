//! Cumulative incidence with competing ends and censoring (Aalen & Johansen 1978).

use super::histogram::{FineHistogram, PooledBins};

/// One step of the curves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Incidence {
    /// Seconds since the opening.
    pub seconds: f64,
    /// Share that ended the first way by then.
    pub first: f64,
    /// Share that ended the second way by then.
    pub second: f64,
}

/// The shares that have ended one way or the other by each time, where some are still open at the
/// age in `censored`. A bin's ends come before its censorings.
#[must_use]
pub fn cumulative_incidence(
    first: &PooledBins,
    second: &PooledBins,
    censored: &PooledBins,
) -> Vec<Incidence> {
    let count = |bins: &PooledBins, bin: usize| bins.counts().get(bin).map_or(0.0, |&count| count as f64);
    let bins = first.counts().len().max(second.counts().len());
    let mut at_risk = (first.total() + second.total() + censored.total()) as f64;
    let (mut open, mut by_first, mut by_second) = (1.0, 0.0, 0.0);
    let mut curve = Vec::new();
    for bin in 0..bins {
        let (a, b) = (count(first, bin), count(second, bin));
        if a + b > 0.0 {
            by_first += open * a / at_risk;
            by_second += open * b / at_risk;
            open *= 1.0 - (a + b) / at_risk;
            let seconds = FineHistogram::value_seconds(bin);
            curve.push(Incidence { seconds, first: by_first, second: by_second });
        }
        at_risk -= a + b + count(censored, bin);
    }
    curve
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Span;

    #[test]
    fn without_censoring_the_curves_are_plain_shares() {
        let (mut solved, mut lost) = (PooledBins::default(), PooledBins::default());
        let bin = |seconds| FineHistogram::bin(Span::from_whole_seconds(seconds));
        solved.count(bin(10), 60);
        solved.count(bin(100), 20);
        lost.count(bin(50), 20);
        let curve = cumulative_incidence(&solved, &lost, &PooledBins::default());
        let last = curve.last().unwrap();
        assert!((last.first - 0.8).abs() < 1e-12 && (last.second - 0.2).abs() < 1e-12);
        assert_eq!(curve[0].first, 0.6);
    }

    #[test]
    fn the_censored_count_only_while_they_were_watched() {
        let (mut solved, mut open) = (PooledBins::default(), PooledBins::default());
        let bin = |seconds| FineHistogram::bin(Span::from_whole_seconds(seconds));
        open.count(bin(10), 50);
        solved.count(bin(100), 25);
        solved.count(bin(200), 25);
        let curve = cumulative_incidence(&solved, &PooledBins::default(), &open);
        assert_eq!(curve.iter().map(|step| step.first).collect::<Vec<_>>(), [0.5, 1.0]);
    }
}
