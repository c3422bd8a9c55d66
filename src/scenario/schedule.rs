//! `[schedule]`: the shifts that may be worked, of which `holdline schedule` makes a roster.

use super::hours::{next_day, past};
use super::names::GroupName;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{
    Between, Count, Declares, Duration, Flag, List, NotNegative, PositiveDuration, Reads, TimeOfDay,
    Weekdays, Word,
};
use crate::reading::shape::Kind;
use crate::reading::table::{Members, Tables, table};
use crate::units::{self, Span};
use crate::vocabulary::words;

/// `schedule.templates.T.breaks.B`.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakTemplate {
    /// Its name.
    pub name: String,
    /// When it may begin.
    pub window: BreakWindow,
    /// From one possible beginning to the next.
    pub every: Span,
    /// How long.
    pub length: Span,
    /// Whether the pay goes on.
    pub paid: bool,
}

/// When a break may be taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BreakWindow {
    /// It begins this long after the shift's start, or up to `spread` later.
    After {
        /// Since the shift's start.
        after: Span,
        /// From the first possible beginning to the last.
        spread: Span,
    },
    /// It lies whole between two times of day.
    Between(units::TimeOfDay, units::TimeOfDay),
}

/// `schedule.templates.T`.
#[derive(Clone, Debug, PartialEq)]
pub struct Template {
    /// Its name.
    pub name: String,
    /// Whose agents may work it; empty: every group that has `staff`.
    pub groups: Vec<String>,
    /// On which weekdays it may start, Monday first.
    pub days: [bool; 7],
    /// Whether as many agents work it on all of these days.
    pub same_every_day: bool,
    /// On how many of these days of a week each agent works it; `None` where nobody is followed over the week.
    pub days_per_week: Option<u32>,
    /// Where the other days of the week lie.
    pub days_off: DaysOff,
    /// The first and the last time at which it may start.
    pub start: (units::TimeOfDay, units::TimeOfDay),
    /// From one possible start to the next.
    pub every: Span,
    /// How long it may last, start to end, breaks included.
    pub lengths: Vec<Span>,
    /// Its breaks.
    pub breaks: Vec<BreakTemplate>,
    /// Agents who work it on a day at least.
    pub at_least: u32,
    /// At most.
    pub at_most: Option<u32>,
    /// What one such shift costs, where it is not the group's pay for its paid hours.
    pub cost: Option<f64>,
}

words! {
    /// Where an agent's days off lie in the week.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum DaysOff {
        /// Anywhere.
        #[default]
        Any = "any",
        /// One after the other; Monday comes after Sunday.
        Together = "together",
    }
}

/// `[schedule]`.
pub(super) enum Schedule {}

table! {
    /// The shifts that may be worked, for `holdline schedule`.
    keys of Schedule = "schedule" {
        /// Kinds of shifts
        templates: Members<Template>, required,
            example(.day = { start = "07:00-10:00", length = ["8h", "8h30m"] });
    }
}

table! {
    /// A kind of shift: every start, length and place of its breaks that it allows is a shift that
    /// `holdline schedule` may use.
    keys of Template = "shift template" {
        /// Groups whose agents may work it
        groups: List<GroupName>, empty("every group that has `staff`"), example(["generalists"]);
        /// Weekdays on which it may start
        days: Weekdays, default("mon-sun"), example("mon-fri");
        /// Whether as many agents work it on all of these days
        same_every_day: Flag, default(false), example(true);
        /// Each agent works it on so many of these days a week, at the same times: so weekly hours and the rest between
        /// two shifts are given
        days_per_week: Count<1>, none("who works on which days is not planned"), example(5);
        /// With `days_per_week`: whether an agent's days off follow each other
        days_off: Word<DaysOff>, default("any"), example("together");
        /// When it starts, or between which times
        start: Starts, required, example("07:00-10:00");
        /// From one possible start to the next
        every: PositiveDuration, default("30m"), example("15m");
        /// Start to end, breaks included; several lengths are a list
        length: Lengths, required, example(["8h", "8h30m"]);
        /// Its breaks
        breaks: Tables<BreakTemplate>, none, example(.lunch = { between = "11:30-14:00", length = "30m", paid = false });
        /// Agents who work it on a day (with `days_per_week`: in a week), at all its starts and of all groups together: at
        /// least
        at_least: Count<0>, default(0), example(2);
        /// At most
        at_most: Count<0>, none("no limit"), example(25);
        /// What one such shift costs
        cost: NotNegative, none("the group's pay for its paid hours"), example(140);
    }
}

table! {
    /// A break of a shift template: `after` so long, or `between` two times of day. `holdline schedule` chooses
    /// when each agent takes it.
    keys of BreakTemplate = "break of a template" {
        /// It begins this long after the shift's start
        after: Duration, none, example("2h");
        /// With `after`: or up to this much later
        spread: Duration, default("0s"), example("1h");
        /// It lies whole between these times of day
        between: Between, none, example("11:30-14:00");
        /// From one possible beginning to the next
        every: PositiveDuration, default("15m"), example("30m");
        /// How long
        length: PositiveDuration, required, example("30m");
        /// Whether the pay goes on
        paid: Flag, default(true), example(false);
    }
}

/// A time of day, or two of them.
pub(super) enum Starts {}

impl Declares for Starts {
    const KIND: Kind = Kind::Either(&[TimeOfDay::KIND, Between::KIND]);
}

impl Reads for Starts {
    type Value = (units::TimeOfDay, units::TimeOfDay);

    fn read(written: &Written<'_>) -> Option<Self::Value> {
        match written.node.text() {
            Some(text) if text.contains(['-', '–']) => Between::read(written),
            _ => TimeOfDay::read(written).map(|time| (time, time)),
        }
    }
}

/// A duration, or a list of them.
pub(super) enum Lengths {}

impl Declares for Lengths {
    const KIND: Kind = Kind::Either(&[PositiveDuration::KIND, List::<PositiveDuration>::KIND]);
}

impl Reads for Lengths {
    type Value = Vec<Span>;

    fn read(written: &Written<'_>) -> Option<Vec<Span>> {
        if written.node.text().is_some() {
            return PositiveDuration::read(written).map(|length| vec![length]);
        }
        let mut lengths = List::<PositiveDuration>::read(written)?;
        lengths.sort_unstable();
        lengths.dedup();
        if lengths.is_empty() {
            let title = format!("`{}` is empty", written.path);
            written.cx.log.error(written.node.place, title, "no length at all");
            return None;
        }
        Some(lengths)
    }
}

/// Reads `[schedule]`.
pub(super) fn templates(table: &Fields<'_>) -> Vec<Template> {
    let key = Schedule::templates.name;
    if !table.cx.time.calendar {
        let title = "`schedule` needs a calendar";
        let reason = "without `horizon.start` there are no weekdays";
        table.cx.log.error(table.place, title, reason).help("give the horizon a `start` and `days`");
    }
    table.require(&[key]);
    let tables = table.tables(Schedule::templates);
    if table.has(key) && tables.is_empty() {
        let logged =
            table.cx.log.error(table.place_of(key), "`schedule.templates` is empty", "no shift at all");
        logged.help("write a table such as `templates.day = { start = \"08:00\", length = \"8h\" }`");
    }
    tables.iter().filter_map(template).collect()
}

fn template(table: &Fields<'_>) -> Option<Template> {
    let log = table.cx.log;
    let start = table.read(Template::start);
    let every = table.read(Template::every);
    let lengths = table.read(Template::length);
    let written = table.tables(Template::breaks);
    let breaks: Vec<BreakTemplate> = written.iter().filter_map(pause).collect();
    let sound = breaks.len() == written.len();
    let read = Template {
        name: table.name.to_owned(),
        groups: table.read(Template::groups),
        days: table.read(Template::days),
        same_every_day: table.read(Template::same_every_day),
        days_per_week: table.read(Template::days_per_week),
        days_off: table.read(Template::days_off),
        start: start.unwrap_or_default(),
        every,
        lengths: lengths.clone().unwrap_or_default(),
        breaks,
        at_least: table.read(Template::at_least),
        at_most: table.read(Template::at_most),
        cost: table.read(Template::cost),
    };
    if let Some(most) = read.at_most.filter(|most| *most < read.at_least) {
        let title = format!("`{}` is below `{}`", table.at("at_most"), Template::at_least.name);
        let reason = format!("{most} is less than {}", read.at_least);
        log.error(table.place_of(Template::at_most.name), title, reason);
    }
    read.check_week(table);
    let (from, to) = start?;
    if from >= units::TimeOfDay::MIDNIGHT_AFTER {
        let title = format!("`{}` must lie before 24:00", table.at(Template::start.name));
        log.error(table.place_of(Template::start.name), title, "it begins on the next day");
        return None;
    }
    if to < from {
        let title = format!("`{}` ends before it begins", table.at(Template::start.name));
        let logged =
            log.error(table.place_of(Template::start.name), title, format!("{to} lies before {from}"));
        logged.help("starts after midnight belong to the next day: give them a template of their own");
        return None;
    }
    let lengths = lengths?;
    if lengths.iter().any(|length| *length > Span::DAY) {
        let title = format!("`{}` must be a day or less", table.at(Template::length.name));
        log.error(table.place_of(Template::length.name), title, "nobody works that long");
        return None;
    }
    let resting = read.breaks.iter().fold(Span::ZERO, |sum, one| sum + one.length);
    if lengths.iter().any(|length| resting >= *length) {
        let title = format!("`{}` leaves no time for work", table.at(Template::breaks.name));
        log.error(table.place_of(Template::breaks.name), title, format!("the breaks sum to {resting}"));
        return None;
    }
    if sound {
        read.check(table);
    }
    Some(read)
}

fn pause(table: &Fields<'_>) -> Option<BreakTemplate> {
    let (by_after, by_between) = (BreakTemplate::after.name, BreakTemplate::between.name);
    table.require_one([by_after, by_between]);
    let length = table.read(BreakTemplate::length);
    let after = table.read(BreakTemplate::after);
    let between = table.read(BreakTemplate::between);
    let spread = table.read(BreakTemplate::spread);
    let (every, paid) = (table.read(BreakTemplate::every), table.read(BreakTemplate::paid));
    if table.has(BreakTemplate::spread.name) && !table.has(by_after) {
        let title = format!("`{}` goes with `{by_after}`", table.at(BreakTemplate::spread.name));
        table.cx.log.error(table.place_of(BreakTemplate::spread.name), title, "there is none");
    }
    let window = match (after, between) {
        (Some(after), _) => BreakWindow::After { after, spread },
        (None, Some((from, to))) => {
            let to = past(from, to);
            let room = to.span().saturating_sub(from.span());
            if length.is_some_and(|length| room < length) {
                let title = format!("`{}` is shorter than the break", table.at(by_between));
                table.cx.log.error(table.place_of(by_between), title, format!("the break takes {}", length?));
                return None;
            }
            BreakWindow::Between(from, to)
        }
        (None, None) => return None,
    };
    Some(BreakTemplate { name: table.name.to_owned(), window, every, length: length?, paid })
}

impl Template {
    /// All times at which it may start.
    pub fn starts(&self) -> impl Iterator<Item = units::TimeOfDay> + '_ {
        let (from, to) = self.start;
        steps(from.span(), to.span(), self.every)
            .map(|at| units::TimeOfDay::from_seconds((at.micros() / 1_000_000) as u32))
    }

    /// What is contradictory in the days of its agents.
    fn check_week(&self, table: &Fields<'_>) {
        let by_week = Template::days_per_week.name;
        let there = self.days.iter().filter(|day| **day).count() as u32;
        let Some(wanted) = self.days_per_week else {
            if table.has(Template::days_off.name) {
                let title = format!("`{}` goes with `{by_week}`", table.at(Template::days_off.name));
                table.cx.log.error(table.place_of(Template::days_off.name), title, "there is none");
            }
            return;
        };
        let place = table.place_of(by_week);
        if self.same_every_day {
            let title =
                format!("`{}` and `{}` exclude each other", table.at(by_week), Template::same_every_day.name);
            let logged = table.cx.log.error(place, title, "one follows each agent, the other counts them");
            logged.help("leave out one of them");
        } else if self.weeks().is_empty() {
            let title = format!("`{}` leaves no week", table.at(by_week));
            let reason = match wanted > there {
                true => format!("it may be worked on {there} days"),
                false => format!("on these days no {} days off follow each other", 7 - wanted),
            };
            table.cx.log.error(place, title, reason).help("see `days` and `days_off`");
        }
    }

    /// The weeks that its agents may work: on which days, Monday first. Without `days_per_week` none.
    #[must_use]
    pub fn weeks(&self) -> Vec<[bool; 7]> {
        let Some(wanted) = self.days_per_week else { return Vec::new() };
        let week = |days: u32| std::array::from_fn(|day| days >> day & 1 == 1);
        let allowed = |days: &[bool; 7]| days.iter().zip(self.days).all(|(works, may)| may || !works);
        let off_together = |days: &[bool; 7]| {
            // Around the week they begin once at most.
            (0..7).filter(|day| days[*day] && !days[(day + 1) % 7]).count() <= 1
        };
        (0..128_u32)
            .filter(|days| days.count_ones() == wanted)
            .map(week)
            .filter(allowed)
            .filter(|days| self.days_off == DaysOff::Any || off_together(days))
            .collect()
    }

    /// What is contradictory in it.
    fn check(&self, table: &Fields<'_>) {
        let log = table.cx.log;
        let possible = |pause: &BreakTemplate| {
            self.starts().any(|start| {
                self.lengths.iter().any(|length| pause.beginnings(start, *length).next().is_some())
            })
        };
        for pause in &self.breaks {
            if !possible(pause) {
                let title =
                    format!("`{}.{}` fits into no shift", table.at(Template::breaks.name), pause.name);
                let (from, to) = self.start;
                let reason = format!(
                    "shifts start from {from} to {to} and last {}",
                    self.lengths[self.lengths.len() - 1]
                );
                let place = table.place_within(Template::breaks.name, &pause.name);
                log.error(place, title, reason).help("it must lie whole within the shift");
            }
        }
    }
}

impl BreakTemplate {
    /// When it may begin in a shift, since the shift's start.
    pub fn beginnings(&self, start: units::TimeOfDay, length: Span) -> impl Iterator<Item = Span> + use<> {
        let windows = match self.window {
            BreakWindow::After { after, spread } => [Some((after, after + spread)), None],
            BreakWindow::Between(from, to) => {
                // A window of a night shift may lie on the day after its start.
                let days = [(from, to), (next_day(from), next_day(to))];
                days.map(|(from, to)| self.since_start(start, from.span(), to.span()))
            }
        };
        let (every, own) = (self.every, self.length);
        windows.into_iter().flatten().flat_map(move |(first, last)| {
            let latest = length.saturating_sub(own).min(last);
            steps(first, latest, every).filter(move |at| *at + own <= length)
        })
    }

    /// The first and the last beginning between two times of day, since the shift's start. Steps count from the
    /// window's beginning, so that all starts share them.
    fn since_start(&self, start: units::TimeOfDay, from: Span, to: Span) -> Option<(Span, Span)> {
        let start = start.span();
        let early = start.saturating_sub(from).micros().div_ceil(self.every.micros().max(1));
        let first = from + self.every * early;
        let last = to.saturating_sub(self.length);
        (first <= last && start <= first).then(|| (first.saturating_sub(start), last.saturating_sub(start)))
    }
}

/// From the first to the last in equal steps; nothing where the last lies before the first.
fn steps(first: Span, last: Span, step: Span) -> impl Iterator<Item = Span> + use<> {
    let count = if last < first { 0 } else { last.saturating_sub(first).micros() / step.micros().max(1) + 1 };
    (0..count).map(move |number| first + step * number)
}
