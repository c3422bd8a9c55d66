//! Conversations of turns: the agent replies, the customer answers, either may let it rest.

use super::times::{SteppedTimes, Times};
use crate::random::Distribution;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{AtLeastOne, Count, Declares, PositiveDuration, Reads, Word};
use crate::reading::shape::Kind;
use crate::reading::table::{Keyed, table};
use crate::reading::tree::Data;
use crate::units::{Span, Steps};
use crate::vocabulary::{Replies, words};

words! {
    /// Who takes up a parked conversation when the customer writes again.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum ReturnTo {
        /// Whoever is free.
        #[default]
        Queue = "queue",
        /// The agent who had it, as long as that agent is on duty.
        LastAgent = "last_agent",
    }
}

table! {
    /// A conversation of turns: the agent replies, the customer answers, either may let it rest. An agent
    /// with several writes one reply at a time.
    pub struct Conversation = "conversation", checked {
        /// Replies of the agent: always so many, or geometric with a mean
        pub replies: Replies as Replies, required, example({ mean = 4 });
        /// The agent's work for one reply; may vary over the day
        pub work: Steps<Distribution> as SteppedTimes, required, example({ mean = "70s" });
        /// From a reply to the customer's next message
        pub customer_reply: Distribution as Times, required, example({ mean = "20m" });
        /// The agent's slot is freed when the customer has been silent for so long; the next message waits
        pub park_after: Option<Span> as PositiveDuration, none("never"), example("3m");
        /// Who takes up a parked conversation: whoever is free, or the agent who had it, if on duty
        pub return_to: ReturnTo as Word<ReturnTo>, default("queue"), example("last_agent");
    }
}

impl Conversation {
    fn check(&self, table: &Fields<'_>) {
        let return_to = Conversation::return_to.name;
        if table.has(return_to) && self.park_after.is_none() {
            let title = format!("`{}` has no effect", table.at(return_to));
            let reason = "without `park_after` a conversation is never parked";
            table.cx.log.warning(table.place_of(return_to), title, reason);
        }
    }
}

table! {
    /// A number of replies that varies: geometric on 1, 2, 3, ...
    keys of Replies = "replies" {
        /// Mean number of replies
        mean: AtLeastOne, required, example(4);
    }
}

impl Declares for Replies {
    const KIND: Kind = Kind::Either(&[Count::<1>::KIND, Kind::Table(Replies::SHAPE)]);
}

impl Reads for Replies {
    type Value = Replies;

    fn read(written: &Written<'_>) -> Option<Replies> {
        match &written.node.data {
            Data::Table(_) => written.fields(Replies::SHAPE)?.read(Replies::mean).map(Replies::Mean),
            Data::Integer(_) => Count::<1>::read(written).map(Replies::Exactly),
            _ => {
                written.wrong("a whole number, or { mean = 4 }");
                None
            }
        }
    }
}
