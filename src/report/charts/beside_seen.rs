//! A baseline beside what was seen: each figure of a queue over its days, with the band of simulated days.

use jiff::civil::Date;

use crate::experiment::{FigureBeside, QueueBeside, RowBeside, Validated};
use crate::figures::Figure;
use crate::units::{Calendar, Span};

use super::super::validated::label;
use super::axis::{Axis, Hours};
use super::chart::Chart;
use super::palette::{BLUE, INK, SKY, VERMILLION, solid};
use super::panel::{Layer, Panel};
use super::sheet::{Grid, Key, Swatch, picture};

/// Days on a chart: of more, the week that has the interval furthest off.
const DAYS: usize = 7;

const DAY: f64 = 86_400.0;

/// A chart for each queue, a panel for each figure; none where intervals have no dates.
pub(super) fn charts(validated: &Validated, file: &'static str) -> Vec<Chart> {
    let Some(start) = validated.start else { return Vec::new() };
    let queues = validated.queues.iter().filter(|queue| !queue.figures.is_empty()).enumerate();
    queues.map(|(number, queue)| chart(validated, start, queue, number, file)).collect()
}

fn chart(validated: &Validated, start: Date, queue: &QueueBeside, number: usize, file: &str) -> Chart {
    let step = validated.step.seconds();
    let day_of = |row: &RowBeside| (row.row as f64 * step / DAY).floor() as usize;
    let days = || queue.figures.iter().flat_map(|one| &one.rows).map(day_of);
    let (first, last) = (days().min().unwrap_or(0), days().max().unwrap_or(0));
    let worst = queue.largest().and_then(FigureBeside::worst).map_or(first, day_of);
    let whole = last - first < DAYS;
    // Whole weeks from the first day on.
    let from = if whole { first } else { first + (worst - first) / DAYS * DAYS };
    let to = last.min(from + DAYS - 1);
    let shown = |row: &&RowBeside| (from..=to).contains(&day_of(row));
    let all = || queue.figures.iter().flat_map(|one| &one.rows).filter(shown);
    let of_day = |row: &RowBeside| row.row as f64 * step % DAY;
    let (begin, end) =
        all().fold((DAY, 0.0f64), |(begin, end), row| (begin.min(of_day(row)), end.max(of_day(row) + step)));
    let hour = 3600.0;
    let open =
        all().fold(0u64, |bits, row| bits | 1u64.checked_shl((day_of(row) - from) as u32).unwrap_or(0));
    let hours = Hours {
        from: (begin / hour).floor() * hour,
        to: ((end / hour).ceil() * hour).clamp(hour, DAY),
        closed: ((1u64 << (to - from + 1)) - 1) & !open,
    };
    let begins = start.checked_add(jiff::Span::new().days(from as i64)).ok();
    let calendar = Calendar::new(begins, Span::ZERO);
    let grid = Grid::wide(queue.figures.len());
    let ends = (hours.from, (to - from) as f64 * DAY + hours.to);
    let x = || Axis::time(&calendar, false, hours, ends, grid.frame_width());
    // The middle of an interval.
    let at = |row: &RowBeside| row.row as f64 * step + step / 2.0 - from as f64 * DAY;
    let panel = |one: &FigureBeside| {
        let rows: Vec<&RowBeside> = one.rows.iter().filter(shown).collect();
        let mut layers = Vec::new();
        for day in rows.chunk_by(|one, other| day_of(one) == day_of(other)) {
            let band = day.iter().map(|row| (at(row), row.beside.low, row.beside.high)).collect();
            layers.push(Layer::Ribbon { points: band, colour: SKY });
        }
        for day in rows.chunk_by(|one, other| day_of(one) == day_of(other)) {
            let mean = day.iter().map(|row| (at(row), row.beside.mean)).collect();
            layers.push(Layer::Curve { points: mean, stroke: solid(BLUE, 1.75) });
        }
        for (inside, colour) in [(true, INK), (false, VERMILLION)] {
            let own = rows.iter().filter(|row| row.beside.is_within() == inside);
            let points = own.map(|row| (at(row), row.beside.seen)).collect();
            layers.push(Layer::Dots { points, colour, width: 3.5 });
        }
        let largest = rows.iter().map(|row| row.beside.seen.max(row.beside.high)).fold(0.0, f64::max);
        let of = if one.figure == Figure::Offered { "contacts" } else { "" };
        let detail = format!("{} of {} intervals within the band", one.within(), one.rows.len());
        Panel {
            name: label(one.figure).to_owned(),
            detail,
            x: x(),
            y: Axis::upward(one.figure.unit(), largest, of, if grid.height >= 160.0 { 5 } else { 4 }),
            layers,
        }
    };
    let panels: Vec<Panel> = queue.figures.iter().map(panel).collect();
    let keys = [
        Key::new(Swatch::Solid(INK), "seen"),
        Key::new(Swatch::Solid(VERMILLION), "seen, outside the band"),
        Key::new(Swatch::Line(solid(BLUE, 1.75)), "simulated, mean"),
        Key::new(Swatch::Ribbon(SKY), "90 % of simulated days"),
    ];
    let about = if whole {
        "Where a scenario is right, one interval in ten lies outside the band by chance."
    } else {
        "The week with the interval that is furthest off. Where a scenario is right, one interval in ten lies outside the \
         band by chance."
    };
    let title = format!("{}: seen and simulated", queue.name);
    Chart::new(file, number, &title, picture(&title, about, &keys, grid, &panels))
}
