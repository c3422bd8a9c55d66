//! The life of a contact: from the first attempt of a case to its end.

use crate::model::Redial;
use crate::observations::{Count, Kind, LossReason};
use crate::random::{Purpose, unit};
use crate::routing::{Offer, Policy, View};
use crate::scenario::Requeue;
use crate::state::{Activity, Case, CaseId, Place, Stay, Whereabouts};
use crate::units::{AgentId, Instant, QueueId, Span};

use super::player::{Player, WaitEvent};
use super::sources::Opening;

impl<P: Policy, const AUDIT: bool> Player<'_, P, AUDIT> {
    /// A customer has a problem, and gets in touch for the first time.
    #[inline]
    pub(super) fn open_case(&mut self, queue: QueueId, opening: Opening) {
        let mut case = Case::new(opening.key, queue, self.now, opening.talk);
        self.book_opening(&mut case);
        let id = self.state.cases.open(case);
        self.attempt(id);
    }

    /// A customer tries again.
    pub(super) fn come_back(&mut self, id: CaseId) {
        let case = &mut self.state.cases[id];
        // 65,535 attempts of one case are enough to keep names apart.
        case.contact = case.contact.saturating_add(1);
        case.leg = 0;
        let case = *case;
        let first_after_answer =
            case.answered_contact != u16::MAX && case.contact == case.answered_contact + 1;
        if case.reported && first_after_answer && self.now.since(case.answered_until) <= self.model.fcr_window
        {
            self.seen.queues[case.opening_queue.index()].cases.counts.repeated += 1;
        }
        self.attempt(id);
    }

    /// One attempt on one channel: it may find the queue closed or the lines taken.
    #[inline]
    fn attempt(&mut self, id: CaseId) {
        self.seen.contacts += 1;
        let model = self.model;
        self.enter(id);
        let case = &self.state.cases[id];
        let (here, stay) = (case.queue, case.stay());
        let queue = &model.queues[here.index()];
        let channel = &model.channels[queue.channel.index()];
        if self.state.channels[queue.channel.index()].lines >= channel.lines {
            return self.block(id);
        }
        if self.state.queue(here).closed {
            self.book_stay(stay, |counts| counts[Count::TurnedAway] += 1);
            return self.try_again(id, queue.after_closed.as_ref(), LossReason::Closed);
        }
        let offer = self.offer(id);
        if let Offer::Agent(agent) = offer {
            self.state.channels[queue.channel.index()].lines += 1;
            self.book_entry(stay);
            return self.serve(agent, id);
        }
        let full = self.state.queue(here).waiting.len() >= queue.max_waiting
            || self.state.channels[queue.channel.index()].waiting >= channel.max_waiting;
        if full {
            return self.block(id);
        }
        self.state.channels[queue.channel.index()].lines += 1;
        self.book_entry(stay);
        self.wait(id, offer, Place::Tail);
    }

    /// A stay begins by an attempt.
    #[inline]
    fn book_entry(&mut self, stay: Stay) {
        self.book_stay(stay, |counts| {
            counts[Count::Entered] += 1;
            counts[Count::Redials] += u64::from(stay.kind == Kind::Redial);
        });
    }

    /// The busy signal.
    fn block(&mut self, id: CaseId) {
        let stay = self.state.cases[id].stay();
        self.book_stay(stay, |counts| counts[Count::Blocked] += 1);
        self.try_again(id, self.model.queues[stay.queue.index()].after_busy.as_ref(), LossReason::Blocked);
    }

    /// A stay begins now.
    #[inline]
    fn enter(&mut self, id: CaseId) {
        self.stamp(id);
        let now = self.now;
        let case = &mut self.state.cases[id];
        (case.entered, case.moved, case.age, case.delayed) = (now, now, now, false);
    }

    /// Asks the policy for an agent.
    #[inline(always)]
    pub(super) fn offer(&mut self, id: CaseId) -> Offer {
        let view = View { model: self.model, state: &self.state, now: self.now };
        self.policy.agent_for(&view.contact(id), &view)
    }

    /// No agent for now: the customer balks, or begins to wait.
    fn wait(&mut self, id: CaseId, offer: Offer, place: Place) {
        let model = self.model;
        let now = self.now;
        let case = &mut self.state.cases[id];
        case.delayed = true;
        let queue = &model.queues[case.queue.index()];
        if let Some(patience) = &queue.patience {
            if queue.balk > 0.0 && unit(case.key.bits(case.contact, case.leg, Purpose::Balk)) < queue.balk {
                return self.give_up(id);
            }
            let law = patience.at(model.reported_micros(case.entered));
            case.deadline = now + law.draw(case.key.bits(case.contact, case.leg, Purpose::Patience));
            let deadline = case.deadline;
            self.set_wait_timer(deadline, WaitEvent::Abandon, id);
        } else {
            case.deadline = Instant::NEVER;
        }
        self.line_up(id, offer, place);
    }

    /// Joins the waiting list, with its patience already known.
    fn line_up(&mut self, id: CaseId, offer: Offer, place: Place) {
        let queue = self.state.cases[id].queue;
        self.meter_waiting(queue);
        self.state.join(self.model, id, queue, place);
        if let Some((after, _)) = self.model.queues[queue.index()].overflow {
            self.set_wait_timer(self.now + after, WaitEvent::Overflow, id);
        }
        self.set_wake_up(offer, id);
    }

    /// A policy's wish to be asked again; one for the present or the past is no wish.
    fn set_wake_up(&mut self, offer: Offer, id: CaseId) {
        if let Offer::WaitUntil(at) = offer
            && at > self.now
        {
            self.set_wait_timer(at, WaitEvent::WakeUp, id);
        }
    }

    fn set_wait_timer(&mut self, at: Instant, event: WaitEvent, id: CaseId) {
        self.waits.push((at, event as u8, id.0));
        // With hour-long patience most entries outlive their stay; sweep when most are stale.
        if self.waits.len() > 1024 && self.waits.len() > 8 * self.state.waiting as usize {
            let cases = &self.state.cases;
            self.waits.retain(|(at, class, slot)| {
                let case = &cases[CaseId(slot)];
                slot == id.0
                    || (case.whereabouts == Whereabouts::Waiting
                        && (class != WaitEvent::Abandon as u8 || case.deadline == at))
            });
        }
    }

    /// A waiting contact's timer is up, unless the contact has long left.
    pub(super) fn waiting_timer(&mut self) {
        let Some((at, class, slot)) = self.waits.pop() else { return };
        let id = CaseId(slot);
        let case = &self.state.cases[id];
        if case.whereabouts != Whereabouts::Waiting {
            return;
        }
        if class == WaitEvent::Abandon as u8 {
            if case.deadline == at {
                self.leave_queue(id);
                self.give_up(id);
            }
        } else if class == WaitEvent::Overflow as u8 {
            if let Some((after, to)) = self.model.queues[case.queue.index()].overflow
                && case.moved + after == at
                && !self.state.queue(to).closed
            {
                self.overflow(id, to);
            }
        } else {
            self.offer_again(id);
        }
    }

    /// Offers a waiting contact again.
    pub(super) fn offer_again(&mut self, id: CaseId) -> bool {
        match self.offer(id) {
            Offer::Agent(agent) => {
                self.leave_queue(id);
                self.serve(agent, id);
                true
            }
            offer => {
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
        self.try_again(
            id,
            self.model.queues[stay.queue.index()].after_abandon.as_ref(),
            LossReason::Abandoned,
        );
    }

    /// Leaves for another queue; patience and the target's clock run on.
    fn overflow(&mut self, id: CaseId, to: QueueId) {
        self.leave_queue(id);
        let stay = self.state.cases[id].stay();
        self.book_stay(stay, |counts| counts[Count::Overflowed] += 1);
        self.change_lines(stay.queue, to);
        self.stamp(id);
        let case = &mut self.state.cases[id];
        (case.queue, case.moved) = (to, self.now);
        let stay = case.stay();
        self.book_stay(stay, |counts| counts[Count::Entered] += 1);
        match self.offer(id) {
            Offer::Agent(agent) => self.serve(agent, id),
            offer => self.line_up(id, offer, Place::ByAge),
        }
    }

    /// An idle agent takes the contact.
    ///
    /// # Panics
    /// When a policy named an agent that is not idle, or not able to serve the contact.
    #[inline]
    pub(super) fn serve(&mut self, agent: AgentId, id: CaseId) {
        let (model, now) = (self.model, self.now);
        let state = &self.state.agents[agent.index()];
        assert!(state.activity == Activity::Idle, "the policy named agent {}, who is not idle", agent.0);
        let (group, idle_since) = (state.group, state.since);
        let case = &mut self.state.cases[id];
        case.whereabouts = Whereabouts::Talking;
        if case.answered_contact == u16::MAX {
            case.answered_contact = case.contact;
        }
        let (stay, entered, delayed) = (case.stay(), case.entered, case.delayed);
        let (key, contact, leg, first_talk) = (case.key, case.contact, case.leg, case.first_talk);
        // An overflow leads to another queue's law.
        let first = contact == 0 && leg == 0 && stay.queue == case.opening_queue;
        let skill = model.abilities.skill(stay.queue, group);
        let drawn = match &skill.talk {
            None if first => first_talk,
            own => {
                let law = own.as_ref().unwrap_or(&model.queues[stay.queue.index()].talk);
                law.at(model.reported_micros(entered)).draw(key.bits(contact, leg, Purpose::Talk))
            }
        };
        let talk = at_speed(drawn, skill.speed);
        // Taken from idleness: no timer runs. Freed just now: the old one is replaced.
        if idle_since < now {
            self.timers.start(agent.index(), now + talk);
        } else {
            self.timers.set(agent.index(), now + talk);
        }
        self.state.stop_idling(agent);
        self.state.queues[stay.queue.index()].busy += 1;
        self.state.groups[group.index()].working += 1;
        let state = &mut self.state.agents[agent.index()];
        (state.activity, state.queue) = (Activity::Talking(id), stay.queue);
        (state.since, state.metered) = (now, now);
        self.book_answer(stay, now.since(entered), delayed);
    }

    /// The customer leaves the agent: passed on, solved, or not.
    #[inline]
    pub(super) fn end_talk(&mut self, agent: AgentId, id: CaseId) {
        let model = self.model;
        let (group, talk) = {
            let state = &self.state.agents[agent.index()];
            (state.group, self.now.since(state.since))
        };
        let case = &mut self.state.cases[id];
        if case.contact == case.answered_contact {
            case.answered_until = self.now;
        }
        let (stay, entered) = (case.stay(), case.entered);
        let (key, contact, leg) = (case.key, case.contact, case.leg);
        let draw = |purpose| key.bits(contact, leg, purpose);
        let queue = &model.queues[stay.queue.index()];
        let skill = model.abilities.skill(stay.queue, group);
        let wrap_up = queue.wrap_up.as_ref().map_or(Span::ZERO, |law| {
            at_speed(law.at(model.reported_micros(entered)).draw(draw(Purpose::WrapUp)), skill.speed)
        });
        let passed_on = if queue.transfers.is_empty() {
            None
        } else {
            let u = unit(draw(Purpose::Transfer));
            queue.transfers.iter().find(|transfer| u < transfer.cumulative).copied()
        };
        let transferred = u64::from(passed_on.is_some());
        case.legs = case.legs.saturating_add(1);
        case.transfers = case.transfers.saturating_add(transferred as u16);
        self.book_stay(stay, |counts| {
            counts[Count::Legs] += 1;
            counts[Count::Talk] += talk.micros();
            counts[Count::WrapUp] += wrap_up.micros();
            counts[Count::Transferred] += transferred;
        });
        // The agent's state changes before the customer goes on, so that a transfer finds the
        // centre as it is: this agent wraps up, or is about to be free.
        if wrap_up > Span::ZERO {
            self.state.agents[agent.index()].activity = Activity::WrapUp;
            self.timers.set(agent.index(), self.now + wrap_up);
        }
        match passed_on {
            Some(transfer) => self.pass_on(id, transfer.to, transfer.requeue),
            None => {
                self.state.channels[queue.channel.index()].lines -= 1;
                if skill.solved >= 1.0 || unit(draw(Purpose::Solved)) < skill.solved {
                    self.solve(id);
                } else {
                    self.unsolved(id);
                }
            }
        }
        if wrap_up == Span::ZERO {
            self.end_work(agent);
        }
    }

    /// A cold transfer: the contact joins another queue.
    fn pass_on(&mut self, id: CaseId, to: QueueId, requeue: Requeue) {
        let from = self.state.cases[id];
        self.change_lines(from.queue, to);
        self.enter(id);
        let case = &mut self.state.cases[id];
        (case.queue, case.kind, case.whereabouts) = (to, Kind::Transfer, Whereabouts::Away);
        case.leg = case.leg.saturating_add(1);
        if requeue == Requeue::Age {
            case.age = from.age;
        }
        let stay = case.stay();
        self.book_stay(stay, |counts| counts[Count::Entered] += 1);
        if !self.serves_inside(to) {
            return self.close_out(id);
        }
        let place = match requeue {
            Requeue::Tail => Place::Tail,
            Requeue::Age => Place::ByAge,
            Requeue::Head => Place::Head,
        };
        match self.offer(id) {
            Offer::Agent(agent) => self.serve(agent, id),
            offer => self.wait(id, offer, place),
        }
    }

    /// Sent away at closing time (the contact is in no list any more).
    fn close_out(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let (stay, delayed) = (case.stay(), u64::from(case.delayed));
        self.book_stay(stay, |counts| {
            counts[Count::ClosedOut] += 1;
            counts[Count::Delayed] += delayed;
        });
        self.release_line(stay.queue);
        self.try_again(id, self.model.queues[stay.queue.index()].after_closed.as_ref(), LossReason::Closed);
    }

    /// Sends away everyone who waits in a queue.
    pub(super) fn clear_queue(&mut self, queue: QueueId) {
        while let Some(id) = self.state.queue(queue).waiting.head() {
            self.leave_queue(id);
            self.close_out(id);
        }
    }

    /// Talk is over and the problem is still there.
    fn unsolved(&mut self, id: CaseId) {
        let case = self.state.cases[id];
        let draw = |purpose| unit(case.key.bits(case.contact, case.leg, purpose));
        match &self.model.queues[case.queue.index()].recontact {
            Some(recontact) if draw(Purpose::Recontact) < recontact.probability => {
                let to = recontact.to.pick(draw(Purpose::RecontactWhere), case.queue);
                let delay =
                    recontact.delay.draw(case.key.bits(case.contact, case.leg, Purpose::RecontactDelay));
                self.return_at(id, to, self.now + delay, Kind::Recontact);
            }
            _ => self.lose(id, LossReason::Unsolved),
        }
    }

    /// After giving up, a busy signal or a closed door: tries again, or the case is lost.
    fn try_again(&mut self, id: CaseId, redial: Option<&Redial>, why: LossReason) {
        let case = self.state.cases[id];
        let draw = |purpose| unit(case.key.bits(case.contact, case.leg, purpose));
        match redial {
            Some(redial)
                if u32::from(case.contact) < redial.limit && draw(Purpose::Redial) < redial.probability =>
            {
                let to = redial.to.pick(draw(Purpose::RedialWhere), case.queue);
                let delay = redial.delay.as_ref().map_or(Span::ZERO, |law| {
                    law.draw(case.key.bits(case.contact, case.leg, Purpose::RedialDelay))
                });
                self.return_at(id, to, self.now + delay, Kind::Redial);
            }
            _ => self.lose(id, why),
        }
    }

    /// The customer will be heard from again; what falls due while closed moves to the next
    /// opening, uniformly within its first interval.
    fn return_at(&mut self, id: CaseId, to: QueueId, at: Instant, kind: Kind) {
        let case = &mut self.state.cases[id];
        (case.whereabouts, case.kind) = (Whereabouts::Away, kind);
        let at = match &self.model.queues[to.index()].openings {
            None => at,
            Some(openings) => match openings.from(at) {
                None => Instant::NEVER,
                Some((open, _)) if open <= at => at,
                Some((open, close)) => {
                    let first = self.model.rows.interval.min(close.since(open));
                    let u = unit(case.key.bits(case.contact, case.leg, Purpose::Opening));
                    open + Span::from_seconds(first.seconds() * u)
                }
            },
        };
        case.queue = to;
        if !self.draining {
            self.returns.push((at, 0, id.0));
        }
    }

    #[inline]
    fn solve(&mut self, id: CaseId) {
        self.book_solution(id);
        self.state.cases.close(id);
    }

    fn lose(&mut self, id: CaseId, why: LossReason) {
        self.book_loss(id, why);
        self.state.cases.close(id);
    }

    #[inline]
    fn release_line(&mut self, queue: QueueId) {
        self.state.channels[self.model.queues[queue.index()].channel.index()].lines -= 1;
    }

    /// A contact inside goes on in another queue, perhaps of another channel; it is never refused.
    fn change_lines(&mut self, from: QueueId, to: QueueId) {
        self.release_line(from);
        self.state.channels[self.model.queues[to.index()].channel.index()].lines += 1;
    }
}

#[inline]
fn at_speed(drawn: Span, speed: f64) -> Span {
    if speed == 1.0 { drawn } else { Span::from_seconds(drawn.seconds() / speed) }
}
