//! The standard normal distribution function and its inverse.

use super::level::Level;

/// Φ(z) and 1 - Φ(z).
pub(super) fn level(z: f64) -> Level {
    let scaled = z * std::f64::consts::FRAC_1_SQRT_2;
    Level { below: 0.5 * libm::erfc(-scaled), above: 0.5 * libm::erfc(scaled) }
}

/// Φ⁻¹, to a relative error of about 1e-16; infinite at probabilities 0 and 1.
///
/// Wichura (1988), "Algorithm AS 241: the percentage points of the normal distribution", Applied
/// Statistics 37, procedure PPND16.
pub(super) fn quantile(level: Level) -> f64 {
    let centred = if level.below < 0.5 { level.below - 0.5 } else { 0.5 - level.above };
    if centred.abs() <= 0.425 {
        let r = 0.180_625 - centred * centred;
        return centred * ratio(&CENTRE, r);
    }
    let tail = level.tail();
    if tail <= 0.0 {
        return f64::INFINITY.copysign(centred);
    }
    let r = (-libm::log(tail)).sqrt();
    let z = if r <= 5.0 { ratio(&MIDDLE, r - 1.6) } else { ratio(&FAR, r - 5.0) };
    z.copysign(centred)
}

/// Numerator and denominator of a rational approximation, highest power first.
type Ratio = [[f64; 8]; 2];

fn ratio(coefficients: &Ratio, r: f64) -> f64 {
    let [numerator, denominator] = coefficients.each_ref().map(|c| c.iter().fold(0.0, |sum, a| sum * r + a));
    numerator / denominator
}

const CENTRE: Ratio = [
    [
        2_509.080_928_730_122_7,
        33_430.575_583_588_13,
        67_265.770_927_008_7,
        45_921.953_931_549_87,
        13_731.693_765_509_46,
        1_971.590_950_306_551_3,
        133.141_667_891_784_38,
        3.387_132_872_796_366_5,
    ],
    [
        5_226.495_278_852_545,
        28_729.085_735_721_943,
        39_307.895_800_092_71,
        21_213.794_301_586_597,
        5_394.196_021_424_751,
        687.187_007_492_057_9,
        42.313_330_701_600_91,
        1.0,
    ],
];

const MIDDLE: Ratio = [
    [
        7.745_450_142_783_414e-4,
        2.272_384_498_926_918_4e-2,
        2.417_807_251_774_506e-1,
        1.270_458_252_452_368_4,
        3.647_848_324_763_204_5,
        5.769_497_221_460_691,
        4.630_337_846_156_546,
        1.423_437_110_749_683_5,
    ],
    [
        1.050_750_071_644_416_9e-9,
        5.475_938_084_995_345e-4,
        1.519_866_656_361_645_7e-2,
        1.481_039_764_274_800_8e-1,
        6.897_673_349_851e-1,
        1.676_384_830_183_803_8,
        2.053_191_626_637_759,
        1.0,
    ],
];

const FAR: Ratio = [
    [
        2.010_334_399_292_288_1e-7,
        2.711_555_568_743_487_6e-5,
        1.242_660_947_388_078_4e-3,
        2.653_218_952_657_612_4e-2,
        2.965_605_718_285_048_7e-1,
        1.784_826_539_917_291_3,
        5.463_784_911_164_114,
        6.657_904_643_501_103,
    ],
    [
        2.044_263_103_389_939_8e-15,
        1.421_511_758_316_446e-7,
        1.846_318_317_510_054_8e-5,
        7.868_691_311_456_133e-4,
        1.487_536_129_085_061_5e-2,
        1.369_298_809_227_358e-1,
        5.998_322_065_558_88e-1,
        1.0,
    ],
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantile_undoes_level_in_both_tails() {
        for i in -3700..=800 {
            let z = f64::from(i) / 100.0;
            let back = quantile(level(z));
            assert!((back - z).abs() <= 1e-13 * (1.0 + z.abs()), "{z} came back as {back}");
            assert_eq!(quantile(level(-z)), -back);
        }
        assert_eq!(quantile(Level::NOTHING), f64::NEG_INFINITY);
        assert_eq!(quantile(Level::EVERYTHING), f64::INFINITY);
    }
}
