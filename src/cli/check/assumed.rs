//! What the scenario leaves unsaid and the play takes for granted.

use std::fmt::Write as _;

use crate::scenario::{Queue, Scenario};

/// Names that a line spells out.
const MOST_NAMES: usize = 6;

/// A line for each silent default that flatters results: nobody abandons, every contact solves its case.
pub(super) fn assumed(scenario: &Scenario) -> String {
    let is_live = |queue: &Queue| {
        let channel = scenario.channels.iter().find(|channel| channel.name == queue.channel);
        channel.is_none_or(|channel| channel.kind.is_live())
    };
    let solved_elsewhere = |queue: &Queue| {
        let skills = scenario.groups.iter().flat_map(|group| &group.skills);
        skills.filter(|skill| skill.queue == queue.name).any(|skill| skill.resolution.is_some())
    };
    let endless = |queue: &&Queue| is_live(queue) && queue.patience.is_none();
    let always_solved = |queue: &&Queue| queue.resolution.probability >= 1.0 && !solved_elsewhere(queue);
    let mut lines = String::new();
    for (what, left_out, queues) in [
        ("nobody ever abandons", "patience", scenario.queues.iter().filter(endless).collect::<Vec<_>>()),
        (
            "every answered contact solves its case",
            "resolution",
            scenario.queues.iter().filter(always_solved).collect(),
        ),
    ] {
        if !queues.is_empty() {
            let _ = writeln!(lines, "  {what}: {} (no `{left_out}`)", names(scenario, &queues));
        }
    }
    if lines.is_empty() { lines } else { format!("\nTaken for granted\n{lines}") }
}

fn names(scenario: &Scenario, queues: &[&Queue]) -> String {
    if queues.len() == scenario.queues.len() && queues.len() > 1 {
        return "all queues".to_owned();
    }
    let mut names: Vec<&str> = queues.iter().take(MOST_NAMES).map(|queue| queue.name.as_str()).collect();
    let more = format!("{} more", queues.len().saturating_sub(MOST_NAMES));
    if queues.len() > MOST_NAMES {
        names.push(&more);
    }
    names.join(", ")
}
