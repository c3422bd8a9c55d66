//! Who takes what, as a log shows it.
//!
//! On a day an agent takes a queue whose calls it answered at least a third as often as it would have, had everyone at work
//! in the same half-hours taken all queues alike. Where less than three calls would have been its share, none of them
//! tells little; then its calls of all days decide. Of less than one call in all days none tells nothing, and it takes the queue.

use std::collections::{BTreeMap, BTreeSet};

use super::services::Services;

/// The queues that an agent takes, by their places in the log.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Skillset(u128);

impl Skillset {
    /// All there are.
    pub(super) const ALL: Skillset = Skillset(u128::MAX);

    pub(super) fn has(self, queue: usize) -> bool {
        self == Skillset::ALL || (queue < 128 && self.0 >> queue & 1 == 1)
    }

    fn with(self, queue: usize) -> Skillset {
        Skillset(self.0 | 1 << queue)
    }
}

/// Who takes what.
pub(super) struct Skills {
    agents: Vec<OfAgent>,
}

struct OfAgent {
    whole: Skillset,
    /// Days on which something else was seen.
    days: BTreeMap<i64, Skillset>,
}

/// So large a part of its share tells that an agent takes a queue.
const PART: f64 = 1.0 / 3.0;

/// Of a smaller share of a day no call is nothing strange: e^-3 is one in twenty.
const ENOUGH: f64 = 3.0;

/// The same of all days, where nothing else decides.
const ENOUGH_IN_ALL: f64 = 1.0;

/// More different sets of skills are chance.
const MOST_SETS: usize = 40;

/// A half-hour.
const SLOT: f64 = 1800.0;

const DAY: f64 = 86_400.0;

/// Calls of each queue: those that were taken, and those that would have been the share.
#[derive(Clone)]
struct Counts(Vec<(f64, f64)>);

impl Counts {
    /// What it takes; `else_takes` decides of queues whose share is less than `enough`.
    fn set(&self, enough: f64, else_takes: impl Fn(usize) -> bool) -> Skillset {
        let takes = |(queue, (took, share)): (usize, &(f64, f64))| {
            let seen = *took > 0.0 && *took >= PART * share;
            (seen || (*share < enough && else_takes(queue))).then_some(queue)
        };
        self.0.iter().enumerate().filter_map(takes).fold(Skillset(0), Skillset::with)
    }
}

impl Skills {
    pub(super) fn of(services: &Services<'_>) -> Skills {
        let calls = services.calls();
        let queues = calls.queues().len();
        let alike = |set: Skillset| {
            (0..services.agents()).map(move |_| OfAgent { whole: set, days: BTreeMap::new() })
        };
        if !(2..=128).contains(&queues) {
            return Skills { agents: alike(Skillset::ALL).collect() };
        }
        let slot = |start: f64| (start / SLOT).floor() as i64;
        let mut mixes: BTreeMap<i64, Vec<u32>> = BTreeMap::new();
        for agent in 0..services.agents() {
            for (number, service) in services.by(agent) {
                let mix = mixes.entry(slot(service.start)).or_insert_with(|| vec![0; queues]);
                mix[calls.queue_of(number)] += 1;
            }
        }
        let of_agent = |agent: usize| {
            let none = Counts(vec![(0.0, 0.0); queues]);
            let mut days: BTreeMap<i64, Counts> = BTreeMap::new();
            for (number, service) in services.by(agent) {
                let mix = &mixes[&slot(service.start)];
                let all: u32 = mix.iter().sum();
                let counts = days.entry(day(service.start)).or_insert_with(|| none.clone());
                counts.0[calls.queue_of(number)].0 += 1.0;
                for (of, count) in counts.0.iter_mut().zip(mix) {
                    of.1 += f64::from(*count) / f64::from(all);
                }
            }
            let mut sums = none;
            for counts in days.values() {
                for (sum, of) in sums.0.iter_mut().zip(&counts.0) {
                    *sum = (sum.0 + of.0, sum.1 + of.1);
                }
            }
            let whole = sums.set(ENOUGH_IN_ALL, |_| true);
            let days =
                days.into_iter().map(|(day, counts)| (day, counts.set(ENOUGH, |queue| whole.has(queue))));
            OfAgent { whole, days: days.filter(|(_, set)| *set != whole).collect() }
        };
        let mut skills = Skills { agents: (0..services.agents()).map(of_agent).collect() };
        if skills.sets().len() > MOST_SETS {
            skills.agents.iter_mut().for_each(|agent| agent.days.clear());
        }
        if skills.sets().len() > MOST_SETS {
            skills.agents = alike(Skillset::ALL).collect();
        }
        skills
    }

    /// What an agent takes at a time.
    pub(super) fn at(&self, agent: usize, seconds: f64) -> Skillset {
        let of = &self.agents[agent];
        of.days.get(&day(seconds)).copied().unwrap_or(of.whole)
    }

    /// Whether this is ever all that an agent takes.
    pub(super) fn ever(&self, agent: usize, set: Skillset) -> bool {
        let of = &self.agents[agent];
        of.whole == set || of.days.values().any(|other| *other == set)
    }

    /// All sets, each once.
    pub(super) fn sets(&self) -> BTreeSet<Skillset> {
        self.agents.iter().flat_map(|of| of.days.values().copied().chain([of.whole])).collect()
    }
}

fn day(seconds: f64) -> i64 {
    (seconds / DAY).floor() as i64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acd::{Call, Calls, Outcome, Service};

    fn call(queue: &'static str, arrived: f64, agent: &'static str) -> Call<'static> {
        let service =
            Service { agent: Some(agent), start: arrived, end: arrived + 60.0, talk: 60.0, wrap_up: None };
        Call { queue, arrived, wait: 0.0, outcome: Outcome::Answered(service), customer: None }
    }

    fn queues(calls: &Calls, set: Skillset) -> Vec<&str> {
        (0..calls.queues().len())
            .filter(|queue| set.has(*queue))
            .map(|queue| calls.queues()[queue].as_str())
            .collect()
    }

    /// Of 12 calls of a half-hour 6 are of each queue: of ann's six, three would be sales. She takes none on the first day,
    /// and half of them on the second.
    #[test]
    fn who_takes_less_than_a_third_of_the_share_does_not_take_a_queue_that_day() {
        let mut all = Vec::new();
        for at in 0..6 {
            all.push(call("service", 100.0 * f64::from(at), "ann"));
            all.push(call("sales", 100.0 * f64::from(at) + 10.0, "bob"));
            let (one, other) = if at % 2 == 0 { ("service", "sales") } else { ("sales", "service") };
            all.push(call(one, DAY + 100.0 * f64::from(at), "ann"));
            all.push(call(other, DAY + 100.0 * f64::from(at) + 10.0, "bob"));
        }
        // Two of cora's four calls would be sales: over all days that is enough to tell.
        for at in 0..4 {
            all.push(call("service", 2.0 * DAY + 100.0 * f64::from(at), "cora"));
            all.push(call("sales", 2.0 * DAY + 100.0 * f64::from(at) + 10.0, "dan"));
        }
        // Half of eve's only call would be sales, which is too little to tell.
        all.push(call("service", 3.0 * DAY, "eve"));
        all.push(call("sales", 3.0 * DAY, "bob"));
        let calls = Calls::of("log", "2026-03-02".parse().expect("a day"), all);
        let skills = Skills::of(&Services::of(&calls));
        let agent =
            |name: &str| calls.agents().iter().position(|agent| agent == name).expect("they took a call");
        let at = |name: &str, seconds: f64| queues(&calls, skills.at(agent(name), seconds));
        assert_eq!(at("ann", 0.0), ["service"]);
        assert_eq!(at("ann", DAY), ["service", "sales"]);
        assert_eq!(at("bob", 0.0), ["sales"]);
        assert_eq!(at("cora", 2.0 * DAY), ["service"]);
        assert_eq!(at("eve", 3.0 * DAY).len(), 2);
        assert_eq!(skills.sets().len(), 3);
    }
}
