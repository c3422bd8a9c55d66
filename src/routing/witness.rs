//! A policy that is watched: what it saw, and what it chose, whenever one case was at stake.

use crate::random::Key;
use crate::state::CaseId;
use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

use super::{Contact, Offer, Policy, View, index, script};

/// Decides as another policy does, and notes its decisions about one case.
#[derive(Clone, Debug)]
pub struct Witness<P> {
    policy: P,
    /// The name of the case's draws.
    of: Key,
    choices: Vec<Choice>,
}

/// A decision about the case.
#[derive(Clone, Debug, PartialEq)]
pub struct Choice {
    /// When.
    pub at: Instant,
    /// Between whom, and how it ended.
    pub between: Between,
}

/// What was decided.
#[derive(Clone, Debug, PartialEq)]
pub enum Between {
    /// The contact wanted an agent.
    Agents {
        /// The answer.
        offer: Offer,
        /// The groups that can serve it, as the policy walks them.
        groups: Vec<GroupSeen>,
    },
    /// An agent with room chose between waiting contacts, and the case's was one of them.
    Contacts {
        /// Who chose.
        agent: AgentId,
        /// What it took; `None`: nothing.
        taken: Option<QueueId>,
        /// Whether that was the case's contact.
        ours: bool,
        /// The heads of the queues that the agent serves.
        heads: Vec<HeadSeen>,
    },
}

/// A group that can serve the contact.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupSeen {
    /// Which.
    pub group: GroupId,
    /// Its priority for the queue, by the skill or by the rule that orders groups.
    pub priority: u32,
    /// It helps only those who have waited so long.
    pub after: Span,
    /// Mean handle time there, seconds.
    pub handle_time: f64,
    /// Share of legs that solve the case.
    pub solved: f64,
    /// Agents on duty.
    pub on_duty: u32,
    /// Its agents with room.
    pub with_room: Vec<AgentSeen>,
}

/// An agent with room.
#[derive(Clone, Debug, PartialEq)]
pub struct AgentSeen {
    /// Who.
    pub agent: AgentId,
    /// Idle for so long; `None`: has work, and still room.
    pub idle: Option<Span>,
    /// Share of the time since log-in at work.
    pub busy_share: f64,
    /// Work at hand, in thousandths.
    pub load: u16,
    /// The number that the rule gives it, where it goes by one; higher comes first.
    pub score: f64,
}

/// The first in a queue that an agent serves.
#[derive(Clone, Debug, PartialEq)]
pub struct HeadSeen {
    /// Where.
    pub queue: QueueId,
    /// How long it has waited, by what orders the queue.
    pub age: Span,
    /// The queue's priority, then what the agent takes first.
    pub level: (u32, u32),
    /// The number that the contact rule gives it; higher comes first.
    pub index: f64,
    /// Whether it is the case's contact.
    pub ours: bool,
}

impl<P: Policy> Witness<P> {
    /// Of the case whose draws have this name.
    pub fn new(policy: P, of: Key) -> Witness<P> {
        Witness { policy, of, choices: Vec::new() }
    }

    /// Its decisions, in their order.
    #[must_use]
    pub fn choices(&self) -> &[Choice] {
        &self.choices
    }

    fn is_ours(&self, case: CaseId, view: &View) -> bool {
        view.state.cases[case].key == self.of
    }

    fn group_seen(contact: &Contact, server: &crate::model::Server, view: &View) -> GroupSeen {
        let skill = view.skill(contact.queue, server.group);
        let rule = view.model.routing.agents[contact.queue.index()];
        let idle = view.idle_agents(server.group).map(|agent| AgentSeen {
            agent,
            idle: Some(view.now.since(view.idle_since(agent))),
            busy_share: view.busy_share(agent),
            load: 0,
            score: index::of_agent(rule, contact, agent, view),
        });
        let partly = view.is_shared(server.group).then(|| view.partly_loaded(server.group, contact.queue));
        let partly = partly.into_iter().flatten().map(|agent| AgentSeen {
            agent,
            idle: None,
            busy_share: view.busy_share(agent),
            load: view.load(agent),
            score: index::of_agent(rule, contact, agent, view),
        });
        GroupSeen {
            group: server.group,
            priority: server.priority,
            after: server.after,
            handle_time: skill.map_or(0.0, |skill| 1.0 / skill.rate),
            solved: skill.map_or(0.0, |skill| skill.solved),
            on_duty: view.state.group(server.group).on_duty,
            with_room: idle.chain(partly).collect(),
        }
    }
}

impl<P: Policy> Policy for Witness<P> {
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        let offer = self.policy.agent_for(contact, view);
        if self.is_ours(contact.case, view) {
            let asked = |server: &&crate::model::Server| script::lets(server.group, contact, view);
            let servers = view.servers_after(contact).iter().filter(asked);
            let groups = servers.map(|server| Self::group_seen(contact, server, view)).collect();
            self.choices.push(Choice { at: view.now, between: Between::Agents { offer, groups } });
        }
        offer
    }

    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        let taken = self.policy.contact_for(agent, view);
        let group = view.group(agent);
        let rule = view.model.routing.contacts;
        let waits = |queue: QueueId| view.contacts(queue).any(|contact| self.is_ours(contact.case, view));
        if view.duties(group).iter().any(|duty| waits(duty.queue)) {
            let heads = view.duties(group).iter().filter_map(|duty| {
                let head = view.head(duty.queue)?;
                Some(HeadSeen {
                    queue: duty.queue,
                    age: view.now.since(head.age),
                    level: duty.level,
                    index: index::of(rule, &head, group, view),
                    ours: self.is_ours(head.case, view),
                })
            });
            let between = Between::Contacts {
                agent,
                taken: taken.map(|case| view.contact(case).queue),
                ours: taken.is_some_and(|case| self.is_ours(case, view)),
                heads: heads.collect(),
            };
            self.choices.push(Choice { at: view.now, between });
        }
        taken
    }

    fn holds_back(&self) -> bool {
        self.policy.holds_back()
    }

    fn offers_next(&self) -> bool {
        self.policy.offers_next()
    }
}
