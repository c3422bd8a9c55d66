//! What a roster is chosen by.

use crate::vocabulary::words;

words! {
    /// What a roster has as little of as possible.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Minimize {
        /// What the shifts cost; without costs paid hours.
        Cost = "cost",
        /// Shifts that are worked.
        Shifts = "shifts",
        /// Agents over or under the requirement, summed over all intervals; it need not be covered.
        Difference = "difference",
    }
}
