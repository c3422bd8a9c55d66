//! The laws of times.

use crate::units::Span;

/// A law of a non-negative quantity (times in seconds).
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// Always the same.
    Constant(f64),
    /// Exponential of this mean.
    Exponential(f64),
}

impl Law {
    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        match self {
            Law::Constant(value) => *value,
            Law::Exponential(mean) => *mean,
        }
    }
}

/// A law compiled for the engine: 64 random bits in, a time out.
#[derive(Clone, Debug)]
pub struct Sampler(Law);

impl Sampler {
    /// Compiles a law.
    #[must_use]
    pub fn new(law: &Law) -> Sampler {
        Sampler(law.clone())
    }

    /// The time that these bits stand for.
    #[inline]
    #[must_use]
    pub fn draw(&self, bits: u64) -> Span {
        match self.0 {
            Law::Constant(value) => Span::from_seconds(value),
            Law::Exponential(mean) => Span::from_seconds(-mean * libm::log(super::unit(bits))),
        }
    }
}
