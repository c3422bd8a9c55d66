//! Routing rules against each other: which pairs of rules can differ in a centre.

use crate::model::{Model, Skill};
use crate::scenario::Scenario;
use crate::units::{GroupId, QueueId, Span};
use crate::vocabulary::{AgentRule, Compares, ContactRule, GoesBy, Words};

/// A pair of rules that decides who gets whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PolicyPair {
    /// An arriving contact: which agent.
    pub agents: AgentRule,
    /// A freed agent: which contact.
    pub contacts: ContactRule,
}

impl PolicyPair {
    /// The rules of a scenario. Rules of single channels stand beside them.
    #[must_use]
    pub fn of(scenario: &Scenario) -> PolicyPair {
        PolicyPair { agents: scenario.routing.agents, contacts: scenario.routing.contacts }
    }

    /// `fastest_first + c_mu`.
    #[must_use]
    pub fn name(self) -> String {
        format!("{} + {}", self.agents.word(), self.contacts.word())
    }

    /// The centre under these rules; rules of single channels stay.
    #[must_use]
    pub fn over(self, scenario: &Scenario) -> Scenario {
        let mut under = scenario.clone();
        (under.routing.agents, under.routing.contacts) = (self.agents, self.contacts);
        under
    }
}

/// The agent rules under which a centre can behave in a way of its own, the scenario's own first. A rule that prefers
/// groups by what is alike in all of them is `longest_idle`; of those that put the groups in the same order the first
/// one stands for all.
#[must_use]
pub fn fitting_agent_rules(scenario: &Scenario) -> Vec<AgentRule> {
    let own = PolicyPair::of(scenario);
    let model = |agents: AgentRule| Model::compile(&PolicyPair { agents, ..own }.over(scenario));
    // What decides: the order of the groups, or another rule.
    let deciding = |rule: AgentRule| match rule.goes_by() {
        GoesBy::IdleTime => Deciding::Order(None),
        GoesBy::Own => Deciding::Rule(rule),
        GoesBy::Groups => {
            let order = order_of_groups(&model(rule));
            Deciding::Order(order.iter().flatten().any(|rank| *rank > 0).then_some(order))
        }
    };
    let several = model(own.agents).groups.iter().any(|group| group.places > 1);
    let routing = &scenario.routing;
    let mut known = vec![deciding(own.agents)];
    let mut rules = vec![own.agents];
    let fits = |rule: &AgentRule| match rule {
        AgentRule::LeastLoaded => several,
        AgentRule::Score => routing.agent_score.is_some(),
        AgentRule::QueueAndIdlenessRatio => !routing.idleness_ratio.is_empty(),
        AgentRule::Threshold => !routing.thresholds.is_empty(),
        AgentRule::Matching => matches(scenario),
        // By name: a rule as fair is among them, and few centres have customers whom an agent knows.
        AgentRule::MostIdle | AgentRule::LastAgentFirst => false,
        _ => true,
    };
    for rule in AgentRule::ALL.iter().copied().filter(fits) {
        let deciding = deciding(rule);
        if !known.contains(&deciding) {
            known.push(deciding);
            rules.push(rule);
        }
    }
    rules
}

/// What an agent rule goes by.
#[derive(PartialEq)]
enum Deciding {
    /// The groups in some order, then the idle time; `None`: the idle time alone.
    Order(Option<Vec<Vec<u32>>>),
    /// Something else.
    Rule(AgentRule),
}

/// By queue: the rank of each group that can serve it, from 0, those of one priority alike; in the order of groups.
fn order_of_groups(model: &Model) -> Vec<Vec<u32>> {
    let of_queue = |queue: QueueId| {
        let able = model.abilities.served_by(queue).iter();
        let mut groups: Vec<(GroupId, u32)> =
            able.map(|group| (*group, model.abilities.skill(queue, *group).priority)).collect();
        let mut levels: Vec<u32> = groups.iter().map(|(_, priority)| *priority).collect();
        levels.sort_unstable();
        levels.dedup();
        groups.sort_unstable();
        groups.iter().map(|(_, priority)| levels.partition_point(|level| level < priority) as u32).collect()
    };
    queues(model).map(of_queue).collect()
}

/// The contact rules under which a centre can behave in a way of its own, the scenario's own first. Where no agent serves
/// two queues there is nothing to choose.
#[must_use]
pub fn fitting_contact_rules(scenario: &Scenario) -> Vec<ContactRule> {
    let model = Model::compile(scenario);
    let own = PolicyPair::of(scenario).contacts;
    let groups = || (0..model.groups.len()).map(GroupId::at);
    if groups().all(|group| model.abilities.serves(group).len() < 2) {
        return vec![own];
    }
    let differs = |of: &dyn Fn(QueueId, &Skill) -> f64| {
        groups().any(|group| {
            let serves = model.abilities.serves(group).iter();
            unlike(serves.map(|queue| of(*queue, model.abilities.skill(*queue, group))))
        })
    };
    let weight = |queue: QueueId| model.routing.weights[queue.index()];
    let targets = queues(&model).any(|queue| model.queues[queue.index()].answer.is_some())
        || model.follow_ups.iter().any(|follow_up| follow_up.due < Span::FOREVER);
    // Whether it is another rule than first come first served: what it compares differs between queues of one agent.
    let chooses = |rule: ContactRule| {
        let all = rule.compares();
        let factor = |queue: QueueId, skill: &Skill| {
            all.iter().fold(1.0, |product, one| match one {
                Compares::Weight => product * weight(queue),
                Compares::Rate => product * skill.rate,
                Compares::Patience => product * model.queues[queue.index()].mean_patience,
                _ => product,
            })
        };
        all.iter().any(|one| match one {
            Compares::Rank => {
                differs(&|queue, _| f64::from(model.queues[queue.index()].priority))
                    || differs(&|_, skill| f64::from(skill.takes))
            }
            // Beside ranks the weights only decide among equals, as another rule does.
            Compares::Weight | Compares::Rate | Compares::Patience => {
                !all.contains(&Compares::Rank) && differs(&factor)
            }
            Compares::Target => targets,
            // Beside weights that are alike, the longest queue is a rule of its own.
            Compares::Length => all.len() == 1,
            Compares::Wait => false,
            Compares::QueueRatio => !scenario.routing.queue_ratio.is_empty(),
            Compares::Matching => matches(scenario),
            Compares::Score => scenario.routing.contact_score.is_some(),
        })
    };
    let in_turn = |rule: &ContactRule| *rule == ContactRule::FirstComeFirstServed && chooses(own);
    let others = ContactRule::ALL.iter().copied().filter(|rule| *rule != own);
    std::iter::once(own).chain(others.filter(|rule| chooses(*rule) || in_turn(rule))).collect()
}

/// All pairs of these rules; the scenario's own pair comes first, whether it is among them or not.
#[must_use]
pub fn policy_pairs(own: PolicyPair, agents: &[AgentRule], contacts: &[ContactRule]) -> Vec<PolicyPair> {
    let pairs = agents.iter().flat_map(|agents| {
        contacts.iter().map(|contacts| PolicyPair { agents: *agents, contacts: *contacts })
    });
    std::iter::once(own).chain(pairs.filter(|pair| *pair != own)).collect()
}

/// Whether a skill says how contacts and groups match.
fn matches(scenario: &Scenario) -> bool {
    scenario.groups.iter().flat_map(|group| &group.skills).any(|skill| skill.matching.is_some())
}

fn queues(model: &Model) -> impl Iterator<Item = QueueId> {
    (0..model.customer_queues().len()).map(QueueId::at)
}

fn unlike(mut values: impl Iterator<Item = f64>) -> bool {
    let first = values.next();
    values.any(|value| Some(value) != first)
}
