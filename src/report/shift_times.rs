//! When a shift is worked, in the words of files and tables.

use crate::experiment::PlannedShift;
use crate::units::{Span, TimeOfDay, Weekday};

/// Weekdays as a scenario has them: `mon-wed,fri`.
pub(super) fn days(days: &[bool; 7]) -> String {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for day in (0..7).filter(|day| days[*day]) {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == day => *last = day,
            _ => runs.push((day, day)),
        }
    }
    let short = |day: usize| Weekday::ALL[day].short();
    let run = |(first, last): &(usize, usize)| match last - first {
        0 => short(*first).to_owned(),
        1 => format!("{},{}", short(*first), short(*last)),
        _ => format!("{}-{}", short(*first), short(*last)),
    };
    runs.iter().map(run).collect::<Vec<_>>().join(",")
}

/// The time of day so long after a shift's start.
pub(super) fn clock(shift: &PlannedShift, after: Span) -> String {
    let seconds = (shift.start.span() + after).micros() / 1_000_000 % 86_400;
    TimeOfDay::from_seconds(seconds as u32).to_string()
}
