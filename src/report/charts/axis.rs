//! Scales: what range an axis spans, where its ticks stand and what they say.

use crate::figures::Unit;
use crate::units::{Calendar, Weekday};

use super::super::wording::grouped;
use super::font::text_width;

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
    scale: Scale,
}

/// How values become places.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Scale {
    Linear,
    Logarithmic,
    /// Seconds since a midnight, of which only these hours of each day take space.
    Hours(Hours),
}

/// The part of every day that is shown, in seconds since its midnight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Hours {
    pub(super) from: f64,
    pub(super) to: f64,
    /// Days that take no room: a bit for each of the first ones.
    pub(super) closed: u64,
}

impl Hours {
    /// All of them.
    pub(super) const ALL: Hours = Hours { from: 0.0, to: DAY, closed: 0 };

    /// Whether a day takes room.
    fn has(self, day: i64) -> bool {
        u32::try_from(day)
            .ok()
            .and_then(|day| 1_u64.checked_shl(day))
            .is_none_or(|bit| self.closed & bit == 0)
    }

    /// Shown seconds up to a moment.
    fn shown(self, at: f64) -> f64 {
        let day = (at / DAY).floor();
        let length = self.to - self.from;
        let before = u32::try_from(day as i64).unwrap_or(0);
        let left_out = (self.closed & 1_u64.checked_shl(before).map_or(u64::MAX, |bit| bit - 1)).count_ones();
        let own = if self.has(day as i64) { (at - day * DAY - self.from).clamp(0.0, length) } else { 0.0 };
        (day - f64::from(left_out)) * length + own
    }
}

impl Axis {
    /// Where a value lies: 0 at the lower end, 1 at the upper one, never outside.
    pub(super) fn part(&self, value: f64) -> f64 {
        let place = |value: f64| match self.scale {
            Scale::Linear => value,
            Scale::Logarithmic => libm::log(value.max(self.from)),
            Scale::Hours(hours) => hours.shown(value),
        };
        ((place(value) - place(self.from)) / (place(self.to) - place(self.from))).clamp(0.0, 1.0)
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
        let step = match unit {
            // A whole scale of percent in quarters or fifths.
            Unit::Share if largest > 80.0 => {
                if ticks >= 5 {
                    20.0
                } else {
                    25.0
                }
            }
            _ => round_step(largest / ticks as f64),
        };
        let count = (largest / step - 1e-9).ceil().max(1.0) as usize;
        let digits = if step >= 1.0 {
            0
        } else if step >= 0.1 {
            1
        } else {
            2
        };
        let ticks = (0..=count)
            .map(|i| i as f64 * step)
            .map(|value| Tick { at: value * per, label: grouped(value, digits) })
            .collect();
        Axis {
            from: 0.0,
            to: count as f64 * step * per,
            ticks,
            bands: Vec::new(),
            unit: named(of, name),
            scale: Scale::Linear,
        }
    }

    /// From one number to another with some room around them; `whole`: no ticks between whole numbers.
    pub(super) fn along(unit: Unit, (from, to): (f64, f64), of: &str, ticks: usize, whole: bool) -> Axis {
        let (per, name) = match unit {
            Unit::Share => (0.01, "%"),
            Unit::Seconds => seconds_unit(to.abs()),
            Unit::Hours => (1.0, "h"),
            Unit::Count | Unit::Money => (1.0, ""),
        };
        let room = if to > from { (to - from) * 0.04 } else { (from.abs() * 0.1).max(per * 0.1) };
        let (from, to) = (from - room, to + room);
        // Two values of one size would else have ticks that nobody can tell apart.
        let step_of = |ticks: usize| round_step(((to - from) / per / ticks as f64).max(1e-6));
        let between = |step: f64| (to / per / step).floor() - (from / per / step).ceil();
        // A single tick would not say how much the scale spans.
        let step = step_of(if between(step_of(ticks)) < 1.0 { 2 * ticks } else { ticks });
        let step = if whole { step.max(1.0) } else { step };
        let digits = (0..6).find(|digits| step * libm::pow(10.0, f64::from(*digits)) >= 0.999).unwrap_or(6);
        let ticks = ((from / per / step).ceil() as i64..=(to / per / step).floor() as i64)
            .map(|i| i as f64 * step)
            .map(|value| Tick { at: value * per, label: grouped(value, digits as usize) })
            .collect();
        Axis { from, to, ticks, bands: Vec::new(), unit: named(of, name), scale: Scale::Linear }
    }

    /// With ticks at these places alone, as they are written, where their labels have room.
    pub(super) fn with_ticks(mut self, ticks: Vec<Tick>, of: &str, width: f64) -> Axis {
        let side = |tick: &Tick, sign: f64| {
            self.part(tick.at) * width + sign * (text_width(&tick.label, TICK_SIZE, false) / 2.0 + 4.0)
        };
        if ticks.windows(2).all(|pair| side(&pair[0], 1.0) <= side(&pair[1], -1.0)) {
            (self.ticks, self.unit) = (ticks, of.to_owned());
        }
        self
    }

    /// Names side by side, at 0, 1, 2 and so on; every second one and so on where there are many.
    pub(super) fn named(names: &[String], of: &str, width: f64) -> Axis {
        let widest = names.iter().map(|name| text_width(name, TICK_SIZE, false)).fold(1.0, f64::max) + 8.0;
        let every = (widest * names.len() as f64 / width).ceil().max(1.0) as usize;
        let tick = |(at, name): (usize, &String)| Tick { at: at as f64, label: name.clone() };
        Axis {
            from: -0.5,
            to: names.len() as f64 - 0.5,
            ticks: names.iter().enumerate().step_by(every).map(tick).collect(),
            bands: Vec::new(),
            unit: of.to_owned(),
            scale: Scale::Linear,
        }
    }

    /// Seconds from the first to the last on a logarithmic scale: seconds and days on one axis.
    pub(super) fn decades(first: f64, last: f64, of: &str, width: f64) -> Axis {
        const COARSE: [(f64, &str); 14] = [
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
        const FINE: [(f64, &str); 10] = [
            (2.0, "2 s"),
            (5.0, "5 s"),
            (20.0, "20 s"),
            (30.0, "30 s"),
            (2.0 * MINUTE, "2 min"),
            (5.0 * MINUTE, "5 min"),
            (20.0 * MINUTE, "20 min"),
            (30.0 * MINUTE, "30 min"),
            (2.0 * HOUR, "2 h"),
            (12.0 * HOUR, "12 h"),
        ];
        let from = if first.is_finite() { first.max(0.1) } else { 1.0 };
        let to = if last.is_finite() { last.max(from * 10.0) } else { from * 10.0 };
        let mut axis = Axis {
            from,
            to,
            ticks: Vec::new(),
            bands: Vec::new(),
            unit: of.to_owned(),
            scale: Scale::Logarithmic,
        };
        let mut taken: Vec<(f64, f64)> = Vec::new();
        // The coarse ones first; a finer one where it fits between.
        for (at, label) in COARSE.into_iter().chain(FINE).filter(|(at, _)| (from..=to).contains(at)) {
            let (middle, half) = (axis.part(at) * width, text_width(label, TICK_SIZE, false) / 2.0 + 5.0);
            if taken.iter().all(|(left, right)| middle + half <= *left || middle - half >= *right) {
                taken.push((middle - half, middle + half));
                axis.ticks.push(Tick { at, label: label.to_owned() });
            }
        }
        axis
    }

    /// The reported time in seconds: days with their names where there are days, else the time
    /// elapsed. `folded`: a week without dates.
    pub(super) fn time(
        calendar: &Calendar,
        folded: bool,
        hours: Hours,
        (from, to): (f64, f64),
        width: f64,
    ) -> Axis {
        let to = if to > from { to } else { from + 1.0 };
        if calendar.start().is_none() && !folded {
            return Axis::elapsed(from, to, width);
        }
        let (first, last) = ((from / DAY).floor() as i64, (to / DAY).ceil() as i64);
        // Whole days where there are several: nothing else would end a day at its last hour.
        let (from, to) =
            (from.max(first as f64 * DAY + hours.from), to.min((last - 1) as f64 * DAY + hours.to));
        let mut axis = Axis {
            from,
            to: to.max(from + 1.0),
            ticks: Vec::new(),
            bands: Vec::new(),
            unit: String::new(),
            scale: Scale::Hours(hours),
        };
        let day_width = width * (hours.to - hours.from) / (hours.shown(axis.to) - hours.shown(from)).max(1.0);
        let name = |day: i64, format: &str| match (folded, calendar.date(day)) {
            (false, Some(date)) => date.strftime(format).to_string(),
            (true, _) => Weekday::ALL[day.rem_euclid(7) as usize].name()[..3].to_owned(),
            _ => calendar.weekday(day).name()[..3].to_owned(),
        };
        const NARROWEST: f64 = 26.0;
        if day_width < NARROWEST {
            // Too many days to name each: a date now and then.
            let every = [7, 14, 28, 91, 182, 364]
                .into_iter()
                .find(|days| *days as f64 * day_width >= 60.0)
                .unwrap_or(728);
            axis.ticks = (first..last)
                .filter(|day| (day - first) % every == 0 && hours.has(*day))
                .map(|day| Tick { at: day as f64 * DAY + hours.from, label: name(day, "%-d %b") })
                .collect();
            return axis;
        }
        let format = ["%A %-d %B %Y", "%a %-d %b", "%a %-d", "%a"]
            .into_iter()
            .find(|format| {
                (first..last).all(|day| text_width(&name(day, format), TICK_SIZE, false) + 8.0 <= day_width)
            })
            .unwrap_or("%-d");
        axis.bands = (first..last)
            .filter(|day| hours.has(*day))
            .map(|day| Band {
                from: (day as f64 * DAY + hours.from).max(from),
                to: (day as f64 * DAY + hours.to).min(to),
                // Weekdays that come again are told apart by the date of their Monday.
                label: match format {
                    "%a" if last - first > 7 && name(day, "%a") == "Mon" => name(day, "%-d %b"),
                    _ => name(day, format),
                },
            })
            .collect();
        let one_day = (first..last).filter(|day| hours.has(*day)).count() == 1;
        let long = day_width >= 300.0;
        let room = if long { 48.0 } else { 26.0 };
        let hour_width = day_width / (hours.to - hours.from) * HOUR;
        let Some(every) = [1, 2, 3, 6, 12].into_iter().find(|every| f64::from(*every) * hour_width >= room)
        else {
            return axis;
        };
        for (day, hour) in (first..last)
            .filter(|day| hours.has(*day))
            .flat_map(|day| (0..=24).step_by(every as usize).map(move |h| (day, h)))
        {
            let (of_day, at) = (hour as f64 * HOUR, day as f64 * DAY + hour as f64 * HOUR);
            // Where a day meets the next, two labels would stand at one place.
            let inside = of_day > hours.from && of_day < hours.to;
            let alone = one_day && (hours.from..=hours.to).contains(&of_day);
            if (inside || alone) && (from..=to).contains(&at) {
                let label = if long { format!("{hour:02}:00") } else { format!("{hour:02}") };
                axis.ticks.push(Tick { at, label });
            }
        }
        axis
    }

    fn elapsed(from: f64, to: f64, width: f64) -> Axis {
        let (per, name) = seconds_unit(to - from);
        let step = round_step((to - from) / per / (width / 70.0).max(2.0));
        let digits = if step >= 1.0 { 0 } else { 1 };
        let ticks = ((from / per / step).ceil() as i64..=(to / per / step).floor() as i64)
            .map(|i| i as f64 * step)
            .map(|value| Tick { at: value * per, label: grouped(value, digits) })
            .collect();
        let unit = format!("time since the start, {name}");
        Axis { from, to, ticks, bands: Vec::new(), unit, scale: Scale::Linear }
    }
}

/// What is counted, and its unit.
fn named(of: &str, unit: &str) -> String {
    match (of, unit) {
        ("", unit) => unit.to_owned(),
        (of, "") => of.to_owned(),
        (of, unit) => format!("{of}, {unit}"),
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::units::Span;

    #[test]
    fn closed_days_take_no_room_and_have_no_name() {
        let monday = jiff::civil::date(2026, 3, 2);
        let calendar = Calendar::new(Some(monday), Span::ZERO);
        // Monday to Sunday, eight hours each, Wednesday and Sunday closed.
        let hours = Hours { from: 8.0 * HOUR, to: 16.0 * HOUR, closed: 0b100_0100 };
        let days = |width| Axis::time(&calendar, false, hours, (0.0, 7.0 * DAY), width);
        let names = |axis: &Axis| axis.bands.iter().map(|band| band.label.clone()).collect::<Vec<_>>();
        assert_eq!(names(&days(450.0)), ["Mon 2 Mar", "Tue 3 Mar", "Thu 5 Mar", "Fri 6 Mar", "Sat 7 Mar"]);
        // Where there is room they are written out.
        let axis = days(900.0);
        assert_eq!(names(&axis)[2], "Thursday 5 March 2026");
        // A fifth of the width for each of the five days.
        for (day, hour, part) in [
            (0.0, 8.0, 0.0),
            (0.0, 12.0, 0.1),
            (1.0, 8.0, 0.2),
            (2.0, 0.0, 0.4),
            (2.0, 12.0, 0.4),
            (3.0, 8.0, 0.4),
            (3.0, 16.0, 0.6),
            (5.0, 16.0, 1.0),
            (6.0, 12.0, 1.0),
        ] {
            let at = day * DAY + hour * HOUR;
            assert!((axis.part(at) - part).abs() < 1e-12, "day {day}, {hour}:00: {}", axis.part(at));
        }
        assert!(axis.ticks.iter().all(|tick| !(2.0 * DAY..3.0 * DAY).contains(&tick.at)), "{:?}", axis.ticks);
    }
}
