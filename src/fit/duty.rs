//! What a log of calls tells of its agents, where nobody recorded who was logged in.
//!
//! On duty: from the first call of a block to the end of its last; a block ends where the agent takes no call for
//! longer than the gap. Not ready: after a call, an agent on duty who lets customers wait. How long is seen only while
//! somebody waits; where the queue ran empty first, the time is cut there (Kaplan & Meier 1958).

use std::collections::BTreeMap;

use crate::acd::{Calls, Outcome, Service};

use super::tally::{Counter, Tally};

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
struct Block {
    start: f64,
    end: f64,
}

/// Quantiles of the time not ready.
const QUANTILES: usize = 1_000;

/// Reads the agents out of their calls; `gap` is the longest time in seconds without a call. `None` where no call has
/// an agent's name.
#[must_use]
pub fn on_duty(calls: &Calls, gap: f64) -> Option<Duty> {
    let waiting = waiting_stretches(calls);
    let (mut changes, mut not_ready) = (Vec::new(), Counter::default());
    let (mut agents, mut hours) = (0, 0.0);
    for own in by_agent(calls).into_values() {
        let services = || own.iter().filter_map(|number| service(calls, *number));
        let mut blocks: Vec<Block> = Vec::new();
        for service in services() {
            match blocks.last_mut() {
                Some(block) if service.start - block.end <= gap => block.end = block.end.max(service.end),
                _ => blocks.push(Block { start: service.start, end: service.end }),
            }
        }
        times_not_ready(services(), &blocks, &waiting, &mut not_ready);
        hours += blocks.iter().map(|block| block.end - block.start).sum::<f64>() / 3600.0;
        changes.extend(blocks.iter().flat_map(|block| [Change::comes(block.start), Change::goes(block.end)]));
        agents += 1;
    }
    if agents == 0 {
        return None;
    }
    Some(Duty { heads: heads(changes), agents, hours, not_ready: quantiles(&not_ready.tally()) })
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

fn service(calls: &Calls, number: u32) -> Option<Service<'_>> {
    match calls.call(number as usize).outcome {
        Outcome::Answered(service) => Some(service),
        Outcome::Abandoned | Outcome::Left => None,
    }
}

/// The numbers of the calls of each agent, by when their service began.
fn by_agent(calls: &Calls) -> BTreeMap<&str, Vec<u32>> {
    let mut agents: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (number, call) in (0..).zip(calls.iter()) {
        if let Outcome::Answered(Service { agent: Some(agent), .. }) = call.outcome {
            agents.entry(agent).or_default().push(number);
        }
    }
    let times =
        |number: u32| service(calls, number).map_or((0.0, 0.0), |service| (service.start, service.end));
    for own in agents.values_mut() {
        own.sort_unstable_by(|one, other| {
            let (a, b) = (times(*one), times(*other));
            a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)).then(one.cmp(other))
        });
    }
    agents
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

/// Times not ready of one agent, between calls of the same block while somebody waited.
fn times_not_ready<'c>(
    services: impl Iterator<Item = Service<'c>>,
    blocks: &[Block],
    waiting: &[(f64, f64)],
    seen: &mut Counter,
) {
    let (mut at, mut last) = (0, None::<Service<'c>>);
    for next in services {
        let Some(before) = last.replace(next) else { continue };
        let (from, to) = (before.end, next.start.max(before.end));
        while at + 1 < blocks.len() && blocks[at].end < from {
            at += 1;
        }
        let block = &blocks[at];
        if block.start > from || to > block.end {
            continue;
        }
        // Clocks of a log differ by a second or so.
        let stretch = waiting[..waiting.partition_point(|stretch| stretch.0 <= from + 1.0)].last();
        let Some(&(_, empty)) = stretch.filter(|stretch| stretch.1 > from + 1.0) else { continue };
        seen.add(to.min(empty) - from, to <= empty + 1.0);
    }
}

/// The times when somebody waited: (from, to), ascending, apart.
fn waiting_stretches(calls: &Calls) -> Vec<(f64, f64)> {
    // By arrival, as calls are.
    let waits = calls.iter().filter(|call| call.wait > 0.0);
    let mut stretches: Vec<(f64, f64)> = Vec::new();
    for (from, to) in waits.map(|call| (call.arrived, call.arrived + call.wait)) {
        match stretches.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => stretches.push((from, to)),
        }
    }
    stretches
}

/// Quantiles of times of which some were cut short; what no time reaches is the longest.
fn quantiles(seen: &Tally) -> Vec<f64> {
    let Some(longest) = seen.times.last() else { return Vec::new() };
    let mut left = seen.seen();
    let (mut beyond, mut found) = (1.0, Vec::with_capacity(QUANTILES));
    for time in &seen.times {
        // At equal times what ended goes before what was cut.
        beyond *= 1.0 - time.ended / left;
        left -= time.ended + time.cut;
        while found.len() < QUANTILES && 1.0 - (found.len() as f64 + 0.5) / QUANTILES as f64 >= beyond {
            found.push(time.seconds);
        }
    }
    found.resize(QUANTILES, longest.seconds);
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::acd::Call;

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
        assert_eq!(duty.heads, [(0.0, 1), (120.0, 2), (150.0, 1), (160.0, 0), (9_000.0, 1), (9_060.0, 0)]);
        assert_eq!(duty.agents, 2);
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
}
