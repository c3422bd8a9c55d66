//! Which time counts towards a deadline.

use super::words::words;

words! {
    /// Which time counts towards a deadline.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Clock {
        /// All of it.
        #[default]
        Always = "always",
        /// The queue's opening hours.
        OpenHours = "open_hours",
    }
}
