//! Dates and times in cells, and the order of day and month that a whole column tells.

use crate::vocabulary::words;
use jiff::Timestamp;
use jiff::civil::{Date, DateTime};

const SECOND: i64 = 1_000_000;
const DAY: i64 = 86_400 * SECOND;

/// A time of day: microseconds since midnight, up to the midnight that ends the day.
pub type Clock = i64;

words! {
    /// The order of day and month in dates such as `03/02/2026`.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Order {
        /// 3 February.
        DayFirst = "dmy",
        /// March 2.
        MonthFirst = "mdy",
    }
}

/// A day as written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Day {
    Known(Date),
    /// Day and month, or month and day; the year.
    Either(i8, i8, i16),
}

/// What a cell says of a moment, as written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    day: Option<Day>,
    clock: Option<Clock>,
    /// Where the cell is a stretch of time: its end.
    until: Option<Clock>,
    /// Seconds east of Greenwich.
    offset: Option<i32>,
    /// A count of seconds or milliseconds since 1970.
    unix: Option<Timestamp>,
}

/// A moment that is understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stamp {
    /// A date alone.
    Day(Date),
    /// A time of day alone.
    Clock(Clock),
    /// A date and time on some clock.
    Local(DateTime),
    /// A date and time that say how far the clock is from Greenwich; with what the clock shows.
    Marked(Timestamp, DateTime),
    /// A count since 1970.
    Unix(Timestamp),
}

impl Moment {
    /// Reads one cell, if it is a date, a time of day or both.
    #[must_use]
    pub fn read(cell: &str) -> Option<Moment> {
        let cell = cell.trim();
        if let Some(unix) = unix(cell) {
            return Some(Moment { unix: Some(unix), ..Moment::default() });
        }
        let (weekday, cell) = without_weekday(cell);
        let Some((day, rest)) = day(cell) else {
            // A weekday alone tells no day, and must not be dropped.
            return if weekday { None } else { time(cell, Joint::None) };
        };
        let (joint, rest) = match rest.strip_prefix(['T', 't']) {
            Some(rest) => (Joint::Letter, rest),
            None if rest.is_empty() => return Some(Moment { day: Some(day), ..Moment::default() }),
            None => {
                let after = rest.trim_start_matches([' ', ',', '\u{a0}', '\u{202f}']);
                if after.len() == rest.len() {
                    return None;
                }
                (Joint::Space, after)
            }
        };
        Some(Moment { day: Some(day), ..time(rest, joint)? })
    }

    /// The day of one cell with the time of another.
    #[must_use]
    pub fn joined(day: Moment, time: Moment) -> Option<Moment> {
        // Spreadsheets write midnight beside a bare date, and a date long ago beside a bare time.
        let long_ago = |day: Option<Day>| matches!(day, Some(Day::Known(date)) if date.year() <= 1904);
        let bare = day.clock.is_none_or(|clock| clock == 0) && day.offset.is_none() && day.unix.is_none();
        let fits = bare && time.unix.is_none() && (time.day.is_none() || long_ago(time.day));
        (fits && day.day.is_some() && time.clock.is_some()).then_some(Moment { day: day.day, ..time })
    }

    /// Whether it has a date.
    #[must_use]
    pub fn has_day(&self) -> bool {
        self.day.is_some()
    }

    /// How long it says it lasts, in microseconds.
    #[must_use]
    pub fn lasts(&self) -> Option<u64> {
        let (from, until) = (self.clock?, self.until?);
        // What ends at midnight ends the day, and what ends earlier than it begins ends on the next one.
        let length = if until > from { until - from } else { until + DAY - from };
        u64::try_from(length).ok().filter(|length| *length > 0)
    }

    /// What it means where dates have this order.
    ///
    /// # Errors
    /// A sentence where there is no such day, or where the order is not known.
    pub fn stamp(&self, order: Option<Order>) -> Result<Stamp, String> {
        if let Some(unix) = self.unix {
            return Ok(Stamp::Unix(unix));
        }
        let date = match (self.day, order) {
            (None, _) => None,
            (Some(Day::Known(date)), _) => Some(date),
            (Some(Day::Either(first, second, year)), order) => {
                let (day, month) = match order {
                    None if first == second => (first, second),
                    Some(Order::DayFirst) => (first, second),
                    Some(Order::MonthFirst) => (second, first),
                    None => return Err("day and month can be told apart in no way".to_owned()),
                };
                Some(Date::new(year, month, day).map_err(|_| "there is no such day".to_owned())?)
            }
        };
        let at = |date: Date, clock: Clock| -> Option<DateTime> {
            let date = if clock >= DAY { date.tomorrow().ok()? } else { date };
            let clock = clock % DAY;
            let (seconds, micros) = (clock / SECOND, clock % SECOND);
            let time = jiff::civil::Time::new(
                (seconds / 3600) as i8,
                (seconds / 60 % 60) as i8,
                (seconds % 60) as i8,
                (micros * 1000) as i32,
            );
            Some(date.to_datetime(time.ok()?))
        };
        let no_moment = || "there is no such moment".to_owned();
        match (date, self.clock, self.offset) {
            (Some(date), None, None) => Ok(Stamp::Day(date)),
            (None, Some(clock), None) => Ok(Stamp::Clock(clock)),
            (Some(date), Some(clock), None) => at(date, clock).map(Stamp::Local).ok_or_else(no_moment),
            (Some(date), Some(clock), Some(offset)) => {
                let shown = at(date, clock).ok_or_else(no_moment)?;
                let moment = jiff::tz::Offset::from_seconds(offset).ok();
                let moment = moment.and_then(|offset| offset.to_timestamp(shown).ok());
                moment.map(|moment| Stamp::Marked(moment, shown)).ok_or_else(no_moment)
            }
            (None, _, Some(_)) => {
                Err("a time of day cannot be moved to another zone without its date".to_owned())
            }
            (_, None, _) => Err(no_moment()),
        }
    }
}

/// What the dates of a column say of the order of day and month, one after the other.
#[derive(Clone, Copy, Debug, Default)]
pub struct DayOrder {
    known: Option<Order>,
    /// The first that can be read twice.
    open: Option<u64>,
    /// The first that fits no order that the others fit.
    against: Option<u64>,
}

impl DayOrder {
    /// `given` is what the column's owner says.
    #[must_use]
    pub fn given(given: Option<Order>) -> DayOrder {
        DayOrder { known: given, ..DayOrder::default() }
    }

    /// One more date, which has this number.
    pub fn see(&mut self, moment: &Moment, number: u64) {
        let Some(Day::Either(first, second, _)) = moment.day else { return };
        let proof = match (first > 12, second > 12) {
            (true, false) => Order::DayFirst,
            (false, true) => Order::MonthFirst,
            (true, true) => {
                self.against.get_or_insert(number);
                return;
            }
            (false, false) => {
                if first != second {
                    self.open.get_or_insert(number);
                }
                return;
            }
        };
        if *self.known.get_or_insert(proof) != proof {
            self.against.get_or_insert(number);
        }
    }

    /// The order, if any date depends on it.
    ///
    /// # Errors
    /// The number of a date that can be read twice where no other decides (`false`), or that fits no order
    /// that the others fit (`true`).
    pub fn decided(self) -> Result<Option<Order>, (u64, bool)> {
        match (self.against, self.known, self.open) {
            (Some(number), ..) => Err((number, true)),
            (None, None, Some(number)) => Err((number, false)),
            (None, known, _) => Ok(known),
        }
    }
}

/// The order of day and month in a column, if any of its dates depend on it. `given` is what its
/// owner says.
///
/// # Errors
/// As [`DayOrder::decided`], with the place of a cell.
pub fn order<'m>(
    column: impl Iterator<Item = &'m Moment>,
    given: Option<Order>,
) -> Result<Option<Order>, (usize, bool)> {
    let mut order = DayOrder::given(given);
    (0..).zip(column).for_each(|(number, moment)| order.see(moment, number));
    order.decided().map_err(|(number, against)| (usize::try_from(number).unwrap_or(0), against))
}

/// Seconds or milliseconds since 1970, in a range that nobody writes by hand: from September 2001.
fn unix(cell: &str) -> Option<Timestamp> {
    let (whole, fraction) = cell.split_once('.').unwrap_or((cell, ""));
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(whole) || !digits(fraction) {
        return None;
    }
    let number: i64 = whole.parse().ok()?;
    let micros = match (whole.len(), fraction.is_empty()) {
        (10, _) => number * SECOND + millionths(fraction),
        (13, true) => number * 1000,
        _ => return None,
    };
    Timestamp::from_microsecond(micros).ok()
}

/// The first six digits of a fraction, as millionths.
fn millionths(fraction: &str) -> i64 {
    fraction
        .bytes()
        .take(6)
        .zip([100_000, 10_000, 1000, 100, 10, 1])
        .map(|(digit, unit)| i64::from(digit - b'0') * unit)
        .sum()
}

const MONTHS: [&str; 12] = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
];

const WEEKDAYS: [&str; 7] = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

/// Which of some words, or their first three letters, a text begins with; and what follows.
fn word<'t>(text: &'t str, words: &[&str]) -> Option<(usize, &'t str)> {
    let letters = text.find(|c: char| !c.is_ascii_alphabetic()).unwrap_or(text.len());
    let (word, rest) = text.split_at(letters);
    let word = word.to_ascii_lowercase();
    let number = words
        .iter()
        .position(|full| word == *full || (word.len() >= 3 && word.len() <= 4 && full.starts_with(&word)))?;
    Some((number, rest.strip_prefix('.').unwrap_or(rest)))
}

fn without_weekday(cell: &str) -> (bool, &str) {
    match word(cell, &WEEKDAYS) {
        Some((_, rest)) => (true, rest.trim_start_matches([' ', ','])),
        None => (false, cell),
    }
}

/// Leading digits, at most so many, as a number; and what follows.
fn leading(text: &str, most: usize) -> Option<(&str, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (1..=most).contains(&end).then(|| text.split_at(end))
}

/// A date at the beginning of a text, and what follows.
fn day(text: &str) -> Option<(Day, &str)> {
    if let Some((month, rest)) = word(text, &MONTHS) {
        // `Mar 2, 2026`
        let (day, rest) = leading(rest.trim_start(), 2)?;
        let (year, rest) = leading(rest.trim_start_matches([',', ' ']), 4)?;
        return Some((Day::Known(date(year, month + 1, day)?), rest));
    }
    let (first, rest) = leading(text, 8)?;
    if first.len() == 8 {
        // `20260302`
        let month: usize = first[4..6].parse().ok()?;
        return Some((Day::Known(date(&first[..4], month, &first[6..])?), rest));
    }
    let sign = rest.chars().next().filter(|c| matches!(c, '-' | '/' | '.' | ' '))?;
    let rest = &rest[1..];
    if let Some((month, rest)) = word(rest, &MONTHS) {
        // `2 Mar 2026`, `2-Mar-2026`
        let (year, rest) = leading(rest.trim_start_matches([sign, ' ']), 4)?;
        return Some((Day::Known(date(year, month + 1, first)?), rest));
    }
    let (second, rest) = leading(rest, 2)?;
    let (third, rest) = leading(rest.strip_prefix(sign).filter(|_| sign != ' ')?, 4)?;
    if first.len() == 4 {
        return Some((Day::Known(date(first, second.parse().ok()?, third)?), rest));
    }
    if first.len() > 2 || !matches!(third.len(), 2 | 4) {
        return None;
    }
    if sign == '.' {
        return Some((Day::Known(date(third, second.parse().ok()?, first)?), rest));
    }
    Some((Day::Either(first.parse().ok()?, second.parse().ok()?, year(third)?), rest))
}

/// A year of four digits, or of two in this century.
fn year(text: &str) -> Option<i16> {
    let year: i16 = text.parse().ok()?;
    match text.len() {
        4 => Some(year),
        2 => Some(2000 + year),
        _ => None,
    }
}

fn date(year_text: &str, month: usize, day: &str) -> Option<Date> {
    if day.len() > 2 {
        return None;
    }
    Date::new(year(year_text)?, i8::try_from(month).ok()?, day.parse().ok()?).ok()
}

/// What stands between date and time.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joint {
    None,
    Letter,
    Space,
}

/// A time of day with what may follow: an offset, or the end of a stretch.
fn time(text: &str, joint: Joint) -> Option<Moment> {
    let (from, seconds, rest) = clock(text)?;
    let mut moment = Moment { clock: Some(from), ..Moment::default() };
    let spaced = rest.trim_start();
    if spaced.is_empty() {
        return Some(moment);
    }
    let dash = spaced.strip_prefix(['-', '–', '—']).or_else(|| spaced.strip_prefix("to "));
    let apart = spaced.len() < rest.len() && dash.is_some_and(|end| end.starts_with(' '))
        || spaced.starts_with("to ");
    let range = dash.filter(|_| joint == Joint::None || apart || spaced.starts_with('–'));
    if let Some(end) = range {
        let (until, _, rest) = clock(end.trim_start())?;
        moment.until = Some(until);
        return rest.trim().is_empty().then_some(moment);
    }
    // `2026-03-02 08:30-09:00` is half an hour, or half past eight nine hours west of Greenwich.
    if joint == Joint::Space && !seconds && spaced.starts_with('-') {
        return None;
    }
    moment.offset = Some(offset(spaced)?);
    Some(moment)
}

/// `Z`, `UTC`, `+01:00`, `+0100`, `-05`.
fn offset(text: &str) -> Option<i32> {
    if matches!(text.to_ascii_uppercase().as_str(), "Z" | "UTC" | "GMT") {
        return Some(0);
    }
    let (sign, digits) = match text.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let plain = digits.replacen(':', "", 1);
    let well = digits.len() == plain.len() || digits.find(':') == Some(2);
    if !well || !matches!(plain.len(), 2 | 4) || !plain.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let hours: i32 = plain[..2].parse().ok()?;
    let minutes: i32 = if plain.len() == 4 { plain[2..].parse().ok()? } else { 0 };
    (hours <= 18 && minutes < 60).then_some(sign * (hours * 3600 + minutes * 60))
}

/// `8:30`, `08:30:00.5`, `8:30 a.m.`, `24:00`; whether it has seconds; and what follows.
fn clock(text: &str) -> Option<(Clock, bool, &str)> {
    let (hours, mut rest) = leading(text, 2)?;
    let hours: i64 = hours.parse().ok()?;
    let mut parts = [0i64; 2];
    let mut given = 0;
    for part in &mut parts {
        let Some(after) = rest.strip_prefix(':') else { break };
        let (digits, after) = leading(after, 2).filter(|(digits, _)| digits.len() == 2)?;
        *part = digits.parse().ok()?;
        rest = after;
        given += 1;
    }
    let mut micros = 0;
    if given == 2
        && let Some((fraction, after)) = rest.strip_prefix(['.', ',']).and_then(|after| leading(after, 12))
    {
        (micros, rest) = (millionths(fraction), after);
    }
    let half = half_of_day(rest);
    let hours = match half {
        None if given == 0 => return None,
        None => hours,
        Some(_) if !(1..=12).contains(&hours) => return None,
        Some((afternoon, _)) => hours % 12 + if afternoon { 12 } else { 0 },
    };
    let rest = half.map_or(rest, |(_, rest)| rest);
    let [minutes, seconds] = parts;
    let clock = (hours * 3600 + minutes * 60 + seconds) * SECOND + micros;
    (minutes < 60 && seconds < 60 && clock <= DAY).then_some((clock, given == 2, rest))
}

/// Whether `am` or `pm` follows, and what follows then.
fn half_of_day(rest: &str) -> Option<(bool, &str)> {
    let text = rest.trim_start();
    ["a.m.", "p.m.", "am", "pm"].iter().find_map(|word| {
        let head = text.get(..word.len())?;
        let after = &text[word.len()..];
        let ends = !after.starts_with(|c: char| c.is_alphanumeric());
        (ends && head.eq_ignore_ascii_case(word)).then_some((word.starts_with('p'), after))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stamp(cell: &str) -> Option<String> {
        let moment = Moment::read(cell)?;
        let known = order([moment].iter(), None).ok()?;
        Some(match moment.stamp(known).ok()? {
            Stamp::Day(date) => date.to_string(),
            Stamp::Clock(clock) => format!("{}", clock / SECOND),
            Stamp::Local(at) => at.to_string(),
            Stamp::Marked(at, _) | Stamp::Unix(at) => at.to_string(),
        })
    }

    #[test]
    fn cells_are_read_as_people_and_programs_write_them() {
        for (cell, expected) in [
            ("2026-03-02 08:30", "2026-03-02T08:30:00"),
            ("2026-03-02T08:30:00.000", "2026-03-02T08:30:00"),
            ("2026-03-02 8:30", "2026-03-02T08:30:00"),
            ("2026/03/02 08:30", "2026-03-02T08:30:00"),
            ("02.03.2026 08:30", "2026-03-02T08:30:00"),
            ("2.3.26 8:30", "2026-03-02T08:30:00"),
            ("Mar 2, 2026 8:30 AM", "2026-03-02T08:30:00"),
            ("2-Mar-2026 08:30", "2026-03-02T08:30:00"),
            ("Mon, 2 Mar 2026 08:30", "2026-03-02T08:30:00"),
            ("2026-03-02 08:30 AM", "2026-03-02T08:30:00"),
            ("2026-03-02 8:30 p.m.", "2026-03-02T20:30:00"),
            ("2026-03-02 12:05 AM", "2026-03-02T00:05:00"),
            ("2026-03-02 24:00", "2026-03-03T00:00:00"),
            ("20260302 08:30", "2026-03-02T08:30:00"),
            ("03/02/2026 09:30", ""),
            ("13/02/2026 09:30", "2026-02-13T09:30:00"),
            ("02/13/2026 9:30", "2026-02-13T09:30:00"),
            ("2026-03-02T08:30:00Z", "2026-03-02T08:30:00Z"),
            ("2026-03-02 08:30:00 UTC", "2026-03-02T08:30:00Z"),
            ("2026-03-02T08:30:00+01:00", "2026-03-02T07:30:00Z"),
            ("2026-03-02 08:30:00-05", "2026-03-02T13:30:00Z"),
            ("1772440200", "2026-03-02T08:30:00Z"),
            ("1772440200000", "2026-03-02T08:30:00Z"),
            ("2026-03-02", "2026-03-02"),
            ("8:30", "30600"),
            ("08:30:00", "30600"),
            ("8 pm", "72000"),
            ("09:00-09:30", "32400"),
            ("09:00 - 09:30", "32400"),
            ("2026-03-02 09:00 - 09:30", "2026-03-02T09:00:00"),
        ] {
            assert_eq!(stamp(cell).unwrap_or_default(), expected, "{cell}");
        }
    }

    #[test]
    fn what_can_be_read_twice_or_not_at_all_is_refused() {
        for cell in [
            "2026-03-02 09:00-09:30",
            "Mon 08:30",
            "next Monday",
            "2026-02-30 08:00",
            "08:60",
            "25:00",
            "13:00 PM",
            "2026-03-02 08:30 CET",
            "45678.375",
            "0830",
            "",
            "2026-03-02 08:30 x",
            "31.04.2026",
            "9:00 AM - noon",
        ] {
            assert_eq!(stamp(cell), None, "{cell}");
        }
        let lasts = |cell| Moment::read(cell).and_then(|moment| moment.lasts());
        assert_eq!(lasts("23:30-00:00"), Some(1_800_000_000));
        assert_eq!(lasts("23:30-24:00"), Some(1_800_000_000));
    }

    #[test]
    fn a_column_has_one_order_of_day_and_month() {
        let column = |cells: &[&str]| {
            let moments: Vec<Moment> = cells.iter().filter_map(|cell| Moment::read(cell)).collect();
            order(moments.iter(), None)
        };
        assert_eq!(column(&["03/02/2026", "13/02/2026"]), Ok(Some(Order::DayFirst)));
        assert_eq!(column(&["03/02/2026", "02/13/2026"]), Ok(Some(Order::MonthFirst)));
        assert_eq!(column(&["03/03/2026"]), Ok(None));
        assert_eq!(column(&["03/03/2026", "03/04/2026"]), Err((1, false)));
        assert_eq!(column(&["13/02/2026", "02/13/2026"]), Err((1, true)));
    }
}
