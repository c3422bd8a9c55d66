//! The target of a queue's waits, and how its service level is counted.

use super::Clock;
use crate::units::{Span, Within};

/// `targets.answer`, or `target` for short. For messaging and deferred queues a promise on the
/// response.
#[derive(Clone, Debug, PartialEq)]
pub struct AnswerTarget {
    /// Share promised.
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

/// Which service level formula (the figures' documentation has them).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ServiceLevelFormula {
    /// A_T / (A + B).
    #[default]
    AnsweredOfOffered,
    /// A_T / A.
    AnsweredOfAnswered,
    /// A_T / (A + B - B_s).
    LessShortAbandons,
    /// A_T / (A + B - B_T).
    LessAbandonsWithin,
    /// (A_T + B_T) / (A + B).
    AbandonsMet,
    /// (A_T + B_s) / (A + B).
    ShortAbandonsMet,
}

impl ServiceLevelFormula {
    /// Whether it asks how soon an abandonment is short.
    #[must_use]
    pub fn is_about_short_abandons(self) -> bool {
        matches!(self, ServiceLevelFormula::LessShortAbandons | ServiceLevelFormula::ShortAbandonsMet)
    }
}
