//! The built-in policy: an agent rule, a contact rule and controls, each chosen by name.

use std::cmp::Reverse;

use crate::model::{Model, Script, Server};
use crate::state::CaseId;
use crate::units::{AgentId, GroupId, Instant, QueueId, Span};
use crate::vocabulary::{AgentRule, ContactRule, GoesBy};

use super::by_wait::Order;
use super::controls::{Controls, least};
use super::{Contact, Offer, Policy, View, by_wait, index, matching, ratio, score, script, threshold};

/// How a queue's contact finds an agent.
#[derive(Clone, Copy, Debug)]
enum Asks {
    /// The groups come in one order, and whoever is idle may serve at once: what is asked most often stands where
    /// the engine can unfold it.
    Idle,
    /// The groups come in one order; some wait before they help, keep a reserve or have several things at once.
    InOrder,
    Otherwise(How),
}

/// The other ways.
#[derive(Clone, Copy, Debug)]
enum How {
    Rule(AgentRule),
    /// By priorities that change with the wait.
    Waits,
    /// By a script; of those asked, by priority or not.
    Script {
        by_priority: bool,
    },
}

impl Asks {
    fn of(queue: QueueId, model: &Model) -> Asks {
        let scripted = model.routing.scripts.get(queue.index()).and_then(Option::as_ref);
        let scripted = scripted.is_some_and(|script| !script.asks.is_empty());
        match model.routing.agents[queue.index()] {
            rule if scripted => Asks::Otherwise(How::Script { by_priority: rule != AgentRule::LongestIdle }),
            AgentRule::SkillPriority if !model.abilities.stages(queue).is_empty() => {
                Asks::Otherwise(How::Waits)
            }
            // What a group is orders the groups as priorities do.
            rule if rule.goes_by() == GoesBy::Groups => {
                let servers = model.abilities.servers(queue);
                let at_once = servers.iter().all(|server| server.after == Span::ZERO && !server.shared);
                if at_once && !Controls::new(&model.routing).reserves() { Asks::Idle } else { Asks::InOrder }
            }
            rule => Asks::Otherwise(How::Rule(rule)),
        }
    }
}

/// The longest idle of the first priority at which anyone is idle.
#[inline(always)]
fn first_idle(servers: &[Server], view: &View) -> Option<AgentId> {
    if let [only] = servers {
        return view.longest_idle(only.group);
    }
    let mut best: Option<AgentId> = None;
    let mut best_priority = u32::MAX;
    for server in servers {
        if best.is_some() && server.priority > best_priority {
            break;
        }
        let Some(agent) = view.longest_idle(server.group) else { continue };
        // Equal idle times: group name, then agent number, which is the order of agent ids.
        let since = |agent| (view.idle_since(agent), agent);
        if best.is_none_or(|best| since(agent) < since(best)) {
            (best, best_priority) = (Some(agent), server.priority);
        }
    }
    best
}

/// The rules of `[routing]`.
#[derive(Clone, Debug)]
pub struct RulePolicy {
    /// By queue.
    agents: Vec<Asks>,
    contacts: ContactRule,
    /// Contacts of one priority come by ranks that change with the wait or by weight x wait, or scripts say who may be taken.
    by_wait: bool,
    /// Contacts of one rank come by weight x wait.
    weighs: bool,
    /// Some queue has a script.
    scripted: bool,
    /// A condition of a script may become true as others are free.
    watches_others: bool,
    controls: Controls,
    /// Rule `matching` keeps some contacts and agents apart.
    matching_holds: bool,
}

impl RulePolicy {
    /// The rules that a model asks for.
    #[must_use]
    pub fn new(model: &Model) -> RulePolicy {
        let rules = &model.routing;
        let matching = rules.contacts == ContactRule::Matching || rules.agents.contains(&AgentRule::Matching);
        let by_priority = rules.contacts == ContactRule::Priority;
        let weighs = by_priority && rules.weights.iter().any(|weight| *weight != 1.0);
        RulePolicy {
            agents: (0..model.queues.len()).map(QueueId::at).map(|queue| Asks::of(queue, model)).collect(),
            contacts: rules.contacts,
            by_wait: !rules.scripts.is_empty() || weighs || (by_priority && model.abilities.takes_change()),
            weighs,
            scripted: !rules.scripts.is_empty(),
            watches_others: rules.scripts.iter().flatten().any(Script::asks_for_others),
            controls: Controls::new(rules),
            matching_holds: matching && rules.matching_holds,
        }
    }

    /// Any way but the groups in one order.
    #[inline(never)]
    fn otherwise(&self, how: How, contact: &Contact, view: &View, wake: &mut Instant) -> Option<AgentId> {
        let controls = &self.controls;
        let servers = view.servers(contact.queue);
        match how {
            How::Waits => by_wait::agent(controls, contact, view, wake),
            How::Script { by_priority } => script::agent(controls, contact, view, wake, by_priority),
            How::Rule(rule) => match rule {
                AgentRule::SkillPriority
                | AgentRule::FastestFirst
                | AgentRule::SlowestFirst
                | AgentRule::BestResolver
                | AgentRule::MostSolvedPerHour
                | AgentRule::Cheapest => controls.longest_idle(servers, contact, view, wake, true),
                AgentRule::Score => self.highest_score(contact, view, wake),
                AgentRule::LeastOccupied => {
                    controls.agent_with_least(contact, view, wake, |agent| view.busy_share(agent))
                }
                AgentRule::MostIdle => {
                    controls.agent_with_least(contact, view, wake, |agent| Reverse(view.idle_in_all(agent)))
                }
                AgentRule::LastAgentFirst => self.last_agent_first(contact, view, wake),
                AgentRule::QueueAndIdlenessRatio => ratio::idlest_group(controls, contact, view, wake),
                AgentRule::Threshold => threshold::agent(controls, contact, view, wake),
                AgentRule::Matching => matching::agent(controls, contact, view, wake),
                AgentRule::LongestIdle => controls.longest_idle(servers, contact, view, wake, false),
                AgentRule::Random => self.random(contact, view, wake),
                AgentRule::LeastLoaded => controls.with_room(servers, contact, view, wake, true, true),
            },
        }
    }

    /// Whose latest begun work may be interrupted for the contact: of all groups the latest begun.
    /// Reserves are of idle agents, and an interruption takes none.
    fn interrupted(contact: &Contact, view: &View, wake: &mut Instant) -> Option<AgentId> {
        let found = view.servers(contact.queue).iter().filter_map(|server| {
            if !Controls::old_enough(contact, server, view, wake) {
                return None;
            }
            view.interruptible(server.group, contact.queue)
        });
        found.max().map(|(_, agent)| agent)
    }

    /// Whoever served the customer last and can serve the contact now, else as by priority.
    #[inline(never)]
    fn last_agent_first(&self, contact: &Contact, view: &View, wake: &mut Instant) -> Option<AgentId> {
        let last = view.last_agent(contact).filter(|agent| {
            let group = view.group(*agent);
            let server = view.servers(contact.queue).iter().find(|server| server.group == group);
            server.is_some_and(|server| self.controls.allowed(contact, server, view, wake))
                && view.has_room(*agent, contact.queue)
        });
        last.or_else(|| self.controls.longest_idle(view.servers(contact.queue), contact, view, wake, true))
    }

    /// The agent with room whose score is highest; among equals an idle one, and of these the longest idle.
    #[inline(never)]
    fn highest_score(&self, contact: &Contact, view: &View, wake: &mut Instant) -> Option<AgentId> {
        let of_groups = view.model().routing.scores_groups;
        self.controls.first_of(view.servers(contact.queue), contact, view, wake, |server| {
            let ranked = |agent: AgentId| {
                let score = score::of_agent(contact, agent, view);
                ((-score, view.load(agent) > 0, view.unchanged_since(agent)), agent)
            };
            if of_groups && !server.shared {
                return view.longest_idle(server.group).map(ranked);
            }
            least(view.with_room(server.group, contact.queue).map(ranked))
        })
    }

    fn random(&self, contact: &Contact, view: &View, wake: &mut Instant) -> Option<AgentId> {
        let servers = view.servers(contact.queue).iter();
        let groups: Vec<GroupId> = servers
            .filter(|server| self.controls.allowed(contact, server, view, wake))
            .map(|server| server.group)
            .collect();
        let idle: u32 = groups.iter().map(|group| view.idle(*group)).sum();
        let u = view.draw(contact, 0);
        if !groups.iter().any(|group| view.is_shared(*group)) {
            let pick = (u * f64::from(idle)) as usize;
            return groups.iter().flat_map(|group| view.idle_agents(*group)).nth(pick);
        }
        let idle = groups.iter().flat_map(|group| view.idle_agents(*group));
        let partly = groups.iter().flat_map(|group| view.partly_loaded(*group, contact.queue));
        let there: Vec<AgentId> =
            idle.chain(partly).filter(|agent| view.has_room(*agent, contact.queue)).collect();
        there.get((u * there.len() as f64) as usize).copied()
    }
}

impl RulePolicy {
    /// The head with the highest index among the queues that the agent can serve now; among equals the
    /// longest wait.
    #[inline(never)]
    fn highest_index(&self, agent: AgentId, view: &View) -> Option<CaseId> {
        let group = view.group(agent);
        let mut best: Option<(f64, Contact)> = None;
        for (_, head) in self.controls.heads(agent, view) {
            if self.scripted && !script::lets(group, &head, view) {
                continue;
            }
            let index = index::of(self.contacts, &head, group, view);
            if index < 0.0 && self.contacts == ContactRule::Matching {
                continue;
            }
            if best.is_none_or(|(highest, first)| {
                index > highest || (index == highest && (head.age, head.case.0) < (first.age, first.case.0))
            }) {
                best = Some((index, head));
            }
        }
        best.map(|(_, contact)| contact.case)
    }
}

impl Policy for RulePolicy {
    #[inline(always)]
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        let mut wake = Instant::NEVER;
        let agent = match self.agents[contact.queue.index()] {
            Asks::Idle => first_idle(view.servers(contact.queue), view),
            Asks::InOrder => {
                let servers = view.servers(contact.queue);
                self.controls.longest_idle(servers, contact, view, &mut wake, true)
            }
            Asks::Otherwise(how) => self.otherwise(how, contact, view, &mut wake),
        };
        match agent {
            Some(agent) => Offer::Agent(agent),
            None => {
                if view.model().queues[contact.queue.index()].interrupts
                    && view.model().may_interrupt
                    && let Some(agent) = Self::interrupted(contact, view, &mut wake)
                {
                    return Offer::Interrupt(agent);
                }
                if self.scripted {
                    return script::nobody(contact, view, wake);
                }
                if wake < Instant::NEVER { Offer::WaitUntil(wake) } else { Offer::Wait }
            }
        }
    }

    #[inline]
    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        if !matches!(self.contacts, ContactRule::Priority | ContactRule::FirstComeFirstServed) {
            return self.highest_index(agent, view);
        }
        if self.by_wait {
            let order = Order {
                by_priority: self.contacts == ContactRule::Priority,
                by_weight: self.weighs,
                scripted: self.scripted,
            };
            return by_wait::contact(&self.controls, agent, view, order);
        }
        let by_level = self.contacts == ContactRule::Priority;
        let mut best: Option<((u32, u32), i64, CaseId)> = None;
        for (duty, head) in self.controls.heads(agent, view) {
            let level = if by_level { duty.level } else { (0, 0) };
            // Queues come by priority and takes, so the first level with someone wins.
            if best.is_some_and(|(best, ..)| best < level) {
                break;
            }
            let age = head.age.micros() as i64 - duty.head_start.micros() as i64;
            if best.is_none_or(|(best, first, _)| (level, age) < (best, first)) {
                best = Some((level, age, head.case));
            }
        }
        best.map(|(.., case)| case)
    }

    fn holds_back(&self) -> bool {
        self.controls.reserves() || self.matching_holds || self.watches_others
    }

    fn offers_next(&self) -> bool {
        self.matching_holds || self.scripted
    }
}
