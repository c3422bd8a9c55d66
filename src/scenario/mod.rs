//! What the user wrote: decoded, checked whole, with names still names.
//!
//! A [`Scenario`] that exists is valid; everything that could be wrong was reported while it was
//! read. Tables keep the order of the file.

mod agents_differ;
mod arrivals;
mod attempts;
mod backlog;
mod busyness;
mod callback;
mod centre;
mod changes;
mod channel;
mod chase;
mod check;
mod conversation;
#[cfg(test)]
mod declared;
mod escalation;
#[cfg(test)]
mod examples;
mod experiment;
mod extension;
mod follow_up;
mod group;
mod horizon;
mod hours;
mod lever;
mod load;
mod names;
mod patience;
mod profile;
mod queue;
mod report;
mod returns;
mod routing;
mod schedule;
mod self_service;
mod shares;
mod shift;
mod shrinkage;
mod staff;
mod staff_event;
mod sweep;
mod table_file;
mod table_times;
mod targets;
mod time_zone;
mod times;
mod tool;
mod tornado;
mod transfer;
mod volume;
mod volume_file;

pub use agents_differ::AgentsDiffer;
pub use arrivals::{Arrivals, Event};
pub use busyness::{Busyness, WithinDay};
pub use callback::{Callback, CallbacksCount};
pub use centre::{Scenario, reference, schema};
pub use channel::{Channel, ChannelKind, Interruption, Sharing};
pub use chase::Chase;
pub use conversation::{Conversation, ReturnTo};
pub use escalation::Escalation;
pub use experiment::{Days, Experiment, Precision};
pub use extension::extension;
pub use follow_up::{FollowUp, Owner, Trigger};
pub use group::{Group, Matching, Skill};
pub use horizon::Horizon;
pub use hours::{AtClose, Hours};
pub use lever::Levers;
pub use load::{Loaded, Written};
pub use patience::Patience;
pub use queue::{Overflow, Queue};
pub use report::{IntervalRows, ReportOptions};
pub use returns::{RepeatContact, Resolution, Retry};
pub use routing::Routing;
pub use schedule::{BreakTemplate, BreakWindow, Template};
pub use self_service::{FalseContainment, SelfService};
pub use shift::{Break, BreakTime, Shift};
pub use shrinkage::{Blocks, Shrinkage};
pub use staff::Staff;
pub use staff_event::{StaffChange, StaffEvent};
pub use sweep::{Axis, Points, SAMPLED, Sweep, Values, Variant, parse_axis};
pub use targets::ResolveTarget;
pub use tornado::{LowHigh, Tornado};
pub use transfer::Transfer;
pub use volume::{Bucket, Counts, Volume};
