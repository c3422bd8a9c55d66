//! Ratios of expectations, E[X] / E[Y], with delta-method intervals over replications
//! (Cochran 1977, chapter 6; Distribution 2015, section 9.5: the classical ratio estimator).

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
        (n > 0.0).then(|| Estimated {
            value: self.sum(form) / n,
            standard_error: self.standard_error(self.scatter(form)),
        })
    }

    /// The ratio of the expectations of two linear forms: sum / sum. `None` when the denominator
    /// is zero: no observations.
    #[must_use]
    pub fn ratio(&self, over: Form, under: Form) -> Option<Estimated> {
        let (x, y) = (self.sum(over), self.sum(under));
        if y == 0.0 {
            return None;
        }
        let ratio = x / y;
        // Residuals x - r y have mean zero by construction.
        let scatter = self.product(over, over) - 2.0 * ratio * self.product(over, under)
            + ratio * ratio * self.product(under, under);
        let error = self.standard_error(scatter).map(|error| error / (y / self.replications() as f64).abs());
        Some(Estimated { value: ratio, standard_error: error })
    }

    /// `E[X] E[Y] / E[Z]` of three linear forms, with the error of all three (delta method). `None` when
    /// the denominator is zero.
    #[must_use]
    pub fn product_ratio(&self, x: Form, y: Form, z: Form) -> Option<Estimated> {
        let n = self.replications() as f64;
        let [x_mean, y_mean, z_mean] = [x, y, z].map(|form| self.sum(form) / n);
        if n == 0.0 || z_mean == 0.0 {
            return None;
        }
        // The gradient as a linear form: its mean is the value itself, its spread that of the value.
        let mut gradient: Vec<(usize, f64)> = Vec::new();
        gradient.extend(x.iter().map(|&(i, w)| (i, w * y_mean / z_mean)));
        gradient.extend(y.iter().map(|&(i, w)| (i, w * x_mean / z_mean)));
        gradient.extend(z.iter().map(|&(i, w)| (i, -w * x_mean * y_mean / (z_mean * z_mean))));
        let error = self.mean(&gradient)?.standard_error;
        Some(Estimated { value: x_mean * y_mean / z_mean, standard_error: error })
    }

    /// The standard error of a smooth function of means and of ratios of means, by its slopes (delta method): of
    /// each argument the slope, the form above and, of a ratio, the form below.
    #[must_use]
    pub fn error_by_slopes(&self, arguments: &[(f64, Form, Option<Form>)]) -> Option<f64> {
        let n = self.replications() as f64;
        let mut gradient: Vec<(usize, f64)> = Vec::new();
        for &(slope, over, under) in arguments {
            let Some(under) = under else {
                gradient.extend(over.iter().map(|&(i, w)| (i, slope * w)));
                continue;
            };
            let denominator = self.sum(under) / n;
            let (ratio, weight) = (self.sum(over) / n / denominator, slope / denominator);
            gradient.extend(over.iter().map(|&(i, w)| (i, weight * w)));
            gradient.extend(under.iter().map(|&(i, w)| (i, -weight * ratio * w)));
        }
        self.mean(&gradient)?.standard_error.filter(|error| error.is_finite())
    }

    /// The difference of two ratios of the same replications, `one` - `other`, each (over, under):
    /// what both have in common, as the same customers, cancels out of its error. `None` when a
    /// denominator is zero.
    #[must_use]
    pub fn difference(&self, one: (Form, Form), other: (Form, Form)) -> Option<Estimated> {
        let n = self.replications() as f64;
        let mut residuals: Vec<(usize, f64)> = Vec::new();
        let mut value = 0.0;
        for ((over, under), sign) in [(one, 1.0), (other, -1.0)] {
            let denominator = self.sum(under);
            if denominator == 0.0 {
                return None;
            }
            let ratio = self.sum(over) / denominator;
            value += sign * ratio;
            let weight = sign * n / denominator;
            residuals.extend(over.iter().map(|&(i, w)| (i, weight * w)));
            residuals.extend(under.iter().map(|&(i, w)| (i, -weight * ratio * w)));
        }
        let error = self.standard_error(self.product(&residuals, &residuals));
        Some(Estimated { value, standard_error: error })
    }
}

/// The ratio of expectations `E[X] / E[Y]` from sums over `replications`: of x and y, and of x², xy and
/// y². `None` when y never was anything else than zero.
#[must_use]
pub fn ratio_of_sums(replications: u64, [x, y]: [f64; 2], [xx, xy, yy]: [f64; 3]) -> Option<Estimated> {
    let n = replications as f64;
    if y == 0.0 {
        return None;
    }
    let ratio = x / y;
    // Residuals x - r y have mean zero by construction.
    let spread = xx - 2.0 * ratio * xy + ratio * ratio * yy;
    let error = standard_error(spread, n).map(|error| error / (y / n).abs());
    Some(Estimated { value: ratio, standard_error: error })
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
    fn a_difference_knows_what_its_ratios_have_in_common() {
        let mut moments = Moments::new(3);
        for (x, noise, y) in [(3.0, 0.1, 10.0), (9.0, -0.2, 20.0), (11.0, 0.1, 36.0), (20.0, 0.0, 44.0)] {
            moments.add(&[x, x + noise + 1.0, y]);
        }
        let (one, other): ((Form, Form), (Form, Form)) =
            ((&[(1, 1.0)], &[(2, 1.0)]), (&[(0, 1.0)], &[(2, 1.0)]));
        let difference = moments.difference(one, other).unwrap();
        assert!((difference.value - 4.0 / 110.0).abs() < 1e-12);
        // The same as one ratio of the difference, as both have one denominator.
        let direct = moments.ratio(&[(1, 1.0), (0, -1.0)], &[(2, 1.0)]).unwrap();
        assert!((difference.standard_error.unwrap() - direct.standard_error.unwrap()).abs() < 1e-12);
        let alone = moments.ratio(one.0, one.1).unwrap();
        assert!(difference.standard_error.unwrap() < 0.5 * alone.standard_error.unwrap());
        assert_eq!(moments.difference(one, (&[(0, 1.0)], &[])), None);
        assert_eq!(moments.difference(one, one).unwrap().standard_error, Some(0.0));
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

    use crate::estimate::{Lengths, Sampling};

    fn squared(x: f64) -> f64 {
        x * x
    }

    fn sampled(sampling: Sampling, data: &[[f64; 2]], block: usize) -> Moments {
        let mut all = Moments::sampled(2, sampling);
        for block in data.chunks(block) {
            let mut part = Moments::sampled(2, sampling);
            block.iter().for_each(|values| part.add(values));
            all.merge(&part);
        }
        all
    }

    #[test]
    fn the_error_of_hands_is_what_neighbours_differ_by() {
        let lengths = Lengths { first: 60, most: 60 };
        // A trend over the strata from hand to hand, and +1, -1, +1, -1 within each.
        let noise = |i: usize| if i.is_multiple_of(2) { 1.0 } else { -1.0 };
        let data: Vec<[f64; 2]> = (0..60).map(|i| [100.0 * (i / 20) as f64 + noise(i), 1.0]).collect();
        let moments = sampled(Sampling::Hands(lengths), &data, 4);
        // Half a squared difference is 2, wherever two are of one hand; over 60 replications.
        let mean = moments.mean(&[(0, 1.0)]).unwrap();
        assert!((mean.value - 100.0).abs() < 1e-9);
        assert!((mean.standard_error.unwrap() - f64::sqrt(2.0 / 60.0)).abs() < 1e-12);
        assert_eq!(mean, moments.ratio(&[(0, 1.0)], &[(1, 1.0)]).unwrap());
        // 57 differences, 38 / 56 of a degree each.
        assert!((moments.degrees().unwrap() - 57.0 * 38.0 / 56.0).abs() < 1e-12);
        // What is not folded in blocks is the same; interrupted, it has no error.
        let whole = sampled(Sampling::Hands(lengths), &data, 60);
        assert_eq!(whole.mean(&[(0, 1.0)]), Some(mean));
        assert_eq!(sampled(Sampling::Hands(lengths), &data[..40], 4).degrees(), None);
    }

    #[test]
    fn the_error_of_sets_is_that_of_their_sums() {
        let lengths = Lengths { first: 50, most: 50 };
        let sampling = Sampling::Sets { size: 4, lengths };
        let data: Vec<[f64; 2]> = (0..50).map(|i| [((i * 7919) % 101) as f64, 1.0]).collect();
        let moments = sampled(sampling, &data, 4);
        let sums: Vec<(f64, f64)> =
            data.chunks(4).map(|set| (set.iter().map(|v| v[0]).sum(), set.len() as f64)).collect();
        let mean = data.iter().map(|v| v[0]).sum::<f64>() / 50.0;
        let scatter: f64 = sums.iter().map(|(sum, size)| squared(sum - mean * size)).sum();
        let error = f64::sqrt(scatter * 13.0 / 12.0) / 50.0;
        let found = moments.mean(&[(0, 1.0)]).unwrap();
        assert!((found.standard_error.unwrap() - error).abs() < 1e-12);
        assert!(
            (moments.ratio(&[(0, 1.0)], &[(1, 1.0)]).unwrap().standard_error.unwrap() - error).abs() < 1e-12
        );
        assert_eq!(moments.degrees(), Some(12.0));
        // Interrupted within a set: the set that was begun counts as a smaller one.
        let cut = sampled(sampling, &data[..10], 4);
        let mean = data[..10].iter().map(|v| v[0]).sum::<f64>() / 10.0;
        let scatter: f64 = sums[..2].iter().map(|(sum, size)| squared(sum - mean * size)).sum::<f64>()
            + squared(data[8][0] + data[9][0] - 2.0 * mean);
        let found = cut.mean(&[(0, 1.0)]).unwrap().standard_error.unwrap();
        assert!((found - f64::sqrt(scatter * 3.0 / 2.0) / 10.0).abs() < 1e-12);
    }
}
