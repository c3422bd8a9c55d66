//! A queue's waiting list: doubly linked through the cases, so that giving up costs the same
//! wherever one stands.

use super::NOBODY;
use super::cases::{CaseId, Cases, Place, Whereabouts};

/// Who waits, in the order in which the queue serves.
///
/// Joining at an end and leaving from anywhere are O(1); joining by age walks from the tail past
/// those who began to wait later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WaitingList {
    head: u32,
    tail: u32,
    len: u32,
}

impl Default for WaitingList {
    fn default() -> WaitingList {
        WaitingList { head: NOBODY, tail: NOBODY, len: 0 }
    }
}

impl WaitingList {
    /// How many wait.
    #[inline]
    #[must_use]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether nobody waits.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Who is served next.
    #[inline]
    #[must_use]
    pub fn head(&self) -> Option<CaseId> {
        (self.head != NOBODY).then_some(CaseId(self.head))
    }

    /// All, in order.
    pub fn iter<'a>(&self, cases: &'a Cases) -> impl Iterator<Item = CaseId> + use<'a> {
        std::iter::successors(self.head(), |&id| {
            let next = cases[id].next;
            (next != NOBODY).then_some(CaseId(next))
        })
    }

    pub(super) fn insert(&mut self, cases: &mut Cases, id: CaseId, place: Place) {
        let before = match place {
            Place::Tail => self.tail,
            Place::Head => NOBODY,
            Place::ByAge => {
                let age = cases[id].age;
                let mut before = self.tail;
                while before != NOBODY && cases[CaseId(before)].age > age {
                    before = cases[CaseId(before)].previous;
                }
                before
            }
        };
        let after = if before == NOBODY { self.head } else { cases[CaseId(before)].next };
        let case = &mut cases[id];
        (case.previous, case.next, case.whereabouts) = (before, after, Whereabouts::Waiting);
        self.link(cases, before, after, id.0, id.0);
        self.len += 1;
    }

    pub(super) fn remove(&mut self, cases: &mut Cases, id: CaseId) {
        let case = &mut cases[id];
        let (before, after) = (case.previous, case.next);
        case.whereabouts = Whereabouts::Away;
        self.link(cases, before, after, after, before);
        self.len -= 1;
    }

    /// Makes `next` follow `before` and `previous` precede `after`; the list's ends stand in for
    /// nobody.
    fn link(&mut self, cases: &mut Cases, before: u32, after: u32, next: u32, previous: u32) {
        match before {
            NOBODY => self.head = next,
            before => cases[CaseId(before)].next = next,
        }
        match after {
            NOBODY => self.tail = previous,
            after => cases[CaseId(after)].previous = previous,
        }
    }
}
