//! Self-service: IVR, chatbot or help pages in front of a queue.

use super::hours::Hours;
use super::shares::ToQueues;
use super::times::Times;
use crate::random::Distribution;
use crate::reading::fields::Fields;
use crate::reading::kinds::{Count, Share};
use crate::reading::table::{Table, Tabled, table};

table! {
    /// IVR, chatbot or help pages in front of a queue. A session contains the contact, loses it or lets it
    /// through.
    pub struct SelfService = "self-service", checked {
        /// Its own hours, as a queue's `open`
        pub open: Hours as Hours, default("always"), example("mon-fri 06:00-23:00");
        /// How long a session takes
        pub time: Distribution as Times, required, example({ mean = "70s" });
        /// Share of sessions that ends there, the problem solved
        pub containment: f64 as Share, default(0), example(0.25);
        /// The contained who only seemed so
        pub false_containment: Option<FalseContainment> as Table<FalseContainment>, none("none"),
            example({ share = 0.15, delay = { mean = "6h" } });
        /// Share of sessions that the customer breaks off
        pub hang_up: f64 as Share, default(0), example(0.05);
        /// Where the others go; what the shares leave goes to the queue itself
        pub to: Vec<(String, f64)> as ToQueues, empty("the queue itself"), example({ sales = 0.3 });
        /// The same while the queue itself is closed
        pub to_when_closed: Vec<(String, f64)> as ToQueues, empty("as without self-service"),
            example({ mail = 0.8 });
        /// Sessions at once; one more hears the busy signal
        pub sessions: Option<u32> as Count<1>, none("no limit"), example(100);
    }
}

table! {
    /// Contained for the moment only.
    pub struct FalseContainment = "false containment" {
        /// Share of the contained
        pub share: f64 as Share, required, example(0.15);
        /// They come back after this time
        pub delay: Distribution as Times, required, example({ mean = "6h" });
        /// Where they come back; what the shares leave comes to the same self-service again
        pub to: Vec<(String, f64)> as ToQueues, empty("the same again"), example({ agents = 0.8 });
    }
}

impl SelfService {
    /// Reads `queues.X.self_service`; `open` are the hours of the queue behind it.
    pub(super) fn of(queue: &Fields<'_>, table: &Fields<'_>, open: &Hours) -> Option<SelfService> {
        let closed = SelfService::to_when_closed.name;
        if table.has(closed) && *open == Hours::Always {
            let title = format!("`{}` never applies", table.at(closed));
            let logged = table.cx.log.error(table.place_of(closed), title, "the queue is always open");
            logged.help(format!("give `{}` its `open` rules, or leave it out", queue.path));
        }
        SelfService::read(table)
    }

    fn check(&self, table: &Fields<'_>) {
        let log = table.cx.log;
        let sum = self.containment + self.hang_up;
        if sum > 1.0 + 1e-9 {
            let title = format!("`containment` and `hang_up` of `{}` sum to more than 1", table.path);
            let reason = format!("they sum to {}", (sum * 1e6).round() / 1e6);
            log.error(table.place_of(SelfService::hang_up.name), title, reason);
        }
        let falsely = SelfService::false_containment.name;
        if table.has(falsely) && !table.has(SelfService::containment.name) {
            let title = format!("`{}` never happens", table.at(falsely));
            let reason = "nobody is contained: there is no `containment`";
            log.warning(table.place_of(falsely), title, reason);
        }
    }
}
