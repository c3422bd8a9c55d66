//! Hand-written single-purpose loops: what a contact costs when a program can do nothing else.
//!
//! They are the yardstick of the engine's speed. Each plays one fixed model and tallies what the
//! engine tallies by default: waits, answered, abandoned, the service level at 20 s, a histogram of the
//! waits, and the time averages of queue and busy agents.

// The benches and the tests use different parts.
#![allow(dead_code, missing_docs, clippy::disallowed_methods)]

pub mod events;
pub mod packed;
pub mod plain;
pub mod w_model;

use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng, SeedableRng};

/// M/M/100+M at a load of 95.
pub const AGENTS: u32 = 100;
pub const ARRIVALS_PER_SECOND: f64 = 100.0 * 0.95 / 240.0;
pub const MEAN_SERVICE: f64 = 240.0;
pub const MEAN_PATIENCE: f64 = 120.0;
/// The service level's T, in microseconds.
pub const WITHIN: u64 = 20_000_000;
/// Contacts played before anything is counted.
pub const WARM_UP: u64 = 2_000;

/// Exponential times in microseconds, by inversion.
pub struct Draws(Xoshiro256PlusPlus);

impl Draws {
    pub fn new(seed: u64) -> Draws {
        Draws(Xoshiro256PlusPlus::seed_from_u64(seed))
    }

    /// `mean` in microseconds, below 2^53.
    #[inline]
    pub fn exponential(&mut self, mean: f64) -> f64 {
        // 52 bits: with 53 the half would round up to 1.
        let unit = ((self.0.next_u64() >> 12) as f64 + 0.5) * (1.0 / (1_u64 << 52) as f64);
        -mean * unit.ln()
    }
}

/// What a loop counted; times in microseconds.
#[derive(Clone)]
pub struct Tally {
    pub answered: u64,
    pub abandoned: u64,
    pub delayed: u64,
    pub answered_in_time: u64,
    pub wait_answered: u64,
    pub wait_abandoned: u64,
    pub histogram: Box<[u64; BUCKETS]>,
    pub queue_time: u64,
    pub busy_time: u64,
    pub elapsed: u64,
}

/// Log-linear buckets: 64 to an octave, so a bucket is at most 1.6 % wide.
pub const BUCKETS: usize = 64 * 40;

#[inline]
pub fn bucket(micros: u64) -> usize {
    if micros < 64 {
        return micros as usize;
    }
    let octave = 63 - micros.leading_zeros();
    ((octave - 5) as usize * 64 + ((micros >> (octave - 6)) & 63) as usize).min(BUCKETS - 1)
}

impl Tally {
    pub fn new() -> Tally {
        Tally {
            answered: 0,
            abandoned: 0,
            delayed: 0,
            answered_in_time: 0,
            wait_answered: 0,
            wait_abandoned: 0,
            histogram: Box::new([0; BUCKETS]),
            queue_time: 0,
            busy_time: 0,
            elapsed: 0,
        }
    }

    #[inline]
    pub fn answer(&mut self, wait: u64) {
        self.answered += 1;
        self.wait_answered += wait;
        self.answered_in_time += u64::from(wait <= WITHIN);
        self.histogram[bucket(wait)] += 1;
    }

    #[inline]
    pub fn abandon(&mut self, wait: u64) {
        self.abandoned += 1;
        self.wait_abandoned += wait;
    }

    /// Time passes with so many waiting and so many busy.
    #[inline]
    pub fn pass(&mut self, time: u64, queue: u64, busy: u64) {
        self.queue_time += time * queue;
        self.busy_time += time * busy;
        self.elapsed += time;
    }

    pub fn contacts(&self) -> u64 {
        self.answered + self.abandoned
    }
}
