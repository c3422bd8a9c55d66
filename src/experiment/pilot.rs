//! Volumes that count everything offered: which share of it are new cases?
//!
//! A file from an ACD counts redials and recontacts. The pilot scales the new cases of such queues by
//! their share of the simulated attempts, until that share no longer changes: then new cases and
//! returns together are as many as the file says. The share is a ratio of counts of the same
//! replications, so the chance that makes one month busier than another drops out.

use crate::engine::Unstable;
use crate::figures::Fold;
use crate::model::Model;
use crate::routing::RulePolicy;
use crate::scenario::{Counts, Scenario};
use crate::units::QueueId;

use super::{Silent, replications};

/// Says what a factor means.
pub(super) fn note((queue, factor): &(String, f64)) -> String {
    format!(
        "{queue}: the file counts everything offered; {:.1} % of it are new cases, the rest redials and recontacts",
        factor * 100.0
    )
}

/// Gives the arrivals of a model factors that were found in another one, by queue. Returns whether all
/// that need a factor have one now.
pub(super) fn freeze(scenario: &Scenario, model: &mut Model, factors: &[(String, f64)]) -> bool {
    let mut all = true;
    for queue in &scenario.queues {
        if queue.arrivals.as_ref().is_none_or(|arrivals| arrivals.counts != Counts::Offered) {
            continue;
        }
        let factor = factors.iter().find(|(name, _)| *name == queue.name).map(|(_, factor)| *factor);
        let id = model.queue_named(&queue.name);
        match (factor, id.and_then(|id| model.queues[id.index()].arrivals.as_mut())) {
            (Some(factor), Some(arrivals)) => arrivals.scale = factor,
            _ => all = false,
        }
    }
    all
}

/// Replications a round, and rounds: the error of a round shrinks with the share of returns.
const REPLICATIONS: u64 = 24;
const ROUNDS: usize = 8;

/// Close enough: the change of a share from one round to the next.
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
        let mut settled = true;
        for &queue in &queues {
            if let (Some(share), Some(arrivals)) = (
                fold.new_share(queue).filter(|share| *share > 0.0),
                &mut model.queues[queue.index()].arrivals,
            ) {
                settled &= (share / arrivals.scale - 1.0).abs() < TOLERANCE;
                arrivals.scale = share;
            }
        }
        if settled {
            break;
        }
    }
    let factor = |queue: &QueueId| {
        let queue = &model.queues[queue.index()];
        (queue.name.clone(), queue.arrivals.as_ref().map_or(1.0, |arrivals| arrivals.scale))
    };
    Ok(queues.iter().map(factor).collect())
}
