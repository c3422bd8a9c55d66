//! Percentiles of pooled observations, with intervals from the spread between replications.
//!
//! The share of observations at or below a value is a ratio of sums over replications, so it has a
//! delta-method standard error; an interval for the share becomes one for the percentile by
//! reading the pooled distribution at both ends (Woodruff 1952, JASA 47:635-646).

use super::contrasts::{Contrasts, add};
use super::histogram::{FineHistogram, PooledBins};
use super::paired::{Terms, interval_multiple};
use super::sampling::Sampling;

/// Waits pooled over replications, with what intervals for their percentiles need.
#[derive(Clone, Debug)]
pub struct Percentiles {
    pooled: PooledBins,
    /// By bin, over contrasts of replications: the square of the number at or below it, and that number times
    /// the total. They end with the longest time so far: beyond it all is at or below.
    squares: Vec<f64>,
    crossed: Vec<f64>,
    total_squares: f64,
    contrasts: Contrasts,
}

/// A percentile: the pooled one, and its interval where there is more than one replication.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Percentile {
    /// Seconds.
    pub value: f64,
    /// Half of the interval's length, seconds.
    pub half_width: Option<f64>,
}

/// A percentile as a mean of what single replications add to it, to first order: what paired differences are made of.
#[derive(Clone, Debug, PartialEq)]
pub struct LinearPercentile {
    /// By replication; their mean is the percentile, and its half-width that of [`Percentiles::percentile`].
    pub terms: Vec<Terms>,
    /// How wide its bin is, in seconds: nothing narrower is known of it. 0 where nobody waits.
    pub width: f64,
}

impl LinearPercentile {
    /// The `p`-quantile of the times of all replications, in their order. A replication with more observations at or
    /// below it than its share pulls it down, by the slope of the quantile between the ends of its interval (Woodruff
    /// 1952). `None` without observations.
    #[must_use]
    pub fn of(each: &[&PooledBins], p: f64, confidence: f64, sampling: Sampling) -> Option<LinearPercentile> {
        let mut all = Percentiles::new(sampling);
        each.iter().for_each(|bins| all.add(bins));
        let bin = all.pooled.quantile_bin(p)?;
        let multiple = interval_multiple(confidence, each.len(), sampling);
        let found = all.percentile(p, multiple)?;
        let error = all.share_error(bin).zip(multiple).map(|(error, multiple)| error * multiple);
        let slope = found
            .half_width
            .zip(error)
            .map_or(0.0, |(half_width, error)| if error > 0.0 { half_width / error } else { 0.0 });
        let below = |bins: &PooledBins| bins.counts().iter().take(bin + 1).sum::<u64>() as f64;
        let (share, mean) = {
            let total = all.pooled.total() as f64;
            (below(&all.pooled) / total, total / each.len() as f64)
        };
        let term = |bins: &&PooledBins| {
            let more = (below(bins) - share * bins.total() as f64) / mean;
            Terms { over: found.value - slope * more, under: 1.0 }
        };
        Some(LinearPercentile { terms: each.iter().map(term).collect(), width: width_seconds(bin) })
    }
}

/// How far the times of a bin lie apart; who did not wait at all stands in a bin of no width.
fn width_seconds(bin: usize) -> f64 {
    if bin == 0 { 0.0 } else { FineHistogram::lower_seconds(bin + 1) - FineHistogram::lower_seconds(bin) }
}

impl Percentiles {
    /// Nothing seen.
    #[must_use]
    pub fn new(sampling: Sampling) -> Percentiles {
        Percentiles {
            pooled: PooledBins::default(),
            squares: Vec::new(),
            crossed: Vec::new(),
            total_squares: 0.0,
            contrasts: Contrasts::new(sampling),
        }
    }

    /// Takes one replication's waits, in the bins of a [`FineHistogram`].
    pub fn add(&mut self, counts: &PooledBins) {
        self.reach(counts.counts().len());
        // The numbers at or below each bin; the last one is the total.
        let mut below = 0.0;
        let mut cumulative = Vec::with_capacity(self.squares.len());
        cumulative.extend(counts.counts().iter().map(|&count| {
            below += count as f64;
            below
        }));
        cumulative.resize(self.squares.len(), below);
        let Percentiles { squares, crossed, total_squares, contrasts, .. } = self;
        contrasts.add(&cumulative, |contrast, _| take(contrast, squares, crossed, total_squares));
        self.pooled.merge(counts);
    }

    /// Makes room for so many bins: those that come in are beyond all that was seen.
    fn reach(&mut self, bins: usize) {
        if self.squares.len() < bins {
            self.squares.resize(bins, self.total_squares);
            self.crossed.resize(bins, self.total_squares);
            self.contrasts.go_on_to(bins);
        }
    }

    /// Adds what another fold saw after this one.
    pub fn merge(&mut self, later: &Percentiles) {
        self.reach(later.squares.len());
        if later.squares.len() < self.squares.len() {
            let mut longer = later.clone();
            longer.reach(self.squares.len());
            return self.merge(&longer);
        }
        self.pooled.merge(&later.pooled);
        add(&mut self.squares, &later.squares);
        add(&mut self.crossed, &later.crossed);
        self.total_squares += later.total_squares;
        let Percentiles { squares, crossed, total_squares, contrasts, .. } = self;
        contrasts.merge(&later.contrasts, |contrast, _| take(contrast, squares, crossed, total_squares));
    }

    /// The pooled counts.
    #[must_use]
    pub fn pooled(&self) -> &PooledBins {
        &self.pooled
    }

    /// The `p`-quantile, with an interval of `multiple` standard errors of the share below it.
    /// `None` without observations.
    #[must_use]
    pub fn percentile(&self, p: f64, multiple: Option<f64>) -> Option<Percentile> {
        let bin = self.pooled.quantile_bin(p)?;
        let value = FineHistogram::value_seconds(bin);
        let half_width = self.share_error(bin).zip(multiple).and_then(|(error, multiple)| {
            let low = self.pooled.quantile_bin((p - multiple * error).max(0.0))?;
            let high = self.pooled.quantile_bin((p + multiple * error).min(1.0))?;
            let between = FineHistogram::value_seconds(high) - FineHistogram::value_seconds(low);
            // No surer than half the bin is wide.
            Some(between.max(width_seconds(bin)) / 2.0)
        });
        Some(Percentile { value, half_width })
    }

    /// Standard error of the share at or below a bin.
    fn share_error(&self, bin: usize) -> Option<f64> {
        let total = self.pooled.total() as f64;
        let share = self.pooled.counts()[..=bin].iter().sum::<u64>() as f64 / total;
        let spread = self.squares[bin] - 2.0 * share * self.crossed[bin] + share * share * self.total_squares;
        let open =
            self.contrasts.open_set().and_then(|(open, _)| open.last().map(|all| open[bin] - share * all));
        let scatter = spread + open.map_or(0.0, |open| open * open);
        let mean = total / self.contrasts.replications() as f64;
        self.contrasts.standard_error(scatter).map(|error| error / mean)
    }

    /// (t in seconds, share of observations above t) at the upper edges of occupied bins,
    /// at most about `points` of them, ending where none is above.
    #[must_use]
    pub fn tail(&self, points: usize) -> Vec<(f64, f64)> {
        let counts = self.pooled.counts();
        let total = self.pooled.total() as f64;
        let step = counts.len().div_ceil(points.max(1)).max(1);
        let mut above = total;
        let mut tail = Vec::new();
        for (bin, &count) in counts.iter().enumerate() {
            above -= count as f64;
            if bin == 0 {
                tail.push((0.0, above / total));
            } else if bin % step == 0 || bin + 1 == counts.len() {
                tail.push((FineHistogram::lower_seconds(bin + 1), above / total));
            }
        }
        tail
    }
}

/// Adds a contrast: by bin, and of the total, which is the last.
fn take(contrast: &[f64], squares: &mut [f64], crossed: &mut [f64], total_squares: &mut f64) {
    let Some(&total) = contrast.last() else { return };
    for ((square, cross), below) in squares.iter_mut().zip(crossed).zip(contrast) {
        *square += below * below;
        *cross += below * total;
    }
    *total_squares += total * total;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::estimate::sampling::Lengths;
    use crate::units::Span;

    #[test]
    fn replications_that_agree_are_sure_to_a_bin() {
        let mut bins = PooledBins::default();
        (1..=1000).for_each(|i| bins.count(FineHistogram::bin(Span::from_whole_seconds(i)), 1));
        let mut percentiles = Percentiles::new(Sampling::Independent);
        (0..5).for_each(|_| percentiles.add(&bins));
        let p90 = percentiles.percentile(0.9, Some(2.0)).unwrap();
        assert!((p90.value / 900.0 - 1.0).abs() < 0.01, "{p90:?}");
        let width = p90.half_width.unwrap() / p90.value;
        assert!(width > 0.0 && width < 0.01, "{width}");
        assert_eq!(percentiles.tail(100).last().unwrap().1, 0.0);
    }

    #[test]
    fn longer_times_that_come_in_later_count_as_if_there_had_been_room_for_them() {
        let waits = |longest: u64| {
            let mut bins = PooledBins::default();
            (1..=longest).for_each(|i| bins.count(FineHistogram::bin(Span::from_whole_seconds(i)), i));
            bins
        };
        let room = waits(1000);
        let lengths = Lengths { first: 20, most: 20 };
        for sampling in [Sampling::Independent, Sampling::Hands(lengths), Sampling::Sets { size: 4, lengths }]
        {
            let of = |longest: &[u64]| {
                let mut percentiles = Percentiles::new(sampling);
                longest.iter().for_each(|longest| percentiles.add(&waits(*longest)));
                percentiles
            };
            let spread = |percentiles: &Percentiles| {
                let errors = (0..percentiles.pooled.counts().len()).map(|bin| percentiles.share_error(bin));
                errors.collect::<Vec<_>>()
            };
            let times = [30, 200, 7, 40, 1000, 500];
            let all = of(&times);
            // As it was counted with room for all from the first on.
            let mut roomy = Percentiles::new(sampling);
            roomy.reach(room.counts().len());
            times.iter().for_each(|longest| roomy.add(&waits(*longest)));
            assert_eq!(spread(&all), spread(&roomy), "{sampling:?}");
            // A part that saw longer times than the other, before it and after it.
            for times in [times, [30, 1000, 7, 200, 40, 500]] {
                let mut parts = of(&times[..4]);
                parts.merge(&of(&times[4..]));
                for (one, other) in spread(&of(&times)).into_iter().zip(spread(&parts)) {
                    let (one, other) = (one.unwrap(), other.unwrap());
                    assert!((one - other).abs() < 1e-6, "{sampling:?}: {one} {other}");
                }
            }
        }
    }
}
