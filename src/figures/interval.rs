//! Values with what is known of their spread.

use crate::estimate::{Estimated, Sampling, Terms, interval_multiple, ratio_of_terms};

/// A value with its confidence interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimate {
    /// The estimate (a ratio of pooled counts where the figure is a ratio).
    pub value: f64,
    /// Of its confidence interval; `None` where one replication gives none.
    pub half_width: Option<f64>,
}

impl Estimate {
    /// With an interval of so many standard errors.
    #[must_use]
    pub fn of(found: Estimated, multiple: Option<f64>) -> Estimate {
        let half_width = found.standard_error.zip(multiple).map(|(error, multiple)| error * multiple);
        Estimate { value: found.value, half_width }
    }

    /// What the terms of single replications are a ratio of; `None` without observations.
    #[must_use]
    pub fn of_terms(terms: &[Terms], sampling: Sampling, confidence: f64) -> Option<Estimate> {
        let multiple = interval_multiple(confidence, terms.len(), sampling);
        ratio_of_terms(terms, sampling).map(|found| Estimate::of(found, multiple))
    }
}

/// What a bad and a good day look like: percentiles across days (replications).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ribbon {
    /// A tenth of the days lie below.
    pub p10: f64,
    /// A tenth of the days lie above.
    pub p90: f64,
}
