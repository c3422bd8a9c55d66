//! The present row, and since when each integral over time stands.

use crate::model::Model;
use crate::observations::Count;
use crate::units::{Instant, Span};

/// The present row, and since when each integral stands.
#[derive(Clone, Debug)]
pub(super) struct Meters {
    pub(super) row: usize,
    pub(super) day: usize,
    pub(super) reported: bool,
    pub(super) boundary: Instant,
    pub(super) queues: Vec<Instant>,
    pub(super) presence: Vec<Instant>,
    /// By agent: since when its own times stand, and what it had worked by then.
    pub(super) agents: Vec<(Instant, Span)>,
    /// What the present row's integrals of each queue were when the row began: where rows are
    /// weekdays' times of day, the rest is the present date's.
    pub(super) before: Vec<[u64; TIMES.len()]>,
}

/// The integrals over time that a queue has.
pub(super) const TIMES: [Count; 2] = [Count::Waiting, Count::Busy];

impl Meters {
    pub(super) fn new(model: &Model) -> Meters {
        Meters {
            row: 0,
            day: 0,
            reported: false,
            boundary: Instant::NEVER,
            queues: vec![Instant::START; model.queues.len()],
            presence: vec![Instant::START; model.groups.len()],
            agents: vec![(Instant::START, Span::ZERO); model.agents.len()],
            before: vec![[0; TIMES.len()]; model.queues.len()],
        }
    }

    pub(super) fn restart(&mut self, model: &Model) {
        self.queues.fill(Instant::START);
        self.presence.fill(Instant::START);
        self.agents.fill((Instant::START, Span::ZERO));
        self.before.fill([0; TIMES.len()]);
        self.turn(model, Instant::START);
    }

    pub(super) fn turn(&mut self, model: &Model, now: Instant) {
        self.row = model.rows.row(now);
        self.day = model.rows.day(now);
        self.reported = self.row != model.rows.unreported();
        // Past the reported time the play may go on, to its end.
        self.boundary = match model.rows.next_boundary(now).min(model.end) {
            end if end <= now => Instant::NEVER,
            next => next,
        };
    }
}
