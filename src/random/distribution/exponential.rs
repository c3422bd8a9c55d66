//! The memoryless distribution.

use super::family::Family;
use super::level::Level;
use super::parameter::{positive, time};

/// P(X > x) = exp(-x / mean).
#[derive(Clone, Debug, PartialEq)]
pub struct Exponential {
    pub(super) mean: f64,
}

impl Exponential {
    pub(super) fn new(mean: f64) -> Result<Exponential, String> {
        Ok(Exponential { mean: positive("an exponential", "the mean", mean)? })
    }
}

/// -ln(1 - p), the quantile of the exponential distribution of mean 1, from whichever tail is the smaller.
pub(super) fn standard_quantile(level: Level) -> f64 {
    if level.below < 0.5 { -libm::log1p(-level.below) } else { -libm::log(level.above) }
}

/// 1 - exp(-t) and exp(-t).
pub(super) fn standard_level(t: f64) -> Level {
    if t <= 0.0 { Level::NOTHING } else { Level { below: -libm::expm1(-t), above: libm::exp(-t) } }
}

impl Family for Exponential {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.mean * self.mean
    }

    fn up_to(&self, x: f64) -> Level {
        standard_level(x / self.mean)
    }

    fn quantile(&self, level: Level) -> f64 {
        self.mean * standard_quantile(level)
    }

    fn scaled(&self, factor: f64) -> Self {
        Exponential { mean: self.mean * factor }
    }

    fn describe(&self) -> String {
        format!("exponential, mean {}", time(self.mean))
    }
}
