//! A centre that is compared with others, and a thread's player of it.

use std::ops::Range;

use crate::engine::Player;
use crate::figures::{Probe, TargetResult, targets_of};
use crate::model::Model;
use crate::routing::{Policy, RulePolicy};

use super::collector::{Collector, WithPercentiles};
use super::contender::Contender;
use super::own_policy::OwnPolicy;
use super::watch::Watch;
use super::waves::{Played as Block, play_block};

#[derive(Clone, Debug)]
pub(super) struct Variant {
    pub(super) name: String,
    pub(super) title: String,
    pub(super) model: Model,
    /// Takes the compared figures, as far as it has them, then those of its targets.
    pub(super) probe: WithPercentiles,
    /// (queue, target).
    pub(super) targets: Vec<(String, TargetResult)>,
    policy: Option<OwnPolicy>,
}

impl Variant {
    /// A centre whose targets are judged beside the figures that all are asked for.
    pub(super) fn new(contender: &Contender<'_>, model: Model, paths: &[String]) -> Variant {
        let queues = model.customer_queues().iter();
        let targets: Vec<(String, TargetResult)> = queues
            .flat_map(|queue| targets_of(queue).into_iter().map(|target| (queue.name.clone(), target)))
            .collect();
        let judged = targets.iter().map(|(queue, target)| format!("queues.{queue}.{}", target.figure.name()));
        let all: Vec<String> = paths.iter().cloned().chain(judged).collect();
        let probe = WithPercentiles(Probe::where_there(&model, &all));
        let (name, title) = (contender.name.clone(), contender.scenario.title.clone());
        Variant { name, title, model, probe, targets, policy: contender.policy.clone() }
    }
}

/// A thread's player of a variant. The scenario's rules are compiled into theirs.
pub(super) enum Seat<'m> {
    Rules(Box<Player<'m, RulePolicy>>),
    Own(Box<Player<'m, Box<dyn Policy>>>),
}

impl<'m> Seat<'m> {
    pub(super) fn of(variant: &'m Variant) -> Seat<'m> {
        let model = &variant.model;
        match &variant.policy {
            None => Seat::Rules(Box::new(Player::new(model, RulePolicy::new(model)))),
            Some(own) => Seat::Own(Box::new(Player::new(model, own.make(model)))),
        }
    }

    /// Plays a block, each replication under a new policy.
    pub(super) fn play<C: Collector>(
        &mut self,
        of: &Variant,
        seed: u64,
        block: Range<u64>,
        probe: &C,
        watch: &dyn Watch,
    ) -> Block<C::Fruit> {
        let Variant { model, policy, .. } = of;
        match (self, policy) {
            (Seat::Own(player), Some(own)) => {
                play_block(player, &|| own.make(model), model, seed, block, probe, watch)
            }
            (Seat::Rules(player), _) => {
                play_block(player, &|| RulePolicy::new(model), model, seed, block, probe, watch)
            }
            (Seat::Own(player), None) => {
                let rules = || -> Box<dyn Policy> { Box::new(RulePolicy::new(model)) };
                play_block(player, &rules, model, seed, block, probe, watch)
            }
        }
    }
}
