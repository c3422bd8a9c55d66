//! The Weibull distribution: a hazard that rises or falls as a power of time, as patience often does.

use super::exponential;
use super::family::Family;
use super::level::Level;
use super::parameter::{positive, short, time, variation};

/// P(X > x) = exp(-(x / scale)^shape).
#[derive(Clone, Debug, PartialEq)]
pub struct Weibull {
    shape: f64,
    scale: f64,
}

impl Weibull {
    /// The shape follows from cv² = Γ(1 + 2/k) / Γ(1 + 1/k)² - 1, which falls in k.
    pub(super) fn new(mean: f64, cv: f64) -> Result<Weibull, String> {
        let mean = positive("a Weibull", "the mean", mean)?;
        let cv = variation("a Weibull", cv)?;
        let target = libm::log1p(cv * cv);
        // Bisection over ln k until the interval is a float wide.
        let (mut low, mut high) = (libm::log(0.05), libm::log(5000.0));
        loop {
            let middle = 0.5 * (low + high);
            if middle <= low || middle >= high {
                break;
            }
            if ln_square_ratio(libm::exp(middle)) > target { low = middle } else { high = middle }
        }
        let shape = libm::exp(low);
        Ok(Weibull { shape, scale: mean / gamma_of_1_plus(1.0 / shape) })
    }

    pub(super) fn native(shape: f64, scale: f64) -> Result<Weibull, String> {
        let distribution = Weibull {
            shape: positive("a Weibull", "the shape", shape)?,
            scale: positive("a Weibull", "the scale", scale)?,
        };
        variation("a Weibull", distribution.cv())
            .map_err(|why| format!("{why}: that is what shape {shape} comes to"))?;
        Ok(distribution)
    }

    fn cv(&self) -> f64 {
        libm::expm1(ln_square_ratio(self.shape)).sqrt()
    }
}

/// Γ(1 + x).
fn gamma_of_1_plus(x: f64) -> f64 {
    libm::exp(libm::lgamma(1.0 + x))
}

/// ln of E\[X²\] / E\[X\]².
fn ln_square_ratio(shape: f64) -> f64 {
    libm::lgamma(1.0 + 2.0 / shape) - 2.0 * libm::lgamma(1.0 + 1.0 / shape)
}

impl Family for Weibull {
    fn mean(&self) -> f64 {
        self.scale * gamma_of_1_plus(1.0 / self.shape)
    }

    fn variance(&self) -> f64 {
        let deviation = self.mean() * self.cv();
        deviation * deviation
    }

    fn up_to(&self, x: f64) -> Level {
        exponential::standard_level(libm::pow((x / self.scale).max(0.0), self.shape))
    }

    fn quantile(&self, level: Level) -> f64 {
        self.scale * libm::pow(exponential::standard_quantile(level), 1.0 / self.shape)
    }

    fn scaled(&self, factor: f64) -> Self {
        Weibull { shape: self.shape, scale: self.scale * factor }
    }

    fn describe(&self) -> String {
        format!("Weibull, mean {}, cv {}", time(self.mean()), short(self.cv()))
    }
}
