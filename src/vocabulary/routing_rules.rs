//! The rules that decide who gets whom.

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
    /// Shortest mean handle time of its group, then longest idle.
    FastestFirst,
    /// Longest mean handle time of its group, then longest idle.
    SlowestFirst,
    /// Highest share of legs that solve, then longest idle.
    BestResolver,
    /// Most cases solved per hour of work (p mu), then longest idle.
    MostSolvedPerHour,
    /// Lowest pay of its group, then longest idle.
    Cheapest,
    /// The smallest share of the time since log-in at work.
    LeastOccupied,
}

impl AgentRule {
    /// The words of the file.
    pub(crate) const WORDS: [(&'static str, AgentRule); 10] = [
        ("skill_priority", AgentRule::SkillPriority),
        ("longest_idle", AgentRule::LongestIdle),
        ("random", AgentRule::Random),
        ("least_loaded", AgentRule::LeastLoaded),
        ("fastest_first", AgentRule::FastestFirst),
        ("slowest_first", AgentRule::SlowestFirst),
        ("best_resolver", AgentRule::BestResolver),
        ("most_solved_per_hour", AgentRule::MostSolvedPerHour),
        ("cheapest", AgentRule::Cheapest),
        ("least_occupied", AgentRule::LeastOccupied),
    ];
}

/// Which contact a freed agent takes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContactRule {
    /// Queue priority, then the skill's `takes`, then longest wait.
    #[default]
    Priority,
    /// Longest wait of all it can serve.
    FirstComeFirstServed,
    /// Highest weight x wait: accumulating priority (Kleinrock 1964).
    LongestWeightedWait,
    /// Highest weight x the agent's rate of service (c mu), then longest wait.
    CMu,
    /// Highest weight x rate x wait: the generalised c mu rule of quadratic costs (van Mieghem 1995).
    GeneralisedCMu,
    /// Whose target time runs out first.
    EarliestDue,
    /// Who has used the largest share of the target time.
    ShareOfTarget,
    /// The head of the longest queue.
    LongestQueue,
}

impl ContactRule {
    /// Whether it asks for the weights of queues.
    #[must_use]
    pub fn weighs(self) -> bool {
        matches!(self, ContactRule::LongestWeightedWait | ContactRule::CMu | ContactRule::GeneralisedCMu)
    }

    /// The words of the file.
    pub(crate) const WORDS: [(&'static str, ContactRule); 8] = [
        ("priority", ContactRule::Priority),
        ("first_come_first_served", ContactRule::FirstComeFirstServed),
        ("longest_weighted_wait", ContactRule::LongestWeightedWait),
        ("c_mu", ContactRule::CMu),
        ("generalised_c_mu", ContactRule::GeneralisedCMu),
        ("earliest_due", ContactRule::EarliestDue),
        ("share_of_target", ContactRule::ShareOfTarget),
        ("longest_queue", ContactRule::LongestQueue),
    ];
}
