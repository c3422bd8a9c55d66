//! Rosters: which shifts of the templates cover what is required, at the least cost.

mod candidates;
mod cover;
mod demand;
mod minimize;
mod not_scheduled;
mod plan;
mod repair;
mod schedule;

pub use demand::{Demand, Needed, NoDemand};
pub use minimize::Minimize;
pub use not_scheduled::NotScheduled;
pub use plan::Scheduling;
pub use repair::{NotRostered, Rostered, Rostering, Round};
pub use schedule::{Coverage, GroupSchedule, NamedShift, PlannedBreak, PlannedShift, Schedule, WorkWeek};
