//! Where the search begins: Erlang A for each queue by itself, and for all of them as one.
//!
//! A queue's load is worked out from the written scenario; with nobody who abandons Erlang A is Erlang C. By
//! itself each queue needs the most; in one pool, served by anyone, all together need the least. The truth
//! of groups with several skills lies between the two.

use crate::formulas::staffing::{Goal, agents_for_a, agents_for_c, square_root};
use crate::formulas::{ErlangA, ErlangC};
use crate::model::Model;
use crate::scenario::{Queue, Scenario};
use crate::units::Within;

use super::super::workload::{Intervals, workload};
use super::trials::Plan;

/// A queue's demand, averaged over the time in which there is any.
pub(super) struct Demand {
    /// Its place in the scenario.
    pub(super) queue: usize,
    per_hour: f64,
    /// In agents.
    load: f64,
    /// Agents that it needs by itself.
    pub(super) agents: f64,
}

/// The demand of all queues that have any.
pub(super) fn demands(file: &Scenario) -> Vec<Demand> {
    let model = Model::compile(file);
    let horizon = &file.horizon;
    let count = (horizon.length.micros() / horizon.interval.micros()).clamp(1, 10_000) as usize;
    let work = workload(file, &model, Intervals { length: horizon.interval, count });
    let mut demands = Vec::new();
    for (place, queue) in file.queues.iter().enumerate() {
        let Some(id) = model.queue_named(&queue.name) else { continue };
        let mean = |values: &[f64]| {
            let busy = values.iter().filter(|value| **value > 0.0);
            busy.clone().sum::<f64>() / busy.count().max(1) as f64
        };
        let (per_hour, load) = (mean(&work.per_hour[id.index()]), mean(&work.load[id.index()]));
        if load > 0.0 && per_hour > 0.0 {
            let agents = alone(queue, per_hour, load);
            demands.push(Demand { queue: place, per_hour, load, agents });
        }
    }
    demands
}

/// Agents that all queues need, each by itself.
pub(in super::super) fn needed(file: &Scenario) -> f64 {
    demands(file).iter().map(|demand| demand.agents).sum()
}

/// What a queue needs by itself.
fn alone(queue: &Queue, per_hour: f64, load: f64) -> f64 {
    let (arrivals_per_second, mean_service, agents) =
        (per_hour / 3600.0, load / per_hour * 3600.0, load.max(1.0));
    let patience = queue.patience.as_ref().map(|patience| patience.distribution.at(0).mean());
    let needed = |goal: &Goal| match patience.filter(|mean| mean.is_finite() && *mean > 0.0) {
        Some(mean_patience) => {
            agents_for_a(&ErlangA { arrivals_per_second, mean_service, mean_patience, agents }, goal).ok()
        }
        // Nobody abandons: then no share of them does, with any number that keeps up.
        None => agents_for_c(&ErlangC { arrivals_per_second, mean_service, agents }, goal).ok(),
    };
    let needed = goals(queue).iter().filter_map(needed).max();
    needed.map_or(libm::ceil(load), f64::from)
}

/// What the formula knows of a queue's targets.
fn goals(queue: &Queue) -> Vec<Goal> {
    let mut goals = Vec::new();
    if let Some(target) = &queue.answer
        && let Within::Clock(within) = target.within
    {
        goals.push(Goal::ServiceLevel { share: target.share, within: within.seconds() });
    }
    goals.extend(queue.max_abandonment.map(|max| Goal::Abandonment { max }));
    goals.retain(|goal| goal.check().is_ok());
    goals
}

/// What a skill of a group for a queue takes of an agent, as a part of what the queue takes by itself.
fn effort(file: &Scenario, group: usize, queue: &Queue) -> Option<f64> {
    let skill = file.groups[group].skills.iter().find(|skill| skill.queue == queue.name)?;
    let usual = queue.talk.at(0).mean().max(1e-9);
    let own = skill.talk.as_ref().map_or(usual, |talk| talk.at(0).mean());
    Some(own / usual / skill.speed)
}

/// Every queue by itself, each served by the group that does it at the least cost.
pub(super) fn dedicated(file: &Scenario, free: &[usize], costs: &[f64], demands: &[Demand]) -> Plan {
    let mut agents = vec![0.0; free.len()];
    for demand in demands {
        let queue = &file.queues[demand.queue];
        let able = free.iter().enumerate().filter_map(|(place, &group)| {
            let effort = effort(file, group, queue)?;
            Some((costs[place] * effort, file.groups[group].skills.len(), place, effort))
        });
        let cheapest = able.min_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
        if let Some((_, _, place, effort)) = cheapest {
            agents[place] += demand.agents * effort;
        }
    }
    agents.iter().map(|agents| libm::ceil(agents - 1e-9) as u32).collect()
}

/// The agents of a plan as if all of them served all queues in one pool: as many as a part of the
/// dedicated ones as the pool needs of what the queues need by themselves.
pub(super) fn pooled(file: &Scenario, plan: &[u32], demands: &[Demand]) -> Plan {
    let load: f64 = demands.iter().map(|demand| demand.load).sum();
    let per_hour: f64 = demands.iter().map(|demand| demand.per_hour).sum();
    let apart: f64 = demands.iter().map(|demand| demand.agents).sum();
    // The strictest target, for all.
    let of = |demand: &Demand| alone(&file.queues[demand.queue], per_hour, load);
    let needed = demands.iter().map(of).fold(square_root(load, 0.0), f64::max);
    let part = if apart > 0.0 { (needed / apart).min(1.0) } else { 1.0 };
    plan.iter().map(|&agents| libm::ceil(f64::from(agents) * part - 1e-9) as u32).collect()
}
