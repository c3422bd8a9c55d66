//! Agents, and the lists of those who have room.

use std::ops::Range;

use crate::units::{AgentId, GroupId, Instant, Span};

use super::chain::{Chain, Link, Linked, NOBODY};
use super::work::PlaceId;

/// What an agent does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Not logged in.
    Off,
    /// Nothing at all.
    Idle,
    /// At least one piece of work.
    Working,
    /// On a break or in a random block.
    Break,
}

/// An agent's live state.
#[derive(Clone, Copy, Debug)]
pub struct AgentState {
    /// Its group.
    pub group: GroupId,
    /// What it does.
    pub activity: Activity,
    /// Places for work.
    pub places: u8,
    /// Pieces of work, interrupted ones included.
    pub open: u8,
    /// What they take of the agent, in thousandths.
    pub load: u16,
    /// Its place in the group's loads plus one, while it is in the list of the partly loaded.
    pub listed: u16,
    /// Stays with a customer who waits to be taken over.
    pub held: bool,
    /// Logs out as soon as it is free.
    pub leaving: bool,
    /// Logged in past the shift's end.
    pub overtime: bool,
    /// The first of its places.
    pub first_place: u32,
    /// Since when (idle: the idle time; working: since the first of the present works).
    pub since: Instant,
    /// Since when its present work is not in the integrals yet.
    pub metered: Instant,
    /// Since when it has the present load.
    pub loaded_since: Instant,
    /// Break time that is due and waits for the present work to end.
    pub break_due: Span,
    /// When the present shift ends.
    pub shift_ends: Instant,
    /// Total time of finished work since the play began.
    pub worked: Span,
    /// The same when it logged in.
    pub worked_before: Span,
    /// When it logged in.
    pub on_duty_since: Instant,
    /// Breaks taken since then.
    pub rested: Span,
    link: Link,
}

impl AgentState {
    /// Not logged in.
    #[must_use]
    pub fn new(group: GroupId, first_place: u32, places: u8) -> AgentState {
        AgentState {
            group,
            activity: Activity::Off,
            places,
            open: 0,
            load: 0,
            listed: 0,
            held: false,
            leaving: false,
            overtime: false,
            first_place,
            since: Instant::START,
            metered: Instant::START,
            loaded_since: Instant::START,
            break_due: Span::ZERO,
            shift_ends: Instant::NEVER,
            worked: Span::ZERO,
            worked_before: Span::ZERO,
            on_duty_since: Instant::NEVER,
            rested: Span::ZERO,
            link: Link::default(),
        }
    }

    /// Time worked since it logged in, the present work so far included.
    #[must_use]
    pub fn worked_on_duty(&self, now: Instant) -> Span {
        self.worked_in_all(now).saturating_sub(self.worked_before)
    }

    /// The same since the play began.
    #[must_use]
    pub fn worked_in_all(&self, now: Instant) -> Span {
        let present = match self.activity {
            Activity::Working => now.since(self.since),
            Activity::Off | Activity::Idle | Activity::Break => Span::ZERO,
        };
        self.worked + present
    }

    /// Time idle since it logged in, the present idle time included.
    #[must_use]
    pub fn idle_on_duty(&self, now: Instant) -> Span {
        now.since(self.on_duty_since).saturating_sub(self.worked_on_duty(now)).saturating_sub(self.rested)
    }

    /// Whether it has one place only, for one thing at a time.
    #[inline]
    #[must_use]
    pub fn is_single(&self) -> bool {
        self.places == 1
    }

    /// Whether it is about to leave or to take a break.
    #[inline]
    #[must_use]
    pub fn is_finishing(&self) -> bool {
        self.leaving || self.break_due > Span::ZERO
    }

    /// Whether it takes nothing new, whatever its load.
    #[inline]
    #[must_use]
    pub fn is_closed(&self) -> bool {
        self.held || self.is_finishing()
    }

    /// Its places as a part of all of them: what they hold is looked through faster so.
    #[inline]
    #[must_use]
    pub fn desk(&self) -> Range<usize> {
        let first = self.first_place as usize;
        first..first + usize::from(self.places)
    }

    /// How many of its places may be taken: one that does one thing at a time does not count what it has.
    #[inline]
    #[must_use]
    pub fn taken(&self) -> u8 {
        self.open.max(1)
    }

    /// Its places for work.
    #[inline]
    pub fn all_places(&self) -> impl Iterator<Item = PlaceId> + Clone + use<> {
        (self.first_place..self.first_place + u32::from(self.places)).map(PlaceId)
    }

    /// Its first place: the only one of an agent who does one thing at a time.
    #[inline]
    #[must_use]
    pub fn place(&self) -> PlaceId {
        PlaceId(self.first_place)
    }
}

impl Linked for [AgentState] {
    #[inline]
    fn link(&mut self, record: u32) -> &mut Link {
        &mut self[record as usize].link
    }

    #[inline]
    fn neighbours(&self, record: u32) -> Link {
        self[record as usize].link
    }
}

/// Agents of a group with room, longest first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct IdleList(Chain);

impl IdleList {
    /// How many there are.
    #[inline]
    #[must_use]
    pub fn len(&self) -> u32 {
        self.0.len()
    }

    /// Whether there is none.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The longest one.
    #[inline]
    #[must_use]
    pub fn longest(&self) -> Option<AgentId> {
        let head = self.0.head();
        (head != NOBODY).then_some(AgentId(head))
    }

    /// All, longest first.
    pub fn iter<'a>(&self, agents: &'a [AgentState]) -> impl Iterator<Item = AgentId> + use<'a> {
        self.0.iter(agents).map(AgentId)
    }

    /// Behind everyone who became idle before; at one instant by number.
    #[inline]
    pub(super) fn push(&mut self, agents: &mut [AgentState], id: AgentId) {
        let since = agents[id.index()].since;
        let mut before = self.0.tail();
        while before != NOBODY && before > id.0 && agents[before as usize].since == since {
            before = agents[before as usize].link.previous;
        }
        self.0.insert_after(agents, before, id.0);
    }

    /// Behind everyone.
    #[inline]
    pub(super) fn append(&mut self, agents: &mut [AgentState], id: AgentId) {
        self.0.insert_after(agents, self.0.tail(), id.0);
    }

    #[inline]
    pub(crate) fn remove(&mut self, agents: &mut [AgentState], id: AgentId) {
        self.0.remove(agents, id.0);
    }
}
