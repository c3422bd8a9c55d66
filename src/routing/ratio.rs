//! Rule `queue_and_idleness_ratio` (Gurvich & Whitt 2009): who waits is spread over the queues, and who is idle over the
//! groups, in the proportions that are asked for.
//!
//! With Q the number waiting in all queues and p the queue's share, a freed agent takes the head of the queue with the highest
//!
//! > Q_i - p_i Q
//!
//! and with I the number of idle agents and v the group's share, a contact goes to the group with the highest
//!
//! > I_j - v_j I
//!
//! In a large centre that is well loaded the proportions hold all the time, and so do those of the waits: lambda_i W_i = p_i
//! lambda W. It needs no rates and no forecast. Costs one pass over all queues, or groups.

use crate::units::{AgentId, GroupId, Instant, QueueId};

use super::controls::Controls;
use super::{Contact, View};

/// So many more wait in the queue than its share of all.
pub(super) fn queue_excess(queue: QueueId, view: &View) -> f64 {
    let share = view.model().routing.queue_share.get(queue.index()).copied().unwrap_or(0.0);
    f64::from(view.waiting(queue)) - share * f64::from(view.waiting_in_all())
}

/// So many more of the group are idle than its share of all.
pub(super) fn idleness_excess(group: GroupId, view: &View) -> f64 {
    let share = view.model().routing.idleness_share[group.index()];
    f64::from(view.idle(group)) - share * f64::from(view.idle_of_all())
}

/// An agent of the group whose idleness exceeds its share most.
pub(super) fn idlest_group(
    controls: &Controls,
    contact: &Contact,
    view: &View,
    wake: &mut Instant,
) -> Option<AgentId> {
    controls.first_group(contact, view, wake, |server, _| Some(-idleness_excess(server.group, view)))
}
