//! Ratios of expectations, E[X] / E[Y], with delta-method intervals over replications
//! (Cochran 1977, chapter 6; Law 2015, section 9.5: the classical ratio estimator).

use super::moments::{Form, Moments};

/// An estimate and its standard error.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    /// The estimate.
    pub value: f64,
    /// Its standard error; `None` from a single replication.
    pub standard_error: Option<f64>,
}

impl Moments {
    /// The mean of a linear form per replication. `None` before the first replication.
    #[must_use]
    pub fn mean(&self, form: Form) -> Option<Estimated> {
        let n = self.replications() as f64;
        if n == 0.0 {
            return None;
        }
        let mean = self.sum(form) / n;
        let spread = self.product(form, form) - n * mean * mean;
        Some(Estimated { value: mean, standard_error: standard_error(spread, n) })
    }

    /// The ratio of the expectations of two linear forms: sum / sum. `None` when the denominator
    /// is zero: no observations.
    #[must_use]
    pub fn ratio(&self, over: Form, under: Form) -> Option<Estimated> {
        let n = self.replications() as f64;
        let denominator = self.sum(under);
        if denominator == 0.0 {
            return None;
        }
        let ratio = self.sum(over) / denominator;
        // Residuals x - r y have mean zero by construction.
        let spread = self.product(over, over) - 2.0 * ratio * self.product(over, under)
            + ratio * ratio * self.product(under, under);
        let error = standard_error(spread, n).map(|error| error / (denominator / n).abs());
        Some(Estimated { value: ratio, standard_error: error })
    }
}

/// The standard error of a mean of `n` residuals whose squares sum to `spread`.
fn standard_error(spread: f64, n: f64) -> Option<f64> {
    (n > 1.0).then(|| libm::sqrt(spread.max(0.0) / (n - 1.0) / n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_constant_ratio_has_no_error() {
        let mut moments = Moments::new(2);
        for y in [10.0, 20.0, 35.0] {
            moments.add(&[0.25 * y, y]);
        }
        let ratio = moments.ratio(&[(0, 1.0)], &[(1, 1.0)]).unwrap();
        assert_eq!(ratio.value, 0.25);
        assert!(ratio.standard_error.unwrap() < 1e-9);
    }

    #[test]
    fn the_error_of_a_mean_is_the_textbook_one() {
        let mut moments = Moments::new(1);
        for x in [1.0, 2.0, 3.0, 6.0] {
            moments.add(&[x]);
        }
        let mean = moments.mean(&[(0, 1.0)]).unwrap();
        assert_eq!(mean.value, 3.0);
        let variance = (4.0 + 1.0 + 0.0 + 9.0) / 3.0;
        assert!((mean.standard_error.unwrap() - f64::sqrt(variance / 4.0)).abs() < 1e-12);
        assert_eq!(moments.ratio(&[(0, 1.0)], &[]), None);
    }
}
