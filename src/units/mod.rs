//! Time, ids and calendars: the words every other floor is written in.

mod calendar;
mod id;
mod time;
mod time_of_day;

pub use calendar::{Calendar, Weekday};
pub use id::{AgentId, ChannelId, GroupId, QueueId};
pub use time::{Instant, Span};
pub use time_of_day::TimeOfDay;
