//! When the rows of a report are of, on the centre's clock.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime, Time, date};
use jiff::tz::Offset;

use crate::tables::{Moment, Order, Stamp, order};

use crate::units::Span;

use super::fault::Fault;
use super::{Asked, Faults};

/// When a row is of.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct At {
    /// On the centre's clock.
    pub(super) local: DateTime,
    /// Where the file tells it: an hour that the clock repeats is two.
    pub(super) moment: Option<Timestamp>,
    /// How long the row says that it lasts, in microseconds.
    pub(super) lasts: Option<u64>,
}

/// The day from whose midnight [`micros`] counts.
pub(super) const EPOCH: Date = date(1970, 1, 1);

/// Microseconds on a clock that never jumps.
pub(super) fn micros(local: DateTime) -> i64 {
    Offset::UTC.to_timestamp(local).map_or(0, Timestamp::as_microsecond)
}

/// Seconds since a midnight.
pub(super) fn since(start: Date, at: DateTime) -> f64 {
    start.to_datetime(Time::midnight()).duration_until(at).as_secs_f64()
}

/// A row's line and the cells of its date, its begin and its end.
pub(super) struct Cells {
    pub(super) line: u64,
    pub(super) date: Option<String>,
    pub(super) time: Option<String>,
    pub(super) end: Option<String>,
}

/// When all rows are of, in their order; `file` for messages.
pub(super) fn stamps(
    rows: &[Cells],
    asked: &Asked,
    file: &str,
) -> Result<(Vec<At>, Option<&'static str>), Faults> {
    let mut moments = Vec::with_capacity(rows.len());
    for row in rows {
        moments.push(begin(row.line, row.date.as_deref(), row.time.as_deref(), file)?);
    }
    let order = order(moments.iter(), asked.dates)
        .map_err(|(index, against)| undecided(rows[index].line, against, file))?;
    let mut all = Vec::with_capacity(rows.len());
    for (row, moment) in rows.iter().zip(&moments) {
        let (local, instant) = local(moment, order, asked, row.line, file)?;
        let mut lasts = moment.lasts();
        if let (None, Some(end)) = (lasts, &row.end) {
            let end = Moment::read(end).and_then(|end| match end.has_day() || row.date.is_none() {
                true => Some(end),
                false => Moment::joined(Moment::read(row.date.as_deref()?)?, end),
            });
            let until = end.and_then(|end| self::local(&end, order, asked, row.line, file).ok());
            // An interval that its system gives as 09:00 to 09:29:59 lasts half an hour.
            let micros = until.and_then(|(until, _)| {
                let seconds = local.duration_until(until).as_secs();
                let seconds = if seconds % 60 == 59 { seconds + 1 } else { seconds };
                u64::try_from(seconds).ok().filter(|seconds| *seconds > 0).map(|seconds| seconds * 1_000_000)
            });
            lasts = micros;
        }
        all.push(At { local, moment: instant, lasts });
    }
    Ok((all, order.map(word)))
}

/// What the order of day and month is, for whoever wants to know.
pub(super) fn word(order: Order) -> &'static str {
    match order {
        Order::DayFirst => "in its dates the day comes before the month",
        Order::MonthFirst => "in its dates the month comes before the day",
    }
}

/// The date of a line fits no order (`against`), or can be read in two ways.
pub(super) fn undecided(line: u64, against: bool, file: &str) -> Faults {
    if against {
        return Faults::one(
            format!("line {line} of {file}: its day and month stand in another order than elsewhere"),
            "write all dates alike",
        );
    }
    Faults::one(
        format!("the dates of {file} can be read in two ways, as in line {line}"),
        "say which comes first: `--dates dmy` or `--dates mdy`",
    )
}

/// The begin of a row, from its cells.
pub(super) fn begin(line: u64, date: Option<&str>, time: Option<&str>, file: &str) -> Result<Moment, Fault> {
    let read = |cell: Option<&str>| -> Result<Option<Moment>, Fault> {
        let Some(cell) = cell else { return Ok(None) };
        let unread = || {
            Fault::new(
                format!("line {line} of {file}: `{cell}` is neither a date and time nor a time of day"),
                "write dates with times like 2026-03-02 08:30, times of day like 08:30; \
                 `--column time=HEAD` and `--column date=HEAD` name the columns",
            )
        };
        Moment::read(cell).ok_or_else(unread).map(Some)
    };
    let unjoined = || {
        Fault::new(
            format!("line {line} of {file}: its date and its time do not fit together"),
            "`--column time=HEAD` and `--column date=HEAD` name the columns",
        )
    };
    match (read(date)?, read(time)?) {
        // What tells the day itself needs no other column for it.
        (Some(day), Some(time)) if !time.has_day() => Moment::joined(day, time).ok_or_else(unjoined),
        (Some(day), Some(time)) => Ok(Moment::joined(day, time).unwrap_or(time)),
        (Some(one), None) | (None, Some(one)) => Ok(one),
        (None, None) => Err(unjoined()),
    }
}

/// What a moment is on the centre's clock, and the moment itself where it is known.
pub(super) fn local(
    moment: &Moment,
    order: Option<Order>,
    asked: &Asked,
    line: u64,
    file: &str,
) -> Result<(DateTime, Option<Timestamp>), Fault> {
    match moment.stamp(order) {
        Err(reason) => Err(Fault { title: format!("line {line} of {file}: {reason}"), hint: None }),
        // Somebody says that rows are days.
        Ok(Stamp::Day(date)) if asked.interval == Some(Span::DAY) => {
            Ok((date.to_datetime(Time::midnight()), None))
        }
        Ok(Stamp::Day(_)) => Err(Fault::new(
            format!("line {line} of {file} is about a whole day, not about an interval"),
            "export the report by interval (half-hours, say); `--column time=HEAD` names the column; \
             `--interval 24h` says that rows are days",
        )),
        Ok(Stamp::Clock(_)) => Err(Fault::new(
            format!("line {line} of {file} has a time of day and no date"),
            "name the column of the dates: `--column date=HEAD`",
        )),
        Ok(Stamp::Local(at)) => match (&asked.zone, &asked.centre) {
            (Some(own), Some(centre)) => match own.moment(at) {
                Some(moment) => Ok((centre.local(moment), Some(moment))),
                None => Err(Fault {
                    title: format!("line {line} of {file}: there is no such moment"),
                    hint: None,
                }),
            },
            _ => Ok((at, None)),
        },
        Ok(Stamp::Marked(moment, _) | Stamp::Unix(moment)) => match &asked.centre {
            Some(centre) => Ok((centre.local(moment), Some(moment))),
            None => Err(Fault::new(
                format!(
                    "line {line} of {file} has a moment (UTC or an offset), not a time of the centre's clock"
                ),
                "give the zone of the centre: `horizon.time_zone = \"Europe/London\"` in the scenario, \
                 `--centre-zone Europe/London` with `import`",
            )),
        },
    }
}
