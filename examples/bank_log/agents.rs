//! What a call log tells about its agents, whose log-in times are not in it.

use std::collections::BTreeMap;

use super::log::{Call, Service};

/// A stretch of time that an agent spent on duty.
pub struct Block {
    /// Who.
    pub agent: String,
    /// The begin of its first call.
    pub start: i64,
    /// The end of its last call.
    pub end: i64,
}

/// The rule: an agent is on duty from the first call of a block to its last, and a block ends where
/// no call begins for more than `gap` seconds.
pub fn on_duty(calls: &[Call], gap: i64) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (agent, services) in by_agent(calls) {
        let mut open: Option<Block> = None;
        for service in services {
            match &mut open {
                Some(block) if service.start - block.end <= gap => block.end = block.end.max(service.end),
                _ => {
                    let begun = Block { agent: agent.to_owned(), start: service.start, end: service.end };
                    blocks.extend(open.replace(begun));
                }
            }
        }
        blocks.extend(open);
    }
    blocks
}

/// Agents on duty, from each time that the number changes.
pub fn heads(blocks: &[Block]) -> Vec<(i64, i64)> {
    let mut changes: BTreeMap<i64, i64> = BTreeMap::new();
    for block in blocks {
        *changes.entry(block.start).or_default() += 1;
        *changes.entry(block.end).or_default() -= 1;
    }
    let mut heads = 0;
    let running = changes.into_iter().filter(|(_, change)| *change != 0).map(|(at, change)| {
        heads += change;
        (at, heads)
    });
    running.collect()
}

/// How long an agent on duty is not ready after a call, in 1,000 evenly spaced quantiles.
///
/// Seen only while customers wait: from the end of a call to the begin of the same agent's next one
/// in the same block. Where the queue ran empty in between, all that is known is that it took longer
/// than until then (Kaplan & Meier 1958).
pub fn not_ready(calls: &[Call], blocks: &[Block]) -> Vec<i64> {
    let waiting = waiting_stretches(calls);
    let mut seen: Vec<(i64, bool)> = Vec::new();
    for (agent, services) in by_agent(calls) {
        for pair in services.windows(2) {
            let (from, to) = (pair[0].end, pair[1].start.max(pair[0].end));
            let within = |block: &&Block| block.agent == agent && block.start <= from && to <= block.end;
            if blocks.iter().find(within).is_none() {
                continue;
            }
            // Clocks of the log differ by a second or so.
            let stretch = waiting[..waiting.partition_point(|stretch| stretch.0 <= from + 1)].last();
            let Some(&(_, empty)) = stretch.filter(|stretch| stretch.1 > from + 1) else { continue };
            seen.push((to.min(empty) - from, to <= empty + 1));
        }
    }
    quantiles(seen, 1_000)
}

/// The times when somebody waited: (from, to), ascending, apart.
fn waiting_stretches(calls: &[Call]) -> Vec<(i64, i64)> {
    let mut waits: Vec<(i64, i64)> = calls
        .iter()
        .filter(|call| call.wait > 0)
        .map(|call| (call.arrived, call.arrived + call.wait))
        .collect();
    waits.sort_unstable();
    let mut stretches: Vec<(i64, i64)> = Vec::new();
    for (from, to) in waits {
        match stretches.last_mut() {
            Some(last) if from <= last.1 => last.1 = last.1.max(to),
            _ => stretches.push((from, to)),
        }
    }
    stretches
}

/// Quantiles of times some of which (`false`) were cut short; what no time reaches is the longest.
fn quantiles(mut seen: Vec<(i64, bool)>, count: usize) -> Vec<i64> {
    // At equal times what ended goes before what was cut.
    seen.sort_unstable_by_key(|&(time, ended)| (time, !ended));
    let mut left = seen.len() as f64;
    let (mut beyond, mut found) = (1.0, Vec::with_capacity(count));
    for &(time, ended) in &seen {
        if ended {
            beyond *= 1.0 - 1.0 / left;
        }
        left -= 1.0;
        while found.len() < count && 1.0 - (found.len() as f64 + 0.5) / count as f64 >= beyond {
            found.push(time);
        }
    }
    let longest = seen.last().map_or(0, |&(time, _)| time);
    found.resize(count, longest);
    found
}

fn by_agent(calls: &[Call]) -> BTreeMap<&str, Vec<&Service>> {
    let mut agents: BTreeMap<&str, Vec<&Service>> = BTreeMap::new();
    for service in calls.iter().filter_map(|call| call.service.as_ref()) {
        if let Some(agent) = &service.agent {
            agents.entry(agent).or_default().push(service);
        }
    }
    agents.values_mut().for_each(|services| services.sort_by_key(|service| (service.start, service.end)));
    agents
}
