//! A roster as a page: what is over and under by day and interval, a day of agents, and all shifts.

use serde::Serialize;

use crate::experiment::{Coverage, Schedule};
use crate::figures::ShiftPlan;
use crate::units::{Calendar, Span, Weekday};

use super::charts::{self, Interval, Pool};
use super::page::{Drawing, SORT, STYLE, drawings, rendered};
use super::scheduled::{answer, whose};
use super::shift_times::{clock, days};
use super::shown::Shown;
use super::summary::VERSION;
use super::wording::grouped;
use super::work_weeks;

#[derive(Serialize)]
struct Line {
    group: String,
    shift: String,
    days: String,
    start: String,
    end: String,
    breaks: String,
    agents: u32,
    paid: String,
}

/// Agents who work the same times on the same days.
#[derive(Serialize)]
struct Week {
    group: String,
    kind: String,
    days: String,
    said: String,
    start: String,
    end: String,
    hours: String,
    agents: u32,
}

/// Everything that the template asks for.
#[derive(Serialize)]
struct Page {
    style: &'static str,
    script: &'static str,
    title: String,
    headline: Vec<String>,
    good: bool,
    drawings: Vec<Drawing>,
    lines: Vec<Line>,
    weeks: Vec<Week>,
    version: &'static str,
}

/// The page; `title` is the scenario's, `also` what is said of the roster besides.
#[must_use]
pub fn roster_page(schedule: &Schedule, title: &str, also: &[String]) -> String {
    let schedule = &*schedule.shown();
    let pools: Vec<Pool> = schedule.pools.iter().map(|pool| of_pool(schedule, pool)).collect();
    let calendar = Calendar::new(None, Span::ZERO);
    let charts = charts::roster_charts(&pools, &shifts(schedule), &calendar);
    let [.., under] = schedule.hours();
    let page = Page {
        style: STYLE,
        script: SORT,
        title: format!("Roster: {}", if title.is_empty() { "shifts of a week" } else { title }),
        headline: answer(schedule).into_iter().chain(also.iter().cloned()).collect(),
        good: under < 0.05,
        drawings: drawings(&charts).0,
        lines: lines(schedule),
        weeks: weeks(schedule),
        version: VERSION,
    };
    rendered("roster_page.html", include_str!("roster_page.html"), page)
}

fn of_pool(schedule: &Schedule, pool: &Coverage) -> Pool {
    let length = schedule.interval.seconds();
    let pairs = pool.required.iter().zip(&pool.scheduled).enumerate();
    let interval = |(row, (required, scheduled)): (usize, (&f64, &f64))| {
        let (weekday, time) = schedule.time_of(row);
        let planned = schedule.weekdays[weekday] && *required + *scheduled > 0.0;
        Interval {
            from: row as f64 * length,
            to: (row + 1) as f64 * length,
            day: Weekday::ALL[weekday].name().to_owned(),
            time: time.to_string(),
            required: planned.then_some(*required),
            there: *scheduled,
            scheduled: None,
        }
    };
    Pool { name: whose(pool), detail: String::new(), intervals: pairs.map(interval).collect() }
}

/// The shifts as charts know them.
fn shifts(schedule: &Schedule) -> Vec<ShiftPlan> {
    let mut all = Vec::new();
    for group in &schedule.groups {
        for named in group.named() {
            let breaks: Vec<(Span, Span)> =
                named.shift.breaks.iter().map(|pause| (pause.after, pause.length)).collect();
            all.push(ShiftPlan {
                group: group.name.clone(),
                name: named.name.clone(),
                agents: named.agents,
                days: named.days,
                start: named.shift.start,
                length: named.shift.length,
                breaks: vec![breaks; named.agents as usize],
            });
        }
    }
    all
}

fn weeks(schedule: &Schedule) -> Vec<Week> {
    let mut all = Vec::new();
    for (number, group) in schedule.groups.iter().enumerate() {
        all.extend(work_weeks::lines(schedule, number).into_iter().map(|line| {
            let shift = &line.week.shift;
            Week {
                group: group.name.clone(),
                kind: shift.template.clone(),
                days: work_weeks::letters(&line.week.days),
                said: days(&line.week.days),
                start: clock(shift, Span::ZERO),
                end: clock(shift, shift.length),
                hours: grouped(line.week.hours(), 1),
                agents: line.agents,
            }
        }));
    }
    all
}

fn lines(schedule: &Schedule) -> Vec<Line> {
    let mut all = Vec::new();
    for group in &schedule.groups {
        for named in group.named() {
            let shift = named.shift;
            let pause = |pause: &crate::experiment::PlannedBreak| {
                let [from, to] = [pause.after, pause.after + pause.length].map(|at| clock(shift, at));
                format!("{} {from}–{to}", pause.name)
            };
            all.push(Line {
                group: group.name.clone(),
                shift: named.name.clone(),
                days: days(&named.days),
                start: clock(shift, Span::ZERO),
                end: clock(shift, shift.length),
                breaks: shift.breaks.iter().map(pause).collect::<Vec<_>>().join(", "),
                agents: named.agents,
                paid: grouped(shift.paid, 2),
            });
        }
    }
    all
}
