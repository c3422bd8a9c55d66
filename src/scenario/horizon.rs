//! The time that is played, and how often.

use jiff::civil::Date;

use crate::units::Span;
use crate::vocabulary::{AtEnd, words};

/// `[horizon]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Horizon {
    /// The first reported day; `None` is a study of the steady state.
    pub start: Option<Date>,
    /// The reported time.
    pub length: Span,
    /// The reporting step.
    pub interval: Span,
    /// Simulated before the reported time, not reported. Whole days where there is a calendar.
    pub warm_up: Span,
    /// Simulated after the reported time: what began within it is counted until it ends, what begins
    /// later is not reported. Whole days where there is a calendar.
    pub cool_down: Span,
    /// What becomes of the unfinished.
    pub at_end: AtEnd,
    /// The zone of the centre's clock, by its IANA name: tables of moments are converted to it.
    pub time_zone: Option<String>,
}

/// A half-width to reach before stopping.
#[derive(Clone, Debug, PartialEq)]
pub struct Precision {
    /// The dotted name of the figure: `total.service_level`.
    pub figure: String,
    /// In the figure's unit (shares as 0..1, times in seconds).
    pub half_width: f64,
    /// Stop there whatever the half-width.
    pub max_replications: u64,
}

words! {
    /// How the busyness of days is drawn over replications.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Days {
        /// Evenly over its distribution.
        #[default]
        Stratified = "stratified",
        /// For each replication by itself.
        Independent = "independent",
    }
}

/// `[experiment]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// Independent play-throughs (with `precision`: the first look).
    pub replications: u64,
    /// The seed of all draws.
    pub seed: u64,
    /// Of the intervals, in (0, 1).
    pub confidence: f64,
    /// How the busyness of days is drawn.
    pub days: Days,
    /// Go on until a figure is known this well.
    pub precision: Option<Precision>,
}
