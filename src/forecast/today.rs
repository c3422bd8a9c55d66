//! A day that has begun: what its morning tells of the rest.
//!
//! The rest of the day is what was forecast for it times 1 + a x (all that came so far over its forecast - 1) + b x (the last
//! hours over theirs - 1). How much a morning tells is learnt from past days, starting from a quarter each.

use super::back_test::{Made, Score};
use super::band::{Band, Ends, Ratios};

/// Intervals that count as the last ones.
const LATELY: usize = 4;
/// Of each deviation, what is taken before any day was seen.
const AT_FIRST: f64 = 0.25;
/// What is taken before any day was seen weighs as much as so many days.
const WEIGHT: f64 = 10.0;

/// The rest of a day, forecast from its first intervals.
#[derive(Clone, Debug, PartialEq)]
pub struct Rest {
    /// Intervals that are seen.
    pub seen: usize,
    /// The rest of past days, forecast again at this time.
    pub again: Score,
    /// The same by what was forecast the day before.
    pub before: Score,
    /// How much of the deviation of all that came so far, and of the last intervals, is carried over.
    pub carried: (f64, f64),
}

/// How far what came lies from what was forecast: all so far, and lately.
fn deviations(forecast: &[f64], seen: &[f64]) -> (f64, f64) {
    let ratio = |from: usize| {
        let (expected, came): (f64, f64) = (forecast[from..].iter().sum(), seen[from..].iter().sum());
        if expected > 0.0 { came / expected - 1.0 } else { 0.0 }
    };
    (ratio(0), ratio(seen.len().saturating_sub(LATELY)))
}

/// Sums of squares and products that say how much mornings tell.
#[derive(Clone, Copy, Debug, Default)]
struct Learnt {
    days: f64,
    squares: (f64, f64),
    crossed: f64,
    with_rest: (f64, f64),
}

impl Learnt {
    fn add(&mut self, (all, last): (f64, f64), rest: f64) {
        self.days += 1.0;
        self.squares.0 += all * all;
        self.squares.1 += last * last;
        self.crossed += all * last;
        self.with_rest.0 += all * rest;
        self.with_rest.1 += last * rest;
    }

    /// Least squares, drawn to what is taken at first.
    fn carried(&self) -> (f64, f64) {
        let weigh = |squares: f64| if self.days > 0.0 { WEIGHT * squares / self.days } else { 1.0 };
        let (one, other) = (weigh(self.squares.0), weigh(self.squares.1));
        let (a, b, c) = (self.squares.0 + one, self.crossed, self.squares.1 + other);
        let (y, z) = (self.with_rest.0 + AT_FIRST * one, self.with_rest.1 + AT_FIRST * other);
        let determinant = a * c - b * b;
        if determinant <= 0.0 {
            return (AT_FIRST, AT_FIRST);
        }
        ((y * c - z * b) / determinant, (z * a - y * b) / determinant)
    }
}

/// What a morning makes of the forecast of the rest.
fn factor((all, last): (f64, f64), carried: (f64, f64)) -> f64 {
    (1.0 + carried.0 * all + carried.1 * last).max(0.0)
}

/// Forecasts the rest of past days, then that of a day whose first intervals are seen: the bands of all its
/// intervals, and of the day.
pub(super) fn rest_of_day(made: &[Made], forecast: &[f64], seen: &[f64]) -> (Rest, Vec<Band>, Band) {
    let from = seen.len();
    let mut learnt = Learnt::default();
    let mut ratios = Ratios::new(forecast.len() - from);
    let (mut again, mut before) = (Score::default(), Score::default());
    for day in made {
        let deviations = deviations(&day.forecast[..from], &day.seen[..from]);
        let by = factor(deviations, learnt.carried());
        let (was, came) = (&day.forecast[from..], &day.seen[from..]);
        let now: Vec<f64> = was.iter().map(|mean| mean * by).collect();
        if day.scored {
            before.add(was, came);
            again.add(&now, came);
            let (slots, rest) = bands(&ratios, &now);
            again.add_bands(&slots, rest, came);
        }
        ratios.add(&now, came);
        let expected: f64 = was.iter().sum();
        if expected > 0.0 {
            learnt.add(deviations, came.iter().sum::<f64>() / expected - 1.0);
        }
    }
    let carried = learnt.carried();
    let by = factor(deviations(&forecast[..from], seen), carried);
    let now: Vec<f64> = forecast[from..].iter().map(|mean| mean * by).collect();
    let (slots, rest) = bands(&ratios, &now);
    let known = |count: &f64| Band { mean: *count, low: *count, high: *count };
    let so_far: f64 = seen.iter().sum();
    let day = Band { mean: so_far + rest.mean, low: so_far + rest.low, high: so_far + rest.high };
    (Rest { seen: from, again, before, carried }, seen.iter().map(known).chain(slots).collect(), day)
}

/// The bands of the rest, by past errors.
fn bands(ratios: &Ratios, means: &[f64]) -> (Vec<Band>, Band) {
    let total: f64 = means.iter().sum();
    let slots = means
        .iter()
        .enumerate()
        .map(|(slot, mean)| ratios.slot(slot).unwrap_or_else(|| Ends::guessed(0.005, *mean)).around(*mean));
    let day = ratios.day().unwrap_or_else(|| Ends::guessed(0.0025, total));
    (slots.collect(), day.around(total))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Mornings that deviate by d are followed by afternoons that deviate by d / 2: of both deviations together a half is
    /// carried over in the end.
    #[test]
    fn what_mornings_tell_is_learnt() {
        let day = |deviation: f64| Made {
            scored: true,
            forecast: vec![100.0; 10],
            seen: (0..10)
                .map(|slot| 100.0 * (1.0 + if slot < 6 { deviation } else { deviation / 2.0 }))
                .collect(),
        };
        let made: Vec<Made> = (0..60).map(|number| day([0.1, -0.05, 0.2, -0.2][number % 4])).collect();
        let (rest, slots, whole) = rest_of_day(&made, &[100.0; 10], &[120.0; 6]);
        assert!((rest.carried.0 + rest.carried.1 - 0.5).abs() < 1e-9, "{:?}", rest.carried);
        assert!((slots[7].mean - 110.0).abs() < 1e-9 && slots[2].low == 120.0);
        assert!((whole.mean - (720.0 + 440.0)).abs() < 1e-9);
        // A quarter and a quarter is right from the start: the first forecast again has no error.
        assert!(rest.again.of_intervals() < 1e-9 && rest.before.of_intervals() > 0.05);
    }

    #[test]
    fn a_morning_that_tells_nothing_is_not_carried_over() {
        let day = |number: usize| Made {
            scored: false,
            forecast: vec![100.0; 4],
            seen: [if number.is_multiple_of(2) { 120.0 } else { 80.0 }; 2]
                .into_iter()
                .chain([100.0; 2])
                .collect(),
        };
        let made: Vec<Made> = (0..190).map(day).collect();
        let (rest, ..) = rest_of_day(&made, &[100.0; 4], &[120.0; 2]);
        // Both deviations are alike, so their sum counts: .5 at first with the weight of ten days in both, against none of 190:
        // a = b for both, (190 + 10 + 190) a = 10 x .25.
        assert!((rest.carried.0 - 2.5 / 390.0).abs() < 1e-9, "{:?}", rest.carried);
    }
}
