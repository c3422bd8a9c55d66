//! One centre, played often enough.

use thiserror::Error;

use crate::engine::Unstable;
use crate::figures::{About, Fold, Results};
use crate::model::Model;
use crate::routing::{Policy, RulePolicy};
use crate::scenario::{Precision, Scenario};

use super::{Watch, pilot, replications};

/// With a precision, further replications are played so many at a time.
const LOOK_EVERY: u64 = 64;

/// A centre, compiled and ready to be played under any policy.
///
/// ```no_run
/// use holdline::experiment::{Experiment, Silent};
/// use holdline::scenario::Scenario;
///
/// let loaded = Scenario::load("scenarios/first.toml".as_ref(), &[]).unwrap();
/// let experiment = Experiment::new(&loaded.scenario).unwrap();
/// let outcome = experiment.run(&Silent).unwrap();
/// println!("{:?}", outcome.results.figure("total.service_level"));
/// ```
#[derive(Clone, Debug)]
pub struct Experiment<'a> {
    scenario: &'a Scenario,
    model: Model,
    notes: Vec<String>,
}

/// Why an experiment has no results.
#[derive(Debug, Error)]
pub enum Failure {
    /// The queues grow without end.
    #[error(transparent)]
    Unstable(#[from] Unstable),
    /// It was stopped before the first replication was done.
    #[error("stopped before the first replication was done")]
    Stopped,
    /// The precision asks for a figure that has no value.
    #[error("`{0}` has no value in this scenario, so no precision can be reached")]
    NoFigure(String),
}

/// What an experiment found.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// The results of all complete replications.
    pub results: Results,
    /// Whether all replications were played.
    pub complete: bool,
    /// Contacts that were played.
    pub contacts: u64,
    /// Events that were played.
    pub events: u64,
}

impl<'a> Experiment<'a> {
    /// Compiles a scenario; runs the pilot where volumes count everything offered.
    ///
    /// # Errors
    /// When the queues grow without end in the pilot.
    pub fn new(scenario: &'a Scenario) -> Result<Experiment<'a>, Failure> {
        let mut model = Model::compile(scenario);
        let scaled = pilot::scale(scenario, &mut model, scenario.experiment.seed)?;
        Ok(Experiment { scenario, model, notes: scaled.iter().map(pilot::note).collect() })
    }

    /// The compiled centre.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Plays the scenario under its own rules.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn run(&self, watch: &dyn Watch) -> Result<Outcome, Failure> {
        self.run_with(|| RulePolicy::new(&self.model), watch)
    }

    /// Plays the scenario under a policy; `policy` makes a new one for each replication.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn run_with<P: Policy>(
        &self,
        policy: impl Fn() -> P + Sync,
        watch: &dyn Watch,
    ) -> Result<Outcome, Failure> {
        let experiment = &self.scenario.experiment;
        let mut fold = Fold::new(&self.model);
        let mut asked = experiment.replications;
        watch.planned(asked);
        let seed = experiment.seed;
        let mut complete = replications::play(&self.model, seed, &policy, 0..asked, &mut fold, watch)?;
        while let Some(precision) = experiment.precision.as_ref().filter(|_| complete) {
            if asked >= precision.max_replications || self.reached(&fold, precision)? {
                break;
            }
            let next = (asked + LOOK_EVERY).min(precision.max_replications);
            watch.planned(next);
            complete = replications::play(&self.model, seed, &policy, asked..next, &mut fold, watch)?;
            asked = next;
        }
        if fold.replications() == 0 {
            return Err(Failure::Stopped);
        }
        let (contacts, events) = fold.played();
        Ok(Outcome { results: self.results(&fold, asked), complete, contacts, events })
    }

    fn reached(&self, fold: &Fold, precision: &Precision) -> Result<bool, Failure> {
        let estimate = self.results(fold, fold.replications()).figure(&precision.figure);
        let estimate = estimate.ok_or_else(|| Failure::NoFigure(precision.figure.clone()))?;
        Ok(estimate.half_width.is_some_and(|half_width| half_width <= precision.half_width))
    }

    fn results(&self, fold: &Fold, asked: u64) -> Results {
        let mut notes = self.notes.clone();
        if let Some(precision) = &self.scenario.experiment.precision {
            let figure = &precision.figure;
            notes.push(format!(
                "{} replications for a half-width of {} of {figure}",
                fold.replications(),
                precision.half_width
            ));
        }
        fold.results(
            &self.model,
            About {
                title: &self.scenario.title,
                seed: self.scenario.experiment.seed,
                asked,
                confidence: self.scenario.experiment.confidence,
                notes,
            },
        )
    }
}
