//! What an hour of an agent costs, and which hours cost more.

use crate::reading::fields::Fields;
use crate::reading::kinds::{AtLeastOne, Between, NotNegative, Weekdays};
use crate::reading::table::{Tables, table};
use crate::units::{Span, TimeOfDay};

/// `groups.G.cost`.
#[derive(Clone, Debug, PartialEq)]
pub struct Pay {
    /// Of a paid hour.
    pub per_hour: f64,
    /// An hour of overtime is paid as so many hours.
    pub overtime: f64,
    /// Hours that are paid more.
    pub premiums: Vec<Premium>,
}

/// `groups.G.cost.premiums.P`: hours that are paid more.
#[derive(Clone, Debug, PartialEq)]
pub struct Premium {
    /// On which weekdays they begin, Monday first.
    pub days: [bool; 7],
    /// From when to when, past midnight too; `None`: all day.
    pub between: Option<(TimeOfDay, TimeOfDay)>,
    /// Such an hour is paid as so many hours.
    pub factor: f64,
}

table! {
    /// Pay.
    keys of Pay = "cost" {
        /// Per paid hour
        per_hour: NotNegative, required, example(17.75);
        /// An hour of overtime is paid as so many hours
        overtime: AtLeastOne, default(1), example(1.5);
        /// Hours that are paid more: nights, Sundays. Of several at one time the highest holds
        premiums: Tables<Premium>, none, example(.night = { between = "22:00-06:00", factor = 1.25 }), also("supplements", "differentials");
    }
}

table! {
    /// Hours that are paid more, by the clock of the centre. They begin and end where intervals do.
    keys of Premium = "premium" {
        /// On which weekdays they begin
        days: Weekdays, default("mon-sun"), example("sun");
        /// From when to when; past midnight they last into the next day
        between: Between, none("all day"), example("22:00-06:00");
        /// Such an hour is paid as so many hours
        factor: AtLeastOne, required, example(1.5);
    }
}

impl Pay {
    /// Reads `groups.G.cost`.
    pub(super) fn of(table: &Fields<'_>) -> Option<Pay> {
        let (per_hour, overtime) = (table.read(Pay::per_hour), table.read(Pay::overtime));
        let tables = table.tables(Pay::premiums);
        if !tables.is_empty() && !table.cx.time.calendar {
            let title = format!("`{}` needs a calendar", table.at(Pay::premiums.name));
            let reason = "without `horizon.start` there are no nights and no Sundays";
            let logged = table.cx.log.error(table.place_of(Pay::premiums.name), title, reason);
            logged.help("give the horizon a `start` and `days`");
        }
        let premiums = tables.iter().filter_map(Premium::of).collect();
        Some(Pay { per_hour: per_hour?, overtime, premiums })
    }

    /// What an hour at this time costs above the usual, as a share of it.
    #[must_use]
    pub fn above(&self, weekday: usize, time: Span) -> f64 {
        let factors = self.premiums.iter().filter(|premium| premium.holds(weekday, time)).map(|it| it.factor);
        factors.fold(1.0, f64::max) - 1.0
    }
}

impl Premium {
    fn of(table: &Fields<'_>) -> Option<Premium> {
        let by_between = Premium::between.name;
        let between = table.read(Premium::between);
        let interval = table.cx.time.interval;
        let ends = between.iter().flat_map(|(from, to)| [from.span(), to.span()]);
        if ends.into_iter().any(|end| end.micros() % interval.micros() != 0) {
            let title = format!("`{}` must begin and end with an interval", table.at(by_between));
            let logged =
                table.cx.log.error(table.place_of(by_between), title, format!("intervals take {interval}"));
            logged.help("let `horizon.interval` be a part of it, such as \"30m\"");
        }
        let factor = table.read(Premium::factor);
        Some(Premium { days: table.read(Premium::days), between, factor: factor? })
    }

    fn holds(&self, weekday: usize, time: Span) -> bool {
        let Some((from, to)) = self.between else { return self.days[weekday] };
        let (from, to) = (from.span(), to.span());
        let today = self.days[weekday] && time >= from && (time < to || to <= from);
        let from_yesterday = self.days[(weekday + 6) % 7] && to <= from && time < to;
        today || from_yesterday
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_night_lasts_into_the_next_day_and_the_highest_of_several_holds() {
        let at = |text| TimeOfDay::parse(text).expect("a time");
        let only = |day: usize| std::array::from_fn(|number| number == day);
        let night = Premium { days: only(5), between: Some((at("22:00"), at("06:00"))), factor: 1.25 };
        let sunday = Premium { days: only(6), between: None, factor: 1.5 };
        let pay = Pay { per_hour: 20.0, overtime: 1.0, premiums: vec![night, sunday] };
        for (weekday, hour, above) in
            [(5, 21, 0.0), (5, 22, 0.25), (5, 5, 0.0), (6, 5, 0.5), (6, 6, 0.5), (0, 5, 0.0), (4, 23, 0.0)]
        {
            assert_eq!(pay.above(weekday, Span::HOUR * hour), above, "day {weekday}, {hour}:00");
        }
        let night = Pay { premiums: vec![pay.premiums[0].clone()], ..pay };
        assert_eq!((night.above(6, Span::HOUR * 5), night.above(6, Span::HOUR * 6)), (0.25, 0.0));
    }
}
