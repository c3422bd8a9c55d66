//! Lengths of time that differ by time of day, where the data ask for it.
//!
//! Of the logarithms the means of stretches of whole hours are fitted, with the spread in common. How many stretches, and where they
//! begin, is what the Bayesian information criterion says: each further one pays for a mean and for where it begins.

use super::family::{Fitted, families};
use super::likelihood::{DEVIATIONS, Estimated};
use super::tally::Counter;

/// Lengths of time by time of day.
#[derive(Clone, Debug, PartialEq)]
pub struct ByTime {
    /// Ascending; the last one holds until the first.
    pub steps: Vec<Step>,
    /// By how much the criterion is lower than without.
    pub gain: f64,
    /// The likeliest family of what is left, steps set apart.
    pub left: Fitted,
}

/// From an hour on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Step {
    /// The hour of the day.
    pub from: usize,
    /// Mean seconds.
    pub mean: Estimated,
    /// How many were seen.
    pub seen: usize,
}

/// Most stretches of a day.
const MOST: usize = 6;

/// Fewer of them tell no mean.
const FEWEST: f64 = 50.0;

const HOURS: usize = 24;

#[derive(Clone, Copy, Default)]
struct Sums {
    n: f64,
    sum: f64,
    squares: f64,
    logs: f64,
    log_squares: f64,
}

impl Sums {
    fn plus(self, other: Sums) -> Sums {
        Sums {
            n: self.n + other.n,
            sum: self.sum + other.sum,
            squares: self.squares + other.squares,
            logs: self.logs + other.logs,
            log_squares: self.log_squares + other.log_squares,
        }
    }

    /// What the mean of the logarithms leaves.
    fn left(&self) -> f64 {
        if self.n > 0.0 { (self.log_squares - self.logs * self.logs / self.n).max(0.0) } else { 0.0 }
    }

    fn mean(&self) -> f64 {
        self.sum / self.n
    }
}

/// Times by the hour at which they began.
#[derive(Clone, Default)]
pub(super) struct Hours([Sums; HOURS]);

fn hour(at: f64) -> usize {
    (at / 3600.0).floor().rem_euclid(HOURS as f64) as usize % HOURS
}

impl Hours {
    /// A time that began so many seconds after some midnight; those of nothing tell nothing.
    pub(super) fn add(&mut self, at: f64, time: f64) {
        if time > 0.0 {
            let log = libm::log(time);
            let one = Sums { n: 1.0, sum: time, squares: time * time, logs: log, log_squares: log * log };
            let sums = &mut self.0[hour(at)];
            *sums = sums.plus(one);
        }
    }

    fn between(&self, from: usize, to: usize) -> Sums {
        self.0[from..to].iter().fold(Sums::default(), |all, one| all.plus(*one))
    }

    /// The stretches of the day that are worth it: where each begins, and by how much the criterion is lower.
    pub(super) fn stretches(&self) -> Option<Stretches> {
        let whole = self.between(0, HOURS);
        // left[count][to]: the least that so many stretches leave up to an hour, and where the last one begins.
        let mut left = vec![vec![(f64::INFINITY, 0); HOURS + 1]; MOST + 1];
        left[0][0].0 = 0.0;
        for count in 1..=MOST {
            for to in 1..=HOURS {
                for from in 0..to {
                    let sums = self.between(from, to);
                    let total = left[count - 1][from].0 + sums.left();
                    if sums.n >= FEWEST && total < left[count][to].0 {
                        left[count][to] = (total, from);
                    }
                }
            }
        }
        let criterion = |count: usize| {
            let rest = left[count][HOURS].0 / whole.n;
            whole.n * libm::log(rest.max(1e-12)) + 2.0 * count as f64 * libm::log(whole.n)
        };
        let possible = (1..=MOST).filter(|count| left[*count][HOURS].0.is_finite());
        let best = possible.min_by(|one, other| criterion(*one).total_cmp(&criterion(*other)))?;
        if best == 1 {
            return None;
        }
        let (mut begins, mut to) = (Vec::new(), HOURS);
        for count in (1..=best).rev() {
            to = left[count][to].1;
            begins.push(to);
        }
        begins.reverse();
        let steps = begins.iter().enumerate().map(|(at, from)| {
            let to = begins.get(at + 1).copied().unwrap_or(HOURS);
            let sums = self.between(*from, to);
            // Where somebody comes first.
            let first = (*from..to).find(|hour| self.0[*hour].n > 0.0).unwrap_or(*from);
            let width =
                DEVIATIONS * ((sums.squares / sums.n - sums.mean() * sums.mean()).max(0.0) / sums.n).sqrt();
            let mean = Estimated {
                value: sums.mean(),
                low: (sums.mean() - width).max(0.0),
                high: sums.mean() + width,
            };
            Step { from: first, mean, seen: sums.n as usize }
        });
        Some(Stretches {
            steps: steps.collect(),
            gain: criterion(1) - criterion(best),
            mean: whole.mean(),
            counter: Counter::default(),
        })
    }
}

/// Stretches whose common spread is still to be seen.
pub(super) struct Stretches {
    steps: Vec<Step>,
    gain: f64,
    mean: f64,
    counter: Counter,
}

impl Stretches {
    /// Each time once more, set apart from the mean of its stretch.
    pub(super) fn add(&mut self, at: f64, time: f64) {
        let hour = hour(at);
        let step = self.steps.iter().rev().find(|step| step.from <= hour).or(self.steps.last());
        if let Some(step) = step {
            self.counter.add(time / step.mean.value * self.mean, true);
        }
    }

    pub(super) fn fitted(self) -> Option<ByTime> {
        let left = families(&self.counter.tally()).first().copied()?;
        Some(ByTime { steps: self.steps, gain: self.gain, left })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::Distribution;

    /// Quantiles of a lognormal distribution, in an order that has nothing to do with the hour.
    fn times(count: usize, mean: f64) -> impl Iterator<Item = f64> {
        let law = Distribution::lognormal(mean, 0.8).expect("it is one");
        (0..count).map(move |number| law.quantile((((number * 7919) % count) as f64 + 0.5) / count as f64))
    }

    #[test]
    fn a_morning_that_differs_is_found_and_one_that_does_not_is_none() {
        let mut same = Hours::default();
        for hour in 8..18 {
            times(200, 180.0).for_each(|time| same.add(f64::from(hour) * 3600.0, time));
        }
        assert!(same.stretches().is_none());
        let mut other = Hours::default();
        let mean = |hour: i32| if hour < 11 { 150.0 } else { 210.0 };
        for hour in 8..18 {
            times(200, mean(hour)).for_each(|time| other.add(f64::from(hour) * 3600.0, time));
        }
        let mut found = other.stretches().expect("they differ");
        for hour in 8..18 {
            times(200, mean(hour)).for_each(|time| found.add(f64::from(hour) * 3600.0, time));
        }
        let found = found.fitted().expect("there are enough");
        let [morning, rest] = found.steps.as_slice() else { panic!("two stretches: {found:?}") };
        assert_eq!((morning.from, morning.seen, rest.from, rest.seen), (8, 600, 11, 1400));
        assert!(
            (morning.mean.value / 150.0 - 1.0).abs() < 0.01 && (rest.mean.value / 210.0 - 1.0).abs() < 0.01
        );
        // What is left has the spread that both have.
        assert!((found.left.cv.value / 0.8 - 1.0).abs() < 0.02 && found.gain > 10.0, "{found:?}");
    }
}
