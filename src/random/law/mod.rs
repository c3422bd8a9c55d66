//! The laws of times: one file a law, with its formula and quantile.

mod choice;
mod constant;
mod distribution;
mod empirical;
mod exponential;
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
use distribution::Distribution;
use empirical::Empirical;
use exponential::Exponential;
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

/// The quantile of the standard normal law; infinite at 0 and 1.
#[must_use]
pub fn normal_quantile(p: f64) -> f64 {
    normal::quantile(Level::of(p))
}

/// P(Z <= z) of the standard normal law.
#[must_use]
pub fn normal_cdf(z: f64) -> f64 {
    normal::level(z).below
}

/// A law of a non-negative quantity; times are in seconds.
///
/// Made by the functions named after the laws, which refuse parameters that no law can have and
/// say what would do. `cv` is the coefficient of variation, standard deviation / mean.
///
/// ```
/// # use holdline::random::Law;
/// let talk = Law::lognormal(260.0, 1.1)?;
/// assert!((talk.mean() - 260.0).abs() < 1e-9);
/// assert!((talk.cdf(talk.quantile(0.8)) - 0.8).abs() < 1e-12);
/// assert!(Law::hyperexponential(260.0, 0.5).is_err());
/// # Ok::<(), String>(())
/// ```
#[derive(Clone, Debug, PartialEq)]
pub enum Law {
    /// See [`Law::constant`].
    Constant(Constant),
    /// See [`Law::exponential`].
    Exponential(Exponential),
    /// See [`Law::lognormal`].
    Lognormal(Lognormal),
    /// See [`Law::gamma`].
    Gamma(Gamma),
    /// See [`Law::erlang`].
    Erlang(Erlang),
    /// See [`Law::weibull`].
    Weibull(Weibull),
    /// See [`Law::normal`].
    Normal(Gaussian),
    /// See [`Law::pareto`].
    Pareto(Pareto),
    /// See [`Law::hyperexponential`].
    Hyperexponential(Hyperexponential),
    /// See [`Law::uniform`].
    Uniform(Uniform),
    /// See [`Law::triangular`].
    Triangular(Triangular),
    /// See [`Law::empirical`].
    Empirical(Empirical),
    /// See [`Law::mixture`].
    Mixture(Mixture),
    /// See [`Law::truncated`].
    Truncated(Truncated),
}

/// # Making laws
///
/// # Errors
///
/// Every one of these returns a sentence that says why no law can have these parameters, and what
/// would be right.
impl Law {
    /// Always this value.
    pub fn constant(value: f64) -> Result<Law, String> {
        Constant::new(value).map(Law::Constant)
    }

    /// Exponential of this mean.
    pub fn exponential(mean: f64) -> Result<Law, String> {
        Exponential::new(mean).map(Law::Exponential)
    }

    /// Lognormal of this mean and cv.
    pub fn lognormal(mean: f64, cv: f64) -> Result<Law, String> {
        Lognormal::new(mean, cv).map(Law::Lognormal)
    }

    /// exp(mu + sigma Z) with Z standard normal; mu is the mean of the logarithm of seconds.
    pub fn lognormal_native(mu: f64, sigma: f64) -> Result<Law, String> {
        Lognormal::native(mu, sigma).map(Law::Lognormal)
    }

    /// Gamma of this mean and cv.
    pub fn gamma(mean: f64, cv: f64) -> Result<Law, String> {
        Gamma::new(mean, cv).map(Law::Gamma)
    }

    /// Gamma with density proportional to x^(shape - 1) exp(-x / scale); `scale` in seconds.
    pub fn gamma_native(shape: f64, scale: f64) -> Result<Law, String> {
        Gamma::native(shape, scale).map(Law::Gamma)
    }

    /// The sum of `phases` exponential times of the same mean; `mean` is that of the sum.
    pub fn erlang(mean: f64, phases: u32) -> Result<Law, String> {
        Erlang::new(mean, phases).map(Law::Erlang)
    }

    /// The Erlang law of this mean and cv; 1 / cv² must be a whole number to 1 %.
    pub fn erlang_of_cv(mean: f64, cv: f64) -> Result<Law, String> {
        Law::erlang(mean, Erlang::phases(cv)?)
    }

    /// Weibull of this mean and cv.
    pub fn weibull(mean: f64, cv: f64) -> Result<Law, String> {
        Weibull::new(mean, cv).map(Law::Weibull)
    }

    /// Weibull with P(X > x) = exp(-(x / scale)^shape); `scale` in seconds.
    pub fn weibull_native(shape: f64, scale: f64) -> Result<Law, String> {
        Weibull::native(shape, scale).map(Law::Weibull)
    }

    /// Normal of this mean and standard deviation, given that it is not negative: cut at 0, which moves
    /// the mean where the deviation is large.
    pub fn normal(mean: f64, deviation: f64) -> Result<Law, String> {
        Law::truncated(Law::Normal(Gaussian::new(mean, deviation)?), None, None)
    }

    /// Pareto of this mean and cv.
    pub fn pareto(mean: f64, cv: f64) -> Result<Law, String> {
        Pareto::new(mean, cv).map(Law::Pareto)
    }

    /// Pareto with P(X > x) = (scale / x)^shape; `scale`, the shortest time, in seconds.
    pub fn pareto_native(shape: f64, scale: f64) -> Result<Law, String> {
        Pareto::native(shape, scale).map(Law::Pareto)
    }

    /// Hyperexponential with two branches of balanced means; `cv` is 1 or more.
    pub fn hyperexponential(mean: f64, cv: f64) -> Result<Law, String> {
        Hyperexponential::new(mean, cv).map(Law::Hyperexponential)
    }

    /// Uniform between two bounds.
    pub fn uniform(low: f64, high: f64) -> Result<Law, String> {
        Uniform::new(low, high).map(Law::Uniform)
    }

    /// Triangular: at least `low`, most likely `mode`, at most `high`.
    pub fn triangular(low: f64, mode: f64, high: f64) -> Result<Law, String> {
        Triangular::new(low, mode, high).map(Law::Triangular)
    }

    /// One of these values, each as likely, in any order.
    pub fn empirical(values: Vec<f64>) -> Result<Law, String> {
        Law::empirical_weighted(values.into_iter().map(|value| (value, 1.0)).collect())
    }

    /// One of these (value, weight), in any order; the weights need not sum to 1.
    pub fn empirical_weighted(weighted: Vec<(f64, f64)>) -> Result<Law, String> {
        Empirical::new(weighted).map(Law::Empirical)
    }

    /// One of these (weight, law); the weights need not sum to 1.
    pub fn mixture(parts: Vec<(f64, Law)>) -> Result<Law, String> {
        Mixture::new(parts).map(Law::Mixture)
    }

    /// `law` given that `min` <= X <= `max`; the bounds are in seconds. Truncation moves the mean.
    pub fn truncated(law: Law, min: Option<f64>, max: Option<f64>) -> Result<Law, String> {
        truncated::truncate(law, min, max)
    }
}

impl Law {
    fn distribution(&self) -> &dyn Distribution {
        match self {
            Law::Constant(law) => law,
            Law::Exponential(law) => law,
            Law::Lognormal(law) => law,
            Law::Gamma(law) => law,
            Law::Erlang(law) => law,
            Law::Weibull(law) => law,
            Law::Normal(law) => law,
            Law::Pareto(law) => law,
            Law::Hyperexponential(law) => law,
            Law::Uniform(law) => law,
            Law::Triangular(law) => law,
            Law::Empirical(law) => law,
            Law::Mixture(law) => law,
            Law::Truncated(law) => law,
        }
    }

    /// The mean.
    #[must_use]
    pub fn mean(&self) -> f64 {
        self.distribution().mean()
    }

    /// The variance.
    #[must_use]
    pub fn variance(&self) -> f64 {
        self.distribution().variance()
    }

    /// The coefficient of variation, standard deviation / mean; 0 for a law of mean 0.
    #[must_use]
    pub fn cv(&self) -> f64 {
        if self.mean() > 0.0 { self.variance().sqrt() / self.mean() } else { 0.0 }
    }

    /// P(X <= x).
    #[must_use]
    pub fn cdf(&self, x: f64) -> f64 {
        self.distribution().up_to(x).below
    }

    /// The least x with P(X <= x) >= p. A `p` outside 0..=1 counts as the nearer end, where the
    /// quantile is the least or the greatest value, perhaps infinite.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        self.distribution().quantile(Level::of(p))
    }

    /// The value that 64 random bits stand for: what [`Sampler::draw`] gives, before rounding and
    /// exactly, but slower. More bits, greater value, but for mixtures, whose branches come one
    /// after the other.
    #[must_use]
    pub fn draw_seconds(&self, bits: u64) -> f64 {
        self.distribution().draw(bits)
    }

    /// The law of `factor` X: all values multiplied by a finite factor above 0.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Law {
        self.distribution().scaled(factor)
    }

    /// The law in words, for reports: "lognormal, mean 4m20s, cv 1.1".
    #[must_use]
    pub fn describe(&self) -> String {
        self.distribution().describe()
    }
}
