//! Variants over the day, each a line beside the baseline's; and their differences day by day and hour by hour.

use crate::experiment::{Compared, ComparedSlice, OverTime};
use crate::figures::{Better, Estimate, Figure, GroupResult, Results, Row, ScopeResult, Unit};

use super::super::comparison::{order, signed};
use super::super::wording::{shortened, target_words};
use super::axis::Axis;
use super::chart::Chart;
use super::over_time::{row_word, target_of};
use super::palette::{BLUE, FAINT_INK, GREEN, INK, ORANGE, SKY, VERMILLION, dashed, solid};
use super::panel::{Layer, Panel};
use super::picture::Stroke;
use super::row_panels::{Line, Look, Plan, finished};
use super::sheet::{Grid, Key, Swatch, picture};

/// What a comparison found, with what is known of it over time.
pub(in crate::report) struct Beside<'a> {
    pub(in crate::report) compared: &'a Compared,
    pub(in crate::report) over_time: &'a OverTime,
}

/// Variants that charts draw beside the baseline; of more, the first ones.
const MOST: usize = 6;

/// Panels on one chart of days; more queues make a further file.
const MOST_PANELS: usize = 14;

const STROKES: [Stroke; MOST] = [
    solid(BLUE, 1.75),
    solid(VERMILLION, 1.75),
    solid(GREEN, 1.75),
    dashed(ORANGE, 2.0),
    dashed(SKY, 2.0),
    dashed(INK, 1.25),
];

/// Of the baseline.
const BASE: Stroke = solid(FAINT_INK, 2.5);

impl<'a> Beside<'a> {
    /// Those that are drawn, the baseline first, each with its stroke.
    fn drawn(&self) -> impl Iterator<Item = (usize, Stroke)> + '_ {
        let strokes = std::iter::once(BASE).chain(STROKES);
        order(self.compared).zip(strokes)
    }

    fn name(&self, variant: usize) -> String {
        let name = shortened(&self.compared.names[variant], 40);
        if variant == self.compared.baseline { format!("{name} (baseline)") } else { name }
    }

    fn base(&self) -> &'a Results {
        &self.over_time.results[self.compared.baseline]
    }

    /// The names of all queues: the baseline's first, then those that only others have.
    fn queues(&self) -> Vec<&'a str> {
        let mut names: Vec<&str> = Vec::new();
        for variant in order(self.compared) {
            for queue in &self.over_time.results[variant].queues {
                if !names.contains(&queue.name.as_str()) {
                    names.push(&queue.name);
                }
            }
        }
        names
    }

    /// What the chart leaves out.
    fn left_out(&self) -> &'static str {
        if self.compared.names.len() > MOST + 1 { " The first variants alone are drawn." } else { "" }
    }

    /// A panel a queue: a figure at each of those compared.
    fn of_queues(
        &self,
        figure: Figure,
        level: impl Fn(&ScopeResult) -> Option<(String, Option<f64>)>,
    ) -> Vec<Plan<'a>> {
        let plan = |name: &&'a str| {
            let all = &self.over_time.results;
            let of = |variant: usize| all[variant].queues.iter().find(|queue| queue.name == **name);
            let (detail, level) =
                order(self.compared).find_map(|variant| level(of(variant)?)).unwrap_or_default();
            let rows = |variant| of(variant).map(|queue| queue.rows.as_slice());
            Plan { name: (*name).to_owned(), detail, lines: self.lines(figure, rows), level }
        };
        self.queues().iter().map(plan).collect()
    }

    fn lines(&self, figure: Figure, rows: impl Fn(usize) -> Option<&'a [Row]>) -> Vec<Line<'a>> {
        let line = |(variant, stroke): (usize, Stroke)| {
            let label = self.name(variant).into();
            Some(Line { rows: rows(variant)?, figure, stroke, label, spread: false, steps: false })
        };
        self.drawn().filter_map(line).collect()
    }
}

const SAME: &str = "Means of all replications, on the same customers.";

pub(super) fn service_level(beside: &Beside<'_>, file: &'static str) -> Vec<Chart> {
    let plans = beside.of_queues(Figure::ServiceLevel, |queue| {
        target_of(queue, Figure::ServiceLevel).map(|target| (target_words(target), Some(target.share)))
    });
    let look = Look {
        file,
        title: format!("Service level of every {}, at each of those compared", row_word(beside.base())),
        about: &format!(
            "{SAME} Where a line lies above another it serves more customers in time.{}",
            beside.left_out()
        ),
        ribbon: "",
        unit: Unit::Share,
        of: "in time",
        at_least: 1.0,
        level: "target",
    };
    finished(beside.base(), &look, plans)
}

pub(super) fn waits(beside: &Beside<'_>, file: &'static str) -> Vec<Chart> {
    let plans = beside.of_queues(Figure::Wait, |queue| {
        let target = target_of(queue, Figure::ServiceLevel).filter(|target| !target.response)?;
        Some((target_words(target), target.within_seconds))
    });
    let look = Look {
        file,
        title: format!(
            "Mean wait by the {} customers come in, at each of those compared",
            row_word(beside.base())
        ),
        about: &format!("{SAME} Each queue has its own scale.{}", beside.left_out()),
        ribbon: "",
        unit: Unit::Seconds,
        of: "mean wait",
        at_least: 0.0,
        level: "target time",
    };
    finished(beside.base(), &look, plans)
}

pub(super) fn occupancy(beside: &Beside<'_>, file: &'static str) -> Vec<Chart> {
    let all = &beside.over_time.results;
    let mut names: Vec<&GroupResult> = Vec::new();
    for variant in order(beside.compared) {
        for group in &all[variant].groups {
            if !names.iter().any(|known| known.name == group.name) {
                names.push(group);
            }
        }
    }
    let plan = |group: &GroupResult| {
        let rows = |variant: usize| {
            let own = all[variant].groups.iter().find(|own| own.name == group.name);
            own.map(|own| own.rows.as_slice())
        };
        let lines = beside.lines(Figure::Occupancy, rows);
        Plan { name: group.name.clone(), detail: group.site.clone().unwrap_or_default(), lines, level: None }
    };
    let look = Look {
        file,
        title: format!("Occupancy of every {}, at each of those compared", row_word(beside.base())),
        about: &format!("{SAME} Time with any work over the time on duty.{}", beside.left_out()),
        ribbon: "",
        unit: Unit::Share,
        of: "occupied",
        at_least: 1.0,
        level: "",
    };
    finished(beside.base(), &look, names.into_iter().map(plan).collect())
}

/// Differences of the service level day by day; of queues without one, of the mean wait.
pub(super) fn days(beside: &Beside<'_>, file: &'static str) -> Vec<Chart> {
    slices(beside, file, &beside.over_time.days, "day by day")
}

/// The same by hour of the day, of all days together.
pub(super) fn hours(beside: &Beside<'_>, file: &'static str) -> Vec<Chart> {
    slices(beside, file, &beside.over_time.hours, "hour by hour, all days together")
}

fn slices(beside: &Beside<'_>, file: &'static str, slices: &[ComparedSlice], by: &str) -> Vec<Chart> {
    let mut labels: Vec<String> = Vec::new();
    for slice in slices {
        if !labels.contains(&slice.when) {
            labels.push(slice.when.clone());
        }
    }
    if labels.len() < 2 {
        return Vec::new();
    }
    let queue = |name: &&str| {
        let of = |figure: Figure| -> Vec<&ComparedSlice> {
            slices.iter().filter(|slice| slice.queue == **name && slice.figure.figure == figure).collect()
        };
        let level = of(Figure::ServiceLevel);
        let own = if level.is_empty() { of(Figure::Wait) } else { level };
        // A queue that the baseline does not open differs from nothing.
        let differs =
            |slice: &&ComparedSlice| slice.figure.variants.iter().any(|beside| beside.difference.is_some());
        own.iter().any(differs).then_some(own)
    };
    let queues: Vec<Vec<&ComparedSlice>> = beside.queues().iter().filter_map(queue).collect();
    let files = queues.len().div_ceil(MOST_PANELS);
    let chart = |(file_number, queues): (usize, &[Vec<&ComparedSlice>])| {
        let grid = Grid::wide(queues.len());
        let panels: Vec<Panel> = queues.iter().map(|own| of_slices(beside, own, &labels, grid)).collect();
        let part = if files > 1 { format!(" ({} of {files})", file_number + 1) } else { String::new() };
        let title = format!("Differences from the baseline, {by}{part}");
        let about = format!(
            "Above the line the figure is higher than at {}. A bar that does not reach the line is a difference that is \
             not chance; they are taken replication by replication.{}",
            beside.name(beside.compared.baseline),
            beside.left_out()
        );
        let line =
            |(variant, stroke): (usize, Stroke)| Key::new(Swatch::Solid(stroke.colour), beside.name(variant));
        let mut keys: Vec<Key> = beside.drawn().skip(1).map(line).collect();
        keys.push(Key::new(Swatch::Bar(FAINT_INK), "confidence of the difference"));
        Chart::new(file, file_number, &title, picture(&title, &about, &keys, grid, &panels))
    };
    queues.chunks(MOST_PANELS).enumerate().map(chart).collect()
}

fn of_slices(beside: &Beside<'_>, slices: &[&ComparedSlice], labels: &[String], grid: Grid) -> Panel {
    let figure = slices.first().map_or(Figure::ServiceLevel, |slice| slice.figure.figure);
    let others: Vec<(usize, Stroke)> = beside.drawn().skip(1).collect();
    let (mut layers, mut ends) = (Vec::new(), (0.0_f64, 0.0_f64));
    layers.push(Layer::Level { y: 0.0, stroke: solid(INK, 1.25) });
    let mut spots = Vec::new();
    for (number, (variant, stroke)) in others.iter().enumerate() {
        // Side by side within a day or an hour.
        let aside = (number as f64 + 0.5) / others.len() as f64 * 0.6 - 0.3;
        let (mut points, mut bars) = (Vec::new(), Vec::new());
        for slice in slices {
            let Some(at) = labels.iter().position(|label| *label == slice.when) else { continue };
            let Some(Estimate { value, half_width }) = slice.figure.variants[*variant].difference else {
                continue;
            };
            let (x, half) = (at as f64 + aside, half_width.unwrap_or(0.0));
            points.push((x, value));
            bars.push((x, value - half, value + half));
            ends = (ends.0.min(value - half), ends.1.max(value + half));
            let difference = signed(figure.unit(), Estimate { value, half_width });
            spots.push((x, value, format!("{}, {}: {difference}", slice.when, beside.name(*variant))));
        }
        layers.push(Layer::Bars { bars, colour: stroke.colour });
        layers.push(Layer::Dots { points, colour: stroke.colour, width: 6.0 });
    }
    layers.push(Layer::Spots { spots });
    let better = match figure.better() {
        Better::Higher => "higher is better",
        Better::Lower => "lower is better",
        Better::Neither => "",
    };
    let mut y = Axis::along(figure.unit(), ends, "", 4, false);
    y.unit = match figure.unit() {
        Unit::Share => "points of a percent".to_owned(),
        _ => y.unit,
    };
    Panel {
        name: slices.first().map_or_else(String::new, |slice| shortened(&slice.queue, 60)),
        detail: format!("{}, {better}", figure.label().to_lowercase()),
        x: Axis::named(labels, "", grid.frame_width()),
        y,
        layers,
    }
}
