//! How long a study of the steady state takes to settle, found by MSER-5 on the number in the centre.

use crate::estimate::mser_5;
use crate::model::Model;
use crate::observations::{Count, GroupCount, Observations};
use crate::routing::RulePolicy;
use crate::scenario::Scenario;
use crate::units::Span;

use super::collector::Collector;
use super::failure::Failure;
use super::run::Experiment;
use super::watch::Watch;

/// So many points a play is looked at in.
const POINTS: u64 = 500;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct WarmUp {
    /// So long is to be left out; `None`: the centre has not settled in half of the time.
    pub found: Option<Span>,
    /// A point of the series is the mean of so long.
    pub step: Span,
    /// The number waiting and being served, the mean of all replications, point by point from the empty centre.
    pub series: Vec<f64>,
    /// So many replications.
    pub replications: u64,
}

/// Waits and work at hand by row, in contact-microseconds.
struct InTheCentre;

impl Collector for InTheCentre {
    type Fruit = Vec<u64>;

    fn start(&self, model: &Model) -> Vec<u64> {
        vec![0; model.rows.count]
    }

    fn add(&self, fruit: &mut Vec<u64>, seen: &Observations, model: &Model) {
        for (row, sum) in fruit.iter_mut().enumerate().take(model.rows.count) {
            *sum += seen.queues.iter().map(|queue| queue.rows[row][Count::Waiting]).sum::<u64>();
            *sum += seen.groups.iter().map(|group| group[row][GroupCount::Working]).sum::<u64>();
        }
    }

    fn merge(&self, fruit: &mut Vec<u64>, later: Vec<u64>) {
        for (sum, more) in fruit.iter_mut().zip(later) {
            *sum += more;
        }
    }
}

/// Plays the scenario from the empty centre, its own warm-up included, and finds how long it takes to settle.
///
/// # Errors
/// See [`Failure`].
pub fn find_warm_up(scenario: &Scenario, watch: &dyn Watch) -> Result<WarmUp, Failure> {
    let mut whole = scenario.clone();
    let horizon = &mut whole.horizon;
    horizon.length += horizon.warm_up;
    horizon.warm_up = Span::ZERO;
    let step = Span::from_micros((horizon.length.micros() / POINTS).max(1));
    horizon.interval = step;
    horizon.length = Span::from_micros(step.micros() * POINTS);
    whole.experiment.precision = None;
    let experiment = Experiment::new(&whole)?;
    let policy = || RulePolicy::new(experiment.model());
    let (outcome, sums) = experiment.run_collecting(policy, &InTheCentre, watch)?;
    let replications = outcome.results.replications;
    let over = replications as f64 * step.micros() as f64;
    let series: Vec<f64> = sums.into_iter().map(|sum| sum as f64 / over).collect();
    let found = mser_5(&series).map(|points| Span::from_micros(step.micros() * points as u64));
    Ok(WarmUp { found, step, series, replications })
}
