//! What is planned: staffing, breaks, opening and closing times.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

/// A planned event. At one instant staffing comes first, then the work of those who have come, then opening
/// and closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Planned {
    /// The heads without shifts change.
    Heads(GroupId),
    /// A shift of a group begins on a day (since the first reported one).
    ShiftStart(GroupId, u32, i64),
    /// An agent of a shift that has begun comes late, at the latest at its end.
    LogIn(AgentId),
    /// The one that began on that day ends.
    ShiftEnd(GroupId, u32, i64),
    /// An agent's break or random block is due (length; whether it is unpaid).
    BreakDue(AgentId, Span, bool),
    /// Those who came on duty at this instant take up what waits: after all of them have come.
    TakeUp,
    /// A queue opens, until the given closing time.
    Open(QueueId, Instant),
    /// A queue closes.
    Close(QueueId),
    /// A queue that closed sends away who still waits.
    Clear(QueueId),
    /// A call of a queue's dialer has rung.
    Rung(QueueId, u32),
}

impl Planned {
    fn class(self) -> u8 {
        match self {
            Planned::Heads(_)
            | Planned::ShiftStart(..)
            | Planned::LogIn(_)
            | Planned::ShiftEnd(..)
            | Planned::BreakDue(..) => 0,
            Planned::TakeUp => 1,
            Planned::Open(..) | Planned::Close(_) | Planned::Clear(_) => 2,
            Planned::Rung(..) => 3,
        }
    }
}

/// Planned events, by time, class, then order of entry. There are few of them.
#[derive(Clone, Debug)]
pub(super) struct Agenda {
    heap: BinaryHeap<Reverse<(Instant, u8, u64, Planned)>>,
    /// When the next one is due: asked for at every event.
    next: Instant,
    sequence: u64,
}

impl Default for Agenda {
    fn default() -> Agenda {
        Agenda { heap: BinaryHeap::new(), next: Instant::NEVER, sequence: 0 }
    }
}

impl Agenda {
    /// When the next one is due.
    #[inline]
    pub(super) fn next(&self) -> Instant {
        self.next
    }

    pub(super) fn push(&mut self, at: Instant, planned: Planned) {
        self.sequence += 1;
        self.heap.push(Reverse((at, planned.class(), self.sequence, planned)));
        self.next = self.next.min(at);
    }

    pub(super) fn pop(&mut self) -> Option<Planned> {
        let planned = self.heap.pop().map(|Reverse((.., planned))| planned);
        self.next = self.heap.peek().map_or(Instant::NEVER, |Reverse((at, ..))| *at);
        planned
    }

    pub(super) fn clear(&mut self) {
        self.heap.clear();
        (self.next, self.sequence) = (Instant::NEVER, 0);
    }
}
