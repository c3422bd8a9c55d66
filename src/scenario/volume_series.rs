//! The numbers of a table at their times: what volumes, arrivals and heads that stand in tables have in common.

use std::collections::BTreeMap;

use jiff::civil::{Date, DateTime};

use crate::reading::fields::Fields;
use crate::reading::suggest;
use crate::tables::{Habit, Happens, Moment, is_gap, number};
use crate::units::Span;

use super::table_file::{FileKeys, TableFile, with_table};
use super::table_times::{Entry, Times, entries, times};

/// The numbers of a table by time.
pub(super) enum Series {
    /// Microseconds since the start of the reported time.
    Dated(BTreeMap<i64, Number>),
    /// Since midnight, every day alike.
    Daily(BTreeMap<Span, Number>),
    /// Whole days.
    Totals(BTreeMap<Date, Number>),
}

/// What a table says of one time.
#[derive(Clone, Copy)]
pub(super) struct Number {
    pub(super) count: f64,
    /// How long its cell says that it lasts, in microseconds.
    pub(super) lasts: Option<u64>,
}

/// What an empty cell means.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Gaps {
    /// Nothing came, with a word.
    Nothing,
    /// Nobody can say.
    Mistakes,
}

/// Reads the numbers of a table; `time` and `value` are the keys that name its columns.
pub(super) fn series(fields: &Fields<'_>, [time, value]: [&'static str; 2], gaps: Gaps) -> Option<Series> {
    let wide = fields.read(FileKeys::wide);
    if wide && fields.has(value) {
        let title = format!("`{}` has both `wide` and `value`", fields.path);
        fields.cx.log.error(fields.place_of(value), title, "one of them must go");
    }
    if !wide {
        fields.require(&[value]);
        fields.require(&[time, FileKeys::date.name]);
        if !fields.has(value) || !(fields.has(time) || fields.has(FileKeys::date.name)) {
            // What else is wrong with the file's keys is told too.
            with_table(fields, &[time, FileKeys::date.name, value], |_| Some(()));
            return None;
        }
    }
    let sum = fields.read(FileKeys::sum);
    with_table(fields, &[time, FileKeys::date.name, value], |table| {
        let (entries, points) = entries(fields, table)?;
        let counts = counts(fields, table, &entries, points, (value, gaps))?;
        let numbers = entries
            .iter()
            .zip(&counts)
            .map(|(entry, count)| Number { count: *count, lasts: entry.moment.lasts() });
        let merged = Merging { fields, table, entries: &entries, time, sum };
        Some(match times(fields, table, &entries)? {
            Times::Clock(clocks) => {
                let at = |clock: i64| Span::from_micros(clock.unsigned_abs());
                Series::Daily(merged.all(clocks.into_iter().map(at).zip(numbers), |_, _| false)?)
            }
            Times::Day(days) => Series::Totals(merged.all(days.into_iter().zip(numbers), |_, _| false)?),
            Times::Local(times) => {
                fields.cx.time.start?;
                clock_changes(fields, table, &times, &counts);
                let twice = |first: usize, second: usize| {
                    let (one, other) = (times[first], times[second]);
                    let folded =
                        || fields.cx.zone.as_ref().is_some_and(|zone| zone.happens(one.0) == Happens::Twice);
                    match (one.1, other.1) {
                        (Some(one), Some(other)) => one != other,
                        _ => folded(),
                    }
                };
                let micros = |at: DateTime| fields.cx.time.micros(at).unwrap_or(0);
                let all = times.iter().map(|(at, _)| micros(*at)).zip(numbers);
                Series::Dated(merged.all(all, twice)?)
            }
        })
    })
}

/// The number of each entry.
fn counts(
    fields: &Fields<'_>,
    table: &TableFile<'_>,
    entries: &[Entry],
    points: bool,
    (value, gaps): (&'static str, Gaps),
) -> Option<Vec<f64>> {
    let key = if fields.has(value) { value } else { FileKeys::file.name };
    let habit = if points { Habit::Unknown } else { table.sheet.habit };
    let cells = entries.iter().map(|entry| entry.value.as_str()).filter(|cell| !is_gap(cell));
    let decimal = table.decimal(fields, cells, habit)?;
    let mut empty = Vec::new();
    let mut counts = Vec::with_capacity(entries.len());
    for entry in entries {
        if is_gap(&entry.value) && gaps == Gaps::Nothing {
            empty.push(entry.line);
            counts.push(0.0);
            continue;
        }
        match number(&entry.value, decimal).filter(|count| *count >= 0.0) {
            Some(count) => counts.push(count),
            None => {
                let reason = format!("`{}` is not a number of 0 or more", entry.value);
                table.bad_row(fields, key, entry.line, reason);
                return None;
            }
        }
    }
    if let Some(first) = empty.first() {
        let (count, of) = (empty.len(), entries.len());
        let title = format!(
            "{count} of {of} values of {} {} missing",
            table.name,
            if count == 1 { "is" } else { "are" }
        );
        let reason = format!("nothing comes then; the first gap is in line {first}");
        fields.cx.log.warning(fields.place_of(key), title, reason);
    }
    Some(counts)
}

/// Says what stands in an hour that the clock leaves out or runs through twice.
fn clock_changes(
    fields: &Fields<'_>,
    table: &TableFile<'_>,
    times: &[(DateTime, Option<jiff::Timestamp>)],
    counts: &[f64],
) {
    let Some(zone) = &fields.cx.zone else { return };
    let (mut twice, mut never) = (None, None);
    for ((at, moment), count) in times.iter().zip(counts) {
        match zone.happens(*at) {
            Happens::Twice if *count > 0.0 => {
                twice.get_or_insert(*at);
            }
            Happens::Never if *count > 0.0 && moment.is_none() => {
                never.get_or_insert(*at);
            }
            _ => {}
        }
    }
    let place = fields.place_of(FileKeys::file.name);
    if let Some(at) = twice {
        let title = format!("in {} the clock is put back", table.name);
        let reason = format!("the hour of {at} comes twice; what comes in both is played in one");
        fields.cx.log.warning(place, title, reason);
    }
    if let Some(at) = never {
        let title = format!("in {} something comes in an hour that the clock leaves out", table.name);
        fields.cx.log.warning(
            place,
            title,
            format!("the clock is put forward over {at}; it is played all the same"),
        );
    }
}

/// Putting numbers at their times, where no two may share one.
struct Merging<'a> {
    fields: &'a Fields<'a>,
    table: &'a TableFile<'a>,
    entries: &'a [Entry],
    /// The key that names the column of times.
    time: &'static str,
    sum: bool,
}

impl Merging<'_> {
    /// The numbers by time. Two of one time are a mistake, unless they are to be summed or `apart` says of their
    /// positions that they are of different hours.
    fn all<K: Ord>(
        &self,
        numbers: impl Iterator<Item = (K, Number)>,
        apart: impl Fn(usize, usize) -> bool,
    ) -> Option<BTreeMap<K, Number>> {
        let mut all: BTreeMap<K, (Number, usize)> = BTreeMap::new();
        let mut shared = Vec::new();
        for (index, (at, number)) in numbers.enumerate() {
            match all.get_mut(&at) {
                None => {
                    all.insert(at, (number, index));
                }
                Some((known, first)) => {
                    if !self.sum && !apart(*first, index) {
                        shared.push((*first, index));
                    }
                    known.count += number.count;
                }
            }
        }
        if let Some((first, second)) = shared.first() {
            self.refuse(shared.len(), *first, *second);
            return None;
        }
        Some(all.into_iter().map(|(at, (number, _))| (at, number)).collect())
    }

    fn refuse(&self, count: usize, first: usize, second: usize) {
        let (fields, name) = (self.fields, &self.table.name);
        let lines = (self.entries[first].line, self.entries[second].line);
        let rows = if count == 1 { "a row has".to_owned() } else { format!("{count} rows have") };
        let title = format!("in {name} {rows} the time of another");
        let reason = if lines.0 == lines.1 {
            format!("line {} names a time twice", lines.0)
        } else {
            format!("lines {} and {} are the first", lines.0, lines.1)
        };
        let key = if fields.has(self.time) { self.time } else { FileKeys::file.name };
        fields.cx.log.error(fields.place_of(key), title, reason).help(self.remedy(lines));
    }

    /// What tells two rows apart.
    fn remedy(&self, (first, second): (u64, u64)) -> String {
        let mut cells: [Vec<String>; 2] = [Vec::new(), Vec::new()];
        let head = &self.table.sheet.head;
        let _ = self.table.sheet.each(|row| {
            for (line, cells) in [first, second].into_iter().zip(&mut cells) {
                if row.line == line {
                    *cells = (0..head.len()).map(|column| row.cell(column).to_owned()).collect();
                }
            }
            Ok(())
        });
        let [one, other] = cells;
        let used = |column: &usize| self.table.columns.contains(&Some(*column));
        let differ: Vec<usize> = (0..head.len())
            .filter(|column| one.get(*column) != other.get(*column) && !used(column))
            .collect();
        let day = |column: &&usize| {
            one.get(**column).and_then(|cell| Moment::read(cell)).is_some_and(|moment| moment.has_day())
        };
        if let Some(column) = differ.iter().find(day) {
            return format!("name the column of the date: `date = \"{}\"`", head[*column]);
        }
        // What tells apart is text or a short number; measures differ too.
        let names: Vec<&str> = differ.iter().take(4).map(|column| head[*column].as_str()).collect();
        if names.is_empty() {
            return "take away what stands there twice; `sum = true` adds them up".to_owned();
        }
        format!(
            "they differ in {}: choose rows with `where`, or add them up with `sum = true`",
            suggest::list(&names)
        )
    }
}
