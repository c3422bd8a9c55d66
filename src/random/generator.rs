//! A named generator for distributions that need more than one uniform.

use std::convert::Infallible;

use rand::TryRng;

use super::draw::{GOLDEN, Key, mix};

/// As many random numbers as one likes under one name, for `rand_distr` and the like.
///
/// SplitMix64 (Steele, Lea & Flood 2014, "Fast splittable pseudorandom number generators", OOPSLA):
/// one addition and one mixer a number, nothing to set up.
///
/// ```
/// use holdline::random::Key;
/// use holdline::random::rand_distr::{Distribution, Poisson};
///
/// let mut draws = Key::seed(7).named("monday").draws();
/// let calls: f64 = Poisson::new(95.0).expect("a mean above 0").sample(&mut draws);
/// assert!(calls > 40.0 && calls < 150.0);
/// ```
#[derive(Clone, Debug)]
pub struct Draws {
    state: u64,
}

impl Draws {
    /// The numbers of this name.
    #[must_use]
    pub const fn new(key: Key) -> Draws {
        Draws { state: mix(!key.value()) }
    }
}

impl TryRng for Draws {
    type Error = Infallible;

    #[inline]
    fn try_next_u32(&mut self) -> Result<u32, Infallible> {
        self.try_next_u64().map(|bits| (bits >> 32) as u32)
    }

    #[inline]
    fn try_next_u64(&mut self) -> Result<u64, Infallible> {
        self.state = self.state.wrapping_add(GOLDEN);
        Ok(mix(self.state))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Infallible> {
        for chunk in bytes.chunks_mut(8) {
            let number = self.try_next_u64()?.to_le_bytes();
            chunk.copy_from_slice(&number[..chunk.len()]);
        }
        Ok(())
    }
}
