//! What a log of calls tells of times, queue by queue, with how sure it is.

use crate::acd::{Calls, Outcome};

use super::family::{Fitted, exponential, families, largest_gap, weibull};
use super::names::keys;
use super::survival::{Survival, Wait};

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

/// Fits everything to the calls of each queue.
#[must_use]
pub fn estimates(calls: &Calls) -> Vec<QueueEstimates> {
    let mut names: Vec<&str> = calls.calls.iter().map(|call| call.queue.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let one = |(called, key): (&&str, String)| {
        let own = || calls.calls.iter().filter(|call| call.queue == **called);
        let count = |fits: fn(&Outcome) -> bool| own().filter(|call| fits(&call.outcome)).count();
        let services = || {
            own().filter_map(|call| match &call.outcome {
                Outcome::Answered(service) => Some(service),
                Outcome::Abandoned | Outcome::Left => None,
            })
        };
        let waits: Vec<Wait> = own()
            .map(|call| Wait { seconds: call.wait, abandoned: call.outcome == Outcome::Abandoned })
            .collect();
        let wrap_ups: Vec<f64> = services().filter_map(|service| service.wrap_up).collect();
        QueueEstimates {
            called: (*called).to_owned(),
            key,
            calls: (
                count(|outcome| matches!(outcome, Outcome::Answered(_))),
                count(|outcome| matches!(outcome, Outcome::Abandoned)),
                count(|outcome| matches!(outcome, Outcome::Left)),
            ),
            patience: exponential(&waits).map(|exponential| PatienceFitted {
                survival: Survival::of(&waits),
                exponential,
                weibull: weibull(&waits),
            }),
            talk: durations(&services().map(|service| service.talk).collect::<Vec<_>>()),
            wrap_up: Some(wrap_ups).filter(|times| !times.is_empty()).map(|times| durations(&times)),
        }
    };
    names.iter().zip(keys(&names, "calls")).map(one).collect()
}

fn durations(times: &[f64]) -> Durations {
    let families = families(times);
    let law = families.first().and_then(Fitted::law);
    Durations {
        seen: times.len(),
        nothing: times.iter().filter(|time| **time <= 0.0).count(),
        gap: law.map_or(0.0, |law| largest_gap(&law, times)),
        families,
    }
}
