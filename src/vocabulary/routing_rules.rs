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
        /// The most idle time since log-in (Atar, Shaki & Shwartz 2011).
        MostIdle = "most_idle",
        /// Whoever served the customer last, else as `skill_priority`.
        LastAgentFirst = "last_agent_first",
        /// The group whose idle agents exceed its share of all idle agents most (Gurvich & Whitt 2009), then longest idle.
        QueueAndIdlenessRatio = "queue_and_idleness_ratio",
        /// The group whose threshold the number of idle agents reaches, then longest idle (Armony & Ward 2010).
        Threshold = "threshold",
        /// The highest affine index of wait and idle time of its skill (Chan, Koole & L'Ecuyer 2014).
        Matching = "matching",
        /// The highest `agent_score`, then longest idle.
        Score = "score",
    }
}

/// What an agent rule goes by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoesBy {
    /// What a group is, whoever of it is idle: the groups of a queue have an order, as they have by priorities.
    Groups,
    /// The idle time alone.
    IdleTime,
    /// Something of its own.
    Own,
}

impl AgentRule {
    /// What it goes by.
    #[must_use]
    pub const fn goes_by(self) -> GoesBy {
        match self {
            AgentRule::SkillPriority
            | AgentRule::FastestFirst
            | AgentRule::SlowestFirst
            | AgentRule::BestResolver
            | AgentRule::MostSolvedPerHour
            | AgentRule::Cheapest => GoesBy::Groups,
            AgentRule::LongestIdle => GoesBy::IdleTime,
            AgentRule::Random
            | AgentRule::LeastLoaded
            | AgentRule::LeastOccupied
            | AgentRule::MostIdle
            | AgentRule::LastAgentFirst
            | AgentRule::QueueAndIdlenessRatio
            | AgentRule::Threshold
            | AgentRule::Matching
            | AgentRule::Score => GoesBy::Own,
        }
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
        /// The queue whose length exceeds its share of all who wait most (Gurvich & Whitt 2009).
        QueueAndIdlenessRatio = "queue_and_idleness_ratio",
        /// The highest affine index of wait and idle time of the skill (Chan, Koole & L'Ecuyer 2014).
        Matching = "matching",
        /// The highest `contact_score`, then longest wait.
        Score = "score",
    }
}

/// What the number is made of by which a contact rule compares the heads of queues.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Compares {
    /// The queue's priority and the skill's `takes`.
    Rank,
    /// `routing.weights`.
    Weight,
    /// How long the contact has waited; a head start counts.
    Wait,
    /// The agents' rate of service in the queue.
    Rate,
    /// The queue's mean patience.
    Patience,
    /// When the queue's target runs out.
    Target,
    /// How many wait in the queue.
    Length,
    /// `routing.queue_ratio`.
    QueueRatio,
    /// The skills' `matching`.
    Matching,
    /// `routing.contact_score`.
    Score,
}

impl ContactRule {
    /// What it goes by.
    #[must_use]
    pub const fn compares(self) -> &'static [Compares] {
        match self {
            // Weight x wait among equals.
            ContactRule::Priority => &[Compares::Rank, Compares::Weight, Compares::Wait],
            ContactRule::FirstComeFirstServed => &[Compares::Wait],
            ContactRule::LongestWeightedWait => &[Compares::Weight, Compares::Wait],
            ContactRule::CMu => &[Compares::Weight, Compares::Rate],
            ContactRule::GeneralisedCMu => &[Compares::Weight, Compares::Rate, Compares::Wait],
            ContactRule::EarliestDue | ContactRule::ShareOfTarget => &[Compares::Target, Compares::Wait],
            ContactRule::LongestQueue => &[Compares::Length],
            ContactRule::CMuTheta => &[Compares::Weight, Compares::Rate, Compares::Patience],
            ContactRule::MaxWeight => &[Compares::Weight, Compares::Rate, Compares::Length],
            ContactRule::QueueAndIdlenessRatio => &[Compares::QueueRatio],
            ContactRule::Matching => &[Compares::Matching],
            ContactRule::Score => &[Compares::Score],
        }
    }

    /// Whether it asks for the weights of queues; a score may. `priority` does among equals.
    #[must_use]
    pub fn weighs(self) -> bool {
        self.compares().contains(&Compares::Weight)
    }

    /// Whether it compares how long contacts have waited, so that a head start counts.
    #[must_use]
    pub fn compares_waits(self) -> bool {
        self.compares().contains(&Compares::Wait)
    }
}
