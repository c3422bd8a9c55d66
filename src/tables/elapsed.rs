//! Lengths of time in cells: `255`, `4:15`, `00:04:15`, `4m15s`.

use super::number::{Decimal, number};
use crate::vocabulary::words;

words! {
    /// What a bare number counts.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Unit {
        /// `255` is 4:15.
        Seconds = "seconds",
        /// `4.25` is 4:15.
        Minutes = "minutes",
        /// `0.5` is 30 minutes.
        Hours = "hours",
        /// `255000` is 4:15.
        Milliseconds = "milliseconds",
    }
}

impl Unit {
    fn seconds(self) -> f64 {
        match self {
            Unit::Seconds => 1.0,
            Unit::Minutes => 60.0,
            Unit::Hours => 3600.0,
            Unit::Milliseconds => 0.001,
        }
    }
}

/// The unit other than seconds that a column's name speaks of.
#[must_use]
pub fn names_another_unit(column: &str) -> Option<&'static str> {
    let lower = column.to_lowercase();
    lower.split(|c: char| !c.is_alphabetic()).find_map(|word| match word {
        "min" | "mins" | "minute" | "minutes" | "minuten" => Some("minutes"),
        "h" | "hr" | "hrs" | "hour" | "hours" => Some("hours"),
        "ms" | "msec" | "millis" | "milliseconds" => Some("milliseconds"),
        _ => None,
    })
}

/// Seconds in a cell: a number in `unit`, or `m:ss` or `h:mm:ss`, if it is one of these.
#[must_use]
pub fn elapsed(cell: &str, decimal: Decimal, unit: Unit) -> Option<f64> {
    let cell = cell.trim();
    let seconds = match cell.split(':').collect::<Vec<&str>>().as_slice() {
        [_] => number(cell, decimal)? * unit.seconds(),
        [minutes, seconds] => whole(minutes, 9)? * 60.0 + below_sixty(seconds)?,
        [hours, minutes, seconds] => {
            whole(hours, 6)? * 3600.0 + below_sixty(minutes)? * 60.0 + below_sixty(seconds)?
        }
        _ => return None,
    };
    Some(seconds).filter(|seconds| *seconds >= 0.0)
}

fn whole(text: &str, most: usize) -> Option<f64> {
    (!text.is_empty() && text.len() <= most && text.bytes().all(|byte| byte.is_ascii_digit()))
        .then(|| text.parse().ok())
        .flatten()
}

fn below_sixty(text: &str) -> Option<f64> {
    let (digits, fraction) = text.split_once(['.', ',']).unwrap_or((text, "0"));
    let all = digits.len() == 2 && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let seconds: f64 = all.then(|| format!("{digits}.{fraction}").parse().ok()).flatten()?;
    (seconds < 60.0).then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_of_time_are_read_as_written() {
        let read = |cell| elapsed(cell, Decimal::Point, Unit::Seconds);
        assert_eq!(read("00:04:15"), Some(255.0));
        assert_eq!(read("4:15"), Some(255.0));
        assert_eq!(read("125:00"), Some(7500.0));
        assert_eq!(read("1:02:03.5"), Some(3723.5));
        assert_eq!(read("255"), Some(255.0));
        assert_eq!(elapsed("4.25", Decimal::Point, Unit::Minutes), Some(255.0));
        for wrong in ["4:75", "4:5", "-3", ":15", "1:2:3:4", "four"] {
            assert_eq!(read(wrong), None, "{wrong}");
        }
        assert_eq!(names_another_unit("Talk (min)"), Some("minutes"));
        assert_eq!(names_another_unit("Handle Time Seconds"), None);
        assert_eq!(names_another_unit("minimum wait"), None);
    }
}
