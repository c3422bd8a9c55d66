//! Weeks and months ahead: how many people are required, how many there are, and what becomes of the targets.

mod answer;
mod levels;
mod needed;
mod plan;
mod scaled;
mod workforce;

pub use answer::{Aim, Capacity, GroupWeek, PlannedGroup};
pub use plan::{NoCapacity, Planning};
pub use workforce::PeopleWeek;
