//! Whole microseconds: exact sums, exact ties, the same bytes on every machine.

use std::fmt;
use std::ops::{Add, AddAssign, Mul, Sub};

const MICROS: u64 = 1_000_000;

/// A length of time in whole microseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span(u64);

impl Span {
    /// No time at all.
    pub const ZERO: Span = Span(0);
    /// Longer than anything: "never" and "no limit".
    pub const FOREVER: Span = Span(u64::MAX);
    /// One clock hour.
    pub const HOUR: Span = Span(3600 * MICROS);
    /// One calendar day; every day has 24 hours.
    pub const DAY: Span = Span(86_400 * MICROS);

    /// From whole microseconds.
    #[inline]
    #[must_use]
    pub const fn from_micros(micros: u64) -> Span {
        Span(micros)
    }

    /// From whole seconds.
    #[must_use]
    pub const fn from_whole_seconds(seconds: u64) -> Span {
        Span(seconds * MICROS)
    }

    /// From seconds, rounded to the nearest microsecond; negative and NaN become zero, and what is
    /// longer than about 290,000 years saturates.
    #[inline]
    #[must_use]
    pub fn from_seconds(seconds: f64) -> Span {
        // A float-to-integer cast saturates and sends NaN to zero, which is just what is wanted.
        Span((seconds * MICROS as f64 + 0.5) as u64)
    }

    /// In microseconds.
    #[inline]
    #[must_use]
    pub const fn micros(self) -> u64 {
        self.0
    }

    /// In seconds.
    #[inline]
    #[must_use]
    pub fn seconds(self) -> f64 {
        self.0 as f64 / MICROS as f64
    }

    /// In hours.
    #[must_use]
    pub fn hours(self) -> f64 {
        self.seconds() / 3600.0
    }

    /// The difference, or zero where `other` is longer.
    #[inline]
    #[must_use]
    pub const fn saturating_sub(self, other: Span) -> Span {
        Span(self.0.saturating_sub(other.0))
    }
}

impl Add for Span {
    type Output = Span;
    #[inline]
    fn add(self, other: Span) -> Span {
        Span(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Span {
    #[inline]
    fn add_assign(&mut self, other: Span) {
        *self = *self + other;
    }
}

impl Sub for Span {
    type Output = Span;
    #[inline]
    fn sub(self, other: Span) -> Span {
        Span(self.0 - other.0)
    }
}

impl Mul<u64> for Span {
    type Output = Span;
    fn mul(self, factor: u64) -> Span {
        Span(self.0.saturating_mul(factor))
    }
}

impl fmt::Display for Span {
    /// As a scenario would write it, in at most two units: `1h30m`, `4m20s`, `0.25s`, `2d`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Span::FOREVER {
            return f.write_str("for ever");
        }
        // From a minute on, to the nearest second: rounded first, so that it carries.
        let whole = if self.0 < 60 * MICROS { self.0 / MICROS } else { (self.0 + MICROS / 2) / MICROS };
        let (days, hours, minutes, rest) = (whole / 86_400, whole / 3600 % 24, whole / 60 % 60, whole % 60);
        let two = |f: &mut fmt::Formatter<'_>, a: u64, au: &str, b: u64, bu: &str| match b {
            0 => write!(f, "{a}{au}"),
            b => write!(f, "{a}{au}{b}{bu}"),
        };
        if days > 0 {
            two(f, days, "d", hours, "h")
        } else if hours > 0 {
            two(f, hours, "h", minutes, "m")
        } else if minutes > 0 {
            two(f, minutes, "m", rest, "s")
        } else {
            write!(f, "{}s", (self.seconds() * 1000.0).round() / 1000.0)
        }
    }
}

/// A moment of the simulated time: microseconds since the play begins (the start of the warm-up).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Instant(u64);

impl Instant {
    /// The moment the play begins.
    pub const START: Instant = Instant(0);
    /// A moment that never comes.
    pub const NEVER: Instant = Instant(u64::MAX);

    /// From microseconds since the play begins.
    #[inline]
    #[must_use]
    pub const fn from_micros(micros: u64) -> Instant {
        Instant(micros)
    }

    /// Microseconds since the play begins.
    #[inline]
    #[must_use]
    pub const fn micros(self) -> u64 {
        self.0
    }

    /// The time since `earlier`; zero where `earlier` is later.
    #[inline]
    #[must_use]
    pub const fn since(self, earlier: Instant) -> Span {
        Span(self.0.saturating_sub(earlier.0))
    }

    /// Since the play begins.
    #[inline]
    #[must_use]
    pub const fn span(self) -> Span {
        Span(self.0)
    }
}

impl Add<Span> for Instant {
    type Output = Instant;
    #[inline]
    fn add(self, span: Span) -> Instant {
        Instant(self.0.saturating_add(span.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_read_as_they_are_written() {
        for (micros, text) in [
            (0, "0s"),
            (250_000, "0.25s"),
            (90_000_000, "1m30s"),
            (299_600_000, "5m"),
            (5_400_000_000, "1h30m"),
            (172_800_000_000, "2d"),
        ] {
            assert_eq!(Span::from_micros(micros).to_string(), text);
        }
    }

    #[test]
    fn seconds_round_to_the_nearest_microsecond_and_saturate() {
        assert_eq!(Span::from_seconds(1.000_000_6).micros(), 1_000_001);
        assert_eq!(Span::from_seconds(-3.0), Span::ZERO);
        assert_eq!(Span::from_seconds(f64::NAN), Span::ZERO);
        assert_eq!(Span::from_seconds(1e300), Span::FOREVER);
    }
}
