//! Agents required and agents there: lines over the week with what is over and under filled, and maps of it.

use std::collections::BTreeSet;

use crate::figures::{Figure, Results, Row, Unit, required};
use crate::model::ChannelKind;
use crate::units::Span;

use super::super::wording::{grouped, row_label, shortened};
use super::axis::{Axis, Hours};
use super::chart::Chart;
use super::day_map::{self, Cell, DayMap, Scale};
use super::over_time::row_word;
use super::palette::{BLUE, FAINT_INK, SKY, VERMILLION, dashed, dotted, solid};
use super::panel::{Layer, Panel};
use super::row_panels::{hours, left_out};
use super::sheet::{Grid, Key, Swatch, picture};

/// Panels on one chart; more of them make a further file.
const MOST: usize = 14;

/// An interval: when it begins (seconds since the start), what it takes and who is there.
#[derive(Clone, Debug)]
pub(in crate::report) struct Interval {
    pub(in crate::report) from: f64,
    pub(in crate::report) to: f64,
    pub(in crate::report) day: String,
    pub(in crate::report) time: String,
    /// `None` where nothing is required and nobody is there.
    pub(in crate::report) required: Option<f64>,
    pub(in crate::report) there: f64,
    pub(in crate::report) scheduled: Option<f64>,
}

/// Queues and the agents who serve them, apart from all others.
#[derive(Clone, Debug)]
pub(in crate::report) struct Pool {
    pub(in crate::report) name: String,
    pub(in crate::report) detail: String,
    pub(in crate::report) intervals: Vec<Interval>,
}

/// Queues that share agents, directly or through others, with these.
fn pools(results: &Results) -> Vec<Pool> {
    let mut parts: Vec<(BTreeSet<&str>, BTreeSet<&str>)> = Vec::new();
    for (group, queues) in &results.plan.serves {
        let mut own = (BTreeSet::from([group.as_str()]), queues.iter().map(String::as_str).collect());
        // What shares a queue with it becomes one with it.
        let (same, others): (Vec<_>, Vec<_>) =
            parts.into_iter().partition(|(_, theirs)| !theirs.is_disjoint(&own.1));
        for (groups, queues) in same {
            own.0.extend(groups);
            own.1.extend(queues);
        }
        parts = others;
        parts.push(own);
    }
    let file_order = |groups: &BTreeSet<&str>| {
        results.groups.iter().position(|group| groups.contains(group.name.as_str())).unwrap_or(usize::MAX)
    };
    parts.sort_by_key(|(groups, _)| file_order(groups));
    parts.iter().map(|(groups, queues)| pool(results, groups, queues, parts.len() == 1)).collect()
}

fn pool(results: &Results, groups: &BTreeSet<&str>, queues: &BTreeSet<&str>, alone: bool) -> Pool {
    let own_groups = || results.groups.iter().filter(|group| groups.contains(group.name.as_str()));
    let own_queues = || results.queues.iter().filter(|queue| queues.contains(queue.name.as_str()));
    // What nobody is there for waits, unless the customer is on the line.
    let on_line = |queue: &crate::figures::ScopeResult| {
        queue.travels.is_none_or(|travels| !travels.counts_responses() || travels == ChannelKind::Voice)
    };
    let wanted: Vec<(bool, Vec<Option<f64>>)> =
        own_queues().map(|queue| (on_line(queue), required(queue))).collect();
    let names = |names: Vec<&str>| match names.as_slice() {
        [one, two, rest @ ..] if rest.len() > 1 => format!("{one}, {two} and {} more", rest.len()),
        names => names.join(", "),
    };
    let group_names = names(own_groups().map(|group| group.name.as_str()).collect());
    let queue_names = names(own_queues().map(|queue| queue.name.as_str()).collect());
    let rows: &[Row] = own_groups().next().map_or(&[], |group| &group.rows);
    let interval = |(index, row): (usize, &Row)| {
        let sum = |figure: Figure| -> f64 {
            own_groups().filter_map(|group| group.rows.get(index)?.figures.value(figure)).sum()
        };
        let (there, scheduled) = (sum(Figure::OnDuty), sum(Figure::Scheduled));
        let somebody = there > 0.05;
        let of_queue = |(on_line, rows): &(bool, Vec<Option<f64>>)| {
            rows.get(index).copied().flatten().filter(|_| *on_line || somebody)
        };
        let required: f64 = wanted.iter().filter_map(of_queue).sum();
        let label = row_label(results, row);
        let (day, time) = label.rsplit_once(' ').unwrap_or(("", &label));
        Interval {
            from: row.start.seconds(),
            to: (row.start + row.length).seconds(),
            day: day.to_owned(),
            time: time.to_owned(),
            required: (required > 0.005 || there > 0.005).then_some(required),
            there,
            scheduled: Some(scheduled),
        }
    };
    let name = if alone { "all agents".to_owned() } else { group_names };
    let detail = if alone { String::new() } else { format!("serving {queue_names}") };
    Pool { name, detail, intervals: rows.iter().enumerate().map(interval).collect() }
}

const ABOUT: &str = "Required: agents that keep every target of waits by the Erlang A formula, without the retries of who waited too long; of \
     messages and deferred work, as many as the work takes that comes while somebody is there. Each queue is taken alone: \
     where several share agents, fewer are enough.";

/// Lines of those required and those there.
pub(super) fn staffing(results: &Results, file: &'static str) -> Vec<Chart> {
    // Without a calendar all intervals are alike.
    if results.calendar.start().is_none() {
        return Vec::new();
    }
    let of = row_word(results);
    let x = |(from, to): (f64, f64), width: f64| {
        (Axis::time(&results.calendar, results.folded, hours(results), (from, to), width), hours(results))
    };
    lines(
        file,
        &format!("Agents required and on duty, every {of}"),
        ABOUT,
        "on duty (without breaks and absence)",
        &pools(results),
        &x,
    )
}

/// The same of any pools.
pub(super) fn lines(
    file: &'static str,
    title: &str,
    about: &str,
    there: &'static str,
    pools: &[Pool],
    x: &dyn Fn((f64, f64), f64) -> (Axis, Hours),
) -> Vec<Chart> {
    let shown: Vec<&Pool> = pools.iter().filter(|pool| happens(pool)).collect();
    let files = shown.len().div_ceil(MOST);
    let chart = |(number, pools): (usize, &[&Pool])| {
        let grid = Grid::wide(pools.len());
        let mut cut = String::new();
        let panels: Vec<Panel> = pools
            .iter()
            .map(|pool| {
                let ends = |of: fn(&Interval) -> f64| pool.intervals.iter().map(of);
                let from = ends(|interval| interval.from).fold(f64::INFINITY, f64::min);
                let to = ends(|interval| interval.to).fold(0.0, f64::max);
                let (axis, hours) = x((from, to), grid.frame_width());
                cut = left_out(hours);
                panel(pool, axis, grid)
            })
            .collect();
        let scheduled = pools.iter().any(|pool| pool.intervals.iter().any(|one| one.scheduled.is_some()));
        let mut keys = vec![
            Key::new(Swatch::Line(REQUIRED), "required"),
            Key::new(Swatch::Line(solid(BLUE, 1.75)), there),
            Key::new(Swatch::Ribbon(SKY), "over"),
            Key::new(Swatch::Ribbon(VERMILLION), "under"),
        ];
        if scheduled {
            keys.push(Key::new(Swatch::Line(dotted(FAINT_INK, 1.5)), "scheduled"));
        }
        let part = if files > 1 { format!(" ({} of {files})", number + 1) } else { String::new() };
        let title = format!("{title}{part}");
        let about = format!("{about}{cut}");
        Chart::new(file, number, &title, picture(&title, &about, &keys, grid, &panels))
    };
    shown.chunks(MOST).enumerate().map(chart).collect()
}

/// The hours and days of a week in which something is required or somebody is there.
#[cfg(feature = "schedule")]
pub(super) fn hours_of(pools: &[Pool]) -> Hours {
    let day = Span::DAY.seconds();
    let (mut from, mut to, mut closed) = (day, 0.0_f64, 0b111_1111_u64);
    let seen = pools.iter().flat_map(|pool| &pool.intervals).filter(|interval| interval.required.is_some());
    for interval in seen {
        let number = (interval.from / day).floor();
        closed &= !(1 << number as u64);
        (from, to) = (from.min(interval.from - number * day), to.max(interval.to - number * day));
    }
    if to <= from { Hours::ALL } else { Hours { from, to, closed } }
}

const REQUIRED: super::picture::Stroke = dashed(VERMILLION, 1.75);

fn happens(pool: &Pool) -> bool {
    pool.intervals.iter().any(|interval| interval.required.is_some_and(|required| required > 0.005))
}

fn panel(pool: &Pool, x: Axis, grid: Grid) -> Panel {
    let mut layers = Vec::new();
    let known = || pool.intervals.iter().filter_map(|one| Some((one, one.required?)));
    for (interval, required) in known() {
        let (low, high, colour) = if interval.there < required {
            (interval.there, required, VERMILLION)
        } else {
            (required, interval.there, SKY)
        };
        let points = vec![(interval.from, low, high), (interval.to, low, high)];
        layers.push(Layer::Ribbon { points, colour });
    }
    let step = |value: &dyn Fn(&Interval) -> Option<f64>| -> Vec<Vec<(f64, f64)>> {
        let mut runs: Vec<Vec<(f64, f64)>> = vec![Vec::new()];
        for interval in &pool.intervals {
            let run = runs.len() - 1;
            match value(interval) {
                Some(value) => runs[run].extend([(interval.from, value), (interval.to, value)]),
                None if !runs[run].is_empty() => runs.push(Vec::new()),
                None => {}
            }
        }
        runs
    };
    let mut draw = |value: &dyn Fn(&Interval) -> Option<f64>, stroke| {
        layers.extend(step(value).into_iter().map(|points| Layer::Curve { points, stroke }));
    };
    draw(&|one| one.scheduled, dotted(FAINT_INK, 1.5));
    draw(&|one| one.required.map(|_| one.there), solid(BLUE, 1.75));
    draw(&|one| one.required, REQUIRED);
    let tips = known().map(|(interval, required)| (interval.from, interval.to, tip(interval, required)));
    layers.push(Layer::Tips { stretches: tips.collect() });
    let largest = pool.intervals.iter().flat_map(|one| [one.required, Some(one.there), one.scheduled]);
    let largest = largest.flatten().fold(0.0, f64::max);
    Panel {
        name: shortened(&pool.name, 60),
        detail: pool.detail.clone(),
        x,
        y: Axis::upward(Unit::Count, largest, "agents", if grid.height >= 160.0 { 5 } else { 4 }),
        layers,
    }
}

fn tip(interval: &Interval, required: f64) -> String {
    let off = interval.there - required;
    let side = if off < 0.0 { "under" } else { "over" };
    format!(
        "{} {}: required {}, there {}, {} {side}",
        interval.day,
        interval.time,
        grouped(required, 1),
        grouped(interval.there, 1),
        grouped(off.abs(), 1)
    )
}

/// Whether there are days, and several intervals in each.
fn has_times_of_day(results: &Results) -> bool {
    let length = results.total.rows.first().map_or(results.interval, |row| row.length);
    results.calendar.start().is_some() && length < Span::DAY
}

/// The map of a run.
pub(super) fn map(results: &Results, file: &'static str) -> Vec<Chart> {
    if !has_times_of_day(results) {
        return Vec::new();
    }
    let title = format!(
        "Agents over and under the requirement, by day and {}",
        row_word(results).replace(" of the week", "")
    );
    maps(file, &title, ABOUT, &pools(results))
}

/// The maps of any pools.
pub(super) fn maps(file: &'static str, title: &str, about: &str, pools: &[Pool]) -> Vec<Chart> {
    let off = |interval: &Interval| Some(interval.there - interval.required?);
    let largest =
        pools.iter().flat_map(|pool| &pool.intervals).filter_map(off).map(f64::abs).fold(0.0, f64::max);
    // What is off by a quarter of the largest requirement is as dark as it gets: one night of overstaffing would else
    // leave all the rest pale.
    let required =
        pools.iter().flat_map(|pool| &pool.intervals).filter_map(|one| one.required).fold(0.0, f64::max);
    let end = (required / 4.0).max(1.0).min(largest.max(1.0));
    let scale = Scale {
        bad: format!("{} or more agents under", grouped(end, usize::from(end < 10.0))),
        middle: "as required".to_owned(),
        good: format!("{} or more over", grouped(end, usize::from(end < 10.0))),
    };
    let day_map = |pool: &Pool| {
        let cell = |interval: &Interval| {
            let off = off(interval)?;
            let text = if off.abs() < 0.05 {
                "0".to_owned()
            } else if off.abs() < 9.95 {
                format!("{}{}", if off > 0.0 { "+" } else { "" }, grouped(off, 1))
            } else {
                format!("{}{}", if off > 0.0 { "+" } else { "" }, grouped(off, 0))
            };
            Some(Cell { part: off / end, text, tip: tip(interval, interval.required?) })
        };
        by_day(
            pool.name.clone(),
            pool.detail.clone(),
            pool.intervals.iter().map(|one| (one.from, one.day.clone(), cell(one))),
        )
    };
    day_map::charts(
        file,
        title,
        about,
        &scale,
        pools.iter().filter(|pool| happens(pool)).map(day_map).collect(),
    )
}

/// Cells in the order of time, as a map.
fn by_day(name: String, detail: String, cells: impl Iterator<Item = (f64, String, Option<Cell>)>) -> DayMap {
    let day_length = Span::DAY.seconds();
    let mut map = DayMap { name, detail, rows: Vec::new(), starts: Vec::new() };
    let mut last = None;
    for (from, day, cell) in cells {
        let (number, start) = ((from / day_length).floor() as i64, from % day_length);
        if last != Some(number) {
            map.rows.push((day, Vec::new()));
            last = Some(number);
        }
        if !map.starts.contains(&start) {
            map.starts.push(start);
            map.starts.sort_by(f64::total_cmp);
        }
        if let Some((_, row)) = map.rows.last_mut() {
            row.push(cell);
        }
    }
    map
}

/// The service level of every queue by day and time of day, against its target.
pub(super) fn level_map(results: &Results, file: &'static str) -> Vec<Chart> {
    if !has_times_of_day(results) {
        return Vec::new();
    }
    let with_level = results.queues.iter().filter_map(|queue| {
        let target = super::over_time::target_of(queue, Figure::ServiceLevel)?;
        Some((queue, target))
    });
    let map = |(queue, target): (&crate::figures::ScopeResult, &crate::figures::TargetResult)| {
        let share = target.share;
        let cells = queue.rows.iter().map(|row| {
            let label = row_label(results, row);
            let day = label.rsplit_once(' ').map_or("", |(day, _)| day).to_owned();
            let level = row.figures.value(Figure::ServiceLevel);
            let comes = !super::row_panels::is_rare(row);
            let cell = level.filter(|_| comes).map(|level| {
                let part = if level < share {
                    (level - share) / share
                } else {
                    (level - share) / (1.0 - share).max(1e-9)
                };
                let percent = grouped(level * 100.0, 0);
                let offered = row.figures.value(Figure::Offered).unwrap_or(0.0);
                let tip = format!("{label}: {percent} % in time, {} offered", grouped(offered, 1));
                // Half a scale below the target is as bad as it gets.
                Cell { part: if part < 0.0 { (part * 2.0).max(-1.0) } else { part }, text: percent, tip }
            });
            (row.start.seconds(), day, cell)
        });
        by_day(queue.name.clone(), super::super::wording::target_words(target), cells)
    };
    let scale = Scale {
        bad: "half the target or less".to_owned(),
        middle: "the target".to_owned(),
        good: "all in time".to_owned(),
    };
    let title =
        format!("Service level by day and {}, in percent", row_word(results).replace(" of the week", ""));
    let about = "A row a day, a cell an interval, mean of all replications. What is red misses the target of the queue. Intervals \
                 with fewer than one contact in two days are left out.";
    day_map::charts(file, &title, about, &scale, with_level.map(map).collect())
}
