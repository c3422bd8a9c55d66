//! Doubly linked lists through the records that they link: leaving from anywhere costs the same.

/// Nobody: the end of a list.
pub(super) const NOBODY: u32 = u32::MAX;

/// The neighbours of a record in the list that it is in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Link {
    pub(super) previous: u32,
    pub(super) next: u32,
}

impl Default for Link {
    fn default() -> Link {
        Link { previous: NOBODY, next: NOBODY }
    }
}

/// Records that can be in one list at a time.
pub(super) trait Linked {
    fn link(&mut self, record: u32) -> &mut Link;
    fn neighbours(&self, record: u32) -> Link;
}

/// A list of records of one table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Chain {
    head: u32,
    tail: u32,
    len: u32,
}

impl Default for Chain {
    fn default() -> Chain {
        Chain { head: NOBODY, tail: NOBODY, len: 0 }
    }
}

impl Chain {
    /// How many records it holds.
    #[inline]
    #[must_use]
    pub fn len(&self) -> u32 {
        self.len
    }

    /// Whether it holds none.
    #[inline]
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The first record, or `NOBODY`.
    #[inline]
    pub(super) fn head(&self) -> u32 {
        self.head
    }

    /// The last record, or `NOBODY`.
    #[inline]
    pub(super) fn tail(&self) -> u32 {
        self.tail
    }

    /// All records in order.
    pub(super) fn iter<'a, T: Linked + ?Sized>(
        &self,
        table: &'a T,
    ) -> impl Iterator<Item = u32> + use<'a, T> {
        std::iter::successors(some(self.head), |&record| some(table.neighbours(record).next))
    }

    /// All records, the last one first.
    pub(super) fn backwards<'a, T: Linked + ?Sized>(
        &self,
        table: &'a T,
    ) -> impl Iterator<Item = u32> + use<'a, T> {
        std::iter::successors(some(self.tail), |&record| some(table.neighbours(record).previous))
    }

    /// Puts a record behind `before`, or before all where that is `NOBODY`.
    #[inline]
    pub(super) fn insert_after<T: Linked + ?Sized>(&mut self, table: &mut T, before: u32, record: u32) {
        let after = if before == NOBODY { self.head } else { table.neighbours(before).next };
        *table.link(record) = Link { previous: before, next: after };
        match before {
            NOBODY => self.head = record,
            before => table.link(before).next = record,
        }
        match after {
            NOBODY => self.tail = record,
            after => table.link(after).previous = record,
        }
        self.len += 1;
    }

    #[inline]
    pub(super) fn remove<T: Linked + ?Sized>(&mut self, table: &mut T, record: u32) {
        let Link { previous, next } = *table.link(record);
        match previous {
            NOBODY => self.head = next,
            before => table.link(before).next = next,
        }
        match next {
            NOBODY => self.tail = previous,
            after => table.link(after).previous = previous,
        }
        self.len -= 1;
    }
}

#[inline]
fn some(record: u32) -> Option<u32> {
    (record != NOBODY).then_some(record)
}
