//! What is known of a day before it comes: its weekday, its place in the month, whether it is a holiday.

use std::collections::BTreeMap;

use jiff::civil::Date;

/// The name of a holiday on which nothing is open.
pub const CLOSED: &str = "closed";

/// Days with a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holidays(pub BTreeMap<Date, String>);

impl Holidays {
    /// The holiday that a day is.
    #[must_use]
    pub fn name(&self, date: Date) -> Option<&str> {
        self.0.get(&date).map(String::as_str)
    }
}

/// Monday is 0.
pub(super) fn weekday(date: Date) -> usize {
    date.weekday().to_monday_zero_offset().unsigned_abs().into()
}

/// Waves of the month: the first goes once through it, the third three times.
pub(super) const WAVES: usize = 3;

/// The waves of the month on a day, cosine and sine of each. The last day of a month and the first of the next are
/// neighbours: bills and pay come around then.
pub(super) fn waves(date: Date) -> [f64; 2 * WAVES] {
    let turn = 2.0 * std::f64::consts::PI * (f64::from(date.day()) - 0.5) / f64::from(date.days_in_month());
    let mut all = [0.0; 2 * WAVES];
    for wave in 0..WAVES {
        let (sin, cos) = libm::sincos((wave + 1) as f64 * turn);
        (all[2 * wave], all[2 * wave + 1]) = (cos, sin);
    }
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_begin_where_they_end() {
        let date = |day: i8| Date::new(2026, 4, day).expect("there is such a day");
        assert_eq!(weekday(date(1)), 2);
        // Half a day before the turn of a month of 30 days and half a day after it: the same cosines.
        let (last, first) = (waves(date(30)), waves(date(1)));
        assert!((last[0] - libm::cos(std::f64::consts::PI / 30.0)).abs() < 1e-12);
        for wave in 0..WAVES {
            assert!((last[2 * wave] - first[2 * wave]).abs() < 1e-12);
            assert!((last[2 * wave + 1] + first[2 * wave + 1]).abs() < 1e-12);
        }
    }
}
