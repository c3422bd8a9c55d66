//! Customers who have waited too long for an answer get in touch again.

use super::shares::{ToQueues, takes_time, warn_of_never};
use super::times::Times;
use crate::random::Distribution;
use crate::reading::fields::Fields;
use crate::reading::kinds::{Count, Duration, Share};
use crate::reading::table::table;
use crate::units::Span;

table! {
    /// Customers who have waited too long for an answer get in touch again: a further contact of the
    /// same case, perhaps on another channel.
    pub struct Chase = "chase", checked {
        /// Share that chases
        pub probability: f64 as Share, default(0), example(0.3);
        /// After waiting so long
        pub after: Distribution as Times, required, example({ mean = "2d" });
        /// Where; what the shares leave writes to the same queue
        pub to: Vec<(String, f64)> as ToQueues, empty("the same queue"), example({ phone = 0.6 });
        /// At most so many further attempts of one case
        pub limit: Option<u32> as Count<1>, none("no limit"), example(2);
        /// An agent's time for the first contact, which is still in the queue and now a duplicate
        pub duplicate: Span as Duration, default("1m"), example("2m");
    }
}

impl Chase {
    fn check(&self, table: &Fields<'_>) {
        warn_of_never(table, Chase::probability.name);
        if self.probability > 0.0 {
            takes_time(table, Chase::after.name, self.after.mean(), self.limit);
        }
    }
}
