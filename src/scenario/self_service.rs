//! Self-service: IVR, chatbot or help pages in front of a queue.

use crate::random::Law;

use super::Hours;

/// `queues.X.self_service`.
#[derive(Clone, Debug, PartialEq)]
pub struct SelfService {
    /// Its own opening hours.
    pub hours: Hours,
    /// How long a session takes (seconds).
    pub time: Law,
    /// Share of sessions that ends there, the problem solved.
    pub containment: f64,
    /// Of the contained: those who only seemed so and come back.
    pub false_containment: Option<FalseContainment>,
    /// Share of sessions that the customer breaks off.
    pub hang_up: f64,
    /// Where the others go: shares that sum to at most 1; the rest goes to the queue itself.
    pub to: Vec<(String, f64)>,
    /// The same while the queue itself is closed; empty: turned away as by the queue.
    pub to_when_closed: Vec<(String, f64)>,
    /// Sessions at once; one more customer hears the busy signal.
    pub sessions: Option<u32>,
}

/// Contained for the moment only.
#[derive(Clone, Debug, PartialEq)]
pub struct FalseContainment {
    /// Share of the contained.
    pub share: f64,
    /// They come back after this time (seconds).
    pub delay: Law,
}
