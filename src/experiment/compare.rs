//! Several centres on the same customers: paired differences, and which one is the best.
//!
//! All are played with one seed, so every customer who walks into one walks into all of them, with the
//! same patience and the same problem. Differences are taken replication by replication.

use std::collections::BTreeSet;
use std::ops::Range;

use crate::engine::Unstable;
use crate::estimate::{
    LinearPercentile, PooledBins, Sampling, Terms, interval_multiple, paired_difference, probability_best,
};
use crate::figures::{About, Better, Estimate, Figure, Fold, Probe, Results, Slice, SliceProbe};
use crate::model::Model;
use crate::scenario::{Assumed, Horizon};

use super::budget::{Budget, Spending};
use super::collector::{AllFigures, Collector};
use super::compared::{Beside, Compared, ComparedFigure, ComparedSlice, Judged, JudgedTarget, OverTime};
use super::contender::{Ask, Contender};
use super::contest::{Contest, Played, Race};
use super::failure::Failure;
use super::pilot;
use super::usual_figures::usual_figures;
use super::variant::{Seat, Variant};
use super::watch::Watch;
use super::waves::{BLOCK, blocks, in_waves};

/// Tasks in flight for each thread.
const TASKS_A_THREAD: usize = 8;

/// What the parts of tasks in flight may take together, but for one that is always there: 1 GiB.
const MOST_BYTES: u64 = 1 << 30;

/// Centres, compiled and ready to be compared.
#[derive(Clone, Debug)]
pub struct Comparison {
    variants: Vec<Variant>,
    baseline: usize,
    paths: Vec<String>,
    figures: Vec<Figure>,
    /// Whether the figures are the usual ones.
    usual: bool,
    deltas: Vec<(String, f64)>,
    contest: Option<Contest>,
    budget: Option<Budget>,
    together: bool,
    seed: u64,
    replications: u64,
    confidence: f64,
    notes: Vec<String>,
}

impl Comparison {
    /// Compiles the centres. Seed, number of replications and confidence are the baseline's; so are the
    /// factors of volumes that count everything offered.
    ///
    /// # Errors
    /// See [`Failure`].
    ///
    /// # Panics
    /// When there are no contenders, or `baseline` is none of them.
    pub fn new(contenders: &[Contender<'_>], baseline: usize, ask: &Ask) -> Result<Comparison, Failure> {
        let base = &contenders[baseline];
        let experiment = &base.scenario.experiment;
        let of = |contender: &Contender<'_>, unstable: Unstable| {
            let variant = contender.name.clone();
            Failure::UnstableVariant { variant, unstable }
        };
        let seed = experiment.seed;
        let mut base_model = Model::compile(base.scenario);
        let factors = pilot::scale(base.scenario, &mut base_model, seed).map_err(|it| of(base, it))?;
        let mut models = Vec::new();
        for (index, contender) in contenders.iter().enumerate() {
            if let Some(reason) = other_time(&contender.scenario.horizon, &base.scenario.horizon) {
                let (variant, baseline) = (contender.name.clone(), base.name.clone());
                return Err(Failure::Horizon { variant, baseline, reason });
            }
            if index == baseline {
                models.push(base_model.clone());
                continue;
            }
            let model = pilot::frozen_or_scaled(contender.scenario, &factors, seed);
            models.push(model.map_err(|it| of(contender, it))?);
        }
        // The same days for all. A contest goes on further than can be known when it begins. Where variants draw other
        // factors, each replication is by itself; so it is where replications are resampled.
        let of = |model: &Model| match ask.contest {
            Some(_) => Sampling::growing(model.spread),
            None => model.sampling,
        };
        let same =
            models.iter().all(|model| of(model) == of(&base_model) && model.spread == base_model.spread);
        let sampling = if ask.together || ask.budget.is_some() || !same {
            Sampling::Independent
        } else {
            of(&base_model)
        };
        models.iter_mut().for_each(|model| model.sampling = sampling);
        let usual = ask.figures.is_empty();
        let mut paths = if usual { usual_figures(&models, ask.together) } else { ask.figures.clone() };
        let raced = ask.contest.iter().map(|contest| &contest.figure);
        let raced: Vec<&String> = raced.chain(ask.budget.iter().map(|budget| &budget.figure)).collect();
        paths.extend(raced.iter().map(|figure| (*figure).clone()));
        let mut seen = BTreeSet::new();
        paths.retain(|path| seen.insert(path.clone()));
        if let Some((path, _)) = ask.deltas.iter().find(|(path, _)| !paths.contains(path)) {
            return Err(Failure::NotCompared(path.clone()));
        }
        let failed = |index: usize, cause| Failure::Figure { variant: contenders[index].name.clone(), cause };
        for figure in &raced {
            let figure = std::slice::from_ref(*figure);
            let wrong = models
                .iter()
                .enumerate()
                .find_map(|(at, model)| Some((at, Probe::new(model, figure).err()?)));
            if let Some((index, cause)) = wrong {
                return Err(failed(index, cause));
            }
        }
        // A figure is compared if any of them has it; what is none anywhere is told as the baseline sees it.
        let kind = |path: &String| -> Result<Figure, Failure> {
            let own = Probe::with_percentiles(&models[baseline], std::slice::from_ref(path));
            let all = models.iter().map(|model| Probe::where_there(model, std::slice::from_ref(path)));
            let mut found = all.filter_map(|probe| probe.figures().flatten().next());
            match (own, found.next()) {
                (_, Some(figure)) => Ok(figure),
                (Err(cause), None) => Err(failed(baseline, cause)),
                (Ok(_), None) => Err(Failure::NotCompared(path.clone())),
            }
        };
        let kinds = paths.iter().map(kind).collect::<Result<Vec<Figure>, Failure>>()?;
        let variants = contenders.iter().zip(models);
        let variants = variants.map(|(contender, model)| Variant::new(contender, model, &paths)).collect();
        let comparison = Comparison {
            variants,
            baseline,
            paths,
            figures: kinds,
            usual,
            deltas: ask.deltas.clone(),
            contest: ask.contest.clone(),
            budget: ask.budget.clone(),
            together: ask.together,
            seed: experiment.seed,
            replications: experiment.replications,
            confidence: experiment.confidence,
            notes: factors.iter().map(pilot::note).chain(taken_for_granted(contenders, baseline)).collect(),
        };
        for figure in raced {
            comparison.contested(figure)?;
        }
        Ok(comparison)
    }

    /// Plays all centres over the same replications.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn run(&self, watch: &dyn Watch) -> Result<Compared, Failure> {
        Ok(self.run_beside(&(), watch)?.0)
    }

    /// The same, and what each came to interval by interval and day by day, where the play was not interrupted.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn run_over_time(&self, watch: &dyn Watch) -> Result<(Compared, Option<OverTime>), Failure> {
        let (compared, collected) = self.run_beside(&(&AllFigures, &SliceProbe), watch)?;
        if compared.replications < compared.asked {
            return Ok((compared, None));
        }
        let results = self.variants.iter().zip(&collected).map(|(of, (fold, _))| self.results(of, fold));
        let results = results.collect();
        let slices = self.slices(&collected.into_iter().map(|(_, slices)| slices).collect::<Vec<_>>());
        let (days, hours): (Vec<_>, Vec<_>) =
            slices.into_iter().partition(|(slice, _)| matches!(slice, Slice::Day(_)));
        let [days, hours] = [days, hours].map(|slices| slices.into_iter().map(|(_, told)| told).collect());
        Ok((compared, Some(OverTime { results, days, hours })))
    }

    /// What a variant came to.
    fn results(&self, of: &Variant, fold: &Fold) -> Results {
        fold.results(
            &of.model,
            About {
                title: &of.title,
                seed: self.seed,
                asked: self.replications,
                confidence: self.confidence,
                notes: Vec::new(),
            },
        )
    }

    fn run_beside<C: Collector>(
        &self,
        beside: &C,
        watch: &dyn Watch,
    ) -> Result<(Compared, Vec<C::Fruit>), Failure> {
        watch.planned(self.replications * self.variants.len() as u64);
        let everyone: Vec<usize> = (0..self.variants.len()).collect();
        let mut played: Played = vec![Vec::new(); self.variants.len()];
        let mut fruits: Vec<C::Fruit> =
            self.variants.iter().map(|variant| beside.start(&variant.model)).collect();
        self.play(&everyone, 0..self.replications, &mut played, (beside, &mut fruits), watch)?;
        let replications = played.iter().map(Vec::len).min().unwrap_or(0);
        if replications == 0 {
            return Err(Failure::Stopped);
        }
        played.iter_mut().for_each(|variant| variant.truncate(replications));
        let widths = self.read_percentiles(&mut played);
        let figures = self.compared(&played, &widths);
        let targets = self.judged(&played);
        let whole = replications as u64 == self.replications;
        let play = |variants: &[usize], wanted, played: &mut Played| {
            let mut nothing = vec![(); self.variants.len()];
            self.play(variants, wanted, played, (&(), &mut nothing), watch)
        };
        let (contest, budget) = match (self.contest.as_ref(), self.budget.as_ref()) {
            (Some(contest), _) if whole => {
                let (index, sign) = self.contested(&contest.figure)?;
                let together = self.variants[self.baseline].model.sampling.together();
                let race = Race { contest, index, sign, confidence: self.confidence, together };
                (Some(race.hold(played, watch, play)?), None)
            }
            (None, Some(budget)) if whole => {
                let (index, sign) = self.contested(&budget.figure)?;
                (None, Some(Spending { budget, index, sign }.spend(played, watch, play)?))
            }
            _ => (None, None),
        };
        let compared = Compared {
            names: self.variants.iter().map(|variant| variant.name.clone()).collect(),
            baseline: self.baseline,
            figures,
            targets,
            replications: replications as u64,
            asked: self.replications,
            seed: self.seed,
            confidence: self.confidence,
            contest,
            budget,
            together: self.together,
            notes: self.notes.clone(),
            labels: self.variants[self.baseline].model.labels.clone(),
        };
        Ok((compared, fruits))
    }

    /// The place of a contest's figure and the sign that makes larger values better.
    fn contested(&self, figure: &String) -> Result<(usize, f64), Failure> {
        let no_direction = || Failure::NoDirection(figure.clone());
        let index = self.paths.iter().position(|path| path == figure);
        let index = index.ok_or_else(|| Failure::NotCompared(figure.clone()))?;
        if self.replications < 2 {
            return Err(Failure::TooFew);
        }
        match self.figures[index].better() {
            Better::Higher => Ok((index, 1.0)),
            Better::Lower => Ok((index, -1.0)),
            Better::Neither => Err(no_direction()),
        }
    }

    /// Plays a range of replications of some variants and appends them in their order, as far as all
    /// of these variants got. Returns whether that is all of them.
    fn play<C: Collector>(
        &self,
        variants: &[usize],
        wanted: Range<u64>,
        played: &mut Played,
        (beside, fruits): (&C, &mut [C::Fruit]),
        watch: &dyn Watch,
    ) -> Result<bool, Failure> {
        let bytes = variants.iter().map(|variant| beside.bytes(&self.variants[*variant].model)).max();
        let fit = (MOST_BYTES / bytes.unwrap_or(0).max(1)).max(1);
        let at_once = fit.min((TASKS_A_THREAD * rayon::current_num_threads()) as u64) as usize;
        let tasks = blocks(wanted.clone(), BLOCK)
            .flat_map(|block| variants.iter().map(move |variant| (*variant, block.clone())));
        let (mut cut, mut failure) = (None, None);
        in_waves(
            tasks,
            at_once,
            || -> Vec<Option<Seat<'_>>> { self.variants.iter().map(|_| None).collect() },
            |players, (variant, block)| {
                let of = &self.variants[variant];
                let seat = players[variant].get_or_insert_with(|| Seat::of(of));
                let done = seat.play(of, self.seed, block.clone(), &(&of.probe, beside), watch);
                (variant, block, done)
            },
            |(variant, block, done)| match done {
                // All variants of the block that was cut short are taken as far as they got.
                _ if cut.is_some_and(|cut| block.start > cut) => false,
                Ok((count, (terms, part))) => {
                    if block.start + count < block.end {
                        cut = Some(block.start);
                    }
                    played[variant].extend(terms);
                    beside.merge(&mut fruits[variant], part);
                    true
                }
                Err(unstable) => {
                    let variant = self.variants[variant].name.clone();
                    failure = Some(Failure::UnstableVariant { variant, unstable });
                    false
                }
            },
        );
        match failure {
            Some(failure) => Err(failure),
            None => Ok(variants.iter().all(|&variant| played[variant].len() as u64 >= wanted.end)),
        }
    }

    /// How the targets of all variants stand.
    fn judged(&self, played: &Played) -> Vec<JudgedTarget> {
        let sampling = self.variants[self.baseline].model.sampling;
        let count = self.variants.len();
        let mut all: Vec<JudgedTarget> = Vec::new();
        let others = (0..count).filter(|variant| *variant != self.baseline);
        for variant in std::iter::once(self.baseline).chain(others) {
            for (index, (queue, target)) in self.variants[variant].targets.iter().enumerate() {
                let index = self.paths.len() + index;
                let terms: Vec<Terms> = played[variant].iter().map(|all| all.terms[index]).collect();
                let value = Estimate::of_terms(&terms, sampling, self.confidence);
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

    /// Reads percentiles off all replications, and writes what each adds to them among its terms. Returns the widths
    /// of the bins that they were read from: by variant and figure, zero of all others.
    fn read_percentiles(&self, played: &mut Played) -> Vec<Vec<f64>> {
        let sampling = self.variants[self.baseline].model.sampling;
        let mut widths = Vec::new();
        for (of, taken) in self.variants.iter().zip(played) {
            let mut width = vec![0.0; self.paths.len()];
            for (nth, (index, p)) in of.probe.0.percentiles().enumerate() {
                let times: Vec<&PooledBins> = taken.iter().map(|one| &one.times[nth]).collect();
                let Some(read) = LinearPercentile::of(&times, p, self.confidence, sampling) else { continue };
                width[index] = read.width;
                for (one, terms) in taken.iter_mut().zip(read.terms) {
                    one.terms[index] = terms;
                }
            }
            taken.iter_mut().for_each(|one| one.times.clear());
            widths.push(width);
        }
        widths
    }

    /// One figure of a variant beside the baseline's.
    fn beside(&self, terms: &[Terms], base: Option<&[Terms]>, others: usize) -> Beside {
        let sampling = self.variants[self.baseline].model.sampling;
        let alone = interval_multiple(self.confidence, terms.len(), sampling);
        // So many differences hold at once: each is surer than all of them together.
        let confidence = 1.0 - (1.0 - self.confidence) / others as f64;
        let multiple = interval_multiple(confidence, terms.len(), sampling);
        let half_width = |error: Option<f64>| error.zip(alone).map(|(error, multiple)| error * multiple);
        let paired = base.and_then(|base| paired_difference(terms, base, sampling));
        Beside {
            value: Estimate::of_terms(terms, sampling, self.confidence),
            difference: paired.map(|paired| Estimate::of(paired.difference, multiple)),
            independent_half_width: half_width(paired.and_then(|paired| paired.independent_error)),
            saving: paired.and_then(|paired| paired.saving()),
            best: None,
        }
    }

    /// Every queue's days and hours, by variant, replication and place in what [`SliceProbe`] takes.
    fn slices(&self, played: &[Vec<Vec<Terms>>]) -> Vec<(Slice, ComparedSlice)> {
        let base = &self.variants[self.baseline].model;
        let mut all = Vec::new();
        for (number_of_slice, slice) in Slice::all(base).into_iter().enumerate() {
            let label = match slice {
                Slice::Day(day) => {
                    base.calendar.date(day as i64).map(|date| date.strftime("%a %-d %b").to_string())
                }
                Slice::Hour(hour) => Some(format!("{hour:02}:00")),
            };
            for (place, id) in base.queue_order.iter().enumerate() {
                let queue = &base.queues[id.index()].name;
                for (number, figure) in SliceProbe::FIGURES.into_iter().enumerate() {
                    // A queue stands elsewhere where another scenario has more of them.
                    let terms = |variant: usize| -> Option<Vec<Terms>> {
                        let model = &self.variants[variant].model;
                        let mut order = model.queue_order.iter();
                        let place = if variant == self.baseline {
                            place
                        } else {
                            order.position(|id| model.queues[id.index()].name == *queue)?
                        };
                        let width = SliceProbe::FIGURES.len();
                        let at = (number_of_slice * model.queue_order.len() + place) * width + number;
                        Some(played[variant].iter().map(|all| all[at]).collect())
                    };
                    let Some(own) = terms(self.baseline) else { continue };
                    let beside = |variant: usize| {
                        let base = (variant != self.baseline).then_some(own.as_slice());
                        terms(variant).map_or_else(Beside::default, |terms| self.beside(&terms, base, 1))
                    };
                    let variants: Vec<Beside> = (0..played.len()).map(beside).collect();
                    if variants.iter().any(|beside| beside.value.is_some()) {
                        let path = format!("queues.{queue}.{}", figure.name());
                        let figure = ComparedFigure { path, figure, delta: 0.0, variants };
                        let when = label.clone().unwrap_or_default();
                        all.push((slice, ComparedSlice { when, queue: queue.clone(), figure }));
                    }
                }
            }
        }
        all
    }

    fn compared(&self, played: &Played, widths: &[Vec<f64>]) -> Vec<ComparedFigure> {
        let others = if self.together { (played.len() - 1).max(1) } else { 1 };
        let mut figures = Vec::new();
        for (index, (path, &figure)) in self.paths.iter().zip(&self.figures).enumerate() {
            let of = |variant: usize| -> Vec<Terms> {
                played[variant].iter().map(|all| all.terms[index]).collect()
            };
            let base = of(self.baseline);
            let delta = self.deltas.iter().find(|(named, _)| named == path).map_or(0.0, |(_, delta)| *delta);
            let beside = |variant: usize| {
                let base = (variant != self.baseline).then_some(base.as_slice());
                let beside = self.beside(&of(variant), base, others);
                beside.no_finer_than((widths[variant][index] + widths[self.baseline][index]) / 2.0)
            };
            let mut variants: Vec<Beside> = (0..played.len()).map(beside).collect();
            if self.together && figure.better() != Better::Neither {
                let all: Vec<Vec<Terms>> = (0..played.len()).map(of).collect();
                let best = probability_best(&all, figure.better() == Better::Higher);
                for (beside, best) in variants.iter_mut().zip(best.into_iter().flatten()) {
                    beside.best = Some(best);
                }
            }
            if !self.usual || variants.iter().any(|beside| beside.value.is_some()) {
                figures.push(ComparedFigure { path: path.clone(), figure, delta, variants });
            }
        }
        figures
    }
}

/// What flatters a variant, as its file leaves unsaid what the baseline's says.
fn taken_for_granted(contenders: &[Contender<'_>], baseline: usize) -> Vec<String> {
    let known = Assumed::all(contenders[baseline].scenario);
    let of = |contender: &Contender<'_>| -> Vec<String> {
        let beyond = Assumed::all(contender.scenario).into_iter().filter_map(|one| one.beyond(&known));
        beyond.map(|one| format!("in {}, {}", contender.name, one.sentence())).collect()
    };
    let others = contenders.iter().enumerate().filter(|(index, _)| *index != baseline);
    others.flat_map(|(_, contender)| of(contender)).collect()
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
