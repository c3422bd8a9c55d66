//! Several centres on the same customers: paired differences, and which one is the best.
//!
//! All are played with one seed, so every customer who walks into one walks into all of them, with the
//! same patience and the same problem. Differences are taken replication by replication.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;

use crate::engine::{Player, Unstable};
use crate::estimate::{Estimated, Terms, paired_difference, ratio_of_terms, student_multiple};
use crate::figures::{Estimate, Figure, NoSuchFigure, Probe, TargetResult, targets_of};
use crate::model::Model;
use crate::routing::RulePolicy;
use crate::scenario::{Horizon, Scenario};

use super::compared::{Beside, Compared, ComparedFigure, Judged, JudgedTarget};
use super::contest::Contest;
use super::{Watch, pilot};

/// What is compared by default, as far as it has values.
pub const USUAL_FIGURES: [&str; 7] = [
    "total.service_level",
    "total.wait",
    "total.abandonment",
    "total.resolution",
    "total.fcr",
    "total.occupancy",
    "total.cost",
];

/// Replications of one variant that one task plays.
pub(super) const BLOCK: u64 = 4;

/// Tasks in flight for each thread.
const TASKS_A_THREAD: usize = 8;

/// One of the centres that are compared.
#[derive(Clone, Debug)]
pub struct Contender<'a> {
    /// What the report calls it.
    pub name: String,
    /// The centre.
    pub scenario: &'a Scenario,
}

/// What a comparison is asked for.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ask {
    /// Figures by their dotted names; none are [`USUAL_FIGURES`], as far as all centres have them.
    pub figures: Vec<String>,
    /// (figure, the smallest difference that matters, in its unit); zero for the others.
    pub deltas: Vec<(String, f64)>,
    /// Which one is the best?
    pub contest: Option<Contest>,
}

/// Why there is no comparison.
#[derive(Debug, thiserror::Error)]
pub enum CompareFailure {
    /// A variant's queues grow without end.
    #[error("{variant}: {unstable}")]
    Unstable {
        /// Its name.
        variant: String,
        /// What grew.
        unstable: Unstable,
    },
    /// It was stopped before the first replication of all was done.
    #[error("stopped before the first replication was done")]
    Stopped,
    /// The replications of two centres are not about the same time.
    #[error("{variant} and {baseline} cannot be compared: {reason}")]
    Horizon {
        /// Its name.
        variant: String,
        /// The baseline's.
        baseline: String,
        /// What differs.
        reason: String,
    },
    /// A figure that a centre does not have.
    #[error("{variant}: {cause}")]
    Figure {
        /// The centre's name.
        variant: String,
        /// What is wrong.
        cause: NoSuchFigure,
    },
    /// Something was said about a figure that is not compared.
    #[error("`{0}` is not among the figures that are compared")]
    NotCompared(String),
    /// A contest needs a figure of which more or less is better.
    #[error("nothing is best by `{0}`: neither more nor less of it is better")]
    NoDirection(String),
    /// A contest needs a spread to begin with.
    #[error("the best can be found from two replications on")]
    TooFew,
}

/// Centres, compiled and ready to be compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    pub(super) variants: Vec<Variant>,
    baseline: usize,
    pub(super) paths: Vec<String>,
    pub(super) figures: Vec<Figure>,
    /// Whether the figures are the usual ones.
    usual: bool,
    deltas: Vec<(String, f64)>,
    contest: Option<Contest>,
    seed: u64,
    pub(super) replications: u64,
    pub(super) confidence: f64,
    notes: Vec<String>,
}

/// By variant, replication and figure.
pub(super) type Played = Vec<Vec<Vec<Terms>>>;

/// The next replications of a variant, from a number on.
type Block = Result<(usize, u64, Vec<Vec<Terms>>), CompareFailure>;

#[derive(Clone, Debug)]
pub(super) struct Variant {
    name: String,
    model: Model,
    /// Takes the compared figures, then those of its targets.
    probe: Probe,
    /// (queue, target).
    targets: Vec<(String, TargetResult)>,
}

impl Variant {
    /// A centre whose targets are judged beside the figures that all are asked for.
    fn new(name: &str, model: Model, paths: &[String]) -> Result<Variant, CompareFailure> {
        let queues = model.customer_queues().iter();
        let targets: Vec<(String, TargetResult)> = queues
            .flat_map(|queue| targets_of(queue).into_iter().map(|target| (queue.name.clone(), target)))
            .collect();
        let judged = targets.iter().map(|(queue, target)| format!("queues.{queue}.{}", target.figure.name()));
        let all: Vec<String> = paths.iter().cloned().chain(judged).collect();
        let probe = Probe::new(&model, &all)
            .map_err(|cause| CompareFailure::Figure { variant: name.to_owned(), cause })?;
        Ok(Variant { name: name.to_owned(), model, probe, targets })
    }
}

impl Comparison {
    /// Compiles the centres. Seed, number of replications and confidence are the baseline's; so are the
    /// factors of volumes that count everything offered.
    ///
    /// # Errors
    /// See [`CompareFailure`].
    ///
    /// # Panics
    /// When there are no contenders, or `baseline` is none of them.
    pub fn new(
        contenders: &[Contender<'_>],
        baseline: usize,
        ask: &Ask,
    ) -> Result<Comparison, CompareFailure> {
        let base = &contenders[baseline];
        let experiment = &base.scenario.experiment;
        let scaled = |contender: &Contender<'_>, model: &mut Model| {
            pilot::scale(contender.scenario, model, experiment.seed)
                .map_err(|unstable| CompareFailure::Unstable { variant: contender.name.clone(), unstable })
        };
        let mut base_model = Model::compile(base.scenario);
        let factors = scaled(base, &mut base_model)?;
        let mut models = Vec::new();
        for (index, contender) in contenders.iter().enumerate() {
            if let Some(reason) = other_time(&contender.scenario.horizon, &base.scenario.horizon) {
                let (variant, baseline) = (contender.name.clone(), base.name.clone());
                return Err(CompareFailure::Horizon { variant, baseline, reason });
            }
            if index == baseline {
                models.push(base_model.clone());
                continue;
            }
            let mut model = Model::compile(contender.scenario);
            if !pilot::freeze(contender.scenario, &mut model, &factors) {
                scaled(contender, &mut model)?;
                pilot::freeze(contender.scenario, &mut model, &factors);
            }
            models.push(model);
        }
        let probe = |paths: &[String]| -> Result<Vec<Probe>, CompareFailure> {
            let pairs = models.iter().zip(contenders);
            pairs
                .map(|(model, contender)| {
                    Probe::new(model, paths)
                        .map_err(|cause| CompareFailure::Figure { variant: contender.name.clone(), cause })
                })
                .collect()
        };
        let usual = ask.figures.is_empty();
        let mut paths: Vec<String> = if usual {
            let usual = USUAL_FIGURES.iter().map(|path| (*path).to_owned());
            usual.filter(|path| probe(std::slice::from_ref(path)).is_ok()).collect()
        } else {
            ask.figures.clone()
        };
        paths.extend(ask.contest.iter().map(|contest| contest.figure.clone()));
        let mut seen = BTreeSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        if let Some((path, _)) = ask.deltas.iter().find(|(path, _)| !paths.contains(path)) {
            return Err(CompareFailure::NotCompared(path.clone()));
        }
        let kinds = probe(&paths)?[baseline].figures().collect();
        let variants = contenders.iter().zip(models);
        let variants: Result<Vec<Variant>, CompareFailure> =
            variants.map(|(contender, model)| Variant::new(&contender.name, model, &paths)).collect();
        let variants = variants?;
        let comparison = Comparison {
            variants,
            baseline,
            paths,
            figures: kinds,
            usual,
            deltas: ask.deltas.clone(),
            contest: ask.contest.clone(),
            seed: experiment.seed,
            replications: experiment.replications,
            confidence: experiment.confidence,
            notes: factors.iter().map(pilot::note).collect(),
        };
        if let Some(contest) = &comparison.contest {
            comparison.contested(contest)?;
        }
        Ok(comparison)
    }

    /// Plays all centres over the same replications.
    ///
    /// # Errors
    /// See [`CompareFailure`].
    pub fn run(&self, watch: &dyn Watch) -> Result<Compared, CompareFailure> {
        watch.planned(self.replications * self.variants.len() as u64);
        let everyone: Vec<usize> = (0..self.variants.len()).collect();
        let mut played: Played = vec![Vec::new(); self.variants.len()];
        self.play(&everyone, 0..self.replications, &mut played, watch)?;
        let replications = played.iter().map(Vec::len).min().unwrap_or(0);
        if replications == 0 {
            return Err(CompareFailure::Stopped);
        }
        played.iter_mut().for_each(|variant| variant.truncate(replications));
        let figures = self.compared(&played);
        let targets = self.judged(&played);
        let whole = replications as u64 == self.replications;
        let contest = match self.contest.as_ref().filter(|_| whole) {
            Some(contest) => Some(self.hold(contest, played, watch)?),
            None => None,
        };
        Ok(Compared {
            names: self.variants.iter().map(|variant| variant.name.clone()).collect(),
            baseline: self.baseline,
            figures,
            targets,
            replications: replications as u64,
            asked: self.replications,
            seed: self.seed,
            confidence: self.confidence,
            contest,
            notes: self.notes.clone(),
        })
    }

    /// Plays a range of replications of some variants and appends them in their order, as far as all
    /// of these variants got. Returns whether that is all of them.
    pub(super) fn play(
        &self,
        variants: &[usize],
        wanted: Range<u64>,
        played: &mut Played,
        watch: &dyn Watch,
    ) -> Result<bool, CompareFailure> {
        let tasks = TASKS_A_THREAD * rayon::current_num_threads();
        let wave = BLOCK * tasks.div_ceil(variants.len().max(1)) as u64;
        for start in wanted.clone().step_by(wave as usize) {
            let end = wanted.end.min(start + wave);
            let blocks: Vec<(usize, Range<u64>)> = (start..end)
                .step_by(BLOCK as usize)
                .flat_map(|start| variants.iter().map(move |&v| (v, start..end.min(start + BLOCK))))
                .collect();
            let done: Vec<Block> = blocks
                .into_par_iter()
                .map_init(
                    || -> Vec<Option<Player<RulePolicy>>> { self.variants.iter().map(|_| None).collect() },
                    |players, (variant, block)| self.play_block(players, variant, block, watch),
                )
                .collect();
            for block in done {
                let (variant, first, terms) = block?;
                // After a gap nothing more is taken.
                if played[variant].len() as u64 == first {
                    played[variant].extend(terms);
                }
            }
            if variants.iter().any(|&variant| (played[variant].len() as u64) < end) {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn play_block<'m>(
        &'m self,
        players: &mut [Option<Player<'m, RulePolicy>>],
        variant: usize,
        block: Range<u64>,
        watch: &dyn Watch,
    ) -> Block {
        let Variant { name, model, probe, .. } = &self.variants[variant];
        let player = players[variant].get_or_insert_with(|| Player::new(model, RulePolicy::new(model)));
        let (first, mut terms) = (block.start, Vec::new());
        for replication in block {
            if watch.stopped() {
                break;
            }
            player.set_policy(RulePolicy::new(model));
            let seen = player
                .play(self.seed, replication)
                .map_err(|unstable| CompareFailure::Unstable { variant: name.clone(), unstable })?;
            terms.push(probe.take(seen, model));
            watch.done();
        }
        Ok((variant, first, terms))
    }

    /// How the targets of all variants stand.
    fn judged(&self, played: &Played) -> Vec<JudgedTarget> {
        let multiple = student_multiple(self.confidence, played[0].len() as f64 - 1.0);
        let count = self.variants.len();
        let mut all: Vec<JudgedTarget> = Vec::new();
        let others = (0..count).filter(|variant| *variant != self.baseline);
        for variant in std::iter::once(self.baseline).chain(others) {
            for (index, (queue, target)) in self.variants[variant].targets.iter().enumerate() {
                let index = self.paths.len() + index;
                let terms: Vec<Terms> = played[variant].iter().map(|all| all[index]).collect();
                let value = ratio_of_terms(&terms).map(|estimated| Estimate {
                    value: estimated.value,
                    half_width: estimated.standard_error.zip(multiple).map(|(error, times)| error * times),
                });
                let same = |known: &JudgedTarget| known.queue == *queue && known.figure == target.figure;
                let at = all.iter().position(same).unwrap_or_else(|| {
                    let variants = vec![None; count];
                    all.push(JudgedTarget { queue: queue.clone(), figure: target.figure, variants });
                    all.len() - 1
                });
                all[at].variants[variant] = Some(Judged { target: target.clone(), value });
            }
        }
        all
    }

    fn compared(&self, played: &Played) -> Vec<ComparedFigure> {
        let replications = played[0].len() as f64;
        let multiple = student_multiple(self.confidence, replications - 1.0);
        let half_width = |error: Option<f64>| error.zip(multiple).map(|(error, multiple)| error * multiple);
        let mut figures = Vec::new();
        for (index, (path, &figure)) in self.paths.iter().zip(&self.figures).enumerate() {
            let of =
                |variant: usize| -> Vec<Terms> { played[variant].iter().map(|all| all[index]).collect() };
            let base = of(self.baseline);
            let delta = self.deltas.iter().find(|(named, _)| named == path).map_or(0.0, |(_, delta)| *delta);
            let beside = |variant: usize| {
                let terms = of(variant);
                let value = ratio_of_terms(&terms);
                let paired = paired_difference(&terms, &base).filter(|_| variant != self.baseline);
                let estimate = |estimated: Estimated| Estimate {
                    value: estimated.value,
                    half_width: half_width(estimated.standard_error),
                };
                Beside {
                    value: value.map(estimate),
                    difference: paired.map(|paired| estimate(paired.difference)),
                    independent_half_width: half_width(paired.and_then(|paired| paired.independent_error)),
                    saving: paired.and_then(|paired| paired.saving()),
                }
            };
            let variants: Vec<Beside> = (0..played.len()).map(beside).collect();
            if !self.usual || variants.iter().any(|beside| beside.value.is_some()) {
                figures.push(ComparedFigure { path: path.clone(), figure, delta, variants });
            }
        }
        figures
    }
}

/// Why replications of two horizons are not about the same time.
fn other_time(one: &Horizon, base: &Horizon) -> Option<String> {
    let start = |horizon: &Horizon| horizon.start.map_or("no date".to_owned(), |date| date.to_string());
    if one.start != base.start {
        return Some(format!("one starts at {}, the other at {}", start(one), start(base)));
    }
    let differs = |what: &str, one: crate::units::Span, base: crate::units::Span| {
        (one != base).then(|| format!("their {what} differ: {one} and {base}"))
    };
    differs("lengths", one.length, base.length)
        .or_else(|| differs("warm-ups", one.warm_up, base.warm_up))
        .or_else(|| differs("cool-downs", one.cool_down, base.cool_down))
}
