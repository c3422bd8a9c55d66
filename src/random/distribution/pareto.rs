//! The Pareto distribution: no time is shorter than the scale, and the tail falls as a power.

use super::family::Family;
use super::level::Level;
use super::parameter::{positive, short, time, variation};

/// P(X > x) = (scale / x)^shape for x of the scale or more; the shape is above 2.
#[derive(Clone, Debug, PartialEq)]
pub struct Pareto {
    shape: f64,
    scale: f64,
}

impl Pareto {
    /// E\[X\] = scale shape / (shape - 1) and cv² = 1 / (shape (shape - 2)), solved for both.
    pub(super) fn new(mean: f64, cv: f64) -> Result<Pareto, String> {
        let mean = positive("a pareto", "the mean", mean)?;
        let cv = variation("a pareto", cv)?;
        let shape = 1.0 + (1.0 + 1.0 / (cv * cv)).sqrt();
        Ok(Pareto { shape, scale: mean * (shape - 1.0) / shape })
    }

    pub(super) fn native(shape: f64, scale: f64) -> Result<Pareto, String> {
        let scale = positive("a pareto", "the scale", scale)?;
        if !(shape.is_finite() && shape > 2.0) {
            let why = "up to 2 times have no standard deviation, and no average settles";
            return Err(format!("the shape of a pareto distribution must be above 2, not {shape}: {why}"));
        }
        let distribution = Pareto { shape, scale };
        variation("a pareto", distribution.cv())
            .map_err(|why| format!("{why}: that is what shape {shape} comes to"))?;
        Ok(distribution)
    }

    fn cv(&self) -> f64 {
        1.0 / (self.shape * (self.shape - 2.0)).sqrt()
    }
}

impl Family for Pareto {
    fn mean(&self) -> f64 {
        self.scale * self.shape / (self.shape - 1.0)
    }

    fn variance(&self) -> f64 {
        let deviation = self.mean() * self.cv();
        deviation * deviation
    }

    fn up_to(&self, x: f64) -> Level {
        if x <= self.scale {
            return Level::NOTHING;
        }
        let log = self.shape * libm::log(self.scale / x);
        Level { below: -libm::expm1(log), above: libm::exp(log) }
    }

    fn quantile(&self, level: Level) -> f64 {
        // The logarithm of the probability of more, from the tail in which it loses no digits.
        let log = if level.below < 0.5 { libm::log1p(-level.below) } else { libm::log(level.above) };
        self.scale * libm::exp(-log / self.shape)
    }

    fn scaled(&self, factor: f64) -> Self {
        Pareto { shape: self.shape, scale: self.scale * factor }
    }

    fn describe(&self) -> String {
        format!("pareto, mean {}, cv {}", time(self.mean()), short(self.cv()))
    }
}
