//! What a scenario leaves unsaid and the play takes for granted.

use super::{Queue, Scenario};

/// Names that a sentence spells out.
const MOST_NAMES: usize = 6;

/// A silent default that flatters results, and the queues that it is taken for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assumed {
    /// What is taken for granted: `nobody ever abandons`.
    pub what: &'static str,
    /// The key that is left out.
    pub left_out: &'static str,
    /// The names of the queues, in file order.
    pub queues: Vec<String>,
    /// Whether these are all of several.
    everywhere: bool,
}

impl Assumed {
    /// What a scenario takes for granted: that nobody abandons, that every contact solves its case.
    #[must_use]
    pub fn all(scenario: &Scenario) -> Vec<Assumed> {
        let is_live = |queue: &Queue| {
            let channel = scenario.channels.iter().find(|channel| channel.name == queue.channel);
            channel.is_none_or(|channel| channel.kind.is_live())
        };
        let solved_elsewhere = |queue: &Queue| {
            let skills = scenario.groups.iter().flat_map(|group| &group.skills);
            skills.filter(|skill| skill.queue == queue.name).any(|skill| skill.resolution.is_some())
        };
        let of = |what, left_out, taken: &dyn Fn(&Queue) -> bool| {
            let queues = scenario.queues.iter().filter(|queue| taken(queue));
            let queues: Vec<String> = queues.map(|queue| queue.name.clone()).collect();
            let everywhere = queues.len() > 1 && queues.len() == scenario.queues.len();
            (!queues.is_empty()).then_some(Assumed { what, left_out, queues, everywhere })
        };
        let endless =
            of("nobody ever abandons", "patience", &|queue| is_live(queue) && queue.patience.is_none());
        let solved = of("every answered contact solves its case", "resolution", &|queue| {
            queue.resolution.probability >= 1.0 && !solved_elsewhere(queue)
        });
        endless.into_iter().chain(solved).collect()
    }

    /// The same without what another takes for granted too; `None` where nothing is left.
    #[must_use]
    pub fn beyond(mut self, others: &[Assumed]) -> Option<Assumed> {
        let known = others.iter().filter(|other| other.left_out == self.left_out);
        let known: Vec<&String> = known.flat_map(|other| &other.queues).collect();
        let before = self.queues.len();
        self.queues.retain(|queue| !known.contains(&queue));
        self.everywhere &= self.queues.len() == before;
        (!self.queues.is_empty()).then_some(self)
    }

    /// `nobody ever abandons: chat (no "patience")`.
    #[must_use]
    pub fn sentence(&self) -> String {
        let mut names: Vec<&str> = self.queues.iter().take(MOST_NAMES).map(String::as_str).collect();
        let more = format!("{} more", self.queues.len().saturating_sub(MOST_NAMES));
        if self.queues.len() > MOST_NAMES {
            names.push(&more);
        }
        let names = if self.everywhere { "all queues".to_owned() } else { names.join(", ") };
        format!("{}: {names} (no `{}`)", self.what, self.left_out)
    }
}
