//! What becomes of a case: solved, lost, or heard from again.

use crate::model::{Model, Queue, Retry, Skill};
use crate::observations::{CaseEnd, Kind, LossReason, PassageCount, Step, StepEnd};
use crate::random::{Purpose, unit};
use crate::routing::Policy;
use crate::state::{Case, CaseId, Whereabouts};
use crate::units::{Instant, QueueId, Span};

use super::booking::book_solved;
use super::player::Player;
use super::recorder::{CaseEvent, Recorder};
use super::talk::tool_factor;
use super::timers::Later;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// Notes a step of the case's journey, in its present queue.
    #[inline(always)]
    pub(super) fn note(&mut self, id: CaseId, end: StepEnd) {
        let case = &mut self.state.cases[id];
        case.journey = self.seen.journeys.step(case.journey, Step::new(case.queue, end));
    }

    /// Talk is over and the problem is still there.
    pub(super) fn unsolved(&mut self, id: CaseId) {
        self.note(id, StepEnd::Unsolved);
        let case = &self.state.cases[id];
        let draw = |purpose| unit(case.key.bits(case.contact, case.leg, purpose));
        match &self.model.queues[case.queue.index()].repeat_contact {
            Some(repeat) if draw(Purpose::Repeat) < repeat.probability => {
                let to = repeat.to.pick(draw(Purpose::RepeatWhere), case.queue);
                let delay = repeat.delay.draw(case.key.bits(case.contact, case.leg, Purpose::RepeatDelay));
                self.return_at(id, to, self.now + delay, Kind::Repeat);
            }
            _ => self.lose(id, LossReason::Unsolved),
        }
    }

    /// After abandoning, a busy signal or a closed door: tries again, or the case is lost.
    pub(super) fn try_again(&mut self, id: CaseId, retry: Option<&Retry>, why: LossReason) {
        let case = &self.state.cases[id];
        let draw = |purpose| unit(case.key.bits(case.contact, case.leg, purpose));
        match retry {
            Some(retry)
                if u32::from(case.contact) < retry.limit
                    && draw(Purpose::Retry) < retry.probability(case.contact) =>
            {
                let to = retry.to.pick(draw(Purpose::RetryWhere), case.queue);
                let at = match &retry.delay {
                    Some(distribution) => {
                        self.now
                            + distribution.draw(case.key.bits(case.contact, case.leg, Purpose::RetryDelay))
                    }
                    // The next opening of the queue itself, whatever is in front of it.
                    None => self.within_opening(id, &self.model.queues[to.index()], self.now),
                };
                self.return_at(id, to, at, Kind::Retry);
            }
            _ => self.lose(id, why),
        }
    }

    /// The customer will be heard from again; what falls due while closed moves to the next
    /// opening, uniformly within its first interval.
    pub(super) fn return_at(&mut self, id: CaseId, to: QueueId, at: Instant, kind: Kind) {
        let queue = &self.model.queues[to.index()];
        let at = self.when_open(id, queue, at);
        self.return_then(id, to, at, kind);
    }

    /// The same at this time, open or not.
    pub(super) fn return_then(&mut self, id: CaseId, to: QueueId, at: Instant, kind: Kind) {
        let case = &mut self.state.cases[id];
        (case.whereabouts, case.kind, case.queue) = (Whereabouts::ToReturn { at }, kind, to);
        self.seen.queues[to.index()].passages[PassageCount::ToReturn] += self.reported_until(at);
        self.tell(id, CaseEvent::WillReturn { at, kind, to });
        if !self.draining {
            self.returns.push(at, Later::ComeBack, id);
        }
    }

    /// Who was to return does not: a follow-up has settled the matter.
    pub(super) fn returns_no_more(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        if let Whereabouts::ToReturn { at } = case.whereabouts {
            let queue = case.queue.index();
            self.seen.queues[queue].passages[PassageCount::ToReturn] -= self.reported_until(at);
        }
    }

    /// How much of the reported time lies between now and then, microseconds.
    fn reported_until(&self, at: Instant) -> u64 {
        let rows = &self.model.rows;
        at.min(rows.to).since(self.now.max(rows.from).min(rows.to)).micros()
    }

    /// A time at which a queue is open: this one, or within the first interval of the next opening.
    fn when_open(&self, id: CaseId, queue: &Queue, at: Instant) -> Instant {
        // Self-service that leads somewhere else while the queue is closed is there at any time.
        if queue
            .self_service
            .as_ref()
            .is_some_and(|service| service.openings.is_none() && service.to_when_closed.is_some())
        {
            return at;
        }
        self.within_opening(id, queue, at)
    }

    fn within_opening(&self, id: CaseId, queue: &Queue, at: Instant) -> Instant {
        let Some(openings) = &queue.openings else { return at };
        match openings.from(at) {
            None => Instant::NEVER,
            Some((open, _)) if open <= at => at,
            Some((open, close)) => {
                let case = &self.state.cases[id];
                let first = self.model.rows.interval.min(close.since(open));
                let u = unit(case.key.bits(case.contact, case.leg, Purpose::Opening));
                open + Span::from_seconds(first.seconds() * u)
            }
        }
    }

    /// The present contact has solved it.
    #[inline(always)]
    pub(super) fn solve(&mut self, id: CaseId) {
        let case = &mut self.state.cases[id];
        case.journey = self.seen.journeys.step(case.journey, Step::new(case.queue, StepEnd::Solved));
        let (first, at_once) = (case.answered_contact == Some(case.contact), case.contact == 0);
        book_solved(&mut self.seen, self.model, self.now, case, first, at_once);
        self.tell(id, CaseEvent::Solved { first, later: false });
        self.state.cases.close(id);
    }

    /// The customer is lost, unless a follow-up is still to come.
    pub(super) fn lose(&mut self, id: CaseId, why: LossReason) {
        let unheard = matches!(why, LossReason::Abandoned | LossReason::Blocked | LossReason::Closed);
        if unheard && self.falls_back(id) {
            return;
        }
        if self.state.cases.rare(id).solvers > 0 {
            self.state.cases[id].whereabouts = Whereabouts::Pending(why);
            return;
        }
        self.book_loss(id, why);
        self.end_journey(id, CaseEnd::Lost);
        self.state.cases.close(id);
    }

    #[inline(always)]
    pub(super) fn end_journey(&mut self, id: CaseId, end: CaseEnd) {
        let case = &self.state.cases[id];
        if self.is_reported(case) {
            let took = self.now.since(case.opened).micros();
            self.seen.journeys.end(case.journey, end, took);
        }
    }
}

/// Whether a finished leg solves its case.
#[inline(always)]
pub(super) fn is_solved(model: &Model, case: &Case, skill: &Skill) -> bool {
    let mut solved = skill.solved;
    if model.has_tools {
        solved = (solved * tool_factor(model, case, |tool| tool.resolution)).min(1.0);
    }
    solved >= 1.0 || unit(case.key.bits(case.contact, case.leg, Purpose::Solved)) < solved
}
