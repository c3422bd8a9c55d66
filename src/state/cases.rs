//! Open cases, in slots that are used again.

use std::ops::{Index, IndexMut};

use crate::observations::Kind;
use crate::random::Key;
use crate::units::{Instant, QueueId, Span};

use super::NOBODY;

/// The slot of an open case.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CaseId(pub u32);

impl CaseId {
    #[inline]
    fn index(self) -> usize {
        self.0 as usize
    }
}

/// Where its contact is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Whereabouts {
    /// The slot is free.
    Free,
    /// Between contacts: it will be heard from again.
    Away,
    Waiting,
    Talking,
}

/// Where a contact goes in a waiting list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Behind everyone.
    Tail,
    /// Before everyone who began to wait later.
    ByAge,
    /// Before everyone.
    Head,
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

/// An open case and its present contact.
#[derive(Clone, Copy, Debug)]
pub struct Case {
    /// The name of its draws.
    pub key: Key,
    /// The talk time of its very first leg, by the law of the queue where it opened.
    pub first_talk: Span,
    /// When the case opened.
    pub opened: Instant,
    /// When the wait of this stay began (overflows keep it).
    pub entered: Instant,
    /// Orders the waiting list: usually `entered`.
    pub age: Instant,
    /// When it entered this queue.
    pub moved: Instant,
    /// When it gives up.
    pub deadline: Instant,
    /// End of the first answered contact's last leg so far; `Instant::NEVER` before.
    pub answered_until: Instant,
    /// The list that it is in.
    pub(super) next: u32,
    pub(super) previous: u32,
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
    /// The number of the present attempt, from 0.
    pub contact: u16,
    /// The number of the present stay or leg within the attempt, from 0.
    pub leg: u16,
    /// Finished pieces of service so far.
    pub legs: u16,
    /// Those of them that passed the customer on.
    pub transfers: u16,
    /// The first answered contact's number; `u16::MAX` before.
    pub answered_contact: u16,
    /// What the stay is to its case.
    pub kind: Kind,
    /// Where the contact is.
    pub whereabouts: Whereabouts,
    /// Whether the stay found no agent with room.
    pub delayed: bool,
    /// Whether the case opened in the reported time.
    pub reported: bool,
}

/// All open cases.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    slots: Vec<Case>,
    free: Vec<CaseId>,
}

impl Cases {
    /// Opens a case.
    #[inline]
    pub fn open(&mut self, case: Case) -> CaseId {
        match self.free.pop() {
            Some(id) => {
                self.slots[id.index()] = case;
                id
            }
            None => {
                self.slots.push(case);
                CaseId(self.slots.len() as u32 - 1)
            }
        }
    }

    /// Closes a case; its slot will be used again.
    #[inline]
    pub fn close(&mut self, id: CaseId) {
        self.slots[id.index()].whereabouts = Whereabouts::Free;
        self.free.push(id);
    }

    /// Forgets all, keeping the memory.
    pub fn clear(&mut self) {
        self.slots.clear();
        self.free.clear();
    }

    /// All open cases, by slot.
    pub fn iter(&self) -> impl Iterator<Item = (CaseId, &Case)> {
        let ids = (0..).map(CaseId);
        ids.zip(&self.slots).filter(|(_, case)| case.whereabouts != Whereabouts::Free)
    }

    /// How many are open.
    #[must_use]
    pub fn len(&self) -> usize {
        self.slots.len() - self.free.len()
    }

    /// Whether none is open.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

impl Case {
    /// A case that opens at a queue, its contact not yet anywhere.
    #[must_use]
    pub fn new(key: Key, queue: QueueId, now: Instant, first_talk: Span) -> Case {
        Case {
            key,
            first_talk,
            opened: now,
            entered: now,
            age: now,
            moved: now,
            deadline: Instant::NEVER,
            answered_until: Instant::NEVER,
            next: NOBODY,
            previous: NOBODY,
            row: 0,
            opening_row: 0,
            day: 0,
            opening_day: 0,
            queue,
            opening_queue: queue,
            contact: 0,
            leg: 0,
            legs: 0,
            transfers: 0,
            answered_contact: u16::MAX,
            kind: Kind::First,
            whereabouts: Whereabouts::Away,
            delayed: false,
            reported: false,
        }
    }
}

impl Case {
    /// Where its present stay is counted.
    #[inline]
    #[must_use]
    pub fn stay(&self) -> Stay {
        Stay { row: self.row, day: self.day, queue: self.queue, kind: self.kind }
    }
}

impl Index<CaseId> for Cases {
    type Output = Case;
    #[inline]
    fn index(&self, id: CaseId) -> &Case {
        &self.slots[id.index()]
    }
}

impl IndexMut<CaseId> for Cases {
    #[inline]
    fn index_mut(&mut self, id: CaseId) -> &mut Case {
        &mut self.slots[id.index()]
    }
}
