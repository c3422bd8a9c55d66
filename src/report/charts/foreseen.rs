//! Forecasts beside what was seen: the last days that were forecast again, and the next ones.

use crate::figures::Unit;
use crate::forecast::{Band, Forecast};
use crate::units::{Calendar, Span};

use super::super::wording::shortened;
use super::axis::{Axis, Hours};
use super::chart::Chart;
use super::palette::{BLUE, INK, SKY, dashed, solid};
use super::panel::{Layer, Panel};
use super::sheet::{Grid, Key, Swatch, picture};

/// Days that are shown of the past, and of the future.
const DAYS: usize = 5;
/// Panels on one chart; more queues make a further file.
const MOST: usize = 6;

/// A panel per queue.
pub(super) fn charts(forecasts: &[Forecast], file: &'static str) -> Vec<Chart> {
    let keys = [
        Key::new(Swatch::Solid(INK), "what came"),
        Key::new(Swatch::Line(solid(BLUE, 1.75)), "forecast the day before"),
        Key::new(Swatch::Line(dashed(BLUE, 1.75)), "forecast of days to come"),
        Key::new(Swatch::Ribbon(SKY), "90 % band"),
    ];
    let files = forecasts.len().div_ceil(MOST);
    let about = "The last days of the history, each forecast from the days before it alone, and the next days. One \
                 interval in twenty lies above the band, one in twenty below it.";
    let chart = |(number, forecasts): (usize, &[Forecast])| {
        let grid = Grid::wide(forecasts.len());
        let panels: Vec<Panel> = forecasts.iter().map(|one| panel(one, grid)).collect();
        let part = if files > 1 { format!(" ({} of {files})", number + 1) } else { String::new() };
        let title = format!("Contacts, forecast and seen{part}");
        Chart::new(file, number, &title, picture(&title, about, &keys, grid, &panels))
    };
    forecasts.chunks(MOST).enumerate().map(chart).collect()
}

fn panel(one: &Forecast, grid: Grid) -> Panel {
    let past = &one.test.days[one.test.days.len().saturating_sub(DAYS)..];
    let next = &one.days[..one.days.len().min(DAYS)];
    let start = past.first().map(|day| day.date).or(next.first().map(|day| day.date));
    let calendar = Calendar::new(start, Span::ZERO);
    let step = one.step.seconds();
    let day_number = |date: jiff::civil::Date| start.map_or(0, |start| (date - start).get_days());
    // The middle of an interval.
    let at = |date, slot: usize| {
        f64::from(day_number(date)) * 86_400.0 + (one.first + slot) as f64 * step + step / 2.0
    };
    let slots = next.first().map_or(0, |day| day.slots.len());
    let hour = 3600.0;
    let hours = Hours {
        from: (one.first as f64 * step / hour).floor() * hour,
        to: ((one.first + slots) as f64 * step / hour).ceil().min(24.0) * hour,
        closed: 0,
    };
    let last = next.last().map_or(0, |day| day_number(day.date));
    let to = f64::from(last) * 86_400.0 + hours.to;
    let x = Axis::time(&calendar, false, hours, (hours.from, to), grid.frame_width());
    let mut layers = Vec::new();
    let mut largest: f64 = 0.0;
    let mut draw = |date, from: usize, bands: &[Band], stroke| {
        let bands = || bands.iter().enumerate().skip(from);
        largest = bands().map(|(_, band)| band.high).fold(largest, f64::max);
        let ribbon = bands().map(|(slot, band)| (at(date, slot), band.low, band.high)).collect();
        layers.push(Layer::Ribbon { points: ribbon, colour: SKY });
        let curve = bands().map(|(slot, band)| (at(date, slot), band.mean)).collect();
        layers.push(Layer::Curve { points: curve, stroke });
    };
    past.iter().for_each(|day| draw(day.date, 0, &day.slots, solid(BLUE, 1.75)));
    let seen = one.rest.as_ref().map_or(0, |rest| rest.seen);
    for (number, day) in next.iter().enumerate() {
        draw(day.date, if number == 0 { seen } else { 0 }, &day.slots, dashed(BLUE, 1.75));
    }
    let came = past
        .iter()
        .flat_map(|day| day.seen.iter().enumerate().map(|(slot, seen)| (at(day.date, slot), *seen)));
    let so_far = next.first().into_iter().flat_map(|day| {
        day.slots[..seen].iter().enumerate().map(|(slot, band)| (at(day.date, slot), band.mean))
    });
    let points: Vec<(f64, f64)> = came.chain(so_far).collect();
    largest = points.iter().map(|point| point.1).fold(largest, f64::max);
    layers.push(Layer::Dots { points, colour: INK, width: 3.5 });
    let name = if one.queue.is_empty() { "contacts" } else { &one.queue };
    Panel {
        name: shortened(name, 60),
        detail: String::new(),
        x,
        y: Axis::upward(Unit::Count, largest, "contacts", if grid.height >= 160.0 { 5 } else { 4 }),
        layers,
    }
}
