//! A contact begins: the attempt, and the doors that it may find closed.

use crate::model::Queue;
use crate::observations::{Count, Kind, LossReason, PassageCount, StepEnd};
use crate::random::{Purpose, unit};
use crate::routing::{Offer, Policy};
use crate::state::{Case, CaseId, Position, Role, Service, Stay, Whereabouts};
use crate::units::QueueId;

use super::player::Player;
use super::recorder::{CaseEvent, Recorder};
use super::sources::Opening;
use super::waiting::Wait;

impl<'m, P: Policy, const AUDIT: bool, R: Recorder> Player<'m, P, AUDIT, R> {
    /// A customer has a problem, and gets in touch for the first time.
    #[inline(always)]
    pub(super) fn open_case(&mut self, here: QueueId, opening: Opening) {
        let queue = &self.model.queues[here.index()];
        let (row, day) = (self.meters.row, self.meters.day);
        let stay = Stay { row: row as u32, day: day as u32, queue: here, kind: Kind::First };
        let service = Service::FirstLeg(opening.talk);
        let id = self.state.cases.begin(opening.key, stay, self.now, service);
        let seen = &mut self.seen.queues[here.index()];
        seen.rows[row][Count::Cases] += 1;
        if let Some(day) = seen.days.get_mut(day) {
            day[Count::Cases] += 1;
        }
        self.tell(id, CaseEvent::Opens { about: None });
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
        (case.leg, case.service, case.whereabouts) = (0, Service::Leg, Whereabouts::Moving);
        let Case { kind, queue, .. } = *case;
        self.count_repeated(id);
        let starts = &self.model.queues[queue.index()].starts;
        if kind == Kind::Repeat && !starts.complaint.is_empty() {
            self.start_follow_ups(id, &starts.complaint);
        }
        self.enter(id);
        let stay = self.state.cases[id].stay();
        if kind == Kind::Retry {
            self.book_stay(stay, |counts| counts[Count::Retries] += 1);
        }
        self.attempt(id, &self.model.queues[queue.index()], stay);
    }

    /// A contact that follows the first answered one within the window spoils the measured FCR.
    fn count_repeated(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let follows =
            case.answered_contact.is_some_and(|answered| case.contact.checked_sub(1) == Some(answered));
        if follows
            && self.is_reported(case)
            && self.now.since(self.state.cases.rare(id).answered_until) <= self.model.fcr_window
        {
            let opening_queue = case.opening_queue.index();
            self.seen.queues[opening_queue].cases.counts.repeated += 1;
        }
    }

    /// One attempt on one channel: it may find the lines taken, or someone who helps without an agent.
    #[inline(always)]
    fn attempt(&mut self, id: CaseId, queue: &'m Queue, stay: Stay) {
        self.seen.contacts += 1;
        self.tell(id, CaseEvent::GetsInTouch);
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
            debug_assert!(self.state.cases[id].is_plain(), "who comes in begins anew");
            return self.begin_leg::<true>(agent, id, queue);
        }
        self.find_no_agent(id, queue, stay, offer, inside);
    }

    fn turn_away(&mut self, id: CaseId, queue: &'m Queue, stay: Stay, inside: bool) {
        if inside {
            self.release_line(stay.queue);
        }
        self.book_stay(stay, |counts| counts[Count::TurnedAway] += 1);
        self.tell(id, CaseEvent::TurnedAway);
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
        self.book_stay(stay, |counts| counts[Count::Entered] += 1);
        self.tell(id, CaseEvent::Enters);
        self.wait(id, offer, Wait::Begins(Position::Tail));
    }

    /// The busy signal.
    pub(super) fn block(&mut self, id: CaseId) {
        let stay = self.state.cases[id].stay();
        self.book_stay(stay, |counts| counts[Count::Blocked] += 1);
        self.tell(id, CaseEvent::Blocked);
        self.note(id, StepEnd::Blocked);
        self.try_again(id, self.model.queues[stay.queue.index()].after_busy.as_ref(), LossReason::Blocked);
    }

    /// A stay begins now.
    #[inline]
    pub(super) fn enter(&mut self, id: CaseId) {
        self.stamp(id);
        let now = self.now;
        let case = &mut self.state.cases[id];
        (case.entered, case.age, case.delayed) = (now, now, false);
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

    /// Sent away at closing time (the contact is in no list any more).
    pub(super) fn close_out(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let (stay, delayed) = (case.stay(), u64::from(case.delayed));
        if case.role == Role::Ghost {
            self.release_line(stay.queue);
            return self.state.cases.close(id);
        }
        if case.has_begun() {
            // A conversation that breaks off: its stay was answered, its leg ends here.
            let case = &mut self.state.cases[id];
            (case.service, case.legs) = (Service::Leg, case.legs.saturating_add(1));
            self.book_stay(stay, |counts| counts[Count::Legs] += 1);
            self.tell(id, CaseEvent::BrokenOff);
        } else {
            self.book_stay(stay, |counts| {
                counts[Count::ClosedOut] += 1;
                counts[Count::Delayed] += delayed;
            });
            self.tell(id, CaseEvent::ClosedOut);
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
