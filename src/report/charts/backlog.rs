//! What lies in deferred queues over the reported time: stacked by age.

use crate::figures::{BacklogByAge, Results, ScopeResult, TargetResult, Unit};

use super::super::wording::{shortened, target_words};
use super::axis::{Axis, Hours};
use super::chart::Chart;
use super::heat_map::between;
use super::palette::VERMILLION;
use super::panel::{Layer, Panel};
use super::picture::Colour;
use super::sheet::{Grid, Key, Swatch, picture};

/// Panels on one chart; more queues make a further file.
const MOST: usize = 14;

/// Of the youngest and the oldest that are in time, and of the youngest and the oldest that are late.
const IN_TIME: [Colour; 2] = [(0xBF, 0xE0, 0xF5), (0x1F, 0x5F, 0x99)];
const LATE: [Colour; 2] = [(0xF2, 0xA9, 0x73), VERMILLION];

/// The colour of a band: darker the older; from `late` on past the deadline.
fn colour(band: usize, bands: usize, late: usize) -> Colour {
    let part = |at: usize, of: usize| if of > 1 { at as f64 / (of - 1) as f64 } else { 1.0 };
    if band < late {
        between(IN_TIME[0], IN_TIME[1], part(band, late.min(bands)))
    } else {
        between(LATE[0], LATE[1], part(band - late, bands - late))
    }
}

/// The first band whose contacts are all past the deadline of the queue; none of them where the deadline counts
/// opening hours: an age by the clock says nothing of it.
fn first_late(results: &Results, queue: &ScopeResult, bands: usize) -> usize {
    let deadline = queue.targets.iter().find(|target| target.response && !target.open_hours);
    let deadline = deadline.and_then(|target| target.within_seconds);
    let ages = results.plan.ages.iter().find(|(name, _)| *name == queue.name);
    deadline
        .zip(ages)
        .and_then(|(deadline, (_, ages))| ages.iter().position(|age| age.seconds() >= deadline))
        .map_or(bands, |age| age + 1)
}

/// The chart, where any queue is deferred; channels with other age bands have files of their own.
pub(super) fn charts(results: &Results, name: &'static str) -> Vec<Chart> {
    let queues: Vec<(&ScopeResult, &BacklogByAge)> = results
        .queues
        .iter()
        .filter_map(|queue| Some((queue, queue.backlog.as_ref()?)))
        .filter(|(_, backlog)| backlog.rows.iter().flatten().any(|open| open.value > 0.0))
        .collect();
    let mut files: Vec<&[(&ScopeResult, &BacklogByAge)]> = Vec::new();
    let late = |queue: &(&ScopeResult, &BacklogByAge)| first_late(results, queue.0, queue.1.bands.len());
    let alike = |a: &(&ScopeResult, &BacklogByAge), b: &(&ScopeResult, &BacklogByAge)| {
        a.1.bands == b.1.bands && late(a) == late(b)
    };
    files.extend(queues.chunk_by(alike).flat_map(|same| same.chunks(MOST)));
    let count = files.len();
    let chart = |(file, queues): (usize, &&[(&ScopeResult, &BacklogByAge)])| {
        let part = if count > 1 { format!(" ({} of {count})", file + 1) } else { String::new() };
        let title = format!("Backlog by age{part}");
        // By another clock than ages: opening hours, or working days.
        let otherwise = |target: &TargetResult| target.open_hours || target.within_seconds.is_none();
        let in_hours =
            |queue: &ScopeResult| queue.targets.iter().filter(|target| target.response).any(otherwise);
        let hours = if queues.iter().any(|queue| in_hours(queue.0)) {
            " Ages count all hours; a deadline in opening hours or working days is not marked."
        } else {
            ""
        };
        let about = "Work that nobody has taken up yet at the end of each interval, mean of all replications; the \
                     oldest at the bottom.";
        let grid = Grid::wide(queues.len());
        let panels: Vec<Panel> = queues.iter().map(|queue| panel(results, *queue, grid)).collect();
        let bands = queues.first().map_or(&[][..], |(_, backlog)| backlog.bands.as_slice());
        let first_late = queues.first().map_or(0, late);
        let key = |(band, name): (usize, &String)| {
            let late = if band >= first_late { ", past the deadline" } else { "" };
            Key::new(Swatch::Solid(colour(band, bands.len(), first_late)), format!("{name}{late}"))
        };
        let occurs = |band: usize| {
            queues.iter().any(|(_, backlog)| backlog.rows.iter().any(|by_age| by_age[band].value > 0.0))
        };
        let keys: Vec<Key> = bands.iter().enumerate().filter(|(band, _)| occurs(*band)).map(key).collect();
        Chart::new(name, file, &title, picture(&title, &format!("{about}{hours}"), &keys, grid, &panels))
    };
    files.iter().enumerate().map(chart).collect()
}

fn panel(results: &Results, (queue, backlog): (&ScopeResult, &BacklogByAge), grid: Grid) -> Panel {
    let ends: Vec<f64> = queue.rows.iter().map(|row| (row.start + row.length).seconds()).collect();
    let from = queue.rows.first().map_or(0.0, |row| row.start.seconds());
    let to = ends.last().copied().unwrap_or(1.0);
    // Work lies there at night, too.
    let x = Axis::time(&results.calendar, results.folded, Hours::ALL, (from, to), grid.frame_width());
    let bands = backlog.bands.len();
    let late = first_late(results, queue, bands);
    let mut heights = vec![0.0; ends.len()];
    let mut layers = Vec::new();
    for band in (0..bands).rev() {
        let mut points = Vec::new();
        for ((height, open), end) in heights.iter_mut().zip(&backlog.rows).zip(&ends) {
            let below = *height;
            *height += open[band].value;
            points.push((*end, below, *height));
        }
        if let [only] = points[..] {
            points.insert(0, (from, only.1, only.2));
        }
        layers.push(Layer::Stack { points, colour: colour(band, bands, late) });
    }
    let largest = heights.iter().copied().fold(0.0, f64::max);
    let ticks = if grid.height >= 160.0 { 5 } else { 4 };
    Panel {
        name: shortened(&queue.name, 60),
        detail: queue.targets.iter().find(|target| target.response).map(target_words).unwrap_or_default(),
        x,
        y: Axis::upward(Unit::Count, largest, "waiting", ticks),
        layers,
    }
}
