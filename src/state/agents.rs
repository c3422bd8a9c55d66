//! Agents, and the idle lists of their groups.

use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

use super::NOBODY;
use super::cases::CaseId;

/// What an agent does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Activity {
    /// Not logged in.
    Off,
    /// Has room.
    Idle,
    /// With this case's customer.
    Talking(CaseId),
    /// After talking.
    WrapUp,
    /// On a break or in a random block.
    Break,
}

/// An agent's live state.
#[derive(Clone, Copy, Debug)]
pub struct AgentState {
    /// Its group.
    pub group: GroupId,
    /// The queue of its present or last work.
    pub queue: QueueId,
    /// What it does.
    pub activity: Activity,
    /// Since when (idle: the idle time; talking and wrap-up: since the talk began).
    pub since: Instant,
    /// Since when its present work is not in the integrals yet.
    pub metered: Instant,
    /// Logs out as soon as it is free.
    pub leaving: bool,
    /// Logged in past the shift's end.
    pub overtime: bool,
    /// Break time that is due and waits for the present work to end.
    pub break_due: Span,
    /// Total time of finished work since the play began.
    pub worked: Span,
    /// The same when it logged in.
    pub worked_before: Span,
    /// When it logged in.
    pub on_duty_since: Instant,
    next: u32,
    previous: u32,
}

impl AgentState {
    /// Not logged in.
    #[must_use]
    pub fn new(group: GroupId) -> AgentState {
        AgentState {
            group,
            queue: QueueId(0),
            activity: Activity::Off,
            since: Instant::START,
            metered: Instant::START,
            leaving: false,
            overtime: false,
            break_due: Span::ZERO,
            worked: Span::ZERO,
            worked_before: Span::ZERO,
            on_duty_since: Instant::NEVER,
            next: NOBODY,
            previous: NOBODY,
        }
    }

    /// Time worked since it logged in, the present work so far included.
    #[must_use]
    pub fn worked_on_duty(&self, now: Instant) -> Span {
        let present = match self.activity {
            Activity::Talking(_) | Activity::WrapUp => now.since(self.since),
            Activity::Off | Activity::Idle | Activity::Break => Span::ZERO,
        };
        self.worked.saturating_sub(self.worked_before) + present
    }
}

/// Who is idle in a group, longest first; linked through the agents.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct IdleList {
    head: u32,
    tail: u32,
    len: u32,
}

impl Default for IdleList {
    fn default() -> IdleList {
        IdleList { head: NOBODY, tail: NOBODY, len: 0 }
    }
}

impl IdleList {
    /// How many are idle.
    #[inline]
    #[must_use]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether nobody is idle.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The longest idle.
    #[inline]
    #[must_use]
    pub fn longest(&self) -> Option<AgentId> {
        (self.head != NOBODY).then_some(AgentId(self.head))
    }

    /// All, longest idle first.
    pub fn iter<'a>(&self, agents: &'a [AgentState]) -> impl Iterator<Item = AgentId> + use<'a> {
        std::iter::successors(self.longest(), |&id| {
            let next = agents[id.index()].next;
            (next != NOBODY).then_some(AgentId(next))
        })
    }

    /// Behind everyone who became idle before; at one instant by number.
    #[inline]
    pub(super) fn push(&mut self, agents: &mut [AgentState], id: AgentId) {
        let since = agents[id.index()].since;
        let (mut before, mut after) = (self.tail, NOBODY);
        while before > id.0 && before != NOBODY && agents[before as usize].since == since {
            (before, after) = (agents[before as usize].previous, before);
        }
        let agent = &mut agents[id.index()];
        (agent.previous, agent.next) = (before, after);
        match before {
            NOBODY => self.head = id.0,
            before => agents[before as usize].next = id.0,
        }
        match after {
            NOBODY => self.tail = id.0,
            after => agents[after as usize].previous = id.0,
        }
        self.len += 1;
    }

    #[inline]
    pub(super) fn remove(&mut self, agents: &mut [AgentState], id: AgentId) {
        let (before, after) = (agents[id.index()].previous, agents[id.index()].next);
        match before {
            NOBODY => self.head = after,
            before => agents[before as usize].next = after,
        }
        match after {
            NOBODY => self.tail = before,
            after => agents[after as usize].previous = before,
        }
        self.len -= 1;
    }
}
