//! What the days of several queues have in common: how far each follows a factor that all share.
//!
//! Two queues that follow it with the correlations a and b have √(a b) in common. These are fitted to what each two of them have in
//! common beyond chance (one factor, least squares).

use std::collections::BTreeMap;

use super::busyness::{PastDay, excess, total, whole_days};

/// Less is not worth a key.
const LEAST: f64 = 0.05;

/// Fewer days that two queues both have tell nothing.
const FEWEST_DAYS: f64 = 20.0;

/// Rounds of the fit; it settles in a few.
const ROUNDS: usize = 200;

/// Of each queue the correlation of its days' factors with the shared one, squared, as a scenario has it; 0 where there is none.
#[must_use]
pub fn in_common(queues: &[&[PastDay]]) -> Vec<f64> {
    let count = queues.len();
    let pairs: Vec<Vec<f64>> = (0..count)
        .map(|one| {
            (0..count)
                .map(|other| if one == other { 0.0 } else { pair(queues[one], queues[other]) })
                .collect()
        })
        .collect();
    let sum: f64 = pairs.iter().flatten().sum();
    let mean = sum / (count * count.saturating_sub(1)).max(1) as f64;
    if mean <= 0.0 {
        return vec![0.0; count];
    }
    let mut follows = vec![mean.sqrt(); count];
    for _ in 0..ROUNDS {
        for one in 0..count {
            let others = || (0..count).filter(|other| *other != one);
            let over: f64 = others().map(|other| pairs[one][other] * follows[other]).sum();
            let under: f64 = others().map(|other| follows[other] * follows[other]).sum();
            follows[one] = if under > 0.0 { (over / under).clamp(0.0, 1.0) } else { 0.0 };
        }
    }
    let squared: Vec<f64> = follows.iter().map(|one| one * one).collect();
    let shares = squared.iter().filter(|one| **one >= LEAST).count();
    // One alone shares with nobody.
    squared.into_iter().map(|one| if one >= LEAST && shares > 1 { one } else { 0.0 }).collect()
}

/// The correlation of the factors of two queues' days; 0 where chance explains it.
fn pair(one: &[PastDay], other: &[PastDay]) -> f64 {
    let of = |days: &[PastDay]| -> BTreeMap<i64, f64> {
        let known = days.iter().filter(|day| total(&day.expected) > 0.0);
        known.map(|day| (day.day, excess(total(&day.seen), total(&day.expected)))).collect()
    };
    let (factors, others) = (whole_days(one) * whole_days(other), of(other));
    let both: Vec<(f64, f64)> =
        of(one).into_iter().filter_map(|(day, excess)| Some((excess, *others.get(&day)?))).collect();
    let days = both.len() as f64;
    if days < FEWEST_DAYS || factors <= 0.0 {
        return 0.0;
    }
    let mean = |of: fn(&(f64, f64)) -> f64| both.iter().map(of).sum::<f64>() / days;
    let common = mean(|pair| pair.0 * pair.1);
    let seen = (mean(|pair| pair.0 * pair.0) * mean(|pair| pair.1 * pair.1)).sqrt();
    // Less than two standard errors of a correlation of so many days is chance.
    let is_chance = common <= 0.0 || common * days.sqrt() < 2.0 * seen;
    if is_chance { 0.0 } else { (common / factors.sqrt()).min(1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Forty days of 10,000 expected: a part that all share and a part of each, which have nothing in common.
    fn days(shared: f64, own: f64, pattern: usize) -> Vec<PastDay> {
        let sign = |on: bool| if on { 1.0 } else { -1.0 };
        let day = |day: usize| {
            let all = sign(day % 4 < 2);
            let of_own = sign([day.is_multiple_of(2), (day + 1) % 4 < 2, day % 8 < 4][pattern]);
            let seen = 5_000.0 * (1.0 + shared * all + own * of_own);
            PastDay { day: day as i64, expected: vec![5_000.0; 2], seen: vec![seen; 2] }
        };
        (0..40).map(day).collect()
    }

    #[test]
    fn what_two_queues_share_is_found_without_chance() {
        let (one, other) = (days(0.06, 0.08, 0), days(0.06, 0.08, 1));
        // Of a variance of 0.0036 + 0.0064, less 1 / 10,000 of chance, 0.0036 is shared.
        for found in in_common(&[&one, &other]) {
            assert!((found - 0.0036 / 0.0099).abs() < 1e-9, "{found}");
        }
        let alone = days(0.0, 0.1, 2);
        assert_eq!(in_common(&[&one, &alone]), [0.0, 0.0]);
        assert_eq!(in_common(&[&one]), [0.0]);
        assert_eq!(in_common(&[&one[..19], &other]), [0.0, 0.0], "too few days");
    }

    #[test]
    fn each_follows_the_shared_factor_as_far_as_it_does() {
        // Chance takes 0.0001 off: 0.0081 / 0.0099, 0.0049 / 0.0099 and 0.0025 / 0.0099 of their variances are shared.
        let parts = [0.0081, 0.0049, 0.0025];
        let queues: Vec<Vec<PastDay>> = (0..3)
            .map(|place| days(f64::sqrt(parts[place]), f64::sqrt(0.01 - parts[place]), place))
            .collect();
        let queues: Vec<&[PastDay]> = queues.iter().map(Vec::as_slice).collect();
        for (found, part) in in_common(&queues).into_iter().zip(parts) {
            assert!((found - part / 0.0099).abs() < 1e-6, "{found}, not {}", part / 0.0099);
        }
    }
}
