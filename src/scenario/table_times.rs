//! The times of a table's rows: dates and times of the centre's clock, times of day, or dates alone.

use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

use crate::tables::{Clock, Moment, Order, Stamp, Zone, order};

use super::table_file::{FileKeys, TableFile};
use super::time_zone::zone;
use crate::reading::fields::Fields;
use crate::reading::suggest;

/// One number of a table, and when it is of.
pub(super) struct Entry {
    pub(super) line: u64,
    pub(super) moment: Moment,
    /// The cell of the number.
    pub(super) value: String,
}

/// The times of all entries, in their order.
pub(super) enum Times {
    /// On the centre's clock; and the moment, where it is known.
    Local(Vec<(DateTime, Option<Timestamp>)>),
    /// Of every day.
    Clock(Vec<Clock>),
    /// The whole day.
    Day(Vec<Date>),
}

/// All numbers that fit `where`, one for each row, or for each row and column of a wide table. Whether
/// dates are written with points, as they are where decimals stand behind a comma, comes second.
pub(super) fn entries(fields: &Fields<'_>, table: &TableFile<'_>) -> Option<(Vec<Entry>, bool)> {
    let [time, date, value] = table.columns[..] else { return None };
    let across = if fields.read(FileKeys::wide) { Some(across(fields, table)?) } else { None };
    let times: Vec<usize> = [time, date].into_iter().flatten().collect();
    let mut entries = Vec::new();
    let mut bad: Option<(u64, &str, String)> = None;
    let mut points = false;
    table.rows(fields, &times, |row| {
        if bad.is_some() {
            return;
        }
        let read =
            |column: Option<usize>, key: &'static str| -> Result<Option<Moment>, (&'static str, String)> {
                let Some(column) = column else { return Ok(None) };
                let cell = row.cell(column);
                let moment = Moment::read(cell).ok_or_else(|| (key, cell.to_owned()))?;
                Ok(Some(moment))
            };
        points |= times.iter().any(|column| row.cell(*column).matches('.').count() == 2);
        let joined = |day: Option<Moment>, time: Option<Moment>| match (day, time) {
            (Some(day), Some(time)) => Moment::joined(day, time),
            (one, other) => one.or(other),
        };
        let moments = read(date, "date").and_then(|day| Ok((day, read(time, "time")?)));
        let (day, time) = match moments {
            Ok(moments) => moments,
            Err((key, cell)) => {
                bad = Some((row.line, key, cell));
                return;
            }
        };
        let mut add = |moment: Option<Moment>, column: usize| match moment {
            Some(moment) => {
                entries.push(Entry { line: row.line, moment, value: row.cell(column).to_owned() });
            }
            None => {
                let cells: Vec<&str> = times.iter().map(|column| row.cell(*column)).collect();
                bad = Some((row.line, "time", cells.join(" ")));
            }
        };
        match &across {
            None => add(joined(day, time), value.unwrap_or(usize::MAX)),
            Some(columns) => {
                for (column, moment) in columns {
                    let (day, time) = if moment.has_day() {
                        (Some(*moment), time.or(day))
                    } else {
                        (day.or(time), Some(*moment))
                    };
                    add(joined(day, time), *column);
                }
            }
        }
    })?;
    if let Some((line, key, cell)) = bad {
        let reason = format!("`{cell}` is neither a date and time nor a time of day");
        table
            .bad_row(fields, key, line, reason)
            .help("write dates with times like 2026-03-02 08:30, times of day like 08:30");
        return None;
    }
    Some((entries, points))
}

/// The columns of a wide table that are named by a time of day, or by a date.
fn across(fields: &Fields<'_>, table: &TableFile<'_>) -> Option<Vec<(usize, Moment)>> {
    let named = table.sheet.head.iter().enumerate();
    let columns: Vec<(usize, Moment)> =
        named.filter_map(|(index, name)| Some((index, Moment::read(name)?))).collect();
    let days = columns.iter().filter(|(_, moment)| moment.has_day()).count();
    if columns.is_empty() || (days != 0 && days != columns.len()) {
        let title = format!("{} has no columns for times of day or dates alone", table.name);
        let names: Vec<&str> = table.sheet.head.iter().take(6).map(String::as_str).collect();
        let reason = format!("its columns are {} ...", suggest::list(&names));
        fields
            .cx
            .log
            .error(fields.place_of(FileKeys::wide.name), title, reason)
            .help("name them like 08:30, or like 2026-03-02");
        return None;
    }
    Some(columns)
}

/// What the entries' moments are on the centre's clock.
pub(super) fn times(fields: &Fields<'_>, table: &TableFile<'_>, entries: &[Entry]) -> Option<Times> {
    let log = fields.cx.log;
    let key = if fields.has("time") { "time" } else { FileKeys::file.name };
    if !fields.cx.time.calendar {
        let title = format!("`{}` needs a calendar", fields.path);
        log.error(fields.place, title, "a file has dates or times of day")
            .help("give the horizon a `start` and `days`");
        return None;
    }
    let order = order_of_days(fields, table, entries, key)?;
    let zone = file_zone(fields)?;
    let (mut local, mut clocks, mut days) = (Vec::new(), Vec::new(), Vec::new());
    for entry in entries {
        let refuse = |reason: String| {
            table.bad_row(fields, key, entry.line, reason);
        };
        match entry.moment.stamp(order) {
            Err(reason) => {
                refuse(reason);
                return None;
            }
            Ok(Stamp::Day(day)) => days.push(day),
            Ok(Stamp::Clock(clock)) => {
                if clock >= 86_400_000_000 {
                    refuse("24:00 ends the day; a time of day begins an interval".to_owned());
                    return None;
                }
                clocks.push(clock);
            }
            Ok(Stamp::Local(at)) => local.push(match &zone {
                FileZone::Centre | FileZone::Marks => (at, None),
                FileZone::Other(own, centre) => {
                    let Some(moment) = own.moment(at) else {
                        refuse("there is no such moment".to_owned());
                        return None;
                    };
                    (centre.local(moment), Some(moment))
                }
            }),
            Ok(Stamp::Marked(_, shown)) if matches!(zone, FileZone::Marks) => local.push((shown, None)),
            Ok(Stamp::Marked(moment, _) | Stamp::Unix(moment)) => {
                let Some(centre) = &fields.cx.zone else {
                    let title = format!("{} needs `horizon.time_zone`", table.name);
                    let reason =
                        format!("line {} has a moment, not a time of the centre's clock", entry.line);
                    let help = "give the zone of the centre, as `horizon.time_zone = \"Europe/London\"`; if the file's \
                                times are the centre's clock in spite of their mark, write `time_zone = \"local\"` \
                                beside `file`";
                    log.error(fields.place_of(key), title, reason).help(help);
                    return None;
                };
                local.push((centre.local(moment), Some(moment)));
            }
        }
        let kinds = [local.is_empty(), clocks.is_empty(), days.is_empty()];
        if kinds.iter().filter(|empty| !**empty).count() > 1 {
            let reason = if days.is_empty() {
                "dates and bare times of day are mixed"
            } else {
                "bare dates and times are mixed"
            };
            refuse(reason.to_owned());
            return None;
        }
    }
    if local.iter().any(|(_, moment)| moment.is_some()) {
        fields.cx.note(&table.name, "times are converted to the centre's clock");
    }
    Some(match (local.is_empty(), clocks.is_empty()) {
        (false, _) => Times::Local(local),
        (true, false) => Times::Clock(clocks),
        (true, true) => Times::Day(days),
    })
}

fn order_of_days(
    fields: &Fields<'_>,
    table: &TableFile<'_>,
    entries: &[Entry],
    key: &str,
) -> Option<Option<Order>> {
    let given = fields.read(FileKeys::dates);
    let place = fields.place_of(if fields.has(FileKeys::date.name) { FileKeys::date.name } else { key });
    match order(entries.iter().map(|entry| &entry.moment), given) {
        Ok(order) => {
            let word = match order {
                Some(Order::DayFirst) => "in its dates the day comes before the month",
                Some(Order::MonthFirst) => "in its dates the month comes before the day",
                None => return Some(None),
            };
            fields.cx.note(&table.name, word);
            Some(order)
        }
        Err((index, false)) => {
            let title = format!("the dates of {} can be read in two ways", table.name);
            let reason = format!("as line {}: day and month may be the other way round", entries[index].line);
            let help = "say which comes first: `dates = \"dmy\"` or `dates = \"mdy\"`";
            fields.cx.log.error(place, title, reason).help(help);
            None
        }
        Err((index, true)) => {
            let reason = match given {
                Some(_) => "its day and month do not stand in the order that `dates` says",
                None => "its day and month stand in another order than before",
            };
            table.bad_row(fields, key, entries[index].line, reason.to_owned());
            None
        }
    }
}

/// What the times of a file are times of.
enum FileZone {
    /// The centre's clock.
    Centre,
    /// The same, and marks mean nothing.
    Marks,
    /// Another place's clock; and the centre's.
    Other(Zone, Zone),
}

fn file_zone(fields: &Fields<'_>) -> Option<FileZone> {
    let Some(name) = fields.read(FileKeys::time_zone) else {
        return Some(FileZone::Centre).filter(|_| !fields.has(FileKeys::time_zone.name));
    };
    if name == "local" {
        return Some(FileZone::Marks);
    }
    let own = zone(&fields.written(FileKeys::time_zone.name)?, &name)?;
    let Some(centre) = &fields.cx.zone else {
        let title = format!("`{}` needs `horizon.time_zone`", fields.at(FileKeys::time_zone.name));
        let help = "give the zone of the centre, as `horizon.time_zone = \"Europe/London\"`";
        fields
            .cx
            .log
            .error(fields.place_of(FileKeys::time_zone.name), title, "converted to which clock?")
            .help(help);
        return None;
    };
    Some(FileZone::Other(own, centre.clone()))
}
