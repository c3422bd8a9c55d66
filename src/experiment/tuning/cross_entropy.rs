//! The cross-entropy method (Rubinstein 1999; Rubinstein & Kroese 2004, "The Cross-Entropy Method"): points are drawn
//! from a distribution, which then moves to where the best of them lie, and narrows.

use crate::random::{Key, normal_quantile, unit};

/// The best part of a generation decides on the next one.
const ELITE: f64 = 0.2;

/// How far the distribution moves in one generation; less, so that it does not settle on the first luck.
const STEP: f64 = 0.7;

/// It has settled where no setting spreads by more of its range.
const SETTLED: f64 = 0.01;

/// The distribution of the points, each setting's range as 0 to 1.
#[derive(Clone, Debug)]
pub(super) struct CrossEntropy {
    key: Key,
    generation: u64,
    mean: Vec<f64>,
    spread: Vec<f64>,
}

impl CrossEntropy {
    /// Of so many settings, under a seed.
    pub(super) fn new(settings: usize, seed: u64) -> CrossEntropy {
        let key = Key::seed(seed).named("cross-entropy");
        CrossEntropy { key, generation: 0, mean: vec![0.5; settings], spread: vec![0.5; settings] }
    }

    /// Points for the next generation. Those of the first one are spread evenly over every setting's range (a Latin
    /// hypercube); what the normal distribution has beyond a range lies on its border, as the best often does.
    pub(super) fn points(&mut self, count: usize) -> Vec<Vec<f64>> {
        let key = self.key.child(self.generation);
        let uniform = |point: usize, setting: usize| unit(key.child(setting as u64).nth(point as u64));
        let strata: Vec<Vec<usize>> = (0..self.mean.len())
            .map(|setting| {
                let names = key.child(setting as u64).child(u64::MAX);
                let mut order: Vec<usize> = (0..count).collect();
                order.sort_by_key(|point| names.nth(*point as u64));
                order
            })
            .collect();
        let first = self.generation == 0;
        self.generation += 1;
        let coordinate = |point: usize, setting: usize| {
            let u = (strata[setting][point] as f64 + uniform(point, setting)) / count as f64;
            if first {
                u
            } else {
                (self.mean[setting] + self.spread[setting] * normal_quantile(u)).clamp(0.0, 1.0)
            }
        };
        (0..count)
            .map(|point| (0..self.mean.len()).map(|setting| coordinate(point, setting)).collect())
            .collect()
    }

    /// Moves towards the best of a generation, given from the best to the worst.
    pub(super) fn learn(&mut self, ranked: &[&[f64]]) {
        let elite = &ranked[..((ranked.len() as f64 * ELITE).ceil() as usize).clamp(1, ranked.len())];
        // The first generation says nothing of where to be but by its best.
        let step = if self.generation == 1 { 1.0 } else { STEP };
        for setting in 0..self.mean.len() {
            let all = || elite.iter().map(|point| point[setting]);
            let mean = all().sum::<f64>() / elite.len() as f64;
            let variance = all().map(|x| (x - mean) * (x - mean)).sum::<f64>() / elite.len() as f64;
            self.mean[setting] += step * (mean - self.mean[setting]);
            self.spread[setting] += step * (variance.sqrt() - self.spread[setting]);
        }
    }

    /// Where it is.
    pub(super) fn mean(&self) -> &[f64] {
        &self.mean
    }

    /// The widest spread of all settings.
    pub(super) fn widest(&self) -> f64 {
        self.spread.iter().copied().fold(0.0, f64::max)
    }

    /// Whether another generation would find nothing else.
    pub(super) fn has_settled(&self) -> bool {
        self.widest() < SETTLED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Minimises a function with 24 points a generation; gives the best of all points, and how many generations it took.
    fn minimum(of: impl Fn(&[f64]) -> f64, settings: usize, seed: u64) -> (Vec<f64>, usize) {
        let mut search = CrossEntropy::new(settings, seed);
        let (mut generations, mut best) = (0, vec![0.5; settings]);
        while !search.has_settled() && generations < 40 {
            let points = search.points(24);
            let mut ranked: Vec<&[f64]> = points.iter().map(Vec::as_slice).collect();
            ranked.sort_by(|a, b| of(a).total_cmp(&of(b)));
            search.learn(&ranked);
            if of(ranked[0]) < of(&best) {
                best = ranked[0].to_vec();
            }
            generations += 1;
        }
        (best, generations)
    }

    #[test]
    fn it_settles_where_the_least_is() {
        for seed in 0..5 {
            let bowl = |x: &[f64]| {
                let (a, b) = (x[0] - 0.3, x[1] - 0.8);
                a * a + 3.0 * b * b + 0.5 * a * b
            };
            let (found, generations) = minimum(bowl, 2, seed);
            assert!((found[0] - 0.3).abs() < 0.03 && (found[1] - 0.8).abs() < 0.03, "{found:?}");
            assert!(generations < 20, "{generations}");
            // On the border of a range.
            let (found, _) = minimum(|x| x[0] - x[1], 2, seed);
            assert!(found[0] < 0.01 && found[1] > 0.99, "{found:?}");
        }
    }

    #[test]
    fn the_first_points_lie_evenly_in_every_range() {
        let points = CrossEntropy::new(3, 7).points(10);
        for setting in 0..3 {
            let mut tenths: Vec<usize> =
                points.iter().map(|point| (point[setting] * 10.0) as usize).collect();
            tenths.sort_unstable();
            assert_eq!(tenths, (0..10).collect::<Vec<_>>());
        }
    }
}
