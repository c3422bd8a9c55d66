//! What the user wrote: decoded, checked whole, with names still names.
//!
//! A [`Scenario`] that exists is valid; everything that could be wrong was reported while it was
//! read. Tables keep the order of the file.

mod arrivals;
mod check;
mod decode;
mod diagnostic;
mod duration;
mod group;
mod horizon;
mod hours;
mod keys;
mod load;
mod overlay;
mod queue;
mod report;
mod resolved;
mod routing;
mod setting;
mod source;
mod steps;
mod suggest;
mod tree;

pub use arrivals::{Arrivals, Bucket, Busyness, Counts, Event, Volume};
pub use diagnostic::{Cause, Diagnostic, Diagnostics, Severity};
pub use duration::parse_duration;
pub use group::{Blocks, Break, BreakTime, Group, Leave, Shift, Shrinkage, Skill, Staff};
pub use horizon::{AtEnd, Experiment, Horizon, Precision};
pub use hours::Hours;
pub use keys::{reference, schema};
pub use load::Loaded;
pub use queue::{
    AnswerTarget, AtClose, Channel, Overflow, Patience, Queue, Recontact, Redial, Requeue, Resolution,
    ResolveTarget, ServiceLevelFormula, Transfer, Within,
};
pub use report::{IntervalRows, ReportOptions};
pub use routing::{AgentRule, ContactRule, Routing};
pub use steps::Steps;

/// One centre, as written.
#[derive(Clone, Debug, PartialEq)]
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
