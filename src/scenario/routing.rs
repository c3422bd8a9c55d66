//! `[routing]`: which rules decide who gets whom.

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
}
