//! Where a fixed budget of replications does most to find the best system: optimal computing budget
//! allocation (Chen, Lin, Yücesan & Chick 2000, theorem 1).

/// Shares `budget` replications out over systems with these means and variances, of which the one
/// with the smallest mean is the best (turn the signs of the means to maximise): the others get what is
/// proportional to variance / gap², the best one σ √Σ(Nᵢ² / σᵢ²). Whole numbers by largest remainder, so
/// that they sum to the budget. Of equally good systems the first counts as the best, and gaps of zero
/// as tiny ones.
///
/// ```
/// let shares = holdline::estimate::ocba(&[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0, 1.0, 9.0, 9.0, 4.0], 50);
/// assert_eq!(shares, [11, 9, 19, 9, 2]);
/// ```
///
/// # Panics
/// When there are not as many variances as means.
#[must_use]
pub fn ocba(means: &[f64], variances: &[f64], budget: u64) -> Vec<u64> {
    assert_eq!(means.len(), variances.len(), "a variance for each mean");
    let Some(best) = (0..means.len()).min_by(|&a, &b| means[a].total_cmp(&means[b])) else {
        return Vec::new();
    };
    let widest = means.iter().map(|mean| mean - means[best]).fold(0.0, f64::max);
    let tiny = if widest > 0.0 { 1e-6 * widest } else { 1.0 };
    let mut weights: Vec<f64> = means
        .iter()
        .zip(variances)
        .map(|(mean, variance)| {
            let gap = (mean - means[best]).max(tiny);
            variance / (gap * gap)
        })
        .collect();
    // N² / σ² of a system without variance is zero, as is its N.
    let others = (0..means.len()).filter(|&i| i != best && variances[i] > 0.0);
    let squares: f64 = others.map(|i| weights[i] * weights[i] / variances[i]).sum();
    weights[best] = libm::sqrt(variances[best] * squares);
    whole(&weights, budget)
}

/// Whole numbers in proportion to weights that sum to `budget`; equal ones where all weights are zero.
fn whole(weights: &[f64], budget: u64) -> Vec<u64> {
    let sum: f64 = weights.iter().sum();
    let share = |weight: f64| {
        if sum > 0.0 { budget as f64 * weight / sum } else { budget as f64 / weights.len() as f64 }
    };
    let exact: Vec<f64> = weights.iter().map(|&weight| share(weight)).collect();
    let mut shares: Vec<u64> = exact.iter().map(|share| *share as u64).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    let rest = |i: usize| exact[i] - libm::floor(exact[i]);
    order.sort_by(|&a, &b| rest(b).total_cmp(&rest(a)));
    let left = budget.saturating_sub(shares.iter().sum());
    for &i in order.iter().cycle().take(left as usize) {
        shares[i] += 1;
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_published_example() {
        // By hand: 1 : 2.25 : 1 : 0.25 for the others, √(1 + 0.5625 + 0.1111 + 0.0156) = 1.2997 for the best.
        let shares = ocba(&[1.0, 2.0, 3.0, 4.0, 5.0], &[1.0, 1.0, 9.0, 9.0, 4.0], 50);
        assert_eq!(shares, [11, 9, 19, 9, 2]);
    }

    #[test]
    fn two_systems_get_shares_like_their_deviations() {
        assert_eq!(ocba(&[5.0, 3.0], &[4.0, 1.0], 30), [20, 10]);
    }

    #[test]
    fn the_budget_is_spent_whatever_the_numbers() {
        for (means, variances) in [
            (vec![2.0, 2.0, 2.0], vec![1.0, 1.0, 1.0]),
            (vec![1.0, 2.0, 3.0], vec![0.0, 0.0, 0.0]),
            (vec![-3.0, 2.0, -3.0], vec![0.0, 5.0, 1.0]),
        ] {
            let shares = ocba(&means, &variances, 101);
            assert_eq!(shares.iter().sum::<u64>(), 101, "{shares:?}");
        }
        assert!(ocba(&[], &[], 10).is_empty());
    }
}
