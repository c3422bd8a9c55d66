//! The distribution of an expert's guess: at least, most likely, at most.

use super::family::Family;
use super::level::Level;
use super::parameter::{not_negative, time};

/// A density that rises straight from `low` to `mode` and falls straight to `high`.
#[derive(Clone, Debug, PartialEq)]
pub struct Triangular {
    low: f64,
    mode: f64,
    high: f64,
}

impl Triangular {
    pub(super) fn new(low: f64, mode: f64, high: f64) -> Result<Triangular, String> {
        let low = not_negative("a triangular", "low", low)?;
        let mode = not_negative("a triangular", "mode", mode)?;
        let high = not_negative("a triangular", "high", high)?;
        if low <= mode && mode <= high && low < high {
            Ok(Triangular { low, mode, high })
        } else {
            Err(format!(
                "a triangular distribution needs low <= mode <= high and low < high, and these are {}, {}, {}",
                time(low),
                time(mode),
                time(high)
            ))
        }
    }
}

impl Family for Triangular {
    fn mean(&self) -> f64 {
        (self.low + self.mode + self.high) / 3.0
    }

    fn variance(&self) -> f64 {
        let (up, down, width) = (self.mode - self.low, self.high - self.mode, self.high - self.low);
        (width * width - up * down) / 18.0
    }

    fn up_to(&self, x: f64) -> Level {
        let Triangular { low, mode, high } = *self;
        let x = x.clamp(low, high);
        if x < mode {
            Level::of((x - low) * (x - low) / ((high - low) * (mode - low)))
        } else {
            Level::with_above((high - x) * (high - x) / ((high - low) * (high - mode)).max(f64::MIN_POSITIVE))
        }
    }

    fn quantile(&self, level: Level) -> f64 {
        let Triangular { low, mode, high } = *self;
        let width = high - low;
        if level.below * width < mode - low {
            low + (level.below * width * (mode - low)).sqrt()
        } else {
            high - (level.above * width * (high - mode)).sqrt()
        }
    }

    fn is_quick(&self) -> bool {
        true
    }

    fn scaled(&self, factor: f64) -> Self {
        let Triangular { low, mode, high } = *self;
        Triangular { low: low * factor, mode: mode * factor, high: high * factor }
    }

    fn describe(&self) -> String {
        format!("triangular, {} to {}, mode {}", time(self.low), time(self.high), time(self.mode))
    }
}
