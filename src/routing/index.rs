//! Contact rules that give every head of a queue a number: the highest is served.
//!
//! With c the queue's weight (`routing.weights`), mu the agents' rate of service there (1 / mean handle time),
//! w the wait and T the time that the target gives the contact, an answer's or a response's:
//!
//! | rule | index | when |
//! |---|---|---|
//! | longest weighted wait | c w | classes that matter more, without starving the others: accumulating priority (Kleinrock 1964; Stanford, Taylor & Ziedins 2014) |
//! | c mu | c mu | a cost per hour of wait, alike for each hour, nobody abandons (Cox & Smith 1961) |
//! | generalised c mu | c mu w, or of another power: [`convex`] | a cost that grows faster than the wait (van Mieghem 1995) |
//! | share of target | w / T | targets of unlike length |
//! | earliest due | - (entry + T) | deadlines |
//! | longest queue | number waiting | queues alike, few agents to spare |
//! | c mu / theta | c mu x mean patience | overload: a queue whose customers soon abandon costs least to leave (Atar, Giat & Shimkin 2010) |
//! | max weight | c mu x number waiting | the largest set of loads is kept stable (Stolyar 2004) |
//! | queue and idleness ratio | number waiting - share of all who wait | asked proportions of queues: [`ratio`] |
//! | matching | an affine function of wait and idle time | [`matching`] |
//! | score | an expression of the scenario | what has no name |
//!
//! Each costs one pass over the agent's queues. Where waits are compared, a queue's head start counts as waited.

use crate::units::{AgentId, GroupId};
use crate::vocabulary::{AgentRule, ContactRule};

use super::{Contact, View, convex, matching, ratio, score, threshold};

/// The index of a contact for an agent of a group that can serve it.
pub(super) fn of(rule: ContactRule, contact: &Contact, group: GroupId, view: &View) -> f64 {
    let queue = contact.queue;
    let weight = || view.weight(queue);
    let rate = || view.skill(queue, group).map_or(0.0, |skill| skill.rate);
    let head_start = || view.model().routing.head_start[queue.index()];
    let wait = || (view.now().since(contact.age) + head_start()).seconds();
    match rule {
        ContactRule::LongestWeightedWait => weight() * wait(),
        ContactRule::CMu => weight() * rate(),
        ContactRule::GeneralisedCMu => weight() * rate() * convex::slope(queue, wait(), view),
        ContactRule::ShareOfTarget => wait() / view.target_time(contact).seconds().max(1e-6),
        ContactRule::EarliestDue => -(view.due(contact).micros() as f64 - head_start().micros() as f64),
        ContactRule::LongestQueue => f64::from(view.waiting(queue)),
        ContactRule::CMuTheta => weight() * rate() * view.mean_patience(queue),
        ContactRule::MaxWeight => weight() * rate() * f64::from(view.waiting(queue)),
        ContactRule::QueueAndIdlenessRatio => ratio::queue_excess(queue, view),
        ContactRule::Matching => matching::of(contact, group, view).0,
        ContactRule::Score => score::of_contact(contact, group, view),
        ContactRule::Priority | ContactRule::FirstComeFirstServed => wait(),
    }
}

/// The number that an agent rule gives an agent with room, highest first; 0 for rules that go by none.
pub(super) fn of_agent(rule: AgentRule, contact: &Contact, agent: AgentId, view: &View) -> f64 {
    let group = view.group(agent);
    match rule {
        AgentRule::Score => score::of_agent(contact, agent, view),
        AgentRule::MostIdle => view.idle_in_all(agent).seconds(),
        AgentRule::QueueAndIdlenessRatio => ratio::idleness_excess(group, view),
        AgentRule::Threshold => -(threshold::order(group, view.idle_for(contact.queue), view) as f64),
        AgentRule::Matching => matching::of(contact, group, view).0,
        AgentRule::LastAgentFirst => f64::from(u8::from(view.last_agent(contact) == Some(agent))),
        _ => 0.0,
    }
}
