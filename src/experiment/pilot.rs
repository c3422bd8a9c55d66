//! Volumes that count everything offered: which share of it are new cases?
//!
//! A file from an ACD counts redials and recontacts. The pilot scales the new cases of such queues
//! until the simulated offered volume equals the file's.

use crate::engine::Unstable;
use crate::figures::Fold;
use crate::model::{Model, Rates};
use crate::routing::RulePolicy;
use crate::scenario::{Counts, Scenario};
use crate::units::QueueId;

use super::{Silent, replications};

/// Replications a round, and rounds: the error of a round shrinks with the share of returns.
const REPLICATIONS: u64 = 24;
const ROUNDS: usize = 8;

/// Close enough.
const TOLERANCE: f64 = 0.002;

/// Scales the arrivals of a model; returns (queue, factor) of those that were scaled.
pub(super) fn scale(
    scenario: &Scenario,
    model: &mut Model,
    seed: u64,
) -> Result<Vec<(String, f64)>, Unstable> {
    let offered = |queue: &&crate::scenario::Queue| {
        queue.arrivals.as_ref().is_some_and(|arrivals| arrivals.counts == Counts::Offered)
    };
    let queues: Vec<QueueId> =
        scenario.queues.iter().filter(offered).filter_map(|queue| model.queue_named(&queue.name)).collect();
    if queues.is_empty() {
        return Ok(Vec::new());
    }
    for _ in 0..ROUNDS {
        let mut fold = Fold::new(model);
        let policy = || RulePolicy::new(model);
        replications::play(model, seed, &policy, 0..REPLICATIONS, &mut fold, &Silent)?;
        let corrections: Vec<f64> = queues.iter().map(|&queue| correction(&fold, model, queue)).collect();
        for (&queue, correction) in queues.iter().zip(&corrections) {
            if let Some(arrivals) = &mut model.queues[queue.index()].arrivals {
                arrivals.scale *= correction;
            }
        }
        if corrections.iter().all(|correction| (correction - 1.0).abs() < TOLERANCE) {
            break;
        }
    }
    let factor = |queue: &QueueId| {
        let queue = &model.queues[queue.index()];
        (queue.name.clone(), queue.arrivals.as_ref().map_or(1.0, |arrivals| arrivals.scale))
    };
    Ok(queues.iter().map(factor).collect())
}

/// Volume of the file over volume simulated.
fn correction(fold: &Fold, model: &Model, id: QueueId) -> f64 {
    let queue = &model.queues[id.index()];
    let Some(Rates::Series(buckets)) = queue.arrivals.as_ref().map(|arrivals| &arrivals.rates) else {
        return 1.0;
    };
    let length = model.end.since(model.report_from).micros() as i64;
    let inside = buckets.iter().filter(|bucket| bucket.start >= 0 && bucket.start < length);
    let wanted: f64 = inside.map(|bucket| bucket.count).sum();
    match fold.attempts(id) {
        Some(simulated) if simulated > 0.0 && wanted > 0.0 => wanted / simulated,
        _ => 1.0,
    }
}
