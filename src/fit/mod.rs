//! What an export tells of a centre, and what it does not.
//!
//! Everything here is either seen, with where it comes from, or assumed, and marked so: nothing is made up in silence.

mod centre;
mod duty;
mod known;
mod names;
mod of_report;
mod patience;

pub use centre::{Centre, GroupFound, QueueFound, Times};
pub use duty::{Duty, on_duty};
pub use known::Known;
pub use names::keys;
pub use of_report::{Details, centre};
pub use patience::{Patience, patience};
