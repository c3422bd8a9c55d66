//! Agents who begin their shift late.

use super::times::Times;
use crate::random::Distribution;
use crate::reading::kinds::Share;
use crate::reading::table::table;

table! {
    /// Agents who begin their shift late: paid, and not there.
    pub struct Lateness = "lateness" {
        /// The share of shifts that are begun late
        pub share: f64 as Share, required, example(0.1);
        /// By how much
        pub by: Distribution as Times, required, example({ mean = "8m" });
    }
}
