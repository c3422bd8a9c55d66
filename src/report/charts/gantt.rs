//! A day of agents: who works from when to when, and when they rest.

use crate::figures::{Results, ShiftPlan};
use crate::units::Span;

use super::super::wording::shortened;
use super::chart::Chart;
use super::font::text_width;
use super::palette::{AXIS, BLUE, FAINT_INK, GRID, INK, ORANGE, bold, letters, solid};
use super::panel::fitting;
use super::picture::{Anchor, Picture};
use super::sheet::{Key, Swatch, WIDTH, header};

const MARGIN: f64 = 16.0;
const SIZE: f64 = 11.0;
/// Lines of agents of their own; of more, a line a shift.
const MOST_AGENTS: u32 = 72;
/// Lines of a file; more of them make a further one.
const MOST: usize = 72;

/// A line: who, and what is said at its right end.
struct Bar {
    group: String,
    name: String,
    agents: u32,
    start: f64,
    end: f64,
    /// (from, to, what is said of it).
    breaks: Vec<(f64, f64, String)>,
}

/// Lines a day, in pixels: of single agents, of shifts.
const LOW: f64 = 12.0;
const HIGH: f64 = 22.0;

/// The weekday (Monday: 0) on which most agents work, of those that a plan may take.
fn busiest(shifts: &[ShiftPlan], days: [bool; 7]) -> Option<usize> {
    let agents =
        |day: usize| -> u32 { shifts.iter().filter(|shift| shift.days[day]).map(|shift| shift.agents).sum() };
    // The first one of those with as many.
    (0..7).rev().filter(|day| days[*day] && agents(*day) > 0).max_by_key(|day| agents(*day))
}

/// The chart of a run's shifts, on the weekday with the most agents that it plays.
pub(super) fn of_run(results: &Results, file: &'static str) -> Vec<Chart> {
    let Some(start) = results.calendar.start() else { return Vec::new() };
    let length = (results.length.micros().div_ceil(Span::DAY.micros())) as i64;
    let mut days = [false; 7];
    (0..length.min(7)).for_each(|day| days[results.calendar.weekday(day).index()] = true);
    let mut shifts = results.plan.shifts.clone();
    let at = |shift: &ShiftPlan| results.groups.iter().position(|group| group.name == shift.group);
    shifts.sort_by_key(at);
    let shifts = &shifts;
    let Some(day) = busiest(shifts, days) else { return Vec::new() };
    let first = (0..length.min(7)).find(|one| results.calendar.weekday(*one).index() == day).unwrap_or(0);
    let date = results.calendar.date(first).unwrap_or(start);
    let said = if results.folded {
        date.strftime("%A").to_string()
    } else {
        date.strftime("%A %-d %B %Y").to_string()
    };
    charts(file, shifts, day, &said)
}

/// The chart of these shifts on a weekday.
pub(super) fn charts(file: &'static str, shifts: &[ShiftPlan], day: usize, said: &str) -> Vec<Chart> {
    let mut worked: Vec<&ShiftPlan> =
        shifts.iter().filter(|shift| shift.days[day] && shift.agents > 0).collect();
    let group_at = |shift: &ShiftPlan| shifts.iter().position(|one| one.group == shift.group);
    worked.sort_by_key(|shift| (group_at(shift), shift.start, shift.length.micros()));
    let agents: u32 = worked.iter().map(|shift| shift.agents).sum();
    let single = agents <= MOST_AGENTS;
    let bars: Vec<Bar> =
        worked.iter().flat_map(|shift| if single { each_agent(shift) } else { vec![whole(shift)] }).collect();
    let files = bars.len().div_ceil(MOST);
    let shown = if single { "A line an agent" } else { "A line a shift, with its number of agents" };
    let about = format!(
        "{shown}, by group and start: {agents} agents in all. Times are those of the plan, absence and other shrinkage \
         not taken off."
    );
    let chart = |(number, bars): (usize, &[Bar])| {
        let part = if files > 1 { format!(" ({} of {files})", number + 1) } else { String::new() };
        let title = format!("Who works when: {said}{part}");
        Chart::new(file, number, &title, picture(&title, &about, bars, single))
    };
    bars.chunks(MOST).enumerate().map(chart).collect()
}

/// The weekday of a roster with the most agents.
#[cfg(feature = "schedule")]
pub(super) fn of_roster(file: &'static str, shifts: &[ShiftPlan]) -> Vec<Chart> {
    let Some(day) = busiest(shifts, [true; 7]) else { return Vec::new() };
    charts(file, shifts, day, crate::units::Weekday::ALL[day].name())
}

fn ends(shift: &ShiftPlan) -> (f64, f64) {
    let start = shift.start.span().seconds();
    (start, start + shift.length.seconds())
}

fn clock(seconds: f64) -> String {
    let minutes = (seconds / 60.0).round() as i64 % (24 * 60);
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn pause(start: f64, (after, length): (Span, Span)) -> (f64, f64, String) {
    let (from, to) = (start + after.seconds(), start + (after + length).seconds());
    (from, to, format!("break {} to {}", clock(from), clock(to)))
}

fn each_agent(shift: &ShiftPlan) -> Vec<Bar> {
    let (start, end) = ends(shift);
    let bar = |breaks: &Vec<(Span, Span)>| Bar {
        group: shift.group.clone(),
        name: shift.name.clone(),
        agents: 1,
        start,
        end,
        breaks: breaks.iter().map(|one| pause(start, *one)).collect(),
    };
    shift.breaks.iter().map(bar).collect()
}

/// All agents of a shift on a line; a break stretches from the first agent's to the last one's.
fn whole(shift: &ShiftPlan) -> Bar {
    let (start, end) = ends(shift);
    let count = shift.breaks.first().map_or(0, Vec::len);
    let stretch = |number: usize| {
        let each = shift.breaks.iter().filter_map(|breaks| breaks.get(number));
        let all: Vec<(f64, f64, String)> = each.map(|one| pause(start, *one)).collect();
        let from = all.iter().map(|one| one.0).fold(f64::INFINITY, f64::min);
        let to = all.iter().map(|one| one.1).fold(0.0, f64::max);
        let length = all.first().map_or(0.0, |one| (one.1 - one.0) / 60.0);
        let said = format!("break of {length:.0} min, from {} to {}", clock(from), clock(to));
        (from, to, said)
    };
    Bar {
        group: shift.group.clone(),
        name: shift.name.clone(),
        agents: shift.agents,
        start,
        end,
        breaks: (0..count).map(stretch).collect(),
    }
}

fn picture(title: &str, about: &str, bars: &[Bar], single: bool) -> Picture {
    let keys = [
        Key::new(Swatch::Solid(BLUE), "at work"),
        Key::new(
            Swatch::Solid(ORANGE),
            if single { "break" } else { "breaks, from the first agent's to the last one's" },
        ),
    ];
    let mut picture = Picture::new(WIDTH, 0.0);
    let first = header(&mut picture, title, about, &keys) + 6.0;
    let hour = 3_600.0;
    let from = (bars.iter().map(|bar| bar.start).fold(f64::INFINITY, f64::min) / hour).floor() * hour;
    let to = (bars.iter().map(|bar| bar.end).fold(0.0, f64::max) / hour).ceil() * hour;
    let said = |bar: &Bar| if single { String::new() } else { format!(" × {}", bar.agents) };
    let name = |bar: &Bar| format!("{}{}", shortened(&bar.name, 30), said(bar));
    let widest = bars.iter().map(|bar| text_width(&name(bar), SIZE, false)).fold(0.0, f64::max);
    let left = MARGIN + widest + 10.0;
    let right = WIDTH - MARGIN;
    let x = |at: f64| left + (at - from) / (to - from).max(1.0) * (right - left);
    let row = if single { LOW } else { HIGH };
    let mut y = first;
    let mut places = Vec::new();
    let mut last: Option<(&str, &str)> = None;
    for bar in bars {
        if last.is_none_or(|(group, _)| group != bar.group) {
            y += if last.is_some() { 8.0 } else { 0.0 };
            places.push((y, None));
            y += 18.0;
        }
        places.push((y, Some(bar)));
        y += row;
        last = Some((&bar.group, &bar.name));
    }
    let bottom = y + 4.0;
    let hours = (right - left) / ((to - from) / hour).max(1.0);
    let every = [1, 2, 3, 6].into_iter().find(|every| f64::from(*every) * hours >= 40.0).unwrap_or(12);
    for number in (0..=((to - from) / hour) as usize).step_by(every as usize) {
        let at = from + number as f64 * hour;
        picture.line(&[(x(at), first), (x(at), bottom)], solid(GRID, 1.0));
        let place = (x(at).min(right - 12.0), bottom + 15.0);
        picture.text(place, clock(at), letters(SIZE, FAINT_INK, Anchor::Middle));
    }
    picture.line(&[(left, bottom), (right, bottom)], solid(AXIS, 1.0));
    let mut named: Option<(&str, &str)> = None;
    let mut cut = false;
    for (top, bar) in &places {
        let Some(bar) = bar else {
            // The group's name stands over its lines; a page may end before it.
            if cut {
                picture.cut(top - 4.0);
            }
            cut = true;
            named = None;
            continue;
        };
        let this = (bar.group.as_str(), bar.name.as_str());
        if named.is_none() {
            let group = fitting(&bar.group, 12.0, true, WIDTH - 2.0 * MARGIN);
            picture.text((MARGIN, top - 5.0), group, bold(12.0, INK, Anchor::Start));
        }
        if named != Some(this) || !single {
            let base = top + row / 2.0 + SIZE * 0.36;
            picture.text((left - 8.0, base), name(bar), letters(SIZE, FAINT_INK, Anchor::End));
        }
        named = Some(this);
        let (upper, lower) = (top + 1.5, top + row - 1.5);
        picture.rectangle((x(bar.start), upper), (x(bar.end), lower), BLUE, 0.75);
        let who = format!("{}, {}{}", bar.group, bar.name, said(bar));
        let tip = format!("{who}: {} to {}", clock(bar.start), clock(bar.end));
        picture.tip((x(bar.start), upper), (x(bar.end), lower), &tip);
        for (from, to, said) in &bar.breaks {
            picture.rectangle((x(*from), upper), (x(*to), lower), ORANGE, 1.0);
            picture.tip((x(*from), upper), (x(*to), lower), &format!("{who}: {said}"));
        }
    }
    picture.height = (bottom + 26.0).ceil();
    picture
}
