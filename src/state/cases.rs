//! Open cases, in slots that are used again.

use std::ops::{Index, IndexMut};

use crate::random::Key;
use crate::units::{AgentId, Instant};

use super::case::{Case, CaseId, List, Rare, Reference, Role, Service, Stay, Whereabouts};
use super::chain::{Link, Linked};
use super::maybe_agent::MaybeAgent;

/// All open cases.
#[derive(Clone, Debug, Default)]
pub struct Cases {
    slots: Vec<Case>,
    /// By slot: what few of them need; [`Rare::NONE`] where nothing was written.
    rare: Vec<Rare>,
    free: Vec<CaseId>,
}

impl Cases {
    /// Opens a case.
    pub fn open(&mut self, case: Case, rare: Rare) -> CaseId {
        let id = match self.free.pop() {
            Some(id) => id,
            None => self.grow(case),
        };
        self.slots[id.index()] = Case { has_rare: false, ..case };
        *self.rare_mut(id) = rare;
        id
    }

    /// Opens a case that has just begun, written in place.
    #[inline(always)]
    pub fn begin(&mut self, key: Key, stay: Stay, now: Instant, service: Service) -> CaseId {
        let Stay { row, day, queue, .. } = stay;
        let new =
            || Case { row, day, opening_row: row, opening_day: day, ..Case::new(key, queue, now, service) };
        let id = match self.free.pop() {
            Some(id) => id,
            None => self.grow(new()),
        };
        self.slots[id.index()] = new();
        id
    }

    /// One more slot: rare, and rarer the longer a run goes on.
    #[cold]
    #[inline(never)]
    fn grow(&mut self, like: Case) -> CaseId {
        self.slots.push(like);
        self.rare.push(Rare::NONE);
        CaseId(self.slots.len() as u32 - 1)
    }

    /// Closes a case; its slot will be used again.
    #[inline]
    pub fn close(&mut self, id: CaseId) {
        let case = &mut self.slots[id.index()];
        case.whereabouts = Whereabouts::Free;
        if case.has_rare {
            self.rare[id.index()] = Rare::NONE;
        }
        self.free.push(id);
    }

    /// An agent begins with a case's contact: who was first, who is last, and how many there were.
    #[inline(always)]
    pub fn begin_service(&mut self, id: CaseId, agent: AgentId) -> &Case {
        let Cases { slots, rare, .. } = self;
        let case = &mut slots[id.index()];
        case.whereabouts = Whereabouts::Served;
        if case.answered_contact.is_none() {
            case.answered_contact = Some(case.contact);
        }
        let agent = MaybeAgent::from(agent);
        if case.first_agent.is_nobody() {
            (case.first_agent, case.last_agent, case.agents) = (agent, agent, 1);
        } else if case.last_agent != agent {
            meet_another(case, &mut rare[id.index()], agent);
        }
        case
    }

    /// An agent goes on with a case that another had before.
    pub fn change_hands(&mut self, id: CaseId, agent: AgentId) {
        let (case, agent) = (&mut self.slots[id.index()], MaybeAgent::from(agent));
        if case.last_agent != agent {
            meet_another(case, &mut self.rare[id.index()], agent);
        }
    }

    /// Forgets all, keeping the memory.
    pub fn clear(&mut self) {
        self.slots.clear();
        self.rare.clear();
        self.free.clear();
    }

    /// What few records need.
    #[inline]
    #[must_use]
    pub fn rare(&self, id: CaseId) -> &Rare {
        &self.rare[id.index()]
    }

    /// The same, to be changed.
    #[inline]
    pub fn rare_mut(&mut self, id: CaseId) -> &mut Rare {
        self.slots[id.index()].has_rare = true;
        &mut self.rare[id.index()]
    }

    /// The record of a case, if the slot is still its own.
    #[must_use]
    pub fn still(&self, (id, key): Reference) -> Option<CaseId> {
        let case = self.slots.get(id.index())?;
        let same = case.whereabouts != Whereabouts::Free && case.key == key && case.role == Role::Case;
        same.then_some(id)
    }

    /// A letter that a chasing customer left behind, if it still waits in its queue. Until when it would
    /// have waited is of no meaning: a customer chases once from there.
    #[must_use]
    pub fn still_left_behind(&self, (id, key): Reference) -> Option<CaseId> {
        let case = self.slots.get(id.index())?;
        let waits = matches!(case.whereabouts, Whereabouts::Waiting { list: List::Queue, .. });
        let same = waits && case.key == key && case.role == Role::Duplicate && !case.has_begun();
        same.then_some(id)
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

/// A case meets an agent who is not the last one.
#[inline(never)]
fn meet_another(case: &mut Case, rare: &mut Rare, agent: MaybeAgent) {
    let earlier = std::mem::replace(&mut case.last_agent, agent);
    // A fifth agent's coming back counts again: the first and the last two are remembered.
    let known = agent == case.first_agent || agent == rare.earlier_agent;
    case.agents += u8::from(!known && case.agents < u8::MAX);
    case.has_rare = true;
    rare.earlier_agent = earlier;
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
