//! Student's t, for confidence intervals from few replications.
//!
//! Computed here, over `libm`, because half-widths are results and those are the same bytes on every
//! machine.

use std::f64::consts::PI;

use super::normal;

/// Degrees of freedom past which an expansion about the normal law is the more exact.
const MANY: f64 = 1000.0;

/// The quantile of Student's law with `freedom` > 0 degrees of freedom, to about 1e-11 relative;
/// infinite at 0 and 1, NaN where an argument has no meaning.
///
/// ```
/// let t = holdline::estimate::student::quantile(0.975, 9.0);
/// assert!((t - 2.262_157_162_798_205).abs() < 1e-14);
/// ```
#[must_use]
pub fn quantile(p: f64, freedom: f64) -> f64 {
    if !(freedom > 0.0 && (0.0..=1.0).contains(&p)) {
        return f64::NAN;
    }
    // Work in the upper tail: 1 - p is exact there.
    let above = if p < 0.5 { p } else { 1.0 - p };
    let t = match above {
        0.5 => 0.0,
        0.0 => f64::INFINITY,
        above => upper_quantile(above, freedom),
    };
    if p < 0.5 { -t } else { t }
}

/// The t with P(T > t) = `above`, for 0 < above < 1/2.
fn upper_quantile(above: f64, freedom: f64) -> f64 {
    let z = -normal::quantile(above);
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

    #[test]
    fn quantiles_agree_with_the_tables_and_with_statrs() {
        // One and two degrees of freedom have closed forms.
        for p in [0.500_1, 0.6, 0.9, 0.95, 0.975, 0.995, 0.9995, 0.999_999] {
            let cauchy = libm::tan(PI * (p - 0.5));
            let two = (2.0 * p - 1.0) / (2.0 * p * (1.0 - p)).sqrt();
            assert!((quantile(p, 1.0) / cauchy - 1.0).abs() < 1e-10, "{p}");
            assert!((quantile(p, 2.0) / two - 1.0).abs() < 1e-10, "{p}");
            for freedom in [1.0, 2.5, 7.0, 30.0, 199.0, 999.0, 1001.0] {
                let t = quantile(p, freedom);
                let law = StudentsT::new(0.0, 1.0, freedom).expect("degrees of freedom");
                let back = law.sf(t);
                assert!((back / (1.0 - p) - 1.0).abs() < 1e-7, "{p} of {freedom}: {t}, {back}");
                assert_eq!(quantile(1.0 - p, freedom), -quantile(1.0 - (1.0 - p), freedom));
            }
        }
    }

    #[test]
    fn the_expansion_for_many_degrees_of_freedom_meets_the_root() {
        for p in [0.6, 0.9, 0.975, 0.995, 0.999_9] {
            let (root, expansion) = (quantile(p, MANY), quantile(p, MANY + 1e-9));
            assert!((root / expansion - 1.0).abs() < 2e-12, "{p}: {root} {expansion}");
        }
    }

    #[test]
    fn the_ends_are_infinite_and_nonsense_is_not_a_number() {
        assert_eq!(quantile(1.0, 5.0), f64::INFINITY);
        assert_eq!(quantile(0.0, 5.0), f64::NEG_INFINITY);
        assert_eq!(quantile(0.5, 5.0), 0.0);
        assert!(quantile(0.9, 0.0).is_nan() && quantile(1.5, 3.0).is_nan());
    }
}
