//! From the tree to the [`Scenario`]: every part is read however many mistakes there are.
//!
//! Where a value is wrong, the mistake goes into the log and a placeholder into the scenario, so
//! that the rest can still be read and checked; a scenario with mistakes never leaves this floor.

mod arrivals;
mod callback;
mod centre;
mod channel;
mod chase;
mod conversation;
mod days;
mod escalation;
mod fields;
mod follow_up;
mod group;
mod hours;
mod law;
mod patience;
mod queue;
mod returns;
mod routing;
mod self_service;
mod shift;
mod staff;
mod steps;
mod sweep;
mod table_file;
mod table_times;
mod targets;
mod tool;
mod transfer;
mod values;
mod volume_file;

use std::cell::RefCell;

use jiff::civil::{Date, DateTime};

use crate::random::Law;
use crate::tables::Zone;
use crate::units::{Calendar, Span};

use super::Scenario;
use super::diagnostic::Log;
use super::keys::SCENARIO;
use super::source::{Place, Sources};
use super::tree::{Node, Table};
use crate::units::Steps;

use fields::Fields;

/// What all parts need to know of the time that is played.
#[derive(Clone, Copy, Debug)]
struct TimeFrame {
    /// Whether there are dates: `horizon.start` was written.
    calendar: bool,
    start: Option<Date>,
    length: Span,
    interval: Span,
    warm_up: Span,
    cool_down: Span,
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
    fn micros(&self, at: DateTime) -> Option<i64> {
        let start = self.start?.to_datetime(jiff::civil::Time::midnight());
        Some(i64::try_from(at.duration_since(start).as_micros()).unwrap_or(i64::MAX))
    }

    fn calendar(&self) -> Calendar {
        Calendar::new(self.start, self.warm_up)
    }

    /// The days that are played, warm-up and cool-down included: first and one past the last.
    fn days(&self) -> (i64, i64) {
        let day = Span::DAY.micros();
        (-(self.warm_up.micros().div_ceil(day) as i64), self.end().micros().div_ceil(day) as i64)
    }

    /// From the start of the reported time to the end of the play.
    fn end(&self) -> Span {
        self.length + self.cool_down
    }
}

/// A name that must refer to something.
#[derive(Clone, Debug)]
pub(super) struct Reference {
    /// `queue`, `channel`, `group`, `profile`, `follow-up` or `owner`.
    pub(super) kind: &'static str,
    pub(super) name: String,
    pub(super) place: Place,
    /// The key that holds it.
    pub(super) path: String,
}

/// What every part is read with.
struct Context<'a> {
    log: &'a Log,
    sources: &'a Sources,
    time: TimeFrame,
    /// The named profiles.
    profiles: Vec<(String, Vec<f64>)>,
    /// The zone of the centre's clock, where it is given.
    zone: Option<Zone>,
    references: RefCell<Vec<Reference>>,
    /// What was decided about tables, in sentences.
    notes: RefCell<Vec<String>>,
}

/// The most heads, lines or waiting places anything may have.
const MOST_HEADS: u64 = 1_000_000;

impl Context<'_> {
    /// Notes that a name must refer to something.
    fn refer(&self, kind: &'static str, name: &str, place: Place, path: String) {
        self.references.borrow_mut().push(Reference { kind, name: name.to_owned(), place, path });
    }

    /// Keeps what was decided about a file for whoever wants to know.
    fn note(&self, file: &str, note: &str) {
        let note = format!("{file}: {note}");
        let mut notes = self.notes.borrow_mut();
        if !notes.contains(&note) {
            notes.push(note);
        }
    }

    /// A number of heads, if it is not absurd.
    fn head_count(&self, number: u64, place: Place, path: &str) -> Option<u32> {
        if number > MOST_HEADS {
            let title = format!("`{path}` must be a million or less");
            self.log.error(place, title, format!("{number} is more"));
            return None;
        }
        u32::try_from(number).ok()
    }
}

/// What was read: complete but for placeholders where the log has errors.
pub(super) struct Decoded {
    pub(super) scenario: Scenario,
    pub(super) references: Vec<Reference>,
    pub(super) notes: Vec<String>,
}

/// Reads a whole tree; `name` is the title of a scenario without one.
pub(super) fn decode(tree: &Node, sources: &Sources, name: &str, log: &Log) -> Decoded {
    let empty = Table::default();
    let table = tree.table().unwrap_or(&empty);
    let at = ("", tree.place);
    // The horizon says whether other parts have dates, so it is looked at beforehand.
    let scratch = Log::default();
    let cx = Context {
        log: &scratch,
        sources,
        time: TimeFrame::default(),
        profiles: Vec::new(),
        zone: None,
        references: RefCell::default(),
        notes: RefCell::default(),
    };
    let (horizon, time, profiles) = {
        let root = Fields::new(&cx, &SCENARIO, table, at, String::new());
        let (horizon, time) = centre::horizon(&root);
        (horizon, time, centre::profiles(&root))
    };
    let zone = horizon.time_zone.as_deref().and_then(Zone::named);
    let cx = Context {
        log,
        sources,
        time,
        profiles,
        zone,
        references: RefCell::default(),
        notes: RefCell::default(),
    };
    let scenario = centre::scenario(&Fields::new(&cx, &SCENARIO, table, at, String::new()), name);
    Decoded { scenario, references: cx.references.into_inner(), notes: cx.notes.into_inner() }
}

/// Stands where a law could not be read.
fn no_law() -> Steps<Law> {
    Steps::constant(always(Span::ZERO))
}

/// The law of a time that is always the same.
fn always(time: Span) -> Law {
    Law::constant(time.seconds()).expect("every span is a valid time")
}
