//! What every law can say of itself.

use super::Law;
use super::level::Level;

/// A law of a non-negative quantity.
pub(super) trait Distribution {
    /// E\[X\].
    fn mean(&self) -> f64;

    /// Var\[X\].
    fn variance(&self) -> f64;

    /// P(X <= x) with its complement.
    fn up_to(&self, x: f64) -> Level;

    /// P(X < x) with its complement; differs from [`Distribution::up_to`] where a single value has
    /// probability.
    fn before(&self, x: f64) -> Level {
        self.up_to(x)
    }

    /// The least x with P(X <= x) >= `level.below`.
    fn quantile(&self, level: Level) -> f64;

    /// The value that 64 random bits stand for: the quantile of their level.
    fn draw(&self, bits: u64) -> f64 {
        self.quantile(Level::of_bits(bits))
    }

    /// The law of `factor` X.
    fn scaled(&self, factor: f64) -> Law;

    /// The law in words.
    fn describe(&self) -> String;
}
