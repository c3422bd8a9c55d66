//! From the tree to the [`Scenario`]: every part is read however many mistakes there are.
//!
//! Where a value is wrong, the mistake goes into the log and a placeholder into the scenario, so
//! that the rest can still be read and checked; a scenario with mistakes never leaves this floor.

mod arrivals;
mod centre;
mod channel;
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
mod sweep;
mod table_times;
mod targets;
mod tool;
mod transfer;
mod volume_file;

use crate::reading::context::{Context, Reference, TimeFrame};
use crate::reading::diagnostic::Log;
use crate::reading::fields::Fields;
use crate::reading::source::Sources;
use crate::reading::tree::{Node, Table};
use crate::tables::Zone;

use super::Scenario;
use super::keys::SCENARIO;

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
    let cx = Context::new(&scratch, sources, TimeFrame::default(), None);
    let (horizon, time) = centre::horizon(&Fields::new(&cx, &SCENARIO, table, at, String::new()));
    let zone = horizon.time_zone.as_deref().and_then(Zone::named);
    let cx = Context::new(log, sources, time, zone);
    let scenario = centre::scenario(&Fields::new(&cx, &SCENARIO, table, at, String::new()), name);
    Decoded { scenario, references: cx.references.into_inner(), notes: cx.notes.into_inner() }
}
