//! The service level over two parameters at once, with the border of the target.

use crate::figures::{Figure, Unit};

use super::super::swept::Swept;
use super::super::wording::{plain, shortened};
use super::chart::Chart;
use super::font::text_width;
use super::palette::{AXIS, FAINT_INK, INK, ON_COLOUR, ON_LIGHT, bold, letters, solid};
use super::panel::fitting;
use super::picture::{Anchor, Colour, Picture};
use super::sheet::{Key, Swatch, WIDTH, header};
use super::sweep_lines::{Design, held, others};

/// From the lowest value to the highest: lightness falls all the way, so that it reads without
/// colour too (after viridis, turned round).
const RAMP: [Colour; 5] =
    [(0xFD, 0xE7, 0x9C), (0x9B, 0xD5, 0x7A), (0x35, 0xA6, 0x8A), (0x2B, 0x74, 0x8E), (0x3B, 0x32, 0x77)];

const SIZE: f64 = 11.0;

/// The chart, where two parameters are numbers and their values make a grid.
pub(super) fn chart(swept: &Swept, file: &'static str) -> Vec<Chart> {
    drawn(swept, file).into_iter().collect()
}

fn drawn(swept: &Swept, file: &str) -> Option<Chart> {
    if swept.about.sampled() {
        return None;
    }
    let x = Design::of(swept).x;
    let others = others(swept, x);
    let y = *others.iter().find(|path| swept.numbers(**path).is_some())?;
    swept.numbers(x)?;
    let later: Vec<usize> = others.into_iter().filter(|path| *path != y).collect();
    let (points, note) = held(swept, &later);
    let (columns, rows) = (sorted(swept, x), sorted(swept, y));
    let mut levels: Vec<Option<f64>> = vec![None; columns.len() * rows.len()];
    for (_, point) in points {
        let column = columns.iter().position(|value| *value == point.settings[x])?;
        let row = rows.iter().position(|value| *value == point.settings[y])?;
        levels[row * columns.len() + column] = point.figures.value(Figure::ServiceLevel);
    }
    let seen = levels.iter().flatten().count();
    // Paths that move together in part leave most cells empty.
    if columns.len() < 2 || rows.len() < 2 || seen * 2 < levels.len() {
        return None;
    }
    let grid = Cells { columns: &columns, rows: &rows, levels: &levels };
    let title = format!("Service level of {}, over two parameters", swept.subject());
    let about = format!(
        "Across: {}; upward: {}.{note}",
        shortened(&swept.path_in_words(x), 80),
        shortened(&swept.path_in_words(y), 80)
    );
    let picture = grid.picture(swept, &title, &about, (x, y));
    Some(Chart::new(file, 0, &title, picture))
}

/// A path's values, the smallest first.
fn sorted(swept: &Swept, path: usize) -> Vec<String> {
    let numbers = swept.numbers(path).map(|(numbers, _)| numbers).unwrap_or_default();
    let mut pairs: Vec<(f64, &String)> =
        numbers.into_iter().zip(swept.points.iter().map(|point| &point.settings[path])).collect();
    pairs.sort_by(|a, b| a.0.total_cmp(&b.0));
    pairs.dedup_by(|a, b| a.1 == b.1);
    pairs.into_iter().map(|(_, value)| value.clone()).collect()
}

struct Cells<'a> {
    columns: &'a [String],
    rows: &'a [String],
    /// Row by row from the lowest.
    levels: &'a [Option<f64>],
}

impl Cells<'_> {
    fn level(&self, column: usize, row: usize) -> Option<f64> {
        self.levels.get(row * self.columns.len() + column).copied().flatten()
    }

    fn picture(&self, swept: &Swept, title: &str, about: &str, (x, y): (usize, usize)) -> Picture {
        let lowest = self.levels.iter().flatten().copied().fold(1.0, f64::min);
        let highest = self.levels.iter().flatten().copied().fold(0.0, f64::max);
        let part = |level: f64| if highest > lowest { (level - lowest) / (highest - lowest) } else { 1.0 };
        let mut keys: Vec<Key> = (0..RAMP.len())
            .map(|i| i as f64 / (RAMP.len() - 1) as f64)
            .map(|at| {
                Key::new(Swatch::Solid(colour(at)), plain(Unit::Share, lowest + at * (highest - lowest)))
            })
            .collect();
        let border = swept.target.as_ref().map(|target| (target, self.border(target.share)));
        let border = border.filter(|(_, edges)| !edges.is_empty());
        if let Some((target, _)) = &border {
            keys.push(Key::new(Swatch::Line(solid(INK, 3.0)), format!("border of {}", target.words)));
        }
        let mut picture = Picture::new(WIDTH, 0.0);
        let top = header(&mut picture, title, about, &keys) + 30.0;
        let names = |values: &[String]| values.iter().map(|value| shortened(value, 14)).collect::<Vec<_>>();
        let (across, upward) = (names(self.columns), names(self.rows));
        let widest = upward.iter().map(|name| text_width(name, SIZE, false)).fold(0.0, f64::max);
        let (left, right) = (16.0 + widest + 8.0, WIDTH - 16.0);
        let width = (right - left) / across.len() as f64;
        let height = (420.0 / upward.len() as f64).clamp(6.0, 44.0);
        let bottom = top + height * upward.len() as f64;
        let corner = |column: usize, row: usize| (left + column as f64 * width, bottom - row as f64 * height);

        let name = fitting(&swept.path_in_words(y), SIZE, false, right - left);
        picture.text((16.0, top - 10.0), name, letters(SIZE, FAINT_INK, Anchor::Start));
        for (row, column) in
            (0..self.rows.len()).flat_map(|row| (0..self.columns.len()).map(move |c| (row, c)))
        {
            let Some(level) = self.level(column, row) else { continue };
            let (from, to) = (corner(column, row), corner(column + 1, row + 1));
            picture.rectangle(from, to, colour(part(level)), 1.0);
            let text = plain(Unit::Share, level);
            if text_width(&text, SIZE, true) + 6.0 < width && height > SIZE + 4.0 {
                let ink = if part(level) > 0.45 { ON_COLOUR } else { ON_LIGHT };
                let place = ((from.0 + to.0) / 2.0, (from.1 + to.1) / 2.0 + SIZE * 0.36);
                picture.text(place, text, bold(SIZE, ink, Anchor::Middle));
            }
        }
        if let Some((_, edges)) = border {
            // White below, so that it shows on every colour.
            for stroke in [solid(ON_COLOUR, 6.0), solid(INK, 3.0)] {
                for (from, to) in &edges {
                    picture.line(&[corner(from.0, from.1), corner(to.0, to.1)], stroke);
                }
            }
        }
        picture.line(&[(left, top), (left, bottom), (right, bottom)], solid(AXIS, 1.0));
        let widest = across.iter().map(|name| text_width(name, SIZE, false)).fold(0.0, f64::max) + 8.0;
        for (i, name) in across.iter().enumerate().step_by((widest / width).ceil().max(1.0) as usize) {
            let half = text_width(name, SIZE, false) / 2.0;
            let middle = (left + (i as f64 + 0.5) * width).min(WIDTH - 6.0 - half);
            picture.text((middle, bottom + 16.0), name, letters(SIZE, FAINT_INK, Anchor::Middle));
        }
        for (i, name) in upward.iter().enumerate().step_by((14.0 / height).ceil().max(1.0) as usize) {
            let middle = bottom - (i as f64 + 0.5) * height + SIZE * 0.36;
            picture.text((left - 8.0, middle), name, letters(SIZE, FAINT_INK, Anchor::End));
        }
        let name = fitting(&swept.path_in_words(x), SIZE, false, right - left);
        picture.text((right, bottom + 33.0), name, letters(SIZE, FAINT_INK, Anchor::End));
        picture.height = (bottom + 44.0).ceil();
        picture
    }

    /// The edges (corner, corner) between cells that keep the target and cells that do not.
    fn border(&self, share: f64) -> Vec<((usize, usize), (usize, usize))> {
        let keeps = |column: usize, row: usize| self.level(column, row).map(|level| level >= share);
        let parts =
            |one: Option<bool>, other: Option<bool>| matches!((one, other), (Some(a), Some(b)) if a != b);
        let mut edges = Vec::new();
        for row in 0..self.rows.len() {
            for column in 0..self.columns.len() {
                let own = keeps(column, row);
                if column + 1 < self.columns.len() && parts(own, keeps(column + 1, row)) {
                    edges.push(((column + 1, row), (column + 1, row + 1)));
                }
                if row + 1 < self.rows.len() && parts(own, keeps(column, row + 1)) {
                    edges.push(((column, row + 1), (column + 1, row + 1)));
                }
            }
        }
        edges
    }
}

/// Between two of the ramp.
fn colour(part: f64) -> Colour {
    let at = part.clamp(0.0, 1.0) * (RAMP.len() - 1) as f64;
    let below = (at as usize).min(RAMP.len() - 2);
    between(RAMP[below], RAMP[below + 1], at - below as f64)
}

/// A colour on the way from one to another.
pub(super) fn between(from: Colour, to: Colour, part: f64) -> Colour {
    let mix = |from: u8, to: u8| (f64::from(from) + (f64::from(to) - f64::from(from)) * part).round() as u8;
    (mix(from.0, to.0), mix(from.1, to.1), mix(from.2, to.2))
}
