//! What every part of a file is read with.

use std::cell::RefCell;

use jiff::civil::{Date, DateTime};

use crate::tables::Zone;
use crate::units::{Calendar, Span};

use super::diagnostic::Log;
use super::source::{Place, Sources};

/// What all parts need to know of the time that is played.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TimeFrame {
    /// Whether there are dates: `horizon.start` was written.
    pub(crate) calendar: bool,
    pub(crate) start: Option<Date>,
    pub(crate) length: Span,
    pub(crate) interval: Span,
    pub(crate) warm_up: Span,
    pub(crate) cool_down: Span,
}

impl Default for TimeFrame {
    fn default() -> TimeFrame {
        let (length, interval) = (Span::DAY, Span::HOUR);
        TimeFrame {
            calendar: false,
            start: None,
            length,
            interval,
            warm_up: Span::ZERO,
            cool_down: Span::ZERO,
        }
    }
}

impl TimeFrame {
    /// Microseconds from the start of the reported time to a local date and time.
    pub(crate) fn micros(&self, at: DateTime) -> Option<i64> {
        let start = self.start?.to_datetime(jiff::civil::Time::midnight());
        Some(i64::try_from(at.duration_since(start).as_micros()).unwrap_or(i64::MAX))
    }

    pub(crate) fn calendar(&self) -> Calendar {
        Calendar::new(self.start, self.warm_up)
    }

    /// The days that are played, warm-up and cool-down included: first and one past the last.
    pub(crate) fn days(&self) -> (i64, i64) {
        let day = Span::DAY.micros();
        (-(self.warm_up.micros().div_ceil(day) as i64), self.end().micros().div_ceil(day) as i64)
    }

    /// From the start of the reported time to the end of the play.
    pub(crate) fn end(&self) -> Span {
        self.length + self.cool_down
    }
}

/// A name that must refer to something.
#[derive(Clone, Debug)]
pub(crate) struct Reference {
    /// `queue`, `channel`, `group`, `profile`, `follow-up` or `owner`.
    pub(crate) kind: &'static str,
    pub(crate) name: String,
    pub(crate) place: Place,
    /// The key that holds it.
    pub(crate) path: String,
}

/// What every part is read with.
pub(crate) struct Context<'a> {
    pub(crate) log: &'a Log,
    pub(crate) sources: &'a Sources,
    pub(crate) time: TimeFrame,
    /// The zone of the centre's clock, where it is given.
    pub(crate) zone: Option<Zone>,
    pub(crate) references: RefCell<Vec<Reference>>,
    /// What was decided about tables, in sentences.
    pub(crate) notes: RefCell<Vec<String>>,
}

/// The most heads, lines or waiting places anything may have.
const MOST_HEADS: u64 = 1_000_000;

impl Context<'_> {
    /// Notes that a name must refer to something.
    pub(crate) fn refer(&self, kind: &'static str, name: &str, place: Place, path: String) {
        self.references.borrow_mut().push(Reference { kind, name: name.to_owned(), place, path });
    }

    /// Keeps what was decided about a file for whoever wants to know.
    pub(crate) fn note(&self, file: &str, note: &str) {
        let note = format!("{file}: {note}");
        let mut notes = self.notes.borrow_mut();
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// A number of heads, if it is not absurd.
    pub(crate) fn head_count(&self, number: u64, place: Place, path: &str) -> Option<u32> {
        if number > MOST_HEADS {
            let title = format!("`{path}` must be a million or less");
            self.log.error(place, title, format!("{number} is more"));
            return None;
        }
        u32::try_from(number).ok()
    }
}

impl<'a> Context<'a> {
    /// Nothing referred to or noted yet.
    pub(crate) fn new(
        log: &'a Log,
        sources: &'a Sources,
        time: TimeFrame,
        zone: Option<Zone>,
    ) -> Context<'a> {
        Context { log, sources, time, zone, references: RefCell::default(), notes: RefCell::default() }
    }
}
