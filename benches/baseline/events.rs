//! One event list of packed 8-byte keys in a 4-ary heap.
//!
//! A key is the time in whole microseconds (44 bits: 200 days), the kind of event (2 bits, in the order in
//! which ties happen) and a payload (18 bits). The heap's largest comes first, so keys are complemented.

use dary_heap::{PeekMut, QuaternaryHeap};

pub const COMPLETION: u64 = 0;
pub const ABANDONMENT: u64 = 1;
pub const ARRIVAL: u64 = 2;

/// How long the clock runs, in microseconds.
pub const CLOCK: u64 = 1 << 44;

#[inline]
fn packed(time: u64, kind: u64, payload: u32) -> u64 {
    !(time << 20 | kind << 18 | u64::from(payload))
}

pub struct Events(QuaternaryHeap<u64>);

impl Events {
    pub fn new() -> Events {
        Events(QuaternaryHeap::with_capacity(1024))
    }

    /// The first event, which stays: time, kind, payload.
    #[inline]
    pub fn first(&self) -> Option<(u64, u64, u32)> {
        self.0.peek().map(|key| {
            let key = !key;
            (key >> 20, key >> 18 & 3, (key & 0x3_ffff) as u32)
        })
    }

    /// Puts another event in the place of the first, at half the price of taking and putting.
    #[inline]
    pub fn replace_first(&mut self, time: u64, kind: u64, payload: u32) {
        if let Some(mut first) = self.0.peek_mut() {
            *first = packed(time, kind, payload);
        }
    }

    #[inline]
    pub fn remove_first(&mut self) {
        if let Some(first) = self.0.peek_mut() {
            PeekMut::pop(first);
        }
    }

    #[inline]
    pub fn push(&mut self, time: u64, kind: u64, payload: u32) {
        self.0.push(packed(time, kind, payload));
    }
}
