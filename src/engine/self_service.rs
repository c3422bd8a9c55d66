//! Self-service: an IVR, a chatbot or help pages in front of a queue.

use crate::model::SelfService;
use crate::observations::{CaseEnd, Kind, LossReason, PassageCount, StepEnd};
use crate::random::{Purpose, unit};
use crate::routing::Policy;
use crate::state::{CaseId, Whereabouts};

use super::player::Player;
use super::recorder::{CaseEvent, Recorder};
use super::talk::tool_factor;
use super::timers::WaitEvent;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// The customer is received without an agent.
    pub(super) fn begin_session(&mut self, id: CaseId, service: &SelfService) {
        let queue = self.state.cases[id].queue;
        if self.state.queues[queue.index()].sessions >= service.sessions {
            return self.block(id);
        }
        self.state.channels[self.model.queues[queue.index()].channel.index()].lines += 1;
        self.state.queues[queue.index()].sessions += 1;
        self.sessions += 1;
        let case = &mut self.state.cases[id];
        let takes = service.time.draw(case.key.bits(case.contact, case.leg, Purpose::SelfServiceTime));
        let (stay, until) = (case.stay(), self.now + takes);
        case.whereabouts = Whereabouts::SelfService { until };
        self.book_passage(stay, PassageCount::Sessions, 1);
        self.tell(id, CaseEvent::BeginsSelfService);
        self.set_wait_timer(until, WaitEvent::GoesOn, id);
    }

    /// A session ends: contained, broken off, or on to an agent.
    pub(super) fn session_over(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        let (here, stay) = (case.queue, case.stay());
        let queue = &self.model.queues[here.index()];
        let Some(service) = &queue.self_service else { return };
        let draw = |purpose| unit(case.key.bits(case.contact, case.leg, purpose));
        let mut containment = service.containment;
        if self.model.has_tools {
            let room = 1.0 - service.hang_up;
            containment = (containment * tool_factor(self.model, case, |tool| tool.containment)).min(room);
        }
        let u = draw(Purpose::Contained);
        let false_hope = service
            .false_containment
            .as_ref()
            .filter(|(share, ..)| draw(Purpose::FalselyContained) < *share)
            .map(|(_, delay, to)| {
                let delay = delay.draw(case.key.bits(case.contact, case.leg, Purpose::FalseDelay));
                (delay, to.pick(draw(Purpose::RepeatWhere), here))
            });
        let where_to = draw(Purpose::Route);
        self.state.queues[here.index()].sessions -= 1;
        self.sessions -= 1;
        self.state.cases[id].whereabouts = Whereabouts::Moving;
        if u < containment {
            self.release_line(here);
            self.note(id, StepEnd::Contained);
            match false_hope {
                Some((delay, to)) => {
                    self.book_passage(stay, PassageCount::FalselyContained, 1);
                    self.tell(id, CaseEvent::FalselyContained);
                    // Whoever a bot seemed to have helped asks the bot again, if it is there.
                    match service.openings {
                        None if to == here => self.return_then(id, here, self.now + delay, Kind::Repeat),
                        _ => self.return_at(id, to, self.now + delay, Kind::Repeat),
                    }
                }
                None => {
                    self.book_passage(stay, PassageCount::Contained, 1);
                    self.book_containment(id);
                    self.end_journey(id, CaseEnd::Solved);
                    self.state.cases.close(id);
                }
            }
        } else if u < containment + service.hang_up {
            self.release_line(here);
            self.book_passage(stay, PassageCount::HungUp, 1);
            self.tell(id, CaseEvent::HangsUp);
            self.note(id, StepEnd::HungUp);
            self.lose(id, LossReason::HungUp);
        } else {
            let to = match &service.to_when_closed {
                Some(closed) if self.state.queue(here).closed => closed.pick(where_to, here),
                _ => service.to.pick(where_to, here),
            };
            if to != here {
                self.change_lines(here, to);
                self.state.cases[id].queue = to;
            }
            self.enter(id);
            self.approach(id, true);
        }
    }
}
