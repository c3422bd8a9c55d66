//! What a log of calls tells of times, queue by queue, with how sure it is.

use std::collections::BTreeMap;

use crate::acd::{Call, Calls, Outcome};

use super::family::{Fitted, exponential, families, largest_gap, weibull};
use super::names::keys;
use super::survival::Survival;
use super::tally::{Counter, Tally};

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
}

impl PatienceFitted {
    /// Twice the difference of likelihoods that chance exceeds once in twenty times.
    const CHANCE: f64 = 3.841;

    /// Exponential, unless a Weibull distribution fits better than chance explains.
    #[must_use]
    pub fn best(&self) -> &Fitted {
        let better = |other: &&Fitted| 2.0 * (other.likelihood - self.exponential.likelihood) > Self::CHANCE;
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
}

/// What is counted of a queue.
#[derive(Default)]
struct Counted {
    answered: usize,
    abandoned: usize,
    left: usize,
    waits: Counter,
    talks: Counter,
    wrap_ups: Option<Counter>,
}

impl Counted {
    fn add(&mut self, call: &Call<'_>) {
        self.waits.add(call.wait, call.outcome == Outcome::Abandoned);
        match &call.outcome {
            Outcome::Answered(service) => {
                self.answered += 1;
                self.talks.add(service.talk, true);
                if let Some(time) = service.wrap_up {
                    self.wrap_ups.get_or_insert_default().add(time, true);
                }
            }
            Outcome::Abandoned => self.abandoned += 1,
            Outcome::Left => self.left += 1,
        }
    }
}

/// Fits everything to the calls of each queue.
#[must_use]
pub fn estimates(calls: &Calls) -> Vec<QueueEstimates> {
    let mut queues: BTreeMap<&str, Counted> = BTreeMap::new();
    calls.iter().for_each(|call| queues.entry(call.queue).or_default().add(&call));
    let names: Vec<&str> = queues.keys().copied().collect();
    let one = |((called, found), key): ((&str, Counted), String)| {
        let waits = found.waits.tally();
        QueueEstimates {
            called: called.to_owned(),
            key,
            calls: (found.answered, found.abandoned, found.left),
            patience: exponential(&waits).map(|exponential| PatienceFitted {
                survival: Survival::of(&waits),
                exponential,
                weibull: weibull(&waits),
            }),
            talk: durations(found.talks.tally()),
            wrap_up: found.wrap_ups.map(|counter| durations(counter.tally())),
        }
    };
    let keys = keys(&names, "calls");
    queues.into_iter().zip(keys).map(one).collect()
}

fn durations(times: Tally) -> Durations {
    let families = families(&times);
    let law = families.first().and_then(Fitted::law);
    Durations {
        seen: times.seen() as usize,
        nothing: times.of_nothing() as usize,
        gap: law.map_or(0.0, |law| largest_gap(&law, &times)),
        families,
        times,
    }
}
