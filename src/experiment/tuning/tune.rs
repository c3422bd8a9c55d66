//! Tuning: a generation of points after the other on the same customers, then a verdict on fresh ones.

use std::collections::BTreeMap;
use std::fmt;

use crate::figures::{About, Figure, Fold, NoSuchFigure, Probe};
use crate::model::Model;
use crate::reading::Setting;
use crate::routing::RulePolicy;
use crate::scenario::Scenario;

use super::super::compare::Comparison;
use super::super::compared::Compared;
use super::super::contender::{Ask, Contender};
use super::super::failure::Failure;
use super::super::watch::Watch;
use super::super::{pilot, replications};
use super::cross_entropy::CrossEntropy;
use super::range::SettingRange;

/// The fresh customers' seed: the scenario's and this.
const FRESH: u64 = 0x7475_6e65;

/// What is tuned.
#[derive(Clone, Debug)]
pub struct Tune {
    /// The settings, and where their best values are looked for.
    pub ranges: Vec<SettingRange>,
    /// The figure that is to be small, or great.
    pub path: String,
    /// It is to be great.
    pub maximise: bool,
    /// Points of a generation.
    pub points: usize,
    /// Generations at most.
    pub generations: usize,
}

/// What a generation came to.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Generation {
    /// The best value of the figure so far.
    pub best: f64,
    /// The widest spread of a setting that is left, as a part of its range.
    pub spread: f64,
}

/// What tuning came to.
#[derive(Clone, Debug)]
pub struct Tuned {
    /// The best settings that were found.
    pub settings: Vec<Setting>,
    /// The figure.
    pub path: String,
    /// What kind of figure it is.
    pub figure: Figure,
    /// It was to be great.
    pub maximise: bool,
    /// What each generation came to.
    pub generations: Vec<Generation>,
    /// The distribution has settled; else its generations were over, or it was stopped.
    pub settled: bool,
    /// Points that were played.
    pub played: usize,
    /// Points with which the centre cannot be played: refused, or queues that grow without end.
    pub unfit: usize,
    /// As it is, and tuned, on fresh customers; `None` where it was stopped before.
    pub fresh: Option<Compared>,
}

/// Why nothing can be tuned.
#[derive(Debug)]
pub enum TuneFailure {
    /// The figure is none of this centre's.
    Figure(NoSuchFigure),
    /// No point can be played.
    AllUnfit(usize),
    /// The comparison on fresh customers failed.
    Fresh(Failure),
}

impl fmt::Display for TuneFailure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            TuneFailure::Figure(cause) => cause.fmt(f),
            TuneFailure::AllUnfit(points) => {
                write!(f, "the centre can be played with none of {points} points")
            }
            TuneFailure::Fresh(failure) => failure.fmt(f),
        }
    }
}

impl std::error::Error for TuneFailure {}

impl From<NoSuchFigure> for TuneFailure {
    fn from(cause: NoSuchFigure) -> TuneFailure {
        TuneFailure::Figure(cause)
    }
}

impl From<Failure> for TuneFailure {
    fn from(failure: Failure) -> TuneFailure {
        TuneFailure::Fresh(failure)
    }
}

/// A point's value, the less the better; `None` where it cannot be played.
type Worth = Option<f64>;

struct Search<'a> {
    tune: &'a Tune,
    file: &'a Scenario,
    load: &'a dyn Fn(&[Setting]) -> Option<Scenario>,
    watch: &'a dyn Watch,
    factors: Vec<(String, crate::model::ArrivalScale)>,
    known: BTreeMap<Vec<Setting>, Worth>,
    planned: u64,
}

impl Tune {
    /// Tunes. `load` gives the scenario with the settings laid over it, or nothing where they are refused; `file` is the
    /// scenario as written.
    ///
    /// # Errors
    /// See [`TuneFailure`].
    pub fn run(
        &self,
        file: &Scenario,
        load: &dyn Fn(&[Setting]) -> Option<Scenario>,
        watch: &dyn Watch,
    ) -> Result<Tuned, TuneFailure> {
        let mut model = Model::compile(file);
        let probe = Probe::new(&model, std::slice::from_ref(&self.path))?;
        let figure = probe.figures().flatten().next().unwrap_or(Figure::ALL[0]);
        let factors = pilot::of_search(file, &mut model, file.experiment.seed);
        let mut search =
            Search { tune: self, file, load, watch, factors, known: BTreeMap::new(), planned: 0 };
        let mut method = CrossEntropy::new(self.ranges.len(), file.experiment.seed);
        let mut generations = Vec::new();
        while generations.len() < self.generations && !method.has_settled() && !watch.stopped() {
            let points = method.points(self.points);
            let Some(mut ranked) = search.ranked(&points) else { break };
            ranked.retain(|(worth, _)| worth.is_some());
            if ranked.is_empty() {
                return Err(TuneFailure::AllUnfit(points.len()));
            }
            method.learn(&ranked.iter().map(|(_, point)| *point).collect::<Vec<_>>());
            let best = search.best().map_or(f64::NAN, |(_, worth)| self.turned(worth));
            generations.push(Generation { best, spread: method.widest() });
        }
        // Where the distribution has come to is a point as well.
        let last = method.mean().to_vec();
        search.ranked(std::slice::from_ref(&last));
        let Some((best, _)) = search.best() else { return Err(TuneFailure::AllUnfit(search.known.len())) };
        let fresh = match watch.stopped() {
            true => None,
            false => Some(search.fresh(&best)?),
        };
        Ok(Tuned {
            settings: best,
            path: self.path.clone(),
            figure,
            maximise: self.maximise,
            settled: method.has_settled(),
            generations,
            played: search.known.len(),
            unfit: search.known.values().filter(|worth| worth.is_none()).count(),
            fresh,
        })
    }

    /// From the figure to what is minimised, and back.
    fn turned(&self, value: f64) -> f64 {
        if self.maximise { -value } else { value }
    }

    fn settings(&self, point: &[f64]) -> Vec<Setting> {
        self.ranges.iter().zip(point).map(|(range, place)| range.at(*place)).collect()
    }
}

impl Search<'_> {
    /// The points from the best to the worst; `None` where it was stopped.
    fn ranked<'p>(&mut self, points: &'p [Vec<f64>]) -> Option<Vec<(Worth, &'p [f64])>> {
        let new = points.iter().filter(|point| !self.known.contains_key(&self.tune.settings(point))).count();
        self.planned += new as u64 * self.file.experiment.replications;
        self.watch.planned(self.planned);
        let mut ranked = Vec::new();
        for point in points {
            let settings = self.tune.settings(point);
            let worth = match self.known.get(&settings) {
                Some(known) => *known,
                None => {
                    let worth = self.worth(&settings);
                    if self.watch.stopped() {
                        return None;
                    }
                    self.known.insert(settings, worth);
                    worth
                }
            };
            ranked.push((worth, point.as_slice()));
        }
        ranked.sort_by(|(a, _), (b, _)| {
            let worst = |worth: &Worth| worth.unwrap_or(f64::INFINITY);
            worst(a).total_cmp(&worst(b))
        });
        Some(ranked)
    }

    /// Plays a point on the customers that all points meet.
    fn worth(&self, settings: &[Setting]) -> Worth {
        let scenario = (self.load)(settings)?;
        let model = pilot::frozen_or_scaled(&scenario, &self.factors, self.file.experiment.seed).ok()?;
        let mut fold = Fold::new(&model);
        let (seed, asked) = (self.file.experiment.seed, self.file.experiment.replications);
        replications::play(&model, seed, &|| RulePolicy::new(&model), 0..asked, &mut fold, self.watch)
            .ok()?;
        if fold.replications() == 0 {
            return None;
        }
        let confidence = self.file.experiment.confidence;
        let about = About { title: "", seed, asked, confidence, notes: Vec::new() };
        let estimate = fold.results(&model, about).figure(&self.tune.path)?;
        Some(self.tune.turned(estimate.value)).filter(|worth| !worth.is_nan())
    }

    /// The best point so far; of equals the first by its settings.
    fn best(&self) -> Option<(Vec<Setting>, f64)> {
        let fit = self.known.iter().filter_map(|(settings, worth)| Some((settings.clone(), (*worth)?)));
        fit.min_by(|(_, a), (_, b)| a.total_cmp(b))
    }

    /// The scenario as it is and tuned, on customers whom the search has not met.
    fn fresh(&self, best: &[Setting]) -> Result<Compared, Failure> {
        let later = |scenario: &Scenario| {
            let mut scenario = scenario.clone();
            scenario.experiment.seed = scenario.experiment.seed.wrapping_add(FRESH);
            scenario
        };
        let tuned = later(&(self.load)(best).unwrap_or_else(|| self.file.clone()));
        let file = later(self.file);
        let contenders = [Contender::new("as it is", &file), Contender::new("tuned", &tuned)];
        let ask = Ask { figures: vec![self.tune.path.clone()], ..Ask::default() };
        Comparison::new(&contenders, 0, &ask)?.run(self.watch)
    }
}
