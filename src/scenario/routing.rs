//! `[routing]`: which rules decide who gets whom.

use crate::units::Span;

/// Which agent an arriving contact goes to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum AgentRule {
    /// Lowest skill priority among groups with room, then longest idle.
    #[default]
    SkillPriority,
    /// Longest idle of all who can serve it.
    LongestIdle,
    /// Any who can serve it, all alike.
    Random,
    /// Lowest skill priority, then the least busy with conversations, then longest idle.
    LeastLoaded,
}

/// Which contact a freed agent takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContactRule {
    /// Queue priority, then the skill's `takes`, then longest wait.
    #[default]
    Priority,
    /// Longest wait of all it can serve.
    FirstComeFirstServed,
}

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
    /// (channel, rule): another rule for the contacts of a channel.
    pub by_channel: Vec<(String, AgentRule)>,
    /// A returning customer waits so long for the last agent before anyone may take them.
    pub sticky: Option<Span>,
    /// At most so many transfers of a contact; a leg beyond is not passed on.
    pub max_transfers: Option<u32>,
}
