//! The normal distribution of times: what a source means by "15 minutes, give or take 5".

use super::family::Family;
use super::level::Level;
use super::normal;
use super::parameter::{positive, short, time};

/// X = mean + deviation Z, Z standard normal; as a distribution of times always cut at 0.
#[derive(Clone, Debug, PartialEq)]
pub struct Gaussian {
    mean: f64,
    deviation: f64,
}

impl Gaussian {
    pub(super) fn new(mean: f64, deviation: f64) -> Result<Gaussian, String> {
        Ok(Gaussian {
            mean: positive("a normal", "the mean", mean)?,
            deviation: positive("a normal", "the standard deviation", deviation)?,
        })
    }
}

impl Family for Gaussian {
    fn mean(&self) -> f64 {
        self.mean
    }

    fn variance(&self) -> f64 {
        self.deviation * self.deviation
    }

    fn up_to(&self, x: f64) -> Level {
        normal::level((x - self.mean) / self.deviation)
    }

    fn quantile(&self, level: Level) -> f64 {
        (self.mean + self.deviation * normal::quantile(level)).max(0.0)
    }

    fn scaled(&self, factor: f64) -> Self {
        Gaussian { mean: self.mean * factor, deviation: self.deviation * factor }
    }

    fn describe(&self) -> String {
        format!("normal, mean {}, cv {}", time(self.mean), short(self.deviation / self.mean))
    }
}
