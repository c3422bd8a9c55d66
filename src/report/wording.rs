//! How figures are written for people: digits that the precision earns, units that fit the size.

use crate::figures::{Estimate, Figure, Results, Row, TargetResult, Unit};
use crate::units::Span;

/// What stands where a figure has no observations.
pub(super) const ABSENT: &str = "–";

/// A figure in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Amount {
    /// The value with its unit: `81.3 %`, `45 s`, `11,234`; or minutes and seconds, `4:03`.
    pub(super) value: String,
    /// The half-width in the same unit, without naming it: `0.4`; beside minutes and seconds, `12 s`.
    pub(super) half_width: Option<String>,
}

impl Amount {
    /// The value as a sentence has it, where `4:03` could be a time of day.
    pub(super) fn said(&self) -> String {
        if self.value.contains(':') { format!("{} min", self.value) } else { self.value.clone() }
    }
}

/// What it saves to spread busyness evenly over the replications, where that is anything to speak of.
pub(super) fn even_days(results: &Results) -> Option<String> {
    let gain = results.even_days_gain.filter(|gain| *gain >= 1.5)?;
    let times = if gain < 9.95 { format!("{gain:.1}") } else { format!("{gain:.0}") };
    Some(format!(
        "Busyness is spread evenly over them: of independent ones it would take about {times} times as many."
    ))
}

/// Times from here on are written in minutes and seconds, in seconds.
const MINUTE: f64 = 60.0;

/// Times from here on are written in whole units, in seconds.
const HOUR: f64 = 3_600.0;

/// The factor and the name of the unit that suits a value of this size.
fn scale(unit: Unit, value: f64) -> (f64, &'static str) {
    match unit {
        Unit::Share => (100.0, " %"),
        Unit::Seconds => match value.abs() {
            v if v < HOUR => (1.0, " s"),
            v if v < 2.0 * HOUR => (1.0 / MINUTE, " min"),
            v if v < 172_800.0 => (1.0 / 3_600.0, " h"),
            _ => (1.0 / 86_400.0, " d"),
        },
        Unit::Count | Unit::Money => (1.0, ""),
        Unit::Hours => (1.0, " h"),
    }
}

/// Decimals: one significant digit of the half-width where there is one, else about three of the
/// value; never more than two. Percentages have one, or two where the half-width is below 0.05;
/// money has none or two.
fn decimals(unit: Unit, value: f64, half_width: Option<f64>) -> usize {
    let wanted = match half_width {
        Some(h) if h >= 0.995 => 0,
        Some(h) if h >= 0.0995 => 1,
        Some(h) if h > 0.0 => 2,
        _ if value == value.trunc() && unit == Unit::Count => 0,
        _ => match value.abs() {
            v if v >= 99.5 => 0,
            v if v >= 9.95 => 1,
            _ => 2,
        },
    };
    match unit {
        Unit::Share if half_width.is_some_and(|h| h > 0.0 && h < 0.05) => 2,
        Unit::Share => 1,
        Unit::Money if wanted == 1 => 2,
        _ => wanted,
    }
}

/// The number with thousands set off by commas.
pub(super) fn grouped(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let text = text.strip_prefix('-').map_or(text.as_str(), |digits| {
        if digits.bytes().all(|b| matches!(b, b'0' | b'.')) { digits } else { text.as_str() }
    });
    let (sign, digits) = text.strip_prefix('-').map_or(("", text), |digits| ("−", digits));
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let mut out = String::from(sign);
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

/// A time as minutes and seconds: `4:03`, `−1:07.5`.
fn minutes_and_seconds(seconds: f64, decimals: usize) -> String {
    // Never more than two.
    let one = [1.0, 10.0, 100.0][decimals.min(2)];
    // Rounded first, so that it carries.
    let parts = (seconds.abs() * one).round();
    let (minutes, rest) = ((parts / (60.0 * one)).floor(), parts % (60.0 * one) / one);
    let width = if decimals > 0 { decimals + 3 } else { 2 };
    format!("{}{minutes}:{rest:0width$.decimals$}", if seconds < 0.0 { "−" } else { "" })
}

/// A time between a minute and an hour in words.
fn minutes(estimate: Estimate) -> Amount {
    let digits = match estimate.half_width {
        Some(h) if h > 0.0 => decimals(Unit::Seconds, estimate.value, Some(h)),
        _ => 0,
    };
    let half_width = |h: f64| match h {
        h if h < MINUTE => format!("{} s", half_width_text(h, digits)),
        h => minutes_and_seconds(h, digits),
    };
    Amount {
        value: minutes_and_seconds(estimate.value, digits),
        half_width: estimate.half_width.filter(|h| *h > 0.0).map(half_width),
    }
}

/// An estimate in words.
pub(super) fn amount(unit: Unit, estimate: Estimate) -> Amount {
    if unit == Unit::Seconds && (MINUTE..HOUR).contains(&estimate.value.abs()) {
        return minutes(estimate);
    }
    let (factor, name) = scale(unit, estimate.value);
    let value = estimate.value * factor;
    let half_width = estimate.half_width.map(|h| h * factor);
    let digits = decimals(unit, value, half_width);
    Amount {
        value: format!("{}{name}", grouped(value, digits)),
        half_width: half_width.filter(|h| *h > 0.0).map(|h| half_width_text(h, digits)),
    }
}

/// `90.3 % ± 0.2`, `4:03 min ± 2 s`.
pub(super) fn written(unit: Unit, estimate: Estimate) -> String {
    let amount = amount(unit, estimate);
    match &amount.half_width {
        Some(half_width) => format!("{} ± {half_width}", amount.said()),
        None => amount.said(),
    }
}

/// A half-width that rounds to nothing is said to be small, not to be nothing.
fn half_width_text(half_width: f64, digits: usize) -> String {
    let text = grouped(half_width, digits);
    if text.bytes().any(|b| matches!(b, b'1'..=b'9')) {
        return text;
    }
    format!("<{}1", &text[..text.len() - 1])
}

/// A value alone, in words.
pub(super) fn plain(unit: Unit, value: f64) -> String {
    amount(unit, Estimate { value, half_width: None }).said()
}

/// A share as a target has it: `80 %`, `99.5 %`.
pub(super) fn percent(share: f64) -> String {
    // Half a millionth of a percent is a rounding error of the way through binary, not a target.
    let percent = (share * 1e8).round() / 1e6;
    format!("{percent} %")
}

/// `20s` as a sentence writes it: `20 s`; `2wd`: `2 working days`; `4m30s` stays.
pub(super) fn time_written(within: &str) -> String {
    let split = within.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(within.len());
    let (number, unit) = within.split_at(split);
    match (number, unit) {
        ("", _) | (_, "") => within.to_owned(),
        ("1", "wd") => "1 working day".to_owned(),
        (_, "wd") => format!("{number} working days"),
        (_, "m") => format!("{number} min"),
        (_, unit) if unit.chars().all(char::is_alphabetic) => format!("{number} {unit}"),
        _ => within.to_owned(),
    }
}

/// A target as short as people say it: `80 % in 20 s`, `95 % responded to in 4 h of opening hours`,
/// `at most 5 % abandoned`, `90 % solved in 2 working days`.
pub(super) fn target_words(target: &TargetResult) -> String {
    let share = percent(target.share);
    let within = target.within.as_deref().map(time_written);
    match (target.figure, within) {
        (Figure::Abandonment, _) => format!("at most {share} abandoned"),
        (Figure::ResolvedInTime | Figure::Resolution, Some(within)) => format!("{share} solved in {within}"),
        (Figure::ResolvedInTime | Figure::Resolution, None) => format!("{share} solved"),
        (_, Some(within)) if target.response => format!("{share} responded to in {within}{}", clock(target)),
        (_, Some(within)) => format!("{share} in {within}"),
        (figure, None) => format!("{share} {}", figure.label().to_lowercase()),
    }
}

/// Which hours a target counts, where not all.
fn clock(target: &TargetResult) -> &'static str {
    if target.open_hours { " of opening hours" } else { "" }
}

/// What a row of time is called: labels of dates do not say which weekday they are; others do, or have none.
pub(super) fn row_label(results: &Results, row: &Row) -> String {
    let dated = results.calendar.start().is_some() && !results.folded;
    let day = (row.start.micros() / Span::DAY.micros()) as i64;
    let weekday = if dated { &results.calendar.weekday(day).name()[..3] } else { "" };
    format!("{weekday} {}", row.label.replace('T', " ")).trim_start().to_owned()
}

/// At most `width` characters, cut in the middle, where names differ least often.
pub(super) fn shortened(name: &str, width: usize) -> String {
    let length = name.chars().count();
    if length <= width || width < 3 {
        return name.to_owned();
    }
    let tail = (width - 1) / 2;
    let head: String = name.chars().take(width - 1 - tail).collect();
    let tail: String = name.chars().skip(length - tail).collect();
    format!("{head}…{tail}")
}

/// Broken between words into lines of at most `width` characters; a longer word is [`shortened`].
pub(super) fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_inclusive(' ') {
        let room = |line: &String| line.chars().count() + word.trim_end().chars().count() <= width;
        match lines.last_mut().filter(|line| room(line)) {
            Some(line) => line.push_str(word),
            None => lines.push(word.to_owned()),
        }
    }
    lines.iter().map(|line| shortened(line.trim_end(), width)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_follow_the_half_width() {
        for (unit, value, half_width, text) in [
            (Unit::Share, 0.81257, Some(0.0042), "81.3 % ± 0.4"),
            (Unit::Share, 0.81257, Some(0.0004), "81.26 % ± 0.04"),
            (Unit::Share, 0.81257, Some(0.021), "81.3 % ± 2.1"),
            (Unit::Share, 0.81257, None, "81.3 %"),
            (Unit::Seconds, 45.23, Some(1.2), "45 s ± 1"),
            (Unit::Seconds, 59.7, Some(1.2), "60 s ± 1"),
            (Unit::Seconds, 60.0, None, "1:00"),
            (Unit::Seconds, 119.96, Some(0.3), "2:00.0 ± 0.3 s"),
            (Unit::Seconds, -67.52, Some(0.04), "−1:07.52 ± 0.04 s"),
            (Unit::Seconds, 243.2, Some(2.4), "4:03 ± 2 s"),
            (Unit::Seconds, 1830.0, Some(75.0), "30:30 ± 1:15"),
            (Unit::Seconds, 4523.0, Some(12.0), "75.4 min ± 0.2"),
            (Unit::Count, 11_234.4, Some(32.1), "11,234 ± 32"),
            (Unit::Count, 4.0, None, "4"),
            (Unit::Count, 1.31, Some(0.0002), "1.31 ± <0.01"),
            (Unit::Money, 4.314, Some(0.11), "4.31 ± 0.11"),
            (Unit::Count, -0.0001, Some(0.3), "0.0 ± 0.3"),
            (Unit::Count, 1_234_567.0, Some(0.0), "1,234,567"),
        ] {
            let amount = amount(unit, Estimate { value, half_width });
            let half_width = amount.half_width.map(|h| format!(" ± {h}")).unwrap_or_default();
            assert_eq!(amount.value + &half_width, text);
        }
    }

    #[test]
    fn targets_read_as_people_say_them() {
        assert_eq!(percent(0.8), "80 %");
        assert_eq!(percent(0.995), "99.5 %");
        assert_eq!(percent(0.29), "29 %");
        for (written, said) in [
            ("20s", "20 s"),
            ("2wd", "2 working days"),
            ("4m30s", "4m30s"),
            ("1.5h", "1.5 h"),
            ("2m", "2 min"),
        ] {
            assert_eq!(time_written(written), said);
        }
    }

    #[test]
    fn targets_break_between_words() {
        assert_eq!(wrapped("80 % solved in 2 working days", 24), ["80 % solved in 2 working", "days"]);
        assert_eq!(wrapped("80 % in 20 s", 12), ["80 % in 20 s"]);
        assert_eq!(wrapped("to customer-complaints-north", 12), ["to", "custom…north"]);
    }

    #[test]
    fn long_names_keep_both_ends() {
        assert_eq!(shortened("customer-complaints-north", 12), "custom…north");
        assert_eq!(shortened("billing", 12), "billing");
    }
}
