//! Values that were seen, drawn again.

use super::family::Family;
use super::level::Level;
use super::parameter::{short, time};

/// Each of the sorted values with its weight. Equal values stay apart; the distribution is the same.
#[derive(Clone, Debug, PartialEq)]
pub struct Empirical {
    values: Vec<f64>,
    /// As they were given, so that truncation adds up the same numbers.
    weights: Vec<f64>,
    /// The probability of this value and all before it; the last is 1.
    cumulative: Vec<f64>,
    /// `guide[k]` is the first value whose cumulative probability reaches k / n, so that a search
    /// starts one step from its end on average (Chen & Asau 1974, method of guide tables).
    guide: Vec<u32>,
}

impl Empirical {
    pub(super) fn new(weighted: Vec<(f64, f64)>) -> Result<Empirical, String> {
        if let Some((at, (value, _))) =
            weighted.iter().enumerate().find(|(_, (value, _))| !value.is_finite() || *value < 0.0)
        {
            return Err(format!(
                "values of an empirical distribution must be finite numbers, zero or more, and number {} is {value}",
                at + 1
            ));
        }
        if let Some((at, (_, weight))) =
            weighted.iter().enumerate().find(|(_, (_, weight))| !weight.is_finite() || *weight < 0.0)
        {
            return Err(format!(
                "weights of an empirical distribution must be finite numbers, zero or more, and number {} is {weight}",
                at + 1
            ));
        }
        let mut weighted: Vec<_> = weighted.into_iter().filter(|(_, weight)| *weight > 0.0).collect();
        if weighted.is_empty() {
            return Err("an empirical distribution needs at least one value with a weight above 0".to_owned());
        }
        if u32::try_from(weighted.len()).is_err() {
            return Err("an empirical distribution holds at most 4 billion values".to_owned());
        }
        weighted.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        let total: f64 = weighted.iter().map(|(_, weight)| weight).sum();
        let mut sum = 0.0;
        let mut cumulative: Vec<f64> = weighted
            .iter()
            .map(|(_, weight)| {
                sum += weight;
                sum / total
            })
            .collect();
        if let Some(last) = cumulative.last_mut() {
            *last = 1.0;
        }
        let n = cumulative.len();
        let guide = (0..n)
            .map(|k| cumulative.partition_point(|&c| c < k as f64 / n as f64).min(n - 1) as u32)
            .collect();
        let (values, weights) = weighted.into_iter().unzip();
        Ok(Empirical { values, weights, cumulative, guide })
    }

    /// The values from `min` to `max` with their weights.
    pub(super) fn within(&self, min: f64, max: f64) -> Vec<(f64, f64)> {
        self.weighted().filter(|(value, _)| (min..=max).contains(value)).collect()
    }

    /// The value at a level, by the guide table.
    #[inline]
    pub(super) fn value_at(&self, below: f64) -> f64 {
        let n = self.values.len();
        let mut at = self.guide[((below * n as f64) as usize).min(n - 1)] as usize;
        while self.cumulative[at] < below {
            at += 1;
        }
        // Where rounding took the guide one entry too far.
        while at > 0 && self.cumulative[at - 1] >= below {
            at -= 1;
        }
        self.values[at]
    }

    fn weighted(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.values.iter().copied().zip(self.weights.iter().copied())
    }

    /// E\[f(X)\].
    fn expectation(&self, f: impl Fn(f64) -> f64) -> f64 {
        self.weighted().map(|(value, weight)| weight * f(value)).sum::<f64>()
            / self.weights.iter().sum::<f64>()
    }

    /// The probability of the first `count` values.
    fn level(&self, count: usize) -> Level {
        Level::of(if count == 0 { 0.0 } else { self.cumulative[count - 1] })
    }
}

impl Family for Empirical {
    fn mean(&self) -> f64 {
        self.expectation(|value| value)
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        self.expectation(|value| (value - mean) * (value - mean))
    }

    fn up_to(&self, x: f64) -> Level {
        self.level(self.values.partition_point(|&value| value <= x))
    }

    fn before(&self, x: f64) -> Level {
        self.level(self.values.partition_point(|&value| value < x))
    }

    fn quantile(&self, level: Level) -> f64 {
        self.value_at(level.below)
    }

    fn is_quick(&self) -> bool {
        true
    }

    fn scaled(&self, factor: f64) -> Self {
        let values = self.values.iter().map(|value| value * factor).collect();
        Empirical { values, ..self.clone() }
    }

    fn describe(&self) -> String {
        format!(
            "empirical, {} values, mean {}, cv {}",
            self.values.len(),
            time(self.mean()),
            short(if self.mean() > 0.0 { self.variance().sqrt() / self.mean() } else { 0.0 })
        )
    }
}
