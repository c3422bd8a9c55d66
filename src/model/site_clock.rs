//! The clock of a site beside the centre's.

use jiff::SignedDuration;
use jiff::civil::{Date, DateTime, Time};

use crate::tables::Zone;
use crate::units::Span;

const DAY: i64 = Span::DAY.micros() as i64;

/// Clocks change on the quarter of an hour.
const QUARTER: i64 = DAY / 96;

/// What the centre's clock shows when a site's shows a time. Times are microseconds since the first reported midnight, each on
/// its clock, of days that have 24 hours.
#[derive(Clone, Debug, Default)]
pub struct SiteClock(Vec<(i64, i64)>);

impl SiteClock {
    /// Of a site in another zone, for the days from `first` up to `last` after `start`.
    #[must_use]
    pub fn new(site: &Zone, centre: &Zone, start: Date, (first, last): (i64, i64)) -> SiteClock {
        let midnight = start.to_datetime(Time::midnight());
        let later = |at: i64| later(site, centre, midnight, at).unwrap_or(0);
        let mut steps: Vec<(i64, i64)> = vec![(first * DAY, later(first * DAY))];
        for day in first..last {
            let (from, to) = (day * DAY, (day + 1) * DAY);
            // One of the two clocks changes within the day, or both do.
            let quarters = from + QUARTER..=to;
            let between = if later(from) == later(to) && later(from + DAY / 2) == later(to) {
                Vec::new()
            } else {
                quarters.step_by(QUARTER as usize).collect()
            };
            for at in between {
                let now = later(at);
                if steps.last().is_none_or(|(_, before)| *before != now) {
                    steps.push((at, now));
                }
            }
        }
        SiteClock(steps)
    }

    /// The time on the centre's clock.
    #[must_use]
    pub fn on_the_centres(&self, at: i64) -> i64 {
        let after = self.0.partition_point(|(from, _)| *from <= at);
        at + self.0.get(after.saturating_sub(1)).map_or(0, |(_, later)| *later)
    }
}

/// How much more the centre's clock shows. A time that the site's clock leaves out is as much later as the clock is put forward.
fn later(site: &Zone, centre: &Zone, midnight: DateTime, at: i64) -> Option<i64> {
    let local = midnight.checked_add(SignedDuration::from_micros(at)).ok()?;
    let shown = centre.local(site.moment(local)?);
    i64::try_from(local.duration_until(shown).as_micros()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hours of the centre's clock when the site's shows `hour` on the `day`-th day after 1 March 2026.
    fn hours(site: &str, centre: &str, day: i64, hour: i64) -> f64 {
        let zone = |name| Zone::named(name).expect("there is such a zone");
        let start = Date::constant(2026, 3, 1);
        let clock = SiteClock::new(&zone(site), &zone(centre), start, (-3, 60));
        let at = clock.on_the_centres(day * DAY + hour * DAY / 24) - day * DAY;
        at as f64 / (DAY / 24) as f64
    }

    #[test]
    fn clocks_change_on_other_days() {
        let new_york = |day, hour| hours("America/New_York", "Europe/Berlin", day, hour);
        // Six hours; five from 8 March, when New York's clock is put forward at 02:00, to 29 March, when Berlin's is.
        assert_eq!((new_york(6, 8), new_york(7, 1), new_york(7, 8)), (14.0, 7.0, 13.0));
        assert_eq!((new_york(27, 8), new_york(28, 8)), (13.0, 14.0));
        // In the night of the 28th Berlin's clock goes from 02:00 to 03:00 when it is 21:00 in New York.
        assert_eq!((new_york(27, 20), new_york(27, 21)), (25.0, 27.0));
        // What New York's clock leaves out is an hour later: 02:00 is 03:00, 08:00 in Berlin.
        assert_eq!(new_york(7, 2), 8.0);
    }

    #[test]
    fn a_site_may_be_ahead_by_half_an_hour() {
        assert_eq!(hours("Asia/Kolkata", "Europe/London", 0, 9), 3.5);
        assert_eq!(hours("Asia/Kolkata", "Europe/London", 29, 9), 4.5);
        assert_eq!(SiteClock::default().on_the_centres(-5), -5);
    }
}
