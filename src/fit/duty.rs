//! What a log of calls tells of its agents, where nobody recorded who was logged in.
//!
//! On duty: from the first call of a block to the end of its last; a block ends where the agent takes no call for
//! longer than the gap. Not ready: after a call, an agent on duty who lets customers wait. How long is seen only while
//! somebody waits; where the queue ran empty first, the time is cut there (Kaplan & Meier 1958).

use std::collections::BTreeMap;

use crate::acd::{Call, Outcome, Service};

/// What a log tells of its agents.
#[derive(Clone, Debug, PartialEq)]
pub struct Duty {
    /// Heads on duty, from each time (in seconds) that the number changes.
    pub heads: Vec<(f64, u32)>,
    /// Agents that have a name.
    pub agents: usize,
    /// Hours on duty of all.
    pub hours: f64,
    /// Times not ready after a call, in evenly spaced quantiles; empty where nobody was seen.
    pub not_ready: Vec<f64>,
}

/// A stretch of time that an agent spent on duty.
struct Block<'c> {
    agent: &'c str,
    start: f64,
    end: f64,
}

/// Quantiles of the time not ready.
const QUANTILES: usize = 1_000;

/// Reads the agents out of their calls; `gap` is the longest time in seconds without a call. `None` where no call has
/// an agent's name.
#[must_use]
pub fn on_duty(calls: &[Call], gap: f64) -> Option<Duty> {
    let agents = by_agent(calls);
    if agents.is_empty() {
        return None;
    }
    let mut blocks: Vec<Block<'_>> = Vec::new();
    for (agent, services) in &agents {
        for (number, service) in services.iter().enumerate() {
            match blocks.last_mut().filter(|_| number > 0) {
                Some(block) if service.start - block.end <= gap => block.end = block.end.max(service.end),
                _ => blocks.push(Block { agent, start: service.start, end: service.end }),
            }
        }
    }
    let hours = blocks.iter().map(|block| block.end - block.start).sum::<f64>() / 3600.0;
    Some(Duty {
        heads: heads(&blocks),
        agents: agents.len(),
        hours,
        not_ready: not_ready(calls, &agents, &blocks),
    })
}

fn by_agent(calls: &[Call]) -> BTreeMap<&str, Vec<&Service>> {
    let mut agents: BTreeMap<&str, Vec<&Service>> = BTreeMap::new();
    for call in calls {
        if let Outcome::Answered(service) = &call.outcome
            && let Some(agent) = &service.agent
        {
            agents.entry(agent).or_default().push(service);
        }
    }
    for services in agents.values_mut() {
        services.sort_by(|one, other| one.start.total_cmp(&other.start).then(one.end.total_cmp(&other.end)));
    }
    agents
}

fn heads(blocks: &[Block<'_>]) -> Vec<(f64, u32)> {
    let mut changes: Vec<(f64, i64)> =
        blocks.iter().flat_map(|block| [(block.start, 1), (block.end, -1)]).collect();
    changes.sort_by(|one, other| one.0.total_cmp(&other.0));
    let (mut heads, mut found): (i64, Vec<(f64, u32)>) = (0, Vec::new());
    for (at, change) in changes {
        heads += change;
        let now = (at, u32::try_from(heads).unwrap_or(0));
        match found.last_mut() {
            Some(last) if last.0 == at => *last = now,
            _ => found.push(now),
        }
    }
    found.dedup_by(|next, last| next.1 == last.1);
    found
}

fn not_ready(calls: &[Call], agents: &BTreeMap<&str, Vec<&Service>>, blocks: &[Block<'_>]) -> Vec<f64> {
    let waiting = waiting_stretches(calls);
    let mut seen: Vec<(f64, bool)> = Vec::new();
    let mut own = 0;
    for (agent, services) in agents {
        // Blocks stand agent by agent, in the order of time.
        while blocks[own].agent != *agent {
            own += 1;
        }
        let mut at = own;
        for pair in services.windows(2) {
            let (from, to) = (pair[0].end, pair[1].start.max(pair[0].end));
            while at + 1 < blocks.len() && blocks[at].agent == *agent && blocks[at].end < from {
                at += 1;
            }
            let block = &blocks[at];
            if block.agent != *agent || block.start > from || to > block.end {
                continue;
            }
            // Clocks of a log differ by a second or so.
            let stretch = waiting[..waiting.partition_point(|stretch| stretch.0 <= from + 1.0)].last();
            let Some(&(_, empty)) = stretch.filter(|stretch| stretch.1 > from + 1.0) else { continue };
            seen.push((to.min(empty) - from, to <= empty + 1.0));
        }
    }
    if seen.is_empty() { Vec::new() } else { quantiles(seen) }
}

/// The times when somebody waited: (from, to), ascending, apart.
fn waiting_stretches(calls: &[Call]) -> Vec<(f64, f64)> {
    let waits = calls.iter().filter(|call| call.wait > 0.0);
    let mut waits: Vec<(f64, f64)> = waits.map(|call| (call.arrived, call.arrived + call.wait)).collect();
    waits.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1)));
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    for (from, to) in waits {
        match stretches.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => stretches.push((from, to)),
        }
    }
    stretches
}

/// Quantiles of times some of which (`false`) were cut short; what no time reaches is the longest.
fn quantiles(mut seen: Vec<(f64, bool)>) -> Vec<f64> {
    // At equal times what ended goes before what was cut.
    seen.sort_by(|one, other| one.0.total_cmp(&other.0).then(other.1.cmp(&one.1)));
    let mut left = seen.len() as f64;
    let (mut beyond, mut found) = (1.0, Vec::with_capacity(QUANTILES));
    for &(time, ended) in &seen {
        if ended {
            beyond *= 1.0 - 1.0 / left;
        }
        left -= 1.0;
        while found.len() < QUANTILES && 1.0 - (found.len() as f64 + 0.5) / QUANTILES as f64 >= beyond {
            found.push(time);
        }
    }
    let longest = seen.last().map_or(0.0, |&(time, _)| time);
    found.resize(QUANTILES, longest);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(arrived: f64, wait: f64, talk: f64, agent: &str) -> Call {
        let start = arrived + wait;
        let service =
            Service { agent: Some(agent.to_owned()), start, end: start + talk, talk, wrap_up: None };
        Call { queue: "support".to_owned(), arrived, wait, outcome: Outcome::Answered(service) }
    }

    #[test]
    fn a_block_ends_where_no_call_comes_for_the_gap() {
        let calls = [
            call(0.0, 0.0, 60.0, "ann"),
            call(100.0, 0.0, 60.0, "ann"),
            call(9_000.0, 0.0, 60.0, "ann"),
            call(120.0, 0.0, 30.0, "bob"),
        ];
        let duty = on_duty(&calls, 1_800.0).expect("there are agents");
        assert_eq!(duty.heads, [(0.0, 1), (120.0, 2), (150.0, 1), (160.0, 0), (9_000.0, 1), (9_060.0, 0)]);
        assert_eq!(duty.agents, 2);
        assert!((duty.hours * 3600.0 - (160.0 + 60.0 + 30.0)).abs() < 1e-9);
    }

    #[test]
    fn time_not_ready_is_seen_while_somebody_waits() {
        // The second caller waits from 10 to 90; the first call ends at 60, so the agent was not ready for 30 s.
        let calls = [call(0.0, 0.0, 60.0, "ann"), call(10.0, 80.0, 60.0, "ann")];
        let duty = on_duty(&calls, 1_800.0).expect("there are agents");
        assert_eq!(duty.not_ready, vec![30.0; QUANTILES]);
        assert_eq!(on_duty(&[], 1_800.0), None);
    }
}
