//! Which time counts towards a deadline.

/// Which time counts towards a deadline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Clock {
    /// All of it.
    #[default]
    Always,
    /// The queue's opening hours.
    OpenHours,
}
