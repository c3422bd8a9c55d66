//! Service: an agent takes a contact up, talks, wraps up, and is free again.

use crate::model::{Model, Queue, Transfer};
use crate::observations::{Count, GroupCount, LossReason, StepEnd};
use crate::random::{Purpose, unit};
use crate::routing::Policy;
use crate::state::{Activity, Case, CaseId, PlaceId, Role, Service, Stage, State, Stay, Whereabouts, Work};
use crate::units::{AgentId, Span};

use super::outcome::is_solved;
use super::player::Player;
use super::recorder::{CaseEvent, Recorder, WorkEvent};
use super::talk::{talk, wrap_up};

impl<'m, P: Policy, const AUDIT: bool, R: Recorder> Player<'m, P, AUDIT, R> {
    /// An agent with room takes the contact.
    ///
    /// # Panics
    /// When a policy named an agent without room, or not able to serve the contact.
    #[inline(never)]
    pub(super) fn serve(&mut self, agent: AgentId, id: CaseId) {
        let case = &self.state.cases[id];
        if !case.is_plain() {
            return self.serve_other(agent, id);
        }
        self.begin_leg::<false>(agent, id, &self.model.queues[case.queue.index()]);
    }

    /// A customer and an agent begin a leg; `queue` is the contact's. `ENTERS`: the stay begins with it.
    #[inline(always)]
    pub(super) fn begin_leg<const ENTERS: bool>(&mut self, agent: AgentId, id: CaseId, queue: &'m Queue) {
        if ENTERS {
            self.tell(id, CaseEvent::Enters);
        }
        let model = self.model;
        let State { cases, agents, .. } = &mut self.state;
        let group = agents[agent.index()].group;
        let case = cases.begin_service(id, agent);
        let (stay, entered, delayed) = (case.stay(), case.entered, case.delayed);
        let skill = model.abilities.skill(stay.queue, group);
        let talk = talk(model, (&self.paces, agent), case, queue, skill);
        let stage = if queue.conversation.is_some() { self.begin_conversation(id) } else { Stage::Talk };
        self.begin_work(agent, id, stay, stage, talk, skill.share);
        let wait = self.now.since(entered);
        self.book_answer::<ENTERS>(queue, stay, wait, delayed);
        self.tell(id, CaseEvent::Answered { agent, wait, delayed });
    }

    /// Whoever is no plain contact of a case: follow-ups, callbacks, ghosts, and what was begun before.
    #[cold]
    fn serve_other(&mut self, agent: AgentId, id: CaseId) {
        let case = &self.state.cases[id];
        let stay = case.stay();
        let group = self.state.agents[agent.index()].group;
        let skill = self.model.abilities.skill(stay.queue, group);
        if case.role == Role::Stock {
            self.open_stock(id);
        }
        let case = &self.state.cases[id];
        let (stay, entered, delayed) = (case.stay(), case.entered, case.delayed);
        match case.role {
            _ if case.has_begun() => self.go_on(agent, id),
            Role::Ghost => {
                let found_out = self.model.queues[stay.queue.index()].silent.1;
                self.take_up(agent, id, stay, Stage::Ghost, found_out, skill.share);
            }
            Role::Duplicate => {
                let queue = &self.model.queues[stay.queue.index()];
                let takes = self.duplicate(agent, queue, skill);
                self.take_up(agent, id, stay, Stage::Talk, takes, skill.share);
                let wait = self.now.since(entered);
                self.book_answer::<false>(queue, stay, wait, delayed);
                self.tell(id, CaseEvent::Answered { agent, wait, delayed });
            }
            Role::FollowUp => self.begin_follow_up(agent, id, skill),
            Role::Case | Role::Stock => {
                // Whoever stayed with the customer now tells this agent.
                let told = self.take_over(id, agent);
                self.begin_leg::<false>(agent, id, &self.model.queues[stay.queue.index()]);
                self.lengthen(agent, id, told);
            }
        }
    }

    /// An agent goes on with what was begun before: parked, or interrupted and given back.
    fn go_on(&mut self, agent: AgentId, id: CaseId) {
        if self.state.cases[id].role == Role::Case {
            self.state.cases.change_hands(id, agent);
        }
        let case = &mut self.state.cases[id];
        let stay = case.stay();
        let service = std::mem::replace(&mut case.service, Service::Leg);
        let group = self.state.agents[agent.index()].group;
        let skill = self.model.abilities.skill(stay.queue, group);
        let queue = &self.model.queues[stay.queue.index()];
        let (stage, left) = match service {
            Service::Rest(left) => (Stage::Talk, left),
            Service::Reply | Service::FirstLeg(_) | Service::Leg => {
                (Stage::Ready, self.reply(agent, id, queue, skill))
            }
        };
        self.take_up(agent, id, stay, stage, left, skill.share);
    }

    /// An agent takes a contact up and begins a piece of work of so much time.
    pub(super) fn take_up(
        &mut self,
        agent: AgentId,
        id: CaseId,
        stay: Stay,
        stage: Stage,
        takes: Span,
        share: u16,
    ) {
        self.state.cases[id].whereabouts = Whereabouts::Served;
        self.begin_work(agent, id, stay, stage, takes, share);
    }

    /// The same for a contact that is known to be with the agent.
    #[inline(always)]
    fn begin_work(&mut self, agent: AgentId, id: CaseId, stay: Stay, stage: Stage, takes: Span, share: u16) {
        let now = self.now;
        let State { agents, works, groups, queues, .. } = &mut self.state;
        queues[stay.queue.index()].busy += 1;
        let state = &mut agents[agent.index()];
        if !state.is_single() {
            let mut work = Work::free(agent);
            (work.case, work.stage, work.share, work.stay) = (id, stage, share, stay);
            (work.since, work.timed, work.left) = (now, now, takes);
            if !matches!(stage, Stage::Talk | Stage::Ready) {
                work.due = now + takes;
            }
            return self.open_work(agent, work);
        }
        assert!(state.activity == Activity::Idle, "the policy named agent {}, who is not idle", agent.0);
        let due = now + takes;
        // Taken from idleness: no timer runs. Freed just now: the old one is replaced.
        if state.since < now {
            self.timers.start(agent.index(), due);
        } else {
            self.timers.set(agent.index(), due);
        }
        (state.activity, state.since, state.metered) = (Activity::Working, now, now);
        let place = state.place();
        let work = &mut works[place.index()];
        (work.case, work.stage, work.stay) = (id, stage, stay);
        (work.since, work.due, work.left) = (now, due, takes);
        let group = &mut groups[state.group.index()];
        group.working += 1;
        group.idle.remove(agents, agent);
        self.tell_of_work(agent, place, WorkEvent::Begins { id });
    }

    /// An agent's timer is up.
    #[inline(always)]
    pub(super) fn complete(&mut self, agent: AgentId) {
        let state = &self.state.agents[agent.index()];
        match state.activity {
            Activity::Working if state.is_single() => {
                let place = state.place();
                match self.state.works[place.index()].stage {
                    Stage::Talk => self.end_talk(agent, place),
                    Stage::WrapUp => self.end_work(agent, place),
                    _ => self.end_stage(agent, place),
                }
            }
            Activity::Working => self.end_stage(agent, self.due_place(agent)),
            Activity::Break => self.end_break(agent),
            Activity::Off | Activity::Idle => self.timers.stop(agent.index()),
        }
    }

    #[inline(never)]
    fn end_stage(&mut self, agent: AgentId, place: PlaceId) {
        match self.state.works[place.index()].stage {
            Stage::Talk => self.end_talk(agent, place),
            Stage::WrapUp => self.end_work(agent, place),
            Stage::Compose => self.end_reply(agent, place),
            Stage::Customer => self.customer_turn(agent, place),
            Stage::Holding(_) => self.hold_no_longer(place),
            Stage::Handover => self.release(place),
            Stage::Ringing => self.not_reached(agent, place),
            Stage::Ghost => self.find_out(agent, place),
            Stage::Free | Stage::Ready | Stage::Conference | Stage::Suspended => self.set_timer(agent),
        }
    }

    /// The customer leaves the agent: passed on, solved, or not.
    #[inline(always)]
    pub(super) fn end_talk(&mut self, agent: AgentId, place: PlaceId) {
        let model = self.model;
        let State { agents, works, cases, .. } = &mut self.state;
        let group = agents[agent.index()].group;
        let work = &works[place.index()];
        let (id, stay, talk) = (work.case, work.stay, self.now.since(work.since));
        let case = &mut cases[id];
        if case.role != Role::Case {
            return self.end_side_work(agent, place);
        }
        let queue = &model.queues[stay.queue.index()];
        let skill = model.abilities.skill(stay.queue, group);
        let wrap_up = wrap_up(model, (&self.paces, agent), case, queue, skill);
        let passed_on = passed_on(model, case, queue);
        // Before the leg is counted: what is known of a customer helps from the second leg on.
        let solved = passed_on.is_none() && is_solved(model, case, skill);
        let transferred = u64::from(passed_on.is_some());
        case.legs = case.legs.saturating_add(1);
        case.transfers = case.transfers.saturating_add(transferred as u16);
        self.book_stay(stay, |counts| {
            counts[Count::Legs] += 1;
            counts[Count::Talk] += talk.micros();
            counts[Count::WrapUp] += wrap_up.micros();
            counts[Count::Transferred] += transferred;
        });
        let passed_to = passed_on.map(|transfer| transfer.to);
        self.tell_of_work(agent, place, WorkEvent::Served { talk, wrap_up, passed_on: passed_to });
        if queue.kind.counts_responses() && queue.conversation.is_none() {
            self.book_response(id, stay);
        }
        if !self.is_simple {
            self.leave_conference(id);
            self.talk_is_over(place);
        }
        // The agent's state changes before the customer goes on, so that a transfer finds the
        // centre as it is: this agent wraps up, or is about to be free.
        let mut held = false;
        match passed_on {
            Some(transfer) => {
                self.note_end_of_leg(id);
                held = self.pass_on(id, transfer, place, wrap_up);
            }
            None => {
                self.begin_wrap_up(agent, place, wrap_up);
                self.state.channels[queue.channel.index()].lines -= 1;
                let starts = &queue.starts;
                if !starts.resolved.is_empty() {
                    self.start_follow_ups(id, &starts.resolved);
                }
                if solved {
                    self.solve(id);
                } else {
                    self.note_end_of_leg(id);
                    if !starts.unresolved.is_empty() {
                        self.start_follow_ups(id, &starts.unresolved);
                    }
                    self.unsolved(id);
                }
            }
        }
        if wrap_up == Span::ZERO && !held {
            self.end_work(agent, place);
        }
    }

    /// A leg of the first answered contact has not ended its case: a further contact may follow it.
    #[inline]
    fn note_end_of_leg(&mut self, id: CaseId) {
        let case = &self.state.cases[id];
        if case.answered_contact == Some(case.contact) {
            self.state.cases.rare_mut(id).answered_until = self.now;
        }
    }

    /// The agent is left with the wrap-up, if there is any.
    #[inline(always)]
    pub(super) fn begin_wrap_up(&mut self, agent: AgentId, place: PlaceId, wrap_up: Span) {
        if wrap_up > Span::ZERO {
            let due = self.now + wrap_up;
            let work = &mut self.state.works[place.index()];
            (work.stage, work.due) = (Stage::WrapUp, due);
            if self.state.agents[agent.index()].is_single() {
                self.timers.set(agent.index(), due);
            } else {
                self.retime(agent);
            }
        }
    }

    /// Everything that belongs to a piece of work is over.
    #[inline(always)]
    pub(super) fn end_work(&mut self, agent: AgentId, place: PlaceId) {
        let now = self.now;
        let State { agents, works, groups, queues, .. } = &mut self.state;
        let state = &mut agents[agent.index()];
        if !state.is_single() {
            return self.end_one_work(agent, place);
        }
        let lasted = now.since(state.metered).micros();
        let work = &mut works[place.index()];
        work.stage = Stage::Free;
        let queue = work.stay.queue.index();
        let (row, group) = (self.meters.row, state.group);
        self.seen.groups[group.index()][row][GroupCount::Working] += lasted;
        self.seen.queues[queue].rows[row][Count::Busy] += lasted;
        queues[queue].busy -= 1;
        groups[group.index()].working -= 1;
        state.worked += now.since(state.since);
        state.activity = Activity::Off;
        self.tell_of_work(agent, place, WorkEvent::Ends);
        let state = &self.state.agents[agent.index()];
        if state.is_finishing() || self.departures[group.index()].owes() {
            return self.leave_or_rest(agent);
        }
        self.ask_for_work(agent);
    }

    /// The same where an agent may have several.
    #[inline(never)]
    fn end_one_work(&mut self, agent: AgentId, place: PlaceId) {
        self.meter_work(agent);
        let work = &mut self.state.works[place.index()];
        work.stage = Stage::Free;
        self.state.queues[work.stay.queue.index()].busy -= 1;
        self.tell_of_work(agent, place, WorkEvent::Ends);
        self.close_work(agent, place);
    }

    /// The last of an agent's several pieces of work is over.
    pub(super) fn end_all_work(&mut self, agent: AgentId) {
        let now = self.now;
        let state = &mut self.state.agents[agent.index()];
        self.state.groups[state.group.index()].working -= 1;
        state.worked += now.since(state.since);
        state.activity = Activity::Off;
        self.leave_or_rest(agent);
    }

    /// An agent without work goes home, takes a break, or asks for more.
    #[inline(never)]
    fn leave_or_rest(&mut self, agent: AgentId) {
        let state = &self.state.agents[agent.index()];
        let (group, leaving, break_due) = (state.group, state.leaving, state.break_due);
        if leaving || self.owes_departure(agent, group) {
            self.finish_up(agent);
        } else if break_due > Span::ZERO {
            self.start_break(agent, break_due);
        } else {
            self.ask_for_work(agent);
        }
    }

    /// A duplicate or a follow-up is done.
    #[cold]
    fn end_side_work(&mut self, agent: AgentId, place: PlaceId) {
        let work = &self.state.works[place.index()];
        let (id, stay, talk) = (work.case, work.stay, self.now.since(work.since));
        let group = self.state.agents[agent.index()].group;
        let (queue, skill) =
            (&self.model.queues[stay.queue.index()], self.model.abilities.skill(stay.queue, group));
        let case = &self.state.cases[id];
        let role = case.role;
        let wrap_up = match role {
            Role::FollowUp => wrap_up(self.model, (&self.paces, agent), case, queue, skill),
            _ => Span::ZERO,
        };
        self.book_stay(stay, |counts| {
            counts[Count::Legs] += 1;
            counts[Count::Talk] += talk.micros();
            counts[Count::WrapUp] += wrap_up.micros();
        });
        self.tell_of_work(agent, place, WorkEvent::Served { talk, wrap_up, passed_on: None });
        if role == Role::Duplicate {
            // What was written first is answered by now, too.
            self.book_response(id, stay);
        }
        self.talk_is_over(place);
        self.begin_wrap_up(agent, place, wrap_up);
        self.release_line(stay.queue);
        if role == Role::FollowUp {
            self.conclude_follow_up(id);
        }
        self.state.cases.close(id);
        if wrap_up == Span::ZERO {
            self.end_work(agent, place);
        }
    }

    /// The agent finds out that nobody is there any more.
    fn find_out(&mut self, agent: AgentId, place: PlaceId) {
        let work = &self.state.works[place.index()];
        let (id, queue) = (work.case, work.stay.queue);
        self.release_line(queue);
        self.state.cases.close(id);
        self.end_work(agent, place);
    }

    /// A call that nobody answered.
    fn not_reached(&mut self, agent: AgentId, place: PlaceId) {
        let work = &self.state.works[place.index()];
        let (id, stay) = (work.case, work.stay);
        self.release_line(stay.queue);
        if self.state.cases[id].role == Role::FollowUp {
            self.follow_up_unreached(id, stay);
        } else {
            self.callback_unreached(id);
        }
        self.end_work(agent, place);
    }

    /// The case could not be reached for good.
    pub(super) fn lose_unreached(&mut self, id: CaseId) {
        self.note(id, StepEnd::Unreached);
        self.lose(id, LossReason::Unreached);
    }
}

/// Where the present leg passes the contact on to, if it does.
#[inline(always)]
pub(super) fn passed_on<'a>(model: &Model, case: &Case, queue: &'a Queue) -> Option<&'a Transfer> {
    if queue.transfers.is_empty() || case.leg >= model.routing.max_transfers {
        return None;
    }
    let u = unit(case.key.bits(case.contact, case.leg, Purpose::Transfer));
    queue.transfers.iter().find(|transfer| u < transfer.cumulative)
}
