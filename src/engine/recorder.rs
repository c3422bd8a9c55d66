//! What a play tells while it goes on, to who wants more than counts: what happens to each contact, and what each
//! agent does about it.

use crate::observations::{Kind, LossReason};
use crate::state::{Case, CaseId, PlaceId, State};
use crate::units::{AgentId, Instant, QueueId, Span};

/// Hears what happens. The engine is generic over it, so that a play that tells nobody pays nothing.
pub trait Recorder {
    /// Whether anything is told.
    #[inline(always)]
    fn listens(&self) -> bool {
        true
    }

    /// Something happens to a record among the cases: a case and its present contact, a follow-up, what a customer
    /// left behind. A slot belongs to the record that opened there last.
    fn case(&mut self, at: Instant, id: CaseId, case: &Case, what: CaseEvent);

    /// Something happens to the work at a place of an agent.
    fn work(&mut self, at: Instant, agent: AgentId, place: PlaceId, what: WorkEvent);

    /// The clock goes on: so the centre stood from this time on, until the other.
    #[inline(always)]
    fn stood(&mut self, _from: Instant, _until: Instant, _state: &State) {}
}

/// Hears nothing.
impl Recorder for () {
    #[inline(always)]
    fn listens(&self) -> bool {
        false
    }

    #[inline(always)]
    fn case(&mut self, _at: Instant, _id: CaseId, _case: &Case, _what: CaseEvent) {}

    #[inline(always)]
    fn work(&mut self, _at: Instant, _agent: AgentId, _place: PlaceId, _what: WorkEvent) {}
}

impl<R: Recorder + ?Sized> Recorder for &mut R {
    #[inline]
    fn listens(&self) -> bool {
        (**self).listens()
    }

    fn case(&mut self, at: Instant, id: CaseId, case: &Case, what: CaseEvent) {
        (**self).case(at, id, case, what);
    }

    fn work(&mut self, at: Instant, agent: AgentId, place: PlaceId, what: WorkEvent) {
        (**self).work(at, agent, place, what);
    }

    fn stood(&mut self, from: Instant, until: Instant, state: &State) {
        (**self).stood(from, until, state);
    }
}

/// What happens to a record among the cases.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaseEvent {
    /// It opens: a case, a follow-up of a case, a piece of an unlimited backlog that is taken.
    Opens {
        /// The case that a follow-up is about.
        about: Option<CaseId>,
    },
    /// The customer gets in touch, for the first time or again.
    GetsInTouch,
    /// A bot or the like receives the customer.
    BeginsSelfService,
    /// That helped: the case is over.
    Contained,
    /// That seemed to help; the customer will be back.
    FalselyContained,
    /// The customer broke off there.
    HangsUp,
    /// Hears the busy signal.
    Blocked,
    /// Finds the queue closed.
    TurnedAway,
    /// A stay in its present queue begins.
    Enters,
    /// Has found no agent, and waits.
    Waits,
    /// An agent takes it up.
    Answered {
        /// Who.
        agent: AgentId,
        /// As it is counted.
        wait: Span,
        /// Whether it found no agent with room.
        delayed: bool,
    },
    /// The customer abandons.
    Abandons {
        /// As it is counted.
        wait: Span,
        /// Without a word: the place in the queue stays, and an agent will find out.
        silently: bool,
    },
    /// Leaves for another queue.
    Overflows {
        /// Which.
        to: QueueId,
    },
    /// Hangs up, and will be called back.
    AcceptsCallback,
    /// Is sent away at closing time.
    ClosedOut,
    /// The same in the midst of a conversation that rests.
    BrokenOff,
    /// Waits when the play ends.
    StillWaits,
    /// Writes again; what was written first stays in the queue, as another record.
    LeavesBehind {
        /// That record.
        left: CaseId,
    },
    /// Got nowhere, and waits for the answer to what was left behind.
    FallsBack {
        /// To that record's place.
        to: CaseId,
    },
    /// An agent calls the customer, who does not answer.
    NotReached {
        /// Who calls.
        agent: AgentId,
    },
    /// Gets the (first) response.
    Responded {
        /// Whether in the target's time.
        within: bool,
    },
    /// The customer will get in touch again.
    WillReturn {
        /// When.
        at: Instant,
        /// As what.
        kind: Kind,
        /// Where.
        to: QueueId,
    },
    /// The case is solved.
    Solved {
        /// By the first contact that was answered.
        first: bool,
        /// By a follow-up.
        later: bool,
    },
    /// The case is lost.
    Lost(LossReason),
    /// The case is open when the play ends.
    StaysOpen,
    /// A follow-up is no longer needed.
    Needless,
}

/// What happens to a piece of work at an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WorkEvent {
    /// It begins, or goes on after it was given back or parked.
    Begins {
        /// About whom.
        id: CaseId,
    },
    /// A piece of service is over, the wrap-up still to come.
    Served {
        /// With the customer, since it last began.
        talk: Span,
        /// After it.
        wrap_up: Span,
        /// Where the contact is passed on to.
        passed_on: Option<QueueId>,
    },
    /// The agent has stayed with a customer until the next one took over, or through the next one's talk.
    Held {
        /// For how long.
        talk: Span,
    },
    /// A conversation rests, and leaves its place.
    Parked {
        /// With the customer, since it last began.
        talk: Span,
    },
    /// It is interrupted.
    Suspended {
        /// With the customer, since it last began.
        talk: Span,
    },
    /// It goes on.
    Resumes,
    /// It is over, wrap-up included: the agent is free of it.
    Ends,
}
