//! `[report]`: what the report shows.

use crate::reading::kinds::{Duration, Positive, Text, Word};
use crate::reading::table::table;
use crate::units::Span;
use crate::vocabulary::words;

words! {
    /// Which interval rows are kept.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum IntervalRows {
        /// Each interval up to 28 days; by date, and by weekday and time of day, past that.
        #[default]
        Auto = "auto",
        /// Each interval, however many.
        Each = "each",
    }
}

table! {
    /// What the report shows.
    pub struct ReportOptions = "report" {
        /// A further contact within this time spoils the measured first-contact resolution
        pub fcr_window: Span as Duration, default("7d"), example("3d");
        /// `auto`: past 28 days by date, and by weekday and time of day
        pub intervals: IntervalRows as Word<IntervalRows>, default("auto"), example("each");
        /// Paid hours a week of one full-time equivalent (FTE)
        pub fte_hours: f64 as Positive, default(40), example(37.5);
        /// The money of all costs, as it is written
        pub currency: Option<String> as Text, none("not said"), example("€");
        /// What `holdline validate` said of the baseline; every report quotes it
        pub validated: Option<String> as Text, none("nothing is quoted"), example("the baseline fits march.csv");
        /// What the scenario was when it was validated, as `validate` prints it; where it plays something else, reports say so
        pub validated_as: Option<String> as Text, none("not checked"), example("5f1d0c2a9b7e4431");
    }
}
