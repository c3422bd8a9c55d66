//! What becomes of the unfinished when the horizon ends.

use super::words::words;

words! {
    /// What becomes of unfinished contacts when the horizon ends.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum AtEnd {
        /// They are reported as still here.
        Cut = "cut",
        /// Begun contacts finish; no new attempts begin.
        Drain = "drain",
    }
}
