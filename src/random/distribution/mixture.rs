//! One of several distributions, chosen at random.

use super::Distribution;
use super::choice::{Choice, LEAST_WEIGHT};
use super::exponential::Exponential;
use super::family::Family;
use super::level::Level;
use super::parameter::{positive, short, time, variation};

/// Distribution i with probability `parts[i].0`.
#[derive(Clone, Debug, PartialEq)]
pub struct Mixture {
    /// Weights that sum to one, all above zero.
    parts: Vec<(f64, Distribution)>,
    choice: Choice,
}

impl Mixture {
    pub(super) fn new(parts: Vec<(f64, Distribution)>) -> Result<Mixture, String> {
        if let Some((at, (weight, _))) =
            parts.iter().enumerate().find(|(_, (weight, _))| !weight.is_finite() || *weight < 0.0)
        {
            return Err(format!(
                "weights of a mixture must be finite numbers, zero or more, and number {} is {weight}",
                at + 1
            ));
        }
        let total: f64 = parts.iter().map(|(weight, _)| weight).sum();
        let parts: Vec<_> = parts
            .into_iter()
            .map(|(weight, distribution)| (weight / total, distribution))
            .filter(|(weight, _)| *weight >= LEAST_WEIGHT)
            .collect();
        if parts.is_empty() || !total.is_finite() {
            return Err("a mixture needs at least one distribution with a weight above 0".to_owned());
        }
        let choice = Choice::new(parts.iter().map(|(weight, _)| *weight));
        Ok(Mixture { parts, choice })
    }

    pub(super) fn parts(&self) -> &[(f64, Distribution)] {
        &self.parts
    }

    pub(super) fn choice(&self) -> &Choice {
        &self.choice
    }

    fn pooled(&self, level: impl Fn(&dyn Family) -> Level) -> Level {
        self.parts.iter().fold(Level { below: 0.0, above: 0.0 }, |sum, (weight, distribution)| {
            let part = level(distribution.family());
            Level { below: sum.below + weight * part.below, above: sum.above + weight * part.above }
        })
    }
}

impl Family for Mixture {
    fn mean(&self) -> f64 {
        self.parts.iter().map(|(weight, distribution)| weight * distribution.mean()).sum()
    }

    fn variance(&self) -> f64 {
        let mean = self.mean();
        let part = |distribution: &Distribution| {
            distribution.variance() + (distribution.mean() - mean) * (distribution.mean() - mean)
        };
        self.parts.iter().map(|(weight, distribution)| weight * part(distribution)).sum()
    }

    fn up_to(&self, x: f64) -> Level {
        self.pooled(|part| part.up_to(x))
    }

    fn before(&self, x: f64) -> Level {
        self.pooled(|part| part.before(x))
    }

    /// Bisection over the floats between the lowest and the highest quantile of the parts, which
    /// is exact also where single values have probability.
    fn quantile(&self, level: Level) -> f64 {
        let quantiles = self.parts.iter().map(|(_, distribution)| distribution.family().quantile(level));
        let (low, high) = quantiles.fold((f64::INFINITY, 0.0f64), |(low, high), q| (low.min(q), high.max(q)));
        // Floats of one sign are ordered as their bits are.
        let (mut low, mut high) = (low.max(0.0).to_bits(), high.to_bits());
        while low < high {
            let middle = low + (high - low) / 2;
            let reached = self.up_to(f64::from_bits(middle));
            let enough = match level.below < 0.5 {
                true => reached.below >= level.below,
                false => reached.above <= level.above,
            };
            if enough { high = middle } else { low = middle + 1 }
        }
        f64::from_bits(low)
    }

    /// The branch is chosen by the bits and its quantile taken at what they say beyond that: as
    /// exact as the quantile of the mixture, and much cheaper.
    fn draw(&self, bits: u64) -> f64 {
        let (chosen, bits) = self.choice.split(bits);
        self.parts[chosen].1.draw_seconds(bits)
    }

    fn scaled(&self, factor: f64) -> Self {
        let parts =
            self.parts.iter().map(|(weight, distribution)| (*weight, distribution.scaled(factor))).collect();
        Mixture { parts, choice: self.choice.clone() }
    }

    fn describe(&self) -> String {
        let parts: Vec<_> = self
            .parts
            .iter()
            .map(|(weight, distribution)| format!("{} x ({})", short(*weight), distribution.describe()))
            .collect();
        format!("mixture of {}", parts.join(" and "))
    }
}

/// A mixture of two exponential distributions, each giving half of the mean: the usual distribution of times that
/// vary more than exponential ones.
///
/// Balanced means: p = (1 + sqrt((cv² - 1) / (cv² + 1))) / 2, means mean / 2p and mean / 2(1 - p)
/// (Morse 1955; Whitt 1982, "Approximating a point process by a renewal process", Operations
/// Research 30, equation 3.6).
#[derive(Clone, Debug, PartialEq)]
pub struct Hyperexponential {
    cv: f64,
    mixture: Mixture,
}

impl Hyperexponential {
    pub(super) fn new(mean: f64, cv: f64) -> Result<Hyperexponential, String> {
        let mean = positive("a hyperexponential", "the mean", mean)?;
        if (0.0..1.0).contains(&cv) {
            return Err(format!(
                "a hyperexponential distribution has cv 1 or more, not {cv}; \
                 for less use kind = \"gamma\" or \"lognormal\""
            ));
        }
        let cv = variation("a hyperexponential", cv)?;
        let square = cv * cv;
        let p = 0.5 * (1.0 + ((square - 1.0) / (square + 1.0)).sqrt());
        // 1 - p without cancellation: p (1 - p) = 1 / (2 (cv² + 1)).
        let rest = 0.5 / ((square + 1.0) * p);
        let branch =
            |weight: f64| (weight, Distribution::Exponential(Exponential { mean: mean / (2.0 * weight) }));
        Ok(Hyperexponential { cv, mixture: Mixture::new(vec![branch(p), branch(rest)])? })
    }

    pub(super) fn mixture(&self) -> &Mixture {
        &self.mixture
    }
}

impl Family for Hyperexponential {
    fn mean(&self) -> f64 {
        self.mixture.mean()
    }

    fn variance(&self) -> f64 {
        self.mixture.variance()
    }

    fn up_to(&self, x: f64) -> Level {
        self.mixture.up_to(x)
    }

    fn quantile(&self, level: Level) -> f64 {
        self.mixture.quantile(level)
    }

    fn draw(&self, bits: u64) -> f64 {
        self.mixture.draw(bits)
    }

    fn scaled(&self, factor: f64) -> Self {
        let parts = self
            .mixture
            .parts
            .iter()
            .map(|(weight, distribution)| (*weight, distribution.scaled(factor)))
            .collect();
        let mixture = Mixture { parts, choice: self.mixture.choice.clone() };
        Hyperexponential { cv: self.cv, mixture }
    }

    fn describe(&self) -> String {
        format!("hyperexponential, mean {}, cv {}", time(self.mean()), short(self.cv))
    }
}
