//! Which of several centres is the best: played on until chance no longer decides.

use crate::estimate::{KimNelson, Terms};
use crate::figures::Better;

use super::Watch;
use super::compare::{BLOCK, CompareFailure, Comparison, Played};

/// Which one is the best: by the procedure of Kim & Nelson, with the comparison's confidence.
#[derive(Clone, Debug, PartialEq)]
pub struct Contest {
    /// The dotted name of the figure.
    pub figure: String,
    /// The smallest difference that matters, in the figure's unit.
    pub delta: f64,
    /// Gives up there.
    pub max_replications: u64,
}

/// How a contest went.
#[derive(Clone, Debug, PartialEq)]
pub struct ContestResult {
    /// The dotted name of the figure.
    pub figure: String,
    /// The smallest difference that matters.
    pub delta: f64,
    /// The best; `None` where the contest was given up before its end.
    pub best: Option<usize>,
    /// Those still in it at its end.
    pub left: Vec<usize>,
    /// How many replications each variant got.
    pub replications: Vec<u64>,
    /// How many it would take at most, where it was given up.
    pub at_most: u64,
}

impl Comparison {
    /// The place of a contest's figure and the sign that makes larger values better.
    pub(super) fn contested(&self, contest: &Contest) -> Result<(usize, f64), CompareFailure> {
        let no_direction = || CompareFailure::NoDirection(contest.figure.clone());
        let index = self.paths.iter().position(|path| *path == contest.figure);
        let index = index.ok_or_else(|| CompareFailure::NotCompared(contest.figure.clone()))?;
        if self.replications < 2 {
            return Err(CompareFailure::TooFew);
        }
        match self.figures[index].better() {
            Better::Higher => Ok((index, 1.0)),
            Better::Lower => Ok((index, -1.0)),
            Better::Neither => Err(no_direction()),
        }
    }

    /// Plays on with those still in the race until one is left. A figure that is a ratio enters as its
    /// linear part about the first stage's ratio, so that values are means of what replications add.
    pub(super) fn hold(
        &self,
        contest: &Contest,
        mut played: Played,
        watch: &dyn Watch,
    ) -> Result<ContestResult, CompareFailure> {
        let (index, sign) = self.contested(contest)?;
        let centre = |variant: &Vec<Vec<Terms>>| {
            let (over, under) = variant
                .iter()
                .fold((0.0, 0.0), |(over, under), all| (over + all[index].over, under + all[index].under));
            // Without observations nothing is better or worse.
            if under == 0.0 { (0.0, 1.0) } else { (over / under, under / variant.len() as f64) }
        };
        let centres: Vec<(f64, f64)> = played.iter().map(centre).collect();
        let value = |variant: usize, terms: &[Terms]| {
            let (ratio, mean) = centres[variant];
            sign * (ratio + (terms[index].over - ratio * terms[index].under) / mean)
        };
        let first: Vec<Vec<f64>> = played
            .iter()
            .enumerate()
            .map(|(variant, all)| all.iter().map(|terms| value(variant, terms)).collect())
            .collect();
        let mut race = KimNelson::new(&first, contest.delta, self.confidence);
        let mut next = self.replications;
        while race.best().is_none() && next < contest.max_replications {
            let racing = race.contenders().to_vec();
            // Not much further than the race may last: what is played past its end is thrown away.
            let stride = BLOCK * (rayon::current_num_threads().div_ceil(racing.len())) as u64;
            let end =
                race.at_most().min(contest.max_replications).min(next + stride.max(BLOCK)).max(next + 1);
            watch.planned(race.taken().iter().sum::<u64>() + (end - next) * racing.len() as u64);
            if !self.play(&racing, next..end, &mut played, watch)? {
                break;
            }
            for replication in next..end {
                let at = replication as usize;
                let values: Vec<f64> = race.contenders().iter().map(|&v| value(v, &played[v][at])).collect();
                race.add(&values);
                if race.best().is_some() {
                    break;
                }
            }
            next = end;
        }
        Ok(ContestResult {
            figure: contest.figure.clone(),
            delta: contest.delta,
            best: race.best(),
            left: race.contenders().to_vec(),
            replications: race.taken().to_vec(),
            at_most: race.at_most(),
        })
    }
}
