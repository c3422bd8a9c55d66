//! A number or a time, as it is swept, sought or set.

use std::fmt;

use crate::units::{Span, parse_duration};

/// A number or a time that a range runs over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Quantity {
    /// A whole number.
    Whole(i64),
    /// Any number.
    Number(f64),
    /// A length of time.
    Time(Span),
}

impl Quantity {
    /// As a number; times in seconds.
    #[must_use]
    pub fn number(self) -> f64 {
        match self {
            Quantity::Whole(number) => number as f64,
            Quantity::Number(number) => number,
            Quantity::Time(span) => span.seconds(),
        }
    }

    /// As TOML writes it: a time between quotes.
    #[must_use]
    pub fn as_toml(self) -> String {
        match self {
            Quantity::Time(_) => format!("\"{self}\""),
            Quantity::Whole(_) | Quantity::Number(_) => self.to_string(),
        }
    }

    /// A number or duration as it would be typed; `None` where it is neither.
    #[must_use]
    pub fn parse(text: &str) -> Option<Quantity> {
        let text = text.trim().trim_matches('"');
        if let Ok(number) = text.parse::<i64>() {
            return Some(Quantity::Whole(number));
        }
        if let Ok(number) = text.parse::<f64>() {
            return number.is_finite().then_some(Quantity::Number(number));
        }
        parse_duration(text).ok().map(Quantity::Time)
    }
}

/// As it would be typed.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Quantity::Whole(number) => number.fmt(f),
            Quantity::Number(number) => number.fmt(f),
            Quantity::Time(span) => span.fmt(f),
        }
    }
}
