//! A service level: those for whom a target on waits was met, of those whom it asks about.

use crate::vocabulary::ServiceLevelFormula;

/// What a service level is made of, callbacks left out.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waits {
    /// Answered.
    pub(super) answered: f64,
    /// Of these, within the time of the target.
    pub(super) within: f64,
    /// Abandoned.
    pub(super) abandoned: f64,
    /// Of these, within the time of the target.
    pub(super) abandoned_within: f64,
    /// Of these, so soon that the abandonment is short.
    pub(super) short: f64,
}

impl Waits {
    /// Those who count as met, and those who are asked.
    pub(super) fn level(self, formula: ServiceLevelFormula) -> (f64, f64) {
        let Waits { answered, within, abandoned, abandoned_within, short } = self;
        match formula {
            ServiceLevelFormula::AnsweredOfOffered => (within, answered + abandoned),
            ServiceLevelFormula::AnsweredOfAnswered => (within, answered),
            ServiceLevelFormula::LessShortAbandons => (within, answered + abandoned - short),
            ServiceLevelFormula::LessAbandonsWithin => (within, answered + abandoned - abandoned_within),
            ServiceLevelFormula::AbandonsMet => (within + abandoned_within, answered + abandoned),
            ServiceLevelFormula::ShortAbandonsMet => (within + short, answered + abandoned),
        }
    }
}
