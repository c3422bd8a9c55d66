//! The rows of the report: which row an interval belongs to.

use crate::units::{Calendar, Instant, Span};

/// How intervals become rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rows {
    /// One row an interval.
    Each,
    /// By weekday and time of day; dates have rows of their own.
    Week,
}

/// Maps time to rows. The row past the last one takes what is not reported: the warm-up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RowMap {
    /// How.
    pub kind: Rows,
    /// The reporting step.
    pub interval: Span,
    /// How many rows are reported.
    pub count: usize,
    /// How many days are reported (0 where there are none to tell apart).
    pub days: usize,
    /// The reported time begins.
    pub from: Instant,
    /// The reported time ends.
    pub to: Instant,
    first_weekday: usize,
}

impl RowMap {
    /// For the reported time `from..to` in steps of `interval`.
    #[must_use]
    pub fn new(kind: Rows, calendar: &Calendar, interval: Span, from: Instant, to: Instant) -> RowMap {
        let length = to.since(from).micros();
        let days = if calendar.start().is_some() { length.div_ceil(Span::DAY.micros()) as usize } else { 0 };
        let count = match kind {
            Rows::Each => length.div_ceil(interval.micros()) as usize,
            Rows::Week => (Span::DAY * 7).micros().div_ceil(interval.micros()) as usize,
        };
        RowMap { kind, interval, count, days, from, to, first_weekday: calendar.weekday(0).index() }
    }

    /// The row of what is not reported.
    #[must_use]
    pub fn unreported(&self) -> usize {
        self.count
    }

    /// The row at this time.
    #[must_use]
    pub fn row(&self, at: Instant) -> usize {
        if at < self.from || at >= self.to {
            return self.unreported();
        }
        let micros = at.since(self.from).micros();
        match self.kind {
            Rows::Each => (micros / self.interval.micros()) as usize,
            Rows::Week => {
                let since_monday = micros + self.first_weekday as u64 * Span::DAY.micros();
                (since_monday % (Span::DAY * 7).micros() / self.interval.micros()) as usize
            }
        }
    }

    /// The day at this time; `days` for what is not reported.
    #[must_use]
    pub fn day(&self, at: Instant) -> usize {
        if at < self.from || at >= self.to {
            return self.days;
        }
        ((at.since(self.from).micros() / Span::DAY.micros()) as usize).min(self.days)
    }

    /// When the next row begins, after `at`.
    #[must_use]
    pub fn next_boundary(&self, at: Instant) -> Instant {
        if at < self.from {
            return self.from;
        }
        if at >= self.to {
            return Instant::NEVER;
        }
        let into = at.since(self.from).micros();
        let next = (into / self.interval.micros() + 1) * self.interval.micros();
        (self.from + Span::from_micros(next)).min(self.to)
    }

    /// The rows of a day, where rows are intervals.
    #[must_use]
    pub fn of_day(&self, day: usize) -> std::ops::Range<usize> {
        let per_day = Span::DAY.micros().div_ceil(self.interval.micros()) as usize;
        (day * per_day).min(self.count)..((day + 1) * per_day).min(self.count)
    }

    /// How much reported time falls into a day: the last one may be cut short.
    #[must_use]
    pub fn covered_day(&self, day: usize) -> Span {
        Span::DAY.min(self.to.since(self.from).saturating_sub(Span::DAY * day as u64))
    }

    /// The weekday (Monday is 0) and the time of day at which a row begins.
    #[must_use]
    pub fn begins(&self, row: usize) -> (usize, Span) {
        let micros = self.interval.micros() * row as u64;
        let first = if self.kind == Rows::Each { self.first_weekday } else { 0 };
        let day = (micros / Span::DAY.micros()) as usize;
        ((first + day) % 7, Span::from_micros(micros % Span::DAY.micros()))
    }

    /// How often a row comes in the reported time: as many occurrences as its time holds intervals.
    #[must_use]
    pub fn occurrences(&self, row: usize) -> f64 {
        match self.kind {
            Rows::Each => 1.0,
            Rows::Week => (self.covered(row).micros() / self.interval.micros()) as f64,
        }
    }

    /// All ends of reported rows in a replication.
    #[must_use]
    pub fn ends(&self) -> f64 {
        (0..self.count).map(|row| self.occurrences(row)).sum()
    }

    /// How much reported time falls into a row.
    #[must_use]
    pub fn covered(&self, row: usize) -> Span {
        match self.kind {
            Rows::Each => {
                let begin = self.interval * row as u64;
                self.interval.min(self.to.since(self.from).saturating_sub(begin))
            }
            Rows::Week => {
                let (week, length) = ((Span::DAY * 7).micros(), self.to.since(self.from).micros());
                let begin = self.interval.micros() * row as u64;
                let first = (begin + week - self.first_weekday as u64 * Span::DAY.micros()) % week;
                let times = if length > first { (length - first).div_ceil(week) } else { 0 };
                self.interval * times
            }
        }
    }
}
