//! Rule `threshold`: which group comes first depends on how many agents are idle.
//!
//! With I idle agents who can serve the contact, the groups with L_j <= I come first, the highest threshold L_j before the
//! others; then those with L_j > I, the lowest first. With two groups, and 0 for one of them: the other one comes first as long as
//! enough are idle.
//!
//! - Armony & Ward (2010): with many idle the slow group comes first, so that the fast do not do all the work; with few the fast.
//!   The mean wait is least among all rules that share the idleness out as they do.
//! - Zhan & Ward (2014): with many idle those who solve most come first, with few the fast: between waiting and resolution.
//!
//! Costs a pass over the groups of the queue. The thresholds are found by `holdline tune`.

use crate::units::{AgentId, GroupId, Instant};

use super::controls::Controls;
use super::{Contact, View};

/// What the groups are ordered by, lowest first.
pub(super) fn order(group: GroupId, idle: u32, view: &View) -> i64 {
    let threshold = i64::from(view.model().routing.thresholds[group.index()]);
    if threshold <= i64::from(idle) { -threshold } else { threshold }
}

/// An agent of the group that comes first with so many idle.
pub(super) fn agent(
    controls: &Controls,
    contact: &Contact,
    view: &View,
    wake: &mut Instant,
) -> Option<AgentId> {
    let idle = view.idle_for(contact.queue);
    controls.first_group(contact, view, wake, |server, _| Some(order(server.group, idle, view)))
}
