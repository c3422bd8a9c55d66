//! A waiting list: linked through the cases, so that abandoning costs the same wherever one stands.

use super::case::{CaseId, Position};
use super::cases::Cases;
use super::chain::{Chain, NOBODY};

/// Who waits, in the order in which they are served.
///
/// Joining at an end and leaving from anywhere are O(1); joining by age walks from the tail past
/// those who began to wait later.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct WaitingList(Chain);

impl WaitingList {
    /// How many wait.
    #[inline]
    #[must_use]
    pub fn len(&self) -> u32 {
        self.0.len()
    }

    /// Whether nobody waits.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Who is served next.
    #[inline]
    #[must_use]
    pub fn head(&self) -> Option<CaseId> {
        let head = self.0.head();
        (head != NOBODY).then_some(CaseId(head))
    }

    /// All, in order.
    pub fn iter<'a>(&self, cases: &'a Cases) -> impl Iterator<Item = CaseId> + use<'a> {
        self.0.iter(cases).map(CaseId)
    }

    pub(super) fn insert(&mut self, cases: &mut Cases, id: CaseId, position: Position) {
        let before = match position {
            Position::Tail => self.0.tail(),
            Position::Head => NOBODY,
            Position::ByAge => {
                let age = cases[id].age;
                let mut before = self.0.tail();
                while before != NOBODY && cases[CaseId(before)].age > age {
                    before = cases.before(CaseId(before));
                }
                before
            }
        };
        self.0.insert_after(cases, before, id.0);
    }

    /// Right behind someone who waits in the list.
    pub(super) fn insert_behind(&mut self, cases: &mut Cases, id: CaseId, before: CaseId) {
        self.0.insert_after(cases, before.0, id.0);
    }

    pub(super) fn remove(&mut self, cases: &mut Cases, id: CaseId) {
        self.0.remove(cases, id.0);
    }
}
