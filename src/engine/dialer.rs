//! The dialer: calls ring for agents who are idle, and who answers becomes a case.

use crate::observations::PassageCount;
use crate::random::{Key, Purpose, unit};
use crate::routing::Policy;
use crate::units::QueueId;

use super::agenda::Planned;
use super::first_talk::first_talk;
use super::player::Player;
use super::recorder::Recorder;
use super::sources::Opening;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// Calls as many customers as there are idle agents for.
    #[cold]
    pub(super) fn dial(&mut self) {
        if self.draining {
            return;
        }
        for id in (0..self.model.queues.len()).map(QueueId::at) {
            let Some(dialer) = &self.model.queues[id.index()].dialer else { continue };
            if self.state.queue(id).closed {
                continue;
            }
            let wanted =
                (dialer.calls_per_idle_agent * f64::from(self.state.idle_for(self.model, id))) as u32;
            while self.dialling[id.index()].ringing < wanted
                && self.dialling[id.index()].number < dialer.customers
            {
                let calls = &mut self.dialling[id.index()];
                let call = calls.number;
                (calls.ringing, calls.number) = (calls.ringing + 1, call + 1);
                let ring = dialer.ring.draw(self.call(id, call).bits(0, 0, Purpose::Ring));
                self.agenda.push(self.now + ring, Planned::Rung(id, call));
                if self.meters.reported {
                    self.seen.queues[id.index()].passages[PassageCount::Dialled] += 1;
                }
            }
        }
    }

    /// A call has rung: the customer answers, or not.
    pub(super) fn rung(&mut self, id: QueueId, call: u32) {
        let queue = &self.model.queues[id.index()];
        self.dialling[id.index()].ringing -= 1;
        let Some(dialer) = queue.dialer.as_ref().filter(|_| !self.draining) else { return };
        let key = self.call(id, call);
        if unit(key.bits(0, 0, Purpose::Reached)) < dialer.reached {
            let talk = first_talk(queue, key, self.model.reported_micros(self.now));
            self.open_case(id, Opening { at: self.now, key, talk });
        }
    }

    /// The name of a call, and of the case that comes of it.
    fn call(&self, queue: QueueId, number: u32) -> Key {
        self.key.named("dialer").named(&self.model.queues[queue.index()].stream).child(u64::from(number))
    }
}
