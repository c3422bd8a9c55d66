//! Who leaves when a group's staff falls.

/// Who leaves when `staff` falls.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Leave {
    /// The longest idle, then the longest busy after their wrap-up.
    #[default]
    LongestIdle,
    /// Anyone, by a draw.
    Random,
    /// Whoever is free first.
    FirstToFinish,
}
