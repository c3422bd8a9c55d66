//! Volumes, arrivals and heads that stand in tables.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::tables::Moment;
use crate::units::{Span, TimeOfDay};

use super::hours::Hours;
use super::table_file::{FileKeys, with_table};
use super::table_times::{Entry, Times, times};
use super::volume::{Bucket, Counts, Volume};
use super::volume_series::{Gaps, Number, Series, series};
use crate::reading::fields::Fields;
use crate::reading::kinds::{PositiveDuration, Text, Word};
use crate::reading::table::table;
use crate::units::Steps;

/// `arrivals.csv`.
pub(super) enum VolumeFile {}

table! {
    /// Volumes in a table: dates and times, times of day for every day alike, or dates with the total of the
    /// day.
    keys of VolumeFile = "volume file" {
        file of FileKeys;
        /// Column of the interval's start, or of the date of a daily total
        time: Text, none("required, but with `wide`"), example("interval_start");
        date of FileKeys;
        /// Column of the volume
        value: Text, none("required, but with `wide`"), example("offered");
        wide of FileKeys;
        r#where of FileKeys;
        sum of FileKeys;
        /// How long a row lasts
        interval: PositiveDuration, none("the usual step in the file"), example("30m");
        /// `offered`: retries and repeat contacts included; a pilot finds the share of new cases
        counts: Word<Counts>, default("cases"), example("offered");
        dates of FileKeys;
        decimal of FileKeys;
        time_zone of FileKeys;
        sheet of FileKeys;
        head of FileKeys;
    }
}

/// `arrivals.trace`.
pub(super) enum TraceFile {}

table! {
    /// Single arrivals in a table, replayed as they are.
    keys of TraceFile = "trace" {
        file of FileKeys;
        /// Column of the date and time
        time: Text, required, example("arrived");
        date of FileKeys;
        r#where of FileKeys;
        dates of FileKeys;
        time_zone of FileKeys;
        sheet of FileKeys;
        head of FileKeys;
    }
}

/// `staff.csv`.
pub(super) enum StaffFile {}

table! {
    /// Heads in a table: each row holds until the next.
    keys of StaffFile = "staff file" {
        file of FileKeys;
        /// Column of the date and time, or of the time of day
        time: Text, none("required, but with `wide`"), example("from");
        date of FileKeys;
        /// Column of the heads
        value: Text, none("required, but with `wide`"), example("heads");
        wide of FileKeys;
        r#where of FileKeys;
        sum of FileKeys;
        dates of FileKeys;
        decimal of FileKeys;
        time_zone of FileKeys;
        sheet of FileKeys;
        head of FileKeys;
    }
}

/// The keys of the columns, alike in all of them.
const TIME: &str = VolumeFile::time.name;
const VALUE: &str = VolumeFile::value.name;
const DATE: &str = FileKeys::date.name;
const FILE: &str = FileKeys::file.name;

/// Reads `arrivals.csv`. Daily totals are spread over the day by the weights, else evenly over the opening
/// hours.
pub(super) fn volumes(
    fields: &Fields<'_>,
    weekday: [f64; 7],
    hours: &Hours,
    weights: Option<&[f64]>,
) -> Volume {
    let nothing = Volume::Series(Vec::new());
    let given = fields.read(VolumeFile::interval);
    let place = fields.place_of(FILE);
    let log = fields.cx.log;
    let no_step = || {
        log.error(place, "the length of the file's intervals is not known", "it has one time only")
            .help("say it with `interval = \"30m\"`");
    };
    let read = series(fields, [VolumeFile::time.name, VolumeFile::value.name], Gaps::Nothing);
    if weights.is_some() && !matches!(read, Some(Series::Totals(_)) | None) {
        let title = "a profile goes with `per_day` or with daily totals only";
        log.error(place, title, "this file tells the times of the day itself");
    }
    match read {
        None => nothing,
        Some(Series::Daily(counts)) => {
            let times: Vec<u64> = counts.keys().map(|at| at.micros()).collect();
            let Some(lengths) = lengths(&counts, &times, given) else {
                no_step();
                return nothing;
            };
            let mut steps = Vec::new();
            for ((at, number), length) in counts.iter().zip(lengths) {
                steps.push((*at, number.count / length.hours()));
                // Where rows are missing nothing arrives.
                let end = *at + length;
                if end < Span::DAY && !counts.contains_key(&end) {
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
            let Some(lengths) = lengths(&counts, &times, given) else {
                no_step();
                return nothing;
            };
            let buckets = counts.into_iter().zip(lengths);
            let bucket = |((start, number), length): ((i64, Number), Span)| Bucket {
                start,
                length,
                count: number.count,
            };
            Volume::Series(within_horizon(fields, buckets.map(bucket).collect(), |bucket| bucket.start))
        }
        Some(Series::Totals(totals)) => Volume::Series(spread(fields, totals, hours, weights)),
    }
}

/// Reads `arrivals.profile_csv`: the weights of the intervals of a day, from midnight.
pub(super) fn weights(fields: &Fields<'_>) -> Option<Vec<f64>> {
    fields.require(&[VolumeFile::time.name, VolumeFile::value.name]);
    for key in [VolumeFile::counts.name, VolumeFile::interval.name, FileKeys::wide.name] {
        if fields.has(key) {
            let title = format!("`{}` has no meaning here", fields.at(key));
            fields.cx.log.error(fields.place_of(key), title, "a profile is weights of times of day");
        }
    }
    let (place, log) = (fields.place_of(FILE), fields.cx.log);
    let wrong = |title: &str, reason: String| {
        log.error(place, title, reason)
            .help("a row for each interval of one day: `08:00`, `08:30` and so on");
        None
    };
    let title = "the file tells no profile";
    match series(fields, [VolumeFile::time.name, VolumeFile::value.name], Gaps::Nothing)? {
        Series::Dated(_) | Series::Totals(_) => {
            wrong(title, "it has dates, and a profile is of any day".to_owned())
        }
        Series::Daily(counts) => {
            let times: Vec<u64> = counts.keys().map(|at| at.micros()).collect();
            let steps = times.windows(2).map(|pair| pair[1] - pair[0]);
            let Some(step) = usual(steps).filter(|step| Span::DAY.micros().is_multiple_of(*step)) else {
                return wrong(title, "its times have no common step that divides the day".to_owned());
            };
            if let Some(odd) = times.iter().find(|at| !at.is_multiple_of(step)) {
                let (at, step) = (Span::from_micros(*odd), Span::from_micros(step));
                return wrong(title, format!("{at} after midnight is no multiple of {step}"));
            }
            let mut weights = vec![0.0; (Span::DAY.micros() / step) as usize];
            counts.iter().for_each(|(at, number)| weights[(at.micros() / step) as usize] = number.count);
            if weights.iter().sum::<f64>() <= 0.0 {
                return wrong(title, "its weights sum to 0".to_owned());
            }
            Some(weights)
        }
    }
}

/// How long each row lasts: what its cell says, else until the next one, at most what is usual in the file.
fn lengths<K>(counts: &BTreeMap<K, Number>, times: &[u64], given: Option<Span>) -> Option<Vec<Span>> {
    let steps = times.windows(2).map(|pair| pair[1] - pair[0]).filter(|step| *step > 0);
    let usual = match given {
        Some(given) => Some(given.micros()),
        None => usual(counts.values().filter_map(|number| number.lasts)).or_else(|| usual(steps)),
    }?;
    let until_next = times.windows(2).map(|pair| pair[1] - pair[0]).chain([u64::MAX]);
    let length = |(number, next): (&Number, u64)| {
        let own = if given.is_some() { usual } else { number.lasts.unwrap_or(usual) };
        Span::from_micros(own.min(next))
    };
    Some(counts.values().zip(until_next).map(length).collect())
}

/// The most frequent of some steps; of several the shortest.
fn usual(steps: impl Iterator<Item = u64>) -> Option<u64> {
    let mut often: BTreeMap<u64, usize> = BTreeMap::new();
    steps.for_each(|step| *often.entry(step).or_default() += 1);
    often.into_iter().max_by_key(|(step, count)| (*count, std::cmp::Reverse(*step))).map(|(step, _)| step)
}

/// Daily totals over the times of their days.
fn spread(
    fields: &Fields<'_>,
    totals: BTreeMap<Date, Number>,
    hours: &Hours,
    weights: Option<&[f64]>,
) -> Vec<Bucket> {
    let time = &fields.cx.time;
    let midnight = |date: Date| time.micros(date.to_datetime(jiff::civil::Time::midnight())).unwrap_or(0);
    let days: Vec<(Date, f64)> = totals.into_iter().map(|(date, number)| (date, number.count)).collect();
    let days = within_horizon(fields, days, |(date, _)| midnight(*date));
    let name = fields.given(&FileKeys::file).unwrap_or_default();
    let how = if weights.is_some() { "by the profile" } else { "evenly over its opening hours" };
    fields.cx.note(&name, &format!("daily totals: each is spread over its day {how}"));
    let whole_day = [(TimeOfDay::default(), TimeOfDay::MIDNIGHT_AFTER)];
    let mut buckets = Vec::new();
    for (date, count) in days {
        let start = midnight(date);
        if let Some(weights) = weights {
            let (sum, slot) = (weights.iter().sum::<f64>(), Span::DAY.micros() / weights.len() as u64);
            let at = |number: usize| start + (slot * number as u64) as i64;
            buckets.extend(weights.iter().enumerate().filter(|(_, weight)| **weight > 0.0).map(
                |(number, weight)| Bucket {
                    start: at(number),
                    length: Span::from_micros(slot),
                    count: count * weight / sum,
                },
            ));
            continue;
        }
        let openings = match hours {
            Hours::Always => &whole_day[..],
            Hours::Weekly { weekdays, dates } => {
                let special = dates.iter().find(|(special, _)| *special == date).map(|special| &special.1);
                special.unwrap_or(&weekdays[date.weekday().to_monday_zero_offset() as usize]).as_slice()
            }
        };
        // What comes on a day that stays closed comes while it is closed, and is told as such.
        let openings = if openings.is_empty() { &whole_day[..] } else { openings };
        let length = |(from, to): &(TimeOfDay, TimeOfDay)| to.span().saturating_sub(from.span());
        let open: f64 = openings.iter().map(|opening| length(opening).seconds()).sum();
        buckets.extend(openings.iter().map(|opening| Bucket {
            start: start + opening.0.span().micros() as i64,
            length: length(opening),
            count: count * length(opening).seconds() / open,
        }));
    }
    // An opening past midnight may reach into the next day's.
    for index in 1..buckets.len() {
        let next = buckets[index].start;
        let before = &mut buckets[index - 1];
        before.length = Span::from_micros(before.length.micros().min(next.abs_diff(before.start)));
    }
    buckets
}

/// Reads `arrivals.trace`: microseconds since the start of the reported time, ascending.
pub(super) fn trace(fields: &Fields<'_>) -> Vec<i64> {
    fields.require(&[TraceFile::time.name]);
    let read = with_table(fields, &[TraceFile::time.name, DATE], |table| {
        let (mut entries, mut bad) = (Vec::new(), None);
        let [time, date] = table.columns[..] else { return None };
        let columns: Vec<usize> = [Some(time?), date].into_iter().flatten().collect();
        table.rows(fields, &columns, |row| {
            let time = Moment::read(row.cell(columns[0]));
            let moment = match date {
                Some(date) => {
                    Moment::read(row.cell(date)).zip(time).and_then(|(day, time)| Moment::joined(day, time))
                }
                None => time,
            };
            match moment {
                Some(moment) => entries.push(Entry { line: row.line, moment, value: String::new() }),
                None if bad.is_none() => {
                    let cells: Vec<&str> = columns.iter().map(|column| row.cell(*column)).collect();
                    bad = Some((row.line, cells.join(" ")));
                }
                None => {}
            }
        })?;
        if let Some((line, cell)) = bad {
            let reason = format!("`{cell}` is neither a date and time nor a time of day");
            table
                .bad_row(fields, TIME, line, reason)
                .help("write dates with times like 2026-03-02 08:30, times of day like 08:30");
            return None;
        }
        let without = |what: &str| {
            table.bad_row(
                fields,
                TIME,
                entries.first().map_or(0, |entry| entry.line),
                format!("it has no {what}"),
            );
            None
        };
        match times(fields, table, &entries)? {
            Times::Local(at) => {
                fields.cx.time.start?;
                Some(at.into_iter().filter_map(|(at, _)| fields.cx.time.micros(at)).collect::<Vec<i64>>())
            }
            Times::Clock(_) => without("date"),
            Times::Day(_) => without("time of day"),
        }
    });
    let mut arrivals = read.unwrap_or_default();
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
    let place = fields.place_of(VALUE);
    let heads = |number: Number| -> u32 {
        let count = number.count;
        if count.fract() != 0.0 || count > 1e6 {
            log.error(
                place,
                "the file's heads must be whole numbers up to a million",
                format!("{count} is not"),
            );
        }
        count as u32
    };
    match series(fields, [StaffFile::time.name, StaffFile::value.name], Gaps::Mistakes)? {
        Series::Daily(counts) => {
            Some(Heads::Daily(counts.into_iter().map(|(at, count)| (at, heads(count))).collect()))
        }
        Series::Dated(counts) => {
            Some(Heads::Dated(counts.into_iter().map(|(at, count)| (at, heads(count))).collect()))
        }
        Series::Totals(_) => {
            let title = "heads need times of day";
            log.error(fields.place_of(FILE), title, "it has dates alone")
                .help("write dates with times like 2026-03-02 08:30, or times of day like 08:30");
            None
        }
    }
}

/// Leaves out what lies outside the played time, with a word about it.
fn within_horizon<T>(fields: &Fields<'_>, all: Vec<T>, at: impl Fn(&T) -> i64) -> Vec<T> {
    let time = &fields.cx.time;
    let played = -(time.warm_up.micros() as i64)..time.end().micros() as i64;
    let count = all.len();
    let kept: Vec<T> = all.into_iter().filter(|one| played.contains(&at(one))).collect();
    let name = fields.given(&FileKeys::file).unwrap_or_default();
    if kept.is_empty() && count > 0 && time.start.is_some() {
        let title = format!("{name} has nothing within the horizon");
        fields
            .cx
            .log
            .error(fields.place_of(FILE), title, "all its rows lie outside")
            .help("compare `horizon.start` and `horizon.days` with the file's dates");
    } else if kept.len() < count && time.start.is_some() {
        let title = format!("{} of {count} rows of {name} lie outside the horizon", count - kept.len());
        fields.cx.log.warning(fields.place_of(FILE), title, "they are left out");
    }
    kept
}
