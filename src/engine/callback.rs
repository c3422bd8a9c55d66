//! Callbacks: a waiting customer hangs up and keeps the place.

use crate::observations::{Count, Kind, PassageCount, StepEnd};
use crate::random::{Key, Purpose, unit};
use crate::routing::Policy;
use crate::state::{Case, CaseId, Stage, Whereabouts};
use crate::units::{AgentId, QueueId};
use crate::vocabulary::{OfferWhen, StartWhen};

use super::player::Player;
use super::recorder::{CaseEvent, Recorder};
use super::timers::{Later, WaitEvent};

/// The draws of calls that are tried again are named apart from those of contacts.
const CALLS: u64 = 1 << 35;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// Whether a customer who must wait is offered a callback and takes it.
    pub(super) fn accepts_callback(&mut self, id: CaseId) -> bool {
        let case = &self.state.cases[id];
        let stay = case.stay();
        let Some(callback) = &self.model.queues[stay.queue.index()].callback else { return false };
        let waiting = &self.state.queue(stay.queue).waiting;
        let offered = match callback.offer_when {
            OfferWhen::QueueLength(length) => waiting.len() >= length,
            OfferWhen::ExpectedWait(wait) => {
                waiting.head().is_some_and(|head| self.now.since(self.state.cases[head].entered) >= wait)
            }
            OfferWhen::ByScript => false,
        };
        if !offered || self.state.queue(stay.queue).closed {
            return false;
        }
        self.is_offered_callback(id)
    }

    /// A customer is offered a callback: whether it is taken.
    fn is_offered_callback(&mut self, id: CaseId) -> bool {
        let case = &self.state.cases[id];
        let stay = case.stay();
        let Some(callback) = &self.model.queues[stay.queue.index()].callback else { return false };
        let accepts = unit(case.key.bits(case.contact, case.leg, Purpose::CallbackAccept)) < callback.accept;
        self.book_passage(stay, PassageCount::CallbacksOffered, 1);
        accepts
    }

    /// A policy offers a callback to a customer who waits: whether the customer has hung up to be called. Once in a stay.
    pub(super) fn offer_callback(&mut self, id: CaseId) -> Option<bool> {
        let case = &self.state.cases[id];
        let (stay, this) = (case.stay(), Some((case.contact, case.leg)));
        let asked = std::mem::replace(&mut self.state.cases.rare_mut(id).offered_callback, this) == this;
        if asked {
            return None;
        }
        if self.state.queue(stay.queue).closed || !self.is_offered_callback(id) {
            return Some(false);
        }
        self.leave_queue(id);
        self.await_callback(id);
        Some(true)
    }

    /// The customer hangs up, to be called back in its turn; the stay ends.
    pub(super) fn await_callback(&mut self, id: CaseId) {
        let stay = self.state.cases[id].stay();
        self.book_stay(stay, |counts| counts[Count::CalledBack] += 1);
        self.tell(id, CaseEvent::AcceptsCallback);
        self.note(id, StepEnd::CalledBack);
        self.release_line(stay.queue);
        self.let_go(id);
        let rare = self.state.cases.rare_mut(id);
        (rare.callback_accepted, rare.calls_in_vain) = (self.now, 0);
        self.state.await_callback(id);
        if let Some(StartWhen::Within(within)) = self.start_when(stay.queue) {
            self.set_wait_timer(self.now + within, WaitEvent::WakeUp, id);
        }
    }

    fn start_when(&self, queue: QueueId) -> Option<StartWhen> {
        self.model.queues[queue.index()].callback.as_ref().map(|callback| callback.start_when)
    }

    /// The callback that an agent with room should make, given what waits first for it elsewhere.
    pub(super) fn callback_for(&self, agent: AgentId, waiting: Option<CaseId>) -> Option<CaseId> {
        let group = self.state.agents[agent.index()].group;
        self.model.abilities.serves(group).iter().find_map(|&queue| {
            let state = self.state.queue(queue);
            let head = state.callbacks.head()?;
            if state.closed || !self.state.has_room(self.model, agent, queue, self.now) {
                return None;
            }
            let case = &self.state.cases[head];
            let priority = |queue: QueueId| self.model.queues[queue.index()].priority;
            let quiet = waiting.is_none() && state.waiting.is_empty();
            let now = match self.start_when(queue)? {
                StartWhen::IdleAgents(idle) => quiet && self.state.idle_for(self.model, queue) >= idle,
                StartWhen::PlaceReached => {
                    let turn = waiting.is_none_or(|other| {
                        let other = &self.state.cases[other];
                        (priority(queue), case.age) < (priority(other.queue), other.age)
                    });
                    turn && state.waiting.head().is_none_or(|first| self.state.cases[first].age > case.age)
                }
                StartWhen::Priority(own) => waiting.is_none_or(|other| {
                    let other = &self.state.cases[other];
                    (own, case.age) < (priority(other.queue), other.age)
                }),
                StartWhen::Within(within) => {
                    let turn = waiting
                        .is_none_or(|other| priority(queue) <= priority(self.state.cases[other].queue));
                    quiet || (turn && self.state.cases.rare(head).callback_accepted + within <= self.now)
                }
            };
            now.then_some(head)
        })
    }

    /// The latest time for a callback has come.
    pub(super) fn callback_due(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        if case.whereabouts != Whereabouts::AwaitingCallback {
            return;
        }
        let Some(StartWhen::Within(within)) = self.start_when(case.queue) else { return };
        if self.state.cases.rare(id).callback_accepted + within > self.now
            || self.state.queue(case.queue).closed
        {
            return;
        }
        if let crate::routing::Offer::Agent(agent) = self.offer(id) {
            self.start_callback(agent, id);
        }
    }

    /// An agent calls the customer.
    pub(super) fn start_callback(&mut self, agent: AgentId, id: CaseId) {
        self.state.call_back(id);
        let rare = self.state.cases.rare(id);
        let (accepted, call) = (rare.callback_accepted, rare.calls_in_vain);
        self.enter(id);
        let case = &mut self.state.cases[id];
        (case.age, case.kind) = (accepted, Kind::Callback);
        let stay = case.stay();
        let reached = unit(name_of(case, call).bits(case.contact, case.leg, Purpose::Reached));
        self.state.channels[self.model.queues[stay.queue.index()].channel.index()].lines += 1;
        let Some(callback) = &self.model.queues[stay.queue.index()].callback else { return };
        if reached < callback.reached {
            let delay = self.now.since(accepted).micros();
            let apart = u64::from(!callback.counts_as_answered);
            self.book_stay(stay, |counts| {
                counts[Count::Entered] += 1;
                counts[Count::ByCallback] += apart;
            });
            self.book_passage(stay, PassageCount::CallbacksDone, 1);
            self.book_passage(stay, PassageCount::CallbackDelay, delay);
            self.tell(id, CaseEvent::Enters);
            self.serve(agent, id);
        } else {
            self.tell(id, CaseEvent::NotReached { agent });
            let group = self.state.agents[agent.index()].group;
            let share = self.model.abilities.skill(stay.queue, group).share;
            self.take_up(agent, id, stay, Stage::Ringing, callback.ring, share);
        }
    }

    /// Nobody answered: once more later, or never.
    pub(super) fn callback_unreached(&mut self, id: CaseId) {
        let rare = self.state.cases.rare_mut(id);
        rare.calls_in_vain = rare.calls_in_vain.saturating_add(1);
        let calls = rare.calls_in_vain;
        let case = &self.state.cases[id];
        let Some(callback) = &self.model.queues[case.queue.index()].callback else { return };
        if calls < u8::MAX && u32::from(calls) <= callback.retries {
            let bits = name_of(case, calls).bits(case.contact, case.leg, Purpose::CallbackAgain);
            let at = self.now + callback.retry_after.draw(bits);
            self.state.cases[id].whereabouts = Whereabouts::ToCallAgain { at };
            if !self.draining {
                self.returns.push(at, Later::Task, id);
            }
        } else {
            self.book_passage(case.stay(), PassageCount::CallbacksUnreached, 1);
            self.lose_unreached(id);
        }
    }

    /// Time to call again.
    pub(super) fn callback_again(&mut self, id: CaseId) {
        self.state.await_callback(id);
        self.call_back(self.state.cases[id].queue);
    }

    /// Whoever is idle asks for the callbacks of a queue as if just freed.
    pub(super) fn call_back(&mut self, queue: QueueId) {
        while let Some(head) = self.state.queue(queue).callbacks.head() {
            let able = self.model.abilities.served_by(queue).iter();
            let mut idle = able.filter_map(|group| self.state.group(*group).idle.longest());
            let Some(agent) = idle.find(|agent| self.callback_for(*agent, None) == Some(head)) else {
                return;
            };
            self.start_callback(agent, head);
        }
    }
}

/// The name of the draws of one call back, its number given.
fn name_of(case: &Case, call: u8) -> Key {
    case.key.child(CALLS + u64::from(call))
}
