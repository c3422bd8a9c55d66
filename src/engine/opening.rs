//! The opening and closing of queues.

use crate::model::Queue;
use crate::routing::Policy;
use crate::units::{GroupId, QueueId, Span};

use super::agenda::Planned;
use super::player::Player;
use super::recorder::Recorder;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// Whether those inside a queue are served: it is open, or closed not too long ago and someone
    /// who can is on duty.
    pub(super) fn serves_inside(&self, queue: QueueId) -> bool {
        if !self.state.queue(queue).closed {
            return true;
        }
        let Queue { openings, closing, .. } = &self.model.queues[queue.index()];
        let closed_at = openings.as_ref().and_then(|openings| openings.last_closing(self.now));
        let in_time = match closing.served_for {
            Span::FOREVER => true,
            served_for => closed_at.is_some_and(|closed_at| closed_at + served_for > self.now),
        };
        in_time && self.state.anyone_on_duty(self.model, queue)
    }

    pub(super) fn plan_opening(&mut self, queue: QueueId) {
        let openings = self.model.queues[queue.index()].openings.as_ref();
        if let Some((open, close)) = openings.and_then(|openings| openings.from(self.now)) {
            self.agenda.push(open.max(self.now), Planned::Open(queue, close));
        }
    }

    pub(super) fn close(&mut self, queue: QueueId) {
        self.state.queues[queue.index()].closed = true;
        let served_for = self.model.queues[queue.index()].closing.served_for;
        if !self.serves_inside(queue) {
            self.clear_queue(queue);
        } else if served_for < Span::FOREVER {
            self.agenda.push(self.now + served_for, Planned::Clear(queue));
        }
        self.plan_opening(queue);
    }

    /// Those inside a closed queue whom nobody is left to serve are sent away.
    pub(super) fn abandon_closed_queues(&mut self, group: GroupId) {
        for &queue in self.model.abilities.serves(group) {
            let state = self.state.queue(queue);
            if state.closed && !state.waiting.is_empty() && !self.state.anyone_on_duty(self.model, queue) {
                self.clear_queue(queue);
            }
        }
    }
}
