//! A list of timed entries: the earliest first; at one instant by class, then in order of entry.

use std::cmp::Reverse;
use std::marker::PhantomData;

use dary_heap::QuaternaryHeap;

use crate::state::CaseId;
use crate::units::Instant;

/// What entries of a list are for: one of at most four classes.
pub(super) trait Class: Copy {
    /// Its place among the classes, from 0.
    fn rank(self) -> u8;
    /// The class in this place.
    fn of_rank(rank: u8) -> Self;
}

/// An entry of a list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Entry<C> {
    pub(super) at: Instant,
    pub(super) class: C,
    /// Whose it is; told by its state whether the entry still means anything.
    pub(super) case: CaseId,
}

/// Entries packed into one integer each: time, class (2 bits), sequence (30 bits), case. Entries
/// are never removed before their time; the owner tells stale ones when they come up.
///
/// Push and pop are O(log n) with few cache lines: four children a node.
#[derive(Clone, Debug)]
pub(super) struct EventList<C> {
    heap: QuaternaryHeap<Reverse<u128>>,
    /// When the earliest is due: asked for at every event, and changed at few.
    next: Instant,
    sequence: u32,
    class: PhantomData<C>,
}

const SEQUENCE_BITS: u32 = 30;

impl<C> Default for EventList<C> {
    fn default() -> EventList<C> {
        EventList { heap: QuaternaryHeap::default(), next: Instant::NEVER, sequence: 0, class: PhantomData }
    }
}

impl<C: Class> EventList<C> {
    /// When the earliest entry is due; never for an empty list.
    #[inline]
    pub(super) fn next(&self) -> Instant {
        self.next
    }

    fn peek(&self) -> Instant {
        self.heap.peek().map_or(Instant::NEVER, |Reverse(packed)| at(*packed))
    }

    /// Enters something. Entries past all time are not kept.
    #[inline]
    pub(super) fn push(&mut self, at: Instant, class: C, case: CaseId) {
        if at == Instant::NEVER {
            return;
        }
        // The sequence only orders ties, and wraps after 10^9 entries: ties lie close together.
        self.sequence = (self.sequence + 1) & ((1 << SEQUENCE_BITS) - 1);
        let order = (u64::from(class.rank()) << 62) | (u64::from(self.sequence) << 32) | u64::from(case.0);
        self.heap.push(Reverse((u128::from(at.micros()) << 64) | u128::from(order)));
        self.next = self.next.min(at);
    }

    /// Takes the earliest entry.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<Entry<C>> {
        let entry = self.heap.pop().map(|Reverse(packed)| unpack(packed));
        self.next = self.peek();
        entry
    }

    /// How many entries there are, stale ones included.
    pub(super) fn len(&self) -> usize {
        self.heap.len()
    }

    /// Drops the entries that are not wanted any more.
    pub(super) fn retain(&mut self, mut wanted: impl FnMut(Entry<C>) -> bool) {
        let mut kept = std::mem::take(&mut self.heap).into_vec();
        kept.retain(|Reverse(packed)| wanted(unpack(*packed)));
        self.heap = kept.into();
        self.next = self.peek();
    }

    /// Empties it, keeping its memory.
    pub(super) fn clear(&mut self) {
        self.heap.clear();
        (self.next, self.sequence) = (Instant::NEVER, 0);
    }
}

#[inline]
fn at(packed: u128) -> Instant {
    Instant::from_micros((packed >> 64) as u64)
}

#[inline]
fn unpack<C: Class>(packed: u128) -> Entry<C> {
    let order = packed as u64;
    Entry { at: at(packed), class: C::of_rank((order >> 62) as u8), case: CaseId(order as u32) }
}

#[cfg(test)]
mod tests {
    use super::*;

    impl Class for u8 {
        fn rank(self) -> u8 {
            self
        }

        fn of_rank(rank: u8) -> u8 {
            rank
        }
    }

    #[test]
    fn ties_go_by_class_then_by_order_of_entry() {
        let at = |micros| Instant::from_micros(micros);
        let mut list = EventList::<u8>::default();
        for (at, class, case) in
            [(at(5), 1, 7), (at(5), 0, 9), (at(5), 0, 3), (at(2), 3, 1), (Instant::NEVER, 0, 4)]
        {
            list.push(at, class, CaseId(case));
        }
        list.retain(|entry| entry.case.0 != 7);
        let order: Vec<(u32, u8)> =
            std::iter::from_fn(|| list.pop()).map(|entry| (entry.case.0, entry.class)).collect();
        assert_eq!(order, [(1, 3), (9, 0), (3, 0)]);
    }
}
