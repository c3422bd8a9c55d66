//! Tickets one by one, whatever export they are from; and the interval report that they make.

use std::collections::{BTreeMap, BTreeSet};

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use crate::units::Span;

use super::heading::Taken;
use super::report::{Interval, Report};

/// A ticket: an e-mail, a request, a case that somebody works off later. Times are those of the centre's clock.
#[derive(Clone, Debug, PartialEq)]
pub struct Ticket {
    /// As the export calls it.
    pub queue: String,
    /// When it came.
    pub created: DateTime,
    /// When somebody first did something about it, as [`Tickets::first`] says.
    pub first: Option<Reached>,
    /// When it was solved.
    pub solved: Option<Reached>,
    /// How often it was opened again.
    pub reopened: u32,
    /// Who had it last, where that is told.
    pub agent: Option<String>,
}

/// Something that became of a ticket.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reached {
    /// When.
    pub at: DateTime,
    /// Seconds since the ticket was created, by the clock, nights included.
    pub after: f64,
}

/// What an export tells of the begin of the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum First {
    /// When the first reply was there: the work on it was done before.
    Reply,
    /// When somebody took the ticket up: the work comes after.
    TakenUp,
}

/// An export that was read.
#[derive(Clone, Debug)]
pub struct Tickets {
    /// What messages call the file.
    pub name: String,
    /// By creation.
    pub tickets: Vec<Ticket>,
    /// What is told of the begin of the work, where anything is.
    pub first: Option<First>,
    /// What its columns were taken for.
    pub taken: Vec<Taken>,
    /// What was decided and left out.
    pub notes: Vec<String>,
}

impl Tickets {
    /// The queues, as the export calls them, in order.
    #[must_use]
    pub fn queues(&self) -> Vec<&str> {
        let queues: BTreeSet<&str> = self.tickets.iter().map(|ticket| ticket.queue.as_str()).collect();
        queues.into_iter().collect()
    }

    /// The first and the last day on which one was created.
    #[must_use]
    pub fn days(&self) -> Option<(Date, Date)> {
        Some((self.tickets.first()?.created.date(), self.tickets.last()?.created.date()))
    }

    /// The interval report of these tickets: each counts in the interval in which it was created. The wait runs until
    /// it is taken up, the response until the first reply is there; `work` is the seconds in between. `within` is the
    /// time in seconds that the service level is about.
    #[must_use]
    pub fn report(&self, step: Span, within: f64, work: f64) -> Report {
        let start = self.days().map_or(super::stamps::EPOCH, |(first, _)| first);
        let midnight = start.to_datetime(Time::midnight());
        let length = step.seconds().max(1.0);
        let mut rows: BTreeMap<(i64, &str), Sums> = BTreeMap::new();
        for ticket in &self.tickets {
            let index = (midnight.duration_until(ticket.created).as_secs_f64() / length).floor() as i64;
            let sums = rows.entry((index, ticket.queue.as_str())).or_default();
            sums.offered += 1.0;
            if let (Some(first), Some(kind)) = (ticket.first, self.first) {
                let (wait, response) = match kind {
                    First::Reply => ((first.after - work).max(0.0), first.after),
                    First::TakenUp => (first.after, first.after + work),
                };
                sums.answered += 1.0;
                sums.waited += wait;
                sums.within += f64::from(u8::from(response <= within));
            }
        }
        let at = |index: i64| {
            let micros = index.saturating_mul(i64::try_from(step.micros()).unwrap_or(i64::MAX));
            midnight.checked_add(SignedDuration::from_micros(micros)).unwrap_or(midnight)
        };
        let told = self.first.is_some();
        let intervals =
            rows.into_iter().map(|((index, queue), sums)| sums.interval(queue, at(index), told)).collect();
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

/// The tickets of one queue and interval.
#[derive(Default)]
struct Sums {
    offered: f64,
    answered: f64,
    waited: f64,
    within: f64,
}

impl Sums {
    /// `told` says whether the export knows of first replies.
    fn interval(&self, queue: &str, at: DateTime, told: bool) -> Interval {
        let over = |sum: f64, count: f64| (told && count > 0.0).then(|| sum / count);
        Interval {
            line: 0,
            queue: queue.to_owned(),
            at,
            offered: Some(self.offered),
            answered: told.then_some(self.answered),
            // Nobody hangs up in a mailbox.
            abandoned: told.then_some(0.0),
            service_level: over(self.within, self.offered),
            asa: over(self.waited, self.answered),
            abandon_time: None,
            aht: None,
            talk: None,
            wrap_up: None,
            occupancy: None,
            agents: None,
            holiday: None,
        }
    }
}
