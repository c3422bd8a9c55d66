//! Calls one by one, whatever log they are from; and the interval report that they make.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use crate::units::Span;

use super::heading::Taken;
use super::report::{Interval, Report};

/// A call that asked for an agent. Times are seconds since the midnight before the first call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    /// As the log calls it.
    pub queue: String,
    /// When it joined the queue.
    pub arrived: f64,
    /// Seconds in the queue.
    pub wait: f64,
    /// What became of it.
    pub outcome: Outcome,
}

/// What became of a call.
#[derive(Clone, Debug, PartialEq)]
pub enum Outcome {
    /// An agent took it.
    Answered(Service),
    /// The customer abandoned.
    Abandoned,
    /// It was taken out of the queue: by a time-out, a key, an empty queue. Nobody knows how long the
    /// customer would have waited.
    Left,
}

/// The service of an answered call.
#[derive(Clone, Debug, PartialEq)]
pub struct Service {
    /// By whom, where that is known.
    pub agent: Option<String>,
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
    /// By arrival.
    pub calls: Vec<Call>,
    /// What its columns were taken for.
    pub taken: Vec<Taken>,
    /// What was decided and left out.
    pub notes: Vec<String>,
}

impl Calls {
    /// The interval report of these calls: each counts in the interval in which it joined its queue. `within` is the
    /// time that the service level is about.
    #[must_use]
    pub fn report(&self, step: Span, within: f64) -> Report {
        let midnight = self.start.to_datetime(Time::midnight());
        let length = step.seconds().max(1.0);
        let mut rows: BTreeMap<(i64, &str), Sums> = BTreeMap::new();
        for call in &self.calls {
            let at = (call.arrived / length).floor() as i64;
            rows.entry((at, call.queue.as_str())).or_default().add(call, within);
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
    fn add(&mut self, call: &Call, within: f64) {
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
