//! Contact rules that give every head of a queue a number: the highest is served.
//!
//! With c the queue's weight (`routing.weights`), mu the agents' rate of service there (1 / mean handle time),
//! w the wait and T the queue's target time:
//!
//! | rule | index | when |
//! |---|---|---|
//! | longest weighted wait | c w | classes that matter more, without starving the others: accumulating priority (Kleinrock 1964; Stanford, Taylor & Ziedins 2014) |
//! | c mu | c mu | a cost per hour of wait, alike for each hour, nobody gives up (Cox & Smith 1961) |
//! | generalised c mu | c mu w | a cost that grows with the square of the wait (van Mieghem 1995) |
//! | share of target | w / T | targets of unlike length |
//! | earliest due | - (entry + T) | deadlines |
//! | longest queue | number waiting | queues alike, few agents to spare |
//! | c mu / theta | c mu x mean patience | overload: a queue whose customers soon abandon costs least to leave (Atar, Giat & Shimkin 2010) |
//! | max weight | c mu x number waiting | the largest set of loads is kept stable (Stolyar 2004) |
//! | score | an expression of the scenario | what has no name |
//!
//! Each costs one pass over the agent's queues.

use crate::units::GroupId;
use crate::vocabulary::ContactRule;

use super::{Contact, View, score};

/// The index of a contact for an agent of a group that can serve it.
pub(super) fn of(rule: ContactRule, contact: &Contact, group: GroupId, view: &View) -> f64 {
    let queue = contact.queue;
    let weight = || view.weight(queue);
    let rate = || view.skill(queue, group).map_or(0.0, |skill| skill.rate);
    let wait = || view.now().since(contact.age).seconds();
    match rule {
        ContactRule::LongestWeightedWait => weight() * wait(),
        ContactRule::CMu => weight() * rate(),
        ContactRule::GeneralisedCMu => weight() * rate() * wait(),
        ContactRule::ShareOfTarget => wait() / view.target_time(queue).seconds().max(1e-6),
        ContactRule::EarliestDue => -(view.due(contact).micros() as f64),
        ContactRule::LongestQueue => f64::from(view.waiting(queue)),
        ContactRule::CMuTheta => weight() * rate() * view.mean_patience(queue),
        ContactRule::MaxWeight => weight() * rate() * f64::from(view.waiting(queue)),
        ContactRule::Score => score::of_contact(contact, group, view),
        ContactRule::Priority | ContactRule::FirstComeFirstServed => wait(),
    }
}
