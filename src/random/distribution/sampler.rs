//! A distribution compiled for the engine.

use std::sync::{Arc, LazyLock};

use super::choice::Choice;
use super::exponential::Exponential;
use super::table::Table;
use super::{Distribution, Level};
use crate::units::Span;

/// Microseconds a second.
const MICROS: f64 = 1e6;

/// The exponential distribution of mean 1, which all exponential distributions share.
static EXPONENTIAL: LazyLock<Arc<Table>> =
    LazyLock::new(|| Arc::new(Table::new(&Distribution::Exponential(Exponential { mean: 1.0 }))));

/// A distribution compiled for the engine: 64 random bits in, a time out.
///
/// The value is [`Distribution::draw_seconds`], rounded to whole microseconds, 140 years at most. Where it
/// comes from a table it is off by less than 1e-7 of itself for cv up to 1.5 and 4e-7 for cv up to
/// 3.5, lognormal up to 8; but of gamma distributions past cv 2, times far below the mean are off by up to
/// 1e-6 of the mean. Copies share their tables.
#[derive(Clone, Debug)]
pub struct Sampler(Way);

/// How values are found.
#[derive(Clone, Debug)]
enum Way {
    /// Always the same.
    Constant(Span),
    /// A table, and the microseconds that its values count.
    Table(Arc<Table>, f64),
    /// A branch, then a value of it.
    Branches(Arc<(Choice, Vec<Sampler>)>),
    /// The quantile itself, where it costs little, and the microseconds that its values count.
    Quantile(Arc<Distribution>, f64),
}

impl Sampler {
    /// Compiles a distribution; takes up to some milliseconds.
    #[must_use]
    pub fn new(distribution: &Distribution) -> Sampler {
        Sampler(match distribution {
            Distribution::Constant(distribution) => Way::Constant(Span::from_seconds(distribution.value)),
            Distribution::Exponential(distribution) => {
                Way::Table(EXPONENTIAL.clone(), distribution.mean * MICROS)
            }
            Distribution::Hyperexponential(distribution) => branches(distribution.mixture()),
            Distribution::Mixture(distribution) => branches(distribution),
            distribution if distribution.family().is_quick() => {
                Way::Quantile(Arc::new(distribution.clone()), MICROS)
            }
            distribution => Way::Table(Arc::new(Table::new(distribution)), MICROS),
        })
    }

    /// The distribution of `factor` X, a finite factor above 0, at no cost: the table is shared. For distributions
    /// whose mean alone changes over the day.
    #[must_use]
    pub fn scaled(&self, factor: f64) -> Sampler {
        Sampler(match &self.0 {
            Way::Constant(value) => Way::Constant(Span::from_seconds(value.seconds() * factor)),
            Way::Table(table, micros) => Way::Table(table.clone(), micros * factor),
            Way::Quantile(distribution, micros) => Way::Quantile(distribution.clone(), micros * factor),
            Way::Branches(branches) => {
                let samplers = branches.1.iter().map(|sampler| sampler.scaled(factor)).collect();
                Way::Branches(Arc::new((branches.0.clone(), samplers)))
            }
        })
    }

    /// The time that these bits stand for.
    #[inline]
    #[must_use]
    pub fn draw(&self, bits: u64) -> Span {
        match &self.0 {
            Way::Table(table, micros) => span(table.draw(bits) * micros),
            Way::Constant(value) => *value,
            _ => self.draw_otherwise(bits),
        }
    }

    #[inline(never)]
    fn draw_otherwise(&self, bits: u64) -> Span {
        match &self.0 {
            Way::Branches(branches) => {
                let (chosen, bits) = branches.0.split(bits);
                branches.1[chosen].draw(bits)
            }
            Way::Quantile(distribution, micros) => {
                span(distribution.family().quantile(Level::of_bits(bits)) * micros)
            }
            Way::Constant(_) | Way::Table(..) => self.draw(bits),
        }
    }
}

/// The exponential distribution of mean 1 as a plain number, for processes of arrivals: three times as fast as a
/// logarithm.
#[derive(Clone, Debug)]
pub struct UnitExponential(Arc<Table>);

impl UnitExponential {
    /// All copies share one table.
    #[must_use]
    pub fn new() -> UnitExponential {
        UnitExponential(EXPONENTIAL.clone())
    }

    /// The number that these bits stand for, within 1e-7 of itself. More bits, greater number.
    #[inline]
    #[must_use]
    pub fn draw(&self, bits: u64) -> f64 {
        self.0.draw(bits)
    }
}

impl Default for UnitExponential {
    fn default() -> UnitExponential {
        UnitExponential::new()
    }
}

fn branches(mixture: &super::Mixture) -> Way {
    let samplers = mixture.parts().iter().map(|(_, distribution)| Sampler::new(distribution)).collect();
    Way::Branches(Arc::new((mixture.choice().clone(), samplers)))
}

/// The nearest whole microsecond, 140 years at most.
#[inline]
fn span(micros: f64) -> Span {
    /// Floats from here to its double are spaced by 1: adding it rounds, and leaves the number in
    /// the mantissa. Half the time of a cast.
    const UNIT: f64 = (1u64 << 52) as f64;
    // A cubic may swing below zero where values are next to nothing.
    let micros = if micros > 0.0 { micros } else { 0.0 };
    let rounded = if micros < UNIT { micros } else { UNIT - 1.0 } + UNIT;
    Span::from_micros(rounded.to_bits() - UNIT.to_bits())
}
