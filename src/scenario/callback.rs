//! Callbacks: a waiting customer's place kept while they hang up (virtual hold).

use crate::random::Law;
use crate::units::Span;
use crate::vocabulary::OfferWhen;
use crate::vocabulary::StartWhen;

/// `queues.X.callback`.
#[derive(Clone, Debug, PartialEq)]
pub struct Callback {
    /// Whether who is called back counts as answered after no wait (`queues.X.callbacks`).
    pub counts_as_answered: bool,
    /// When it is offered.
    pub offer_when: OfferWhen,
    /// Share that accepts.
    pub accept: f64,
    /// When it is made.
    pub start_when: StartWhen,
    /// Share of calls that the customer answers.
    pub reached: f64,
    /// An agent's time for a call that is not answered.
    pub ring: Span,
    /// Further calls after one that is not answered.
    pub retries: u32,
    /// After this time (seconds).
    pub retry_after: Law,
}
