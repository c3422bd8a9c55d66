//! Waits and resolution against what is swept: a curve for every value of the second parameter.

use crate::figures::{Estimate, Figure, Unit};

use super::super::swept::{Point, Swept};
use super::super::wording::{percent, shortened, written};
use super::axis::{Axis, Tick};
use super::chart::Chart;
use super::font::text_width;
use super::palette::{BLUE, GREEN, INK, ORANGE, SKY, VERMILLION, dashed, dotted, solid};
use super::panel::{Layer, Panel};
use super::picture::Stroke;
use super::sheet::{Grid, Key, Swatch, picture};

/// Lines that an eye can still tell apart.
const MOST_LINES: usize = 8;

/// Values that an axis names one by one.
const MOST_TICKS: usize = 16;

const LOOKS: [Stroke; MOST_LINES] = [
    solid(BLUE, 2.0),
    solid(VERMILLION, 2.0),
    solid(GREEN, 2.0),
    solid(ORANGE, 2.0),
    dashed(SKY, 2.0),
    dashed(VERMILLION, 2.0),
    dashed(GREEN, 2.0),
    dashed(ORANGE, 2.0),
];

const TARGET: Stroke = dotted(INK, 1.5);

/// How points become lines.
pub(super) struct Design<'a> {
    /// The path along the horizontal axis.
    pub(super) x: usize,
    /// The path that makes the difference between lines, where there is one.
    pub(super) second: Option<usize>,
    /// A label and the points, in order along the axis.
    lines: Vec<(String, Vec<(f64, &'a Point)>)>,
    /// Whether points are too scattered for lines: a sample.
    scattered: bool,
    /// Whether the parameters after the second stand at their middle values.
    held: bool,
    /// What is said of what is left out.
    notes: String,
}

/// The first path that moves and is all numbers, else the first that moves.
fn first(swept: &Swept) -> usize {
    let moves = |path: &usize| swept.values(*path).len() > 1;
    let paths = || (0..swept.paths.len()).filter(moves);
    paths().find(|path| swept.numbers(*path).is_some()).or(paths().next()).unwrap_or(0)
}

/// The points with the later parameters at their middle values, and what is said of it.
pub(super) fn held<'a>(swept: &'a Swept, later: &[usize]) -> (Vec<(usize, &'a Point)>, String) {
    let mut points: Vec<(usize, &Point)> = swept.points.iter().enumerate().collect();
    let mut held = Vec::new();
    for path in later {
        let values = swept.values(*path);
        let Some(value) = values.get(values.len() / 2) else { continue };
        points.retain(|(_, point)| point.settings[*path] == *value);
        held.push(format!("{} = {}", swept.path_in_words(*path), shortened(value, 30)));
    }
    let note = match held.as_slice() {
        [] => String::new(),
        _ => format!(" Drawn for {}; the rest is in sweep.csv.", held.join(" and ")),
    };
    (points, note)
}

/// The paths beside `x` that say something of their own.
pub(super) fn others(swept: &Swept, x: usize) -> Vec<usize> {
    let mut others: Vec<usize> = Vec::new();
    for path in 0..swept.paths.len() {
        let known = std::iter::once(&x).chain(&others).any(|other| swept.follows(path, *other));
        if path != x && !known {
            others.push(path);
        }
    }
    others
}

impl<'a> Design<'a> {
    pub(super) fn of(swept: &'a Swept) -> Design<'a> {
        let x = first(swept);
        let others = others(swept, x);
        let names = swept.values(x);
        let along: Vec<f64> = match swept.numbers(x) {
            Some((numbers, _)) => numbers,
            None => {
                let place = |point: &Point| names.iter().position(|name| *name == point.settings[x]);
                swept.points.iter().map(|point| place(point).unwrap_or(0) as f64).collect()
            }
        };
        let mut design = Design {
            x,
            second: others.first().copied(),
            lines: lines(swept.points.iter().enumerate(), &others, &along),
            scattered: false,
            held: false,
            notes: String::new(),
        };
        if swept.about.sampled() {
            // Points share no values, so that no two of them make a line.
            design.lines = lines(swept.points.iter().enumerate(), &[], &along);
            (design.second, design.scattered) = (None, true);
            return design;
        }
        if design.lines.len() > MOST_LINES && others.len() > 1 {
            let (points, note) = held(swept, &others[1..]);
            design.lines = lines(points.into_iter(), &others[..1], &along);
            (design.notes, design.held) = (note, true);
        }
        let count = design.lines.len();
        if count > MOST_LINES {
            let spread = |i: usize| i * (count - 1) / (MOST_LINES - 1);
            let kept: Vec<usize> = (0..MOST_LINES).map(spread).collect();
            let mut place = 0..;
            design.lines.retain(|_| place.next().is_some_and(|place| kept.contains(&place)));
            design.notes += &format!(" {MOST_LINES} of {count} lines are drawn; the rest is in sweep.csv.");
        }
        design
    }
}

fn lines<'a>(
    points: impl Iterator<Item = (usize, &'a Point)>,
    by: &[usize],
    along: &[f64],
) -> Vec<(String, Vec<(f64, &'a Point)>)> {
    let mut lines: Vec<(String, Vec<(f64, &Point)>)> = Vec::new();
    for (place, point) in points {
        let values: Vec<String> = by.iter().map(|path| shortened(&point.settings[*path], 30)).collect();
        let label = values.join(", ");
        let at = (along.get(place).copied().unwrap_or(0.0), point);
        match lines.iter_mut().find(|(known, _)| *known == label) {
            Some((_, points)) => points.push(at),
            None => lines.push((label, vec![at])),
        }
    }
    for (_, points) in &mut lines {
        points.sort_by(|a, b| a.0.total_cmp(&b.0));
    }
    lines
}

/// An axis for a path's values.
pub(super) fn parameter_axis(swept: &Swept, path: usize, width: f64) -> Axis {
    let name = shortened(&swept.path_in_words(path), 48);
    let Some((numbers, times)) = swept.numbers(path) else {
        let names: Vec<String> = swept.values(path).iter().map(|value| shortened(value, 20)).collect();
        return Axis::named(&names, &name, width);
    };
    let from = numbers.iter().copied().fold(f64::INFINITY, f64::min);
    let to = numbers.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let unit = if times { Unit::Seconds } else { Unit::Count };
    let whole = !times && numbers.iter().all(|number| number.fract() == 0.0);
    // As many ticks as the widest label leaves room for.
    let ends = [from, to].map(|end| text_width(&format!("{end:.1}"), 11.0, false));
    let room = ends.into_iter().fold(30.0, f64::max) + 24.0;
    let axis = Axis::along(unit, (from, to), &name, (width / room).max(2.0) as usize, whole);
    let mut ticks: Vec<Tick> = Vec::new();
    for (at, point) in numbers.iter().zip(&swept.points) {
        if ticks.iter().all(|tick| tick.at != *at) {
            ticks.push(Tick { at: *at, label: point.settings[path].clone() });
        }
        if ticks.len() > MOST_TICKS {
            return axis;
        }
    }
    ticks.sort_by(|a, b| a.at.total_cmp(&b.at));
    axis.with_ticks(ticks, &name, width)
}

/// Waits, service level and abandonment against what is swept.
pub(super) fn waits(swept: &Swept, file: &'static str) -> Vec<Chart> {
    let figures = [Figure::Wait, Figure::WaitP90, Figure::ServiceLevel, Figure::Abandonment];
    let more = "The scale of the service level shows the range of its values. ";
    chart(swept, file, "Waits of", more, &figures, true).into_iter().collect()
}

/// How well problems are solved against what is swept.
pub(super) fn resolution(swept: &Swept, file: &'static str) -> Vec<Chart> {
    let figures = [Figure::Fcr, Figure::Resolution, Figure::TimeToResolution, Figure::ContactsPerCase];
    let more = "The vertical scales show the range of the values, not all from 0. ";
    chart(swept, file, "Resolution in", more, &figures, false).into_iter().collect()
}

fn chart(
    swept: &Swept,
    file: &str,
    of: &str,
    more: &str,
    figures: &[Figure],
    from_zero: bool,
) -> Option<Chart> {
    let design = Design::of(swept);
    // A resolution that no point changes says nothing.
    let seen = |figure: &&Figure| {
        let mut values = swept.points.iter().filter_map(|point| point.figures.value(**figure));
        let first = values.next();
        first.is_some() && (from_zero || values.any(|value| Some(value) != first))
    };
    let figures: Vec<Figure> = figures.iter().filter(seen).copied().collect();
    let grid = Grid::compact(figures.len());
    let panels: Vec<Panel> =
        figures.iter().map(|figure| panel(swept, &design, *figure, grid, from_zero)).collect();
    let keys = keys(swept, &design, figures.contains(&Figure::ServiceLevel));
    let title =
        format!("{of} {}, against {}", swept.subject(), shortened(&swept.path_in_words(design.x), 60));
    let about = about(swept, &design, more);
    (!panels.is_empty()).then(|| Chart::new(file, 0, &title, picture(&title, &about, &keys, grid, &panels)))
}

fn about(swept: &Swept, design: &Design<'_>, more: &str) -> String {
    let lines = match design.second {
        Some(_) if design.lines.len() > 1 => {
            format!("A line for each value of {}. ", told_apart_by(swept, design))
        }
        _ if design.scattered => {
            "A dot for each point of the sample; the other parameters differ too. ".to_owned()
        }
        _ => String::new(),
    };
    let bars = if swept.about.replications() > 1 {
        format!("Thin upright bars: {} confidence intervals.", percent(swept.about.confidence()))
    } else {
        String::new()
    };
    format!("{lines}{more}{bars}{}", design.notes)
}

/// What makes the difference between lines.
fn told_apart_by(swept: &Swept, design: &Design<'_>) -> String {
    let others = others(swept, design.x);
    let drawn = if design.held { &others[..1] } else { &others[..] };
    drawn.iter().map(|path| swept.path_in_words(*path)).collect::<Vec<_>>().join(" with ")
}

fn keys(swept: &Swept, design: &Design<'_>, with_target: bool) -> Vec<Key> {
    let mut keys: Vec<Key> = Vec::new();
    if design.lines.len() > 1 {
        keys.push(Key::new(Swatch::Nothing, shortened(&told_apart_by(swept, design), 90)));
        let line = |(look, (label, _)): (&Stroke, &(String, _))| Key::new(Swatch::Line(*look), label.clone());
        keys.extend(LOOKS.iter().zip(&design.lines).map(line));
    }
    if let (true, Some(target)) = (with_target, &swept.target) {
        keys.push(Key::new(Swatch::Line(TARGET), format!("target: {}", target.words)));
    }
    keys
}

fn panel(swept: &Swept, design: &Design<'_>, figure: Figure, grid: Grid, from_zero: bool) -> Panel {
    let unit = figure.unit();
    let target = swept.target.as_ref().filter(|_| figure == Figure::ServiceLevel);
    let ends = |estimate: Estimate| {
        let half = estimate.half_width.unwrap_or(0.0);
        let most = if unit == Unit::Share { 1.0 } else { f64::INFINITY };
        ((estimate.value - half).max(0.0), (estimate.value + half).min(most))
    };
    let mut span = target.map_or((f64::INFINITY, f64::NEG_INFINITY), |target| (target.share, target.share));
    let mut layers: Vec<Layer> =
        target.map(|target| Layer::Level { y: target.share, stroke: TARGET }).into_iter().collect();
    let x = parameter_axis(swept, design.x, grid.frame_width());
    // Side by side, so that no line's bars hide another's.
    let step = (x.to - x.from) * 0.006;
    let middle = (design.lines.len().max(1) - 1) as f64 / 2.0;
    for (i, (look, (_, points))) in LOOKS.iter().zip(&design.lines).enumerate() {
        let aside = (i as f64 - middle) * step;
        let seen: Vec<(f64, Estimate)> =
            points.iter().filter_map(|(x, point)| Some((*x + aside, point.figures.get(figure)?))).collect();
        let bars: Vec<(f64, f64, f64)> =
            seen.iter().map(|(x, estimate)| (*x, ends(*estimate).0, ends(*estimate).1)).collect();
        span = bars.iter().fold(span, |span, bar| (span.0.min(bar.1), span.1.max(bar.2)));
        let dots: Vec<(f64, f64)> = seen.iter().map(|(x, estimate)| (*x, estimate.value)).collect();
        layers.push(Layer::Bars { bars, colour: look.colour });
        if !design.scattered {
            layers.push(Layer::Curve { points: dots.clone(), stroke: *look });
        }
        layers.push(Layer::Dots { points: dots, colour: look.colour, width: 5.0 });
        let told = points.iter().filter_map(|(x, point)| {
            let estimate = point.figures.get(figure)?;
            let (number, settings) = (point.number, swept.settings(point));
            let text = format!("Point {number} ({settings}): {}", written(unit, estimate));
            Some((*x + aside, estimate.value, text))
        });
        layers.push(Layer::Spots { spots: told.collect() });
    }
    let flat = span.1 - span.0 < 1e-9;
    let y = if flat || from_zero && figure != Figure::ServiceLevel {
        Axis::upward(unit, span.1, "", 4)
    } else {
        Axis::along(unit, (span.0, span.1), "", 4, false)
    };
    Panel {
        name: figure.label().to_owned(),
        detail: target.map(|target| target.words.clone()).unwrap_or_default(),
        x,
        y,
        layers,
    }
}
