//! A list of timed entries: the earliest first; at one instant by class, then in order of entry.

use dary_heap::QuaternaryHeap;
use std::cmp::Reverse;

use crate::units::Instant;

/// An entry of the list: (when, class, payload).
pub(super) type Entry = (Instant, u8, u32);

/// Entries packed into one integer each: time, class (2 bits), sequence (30 bits), payload. Entries
/// are never removed before their time; the owner tells stale ones when they come up.
///
/// Push and pop are O(log n) with few cache lines: four children a node.
#[derive(Clone, Debug, Default)]
pub(super) struct EventList {
    heap: QuaternaryHeap<Reverse<u128>>,
    sequence: u32,
}

const SEQUENCE_BITS: u32 = 30;

impl EventList {
    /// When the earliest entry is due; never for an empty list.
    #[inline]
    pub(super) fn next(&self) -> Instant {
        self.heap.peek().map_or(Instant::NEVER, |Reverse(key)| Instant::from_micros((key >> 64) as u64))
    }

    /// Enters something. Entries past all time are not kept.
    #[inline]
    pub(super) fn push(&mut self, (at, class, payload): Entry) {
        if at == Instant::NEVER {
            return;
        }
        // The sequence only orders ties, and wraps after 10^9 entries: ties lie close together.
        self.sequence = (self.sequence + 1) & ((1 << SEQUENCE_BITS) - 1);
        let order = (u64::from(class) << 62) | (u64::from(self.sequence) << 32) | u64::from(payload);
        self.heap.push(Reverse((u128::from(at.micros()) << 64) | u128::from(order)));
    }

    /// Takes the earliest entry.
    #[inline]
    pub(super) fn pop(&mut self) -> Option<Entry> {
        let Reverse(key) = self.heap.pop()?;
        let order = key as u64;
        Some((Instant::from_micros((key >> 64) as u64), (order >> 62) as u8, order as u32))
    }

    /// How many entries there are, stale ones included.
    pub(super) fn len(&self) -> usize {
        self.heap.len()
    }

    /// Drops the entries that are not wanted any more.
    pub(super) fn retain(&mut self, mut wanted: impl FnMut(Entry) -> bool) {
        let kept: Vec<_> = std::mem::take(&mut self.heap)
            .into_vec()
            .into_iter()
            .filter(|Reverse(key)| {
                let order = *key as u64;
                wanted((Instant::from_micros((key >> 64) as u64), (order >> 62) as u8, order as u32))
            })
            .collect();
        self.heap = kept.into();
    }

    /// Empties it, keeping its memory.
    pub(super) fn clear(&mut self) {
        self.heap.clear();
        self.sequence = 0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_go_by_class_then_by_order_of_entry() {
        let at = |micros| Instant::from_micros(micros);
        let mut list = EventList::default();
        for entry in [(at(5), 1, 7), (at(5), 0, 9), (at(5), 0, 3), (at(2), 2, 1), (Instant::NEVER, 0, 4)] {
            list.push(entry);
        }
        list.retain(|(.., payload)| payload != 7);
        let order: Vec<u32> = std::iter::from_fn(|| list.pop()).map(|(.., payload)| payload).collect();
        assert_eq!(order, [1, 9, 3]);
    }
}
