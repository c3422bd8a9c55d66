//! Customers who have waited too long for an answer get in touch again.

use crate::random::Law;
use crate::units::Span;

/// `queues.X.chase`: of a deferred queue.
#[derive(Clone, Debug, PartialEq)]
pub struct Chase {
    /// Share that chases.
    pub probability: f64,
    /// After waiting so long (seconds).
    pub after: Law,
    /// Where: shares that sum to at most 1; the rest writes to the same queue.
    pub to: Vec<(String, f64)>,
    /// At most so many further attempts of one case.
    pub limit: Option<u32>,
    /// An agent's time for the first contact, which is still in the queue and now a duplicate.
    pub duplicate: Span,
}
