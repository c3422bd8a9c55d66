//! What no single value can get wrong: names that refer to nothing, queues without agents, loops.

mod closed;
mod doubts;
mod follow_ups;
mod instants;
mod kinds;
mod loops;
mod names;
mod scripts;
mod service;
mod shown;
mod size;
mod spelling;
mod unstaffed;

use std::collections::BTreeMap;

use super::centre::Decoded;
use super::{Queue, Scenario, Skill};
use crate::reading::diagnostic::Log;
use crate::reading::source::Place;
use crate::reading::tree::Node;

/// Probabilities that sum to 1 but for rounding.
const ALL: f64 = 1.0 - 1e-9;

/// A scenario whose single values were read, with the tree to find their places in.
struct Checking<'a> {
    scenario: &'a Scenario,
    tree: &'a Node,
    log: &'a Log,
    /// The queues by name.
    queues: BTreeMap<&'a str, &'a Queue>,
    /// The groups' skills by the queue that they are for.
    skills: BTreeMap<&'a str, Vec<&'a Skill>>,
}

impl Checking<'_> {
    /// The groups' skills for a queue.
    fn skills_for(&self, queue: &Queue) -> impl Iterator<Item = &Skill> {
        self.skills.get(queue.name.as_str()).into_iter().flatten().copied()
    }

    /// Where the key at this path was written, or the nearest table around it.
    fn place(&self, path: &[&str]) -> Place {
        let mut place = self.tree.place;
        let mut node = self.tree;
        for key in path {
            let entry = node.table().and_then(|table| table.entries.iter().find(|entry| entry.key == *key));
            let Some(entry) = entry else { break };
            place = entry.key_place;
            node = &entry.value;
        }
        place
    }
}

/// Checks the whole.
pub(super) fn check(decoded: &Decoded, tree: &Node, log: &Log) {
    let scenario = &decoded.scenario;
    let queues = scenario.queues.iter().map(|queue| (queue.name.as_str(), queue)).collect();
    let mut skills: BTreeMap<&str, Vec<&Skill>> = BTreeMap::new();
    for skill in scenario.groups.iter().flat_map(|group| &group.skills) {
        skills.entry(&skill.queue).or_default().push(skill);
    }
    let checking = Checking { scenario, tree, log, queues, skills };
    checking.counts();
    checking.size();
    checking.spelling();
    checking.shown_names();
    checking.follow_up_names();
    checking.handovers();
    // A misspelt name would make a queue look forgotten; one mistake is enough.
    let known = checking.names(&decoded.references);
    if known {
        checking.service();
        checking.loops();
        checking.scripts();
        checking.doubts();
        checking.lines_at_night();
        checking.follow_up_doubts();
        checking.kind_doubts();
    }
}
