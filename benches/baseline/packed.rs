//! M/M/100+M with one event list of packed keys.

use std::collections::VecDeque;

use super::events::{ABANDONMENT, ARRIVAL, CLOCK, COMPLETION, Events};
use super::{AGENTS, ARRIVALS_PER_SECOND, Draws, MEAN_PATIENCE, MEAN_SERVICE, Tally, WARM_UP};

/// A waiting contact; `deadline` 0 once it has been answered or has left.
#[derive(Clone, Copy)]
struct Contact {
    arrived: u64,
    deadline: u64,
}

/// Plays `contacts` arrivals after the warm-up.
///
/// # Panics
/// If they take longer than 200 days (about 6 million contacts).
pub fn run(seed: u64, contacts: u64) -> Tally {
    let gap = 1e6 / ARRIVALS_PER_SECOND;
    let service = 1e6 * MEAN_SERVICE;
    let patience = 1e6 * MEAN_PATIENCE;
    assert!((contacts as f64) < 0.99 * gap.recip() * CLOCK as f64, "the clock has 44 bits");

    let mut draws = Draws::new(seed);
    let mut tally = Tally::new();
    let mut events = Events::new();
    let mut waiting: Vec<Contact> = Vec::with_capacity(1024);
    let mut free: Vec<u32> = Vec::with_capacity(1024);
    // Those who left are skipped when they reach the head.
    let mut line: VecDeque<u32> = VecDeque::with_capacity(1024);
    let mut queue = 0_u64;
    let mut busy = 0_u64;
    let mut before = 0_u64;
    let mut arrivals = 0_u64;

    events.push(draws.exponential(gap) as u64, ARRIVAL, 0);
    while let Some((now, event, payload)) = events.first() {
        match event {
            ARRIVAL => {
                if arrivals == WARM_UP {
                    tally = Tally::new();
                    before = now;
                }
                tally.pass(now - before, queue, busy);
                before = now;
                if arrivals == WARM_UP + contacts {
                    break;
                }
                arrivals += 1;
                events.replace_first(now + draws.exponential(gap) as u64, ARRIVAL, 0);
                if busy < u64::from(AGENTS) {
                    busy += 1;
                    tally.answer(0);
                    events.push(now + draws.exponential(service) as u64, COMPLETION, 0);
                } else {
                    let deadline = now + draws.exponential(patience) as u64;
                    let contact = Contact { arrived: now, deadline };
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
                    queue += 1;
                    tally.delayed += 1;
                    line.push_back(slot);
                    events.push(deadline, ABANDONMENT, slot);
                }
            }
            COMPLETION => {
                tally.pass(now - before, queue, busy);
                before = now;
                loop {
                    let Some(slot) = line.pop_front() else {
                        events.remove_first();
                        busy -= 1;
                        break;
                    };
                    free.push(slot);
                    let contact = &mut waiting[slot as usize];
                    if contact.deadline > 0 {
                        contact.deadline = 0;
                        queue -= 1;
                        tally.answer(now - contact.arrived);
                        events.replace_first(now + draws.exponential(service) as u64, COMPLETION, 0);
                        break;
                    }
                }
            }
            _ => {
                events.remove_first();
                let contact = &mut waiting[payload as usize];
                // Another deadline means that the timer is stale: its contact was answered.
                if contact.deadline == now {
                    tally.pass(now - before, queue, busy);
                    before = now;
                    contact.deadline = 0;
                    queue -= 1;
                    tally.abandon(now - contact.arrived);
                }
            }
        }
    }
    tally
}
