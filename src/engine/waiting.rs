//! A contact wants an agent: it is served at once, or waits, and a wait ends in one of several ways.

use crate::model::ChannelKind;
use crate::observations::{Count, Kind, LossReason, PassageCount, StepEnd};
use crate::random::{Purpose, unit};
use crate::routing::{Offer, Policy, View};
use crate::state::{Case, CaseId, List, Position, Rare, Role, Service, Whereabouts};
use crate::units::{AgentId, Instant, QueueId, Span};

use super::event_list::Entry;
use super::player::Player;
use super::recorder::{CaseEvent, Recorder};
use super::talk::attempt_of;
use super::timers::WaitEvent;

/// How a contact waits that finds no agent.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wait {
    /// Its stay begins: the customer may balk, or hang up and keep a place; its patience is drawn.
    Begins(Position),
    /// It has overflowed: it waits until the same instant, and may overflow once more.
    Overflowed(Position, Instant),
    /// It goes on as it was, until this instant; never where nobody is impatient.
    GoesOn(Position, Instant),
}

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// Asks the policy for an agent.
    #[inline(always)]
    pub(super) fn offer(&mut self, id: CaseId) -> Offer {
        let view = View { model: self.model, state: &self.state, now: self.now };
        self.policy.agent_for(&view.contact(id), &view)
    }

    /// The agent who takes a contact right now; makes room where the offer is to interrupt.
    #[inline(always)]
    pub(super) fn taken_at_once(&mut self, offer: Offer, id: CaseId) -> Option<AgentId> {
        match offer {
            Offer::Agent(agent) => Some(agent),
            Offer::Interrupt(agent) => {
                self.interrupt(agent, self.state.cases[id].queue);
                Some(agent)
            }
            Offer::Wait | Offer::WaitUntil(_) | Offer::Callback | Offer::MoveTo(_) => None,
        }
    }

    /// A returning customer goes to the last agent, if free in time.
    pub(super) fn offer_sticky(&mut self, id: CaseId) -> Offer {
        match self.preferred_agent(id) {
            Some(agent) if self.state.has_room(self.model, agent, self.state.cases[id].queue, self.now) => {
                Offer::Agent(agent)
            }
            Some(_) => {
                let sticky = self.model.routing.sticky.unwrap_or(Span::ZERO);
                Offer::WaitUntil(self.state.cases[id].entered + sticky)
            }
            None => self.offer(id),
        }
    }

    /// The agent whom a returning customer would rather have, as long as they would wait for it.
    fn preferred_agent(&self, id: CaseId) -> Option<AgentId> {
        let sticky = self.model.routing.sticky?;
        let case = &self.state.cases[id];
        let last = case.last_agent.get()?;
        let group = self.state.agents[last.index()].group;
        let returns = matches!(case.kind, Kind::Retry | Kind::Repeat) && case.leg == 0;
        let able = self.model.abilities.get(case.queue, group).is_some_and(|skill| skill.listed);
        let patient = case.entered + sticky > self.now;
        (returns && patient && able && self.stays(last)).then_some(last)
    }

    /// Seeks an agent for a contact that stands in no list; it is served at once, or waits.
    pub(super) fn seek(&mut self, id: CaseId, otherwise: Wait) {
        let offer = self.offer(id);
        match self.taken_at_once(offer, id) {
            Some(agent) => self.serve(agent, id),
            None => self.wait(id, offer, otherwise),
        }
    }

    /// No agent for now.
    pub(super) fn wait(&mut self, id: CaseId, offer: Offer, how: Wait) {
        self.state.cases[id].delayed = true;
        self.tell(id, CaseEvent::Waits);
        match how {
            Wait::Begins(position) => {
                if let Some(until) = self.begin_to_wait(id) {
                    if until < Instant::NEVER {
                        self.set_wait_timer(until, WaitEvent::Abandon, id);
                    }
                    self.line_up(id, offer, position, until);
                }
            }
            Wait::Overflowed(position, until) => self.line_up(id, offer, position, until),
            Wait::GoesOn(position, until) => {
                self.meter_waiting(self.state.cases[id].queue);
                self.state.join(self.model, id, position, until);
                self.set_wake_up(offer, id);
            }
        }
        if self.policy.offers_next() {
            self.look_again(id, offer);
        }
    }

    /// A contact has begun to wait under a policy that looks at who waits: the first of its queue may be let through by it, or it does
    /// not stay.
    #[cold]
    fn look_again(&mut self, id: CaseId, offer: Offer) {
        let Case { queue, whereabouts, .. } = self.state.cases[id];
        let waits = matches!(whereabouts, Whereabouts::Waiting { list: List::Queue, .. });
        if waits && matches!(offer, Offer::Callback | Offer::MoveTo(_)) {
            self.carry_out(offer, id);
        }
        self.offer_head(queue);
    }

    /// What a policy wishes for a contact that waits and that nobody takes; whether it has left its queue.
    fn carry_out(&mut self, offer: Offer, id: CaseId) -> bool {
        let case = &self.state.cases[id];
        let is_new = case.role == Role::Case && !case.has_begun();
        match offer {
            Offer::Agent(_) | Offer::Interrupt(_) | Offer::Wait => false,
            Offer::Callback | Offer::MoveTo(_) if !is_new => false,
            Offer::WaitUntil(_) => {
                self.set_wake_up(offer, id);
                false
            }
            // Who declines is asked about again, for something else.
            Offer::Callback => match self.offer_callback(id) {
                Some(false) => self.offer_again(id),
                answer => answer.is_some(),
            },
            Offer::MoveTo(to) => {
                let open = to != self.state.cases[id].queue && !self.state.queue(to).closed;
                if open {
                    self.overflow(id, to);
                }
                open
            }
        }
    }

    /// Waits for one agent or one group alone.
    pub(super) fn wait_in(&mut self, id: CaseId, list: List, until: Instant) {
        self.state.cases[id].delayed = true;
        self.tell(id, CaseEvent::Waits);
        self.meter_waiting(self.state.cases[id].queue);
        self.state.join_list(self.model, id, list, until);
    }

    /// The customer balks, or hangs up to be called back, or begins to wait: until when, in that case.
    fn begin_to_wait(&mut self, id: CaseId) -> Option<Instant> {
        let (model, now) = (self.model, self.now);
        let case = &self.state.cases[id];
        let queue = &model.queues[case.queue.index()];
        let mut until = Instant::NEVER;
        if let Some(patience) = &queue.patience {
            let attempt = attempt_of(case, queue);
            if queue.balk > 0.0 && unit(case.key.bits(attempt, case.leg, Purpose::Balk)) < queue.balk {
                self.abandon(id);
                return None;
            }
            if queue.callback.is_some() && self.accepts_callback(id) {
                self.await_callback(id);
                return None;
            }
            let case = &self.state.cases[id];
            let distribution = patience.at(model.reported_micros(case.entered));
            until = now + distribution.draw(case.key.bits(attempt, case.leg, Purpose::Patience));
        } else if let Some(chase) = &queue.chase {
            let u = unit(case.key.bits(case.contact, case.leg, Purpose::Chase));
            if u < chase.probability && u32::from(case.contact) < chase.limit {
                until = now + chase.after.draw(case.key.bits(case.contact, case.leg, Purpose::ChaseAfter));
            }
        } else if queue.callback.is_some() && self.accepts_callback(id) {
            self.await_callback(id);
            return None;
        }
        Some(until)
    }

    /// Joins the waiting list, with its patience already known.
    fn line_up(&mut self, id: CaseId, offer: Offer, position: Position, until: Instant) {
        let queue = self.state.cases[id].queue;
        self.meter_waiting(queue);
        match self.preferred_agent(id) {
            Some(agent) => self.state.join_list(self.model, id, List::Agent(agent), until),
            None => self.state.join(self.model, id, position, until),
        }
        if let Some((after, _)) = self.model.queues[queue.index()].overflow {
            self.set_overflow_timer(id, self.now + after);
        }
        self.set_wake_up(offer, id);
    }

    fn set_overflow_timer(&mut self, id: CaseId, at: Instant) {
        self.state.cases.rare_mut(id).overflows = at;
        self.set_wait_timer(at, WaitEvent::Overflow, id);
    }

    /// A policy's wish to be asked again; one for the present or the past is no wish.
    pub(super) fn set_wake_up(&mut self, offer: Offer, id: CaseId) {
        if let Offer::WaitUntil(at) = offer
            && at > self.now
        {
            // Who is offered again and again asks for the same time again and again.
            if self.policy.offers_next() {
                let known = std::mem::replace(&mut self.state.cases.rare_mut(id).wakes, at);
                if known == at {
                    return;
                }
            }
            self.set_wait_timer(at, WaitEvent::WakeUp, id);
        }
    }

    pub(super) fn set_wait_timer(&mut self, at: Instant, event: WaitEvent, id: CaseId) {
        self.waits.push(at, event, id);
        // With hour-long patience most entries outlive their stay; sweep when most are stale.
        let live = self.state.waiting + self.state.callbacks + self.sessions + self.under_way;
        if self.waits.len() > 1024 && self.waits.len() > 8 * live as usize {
            let cases = &self.state.cases;
            self.waits.retain(|entry| match cases[entry.case].whereabouts {
                Whereabouts::Waiting { until, .. } => entry.class != WaitEvent::Abandon || until == entry.at,
                Whereabouts::SelfService { .. }
                | Whereabouts::UnderWay { .. }
                | Whereabouts::AwaitingCallback => entry.class != WaitEvent::Abandon,
                // Its stay begins with this timer.
                _ => entry.case == id,
            });
        }
    }

    /// A waiting contact's timer is up, unless the contact has long left.
    pub(super) fn waiting_timer(&mut self) {
        let Some(Entry { at, class, case: id }) = self.waits.pop() else { return };
        match (class, self.state.cases[id].whereabouts) {
            (WaitEvent::Abandon, Whereabouts::Waiting { list, until }) if until == at => {
                self.out_of_patience(id, list);
            }
            (WaitEvent::Overflow, Whereabouts::Waiting { .. }) => self.overflow_due(id),
            (WaitEvent::WakeUp, Whereabouts::Waiting { list, until }) => self.wake_up(id, list, until),
            (WaitEvent::WakeUp, Whereabouts::AwaitingCallback) => self.callback_due(id),
            (WaitEvent::GoesOn, Whereabouts::SelfService { until }) if until == at => {
                self.session_over(id);
            }
            (WaitEvent::GoesOn, Whereabouts::UnderWay { until }) if until == at => {
                self.arrive_late(id);
            }
            _ => {}
        }
    }

    /// A waiting contact's wish to be asked again: it has waited long enough for one agent, or for a
    /// delay of the policy.
    pub(super) fn wake_up(&mut self, id: CaseId, list: List, until: Instant) {
        if list == List::Queue {
            // Who comes next may be let through now, or ask to be waked at another time.
            let queue = self.state.cases[id].queue;
            if self.offer_again(id) && self.policy.offers_next() {
                self.offer_head(queue);
            }
            return;
        }
        let case = &self.state.cases[id];
        let queue = case.queue;
        let still_preferred = self.preferred_agent(id).is_some_and(|agent| list == List::Agent(agent));
        if case.role != Role::Case || still_preferred {
            return;
        }
        self.leave_queue(id);
        if !self.serves_inside(queue) {
            return self.close_out(id);
        }
        self.seek(id, Wait::GoesOn(Position::ByAge, until));
    }

    /// The customer has waited long enough: leaves, with a word or without, or writes again.
    #[inline]
    fn out_of_patience(&mut self, id: CaseId, list: List) {
        let case = &self.state.cases[id];
        let here = case.queue;
        let queue = &self.model.queues[here.index()];
        // Nobody waits on the line: customers chase, or wait as long as it takes.
        if queue.kind == ChannelKind::Deferred {
            return if queue.chase.is_some() {
                self.chase(id)
            };
        }
        let silent = queue.silent.0;
        if silent > 0.0
            && list == List::Queue
            && unit(case.key.bits(case.contact, case.leg, Purpose::Silent)) < silent
        {
            return self.leave_silently(id);
        }
        self.leave_queue(id);
        self.abandon(id);
        if self.policy.offers_next() {
            self.offer_head(here);
        }
    }

    /// Offers a waiting contact again.
    pub(super) fn offer_again(&mut self, id: CaseId) -> bool {
        let offer = self.offer(id);
        match self.taken_at_once(offer, id) {
            Some(agent) => {
                self.leave_queue(id);
                self.serve(agent, id);
                true
            }
            None => self.carry_out(offer, id),
        }
    }

    pub(super) fn leave_queue(&mut self, id: CaseId) {
        self.meter_waiting(self.state.cases[id].queue);
        self.state.leave(self.model, id);
    }

    fn abandon(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let (stay, wait) = (case.stay(), self.now.since(case.entered));
        self.book_abandonment(stay, wait);
        self.tell(id, CaseEvent::Abandons { wait, silently: false });
        self.release_line(stay.queue);
        self.let_go(id);
        self.note(id, StepEnd::Abandoned);
        self.try_again(
            id,
            self.model.queues[stay.queue.index()].after_abandon.as_ref(),
            LossReason::Abandoned,
        );
    }

    /// Leaves a chat without a word: the place in the queue stays, and will cost an agent's time.
    fn leave_silently(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let (stay, wait) = (case.stay(), self.now.since(case.entered));
        let key = case.key.child(u64::from(case.contact));
        let mut ghost = Case::new(key, stay.queue, self.now, Service::Leg);
        (ghost.role, ghost.kind) = (Role::Ghost, case.kind);
        (ghost.entered, ghost.age) = (case.entered, case.age);
        let ghost = self.state.cases.open(ghost, Rare::NONE);
        self.state.replace(id, ghost);
        self.book_abandonment(stay, wait);
        self.book_passage(stay, PassageCount::Silent, 1);
        self.tell(id, CaseEvent::Abandons { wait, silently: true });
        self.tell(ghost, CaseEvent::Opens { about: Some(id) });
        self.let_go(id);
        self.note(id, StepEnd::Abandoned);
        let after = self.model.queues[stay.queue.index()].after_abandon.as_ref();
        self.try_again(id, after, LossReason::Abandoned);
    }

    /// The time after which a contact overflows is over, unless the timer is of an earlier stay. Where
    /// the other queue is closed, it is tried again when that opens.
    fn overflow_due(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let Some((_, to)) = self.model.queues[case.queue.index()].overflow else { return };
        let overflows = self.state.cases.rare(id).overflows;
        if overflows != self.now || case.has_begun() {
            return;
        }
        if !self.state.queue(to).closed {
            return self.overflow(id, to);
        }
        let openings = self.model.queues[to.index()].openings.as_ref();
        if let Some((opening, _)) = openings.and_then(|openings| openings.from(self.now))
            && opening > self.now
        {
            self.set_overflow_timer(id, opening);
        }
    }

    /// Leaves for another queue. The target's clock runs on, and so does the patience of who stays on the
    /// line; who leaves a message, or is taken from a message to a line, waits there as anyone does.
    fn overflow(&mut self, id: CaseId, to: QueueId) {
        let from = self.state.cases[id].queue;
        let kind = |queue: QueueId| self.model.queues[queue.index()].kind;
        let goes_on_waiting = kind(from).waits_like(kind(to));
        let Whereabouts::Waiting { until, .. } = self.state.cases[id].whereabouts else { return };
        self.leave_queue(id);
        let stay = self.state.cases[id].stay();
        self.book_stay(stay, |counts| counts[Count::Overflowed] += 1);
        self.tell(id, CaseEvent::Overflows { to });
        if self.model.queues[stay.queue.index()].escalation.is_some_and(|higher| higher.after_wait) {
            self.book_passage(stay, PassageCount::Escalated, 1);
        }
        self.note(id, StepEnd::Overflowed);
        self.change_lines(stay.queue, to);
        self.stamp(id);
        self.state.cases[id].queue = to;
        let stay = self.state.cases[id].stay();
        self.book_stay(stay, |counts| counts[Count::Entered] += 1);
        self.tell(id, CaseEvent::Enters);
        self.seek(
            id,
            match goes_on_waiting {
                // Put back at the end of the queue itself.
                true if from == to => Wait::Overflowed(Position::Tail, until),
                true => Wait::Overflowed(Position::ByAge, until),
                false => Wait::Begins(Position::ByAge),
            },
        );
    }
}
