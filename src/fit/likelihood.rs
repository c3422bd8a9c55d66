//! The top of a likelihood in two parameters, and how sharp it is there.

/// Where a likelihood is largest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Peak {
    pub(super) at: [f64; 2],
    /// The logarithm of the likelihood there.
    pub(super) value: f64,
    /// Of the parameters: the inverse of the observed information.
    covariance: [[f64; 2]; 2],
}

/// Of the normal distribution: 95 % lie within so many standard deviations.
pub(super) const DEVIATIONS: f64 = 1.959_963_984_540_054;

/// Climbs from a start; `None` where there is no peak.
pub(super) fn peak(start: [f64; 2], value: impl Fn([f64; 2]) -> f64) -> Option<Peak> {
    let at = climb(start, &value);
    let top = value(at);
    if !top.is_finite() {
        return None;
    }
    const STEP: f64 = 1e-3;
    let moved = |by: [f64; 2]| value([at[0] + STEP * by[0], at[1] + STEP * by[1]]);
    let second = |by: [f64; 2]| (moved(by) - 2.0 * top + moved([-by[0], -by[1]])) / (STEP * STEP);
    let (a, c) = (-second([1.0, 0.0]), -second([0.0, 1.0]));
    let b = -(moved([1.0, 1.0]) - moved([1.0, -1.0]) - moved([-1.0, 1.0]) + moved([-1.0, -1.0]))
        / (4.0 * STEP * STEP);
    let determinant = a * c - b * b;
    if !(determinant > 0.0 && a > 0.0) {
        return None;
    }
    let covariance = [[c / determinant, -b / determinant], [-b / determinant, a / determinant]];
    Some(Peak { at, value: top, covariance })
}

impl Peak {
    /// A positive number that depends on the parameters, with its 95 % interval on the scale of its logarithm.
    pub(super) fn estimate(&self, of: impl Fn([f64; 2]) -> f64) -> Estimated {
        const STEP: f64 = 1e-4;
        let log = |at: [f64; 2]| libm::log(of(at));
        let [x, y] = self.at;
        let slope = [
            (log([x + STEP, y]) - log([x - STEP, y])) / (2.0 * STEP),
            (log([x, y + STEP]) - log([x, y - STEP])) / (2.0 * STEP),
        ];
        let [[a, b], [_, c]] = self.covariance;
        let variance = slope[0] * slope[0] * a + 2.0 * slope[0] * slope[1] * b + slope[1] * slope[1] * c;
        let value = of(self.at);
        let factor = libm::exp(DEVIATIONS * variance.max(0.0).sqrt());
        Estimated { value, low: value / factor, high: value * factor }
    }
}

/// A number that was estimated, and its 95 % interval.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Estimated {
    /// The likeliest.
    pub value: f64,
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

impl Estimated {
    /// So many of all; the interval is Wilson's.
    pub(super) fn share(count: usize, all: usize) -> Estimated {
        let (count, all) = (count as f64, all as f64);
        let value = count / all;
        let squares = DEVIATIONS * DEVIATIONS;
        let middle = (count + squares / 2.0) / (all + squares);
        let width = DEVIATIONS / (all + squares) * (count * (1.0 - value) + squares / 4.0).sqrt();
        Estimated { value, low: middle - width, high: middle + width }
    }

    /// One less a share that is left; `variance` is that of the logarithm of the share.
    pub(super) fn rest(left: f64, variance: f64) -> Estimated {
        let factor = libm::exp(DEVIATIONS * variance.sqrt());
        let of = |left: f64| (1.0 - left).clamp(0.0, 1.0);
        Estimated { value: of(left), low: of(left * factor), high: of(left / factor) }
    }
}

/// Nelder & Mead (1965), in the plane.
fn climb(start: [f64; 2], value: &impl Fn([f64; 2]) -> f64) -> [f64; 2] {
    let mut corners =
        [start, [start[0] + 0.2, start[1]], [start[0], start[1] + 0.2]].map(|at| (value(at), at));
    for _ in 0..300 {
        corners.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
        let [best, middle, worst] = corners;
        let size = (best.1[0] - worst.1[0]).abs().max((best.1[1] - worst.1[1]).abs());
        if size < 1e-8 {
            break;
        }
        let centre = [0, 1].map(|axis| (best.1[axis] + middle.1[axis]) / 2.0);
        let along = |by: f64| {
            let at = [0, 1].map(|axis| centre[axis] + by * (worst.1[axis] - centre[axis]));
            (value(at), at)
        };
        let mirrored = along(-1.0);
        let next = if mirrored.0 > best.0 {
            let farther = along(-2.0);
            Some(if farther.0 > mirrored.0 { farther } else { mirrored })
        } else if mirrored.0 > middle.0 {
            Some(mirrored)
        } else {
            let nearer = if mirrored.0 > worst.0 { along(-0.5) } else { along(0.5) };
            Some(nearer).filter(|nearer| nearer.0 > worst.0.max(mirrored.0.min(worst.0)))
        };
        match next {
            Some(next) => corners[2] = next,
            None => {
                for corner in &mut corners[1..] {
                    let at = [0, 1].map(|axis| (corner.1[axis] + best.1[axis]) / 2.0);
                    *corner = (value(at), at);
                }
            }
        }
    }
    corners.sort_unstable_by(|one, other| other.0.total_cmp(&one.0));
    corners[0].1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_hill_is_found_with_its_width() {
        // A normal likelihood with variances 0.04 and 0.09 and correlation 0.5.
        let (a, b, c) = (0.04, 0.5 * 0.2 * 0.3, 0.09);
        let determinant = a * c - b * b;
        let hill = |[x, y]: [f64; 2]| {
            let (x, y) = (x - 1.0, y + 2.0);
            -(c * x * x - 2.0 * b * x * y + a * y * y) / (2.0 * determinant)
        };
        let peak = peak([0.0, 0.0], hill).expect("there is one");
        assert!((peak.at[0] - 1.0).abs() < 1e-6 && (peak.at[1] + 2.0).abs() < 1e-6, "{peak:?}");
        let sum = peak.estimate(|[x, y]| libm::exp(x + y));
        // Variance of the sum: .04 + .09 + 2 x .03.
        assert!((sum.value - libm::exp(-1.0)).abs() < 1e-6);
        assert!((libm::log(sum.high / sum.value) - DEVIATIONS * 0.19f64.sqrt()).abs() < 1e-4, "{sum:?}");
    }
}
