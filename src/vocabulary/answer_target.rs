//! The target of a queue's waits, and how its service level is counted.

use super::Clock;
use super::words::words;
use crate::units::{Span, Within};

/// `targets.answer`, or `target` for short. For messaging and deferred queues a target of the
/// response.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerTarget {
    /// The share.
    pub share: f64,
    /// Within this time (T).
    pub within: Within,
    /// Which time counts.
    pub clock: Clock,
    /// How it is counted.
    pub formula: ServiceLevelFormula,
    /// An abandonment up to this wait is short (s).
    pub short: Span,
}

/// `targets.second`: another share of the customers who wait, within another time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SecondTarget {
    /// The share.
    pub share: f64,
    /// Within this time (T).
    pub within: Span,
    /// How it is counted.
    pub formula: ServiceLevelFormula,
    /// An abandonment up to this wait is short (s).
    pub short: Span,
}

words! {
    /// Which service level formula (the figures' documentation has them).
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum ServiceLevelFormula {
        /// A_T / (A + B).
        #[default]
        AnsweredOfOffered = "answered_of_offered",
        /// A_T / A.
        AnsweredOfAnswered = "answered_of_answered",
        /// A_T / (A + B - B_s).
        LessShortAbandons = "less_short_abandons",
        /// A_T / (A + B - B_T).
        LessAbandonsWithin = "less_abandons_within",
        /// (A_T + B_T) / (A + B).
        AbandonsMet = "abandons_met",
        /// (A_T + B_s) / (A + B).
        ShortAbandonsMet = "short_abandons_met",
    }
}

impl ServiceLevelFormula {
    /// Whether it asks how soon an abandonment is short.
    #[must_use]
    pub fn is_about_short_abandons(self) -> bool {
        matches!(self, ServiceLevelFormula::LessShortAbandons | ServiceLevelFormula::ShortAbandonsMet)
    }
}
