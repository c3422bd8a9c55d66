//! Every draw has a name: who and what, never when.
//!
//! A [`Key`] is a name hashed to 64 bits. Names nest: seed → replication → queue → clock hour →
//! case → (contact, leg, purpose). A draw depends on its name alone, so the same customers walk in
//! whatever else changes.

#[cfg(feature = "rand")]
use super::generator::Draws;

/// The increment of Weyl sequences: 2^64 / golden ratio, odd (Steele, Lea & Flood 2014, SplitMix64).
pub(super) const GOLDEN: u64 = 0x9e37_79b9_7f4a_7c15;

/// A 64-bit mixer in which each input bit flips each output bit with probability near one half
/// (Stafford 2011, variant 13, as in `SplitMix64`).
#[inline]
pub(super) const fn mix(mut z: u64) -> u64 {
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// A name, hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Key(u64);

/// What a draw of a contact decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
#[allow(missing_docs)]
pub enum Purpose {
    Talk,
    WrapUp,
    Patience,
    Balk,
    Transfer,
    Solved,
    Repeat,
    RepeatDelay,
    RepeatWhere,
    Retry,
    RetryDelay,
    RetryWhere,
    Opening,
    Coin,
    Escalate,
    Silent,
    Chase,
    ChaseAfter,
    ChaseWhere,
    Replies,
    CustomerReply,
    SelfServiceTime,
    Contained,
    FalselyContained,
    FalseDelay,
    Route,
    CallbackAccept,
    Reached,
    CallbackAgain,
    FollowUpShare,
    FollowUpAfter,
    FollowUpSolves,
    History,
    Knowledge,
    Handover,
    Ring,
    TransferDelay,
}

impl Key {
    /// The name of everything under one seed.
    #[must_use]
    pub const fn seed(seed: u64) -> Key {
        Key(mix(seed ^ 0x686f_6c64_6c69_6e65))
    }

    /// The name `part` within this name.
    #[inline]
    #[must_use]
    pub const fn child(self, part: u64) -> Key {
        Key(mix(self.0.wrapping_add(part.wrapping_add(1).wrapping_mul(GOLDEN))))
    }

    /// The name `text` within this name; texts are hashed byte by byte, so the order of tables in
    /// a file plays no part.
    #[must_use]
    pub fn named(self, text: &str) -> Key {
        let hash = text.bytes().fold(self.child(text.len() as u64), |key, byte| key.child(u64::from(byte)));
        hash.child(u64::MAX - 1)
    }

    /// The 64 random bits of a contact's draw; `contact` counts the case's attempts, `leg` its
    /// stays and legs.
    #[inline]
    #[must_use]
    pub const fn bits(self, contact: u16, leg: u16, purpose: Purpose) -> u64 {
        let name = ((contact as u64) << 24) | ((leg as u64) << 8) | purpose as u64;
        mix(self.0 ^ name.wrapping_add(1).wrapping_mul(GOLDEN))
    }

    /// The `number`-th 64 random bits of this name.
    #[inline]
    #[must_use]
    pub const fn nth(self, number: u64) -> u64 {
        // The complement keeps these apart from a contact's draws.
        mix(!self.0 ^ number.wrapping_add(1).wrapping_mul(GOLDEN))
    }

    /// A generator of this name.
    #[cfg(feature = "rand")]
    #[must_use]
    pub const fn draws(self) -> Draws {
        Draws::new(self)
    }

    /// The hash itself, to seed a generator with.
    #[inline]
    #[must_use]
    pub const fn value(self) -> u64 {
        self.0
    }
}

/// The uniform in (0, 1) that 64 random bits stand for: never 0, never 1.
#[inline]
#[must_use]
pub fn unit(bits: u64) -> f64 {
    // 52 bits and a half are the most that a float just below 1 holds.
    ((bits >> 12) as f64 + 0.5) * (1.0 / (1u64 << 52) as f64)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_interval_is_open() {
        assert!(unit(0) > 0.0);
        assert!(unit(u64::MAX) < 1.0);
    }
}
