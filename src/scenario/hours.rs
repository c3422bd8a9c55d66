//! Opening hours, as people write them: `mon-fri 08:00-20:00`, `2026-05-01 closed`, `always`.

use jiff::civil::Date;

use crate::reading::days::parse_days;
use crate::reading::fields::Written;
use crate::reading::kinds::{Declares, Reads};
use crate::reading::shape::Kind;
use crate::reading::tree::{Data, Node};
use crate::reading::values::{self, parse_between, parse_date};
use crate::units::{Calendar, Instant, Span, TimeOfDay, parse_duration};

/// When a queue is open.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Hours {
    /// Day and night.
    Always,
    /// By weekday, with dates that differ.
    Weekly {
        /// Monday first; each day's openings ascending, from before to.
        weekdays: [Vec<(TimeOfDay, TimeOfDay)>; 7],
        /// A date's openings replace its weekday's; empty is closed.
        dates: Vec<(Date, Vec<(TimeOfDay, TimeOfDay)>)>,
    },
}

impl Hours {
    /// The openings between `from` and `to`, ascending, merged where they touch or overlap.
    #[must_use]
    pub fn openings(&self, calendar: &Calendar, from: Instant, to: Instant) -> Vec<(Instant, Instant)> {
        let Hours::Weekly { weekdays, dates } = self else { return vec![(from, to)] };
        let mut out: Vec<(Instant, Instant)> = Vec::new();
        // An opening may reach past midnight, so the day before the first counts too.
        for day in calendar.day(from) - 1..=calendar.day(to) {
            let date = calendar.date(day);
            let special = dates.iter().find(|(d, _)| Some(*d) == date).map(|(_, openings)| openings);
            let today = special.unwrap_or(&weekdays[calendar.weekday(day).index()]);
            let midnight = day * Span::DAY.micros() as i64;
            for (open, close) in today {
                let at = |time: TimeOfDay| calendar.instant(midnight + time.span().micros() as i64);
                let open = at(*open).unwrap_or(Instant::START).max(from);
                let close = at(*close).unwrap_or(Instant::START).min(to);
                if open >= close {
                    continue;
                }
                match out.last_mut() {
                    Some(last) if last.1 >= open => last.1 = last.1.max(close),
                    _ => out.push((open, close)),
                }
            }
        }
        out
    }
}

const EXAMPLES: &str =
    "write it like \"mon-fri 08:00-20:00\", \"sat 09:00-13:00 14:00-17:00\" or \"2026-05-01 closed\"";

type Openings = Vec<(TimeOfDay, TimeOfDay)>;

impl Declares for Hours {
    const KIND: Kind = Kind::Either(&[Kind::Text, Kind::List(&Kind::Text)]);
}

impl Reads for Hours {
    type Value = Hours;

    fn read(written: &Written<'_>) -> Option<Hours> {
        Some(read(written))
    }
}

fn read(written: &Written<'_>) -> Hours {
    let Written { cx, node, path, .. } = written;
    let log = cx.log;
    let rules: Vec<&Node> = match &node.data {
        Data::Text(_) => vec![*node],
        Data::List(items) => items.iter().collect(),
        _ => {
            written.wrong("opening hours");
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
    if !cx.time.calendar {
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
            values::wrong_type(log, rule, path, "a text");
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
    let calendar = cx.time.calendar();
    let from = calendar.instant(0).unwrap_or_default();
    if !wrong && hours.openings(&calendar, from, from + cx.time.length).is_empty() {
        log.error(
            node.place,
            format!("`{}` is never open", written.table()),
            "no opening within the horizon",
        );
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
    let only = || match openings(text) {
        Ok(_) => format!("it names no days: every day is \"mon-sun {}\"", text.trim()),
        Err(_) => "it names no times".to_owned(),
    };
    let (when, times) = text.trim().split_once(char::is_whitespace).ok_or_else(only)?;
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

/// What happens to those inside at closing time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtClose {
    /// They are served by who is on duty, as overtime.
    Serve,
    /// They are sent away at once.
    Clear,
    /// They are served for a while, then sent away.
    ServeFor(Span),
}

impl Declares for AtClose {
    const KIND: Kind = Kind::Text;
}

impl Reads for AtClose {
    type Value = AtClose;

    fn read(written: &Written<'_>) -> Option<AtClose> {
        let Written { cx, node, path, .. } = written;
        let text = values::text(cx.log, node, path)?;
        match text.split_once(char::is_whitespace) {
            None if text == "serve" => Some(AtClose::Serve),
            None if text == "clear" => Some(AtClose::Clear),
            Some(("serve_for", time)) => {
                let refuse = |reason| {
                    let logged = cx.log.error(node.place, format!("`{path}` cannot be `{text}`"), reason);
                    logged.help("write it like \"serve_for 10m\"");
                };
                parse_duration(time).map(AtClose::ServeFor).map_err(refuse).ok()
            }
            _ => written.is_none_of("\"serve\", \"clear\" and \"serve_for 10m\"", ""),
        }
    }
}
