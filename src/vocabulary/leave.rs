//! Who leaves when a group's staff falls.

use super::words::words;

words! {
    /// Who leaves when `staff` falls.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Leave {
        /// The longest idle, then the longest busy after their wrap-up.
        #[default]
        LongestIdle = "longest_idle",
        /// Anyone, by a draw.
        Random = "random",
        /// Whoever is free first.
        FirstToFinish = "first_to_finish",
    }
}
