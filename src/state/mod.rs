//! Who waits, who is idle, who serves whom.
//!
//! Mutations here keep lists and counters consistent and decide nothing; decisions are the
//! policy's, consequences the engine's.

mod agents;
mod cases;
mod waiting;

pub use agents::{Activity, AgentState, IdleList};
pub use cases::{Case, CaseId, Cases, Place, Stay, Whereabouts};
pub use waiting::WaitingList;

use crate::model::Model;
use crate::units::{AgentId, GroupId, Instant, QueueId};

/// No one: the end of a list.
pub(crate) const NOBODY: u32 = u32::MAX;

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
    /// Whether it is closed now.
    pub closed: bool,
    /// Agents busy with its contacts.
    pub busy: u32,
}

/// The live state of a group.
#[derive(Clone, Debug, Default)]
pub struct GroupState {
    /// Who is idle, longest first.
    pub idle: IdleList,
    /// Logged in, breaks included.
    pub on_duty: u32,
    /// On a break.
    pub on_break: u32,
    /// Talking or wrapping up.
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
    /// All open cases.
    pub cases: Cases,
    /// Waiting in all queues.
    pub waiting: u32,
}

impl State {
    /// Nobody there, nobody waiting.
    #[must_use]
    pub fn new(model: &Model) -> State {
        State {
            channels: vec![ChannelState::default(); model.channels.len()],
            queues: vec![QueueState::default(); model.queues.len()],
            groups: vec![GroupState::default(); model.groups.len()],
            agents: model.agents.iter().map(|agent| AgentState::new(agent.group)).collect(),
            cases: Cases::default(),
            waiting: 0,
        }
    }

    /// As new, keeping its memory.
    pub fn clear(&mut self) {
        self.channels.fill(ChannelState::default());
        self.queues.fill(QueueState::default());
        self.groups.fill(GroupState::default());
        self.agents.iter_mut().for_each(|agent| *agent = AgentState::new(agent.group));
        self.cases.clear();
        self.waiting = 0;
    }

    /// A contact joins a queue's waiting list.
    pub fn join(&mut self, model: &Model, case: CaseId, queue: QueueId, place: Place) {
        self.queues[queue.index()].waiting.insert(&mut self.cases, case, place);
        self.channels[model.queues[queue.index()].channel.index()].waiting += 1;
        self.waiting += 1;
    }

    /// A contact leaves its queue's waiting list.
    pub fn leave(&mut self, model: &Model, case: CaseId) {
        let queue = self.cases[case].queue;
        self.queues[queue.index()].waiting.remove(&mut self.cases, case);
        self.channels[model.queues[queue.index()].channel.index()].waiting -= 1;
        self.waiting -= 1;
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
