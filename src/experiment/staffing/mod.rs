//! How many: the value at which a condition begins to hold, and the cheapest staff that keeps all targets.

mod by_interval;
mod condition;
mod interval_plans;
mod interval_targets;
mod paid_time;
mod required;
mod search;
mod seek;
mod shared_skills;
mod staff;
mod start;
mod surface;
mod trials;
mod unknown;

pub use by_interval::ByInterval;
pub use condition::{BadCondition, Condition};
#[cfg(feature = "schedule")]
pub(super) use interval_targets::{IntervalTargets, Pool};
pub use paid_time::PaidTime;
pub use required::{NotByInterval, Required, RequiredGroup, RequiredTarget};
pub use seek::{Found, Seek, SeekFailure, Sought, Tried};
#[cfg(feature = "schedule")]
pub(super) use staff::FRESH;
pub use staff::{SearchStep, StaffFailure, Staffed, StaffedGroup, Staffing, StepKind, targets};
#[cfg(feature = "schedule")]
pub(super) use start::needed;
pub use trials::Standing;
pub use unknown::Unknown;
