//! Differences of figures between systems that were played with the same random numbers.
//!
//! Each replication gives every system a pair of sums; a figure is the ratio of their expectations.
//! What the same customers do to both systems cancels out of the difference, replication by
//! replication (common random numbers: Distribution 2015, section 11.2).

use super::{Estimated, Moments, Sampling, student_multiple};

/// One replication's two sums whose expectations' ratio is a figure; `under` is 1 for a mean.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Terms {
    /// The numerator.
    pub over: f64,
    /// The denominator.
    pub under: f64,
}

/// A ratio as a mean of what replications add to it: exact but for terms of the second order (delta method).
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LinearRatio {
    /// The ratio of the expectations.
    pub value: f64,
    /// The mean of the denominators.
    mean: f64,
}

impl LinearRatio {
    /// What stands for a ratio without observations: nothing is better or worse.
    pub const UNSEEN: LinearRatio = LinearRatio { value: 0.0, mean: 1.0 };

    /// The ratio of some replications; `None` where all denominators are zero.
    #[must_use]
    pub fn of(terms: impl ExactSizeIterator<Item = Terms>) -> Option<LinearRatio> {
        let count = terms.len() as f64;
        let (over, under) = terms.fold((0.0, 0.0), |(over, under), it| (over + it.over, under + it.under));
        (under != 0.0).then(|| LinearRatio { value: over / under, mean: under / count })
    }

    /// How one replication moves the ratio: (x - r y) / mean y.
    #[must_use]
    pub fn residual(&self, terms: Terms) -> f64 {
        (terms.over - self.value * terms.under) / self.mean
    }

    /// Mean and variance of what replications add to the ratio.
    #[must_use]
    pub fn moments(&self, terms: impl ExactSizeIterator<Item = Terms>) -> (f64, f64) {
        let free = (terms.len() as f64 - 1.0).max(1.0);
        let squares: f64 = terms.map(|it| self.residual(it)).map(|residual| residual * residual).sum();
        (self.value, squares / free)
    }
}

/// A difference of two figures of the same replications.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PairedDifference {
    /// Its value and its error, replication by replication.
    pub difference: Estimated,
    /// The error that as many independent replications of each would leave.
    pub independent_error: Option<f64>,
}

impl PairedDifference {
    /// How many times as many replications independent runs would need for the same error: the ratio
    /// of the variances. Infinite where all replications have the same difference; `None` from a single
    /// replication, and where independent runs would have no error either.
    #[must_use]
    pub fn saving(&self) -> Option<f64> {
        let (paired, independent) = (self.difference.standard_error?, self.independent_error?);
        (independent > 0.0).then(|| (independent / paired) * (independent / paired))
    }
}

/// The ratio of the expectations, with its delta-method error. `None` where all denominators are zero:
/// no observations.
#[must_use]
pub fn ratio_of_terms(terms: &[Terms], sampling: Sampling) -> Option<Estimated> {
    let (value, residuals) = linearised(terms)?;
    Some(Estimated { value, standard_error: error(residuals, sampling) })
}

/// The figure of `one` less that of `base`, from the same replications in the same order. `None` where
/// either has no observations.
///
/// # Panics
/// When they have different numbers of replications.
#[must_use]
pub fn paired_difference(one: &[Terms], base: &[Terms], sampling: Sampling) -> Option<PairedDifference> {
    assert_eq!(one.len(), base.len(), "the same replications");
    let (value, residuals) = linearised(one)?;
    let (base_value, base_residuals) = linearised(base)?;
    let paired = residuals.clone().zip(base_residuals.clone()).map(|(one, base)| one - base);
    let difference = Estimated { value: value - base_value, standard_error: error(paired, sampling) };
    let independent_error = error(residuals, sampling)
        .zip(error(base_residuals, sampling))
        .map(|(one, base)| libm::hypot(one, base));
    Some(PairedDifference { difference, independent_error })
}

/// The ratio, and each replication's residual.
fn linearised(terms: &[Terms]) -> Option<(f64, impl Iterator<Item = f64> + Clone + '_)> {
    let linear = LinearRatio::of(terms.iter().copied())?;
    Some((linear.value, terms.iter().map(move |terms| linear.residual(*terms))))
}

/// The standard error of a mean of residuals whose sum is zero; `None` from too few.
fn error(residuals: impl Iterator<Item = f64>, sampling: Sampling) -> Option<f64> {
    let mut moments = Moments::sampled(1, sampling);
    residuals.for_each(|residual| moments.add(&[residual]));
    moments.mean(&[(0, 1.0)])?.standard_error
}

/// The multiple of a standard error from so many replications that makes an interval; `None` where there is none.
#[must_use]
pub fn interval_multiple(confidence: f64, replications: usize, sampling: Sampling) -> Option<f64> {
    let mut moments = Moments::sampled(1, sampling);
    (0..replications).for_each(|_| moments.add(&[0.0]));
    moments.degrees().and_then(|degrees| student_multiple(confidence, degrees))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(pairs: &[(f64, f64)]) -> Vec<Terms> {
        pairs.iter().map(|&(over, under)| Terms { over, under }).collect()
    }

    #[test]
    fn a_difference_of_means_is_the_textbook_paired_t() {
        let one = terms(&[(3.0, 1.0), (5.0, 1.0), (10.0, 1.0)]);
        let base = terms(&[(1.0, 1.0), (4.0, 1.0), (7.0, 1.0)]);
        let paired = paired_difference(&one, &base, Sampling::Independent).unwrap();
        // Differences 2, 1, 3: mean 2, variance 1. Variances 13 and 9 of their own.
        assert!((paired.difference.value - 2.0).abs() < 1e-12);
        assert!((paired.difference.standard_error.unwrap() - (1.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!((paired.independent_error.unwrap() - (22.0_f64 / 3.0).sqrt()).abs() < 1e-12);
        assert!((paired.saving().unwrap() - 22.0).abs() < 1e-9);
    }

    #[test]
    fn a_difference_of_ratios_by_hand() {
        // 10 / 20 and 6 / 24. Residuals: (1 - 0.5 * 4, 9 - 0.5 * 16) / 10 = -0.1, 0.1, and
        // (2 - 0.25 * 4, 4 - 0.25 * 20) / 12 = 1/12, -1/12.
        let one = terms(&[(1.0, 4.0), (9.0, 16.0)]);
        let base = terms(&[(2.0, 4.0), (4.0, 20.0)]);
        let paired = paired_difference(&one, &base, Sampling::Independent).unwrap();
        assert!((paired.difference.value - 0.25).abs() < 1e-12);
        assert!((paired.difference.standard_error.unwrap() - (0.1 + 1.0 / 12.0)).abs() < 1e-12);
        let independent = (0.01_f64 + 1.0 / 144.0).sqrt();
        assert!((paired.independent_error.unwrap() - independent).abs() < 1e-12);
        assert!(paired.saving().unwrap() < 1.0, "these move against each other");
    }

    #[test]
    fn it_agrees_with_the_moments_of_both_in_one_vector() {
        let data = [[3.0, 8.0, 2.0, 9.0], [6.0, 11.0, 7.0, 13.0], [2.0, 7.0, 1.0, 6.0], [5.0, 5.0, 3.0, 6.0]];
        let mut moments = Moments::new(4);
        data.iter().for_each(|values| moments.add(values));
        let pick = |x: usize, y: usize| terms(&data.map(|values| (values[x], values[y])));
        let paired = paired_difference(&pick(0, 1), &pick(2, 3), Sampling::Independent).unwrap();
        let joint = moments.difference((&[(0, 1.0)], &[(1, 1.0)]), (&[(2, 1.0)], &[(3, 1.0)])).unwrap();
        assert!((paired.difference.value - joint.value).abs() < 1e-12);
        let (a, b) = (paired.difference.standard_error.unwrap(), joint.standard_error.unwrap());
        assert!((a - b).abs() < 1e-12, "{a} {b}");
        let alone = (
            ratio_of_terms(&pick(0, 1), Sampling::Independent).unwrap(),
            moments.ratio(&[(0, 1.0)], &[(1, 1.0)]).unwrap(),
        );
        assert!((alone.0.standard_error.unwrap() - alone.1.standard_error.unwrap()).abs() < 1e-12);
    }

    #[test]
    fn what_was_not_seen_has_no_difference_and_equals_have_no_error() {
        let (some, none) = (terms(&[(1.0, 3.0), (2.0, 7.0)]), terms(&[(0.0, 0.0), (0.0, 0.0)]));
        assert_eq!(paired_difference(&some, &none, Sampling::Independent), None);
        let same = paired_difference(&some, &some, Sampling::Independent).unwrap();
        assert_eq!((same.difference.value, same.difference.standard_error), (0.0, Some(0.0)));
        assert_eq!(same.saving(), Some(f64::INFINITY));
        let single = paired_difference(&some[..1], &some[..1], Sampling::Independent).unwrap();
        assert_eq!((single.difference.standard_error, single.saving()), (None, None));
    }
}
