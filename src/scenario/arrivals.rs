//! How cases arrive at a queue.

use crate::units::Span;
use crate::vocabulary::words;

use crate::units::Steps;

/// A volume over one stretch of time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bucket {
    /// Microseconds since the start of the reported time.
    pub start: i64,
    /// How long.
    pub length: Span,
    /// The expected number of cases in it.
    pub count: f64,
}

words! {
    /// What the numbers of a volume file count.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Counts {
        /// New cases.
        Cases = "cases",
        /// Everything offered, redials and recontacts included; a pilot finds the share of new cases.
        Offered = "offered",
    }
}

/// How many.
#[derive(Clone, Debug, PartialEq)]
pub enum Volume {
    /// A rate per hour in steps (`per_day` with its profile, `per_hour`, a day of `per_interval`),
    /// times the weekday's factor (Monday first; all 1 without a calendar).
    Rate {
        /// Cases per hour.
        per_hour: Steps<f64>,
        /// Factor of each weekday.
        weekday: [f64; 7],
    },
    /// Expected numbers, stretch by stretch, ascending, not overlapping; nothing in between.
    Series(Vec<Bucket>),
    /// Replayed as it is: microseconds since the start of the reported time, ascending.
    Trace(Vec<i64>),
}

/// A gamma factor a day, of mean 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Busyness {
    /// Standard deviation of the factor.
    pub cv: f64,
    /// Whose factor it is: queues that name the same share it.
    pub shared: Option<String>,
    /// 1: the shared factor itself; less: own factors, any two of those who share with this
    /// correlation of the underlying normal scores.
    pub correlation: f64,
}

/// A stretch of time with another volume.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// Its name.
    pub name: String,
    /// Microseconds since the start of the reported time.
    pub at: i64,
    /// How long.
    pub length: Span,
    /// What the volume is multiplied by.
    pub factor: f64,
}

/// `queues.X.arrivals`: of cases, not of attempts.
#[derive(Clone, Debug, PartialEq)]
pub struct Arrivals {
    /// How many.
    pub volume: Volume,
    /// What they count.
    pub counts: Counts,
    /// Good and bad days.
    pub busyness: Option<Busyness>,
    /// Stretches with another volume.
    pub events: Vec<Event>,
}
