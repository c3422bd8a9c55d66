//! The compiled centre: dense tables and small integers instead of names; immutable.
//!
//! Ids follow names, so the order of a file's tables plays no part in a play-through; the order of
//! the file is kept only for reports.

mod arrivals;
mod channel;
mod compile;
mod follow_up;
mod labels;
mod queue;
mod rows;
mod script;
mod site_clock;
mod skill;
mod staffing;

pub use arrivals::{
    ArrivalProcess, ArrivalScale, Busyness, RatePiece, Rates, WithinDay, memory_of_days, scale_rates,
};
pub use channel::{Channel, ChannelKind};
pub use follow_up::{FollowUp, FollowUpId, Owner};
pub use labels::Labels;
pub use queue::{
    Callback, Chase, Closing, Conversation, Deadline, Destinations, Dialer, Escalation, Openings, Queue,
    RepeatContact, ResolveTarget, Retry, SelfService, Starts, Transfer, WaitingCost,
};
pub use rows::{RowMap, Rows};
pub use script::{Holds, Script, ScriptAct};
pub use site_clock::SiteClock;
pub use skill::{Ability, Duty, Matching, Server, Skill, Stage};
pub use staffing::{Absence, Absent, Agent, Break, BreakTime, Crew, Group, Heads, Shift, Turn};

use std::sync::Arc;

use crate::estimate::Sampling;
use crate::expression::Expression;
use crate::random::Sampler;
use crate::scenario::Scenario;
use crate::units::Steps;
use crate::units::{Calendar, ChannelId, GroupId, Instant, QueueId, Span};
use crate::vocabulary::{AgentRule, AgentTerm, AtEnd, ContactRule, ContactTerm, Tool};

/// A centre, ready to be played.
#[derive(Clone, Debug)]
pub struct Model {
    /// Dates and weekdays.
    pub calendar: Calendar,
    /// The play ends: with the reported time, or after the cool-down that follows it.
    pub end: Instant,
    /// What becomes of the unfinished then.
    pub at_end: AtEnd,
    /// The rows of the report.
    pub rows: RowMap,
    /// How the days of several replications are drawn.
    pub sampling: Sampling,
    /// How many random variables of whole days are spread evenly over replications, if enough are played.
    pub spread: usize,
    /// A further contact within this time spoils the measured FCR.
    pub fcr_window: Span,
    /// Paid hours of a full-time equivalent over the whole reported time; `None` where that is less than a working week.
    pub fte_hours: Option<f64>,
    /// By name.
    pub channels: Vec<Channel>,
    /// By name; after them the queues of the follow-ups.
    pub queues: Vec<Queue>,
    /// By name.
    pub follow_ups: Vec<FollowUp>,
    /// By name.
    pub groups: Vec<Group>,
    /// By group, then staff before shifts in the order of their names, then number.
    pub agents: Vec<Agent>,
    /// Which group can serve which queue.
    pub abilities: Ability,
    /// What people call queues, groups and money.
    pub labels: Labels,
    /// The rules.
    pub routing: Rules,
    /// What agents see of a customer who comes again.
    pub customer_history: Option<Tool>,
    /// What agents and self-service can look up.
    pub knowledge_base: Option<Tool>,
    /// Whether there is either: something that changes talk times or resolution.
    pub has_tools: bool,
    /// Whether any work may be interrupted.
    pub may_interrupt: bool,
    /// Whether work may lie elsewhere than in the queues: agents' own lists, callbacks, suspended.
    pub has_lists: bool,
    /// In file order.
    pub channel_order: Vec<ChannelId>,
    /// In file order.
    pub queue_order: Vec<QueueId>,
    /// The queues of the follow-ups, in file order.
    pub follow_up_order: Vec<QueueId>,
    /// In file order.
    pub group_order: Vec<GroupId>,
}

/// The routing rules, with ids.
#[derive(Clone, Debug)]
pub struct Rules {
    /// Which contact a freed agent takes.
    pub contacts: ContactRule,
    /// (queue, n): other work starts only if more than n agents able to serve the queue are idle.
    pub reserve: Vec<(QueueId, u32)>,
    /// By queue: which agent an arriving contact goes to.
    pub agents: Vec<AgentRule>,
    /// By queue: how much its waits count.
    pub weights: Vec<f64>,
    /// By queue: the power of the wait with which its costs grow (rule `generalised_c_mu`).
    pub cost_power: Vec<f64>,
    /// By queue: its share of all who wait (rule `queue_and_idleness_ratio`).
    pub queue_share: Vec<f64>,
    /// By group: its share of all who are idle (the same rule).
    pub idleness_share: Vec<f64>,
    /// By group: with so many agents idle it comes first (rule `threshold`).
    pub thresholds: Vec<u32>,
    /// By queue: its contacts count as having waited so much longer.
    pub head_start: Vec<Span>,
    /// By queue: what is done for its contacts as they wait. Empty where no queue has a script.
    pub scripts: Vec<Option<Script>>,
    /// Some skill keeps contacts and idle agents apart for a while (rule `matching`).
    pub matching_holds: bool,
    /// A returning customer waits so long for the last agent.
    pub sticky: Option<Span>,
    /// At most so many transfers of a contact.
    pub max_transfers: u16,
    /// The number that rule `score` gives a waiting contact: highest first.
    pub contact_score: Option<Arc<Expression<ContactTerm>>>,
    /// The number that rule `score` gives an agent: highest first.
    pub agent_score: Option<Arc<Expression<AgentTerm>>>,
    /// `agent_score` is alike for all idle agents of a group.
    pub scores_groups: bool,
    /// (name, value): for a policy of one's own.
    pub parameters: Vec<(String, f64)>,
}

impl Rules {
    /// A parameter of a policy of one's own, as `routing.parameters` has it.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<f64> {
        self.parameters.iter().find(|(known, _)| known == name).map(|(_, value)| *value)
    }
}

/// A sampler that may change over the day.
pub type Timed = Steps<Sampler>;

impl Model {
    /// Compiles a valid scenario.
    #[must_use]
    pub fn compile(scenario: &Scenario) -> Model {
        compile::compile(scenario)
    }

    /// Microseconds since the start of the reported time.
    #[inline]
    #[must_use]
    pub fn reported_micros(&self, at: Instant) -> i64 {
        self.calendar.reported_micros(at)
    }

    /// The queues of customers' contacts, without those of follow-ups.
    #[must_use]
    pub fn customer_queues(&self) -> &[Queue] {
        &self.queues[..self.queues.len() - self.follow_ups.len()]
    }

    /// The queue of this name.
    #[must_use]
    pub fn queue_named(&self, name: &str) -> Option<QueueId> {
        self.queues.iter().position(|queue| queue.name == name).map(QueueId::at)
    }

    /// The group of this name.
    #[must_use]
    pub fn group_named(&self, name: &str) -> Option<GroupId> {
        self.groups.iter().position(|group| group.name == name).map(GroupId::at)
    }
}
