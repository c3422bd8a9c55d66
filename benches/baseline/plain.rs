//! M/M/100+M as one writes it first: the standard heap, `f64` times, an enum of events.

use std::cmp::Ordering;
use std::collections::{BinaryHeap, VecDeque};

use super::{AGENTS, ARRIVALS_PER_SECOND, Draws, MEAN_PATIENCE, MEAN_SERVICE, Tally, WARM_UP};

#[derive(Clone, Copy)]
enum Happening {
    Arrival,
    Completion,
    Abandonment { contact: usize },
}

#[derive(Clone, Copy)]
struct Event {
    time: f64,
    sequence: u64,
    what: Happening,
}

impl Ord for Event {
    /// The standard heap's largest comes first.
    fn cmp(&self, other: &Event) -> Ordering {
        other.time.total_cmp(&self.time).then(other.sequence.cmp(&self.sequence))
    }
}

impl PartialOrd for Event {
    fn partial_cmp(&self, other: &Event) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Event {
    fn eq(&self, other: &Event) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Event {}

#[derive(Default)]
struct Events {
    heap: BinaryHeap<Event>,
    sequence: u64,
}

impl Events {
    fn schedule(&mut self, time: f64, what: Happening) {
        self.sequence += 1;
        self.heap.push(Event { time, sequence: self.sequence, what });
    }
}

/// A contact that had to wait.
#[derive(Clone, Copy)]
struct Contact {
    arrived: f64,
    deadline: f64,
    waiting: bool,
}

/// Plays `contacts` arrivals after the warm-up. Times inside are in microseconds, as in the tally.
pub fn run(seed: u64, contacts: u64) -> Tally {
    let gap = 1e6 / ARRIVALS_PER_SECOND;
    let service = 1e6 * MEAN_SERVICE;
    let patience = 1e6 * MEAN_PATIENCE;

    let mut draws = Draws::new(seed);
    let mut tally = Tally::new();
    let mut events = Events::default();
    let mut waiting: Vec<Contact> = Vec::new();
    let mut free: Vec<usize> = Vec::new();
    let mut line: VecDeque<usize> = VecDeque::new();
    let mut queue = 0_u64;
    let mut busy = 0_u64;
    let mut before = 0.0;
    let mut arrivals = 0_u64;

    events.schedule(draws.exponential(gap), Happening::Arrival);
    while let Some(Event { time: now, what, .. }) = events.heap.pop() {
        match what {
            Happening::Arrival => {
                if arrivals == WARM_UP {
                    tally = Tally::new();
                    before = now;
                }
                tally.pass((now - before) as u64, queue, busy);
                before = now;
                if arrivals == WARM_UP + contacts {
                    break;
                }
                arrivals += 1;
                events.schedule(now + draws.exponential(gap), Happening::Arrival);
                if busy < u64::from(AGENTS) {
                    busy += 1;
                    tally.answer(0);
                    events.schedule(now + draws.exponential(service), Happening::Completion);
                } else {
                    let deadline = now + draws.exponential(patience);
                    let contact = Contact { arrived: now, deadline, waiting: true };
                    let slot = match free.pop() {
                        Some(slot) => {
                            waiting[slot] = contact;
                            slot
                        }
                        None => {
                            waiting.push(contact);
                            waiting.len() - 1
                        }
                    };
                    queue += 1;
                    tally.delayed += 1;
                    line.push_back(slot);
                    events.schedule(deadline, Happening::Abandonment { contact: slot });
                }
            }
            Happening::Completion => {
                tally.pass((now - before) as u64, queue, busy);
                before = now;
                busy -= 1;
                while let Some(slot) = line.pop_front() {
                    free.push(slot);
                    if waiting[slot].waiting {
                        waiting[slot].waiting = false;
                        queue -= 1;
                        busy += 1;
                        tally.answer((now - waiting[slot].arrived) as u64);
                        events.schedule(now + draws.exponential(service), Happening::Completion);
                        break;
                    }
                }
            }
            Happening::Abandonment { contact: slot } => {
                let contact = &mut waiting[slot];
                if contact.waiting && contact.deadline == now {
                    tally.pass((now - before) as u64, queue, busy);
                    before = now;
                    contact.waiting = false;
                    queue -= 1;
                    tally.abandon((now - contact.arrived) as u64);
                }
            }
        }
    }
    tally
}
