//! Callbacks: a waiting customer's place kept while they hang up (virtual hold).

use super::attempts::doubt_attempts;
use super::shares::warn_of_never;
use super::times::Times;
use crate::random::Distribution;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{Count, Declares, Duration, PositiveDuration, Reads, Share};
use crate::reading::shape::{Kind, word};
use crate::reading::table::{Keyed, table};
use crate::reading::tree::Data;
use crate::units::Span;
use crate::vocabulary::{OfferWhen, StartWhen, words};

words! {
    /// How whoever is called back counts.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum CallbacksCount {
        /// Apart: service level, waits and abandonment are of those who waited on the line.
        Apart = "count_apart",
        /// As answered after no wait.
        AsAnswered = "count_as_answered",
    }
}

table! {
    /// A waiting customer's place kept while they hang up (virtual hold).
    pub struct Callback = "callback", checked {
        /// When an arriving customer who must wait is offered one; `by_script`: only where the queue's script says so
        pub offer_when: OfferWhen as OfferWhen, required, example({ expected_wait = "3m" });
        /// Share that accepts
        pub accept: f64 as Share, default(0), example(0.5);
        /// When it is made; "place_reached": everyone who came before has been served
        pub start_when: StartWhen as StartWhen, required, example({ idle_agents = 2 });
        /// Share of calls that the customer answers
        pub reached: f64 as Share, default(1), example(0.9);
        /// An agent's time for a call that is not answered
        pub ring: Span as Duration, default("30s"), example("20s");
        /// Further calls after one that is not answered
        pub retries: u32 as Count<0>, default(0), example(2);
        /// After this time
        pub retry_after: Distribution as Times, default("30m"), example({ mean = "30m" });
    }
}

impl Callback {
    fn check(&self, table: &Fields<'_>) {
        warn_of_never(table, Callback::accept.name);
        doubt_attempts(table, self.reached);
    }
}

table! {
    /// When a callback is offered: one of them.
    keys of OfferWhen = "offer of a callback" {
        /// The head of the line has waited at least so long
        expected_wait: Duration, none, example("3m");
        /// At least so many wait, the customer not counted
        queue_length: Count<0>, none, example(10);
    }
}

impl Declares for OfferWhen {
    const KIND: Kind = Kind::Either(&[word(&["by_script"]), Kind::Table(OfferWhen::SHAPE)]);
}

impl Reads for OfferWhen {
    type Value = OfferWhen;

    fn read(written: &Written<'_>) -> Option<OfferWhen> {
        if written.node.text() == Some("by_script") {
            return Some(OfferWhen::ByScript);
        }
        if written.node.table().is_none() {
            written.wrong("{ expected_wait = \"3m\" }, { queue_length = 10 } or \"by_script\"");
            return None;
        }
        let table = written.fields(OfferWhen::SHAPE)?;
        table.require_one([OfferWhen::expected_wait.name, OfferWhen::queue_length.name]);
        let wait = table.read(OfferWhen::expected_wait).map(OfferWhen::ExpectedWait);
        let length = table.read(OfferWhen::queue_length).map(OfferWhen::QueueLength);
        wait.or(length)
    }
}

table! {
    /// When a callback is made: one of them.
    keys of StartWhen = "start of a callback" {
        /// Nobody waits and at least so many able agents are idle
        idle_agents: Count<1>, none, example(2);
        /// Nobody waits and an able agent is idle; after so long, before everyone
        within: PositiveDuration, none, example("2h");
        /// In turn among all who wait, as a contact of this priority; of equals who has waited longest, on the line or not
        priority: Count<1>, none, example(3);
    }
}

impl Declares for StartWhen {
    const KIND: Kind = Kind::Either(&[word(&["place_reached"]), Kind::Table(StartWhen::SHAPE)]);
}

impl Reads for StartWhen {
    type Value = StartWhen;

    fn read(written: &Written<'_>) -> Option<StartWhen> {
        match &written.node.data {
            Data::Text(text) if text == "place_reached" => Some(StartWhen::PlaceReached),
            Data::Table(_) => {
                let table = written.fields(StartWhen::SHAPE)?;
                table.require_one([
                    StartWhen::idle_agents.name,
                    StartWhen::within.name,
                    StartWhen::priority.name,
                ]);
                let idle = table.read(StartWhen::idle_agents).map(StartWhen::IdleAgents);
                let within = table.read(StartWhen::within).map(StartWhen::Within);
                let priority = table.read(StartWhen::priority).map(StartWhen::Priority);
                idle.or(within).or(priority)
            }
            _ => written.is_none_of(
                "\"place_reached\", { idle_agents = 2 }, { within = \"2h\" } and { priority = 3 }",
                "\"place_reached\", { idle_agents = 2 }, { within = \"2h\" } or { priority = 3 }",
            ),
        }
    }
}
