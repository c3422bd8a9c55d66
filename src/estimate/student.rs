//! Quantiles of Student's t law, for confidence intervals.

use statrs::distribution::{ContinuousCDF, StudentsT};

/// The half-width of a confidence interval in standard errors: the two-sided quantile of Student's t
/// law with `degrees` degrees of freedom. `None` below one degree.
///
/// # Panics
/// When `confidence` lies outside (0, 1).
#[must_use]
pub fn student_multiple(confidence: f64, degrees: f64) -> Option<f64> {
    assert!(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
    let law = StudentsT::new(0.0, 1.0, degrees).ok().filter(|_| degrees >= 1.0)?;
    Some(law.inverse_cdf(0.5 + confidence / 2.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn multiples_are_the_tabulated_ones() {
        for (degrees, table) in [(1.0, 12.706), (9.0, 2.262), (29.0, 2.045), (999.0, 1.962)] {
            assert!((student_multiple(0.95, degrees).unwrap() - table).abs() < 5e-4);
        }
        assert_eq!(student_multiple(0.95, 0.0), None);
    }
}
