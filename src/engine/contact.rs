//! A contact on its way to an agent: the attempt, the wait, and the ways in which a wait ends.

use crate::model::{ChannelKind, Queue};
use crate::observations::{Count, Kind, LossReason, PassageCount, StepEnd};
use crate::random::{Purpose, unit};
use crate::routing::{Offer, Policy, View};
use crate::state::{Case, CaseId, Line, Place, Role, Stay, Whereabouts};
use crate::units::{Instant, QueueId};

use super::player::{Player, WaitEvent};
use super::sources::Opening;

impl<'m, P: Policy, const AUDIT: bool> Player<'m, P, AUDIT> {
    /// A customer has a problem, and gets in touch for the first time.
    #[inline]
    pub(super) fn open_case(&mut self, here: QueueId, opening: Opening) {
        let queue = &self.model.queues[here.index()];
        let (row, day) = (self.meters.row, self.meters.day);
        let stay = Stay { row: row as u32, day: day as u32, queue: here, kind: Kind::First };
        let reported = self.meters.reported;
        let id = self.state.cases.begin(opening.key, stay, self.now, opening.talk, reported);
        let seen = &mut self.seen.queues[here.index()];
        seen.rows[row][Count::Cases] += 1;
        if let Some(day) = seen.days.get_mut(day) {
            day[Count::Cases] += 1;
        }
        if !queue.starts.arrival.is_empty() {
            self.start_follow_ups(id, &queue.starts.arrival);
        }
        self.attempt(id, queue, stay);
    }

    /// A customer tries again.
    pub(super) fn come_back(&mut self, id: CaseId) {
        let case = &mut self.state.cases[id];
        // 65,535 attempts of one case are enough to keep names apart.
        case.contact = case.contact.saturating_add(1);
        case.leg = 0;
        let first_after_answer =
            case.answered_contact != u16::MAX && case.contact == case.answered_contact + 1;
        if case.reported && first_after_answer && self.now.since(case.answered_until) <= self.model.fcr_window
        {
            self.seen.queues[case.opening_queue.index()].cases.counts.repeated += 1;
        }
        let (kind, queue) = (case.kind, case.queue);
        let starts = &self.model.queues[queue.index()].starts;
        if kind == Kind::Recontact && !starts.complaint.is_empty() {
            self.start_follow_ups(id, &starts.complaint);
        }
        self.enter(id);
        let stay = self.state.cases[id].stay();
        self.attempt(id, &self.model.queues[queue.index()], stay);
    }

    /// One attempt on one channel: it may find the lines taken, or someone who helps without an agent.
    #[inline(always)]
    fn attempt(&mut self, id: CaseId, queue: &'m Queue, stay: Stay) {
        self.seen.contacts += 1;
        if self.state.channels[queue.channel.index()].lines >= queue.lines {
            return self.block(id);
        }
        if let Some(service) = &queue.self_service
            && service.openings.as_ref().is_none_or(|openings| openings.contains(self.now))
        {
            return self.begin_session(id, service);
        }
        self.want_agent(id, queue, stay, false);
    }

    /// Wants an agent: may find the queue closed or full. `inside`: a line is taken already.
    #[inline(never)]
    pub(super) fn approach(&mut self, id: CaseId, inside: bool) {
        let stay = self.state.cases[id].stay();
        self.want_agent(id, &self.model.queues[stay.queue.index()], stay, inside);
    }

    #[inline(always)]
    fn want_agent(&mut self, id: CaseId, queue: &'m Queue, stay: Stay, inside: bool) {
        if self.state.queue(stay.queue).closed {
            return self.turn_away(id, queue, stay, inside);
        }
        if queue.escalation.is_some() && self.escalate(id, inside) {
            return;
        }
        let offer = if self.model.routing.sticky.is_some() { self.offer_sticky(id) } else { self.offer(id) };
        if let Some(agent) = self.taken_at_once(offer, id) {
            if !inside {
                self.state.channels[queue.channel.index()].lines += 1;
            }
            self.book_entry(stay);
            return self.serve_now(agent, id, queue);
        }
        self.find_no_agent(id, queue, stay, offer, inside);
    }

    fn turn_away(&mut self, id: CaseId, queue: &'m Queue, stay: Stay, inside: bool) {
        if inside {
            self.release_line(stay.queue);
        }
        self.book_stay(stay, |counts| counts[Count::TurnedAway] += 1);
        self.note(id, StepEnd::Closed);
        self.try_again(id, queue.after_closed.as_ref(), LossReason::Closed);
    }

    /// All are busy: there may be no room to wait either.
    fn find_no_agent(&mut self, id: CaseId, queue: &'m Queue, stay: Stay, offer: Offer, inside: bool) {
        let live = &mut self.state.channels[queue.channel.index()];
        let full = live.waiting >= self.model.channels[queue.channel.index()].max_waiting
            || self.state.queues[stay.queue.index()].waiting.len() >= queue.max_waiting;
        if full {
            if inside {
                self.release_line(stay.queue);
            }
            return self.block(id);
        }
        live.lines += u32::from(!inside);
        self.book_entry(stay);
        self.wait(id, offer, Place::Tail);
    }

    /// A stay begins by an attempt.
    #[inline(always)]
    fn book_entry(&mut self, stay: Stay) {
        self.book_stay(stay, |counts| {
            counts[Count::Entered] += 1;
            counts[Count::Redials] += u64::from(stay.kind == Kind::Redial);
        });
    }

    /// The busy signal.
    pub(super) fn block(&mut self, id: CaseId) {
        let stay = self.state.cases[id].stay();
        self.book_stay(stay, |counts| counts[Count::Blocked] += 1);
        self.note(id, StepEnd::Blocked);
        self.try_again(id, self.model.queues[stay.queue.index()].after_busy.as_ref(), LossReason::Blocked);
    }

    /// A stay begins now.
    #[inline]
    pub(super) fn enter(&mut self, id: CaseId) {
        self.stamp(id);
        let now = self.now;
        let case = &mut self.state.cases[id];
        (case.entered, case.moved, case.age, case.delayed) = (now, now, now, false);
    }

    /// Goes to a higher level instead, after many attempts or by chance.
    fn escalate(&mut self, id: CaseId, inside: bool) -> bool {
        let case = &self.state.cases[id];
        let Some(escalation) = self.model.queues[case.queue.index()].escalation else { return false };
        let by_chance = escalation.share > 0.0
            && unit(case.key.bits(case.contact, case.leg, Purpose::Escalate)) < escalation.share;
        if u32::from(case.contact) < escalation.after_attempts && !by_chance {
            return false;
        }
        // Where the higher level takes nobody, the contact is served where it is.
        let higher = self.state.queue(escalation.to);
        if higher.closed || higher.waiting.len() >= self.model.queues[escalation.to.index()].max_waiting {
            return false;
        }
        let stay = case.stay();
        self.book_passage(stay, PassageCount::Escalated, 1);
        if inside {
            self.change_lines(stay.queue, escalation.to);
        }
        self.state.cases[id].queue = escalation.to;
        self.stamp(id);
        self.approach(id, inside);
        true
    }

    /// Asks the policy for an agent.
    #[inline(always)]
    pub(super) fn offer(&mut self, id: CaseId) -> Offer {
        let view = View { model: self.model, state: &self.state, now: self.now };
        self.policy.agent_for(&view.contact(id), &view)
    }

    /// The agent who takes a contact right now; makes room where the offer is to interrupt.
    #[inline(always)]
    pub(super) fn taken_at_once(&mut self, offer: Offer, id: CaseId) -> Option<crate::units::AgentId> {
        match offer {
            Offer::Agent(agent) => Some(agent),
            Offer::Interrupt(agent) => {
                self.interrupt(agent, self.state.cases[id].queue);
                Some(agent)
            }
            Offer::Wait | Offer::WaitUntil(_) => None,
        }
    }

    /// No agent for now: the customer balks, keeps a place and hangs up, or begins to wait.
    pub(super) fn wait(&mut self, id: CaseId, offer: Offer, place: Place) {
        let model = self.model;
        let now = self.now;
        let case = &mut self.state.cases[id];
        case.delayed = true;
        case.deadline = Instant::NEVER;
        let queue = &model.queues[case.queue.index()];
        if let Some(patience) = &queue.patience {
            if queue.balk > 0.0 && unit(case.key.bits(case.contact, case.leg, Purpose::Balk)) < queue.balk {
                return self.give_up(id);
            }
            if queue.callback.is_some() && self.accepts_callback(id) {
                return self.keep_place(id);
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
            return self.keep_place(id);
        }
        self.line_up(id, offer, place);
    }

    /// Joins the waiting list, with its patience already known.
    pub(super) fn line_up(&mut self, id: CaseId, offer: Offer, place: Place) {
        let queue = self.state.cases[id].queue;
        self.meter_waiting(queue);
        if let Some(agent) = self.waits_for(id) {
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
        self.waits.push((at, event as u8, id.0));
        // With hour-long patience most entries outlive their stay; sweep when most are stale.
        let live = self.state.waiting + self.state.callbacks + self.sessions;
        if self.waits.len() > 1024 && self.waits.len() > 8 * live as usize {
            let cases = &self.state.cases;
            self.waits.retain(|(at, class, slot)| {
                let case = &cases[CaseId(slot)];
                let live = matches!(
                    case.whereabouts,
                    Whereabouts::Waiting | Whereabouts::SelfService | Whereabouts::Callback
                );
                slot == id.0 || (live && (class != WaitEvent::Abandon as u8 || case.deadline == at))
            });
        }
    }

    /// A waiting contact's timer is up, unless the contact has long left.
    pub(super) fn waiting_timer(&mut self) {
        let Some((at, class, slot)) = self.waits.pop() else { return };
        let id = CaseId(slot);
        let case = &self.state.cases[id];
        if case.whereabouts != Whereabouts::Waiting {
            if class == WaitEvent::SelfService as u8 {
                self.session_over(id);
            } else if class == WaitEvent::WakeUp as u8 {
                self.callback_due(id);
            }
            return;
        }
        if class == WaitEvent::Abandon as u8 {
            if case.deadline == at && case.role == Role::Case {
                self.out_of_patience(id);
            }
        } else if class == WaitEvent::Overflow as u8 {
            self.overflow_due(id);
        } else if class == WaitEvent::WakeUp as u8 {
            self.wake_up(id);
        }
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
        let offer = self.offer(id);
        match self.taken_at_once(offer, id) {
            Some(agent) => self.serve(agent, id),
            // Put back at the end of the queue itself.
            None if from == to => self.line_up(id, offer, Place::Tail),
            None if goes_on_waiting => self.line_up(id, offer, Place::ByAge),
            None => self.wait(id, offer, Place::ByAge),
        }
    }

    /// Sent away at closing time (the contact is in no list any more).
    pub(super) fn close_out(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let (stay, delayed) = (case.stay(), u64::from(case.delayed));
        if case.role == Role::Ghost {
            self.release_line(stay.queue);
            return self.state.cases.close(id);
        }
        if case.begun {
            // A conversation that breaks off: its stay was answered, its leg ends here.
            let case = &mut self.state.cases[id];
            (case.begun, case.special, case.legs) = (false, false, case.legs.saturating_add(1));
            self.book_stay(stay, |counts| counts[Count::Legs] += 1);
        } else {
            self.book_stay(stay, |counts| {
                counts[Count::ClosedOut] += 1;
                counts[Count::Delayed] += delayed;
            });
        }
        self.release_line(stay.queue);
        self.let_go(id);
        self.note(id, StepEnd::Closed);
        self.try_again(id, self.model.queues[stay.queue.index()].after_closed.as_ref(), LossReason::Closed);
    }

    /// Sends away everyone who waits in a queue.
    pub(super) fn clear_queue(&mut self, queue: QueueId) {
        while let Some(id) = self.state.queue(queue).waiting.head() {
            self.leave_queue(id);
            self.close_out(id);
        }
    }

    #[inline]
    pub(super) fn release_line(&mut self, queue: QueueId) {
        self.state.channels[self.model.queues[queue.index()].channel.index()].lines -= 1;
    }

    /// A contact inside goes on in another queue, perhaps of another channel; it is never refused.
    pub(super) fn change_lines(&mut self, from: QueueId, to: QueueId) {
        self.release_line(from);
        self.state.channels[self.model.queues[to.index()].channel.index()].lines += 1;
    }
}
