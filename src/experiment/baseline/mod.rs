//! Whether a scenario behaves like what was seen: an interval report beside the simulated days.
//!
//! The scenario is played as it is. For each queue, interval and figure the report's value is set beside the
//! values of all replications, and the same for the whole reported time. `docs/baseline.md` says the rules.

mod against;
mod align;
mod cause;
mod played;
mod validate;

pub use against::{Against, FigureBeside, INSIDE, QueueBeside, RowBeside};
pub use align::{Aligned, SeenRow};
pub use cause::{Cause, Direction};
pub use validate::{FEWEST_REPLICATIONS, Fit, NotCompared, Validated, Validation};
