//! Volumes, arrivals and heads that stand in files, by local date and time or by time of day.

use std::collections::BTreeMap;

use crate::units::{Span, TimeOfDay};

use super::super::{Bucket, Steps, Volume};
use super::csv_file::{Rows, bad_row, rows};
use super::fields::Fields;
use super::values::parse_date_time;

/// The numbers of a file by time, equal times added up.
enum Series {
    /// Microseconds since the start of the reported time.
    Dated(BTreeMap<i64, f64>),
    /// Since midnight, every day alike.
    Daily(BTreeMap<Span, f64>),
}

/// One row's time.
enum Time {
    Dated(i64),
    Daily(Span),
}

/// Reads `arrivals.csv`.
pub(super) fn volumes(fields: &Fields<'_>, weekday: [f64; 7]) -> Volume {
    let nothing = Volume::Series(Vec::new());
    let given = fields.positive_duration("interval");
    let place = fields.place_of("file");
    let log = fields.cx.log;
    let no_step = || {
        log.error(place, "the length of the file's intervals is not known", "it has one time only")
            .help("say it with `interval = \"30m\"`");
    };
    match series(fields) {
        None => nothing,
        Some(Series::Daily(counts)) => {
            let times: Vec<u64> = counts.keys().map(|at| at.micros()).collect();
            let Some(step) = given.or_else(|| smallest_step(&times)) else {
                no_step();
                return nothing;
            };
            let mut steps = Vec::new();
            for (at, count) in &counts {
                steps.push((*at, count / step.hours()));
                // Where rows are missing nothing arrives.
                let end = *at + step;
                if end < Span::DAY && counts.range(*at..end + Span::from_micros(1)).count() == 1 {
                    steps.push((end, 0.0));
                }
            }
            if steps.first().is_some_and(|step| step.0 > Span::ZERO) {
                steps.insert(0, (Span::ZERO, 0.0));
            }
            Volume::Rate { per_hour: Steps::daily(steps), weekday }
        }
        Some(Series::Dated(counts)) => {
            let first = counts.keys().next().copied().unwrap_or(0);
            let times: Vec<u64> = counts.keys().map(|at| at.abs_diff(first)).collect();
            let Some(step) = given.or_else(|| smallest_step(&times)) else {
                no_step();
                return nothing;
            };
            let starts: Vec<i64> = counts.keys().copied().collect();
            let buckets = counts.into_iter().enumerate().map(|(index, (start, count))| {
                let until_next = starts.get(index + 1).map_or(u64::MAX, |next| next.abs_diff(start));
                Bucket { start, length: Span::from_micros(step.micros().min(until_next)), count }
            });
            Volume::Series(within_horizon(fields, buckets.collect(), |bucket| bucket.start))
        }
    }
}

/// Reads `arrivals.trace`: microseconds since the start of the reported time, ascending.
pub(super) fn trace(fields: &Fields<'_>) -> Vec<i64> {
    let Some(rows) = rows(fields, &["time"]) else { return Vec::new() };
    let mut arrivals = Vec::with_capacity(rows.rows.len());
    for (line, cells) in &rows.rows {
        match time(fields, &rows, *line, &cells[0]) {
            Some(Time::Dated(at)) => arrivals.push(at),
            Some(Time::Daily(_)) => {
                bad_row(fields, "time", &rows, *line, format!("`{}` has no date", cells[0]));
                return Vec::new();
            }
            None => return Vec::new(),
        }
    }
    arrivals.sort_unstable();
    within_horizon(fields, arrivals, |at| *at)
}

/// Heads by time: daily steps, or (microseconds since the start, heads).
pub(super) enum Heads {
    Daily(Vec<(Span, u32)>),
    Dated(Vec<(i64, u32)>),
}

/// Reads `staff.csv`.
pub(super) fn heads(fields: &Fields<'_>) -> Option<Heads> {
    let log = fields.cx.log;
    let place = fields.place_of("value");
    let heads = |count: f64| -> u32 {
        if count.fract() != 0.0 || count > 1e6 {
            log.error(
                place,
                "the file's heads must be whole numbers up to a million",
                format!("{count} is not"),
            );
        }
        count as u32
    };
    Some(match series(fields)? {
        Series::Daily(counts) => {
            Heads::Daily(counts.into_iter().map(|(at, count)| (at, heads(count))).collect())
        }
        Series::Dated(counts) => {
            Heads::Dated(counts.into_iter().map(|(at, count)| (at, heads(count))).collect())
        }
    })
}

/// Leaves out what lies outside the played time, with a word about it.
fn within_horizon<T>(fields: &Fields<'_>, all: Vec<T>, at: impl Fn(&T) -> i64) -> Vec<T> {
    let time = &fields.cx.time;
    let played = -(time.warm_up.micros() as i64)..time.end().micros() as i64;
    let count = all.len();
    let kept: Vec<T> = all.into_iter().filter(|one| played.contains(&at(one))).collect();
    let name = fields.text("file").unwrap_or_default();
    if kept.is_empty() && count > 0 && time.start.is_some() {
        let title = format!("{name} has nothing within the horizon");
        fields
            .cx
            .log
            .error(fields.place_of("file"), title, "all its rows lie outside")
            .help("compare `horizon.start` and `horizon.days` with the file's dates");
    } else if kept.len() < count && time.start.is_some() {
        let title = format!("{} of {count} rows of {name} lie outside the horizon", count - kept.len());
        fields.cx.log.warning(fields.place_of("file"), title, "they are left out");
    }
    kept
}

fn series(fields: &Fields<'_>) -> Option<Series> {
    let rows = rows(fields, &["time", "value"])?;
    let mut dated: BTreeMap<i64, f64> = BTreeMap::new();
    let mut daily: BTreeMap<Span, f64> = BTreeMap::new();
    for (line, cells) in &rows.rows {
        let time = time(fields, &rows, *line, &cells[0])?;
        let count = cells[1].parse::<f64>().ok().filter(|count| count.is_finite() && *count >= 0.0);
        let Some(count) = count else {
            bad_row(fields, "value", &rows, *line, format!("`{}` is not a number of 0 or more", cells[1]));
            return None;
        };
        match time {
            Time::Dated(at) => *dated.entry(at).or_default() += count,
            Time::Daily(at) => *daily.entry(at).or_default() += count,
        }
        if !dated.is_empty() && !daily.is_empty() {
            let reason = "dates and bare times of day are mixed".to_owned();
            bad_row(fields, "time", &rows, *line, reason);
            return None;
        }
    }
    Some(if daily.is_empty() { Series::Dated(dated) } else { Series::Daily(daily) })
}

fn time(fields: &Fields<'_>, rows: &Rows, line: u64, text: &str) -> Option<Time> {
    if !fields.cx.time.calendar {
        fields
            .cx
            .log
            .error(
                fields.place,
                format!("`{}` needs a calendar", fields.path),
                "a file has dates or times of day",
            )
            .help("give the horizon a `start` and `days`");
        return None;
    }
    if let Some(at) = parse_date_time(text) {
        // Without a valid start, which was reported, any moment will do.
        return Some(Time::Dated(fields.cx.time.micros(at).unwrap_or(0)));
    }
    match TimeOfDay::parse(text) {
        Ok(at) if at < TimeOfDay::MIDNIGHT_AFTER => Some(Time::Daily(at.span())),
        _ => {
            let reason = format!("`{text}` is neither a local date and time nor a time of day");
            bad_row(fields, "time", rows, line, reason)
                .help("write dates with times like 2026-03-02 08:30, times of day like 08:30");
            None
        }
    }
}

/// The smallest step between ascending times.
fn smallest_step(times: &[u64]) -> Option<Span> {
    times.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 0).min().map(Span::from_micros)
}
