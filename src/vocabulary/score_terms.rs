//! What the scores of `[routing]` may ask for. Times are seconds; what is yes or no is 1 or 0.

use super::words::words;

words! {
    /// What a freed agent's choice between waiting contacts may go by.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ContactTerm {
        /// How long it has waited, by what orders its queue.
        Wait = "wait",
        /// The time that the queue's target gives for the answer or the response; infinite without one.
        Target = "target",
        /// `routing.weights` of the queue.
        Weight = "weight",
        /// Mean handle time by this agent's group.
        HandleTime = "handle_time",
        /// Contacts that this agent's group finishes a second: 1 / handle_time.
        Rate = "rate",
        /// Share of this group's legs that solve.
        Solved = "solved",
        /// Mean patience in the queue; infinite where nobody abandons.
        Patience = "patience",
        /// Contacts that wait in the queue.
        Waiting = "waiting",
        /// Idle agents who could serve the queue, this one counted.
        Idle = "idle",
        /// The queue's `priority`.
        Priority = "priority",
        /// The skill's `takes`.
        Takes = "takes",
        /// Attempts of the customer before this one.
        Attempts = "attempts",
        /// Agents and queues that have passed this contact on.
        Legs = "legs",
        /// Time since the customer's first attempt.
        Age = "age",
        /// It is a retry.
        IsRetry = "is_retry",
        /// It is a repeat contact.
        IsRepeat = "is_repeat",
    }
}

words! {
    /// What the choice of an agent for an arriving contact may go by.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum AgentTerm {
        /// How long the agent has been idle; 0 with work at hand.
        IdleTime = "idle_time",
        /// Share of the time since log-in at work.
        BusyShare = "busy_share",
        /// Time worked so far.
        Worked = "worked",
        /// What the work at hand takes of the agent, 0 to 1.
        Load = "load",
        /// Mean handle time of its group for the queue.
        HandleTime = "handle_time",
        /// Contacts that its group finishes a second: 1 / handle_time.
        Rate = "rate",
        /// Share of its group's legs that solve.
        Solved = "solved",
        /// Pay of its group per hour.
        Pay = "pay",
        /// The skill's `priority`.
        Priority = "priority",
        /// Idle agents of its group.
        Idle = "idle",
        /// Queues that its group serves.
        Skills = "skills",
        /// How long the contact has waited.
        Wait = "wait",
        /// Contacts that wait in its queue.
        Waiting = "waiting",
        /// Attempts of the customer before this one.
        Attempts = "attempts",
        /// Agents and queues that have passed this contact on.
        Legs = "legs",
        /// Time since the customer's first attempt.
        Age = "age",
        /// A uniform number between 0 and 1 of this contact and this agent.
        Luck = "luck",
    }
}

words! {
    /// What the conditions of a script may go by.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum ScriptTerm {
        /// How long the contact has waited in all.
        Wait = "wait",
        /// Contacts that wait in the queue, this one counted.
        Waiting = "waiting",
        /// The wait of the first in the queue.
        LongestWait = "longest_wait",
        /// Idle agents who can serve the queue, asked or not.
        Idle = "idle",
        /// Agents on duty who can serve it.
        OnDuty = "on_duty",
        /// What one more customer would wait by the queue's length: (waiting + 1) / contacts that the agents on duty finish a second.
        PredictedWait = "predicted_wait",
        /// What the last answered one had waited.
        LastWait = "last_wait",
        /// Of the queue's last 64 contacts the share answered within the target's time; 1 before the first.
        ServiceLevel = "service_level",
        /// Attempts of the customer before this one.
        Attempts = "attempts",
        /// Agents and queues that have passed this contact on.
        Legs = "legs",
        /// Time since the customer's first attempt.
        Age = "age",
        /// It is a retry.
        IsRetry = "is_retry",
        /// It is a repeat contact.
        IsRepeat = "is_repeat",
    }
}

impl AgentTerm {
    /// Whether it is alike for all idle agents of a group.
    #[must_use]
    pub fn is_of_group(self) -> bool {
        !matches!(
            self,
            AgentTerm::IdleTime
                | AgentTerm::BusyShare
                | AgentTerm::Worked
                | AgentTerm::Load
                | AgentTerm::Luck
        )
    }
}
