//! Work that nobody waits for on the line: what is there at the start, and customers who chase.

use crate::observations::{Kind, PassageCount, StepEnd};
use crate::random::{Key, Purpose, unit};
use crate::routing::Policy;
use crate::state::{Case, CaseId, List, MaybeAgent, Position, Rare, Role, Service, Whereabouts};
use crate::units::{Instant, QueueId};
use crate::vocabulary::Backlog;

use super::first_talk::first_talk;
use super::player::Player;
use super::recorder::{CaseEvent, Recorder};
use super::timers::WaitEvent;

/// The draws of contacts that are left behind are named apart from those of cases.
const DUPLICATES: u64 = 1 << 34;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// Puts the work that is there at the start into its queues.
    pub(super) fn stock_up(&mut self) {
        let model = self.model;
        for (id, queue) in model.queues.iter().enumerate() {
            let id = QueueId::at(id);
            match queue.backlog {
                None => {}
                Some(Backlog::Contacts(contacts)) => {
                    let name = self.backlog_name(id);
                    for number in 0..contacts {
                        let case = self.stocked(id, name.child(u64::from(number)));
                        let case = self.state.cases.open(case, Rare::NONE);
                        self.book_opening(case);
                        self.tell(case, CaseEvent::Opens { about: None });
                        self.approach_stocked(case);
                    }
                }
                Some(Backlog::Unlimited) => self.restock(id),
            }
        }
    }

    /// What is there at the start has been written before: it only waits.
    fn approach_stocked(&mut self, id: CaseId) {
        self.seen.contacts += 1;
        self.tell(id, CaseEvent::GetsInTouch);
        self.enter(id);
        self.approach(id, false);
    }

    fn backlog_name(&self, queue: QueueId) -> Key {
        self.key.named("backlog").named(&self.model.queues[queue.index()].stream)
    }

    /// A case of the backlog; its talk time is drawn as for others.
    fn stocked(&self, queue: QueueId, key: Key) -> Case {
        let micros = self.model.reported_micros(self.now);
        let talk = first_talk(&self.model.queues[queue.index()], key, micros);
        Case::new(key, queue, self.now, Service::FirstLeg(talk))
    }

    /// A customer who wrote again and got nowhere still waits for the answer to what was written first,
    /// if it is still in the queue.
    pub(super) fn falls_back(&mut self, id: CaseId) -> bool {
        let Some(left) = self.state.cases.rare_mut(id).left_behind.take() else { return false };
        let Some(left) = self.state.cases.still_left_behind(left) else { return false };
        let mail = self.state.cases[left];
        let case = &mut self.state.cases[id];
        (case.row, case.day, case.queue, case.kind) = (mail.row, mail.day, mail.queue, mail.kind);
        (case.entered, case.age, case.delayed) = (mail.entered, mail.age, mail.delayed);
        case.leg = case.leg.saturating_add(1);
        // It overflows with the e-mail.
        let overflows = self.state.cases.rare(left).overflows;
        self.state.cases.rare_mut(id).overflows = overflows;
        self.state.replace(left, id);
        self.tell(id, CaseEvent::FallsBack { to: left });
        self.state.cases.close(left);
        true
    }

    /// The next piece of an unlimited backlog waits before everyone.
    fn restock(&mut self, queue: QueueId) {
        if self.draining {
            return;
        }
        let number = self.stocked[queue.index()];
        self.stocked[queue.index()] += 1;
        let mut next = self.stocked(queue, self.backlog_name(queue).child(number));
        next.role = Role::Stock;
        (next.age, next.entered) = (Instant::START, Instant::START);
        let next = self.state.cases.open(next, Rare::NONE);
        self.state.join(self.model, next, Position::Head, Instant::NEVER);
        if self.model.abilities.has_delays() {
            self.plan_help(queue, next);
        }
    }

    /// Whoever helps only after a while is asked then; whoever is idle by now, at once.
    fn plan_help(&mut self, queue: QueueId, next: CaseId) {
        let model = self.model;
        for &group in model.abilities.served_by(queue) {
            let from = Instant::START + model.abilities.skill(queue, group).after;
            if from > self.now || !self.state.group(group).idle.is_empty() {
                self.set_wait_timer(from.max(self.now), WaitEvent::WakeUp, next);
            }
        }
    }

    /// A piece of an unlimited backlog is taken: it becomes a case, and another takes its place.
    pub(super) fn open_stock(&mut self, id: CaseId) {
        let now = self.now;
        let case = &mut self.state.cases[id];
        case.role = Role::Case;
        (case.opened, case.entered, case.age) = (now, now, now);
        self.book_opening(id);
        self.stamp(id);
        let stay = self.state.cases[id].stay();
        let queue = stay.queue;
        self.seen.contacts += 1;
        self.state.channels[self.model.queues[queue.index()].channel.index()].lines += 1;
        self.book_stay(stay, |counts| counts[crate::observations::Count::Entered] += 1);
        self.tell(id, CaseEvent::Opens { about: None });
        self.tell(id, CaseEvent::GetsInTouch);
        self.tell(id, CaseEvent::Enters);
        self.restock(queue);
    }

    /// An unlimited backlog is not worked off by those who stay after the horizon's end.
    pub(super) fn unstock(&mut self) {
        for queue in (0..self.model.queues.len()).map(QueueId::at) {
            let waiting = &self.state.queue(queue).waiting;
            let stock = waiting.iter(&self.state.cases).find(|id| self.state.cases[*id].role == Role::Stock);
            if let Some(id) = stock {
                self.leave_queue(id);
                self.state.cases.close(id);
            }
        }
    }

    /// A customer has waited too long, and writes again, perhaps elsewhere; what was written first
    /// stays in the queue and will cost an agent's time.
    pub(super) fn chase(&mut self, id: CaseId) {
        let case = self.state.cases[id];
        let Some(chase) = &self.model.queues[case.queue.index()].chase else { return };
        // The last agent does not keep it: what is left behind waits with all others.
        if !matches!(case.whereabouts, Whereabouts::Waiting { list: List::Queue, .. }) {
            self.leave_queue(id);
            self.meter_waiting(case.queue);
            self.state.join(self.model, id, Position::ByAge, Instant::NEVER);
        }
        let mut left = self.state.cases[id];
        left.key = case.key.child(DUPLICATES + u64::from(case.contact));
        (left.role, left.held_by) = (Role::Duplicate, MaybeAgent::NOBODY);
        let overflows = self.state.cases.rare(id).overflows;
        let left = self.state.cases.open(left, Rare { overflows, ..Rare::NONE });
        self.state.replace(id, left);
        self.tell(id, CaseEvent::LeavesBehind { left });
        // Whoever stayed with the customer is free, but not before the customer has left the queue:
        // it may take up what waits there.
        self.let_go(id);
        self.book_passage(case.stay(), PassageCount::Chased, 1);
        self.note(id, StepEnd::Chased);
        let u = unit(case.key.bits(case.contact, case.leg, Purpose::ChaseWhere));
        let to = chase.to.pick(u, case.queue);
        let left_behind = (left, self.state.cases[left].key);
        self.state.cases.rare_mut(id).left_behind = Some(left_behind);
        let chasing = &mut self.state.cases[id];
        (chasing.kind, chasing.queue) = (Kind::Repeat, to);
        self.come_back(id);
    }
}
