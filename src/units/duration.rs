//! Durations as people write them: `90s`, `4m30s`, `1.5h`, `2d`.

use super::Span;

/// A length of time that may count working days.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Within {
    /// By the clock.
    Clock(Span),
    /// Working days of the queue's opening hours (`"2wd"`).
    WorkingDays(f64),
}

impl Within {
    /// The length of time, where it is one of the clock.
    #[must_use]
    pub fn span(self) -> Option<Span> {
        match self {
            Within::Clock(span) => Some(span),
            Within::WorkingDays(_) => None,
        }
    }
}

impl std::fmt::Display for Within {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Within::Clock(span) => span.fmt(f),
            Within::WorkingDays(days) => write!(f, "{days}wd"),
        }
    }
}

/// Units and their seconds, longest name first.
const UNITS: [(&str, f64); 8] = [
    ("ms", 0.001),
    ("wd", f64::NAN),
    ("s", 1.0),
    ("m", 60.0),
    ("h", 3600.0),
    ("d", 86_400.0),
    // As reports write them.
    ("sec", 1.0),
    ("min", 60.0),
];

/// Reads a duration: `"90s"`, `"4m30s"`, `"1.5h"`, `"2d"`, `"250ms"`.
///
/// # Errors
/// A sentence that says what would be right: for a bare number, an unknown unit, a negative one,
/// and working days, which count by a queue's opening hours and not by the clock.
pub fn parse_duration(text: &str) -> Result<Span, String> {
    match parse_within(text)? {
        Within::Clock(span) => Ok(span),
        Within::WorkingDays(_) => {
            Err("working days (`wd`) are not allowed here; write days of 24 hours (`d`) or hours".to_owned())
        }
    }
}

/// Reads a duration in which working days are allowed (`"2wd"`, by themselves).
pub(crate) fn parse_within(text: &str) -> Result<Within, String> {
    let text = text.trim();
    if text.is_empty() {
        return Err("a duration is missing; write it like \"90s\" or \"4m30s\"".to_owned());
    }
    if text.starts_with('-') {
        return Err("a duration cannot be negative".to_owned());
    }
    if text.parse::<f64>().is_ok() {
        return Err(format!("`{text}` has no unit; write \"{text}s\", \"{text}m\" or \"{text}h\""));
    }
    let mut rest = text;
    let mut seconds = 0.0;
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !(c.is_ascii_digit() || c == '.')).unwrap_or(rest.len());
        let (number, after) = rest.split_at(digits);
        let number: f64 = number.parse().map_err(|_| wrong(text))?;
        let after = after.trim_start();
        let letters = after.find(|c: char| !c.is_alphabetic()).unwrap_or(after.len());
        let (unit, after) = after.split_at(letters);
        let (_, factor) =
            UNITS.iter().find(|(name, _)| *name == unit).ok_or_else(|| unknown_unit(text, unit))?;
        if unit == "wd" {
            return if after.trim().is_empty() && rest.len() == text.len() {
                Ok(Within::WorkingDays(number))
            } else {
                Err("working days stand alone; write them like \"2wd\" or \"1.5wd\"".to_owned())
            };
        }
        seconds += number * factor;
        rest = after.trim_start();
    }
    // A hundred years; beyond it sums could leave the range of whole microseconds.
    if seconds > 36_525.0 * 86_400.0 {
        return Err(format!("`{text}` is longer than a hundred years"));
    }
    Ok(Within::Clock(Span::from_seconds(seconds)))
}

fn wrong(text: &str) -> String {
    format!("`{text}` is not a duration; write it like \"90s\", \"4m30s\", \"1.5h\" or \"2d\"")
}

fn unknown_unit(text: &str, unit: &str) -> String {
    let meant = match unit.to_lowercase().as_str() {
        "secs" | "second" | "seconds" => "s",
        "mins" | "minute" | "minutes" => "m",
        "hr" | "hrs" | "hour" | "hours" => "h",
        "day" | "days" => "d",
        "w" | "week" | "weeks" => {
            return format!("weeks are not a unit; `{text}` in days is 7 times as many `d`");
        }
        _ => return wrong(text),
    };
    format!("`{unit}` is not a unit; write `{meant}`")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_read_as_people_write_them() {
        for (text, micros) in [
            ("90s", 90_000_000),
            ("4m30s", 270_000_000),
            ("4m 30s", 270_000_000),
            ("4 min 30 sec", 270_000_000),
            ("1.5h", 5_400_000_000),
            ("2d", 172_800_000_000),
            ("250ms", 250_000),
            ("0s", 0),
        ] {
            assert_eq!(parse_duration(text), Ok(Span::from_micros(micros)), "{text}");
        }
        assert_eq!(parse_within("2wd"), Ok(Within::WorkingDays(2.0)));
    }

    #[test]
    fn what_is_not_a_duration_is_refused_with_a_remedy() {
        for (text, part) in [
            ("90", "\"90s\""),
            ("-5m", "negative"),
            ("5mins", "write `m`"),
            ("2w", "7 times"),
            ("soon", "like \"90s\""),
            ("", "missing"),
            ("2wd", "not allowed here"),
            ("200000d", "hundred years"),
            ("1..5h", "like \"90s\""),
        ] {
            let error = parse_duration(text).unwrap_err();
            assert!(error.contains(part), "{text}: {error}");
        }
    }
}
