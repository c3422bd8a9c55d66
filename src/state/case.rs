//! The record of a case: what every contact needs in two cache lines, what few need beside it.

use crate::observations::{JourneyId, Kind, LossReason};
use crate::random::Key;
use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

use super::chain::Link;
use super::maybe_agent::MaybeAgent;

/// The slot of an open case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId(pub u32);

impl CaseId {
    #[inline]
    pub(super) fn index(self) -> usize {
        self.0 as usize
    }
}

/// A slot, and the name of the draws of who is meant: it tells whether the slot is still the same one's.
pub type Reference = (CaseId, Key);

/// Where its contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whereabouts {
    /// The slot is free.
    Free,
    /// On the way from one of these to another; nobody is between two events.
    Moving,
    /// Waits, and abandons or chases at `until`, if nothing happens before.
    Waiting {
        /// In this list.
        list: List,
        /// `Instant::NEVER`: waits as long as it takes.
        until: Instant,
    },
    /// With an agent.
    Served,
    /// With a bot or the like.
    SelfService {
        /// When the session ends.
        until: Instant,
    },
    /// Passed on, and not there yet.
    UnderWay {
        /// When it arrives in its queue, in the place that its [`Rare::arrives`] says.
        until: Instant,
    },
    /// A conversation that the customer lets rest.
    Parked {
        /// When the customer writes again.
        until: Instant,
    },
    /// Has hung up, and will be called back.
    AwaitingCallback,
    /// Was called back in vain.
    ToCallAgain {
        /// When it is tried again; `Instant::NEVER` where the play is over by then.
        at: Instant,
    },
    /// Between contacts.
    ToReturn {
        /// When the customer gets in touch again.
        at: Instant,
    },
    /// The customer has gone for this reason; the case is lost if no follow-up solves it.
    Pending(LossReason),
    /// A follow-up that is not to begin yet.
    Scheduled {
        /// When it may begin.
        at: Instant,
    },
}

impl Whereabouts {
    /// Whether it stands in a list to be served.
    #[inline]
    #[must_use]
    pub fn is_waiting(self) -> bool {
        matches!(self, Whereabouts::Waiting { .. })
    }

    /// Whether a case is with nobody: neither in a contact nor about to be called.
    #[must_use]
    pub fn is_between_contacts(self) -> bool {
        matches!(
            self,
            Whereabouts::ToReturn { .. } | Whereabouts::Pending(_) | Whereabouts::ToCallAgain { .. }
        )
    }
}

/// Which list a record waits in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum List {
    /// Its queue's.
    Queue,
    /// One agent's own.
    Agent(AgentId),
    /// One group's.
    Group(GroupId),
}

/// Where a contact goes in a waiting list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Position {
    /// Behind everyone.
    Tail,
    /// Before everyone who began to wait later.
    ByAge,
    /// Before everyone.
    Head,
}

/// What a record among the cases stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A case and its present contact.
    Case,
    /// A place in a chat's queue whose customer has left without a word.
    Ghost,
    /// A contact left behind by a customer who wrote again.
    Duplicate,
    /// A follow-up of a case.
    FollowUp,
    /// The next piece of an unlimited backlog.
    Stock,
}

/// What there is to do for an agent who takes a contact up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Service {
    /// The case's first leg; its talk time by the queue where it opened.
    FirstLeg(Span),
    /// A leg whose talk time is drawn when it begins.
    Leg,
    /// What is left of a leg that was interrupted and given back.
    Rest(Span),
    /// The next reply of a conversation that rested.
    Reply,
}

/// Where a stay is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stay {
    /// The row of its entry.
    pub row: u32,
    /// The day of its entry.
    pub day: u32,
    /// Its queue.
    pub queue: QueueId,
    /// What it is to its case.
    pub kind: Kind,
}

/// An open case and its present contact: what waiting, service and counting touch.
#[derive(Clone, Copy, Debug)]
#[repr(align(64))]
pub struct Case {
    /// The name of its draws.
    pub key: Key,
    /// Where the contact is.
    pub whereabouts: Whereabouts,
    /// What is to be done when an agent takes it up.
    pub service: Service,
    /// When the case opened.
    pub opened: Instant,
    /// When the wait of this stay began (overflows keep it).
    pub entered: Instant,
    /// Orders the waiting list: usually `entered`.
    pub age: Instant,
    pub(super) link: Link,
    /// The first agent who served it.
    pub first_agent: MaybeAgent,
    /// The last one.
    pub last_agent: MaybeAgent,
    /// Who stays with the customer until the next agent takes over, or through the talk.
    pub held_by: MaybeAgent,
    /// What happened to it so far.
    pub journey: JourneyId,
    /// The row of this stay's entry.
    pub row: u32,
    /// The day of this stay's entry.
    pub day: u32,
    /// The row of the case's opening.
    pub opening_row: u32,
    /// The day of the case's opening.
    pub opening_day: u32,
    /// The present queue.
    pub queue: QueueId,
    /// Where the case opened.
    pub opening_queue: QueueId,
    /// The number of the present attempt, from 0: the customer's, or of a follow-up the centre's.
    pub contact: u16,
    /// The number of the present stay or leg within the attempt, from 0.
    pub leg: u16,
    /// Finished pieces of service so far.
    pub legs: u16,
    /// Those of them that passed the customer on.
    pub transfers: u16,
    /// The first answered contact's number.
    pub answered_contact: Option<u16>,
    /// Different agents so far.
    pub agents: u8,
    /// What the stay is to its case.
    pub kind: Kind,
    /// What the record stands for.
    pub role: Role,
    /// Whether the stay found no agent with room.
    pub delayed: bool,
    /// Whether anything is written in its rare part.
    pub(super) has_rare: bool,
}

/// What only some records need.
#[derive(Clone, Copy, Debug)]
pub struct Rare {
    /// What a follow-up is; `None` for all others.
    pub task: Option<Task>,
    /// What a chasing customer left behind.
    pub left_behind: Option<Reference>,
    /// The agent who served it before the last one.
    pub earlier_agent: MaybeAgent,
    /// When this stay overflows.
    pub overflows: Instant,
    /// When the customer of a conversation last wrote; at first when the stay began.
    pub wrote: Instant,
    /// End of the first answered contact's last leg so far.
    pub answered_until: Instant,
    /// When a callback was accepted.
    pub callback_accepted: Instant,
    /// When it is to be offered again, where a policy may ask for that many times.
    pub wakes: Instant,
    /// Where in the queue it goes when it is no longer under way.
    pub arrives: Position,
    /// The attempt and stay in which a script offered a callback.
    pub offered_callback: Option<(u16, u16)>,
    /// Calls back that did not reach the customer.
    pub calls_in_vain: u8,
    /// Follow-ups started so far.
    pub follow_ups: u8,
    /// Follow-ups that may still solve it.
    pub solvers: u8,
    /// Replies that a conversation still takes.
    pub replies: u16,
    /// The last attempt that got a response.
    pub responded: Option<u16>,
}

/// A follow-up: work that the centre does for a case.
#[derive(Clone, Copy, Debug)]
pub struct Task {
    /// The case that it is about.
    pub about: Reference,
    /// The queue that the case was in.
    pub from: QueueId,
    /// The agent who is to do it.
    pub owner: MaybeAgent,
    /// By when it is to be done.
    pub due: Instant,
    /// Whether the case stays open for it.
    pub may_solve: bool,
}

impl Case {
    /// A case that opens at a queue, its contact not yet anywhere.
    #[inline(always)]
    #[must_use]
    pub fn new(key: Key, queue: QueueId, now: Instant, service: Service) -> Case {
        Case {
            key,
            whereabouts: Whereabouts::Moving,
            service,
            opened: now,
            entered: now,
            age: now,
            link: Link::default(),
            first_agent: MaybeAgent::NOBODY,
            last_agent: MaybeAgent::NOBODY,
            held_by: MaybeAgent::NOBODY,
            journey: JourneyId::START,
            row: 0,
            day: 0,
            opening_row: 0,
            opening_day: 0,
            queue,
            opening_queue: queue,
            contact: 0,
            leg: 0,
            legs: 0,
            transfers: 0,
            answered_contact: None,
            agents: 0,
            kind: Kind::First,
            role: Role::Case,
            delayed: false,
            has_rare: false,
        }
    }

    /// Where its present stay is counted.
    #[inline]
    #[must_use]
    pub fn stay(&self) -> Stay {
        Stay { row: self.row, day: self.day, queue: self.queue, kind: self.kind }
    }

    /// Whether its service has begun before.
    #[inline]
    #[must_use]
    pub fn has_begun(&self) -> bool {
        matches!(self.service, Service::Rest(_) | Service::Reply)
    }

    /// Whether it is a customer's contact whose service begins, with nobody staying on from before.
    #[inline(always)]
    #[must_use]
    pub fn is_plain(&self) -> bool {
        self.role == Role::Case && !self.has_begun() && self.held_by.is_nobody()
    }
}

impl Rare {
    /// Nothing out of the ordinary.
    pub const NONE: Rare = Rare {
        task: None,
        left_behind: None,
        earlier_agent: MaybeAgent::NOBODY,
        overflows: Instant::NEVER,
        wrote: Instant::START,
        answered_until: Instant::NEVER,
        callback_accepted: Instant::NEVER,
        wakes: Instant::NEVER,
        arrives: Position::Tail,
        offered_callback: None,
        calls_in_vain: 0,
        follow_ups: 0,
        solvers: 0,
        replies: 0,
        responded: None,
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_every_contact_needs_fits_two_cache_lines() {
        assert_eq!((size_of::<Case>(), align_of::<Case>()), (128, 64));
        assert!(size_of::<Rare>() <= 128, "{}", size_of::<Rare>());
    }
}
