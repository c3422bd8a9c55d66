//! Plans of agents, each played on the same customers: what the search compares.

use std::collections::BTreeMap;

use crate::engine::Player;
use crate::estimate::{Sampling, Terms, ratio_of_terms};
use crate::figures::{Estimate, NoSuchFigure, Probe, Verdict};
use crate::model::{ArrivalScale, Model};
use crate::routing::RulePolicy;
use crate::scenario::{Scenario, Staff};
use crate::units::Steps;

use super::super::pilot;
use super::super::watch::Watch;
use super::super::waves::{blocks, in_waves, play_block};
use super::condition::Condition;

/// Agents by free group.
pub(super) type Plan = Vec<u32>;

/// The slack of a condition where nothing can be told: nobody was served.
const HOPELESS: f64 = -1.0;

/// The same on the scale on which agents add up.
const NO_ROOM: f64 = -9.0;

/// How a condition stands with a plan.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Standing {
    /// The figure; `None` where it has no value, as where queues grow without end.
    pub estimate: Option<Estimate>,
    /// Whether the condition holds.
    pub verdict: Verdict,
    /// By how much, in the condition's terms; below 0 it does not.
    pub slack: f64,
}

/// What was seen of a plan.
#[derive(Clone, Debug, Default)]
struct Seen {
    /// By replication, then condition.
    terms: Vec<Vec<Terms>>,
    unstable: bool,
}

/// Plays plans, and keeps what was seen of each.
pub(super) struct Trials<'a> {
    file: &'a Scenario,
    free: &'a [usize],
    conditions: &'a [Condition],
    paths: Vec<String>,
    factors: Vec<(String, ArrivalScale)>,
    /// How replications are drawn: plans are played further and further.
    sampling: Sampling,
    seed: u64,
    watch: &'a dyn Watch,
    seen: BTreeMap<Plan, Seen>,
    played: u64,
}

impl<'a> Trials<'a> {
    pub(super) fn new(
        file: &'a Scenario,
        free: &'a [usize],
        conditions: &'a [Condition],
        seed: u64,
        watch: &'a dyn Watch,
    ) -> Result<Trials<'a>, NoSuchFigure> {
        let mut model = Model::compile(file);
        let factors = pilot::of_search(file, &mut model, file.experiment.seed);
        let paths: Vec<String> = conditions.iter().map(|condition| condition.path.clone()).collect();
        Probe::new(&model, &paths)?;
        let sampling = Sampling::growing(model.spread);
        let seen = BTreeMap::new();
        Ok(Trials { file, free, conditions, paths, factors, sampling, seed, watch, seen, played: 0 })
    }

    /// How many plans were played, and how many replications of all of them.
    pub(super) fn effort(&self) -> (usize, u64) {
        (self.seen.len(), self.played)
    }

    /// Whether the search is to end.
    pub(super) fn stopped(&self) -> bool {
        self.watch.stopped()
    }

    /// The seed of its customers.
    pub(super) fn seed(&self) -> u64 {
        self.seed
    }

    /// How often a plan was played.
    pub(super) fn replications(&self, plan: &[u32]) -> u64 {
        self.seen.get(plan).map_or(0, |seen| seen.terms.len() as u64)
    }

    /// All plans that were played so often.
    pub(super) fn known(&self, replications: u64) -> impl Iterator<Item = &Plan> {
        let enough = move |seen: &Seen| seen.unstable || seen.terms.len() as u64 >= replications;
        self.seen.iter().filter(move |(_, seen)| enough(seen)).map(|(plan, _)| plan)
    }

    fn model(&self, plan: &[u32]) -> Model {
        let mut scenario = self.file.clone();
        for (&group, &agents) in self.free.iter().zip(plan) {
            scenario.groups[group].staff = Some(Staff::Steps(Steps::constant(agents)));
        }
        let mut model = Model::compile(&scenario);
        // Where the pilot's queues grow without end, so do the plan's: playing it says so.
        let _ = pilot::freeze_or_scale(&scenario, &mut model, &self.factors, self.file.experiment.seed);
        model.sampling = self.sampling;
        model
    }

    /// Plays a plan up to so many replications.
    pub(super) fn play(&mut self, plan: &[u32], wanted: u64) {
        let from = self
            .seen
            .get(plan)
            .map_or(0, |seen| if seen.unstable { wanted } else { seen.terms.len() as u64 });
        if from >= wanted {
            return;
        }
        let model = self.model(plan);
        let Ok(probe) = Probe::new(&model, &self.paths) else { return };
        self.watch.planned(self.played + wanted - from);
        let policy = || RulePolicy::new(&model);
        let seen = self.seen.entry(plan.to_vec()).or_default();
        in_waves(
            blocks(from..wanted, 1),
            (wanted - from) as usize,
            || Player::<RulePolicy>::new(&model, policy()),
            |player, block| play_block(player, &policy, &model, self.seed, block, &probe, self.watch),
            |done| {
                // Stopped.
                if matches!(done, Ok((0, _))) {
                    return false;
                }
                self.played += 1;
                match done {
                    Ok((_, terms)) if !seen.unstable => seen.terms.extend(terms),
                    Ok(_) => {}
                    Err(_) => seen.unstable = true,
                }
                true
            },
        );
    }

    /// The room of every condition ([`Condition::room`]) by the first so many replications.
    pub(super) fn slacks(&self, plan: &[u32], replications: u64) -> Vec<f64> {
        let seen = self.seen.get(plan).filter(|seen| !seen.unstable);
        let slack = |(index, condition): (usize, &Condition)| {
            let all = seen.map_or(&[][..], |seen| seen.terms.as_slice());
            let used = &all[..all.len().min(replications as usize)];
            let terms: Vec<Terms> = used.iter().map(|terms| terms[index]).collect();
            ratio_of_terms(&terms, Sampling::Independent)
                .map_or(NO_ROOM, |ratio| condition.room(ratio.value).max(NO_ROOM))
        };
        self.conditions.iter().enumerate().map(slack).collect()
    }

    /// How every condition stands by all replications of the plan.
    pub(super) fn standings(&self, plan: &[u32]) -> Vec<Standing> {
        let hopeless = Standing { estimate: None, verdict: Verdict::Missed, slack: HOPELESS };
        let Some(seen) = self.seen.get(plan).filter(|seen| !seen.unstable) else {
            return vec![hopeless; self.conditions.len()];
        };
        let standing = |(index, condition): (usize, &Condition)| {
            let terms: Vec<Terms> = seen.terms.iter().map(|terms| terms[index]).collect();
            let sampling = self.sampling.of_few(terms.len() as u64);
            let found = Estimate::of_terms(&terms, sampling, self.file.experiment.confidence);
            let Some(estimate) = found else { return hopeless };
            let slack = condition.slack(estimate.value).max(HOPELESS);
            Standing { estimate: Some(estimate), verdict: condition.verdict(estimate), slack }
        };
        self.conditions.iter().enumerate().map(standing).collect()
    }

    /// Plays a plan until it is decided whether all conditions hold, from `first` to `most` replications; by
    /// the means where the intervals do not decide.
    pub(super) fn decide(&mut self, plan: &[u32], first: u64, most: u64) -> bool {
        let mut wanted = first.min(most);
        loop {
            self.play(plan, wanted);
            let standings = self.standings(plan);
            let decided = match Verdict::all(standings.iter().map(|standing| standing.verdict)) {
                Verdict::Missed => Some(false),
                Verdict::Kept => Some(true),
                Verdict::Undecided if wanted >= most || self.stopped() => {
                    Some(standings.iter().all(|standing| standing.slack >= 0.0))
                }
                Verdict::Undecided => None,
            };
            match decided {
                Some(decided) => return decided,
                None => wanted = (wanted * 2).min(most),
            }
        }
    }
}

/// The smallest of the slacks.
pub(super) fn least(slacks: &[f64]) -> f64 {
    slacks.iter().copied().fold(f64::INFINITY, f64::min)
}
