//! Scales: what range an axis spans, where its ticks stand and what they say.

use crate::figures::Unit;
use crate::units::Calendar;

use super::paper::text_width;

/// Size of the letters at ticks, in pixels.
pub(super) const TICK_SIZE: f64 = 11.0;

const MINUTE: f64 = 60.0;
const HOUR: f64 = 3_600.0;
const DAY: f64 = 86_400.0;

/// A labelled place on an axis.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tick {
    pub(super) at: f64,
    pub(super) label: String,
}

/// A labelled stretch of an axis: a day.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Band {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) label: String,
}

/// One axis, in the unit of its data (shares of 1, seconds, counts); labels may speak another.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Axis {
    pub(super) from: f64,
    pub(super) to: f64,
    pub(super) ticks: Vec<Tick>,
    pub(super) bands: Vec<Band>,
    /// What is counted and in what unit: `agents`, `time since the opening`.
    pub(super) unit: String,
    logarithmic: bool,
}

impl Axis {
    /// Where a value lies: 0 at the lower end, 1 at the upper one, never outside.
    pub(super) fn part(&self, value: f64) -> f64 {
        let part = if self.logarithmic {
            let log = |v: f64| libm::log(v.max(self.from));
            (log(value) - log(self.from)) / (log(self.to) - log(self.from))
        } else {
            (value - self.from) / (self.to - self.from)
        };
        part.clamp(0.0, 1.0)
    }

    /// From 0 to a round number at or past `largest`.
    pub(super) fn upward(unit: Unit, largest: f64, of: &str, ticks: usize) -> Axis {
        let (per, name) = match unit {
            Unit::Share => (0.01, "%"),
            Unit::Seconds => seconds_unit(largest),
            Unit::Hours => (1.0, "h"),
            Unit::Count | Unit::Money => (1.0, ""),
        };
        let largest = if largest.is_finite() && largest > 0.0 { largest / per } else { 1.0 };
        let largest = if unit == Unit::Share { largest.min(100.0) } else { largest };
        let step = round_step(largest / ticks as f64);
        let count = (largest / step - 1e-9).ceil().max(1.0) as usize;
        let digits = if step >= 1.0 {
            0
        } else if step >= 0.1 {
            1
        } else {
            2
        };
        let ticks = (0..=count)
            .map(|i| (i as f64 * step, i))
            .map(|(value, _)| Tick { at: value * per, label: super::super::wording::grouped(value, digits) })
            .collect();
        let unit = match (of, name) {
            ("", name) => name.to_owned(),
            (of, "") => of.to_owned(),
            (of, name) => format!("{of}, {name}"),
        };
        Axis { from: 0.0, to: count as f64 * step * per, ticks, bands: Vec::new(), unit, logarithmic: false }
    }

    /// Seconds from the first to the last, each tenth as wide as the next: minutes and days on one
    /// axis.
    pub(super) fn decades(first: f64, last: f64, of: &str, width: f64) -> Axis {
        const TICKS: [(f64, &str); 14] = [
            (1.0, "1 s"),
            (10.0, "10 s"),
            (MINUTE, "1 min"),
            (10.0 * MINUTE, "10 min"),
            (HOUR, "1 h"),
            (6.0 * HOUR, "6 h"),
            (DAY, "1 d"),
            (3.0 * DAY, "3 d"),
            (7.0 * DAY, "1 wk"),
            (30.0 * DAY, "30 d"),
            (91.0 * DAY, "91 d"),
            (365.0 * DAY, "1 y"),
            (3_650.0 * DAY, "10 y"),
            (36_500.0 * DAY, "100 y"),
        ];
        let from = if first.is_finite() { first.max(0.1) } else { 1.0 };
        let to = if last.is_finite() { last.max(from * 10.0) } else { from * 10.0 };
        let mut axis =
            Axis { from, to, ticks: Vec::new(), bands: Vec::new(), unit: of.to_owned(), logarithmic: true };
        let mut free = f64::NEG_INFINITY;
        for (at, label) in TICKS.into_iter().filter(|(at, _)| (from..=to).contains(at)) {
            let (middle, half) = (axis.part(at) * width, text_width(label, TICK_SIZE, false) / 2.0);
            if middle - half >= free {
                axis.ticks.push(Tick { at, label: label.to_owned() });
                free = middle + half + 6.0;
            }
        }
        axis
    }

    /// The reported time in seconds: days with their names where there are days, else the time
    /// elapsed. `folded`: a week without dates.
    pub(super) fn time(calendar: &Calendar, folded: bool, from: f64, to: f64, width: f64) -> Axis {
        let to = if to > from { to } else { from + 1.0 };
        if calendar.start().is_none() && !folded {
            return Axis::elapsed(from, to, width);
        }
        let mut axis =
            Axis { from, to, ticks: Vec::new(), bands: Vec::new(), unit: String::new(), logarithmic: false };
        let day_width = width * DAY / (to - from);
        let (first, last) = ((from / DAY).floor() as i64, (to / DAY).ceil() as i64);
        let label = |day: i64, format: &str| match (folded, calendar.date(day)) {
            (false, Some(date)) => date.strftime(format).to_string(),
            _ => {
                let weekday = if folded {
                    crate::units::Weekday::ALL[day.rem_euclid(7) as usize]
                } else {
                    calendar.weekday(day)
                };
                weekday.name()[..3].to_owned()
            }
        };
        const NARROWEST: f64 = 26.0;
        if day_width < NARROWEST {
            // Too many days to name each: a date now and then.
            let every = [7, 14, 28, 91, 182, 364]
                .into_iter()
                .find(|days| *days as f64 * day_width >= 60.0)
                .unwrap_or(728);
            axis.ticks = (first..=last)
                .filter(|day| (day - first) % every == 0)
                .map(|day| Tick { at: day as f64 * DAY, label: label(day, "%-d %b") })
                .filter(|tick| (from..=to).contains(&tick.at))
                .collect();
            return axis;
        }
        let format = ["%A %-d %B %Y", "%a %-d %b", "%a %-d", "%a"]
            .into_iter()
            .find(|format| {
                (first..last).all(|day| text_width(&label(day, format), TICK_SIZE, true) + 6.0 <= day_width)
            })
            .unwrap_or("%-d");
        axis.bands = (first..last)
            .map(|day| Band {
                from: (day as f64 * DAY).max(from),
                to: ((day + 1) as f64 * DAY).min(to),
                label: label(day, format),
            })
            .collect();
        let long = day_width >= 300.0;
        let room = if long { 48.0 } else { 26.0 };
        let every = [1, 2, 3, 6, 12].into_iter().find(|hours| *hours as f64 * day_width / 24.0 >= room);
        if let Some(every) = every {
            axis.ticks = (first * 24..=last * 24)
                .filter(|hour| hour % every == 0 && (long || hour % 24 != 0))
                .map(|hour| (hour as f64 * HOUR, hour.rem_euclid(24)))
                .filter(|(at, _)| (from..=to).contains(at))
                .map(|(at, hour)| (at, if long { format!("{hour:02}:00") } else { format!("{hour:02}") }))
                .map(|(at, label)| Tick { at, label })
                .collect();
        }
        axis
    }

    fn elapsed(from: f64, to: f64, width: f64) -> Axis {
        let (per, name) = seconds_unit(to - from);
        let step = round_step((to - from) / per / (width / 70.0).max(2.0));
        let digits = if step >= 1.0 { 0 } else { 1 };
        let ticks = ((from / per / step).ceil() as i64..=(to / per / step).floor() as i64)
            .map(|i| i as f64 * step)
            .map(|value| Tick { at: value * per, label: super::super::wording::grouped(value, digits) })
            .collect();
        let unit = format!("time since the start, {name}");
        Axis { from, to, ticks, bands: Vec::new(), unit, logarithmic: false }
    }
}

/// Seconds per unit and its name, so that numbers up to `largest` stay short.
fn seconds_unit(largest: f64) -> (f64, &'static str) {
    match largest {
        l if l <= 200.0 => (1.0, "s"),
        l if l <= 2.5 * HOUR => (MINUTE, "min"),
        l if l <= 4.0 * DAY => (HOUR, "h"),
        _ => (DAY, "d"),
    }
}

/// The smallest of 1, 2 and 5 times a power of ten that is at least `least`.
fn round_step(least: f64) -> f64 {
    let mut power = 1.0;
    while power > least {
        power /= 10.0;
    }
    while power * 10.0 <= least {
        power *= 10.0;
    }
    [1.0, 2.0, 5.0].into_iter().map(|m| m * power).find(|step| *step >= least * 0.999).unwrap_or(10.0 * power)
}
