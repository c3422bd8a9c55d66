//! The distributions of times: one file a distribution, with its formula and quantile.

mod choice;
mod constant;
mod empirical;
mod exponential;
mod family;
mod gamma;
mod gamma_function;
mod gaussian;
mod level;
mod lognormal;
mod mixture;
mod normal;
mod parameter;
mod pareto;
mod sampler;
mod table;
mod triangular;
mod truncated;
mod uniform;
mod weibull;

pub use sampler::{Sampler, UnitExponential};

use constant::Constant;
use empirical::Empirical;
use exponential::Exponential;
use family::Family;
use gamma::{Erlang, Gamma};
use gaussian::Gaussian;
use level::Level;
use lognormal::Lognormal;
use mixture::{Hyperexponential, Mixture};
use pareto::Pareto;
use triangular::Triangular;
use truncated::Truncated;
use uniform::Uniform;
use weibull::Weibull;

/// The quantile of the standard normal distribution; infinite at 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    normal::quantile(Level::of(p))
}

/// P(Z <= z) of the standard normal distribution.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    normal::level(z).below
}

/// The list of all distributions: whatever is to be done by each of them follows from it.
macro_rules! distributions {
    ($(#[$about:meta])* pub enum Distribution { $($(#[$doc:meta])* $name:ident($family:ident),)* }) => {
        $(#[$about])*
        pub enum Distribution {
            $($(#[$doc])* $name($family),)*
        }

        impl Distribution {
            fn family(&self) -> &dyn Family {
                match self {
                    $(Distribution::$name(distribution) => distribution,)*
                }
            }

            /// The distribution of `factor` X: all values multiplied by a finite factor above 0.
            #[must_use]
            pub fn scaled(&self, factor: f64) -> Distribution {
                match self {
                    $(Distribution::$name(distribution) => Distribution::$name(distribution.scaled(factor)),)*
                }
            }
        }
    };
}

distributions! {
    /// A distribution of a non-negative quantity; times are in seconds.
    ///
    /// Made by the functions named after the distributions, which refuse parameters that no distribution can have and
    /// say what would do. `cv` is the coefficient of variation, standard deviation / mean.
    ///
    /// ```
    /// # use holdline::random::Distribution;
    /// let talk = Distribution::lognormal(260.0, 1.1)?;
    /// assert!((talk.mean() - 260.0).abs() < 1e-9);
    /// assert!((talk.cdf(talk.quantile(0.8)) - 0.8).abs() < 1e-12);
    /// assert!(Distribution::hyperexponential(260.0, 0.5).is_err());
    /// # Ok::<(), String>(())
    /// ```
    #[derive(Clone, Debug, PartialEq)]
    pub enum Distribution {
        /// See [`Distribution::constant`].
        Constant(Constant),
        /// See [`Distribution::exponential`].
        Exponential(Exponential),
        /// See [`Distribution::lognormal`].
        Lognormal(Lognormal),
        /// See [`Distribution::gamma`].
        Gamma(Gamma),
        /// See [`Distribution::erlang`].
        Erlang(Erlang),
        /// See [`Distribution::weibull`].
        Weibull(Weibull),
        /// See [`Distribution::normal`].
        Normal(Gaussian),
        /// See [`Distribution::pareto`].
        Pareto(Pareto),
        /// See [`Distribution::hyperexponential`].
        Hyperexponential(Hyperexponential),
        /// See [`Distribution::uniform`].
        Uniform(Uniform),
        /// See [`Distribution::triangular`].
        Triangular(Triangular),
        /// See [`Distribution::empirical`].
        Empirical(Empirical),
        /// See [`Distribution::mixture`].
        Mixture(Mixture),
        /// See [`Distribution::truncated`].
        Truncated(Truncated),
    }
}

/// # Making distributions
///
/// # Errors
///
/// Every one of these returns a sentence that says why no distribution can have these parameters, and what
/// would be right.
impl Distribution {
    /// Always this value.
    pub fn constant(value: f64) -> Result<Distribution, String> {
        Constant::new(value).map(Distribution::Constant)
    }

    /// Exponential of this mean.
    pub fn exponential(mean: f64) -> Result<Distribution, String> {
        Exponential::new(mean).map(Distribution::Exponential)
    }

    /// Lognormal of this mean and cv.
    pub fn lognormal(mean: f64, cv: f64) -> Result<Distribution, String> {
        Lognormal::new(mean, cv).map(Distribution::Lognormal)
    }

    /// exp(mu + sigma Z) with Z standard normal; mu is the mean of the logarithm of seconds.
    pub fn lognormal_native(mu: f64, sigma: f64) -> Result<Distribution, String> {
        Lognormal::native(mu, sigma).map(Distribution::Lognormal)
    }

    /// Gamma of this mean and cv.
    pub fn gamma(mean: f64, cv: f64) -> Result<Distribution, String> {
        Gamma::new(mean, cv).map(Distribution::Gamma)
    }

    /// Gamma with density proportional to x^(shape - 1) exp(-x / scale); `scale` in seconds.
    pub fn gamma_native(shape: f64, scale: f64) -> Result<Distribution, String> {
        Gamma::native(shape, scale).map(Distribution::Gamma)
    }

    /// The sum of `phases` exponential times of the same mean; `mean` is that of the sum.
    pub fn erlang(mean: f64, phases: u32) -> Result<Distribution, String> {
        Erlang::new(mean, phases).map(Distribution::Erlang)
    }

    /// The Erlang distribution of this mean and cv; 1 / cv² must be a whole number to 1 %.
    pub fn erlang_of_cv(mean: f64, cv: f64) -> Result<Distribution, String> {
        Distribution::erlang(mean, Erlang::phases(cv)?)
    }

    /// Weibull of this mean and cv.
    pub fn weibull(mean: f64, cv: f64) -> Result<Distribution, String> {
        Weibull::new(mean, cv).map(Distribution::Weibull)
    }

    /// Weibull with P(X > x) = exp(-(x / scale)^shape); `scale` in seconds.
    pub fn weibull_native(shape: f64, scale: f64) -> Result<Distribution, String> {
        Weibull::native(shape, scale).map(Distribution::Weibull)
    }

    /// Normal of this mean and standard deviation, given that it is not negative: cut at 0, which moves
    /// the mean where the deviation is large.
    pub fn normal(mean: f64, deviation: f64) -> Result<Distribution, String> {
        Distribution::truncated(Distribution::Normal(Gaussian::new(mean, deviation)?), None, None)
    }

    /// Pareto of this mean and cv.
    pub fn pareto(mean: f64, cv: f64) -> Result<Distribution, String> {
        Pareto::new(mean, cv).map(Distribution::Pareto)
    }

    /// Pareto with P(X > x) = (scale / x)^shape; `scale`, the shortest time, in seconds.
    pub fn pareto_native(shape: f64, scale: f64) -> Result<Distribution, String> {
        Pareto::native(shape, scale).map(Distribution::Pareto)
    }

    /// Hyperexponential with two branches of balanced means; `cv` is 1 or more.
    pub fn hyperexponential(mean: f64, cv: f64) -> Result<Distribution, String> {
        Hyperexponential::new(mean, cv).map(Distribution::Hyperexponential)
    }

    /// Uniform between two bounds.
    pub fn uniform(low: f64, high: f64) -> Result<Distribution, String> {
        Uniform::new(low, high).map(Distribution::Uniform)
    }

    /// Triangular: at least `low`, most likely `mode`, at most `high`.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Distribution, String> {
        Triangular::new(low, mode, high).map(Distribution::Triangular)
    }

    /// One of these values, each as likely, in any order.
    pub fn empirical(values: Vec<f64>) -> Result<Distribution, String> {
        Distribution::empirical_weighted(values.into_iter().map(|value| (value, 1.0)).collect())
    }

    /// One of these (value, weight), in any order; the weights need not sum to 1.
    pub fn empirical_weighted(weighted: Vec<(f64, f64)>) -> Result<Distribution, String> {
        Empirical::new(weighted).map(Distribution::Empirical)
    }

    /// One of these (weight, distribution); the weights need not sum to 1.
    pub fn mixture(parts: Vec<(f64, Distribution)>) -> Result<Distribution, String> {
        Mixture::new(parts).map(Distribution::Mixture)
    }

    /// `distribution` given that `min` <= X <= `max`; the bounds are in seconds. Truncation moves the mean.
    pub fn truncated(
        distribution: Distribution,
        min: Option<f64>,
        max: Option<f64>,
    ) -> Result<Distribution, String> {
        truncated::truncate(distribution, min, max)
    }
}

impl Distribution {
    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.family().mean()
    }

    /// The variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.family().variance()
    }

    /// The coefficient of variation, standard deviation / mean; 0 for a distribution of mean 0.
    #[must_use]
    pub fn cv(&self) -> f64 {
        if self.mean() > 0.0 { self.variance().sqrt() / self.mean() } else { 0.0 }
    }

    /// P(X <= x).
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.family().up_to(x).below
    }

    /// The least x with P(X <= x) >= p. A `p` outside 0..=1 counts as the nearer end, where the
    /// quantile is the least or the greatest value, perhaps infinite.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.family().quantile(Level::of(p))
    }

    /// The value that 64 random bits stand for: what [`Sampler::draw`] gives, before rounding and
    /// exactly, but slower. More bits, greater value, but for mixtures, whose branches come one
    /// after the other.
    #[must_use]
    pub fn draw_seconds(&self, bits: u64) -> f64 {
        self.family().draw(bits)
    }

    /// The distribution in words, for reports: "lognormal, mean 4m20s, cv 1.1".
    #[must_use]
    pub fn describe(&self) -> String {
        self.family().describe()
    }
}
