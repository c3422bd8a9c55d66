//! Work at an agent: one place for voice, several for chat and for what is interrupted.

use crate::units::{AgentId, Instant, QueueId, Span};

use super::case::{CaseId, Stay};
use super::chain::{Link, Linked};
use crate::observations::Kind;

/// A place for work at an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct PlaceId(pub u32);

impl PlaceId {
    #[inline]
    pub(crate) fn at(index: usize) -> PlaceId {
        PlaceId(index as u32)
    }

    #[inline]
    pub(crate) const fn index(self) -> usize {
        self.0 as usize
    }
}

/// What is being done at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// Nothing.
    Free,
    /// With the customer, or working on the customer's letter.
    Talk,
    /// After the talk; the customer is gone.
    WrapUp,
    /// A conversation whose next reply waits for the agent's attention.
    Ready,
    /// Writing a reply.
    Compose,
    /// A conversation that waits for the customer's next message.
    Customer,
    /// Staying with a customer who waits to be taken over; then telling the next agent for so long,
    /// or staying through the next agent's talk (`None`).
    Holding(Option<Span>),
    /// Telling the next agent.
    Handover,
    /// Staying through the next agent's talk.
    Conference,
    /// Calling a customer who does not answer.
    Ringing,
    /// With a customer who has left without a word.
    Ghost,
    /// Interrupted by other work; takes nothing of the agent.
    Suspended,
}

impl Stage {
    /// Whether it is an open conversation, as counted by slowdowns.
    #[inline]
    #[must_use]
    pub fn is_open(self) -> bool {
        matches!(self, Stage::Talk | Stage::Ready | Stage::Compose | Stage::Customer | Stage::Ghost)
    }

    /// Whether it takes an agent's time.
    #[inline]
    #[must_use]
    pub fn is_active(self) -> bool {
        !matches!(self, Stage::Free | Stage::Suspended)
    }

    /// Whether it ends when its time is up, and not by something else.
    #[inline]
    #[must_use]
    pub fn is_timed(self) -> bool {
        !matches!(self, Stage::Free | Stage::Ready | Stage::Suspended)
    }

    /// Whether its case is with this agent.
    #[inline]
    #[must_use]
    pub fn has_case(self) -> bool {
        matches!(
            self,
            Stage::Talk
                | Stage::Ready
                | Stage::Compose
                | Stage::Customer
                | Stage::Ringing
                | Stage::Ghost
                | Stage::Suspended
        )
    }
}

/// One piece of work.
#[derive(Clone, Copy, Debug)]
pub struct Work {
    /// Whose.
    pub case: CaseId,
    /// What is being done.
    pub stage: Stage,
    /// What it takes of the agent, in thousandths.
    pub share: u16,
    /// Where it is counted.
    pub stay: Stay,
    /// When the stage ends; `Instant::NEVER`: something else ends it.
    pub due: Instant,
    /// Since when the agent has had it (an interruption begins anew); a waiting reply: since when.
    pub since: Instant,
    /// Unslowed work left at `timed`; the wrap-up to come where the agent is held.
    pub left: Span,
    /// Since when `left` is worked off at the present pace.
    pub timed: Instant,
    /// The present slowdown.
    pub pace: f64,
    /// When the customer's next message comes.
    pub message: Instant,
    /// Whose place it is.
    pub agent: AgentId,
    link: Link,
}

impl Work {
    /// An empty place.
    #[must_use]
    pub fn free(agent: AgentId) -> Work {
        Work {
            case: CaseId(0),
            stage: Stage::Free,
            share: 0,
            stay: Stay { row: 0, day: 0, queue: QueueId(0), kind: Kind::First },
            due: Instant::NEVER,
            since: Instant::START,
            left: Span::ZERO,
            timed: Instant::START,
            pace: 1.0,
            message: Instant::NEVER,
            agent,
            link: Link::default(),
        }
    }

    /// Whether its place is taken.
    #[inline]
    fn is_there(&self) -> bool {
        self.stage != Stage::Free
    }

    /// The work on a desk with so many pieces of work. New work takes the first free place, so that most desks need
    /// not be looked through to their end.
    #[inline]
    pub fn on(desk: &[Work], pieces: u8) -> impl Iterator<Item = &Work> {
        desk.iter().filter(|work| work.is_there()).take(pieces.into())
    }

    /// The same, to be changed.
    #[inline]
    pub fn on_mut(desk: &mut [Work], pieces: u8) -> impl Iterator<Item = &mut Work> {
        desk.iter_mut().filter(|work| work.is_there()).take(pieces.into())
    }

    /// The unslowed work that is left of its stage at this moment.
    #[must_use]
    pub fn left_at(&self, now: Instant) -> Span {
        if self.pace == 0.0 {
            return self.left;
        }
        let done = now.since(self.timed).seconds() / self.pace;
        self.left.saturating_sub(Span::from_seconds(done))
    }
}

impl Linked for [Work] {
    #[inline]
    fn link(&mut self, record: u32) -> &mut Link {
        &mut self[record as usize].link
    }

    #[inline]
    fn neighbours(&self, record: u32) -> Link {
        self[record as usize].link
    }
}
