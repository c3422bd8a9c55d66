//! What figures mean where a centre has more than the usual. `docs/figures.md` has them in full.

use crate::vocabulary::ServiceLevelFormula;

/// The meaning of the service level where some have a response target.
pub(super) const OF_RESPONSES: &str = "Share of contacts answered within the target time; of messages and deferred work, share that got a response \
     within it.";

/// What is offered where some are called back.
pub(super) const OF_CALLBACKS: &str = "Contacts that entered the queue, less those that overflowed to another one or took a callback (which is \
     offered when it is made). Busy signals are apart.";

/// How a service level is counted.
pub(super) const fn formula(formula: ServiceLevelFormula) -> &'static str {
    match formula {
        ServiceLevelFormula::AnsweredOfOffered => "answered in time, of all answered and abandoned",
        ServiceLevelFormula::AnsweredOfAnswered => "answered in time, of all answered",
        ServiceLevelFormula::LessShortAbandons => {
            "answered in time, of all answered and of those who did not abandon at once"
        }
        ServiceLevelFormula::LessAbandonsWithin => {
            "answered in time, of all answered and of those who abandoned after the target time"
        }
        ServiceLevelFormula::AbandonsMet => "answered or abandoned in time, of all answered and abandoned",
        ServiceLevelFormula::ShortAbandonsMet => {
            "answered in time or abandoned at once, of all answered and abandoned"
        }
    }
}
