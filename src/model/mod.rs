//! The compiled centre: dense tables and small integers instead of names; immutable.
//!
//! Ids follow names, so the order of a file's tables plays no part in a play-through; the order of
//! the file is kept only for reports.

mod arrivals;
mod compile;
mod queue;
mod rows;
mod skill;
mod staffing;

pub use arrivals::{ArrivalProcess, Busyness, RatePiece, Rates};
pub use queue::{
    Channel, Closing, Destinations, Openings, Queue, Recontact, Redial, ResolveTarget, Transfer,
};
pub use rows::{RowMap, Rows};
pub use skill::{Ability, Skill};
pub use staffing::{Agent, Break, BreakTime, Crew, Group, Heads, Shift};

use crate::random::Sampler;
use crate::scenario::{AtEnd, Routing, Scenario, Steps};
use crate::units::{Calendar, ChannelId, GroupId, Instant, QueueId, Span};

/// A centre, ready to be played.
#[derive(Clone, Debug)]
pub struct Model {
    /// Dates and weekdays.
    pub calendar: Calendar,
    /// The reported time begins.
    pub report_from: Instant,
    /// The horizon ends.
    pub end: Instant,
    /// What becomes of the unfinished then.
    pub at_end: AtEnd,
    /// The rows of the report.
    pub rows: RowMap,
    /// A further contact within this time spoils the measured FCR.
    pub fcr_window: Span,
    /// By name.
    pub channels: Vec<Channel>,
    /// By name.
    pub queues: Vec<Queue>,
    /// By name.
    pub groups: Vec<Group>,
    /// By group, then staff before shifts in the order of their names, then number.
    pub agents: Vec<Agent>,
    /// Which group can serve which queue.
    pub abilities: Ability,
    /// The rules.
    pub routing: Rules,
    /// In file order.
    pub channel_order: Vec<ChannelId>,
    /// In file order.
    pub queue_order: Vec<QueueId>,
    /// In file order.
    pub group_order: Vec<GroupId>,
}

/// The routing rules, with ids.
#[derive(Clone, Debug)]
pub struct Rules {
    /// The rules as chosen.
    pub chosen: Routing,
    /// (queue, n): other work starts only if more than n agents able to serve the queue are idle.
    pub reserve: Vec<(QueueId, u32)>,
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
