//! What a sweep says of itself, beside its rows: where it came from, and what its queues are held to.

use crate::figures::{TargetResult, answer_target};
use crate::model::Labels;
use crate::scenario::{Queue, SAMPLED, Scenario};

/// What the scenario of a sweep says of itself.
#[derive(Clone, Debug)]
pub struct SweepAbout {
    title: String,
    seed: u64,
    replications: u64,
    /// Whether points go on until a figure is known well enough.
    precise: bool,
    confidence: f64,
    swept: Vec<String>,
    /// In file order.
    pub queues: Vec<QueueAbout>,
    /// What people call queues, groups and money.
    pub labels: Labels,
    /// Whether some customers wait on the line and others for a response, so that waits have no mean.
    pub unlike_waits: bool,
}

/// The targets of a queue.
#[derive(Clone, Debug)]
pub struct QueueAbout {
    /// Its name.
    pub name: String,
    /// The target of its answers or responses.
    pub answer: Option<TargetResult>,
}

impl QueueAbout {
    /// Of all queues of a scenario, in file order.
    pub(super) fn all(scenario: &Scenario) -> Vec<QueueAbout> {
        let is_live = |queue: &Queue| {
            let channel = scenario.channels.iter().find(|channel| channel.name == queue.channel);
            channel.is_none_or(|channel| channel.kind.is_live())
        };
        let about = |queue: &Queue| QueueAbout {
            name: queue.name.clone(),
            answer: queue.answer.as_ref().map(|target| answer_target(target, !is_live(queue))),
        };
        scenario.queues.iter().map(about).collect()
    }
}

impl SweepAbout {
    /// Of a scenario, and what is swept, a line an axis (`Sweep::written`).
    #[must_use]
    pub fn new(scenario: &Scenario, swept: Vec<String>) -> SweepAbout {
        let channels = &scenario.channels;
        SweepAbout {
            title: scenario.title.clone(),
            seed: scenario.experiment.seed,
            replications: scenario.experiment.replications,
            precise: scenario.experiment.precision.is_some(),
            confidence: scenario.experiment.confidence,
            swept,
            queues: QueueAbout::all(scenario),
            labels: Labels::of(scenario),
            unlike_waits: channels.len() > 1 && channels.iter().any(|channel| !channel.kind.is_live()),
        }
    }

    /// The scenario's title.
    #[must_use]
    pub fn title(&self) -> &str {
        &self.title
    }

    /// The seed of all draws.
    #[must_use]
    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Of each point; with a precision the first look.
    #[must_use]
    pub fn replications(&self) -> u64 {
        self.replications
    }

    /// Whether points go on until a figure is known well enough.
    #[must_use]
    pub fn precise(&self) -> bool {
        self.precise
    }

    /// Of the intervals.
    #[must_use]
    pub fn confidence(&self) -> f64 {
        self.confidence
    }

    /// Whether the points are a sample, not a grid.
    #[must_use]
    pub fn sampled(&self) -> bool {
        self.swept.iter().any(|line| line.ends_with(SAMPLED))
    }

    /// Whether all queues count their service level alike, at all points.
    #[must_use]
    pub fn levels_are_alike(&self, paths: &[String]) -> bool {
        let alike = TargetResult::are_alike(self.queues.iter().filter_map(|queue| queue.answer.as_ref()));
        let moves = |path: &String| path.contains(".target") && self.queues.len() > 1;
        alike && !paths.iter().any(moves)
    }

    /// What is swept, a line an axis.
    #[must_use]
    pub fn swept(&self) -> &[String] {
        &self.swept
    }
}
