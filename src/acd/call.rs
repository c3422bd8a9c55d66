//! Calls one by one, whatever log they are from; and the interval report that they make.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use crate::units::Span;

use super::heading::Taken;
use super::report::{Interval, Report};

/// A call that asked for an agent. Times are seconds since the midnight before the first call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Call<'c> {
    /// As the log calls it.
    pub queue: &'c str,
    /// When it joined the queue.
    pub arrived: f64,
    /// Seconds in the queue.
    pub wait: f64,
    /// What became of it.
    pub outcome: Outcome<'c>,
    /// Who called, where that is known: a number that stands for the name, not 0.
    pub customer: Option<u64>,
}

/// The number that stands for a customer's name.
pub(super) fn customer(name: &str) -> Option<u64> {
    const NOBODY: [&str; 9] = [
        "0",
        "anonymous",
        "unknown",
        "private",
        "withheld",
        "restricted",
        "unavailable",
        "unidentified",
        "none",
    ];
    let name = name.trim();
    let known = !name.is_empty() && !NOBODY.contains(&name.to_ascii_lowercase().as_str());
    known.then(|| number_of(name))
}

/// The number that stands for a name, not 0 (FNV-1a, 64 bits): of millions no two are alike.
pub(super) fn number_of(name: &str) -> u64 {
    let hash = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    name.bytes().fold(0xcbf2_9ce4_8422_2325, hash).max(1)
}

/// What became of a call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Outcome<'c> {
    /// An agent took it.
    Answered(Service<'c>),
    /// The customer abandoned.
    Abandoned,
    /// It was taken out of the queue: by a time-out, a key, an empty queue. Nobody knows how long the
    /// customer would have waited.
    Left,
}

/// The service of an answered call.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Service<'c> {
    /// By whom, where that is known.
    pub agent: Option<&'c str>,
    /// When it began.
    pub start: f64,
    /// When it ended.
    pub end: f64,
    /// Seconds with the customer.
    pub talk: f64,
    /// Seconds of after-call work, where the log has them.
    pub wrap_up: Option<f64>,
}

/// A log that was read.
#[derive(Clone, Debug)]
pub struct Calls {
    /// What messages call the file.
    pub name: String,
    /// The day of the first call.
    pub start: Date,
    /// What its columns were taken for.
    pub taken: Vec<Taken>,
    /// What was decided and left out.
    pub notes: Vec<String>,
    pub(super) rows: Rows,
}

/// Many calls, each in some 24 bytes: names once, lengths of time in milliseconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Rows {
    queues: Names,
    agents: Names,
    rows: Vec<Row>,
    /// After-call work of each; empty where none has any.
    wrap_ups: Vec<u32>,
    /// How much later than the wait says the service began, and how long the agent had it; empty where wait and talk say
    /// the same of all.
    served: Vec<(i32, u32)>,
    /// Who called, 0 for nobody; empty where no customer is known.
    customers: Vec<u64>,
    /// The rows that are parts of conversations with several, ascending, and which conversation.
    parts: Vec<(u32, u64)>,
    /// The calls by arrival, where they stand in another order.
    order: Vec<u32>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
struct Row {
    /// Microseconds since some midnight.
    arrived: i64,
    wait: u32,
    talk: u32,
    queue: u32,
    who: Who,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Who(u32);

impl Who {
    const NOBODY: Who = Who(u32::MAX);
    const ABANDONED: Who = Who(u32::MAX - 1);
    const LEFT: Who = Who(u32::MAX - 2);
}

/// No after-call work is known.
const UNKNOWN: u32 = u32::MAX;

/// Names, each once.
#[derive(Clone, Debug, Default)]
struct Names {
    all: Vec<String>,
    places: BTreeMap<String, u32>,
}

impl Names {
    fn place(&mut self, name: &str) -> u32 {
        if let Some(place) = self.places.get(name) {
            return *place;
        }
        let place = self.all.len() as u32;
        self.all.push(name.to_owned());
        self.places.insert(name.to_owned(), place);
        place
    }
}

/// What is said of calls that were told twice.
pub(super) fn told_twice(count: usize) -> Option<String> {
    let said = || {
        format!(
            "{count} answered calls are told again (same queue, time, agent, wait and talk) and left out: is a part of the file in it twice?"
        )
    };
    (count > 0).then(said)
}

/// Whole milliseconds; no log tells more.
fn millis(seconds: f64) -> u32 {
    (seconds * 1000.0).round() as u32
}

fn seconds(millis: u32) -> f64 {
    f64::from(millis) / 1000.0
}

impl Rows {
    /// One more call, which joined its queue `arrived` microseconds after some midnight, the same for all. Its own times may
    /// count from anywhere.
    pub(super) fn push(&mut self, arrived: i64, call: &Call<'_>) {
        let (who, talk, wrap_up, served) = match &call.outcome {
            Outcome::Answered(service) => {
                let who = service.agent.map_or(Who::NOBODY, |agent| Who(self.agents.place(agent)));
                let late = (service.start - call.arrived - call.wait) * 1000.0;
                let had = millis(service.end - service.start);
                (
                    who,
                    millis(service.talk),
                    service.wrap_up.map_or(UNKNOWN, millis),
                    (late.round() as i32, had),
                )
            }
            Outcome::Abandoned => (Who::ABANDONED, 0, UNKNOWN, (0, 0)),
            Outcome::Left => (Who::LEFT, 0, UNKNOWN, (0, 0)),
        };
        if wrap_up != UNKNOWN && self.wrap_ups.is_empty() {
            self.wrap_ups.resize(self.rows.len(), UNKNOWN);
        }
        if wrap_up != UNKNOWN || !self.wrap_ups.is_empty() {
            self.wrap_ups.push(wrap_up);
        }
        if served != (0, talk) && self.served.is_empty() {
            self.served.extend(self.rows.iter().map(|row| (0, row.talk)));
        }
        if served != (0, talk) || !self.served.is_empty() {
            self.served.push(served);
        }
        if call.customer.is_some() && self.customers.is_empty() {
            self.customers.resize(self.rows.len(), 0);
        }
        if call.customer.is_some() || !self.customers.is_empty() {
            self.customers.push(call.customer.unwrap_or(0));
        }
        let queue = self.queues.place(call.queue);
        self.rows.push(Row { arrived, wait: millis(call.wait), talk, queue, who });
    }

    /// The call that was pushed last is a part of this conversation.
    pub(super) fn part_of(&mut self, conversation: u64) {
        if let Some(last) = self.rows.len().checked_sub(1) {
            self.parts.push((last as u32, conversation));
        }
    }

    /// Sorts by arrival; times count from the midnight before the first, whose day is given when some midnight was that of
    /// `day`. Calls of an agent that are the same in everything are one; how many were left out.
    pub(super) fn sorted(&mut self, day: Date) -> Option<(Date, usize)> {
        const DAY: i64 = 86_400_000_000;
        let first = self.rows.iter().map(|row| row.arrived).min()?;
        let days = first.div_euclid(DAY);
        self.rows.iter_mut().for_each(|row| row.arrived -= days * DAY);
        let start = day.checked_add(SignedDuration::from_hours(24 * days)).ok()?;
        if !self.rows.is_sorted_by_key(|row| row.arrived) {
            let mut order: Vec<u32> = (0..self.rows.len() as u32).collect();
            order.sort_unstable_by_key(|place| (self.rows[*place as usize].arrived, *place));
            self.order = order;
        }
        Some((start, self.once()))
    }

    /// Leaves out calls of an agent that were told before.
    fn once(&mut self) -> usize {
        let mut twice = Vec::new();
        let (mut now, mut known) = (i64::MIN, Vec::new());
        for number in 0..self.rows.len() {
            let place = self.place(number);
            let row = self.rows[place];
            if row.arrived != now {
                (now, known) = (row.arrived, Vec::new());
            }
            if row.who.0 < Who::LEFT.0 {
                if known.contains(&row) { twice.push(place) } else { known.push(row) }
            }
        }
        let count = twice.len();
        if count > 0 {
            let mut keep = vec![true; self.rows.len()];
            twice.iter().for_each(|place| keep[*place] = false);
            let order = |places: Vec<u32>| places.into_iter().filter(|place| keep[*place as usize]).collect();
            self.order = match self.order.is_empty() {
                true => order((0..self.rows.len() as u32).collect()),
                false => order(std::mem::take(&mut self.order)),
            };
        }
        count
    }

    fn len(&self) -> usize {
        if self.order.is_empty() { self.rows.len() } else { self.order.len() }
    }

    fn place(&self, number: usize) -> usize {
        self.order.get(number).map_or(number, |place| *place as usize)
    }

    fn call(&self, number: usize) -> Call<'_> {
        let place = self.place(number);
        let row = self.rows[place];
        let (arrived, wait) = (row.arrived as f64 / 1e6, seconds(row.wait));
        let outcome = match row.who {
            Who::ABANDONED => Outcome::Abandoned,
            Who::LEFT => Outcome::Left,
            who => {
                let (late, had) = self.served.get(place).copied().unwrap_or((0, row.talk));
                let start = arrived + wait + f64::from(late) / 1000.0;
                let wrap_up = self.wrap_ups.get(place).filter(|time| **time != UNKNOWN);
                Outcome::Answered(Service {
                    agent: self.agents.all.get(who.0 as usize).map(String::as_str),
                    start,
                    end: start + seconds(had),
                    talk: seconds(row.talk),
                    wrap_up: wrap_up.map(|time| seconds(*time)),
                })
            }
        };
        let customer = self.customers.get(place).copied().filter(|customer| *customer > 0);
        Call { queue: &self.queues.all[row.queue as usize], arrived, wait, outcome, customer }
    }
}

impl Calls {
    /// Calls that somebody has; their times count from the midnight of `start`.
    pub fn of<'c>(name: &str, start: Date, calls: impl IntoIterator<Item = Call<'c>>) -> Calls {
        let mut rows = Rows::default();
        calls.into_iter().for_each(|call| rows.push((call.arrived * 1e6).round() as i64, &call));
        let start = rows.sorted(start).map_or(start, |(start, _)| start);
        Calls { name: name.to_owned(), start, taken: Vec::new(), notes: Vec::new(), rows }
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// One of them, by arrival.
    #[must_use]
    pub fn call(&self, number: usize) -> Call<'_> {
        self.rows.call(number)
    }

    /// The queues, as the log calls them.
    #[must_use]
    pub fn queues(&self) -> &[String] {
        &self.rows.queues.all
    }

    /// The agents, as the log calls them.
    #[must_use]
    pub fn agents(&self) -> &[String] {
        &self.rows.agents.all
    }

    /// The place in [`Calls::queues`] of one call's queue.
    #[must_use]
    pub fn queue_of(&self, number: usize) -> usize {
        self.rows.rows[self.rows.place(number)].queue as usize
    }

    /// The place in [`Calls::agents`] of who answered a call, where that is known.
    #[must_use]
    pub fn agent_of(&self, number: usize) -> Option<usize> {
        let who = self.rows.rows[self.rows.place(number)].who.0;
        (who < Who::LEFT.0).then_some(who as usize)
    }

    /// The calls that are parts of one conversation, by arrival, of those that have several; where the log tells.
    #[must_use]
    pub fn conversations(&self) -> Vec<Vec<usize>> {
        let Rows { parts, .. } = &self.rows;
        let mut all: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
        if !parts.is_empty() {
            for number in 0..self.len() {
                let place = self.rows.place(number) as u32;
                if let Ok(at) = parts.binary_search_by_key(&place, |part| part.0) {
                    all.entry(parts[at].1).or_default().push(number);
                }
            }
        }
        all.into_values().filter(|parts| parts.len() > 1).collect()
    }

    /// All of them, by arrival.
    pub fn iter(&self) -> impl Iterator<Item = Call<'_>> {
        (0..self.len()).map(|number| self.call(number))
    }

    /// The interval report of these calls: each counts in the interval in which it joined its queue. `within` is the
    /// time that the service level is about.
    #[must_use]
    pub fn report(&self, step: Span, within: f64) -> Report {
        let midnight = self.start.to_datetime(Time::midnight());
        let length = step.seconds().max(1.0);
        let mut rows: BTreeMap<(i64, &str), Sums> = BTreeMap::new();
        for call in self.iter() {
            let at = (call.arrived / length).floor() as i64;
            rows.entry((at, call.queue)).or_default().add(&call, within);
        }
        let at = |index: i64| {
            let micros = index.saturating_mul(i64::try_from(step.micros()).unwrap_or(i64::MAX));
            midnight.checked_add(SignedDuration::from_micros(micros)).unwrap_or(midnight)
        };
        let intervals =
            rows.into_iter().map(|((index, queue), sums)| sums.interval(queue, at(index))).collect();
        Report {
            name: self.name.clone(),
            intervals,
            step,
            taken: self.taken.clone(),
            unused: Vec::new(),
            notes: self.notes.clone(),
        }
    }
}

/// The calls of one queue and interval.
#[derive(Default)]
struct Sums {
    answered: f64,
    abandoned: f64,
    within: f64,
    wait_answered: f64,
    wait_abandoned: f64,
    talk: f64,
    wrap_up: Option<f64>,
}

impl Sums {
    fn add(&mut self, call: &Call<'_>, within: f64) {
        match &call.outcome {
            Outcome::Answered(service) => {
                self.answered += 1.0;
                self.within += f64::from(u8::from(call.wait <= within));
                self.wait_answered += call.wait;
                self.talk += service.talk;
                if let Some(more) = service.wrap_up {
                    *self.wrap_up.get_or_insert(0.0) += more;
                }
            }
            Outcome::Abandoned => {
                self.abandoned += 1.0;
                self.wait_abandoned += call.wait;
            }
            // It is offered elsewhere.
            Outcome::Left => {}
        }
    }

    fn interval(&self, queue: &str, at: DateTime) -> Interval {
        let offered = self.answered + self.abandoned;
        let over = |sum: f64, count: f64| (count > 0.0).then(|| sum / count);
        Interval {
            line: 0,
            queue: queue.to_owned(),
            at,
            offered: Some(offered),
            answered: Some(self.answered),
            abandoned: Some(self.abandoned),
            service_level: over(self.within, offered),
            asa: over(self.wait_answered, self.answered),
            abandon_time: over(self.wait_abandoned, self.abandoned),
            aht: self.wrap_up.and_then(|wrap_up| over(self.talk + wrap_up, self.answered)),
            talk: over(self.talk, self.answered),
            wrap_up: self.wrap_up.and_then(|sum| over(sum, self.answered)),
            occupancy: None,
            agents: None,
            holiday: None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_call_comes_back_as_it_went_in() {
        let service = |agent, start: f64, wrap_up| {
            Outcome::Answered(Service { agent, start, end: start + 61.5, talk: 60.0, wrap_up })
        };
        let calls = [
            Call { queue: "a", arrived: 90_000.25, wait: 0.0, outcome: Outcome::Abandoned, customer: None },
            Call {
                queue: "b",
                arrived: 90_003.0,
                wait: 12.125,
                outcome: service(Some("ann"), 90_016.0, None),
                customer: Some(7),
            },
            Call {
                queue: "a",
                arrived: 90_001.0,
                wait: 1.0,
                outcome: service(None, 90_002.0, Some(4.0)),
                customer: None,
            },
            Call { queue: "a", arrived: 90_004.0, wait: 0.0, outcome: Outcome::Left, customer: Some(9) },
        ];
        let back = Calls::of("log", "2026-03-01".parse().expect("a day"), calls);
        assert_eq!(back.start, "2026-03-02".parse().expect("a day"), "the first call is of the second day");
        let shift = |call: &Call<'static>| {
            let mut call = *call;
            call.arrived -= 86_400.0;
            if let Outcome::Answered(service) = &mut call.outcome {
                service.start -= 86_400.0;
                service.end -= 86_400.0;
            }
            call
        };
        let expected: Vec<Call<'_>> = [0, 2, 1, 3].map(|at| shift(&calls[at])).to_vec();
        assert_eq!(back.iter().collect::<Vec<_>>(), expected);
    }

    #[test]
    fn a_call_of_an_agent_that_is_told_twice_is_one() {
        let service = Service { agent: Some("ann"), start: 100.0, end: 160.0, talk: 60.0, wrap_up: None };
        let answered = Call {
            queue: "a",
            arrived: 100.0,
            wait: 0.0,
            outcome: Outcome::Answered(service),
            customer: None,
        };
        let abandoned =
            Call { queue: "a", arrived: 100.0, wait: 3.0, outcome: Outcome::Abandoned, customer: None };
        let calls = Calls::of(
            "log",
            "2026-03-01".parse().expect("a day"),
            [answered, abandoned, answered, abandoned],
        );
        // Two customers may abandon alike; an agent does not answer two calls at once.
        assert_eq!(calls.iter().collect::<Vec<_>>(), [answered, abandoned, abandoned]);
    }
}
