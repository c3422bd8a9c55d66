//! Who works on which days: the weeks of agents, and every activity of every agent as other planning tools exchange it.

use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::experiment::{PlannedShift, Schedule, WorkWeek};
use crate::units::{Span, Weekday, printable};

use super::csv_files::{Csv, texts};
use super::shift_times::{clock, days};
use super::text_table::{Align, TextTable};
use super::wording::{grouped, shortened};

/// Columns of names.
const NAME_WIDTH: usize = 24;

/// Agents who work the same times on the same days, wherever their breaks lie.
pub(super) struct Line<'s> {
    pub(super) week: &'s WorkWeek,
    pub(super) agents: u32,
}

/// The weeks of a group.
pub(super) fn lines(schedule: &Schedule, group: usize) -> Vec<Line<'_>> {
    let mut lines: Vec<Line<'_>> = Vec::new();
    for week in schedule.weeks.iter().filter(|week| week.group == group) {
        let times =
            |week: &WorkWeek| (week.shift.template.clone(), week.shift.start, week.shift.length, week.days);
        match lines.iter_mut().find(|line| times(line.week) == times(week)) {
            Some(line) => line.agents += week.agents,
            None => lines.push(Line { week, agents: week.agents }),
        }
    }
    lines
}

/// The weeks of a group as a terminal shows them; nothing where its agents are not followed over the week.
pub(super) fn table(schedule: &Schedule, group: usize) -> Option<String> {
    let heads = [
        (Align::Left, "Kind"),
        (Align::Left, "Days"),
        (Align::Left, "Start"),
        (Align::Left, "End"),
        (Align::Right, "Hours a week"),
        (Align::Right, "Agents"),
    ];
    let mut table = TextTable::new(heads.map(|(align, head)| (align, head.to_owned())));
    let lines = lines(schedule, group);
    for line in &lines {
        let shift = &line.week.shift;
        table.row([
            shortened(&printable(&shift.template), NAME_WIDTH),
            days(&line.week.days),
            clock(shift, Span::ZERO),
            clock(shift, shift.length),
            grouped(line.week.hours(), 1),
            line.agents.to_string(),
        ]);
    }
    table.line();
    (!lines.is_empty()).then(|| table.text())
}

/// `14 agents work whole weeks: 10 of 40.0 paid hours (full), 4 of 20.0 (part).`
pub(super) fn sentence(schedule: &Schedule) -> Option<String> {
    let mut kinds: BTreeMap<(&str, u64), u32> = BTreeMap::new();
    for week in &schedule.weeks {
        let hours = (week.hours() * 10.0).round() as u64;
        *kinds.entry((&week.shift.template, hours)).or_default() += week.agents;
    }
    let all: u32 = kinds.values().sum();
    let kind = |(place, ((template, hours), agents)): (usize, (&(&str, u64), &u32))| {
        let hours = grouped(*hours as f64 / 10.0, 1);
        let paid = if place == 0 { " paid hours" } else { "" };
        format!("{agents} of {hours}{paid} ({})", printable(template))
    };
    let kinds: Vec<String> = kinds.iter().enumerate().map(kind).collect();
    (all > 0)
        .then(|| format!("{} agents work whole weeks: {}.", grouped(f64::from(all), 0), kinds.join(", ")))
}

/// The weeks for other programs.
pub(super) fn value(schedule: &Schedule) -> Vec<Value> {
    let week = |week: &WorkWeek| {
        json!({
            "group": schedule.groups[week.group].name,
            "template": week.shift.template,
            "days": days(&week.days),
            "start": week.shift.start.to_string(),
            "length_seconds": week.shift.length.seconds(),
            "hours_a_week": week.hours(),
            "agents": week.agents,
        })
    };
    schedule.weeks.iter().map(week).collect()
}

/// A row for each agent, date and activity. Agents of shifts that nobody works as a week are open shifts, numbered anew
/// every day.
#[must_use]
pub fn activities_csv(schedule: &Schedule) -> String {
    let mut sheet = Csv::new(texts(["agent", "team", "date", "activity", "start", "end"]));
    for (number, group) in schedule.groups.iter().enumerate() {
        let weeks = || schedule.weeks.iter().filter(|week| week.group == number);
        let of_weeks = |shift: &PlannedShift| weeks().any(|week| week.shift.template == shift.template);
        for date in &schedule.dates {
            let weekday = date.weekday().to_monday_zero_offset() as usize;
            let mut first = 0;
            for week in weeks() {
                for agent in first..first + week.agents {
                    if week.days[weekday] {
                        let name = format!("{} {}", group.name, agent + 1);
                        activities(&mut sheet, &name, &group.name, *date, &week.shift);
                    }
                }
                first += week.agents;
            }
            let mut open = 0;
            for shift in group.shifts.iter().filter(|shift| !of_weeks(shift)) {
                for _ in 0..shift.agents[weekday] {
                    open += 1;
                    activities(&mut sheet, &format!("{} open {open}", group.name), &group.name, *date, shift);
                }
            }
        }
    }
    String::from_utf8_lossy(&sheet.bytes()).into_owned()
}

fn activities(sheet: &mut Csv, agent: &str, team: &str, date: Date, shift: &PlannedShift) {
    // An activity has the date on which it begins: a break may lie behind midnight.
    let mut row = |activity: &str, after: Span, length: Span| {
        let days = (shift.start.span() + after).micros() / Span::DAY.micros();
        let date = (0..days).fold(date, |date, _| date.tomorrow().unwrap_or(date));
        let [start, end] = [clock(shift, after), clock(shift, after + length)];
        sheet.row(texts([agent, team, &date.to_string(), activity, &start, &end]));
    };
    row("shift", Span::ZERO, shift.length);
    for pause in &shift.breaks {
        row(&format!("break ({})", pause.name), pause.after, pause.length);
    }
}

/// A weekday's letter where somebody works on it, a dot else: `MTWTF··`.
pub(super) fn letters(days: &[bool; 7]) -> String {
    let letter =
        |day: usize| if days[day] { Weekday::ALL[day].name().chars().next().unwrap_or('·') } else { '·' };
    (0..7).map(letter).collect()
}
