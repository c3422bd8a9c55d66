//! The counters of stays.

use std::ops::{AddAssign, Index, IndexMut, SubAssign};

/// What a stay is to its case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Kind {
    First,
    Redial,
    Recontact,
    Transfer,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Kind; 4] = [Kind::First, Kind::Redial, Kind::Recontact, Kind::Transfer];

    /// Its name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        ["first", "redial", "recontact", "transfer"][self as usize]
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
    /// Stays begun.
    Entered,
    /// Of these, attempts of customers who try again after giving up, a busy signal or a closed door.
    Redials,
    /// A: taken by an agent.
    Answered,
    /// A_T: taken within the target's time.
    AnsweredWithin,
    /// B: gave up, balks included.
    Abandoned,
    /// B_T: gave up within the target's time.
    AbandonedWithin,
    /// B_s: gave up within the short time.
    AbandonedShort,
    /// Left for another queue.
    Overflowed,
    /// Sent away at closing time.
    ClosedOut,
    /// Waiting when the horizon ended.
    StillWaiting,
    /// Of the answered, abandoned, closed out and still waiting: those who found no agent with room.
    Delayed,
    /// Total wait of the answered.
    WaitAnswered,
    /// Total wait of those who gave up.
    WaitAbandoned,
    /// Total talk time of finished legs.
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
    /// Of these, lost.
    Lost,
    /// Waiting, integrated over time (of the clock interval).
    Waiting,
    /// Agents busy with contacts of this queue, integrated over time (of the clock interval).
    Busy,
}
