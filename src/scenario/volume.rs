//! How many cases come when.

use crate::units::{Span, Steps};
use crate::vocabulary::words;

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
        /// Everything offered, retries and repeat contacts included; a pilot finds the share of new cases.
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

impl Volume {
    /// So many times as many; a trace is replayed as it is.
    #[must_use]
    pub(super) fn times(self, factor: f64) -> Volume {
        match self {
            Volume::Rate { per_hour, weekday } => {
                Volume::Rate { per_hour: per_hour.map(|rate| rate * factor), weekday }
            }
            Volume::Series(mut buckets) => {
                buckets.iter_mut().for_each(|bucket| bucket.count *= factor);
                Volume::Series(buckets)
            }
            trace @ Volume::Trace(_) => trace,
        }
    }
}
