//! How many: the value at which a condition begins to hold, and the cheapest staff that keeps all targets.

mod condition;
mod seek;
mod unknown;

pub use condition::{BadCondition, Condition};
pub use seek::{Found, Seek, SeekFailure, Sought, Tried};
pub use unknown::Unknown;
