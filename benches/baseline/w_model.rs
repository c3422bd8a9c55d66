//! The W model with one event list of packed 8-byte keys in a 4-ary heap: three types of contact, two pools
//! of specialists and one of generalists; specialists first, longest wait first.

use std::collections::VecDeque;

use super::events::{ABANDONMENT, ARRIVAL, CLOCK, COMPLETION, Events};
use super::{Draws, Tally, WARM_UP};

const TYPES: usize = 3;
pub const ARRIVALS_PER_SECOND: [f64; TYPES] = [0.10, 0.15, 0.05];
pub const MEAN_SERVICE: [f64; TYPES] = [240.0, 300.0, 420.0];
pub const MEAN_PATIENCE: f64 = 180.0;
/// Agents for type 1, for types 2 and 3, and for all.
pub const AGENTS: [u64; 3] = [28, 45, 22];
/// The specialists of each type.
const SPECIALISTS: [usize; TYPES] = [0, 1, 1];
const GENERALISTS: usize = 2;
/// The types that each pool serves.
const SERVES: [std::ops::Range<usize>; 3] = [0..1, 1..3, 0..3];

#[derive(Clone, Copy)]
struct Contact {
    arrived: u64,
    deadline: u64,
    kind: usize,
}

/// Plays `contacts` arrivals after the warm-up; a tally for each type.
///
/// # Panics
/// If they take longer than 200 days (about 5 million contacts).
pub fn run(seed: u64, contacts: u64) -> [Tally; TYPES] {
    let total: f64 = ARRIVALS_PER_SECOND.iter().sum();
    assert!((contacts as f64) < 0.99e-6 * total * CLOCK as f64, "the clock has 44 bits");
    let gap = ARRIVALS_PER_SECOND.map(|rate| 1e6 / rate);
    let service = MEAN_SERVICE.map(|mean| 1e6 * mean);
    let patience = 1e6 * MEAN_PATIENCE;

    let mut draws = Draws::new(seed);
    let mut tallies = [Tally::new(), Tally::new(), Tally::new()];
    let mut events = Events::new();
    let mut waiting: Vec<Contact> = Vec::with_capacity(1024);
    let mut free: Vec<u32> = Vec::with_capacity(1024);
    let mut lines: [VecDeque<u32>; TYPES] = Default::default();
    let mut queue = [0_u64; TYPES];
    let mut busy = [0_u64; TYPES];
    let mut idle = AGENTS;
    let mut before = [0_u64; TYPES];
    let mut arrivals = 0_u64;

    for (kind, &gap) in (0..).zip(&gap) {
        events.push(draws.exponential(gap) as u64, ARRIVAL, kind);
    }
    while let Some((now, event, payload)) = events.first() {
        let payload = payload as usize;
        match event {
            ARRIVAL => {
                let kind = payload;
                if arrivals == WARM_UP {
                    tallies = [Tally::new(), Tally::new(), Tally::new()];
                    before = [now; TYPES];
                }
                if arrivals == WARM_UP + contacts {
                    for kind in 0..TYPES {
                        tallies[kind].pass(now - before[kind], queue[kind], busy[kind]);
                    }
                    break;
                }
                let tally = &mut tallies[kind];
                tally.pass(now - before[kind], queue[kind], busy[kind]);
                before[kind] = now;
                arrivals += 1;
                events.replace_first(now + draws.exponential(gap[kind]) as u64, ARRIVAL, kind as u32);
                let specialists = SPECIALISTS[kind];
                let pool = if idle[specialists] > 0 { specialists } else { GENERALISTS };
                if idle[pool] > 0 {
                    idle[pool] -= 1;
                    busy[kind] += 1;
                    tally.answer(0);
                    let end = now + draws.exponential(service[kind]) as u64;
                    events.push(end, COMPLETION, (pool << 2 | kind) as u32);
                } else {
                    let deadline = now + draws.exponential(patience) as u64;
                    let contact = Contact { arrived: now, deadline, kind };
                    let slot = match free.pop() {
                        Some(slot) => {
                            waiting[slot as usize] = contact;
                            slot
                        }
                        None => {
                            waiting.push(contact);
                            waiting.len() as u32 - 1
                        }
                    };
                    queue[kind] += 1;
                    tally.delayed += 1;
                    lines[kind].push_back(slot);
                    events.push(deadline, ABANDONMENT, slot);
                }
            }
            COMPLETION => {
                let (pool, done) = (payload >> 2, payload & 3);
                tallies[done].pass(now - before[done], queue[done], busy[done]);
                before[done] = now;
                busy[done] -= 1;
                let mut oldest = u64::MAX;
                let mut next = None;
                for kind in SERVES[pool].clone() {
                    if queue[kind] == 0 {
                        continue;
                    }
                    // Those who left are skipped when they reach the head.
                    while let Some(&slot) = lines[kind].front() {
                        let contact = waiting[slot as usize];
                        if contact.deadline > 0 {
                            if contact.arrived < oldest {
                                oldest = contact.arrived;
                                next = Some(kind);
                            }
                            break;
                        }
                        lines[kind].pop_front();
                        free.push(slot);
                    }
                }
                let Some(kind) = next else {
                    events.remove_first();
                    idle[pool] += 1;
                    continue;
                };
                if let Some(slot) = lines[kind].pop_front() {
                    free.push(slot);
                    waiting[slot as usize].deadline = 0;
                }
                let tally = &mut tallies[kind];
                tally.pass(now - before[kind], queue[kind], busy[kind]);
                before[kind] = now;
                queue[kind] -= 1;
                busy[kind] += 1;
                tally.answer(now - oldest);
                let end = now + draws.exponential(service[kind]) as u64;
                events.replace_first(end, COMPLETION, (pool << 2 | kind) as u32);
            }
            _ => {
                events.remove_first();
                let contact = &mut waiting[payload];
                // Another deadline means that the timer is stale: its contact was answered.
                if contact.deadline == now {
                    let kind = contact.kind;
                    tallies[kind].pass(now - before[kind], queue[kind], busy[kind]);
                    before[kind] = now;
                    contact.deadline = 0;
                    queue[kind] -= 1;
                    tallies[kind].abandon(now - contact.arrived);
                }
            }
        }
    }
    tallies
}
