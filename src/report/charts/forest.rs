//! What a change does: the difference of every figure with its interval, a line a variant.

use crate::experiment::{ComparedFigure, Verdict};
use crate::figures::{Better, Unit};

use super::super::comparison::{order, signed, verdict_name};
use super::super::wording::{shortened, written};
use super::axis::{Axis, TICK_SIZE};
use super::chart::Chart;
use super::font::text_width;
use super::palette::{AXIS, BLUE, FAINT_INK, GRID, INK, ORANGE, VERMILLION, bold, letters, solid};
use super::panel::fitting;
use super::picture::{Anchor, Colour, Picture};
use super::sheet::{Key, Swatch, WIDTH, header};
use super::side_by_side::Beside;

const MARGIN: f64 = 16.0;
/// From line to line.
const ROW: f64 = 22.0;
/// The letters of names.
const NAMES: f64 = 12.0;
/// What is said right of the lines.
const SAID: f64 = 240.0;
/// Lines of a file; more figures make a further one.
const MOST: usize = 60;

/// The chart, where there are differences.
pub(super) fn charts(beside: &Beside<'_>, file: &'static str) -> Vec<Chart> {
    let compared = beside.compared;
    let others = compared.names.len() - 1;
    let has_differences =
        |figure: &&ComparedFigure| figure.variants.iter().any(|variant| variant.difference.is_some());
    let figures: Vec<&ComparedFigure> = compared.figures.iter().filter(has_differences).collect();
    let each = (MOST / others.max(1)).max(1);
    let files = figures.len().div_ceil(each);
    let chart = |(number, figures): (usize, &[&ComparedFigure])| {
        let part = if files > 1 { format!(" ({} of {files})", number + 1) } else { String::new() };
        let title = format!("What changes, figure by figure{part}");
        Chart::new(file, number, &title, drawn(beside, figures, &title))
    };
    figures.chunks(each).enumerate().map(chart).collect()
}

fn colour(verdict: Option<Verdict>) -> Colour {
    match verdict {
        Some(Verdict::Better) => BLUE,
        Some(Verdict::Worse) => VERMILLION,
        Some(Verdict::Higher | Verdict::Lower) => ORANGE,
        _ => AXIS,
    }
}

fn drawn(beside: &Beside<'_>, figures: &[&ComparedFigure], title: &str) -> Picture {
    let compared = beside.compared;
    let baseline = shortened(&compared.names[compared.baseline], 60);
    let about = format!(
        "Differences from {baseline} on the same customers, replication by replication. A line that does not reach zero \
         is a difference that is not chance. Each figure has its own scale."
    );
    let keys = [
        Key::new(Swatch::Solid(BLUE), "better"),
        Key::new(Swatch::Solid(VERMILLION), "worse"),
        Key::new(Swatch::Solid(ORANGE), "higher or lower, neither is better"),
        Key::new(Swatch::Solid(AXIS), "not told from none, or none that matters"),
        Key::new(Swatch::Line(solid(AXIS, 2.0)), "confidence of the difference"),
    ];
    let mut picture = Picture::new(WIDTH, 0.0);
    let mut top = header(&mut picture, title, &about, &keys) + 6.0;
    let variants: Vec<usize> = order(compared).skip(1).collect();
    let name = |variant: usize| shortened(&compared.names[variant], 40);
    let widest = variants.iter().map(|variant| text_width(&name(*variant), NAMES, false)).fold(0.0, f64::max);
    let left = MARGIN + widest + 14.0;
    let right = WIDTH - MARGIN - SAID;
    for (number, figure) in figures.iter().enumerate() {
        if number > 0 {
            picture.cut(top);
        }
        top = of_figure(&mut picture, figure, (compared.baseline, &variants, &name), (left, right), top);
    }
    picture.height = (top + 4.0).ceil();
    picture
}

/// A figure's lines; returns where they end.
fn of_figure(
    picture: &mut Picture,
    figure: &ComparedFigure,
    (baseline, variants, name): (usize, &[usize], &dyn Fn(usize) -> String),
    (left, right): (f64, f64),
    top: f64,
) -> f64 {
    let unit = figure.figure.unit();
    let better = match figure.figure.better() {
        Better::Higher => ", more is better",
        Better::Lower => ", less is better",
        Better::Neither => "",
    };
    let base = figure.variants[baseline].value;
    let base = base.map_or_else(String::new, |base| format!(", {} at the baseline", written(unit, base)));
    let label = figure.figure.label();
    picture.text((MARGIN, top + 16.0), label, bold(13.0, INK, Anchor::Start));
    let used = MARGIN + text_width(label, 13.0, true) + 10.0;
    let detail = fitting(&format!("{}{better}{base}", figure.path), TICK_SIZE, false, WIDTH - MARGIN - used);
    picture.text((used, top + 16.0), detail, letters(TICK_SIZE, FAINT_INK, Anchor::Start));
    let first = top + 24.0;
    let bottom = first + ROW * variants.len() as f64;
    let differences = variants.iter().filter_map(|variant| figure.variants[*variant].difference);
    let ends = differences.fold((-figure.delta, figure.delta), |ends, difference| {
        let half = difference.half_width.unwrap_or(0.0);
        (ends.0.min(difference.value - half), ends.1.max(difference.value + half))
    });
    let axis = Axis::along(unit, ends, "", 6, false);
    let x = |value: f64| left + axis.part(value) * (right - left);
    if figure.delta > 0.0 {
        picture.rectangle((x(-figure.delta), first), (x(figure.delta), bottom), AXIS, 0.22);
    }
    for tick in &axis.ticks {
        picture.line(&[(x(tick.at), first), (x(tick.at), bottom)], solid(GRID, 1.0));
        let place = (x(tick.at), bottom + 14.0);
        picture.text(place, &tick.label, letters(TICK_SIZE, FAINT_INK, Anchor::Middle));
    }
    picture.line(&[(x(0.0), first), (x(0.0), bottom)], solid(AXIS, 1.5));
    let of = match unit {
        Unit::Share => "points of a percent",
        _ => axis.unit.as_str(),
    };
    picture.text((right + 14.0, bottom + 14.0), of, letters(TICK_SIZE, FAINT_INK, Anchor::Start));
    for (row, variant) in variants.iter().enumerate() {
        let middle = first + ROW * (row as f64 + 0.5);
        let base_line = middle + NAMES * 0.36;
        picture.text((left - 10.0, base_line), name(*variant), letters(NAMES, INK, Anchor::End));
        let Some(difference) = figure.variants[*variant].difference else {
            picture.text(
                (right + 14.0, base_line),
                "no difference to tell",
                letters(NAMES, FAINT_INK, Anchor::Start),
            );
            continue;
        };
        let verdict = figure.verdict(*variant);
        let (colour, half) = (colour(verdict), difference.half_width.unwrap_or(0.0));
        let (from, to) = (x(difference.value - half), x(difference.value + half));
        picture.line(&[(from, middle), (to, middle)], solid(colour, 2.0));
        for end in [from, to] {
            picture.line(&[(end, middle - 4.0), (end, middle + 4.0)], solid(colour, 2.0));
        }
        let at = x(difference.value);
        picture.rectangle((at - 4.0, middle - 4.0), (at + 4.0, middle + 4.0), colour, 1.0);
        let said = signed(unit, difference);
        let verdict = match verdict {
            None => String::new(),
            Some(Verdict::NoneThatMatters) => ", none that matters".to_owned(),
            Some(verdict) => format!(", {}", verdict_name(verdict)),
        };
        let text = fitting(&format!("{said}{verdict}"), NAMES, false, SAID - 14.0);
        picture.text((right + 14.0, base_line), text, letters(NAMES, INK, Anchor::Start));
        let tip = format!("{}: {label} {said}{verdict}", name(*variant));
        picture.tip((from.min(at - 6.0), middle - ROW / 2.0), (to.max(at + 6.0), middle + ROW / 2.0), &tip);
    }
    bottom + 28.0
}
