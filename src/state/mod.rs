//! Who waits, who is idle, who serves whom.
//!
//! Mutations here keep lists and counters consistent and decide nothing; decisions are the
//! policy's, consequences the engine's.

mod agents;
mod case;
mod cases;
mod chain;
mod maybe_agent;
mod recent;
mod waiting;
mod work;

pub use agents::{Activity, AgentState, IdleList};
pub use case::{Case, CaseId, List, Position, Rare, Reference, Role, Service, Stay, Task, Whereabouts};
pub use cases::Cases;
pub use chain::Chain;
pub use maybe_agent::MaybeAgent;
pub use recent::Recent;
pub use waiting::WaitingList;
pub use work::{PlaceId, Stage, Work};

use crate::model::Model;
use crate::units::{AgentId, GroupId, Instant, QueueId};

/// The live counters of a channel.
#[derive(Clone, Copy, Debug, Default)]
pub struct ChannelState {
    /// Lines taken.
    pub lines: u32,
    /// Waiting in all its queues.
    pub waiting: u32,
}

/// The live state of a queue.
#[derive(Clone, Debug, Default)]
pub struct QueueState {
    /// Who waits.
    pub waiting: WaitingList,
    /// Its contacts in lists of agents and groups.
    pub elsewhere: u32,
    /// Who will be called back.
    pub callbacks: WaitingList,
    /// Self-service sessions.
    pub sessions: u32,
    /// Whether it is closed now.
    pub closed: bool,
    /// Agents busy with its contacts.
    pub busy: u32,
    /// How its last contacts fared, where a script may ask.
    pub recent: Recent,
}

/// The live state of a group.
#[derive(Clone, Debug, Default)]
pub struct GroupState {
    /// Who is idle, longest first.
    pub idle: IdleList,
    /// Who has work and still room, by load: one list for each of the group's loads.
    pub partly: Vec<IdleList>,
    /// Work that may be interrupted, latest begun last.
    interruptible: Chain,
    /// Follow-ups that anyone of the group may do.
    pub tasks: WaitingList,
    /// Logged in, breaks included.
    pub on_duty: u32,
    /// On a break.
    pub on_break: u32,
    /// With any work.
    pub working: u32,
    /// Logged in past the shift's end.
    pub overtime: u32,
    /// Rostered.
    pub scheduled: u32,
    /// Rostered heads without shifts (part of `scheduled`).
    pub heads: u32,
}

/// The live state of a centre.
#[derive(Clone, Debug)]
pub struct State {
    /// By channel id.
    pub channels: Vec<ChannelState>,
    /// By queue id.
    pub queues: Vec<QueueState>,
    /// By group id.
    pub groups: Vec<GroupState>,
    /// By agent id.
    pub agents: Vec<AgentState>,
    /// By place id.
    pub works: Vec<Work>,
    /// By agent id: who waits for this agent alone. Empty where nothing ever does.
    pub own: Vec<WaitingList>,
    /// All open cases.
    pub cases: Cases,
    /// Waiting in all queues, and in the lists of agents and groups.
    pub waiting: u32,
    /// Waiting for a call back, in all queues.
    pub callbacks: u32,
}

impl State {
    /// Nobody there, nobody waiting.
    #[must_use]
    pub fn new(model: &Model) -> State {
        let agents: Vec<AgentState> = model
            .agents
            .iter()
            .map(|agent| {
                let places = model.groups[agent.group.index()].places;
                AgentState::new(agent.group, agent.first_place, places)
            })
            .collect();
        let owner =
            |(id, agent): (usize, &AgentState)| std::iter::repeat_n(AgentId::at(id), agent.places.into());
        let works = agents.iter().enumerate().flat_map(owner).map(Work::free).collect();
        let own = if model.has_lists { vec![WaitingList::default(); agents.len()] } else { Vec::new() };
        let groups = model.groups.iter().map(|group| GroupState {
            partly: vec![IdleList::default(); group.loads.len()],
            ..GroupState::default()
        });
        State {
            channels: vec![ChannelState::default(); model.channels.len()],
            queues: vec![QueueState::default(); model.queues.len()],
            groups: groups.collect(),
            agents,
            works,
            own,
            cases: Cases::default(),
            waiting: 0,
            callbacks: 0,
        }
    }

    /// As new, keeping its memory.
    pub fn clear(&mut self) {
        self.channels.fill(ChannelState::default());
        self.queues.fill(QueueState::default());
        for group in &mut self.groups {
            let mut partly = std::mem::take(&mut group.partly);
            partly.fill(IdleList::default());
            *group = GroupState { partly, ..GroupState::default() };
        }
        for agent in &mut self.agents {
            *agent = AgentState::new(agent.group, agent.first_place, agent.places);
        }
        self.works.iter_mut().for_each(|work| *work = Work::free(work.agent));
        self.own.fill(WaitingList::default());
        self.cases.clear();
        (self.waiting, self.callbacks) = (0, 0);
    }

    /// A contact joins its queue's waiting list; it abandons or chases at `until`.
    pub fn join(&mut self, model: &Model, case: CaseId, position: Position, until: Instant) {
        let queue = self.cases[case].queue;
        self.queues[queue.index()].waiting.insert(&mut self.cases, case, position);
        self.entered(model, case, List::Queue, until);
    }

    /// A contact joins the list of one agent or one group.
    pub fn join_list(&mut self, model: &Model, case: CaseId, list: List, until: Instant) {
        let waiting = match list {
            List::Queue => return self.join(model, case, Position::ByAge, until),
            List::Agent(agent) => &mut self.own[agent.index()],
            List::Group(group) => &mut self.groups[group.index()].tasks,
        };
        waiting.insert(&mut self.cases, case, Position::ByAge);
        self.queues[self.cases[case].queue.index()].elsewhere += 1;
        self.entered(model, case, list, until);
    }

    #[inline]
    fn entered(&mut self, model: &Model, id: CaseId, list: List, until: Instant) {
        let case = &mut self.cases[id];
        case.whereabouts = Whereabouts::Waiting { list, until };
        self.channels[model.queues[case.queue.index()].channel.index()].waiting += 1;
        self.waiting += 1;
    }

    /// A contact leaves the list that it waits in.
    ///
    /// # Panics
    /// When it waits in none: a fault of the policy that named it.
    pub fn leave(&mut self, model: &Model, id: CaseId) {
        let Case { queue, whereabouts, .. } = self.cases[id];
        let Whereabouts::Waiting { list, .. } = whereabouts else {
            panic!("a policy took case {}, which does not wait", id.0);
        };
        match list {
            List::Queue => self.queues[queue.index()].waiting.remove(&mut self.cases, id),
            List::Agent(agent) => self.own[agent.index()].remove(&mut self.cases, id),
            List::Group(group) => self.groups[group.index()].tasks.remove(&mut self.cases, id),
        }
        if list != List::Queue {
            self.queues[queue.index()].elsewhere -= 1;
        }
        self.cases[id].whereabouts = Whereabouts::Moving;
        self.channels[model.queues[queue.index()].channel.index()].waiting -= 1;
        self.waiting -= 1;
    }

    /// Another record takes a waiting one's position in its queue, for as long as it takes.
    pub fn replace(&mut self, old: CaseId, new: CaseId) {
        let list = &mut self.queues[self.cases[old].queue.index()].waiting;
        list.insert_behind(&mut self.cases, new, old);
        list.remove(&mut self.cases, old);
        self.cases[old].whereabouts = Whereabouts::Moving;
        self.cases[new].whereabouts = Whereabouts::Waiting { list: List::Queue, until: Instant::NEVER };
    }

    /// A customer who has hung up is among those who will be called back.
    pub fn await_callback(&mut self, id: CaseId) {
        self.cases[id].whereabouts = Whereabouts::AwaitingCallback;
        let queue = self.cases[id].queue;
        self.queues[queue.index()].callbacks.insert(&mut self.cases, id, Position::ByAge);
        self.callbacks += 1;
    }

    /// The call back is made.
    pub fn call_back(&mut self, id: CaseId) {
        self.cases[id].whereabouts = Whereabouts::Moving;
        let queue = self.cases[id].queue;
        self.queues[queue.index()].callbacks.remove(&mut self.cases, id);
        self.callbacks -= 1;
    }

    /// An agent on duty has nothing to do.
    #[inline]
    pub fn become_idle(&mut self, agent: AgentId, now: Instant) {
        let state = &mut self.agents[agent.index()];
        (state.activity, state.since) = (Activity::Idle, now);
        self.groups[state.group.index()].idle.push(&mut self.agents, agent);
    }

    /// An idle agent is about to do something.
    #[inline]
    pub fn stop_idling(&mut self, agent: AgentId) {
        let group = self.agents[agent.index()].group;
        self.groups[group.index()].idle.remove(&mut self.agents, agent);
    }

    /// A working agent who may have room is found by its load from now on.
    pub fn list(&mut self, model: &Model, agent: AgentId, now: Instant) {
        self.unlist(agent);
        let state = &mut self.agents[agent.index()];
        state.loaded_since = now;
        if state.is_closed() || state.activity != Activity::Working {
            return;
        }
        let group = state.group.index();
        if let Ok(level) = model.groups[group].loads.binary_search(&state.load) {
            state.listed = level as u16 + 1;
            self.groups[group].partly[level].append(&mut self.agents, agent);
        }
    }

    /// It is not found any more.
    pub fn unlist(&mut self, agent: AgentId) {
        let state = &mut self.agents[agent.index()];
        if let Some(level) = std::mem::take(&mut state.listed).checked_sub(1) {
            let group = state.group.index();
            self.groups[group].partly[usize::from(level)].remove(&mut self.agents, agent);
        }
    }

    /// Work begins that may be interrupted.
    pub fn allow_interruption(&mut self, place: PlaceId) {
        let group = self.agents[self.works[place.index()].agent.index()].group;
        let list = &mut self.groups[group.index()].interruptible;
        list.insert_after(self.works.as_mut_slice(), list.tail(), place.0);
    }

    /// It ends, or is interrupted.
    pub fn end_interruptible(&mut self, place: PlaceId) {
        let group = self.agents[self.works[place.index()].agent.index()].group;
        self.groups[group.index()].interruptible.remove(self.works.as_mut_slice(), place.0);
    }

    /// A group's work that may be interrupted, latest begun first.
    pub fn interruptible(&self, group: GroupId) -> impl Iterator<Item = PlaceId> {
        let list = self.groups[group.index()].interruptible;
        list.backwards(self.works.as_slice()).map(PlaceId)
    }

    /// Of these the first that makes room for something that takes so much of its agent.
    #[must_use]
    pub fn to_interrupt(&self, group: GroupId, share: u16, by: Option<AgentId>) -> Option<PlaceId> {
        self.interruptible(group).find(|place| {
            let work = &self.works[place.index()];
            let agent = &self.agents[work.agent.index()];
            by.is_none_or(|by| by == work.agent)
                && !agent.is_closed()
                && agent.load - work.share + share <= 1000
                && agent.open < agent.places
                && self.suspended(work.agent).is_none()
        })
    }

    /// Whether an agent has interrupted work.
    #[must_use]
    pub fn suspended(&self, agent: AgentId) -> Option<PlaceId> {
        let desk = self.agents[agent.index()].desk();
        let found = self.works[desk.clone()].iter().position(|work| work.stage == Stage::Suspended);
        found.map(|at| PlaceId::at(desk.start + at))
    }

    /// Whether a new contact of a queue fits beside what an agent has.
    #[inline]
    #[must_use]
    pub fn has_room(&self, model: &Model, agent: AgentId, queue: QueueId, now: Instant) -> bool {
        let state = &self.agents[agent.index()];
        if state.is_single() {
            return state.activity == Activity::Idle;
        }
        let wind_down = model.channels[model.queues[queue.index()].channel.index()].wind_down;
        now + wind_down <= state.shift_ends && self.fits(model, agent, queue)
    }

    /// The same for what the agent has begun before: it goes on in the last minutes of a shift too.
    #[must_use]
    pub fn fits(&self, model: &Model, agent: AgentId, queue: QueueId) -> bool {
        let state = &self.agents[agent.index()];
        let Some(skill) = model.abilities.get(queue, state.group) else { return false };
        matches!(state.activity, Activity::Idle | Activity::Working)
            && !state.is_closed()
            && state.load + skill.share <= 1000
            && state.open < state.places
            && skill.most.is_none_or(|most| self.of_channel(model, agent, queue) < usize::from(most))
    }

    /// What an agent has of a queue's channel.
    fn of_channel(&self, model: &Model, agent: AgentId, queue: QueueId) -> usize {
        let channel = |queue: QueueId| model.queues[queue.index()].channel;
        let desk = self.works[self.agents[agent.index()].desk()].iter();
        desk.filter(|work| work.stage.is_active() && channel(work.stay.queue) == channel(queue)).count()
    }

    /// Agents able to serve a queue who are idle.
    #[must_use]
    pub fn idle_for(&self, model: &Model, queue: QueueId) -> u32 {
        model.abilities.served_by(queue).iter().map(|group| self.groups[group.index()].idle.len()).sum()
    }

    /// Whether anyone on duty could serve a queue.
    #[must_use]
    pub fn anyone_on_duty(&self, model: &Model, queue: QueueId) -> bool {
        model.abilities.served_by(queue).iter().any(|group| self.group(*group).on_duty > 0)
    }

    /// A group.
    #[inline]
    #[must_use]
    pub fn group(&self, group: GroupId) -> &GroupState {
        &self.groups[group.index()]
    }

    /// A queue.
    #[inline]
    #[must_use]
    pub fn queue(&self, queue: QueueId) -> &QueueState {
        &self.queues[queue.index()]
    }
}
