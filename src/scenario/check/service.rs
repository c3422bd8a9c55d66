//! Every queue has someone to serve it, and someone to serve.

use super::super::{Group, Queue};
use super::Checking;

impl Checking<'_> {
    pub(super) fn service(&self) {
        for queue in &self.scenario.queues {
            let place = self.place(&["queues", &queue.name]);
            if !self.scenario.groups.iter().any(|group| serves(group, &queue.name)) {
                let title = format!("no group can serve `queues.{}`", queue.name);
                match &queue.overflow {
                    Some(overflow) => {
                        let reason = format!("everyone waits there until the overflow to `{}`", overflow.to);
                        self.log.warning(place, title, reason);
                    }
                    None => {
                        let help =
                            format!("give a group the skill: `skills.{} = {{ priority = 1 }}`", queue.name);
                        self.log.error(place, title, "nobody has the skill").help(help).derived();
                    }
                }
            }
            if !self.is_entered(queue) {
                let title = format!("nothing ever enters `queues.{}`", queue.name);
                self.log.warning(place, title, "no arrivals, and nothing leads here");
            }
        }
        let no_work = |queue: &Queue| queue.arrivals.is_none() && queue.backlog.is_none();
        if self.scenario.queues.iter().all(no_work) && !self.scenario.queues.is_empty() {
            let help = "write `arrivals = { per_day = 1000 }` in a queue";
            self.log
                .error(self.place(&["queues"]), "no queue has arrivals", "nothing would happen")
                .help(help)
                .derived();
        }
    }

    /// Whether a contact can come to a queue at all.
    fn is_entered(&self, queue: &Queue) -> bool {
        let name = &queue.name;
        let to = |to: &[(String, f64)]| to.iter().any(|(queue, share)| queue == name && *share > 0.0);
        queue.arrivals.is_some()
            || queue.backlog.is_some()
            || self.scenario.queues.iter().any(|from| {
                from.transfers.iter().any(|transfer| transfer.to == *name && transfer.probability > 0.0)
                    || from.overflow.as_ref().is_some_and(|overflow| overflow.to == *name)
                    || [&from.after_abandon, &from.after_busy, &from.after_closed]
                        .into_iter()
                        .flatten()
                        .any(|redial| to(&redial.to))
                    || from.resolution.recontact.as_ref().is_some_and(|recontact| to(&recontact.to))
            })
    }
}

/// Whether a group has the skill for a queue.
fn serves(group: &Group, queue: &str) -> bool {
    group.skills.iter().any(|skill| skill.queue == queue)
}
