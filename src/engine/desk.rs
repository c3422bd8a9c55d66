//! An agent with several places for work: conversations slow each other down, a call interrupts an
//! e-mail, and only one reply is written at a time.

use crate::observations::{Count, PassageCount};
use crate::routing::Policy;
use crate::state::{Activity, CaseId, PlaceId, Position, Service, Stage, State, Work};
use crate::units::{AgentId, Instant, QueueId, Span};

use super::player::Player;
use super::recorder::{Recorder, WorkEvent};
use super::talk::restarted;

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
    /// One more piece of work at an agent.
    ///
    /// # Panics
    /// When there is no room for it: a fault of the policy.
    pub(super) fn open_work(&mut self, agent: AgentId, work: Work) {
        let now = self.now;
        let state = &self.state.agents[agent.index()];
        let group = state.group;
        match state.activity {
            Activity::Working => {
                self.meter_work(agent);
                self.state.unlist(agent);
            }
            _ => {
                assert!(
                    state.activity == Activity::Idle,
                    "the policy named agent {}, who is not there",
                    agent.0
                );
                self.state.stop_idling(agent);
                self.state.groups[group.index()].working += 1;
                let state = &mut self.state.agents[agent.index()];
                (state.activity, state.since, state.metered) = (Activity::Working, now, now);
            }
        }
        let state = &mut self.state.agents[agent.index()];
        state.load += work.share;
        state.open += 1;
        let (range, has_room) = (state.desk(), state.load <= 1000);
        let free = self.state.works[range.clone()].iter().position(|work| work.stage == Stage::Free);
        let (Some(free), true) = (free, has_room) else {
            panic!("the policy named agent {}, who has no room", agent.0);
        };
        let place = PlaceId::at(range.start + free);
        let interruptible = self.may_be_interrupted(&work);
        self.state.works[place.index()] = work;
        self.tell_of_work(agent, place, WorkEvent::Begins { id: work.case });
        if interruptible {
            self.state.allow_interruption(place);
        }
        self.retime(agent);
        self.state.list(self.model, agent, now);
    }

    fn may_be_interrupted(&self, work: &Work) -> bool {
        work.stage == Stage::Talk && self.model.queues[work.stay.queue.index()].restart_cost.is_some()
    }

    /// A place is free again; the last one frees the agent.
    pub(super) fn close_work(&mut self, agent: AgentId, place: PlaceId) {
        let share = self.state.works[place.index()].share;
        self.state.unlist(agent);
        let state = &mut self.state.agents[agent.index()];
        state.load -= share;
        state.open -= 1;
        if state.open == 0 {
            return self.end_all_work(agent);
        }
        self.retime(agent);
        self.state.list(self.model, agent, self.now);
        if let Some(suspended) = self.state.suspended(agent)
            && self.state.agents[agent.index()].load + self.state.works[suspended.index()].share <= 1000
        {
            return self.after_interruption(agent, suspended);
        }
        self.ask_for_more(agent);
    }

    /// Paces all work anew: when the number of open conversations changes, all are re-timed from
    /// that moment.
    pub(super) fn retime(&mut self, agent: AgentId) {
        let (now, model) = (self.now, self.model);
        let State { agents, works, cases, .. } = &mut self.state;
        let state = &agents[agent.index()];
        let (desk, taken) = (&mut works[state.desk()], state.taken());
        let (mut open, mut ready, mut writes) = (0, false, false);
        for work in Work::on(desk, taken) {
            open += usize::from(work.stage.is_open());
            ready |= work.stage == Stage::Ready;
            writes |= work.stage == Stage::Compose;
        }
        // One reply at a time; those whose customers have waited longest come first.
        if ready && !writes {
            let ready = desk.iter_mut().filter(|work| work.stage == Stage::Ready);
            if let Some(next) = ready.min_by_key(|work| cases.rare(work.case).wrote) {
                (next.stage, next.timed, next.pace, next.due) = (Stage::Compose, now, 0.0, now);
            }
        }
        let mut first = Instant::NEVER;
        for work in Work::on_mut(desk, taken) {
            if matches!(work.stage, Stage::Talk | Stage::Compose) {
                let channel = model.queues[work.stay.queue.index()].channel;
                let pace = model.channels[channel.index()].slowdown(open);
                // A pace that stays leaves the end to the microsecond as it was.
                if pace != work.pace || work.due == Instant::NEVER {
                    work.left = work.left_at(now);
                    (work.timed, work.pace) = (now, pace);
                    work.due = now + Span::from_seconds(work.left.seconds() * pace);
                }
            }
            if work.stage.is_timed() {
                first = first.min(work.due);
            }
        }
        self.timers.set(agent.index(), first);
    }

    /// The agent's timer rings when the first of its stages ends.
    pub(super) fn set_timer(&mut self, agent: AgentId) {
        let desk = &self.state.works[self.state.agents[agent.index()].desk()];
        let due = desk.iter().filter(|work| work.stage.is_timed()).map(|work| work.due);
        self.timers.set(agent.index(), due.min().unwrap_or(Instant::NEVER));
    }

    /// The place whose stage ends now.
    pub(super) fn due_place(&self, agent: AgentId) -> PlaceId {
        let state = &self.state.agents[agent.index()];
        let (mut due, mut first) = (state.place(), Instant::NEVER);
        for (work, place) in self.state.works[state.desk()].iter().zip(state.all_places()) {
            if work.stage.is_timed() && work.due < first {
                (due, first) = (place, work.due);
            }
        }
        due
    }

    /// An agent who is working, with room for more.
    pub(super) fn ask_for_more(&mut self, agent: AgentId) {
        while self.state.agents[agent.index()].listed > 0 {
            let Some(next) = self.next_work(agent) else { break };
            self.begin(agent, next);
        }
    }

    /// The customer leaves the agent: the work is no longer what it was.
    pub(super) fn talk_is_over(&mut self, place: PlaceId) {
        let work = self.state.works[place.index()];
        if self.state.agents[work.agent.index()].is_single() {
            return;
        }
        self.meter_work(work.agent);
        if self.may_be_interrupted(&work) {
            self.state.end_interruptible(place);
        }
    }

    /// Suspends an agent's latest work that may be interrupted.
    ///
    /// # Panics
    /// When there is none: a fault of the policy.
    pub(super) fn interrupt(&mut self, agent: AgentId, by: QueueId) {
        let group = self.state.agents[agent.index()].group;
        let share = self.model.abilities.skill(by, group).share;
        let Some(place) = self.state.to_interrupt(group, share, Some(agent)) else {
            panic!("the policy wants to interrupt agent {} of group {}", agent.0, group.0);
        };
        debug_assert!(self.model.queues[by.index()].interrupts);
        self.meter_work(agent);
        self.state.end_interruptible(place);
        let now = self.now;
        let work = &mut self.state.works[place.index()];
        work.left = work.left_at(now);
        (work.stage, work.due) = (Stage::Suspended, Instant::NEVER);
        let (stay, talked, share) = (work.stay, now.since(work.since), work.share);
        self.state.agents[agent.index()].load -= share;
        self.state.queues[stay.queue.index()].busy -= 1;
        self.book_stay(stay, |counts| counts[Count::Talk] += talked.micros());
        self.book_passage(stay, PassageCount::Interrupted, 1);
        self.tell_of_work(agent, place, WorkEvent::Suspended { talk: talked });
    }

    /// What interrupted is over: another that may interrupt, or the work goes on.
    fn after_interruption(&mut self, agent: AgentId, suspended: PlaceId) {
        if self.state.agents[agent.index()].is_finishing() {
            return self.give_back(agent, suspended);
        }
        // With the suspended work alone it has no load, and stands in no list.
        while (self.state.agents[agent.index()].listed > 0 || self.state.agents[agent.index()].load == 0)
            && let Some(next) = self.next_work(agent)
            && self.model.queues[self.state.cases[next].queue.index()].interrupts
        {
            self.begin(agent, next);
        }
        if self.state.agents[agent.index()].load + self.state.works[suspended.index()].share <= 1000 {
            self.resume(agent, suspended);
        }
    }

    /// Goes on with interrupted work.
    fn resume(&mut self, agent: AgentId, place: PlaceId) {
        let now = self.now;
        self.meter_work(agent);
        self.state.unlist(agent);
        let work = &mut self.state.works[place.index()];
        let queue = work.stay.queue;
        work.left = restarted(work.left, &self.model.queues[queue.index()]);
        (work.stage, work.since, work.timed, work.due) = (Stage::Talk, now, now, Instant::NEVER);
        self.state.agents[agent.index()].load += work.share;
        self.state.queues[queue.index()].busy += 1;
        self.tell_of_work(agent, place, WorkEvent::Resumes);
        self.state.allow_interruption(place);
        self.retime(agent);
        self.state.list(self.model, agent, now);
        self.ask_for_more(agent);
    }

    /// Interrupted work returns to the head of its queue with what is left, as its agent leaves.
    fn give_back(&mut self, agent: AgentId, place: PlaceId) {
        let work = &mut self.state.works[place.index()];
        let (id, queue, left) = (work.case, work.stay.queue, work.left);
        work.stage = Stage::Free;
        self.tell_of_work(agent, place, WorkEvent::Ends);
        let rest = restarted(left, &self.model.queues[queue.index()]);
        self.state.cases[id].service = Service::Rest(rest);
        self.meter_waiting(queue);
        self.state.join(self.model, id, Position::Head, Instant::NEVER);
        self.meter_work(agent);
        let state = &mut self.state.agents[agent.index()];
        state.open -= 1;
        if state.open == 0 {
            self.end_all_work(agent);
        } else {
            self.retime(agent);
        }
        self.offer_returned(id);
    }

    /// What was given back may find someone else idle.
    fn offer_returned(&mut self, id: CaseId) {
        if self.state.cases[id].whereabouts.is_waiting() {
            self.offer_again(id);
        }
    }
}
