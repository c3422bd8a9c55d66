//! Which of several centres is the best: played on until chance no longer decides.

use std::ops::Range;

use crate::estimate::{KimNelson, LinearRatio};
use crate::figures::Taken;

use super::failure::Failure;
use super::watch::Watch;
use super::waves::BLOCK;

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

/// Observations from which a contest may begin to judge how they vary, where sets of replications are observations.
const FEWEST: u64 = 10;

/// By variant and replication.
pub(super) type Played = Vec<Vec<Taken>>;

/// Of what a contest is held.
pub(super) struct Race<'a> {
    pub(super) contest: &'a Contest,
    /// The place of the contest's figure.
    pub(super) index: usize,
    /// What makes larger values better.
    pub(super) sign: f64,
    pub(super) confidence: f64,
    /// So many replications in a row are one observation: what is independent of the others.
    pub(super) together: u64,
}

impl Race<'_> {
    /// Plays on with those still in the race until one is left. A figure that is a ratio enters as its
    /// linear part about the first stage's ratio, so that values are means of what replications add. `play` plays some
    /// variants further, and says whether it did.
    pub(super) fn hold(
        &self,
        mut played: Played,
        watch: &dyn Watch,
        play: impl Fn(&[usize], Range<u64>, &mut Played) -> Result<bool, Failure>,
    ) -> Result<ContestResult, Failure> {
        let Race { contest, index, sign, confidence, together } = *self;
        let centre = |variant: &Vec<Taken>| {
            let terms = variant.iter().map(|all| all.terms[index]);
            LinearRatio::of(terms).unwrap_or(LinearRatio::UNSEEN)
        };
        let mut next = played.iter().map(Vec::len).min().unwrap_or(0) as u64;
        // Too few observations tell nothing of their variance: replications alone are more, and vary no less.
        let together = if next / together < FEWEST { 1 } else { together };
        let centres: Vec<LinearRatio> = played.iter().map(centre).collect();
        let value = |variant: usize, all: &[Taken]| {
            let centre = &centres[variant];
            let one = |taken: &Taken| centre.value + centre.residual(taken.terms[index]);
            sign * all.iter().map(one).sum::<f64>() / all.len() as f64
        };
        let first: Vec<Vec<f64>> = (played.iter().enumerate())
            .map(|(variant, all)| {
                all.chunks_exact(together as usize).map(|set| value(variant, set)).collect()
            })
            .collect();
        let mut taken = next / together;
        let mut race = KimNelson::new(&first, contest.delta, confidence);
        while race.best().is_none() && next < contest.max_replications {
            let racing = race.contenders().to_vec();
            // Not much further than the race may last: what is played past its end is thrown away.
            let stride = BLOCK * (rayon::current_num_threads().div_ceil(racing.len())) as u64;
            let most = race.at_most().saturating_mul(together).min(contest.max_replications);
            let end = most.min(next + stride.max(BLOCK)).max(next + 1);
            watch.planned(race.taken().iter().sum::<u64>() * together + (end - next) * racing.len() as u64);
            if !play(&racing, next..end, &mut played)? {
                break;
            }
            next = end;
            while race.best().is_none() && (taken + 1) * together <= next {
                let set = (taken * together) as usize..((taken + 1) * together) as usize;
                let of = |&variant: &usize| value(variant, &played[variant][set.clone()]);
                let values: Vec<f64> = race.contenders().iter().map(of).collect();
                race.add(&values);
                taken += 1;
            }
        }
        Ok(ContestResult {
            figure: contest.figure.clone(),
            delta: contest.delta,
            best: race.best(),
            left: race.contenders().to_vec(),
            replications: race.taken().iter().map(|sets| sets * together).collect(),
            at_most: race.at_most().saturating_mul(together),
        })
    }
}
