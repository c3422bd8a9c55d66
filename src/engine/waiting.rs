//! A contact wants an agent: it is served at once, or waits, and a wait ends in one of several ways.

use crate::model::ChannelKind;
use crate::observations::{Count, Kind, LossReason, PassageCount, StepEnd};
use crate::random::{Purpose, unit};
use crate::routing::{Offer, Policy, View};
use crate::state::{Case, CaseId, Line, Place, Role, Whereabouts};
use crate::units::{AgentId, Instant, QueueId, Span};

use super::event_list::Entry;
use super::player::Player;
use super::timers::WaitEvent;

/// How a contact waits that finds no agent.
#[derive(Clone, Copy, Debug)]
pub(super) enum Wait {
    /// Its stay begins: the customer may balk, or hang up and keep a place; its patience is drawn.
    Begins(Place),
    /// It has overflowed: the patience that it has runs on, and it may overflow once more.
    Overflowed(Place),
    /// It goes on as it was, or nobody's patience is asked for.
    GoesOn(Place),
}

impl<P: Policy, const AUDIT: bool> Player<'_, P, AUDIT> {
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
            Offer::Wait | Offer::WaitUntil(_) => None,
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
        let returns = matches!(case.kind, Kind::Redial | Kind::Recontact) && case.leg == 0;
        let last = self.state.agents.get(case.last_agent.index())?;
        let able = self.model.abilities.get(case.queue, last.group).is_some_and(|skill| skill.listed);
        let patient = case.entered + sticky > self.now;
        (returns && patient && able && self.stays(case.last_agent)).then_some(case.last_agent)
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
        match how {
            Wait::Begins(place) => {
                if self.begin_to_wait(id) {
                    self.line_up(id, offer, place);
                }
            }
            Wait::Overflowed(place) => self.line_up(id, offer, place),
            Wait::GoesOn(place) => {
                let queue = self.state.cases[id].queue;
                self.meter_waiting(queue);
                self.state.join(self.model, id, queue, place);
                self.set_wake_up(offer, id);
            }
        }
    }

    /// Waits for one agent or one group alone.
    pub(super) fn wait_in(&mut self, id: CaseId, line: Line) {
        self.state.cases[id].delayed = true;
        self.meter_waiting(self.state.cases[id].queue);
        self.state.join_line(self.model, id, line);
    }

    /// The customer balks, hangs up and keeps a place, or begins to wait: then tells so.
    fn begin_to_wait(&mut self, id: CaseId) -> bool {
        let (model, now) = (self.model, self.now);
        let case = &mut self.state.cases[id];
        case.deadline = Instant::NEVER;
        let queue = &model.queues[case.queue.index()];
        if let Some(patience) = &queue.patience {
            if queue.balk > 0.0 && unit(case.key.bits(case.contact, case.leg, Purpose::Balk)) < queue.balk {
                self.give_up(id);
                return false;
            }
            if queue.callback.is_some() && self.accepts_callback(id) {
                self.keep_place(id);
                return false;
            }
            let case = &mut self.state.cases[id];
            let law = patience.at(model.reported_micros(case.entered));
            case.deadline = now + law.draw(case.key.bits(case.contact, case.leg, Purpose::Patience));
            let deadline = case.deadline;
            self.set_wait_timer(deadline, WaitEvent::Abandon, id);
        } else if let Some(chase) = &queue.chase {
            let u = unit(case.key.bits(case.contact, case.leg, Purpose::Chase));
            if u < chase.probability && u32::from(case.contact) < chase.limit {
                let after = chase.after.draw(case.key.bits(case.contact, case.leg, Purpose::ChaseAfter));
                case.deadline = now + after;
                let deadline = case.deadline;
                self.set_wait_timer(deadline, WaitEvent::Abandon, id);
            }
        } else if queue.callback.is_some() && self.accepts_callback(id) {
            self.keep_place(id);
            return false;
        }
        true
    }

    /// Joins the waiting list, with its patience already known.
    fn line_up(&mut self, id: CaseId, offer: Offer, place: Place) {
        let queue = self.state.cases[id].queue;
        self.meter_waiting(queue);
        if let Some(agent) = self.preferred_agent(id) {
            self.state.join_line(self.model, id, Line::Agent(agent));
        } else {
            self.state.join(self.model, id, queue, place);
        }
        if let Some((after, _)) = self.model.queues[queue.index()].overflow {
            self.set_wait_timer(self.now + after, WaitEvent::Overflow, id);
        }
        self.set_wake_up(offer, id);
    }

    /// A policy's wish to be asked again; one for the present or the past is no wish.
    pub(super) fn set_wake_up(&mut self, offer: Offer, id: CaseId) {
        if let Offer::WaitUntil(at) = offer
            && at > self.now
        {
            self.set_wait_timer(at, WaitEvent::WakeUp, id);
        }
    }

    pub(super) fn set_wait_timer(&mut self, at: Instant, event: WaitEvent, id: CaseId) {
        self.waits.push(at, event, id);
        // With hour-long patience most entries outlive their stay; sweep when most are stale.
        let live = self.state.waiting + self.state.callbacks + self.sessions;
        if self.waits.len() > 1024 && self.waits.len() > 8 * live as usize {
            let cases = &self.state.cases;
            self.waits.retain(|entry| {
                let case = &cases[entry.case];
                let live = matches!(
                    case.whereabouts,
                    Whereabouts::Waiting | Whereabouts::SelfService | Whereabouts::Callback
                );
                entry.case == id || (live && (entry.class != WaitEvent::Abandon || case.deadline == entry.at))
            });
        }
    }

    /// A waiting contact's timer is up, unless the contact has long left.
    pub(super) fn waiting_timer(&mut self) {
        let Some(Entry { at, class, case: id }) = self.waits.pop() else { return };
        let case = &self.state.cases[id];
        let waits = case.whereabouts == Whereabouts::Waiting;
        match class {
            WaitEvent::Abandon if waits => {
                if case.deadline == at && case.role == Role::Case {
                    self.out_of_patience(id);
                }
            }
            WaitEvent::Overflow if waits => self.overflow_due(id),
            WaitEvent::WakeUp if waits => self.wake_up(id),
            WaitEvent::WakeUp => self.callback_due(id),
            WaitEvent::SelfService if !waits => self.session_over(id),
            WaitEvent::Abandon | WaitEvent::Overflow | WaitEvent::SelfService => {}
        }
    }

    /// A waiting contact's wish to be asked again: it has waited long enough for one agent, or for a
    /// delay of the policy.
    pub(super) fn wake_up(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let queue = case.queue;
        if case.line == Line::Queue {
            self.offer_again(id);
            return;
        }
        let still_preferred = self.preferred_agent(id).is_some_and(|agent| case.line == Line::Agent(agent));
        if case.role != Role::Case || still_preferred {
            return;
        }
        self.leave_queue(id);
        if !self.serves_inside(queue) {
            return self.close_out(id);
        }
        self.seek(id, Wait::GoesOn(Place::ByAge));
    }

    /// The customer has waited long enough: leaves, with a word or without, or writes again.
    #[inline]
    fn out_of_patience(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let queue = &self.model.queues[case.queue.index()];
        // Nobody waits on the line: customers chase, or wait as long as it takes.
        if queue.kind == ChannelKind::Deferred {
            return if queue.chase.is_some() {
                self.chase(id)
            };
        }
        let silent = queue.silent.0;
        if silent > 0.0
            && case.line == Line::Queue
            && unit(case.key.bits(case.contact, case.leg, Purpose::Silent)) < silent
        {
            return self.leave_silently(id);
        }
        self.leave_queue(id);
        self.give_up(id);
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
            None => {
                self.set_wake_up(offer, id);
                false
            }
        }
    }

    pub(super) fn leave_queue(&mut self, id: CaseId) {
        self.meter_waiting(self.state.cases[id].queue);
        self.state.leave(self.model, id);
    }

    fn give_up(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let (stay, wait) = (case.stay(), self.now.since(case.entered));
        self.book_abandonment(stay, wait);
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
        let mut ghost =
            Case::new(case.key.child(u64::from(case.contact)), stay.queue, self.now, case.first_talk);
        (ghost.role, ghost.special) = (Role::Ghost, true);
        (ghost.entered, ghost.age, ghost.moved) = (case.entered, case.age, self.now);
        ghost.kind = case.kind;
        let ghost = self.state.cases.open(ghost);
        self.state.replace(id, ghost);
        self.book_abandonment(stay, wait);
        self.book_passage(stay, PassageCount::Silent, 1);
        self.let_go(id);
        self.note(id, StepEnd::Abandoned);
        let after = self.model.queues[stay.queue.index()].after_abandon.as_ref();
        self.try_again(id, after, LossReason::Abandoned);
    }

    /// The time after which a contact overflows is over, unless the timer is of an earlier stay. Where
    /// the other queue is closed, it is tried again when that opens.
    fn overflow_due(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let Some((after, to)) = self.model.queues[case.queue.index()].overflow else { return };
        if case.moved + after > self.now || case.role != Role::Case || case.begun {
            return;
        }
        if !self.state.queue(to).closed {
            return self.overflow(id, to);
        }
        let openings = self.model.queues[to.index()].openings.as_ref();
        if let Some((opening, _)) = openings.and_then(|openings| openings.from(self.now))
            && opening > self.now
        {
            self.set_wait_timer(opening, WaitEvent::Overflow, id);
        }
    }

    /// Leaves for another queue. The target's clock runs on, and so does the patience of who stays on the
    /// line; who leaves a message, or is taken from a message to a line, waits there as anyone does.
    fn overflow(&mut self, id: CaseId, to: QueueId) {
        let from = self.state.cases[id].queue;
        let kind = |queue: QueueId| self.model.queues[queue.index()].kind;
        let goes_on_waiting = kind(from).waits_like(kind(to));
        self.leave_queue(id);
        let stay = self.state.cases[id].stay();
        self.book_stay(stay, |counts| counts[Count::Overflowed] += 1);
        if self.model.queues[stay.queue.index()].escalation.is_some_and(|higher| higher.after_wait) {
            self.book_passage(stay, PassageCount::Escalated, 1);
        }
        self.note(id, StepEnd::Overflowed);
        self.change_lines(stay.queue, to);
        self.stamp(id);
        let case = &mut self.state.cases[id];
        (case.queue, case.moved) = (to, self.now);
        let stay = case.stay();
        self.book_stay(stay, |counts| counts[Count::Entered] += 1);
        self.seek(
            id,
            match goes_on_waiting {
                // Put back at the end of the queue itself.
                true if from == to => Wait::Overflowed(Place::Tail),
                true => Wait::Overflowed(Place::ByAge),
                false => Wait::Begins(Place::ByAge),
            },
        );
    }
}
