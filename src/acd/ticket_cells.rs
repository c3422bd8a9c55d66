//! What an export writes of a ticket, and what it means: the whole file decides how dates are read.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::DateTime;

use crate::tables::{DayOrder, Moment, Order, Stamp};

use super::fault::Fault;
use super::heading::Taken;
use super::stamps;
use super::ticket::{First, Reached, Ticket, Tickets};
use super::{Asked, Faults};

/// More faults of one kind help nobody.
pub(super) const MOST_FAULTS: usize = 5;

/// A ticket as it is written.
#[derive(Clone, Debug, Default)]
pub(super) struct Written {
    /// Of the file.
    pub(super) line: u64,
    /// Its number; of one with several rows the last counts.
    pub(super) number: Option<String>,
    pub(super) queue: Option<String>,
    pub(super) created: String,
    /// When the first reply was there.
    pub(super) first: Option<String>,
    /// Else how many seconds after the creation.
    pub(super) first_after: Option<f64>,
    pub(super) solved: Option<String>,
    pub(super) reopened: u32,
    pub(super) agent: Option<String>,
}

/// When something was, on the centre's clock, and the moment itself where it is known.
#[derive(Clone, Copy, Debug)]
pub(super) struct When {
    pub(super) local: DateTime,
    moment: Option<Timestamp>,
}

impl When {
    /// Seconds from here to there.
    pub(super) fn until(&self, other: &When) -> f64 {
        match (self.moment, other.moment) {
            // What the clock shows may jump in between.
            (Some(from), Some(to)) => from.duration_until(to).as_secs_f64(),
            _ => self.local.duration_until(other.local).as_secs_f64(),
        }
    }
}

/// How an export writes its times.
pub(super) struct Clock<'a> {
    name: &'a str,
    asked: &'a Asked,
    order: DayOrder,
}

impl<'a> Clock<'a> {
    pub(super) fn new(name: &'a str, asked: &'a Asked) -> Clock<'a> {
        Clock { name, asked, order: DayOrder::given(asked.dates) }
    }

    /// One more time, which may tell whether day or month comes first.
    pub(super) fn see(&mut self, cell: &str, line: u64) {
        if let Some(moment) = Moment::read(cell) {
            self.order.see(&moment, line);
        }
    }

    /// The order of day and month, if any date depends on it.
    pub(super) fn order(&self) -> Result<Option<Order>, Faults> {
        self.order.decided().map_err(|(line, against)| stamps::undecided(line, against, self.name))
    }

    /// What a cell says; `head` is what messages call its column.
    pub(super) fn when(
        &self,
        cell: &str,
        head: &str,
        line: u64,
        order: Option<Order>,
    ) -> Result<When, Fault> {
        let name = self.name;
        let Some(moment) = Moment::read(cell) else {
            return Err(Fault::new(
                format!("line {line} of {name}: `{cell}` ({head}) is no date and time"),
                "write it like 2026-03-02 08:30; `--column` names another column",
            ));
        };
        if matches!(moment.stamp(order), Ok(Stamp::Day(_))) {
            return Err(Fault::new(
                format!("line {line} of {name}: `{cell}` ({head}) has no time of day"),
                "export the time, too: who is to be there when depends on it",
            ));
        }
        let (local, moment) = stamps::local(&moment, order, self.asked, line, name)?;
        Ok(When { local, moment })
    }
}

/// What an export was taken for, beside its tickets.
pub(super) struct Read<'r> {
    pub(super) name: &'r str,
    pub(super) asked: &'r Asked,
    pub(super) taken: Vec<Taken>,
    pub(super) notes: Vec<String>,
    /// Whether it has a place for first replies.
    pub(super) replies: bool,
}

/// The queue of tickets that name none.
pub(super) const NAMELESS: &str = "tickets";

/// Tickets out of what was written of each.
pub(super) fn settle(written: Vec<Written>, read: Read<'_>) -> Result<Tickets, Faults> {
    let Read { name, asked, taken, mut notes, replies } = read;
    let mut clock = Clock::new(name, asked);
    for one in &written {
        let all = [Some(&one.created), one.first.as_ref(), one.solved.as_ref()];
        all.into_iter().flatten().for_each(|cell| clock.see(cell, one.line));
    }
    let order = clock.order()?;
    notes.extend(order.map(|order| stamps::word(order).to_owned()));
    let (written, again) = once(written);
    let mut faults = Vec::new();
    let (mut early, mut converted) = (0, false);
    let mut tickets = Vec::with_capacity(written.len());
    for one in written {
        let mut ticket = || -> Result<Ticket, Fault> {
            let created = clock.when(&one.created, "created", one.line, order)?;
            converted |= created.moment.is_some();
            let mut reached = |cell: Option<&String>, what| -> Result<Option<Reached>, Fault> {
                let Some(cell) = cell else { return Ok(None) };
                let at = clock.when(cell, what, one.line, order)?;
                let after = created.until(&at);
                early += usize::from(after < 0.0);
                Ok(Some(Reached { at: at.local, after: after.max(0.0) }))
            };
            let first = reached(one.first.as_ref(), "first reply")?;
            let solved = reached(one.solved.as_ref(), "solved")?;
            let by_length = |after: f64| Reached { at: later(created.local, after), after };
            Ok(Ticket {
                queue: one.queue.clone().unwrap_or_else(|| NAMELESS.to_owned()),
                created: created.local,
                first: first.or(one.first_after.map(by_length)),
                solved,
                reopened: one.reopened,
                agent: one.agent.clone(),
            })
        };
        match ticket() {
            Ok(ticket) => tickets.push(ticket),
            Err(fault) => faults.push(fault),
        }
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    if tickets.is_empty() {
        return Err(Faults::one(format!("{name} has no tickets to read"), "does `--where` fit any?"));
    }
    tell(&mut notes, again, "rows are of tickets that are told again: of each the last counts");
    tell(&mut notes, early, "times are before the ticket was created and count as at its creation");
    if converted {
        notes.push("times are converted to the centre's clock".to_owned());
    }
    if !replies {
        notes.push("first replies are not told: nothing but volumes can be compared".to_owned());
    }
    tickets.sort_by_key(|ticket| ticket.created);
    let first = replies.then_some(First::Reply);
    Ok(Tickets { name: name.to_owned(), tickets, first, taken, notes })
}

/// A note, where there is anything to tell.
pub(super) fn tell(notes: &mut Vec<String>, count: usize, what: &str) {
    if count > 0 {
        notes.push(format!("{count} {what}"));
    }
}

/// So many seconds later.
fn later(from: DateTime, seconds: f64) -> DateTime {
    let micros = (seconds * 1e6).round().min(9e15) as i64;
    from.checked_add(jiff::SignedDuration::from_micros(micros)).unwrap_or(from)
}

/// Each ticket once, the last row of each; how many rows were left out.
fn once(written: Vec<Written>) -> (Vec<Written>, usize) {
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut kept: Vec<Written> = Vec::with_capacity(written.len());
    let mut again = 0;
    for one in written {
        let Some(number) = one.number.clone() else {
            kept.push(one);
            continue;
        };
        match places.get(&number) {
            Some(place) => {
                kept[*place] = one;
                again += 1;
            }
            None => {
                places.insert(number, kept.len());
                kept.push(one);
            }
        }
    }
    (kept, again)
}
