//! The counters of groups: heads integrated over time, in microseconds.

use std::ops::{AddAssign, Index, IndexMut, SubAssign};

use super::counts::counters;

counters! {
    /// What is counted of a group; all are agents integrated over time, in microseconds.
    GroupCount, GroupCounts:
    /// Rostered, whoever came.
    Scheduled,
    /// Logged in, breaks included.
    OnDuty,
    /// On a break or in a random block.
    OnBreak,
    /// With any work: talking, wrapping up or held.
    Working,
    /// Logged in past the shift's end.
    Overtime,
    /// Paid, overtime included, unpaid breaks not yet taken off.
    Paid,
    /// Unpaid breaks of the rostered, by when they are due.
    Unpaid,
    /// Of those who may have several at once: with one open conversation.
    OneOpen,
    /// With two.
    TwoOpen,
    /// With three or more.
    ThreeOpen,
}
