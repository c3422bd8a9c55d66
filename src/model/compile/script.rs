//! Scripts of queues.

use std::sync::Arc;

use crate::scenario::{self, Does};
use crate::units::GroupId;

use super::super::script::{Holds, Script, ScriptAct};
use super::Compiler;

impl Compiler<'_> {
    /// The script of a queue, if it has one.
    pub(super) fn script(&self, queue: &str) -> Option<Script> {
        let written = self.scenario.routing.scripts.iter().find(|script| script.queue == queue)?;
        let holds =
            |step: &scenario::ScriptStep| Holds { after: step.after, when: step.when.clone().map(Arc::new) };
        let (mut asks, mut acts) = (Vec::new(), Vec::new());
        for step in &written.steps {
            match &step.does {
                Does::Ask(groups) => {
                    let id = |group: &String| GroupId::at(self.groups.id(group));
                    asks.push((holds(step), groups.iter().map(id).collect()));
                }
                Does::OfferCallback => acts.push((holds(step), ScriptAct::OfferCallback)),
                Does::MoveTo(to) => acts.push((holds(step), ScriptAct::MoveTo(self.queue_id(to)))),
            }
        }
        // Who has waited longer for it comes first, whatever the order of the file.
        acts.sort_by_key(|(holds, _)| holds.after);
        Some(Script::new(asks, acts, self.scenario.groups.len()))
    }
}
