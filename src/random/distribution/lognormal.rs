//! The distribution of talk times in most call centres: the logarithm is normal.
//!
//! Brown, Gans, Mandelbaum, Sakov, Shen, Zeltyn & Zhao (2005), "Statistical analysis of a telephone
//! call center", JASA 100, section 4.3.

use super::family::Family;
use super::level::Level;
use super::normal;
use super::parameter::{positive, short, time, variation};

/// X = exp(mu + sigma Z), Z standard normal.
#[derive(Clone, Debug, PartialEq)]
pub struct Lognormal {
    mu: f64,
    sigma: f64,
}

impl Lognormal {
    /// E\[X\] = exp(mu + sigma²/2) and cv² = exp(sigma²) - 1, solved for mu and sigma.
    pub(super) fn new(mean: f64, cv: f64) -> Result<Lognormal, String> {
        let mean = positive("a lognormal", "the mean", mean)?;
        let cv = variation("a lognormal", cv)?;
        let sigma2 = libm::log1p(cv * cv);
        Ok(Lognormal { mu: libm::log(mean) - sigma2 / 2.0, sigma: sigma2.sqrt() })
    }

    pub(super) fn native(mu: f64, sigma: f64) -> Result<Lognormal, String> {
        let sigma = positive("a lognormal", "sigma", sigma)?;
        if !mu.is_finite() {
            return Err(format!("mu of a lognormal distribution must be a finite number, not {mu}"));
        }
        let distribution = Lognormal { mu, sigma };
        variation("a lognormal", distribution.cv())
            .map_err(|why| format!("{why}: that is what sigma {sigma} comes to"))?;
        positive("a lognormal", "the mean", distribution.mean())
            .map_err(|why| format!("{why}: that is what mu {mu} with sigma {sigma} comes to"))?;
        Ok(distribution)
    }

    fn cv(&self) -> f64 {
        libm::expm1(self.sigma * self.sigma).sqrt()
    }
}

impl Family for Lognormal {
    fn mean(&self) -> f64 {
        libm::exp(self.mu + self.sigma * self.sigma / 2.0)
    }

    fn variance(&self) -> f64 {
        let deviation = self.mean() * self.cv();
        deviation * deviation
    }

    fn up_to(&self, x: f64) -> Level {
        if x <= 0.0 { Level::NOTHING } else { normal::level((libm::log(x) - self.mu) / self.sigma) }
    }

    fn quantile(&self, level: Level) -> f64 {
        libm::exp(self.mu + self.sigma * normal::quantile(level))
    }

    fn scaled(&self, factor: f64) -> Self {
        Lognormal { mu: self.mu + libm::log(factor), sigma: self.sigma }
    }

    fn describe(&self) -> String {
        format!("lognormal, mean {}, cv {}", time(self.mean()), short(self.cv()))
    }
}
