//! Controls: what keeps an agent from a contact that it could serve, and the walks over those whom nothing keeps.

use crate::model::{Duty, Rules, Server};
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
        !self.keeps_back(contact.queue, server.group, view)
    }

    /// Whether any reserve keeps an idle agent of the group from work of the queue.
    #[inline(always)]
    fn keeps_back(&self, queue: QueueId, group: GroupId, view: &View) -> bool {
        self.reserves() && self.reserved(queue, group, view)
    }

    /// Longest idle among the groups; with `by_priority` only among those of the lowest priority.
    /// Whoever has work and still room comes after the idle of the same priority.
    #[inline(always)]
    pub(super) fn longest_idle(
        &self,
        servers: &[Server],
        contact: &Contact,
        view: &View,
        wake: &mut Instant,
        by_priority: bool,
    ) -> Option<AgentId> {
        let mut best: Option<(Instant, AgentId)> = None;
        let mut best_priority = u32::MAX;
        let mut shared = false;
        for server in servers {
            if by_priority && best.is_some() && server.priority > best_priority {
                break;
            }
            // A delay is noted even where nobody is idle: someone may be by then.
            if !Self::old_enough(contact, server, view, wake) {
                continue;
            }
            // Of who is idle there is less to look at than of who is kept free.
            let idle = view.longest_idle(server.group);
            if (idle.is_none() && !server.shared) || self.keeps_back(contact.queue, server.group, view) {
                continue;
            }
            if server.shared {
                shared = true;
                break;
            }
            let Some(agent) = idle else { continue };
            // Equal idle times: group name, then agent number, which is the order of agent ids.
            let candidate = (view.idle_since(agent), agent);
            if best.is_none_or(|best| candidate < best) {
                (best, best_priority) = (Some(candidate), server.priority);
            }
        }
        if shared {
            return self.with_room(servers, contact, view, wake, by_priority, false);
        }
        best.map(|(_, agent)| agent)
    }

    /// The same where agents may have several things at once: idle before loaded, and with
    /// `least_loaded` by load.
    pub(super) fn with_room(
        &self,
        servers: &[Server],
        contact: &Contact,
        view: &View,
        wake: &mut Instant,
        by_priority: bool,
        least_loaded: bool,
    ) -> Option<AgentId> {
        self.first_of(servers, contact, view, wake, |server| {
            let agent = if least_loaded {
                view.least_loaded(server.group, contact.queue)
            } else {
                view.longest_with_room(server.group, contact.queue)
            }?;
            let (load, since) = (view.load(agent), view.unchanged_since(agent));
            let busy = if least_loaded { load } else { u16::from(load > 0) };
            Some(((if by_priority { server.priority } else { 0 }, busy, since), agent))
        })
    }

    /// Of those whom `candidate` gives for each group that may serve the contact now the one whose order is the least; of equals
    /// the first by group, then number.
    #[inline(always)]
    pub(super) fn first_of<'s, O: PartialOrd>(
        &self,
        servers: impl IntoIterator<Item = &'s Server>,
        contact: &Contact,
        view: &View,
        wake: &mut Instant,
        candidate: impl FnMut(&'s Server) -> Option<(O, AgentId)>,
    ) -> Option<AgentId> {
        let servers = servers.into_iter().filter(|server| self.allowed(contact, server, view, wake));
        least(servers.filter_map(candidate)).map(|(_, agent)| agent)
    }

    /// The heads of the queues that an agent may take work of now, in the order of its group's duties.
    #[inline(always)]
    pub(super) fn heads<'v>(
        &'v self,
        agent: AgentId,
        view: &'v View<'_>,
    ) -> impl Iterator<Item = (&'v Duty, Contact)> {
        let group = view.group(agent);
        let shared = view.is_shared(group);
        view.duties(group).iter().filter_map(move |duty| {
            let head = view.head(duty.queue)?;
            let too_young = duty.after > Span::ZERO && head.entered + duty.after > view.now();
            let kept_back = too_young
                || self.keeps_back(duty.queue, group, view)
                || (shared && !view.has_room(agent, duty.queue));
            (!kept_back).then_some((duty, head))
        })
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
        self.first_of(view.servers(contact.queue), contact, view, wake, |server| {
            let agent = view.longest_with_room(server.group, contact.queue)?;
            let key = key(server, agent)?;
            Some(((view.load(agent) > 0, key, view.unchanged_since(agent)), agent))
        })
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
        self.first_of(view.servers(contact.queue), contact, view, wake, |server| {
            least(view.with_room(server.group, contact.queue).map(|agent| (key(agent), agent)))
        })
    }
}

/// The least, by order and then by agent.
#[inline(always)]
pub(super) fn least<O: PartialOrd>(candidates: impl Iterator<Item = (O, AgentId)>) -> Option<(O, AgentId)> {
    candidates.reduce(|best, one| if one < best { one } else { best })
}
