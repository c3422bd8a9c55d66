//! Transfers: the contact goes on in another queue; the agent hangs up, or stays until taken over.

use crate::model::Transfer;
use crate::observations::{Count, Kind, PassageCount, StepEnd};
use crate::random::Purpose;
use crate::routing::Policy;
use crate::state::{CaseId, MaybeAgent, PlaceId, Position, Service, Stage, Whereabouts};
use crate::units::{AgentId, Instant, Span};
use crate::vocabulary::{Handover, Requeue};

use super::player::Player;
use super::recorder::{CaseEvent, Recorder, WorkEvent};
use super::timers::WaitEvent;
use super::waiting::Wait;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// The contact joins another queue; returns whether its agent is held meanwhile.
    pub(super) fn pass_on(&mut self, id: CaseId, transfer: &Transfer, place: PlaceId, wrap_up: Span) -> bool {
        let agent = self.state.works[place.index()].agent;
        let held = match transfer.handover {
            Handover::Cold => {
                self.begin_wrap_up(agent, place, wrap_up);
                false
            }
            Handover::Warm { hold_limit } => {
                let case = &self.state.cases[id];
                let bits = case.key.bits(case.contact, case.leg, Purpose::Handover);
                let told_for = transfer.told_for.draw(bits);
                self.hold(id, place, wrap_up, Some(told_for), hold_limit)
            }
            Handover::Conference { hold_limit } => self.hold(id, place, wrap_up, None, hold_limit),
        };
        self.note(id, StepEnd::Transferred);
        if let Some(follow_up) = transfer.follow_up {
            self.start_follow_ups(id, &[follow_up]);
        }
        self.change_lines(self.state.cases[id].queue, transfer.to);
        let case = &mut self.state.cases[id];
        let takes = transfer.delay.draw(case.key.bits(case.contact, case.leg, Purpose::TransferDelay));
        (case.queue, case.kind) = (transfer.to, Kind::Transfer);
        (case.leg, case.service) = (case.leg.saturating_add(1), Service::Leg);
        // The next queue has a response target of its own.
        self.state.cases.rare_mut(id).responded = None;
        let to = match transfer.requeue {
            Requeue::Tail => Position::Tail,
            Requeue::Age => Position::ByAge,
            Requeue::Head => Position::Head,
        };
        if takes > Span::ZERO {
            let until = self.now + takes;
            self.state.cases[id].whereabouts = Whereabouts::UnderWay { until };
            self.state.cases.rare_mut(id).arrives = to;
            self.under_way += 1;
            self.set_wait_timer(until, WaitEvent::GoesOn, id);
        } else {
            self.arrive(id, to);
        }
        held
    }

    /// Who was under way is there.
    pub(super) fn arrive_late(&mut self, id: CaseId) {
        self.under_way -= 1;
        self.arrive(id, self.state.cases.rare(id).arrives);
    }

    /// Who was passed on joins the queue.
    fn arrive(&mut self, id: CaseId, to: Position) {
        let age = self.state.cases[id].age;
        self.enter(id);
        let case = &mut self.state.cases[id];
        case.whereabouts = Whereabouts::Moving;
        if to == Position::ByAge {
            case.age = age;
        }
        let (stay, queue) = (case.stay(), case.queue);
        self.book_stay(stay, |counts| counts[Count::Entered] += 1);
        self.tell(id, CaseEvent::Enters);
        if !self.serves_inside(queue) {
            return self.close_out(id);
        }
        self.seek(id, Wait::Begins(to));
    }

    /// The agent stays with the customer.
    fn hold(
        &mut self,
        id: CaseId,
        place: PlaceId,
        wrap_up: Span,
        handover: Option<Span>,
        limit: Option<Span>,
    ) -> bool {
        let now = self.now;
        let work = &mut self.state.works[place.index()];
        let agent = work.agent;
        (work.stage, work.since, work.left) = (Stage::Holding(handover), now, wrap_up);
        work.due = limit.map_or(Instant::NEVER, |limit| now + limit);
        let due = work.due;
        let state = &mut self.state.agents[agent.index()];
        state.held = true;
        if state.is_single() {
            self.timers.set(agent.index(), due);
        } else {
            self.state.unlist(agent);
            self.retime(agent);
        }
        self.state.cases[id].held_by = agent.into();
        true
    }

    /// Where an agent is held by a case.
    fn held_place(&self, id: CaseId) -> Option<PlaceId> {
        let agent = self.state.cases[id].held_by.get()?;
        let state = &self.state.agents[agent.index()];
        state.all_places().find(|place| {
            let work = &self.state.works[place.index()];
            work.case == id && matches!(work.stage, Stage::Holding(_) | Stage::Conference)
        })
    }

    /// The next agent takes over from who stayed with the customer; returns for how long that agent
    /// is told first.
    pub(super) fn take_over(&mut self, id: CaseId, by: AgentId) -> Span {
        let Some(place) = self.held_place(id) else { return Span::ZERO };
        debug_assert!(self.state.works[place.index()].agent != by);
        let now = self.now;
        let work = &mut self.state.works[place.index()];
        let agent = work.agent;
        let Stage::Holding(handover) = work.stage else { return Span::ZERO };
        match handover {
            None => (work.stage, work.due) = (Stage::Conference, Instant::NEVER),
            Some(handover) => (work.stage, work.due) = (Stage::Handover, now + handover),
        }
        if handover.is_some() {
            self.state.cases[id].held_by = MaybeAgent::NOBODY;
        }
        self.set_timer(agent);
        handover.unwrap_or(Span::ZERO)
    }

    /// The work that an agent just began takes longer.
    pub(super) fn lengthen(&mut self, agent: AgentId, id: CaseId, by: Span) {
        if by == Span::ZERO {
            return;
        }
        let places = self.state.agents[agent.index()].all_places();
        for place in places {
            let work = &mut self.state.works[place.index()];
            if work.case == id && work.stage.is_open() {
                // The clock's time, whatever the pace.
                let unslowed = Span::from_seconds(by.seconds() / work.pace.max(f64::MIN_POSITIVE));
                (work.left, work.due) = (work.left + unslowed, work.due + by);
            }
        }
        self.set_timer(agent);
    }

    /// Whoever stayed through the talk leaves with its end.
    pub(super) fn leave_conference(&mut self, id: CaseId) {
        if !self.state.cases[id].held_by.is_nobody() {
            self.let_go(id);
        }
    }

    /// Nobody stays with the customer any more.
    #[inline]
    pub(super) fn let_go(&mut self, id: CaseId) {
        if self.state.cases[id].held_by.is_nobody() {
            return;
        }
        let place = self.held_place(id);
        self.state.cases[id].held_by = MaybeAgent::NOBODY;
        if let Some(place) = place {
            self.release(place);
        }
    }

    /// The agent has stayed long enough: the transfer goes on as a cold one.
    pub(super) fn hold_no_longer(&mut self, place: PlaceId) {
        self.let_go(self.state.works[place.index()].case);
    }

    /// An agent who was held wraps up.
    pub(super) fn release(&mut self, place: PlaceId) {
        let work = &self.state.works[place.index()];
        let (agent, stay, wrap_up, held) = (work.agent, work.stay, work.left, self.now.since(work.since));
        // Free places of the agent, but for one more customer with whom it stays.
        self.state.works[place.index()].stage = Stage::WrapUp;
        let stays = self.state.agents[agent.index()].all_places().any(|place| {
            let stage = self.state.works[place.index()].stage;
            matches!(stage, Stage::Holding(_) | Stage::Handover | Stage::Conference)
        });
        self.state.agents[agent.index()].held = stays;
        self.book_stay(stay, |counts| counts[Count::Talk] += held.micros());
        self.book_passage(stay, PassageCount::Hold, held.micros());
        self.tell_of_work(agent, place, WorkEvent::Held { talk: held });
        if wrap_up > Span::ZERO {
            self.begin_wrap_up(agent, place, wrap_up);
            self.stay_on(agent);
        } else {
            self.end_work(agent, place);
        }
    }
}
