//! A freed agent: what it takes next, from the queues and from the lists beside them.

use crate::observations::Kind;
use crate::routing::{Offer, Policy, View};
use crate::state::{Activity, CaseId, Line, Place, Role, Whereabouts};
use crate::units::{AgentId, Instant, QueueId, Span};

use super::player::Player;

/// Where the head of a queue stands among the heads: (queue priority, age, queue).
type HeadPlace = (u32, Instant, QueueId);

impl<P: Policy, const AUDIT: bool> Player<'_, P, AUDIT> {
    /// An agent that should leave first serves who is still inside a closed queue.
    pub(super) fn finish_up(&mut self, agent: AgentId) {
        let group = self.state.agents[agent.index()].group;
        let closing = self.model.abilities.serves(group).iter().find_map(|&queue| {
            let state = self.state.queue(queue);
            if state.closed { state.waiting.head() } else { None }
        });
        match closing {
            Some(case) if self.state.agents[agent.index()].open == 0 => {
                if !self.state.agents[agent.index()].leaving {
                    // It leaves for someone of the crew who must: now it is the one that is marked.
                    self.mark(group, Some(agent));
                }
                self.leave_queue(case);
                self.state.become_idle(agent, self.now);
                self.serve(agent, case);
            }
            _ => self.log_out(agent),
        }
    }

    /// Idle, counted so, and asking the policy what to take. Its old timer is replaced by the next
    /// work's, or stopped here.
    #[inline]
    pub(super) fn ask_for_work(&mut self, agent: AgentId) {
        self.state.become_idle(agent, self.now);
        self.look_for_work(agent);
    }

    /// Asks the policy what an idle agent takes.
    #[inline]
    fn look_for_work(&mut self, agent: AgentId) {
        if self.state.waiting + self.state.callbacks > 0
            && let Some(next) = self.next_work(agent)
        {
            self.begin(agent, next);
            if !self.state.agents[agent.index()].is_single() {
                self.ask_for_more(agent);
            }
            return;
        }
        self.timers.set(agent.index(), Instant::NEVER);
        if self.state.waiting > 0 && self.policy.holds_back() {
            self.offer_heads();
        }
    }

    /// Those who have come on duty together take up what waits. Whose group is the first choice for something
    /// that waits asks first, so that it does not matter what the groups are called.
    pub(super) fn take_up_waiting(&mut self) {
        let mut newcomers = std::mem::take(&mut self.newcomers);
        // By group, and in each in the order in which they came, the last one first.
        newcomers.reverse();
        newcomers.sort_by_key(|agent| self.state.agents[agent.index()].group);
        let mut crews: Vec<&[AgentId]> = newcomers
            .chunk_by(|one, other| {
                self.state.agents[one.index()].group == self.state.agents[other.index()].group
            })
            .collect();
        while self.state.waiting + self.state.callbacks > 0 {
            crews.retain(|crew| !crew.is_empty());
            let Some(crew) = crews.iter_mut().min_by_key(|crew| self.best_choice(crew[0])) else { break };
            let Some((&agent, others)) = crew.split_last() else { break };
            *crew = others;
            if self.state.agents[agent.index()].activity == Activity::Idle {
                self.look_for_work(agent);
            }
        }
        newcomers.clear();
        self.newcomers = newcomers;
    }

    /// The best priority that an agent's group has for anything that waits.
    fn best_choice(&self, agent: AgentId) -> u32 {
        let abilities = &self.model.abilities;
        let group = self.state.agents[agent.index()].group;
        let serves = abilities.serves(group).iter();
        let waits = serves.filter(|queue| !self.state.queue(**queue).waiting.is_empty());
        waits.map(|queue| abilities.skill(*queue, group).priority).min().unwrap_or(u32::MAX)
    }

    /// What an agent with room takes next: what waits for this agent or its group, or what the policy
    /// says; by queue priority, then age. A kept place comes when its queue's turn does.
    #[inline(always)]
    pub(super) fn next_work(&mut self, agent: AgentId) -> Option<CaseId> {
        let mut next = None;
        if self.state.waiting > 0 {
            let view = View { model: self.model, state: &self.state, now: self.now };
            next = self.policy.contact_for(agent, &view);
        }
        if self.model.has_lists { self.next_of_lists(agent, next) } else { next }
    }

    fn next_of_lists(&self, agent: AgentId, policy: Option<CaseId>) -> Option<CaseId> {
        let group = self.state.agents[agent.index()].group;
        let place = |id: CaseId| {
            let case = &self.state.cases[id];
            (self.model.queues[case.queue.index()].priority, case.age)
        };
        let own = self.state.own[agent.index()].iter(&self.state.cases);
        let tasks = self.state.group(group).tasks.iter(&self.state.cases);
        let fits = |id: &CaseId| {
            let case = &self.state.cases[*id];
            match case.begun {
                true => self.state.fits(self.model, agent, case.queue),
                false => self.state.has_room(self.model, agent, case.queue, self.now),
            }
        };
        // At equal places the policy's choice comes last: what is the agent's own comes first.
        let next = own.chain(tasks).filter(fits).chain(policy).min_by_key(|id| place(*id));
        if self.state.callbacks > 0 {
            return self.callback_for(agent, next).or(next);
        }
        next
    }

    /// An agent with room begins what it takes next.
    #[inline(always)]
    pub(super) fn begin(&mut self, agent: AgentId, next: CaseId) {
        if self.state.cases[next].whereabouts == Whereabouts::Callback {
            return self.start_callback(agent, next);
        }
        self.leave_queue(next);
        self.serve(agent, next);
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

    /// Whom a contact that begins to wait waits for alone.
    pub(super) fn waits_for(&self, id: CaseId) -> Option<AgentId> {
        self.preferred_agent(id)
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
        let offer = self.offer(id);
        match self.taken_at_once(offer, id) {
            Some(agent) => self.serve(agent, id),
            None => {
                self.meter_waiting(queue);
                self.state.join(self.model, id, queue, Place::ByAge);
                self.set_wake_up(offer, id);
            }
        }
    }

    /// One more is idle, which may free work that was held back.
    fn offer_heads(&mut self) {
        let mut refused = None;
        while let Some((place, head)) = self.next_head(refused) {
            if !self.offer_again(head) {
                refused = Some(place);
            }
        }
    }

    /// The next head after this place in the order of queue priority, then age.
    fn next_head(&self, after: Option<HeadPlace>) -> Option<(HeadPlace, CaseId)> {
        let heads = (0..self.model.queues.len()).map(QueueId::at).filter_map(|queue| {
            let head = self.state.queue(queue).waiting.head()?;
            Some(((self.model.queues[queue.index()].priority, self.state.cases[head].age, queue), head))
        });
        heads.filter(|(place, _)| after.is_none_or(|after| *place > after)).min_by_key(|(place, _)| *place)
    }
}
