//! What the user wrote: decoded, checked whole, with names still names.
//!
//! A [`Scenario`] that exists is valid; everything that could be wrong was reported while it was
//! read. Tables keep the order of the file.

mod arrivals;
mod group;
mod horizon;
mod hours;
mod queue;
mod report;
mod routing;
mod steps;

pub use arrivals::{Arrivals, Bucket, Busyness, Counts, Event, Volume};
pub use group::{Blocks, Break, BreakTime, Group, Leave, Shift, Shrinkage, Skill, Staff};
pub use horizon::{AtEnd, Experiment, Horizon, Precision};
pub use hours::Hours;
pub use queue::{
    AnswerTarget, AtClose, Channel, Overflow, Patience, Queue, Recontact, Redial, Requeue, Resolution,
    ResolveTarget, ServiceLevelFormula, Transfer, Within,
};
pub use report::{IntervalRows, ReportOptions};
pub use routing::{AgentRule, ContactRule, Routing};
pub use steps::Steps;

/// One centre, as written.
#[derive(Clone, Debug)]
pub struct Scenario {
    /// What the report calls it.
    pub title: String,
    /// The time that is played.
    pub horizon: Horizon,
    /// How often, with which seed, how precisely.
    pub experiment: Experiment,
    /// How contacts travel, in file order.
    pub channels: Vec<Channel>,
    /// What contacts wait in, in file order.
    pub queues: Vec<Queue>,
    /// Who serves them, in file order.
    pub groups: Vec<Group>,
    /// What the report shows.
    pub report: ReportOptions,
    /// Who gets whom.
    pub routing: Routing,
}
