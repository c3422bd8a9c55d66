//! What every distribution can say of itself.

use super::level::Level;

/// A distribution of a non-negative quantity.
pub(super) trait Family {
    /// E\[X\].
    fn mean(&self) -> f64;

    /// Var\[X\].
    fn variance(&self) -> f64;

    /// P(X <= x) with its complement.
    fn up_to(&self, x: f64) -> Level;

    /// P(X < x) with its complement; differs from [`Family::up_to`] where a single value has
    /// probability.
    fn before(&self, x: f64) -> Level {
        self.up_to(x)
    }

    /// The least x with P(X <= x) >= `level.below`.
    fn quantile(&self, level: Level) -> f64;

    /// Whether the quantile itself costs little; of the others a table is made.
    fn is_quick(&self) -> bool {
        false
    }

    /// The value that 64 random bits stand for: the quantile of their level.
    fn draw(&self, bits: u64) -> f64 {
        self.quantile(Level::of_bits(bits))
    }

    /// The distribution of `factor` X.
    fn scaled(&self, factor: f64) -> Self
    where
        Self: Sized;

    /// The distribution in words.
    fn describe(&self) -> String;
}
