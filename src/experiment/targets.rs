//! The targets of a centre's queues, one by one: what searches for staff, requirements by interval and capacity plans ask for.

use crate::figures::{Better, Figure};
use crate::scenario::Scenario;

/// A target of a queue.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct QueueTarget {
    /// Its place in the file.
    pub(super) queue: usize,
    /// What it is about.
    pub(super) figure: Figure,
    /// At least so much, or where less is better at most.
    pub(super) bound: f64,
}

impl QueueTarget {
    /// Whether the figure is to be at least the bound.
    pub(super) fn at_least(&self) -> bool {
        self.figure.better() != Better::Lower
    }
}

/// All targets, queue by queue in file order: on waits, on abandonment, on solving.
pub(super) fn queue_targets(file: &Scenario) -> Vec<QueueTarget> {
    let of = |(queue, written): (usize, &crate::scenario::Queue)| {
        let target =
            move |figure, bound: Option<f64>| bound.map(|bound| QueueTarget { queue, figure, bound });
        [
            target(Figure::ServiceLevel, written.answer.as_ref().map(|target| target.share)),
            target(Figure::SecondLevel, written.second.as_ref().map(|target| target.share)),
            target(Figure::Abandonment, written.max_abandonment),
            target(Figure::ResolvedInTime, written.resolve.as_ref().map(|target| target.share)),
        ]
    };
    file.queues.iter().enumerate().flat_map(of).flatten().collect()
}
