//! What one replication counted: integers that add up.

mod cases;
mod counts;
mod group_counts;
mod journeys;
#[allow(clippy::module_inception)]
mod observations;

pub use cases::{CaseCounts, CaseTally, LossReason};
pub use counts::{Count, Counts, Kind, PassageCount, PassageCounts};
pub use group_counts::{GroupCount, GroupCounts};
pub use journeys::{CaseEnd, Ends, JourneyId, Journeys, Step, StepEnd};
pub use observations::{AgentTimes, Observations, QueueObservations};
