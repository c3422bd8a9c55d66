//! A service level: those for whom a target on waits was met, of those whom it asks about.

use crate::observations::{Count, Counts};
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
    /// Of the counters of some stays: those who were answered within the time of a target, who abandoned within it, and so soon that
    /// the abandonment is short. Who is called back does not wait: each of them is answered in time, and left out.
    pub(super) fn of(counts: &Counts, (answered, abandoned, short): (u64, u64, u64)) -> Waits {
        let called = counts[Count::ByCallback];
        let number = |count: u64| count as f64;
        Waits {
            answered: number(counts[Count::Answered]) - number(called),
            within: number(answered) - number(called),
            abandoned: number(counts[Count::Abandoned]),
            abandoned_within: number(abandoned),
            short: number(short),
        }
    }

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
