//! A probability with its complement, so that neither tail loses digits.

/// The probability below a point and the probability above it: they sum to one, and each carries
/// its full precision, also where it is far below the spacing of floats near one.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Level {
    /// Probability of this value or less.
    pub below: f64,
    /// Probability of more.
    pub above: f64,
}

impl Level {
    /// Below every value.
    pub const NOTHING: Level = Level { below: 0.0, above: 1.0 };
    /// Above every value.
    pub const EVERYTHING: Level = Level { below: 1.0, above: 0.0 };

    /// The level of a probability; what lies outside 0..=1, and NaN, is brought to the nearest end.
    pub fn of(below: f64) -> Level {
        let below = below.clamp(0.0, 1.0);
        if below.is_nan() { Level::NOTHING } else { Level { below, above: 1.0 - below } }
    }

    /// The level of a probability of more.
    pub fn with_above(above: f64) -> Level {
        Level { below: 1.0 - above, above }
    }

    /// The level that 64 random bits stand for: uniform over the centres of 2^53 equal cells, never
    /// 0, never 1. More bits, higher level.
    #[inline]
    pub fn of_bits(bits: u64) -> Level {
        let (upper, tail) = fold(bits);
        if upper { Level::with_above(tail) } else { Level { below: tail, above: 1.0 - tail } }
    }

    /// The probability between two levels, from the tail in which it loses no digits.
    pub fn between(low: Level, high: Level) -> f64 {
        let mass = if low.below > 0.5 {
            low.above - high.above
        } else if high.below < 0.5 {
            high.below - low.below
        } else {
            1.0 - low.below - high.above
        };
        mass.max(0.0)
    }

    /// The smaller of the two probabilities.
    pub fn tail(self) -> f64 {
        self.below.min(self.above)
    }
}

/// Whether the bits fall into the upper half, and the probability (0, 1/2) beyond them in their half.
///
/// 52 bits count the cells of width 2^-53 from the nearer end, so that cell and centre are exact.
#[inline]
pub(super) fn fold(bits: u64) -> (bool, f64) {
    /// The mantissa of 1/2 + cell 2^-53 is the cell: cheaper than turning an integer into a float.
    const HALF: u64 = 0.5f64.to_bits();
    /// 1/2 less half a cell.
    const OFFSET: f64 = 0.5 - 1.0 / (1u64 << 54) as f64;
    let mask = ((bits as i64) >> 63) as u64;
    let cell = ((bits ^ mask) << 1) >> 12;
    (mask != 0, f64::from_bits(HALF | cell) - OFFSET)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_rise_to_levels_strictly_inside_0_and_1() {
        let middle = 1u64 << 63;
        for (bits, below, above) in [
            (0, 1.0 / (1u64 << 54) as f64, 1.0),
            (middle - 1, 0.5, 0.5),
            (middle, 0.5, 0.5),
            (u64::MAX, 1.0, 1.0 / (1u64 << 54) as f64),
        ] {
            let level = Level::of_bits(bits);
            assert!((level.below - below).abs() < 1e-15 && level.below > 0.0);
            assert!((level.above - above).abs() < 1e-15 && level.above > 0.0);
        }
        assert!(Level::of_bits(middle - 1).below < Level::of_bits(middle).below);
    }

    #[test]
    fn far_tails_keep_their_digits() {
        let low = Level::with_above(3e-30);
        let high = Level::with_above(1e-30);
        assert!((Level::between(low, high) / 2e-30 - 1.0).abs() < 1e-15);
    }
}
