//! How long customers are willing to wait, as the formulas need it.

/// A law of patience tau with a finite mean.
pub trait Patience {
    /// P(tau > x): who is still willing after `x` seconds. Falls with `x`.
    fn survival(&self, x: f64) -> f64;

    /// P(tau <= x), with its relative precision where it is small.
    fn impatient_by(&self, x: f64) -> f64 {
        1.0 - self.survival(x)
    }

    /// E\[min(tau, x)\], the integral of the survival from 0 to `x`, in seconds.
    fn mean_up_to(&self, x: f64) -> f64;

    /// Times in seconds, ascending, between which the survival is smooth and does not change its scale.
    fn breaks(&self) -> Vec<f64>;
}

/// Exponential patience, with a share who will not wait at all.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ExponentialPatience {
    /// Mean of those who wait, in seconds, above 0 and finite.
    pub mean: f64,
    /// The share, in 0..1, that gives up at once if it must wait.
    pub balk: f64,
}

impl Patience for ExponentialPatience {
    fn survival(&self, x: f64) -> f64 {
        (1.0 - self.balk) * libm::exp(-x / self.mean)
    }

    fn impatient_by(&self, x: f64) -> f64 {
        self.balk - (1.0 - self.balk) * libm::expm1(-x / self.mean)
    }

    fn mean_up_to(&self, x: f64) -> f64 {
        -(1.0 - self.balk) * self.mean * libm::expm1(-x / self.mean)
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

    fn mean_up_to(&self, x: f64) -> f64 {
        x.min(self.0)
    }

    fn breaks(&self) -> Vec<f64> {
        vec![self.0]
    }
}
