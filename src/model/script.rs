//! The scripts of queues, compiled: steps by number, groups as bits.

use std::sync::Arc;

use crate::expression::Expression;
use crate::units::{GroupId, QueueId, Span};
use crate::vocabulary::ScriptTerm;

/// When a step of a script holds.
#[derive(Clone, Debug)]
pub struct Holds {
    /// From this wait on.
    pub after: Span,
    /// While this is true.
    pub when: Option<Arc<Expression<ScriptTerm>>>,
}

/// What a step does with a contact that nobody serves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ScriptAct {
    /// Offers a callback, once.
    OfferCallback,
    /// Moves it to another queue.
    MoveTo(QueueId),
}

/// What is done for the contacts of a queue as they wait.
#[derive(Clone, Debug)]
pub struct Script {
    /// Steps that ask groups; none: all who can serve the queue are asked at once.
    pub asks: Vec<Holds>,
    /// By group: the steps that ask it, a bit each.
    asked: Vec<u64>,
    /// Steps that do something else, by wait.
    pub acts: Vec<(Holds, ScriptAct)>,
    /// The waits at which steps begin, ascending, without 0.
    pub waits: Vec<Span>,
}

impl Script {
    /// From its steps; `groups` in all.
    pub(super) fn new(
        asks: Vec<(Holds, Vec<GroupId>)>,
        acts: Vec<(Holds, ScriptAct)>,
        groups: usize,
    ) -> Script {
        let mut asked = vec![if asks.is_empty() { u64::MAX } else { 0 }; groups];
        for (number, (_, groups)) in asks.iter().enumerate() {
            groups.iter().for_each(|group| asked[group.index()] |= 1 << number);
        }
        let asks: Vec<Holds> = asks.into_iter().map(|(holds, _)| holds).collect();
        let begins = asks.iter().chain(acts.iter().map(|(holds, _)| holds)).map(|holds| holds.after);
        let mut waits: Vec<Span> = begins.filter(|after| *after > Span::ZERO).collect();
        waits.sort_unstable();
        waits.dedup();
        Script { asks, asked, acts, waits }
    }

    /// The steps that ask a group, a bit each.
    #[inline]
    #[must_use]
    pub fn asking(&self, group: GroupId) -> u64 {
        self.asked[group.index()]
    }

    /// Whether a condition asks who is idle or on duty, which others change than who comes to the queue or is free for it.
    #[must_use]
    pub fn asks_for_others(&self) -> bool {
        let acts = self.acts.iter().map(|(holds, _)| holds);
        let mut terms = self
            .asks
            .iter()
            .chain(acts)
            .filter_map(|holds| holds.when.as_ref())
            .flat_map(|when| when.terms());
        terms.any(|term| matches!(term, ScriptTerm::Idle | ScriptTerm::OnDuty | ScriptTerm::PredictedWait))
    }

    /// Whether a group is asked by one of these steps.
    #[inline]
    #[must_use]
    pub fn asks(&self, group: GroupId, steps: u64) -> bool {
        self.asked[group.index()] & steps != 0
    }
}
