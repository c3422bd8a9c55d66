//! What a queue remembers of its last contacts.

use crate::units::Span;

/// How the last contacts of a queue fared.
#[derive(Clone, Copy, Debug, Default)]
pub struct Recent {
    /// A bit each, the latest lowest: answered, or responded to, within the target's time.
    within: u64,
    /// How many, up to all bits.
    known: u8,
    /// What the last answered one had waited.
    last_wait: Span,
}

impl Recent {
    /// So many are remembered.
    pub const MOST: u8 = 64;

    /// Of one more it is known whether the target was met: it is answered or responded to, or has abandoned.
    pub fn judge(&mut self, within: bool) {
        self.within = (self.within << 1) | u64::from(within);
        self.known = (self.known + 1).min(Recent::MOST);
    }

    /// One more is answered.
    pub fn answer(&mut self, wait: Span) {
        self.last_wait = wait;
    }

    /// The share of them for whom the target was met; 1 before the first.
    #[must_use]
    pub fn service_level(&self) -> f64 {
        if self.known == 0 { 1.0 } else { f64::from(self.within.count_ones()) / f64::from(self.known) }
    }

    /// The wait of the last one that was answered.
    #[must_use]
    pub fn last_wait(&self) -> Span {
        self.last_wait
    }
}
