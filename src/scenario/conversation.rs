//! Conversations of turns: the agent replies, the customer answers, either may let it rest.

use crate::random::Law;
use crate::units::Span;
use crate::vocabulary::Replies;
use crate::vocabulary::words;

words! {
    /// Who takes up a parked conversation when the customer writes again.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum ReturnTo {
        /// Whoever is free.
        #[default]
        Queue = "queue",
        /// The agent who had it, as long as that agent is on duty.
        LastAgent = "last_agent",
    }
}

/// `queues.X.conversation`; the law of an agent's work for one reply is the queue's `talk`.
#[derive(Clone, Debug, PartialEq)]
pub struct Conversation {
    /// Replies of the agent.
    pub replies: Replies,
    /// From a reply to the customer's next message (seconds).
    pub customer_reply: Law,
    /// The slot is freed when the customer has been silent for so long. `None`: it is kept.
    pub park_after: Option<Span>,
    /// Who takes up a parked conversation.
    pub return_to: ReturnTo,
}
