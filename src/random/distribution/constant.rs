//! Always the same value.

use super::family::Family;
use super::level::Level;
use super::parameter::{not_negative, time};

/// P(X = value) = 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Constant {
    pub(super) value: f64,
}

impl Constant {
    pub(super) fn new(value: f64) -> Result<Constant, String> {
        Ok(Constant { value: not_negative("a constant", "the value", value)? })
    }
}

impl Family for Constant {
    fn mean(&self) -> f64 {
        self.value
    }

    fn variance(&self) -> f64 {
        0.0
    }

    fn up_to(&self, x: f64) -> Level {
        if x >= self.value { Level::EVERYTHING } else { Level::NOTHING }
    }

    fn before(&self, x: f64) -> Level {
        if x > self.value { Level::EVERYTHING } else { Level::NOTHING }
    }

    fn quantile(&self, _: Level) -> f64 {
        self.value
    }

    fn scaled(&self, factor: f64) -> Self {
        Constant { value: self.value * factor }
    }

    fn describe(&self) -> String {
        format!("constant, {}", time(self.value))
    }
}
