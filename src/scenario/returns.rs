//! Customers who try again, and unsolved cases that come back.

use super::by_attempt::ByAttempt;
use super::channel::KindWord::{self, Chat, Messaging, Voice};
use super::channel::goes_with;
use super::shares::{ToQueues, takes_time, warn_of_never};
use super::times::Times;
use crate::random::Distribution;
use crate::reading::fields::Fields;
use crate::reading::kinds::{Count, Flag, Share};
use crate::reading::table::{Table, table};

table! {
    /// Who tries again, when and where.
    pub(super) struct RetryRule = "retry rule", checked {
        /// Share that tries again; or one after the first attempt, one after the second, and so on, the last one for all that
        /// follow
        probability: ByAttempt as ByAttempt, default(0), example([0.8, 0.5, 0.2]);
        /// After this time
        delay: Distribution as Times, required, example({ mean = "12m" });
        /// At most so many further attempts of one case
        limit: Option<u32> as Count<1>, none("no limit"), example(4);
        /// Where; what the shares leave tries the same queue
        to: Vec<(String, f64)> as ToQueues, empty("the same queue"), example({ billing = 0.8, chat = 0.2 });
    }
}

table! {
    /// Who tries again after finding the queue closed.
    pub struct Retry = "retry rule after closing", checked {
        /// Share that tries again; or one after the first attempt, one after the second, and so on, the last one for all that
        /// follow
        pub probability: ByAttempt as ByAttempt, default(0), example(0.6);
        /// After this time
        pub delay: Option<Distribution> as Times, none("the next opening"), example("1h");
        /// At most so many further attempts of one case
        pub limit: Option<u32> as Count<1>, none("no limit"), example(2);
        /// Where; what the shares leave tries the same queue
        pub to: Vec<(String, f64)> as ToQueues, empty("the same queue"), example({ mail = 0.5 });
    }
}

impl RetryRule {
    fn check(&self, table: &Fields<'_>) {
        Retry::from(self.clone()).check(table);
    }
}

impl Retry {
    fn check(&self, table: &Fields<'_>) {
        warn_of_never(table, Retry::probability.name);
        if let (Some(delay), true) = (&self.delay, self.probability.ever()) {
            takes_time(table, Retry::delay.name, delay.mean(), self.limit);
        }
    }
}

impl From<RetryRule> for Retry {
    fn from(RetryRule { probability, delay, limit, to }: RetryRule) -> Retry {
        Retry { probability, delay: Some(delay), limit, to }
    }
}

/// `queues.X.retry`.
pub(super) enum Retries {}

table! {
    /// Customers who try again.
    keys of Retries = "retry" {
        /// After abandoning
        after_abandon: Table<RetryRule>, none, example({ probability = 0.4, delay = { mean = "12m" } });
        /// After a busy signal
        after_busy: Table<RetryRule>, none, example({ probability = 0.7, delay = "2m" });
        /// After finding it closed (voice, chat)
        after_closed: Table<Retry>, none, example({ probability = 0.6 });
        /// Who tries here again makes the same call again: with the patience, talk and wrap-up time of the first attempt
        same_call: Flag, default(false), example(true);
    }
}

impl Retries {
    /// Reads `queues.X.retry`: after abandoning, after a busy signal, after finding it closed; whether it is the same call.
    pub(super) fn of(table: &Fields<'_>, kind: Option<KindWord>) -> ([Option<Retry>; 3], bool) {
        let help = "its contacts are accepted at any time and wait for the opening";
        goes_with(table, Retries::after_closed.name, kind, &[Voice, Chat], Some(help));
        let help = "nobody waits on the line; `chase` says who gets in touch again";
        goes_with(table, Retries::after_abandon.name, kind, &[Voice, Chat, Messaging], Some(help));
        let abandoned = table.read(Retries::after_abandon).map(Retry::from);
        let busy = table.read(Retries::after_busy).map(Retry::from);
        ([abandoned, busy, table.read(Retries::after_closed)], table.read(Retries::same_call))
    }
}

table! {
    /// Whether a finished leg solves the case, and what becomes of the others.
    pub struct Resolution = "resolution" {
        /// Share of finished legs without transfer that solve the case
        pub probability: f64 as Share, default(1), example(0.78);
        /// The unsolved that come back
        pub repeat_contact: Option<RepeatContact> as Table<RepeatContact>, none("the others are lost"),
            example({ probability = 0.6, delay = { mean = "1d" } }), was("recontact");
    }
}

table! {
    /// Unsolved cases that come back.
    pub struct RepeatContact = "repeat contact", checked {
        /// Share of the unsolved; the rest is lost
        pub probability: f64 as Share, default(0), example(0.6);
        /// After this time
        pub delay: Distribution as Times, required, example({ mean = "1d" });
        /// Where; what the shares leave comes to the same queue
        pub to: Vec<(String, f64)> as ToQueues, empty("the same queue"), example({ billing = 0.7, mail = 0.3 });
    }
}

impl RepeatContact {
    fn check(&self, table: &Fields<'_>) {
        warn_of_never(table, RepeatContact::probability.name);
    }
}
