//! Time, ids and calendars: the words every other floor is written in.

mod calendar;
mod duration;
mod id;
mod printable;
mod steps;
mod time;
mod time_of_day;

pub use calendar::{Calendar, Weekday};
pub(crate) use duration::parse_within;
pub use duration::{Within, parse_duration};
pub use id::{AgentId, ChannelId, GroupId, QueueId};
pub use printable::{is_unprintable, printable, printable_lines};
pub use steps::Steps;
pub use time::{Instant, Span};
pub use time_of_day::TimeOfDay;
