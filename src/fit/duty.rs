//! What a log of calls tells of its agents, where nobody recorded who was logged in.
//!
//! On duty: from the first call of a block to the end of its last; a block ends where the agent takes no call for longer
//! than the gap. An agent who still lets customers wait two minutes after a call is on a break, from that call until they no
//! longer wait in vain; shorter times come after calls, and are times not ready ([`super::not_ready`]).

use std::collections::{BTreeMap, BTreeSet};

use crate::acd::Calls;

use super::not_ready::{CLOCKS, NotReady};
use super::services::Services;
use super::skills::{Skills, Skillset};

/// What a log tells of its agents.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// Those who take the same queues; the most hours first.
    pub teams: Vec<Team>,
    /// Agents that have a name.
    pub agents: usize,
    /// Hours on duty of all.
    pub hours: f64,
    /// How many breaks were seen within blocks.
    pub breaks: usize,
    /// Times not ready after a call, in evenly spaced quantiles; empty where nobody was seen.
    pub not_ready: Vec<f64>,
}

/// Agents who take the same queues.
#[derive(Clone, Debug, PartialEq)]
pub struct Team {
    /// Their queues, by their places in the log.
    pub queues: Vec<usize>,
    /// The names of who was ever one of them.
    pub agents: Vec<String>,
    /// Heads on duty, from each time (in seconds) that the number changes.
    pub heads: Vec<(f64, u32)>,
    /// Hours on duty.
    pub hours: f64,
}

/// Who lets customers wait for longer after a call is on a break.
pub(super) const LONGEST_AFTER: f64 = 120.0;

/// Who is taken sooner may have heard it ring: it was not in vain.
const RINGING: f64 = 10.0;

/// Reads the agents out of their calls; `gap` is the longest time in seconds without a call. `None` where no call has
/// an agent's name.
#[must_use]
pub fn on_duty(calls: &Calls, gap: f64) -> Option<Duty> {
    let services = Services::of(calls);
    if services.is_empty() {
        return None;
    }
    let skills = Skills::of(&services);
    Some(of_services(&services, &skills, gap))
}

pub(super) fn of_services(services: &Services<'_>, skills: &Skills, gap: f64) -> Duty {
    let waited = let_wait(services, skills);
    let has_breaks = waits_tell(services, &waited, gap);
    let mut not_ready = NotReady::default();
    let mut found = Found { skills, teams: BTreeMap::new() };
    let (mut agents, mut breaks) = (0, 0);
    for (agent, waited) in waited.iter().enumerate() {
        let Some((_, first)) = services.by(agent).next() else { continue };
        agents += 1;
        let (mut start, mut end) = (first.start, first.end);
        for (between, in_vain) in services.between(agent).zip(waited) {
            let after = between.to - between.from;
            let in_vain = in_vain.seconds(after);
            let on_break = in_vain.filter(|in_vain| has_breaks && *in_vain > LONGEST_AFTER);
            if after > gap || on_break.is_some() {
                found.block(agent, start, end);
                start = if after > gap { between.to } else { between.from + on_break.unwrap_or(after) };
                breaks += usize::from(after <= gap);
            } else {
                not_ready.add(in_vain, after);
            }
            end = between.end;
        }
        found.block(agent, start, end);
    }
    let teams = found.teams(services.calls());
    let hours = teams.iter().map(|team| team.hours).sum();
    Duty { teams, agents, hours, breaks, not_ready: not_ready.quantiles() }
}

/// Whether waits tell of breaks: not where these would be more than one in four of the times between calls, as then somebody waits
/// all the time, whoever is free.
fn waits_tell(services: &Services<'_>, waited: &[Vec<InVain>], gap: f64) -> bool {
    let (mut breaks, mut all) = (0usize, 0usize);
    for (agent, waited) in waited.iter().enumerate() {
        for (between, in_vain) in services.between(agent).zip(waited) {
            let after = between.to - between.from;
            all += usize::from(after <= gap);
            let seconds = in_vain.seconds(after).filter(|_| after <= gap);
            breaks += usize::from(seconds.is_some_and(|seconds| seconds > LONGEST_AFTER));
        }
    }
    // Of a few times one may be a break.
    4 * breaks <= all.max(4)
}

/// Teams as they are found.
struct Found<'s> {
    skills: &'s Skills,
    teams: BTreeMap<Skillset, Sums>,
}

#[derive(Default)]
struct Sums {
    changes: Vec<Change>,
    agents: BTreeSet<usize>,
    hours: f64,
}

impl Found<'_> {
    fn block(&mut self, agent: usize, start: f64, end: f64) {
        let sums = self.teams.entry(self.skills.at(agent, start)).or_default();
        sums.changes.extend([Change::comes(start), Change::goes(end)]);
        sums.agents.insert(agent);
        sums.hours += (end - start) / 3600.0;
    }

    fn teams(self, calls: &Calls) -> Vec<Team> {
        let team = |(set, sums): (Skillset, Sums)| Team {
            queues: (0..calls.queues().len()).filter(|queue| set.has(*queue)).collect(),
            agents: sums.agents.iter().map(|agent| calls.agents()[*agent].clone()).collect(),
            heads: heads(sums.changes),
            hours: sums.hours,
        };
        let mut teams: Vec<Team> = self.teams.into_iter().map(team).collect();
        teams.sort_by(|one, other| other.hours.total_cmp(&one.hours));
        teams
    }
}

/// Somebody who comes or goes: microseconds, times two, and one more who comes.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change(i64);

impl Change {
    fn comes(at: f64) -> Change {
        Change(2 * (at * 1e6).round() as i64 + 1)
    }

    fn goes(at: f64) -> Change {
        Change(2 * (at * 1e6).round() as i64)
    }

    fn seconds(self) -> f64 {
        self.0.div_euclid(2) as f64 / 1e6
    }

    fn heads(self) -> i64 {
        if self.0.rem_euclid(2) == 1 { 1 } else { -1 }
    }
}

fn heads(mut changes: Vec<Change>) -> Vec<(f64, u32)> {
    changes.sort_unstable();
    let (mut heads, mut found): (i64, Vec<(f64, u32)>) = (0, Vec::new());
    for change in changes {
        heads += change.heads();
        let now = (change.seconds(), u32::try_from(heads).unwrap_or(0));
        match found.last_mut() {
            Some(last) if last.0 == now.0 => *last = now,
            _ => found.push(now),
        }
    }
    found.dedup_by(|next, last| next.1 == last.1);
    found
}

/// How long after a call somebody waited in vain, in two bytes, as there may be many calls: not at all, until the next call, or whole seconds.
#[derive(Clone, Copy, PartialEq, Eq)]
struct InVain(u16);

impl InVain {
    const NOBODY: InVain = InVain(u16::MAX);
    const TO_THE_END: InVain = InVain(u16::MAX - 1);

    fn of(seconds: f64, after: f64) -> InVain {
        if seconds >= after - CLOCKS {
            InVain::TO_THE_END
        } else {
            InVain((seconds as u16).min(u16::MAX - 2))
        }
    }

    /// Of the time to the next call.
    fn seconds(self, after: f64) -> Option<f64> {
        match self {
            InVain::NOBODY => None,
            InVain::TO_THE_END => Some(after),
            InVain(seconds) => Some(f64::from(seconds)),
        }
    }
}

/// For what lies between the services of each agent: how long after the first one somebody waited in vain whom the agent
/// takes. One set of skills after the other.
fn let_wait(services: &Services<'_>, skills: &Skills) -> Vec<Vec<InVain>> {
    let agents = 0..services.agents();
    let mut waited: Vec<Vec<InVain>> =
        agents.clone().map(|agent| services.between(agent).map(|_| InVain::NOBODY).collect()).collect();
    for set in skills.sets() {
        let stretches = waiting_stretches(services.calls(), set);
        for agent in agents.clone().filter(|agent| skills.ever(*agent, set)) {
            for (between, waited) in services.between(agent).zip(&mut waited[agent]) {
                if skills.at(agent, between.from) == set {
                    let before = stretches.partition_point(|stretch| stretch.0 < between.to);
                    let last = stretches[..before].last().filter(|last| last.1 > between.from + CLOCKS);
                    let until = |last: &(f64, f64)| last.1.min(between.to) - between.from;
                    *waited = last
                        .map_or(InVain::NOBODY, |last| InVain::of(until(last), between.to - between.from));
                }
            }
        }
    }
    waited
}

/// The times when somebody waited in vain in one of these queues: (from, to), ascending, apart.
fn waiting_stretches(calls: &Calls, set: Skillset) -> Vec<(f64, f64)> {
    // By arrival, as calls are.
    let waits = (0..calls.len()).filter(|number| set.has(calls.queue_of(*number)));
    let waits = waits.map(|number| calls.call(number)).filter(|call| call.wait > RINGING);
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    for (from, to) in waits.map(|call| (call.arrived, call.arrived + call.wait)) {
        match stretches.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => stretches.push((from, to)),
        }
    }
    stretches
}

#[cfg(test)]
mod tests {
    use super::super::not_ready::QUANTILES;
    use super::*;
    use crate::acd::{Call, Outcome, Service};

    fn call(arrived: f64, wait: f64, talk: f64, agent: &'static str) -> Call<'static> {
        let start = arrived + wait;
        let service = Service { agent: Some(agent), start, end: start + talk, talk, wrap_up: None };
        Call { queue: "support", arrived, wait, outcome: Outcome::Answered(service), customer: None }
    }

    fn log<const N: usize>(calls: [Call<'static>; N]) -> Calls {
        Calls::of("log", "2026-03-02".parse().expect("a day"), calls)
    }

    #[test]
    fn a_block_ends_where_no_call_comes_for_the_gap() {
        let calls = log([
            call(0.0, 0.0, 60.0, "ann"),
            call(100.0, 0.0, 60.0, "ann"),
            call(9_000.0, 0.0, 60.0, "ann"),
            call(120.0, 0.0, 30.0, "bob"),
        ]);
        let duty = on_duty(&calls, 1_800.0).expect("there are agents");
        let [team] = duty.teams.as_slice() else { panic!("one queue, one team: {duty:?}") };
        assert_eq!(team.heads, [(0.0, 1), (120.0, 2), (150.0, 1), (160.0, 0), (9_000.0, 1), (9_060.0, 0)]);
        assert_eq!((duty.agents, team.agents.join(" ")), (2, "ann bob".to_owned()));
        assert!((duty.hours * 3600.0 - (160.0 + 60.0 + 30.0)).abs() < 1e-9);
    }

    #[test]
    fn time_not_ready_is_seen_while_somebody_waits() {
        // The second caller waits from 10 to 90; the first call ends at 60, so the agent was not ready for 30 s.
        let calls = log([call(0.0, 0.0, 60.0, "ann"), call(10.0, 80.0, 60.0, "ann")]);
        let duty = on_duty(&calls, 1_800.0).expect("there are agents");
        assert_eq!(duty.not_ready, vec![30.0; QUANTILES]);
        assert_eq!(on_duty(&log([]), 1_800.0), None);
    }

    /// Ann's first call ends at 60. Bob takes at 400 who has waited since 100: Ann was away until then, and may have been
    /// there from 400 on; at 700 she takes a call that comes.
    #[test]
    fn who_lets_customers_wait_for_minutes_is_on_a_break() {
        let calls = log([
            call(0.0, 0.0, 60.0, "ann"),
            call(0.0, 0.0, 400.0, "bob"),
            call(100.0, 300.0, 100.0, "bob"),
            call(700.0, 0.0, 100.0, "ann"),
        ]);
        let duty = on_duty(&calls, 1_800.0).expect("there are agents");
        assert_eq!(duty.teams[0].heads, [(0.0, 2), (60.0, 1), (400.0, 2), (500.0, 1), (800.0, 0)]);
        assert_eq!(duty.breaks, 1);
    }
}
