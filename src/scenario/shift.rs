//! Shifts and their breaks.

use super::heads_by_day::{Heads, HeadsByDay};
use super::hours::{next_day, past};
use super::rotation::Rotation;
use crate::reading::fields::Fields;
use crate::reading::kinds::{Between, Duration, Flag, PositiveDuration, TimeOfDay, Weekdays};
use crate::reading::table::{Table, Tables, table};
use crate::units::{self, Span};

/// When a break is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BreakTime {
    /// This long after the shift's start, the agents spread evenly over `spread`.
    After {
        /// Since the shift's start.
        after: Span,
        /// From the first agent's break to the last one's.
        spread: Span,
    },
    /// Taken whole between two times of day, the agents spread evenly.
    Between(units::TimeOfDay, units::TimeOfDay),
}

/// `shifts.S.breaks.B`.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// Its name.
    pub name: String,
    /// When.
    pub time: BreakTime,
    /// How long.
    pub length: Span,
    /// Whether the pay goes on.
    pub paid: bool,
}

/// `groups.G.shifts.S`.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Its name.
    pub name: String,
    /// Rostered heads on each weekday, Monday first; 0 where it does not start.
    pub agents: [u32; 7],
    /// On which weekdays it starts, Monday first.
    pub days: [bool; 7],
    /// In which weeks, where not in all.
    pub rotation: Option<Rotation>,
    /// When it starts.
    pub start: units::TimeOfDay,
    /// Start to end, breaks included.
    pub length: Span,
    /// Its breaks.
    pub breaks: Vec<Break>,
}

table! {
    /// Rostered agents, as many every day or so many on each weekday.
    keys of Shift = "shift" {
        /// Rostered heads. A table has so many for each weekday on which it starts, none of them left out; who comes on the days
        /// with fewer comes on all
        agents: HeadsByDay, required, example({ mon = 13, "tue-fri" = 11 });
        /// Weekdays on which it starts
        days: Weekdays, default("mon-sun"), example("mon-fri");
        /// In which weeks of a rotation: another shift has the others
        rotation: Table<Rotation>, none("every week"), example({ week = 1, of = 2 });
        /// When it starts
        start: TimeOfDay, required, example("08:00");
        /// Start to end, breaks included
        length: PositiveDuration, required, example("8h30m");
        /// Its breaks
        breaks: Tables<Break>, none, example(.coffee = { after = "2h", length = "15m" });
    }
}

table! {
    /// A break: `after` so long (spread over the agents), or `between` two times of day.
    keys of Break = "break" {
        /// This long after the shift's start
        after: Duration, none, example("2h");
        /// With `after`: from the first agent's break to the last one's
        spread: Duration, default("0s"), example("45m");
        /// Taken whole between two times of day, the agents spread evenly
        between: Between, none, example("12:00-13:30");
        /// How long
        length: PositiveDuration, required, example("30m");
        /// Whether the pay goes on
        paid: Flag, default(true), example(false);
    }
}

impl Shift {
    /// The heads of the weekday with the most.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.agents.into_iter().max().unwrap_or(0)
    }
}

/// Reads `groups.G.shifts`.
pub(super) fn shifts(group: &Fields<'_>, key: &str, tables: &[Fields<'_>], has_staff: bool) -> Vec<Shift> {
    let shifts: Vec<Shift> = tables.iter().map(shift).collect();
    if !group.has(key) {
        return shifts;
    }
    let (log, place) = (group.cx.log, group.place_of(key));
    if !group.cx.time.calendar {
        let title = format!("`{}` needs a calendar", group.at(key));
        log.error(place, title, "without `horizon.start` there are no weekdays")
            .help("use `staff`, or give the horizon a `start` and `days`");
    }
    if !has_staff && shifts.iter().all(|shift| shift.most() == 0) {
        log.error(place, format!("`{}` has no agents", group.path), "nobody in any shift").derived();
    }
    shifts
}

fn shift(table: &Fields<'_>) -> Shift {
    let log = table.cx.log;
    let days = table.read(Shift::days);
    let agents = heads(table, days);
    let start = table.read(Shift::start).unwrap_or_default();
    if start >= units::TimeOfDay::MIDNIGHT_AFTER {
        let key = Shift::start.name;
        let title = format!("`{}` must lie before 24:00", table.at(key));
        log.error(table.place_of(key), title, "it begins on the next day");
    }
    let length = table.read(Shift::length);
    if length.is_some_and(|length| length > Span::DAY) {
        let key = Shift::length.name;
        let title = format!("`{}` must be a day or less", table.at(key));
        log.error(table.place_of(key), title, "nobody works that long");
    }
    let key = Shift::breaks.name;
    let breaks: Vec<Break> =
        table.tables(Shift::breaks).iter().filter_map(|table| read_break(table, start, length)).collect();
    let resting: Span = breaks.iter().fold(Span::ZERO, |sum, one| sum + one.length);
    if length.is_some_and(|length| resting >= length) {
        let title = format!("`{}` leaves no time for work", table.at(key));
        log.error(table.place_of(key), title, format!("the breaks sum to {resting}"));
    }
    Shift {
        name: table.name.to_owned(),
        agents,
        days,
        rotation: table.read(Shift::rotation),
        start,
        length: length.unwrap_or(Span::HOUR * 8),
        breaks,
    }
}

/// How many begin the shift on each weekday.
fn heads(table: &Fields<'_>, days: [bool; 7]) -> [u32; 7] {
    let key = Shift::agents.name;
    let (heads, wrong) = table.read(Shift::agents).unwrap_or(Heads::Same(1)).on(days, &table.at(key));
    for one in wrong {
        table.cx.log.error(table.place_of(key), one.title, one.reason).help(one.help);
    }
    heads
}

fn read_break(table: &Fields<'_>, start: units::TimeOfDay, shift: Option<Span>) -> Option<Break> {
    let log = table.cx.log;
    let (by_after, by_between) = (Break::after.name, Break::between.name);
    table.require(&[by_after, by_between]);
    let length = table.read(Break::length);
    let after = table.read(Break::after);
    let spread = table.read(Break::spread);
    let between = table.read(Break::between);
    for key in [by_after, Break::spread.name] {
        if table.has(by_between) && table.has(key) {
            let title = format!("`{}` has both `between` and `{key}`", table.path);
            log.error(table.place_of(key), title, "one of them must go");
        }
    }
    let paid = table.read(Break::paid);
    let (time, key, from, to) = match (after, between) {
        (Some(after), _) => (BreakTime::After { after, spread }, by_after, after, after + spread + length?),
        (None, Some((from, to))) => {
            // A window of a night shift may lie on the day after its start.
            let (from, to) = (from, past(from, to));
            let (from, to) = if from < start { (next_day(from), next_day(to)) } else { (from, to) };
            let since_start = |time: units::TimeOfDay| time.span().saturating_sub(start.span());
            if since_start(to).saturating_sub(since_start(from)) < length? {
                let title = format!("`{}` is shorter than the break", table.at(by_between));
                log.error(table.place_of(by_between), title, format!("the break takes {}", length?));
            }
            (BreakTime::Between(from, to), by_between, since_start(from), since_start(to))
        }
        (None, None) => return None,
    };
    if let Some(shift) = shift
        && (to > shift || from > shift)
    {
        let title = format!("`{}` lies outside its shift", table.path);
        let reason = format!("it may end {to} after the shift's start; the shift takes {shift}");
        log.error(table.place_of(key), title, reason);
    }
    Some(Break { name: table.name.to_owned(), time, length: length?, paid })
}
