//! A capacity plan: required and available by week, who comes and goes, and what becomes of the targets.

use jiff::civil::Date;

use crate::experiment::{Aim, Capacity, GroupWeek};
use crate::figures::Unit;
use crate::units::{Calendar, Span};

use super::super::wording::{grouped, percent, shortened};
use super::axis::{Axis, Hours};
use super::chart::Chart;
use super::palette::{BLUE, GREEN, INK, VERMILLION, dashed, dotted, solid};
use super::panel::{Layer, Panel};
use super::sheet::{Grid, Key, Swatch, picture};

/// Panels on one chart; more make a further file.
const MOST: usize = 6;
const WEEK: f64 = 7.0 * 86_400.0;

/// Required and available, all together and by group.
pub(super) fn people(capacity: &Capacity, file: &'static str) -> Vec<Chart> {
    let keys = [
        Key::new(Swatch::Line(solid(BLUE, 2.0)), "required"),
        Key::new(Swatch::Line(solid(INK, 2.0)), "available: what the people get done"),
        Key::new(Swatch::Line(dotted(INK, 1.5)), "paid"),
        Key::new(Swatch::Ribbon(VERMILLION), "missing"),
        Key::new(Swatch::Line(dashed(GREEN, 1.5)), "a class begins"),
    ];
    let about = "Full-time equivalents by week. Newcomers are paid from their first day and get more done as they learn; \
                 whoever leaves is missing from then on.";
    let mut rows: Vec<(String, Vec<GroupWeek>)> = Vec::new();
    let weeks = capacity.weeks.len();
    if capacity.groups.len() != 1 {
        rows.push(("all groups".to_owned(), (0..weeks).map(|week| capacity.total(week)).collect()));
    }
    rows.extend(capacity.groups.iter().map(|group| (group.name.clone(), group.weeks.clone())));
    let chart = |(number, rows): (usize, &[(String, Vec<GroupWeek>)])| {
        let grid = Grid::wide(rows.len());
        let panels: Vec<Panel> =
            rows.iter().map(|(name, weeks)| of_people(capacity, name, weeks, grid)).collect();
        let title = "People required and available";
        Chart::new(file, number, title, picture(title, about, &keys, grid, &panels))
    };
    rows.chunks(MOST).enumerate().map(chart).collect()
}

/// The levels that are to be expected, a panel a target.
pub(super) fn levels(capacity: &Capacity, file: &'static str) -> Vec<Chart> {
    let keys = [
        Key::new(Swatch::Line(solid(BLUE, 2.0)), "expected"),
        Key::new(Swatch::Line(dashed(VERMILLION, 1.5)), "target"),
    ];
    let about =
        "What customers of each week find with the people who are available, in the file's hours and shifts.";
    let chart = |(number, aims): (usize, &[Aim])| {
        let grid = Grid::wide(aims.len());
        let panels: Vec<Panel> = aims.iter().map(|aim| of_aim(capacity, aim, grid)).collect();
        let title = "Targets with the people who are available";
        Chart::new(file, number, title, picture(title, about, &keys, grid, &panels))
    };
    capacity.aims.chunks(MOST).enumerate().map(chart).collect()
}

/// Weeks along the bottom.
fn along(capacity: &Capacity, grid: Grid) -> Axis {
    let calendar = Calendar::new(capacity.weeks.first().copied(), Span::ZERO);
    Axis::time(&calendar, false, Hours::ALL, (0.0, capacity.weeks.len() as f64 * WEEK), grid.frame_width())
}

/// A value that holds for a week: a corner where it begins and one where it ends.
fn steps(values: impl Iterator<Item = Option<f64>>) -> Vec<Vec<(f64, f64)>> {
    let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
    for (week, value) in values.enumerate() {
        match (value, runs.last_mut()) {
            (Some(value), Some(run)) => {
                run.extend([(week as f64 * WEEK, value), ((week + 1) as f64 * WEEK, value)]);
            }
            _ => runs.push(Vec::new()),
        }
    }
    runs.retain(|run| !run.is_empty());
    runs
}

fn of_people(capacity: &Capacity, name: &str, weeks: &[GroupWeek], grid: Grid) -> Panel {
    let tops = weeks.iter().flat_map(|week| [week.required.unwrap_or(0.0), week.available, week.paid]);
    let largest = tops.fold(0.0, f64::max);
    let mut layers = Vec::new();
    let missing = weeks.iter().enumerate().filter_map(|(number, week)| {
        let required = week.required.filter(|required| *required > week.available)?;
        let (from, to) = (number as f64 * WEEK, (number + 1) as f64 * WEEK);
        Some(Layer::Ribbon {
            points: vec![(from, week.available, required), (to, week.available, required)],
            colour: VERMILLION,
        })
    });
    layers.extend(missing);
    let classes = weeks.iter().enumerate().filter(|(_, week)| week.people.hired > 0.0);
    layers.extend(
        classes.map(|(number, _)| Layer::Upright { x: number as f64 * WEEK, stroke: dashed(GREEN, 1.5) }),
    );
    let mut curve = |values: Vec<Option<f64>>, stroke| {
        layers.extend(steps(values.into_iter()).into_iter().map(|points| Layer::Curve { points, stroke }));
    };
    curve(weeks.iter().map(|week| Some(week.paid)).collect(), dotted(INK, 1.5));
    curve(weeks.iter().map(|week| week.required).collect(), solid(BLUE, 2.0));
    curve(weeks.iter().map(|week| Some(week.available)).collect(), solid(INK, 2.0));
    let tip = |(number, week): (usize, &GroupWeek)| {
        let fte = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| grouped(value, 1));
        let mut text = format!(
            "Week of {}: required {}, available {}, gap {}; {} heads",
            said(capacity.weeks[number]),
            fte(week.required),
            fte(Some(week.available)),
            fte(week.gap()),
            grouped(week.people.heads, 1)
        );
        if week.people.hired > 0.0 {
            text += &format!(", {} begin", grouped(week.people.hired, 0));
        }
        (number as f64 * WEEK, (number + 1) as f64 * WEEK, text)
    };
    layers.push(Layer::Tips { stretches: weeks.iter().enumerate().map(tip).collect() });
    Panel {
        name: shortened(name, 60),
        detail: String::new(),
        x: along(capacity, grid),
        y: Axis::upward(Unit::Count, largest, "FTE", if grid.height >= 160.0 { 5 } else { 4 }),
        layers,
    }
}

fn of_aim(capacity: &Capacity, aim: &Aim, grid: Grid) -> Panel {
    let largest = aim.expected.iter().flatten().copied().fold(aim.bound, f64::max);
    let mut layers = vec![Layer::Level { y: aim.bound, stroke: dashed(VERMILLION, 1.5) }];
    let runs = steps(aim.expected.iter().copied());
    layers.extend(runs.into_iter().map(|points| Layer::Curve { points, stroke: solid(BLUE, 2.0) }));
    let tip = |(number, level): (usize, &Option<f64>)| {
        let level = (*level)?;
        let text = format!("Week of {}: {} %", said(capacity.weeks[number]), grouped(level * 100.0, 1));
        Some((number as f64 * WEEK, (number + 1) as f64 * WEEK, text))
    };
    layers.push(Layer::Tips { stretches: aim.expected.iter().enumerate().filter_map(tip).collect() });
    Panel {
        name: shortened(&aim.queue, 60),
        detail: format!("target {}", percent(aim.bound)),
        x: along(capacity, grid),
        y: Axis::upward(Unit::Share, largest, &aim.figure.label().to_lowercase(), 5),
        layers,
    }
}

fn said(date: Date) -> String {
    date.strftime("%-d %B %Y").to_string()
}
