//! Rosters: which shifts of the templates cover what is required, at the least cost.

mod candidates;
mod cover;
mod demand;
mod minimize;
mod plan;
mod schedule;

pub use demand::{Demand, NoDemand};
pub use minimize::Minimize;
pub use plan::{NotScheduled, Scheduling};
pub use schedule::{GroupSchedule, PlannedBreak, PlannedShift, Schedule};
