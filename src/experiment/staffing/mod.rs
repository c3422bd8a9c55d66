//! How many: the value at which a condition begins to hold, and the cheapest staff that keeps all targets.

mod condition;
mod search;
mod seek;
mod staff;
mod start;
mod surface;
mod trials;
mod unknown;

pub use condition::{BadCondition, Condition};
pub use seek::{Found, Seek, SeekFailure, Sought, Tried};
pub use staff::{SearchStep, StaffFailure, Staffed, StaffedGroup, Staffing, StepKind, targets};
pub use trials::Standing;
pub use unknown::Unknown;
