//! Student's t, for confidence intervals from few replications.
//!
//! Computed here, over `libm`, because half-widths are results and those are the same bytes on every
//! machine.

use std::f64::consts::PI;

use crate::random::normal_quantile;

/// Degrees of freedom past which an expansion about the normal distribution is the more exact.
const MANY: f64 = 1000.0;

/// The half-width of a confidence interval in standard errors: the two-sided quantile of Student's t
/// distribution with `degrees` degrees of freedom, to about 1e-11 of itself. `None` below one degree.
///
/// # Panics
/// When `confidence` lies outside (0, 1).
///
/// ```
/// let multiple = holdline::estimate::student_multiple(0.95, 9.0).expect("nine degrees");
/// assert!((multiple - 2.262_157_162_798_205).abs() < 1e-13);
/// ```
#[must_use]
pub fn student_multiple(confidence: f64, degrees: f64) -> Option<f64> {
    assert!(confidence > 0.0 && confidence < 1.0, "a confidence lies between 0 and 1");
    (degrees >= 1.0).then(|| upper_quantile(0.5 - confidence / 2.0, degrees))
}

/// The t with P(T > t) = `above`, for 0 < above < 1/2.
fn upper_quantile(above: f64, freedom: f64) -> f64 {
    let z = -normal_quantile(above);
    if freedom > MANY {
        // Fisher & Cornish (1960); the next term is of the order of 1 / freedom⁵.
        let (s, n) = (z * z, freedom);
        let first = (s + 1.0) / 4.0;
        let second = ((5.0 * s + 16.0) * s + 3.0) / 96.0;
        let third = (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
        let fourth = ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92_160.0;
        return z * (1.0 + (first + (second + (third + fourth / n) / n) / n) / n);
    }
    // The tail is convex in t > 0 and heavier than the normal one, so Newton's method rises from z
    // to the root and never passes it.
    let mut t = z;
    for _ in 0..200 {
        let step = (tail(t, freedom) - above) / density(t, freedom);
        t += step;
        if step.abs() <= 1e-15 * t {
            break;
        }
    }
    t
}

/// Γ((n + 1) / 2) / (√(n π) Γ(n / 2)) (1 + t² / n)^(-(n + 1) / 2).
fn density(t: f64, n: f64) -> f64 {
    let constant = libm::lgamma(0.5 * (n + 1.0)) - libm::lgamma(0.5 * n) - 0.5 * libm::log(n * PI);
    libm::exp(constant - 0.5 * (n + 1.0) * libm::log1p(t * t / n))
}

/// P(T > t) for t > 0: half the regularised incomplete beta function of n / (n + t²) with
/// parameters n / 2 and 1 / 2 (Abramowitz & Stegun 26.7.1).
fn tail(t: f64, n: f64) -> f64 {
    let (a, b) = (0.5 * n, 0.5);
    let (x, y) = (n / (n + t * t), t * t / (n + t * t));
    let ln_beta = libm::lgamma(a) + libm::lgamma(b) - libm::lgamma(a + b);
    let front = libm::exp(a * libm::log(x) + b * libm::log(y) - ln_beta);
    // The fraction converges fast on the near side of the mean.
    if x < (a + 1.0) / (a + b + 2.0) {
        0.5 * front * fraction(a, b, x) / a
    } else {
        0.5 * (1.0 - front * fraction(b, a, y) / b)
    }
}

/// The continued fraction of the incomplete beta function (Abramowitz & Stegun 26.5.8) by Lentz's
/// method.
fn fraction(a: f64, b: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for m in 1..10_000 {
        let m = f64::from(m);
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for numerator in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + numerator * d);
            c = away_from_zero(1.0 + numerator / c);
            change = c * d;
            value *= change;
        }
        if (change - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;
    use statrs::distribution::{ContinuousCDF, StudentsT};

    const CONFIDENCES: [f64; 8] = [0.001, 0.2, 0.8, 0.9, 0.95, 0.99, 0.999, 0.999_998];

    fn multiple(confidence: f64, degrees: f64) -> f64 {
        student_multiple(confidence, degrees).expect("one degree or more")
    }

    #[test]
    fn multiples_are_the_tabulated_ones() {
        for (degrees, table) in [(1.0, 12.706), (9.0, 2.262), (29.0, 2.045), (999.0, 1.962)] {
            assert!((multiple(0.95, degrees) - table).abs() < 5e-4);
        }
        assert_eq!(student_multiple(0.95, 0.0), None);
        assert_eq!(student_multiple(0.95, f64::NAN), None);
    }

    #[test]
    fn one_and_two_degrees_have_closed_forms() {
        for confidence in CONFIDENCES {
            let cauchy = libm::tan(PI * confidence / 2.0);
            let two = confidence * (2.0 / (1.0 - confidence * confidence)).sqrt();
            assert!((multiple(confidence, 1.0) / cauchy - 1.0).abs() < 1e-10, "{confidence}");
            assert!((multiple(confidence, 2.0) / two - 1.0).abs() < 1e-10, "{confidence}");
        }
    }

    #[test]
    fn multiples_invert_the_distribution_function_of_statrs() {
        for degrees in [1.0, 2.5, 7.0, 30.0, 199.0, 999.0, 1001.0] {
            let distribution = StudentsT::new(0.0, 1.0, degrees).expect("degrees of freedom");
            for confidence in CONFIDENCES {
                let beyond = 2.0 * distribution.sf(multiple(confidence, degrees));
                assert!((beyond / (1.0 - confidence) - 1.0).abs() < 1e-7, "{confidence} of {degrees}");
            }
        }
    }

    #[test]
    fn the_expansion_for_many_degrees_meets_the_root() {
        for confidence in CONFIDENCES {
            let (root, expansion) = (multiple(confidence, MANY), multiple(confidence, MANY + 1e-9));
            assert!((root / expansion - 1.0).abs() < 2e-11, "{confidence}: {root} {expansion}");
        }
    }
}
