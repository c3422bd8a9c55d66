//! What a log of calls tells of times, queue by queue, with how sure it is.

use std::collections::BTreeMap;

use crate::acd::{Call, Calls, Outcome};

use super::by_time::{ByTime, Hours, Stretches};
use super::family::{Fitted, exponential, families, largest_gap, weibull};
use super::likelihood::Estimated;
use super::names::keys;
use super::repeats::{RepeatsFitted, repeats};
use super::returns::{ReturnsFitted, returns};
use super::survival::Survival;
use super::tally::{Counter, Tally};
use super::transfers::{TransfersFitted, transfers};

/// Lengths of time with the families that were fitted to them.
#[derive(Clone, Debug, PartialEq)]
pub struct Durations {
    /// How many were seen.
    pub seen: usize,
    /// How many of these lasted nothing at all, and are left out.
    pub nothing: usize,
    /// The likeliest first.
    pub families: Vec<Fitted>,
    /// The largest difference between the likeliest and what was seen, as a share.
    pub gap: f64,
    /// The times themselves.
    pub times: Tally,
    /// By time of day, where the data ask for it.
    pub by_time: Option<ByTime>,
}

/// How long customers wait before they abandon.
#[derive(Clone, Debug, PartialEq)]
pub struct PatienceFitted {
    /// The share still patient after a time.
    pub survival: Survival,
    /// Exponential: always, where anyone abandoned.
    pub exponential: Fitted,
    /// Weibull, where enough abandoned.
    pub weibull: Option<Fitted>,
    /// Of those who must wait, the share that abandons at once: more in the first seconds than exponential patience later on
    /// explains.
    pub balk: Option<Estimated>,
}

impl PatienceFitted {
    /// Exponential, unless a Weibull distribution fits better than chance explains.
    #[must_use]
    pub fn best(&self) -> &Fitted {
        let better = |other: &&Fitted| other.explains_more_than(&self.exponential);
        self.weibull.as_ref().filter(better).unwrap_or(&self.exponential)
    }
}

/// What is known of one queue.
#[derive(Clone, Debug, PartialEq)]
pub struct QueueEstimates {
    /// As the log calls it.
    pub called: String,
    /// As a scenario calls it.
    pub key: String,
    /// Calls answered, abandoned, taken out of the queue otherwise.
    pub calls: (usize, usize, usize),
    /// Patience; none: nobody abandoned.
    pub patience: Option<PatienceFitted>,
    /// With the customer.
    pub talk: Durations,
    /// After it; none: the log does not tell.
    pub wrap_up: Option<Durations>,
    /// Who calls again; none: the log does not say who called, or too few did.
    pub returns: Option<ReturnsFitted>,
    /// Who is passed on, by conversations with several parts; none: the log does not name them, or nobody was.
    pub transfers: Option<TransfersFitted>,
    /// What follows calls that were answered; none: the log does not say who called, or too few were.
    pub repeats: Option<RepeatsFitted>,
}

/// At once is within so many seconds.
const AT_ONCE: f64 = 5.0;

/// The share that abandons at once if it must wait: what is missing after the first seconds, where those who are left abandon
/// at a steady rate that held from the beginning. `None` where chance explains it.
#[must_use]
pub fn balk(waits: &Tally) -> Option<Estimated> {
    let mut waiting: f64 = waits.seen() - waits.of_nothing();
    let (mut left, mut variance, mut beyond, mut gone) = (1.0, 0.0, 0.0, 0.0);
    for time in waits.times.iter().filter(|time| time.seconds > 0.0) {
        if time.seconds <= AT_ONCE {
            left *= 1.0 - time.ended / waiting;
            variance += time.ended / (waiting * (waiting - time.ended).max(1.0));
        } else {
            beyond += (time.seconds - AT_ONCE) * (time.ended + time.cut);
            gone += time.ended;
        }
        waiting -= time.ended + time.cut;
    }
    if gone < FEWEST {
        return None;
    }
    // The rate of those who stay, over the first seconds.
    let steady = AT_ONCE * gone / beyond;
    let found = Estimated::rest(left * libm::exp(steady), variance + steady * steady / gone);
    Some(found).filter(|found| found.low > 0.0)
}

/// Fewer abandoned tell no rate.
const FEWEST: f64 = 20.0;

/// What is counted of a queue.
#[derive(Default)]
struct Counted {
    answered: usize,
    abandoned: usize,
    left: usize,
    waits: Counter,
    talks: Counter,
    wrap_ups: Option<Counter>,
    /// Talk times and wrap-up by the hour.
    hours: [Hours; 2],
}

impl Counted {
    fn add(&mut self, call: &Call<'_>) {
        self.waits.add(call.wait, call.outcome == Outcome::Abandoned);
        match &call.outcome {
            Outcome::Answered(service) => {
                self.answered += 1;
                self.talks.add(service.talk, true);
                self.hours[0].add(service.start, service.talk);
                if let Some(time) = service.wrap_up {
                    self.hours[1].add(service.start, time);
                    self.wrap_ups.get_or_insert_default().add(time, true);
                }
            }
            Outcome::Abandoned => self.abandoned += 1,
            Outcome::Left => self.left += 1,
        }
    }
}

/// Fits everything to the calls of each queue; `within` is the longest time in seconds from a call to one that follows
/// from it, `window` that of first-contact resolution.
#[must_use]
pub fn estimates(calls: &Calls, within: f64, window: f64) -> Vec<QueueEstimates> {
    let (returns, mut repeats) = (returns(calls, within), repeats(calls, window));
    let mut transfers = transfers(calls);
    if !transfers.is_empty() {
        // What conversations tell of transfers, no guess from customers need say again.
        repeats.values_mut().for_each(|found| found.passed_on.clear());
    }
    let mut queues: BTreeMap<&str, Counted> = BTreeMap::new();
    calls.iter().for_each(|call| queues.entry(call.queue).or_default().add(&call));
    let mut by_time = by_time(calls, &queues);
    let names: Vec<&str> = queues.keys().copied().collect();
    let one = |((called, found), key): ((&str, Counted), String)| {
        let waits = found.waits.tally();
        let [talk, wrap_up] = by_time.remove(called).unwrap_or_default();
        QueueEstimates {
            called: called.to_owned(),
            key,
            calls: (found.answered, found.abandoned, found.left),
            patience: exponential(&waits).map(|exponential| PatienceFitted {
                survival: Survival::of(&waits),
                exponential,
                weibull: weibull(&waits),
                balk: balk(&waits),
            }),
            talk: Durations { by_time: talk, ..durations(found.talks.tally()) },
            wrap_up: found
                .wrap_ups
                .map(|counter| Durations { by_time: wrap_up, ..durations(counter.tally()) }),
            returns: returns.get(called).copied(),
            transfers: transfers.remove(called),
            repeats: repeats.remove(called),
        }
    };
    let keys = keys(&names, "calls");
    queues.into_iter().zip(keys).map(one).collect()
}

/// Talk times and wrap-up of each queue by time of day, where that is worth it; what spread is left takes a second look at the calls.
fn by_time<'c>(
    calls: &'c Calls,
    queues: &BTreeMap<&'c str, Counted>,
) -> BTreeMap<&'c str, [Option<ByTime>; 2]> {
    let stretches = |found: &Counted| found.hours.each_ref().map(Hours::stretches);
    let mut all: BTreeMap<&str, [Option<Stretches>; 2]> =
        queues.iter().map(|(queue, found)| (*queue, stretches(found))).collect();
    all.retain(|_, both| both.iter().any(Option::is_some));
    if all.is_empty() {
        return BTreeMap::new();
    }
    for call in calls.iter() {
        let (Outcome::Answered(service), Some([talk, wrap_up])) = (&call.outcome, all.get_mut(call.queue))
        else {
            continue;
        };
        if let Some(talk) = talk {
            talk.add(service.start, service.talk);
        }
        if let (Some(wrap_up), Some(time)) = (wrap_up, service.wrap_up) {
            wrap_up.add(service.start, time);
        }
    }
    all.into_iter().map(|(queue, both)| (queue, both.map(|one| one.and_then(Stretches::fitted)))).collect()
}

fn durations(times: Tally) -> Durations {
    let families = families(&times);
    let distribution = families.first().and_then(Fitted::distribution);
    Durations {
        seen: times.seen() as usize,
        nothing: times.of_nothing() as usize,
        gap: distribution.map_or(0.0, |distribution| largest_gap(&distribution, &times)),
        families,
        times,
        by_time: None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tally::Wait;
    use super::*;

    /// Of a thousand who must wait a hundred abandon after a second; the others at a steady rate of one in 200 s, seen for
    /// 105 s at most: in the first five seconds 900 x (1 - e^-.025) of them.
    #[test]
    fn who_abandons_at_once_is_told_from_the_steady_ones() {
        let mut waits = vec![Wait { seconds: 1.0, abandoned: true }; 100];
        let quantile = |number: u32| -200.0 * libm::log(1.0 - (f64::from(number) + 0.5) / 900.0);
        let one = |seconds: f64| Wait { seconds: seconds.min(105.0), abandoned: seconds < 105.0 };
        waits.extend((0..900).map(quantile).map(one));
        let found = balk(&Tally::of_waits(&waits)).expect("there are enough");
        assert!((found.value - 0.1).abs() < 0.002 && found.low > 0.07 && found.high < 0.13, "{found:?}");
        assert_eq!(balk(&Tally::of_waits(&waits[100..])), None, "nobody abandons at once");
        // Who was answered at once did not have to wait.
        waits.extend([Wait { seconds: 0.0, abandoned: false }; 500]);
        assert_eq!(balk(&Tally::of_waits(&waits)), Some(found));
    }
}
