//! How much busier than expected days and hours are.

use crate::random::Distribution;
use crate::reading::fields::Fields;
use crate::reading::kinds::{NotNegative, PositiveDuration, Share, Stepped, Text};
use crate::reading::table::{Table, table};
use crate::units::{Span, Steps};

table! {
    /// Gamma factors of mean 1: one a day, and others within the day.
    pub struct Busyness = "busyness", checked {
        /// Standard deviation of the day's factor
        pub cv: f64 as NotNegative, required, example(0.1);
        /// Queues that name the same share the factors
        pub shared: Option<String> as Text, none("its own"), example("weather");
        /// Of the factors of those who share; 1 is one factor for all
        pub correlation: f64 as Share, default(1), example(0.7);
        /// Of a day's factors with those of the day before, by their normal scores; two days apart its square
        pub day_to_day: f64 as Share, default(0), example(0.6);
        /// Further factors within the day, that the day's is multiplied by
        pub within_day: Option<WithinDay> as Table<WithinDay>, none("the same all day"),
            example({ cv = 0.05, correlation_at_1h = 0.8 });
    }
}

table! {
    /// A gamma factor of mean 1 for each stretch of the day; the farther apart two are, the less they have in common.
    pub struct WithinDay = "within_day", checked {
        /// Standard deviation of a factor; may vary over the day
        pub cv: Steps<f64> as Stepped<NotNegative>, required, example({ "07:00" = 0.1, "09:00" = 0.05 });
        /// Of factors an hour apart, by their normal scores; two hours apart its square. Days begin anew
        pub correlation_at_1h: f64 as Share, required, example(0.8);
        /// How long a factor holds: a part of an hour, or whole hours of which a day has a whole number
        pub step: Span as PositiveDuration, default("30m"), example("15m");
    }
}

/// The most that days may have in common: what came before a day is drawn as far back as it matters.
const MOST_DAY_TO_DAY: f64 = 0.99;

impl Busyness {
    pub(super) fn check(&self, table: &Fields<'_>) {
        let (correlation, cv) = (Busyness::correlation.name, Busyness::cv.name);
        if table.has(correlation) && self.shared.is_none() {
            let title = format!("`{}` needs `shared`", table.path);
            table.cx.log.error(table.place_of(correlation), title, "correlated with what?");
        }
        if let Err(reason) = factor(self.cv) {
            let title = format!("`{}` is out of range", table.at(cv));
            table.cx.log.error(table.place_of(cv), title, reason).help("0 makes all days alike");
        }
        let day_to_day = Busyness::day_to_day.name;
        if self.day_to_day > MOST_DAY_TO_DAY {
            let title = format!("`{}` must be at most {MOST_DAY_TO_DAY}", table.at(day_to_day));
            let reason = "days would never differ";
            table.cx.log.error(table.place_of(day_to_day), title, reason);
        }
        if table.has(day_to_day) && self.day_to_day > 0.0 && self.cv == 0.0 && self.within_day.is_none() {
            let title = format!("`{}` has no effect", table.at(day_to_day));
            table.cx.log.warning(table.place_of(day_to_day), title, "no factor varies");
        }
    }
}

impl WithinDay {
    fn check(&self, table: &Fields<'_>) {
        let (cv, step) = (WithinDay::cv.name, WithinDay::step.name);
        if let Some(reason) = self.cv.steps().iter().find_map(|(_, cv)| factor(*cv).err()) {
            let title = format!("`{}` is out of range", table.at(cv));
            table.cx.log.error(table.place_of(cv), title, reason).help("0 makes the day even");
        }
        let (micros, hour, day) = (self.step.micros(), Span::HOUR.micros(), Span::DAY.micros());
        let parts = micros > 0 && (hour.is_multiple_of(micros) || micros.is_multiple_of(hour));
        if !parts || !day.is_multiple_of(micros) {
            let title = format!("`{}` does not part the day", table.at(step));
            let reason = "an hour must hold a whole number of them, or they a whole number of hours";
            table.cx.log.error(table.place_of(step), title, reason).help("write \"30m\", \"15m\" or \"1h\"");
        }
    }
}

/// Whether there is such a factor.
fn factor(cv: f64) -> Result<(), String> {
    if cv == 0.0 { Ok(()) } else { Distribution::gamma(1.0, cv).map(drop) }
}
