//! How much busier than expected days and hours were: the moments of counts around what was expected of them.
//!
//! A count is Poisson around its expectation times a day's factor times one of its stretch of the day. What two stretches
//! of a day have in common beyond chance falls with the time between them to what the day's factor gives all of them:
//! f + (1 - f) φ^lag of the whole variance. The shape (f and φ) is that of the correlations by lag, the size that of
//! whole days, which matter most; what neighbouring days have in common follows from days apart.

use std::collections::BTreeMap;

/// A past day beside what was expected of it, by stretch.
#[derive(Clone, Debug, PartialEq)]
pub struct PastDay {
    /// Its number: neighbours differ by 1.
    pub day: i64,
    /// What was expected.
    pub expected: Vec<f64>,
    /// What came.
    pub seen: Vec<f64>,
}

/// What is not known of a day.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scatter {
    /// Coefficient of variation of the factor of a day.
    pub day: f64,
    /// Of the factors within the day.
    pub within: Option<WithinDay>,
    /// Correlation of a day with the day before.
    pub day_to_day: f64,
    /// Of a whole day, all factors together.
    pub whole_day: f64,
}

/// Factors within the day.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct WithinDay {
    /// Coefficient of variation of each.
    pub cv: f64,
    /// Correlation of factors an hour apart.
    pub correlation_at_1h: f64,
}

/// Fewer days tell nothing of the course of a day.
const FEWEST_DAYS: usize = 20;

/// Fewer stretches have no course.
const FEWEST_STRETCHES: usize = 4;

/// Fewer contacts in a stretch, on average, are left out: chance alone is all that one sees.
const FEWEST_CONTACTS: f64 = 3.0;

/// The least that is worth a key.
const LEAST_CV: f64 = 0.01;

/// Days that many apart are set beside each other, at most.
const MOST_DAYS_APART: i64 = 7;

/// Days must have at least this in common, and never more.
const DAY_TO_DAY: (f64, f64) = (0.1, 0.95);

impl Scatter {
    /// Of days and what was expected of them, in stretches of so many hours.
    #[must_use]
    pub fn of(days: &[PastDay], hours: f64) -> Scatter {
        let whole = whole_days(days);
        if whole <= 0.0 {
            return Scatter::default();
        }
        let alone = Scatter { day: whole.sqrt(), whole_day: whole.sqrt(), ..Scatter::default() };
        if days.len() < FEWEST_DAYS {
            return alone;
        }
        let day_to_day = day_to_day(days, whole);
        let Some(course) = Course::of(days) else { return Scatter { day_to_day, ..alone } };
        // The variance of a stretch that gives days the variance that they have.
        let Course { common, keeps, within_a_day } = course;
        let stretch = whole / (common + (1.0 - common) * within_a_day);
        let day = common * stretch;
        let within = (1.0 - common) * stretch / (1.0 + day);
        if within.sqrt() < LEAST_CV {
            return Scatter { day_to_day, ..alone };
        }
        Scatter {
            day: if day.sqrt() < LEAST_CV { 0.0 } else { day.sqrt() },
            within: Some(WithinDay { cv: within.sqrt(), correlation_at_1h: libm::pow(keeps, 1.0 / hours) }),
            day_to_day,
            whole_day: whole.sqrt(),
        }
    }
}

pub(super) fn total(counts: &[f64]) -> f64 {
    counts.iter().sum()
}

/// Seen over expected, less one.
pub(super) fn excess(seen: f64, expected: f64) -> f64 {
    seen / expected - 1.0
}

/// Variance of whole days around what was expected of them, without the chance of single contacts.
pub(super) fn whole_days(days: &[PastDay]) -> f64 {
    let expected = days.iter().map(|day| (total(&day.expected), total(&day.seen))).filter(|day| day.0 > 0.0);
    let (mut sum, mut count) = (0.0, 0.0);
    for (expected, seen) in expected {
        sum += excess(seen, expected) * excess(seen, expected) - 1.0 / expected;
        count += 1.0;
    }
    if count > 0.0 { sum / count } else { 0.0 }
}

/// The correlation of a day with the day before that explains what days up to a week apart have in common.
fn day_to_day(days: &[PastDay], whole: f64) -> f64 {
    let of = |day: &PastDay| excess(total(&day.seen), total(&day.expected));
    let known: BTreeMap<i64, f64> =
        days.iter().filter(|day| total(&day.expected) > 0.0).map(|day| (day.day, of(day))).collect();
    let apart: Vec<(f64, f64, i32)> = (1..=MOST_DAYS_APART)
        .map(|apart| {
            let pairs = known.iter().filter_map(|(day, one)| Some(one * known.get(&(day + apart))?));
            let (sum, count) = pairs.fold((0.0, 0.0), |(sum, count), product| (sum + product, count + 1.0));
            (sum / whole, count, apart as i32)
        })
        .collect();
    let (_, pairs, _) = apart[0];
    let error = |keeps: f64| -> f64 {
        apart
            .iter()
            .map(|(sum, count, apart)| {
                let of_model = libm::pow(keeps, f64::from(*apart));
                of_model * of_model * count - 2.0 * of_model * sum
            })
            .sum()
    };
    let best = (0..=100).map(|part| f64::from(part) / 100.0).min_by(|a, b| error(*a).total_cmp(&error(*b)));
    let found = best.unwrap_or(0.0);
    // Less than two standard errors of a correlation of so many pairs is chance.
    if found < DAY_TO_DAY.0 || found * pairs.sqrt() < 2.0 { 0.0 } else { found.min(DAY_TO_DAY.1) }
}

/// The shape of what the stretches of a day have in common.
struct Course {
    /// The part that all of them share.
    common: f64,
    /// Of the rest, what a stretch keeps of the one before.
    keeps: f64,
    /// The variance of a day over that of a stretch, of the rest: its stretches level out.
    within_a_day: f64,
}

impl Course {
    fn of(days: &[PastDay]) -> Option<Course> {
        let stretches = days.iter().map(|day| day.expected.len()).min()?;
        let count = days.len() as f64;
        let mean: Vec<f64> =
            (0..stretches).map(|at| days.iter().map(|day| day.expected[at]).sum::<f64>() / count).collect();
        let ratio = |day: &PastDay, at: usize| {
            (day.expected[at] > 0.0).then(|| excess(day.seen[at], day.expected[at]))
        };
        // The variance of a stretch without the chance of single contacts.
        let variance: Vec<f64> = (0..stretches)
            .map(|at| {
                let beyond = days
                    .iter()
                    .filter_map(|day| ratio(day, at).map(|ratio| ratio * ratio - 1.0 / day.expected[at]));
                if mean[at] < FEWEST_CONTACTS { 0.0 } else { beyond.sum::<f64>() / count }
            })
            .collect();
        let usable: Vec<usize> = (0..stretches).filter(|at| variance[*at] > 0.0).collect();
        if usable.len() < FEWEST_STRETCHES {
            return None;
        }
        // By lag: covariances, and what they would be if all were in common.
        let mut lags = vec![(0.0, 0.0); stretches];
        for (number, &one) in usable.iter().enumerate() {
            for &other in &usable[number + 1..] {
                let products = days.iter().filter_map(|day| Some(ratio(day, one)? * ratio(day, other)?));
                let lag = &mut lags[other - one];
                lag.0 += products.sum::<f64>() / count / (variance[one] * variance[other]).sqrt();
                lag.1 += 1.0;
            }
        }
        let lags: Vec<(f64, f64, i32)> = (0i32..)
            .zip(lags)
            .filter(|(_, lag)| lag.1 > 0.0)
            .map(|(lag, (sum, pairs))| (sum / pairs, pairs, lag))
            .collect();
        let (mut best, mut least) = ((0.0, 0.0), f64::INFINITY);
        for part in 0..200 {
            let keeps = f64::from(part) / 200.0;
            let common = share_in_common(&lags, keeps);
            let error = lags
                .iter()
                .map(|(found, pairs, lag)| {
                    let left = libm::pow(keeps, f64::from(*lag));
                    let off = found - common - (1.0 - common) * left;
                    pairs * off * off
                })
                .sum::<f64>();
            if error < least {
                (best, least) = ((common, keeps), error);
            }
        }
        let (common, keeps) = best;
        let all = total(&mean);
        let pairs = |one: usize| {
            let left = |other: usize| mean[other] / all * libm::pow(keeps, one.abs_diff(other) as f64);
            mean[one] / all * (0..stretches).map(left).sum::<f64>()
        };
        Some(Course { common, keeps, within_a_day: (0..stretches).map(pairs).sum() })
    }
}

/// The part in common that explains correlations by lag best where the rest falls so fast.
fn share_in_common(lags: &[(f64, f64, i32)], keeps: f64) -> f64 {
    let (mut over, mut under) = (0.0, 0.0);
    for (found, pairs, lag) in lags {
        let left = libm::pow(keeps, f64::from(*lag));
        over += pairs * (found - left) * (1.0 - left);
        under += pairs * (1.0 - left) * (1.0 - left);
    }
    if under > 0.0 { (over / under).clamp(0.0, 1.0) } else { 0.0 }
}
