//! The totals of days: logarithm of the level, its slow drift, the weekday, the time of the month, holidays.
//!
//! A dynamic linear model (West & Harrison 1997, "Bayesian Forecasting and Dynamic Models"), filtered by Kalman's
//! equations. In the long run its gains are those of exponential smoothing; at the start, and for holidays that come once
//! a year, it weighs what is seen against what is likely before anything is seen.

use jiff::civil::Date;

use super::calendar::{WAVES, waves, weekday};

/// What is known of a day before it comes.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Known {
    pub(super) date: Date,
    /// Number of the holiday that it is.
    pub(super) holiday: Option<usize>,
    /// Whether the working day before it was closed: what could not be done then comes now.
    pub(super) after_closed: bool,
}

/// What the scatter of a centre's days is like.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Settings {
    /// Of a day's deviation that fades over the next days, relative.
    pub(super) scatter: f64,
    /// Of a day's lasting change of level, as a part of the scatter.
    pub(super) drift: f64,
    /// How far the time of the month moves volumes, relative.
    pub(super) month: f64,
}

const LEVEL: usize = 0;
const TREND: usize = 1;
const FADING: usize = 2;
const WEEKDAYS: usize = 3;
const MONTH: usize = 10;
const AFTER: usize = MONTH + 2 * WAVES;
const HOLIDAY: usize = AFTER + 1;
const NAMED: usize = HOLIDAY + 1;

/// Of a deviation, what is left of it on the next working day.
const FADES: f64 = 0.6;
/// Of a trend, what is left on the next working day: it dies away within some weeks.
const DAMPED: f64 = 0.95;
const TREND_NOISE: f64 = 0.0003;
const WEEKDAY_NOISE: f64 = 0.0015;
/// Of what concerns a single day, as a part of the scatter.
const ALONE: f64 = 0.8;
/// Errors of more standard deviations count as less: outliers.
const OUTLIER: f64 = 2.5;

/// The state: means and covariances.
#[derive(Clone, Debug)]
pub(super) struct Level {
    settings: Settings,
    mean: Vec<f64>,
    /// By row.
    covariance: Vec<f64>,
    begun: bool,
}

/// A total that is expected: of its logarithm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Expected {
    pub(super) mean: f64,
    /// Without the chance of single contacts.
    pub(super) variance: f64,
}

impl Expected {
    /// Contacts.
    pub(super) fn contacts(self) -> f64 {
        libm::exp(self.mean + self.variance / 2.0)
    }
}

/// What a day said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Learnt {
    /// How likely it was, as a logarithm without constants.
    pub(super) likelihood: f64,
    /// 1, or less for an outlier.
    pub(super) weight: f64,
}

impl Level {
    pub(super) fn new(settings: Settings, holidays: usize) -> Level {
        let states = NAMED + holidays;
        let scatter = settings.scatter * settings.scatter;
        let mut covariance = vec![0.0; states * states];
        let mut variance = |state: usize, value: f64| covariance[state * states + state] = value;
        variance(LEVEL, 1.0);
        variance(TREND, TREND_NOISE * TREND_NOISE / (1.0 - DAMPED * DAMPED));
        variance(FADING, scatter / (1.0 - FADES * FADES));
        (WEEKDAYS..MONTH).for_each(|state| variance(state, 1.0));
        let mut size = settings.month;
        for wave in 0..WAVES {
            variance(MONTH + 2 * wave, size * size);
            variance(MONTH + 2 * wave + 1, size * size);
            // Sharper waves are smaller.
            size *= 0.7;
        }
        variance(AFTER, 0.01);
        variance(HOLIDAY, 0.25);
        (NAMED..states).for_each(|state| variance(state, 0.09));
        Level { settings, mean: vec![0.0; states], covariance, begun: false }
    }

    /// What enters into a day's total, and how much of it.
    fn parts(day: &Known) -> Vec<(usize, f64)> {
        let mut parts = vec![(LEVEL, 1.0), (FADING, 1.0), (WEEKDAYS + weekday(day.date), 1.0)];
        parts.extend(waves(day.date).into_iter().enumerate().map(|(wave, value)| (MONTH + wave, value)));
        if day.after_closed {
            parts.push((AFTER, 1.0));
        }
        if let Some(holiday) = day.holiday {
            parts.extend([(HOLIDAY, 1.0), (NAMED + holiday, 1.0)]);
        }
        parts
    }

    /// The next working day begins.
    pub(super) fn next_day(&mut self) {
        let states = self.mean.len();
        self.mean[LEVEL] += self.mean[TREND];
        self.mean[TREND] *= DAMPED;
        self.mean[FADING] *= FADES;
        let matrix = &mut self.covariance;
        for column in 0..states {
            matrix[LEVEL * states + column] += matrix[TREND * states + column];
            matrix[TREND * states + column] *= DAMPED;
            matrix[FADING * states + column] *= FADES;
        }
        for row in 0..states {
            matrix[row * states + LEVEL] += matrix[row * states + TREND];
            matrix[row * states + TREND] *= DAMPED;
            matrix[row * states + FADING] *= FADES;
        }
        let Settings { scatter, drift, .. } = self.settings;
        let mut add = |state: usize, deviation: f64| matrix[state * states + state] += deviation * deviation;
        add(LEVEL, drift * scatter);
        add(TREND, TREND_NOISE);
        add(FADING, scatter);
        (WEEKDAYS..MONTH).for_each(|state| add(state, WEEKDAY_NOISE));
    }

    /// Covariances of a day's total with all states, its mean and its variance.
    fn look(&self, parts: &[(usize, f64)]) -> (Vec<f64>, Expected) {
        let states = self.mean.len();
        let row =
            |row: usize| parts.iter().map(|(at, by)| self.covariance[row * states + at] * by).sum::<f64>();
        let with: Vec<f64> = (0..states).map(row).collect();
        let alone = ALONE * self.settings.scatter;
        let mean = parts.iter().map(|(at, by)| self.mean[*at] * by).sum();
        let variance = parts.iter().map(|(at, by)| with[*at] * by).sum::<f64>() + alone * alone;
        (with, Expected { mean, variance })
    }

    /// What is expected of a day.
    pub(super) fn expected(&self, day: &Known) -> Expected {
        self.look(&Level::parts(day)).1
    }

    /// Takes up the total of a day. Half a contact more makes the logarithm of a Poisson number right on average.
    pub(super) fn learn(&mut self, day: &Known, total: f64) -> Learnt {
        let seen = libm::log(total + 0.5);
        if !self.begun {
            (self.mean[LEVEL], self.begun) = (seen, true);
        }
        let states = self.mean.len();
        let (with, expected) = self.look(&Level::parts(day));
        let error = seen - expected.mean;
        let mut variance = expected.variance + 1.0 / libm::exp(expected.mean).max(0.5);
        let size = error.abs() / variance.sqrt();
        let surprise = if size < OUTLIER { size * size / 2.0 } else { OUTLIER * (size - OUTLIER / 2.0) };
        let likelihood = -0.5 * libm::log(variance) - surprise;
        let weight = if size > OUTLIER { OUTLIER / size } else { 1.0 };
        variance /= weight;
        for (row, gain) in with.iter().map(|covariance| covariance / variance).enumerate() {
            self.mean[row] += gain * error;
            for (column, covariance) in with.iter().enumerate() {
                self.covariance[row * states + column] -= gain * covariance;
            }
        }
        Learnt { likelihood, weight }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(number: i8) -> Known {
        Known { date: Date::new(2026, 6, number).expect("a day"), holiday: None, after_closed: false }
    }

    #[test]
    fn days_that_are_all_alike_are_expected_to_go_on() {
        let settings = Settings { scatter: 0.02, drift: 0.3, month: 0.01 };
        let mut level = Level::new(settings, 0);
        for number in 1..=28 {
            level.next_day();
            level.learn(&day(number), 1000.0);
        }
        level.next_day();
        let expected = level.expected(&day(29));
        assert!((expected.contacts() - 1000.0).abs() < 5.0, "{}", expected.contacts());
        // Scatter of 2 %, of which some fades and some is of the day alone: more than one of them, less than both twice.
        let deviation = expected.variance.sqrt();
        assert!(deviation > 0.02 && deviation < 0.04, "{deviation}");
    }

    /// With a single state all is known by heart: the mean of a normal prior and a normal observation.
    #[test]
    fn what_is_seen_is_weighed_by_variances() {
        let settings = Settings { scatter: 1e-6, drift: 0.0, month: 0.0 };
        let mut level = Level::new(settings, 1);
        let ordinary = day(1);
        for _ in 0..3 {
            level.learn(&ordinary, 100_000.0);
        }
        let holiday = Known { holiday: Some(0), ..ordinary.clone() };
        // The prior of a holiday: variance .25 of all and .09 of its own, mean 0. One seen at exp(-1): of the error -1
        // the share .25 / .34 belongs to all, and .09 / .34 to the one, but for the 2.5 deviations that are believed.
        let base = level.expected(&ordinary).mean;
        let before = level.expected(&holiday);
        assert!((before.variance - 0.34).abs() < 1e-3, "{}", before.variance);
        level.learn(&holiday, 100_000.5 * libm::exp(-1.0) - 0.5);
        let after = level.expected(&holiday).mean - base;
        assert!((after + 1.0).abs() < 1e-3, "{after}");
    }
}
