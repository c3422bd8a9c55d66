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

/// The head that comes first for the agent by its queue's priority, its rank after its wait, and its age; or by its age
/// alone. Of queues with a script, if that asks the agent's group.
#[inline(never)]
pub(super) fn contact(
    controls: &Controls,
    agent: AgentId,
    view: &View,
    by_priority: bool,
    scripted: bool,
) -> Option<CaseId> {
    let group = view.group(agent);
    let shared = view.is_shared(group);
    let abilities = &view.model().abilities;
    let mut best: Option<((u32, u32), i64, CaseId)> = None;
    for duty in view.duties(group) {
        let Some(head) = view.head(duty.queue) else { continue };
        let waited = view.now().since(head.entered);
        if waited < duty.after
            || (controls.reserves() && controls.reserved(duty.queue, group, view))
            || (shared && !view.has_room(agent, duty.queue))
            || (scripted && !script::lets(group, &head, view))
        {
            continue;
        }
        let rank = if by_priority { (duty.level.0, abilities.takes_after(duty, waited)) } else { (0, 0) };
        let age = head.age.micros() as i64 - duty.head_start.micros() as i64;
        if best.is_none_or(|(first, oldest, _)| (rank, age) < (first, oldest)) {
            best = Some((rank, age, head.case));
        }
    }
    best.map(|(.., case)| case)
}
