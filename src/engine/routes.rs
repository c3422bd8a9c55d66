//! A freed agent: what it takes next, from the queues and from the lists beside them.

use crate::routing::{Policy, View};
use crate::state::{Activity, CaseId, Whereabouts};
use crate::units::{AgentId, Instant, QueueId};

use super::player::Player;
use super::recorder::Recorder;

/// Where the head of a queue stands among the heads: (queue priority, age, queue).
type HeadRank = (u32, Instant, QueueId);

impl<P: Policy, const AUDIT: bool, R: Recorder> Player<'_, P, AUDIT, R> {
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
        self.timers.stop(agent.index());
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
        let priorities = abilities.serves(group).iter().filter_map(|queue| {
            let head = self.state.queue(*queue).waiting.head()?;
            let waited = self.now.since(self.state.cases[head].entered);
            Some(abilities.skill(*queue, group).priority_after(waited))
        });
        priorities.min().unwrap_or(u32::MAX)
    }

    /// What an agent with room takes next: what waits for this agent or its group, or what the policy
    /// says; by queue priority, then age. Who is called back comes when its queue's turn does.
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
        let rank = |id: CaseId| {
            let case = &self.state.cases[id];
            (self.model.queues[case.queue.index()].priority, case.age)
        };
        let own = self.state.own[agent.index()].iter(&self.state.cases);
        let tasks = self.state.group(group).tasks.iter(&self.state.cases);
        let fits = |queue: QueueId, has_begun: bool| match has_begun {
            true => self.state.fits(self.model, agent, queue),
            false => self.state.has_room(self.model, agent, queue, self.now),
        };
        let mut best: Option<((u32, Instant), CaseId)> = None;
        // Neighbours are mostly alike: whether one fits need not be asked again for the next.
        let mut known = None;
        for id in own.chain(tasks) {
            let rank = rank(id);
            if best.is_some_and(|(best, _)| best <= rank) {
                continue;
            }
            let case = &self.state.cases[id];
            let alike = (case.queue, case.has_begun());
            let fits = match known {
                Some((before, fits)) if before == alike => fits,
                _ => fits(alike.0, alike.1),
            };
            known = Some((alike, fits));
            if fits {
                best = Some((rank, id));
            }
        }
        // At equal ranks the policy's choice comes last: what is the agent's own comes first.
        let next = match (best, policy) {
            (Some((best, own)), Some(policy)) => Some(if best <= rank(policy) { own } else { policy }),
            (best, policy) => best.map(|(_, own)| own).or(policy),
        };
        if self.state.callbacks > 0 {
            return self.callback_for(agent, next).or(next);
        }
        next
    }

    /// An agent with room begins what it takes next.
    #[inline(always)]
    pub(super) fn begin(&mut self, agent: AgentId, next: CaseId) {
        if self.state.cases[next].whereabouts == Whereabouts::AwaitingCallback {
            return self.start_callback(agent, next);
        }
        self.leave_queue(next);
        self.serve(agent, next);
    }

    /// Offers the first of a queue again, and the next one, as long as someone takes them.
    pub(super) fn offer_head(&mut self, queue: QueueId) {
        while let Some(head) = self.state.queue(queue).waiting.head() {
            if !self.offer_again(head) {
                return;
            }
        }
    }

    /// One more is idle, which may free work that was held back.
    fn offer_heads(&mut self) {
        let mut refused = None;
        while let Some((rank, head)) = self.next_head(refused) {
            if !self.offer_again(head) {
                refused = Some(rank);
            }
        }
    }

    /// The next head after this rank in the order of queue priority, then age.
    fn next_head(&self, after: Option<HeadRank>) -> Option<(HeadRank, CaseId)> {
        let heads = (0..self.model.queues.len()).map(QueueId::at).filter_map(|queue| {
            let head = self.state.queue(queue).waiting.head()?;
            Some(((self.model.queues[queue.index()].priority, self.state.cases[head].age, queue), head))
        });
        heads.filter(|(rank, _)| after.is_none_or(|after| *rank > after)).min_by_key(|(rank, _)| *rank)
    }
}
