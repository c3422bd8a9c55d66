//! What one replication counted: integers that add up.

mod cases;
mod counts;
mod group_counts;
#[allow(clippy::module_inception)]
mod observations;

pub use cases::{CaseCounts, CaseTally, LossReason};
pub use counts::{Count, Counts, Kind};
pub use group_counts::{GroupCount, GroupCounts};
pub use observations::{Observations, QueueObservations};
