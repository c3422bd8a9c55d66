//! Opening hours: a week of them, and dates that differ.

use jiff::civil::Date;

use crate::units::{Calendar, Instant, Span, TimeOfDay};

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
