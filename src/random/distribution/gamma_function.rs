//! The regularised incomplete gamma function and its inverse.
//!
//! Written here, over `libm`, because it must give the same bits on every machine and keep its
//! digits in both tails. Series and continued fraction: Abramowitz & Stegun 6.5.29 and 6.5.31, the
//! latter by Lentz's method; the common factor for large shapes by Stirling's series (6.1.41).

use super::level::Level;
use super::normal;
use std::f64::consts::TAU;

/// The shapes that the functions are accurate and quick for.
pub(super) const SHAPES: std::ops::RangeInclusive<f64> = 1e-4..=1e6;

/// P(a, x) and Q(a, x) = 1 - P(a, x).
pub(super) fn regularised(a: f64, x: f64) -> Level {
    if x <= 0.0 {
        return Level::NOTHING;
    }
    if x == f64::INFINITY {
        return Level::EVERYTHING;
    }
    let factor = libm::exp(ln_factor(a, libm::log(x), x));
    if x < a + 1.0 {
        let below = (factor * series(a, x)).min(1.0);
        Level { below, above: 1.0 - below }
    } else {
        Level::with_above((factor * a * fraction(a, x)).min(1.0))
    }
}

/// The x with P(a, x) = `level.below`: 0 and infinity at the ends.
///
/// Newton's method for the logarithm of the smaller tail as a function of ln x: both tails are
/// log-concave in ln x, so it converges from anywhere.
pub(super) fn inverse(a: f64, level: Level) -> f64 {
    if level.below <= 0.0 {
        return 0.0;
    }
    if level.above <= 0.0 {
        return f64::INFINITY;
    }
    let lower = level.below < 0.5;
    let target = libm::log(level.tail());
    let mut y = first_guess(a, level);
    for _ in 0..100 {
        if y < -700.0 {
            // Below the smallest float.
            return 0.0;
        }
        let x = libm::exp(y);
        let ln_factor = ln_factor(a, y, x);
        // The density of ln X is a exp(ln_factor); the tail is needed relative to it.
        let (ln_tail, slope) = if lower {
            let ratio = if x < a + 1.0 {
                series(a, x)
            } else {
                (libm::exp(-ln_factor) - a * fraction(a, x)).max(f64::MIN_POSITIVE)
            };
            (ln_factor + libm::log(ratio), a / ratio)
        } else {
            let ratio = if x < a + 1.0 {
                (libm::exp(-ln_factor) - series(a, x)).max(f64::MIN_POSITIVE)
            } else {
                a * fraction(a, x)
            };
            (ln_factor + libm::log(ratio), -a / ratio)
        };
        let step = ((target - ln_tail) / slope).clamp(-3.0, 3.0);
        y += step;
        if step.abs() <= 1e-14 * y.abs().max(1.0) {
            break;
        }
    }
    libm::exp(y)
}

/// ln of x^a e^-x / Γ(a + 1), given ln x and x.
fn ln_factor(a: f64, ln_x: f64, x: f64) -> f64 {
    if a < 10.0 {
        return a * ln_x - x - libm::lgamma(a + 1.0);
    }
    // Γ(a + 1) = sqrt(2 π a) (a / e)^a exp(stirling): the large terms cancel on paper, not in floats.
    let excess = (x - a) / a;
    let r = 1.0 / (a * a);
    let stirling =
        (1.0 / 12.0 - r * (1.0 / 360.0 - r * (1.0 / 1260.0 - r * (1.0 / 1680.0 - r / 1188.0)))) / a;
    let ln_ratio = if excess.abs() < 0.5 { libm::log1p(excess) } else { ln_x - libm::log(a) };
    a * (ln_ratio - excess) - 0.5 * libm::log(TAU * a) - stirling
}

/// P(a, x) divided by the factor: 1 + x/(a+1) + x²/((a+1)(a+2)) + ...
fn series(a: f64, x: f64) -> f64 {
    let (mut sum, mut term, mut n) = (1.0, 1.0, a);
    while term > sum * 1e-17 {
        n += 1.0;
        term *= x / n;
        sum += term;
    }
    sum
}

/// Q(a, x) divided by a times the factor: 1/(x+1-a- 1(1-a)/(x+3-a- 2(2-a)/(x+5-a- ...))).
fn fraction(a: f64, x: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let mut b = x + 1.0 - a;
    let mut c = 1.0 / TINY;
    let mut d = 1.0 / b;
    let mut value = d;
    for i in 1..1_000_000 {
        let i = f64::from(i);
        let numerator = -i * (i - a);
        b += 2.0;
        d = numerator * d + b;
        d = 1.0 / if d.abs() < TINY { TINY } else { d };
        c = b + numerator / c;
        c = if c.abs() < TINY { TINY } else { c };
        value *= c * d;
        if (c * d - 1.0).abs() < 1e-16 {
            break;
        }
    }
    value
}

/// ln of a point near the quantile: Wilson and Hilferty's cube of a normal (1931), or, where that
/// fails, the first term of the series, P(a, x) ≈ x^a / Γ(a + 1).
fn first_guess(a: f64, level: Level) -> f64 {
    let power = (libm::log(level.below) + libm::lgamma(a + 1.0)) / a;
    let root = 1.0 - 1.0 / (9.0 * a) + normal::quantile(level) / (3.0 * a.sqrt());
    if a < 0.5 || root < 0.3 {
        // Past the body of the distribution the power overshoots: the upper tail is near exp(-x).
        if level.above < 0.1 { power.min(libm::log(1.0 - libm::log(level.above))) } else { power }
    } else {
        libm::log(a) + 3.0 * libm::log(root)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shape_1_is_exponential_and_shape_one_half_a_squared_normal() {
        for i in 1..400 {
            let x = f64::from(i) / 10.0;
            let exponential = regularised(1.0, x);
            assert!((exponential.above / libm::exp(-x) - 1.0).abs() < 1e-13);
            assert!((exponential.below / -libm::expm1(-x) - 1.0).abs() < 1e-13);
            assert!((regularised(0.5, x).above / libm::erfc(x.sqrt()) - 1.0).abs() < 2e-13);
        }
    }

    #[test]
    fn inverse_undoes_the_function_for_every_shape_and_in_both_tails() {
        for a in [1e-4, 0.01, 0.1, 0.5, 0.9, 1.0, 1.7, 4.0, 9.9, 10.1, 64.0, 1000.0, 1e6] {
            for tail in [1e-300, 1e-30, 1e-16, 1e-8, 1e-3, 0.1, 0.4, 0.499_999] {
                for level in [Level { below: tail, above: 1.0 - tail }, Level::with_above(tail)] {
                    let x = inverse(a, level);
                    if x < 1e-300 {
                        continue;
                    }
                    let back = regularised(a, x);
                    let (got, wanted) =
                        if level.below < 0.5 { (back.below, level.below) } else { (back.above, level.above) };
                    // One float of x moves ln of the tail by a float of x times the slope.
                    let slope = 1.0 + libm::log(tail).abs() * a.sqrt();
                    assert!((got / wanted - 1.0).abs() < 1e-14 * slope.max(100.0), "{a} {level:?}: {got}");
                }
            }
        }
    }
}
