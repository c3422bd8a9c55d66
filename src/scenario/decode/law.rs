//! Laws of times, by the name of their key.

use super::super::times::{SteppedTimes, Times};
use crate::random::Law;
use crate::reading::fields::Fields;
use crate::reading::kinds::Reads;
use crate::units::Steps;

/// Reads a law that never changes.
pub(super) fn law(fields: &Fields<'_>, key: &str) -> Option<Law> {
    Times::read(&fields.written(key)?)
}

/// Reads a law that may change over the day.
pub(super) fn stepped_law(fields: &Fields<'_>, key: &str) -> Option<Steps<Law>> {
    SteppedTimes::read(&fields.written(key)?)
}
