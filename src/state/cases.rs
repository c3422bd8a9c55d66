//! Open cases, in slots that are used again.

use std::ops::{Index, IndexMut};

use crate::observations::{JourneyId, Kind, LossReason};
use crate::random::Key;
use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

use super::chain::{Link, Linked, NOBODY};

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
    /// Between contacts: it will be heard from again, or waits for a follow-up.
    Away,
    Waiting,
    Talking,
    /// With a bot or the like.
    SelfService,
    /// Has hung up, and will be called back.
    Callback,
    /// A conversation that the customer lets rest.
    Parked,
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

/// Which list a waiting record is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Line {
    /// Its queue's.
    Queue,
    /// One agent's own.
    Agent(AgentId),
    /// One group's.
    Group(GroupId),
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
    /// The talk time of its very first leg, by the law of the queue where it opened; later what is
    /// left of an interrupted one.
    pub first_talk: Span,
    /// When the case opened.
    pub opened: Instant,
    /// When the wait of this stay began (overflows keep it).
    pub entered: Instant,
    /// Orders the waiting list: usually `entered`.
    pub age: Instant,
    /// When it entered this queue.
    pub moved: Instant,
    /// When what its timer is for comes: it gives up, chases, comes back, writes again; of a
    /// follow-up: by when it is to be done.
    pub deadline: Instant,
    /// End of the first answered contact's last leg so far; `Instant::NEVER` before.
    pub answered_until: Instant,
    /// What a follow-up is about; of a chasing case what it left behind. The draws tell whether the slot
    /// is still the same one's.
    pub about: (CaseId, Key),
    pub(super) link: Link,
    /// Which list it waits in.
    pub line: Line,
    /// The first agent who served it.
    pub first_agent: AgentId,
    /// The last one.
    pub last_agent: AgentId,
    /// The one before.
    pub earlier_agent: AgentId,
    /// Who stays with the customer until the next agent takes over.
    pub held_by: AgentId,
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
    /// Replies that a conversation still takes.
    pub replies: u16,
    /// The last attempt that got a response; `u16::MAX` before.
    pub responded: u16,
    /// Different agents so far.
    pub agents: u8,
    /// Attempts of a follow-up or callback that did not reach the customer.
    pub tries: u8,
    /// Follow-ups started so far.
    pub follow_ups: u8,
    /// Follow-ups that may still solve it.
    pub pending: u8,
    /// Why it is lost if the pending follow-ups don't solve it.
    pub fate: Option<LossReason>,
    /// What the stay is to its case.
    pub kind: Kind,
    /// What the record stands for.
    pub role: Role,
    /// Whether an agent who takes it up must look twice: no plain contact of a case.
    pub special: bool,
    /// Its service has begun before: parked, or interrupted and given back (`first_talk` is left).
    pub begun: bool,
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
    pub fn open(&mut self, case: Case) -> CaseId {
        let id = self.free_slot(&case);
        self.slots[id.index()] = case;
        id
    }

    /// Opens a case that has just begun, written in place.
    #[inline(always)]
    pub fn begin(&mut self, key: Key, stay: Stay, now: Instant, first_talk: Span, reported: bool) -> CaseId {
        let Stay { row, day, queue, .. } = stay;
        let new = || Case {
            row,
            day,
            opening_row: row,
            opening_day: day,
            reported,
            ..Case::new(key, queue, now, first_talk)
        };
        let id = match self.free.pop() {
            Some(id) => id,
            None => self.grow(new()),
        };
        self.slots[id.index()] = new();
        id
    }

    fn free_slot(&mut self, like: &Case) -> CaseId {
        match self.free.pop() {
            Some(id) => id,
            None => self.grow(*like),
        }
    }

    /// One more slot: rare, and rarer the longer a run goes on.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, like: Case) -> CaseId {
        self.slots.push(like);
        CaseId(self.slots.len() as u32 - 1)
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

    /// The record of a case, if the slot is still its own.
    #[must_use]
    pub fn still(&self, (id, key): (CaseId, Key)) -> Option<CaseId> {
        let case = self.slots.get(id.index())?;
        let same = case.whereabouts != Whereabouts::Free && case.key == key && case.role == Role::Case;
        same.then_some(id)
    }

    /// Whether a letter that a chasing customer left behind still waits in its queue.
    #[must_use]
    pub fn left_behind(&self, (id, key): (CaseId, Key)) -> bool {
        self.slots.get(id.index()).is_some_and(|case| {
            let waits = case.whereabouts == Whereabouts::Waiting && case.line == Line::Queue;
            waits && case.key == key && case.role == Role::Duplicate && !case.begun
        })
    }

    /// Who stands before a record in its list.
    pub(super) fn before(&self, id: CaseId) -> u32 {
        self[id].link.previous
    }

    /// All records in use, by slot.
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
    #[inline(always)]
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
            about: (CaseId(NOBODY), key),
            link: Link::default(),
            line: Line::Queue,
            first_agent: AgentId(NOBODY),
            last_agent: AgentId(NOBODY),
            earlier_agent: AgentId(NOBODY),
            held_by: AgentId(NOBODY),
            journey: JourneyId::START,
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
            replies: 0,
            responded: u16::MAX,
            agents: 0,
            tries: 0,
            follow_ups: 0,
            pending: 0,
            fate: None,
            kind: Kind::First,
            role: Role::Case,
            special: false,
            begun: false,
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

impl Linked for Cases {
    #[inline]
    fn link(&mut self, record: u32) -> &mut Link {
        &mut self.slots[record as usize].link
    }

    #[inline]
    fn neighbours(&self, record: u32) -> Link {
        self.slots[record as usize].link
    }
}
