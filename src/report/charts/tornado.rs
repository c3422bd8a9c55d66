//! What matters most: a bar to each side for every parameter, the farthest reaching first.

use crate::experiment::{Bar, ComparedFigure, Sensitivity};
use crate::figures::{Estimate, Unit};

use super::super::comparison::signed;
use super::super::wording::{shortened, written};
use super::axis::{Axis, TICK_SIZE};
use super::chart::Chart;
use super::font::text_width;
use super::palette::{AXIS, BLUE, FAINT_INK, GRID, INK, ORANGE, letters, solid};
use super::picture::{Anchor, Colour, Picture};
use super::sheet::{Key, Swatch, WIDTH, header};

const MARGIN: f64 = 16.0;
/// From bar to bar.
const ROW: f64 = 34.0;
const BAR: f64 = 20.0;
/// The letters of names.
const NAMES: f64 = 12.0;

/// A chart a figure.
pub(super) fn charts(sensitivity: &Sensitivity, file: &'static str) -> Vec<Chart> {
    let figures = sensitivity.compared.figures.iter();
    let moved = figures.map(|figure| (figure, sensitivity.ranked(figure)));
    let moved = moved.filter(|(_, bars)| bars.iter().any(|bar| bar.reach() > 0.0));
    moved.enumerate().map(|(number, (figure, bars))| chart(file, number, figure, &bars)).collect()
}

fn chart(file: &str, number: usize, figure: &ComparedFigure, bars: &[Bar<'_>]) -> Chart {
    let unit = figure.figure.unit();
    let scope = figure.path.rsplit_once('.').map_or("", |(scope, _)| scope);
    let of = scope.split_once('.').map_or("the total", |(_, name)| name);
    let title = format!("What moves farthest: {} of {of}", figure.figure.label().to_lowercase());
    let base = figure.variants.first().and_then(|beside| beside.value);
    let base = base.map_or_else(String::new, |base| format!(" As written it is {}.", written(unit, base)));
    let about = format!(
        "Difference of {} from the file as written, each parameter turned alone, on the same customers.{base}",
        figure.path
    );
    let keys = [
        Key::new(Swatch::Solid(BLUE), "less"),
        Key::new(Swatch::Solid(ORANGE), "more"),
        Key::new(Swatch::Line(solid(INK, 1.25)), "confidence of the difference"),
    ];
    let mut picture = Picture::new(WIDTH, 0.0);
    let top = header(&mut picture, &title, &about, &keys) + 10.0;
    let name = |bar: &Bar<'_>| shortened(&bar.swing.name, 44);
    let range = |bar: &Bar<'_>| format!("{} / {}", bar.swing.low.said, bar.swing.high.said);
    let widths = bars.iter().flat_map(|bar| [name(bar), shortened(&range(bar), 44)]);
    let widest = widths.map(|text| text_width(&text, NAMES, false)).fold(0.0, f64::max);
    let left = MARGIN + widest + 14.0;
    let width = WIDTH - MARGIN - left;
    let ends = bars.iter().flat_map(|bar| [bar.low, bar.high]).flatten().flat_map(|estimate| {
        let half = estimate.half_width.unwrap_or(0.0);
        [estimate.value - half, estimate.value + half]
    });
    let ends = ends.fold((0.0_f64, 0.0_f64), |ends, end| (ends.0.min(end), ends.1.max(end)));
    let axis = Axis::along(unit, ends, "difference", 8, false);
    let x = |value: f64| left + axis.part(value) * width;
    let bottom = top + ROW * bars.len() as f64;
    for tick in &axis.ticks {
        picture.line(&[(x(tick.at), top), (x(tick.at), bottom)], solid(GRID, 1.0));
        let place = (x(tick.at), bottom + 16.0);
        picture.text(place, &tick.label, letters(TICK_SIZE, INK, Anchor::Middle));
    }
    for (row, bar) in bars.iter().enumerate() {
        let middle = top + ROW * (row as f64 + 0.5);
        picture.text((left - 10.0, middle - 1.0), name(bar), letters(NAMES, INK, Anchor::End));
        let said = shortened(&range(bar), 44);
        picture.text((left - 10.0, middle + 12.0), said, letters(TICK_SIZE, FAINT_INK, Anchor::End));
        for (end, colour, turned) in [(bar.low, BLUE, &bar.swing.low), (bar.high, ORANGE, &bar.swing.high)] {
            let Some(end) = end else { continue };
            side(&mut picture, (x(0.0), x(end.value)), middle, colour);
            confidence(&mut picture, &x, end, middle + if colour == BLUE { -BAR / 4.0 } else { BAR / 4.0 });
            let text = format!("{}: {} {}", bar.swing.name, turned.said, differs(unit, end));
            let (from, to) = (x(0.0).min(x(end.value)), x(0.0).max(x(end.value)));
            picture.tip((from - 2.0, middle - BAR / 2.0), (to + 2.0, middle + BAR / 2.0), &text);
        }
    }
    picture.line(&[(x(0.0), top), (x(0.0), bottom)], solid(AXIS, 1.5));
    // A difference of shares is no share.
    let of = if unit == Unit::Share { "difference, points of a percent" } else { axis.unit.as_str() };
    picture.text((left + width, bottom + 32.0), of, letters(TICK_SIZE, FAINT_INK, Anchor::End));
    picture.height = bottom + 40.0;
    Chart::new(file, number, &title, picture)
}

/// From the middle to an end; less lies in the upper half of a bar, more in the lower one.
fn side(picture: &mut Picture, (from, to): (f64, f64), middle: f64, colour: Colour) {
    let (above, below) = if colour == BLUE { (-BAR / 2.0, 0.0) } else { (0.0, BAR / 2.0) };
    picture.rectangle((from, middle + above), (to, middle + below), colour, 1.0);
}

fn confidence(picture: &mut Picture, x: &impl Fn(f64) -> f64, end: Estimate, height: f64) {
    let half = end.half_width.unwrap_or(0.0);
    if half > 0.0 {
        picture.line(&[(x(end.value - half), height), (x(end.value + half), height)], solid(INK, 1.25));
    }
}

fn differs(unit: Unit, difference: Estimate) -> String {
    format!("makes a difference of {}", signed(unit, difference))
}
