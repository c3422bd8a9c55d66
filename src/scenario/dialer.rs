//! A dialer: the centre calls customers when agents are free.

use super::times::Times;
use crate::random::Distribution;
use crate::reading::fields::Fields;
use crate::reading::kinds::{Count, Part, Positive};
use crate::reading::table::table;

table! {
    /// The centre calls customers while agents are idle and the queue is open. Who answers is a case that opens here; where nobody is
    /// free by then they wait as long as the queue's `patience` says (`balk = 1`: not at all).
    pub struct Dialer = "dialer", checked {
        /// Calls that ring for each idle agent who can serve the queue: 1 never calls more customers than there are agents for,
        /// more of them lose some who answer
        pub calls_per_idle_agent: f64 as Positive, default(1), example(1.5);
        /// Share of calls that the customer answers
        pub reached: f64 as Part, required, example(0.3);
        /// How long a call rings, answered or not
        pub ring: Distribution as Times, required, example({ mean = "15s" });
        /// How many there are to call
        pub customers: Option<u32> as Count<1>, none("no end"), example(2000);
    }
}

impl Dialer {
    fn check(&self, table: &Fields<'_>) {
        if self.ring.mean() <= 0.0 {
            let title = format!("`{}` could call for ever at one instant", table.path);
            let logged = table.cx.log.error(table.place_of(Dialer::ring.name), title, "no time passes");
            logged.help("let `ring` take some time");
        }
    }
}
