//! Ranks that change as a contact waits: a skill's `priority = { "30s" = 2, "2m" = 1 }` and `takes` alike.
//!
//! The matrix of queues and groups is compiled to stages of the wait: from each wait at which a rank of the queue changes, the groups
//! that may serve it then, in their order. A contact finds its stage and walks it as it would walk groups with
//! constant ranks; it asks again when the next stage lets another group in. A freed agent reads the rank of each head by
//! its wait. Rings that widen, overflow between groups, and priority that grows with the wait are such matrices. Costs a step of
//! the stages more than constant ranks.

use crate::state::CaseId;
use crate::units::{AgentId, Instant};

use super::controls::Controls;
use super::{Contact, View, script};

/// The longest idle agent of the groups that come first after such a wait.
#[inline(never)]
pub(super) fn agent(
    controls: &Controls,
    contact: &Contact,
    view: &View,
    wake: &mut Instant,
) -> Option<AgentId> {
    let waited = view.now().since(contact.entered);
    let stages = view.model().abilities.stages(contact.queue);
    let next = stages.partition_point(|stage| stage.from <= waited);
    if let Some(opening) = stages[next..].iter().find(|stage| stage.opens) {
        *wake = (*wake).min(contact.entered + opening.from);
    }
    let servers = stages.get(next.checked_sub(1)?)?;
    controls.longest_idle(&servers.servers, contact, view, wake, true)
}

/// What the heads of an agent's queues are ordered by, the longest wait last.
#[derive(Clone, Copy, Debug)]
pub(super) struct Order {
    /// First by the queue's priority and its rank after the wait.
    pub(super) by_priority: bool,
    /// Then by weight x wait.
    pub(super) by_weight: bool,
    /// Only those whose script asks the agent's group.
    pub(super) scripted: bool,
}

/// The head that comes first for the agent.
#[inline(never)]
pub(super) fn contact(controls: &Controls, agent: AgentId, view: &View, order: Order) -> Option<CaseId> {
    let group = view.group(agent);
    let abilities = &view.model().abilities;
    let mut best: Option<((u32, u32), f64, CaseId)> = None;
    for (duty, head) in controls.heads(agent, view) {
        if order.scripted && !script::lets(group, &head, view) {
            continue;
        }
        let waited = view.now().since(head.entered);
        let rank =
            if order.by_priority { (duty.level.0, abilities.takes_after(duty, waited)) } else { (0, 0) };
        // Microseconds: whole numbers of this size are exact.
        let counts = (view.now().since(head.age) + duty.head_start).micros() as f64;
        let wait = if order.by_weight { view.weight(duty.queue) * counts } else { counts };
        if best.is_none_or(|(first, longest, _)| rank < first || (rank == first && wait > longest)) {
            best = Some((rank, wait, head.case));
        }
    }
    best.map(|(.., case)| case)
}
