//! Single values: a node of the tree in, a number, a duration, a date out.

use jiff::civil::{Date, DateTime};

use crate::units::{Span, TimeOfDay};

use super::diagnostic::Log;
use super::relative;
use super::shape::Range;
use super::suggest;
use super::tree::{Data, Node};
use crate::units::Within;
use crate::units::{parse_duration, parse_within};

/// Why a change such as `"+2"` is none here.
const NOTHING_TO_CHANGE: &str =
    "a value with a sign changes one that is written already: in a file that extends another, or by `--set`";

/// Says that `path` must be something else.
pub(crate) fn wrong_type(log: &Log, node: &Node, path: &str, wanted: &str) {
    let logged =
        log.error(node.place, format!("`{path}` must be {wanted}"), format!("this is {}", node.describe()));
    if node.text().is_some_and(relative::is_change) {
        logged.help(NOTHING_TO_CHANGE);
    }
}

pub(crate) fn text(log: &Log, node: &Node, path: &str) -> Option<String> {
    if node.text().is_none() {
        wrong_type(log, node, path, "a text");
    }
    node.text().map(str::to_owned)
}

pub(crate) fn flag(log: &Log, node: &Node, path: &str) -> Option<bool> {
    let Data::Flag(flag) = node.data else {
        wrong_type(log, node, path, "`true` or `false`");
        return None;
    };
    Some(flag)
}

pub(crate) fn number(log: &Log, node: &Node, path: &str, range: Range) -> Option<f64> {
    let number = match node.data {
        Data::Integer(number) => number as f64,
        Data::Float(number) => number,
        Data::Text(ref text) if range.is_share() && percentage(text).is_some() => percentage(text)?,
        _ => {
            wrong_type(
                log,
                node,
                path,
                if range.is_share() { "a share such as 0.8 or \"80%\"" } else { "a number" },
            );
            return None;
        }
    };
    if !number.is_finite() {
        let what = if number.is_nan() { "not a number at all" } else { "infinite" };
        log.error(node.place, format!("`{path}` must be a finite number"), format!("this is {what}"));
        return None;
    }
    let (fits, wanted) = match range {
        Range::Any => (true, "a number"),
        Range::NotNegative => (number >= 0.0, "0 or more"),
        Range::Positive => (number > 0.0, "more than 0"),
        Range::Share => ((0.0..=1.0).contains(&number), "a share between 0 and 1"),
        Range::Inside => (number > 0.0 && number < 1.0, "a share above 0 and below 1, such as 0.8"),
        Range::Part => (number > 0.0 && number <= 1.0, "a share above 0 and up to 1"),
        Range::AtLeastOne => (number >= 1.0, "1 or more"),
    };
    if !fits {
        let percent = range.is_share() && number > 1.0 && number <= 100.0;
        let help =
            percent.then(|| format!("if you mean {} %, write {}", rounded(number), rounded(number / 100.0)));
        log.error(node.place, format!("`{path}` must be {wanted}"), format!("{number} is not"))
            .maybe_help(help);
        return None;
    }
    Some(number)
}

/// Without the last digits of binary fractions, which nobody wrote.
fn rounded(number: f64) -> f64 {
    (number * 1e9).round() / 1e9
}

/// `"80%"`, as a share.
fn percentage(text: &str) -> Option<f64> {
    let percent: f64 = text.strip_suffix('%')?.trim_end().parse().ok()?;
    Some(percent / 100.0)
}

pub(crate) fn count(log: &Log, node: &Node, path: &str, least: u64) -> Option<u64> {
    let Data::Integer(number) = node.data else {
        wrong_type(log, node, path, "a whole number");
        return None;
    };
    match u64::try_from(number) {
        Ok(number) if number >= least => Some(number),
        _ => {
            let title = format!("`{path}` must be {least} or more");
            log.error(node.place, title, format!("{number} is not"));
            None
        }
    }
}

pub(crate) fn duration(log: &Log, node: &Node, path: &str) -> Option<Span> {
    timed(log, node, path, parse_duration)
}

pub(crate) fn within(log: &Log, node: &Node, path: &str) -> Option<Within> {
    timed(log, node, path, parse_within)
}

fn timed<T>(log: &Log, node: &Node, path: &str, parse: fn(&str) -> Result<T, String>) -> Option<T> {
    let title = format!("`{path}` must be a duration");
    match &node.data {
        Data::Text(text) => match parse(text) {
            Ok(value) => return Some(value),
            Err(reason) => {
                let change = relative::is_change(text).then(|| NOTHING_TO_CHANGE.to_owned());
                log.error(node.place, title, reason).maybe_help(change)
            }
        },
        Data::Integer(_) | Data::Float(_) => {
            let shown = match node.data {
                Data::Integer(number) => number.to_string(),
                Data::Float(number) => number.to_string(),
                _ => String::new(),
            };
            // No duration is below 0.
            let size = shown.trim_start_matches('-');
            let help = format!("write it with a unit: \"{size}s\", \"{size}m\" or \"{size}h\"");
            log.error(node.place, title, format!("{shown} has no unit")).help(help)
        }
        _ => log
            .error(node.place, title, format!("this is {}", node.describe()))
            .help("write it like \"90s\", \"4m30s\", \"1.5h\" or \"2d\""),
    };
    None
}

pub(crate) fn time_of_day(log: &Log, node: &Node, path: &str) -> Option<TimeOfDay> {
    let title = format!("`{path}` must be a time of day");
    let written = match &node.data {
        Data::Text(text) => text.clone(),
        Data::Time(time) if time.date.is_none() => time.to_string(),
        _ => {
            log.error(node.place, title, format!("this is {}", node.describe()))
                .help("write it like \"08:30\"");
            return None;
        }
    };
    TimeOfDay::parse(&written).map_err(|reason| log.error(node.place, title, reason)).ok()
}

/// Two times of day: `12:00-13:30`.
pub(crate) fn between(log: &Log, node: &Node, path: &str) -> Option<(TimeOfDay, TimeOfDay)> {
    let title = format!("`{path}` must be two times of day");
    let Some(text) = node.text() else {
        log.error(node.place, title, format!("this is {}", node.describe()))
            .help("write it like \"12:00-13:30\"");
        return None;
    };
    parse_between(text)
        .map_err(|reason| log.error(node.place, title, reason).help("write it like \"12:00-13:30\""))
        .ok()
}

/// Reads `12:00-13:30`.
pub(crate) fn parse_between(text: &str) -> Result<(TimeOfDay, TimeOfDay), String> {
    let (from, to) =
        text.split_once(['-', '–']).ok_or_else(|| format!("`{text}` has no `-` between two times"))?;
    Ok((TimeOfDay::parse(from)?, TimeOfDay::parse(to)?))
}

pub(crate) fn date(log: &Log, node: &Node, path: &str) -> Option<Date> {
    let title = format!("`{path}` must be a date");
    let reason = match &node.data {
        Data::Text(text) => match parse_date(text) {
            Some(date) => return Some(date),
            None => format!("`{text}` is not a date"),
        },
        Data::Time(time) if time.time.is_none() => {
            match time.date.and_then(|d| Date::new(d.year as i16, d.month as i8, d.day as i8).ok()) {
                Some(date) => return Some(date),
                None => "there is no such day".to_owned(),
            }
        }
        _ => format!("this is {}", node.describe()),
    };
    log.error(node.place, title, reason).help("write it like 2026-03-02");
    None
}

pub(crate) fn date_time(log: &Log, node: &Node, path: &str) -> Option<DateTime> {
    let title = format!("`{path}` must be a date and time");
    let written = match &node.data {
        Data::Text(text) => text.clone(),
        Data::Time(time) => time.to_string(),
        _ => {
            let reason = format!("this is {}", node.describe());
            log.error(node.place, title, reason).help("write it like 2026-03-04T10:00:00");
            return None;
        }
    };
    let midnight = |date: Date| date.to_datetime(jiff::civil::Time::midnight());
    let moment = parse_date(&written).map(midnight).or_else(|| parse_date_time(&written));
    if moment.is_none() {
        let reason = format!("`{written}` is not a local date and time");
        log.error(node.place, title, reason).help("write it like 2026-03-04T10:00:00");
    }
    moment
}

/// Reads `2026-03-02`.
pub(crate) fn parse_date(text: &str) -> Option<Date> {
    let text = text.trim();
    // The parser also takes a date with a time; here that would lose the time without a word.
    (text.len() == 10).then(|| text.parse().ok()).flatten()
}

/// Reads a local date and time, with `T` or a space; a trailing `Z` is taken as local too, as
/// exports often mark clock time so. Other offsets are refused.
pub(crate) fn parse_date_time(text: &str) -> Option<DateTime> {
    let text = text.trim();
    let text = text.strip_suffix(['Z', 'z']).unwrap_or(text);
    let time = text.get(10..)?;
    if time.contains(['+', '-', '[']) || !time.contains(':') {
        return None;
    }
    text.parse().ok()
}

/// One of some words: which.
pub(crate) fn word(log: &Log, node: &Node, path: &str, words: &[&'static str]) -> Option<usize> {
    let Some(text) = node.text() else {
        wrong_type(log, node, path, &format!("one of {}", suggest::list(words)));
        return None;
    };
    if let Some(number) = words.iter().position(|word| *word == text) {
        return Some(number);
    }
    log.error(node.place, format!("`{path}` cannot be `{text}`"), "no such word here")
        .maybe_help(suggest::hint(text, words.iter().copied()));
    None
}
