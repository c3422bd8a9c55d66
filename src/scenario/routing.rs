//! `[routing]`: which rules decide who gets whom.

use crate::units::Span;
use crate::vocabulary::AgentRule;
use crate::vocabulary::ContactRule;

/// `[routing]`.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Routing {
    /// An arriving contact: which agent.
    pub agents: AgentRule,
    /// A freed agent: which contact.
    pub contacts: ContactRule,
    /// (queue, n): other work starts only if more than n agents able to serve the queue are idle,
    /// the one who would start it counted.
    pub reserve: Vec<(String, u32)>,
    /// (queue, weight) of the contact rules that weigh queues; 1 where nothing is said.
    pub weights: Vec<(String, f64)>,
    /// (channel, rule): another rule for the contacts of a channel.
    pub by_channel: Vec<(String, AgentRule)>,
    /// A returning customer waits so long for the last agent before anyone may take them.
    pub sticky: Option<Span>,
    /// At most so many transfers of a contact; a leg beyond is not passed on.
    pub max_transfers: Option<u32>,
    /// (name, value): for a policy of one's own; the built-in rules have none.
    pub parameters: Vec<(String, f64)>,
}
