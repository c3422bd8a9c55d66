//! Which of several centres is the best, with so many replications and no more: they go where they tell most
//! (optimal computing budget allocation, Chen, Lin, Yücesan & Chick 2000).

use std::ops::Range;

use crate::estimate::{LinearRatio, ocba};
use crate::figures::Taken;

use super::contest::Played;
use super::failure::Failure;
use super::watch::Watch;

/// Which one is the best, with a budget of replications.
#[derive(Clone, Debug, PartialEq)]
pub struct Budget {
    /// The dotted name of the figure.
    pub figure: String,
    /// Of all centres together, those that each is played in any case among them.
    pub replications: u64,
}

/// How a budget was spent.
#[derive(Clone, Debug, PartialEq)]
pub struct BudgetResult {
    /// The dotted name of the figure.
    pub figure: String,
    /// The one with the best mean.
    pub best: usize,
    /// How probably it is the best, at least about: normal means, each pair by itself (Bonferroni's inequality), as if
    /// the centres had customers of their own.
    pub probability: f64,
    /// How many replications each got.
    pub replications: Vec<u64>,
}

/// The budget is handed out in about so many steps, each by what is known then.
const STEPS: u64 = 20;

/// Of what a budget is spent.
pub(super) struct Spending<'a> {
    pub(super) budget: &'a Budget,
    /// The place of the figure.
    pub(super) index: usize,
    /// What makes larger values better.
    pub(super) sign: f64,
}

impl Spending<'_> {
    /// Spends what is left of the budget. `play` plays some centres further, and says whether it did.
    pub(super) fn spend(
        &self,
        mut played: Played,
        watch: &dyn Watch,
        play: impl Fn(&[usize], Range<u64>, &mut Played) -> Result<bool, Failure>,
    ) -> Result<BudgetResult, Failure> {
        let budget = self.budget.replications;
        let counts = |played: &Played| played.iter().map(|one| one.len() as u64).collect::<Vec<u64>>();
        let step = (budget / STEPS).max(played.len() as u64);
        watch.planned(budget.max(counts(&played).iter().sum()));
        'steps: loop {
            let known = counts(&played);
            let spent: u64 = known.iter().sum();
            let more = step.min(budget.saturating_sub(spent));
            if more == 0 {
                break;
            }
            let (means, variances): (Vec<f64>, Vec<f64>) =
                played.iter().map(|taken| self.moments(taken)).unzip();
            let wanted = ocba(&means, &variances, spent + more);
            let mut lacks: Vec<(usize, u64)> = (wanted.iter().zip(&known))
                .map(|(wanted, known)| wanted.saturating_sub(*known))
                .enumerate()
                .collect();
            lacks.sort_by_key(|(_, lack)| std::cmp::Reverse(*lack));
            let mut left = more;
            for (variant, lack) in lacks {
                let take = lack.min(left);
                left -= take;
                if take > 0 && !play(&[variant], known[variant]..known[variant] + take, &mut played)? {
                    break 'steps;
                }
            }
        }
        let all: Vec<(f64, f64)> = played.iter().map(|taken| self.moments(taken)).collect();
        let best = (0..all.len()).min_by(|&a, &b| all[a].0.total_cmp(&all[b].0)).unwrap_or(0);
        let error = |variant: usize| all[variant].1 / played[variant].len() as f64;
        let wrong = |other: usize| {
            let gap = all[other].0 - all[best].0;
            let error = libm::sqrt(error(best) + error(other));
            match error {
                // Without any spread what is seen is so; of equals either may be called the best.
                0.0 if gap > 0.0 => 0.0,
                0.0 => 0.5,
                error => libm::erfc(gap / error / std::f64::consts::SQRT_2) / 2.0,
            }
        };
        let probability = 1.0 - (0..all.len()).filter(|other| *other != best).map(wrong).sum::<f64>();
        Ok(BudgetResult {
            figure: self.budget.figure.clone(),
            best,
            probability: probability.max(0.0),
            replications: counts(&played),
        })
    }

    /// Mean and variance of what replications add to the figure, smaller being better.
    fn moments(&self, taken: &[Taken]) -> (f64, f64) {
        let terms = || taken.iter().map(|one| one.terms[self.index]);
        let linear = LinearRatio::of(terms()).unwrap_or(LinearRatio::UNSEEN);
        let (value, variance) = linear.moments(terms());
        (-self.sign * value, variance)
    }
}
