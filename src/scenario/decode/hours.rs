//! Opening hours as people write them: `mon-fri 08:00-20:00`, `2026-05-01 closed`, `always`.

use jiff::civil::Date;

use crate::units::TimeOfDay;

use super::super::{AtClose, Hours};
use crate::reading::days::parse_days;
use crate::reading::fields::Fields;
use crate::reading::tree::{Data, Node};
use crate::reading::values::{parse_between, parse_date, wrong_type};
use crate::units::parse_duration;

const EXAMPLES: &str =
    "write it like \"mon-fri 08:00-20:00\", \"sat 09:00-13:00 14:00-17:00\" or \"2026-05-01 closed\"";

type Openings = Vec<(TimeOfDay, TimeOfDay)>;

/// Reads `open`.
pub(super) fn hours(fields: &Fields<'_>) -> Hours {
    let log = fields.cx.log;
    let Some(node) = fields.node("open") else { return Hours::Always };
    let path = fields.at("open");
    let rules: Vec<&Node> = match &node.data {
        Data::Text(_) => vec![node],
        Data::List(items) => items.iter().collect(),
        _ => {
            wrong_type(log, node, &path, "opening hours");
            return Hours::Always;
        }
    };
    if rules.is_empty() {
        log.error(node.place, format!("`{path}` is empty"), "never open")
            .help("leave it out for \"always\", or write a rule like \"mon-fri 08:00-20:00\"");
        return Hours::Always;
    }
    if let [only] = rules.as_slice()
        && only.text() == Some("always")
    {
        return Hours::Always;
    }
    if !fields.cx.time.calendar {
        log.error(
            node.place,
            format!("`{path}` needs a calendar"),
            "without `horizon.start` there are no weekdays",
        )
        .help("leave `open` out, or give the horizon a `start` and `days`");
        return Hours::Always;
    }
    let mut weekdays: [Openings; 7] = Default::default();
    let mut dates: Vec<(Date, Openings)> = Vec::new();
    let mut wrong = false;
    for rule in rules {
        let Some(text) = rule.text() else {
            wrong_type(log, rule, &path, "a text");
            wrong = true;
            continue;
        };
        if let Err(reason) = add_rule(text, &mut weekdays, &mut dates) {
            log.error(rule.place, format!("`{path}` has a rule that cannot be read"), reason).help(EXAMPLES);
            wrong = true;
        }
    }
    for openings in weekdays.iter_mut().chain(dates.iter_mut().map(|date| &mut date.1)) {
        openings.sort_unstable();
        if let Some(pair) = openings.windows(2).find(|pair| pair[0].1 > pair[1].0) {
            let title = format!("`{path}` opens twice at the same time");
            log.error(node.place, title, format!("{} lies before {}", pair[1].0, pair[0].1));
        }
    }
    dates.sort_by_key(|date| date.0);
    let hours = Hours::Weekly { weekdays, dates };
    let calendar = fields.cx.time.calendar();
    let from = calendar.instant(0).unwrap_or_default();
    if !wrong && hours.openings(&calendar, from, from + fields.cx.time.length).is_empty() {
        log.error(node.place, format!("`{}` is never open", fields.path), "no opening within the horizon");
    }
    hours
}

/// Adds what one rule says: days or a date, then times or `closed`.
fn add_rule(
    text: &str,
    weekdays: &mut [Openings; 7],
    dates: &mut Vec<(Date, Openings)>,
) -> Result<(), String> {
    if text.trim() == "always" {
        return Err("`always` must stand alone".to_owned());
    }
    let (when, times) =
        text.trim().split_once(char::is_whitespace).ok_or_else(|| "it names no times".to_owned())?;
    let openings = openings(times)?;
    if when.starts_with(|c: char| c.is_ascii_digit()) {
        let date = parse_date(when).ok_or_else(|| format!("`{when}` is not a date"))?;
        match dates.iter_mut().find(|(known, _)| *known == date) {
            Some((_, known)) => known.extend(openings),
            None => dates.push((date, openings)),
        }
        return Ok(());
    }
    let days = parse_days(when)?;
    for (weekday, _) in weekdays.iter_mut().zip(days).filter(|(_, chosen)| *chosen) {
        weekday.extend(openings.iter().copied());
    }
    Ok(())
}

fn openings(times: &str) -> Result<Openings, String> {
    if times.trim() == "closed" {
        return Ok(Vec::new());
    }
    let mut openings = Vec::new();
    for window in times.split([' ', ',']).filter(|window| !window.is_empty()) {
        let (from, to) = parse_between(window)?;
        if from >= TimeOfDay::MIDNIGHT_AFTER {
            return Err(format!("`{window}` begins past the day"));
        }
        if from == to {
            return Err(format!("`{window}` is no time at all"));
        }
        openings.push((from, past(from, to)));
    }
    Ok(openings)
}

/// The end of a stretch of time that may pass midnight: `22:00-06:00` ends at 30:00.
pub(super) fn past(from: TimeOfDay, to: TimeOfDay) -> TimeOfDay {
    if to > from { to } else { next_day(to) }
}

/// The same time a day later.
pub(super) fn next_day(time: TimeOfDay) -> TimeOfDay {
    let seconds = time.span().micros() / 1_000_000 + 86_400;
    TimeOfDay::from_seconds(u32::try_from(seconds).unwrap_or(u32::MAX))
}

/// Reads `at_close`.
pub(super) fn at_close(fields: &Fields<'_>) -> AtClose {
    let Some(text) = fields.text("at_close") else { return AtClose::Serve };
    let log = fields.cx.log;
    let title = || format!("`{}` cannot be `{text}`", fields.at("at_close"));
    match text.split_once(char::is_whitespace) {
        None if text == "serve" => AtClose::Serve,
        None if text == "clear" => AtClose::Clear,
        Some(("serve_for", time)) => match parse_duration(time) {
            Ok(span) => AtClose::ServeFor(span),
            Err(reason) => {
                log.error(fields.place_of("at_close"), title(), reason)
                    .help("write it like \"serve_for 10m\"");
                AtClose::Serve
            }
        },
        _ => {
            log.error(fields.place_of("at_close"), title(), "no such word here")
                .help("possible are \"serve\", \"clear\" and \"serve_for 10m\"");
            AtClose::Serve
        }
    }
}
