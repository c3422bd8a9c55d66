//! A centre, as far as an export tells it.

use jiff::civil::{Date, DateTime};

use crate::acd::Interval;
use crate::units::Span;

use super::known::Known;
use super::likelihood::Estimated;
use super::patience::Patience;

/// What the contacts of an export are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Customers wait on the line.
    Calls,
    /// Nobody waits on the line; the work is done later.
    Tickets,
}

/// Tickets that were opened again after they had been solved.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reopened {
    /// Of the solved.
    pub share: f64,
    /// How many these are.
    pub solved: usize,
}

/// A centre, as far as an export tells it.
#[derive(Clone, Debug)]
pub struct Centre {
    /// What its contacts are.
    pub kind: Kind,
    /// The first day.
    pub start: Date,
    /// How many days, those without contacts in between included.
    pub days: u32,
    /// How long an interval lasts.
    pub step: Span,
    /// In the order of their names.
    pub queues: Vec<QueueFound>,
    /// Who takes what.
    pub groups: Vec<GroupFound>,
    /// By time, then queue; the queue by its key.
    pub intervals: Vec<Interval>,
    /// Talk times to draw from. Empty where only means are known.
    pub talks: Vec<Talks>,
    /// Times not ready after a call, in quantiles. Empty where they are not known.
    pub not_ready: Vec<f64>,
    /// Queues whose waits count longer than those of others; empty where no order was seen.
    pub head_starts: Vec<HeadStart>,
    /// Each contact of the log, by arrival: when, and the place of its queue. Empty where the intervals shall say how many come.
    pub arrivals: Vec<(DateTime, usize)>,
}

/// How much longer the waits of a queue count.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadStart {
    /// The queue's key.
    pub queue: String,
    /// Seconds.
    pub seconds: Estimated,
    /// How often an agent decided between queues.
    pub decisions: usize,
}

/// Talk times of a queue: all of them, or evenly spaced quantiles of very many.
#[derive(Clone, Debug, PartialEq)]
pub struct Talks {
    /// Its key.
    pub queue: String,
    /// One by one.
    pub seconds: Vec<f64>,
}

/// A length of time that varies.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Times {
    /// Its mean alone is known.
    Mean(f64),
    /// The talk times of the centre; their mean and coefficient of variation.
    Talks(f64, f64),
    /// The times not ready of the centre; their mean.
    NotReady(f64),
    /// None.
    Nothing,
}

/// A queue.
#[derive(Clone, Debug)]
pub struct QueueFound {
    /// As the export calls it.
    pub called: String,
    /// As the scenario calls it.
    pub key: String,
    /// Contacts in all.
    pub offered: f64,
    /// With the customer.
    pub talk: Known<Times>,
    /// After it.
    pub wrap_up: Known<Times>,
    /// Until a customer abandons; none: nobody does.
    pub patience: Known<Option<Patience>>,
    /// Seconds that the service level is about.
    pub within: Known<f64>,
    /// Of tickets: those that were opened again, where there are any.
    pub reopened: Option<Reopened>,
}

/// Agents.
#[derive(Clone, Debug)]
pub struct GroupFound {
    /// As the scenario calls them.
    pub key: String,
    /// The keys of the queues that they serve.
    pub skills: Vec<String>,
    /// From each time on, so many.
    pub heads: Known<Vec<(DateTime, u32)>>,
}

impl Centre {
    /// Everything that the export does not tell, with what is taken instead.
    #[must_use]
    pub fn assumed(&self) -> Vec<String> {
        let mut all = Vec::new();
        for group in self.groups.iter().filter(|group| !group.heads.is_seen()) {
            all.push(format!("agents of `{}`: {}", group.key, group.heads.from()));
        }
        for queue in &self.queues {
            let mut say = |what: &str, seen: bool, from: &str| {
                if !seen {
                    all.push(format!("{what} of `{}`: {from}", queue.key));
                }
            };
            say("talk time", queue.talk.is_seen(), queue.talk.from());
            say("wrap-up", queue.wrap_up.is_seen(), queue.wrap_up.from());
            say("patience", queue.patience.is_seen(), queue.patience.from());
            say("target", queue.within.is_seen(), queue.within.from());
        }
        all
    }
}
