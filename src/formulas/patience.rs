//! How long customers are willing to wait, as the formulas need it.

/// A distribution of patience tau with a finite mean.
pub trait Patience {
    /// P(tau > x): who is still willing after `x` seconds. Falls with `x`.
    fn survival(&self, x: f64) -> f64;

    /// P(tau <= x), with its relative precision where it is small.
    fn impatient_by(&self, x: f64) -> f64 {
        1.0 - self.survival(x)
    }

    /// The integral of the survival from `low` to `high` (minus that from `high` to `low` where `high` lies
    /// below), in seconds, with its relative precision where the two are near.
    fn integral(&self, low: f64, high: f64) -> f64;

    /// E\[min(tau, x)\] in seconds.
    fn mean_up_to(&self, x: f64) -> f64 {
        self.integral(0.0, x)
    }

    /// Times in seconds, ascending, between which the survival is smooth and does not change its scale.
    fn breaks(&self) -> Vec<f64>;
}

/// Exponential patience, with a share who will not wait at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExponentialPatience {
    /// Mean of those who wait, in seconds, above 0 and finite.
    pub mean: f64,
    /// The share, in 0..1, that abandons at once if it must wait.
    pub balk: f64,
}

impl Patience for ExponentialPatience {
    fn survival(&self, x: f64) -> f64 {
        (1.0 - self.balk) * libm::exp(-x / self.mean)
    }

    fn impatient_by(&self, x: f64) -> f64 {
        self.balk - (1.0 - self.balk) * libm::expm1(-x / self.mean)
    }

    fn integral(&self, low: f64, high: f64) -> f64 {
        -self.survival(low) * self.mean * libm::expm1((low - high) / self.mean)
    }

    fn breaks(&self) -> Vec<f64> {
        // Doubling panels resolve the fall of the survival however short it is beside the waits.
        (-2..=6).map(|power| self.mean * libm::exp2(f64::from(power))).collect()
    }
}

/// Everyone waits exactly this long.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ConstantPatience(
    /// In seconds, above 0 and finite.
    pub f64,
);

impl Patience for ConstantPatience {
    fn survival(&self, x: f64) -> f64 {
        if x < self.0 { 1.0 } else { 0.0 }
    }

    fn integral(&self, low: f64, high: f64) -> f64 {
        high.min(self.0) - low.min(self.0)
    }

    fn breaks(&self) -> Vec<f64> {
        vec![self.0]
    }
}
