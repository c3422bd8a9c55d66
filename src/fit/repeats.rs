//! What follows a call that was answered, where a log says who called: the customer is passed on to another queue, or comes
//! again within the window of first-contact resolution.

use std::collections::BTreeMap;

use crate::acd::{Calls, Outcome};

use super::likelihood::Estimated;
use super::returns::Curve;

/// What follows the answered calls of a queue.
#[derive(Clone, Debug, PartialEq)]
pub struct RepeatsFitted {
    /// Answered calls with a known customer.
    pub known: usize,
    /// Queues that they were passed on to, as the log calls them: the share, and how many.
    pub passed_on: Vec<(String, Estimated, usize)>,
    /// The window, seconds.
    pub within: f64,
    /// Of those who were not passed on: the share that comes again within it, for whatever reason.
    pub again: Estimated,
    /// Mean seconds until then.
    pub delay: f64,
}

/// Fewer tell nothing.
const FEWEST: usize = 30;

/// Who is in a queue so many seconds after an agent hung up was passed on.
const AT_ONCE: f64 = 10.0;

#[derive(Default)]
struct Seen<'c> {
    passed_on: BTreeMap<&'c str, usize>,
    /// Seconds without a call, and whether a call ended them.
    gaps: Vec<(f64, bool)>,
}

/// By queue, as far as customers are known; `within` is the window in seconds.
#[must_use]
pub fn repeats(calls: &Calls, within: f64) -> BTreeMap<&str, RepeatsFitted> {
    let mut last: BTreeMap<u64, (&str, f64, f64)> = BTreeMap::new();
    let mut queues: BTreeMap<&str, Seen<'_>> = BTreeMap::new();
    let mut end = 0.0f64;
    for call in calls.iter() {
        end = end.max(call.arrived);
        let Some(customer) = call.customer else { continue };
        if let Some((queue, began, until)) = last.remove(&customer) {
            let seen = queues.entry(queue).or_default();
            let gap = call.arrived - until;
            if call.arrived >= began && gap <= AT_ONCE {
                *seen.passed_on.entry(call.queue).or_default() += 1;
            } else {
                seen.gaps.push((gap.clamp(0.0, within), gap <= within));
            }
        }
        if let Outcome::Answered(service) = &call.outcome {
            last.insert(customer, (call.queue, service.start, service.end));
        }
    }
    for (queue, _, until) in last.into_values() {
        let left = (end - until).max(0.0);
        queues.entry(queue).or_default().gaps.push((left.min(within), false));
    }
    queues.into_iter().filter_map(|(queue, seen)| Some((queue, fitted(seen, within)?))).collect()
}

fn fitted(seen: Seen<'_>, within: f64) -> Option<RepeatsFitted> {
    let Seen { passed_on, mut gaps } = seen;
    let known = gaps.len() + passed_on.values().sum::<usize>();
    if known < FEWEST {
        return None;
    }
    let curve = Curve::of(&mut gaps);
    let (left, variance) = curve.at(within);
    let to = |(queue, count): (&str, usize)| (queue.to_owned(), Estimated::share(count, known), count);
    Some(RepeatsFitted {
        known,
        passed_on: passed_on.into_iter().map(to).collect(),
        within,
        again: Estimated::rest(left, variance),
        delay: curve.mean_before(within),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acd::{Call, Service};

    /// Of fifty whom sales answered ten are in service as the agent hangs up, and one is while the agent still talks; of the
    /// other 39 thirteen come again, after an hour or after three by turns, and the first of these hours counts from the end.
    #[test]
    fn who_is_passed_on_does_not_come_again() {
        let mut all = Vec::new();
        let mut call = |customer: u64, queue, arrived: f64| {
            let service =
                Service { agent: None, start: arrived, end: arrived + 60.0, talk: 60.0, wrap_up: None };
            all.push(Call {
                queue,
                arrived,
                wait: 0.0,
                outcome: Outcome::Answered(service),
                customer: Some(customer),
            });
        };
        for customer in 1..=50 {
            call(customer, "sales", 0.0);
            match customer {
                1..=10 => call(customer, "service", 65.0),
                11 => call(customer, "service", 30.0),
                12..=24 => call(customer, "sales", 60.0 + if customer % 2 == 0 { 3_600.0 } else { 10_800.0 }),
                _ => {}
            }
        }
        // The log goes on for long.
        call(999, "other", 1e6);
        let calls = Calls::of("log", "2026-03-02".parse().expect("a day"), all);
        let found = &repeats(&calls, 86_400.0)["sales"];
        assert_eq!(found.known, 63, "the thirteen were answered once more");
        let [(queue, share, 11)] = found.passed_on.as_slice() else { panic!("eleven: {found:?}") };
        assert_eq!((queue.as_str(), share.value), ("service", 11.0 / 63.0));
        // Wilson: (11 + 1.92) / (63 + 3.84) -+ ...
        assert!((share.low - 0.1003).abs() < 1e-4 && (share.high - 0.2863).abs() < 1e-4, "{share:?}");
        assert!((found.again.value - 13.0 / 52.0).abs() < 1e-12, "{found:?}");
        // Seven after an hour, six after three.
        let delay = (7.0 * 3_600.0 + 6.0 * 10_800.0) / 13.0;
        assert!((found.delay - delay).abs() < 1e-6 * delay, "{found:?}");
    }
}
