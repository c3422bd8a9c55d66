//! Customers who call again, where a log says who called: after they abandoned, and after they were answered.
//!
//! Everybody calls again one day. Of those who abandoned, the excess over those who were answered is what abandoning
//! did: with S the share that has not called again by a time (Kaplan & Meier, cut where the log ends),
//! p(t) = 1 - S(t | abandoned) / S(t | answered).

use std::collections::BTreeMap;

use crate::acd::{Calls, Outcome};

use super::likelihood::Estimated;

/// Customers of a queue who call again.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReturnsFitted {
    /// Calls with a known customer: abandoned, answered.
    pub known: (usize, usize),
    /// Seconds within which a call is one after the other.
    pub within: f64,
    /// Of those who abandoned: the share that calls again for it.
    pub retry: Estimated,
    /// Mean seconds until then.
    pub delay: f64,
    /// The share of the retries that go to another queue.
    pub elsewhere: f64,
    /// Of those who were answered: the share that calls again within the time, for whatever reason.
    pub again: Estimated,
}

/// Fewer tell nothing.
const FEWEST: usize = 30;

/// A stretch without a call: seconds, and whether a call ended it or the log did.
type Gap = (f64, bool);

#[derive(Default)]
struct Gaps {
    abandoned: Vec<Gap>,
    answered: Vec<Gap>,
    retries: f64,
    elsewhere: f64,
}

/// By queue, as far as customers are known; `within` is the longest time in seconds from a call to one that follows from it.
#[must_use]
pub fn returns(calls: &Calls, within: f64) -> BTreeMap<&str, ReturnsFitted> {
    let mut last: BTreeMap<u64, (&str, f64, bool)> = BTreeMap::new();
    let mut queues: BTreeMap<&str, Gaps> = BTreeMap::new();
    let mut add = |queue, abandoned: bool, gap: Gap| {
        let gaps: &mut Gaps = queues.entry(queue).or_default();
        let kind = if abandoned { &mut gaps.abandoned } else { &mut gaps.answered };
        kind.push((gap.0.min(within), gap.1 && gap.0 <= within));
    };
    let mut end = 0.0f64;
    let mut moves: Vec<(&str, bool)> = Vec::new();
    for call in calls.iter() {
        end = end.max(call.arrived);
        let Some(customer) = call.customer else { continue };
        if let Some((queue, until, abandoned)) = last.remove(&customer) {
            let gap = (call.arrived - until).max(0.0);
            add(queue, abandoned, (gap, true));
            if abandoned && gap <= within {
                moves.push((queue, queue != call.queue));
            }
        }
        let until = match &call.outcome {
            Outcome::Answered(service) => (service.end, false),
            Outcome::Abandoned => (call.arrived + call.wait, true),
            Outcome::Left => continue,
        };
        last.insert(customer, (call.queue, until.0, until.1));
    }
    for (queue, until, abandoned) in last.into_values() {
        add(queue, abandoned, ((end - until).max(0.0), false));
    }
    for (queue, other) in moves {
        if let Some(gaps) = queues.get_mut(queue) {
            gaps.retries += 1.0;
            gaps.elsewhere += f64::from(u8::from(other));
        }
    }
    queues.into_iter().filter_map(|(queue, gaps)| Some((queue, fitted(gaps, within)?))).collect()
}

fn fitted(gaps: Gaps, within: f64) -> Option<ReturnsFitted> {
    let Gaps { mut abandoned, mut answered, retries, elsewhere } = gaps;
    let known = (abandoned.len(), answered.len());
    if known.0 < FEWEST || known.1 < FEWEST {
        return None;
    }
    let (after_abandon, after_answer) = (Curve::of(&mut abandoned), Curve::of(&mut answered));
    let share = |seconds: f64| {
        let (one, other) = (after_abandon.at(seconds), after_answer.at(seconds));
        if other.0 > 0.0 { (1.0 - one.0 / other.0).max(0.0) } else { 0.0 }
    };
    // The mean of the delays: the area above the curve of those who have called again.
    const STEPS: u32 = 2_000;
    let step = within / f64::from(STEPS);
    let whole = share(within);
    let above = |number: u32| (whole - share((f64::from(number) + 0.5) * step)).max(0.0) * step;
    let delay = if whole > 0.0 { (0..STEPS).map(above).sum::<f64>() / whole } else { 0.0 };
    let (one, other) = (after_abandon.at(within), after_answer.at(within));
    Some(ReturnsFitted {
        known,
        within,
        retry: Estimated::rest(1.0 - whole, one.1 + other.1),
        delay,
        elsewhere: if retries > 0.0 { elsewhere / retries } else { 0.0 },
        again: Estimated::rest(other.0, other.1),
    })
}

/// The share without a call so far, at each time of a call, with the variance of its logarithm (Greenwood).
pub(super) struct Curve(Vec<(f64, f64, f64)>);

impl Curve {
    pub(super) fn of(gaps: &mut [Gap]) -> Curve {
        gaps.sort_unstable_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
        let (mut share, mut variance, mut curve) = (1.0, 0.0, Vec::new());
        for (number, (seconds, called)) in gaps.iter().enumerate() {
            let left = (gaps.len() - number) as f64;
            if *called {
                share *= 1.0 - 1.0 / left;
                // The last one of all leaves nobody, of whom nothing can be said.
                variance += if left > 1.0 { 1.0 / (left * (left - 1.0)) } else { 0.0 };
                curve.push((*seconds, share, variance));
            }
        }
        Curve(curve)
    }

    /// The mean time until a call, of those who call again within a time.
    pub(super) fn mean_before(&self, within: f64) -> f64 {
        let (mut left, mut sum) = (1.0, 0.0);
        for (seconds, share, _) in self.0.iter().filter(|point| point.0 <= within) {
            sum += (left - share) * seconds;
            left = *share;
        }
        if left < 1.0 { sum / (1.0 - left) } else { 0.0 }
    }

    pub(super) fn at(&self, seconds: f64) -> (f64, f64) {
        let past = self.0.partition_point(|point| point.0 <= seconds);
        past.checked_sub(1).map_or((1.0, 0.0), |last| (self.0[last].1, self.0[last].2))
    }
}

#[cfg(test)]
mod tests {
    use super::super::likelihood::DEVIATIONS;
    use super::*;
    use crate::acd::{Call, Service};

    /// Forty abandon after no wait at all, thirty of them call again after 100, 200 or 300 s by turns and are answered; of
    /// forty others, who are answered at once, ten call again after 250 s.
    #[test]
    fn the_excess_of_those_who_abandoned_is_theirs() {
        let service = |start| Service { agent: None, start, end: start, talk: 0.0, wrap_up: None };
        let mut calls = Vec::new();
        let mut call = |customer: u64, queue, arrived, answered| {
            let outcome = if answered { Outcome::Answered(service(arrived)) } else { Outcome::Abandoned };
            calls.push(Call { queue, arrived, wait: 0.0, outcome, customer: Some(customer) });
        };
        for number in 0..40 {
            // 0 stands for nobody.
            call(1 + number, "a", 0.0, false);
            call(100 + number, "a", 0.0, true);
            if number < 30 {
                let queue = if number < 6 { "b" } else { "a" };
                call(1 + number, queue, 100.0 * (1 + number % 3) as f64, true);
            }
            if number < 10 {
                call(100 + number, "a", 250.0, true);
            }
        }
        // The log goes on for long.
        call(999, "c", 100_000.0, true);
        let calls = Calls::of("log", "2026-03-02".parse().expect("a day"), calls);
        let found = returns(&calls, 3_600.0);
        let found = found.get("a").expect("there are enough");
        // Answered in queue a: 40, 24 of the retries, and 10 again; 10 call within the hour.
        assert_eq!(found.known, (40, 74));
        let left = 1.0 - 10.0 / 74.0;
        assert!((found.again.value - 10.0 / 74.0).abs() < 1e-12, "{found:?}");
        assert!((found.retry.value - (1.0 - 0.25 / left)).abs() < 1e-12, "{found:?}");
        // Greenwood: 30/(40 x 10) and 10/(74 x 64).
        let factor = libm::exp(DEVIATIONS * (0.075f64 + 10.0 / (74.0 * 64.0)).sqrt());
        assert!((found.retry.high - (1.0 - 0.25 / left / factor)).abs() < 1e-9, "{found:?}");
        assert!((found.elsewhere - 0.2).abs() < 1e-12);
        // A third each after 100 and 200 s; after 250 s the ten that call anyway, then the last third.
        let [at_100, at_200, at_250, whole] = [0.25, 0.5, 1.0 - 0.5 / left, 1.0 - 0.25 / left];
        let area =
            100.0 * whole + 100.0 * (whole - at_100) + 50.0 * (whole - at_200) + 50.0 * (whole - at_250);
        assert!((found.delay - area / whole).abs() < 2.0, "{found:?}, not {}", area / whole);
        assert!(!returns(&calls, 3_600.0).contains_key("b"), "six are too few");
    }
}
