//! When a callback is offered, and when it is made.

use crate::units::Span;

/// When an arriving customer who must wait is offered a callback.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferWhen {
    /// The head of the line has waited at least so long.
    ExpectedWait(Span),
    /// At least so many wait, the customer not counted.
    QueueLength(u32),
    /// Only where a script offers it.
    ByScript,
}

/// When a callback is made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StartWhen {
    /// Nobody waits in the queue and at least so many able agents are idle.
    IdleAgents(u32),
    /// Everyone who came before has been served.
    PlaceReached,
    /// An able agent is idle and nobody waits; when this long after acceptance, before everyone.
    Within(Span),
    /// In turn among all who wait, as a contact of this priority that began to wait when it was accepted.
    Priority(u32),
}
