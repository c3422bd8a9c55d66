//! The counters of stays.

use std::ops::{AddAssign, Index, IndexMut, SubAssign};

/// What a stay is to its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Kind {
    First,
    Retry,
    Repeat,
    Transfer,
    Callback,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 5] = [Kind::First, Kind::Retry, Kind::Repeat, Kind::Transfer, Kind::Callback];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["first", "retry", "repeat", "transfer", "callback"][self as usize]
    }
}

macro_rules! counters {
    ($(#[$doc:meta])* $name:ident, $array:ident: $($(#[$item:meta])* $variant:ident,)*) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        #[repr(u8)]
        pub enum $name { $($(#[$item])* $variant,)* }

        impl $name {
            /// How many counters there are.
            pub const LEN: usize = [$($name::$variant,)*].len();
        }

        #[doc = concat!("One counter for each [`", stringify!($name), "`].")]
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $array([u64; $name::LEN]);

        impl $array {
            /// The counters in order.
            #[must_use]
            pub fn values(&self) -> &[u64] {
                &self.0
            }
        }

        impl Default for $array {
            fn default() -> $array {
                $array([0; $name::LEN])
            }
        }

        impl Index<$name> for $array {
            type Output = u64;
            #[inline]
            fn index(&self, counter: $name) -> &u64 {
                &self.0[counter as usize]
            }
        }

        impl IndexMut<$name> for $array {
            #[inline]
            fn index_mut(&mut self, counter: $name) -> &mut u64 {
                &mut self.0[counter as usize]
            }
        }

        impl SubAssign<&$array> for $array {
            fn sub_assign(&mut self, other: &$array) {
                for (sum, less) in self.0.iter_mut().zip(&other.0) {
                    *sum -= less;
                }
            }
        }

        impl AddAssign<&$array> for $array {
            fn add_assign(&mut self, other: &$array) {
                for (sum, more) in self.0.iter_mut().zip(&other.0) {
                    *sum += more;
                }
            }
        }
    };
}
pub(super) use counters;

counters! {
    /// What is counted of the stays of a queue; times in microseconds.
    Count, Counts:
    /// Of the answered, those who were called back and count apart: they did not wait on the line. The first, as a
    /// counter that mostly is zero costs the cross products of those after it nothing there.
    ByCallback,
    /// Stays begun.
    Entered,
    /// Attempts of customers who try again after abandoning, a busy signal or a closed door, whatever becomes of
    /// them: a busy signal again, self-service or a stay.
    Retries,
    /// A: taken by an agent.
    Answered,
    /// A_T: taken within the target's time.
    AnsweredWithin,
    /// B: abandoned, balks included.
    Abandoned,
    /// B_T: abandoned within the target's time.
    AbandonedWithin,
    /// B_s: abandoned within the short time.
    AbandonedShort,
    /// Left for another queue.
    Overflowed,
    /// Hung up and kept the place: will be called back.
    CalledBack,
    /// Sent away at closing time.
    ClosedOut,
    /// Waiting when the horizon ended.
    StillWaiting,
    /// Of the answered, abandoned, closed out and still waiting: those who found no agent with room.
    Delayed,
    /// Total wait of the answered.
    WaitAnswered,
    /// Total wait of those who abandoned.
    WaitAbandoned,
    /// Total talk time, time held included; of finished legs.
    Talk,
    /// Total wrap-up time of finished legs.
    WrapUp,
    /// Finished legs.
    Legs,
    /// Finished legs that passed the contact on.
    Transferred,
    /// Contacts that heard the busy signal (not stays).
    Blocked,
    /// Contacts that found the queue closed (not stays).
    TurnedAway,
    /// Cases opened here.
    Cases,
    /// Of these, solved.
    Solved,
    /// Of these, solved by the first answered contact.
    SolvedFirst,
    /// Of the cases, those that ended in self-service.
    Contained,
    /// Of these, lost.
    Lost,
    /// Waiting, integrated over time (of the clock interval).
    Waiting,
    /// Agents busy with contacts of this queue, integrated over time (of the clock interval).
    Busy,
}

impl Counts {
    /// Cases that are over: solved, by an agent or in self-service, or lost.
    #[must_use]
    pub fn closed(&self) -> u64 {
        self[Count::Solved] + self[Count::Contained] + self[Count::Lost]
    }
}

counters! {
    /// What else is counted of a queue, for the whole of the reported time only; times in
    /// microseconds.
    PassageCount, PassageCounts:
    /// Self-service sessions begun.
    Sessions,
    /// Contained for good.
    Contained,
    /// Contained for the moment.
    FalselyContained,
    /// Broken off by the customer.
    HungUp,
    /// Total time that agents were held with customers who waited to be taken over, handover and
    /// conference included (part of the talk time).
    Hold,
    /// What sharing saved: time at an agent beside other work, the agent's part taken off.
    Shared,
    /// Contacts and conversations that got a (first) response.
    Responses,
    /// Of these, those that got it in the time of the target.
    ResponsesWithin,
    /// Total time to the (first) response.
    ResponseTime,
    /// Further replies of conversations.
    LaterResponses,
    /// Total time from a customer's message to the reply.
    LaterResponseTime,
    /// Times that a conversation was parked.
    Parked,
    /// Times that work was interrupted.
    Interrupted,
    /// Customers who abandoned without a word.
    Silent,
    /// Customers who wrote again while they waited.
    Chased,
    /// Contacts that went to a higher level instead.
    Escalated,
    /// Callbacks offered.
    CallbacksOffered,
    /// Callbacks that reached the customer.
    CallbacksDone,
    /// Of these, total time from acceptance to the call.
    CallbackDelay,
    /// Callbacks given up unreached.
    CallbacksUnreached,
    /// Follow-ups started.
    FollowUps,
    /// Follow-ups done.
    FollowUpsDone,
    /// Of these, in time.
    FollowUpsOnTime,
    /// Total time from when they were started to when they were begun, of the done.
    FollowUpDelay,
    /// Given up unreached.
    FollowUpsUnreached,
    /// No longer needed when their time came.
    FollowUpsNeedless,
    /// Done by someone else as the owner would not be there in time.
    FollowUpsReassigned,
    /// Cases that they solved.
    FollowUpsSolved,
    /// Customers who will get in touch again here, integrated over time.
    ToReturn,
    /// Customers whom the dialer called, answered or not.
    Dialled,
    /// Answered within the second target's time.
    AnsweredInSecond,
    /// Abandoned within it.
    AbandonedInSecond,
    /// Abandoned so soon that the second target's formula calls it short.
    AbandonedShortOfSecond,
}
