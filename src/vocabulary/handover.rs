//! How a customer is passed on: where in the new queue, and what the first agent does meanwhile.

use super::words::words;
use crate::units::Span;

words! {
    /// Where in the new queue a transferred contact goes.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Requeue {
        /// Behind everyone, with age zero.
        #[default]
        Tail = "tail",
        /// By its age since its first entry.
        Age = "age",
        /// Before everyone.
        Head = "head",
    }
}

/// What the agent who passes a customer on does meanwhile.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Handover {
    /// Hangs up at once.
    #[default]
    Cold,
    /// Stays with the customer until the next agent takes over, then tells that agent.
    Warm {
        /// The longest stay; then it becomes a cold transfer. `None`: no limit.
        hold_limit: Option<Span>,
    },
    /// Stays with the customer to the end of the next agent's talk.
    Conference {
        /// The longest stay while waiting; then it becomes a cold transfer. `None`: no limit.
        hold_limit: Option<Span>,
    },
}
