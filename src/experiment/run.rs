//! One centre, played often enough.

use crate::estimate::LOOK_EVERY;
use crate::figures::{About, Fold, Results};
use crate::model::Model;
use crate::routing::{Policy, RulePolicy};
use crate::scenario::{Precision, Scenario};

use super::collector::{AllFigures, Collector};
use super::failure::Failure;
use super::watch::Watch;
use super::{pilot, replications};

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

    /// A centre that is compiled already.
    pub(super) fn of_model(scenario: &'a Scenario, model: Model) -> Experiment<'a> {
        Experiment { scenario, model, notes: Vec::new() }
    }

    /// The compiled centre.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// The seed of all draws.
    pub(super) fn seed(&self) -> u64 {
        self.scenario.experiment.seed
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
        self.run_collecting(policy, &(), watch).map(|(outcome, ())| outcome)
    }

    /// Plays the scenario under a policy, and collects something of one's own beside the figures.
    ///
    /// # Errors
    /// See [`Failure`].
    pub fn run_collecting<P: Policy, C: Collector>(
        &self,
        policy: impl Fn() -> P + Sync,
        collector: &C,
        watch: &dyn Watch,
    ) -> Result<(Outcome, C::Fruit), Failure> {
        let experiment = &self.scenario.experiment;
        let both = (&AllFigures, collector);
        let mut collected = both.start(&self.model);
        let play = |wanted, collected: &mut _| {
            let into = (&both, collected);
            replications::collect(&self.model, experiment.seed, &policy, wanted, into, watch)
        };
        let mut asked = experiment.replications;
        watch.planned(asked);
        let mut complete = play(0..asked, &mut collected)?;
        while let Some(precision) = experiment.precision.as_ref().filter(|_| complete) {
            if asked >= precision.max_replications || self.reached(&collected.0, precision)? {
                break;
            }
            let next = (asked + LOOK_EVERY).min(precision.max_replications);
            watch.planned(next);
            complete = play(asked..next, &mut collected)?;
            asked = next;
        }
        let (fold, fruit) = collected;
        if fold.replications() == 0 {
            return Err(Failure::Stopped);
        }
        let (contacts, events) = fold.played();
        Ok((Outcome { results: self.results(&fold, asked), complete, contacts, events }, fruit))
    }

    fn reached(&self, fold: &Fold, precision: &Precision) -> Result<bool, Failure> {
        let estimate = self.results(fold, fold.replications()).figure(&precision.figure);
        let estimate = estimate.ok_or_else(|| Failure::NoFigure(precision.figure.clone()))?;
        Ok(estimate.half_width.is_some_and(|half_width| half_width <= precision.half_width))
    }

    /// What the replications so far come to, of so many that are asked for.
    pub(super) fn results(&self, fold: &Fold, asked: u64) -> Results {
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
