//! What the user wrote: decoded, checked whole, with names still names.
//!
//! A [`Scenario`] that exists is valid; everything that could be wrong was reported while it was
//! read. Tables keep the order of the file.

mod arrivals;
mod attempts;
mod backlog;
mod callback;
mod channel;
mod chase;
mod check;
mod conversation;
mod decode;
mod escalation;
mod follow_up;
mod group;
mod horizon;
mod hours;
mod keys;
mod load;
mod names;
mod queue;
mod report;
mod routing;
mod self_service;
mod shares;
mod sweep;
mod table_file;
mod times;

use crate::units::Span;
use crate::vocabulary::Tool;

pub use arrivals::{Arrivals, Bucket, Busyness, Counts, Event, Volume};
pub use callback::{Callback, CallbacksCount};
pub use channel::{Channel, ChannelKind, Interruption, Sharing};
pub use chase::Chase;
pub use conversation::{Conversation, ReturnTo};
pub use escalation::Escalation;
pub use follow_up::{FollowUp, Owner, Trigger};
pub use group::{Blocks, Break, BreakTime, Group, Shift, Shrinkage, Skill, Staff};
pub use horizon::{Days, Experiment, Horizon, Precision};
pub use hours::Hours;
pub use keys::{reference, schema};
pub use load::{Loaded, Written};
pub use queue::{AtClose, Overflow, Patience, Queue, Recontact, Redial, Resolution, ResolveTarget, Transfer};
pub use report::{IntervalRows, ReportOptions};
pub use routing::Routing;
pub use self_service::{FalseContainment, SelfService};
pub use sweep::{Axis, Points, SAMPLED, Sweep, Values, Variant, parse_axis};

/// Where there is a calendar, horizons up to this long have a row an interval.
const EACH_INTERVAL_UP_TO: Span = Span::from_micros(28 * Span::DAY.micros());

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
    /// Work that the centre itself starts, in file order.
    pub follow_ups: Vec<FollowUp>,
    /// What `holdline sweep` runs through.
    pub sweep: Sweep,
    /// What `holdline compare` compares, in file order.
    pub variants: Vec<Variant>,
    /// What agents see of a customer who comes again (CRM).
    pub customer_history: Option<Tool>,
    /// What agents and self-service can look up.
    pub knowledge_base: Option<Tool>,
}

impl Scenario {
    /// Whether the report has a row for each interval of a week in place of one for each interval there is.
    #[must_use]
    pub fn folds_weeks(&self) -> bool {
        self.horizon.start.is_some()
            && self.horizon.length > EACH_INTERVAL_UP_TO
            && self.report.intervals == IntervalRows::Auto
    }

    /// The channel of this name.
    #[must_use]
    pub fn channel(&self, name: &str) -> Option<&Channel> {
        self.channels.iter().find(|channel| channel.name == name)
    }
}
