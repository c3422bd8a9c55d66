//! Days on which fewer agents come, or more: sickness, training for a whole team, help from elsewhere.

use crate::reading::fields::Fields;
use crate::reading::kinds::{Moment, PositiveDuration, Share, Signed};
use crate::reading::table::table;
use crate::units::Span;

/// `groups.G.events.E`.
#[derive(Clone, Debug, PartialEq)]
pub struct StaffEvent {
    /// Its name.
    pub name: String,
    /// Microseconds since the start of the reported time.
    pub at: i64,
    /// How long.
    pub length: Span,
    /// What happens.
    pub change: StaffChange,
}

/// What an event changes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum StaffChange {
    /// So many more agents; below 0, fewer.
    Agents(i32),
    /// The chance that a rostered agent is absent.
    Absence(f64),
}

table! {
    /// A stretch of time with more or fewer agents: of shifts it counts when they begin.
    keys of StaffEvent = "staff event" {
        /// When it begins (without calendar: time since the start)
        at: Moment, required, example(2026-03-02);
        /// How long
        length: PositiveDuration, default("1d"), example("5d");
        /// So many more, or fewer: of `staff`; where there are shifts only, who of them is absent is drawn, the same
        /// people all the time
        agents: Signed, none, example(-2);
        /// Chance that a rostered agent is absent, instead of the group's `shrinkage.absence`
        absence: Share, none, example(0.25);
    }
}

impl StaffEvent {
    /// Reads `groups.G.events.E` of a group that `has_staff`, or shifts only.
    pub(super) fn of(table: &Fields<'_>, has_staff: bool) -> Option<StaffEvent> {
        let log = table.cx.log;
        let (by_agents, by_absence) = (StaffEvent::agents.name, StaffEvent::absence.name);
        let (at, length) = (table.read(StaffEvent::at), table.read(StaffEvent::length));
        let (agents, absence) = (table.read(StaffEvent::agents), table.read(StaffEvent::absence));
        table.require_one([by_agents, by_absence]);
        if !has_staff && agents.is_some_and(|agents| agents > 0) {
            let title = format!("`{}` cannot be more: the group has shifts only", table.at(by_agents));
            let logged = log.error(table.place_of(by_agents), title, "which hours would they work?");
            logged.help("give the shift more `agents`, or write a shift of its own");
        }
        if has_staff && absence.is_some() {
            let title = format!("`{}` needs shifts", table.at(by_absence));
            let logged = log.error(table.place_of(by_absence), title, "`staff` counts who is there");
            logged.help("say how many fewer: `agents = -2`");
        }
        let at = at?;
        let time = &table.cx.time;
        if at >= time.end().micros() as i64
            || at.saturating_add(length.micros() as i64) <= -(time.warm_up.micros() as i64)
        {
            let title = format!("`{}` lies outside the horizon", table.path);
            log.warning(table.place_of(StaffEvent::at.name), title, "it changes nothing");
        }
        let change = match (agents, absence) {
            (Some(agents), None) => StaffChange::Agents(agents),
            (None, Some(absence)) => StaffChange::Absence(absence),
            _ => return None,
        };
        Some(StaffEvent { name: table.name.to_owned(), at, length, change })
    }
}
