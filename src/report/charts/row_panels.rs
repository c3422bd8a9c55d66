//! Panels over the reported time: rows of figures become curves, ribbons and bars.

use std::borrow::Cow;

use crate::figures::{Figure, Results, Row, Unit};
use crate::units::{Span, TimeOfDay};

use super::super::wording::{amount, plain, row_label, shortened};
use super::axis::{Axis, Hours};
use super::chart::Chart;
use super::palette::{INK, dashed};
use super::panel::{Layer, Panel};
use super::picture::{Colour, Stroke};
use super::sheet::{Grid, Key, Swatch, picture};

/// Panels on one chart; more queues make a further file.
const MOST: usize = 14;

/// Rows of a chart that say something where they are pointed at; of more, the page would become too heavy to mail.
const MOST_TIPS: usize = 2_000;

/// A figure of rows as it is drawn.
pub(super) struct Line<'a> {
    pub(super) rows: &'a [Row],
    pub(super) figure: Figure,
    pub(super) stroke: Stroke,
    pub(super) label: Cow<'a, str>,
    /// Whether it gets its ribbon across days and its bars of confidence.
    pub(super) spread: bool,
    /// Whether it holds for a whole row and jumps between them.
    pub(super) steps: bool,
}

/// A panel before its axes are known.
pub(super) struct Plan<'a> {
    pub(super) name: String,
    pub(super) detail: String,
    pub(super) lines: Vec<Line<'a>>,
    pub(super) level: Option<f64>,
}

/// What is common to the panels of a chart.
pub(super) struct Look<'a> {
    pub(super) file: &'static str,
    pub(super) title: String,
    pub(super) about: &'a str,
    /// What a ribbon says, for a chart that has one.
    pub(super) ribbon: &'a str,
    pub(super) unit: Unit,
    /// What the vertical axis counts.
    pub(super) of: &'static str,
    /// A vertical axis that always reaches this far.
    pub(super) at_least: f64,
    pub(super) level: &'static str,
}

/// The hours of the day in which anything ever happens, where that leaves out much of a night, without the days on
/// which nothing does.
pub(super) fn hours(results: &Results) -> Hours {
    if results.calendar.start().is_none() && !results.folded {
        return Hours::ALL;
    }
    let day = Span::DAY.seconds();
    let scopes = results.queues.iter().chain(std::iter::once(&results.total)).flat_map(|scope| &scope.rows);
    let groups =
        results.groups.iter().chain(std::iter::once(&results.all_groups)).flat_map(|group| &group.rows);
    let (mut first, mut last) = (day, 0.0f64);
    let (mut seen, mut open) = (0_u64, 0_u64);
    for row in scopes.chain(groups) {
        let bit = 1_u64.checked_shl((row.start.seconds() / day) as u32).unwrap_or(0);
        seen |= bit;
        let signs = [Figure::Offered, Figure::OnDuty, Figure::Busy, Figure::QueueLength];
        if signs.iter().any(|sign| row.figures.value(*sign).is_some_and(|value| value > 0.0)) {
            open |= bit;
            let from = row.start.seconds() % day;
            first = first.min(from);
            last = last.max(from + row.length.seconds());
        }
    }
    let hour = Span::HOUR.seconds();
    let (from, to) = ((first / hour).floor() * hour, (last / hour).ceil() * hour);
    let closed = if open == 0 { 0 } else { seen & !open };
    if to <= from || to > day || to - from > 20.0 * hour {
        Hours { closed, ..Hours::ALL }
    } else {
        Hours { from, to, closed }
    }
}

/// What the axis leaves out, in a sentence after others.
pub(super) fn left_out(hours: Hours) -> String {
    let clock = |seconds: f64| TimeOfDay::from_seconds(seconds as u32);
    let mut said = String::new();
    if (hours.from, hours.to) != (Hours::ALL.from, Hours::ALL.to) {
        said += &format!(" Only {} to {} of each day is shown.", clock(hours.from), clock(hours.to));
    }
    if hours.closed != 0 {
        said += " Days on which nothing happens take no room.";
    }
    said
}

/// The charts of the panels that show something: one file, or several where there are many.
pub(super) fn finished(results: &Results, look: &Look<'_>, mut plans: Vec<Plan<'_>>) -> Vec<Chart> {
    for plan in &mut plans {
        plan.lines.retain(|line| line.rows.iter().any(|row| row.figures.get(line.figure).is_some()));
    }
    plans.retain(|plan| !plan.lines.is_empty());
    let files = plans.len().div_ceil(MOST);
    let hours = hours(results);
    let rare = plans.iter().flat_map(|plan| &plan.lines).any(|line| {
        let said = |row: &Row| row.figures.get(line.figure).is_some() && !is_drawn(line, row) && is_rare(row);
        line.figure != Figure::Occupancy && line.rows.iter().any(said)
    });
    let few = if rare { " Intervals with fewer than one contact in two days are left out." } else { "" };
    let cut = format!("{few}{}", left_out(hours));
    plans
        .chunks(MOST)
        .enumerate()
        .map(|(file, plans)| {
            let grid = Grid::wide(plans.len());
            let rows = |plan: &Plan<'_>| plan.lines.iter().map(|line| line.rows.len()).max().unwrap_or(0);
            // What other charts say too has fewer.
            let most =
                if matches!(look.file, "arrivals" | "abandonment") { MOST_TIPS / 2 } else { MOST_TIPS };
            let with_tips = plans.iter().map(rows).sum::<usize>() <= most;
            let draw = |plan| panel(results, look, plan, (grid, hours), with_tips);
            let panels: Vec<Panel> = plans.iter().map(draw).collect();
            let part = if files > 1 { format!(" ({} of {files})", file + 1) } else { String::new() };
            let title = format!("{}{part}", look.title);
            let keys = legend(look, plans, &panels);
            let ribbon = if ribbon_colour(&panels).is_some() { look.ribbon } else { "" };
            let gap = if ribbon.is_empty() { "" } else { " " };
            let about = format!("{}{gap}{ribbon}{cut}", look.about);
            Chart::new(look.file, file, &title, picture(&title, &about, &keys, grid, &panels))
        })
        .collect()
}

fn panel(
    results: &Results,
    look: &Look<'_>,
    plan: &Plan<'_>,
    (grid, hours): (Grid, Hours),
    with_tips: bool,
) -> Panel {
    let rows = || plan.lines.iter().flat_map(|line| line.rows);
    let from = rows().map(|row| row.start.seconds()).fold(f64::INFINITY, f64::min);
    let to = rows().map(|row| (row.start + row.length).seconds()).fold(0.0, f64::max);
    let width = grid.frame_width();
    let x = Axis::time(&results.calendar, results.folded, hours, (from, to), width);

    let mut largest = look.at_least.max(plan.level.unwrap_or(0.0));
    let mut layers = Vec::new();
    for line in &plan.lines {
        for row in line.rows.iter().filter(|row| is_drawn(line, row)) {
            largest = largest.max(row.figures.value(line.figure).unwrap_or(0.0));
            if line.spread {
                largest = largest.max(ribbon(row, line.figure).map_or(0.0, |(_, upper)| upper));
            }
        }
        if line.spread {
            layers.extend(ribbons(line, line.stroke.colour));
        }
    }
    if let Some(level) = plan.level {
        layers.push(Layer::Level { y: level, stroke: LEVEL });
    }
    for line in &plan.lines {
        layers.extend(curves(line));
        if line.spread {
            layers.extend(bars(line, &x, width));
        }
    }
    if with_tips {
        layers.push(tips(results, look, plan));
    }
    let ticks = if grid.height >= 160.0 { 5 } else { 4 };
    Panel {
        name: shortened(&plan.name, 60),
        detail: plan.detail.clone(),
        x,
        y: Axis::upward(look.unit, largest, look.of, ticks),
        layers,
    }
}

/// What each row says where it is pointed at: every line's value, with its half-width and its ribbon.
fn tips(results: &Results, look: &Look<'_>, plan: &Plan<'_>) -> Layer {
    let Some(first) = plan.lines.iter().max_by_key(|line| line.rows.len()) else {
        return Layer::Tips { stretches: Vec::new() };
    };
    let said = |line: &Line<'_>, row: &Row| {
        let estimate = row.figures.get(line.figure).filter(|_| is_drawn(line, row))?;
        // Not what its meaning is: that stands in the legend.
        let label = line.label.split(" (").next().unwrap_or(&line.label);
        let amount = amount(look.unit, estimate);
        let half_width = amount.half_width.map_or_else(String::new, |half| format!(" ± {half}"));
        let spread =
            ribbon(row, line.figure).filter(|_| line.spread).map_or_else(String::new, |(low, high)| {
                format!(", 8 days in 10 {} to {}", plain(look.unit, low), plain(look.unit, high))
            });
        let happens = estimate.value != 0.0 || look.unit == Unit::Share;
        Some((happens, format!("{label} {}{half_width}{spread}", amount.value)))
    };
    let stretches = first.rows.iter().filter_map(|row| {
        // Not every line has every row: they are met by their time.
        let same = |line: &Line<'_>| {
            let at = line.rows.binary_search_by(|other| other.start.cmp(&row.start)).ok()?;
            said(line, &line.rows[at])
        };
        let lines: Vec<(bool, String)> = plan.lines.iter().filter_map(same).collect();
        let (from, to) = edges(row);
        // Nights in which nothing happens say nothing; a share is there only where something did.
        let happens = lines.iter().any(|line| line.0);
        let lines: Vec<String> = lines.into_iter().map(|line| line.1).collect();
        happens.then(|| (from, to, format!("{}: {}", row_label(results, row), lines.join("; "))))
    });
    Layer::Tips { stretches: stretches.collect() }
}

/// The line of a target.
const LEVEL: Stroke = dashed(INK, 1.25);

fn ribbon(row: &Row, figure: Figure) -> Option<(f64, f64)> {
    row.ribbons.iter().find(|(f, _)| *f == figure).map(|(_, ribbon)| (ribbon.p10, ribbon.p90))
}

/// Neighbouring rows for which `of` has something, as runs without a gap.
fn runs<'a, T>(rows: &'a [Row], of: impl Fn(&'a Row) -> Option<T>) -> Vec<Vec<(&'a Row, T)>> {
    let mut runs: Vec<Vec<(&Row, T)>> = Vec::new();
    let mut open = false;
    for row in rows {
        match of(row) {
            Some(value) => {
                if !open {
                    runs.push(Vec::new());
                }
                open = true;
                if let Some(run) = runs.last_mut() {
                    run.push((row, value));
                }
            }
            None => open = false,
        }
    }
    runs
}

/// Whether a line is drawn at a row. Not the occupancy after the last shift: only those who stay over are left
/// then, all of them busy.
fn is_drawn(line: &Line<'_>, row: &Row) -> bool {
    let scheduled = |row: &Row| row.figures.value(Figure::Scheduled).is_some_and(|agents| agents > 1e-9);
    let there = line.figure != Figure::Occupancy || scheduled(row) || !line.rows.iter().any(scheduled);
    let share = matches!(line.figure, Figure::ServiceLevel | Figure::Abandonment);
    there && !(share && is_rare(row))
}

/// Contacts an interval below which a share of them says nothing: one in two days.
const RARE: f64 = 0.5;

/// Whether so few contacts come that a share of them would be chance alone.
pub(super) fn is_rare(row: &Row) -> bool {
    row.figures.value(Figure::Offered).is_some_and(|offered| offered < RARE)
}

fn edges(row: &Row) -> (f64, f64) {
    (row.start.seconds(), (row.start + row.length).seconds())
}

fn middle(row: &Row) -> f64 {
    let (from, to) = edges(row);
    (from + to) / 2.0
}

fn ribbons(line: &Line<'_>, colour: Colour) -> Vec<Layer> {
    runs(line.rows, |row| ribbon(row, line.figure).filter(|_| is_drawn(line, row)))
        .into_iter()
        .map(|run| {
            let points = match run.as_slice() {
                // One row alone: as wide as it lasts.
                [(row, (lower, upper))] => {
                    let (from, to) = edges(row);
                    vec![(from, *lower, *upper), (to, *lower, *upper)]
                }
                run => run.iter().map(|(row, (lower, upper))| (middle(row), *lower, *upper)).collect(),
            };
            Layer::Ribbon { points, colour }
        })
        .collect()
}

fn curves(line: &Line<'_>) -> Vec<Layer> {
    runs(line.rows, |row| row.figures.value(line.figure).filter(|_| is_drawn(line, row)))
        .into_iter()
        .map(|run| {
            let points = if line.steps || run.len() == 1 {
                let step = |(row, value): &(&Row, f64)| {
                    let (from, to) = edges(row);
                    [(from, *value), (to, *value)]
                };
                run.iter().flat_map(step).collect()
            } else {
                run.iter().map(|(row, value)| (middle(row), *value)).collect()
            };
            Layer::Curve { points, stroke: line.stroke }
        })
        .collect()
}

/// Bars of confidence, at every row or, where those would run together, at every second, third, ...
fn bars(line: &Line<'_>, x: &Axis, width: f64) -> Option<Layer> {
    const APART: f64 = 7.0;
    let seen = line.rows.iter().find(|row| row.figures.get(line.figure).is_some())?;
    let (from, to) = edges(seen);
    let row_width = ((x.part(to) - x.part(from)) * width).max(0.01);
    let every = (APART / row_width).ceil().max(1.0) as usize;
    let bars: Vec<(f64, f64, f64)> = line
        .rows
        .iter()
        .step_by(every)
        .filter_map(|row| {
            let estimate = row.figures.get(line.figure).filter(|_| is_drawn(line, row))?;
            let half = estimate.half_width.filter(|half| *half > 0.0)?;
            Some((middle(row), estimate.value - half, estimate.value + half))
        })
        .collect();
    (!bars.is_empty()).then_some(Layer::Bars { bars, colour: INK })
}

/// What is drawn in any of the panels, once.
fn legend(look: &Look<'_>, plans: &[Plan<'_>], panels: &[Panel]) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    for line in plans.iter().flat_map(|plan| &plan.lines) {
        let key = Key::new(Swatch::Line(line.stroke), line.label.clone().into_owned());
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    if !look.level.is_empty() && plans.iter().any(|plan| plan.level.is_some()) {
        keys.push(Key::new(Swatch::Line(LEVEL), look.level));
    }
    let layers = || panels.iter().flat_map(|panel| &panel.layers);
    if layers().any(|layer| matches!(layer, Layer::Bars { .. })) {
        keys.push(Key::new(Swatch::Bar(INK), "confidence of the mean"));
    }
    if let Some(colour) = ribbon_colour(panels) {
        keys.push(Key::new(Swatch::Ribbon(colour), "8 days in 10"));
    }
    keys
}

/// The colour of the ribbons, if any is drawn: too few replications give none.
fn ribbon_colour(panels: &[Panel]) -> Option<Colour> {
    panels.iter().flat_map(|panel| &panel.layers).find_map(|layer| match layer {
        Layer::Ribbon { colour, .. } => Some(*colour),
        _ => None,
    })
}
