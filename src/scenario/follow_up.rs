//! Follow-ups: work that the centre itself starts for a case.

use crate::random::Law;
use crate::units::Span;
use crate::vocabulary::words;

use crate::units::Steps;
use crate::vocabulary::Clock;

words! {
    /// What starts a follow-up.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Trigger {
        /// A transfer that names it.
        Transfer = "transfer",
        /// A leg that did not solve the case.
        Unresolved = "unresolved",
        /// A leg after which the agent takes the case for solved, rightly or not.
        Resolved = "resolved",
        /// A customer who comes back unsolved, or chases.
        Complaint = "complaint",
        /// A new case: an acknowledgement.
        Arrival = "arrival",
    }
}

/// Who does it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Owner {
    /// The first agent who served the case.
    FirstAgent,
    /// The agent of the leg that started it.
    LastAgent,
    /// Whoever can serve this queue.
    Queue(String),
}

/// `[follow_ups.NAME]`.
#[derive(Clone, Debug, PartialEq)]
pub struct FollowUp {
    /// Its name.
    pub name: String,
    /// What starts it.
    pub trigger: Trigger,
    /// In these queues; empty: in all.
    pub queues: Vec<String>,
    /// Share of the occasions.
    pub share: f64,
    /// Who does it.
    pub owner: Owner,
    /// After this time (seconds).
    pub after: Law,
    /// To be done so long after it was started. `None`: no date.
    pub due: Option<Span>,
    /// Which time counts for `due`, and when it may be begun: with `OpenHours`, the opening hours
    /// of the case's queue.
    pub clock: Clock,
    /// The channel that it travels on.
    pub channel: String,
    /// Talk time, seconds.
    pub talk: Steps<Law>,
    /// Wrap-up time, seconds.
    pub wrap_up: Option<Steps<Law>>,
    /// 1 before 2.
    pub priority: u32,
    /// Share of attempts that reach the customer.
    pub reached: f64,
    /// An agent's time for an attempt that does not.
    pub ring: Span,
    /// Further attempts.
    pub retries: u32,
    /// After this time (seconds).
    pub retry_after: Law,
    /// Share of still-open cases that it solves.
    pub solves: f64,
}
