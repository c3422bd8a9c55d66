//! Rule `matching` (Chan, Koole & L'Ecuyer 2014): a number for each pair of a waiting contact and a group with idle agents; the
//! pair with the highest is served.
//!
//! With w the contact's wait, v the time that the group's longest idle agent has been idle, and n its idle agents:
//!
//! > base + wait w + idle v + idle_agents n
//!
//! A pair below 0 waits: the contact for a better group, the agent for a better contact, until time or events lift the number. So
//! one formula has priorities (base), delays (base < 0), weighted waits and fairness between groups. Costs one pass over the agent's
//! queues, or the contact's groups. The coefficients are a skill's `matching`; `holdline tune` finds them.

use crate::units::{AgentId, GroupId, Instant, Span};

use super::controls::Controls;
use super::{Contact, View};

/// The pair's number, and how fast it rises in a second.
pub(super) fn of(contact: &Contact, group: GroupId, view: &View) -> (f64, f64) {
    let Some(skill) = view.skill(contact.queue, group) else { return (f64::NEG_INFINITY, 0.0) };
    let matching = skill.matching;
    let wait = view.now().since(contact.age).seconds();
    let longest = view.longest_idle(group);
    let idle = longest.map_or(0.0, |agent| view.now().since(view.idle_since(agent)).seconds());
    let number = matching.base
        + matching.wait * wait
        + matching.idle * idle
        + matching.idle_agents * f64::from(view.idle(group));
    (number, matching.wait + if longest.is_some() { matching.idle } else { 0.0 })
}

/// An agent of the group that matches best, if any does.
pub(super) fn agent(
    controls: &Controls,
    contact: &Contact,
    view: &View,
    wake: &mut Instant,
) -> Option<AgentId> {
    let mut soonest = Instant::NEVER;
    let found = controls.first_group(contact, view, wake, |server, _| {
        let (number, slope) = of(contact, server.group, view);
        if number >= 0.0 {
            return Some(-number);
        }
        if slope > 0.0 {
            // A microsecond later, so that it is 0 or more then.
            let left = Span::from_seconds(-number / slope);
            soonest = soonest.min(view.now() + left + Span::from_micros(1));
        }
        None
    });
    *wake = (*wake).min(soonest);
    found
}
