//! Days over times of day, a cell an interval: where a figure is good and where it is bad.

use super::chart::Chart;
use super::font::text_width;
use super::heat_map::between;
use super::palette::{AXIS, BLUE, FAINT_INK, INK, ON_COLOUR, ON_LIGHT, VERMILLION, bold, letters, solid};
use super::panel::fitting;
use super::picture::{Anchor, Colour, Picture};
use super::sheet::{Key, Swatch, WIDTH, header};

const MARGIN: f64 = 16.0;
/// From row to row.
const ROW: f64 = 20.0;
const SIZE: f64 = 11.0;
/// The letters of a cell.
const SMALL: f64 = 9.5;
/// Maps of a file; more of them make a further one.
const MOST: usize = 8;
/// Cells of a file that all say their value; of more, those on the bad side alone: the page would become too heavy to
/// mail.
const MOST_SAID: usize = 1_000;
/// Rows of a map.
const MOST_ROWS: usize = 62;

/// Where nothing is too little nor too much; off white, which the page's dark form would turn dark.
const MIDDLE: Colour = (0xF1, 0xF3, 0xF5);

/// A cell: how far it lies to the bad side (−1) or to the good side (1), what stands in it, and what is said of it
/// where it is pointed at.
pub(super) struct Cell {
    pub(super) part: f64,
    pub(super) text: String,
    pub(super) tip: String,
}

/// A map of its own: a queue's, or that of some agents.
pub(super) struct DayMap {
    pub(super) name: String,
    pub(super) detail: String,
    /// (day, its cells by interval).
    pub(super) rows: Vec<(String, Vec<Option<Cell>>)>,
    /// When each interval begins, in seconds since midnight.
    pub(super) starts: Vec<f64>,
}

/// The ends of the scale in words, and the middle.
pub(super) struct Scale {
    pub(super) bad: String,
    pub(super) middle: String,
    pub(super) good: String,
}

/// Of how far a cell lies to a side.
fn colour(part: f64) -> Colour {
    let end = if part < 0.0 { VERMILLION } else { BLUE };
    between(MIDDLE, end, part.abs().clamp(0.0, 1.0))
}

impl DayMap {
    /// Without the days and the times at which nothing happens.
    fn trimmed(mut self) -> DayMap {
        self.rows.retain(|(_, cells)| cells.iter().any(Option::is_some));
        self.rows.truncate(MOST_ROWS);
        let seen = |at: usize| self.rows.iter().any(|(_, cells)| cells.get(at).is_some_and(Option::is_some));
        let all = 0..self.starts.len();
        let first = all.clone().find(|at| seen(*at)).unwrap_or(0);
        let last = all.rev().find(|at| seen(*at)).map_or(0, |at| at + 1).max(first);
        self.starts = self.starts[first..last].to_vec();
        for (_, cells) in &mut self.rows {
            cells.truncate(last);
            cells.drain(..first);
        }
        self
    }
}

/// The charts of maps that show something.
pub(super) fn charts(file: &str, title: &str, about: &str, scale: &Scale, maps: Vec<DayMap>) -> Vec<Chart> {
    let maps: Vec<DayMap> =
        maps.into_iter().map(DayMap::trimmed).filter(|map| !map.starts.is_empty()).collect();
    let files = maps.len().div_ceil(MOST);
    let chart = |(number, maps): (usize, &[DayMap])| {
        let part = if files > 1 { format!(" ({} of {files})", number + 1) } else { String::new() };
        let title = format!("{title}{part}");
        Chart::new(file, number, &title, picture(&title, about, scale, maps))
    };
    maps.chunks(MOST).enumerate().map(chart).collect()
}

fn picture(title: &str, about: &str, scale: &Scale, maps: &[DayMap]) -> Picture {
    let keys = [
        Key::new(Swatch::Solid(colour(-1.0)), scale.bad.clone()),
        Key::new(Swatch::Solid(colour(-0.5)), ""),
        Key::new(Swatch::Solid(colour(0.0)), scale.middle.clone()),
        Key::new(Swatch::Solid(colour(0.5)), ""),
        Key::new(Swatch::Solid(colour(1.0)), scale.good.clone()),
    ];
    let mut picture = Picture::new(WIDTH, 0.0);
    let mut top = header(&mut picture, title, about, &keys);
    let cells: usize = maps.iter().map(|map| map.rows.len() * map.starts.len()).sum();
    for (number, map) in maps.iter().enumerate() {
        if number > 0 {
            picture.cut(top);
        }
        top = draw(&mut picture, map, top, cells <= MOST_SAID);
    }
    picture.height = (top + 2.0).ceil();
    picture
}

/// Returns where it ends.
fn draw(picture: &mut Picture, map: &DayMap, top: f64, all_said: bool) -> f64 {
    let name = fitting(&map.name, 13.0, true, WIDTH - 2.0 * MARGIN);
    let used = MARGIN + text_width(&name, 13.0, true) + 10.0;
    picture.text((MARGIN, top + 18.0), name, bold(13.0, INK, Anchor::Start));
    let detail = fitting(&map.detail, SIZE, false, WIDTH - MARGIN - used);
    if text_width(&detail, SIZE, false) <= WIDTH - MARGIN - used {
        picture.text((used, top + 18.0), detail, letters(SIZE, FAINT_INK, Anchor::Start));
    }
    let first = top + 26.0;
    let names = || map.rows.iter().map(|(day, _)| fitting(day, SIZE, false, 260.0));
    let left = MARGIN + names().map(|day| text_width(&day, SIZE, false)).fold(0.0, f64::max) + 8.0;
    let width = (WIDTH - MARGIN - left) / map.starts.len() as f64;
    let bottom = first + ROW * map.rows.len() as f64;
    for (row, ((_, cells), day)) in map.rows.iter().zip(names()).enumerate() {
        let (upper, lower) = (first + ROW * row as f64, first + ROW * (row + 1) as f64);
        let base = (upper + lower) / 2.0 + SIZE * 0.36;
        picture.text((left - 8.0, base), day, letters(SIZE, FAINT_INK, Anchor::End));
        for (column, cell) in cells.iter().enumerate() {
            let Some(cell) = cell else { continue };
            let (from, to) = (left + width * column as f64, left + width * (column + 1) as f64);
            picture.rectangle((from, upper), (to - 0.5, lower - 0.5), colour(cell.part), 1.0);
            let said = all_said || cell.part < 0.0;
            if said && text_width(&cell.text, SMALL, false) + 2.0 < width {
                let ink = if cell.part.abs() > 0.7 { ON_COLOUR } else { ON_LIGHT };
                let place = ((from + to) / 2.0, (upper + lower) / 2.0 + SMALL * 0.36);
                picture.text(place, &cell.text, letters(SMALL, ink, Anchor::Middle));
            }
            if all_said {
                picture.tip((from, upper), (to, lower), &cell.tip);
            }
        }
    }
    picture.line(&[(left, bottom), (WIDTH - MARGIN, bottom)], solid(AXIS, 1.0));
    let hour = 3_600.0;
    let step = map.starts.get(1).map_or(hour, |next| next - map.starts[0]);
    let hours = (width * hour / step.max(1.0)).max(1.0);
    let every = [1.0, 2.0, 3.0, 6.0].into_iter().find(|every| every * hours >= 40.0).unwrap_or(12.0);
    for (column, start) in map.starts.iter().enumerate() {
        if start % (every * hour) == 0.0 {
            let at = left + width * column as f64;
            picture.line(&[(at, bottom), (at, bottom + 4.0)], solid(AXIS, 1.0));
            let label = format!("{:02}:00", start / hour);
            let place = (at.min(WIDTH - MARGIN - 16.0), bottom + 16.0);
            picture.text(place, label, letters(SIZE, FAINT_INK, Anchor::Middle));
        }
    }
    bottom + 26.0
}
