//! Controls: what keeps an agent from a contact that it could serve, and the walks over those whom nothing keeps.

use crate::model::{Rules, Server};
use crate::units::{AgentId, GroupId, Instant, QueueId, Span};

use super::{Contact, View};

/// Reserves, and the delays of skills.
#[derive(Clone, Debug)]
pub(super) struct Controls {
    /// (queue, n): other work starts only if more than n agents able to serve the queue are idle.
    reserve: Vec<(QueueId, u32)>,
}

impl Controls {
    /// Those of a model.
    pub(super) fn new(rules: &Rules) -> Controls {
        Controls { reserve: rules.reserve.clone() }
    }

    /// Whether agents are kept free for a queue.
    #[inline]
    pub(super) fn reserves(&self) -> bool {
        !self.reserve.is_empty()
    }

    /// Whether reserves forbid an idle agent of the group to start work of the queue.
    #[inline]
    pub(super) fn reserved(&self, queue: QueueId, group: GroupId, view: &View) -> bool {
        self.reserve.iter().any(|&(reserved, n)| {
            reserved != queue && view.skill(reserved, group).is_some() && view.idle_for(reserved) <= n
        })
    }

    /// Whether the contact has waited long enough for the group's skill; notes when it will have.
    #[inline(always)]
    pub(super) fn old_enough(contact: &Contact, server: &Server, view: &View, wake: &mut Instant) -> bool {
        if server.after > Span::ZERO && contact.entered + server.after > view.now() {
            *wake = (*wake).min(contact.entered + server.after);
            return false;
        }
        true
    }

    /// Whether the group may serve the contact now, an idle agent given; notes when a skill's delay
    /// ends that keeps it from doing so.
    #[inline(always)]
    pub(super) fn allowed(
        &self,
        contact: &Contact,
        server: &Server,
        view: &View,
        wake: &mut Instant,
    ) -> bool {
        if !Self::old_enough(contact, server, view, wake) {
            return false;
        }
        self.reserve.is_empty() || !self.reserved(contact.queue, server.group, view)
    }

    /// The longest idle agent of the group that comes first by `key`, lowest first; `None` is not to serve it now. Whoever
    /// has work and still room comes after all who are idle.
    #[inline(never)]
    pub(super) fn first_group<K: PartialOrd + Copy>(
        &self,
        contact: &Contact,
        view: &View,
        wake: &mut Instant,
        mut key: impl FnMut(&Server, AgentId) -> Option<K>,
    ) -> Option<AgentId> {
        let mut best: Option<(bool, K, Instant, AgentId)> = None;
        for server in view.servers(contact.queue) {
            if !self.allowed(contact, server, view, wake) {
                continue;
            }
            let Some(agent) = view.longest_with_room(server.group, contact.queue) else { continue };
            let Some(key) = key(server, agent) else { continue };
            let loaded = view.load(agent) > 0;
            let since = if loaded { view.loaded_since(agent) } else { view.idle_since(agent) };
            let candidate = (loaded, key, since, agent);
            if best.is_none_or(|best| candidate < best) {
                best = Some(candidate);
            }
        }
        best.map(|(.., agent)| agent)
    }

    /// Of all agents with room the one with the least of something, which is fair to agents: the share of the time at work,
    /// or the idle time turned round. Looks at each of them; among equals the first by group, then number.
    #[inline(never)]
    pub(super) fn agent_with_least<K: PartialOrd + Copy>(
        &self,
        contact: &Contact,
        view: &View,
        wake: &mut Instant,
        key: impl Fn(AgentId) -> K,
    ) -> Option<AgentId> {
        let mut best: Option<(K, AgentId)> = None;
        for server in view.servers(contact.queue) {
            if !self.allowed(contact, server, view, wake) {
                continue;
            }
            let idle = view.idle_agents(server.group);
            let there = idle.chain(view.partly_loaded(server.group, contact.queue));
            for agent in there.filter(|agent| view.has_room(*agent, contact.queue)) {
                let candidate = (key(agent), agent);
                if best.is_none_or(|best| candidate < best) {
                    best = Some(candidate);
                }
            }
        }
        best.map(|(_, agent)| agent)
    }
}
