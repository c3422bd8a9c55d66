//! Which of several systems is the best, with a guarantee: the fully sequential procedure KN (Kim &
//! Nelson 2001, "A fully sequential procedure for indifference-zone selection in simulation", with c = 1).
//!
//! With at least the asked probability the chosen system is the best one, wherever the best is better
//! than all others by `delta` or more. It allows common random numbers: only variances of differences
//! enter. Systems leave as soon as they are far enough behind.

/// A race of systems, larger values being better.
#[derive(Clone, Debug)]
pub struct KimNelson {
    delta: f64,
    /// h² S² / δ² by pair: the replication from which on the pair is decided by its sums alone.
    horizons: Vec<Vec<f64>>,
    sums: Vec<f64>,
    /// Replications of each; of those in the race, as many as were added so far.
    taken: Vec<u64>,
    /// Those still in the race, ascending.
    contenders: Vec<usize>,
}

impl KimNelson {
    /// After a first stage: by system, its value in each replication (the same replications for all,
    /// two or more), larger being better. `delta` is the smallest difference that matters.
    ///
    /// # Panics
    /// When there are no systems, fewer than two replications, or different numbers of them; or when
    /// `delta` or `confidence` is out of range.
    #[must_use]
    pub fn new(first_stage: &[Vec<f64>], delta: f64, confidence: f64) -> KimNelson {
        let replications = first_stage[0].len();
        assert!(replications >= 2 && first_stage.iter().all(|values| values.len() == replications));
        assert!(delta > 0.0 && confidence > 0.0 && confidence < 1.0);
        let scale = h_squared(first_stage.len(), replications, confidence) / (delta * delta);
        let horizon = |a: &Vec<f64>, b: &Vec<f64>| scale * variance_of_difference(a, b);
        let horizons =
            first_stage.iter().map(|a| first_stage.iter().map(|b| horizon(a, b)).collect()).collect();
        let mut race = KimNelson {
            delta,
            horizons,
            sums: first_stage.iter().map(|values| values.iter().sum()).collect(),
            taken: vec![replications as u64; first_stage.len()],
            contenders: (0..first_stage.len()).collect(),
        };
        race.screen();
        race
    }

    /// Those still in the race, ascending; one when it is over.
    #[must_use]
    pub fn contenders(&self) -> &[usize] {
        &self.contenders
    }

    /// The best, once the race is over.
    #[must_use]
    pub fn best(&self) -> Option<usize> {
        match self.contenders.as_slice() {
            [best] => Some(*best),
            _ => None,
        }
    }

    /// How many replications each system got.
    #[must_use]
    pub fn taken(&self) -> &[u64] {
        &self.taken
    }

    /// The race is over after so many replications at the latest.
    #[must_use]
    pub fn at_most(&self) -> u64 {
        let pairs = self.contenders.iter().flat_map(|&i| self.contenders.iter().map(move |&j| (i, j)));
        let longest = pairs.map(|(i, j)| self.horizons[i][j]).fold(0.0, f64::max);
        (libm::floor(longest) as u64).saturating_add(1).max(self.replications())
    }

    /// Takes one more replication of each contender, in their order.
    ///
    /// # Panics
    /// When there are not as many values as contenders.
    pub fn add(&mut self, values: &[f64]) {
        assert_eq!(values.len(), self.contenders.len(), "one value a contender");
        for (&system, value) in self.contenders.iter().zip(values) {
            self.sums[system] += value;
            self.taken[system] += 1;
        }
        self.screen();
    }

    fn replications(&self) -> u64 {
        self.contenders.first().map_or(0, |&system| self.taken[system])
    }

    /// Those leave who are behind anyone by more than chance allows, and at the end all but the best.
    fn screen(&mut self) {
        let replications = self.replications();
        let behind = |i: usize, j: usize| {
            let margin = (self.delta / 2.0 * (self.horizons[i][j] - replications as f64)).max(0.0);
            self.sums[i] < self.sums[j] - margin
        };
        let stays = |i: &usize| !self.contenders.iter().any(|&j| behind(*i, j));
        let mut staying: Vec<usize> = self.contenders.iter().copied().filter(stays).collect();
        if replications >= self.at_most() {
            // Exact ties: the first.
            staying.truncate(1);
        }
        self.contenders = staying;
    }
}

/// h² = 2 η (n₀ - 1) with η = ½ ((2 α / (k - 1))^(-2 / (n₀ - 1)) - 1).
fn h_squared(systems: usize, first_stage: usize, confidence: f64) -> f64 {
    let (others, degrees) = ((systems.max(2) - 1) as f64, first_stage as f64 - 1.0);
    let eta = 0.5 * (libm::pow(2.0 * (1.0 - confidence) / others, -2.0 / degrees) - 1.0);
    2.0 * eta.max(0.0) * degrees
}

fn variance_of_difference(a: &[f64], b: &[f64]) -> f64 {
    let n = a.len() as f64;
    let differences = a.iter().zip(b).map(|(a, b)| a - b);
    let mean = differences.clone().sum::<f64>() / n;
    differences.map(|difference| (difference - mean) * (difference - mean)).sum::<f64>() / (n - 1.0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Key, normal_quantile, unit};

    #[test]
    fn the_constant_by_hand() {
        // Five systems, ten replications first, 95 %: η = ½ (0.025^(-2/9) - 1) = 0.63497, h² = 18 η.
        assert!((h_squared(5, 10, 0.95) - 11.43).abs() < 5e-3, "{}", h_squared(5, 10, 0.95));
    }

    /// Normal values, `shared` of whose variance is common to all systems; the race's end.
    fn race(macro_replication: u64, means: &[f64], shared: f64) -> KimNelson {
        let name = Key::seed(20_261_123).child(macro_replication);
        let normal = |system: u64, replication: u64| {
            normal_quantile(unit(name.child(system).child(replication).value()))
        };
        let value = |system: usize, replication: u64| {
            let own = normal(system as u64 + 1, replication);
            means[system] + shared.sqrt() * normal(0, replication) + (1.0 - shared).sqrt() * own
        };
        let first: Vec<Vec<f64>> =
            (0..means.len()).map(|system| (0..10).map(|r| value(system, r)).collect()).collect();
        let mut race = KimNelson::new(&first, 0.5, 0.95);
        let mut replication = 10;
        while race.best().is_none() {
            let values: Vec<f64> =
                race.contenders().iter().map(|&system| value(system, replication)).collect();
            race.add(&values);
            replication += 1;
        }
        race
    }

    /// The hardest case: the best ahead of all others by exactly delta. The procedure is known to be
    /// careful, so the test also asks that it does not merely play on for ever.
    #[test]
    fn the_best_is_found_as_often_as_asked() {
        const MACRO: u64 = 2000;
        let means = [0.0, 0.0, 0.5, 0.0, 0.0];
        let mut plays = Vec::new();
        for shared in [0.0, 0.8] {
            let races: Vec<KimNelson> = (0..MACRO).map(|number| race(number, &means, shared)).collect();
            let right = races.iter().filter(|race| race.best() == Some(2)).count() as f64;
            let least = 0.95 - 3.0 * (0.95 * 0.05 / MACRO as f64).sqrt();
            assert!(right / MACRO as f64 >= least, "{right} of {MACRO} with {shared} in common");
            let taken: u64 = races.iter().flat_map(|race| race.taken()).sum();
            plays.push(taken as f64 / MACRO as f64);
        }
        // What all have in common shortens the race.
        assert!(plays[1] < 0.4 * plays[0], "{plays:?}");
    }

    #[test]
    fn clear_losers_leave_at_once_and_ties_end() {
        let race = race(1, &[0.0, 9.0, 1.0], 0.5);
        assert_eq!((race.best(), race.taken()), (Some(1), [10, 10, 10].as_slice()));
        let tied = KimNelson::new(&[vec![1.0, 2.0, 4.0], vec![1.0, 2.0, 4.0]], 0.1, 0.95);
        assert_eq!(tied.best(), Some(0));
        let alone = KimNelson::new(&[vec![1.0, 2.0]], 0.1, 0.95);
        assert_eq!(alone.best(), Some(0));
    }

    #[test]
    fn nobody_leaves_before_chance_allows_it() {
        // One pair, n₀ = 2: η = ½ (0.1^-2 - 1) = 49.5, h² = 99. Differences 1 and 3: S² = 2, so with
        // δ = 2 the pair is decided at 49.5 by its sums alone, and until then by 49.5 - r.
        let mut race = KimNelson::new(&[vec![1.0, 3.0], vec![0.0, 0.0]], 2.0, 0.95);
        assert_eq!((race.contenders().len(), race.at_most()), (2, 50));
        race.add(&[41.0, 0.0]);
        assert_eq!(race.best(), None, "45 ahead, 46.5 needed");
        race.add(&[0.4, 0.0]);
        assert_eq!(race.best(), None, "45.4 ahead, 45.5 needed");
        race.add(&[0.0, 0.0]);
        assert_eq!((race.best(), race.taken()), (Some(0), [5, 5].as_slice()), "45.4 ahead, 44.5 needed");
    }
}
