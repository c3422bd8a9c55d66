//! Follow-ups, compiled: each has a queue of its own in which its work waits and is counted.

use crate::random::Sampler;
use crate::units::{QueueId, Span};

/// A follow-up of the model.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FollowUpId(pub u16);

impl FollowUpId {
    /// Its place in the model's table.
    #[inline]
    #[must_use]
    pub const fn index(self) -> usize {
        self.0 as usize
    }
}

/// Who does it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The first agent who served the case.
    FirstAgent,
    /// The agent of the leg that started it.
    LastAgent,
    /// Whoever can serve its queue.
    Anyone,
}

/// Work that the centre starts for a case.
#[derive(Clone, Debug)]
pub struct FollowUp {
    /// Where its work is counted.
    pub queue: QueueId,
    /// Share of the occasions.
    pub share: f64,
    /// Who does it.
    pub owner: Owner,
    /// After this time.
    pub after: Sampler,
    /// To be done so long after it was started; `Span::FOREVER`: no date.
    pub due: Span,
    /// Only the opening hours of the case's queue count, and it begins within them.
    pub open_hours: bool,
    /// Share of attempts that reach the customer.
    pub reached: f64,
    /// An agent's time for one that does not.
    pub ring: Span,
    /// Further attempts.
    pub retries: u32,
    /// After this time.
    pub retry_after: Sampler,
    /// Share of still-open cases that it solves.
    pub solves: f64,
    /// It is pointless once the case is solved.
    pub only_if_open: bool,
}
