//! How cases end: a bar per queue, split into solved by the first contact, later, contained, lost and open.

use crate::figures::{Figure, Results, ScopeResult, Unit};

use super::super::wording::plain;
use super::chart::Chart;
use super::font::text_width;
use super::palette::{
    AXIS, BLUE, FAINT_INK, GREEN, GRID, INK, ON_COLOUR, ON_LIGHT, SKY, VERMILLION, bold, letters, solid,
};
use super::panel::fitting;
use super::picture::{Anchor, Colour, Picture};
use super::sheet::{Key, Swatch, WIDTH, header};

/// Figure, its words, its colour and the colour of letters on it.
const PARTS: [(Figure, &str, Colour, Colour); 5] = [
    (Figure::CasesSolvedFirst, "solved by the first contact", GREEN, ON_COLOUR),
    (Figure::CasesSolvedLater, "solved later", SKY, ON_LIGHT),
    (Figure::CasesContained, "contained in self-service", BLUE, ON_COLOUR),
    (Figure::CasesLost, "lost", VERMILLION, ON_COLOUR),
    (Figure::CasesOpen, "still open at the end", AXIS, ON_LIGHT),
];

const BAR: f64 = 24.0;
const PITCH: f64 = 36.0;
const SIZE: f64 = 12.0;

/// The chart, where cases were counted.
pub(super) fn chart(results: &Results, file: &'static str) -> Vec<Chart> {
    drawn(results, file).into_iter().collect()
}

fn drawn(results: &Results, file: &str) -> Option<Chart> {
    let seen = |scope: &&ScopeResult| PARTS.iter().any(|part| scope.figures.get(part.0).is_some());
    let total = (results.queues.len() != 1).then_some(&results.total);
    let scopes: Vec<&ScopeResult> = results.queues.iter().chain(total).filter(seen).collect();
    if scopes.is_empty() {
        return None;
    }
    let title = "What becomes of cases";
    let about =
        "Shares of all cases, by the queue that they open in; right of the bar, how many cases there are.";
    let mut picture = Picture::new(WIDTH, 0.0);
    let occurs = |figure: Figure| {
        figure != Figure::CasesContained || scopes.iter().any(|scope| scope.figures.get(figure).is_some())
    };
    let keys: Vec<Key> = PARTS
        .into_iter()
        .filter(|part| occurs(part.0))
        .map(|(_, label, colour, _)| Key::new(Swatch::Solid(colour), label))
        .collect();
    let top = header(&mut picture, title, about, &keys) + 10.0;

    let widest = |texts: &mut dyn Iterator<Item = String>| {
        texts.map(|text| text_width(&text, SIZE, true)).fold(0.0, f64::max)
    };
    let count = |scope: &ScopeResult| {
        scope.figures.value(Figure::Cases).map(|cases| plain(Unit::Count, cases.round())).unwrap_or_default()
    };
    let left = 16.0 + widest(&mut scopes.iter().map(|scope| name(scope))) + 10.0;
    let right = WIDTH - 16.0 - widest(&mut scopes.iter().map(|scope| count(scope))) - 10.0;
    let bottom = top + scopes.len() as f64 * PITCH;
    for tick in 0..=5 {
        let x = left + (right - left) * f64::from(tick) / 5.0;
        picture.line(&[(x, top), (x, bottom)], solid(GRID, 1.0));
        let text = format!("{} %", tick * 20);
        picture.text((x, bottom + 16.0), text, letters(11.0, FAINT_INK, Anchor::Middle));
    }
    picture.text((right, bottom + 32.0), "share of cases", letters(11.0, FAINT_INK, Anchor::End));
    for (i, scope) in scopes.iter().enumerate() {
        let y = top + i as f64 * PITCH + (PITCH - BAR) / 2.0;
        let base = y + BAR / 2.0 + SIZE * 0.36;
        picture.text((left - 10.0, base), name(scope), bold(SIZE, INK, Anchor::End));
        picture.text((WIDTH - 16.0, base), count(scope), letters(SIZE, FAINT_INK, Anchor::End));
        bar(&mut picture, scope, (left, right), y, base);
    }
    picture.height = bottom + 44.0;
    Some(Chart::new(file, 0, title, picture))
}

fn name(scope: &ScopeResult) -> String {
    fitting(&scope.name, SIZE, true, 220.0)
}

fn bar(picture: &mut Picture, scope: &ScopeResult, (left, right): (f64, f64), y: f64, base: f64) {
    let mut from = left;
    for (figure, _, colour, on) in PARTS {
        let share = scope.figures.value(figure).unwrap_or(0.0).clamp(0.0, 1.0);
        let to = (from + (right - left) * share).min(right);
        if share > 0.0 {
            picture.rectangle((from, y), (to, y + BAR), colour, 1.0);
        }
        let text = plain(Unit::Share, share);
        if to - from > text_width(&text, SIZE, true) + 8.0 {
            picture.text(((from + to) / 2.0, base), text, bold(SIZE, on, Anchor::Middle));
        }
        from = to;
    }
}
