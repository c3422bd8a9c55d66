//! How probably each of several systems is the best, given what was played: by resampling replications.

use crate::random::{Key, unit};

use super::Terms;

/// Resamples: the probability of a system that is as good as another is known to a point or so.
const RESAMPLES: u64 = 2000;

/// The share of resamples of the replications in which each system has the best ratio (the bootstrap: Efron 1979,
/// Annals of Statistics 7:1-26). A resample takes the same replications of all systems, so that what common customers
/// do to all of them cancels out. Ties are shared. Systems without observations are never the best; `None` from fewer than two
/// replications.
#[must_use]
pub fn probability_best(systems: &[Vec<Terms>], higher_is_better: bool) -> Option<Vec<f64>> {
    let replications = systems.first().map(Vec::len).filter(|replications| *replications >= 2)?;
    let sign = if higher_is_better { 1.0 } else { -1.0 };
    let name = Key::seed(0).named("which is the best");
    let mut best = vec![0.0; systems.len()];
    let mut times = vec![0_u32; replications];
    for resample in 0..RESAMPLES {
        times.fill(0);
        let draws = name.child(resample);
        for draw in 0..replications {
            let at = (unit(draws.nth(draw as u64)) * replications as f64) as usize;
            times[at.min(replications - 1)] += 1;
        }
        let ratio = |terms: &Vec<Terms>| {
            let (over, under) = terms.iter().zip(&times).fold((0.0, 0.0), |(over, under), (terms, times)| {
                (over + f64::from(*times) * terms.over, under + f64::from(*times) * terms.under)
            });
            if under == 0.0 { f64::NEG_INFINITY } else { sign * over / under }
        };
        let ratios: Vec<f64> = systems.iter().map(ratio).collect();
        let first = ratios.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if first == f64::NEG_INFINITY {
            continue;
        }
        let winners = ratios.iter().filter(|ratio| **ratio == first).count() as f64;
        best.iter_mut()
            .zip(&ratios)
            .filter(|(_, ratio)| **ratio == first)
            .for_each(|(sum, _)| *sum += 1.0 / winners);
    }
    Some(best.into_iter().map(|sum| sum / RESAMPLES as f64).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[f64]) -> Vec<Terms> {
        values.iter().map(|value| Terms { over: *value, under: 1.0 }).collect()
    }

    #[test]
    fn who_is_better_in_every_replication_is_surely_the_best() {
        let (good, bad) = (of(&[3.0, 9.0, 5.0]), of(&[2.0, 8.0, 4.0]));
        assert_eq!(probability_best(&[good.clone(), bad.clone()], true), Some(vec![1.0, 0.0]));
        assert_eq!(probability_best(&[good, bad], false), Some(vec![0.0, 1.0]));
    }

    #[test]
    fn equals_share_and_a_single_replication_tells_nothing() {
        let same = of(&[1.0, 2.0]);
        assert_eq!(probability_best(&[same.clone(), same], true), Some(vec![0.5, 0.5]));
        assert_eq!(probability_best(&[of(&[1.0])], true), None);
        let unseen = vec![Terms { over: 0.0, under: 0.0 }; 2];
        assert_eq!(probability_best(&[unseen, of(&[1.0, 2.0])], true), Some(vec![0.0, 1.0]));
    }

    #[test]
    fn the_probability_is_that_of_the_mean_difference() {
        // One leads by 1 in the mean, with a standard deviation of 5 over 25 replications: its mean difference is one
        // standard error above zero, so the normal distribution gives 84 %.
        let differences: Vec<f64> =
            (0..25).map(|i| 1.0 + 5.0 * f64::from(i - 12) / 52.0_f64.sqrt()).collect();
        let other = of(&[0.0; 25]);
        let probability = probability_best(&[of(&differences), other], true).expect("it is known")[0];
        assert!((probability - 0.84).abs() < 0.03, "{probability}");
    }
}
