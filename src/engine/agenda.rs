//! What is planned: staffing, breaks, opening and closing times.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

/// A planned event. At one instant staffing comes first, then the work of those who have come, then opening
/// and closing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Duty {
    /// The heads without shifts change.
    Heads(GroupId),
    /// A shift of a group begins on a day (since the first reported one).
    ShiftStart(GroupId, u32, i64),
    /// It ends.
    ShiftEnd(GroupId, u32),
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
}

impl Duty {
    fn class(self) -> u8 {
        match self {
            Duty::Heads(_) | Duty::ShiftStart(..) | Duty::ShiftEnd(..) | Duty::BreakDue(..) => 0,
            Duty::TakeUp => 1,
            Duty::Open(..) | Duty::Close(_) | Duty::Clear(_) => 2,
        }
    }
}

/// Planned events, by time, class, then order of entry. There are few of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Agenda {
    heap: BinaryHeap<Reverse<(Instant, u8, u64, Duty)>>,
    sequence: u64,
}

impl Agenda {
    /// When the next one is due.
    #[inline]
    pub(super) fn next(&self) -> Instant {
        self.heap.peek().map_or(Instant::NEVER, |Reverse((at, ..))| *at)
    }

    pub(super) fn push(&mut self, at: Instant, duty: Duty) {
        self.sequence += 1;
        self.heap.push(Reverse((at, duty.class(), self.sequence, duty)));
    }

    pub(super) fn pop(&mut self) -> Option<Duty> {
        self.heap.pop().map(|Reverse((.., duty))| duty)
    }

    pub(super) fn clear(&mut self) {
        self.heap.clear();
        self.sequence = 0;
    }
}
