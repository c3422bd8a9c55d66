//! The call log: one row a call, tab separated, times of day beside a date.

use std::path::Path;

use anyhow::{Context, Result};
use jiff::ToSpan;
use jiff::civil::{Date, date};

/// The first day of the log. Times are seconds since its midnight.
const FIRST: Date = date(1999, 2, 1);

const DAY: i64 = 86_400;

/// A call that asked for an agent: it was answered, or it abandoned in the queue.
pub struct Call {
    /// When it left the voice menu.
    pub arrived: i64,
    /// The log's `type`: what the call was about.
    pub queue: String,
    /// Seconds in the queue.
    pub wait: i64,
    /// What it got, unless it abandoned.
    pub service: Option<Service>,
}

/// One answered call's service.
pub struct Service {
    /// By whom; unknown for some calls.
    pub agent: Option<String>,
    /// When it began.
    pub start: i64,
    /// When it ended.
    pub end: i64,
    /// Seconds that the log gives it.
    pub talk: i64,
}

/// Reads the calls that asked for an agent, in the order of the file; calls that ended in the
/// voice menu, and those that the log itself says to ignore, are left out.
pub fn read(path: &Path) -> Result<Vec<Call>> {
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b'\t')
        .from_path(path)
        .with_context(|| path.display().to_string())?;
    let head = reader.headers()?.clone();
    let column = |name: &str| {
        head.iter().position(|cell| cell == name).with_context(|| format!("the log has no column `{name}`"))
    };
    let [queue, day, entry, arrived, wait] =
        [column("type")?, column("date")?, column("vru_entry")?, column("vru_exit")?, column("q_time")?];
    let [outcome, start, end, talk, agent] = [
        column("outcome")?,
        column("ser_start")?,
        column("ser_exit")?,
        column("ser_time")?,
        column("server")?,
    ];
    let mut calls = Vec::new();
    for (row, record) in reader.records().enumerate() {
        let record = record?;
        let place = || format!("row {} of {}", row + 1, path.display());
        let midnight = midnight(&record[day]).with_context(place)?;
        let entered = time_of_day(&record[entry]).with_context(place)?;
        // A time of day far before the call's entry belongs to the next morning; a little before
        // is one of the log's faults.
        let at = |column: usize| -> Result<i64> {
            let time = time_of_day(&record[column]).with_context(place)?;
            Ok(midnight + time + if time + DAY / 2 < entered { DAY } else { 0 })
        };
        let wait: i64 = record[wait].parse().with_context(place)?;
        let service = match &record[outcome] {
            "AGENT" => Some(Service {
                agent: Some(record[agent].to_owned()).filter(|agent| agent != "NO_SERVER"),
                start: at(start)?,
                end: at(end)?,
                talk: record[talk].parse().with_context(place)?,
            }),
            "HANG" if wait > 0 => None,
            _ => continue,
        };
        calls.push(Call { arrived: at(arrived)?, queue: record[queue].to_owned(), wait, service });
    }
    Ok(calls)
}

/// A time as the scenario's CSV readers take it.
pub fn written(seconds: i64) -> String {
    (FIRST.at(0, 0, 0, 0) + seconds.seconds()).to_string()
}

/// `990201`: the midnight that began the day.
fn midnight(text: &str) -> Result<i64> {
    let number: i64 = text.parse()?;
    let day = Date::new((1900 + number / 10_000) as i16, (number / 100 % 100) as i8, (number % 100) as i8)?;
    Ok(i64::from((day - FIRST).get_days()) * DAY)
}

/// `7:02:47`: seconds since midnight.
fn time_of_day(text: &str) -> Result<i64> {
    text.split(':').try_fold(0, |seconds, part| Ok(seconds * 60 + part.parse::<i64>()?))
}
