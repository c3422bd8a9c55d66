//! What the pay of agents is for: a bar a group, split by what they did with the paid time.

use crate::figures::{Figure, Figures, Results, Unit};

use super::super::wording::plain;
use super::axis::{Axis, TICK_SIZE};
use super::chart::Chart;
use super::font::text_width;
use super::palette::{
    AXIS, FAINT_INK, GREEN, GRID, INK, ON_COLOUR, ON_LIGHT, ORANGE, PINK, SKY, bold, letters, solid,
};
use super::panel::fitting;
use super::picture::{Anchor, Colour, Picture};
use super::sheet::{Key, Swatch, WIDTH, header};

const MARGIN: f64 = 16.0;
const BAR: f64 = 24.0;
const PITCH: f64 = 34.0;
const SIZE: f64 = 12.0;
/// Groups of a file; more of them make a further one.
const MOST: usize = 25;

/// What a part is, its colour, and that of the letters on it.
const PARTS: [(&str, Colour, Colour); 4] = [
    ("at work on contacts", GREEN, ON_COLOUR),
    ("on duty, waiting for work", SKY, ON_LIGHT),
    ("paid but not there: breaks, absence, training", ORANGE, ON_LIGHT),
    ("premiums for nights, Sundays and overtime", PINK, ON_LIGHT),
];

/// The parts of a group's cost; `None` where it has none.
fn parts(figures: &Figures) -> Option<[f64; 4]> {
    let whole = figures.value(Figure::Cost).filter(|cost| *cost > 0.0)?;
    let premiums = figures.value(Figure::Premiums).unwrap_or(0.0);
    let cost = whole - premiums;
    let working = figures.value(Figure::Utilisation).unwrap_or(0.0).clamp(0.0, 1.0);
    let away = figures.value(Figure::Shrinkage).unwrap_or(0.0).clamp(0.0, 1.0 - working);
    Some([working * cost, (1.0 - working - away) * cost, away * cost, premiums])
}

/// The chart, where agents cost.
pub(super) fn charts(results: &Results, file: &'static str) -> Vec<Chart> {
    let own = results.groups.iter().filter_map(|group| Some((group.name.as_str(), parts(&group.figures)?)));
    let groups: Vec<(&str, [f64; 4])> = own.collect();
    let files = groups.len().div_ceil(MOST);
    let chart = |(number, groups): (usize, &[(&str, [f64; 4])])| {
        let part = if files > 1 { format!(" ({} of {files})", number + 1) } else { String::new() };
        let title = format!("What the pay of agents is for{part}");
        let money = results.plan.labels.currency.as_ref();
        let unit = money.map_or_else(|| "cost".to_owned(), |money| format!("cost, {money}"));
        Chart::new(file, number, &title, drawn(&title, groups, &unit))
    };
    groups.chunks(MOST).enumerate().map(chart).collect()
}

fn drawn(title: &str, groups: &[(&str, [f64; 4])], unit: &str) -> Picture {
    let about = "Pay of the whole reported time by what the paid hours went into; right of the bar the sum. Time on duty \
                 without work is what short waits cost.";
    // Few centres pay premiums; a part that nobody has needs no key.
    let occurs = |part: usize| groups.iter().any(|(_, parts)| parts[part] > 0.0);
    let keys: Vec<Key> = (PARTS.iter().enumerate())
        .filter(|(part, _)| occurs(*part))
        .map(|(_, (label, colour, _))| Key::new(Swatch::Solid(*colour), *label))
        .collect();
    let mut picture = Picture::new(WIDTH, 0.0);
    let top = header(&mut picture, title, about, &keys) + 8.0;
    let sum = |parts: &[f64; 4]| parts.iter().sum::<f64>();
    let said = |parts: &[f64; 4]| plain(Unit::Money, sum(parts));
    let name = |name: &str| fitting(name, SIZE, true, 240.0);
    let widest = |texts: &mut dyn Iterator<Item = String>| {
        texts.map(|text| text_width(&text, SIZE, true)).fold(0.0, f64::max)
    };
    let left = MARGIN + widest(&mut groups.iter().map(|group| name(group.0))) + 10.0;
    let right = WIDTH - MARGIN - widest(&mut groups.iter().map(|group| said(&group.1))) - 10.0;
    let largest = groups.iter().map(|group| sum(&group.1)).fold(0.0, f64::max);
    let axis = Axis::upward(Unit::Money, largest, "cost", 6);
    let x = |value: f64| left + axis.part(value) * (right - left);
    let bottom = top + PITCH * groups.len() as f64;
    for tick in &axis.ticks {
        picture.line(&[(x(tick.at), top), (x(tick.at), bottom)], solid(GRID, 1.0));
        let place = (x(tick.at), bottom + 16.0);
        picture.text(place, &tick.label, letters(TICK_SIZE, FAINT_INK, Anchor::Middle));
    }
    for (number, (group, parts)) in groups.iter().enumerate() {
        let upper = top + PITCH * number as f64 + (PITCH - BAR) / 2.0;
        let base = upper + BAR / 2.0 + SIZE * 0.36;
        picture.text((left - 10.0, base), name(group), bold(SIZE, INK, Anchor::End));
        picture.text((WIDTH - MARGIN, base), said(parts), letters(SIZE, INK, Anchor::End));
        let mut from = 0.0;
        for (part, (label, colour, on)) in parts.iter().zip(PARTS).filter(|(part, _)| **part > 0.0) {
            let (begin, end) = (x(from), x(from + part));
            picture.rectangle((begin, upper), (end, upper + BAR), colour, 1.0);
            let text = plain(Unit::Money, *part);
            if end - begin > text_width(&text, SIZE, true) + 8.0 {
                picture.text(((begin + end) / 2.0, base), &*text, bold(SIZE, on, Anchor::Middle));
            }
            let share = plain(Unit::Share, part / sum(parts));
            picture.tip((begin, upper), (end, upper + BAR), &format!("{group}: {text} ({share}) {label}"));
            from += part;
        }
    }
    picture.line(&[(left, top), (left, bottom)], solid(AXIS, 1.0));
    picture.text((right, bottom + 32.0), unit, letters(TICK_SIZE, FAINT_INK, Anchor::End));
    picture.height = bottom + 42.0;
    picture
}
