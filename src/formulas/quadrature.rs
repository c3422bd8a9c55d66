//! Numerical integration of smooth functions.

/// Nodes in (0, 1) and weights of the 16-point Gauss-Legendre rule on (-1, 1), which is symmetric
/// (Abramowitz & Stegun 1964, table 25.4). It integrates polynomials of degree 31 exactly.
const GAUSS_LEGENDRE: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_59),
    (0.458_016_777_657_227_39, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_73),
    (0.755_404_408_355_003, 0.124_628_971_255_533_87),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_79),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_893),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_095),
];

/// The integral of `f` from `low` to `high` by one 16-point Gauss-Legendre rule.
pub(crate) fn panel(low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (middle, half) = ((low + high) / 2.0, (high - low) / 2.0);
    half * GAUSS_LEGENDRE.iter().map(|&(x, w)| w * (f(middle - half * x) + f(middle + half * x))).sum::<f64>()
}

/// The integral of `f` over the part of the consecutive panels between `edges` that lies within
/// `low..high`. `edges` ascend; between two of them `f` is smooth.
pub(crate) fn panels(edges: &[f64], low: f64, high: f64, f: impl Fn(f64) -> f64) -> f64 {
    edges
        .windows(2)
        .map(|edge| (edge[0].max(low), edge[1].min(high)))
        .filter(|(low, high)| low < high)
        .map(|(low, high)| panel(low, high, &f))
        .sum()
}

/// The integral of `f` from 0 to infinity, for an `f` that falls at least exponentially and may change on
/// any scale: the exp-sinh rule of Takahasi & Mori (1974), which takes logarithmic steps.
pub(crate) fn half_line(f: impl Fn(f64) -> f64) -> f64 {
    const STEP: f64 = 1.0 / 32.0;
    const REACH: i32 = 130;
    let quarter_turn = std::f64::consts::FRAC_PI_2;
    (-REACH..=REACH)
        .map(|i| {
            let t = STEP * f64::from(i);
            let x = libm::exp(quarter_turn * libm::sinh(t));
            let slope = quarter_turn * libm::cosh(t) * x;
            let value = f(x) * slope;
            // Past the reach of an f64 the integrand is 0 x infinity; its limit is 0.
            if value.is_finite() { STEP * value } else { 0.0 }
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sixteen_points_integrate_degree_31_exactly() {
        let got = panel(0.0, 1.0, |x| 32.0 * libm::pow(x, 31.0) + 6.0 * libm::pow(x, 5.0));
        assert!((got - 2.0).abs() < 1e-14, "{got}");
    }

    #[test]
    fn panels_are_cut_at_the_limits() {
        let edges = [0.0, 0.5, 1.0, 4.0];
        let got = panels(&edges, 0.25, 2.0, |x| x);
        assert!((got - (4.0 - 0.0625) / 2.0).abs() < 1e-15, "{got}");
        assert_eq!(panels(&edges, 5.0, 6.0, |x| x), 0.0);
    }

    #[test]
    fn the_half_line_holds_at_all_scales() {
        for scale in [1e-4, 1.0, 1e4] {
            let got = half_line(|x| libm::exp(-x) * scale / (scale + x) / (scale + x) * (1.0 + scale + x));
            // d/dx (-exp(-x) scale / (scale + x)) is the integrand, so the integral is 1.
            assert!((got - 1.0).abs() < 1e-13, "{scale}: {got}");
        }
    }
}
