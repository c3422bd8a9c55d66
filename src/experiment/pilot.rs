//! Volumes that count everything offered: which share of it are new cases?
//!
//! A file from an ACD counts retries and repeat contacts. The pilot scales the new cases of such queues by
//! their share of the simulated attempts, interval by interval, until these shares no longer change: then
//! new cases and returns together are as many as the file says, in every interval. A share is a ratio
//! of counts of the same replications, so the chance that makes one month busier than another drops out.

use crate::engine::Unstable;
use crate::figures::Fold;
use crate::model::{ArrivalScale, Model};
use crate::routing::RulePolicy;
use crate::scenario::{Counts, Scenario};
use crate::units::QueueId;

use super::replications;
use super::watch::Silent;

/// Says what a factor means.
pub(super) fn note((queue, scale): &(String, ArrivalScale)) -> String {
    let lowest = scale.rows.iter().copied().fold(scale.whole, f64::min);
    let highest = scale.rows.iter().copied().fold(scale.whole, f64::max);
    format!(
        "{queue}: the file counts everything offered and is matched interval by interval; {:.1} % of it are new cases \
         (from {:.1} to {:.1} % by interval), the rest retries and repeat contacts",
        scale.whole * 100.0,
        lowest * 100.0,
        highest * 100.0
    )
}

/// Gives the arrivals of a model factors that were found in another one, by queue. Returns whether all
/// that need a factor have one now.
fn freeze(scenario: &Scenario, model: &mut Model, factors: &[(String, ArrivalScale)]) -> bool {
    let mut all = true;
    for queue in &scenario.queues {
        if queue.arrivals.as_ref().is_none_or(|arrivals| arrivals.counts != Counts::Offered) {
            continue;
        }
        let factor = factors.iter().find(|(name, _)| *name == queue.name).map(|(_, factor)| factor);
        let id = model.queue_named(&queue.name);
        match (factor, id.and_then(|id| model.queues[id.index()].arrivals.as_mut())) {
            (Some(factor), Some(arrivals)) => arrivals.scale = factor.clone(),
            _ => all = false,
        }
    }
    all
}

/// A centre, compiled with factors that were found in another one.
pub(super) fn frozen(scenario: &Scenario, factors: &[(String, ArrivalScale)]) -> Model {
    let mut model = Model::compile(scenario);
    freeze(scenario, &mut model, factors);
    model
}

/// The same, and a pilot of its own where it counts everything offered and the other centre did not.
pub(super) fn frozen_or_scaled(
    scenario: &Scenario,
    factors: &[(String, ArrivalScale)],
    seed: u64,
) -> Result<Model, Unstable> {
    let mut model = Model::compile(scenario);
    freeze_or_scale(scenario, &mut model, factors, seed)?;
    Ok(model)
}

/// Gives a model factors that were found in another one, and has a pilot of the model's own where a queue counts everything offered that the other centre did not: as
/// a variant may.
pub(super) fn freeze_or_scale(
    scenario: &Scenario,
    model: &mut Model,
    factors: &[(String, ArrivalScale)],
    seed: u64,
) -> Result<(), Unstable> {
    if freeze(scenario, model, factors) {
        return Ok(());
    }
    let scaled = scale(scenario, model, seed);
    freeze(scenario, model, factors);
    scaled.map(|_| ())
}

/// The factors that a search over staff and settings starts from: those of the file. None where the file's queues grow without end,
/// as they may with the very staff that the search is to mend: then each value that is tried has a pilot of its own
/// ([`freeze_or_scale`]), and where that finds no end either, the value is unstable.
pub(super) fn of_search(file: &Scenario, model: &mut Model, seed: u64) -> Vec<(String, ArrivalScale)> {
    scale(file, model, seed).unwrap_or_default()
}

/// Replications of the first round; the later ones play as many as give each interval enough cases.
const REPLICATIONS: u64 = 24;
const MOST_REPLICATIONS: u64 = 240;

/// So many contacts a round fix the shares of its intervals to a few percent.
const CONTACTS: u64 = 400_000;

/// Rounds at most: the error of a round shrinks with the share of returns.
const ROUNDS: usize = 12;

/// Close enough: the change of the whole share from one round to the next; of an interval ten times as much.
const TOLERANCE: f64 = 0.002;

/// Half-way from the factors that were played to the shares that they led to: with too few agents more cases
/// lead to an even smaller share of new ones, and whole steps would swing to and fro.
fn between(found: &ArrivalScale, played: &ArrivalScale) -> ArrivalScale {
    let half_way = |found: f64, played: f64| libm::sqrt(found * played);
    ArrivalScale {
        whole: half_way(found.whole, played.whole),
        rows: found.rows.iter().enumerate().map(|(row, share)| half_way(*share, played.of(row))).collect(),
    }
}

/// Whether a round has found what the round before had found.
fn changes_little(now: &ArrivalScale, before: &ArrivalScale) -> bool {
    let near = |now: f64, before: f64, tolerance: f64| (now / before - 1.0).abs() < tolerance;
    let rows = now.rows.iter().enumerate();
    near(now.whole, before.whole, TOLERANCE)
        && rows.into_iter().all(|(row, share)| near(*share, before.of(row), 10.0 * TOLERANCE))
}

/// Scales the arrivals of a model; returns (queue, factor) of those that were scaled.
pub(super) fn scale(
    scenario: &Scenario,
    model: &mut Model,
    seed: u64,
) -> Result<Vec<(String, ArrivalScale)>, Unstable> {
    let offered = |queue: &&crate::scenario::Queue| {
        queue.arrivals.as_ref().is_some_and(|arrivals| arrivals.counts == Counts::Offered)
    };
    let queues: Vec<QueueId> =
        scenario.queues.iter().filter(offered).filter_map(|queue| model.queue_named(&queue.name)).collect();
    if queues.is_empty() {
        return Ok(Vec::new());
    }
    let mut count = REPLICATIONS;
    for _ in 0..ROUNDS {
        let mut fold = Fold::new(model);
        let policy = || RulePolicy::new(model);
        replications::play(model, seed, &policy, 0..count, &mut fold, &Silent)?;
        let mut settled = true;
        for &queue in &queues {
            if let (Some(share), Some(arrivals)) = (
                fold.new_shares(queue).filter(|share| share.whole > 0.0),
                &mut model.queues[queue.index()].arrivals,
            ) {
                settled &= changes_little(&share, &arrivals.scale);
                arrivals.scale = between(&share, &arrivals.scale);
            }
        }
        let contacts = (fold.played().0 / count).max(1);
        let enough = (CONTACTS / contacts).clamp(REPLICATIONS, MOST_REPLICATIONS);
        if settled && count >= enough {
            break;
        }
        count = enough;
    }
    let factor = |queue: &QueueId| {
        let queue = &model.queues[queue.index()];
        (
            queue.name.clone(),
            queue.arrivals.as_ref().map_or(ArrivalScale::ONE, |arrivals| arrivals.scale.clone()),
        )
    };
    Ok(queues.iter().map(factor).collect())
}
