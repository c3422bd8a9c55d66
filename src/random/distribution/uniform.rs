//! Every value between two bounds alike.

use super::family::Family;
use super::level::Level;
use super::parameter::{not_negative, time};

/// P(X <= x) = (x - low) / (high - low).
#[derive(Clone, Debug, PartialEq)]
pub struct Uniform {
    pub(super) low: f64,
    pub(super) high: f64,
}

impl Uniform {
    pub(super) fn new(low: f64, high: f64) -> Result<Uniform, String> {
        let low = not_negative("a uniform", "low", low)?;
        let high = not_negative("a uniform", "high", high)?;
        if low < high {
            Ok(Uniform { low, high })
        } else {
            Err(format!(
                "low of a uniform distribution must be less than high, and {} is not less than {}",
                time(low),
                time(high)
            ))
        }
    }
}

impl Family for Uniform {
    fn mean(&self) -> f64 {
        0.5 * (self.low + self.high)
    }

    fn variance(&self) -> f64 {
        let width = self.high - self.low;
        width * width / 12.0
    }

    fn up_to(&self, x: f64) -> Level {
        let x = x.clamp(self.low, self.high);
        let width = self.high - self.low;
        Level { below: (x - self.low) / width, above: (self.high - x) / width }
    }

    fn quantile(&self, level: Level) -> f64 {
        let width = self.high - self.low;
        if level.below < 0.5 { self.low + width * level.below } else { self.high - width * level.above }
    }

    fn is_quick(&self) -> bool {
        true
    }

    fn scaled(&self, factor: f64) -> Self {
        Uniform { low: self.low * factor, high: self.high * factor }
    }

    fn describe(&self) -> String {
        format!("uniform, {} to {}", time(self.low), time(self.high))
    }
}
