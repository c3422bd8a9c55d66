//! The rules that decide who gets whom.

use super::words::words;

words! {
    /// Which agent an arriving contact goes to.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum AgentRule {
        /// Lowest skill priority among groups with room, then longest idle.
        #[default]
        SkillPriority = "skill_priority",
        /// Longest idle of all who can serve it.
        LongestIdle = "longest_idle",
        /// Any who can serve it, all alike.
        Random = "random",
        /// Lowest skill priority, then the least busy with conversations, then longest idle.
        LeastLoaded = "least_loaded",
        /// Shortest mean handle time of its group, then longest idle.
        FastestFirst = "fastest_first",
        /// Longest mean handle time of its group, then longest idle.
        SlowestFirst = "slowest_first",
        /// Highest share of legs that solve, then longest idle.
        BestResolver = "best_resolver",
        /// Most cases solved per hour of work (p mu), then longest idle.
        MostSolvedPerHour = "most_solved_per_hour",
        /// Lowest pay of its group, then longest idle.
        Cheapest = "cheapest",
        /// The smallest share of the time since log-in at work.
        LeastOccupied = "least_occupied",
        /// The highest `agent_score`, then longest idle.
        Score = "score",
    }
}

words! {
    /// Which contact a freed agent takes.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum ContactRule {
        /// Queue priority, then the skill's `takes`, then longest wait.
        #[default]
        Priority = "priority",
        /// Longest wait of all it can serve.
        FirstComeFirstServed = "first_come_first_served",
        /// Highest weight x wait: accumulating priority (Kleinrock 1964).
        LongestWeightedWait = "longest_weighted_wait",
        /// Highest weight x the agent's rate of service (c mu), then longest wait.
        CMu = "c_mu",
        /// Highest weight x rate x wait: the generalised c mu rule of quadratic costs (van Mieghem 1995).
        GeneralisedCMu = "generalised_c_mu",
        /// Whose target time runs out first.
        EarliestDue = "earliest_due",
        /// Who has used the largest share of the target time.
        ShareOfTarget = "share_of_target",
        /// The head of the longest queue.
        LongestQueue = "longest_queue",
        /// Highest weight x rate x mean patience: c mu / theta, for overload with abandonment (Atar, Giat & Shimkin 2010).
        CMuTheta = "c_mu_theta",
        /// Highest weight x rate x contacts waiting (Stolyar 2004).
        MaxWeight = "max_weight",
        /// The highest `contact_score`, then longest wait.
        Score = "score",
    }
}

impl ContactRule {
    /// Whether it asks for the weights of queues; a score may.
    #[must_use]
    pub fn weighs(self) -> bool {
        matches!(
            self,
            ContactRule::LongestWeightedWait
                | ContactRule::CMu
                | ContactRule::GeneralisedCMu
                | ContactRule::CMuTheta
                | ContactRule::MaxWeight
        )
    }
}
