//! Which day it is: dates, weekdays and clock hours of the simulated time.
//!
//! Every day has 24 hours. A study of the steady state has no dates; its days and hours count
//! from the start of the reported time, and its weekdays are all alike.

use jiff::civil::Date;

use super::{Instant, Span};

/// A day of the week, Monday first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)]
pub enum Weekday {
    Mon,
    Tue,
    Wed,
    Thu,
    Fri,
    Sat,
    Sun,
}

impl Weekday {
    /// Monday to Sunday.
    pub const ALL: [Weekday; 7] =
        [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri, Weekday::Sat, Weekday::Sun];

    /// Monday is 0.
    #[must_use]
    pub const fn index(self) -> usize {
        self as usize
    }

    /// `mon`, `tue`, ..., as a scenario writes it.
    #[must_use]
    pub const fn short(self) -> &'static str {
        ["mon", "tue", "wed", "thu", "fri", "sat", "sun"][self as usize]
    }

    /// `Monday`, `Tuesday`, ..., as a sentence writes it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"][self as usize]
    }
}

/// Maps simulated time to days, weekdays and clock hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Calendar {
    start: Option<Date>,
    warm_up: Span,
}

impl Calendar {
    /// `start` is the first reported day (none: a study of the steady state); the play begins
    /// `warm_up` before it.
    #[must_use]
    pub const fn new(start: Option<Date>, warm_up: Span) -> Calendar {
        Calendar { start, warm_up }
    }

    /// The first reported day, if there are dates at all.
    #[must_use]
    pub const fn start(&self) -> Option<Date> {
        self.start
    }

    /// Microseconds since the start of the reported time; negative in the warm-up.
    #[must_use]
    pub const fn reported_micros(&self, at: Instant) -> i64 {
        at.micros() as i64 - self.warm_up.micros() as i64
    }

    /// The moment that lies `micros` after the start of the reported time (negative: before it);
    /// `None` before the play begins.
    #[must_use]
    pub fn instant(&self, micros: i64) -> Option<Instant> {
        u64::try_from(micros + self.warm_up.micros() as i64).ok().map(Instant::from_micros)
    }

    /// Days since the first reported day; negative in the warm-up.
    #[must_use]
    pub const fn day(&self, at: Instant) -> i64 {
        self.reported_micros(at).div_euclid(Span::DAY.micros() as i64)
    }

    /// Time since the midnight before.
    #[must_use]
    pub const fn time_of_day(&self, at: Instant) -> Span {
        Span::from_micros(self.reported_micros(at).rem_euclid(Span::DAY.micros() as i64) as u64)
    }

    /// The weekday of the `day`-th day after the first reported one; Monday without dates.
    #[must_use]
    pub fn weekday(&self, day: i64) -> Weekday {
        let first = self.start.map_or(0, |date| date.weekday().to_monday_zero_offset() as i64);
        Weekday::ALL[(first + day).rem_euclid(7) as usize]
    }

    /// The date of the `day`-th day after the first reported one.
    #[must_use]
    pub fn date(&self, day: i64) -> Option<Date> {
        self.start?.checked_add(jiff::Span::new().try_days(day).ok()?).ok()
    }

    /// The number that names a day in draws: days since 1970-01-01, so that moving the horizon or
    /// its warm-up leaves a date's draws alone.
    #[must_use]
    pub fn day_name(&self, day: i64) -> u64 {
        let epoch = Date::constant(1970, 1, 1);
        let first =
            self.start.and_then(|start| start.since(epoch).ok()).map_or(0, |s| i64::from(s.get_days()));
        (first + day) as u64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_warm_up_lies_before_the_first_day() {
        let calendar = Calendar::new(Some(Date::constant(2026, 3, 2)), Span::DAY);
        assert_eq!(calendar.day(Instant::START), -1);
        assert_eq!(calendar.weekday(-1), Weekday::Sun);
        assert_eq!(calendar.weekday(0), Weekday::Mon);
        assert_eq!(calendar.date(-1), Some(Date::constant(2026, 3, 1)));
        assert_eq!(calendar.day_name(0), 20_514);
        assert_eq!(calendar.instant(0), Some(Instant::START + Span::DAY));
        assert_eq!(calendar.instant(-2 * Span::DAY.micros() as i64), None);
    }
}
