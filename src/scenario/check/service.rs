//! Every queue has someone to serve it, and someone to serve.

use std::collections::BTreeSet;

use super::super::{Does, Hours, Owner, Queue};
use super::{ALL, Checking};
use crate::vocabulary::Backlog;

impl Checking<'_> {
    pub(super) fn service(&self) {
        let entered = self.led_to();
        for queue in &self.scenario.queues {
            let place = || self.place(&["queues", &queue.name]);
            let served = self.skills_for(queue).next().is_some();
            if !served && !self.is_only_a_door(queue) {
                let title = format!("no group can serve `queues.{}`", queue.name);
                match &queue.overflow {
                    Some(overflow) => {
                        let reason = format!("everyone waits there until the overflow to `{}`", overflow.to);
                        self.log.warning(place(), title, reason);
                    }
                    None => {
                        let help =
                            format!("give a group the skill: `skills.{} = {{ priority = 1 }}`", queue.name);
                        self.log.error(place(), title, "nobody has the skill").help(help).derived();
                    }
                }
            }
            if !self.is_entered(queue, &entered) {
                let title = format!("nothing ever enters `queues.{}`", queue.name);
                self.log.warning(place(), title, "no arrivals, and nothing leads here");
            }
        }
        let begins = |queue: &Queue| queue.arrivals.is_some() || queue.dialer.is_some() || has_backlog(queue);
        if !self.scenario.queues.iter().any(begins) && !self.scenario.queues.is_empty() {
            let help = "write `arrivals = { per_day = 1000 }` in a queue";
            self.log
                .error(self.place(&["queues"]), "no queue has arrivals", "nothing would happen")
                .help(help)
                .derived();
        }
    }

    /// Whether a contact can come to a queue at all.
    fn is_entered(&self, queue: &Queue, led_to: &BTreeSet<&str>) -> bool {
        queue.arrivals.is_some()
            || queue.dialer.is_some()
            || has_backlog(queue)
            || led_to.contains(queue.name.as_str())
    }

    /// The queues that something else leads to.
    fn led_to(&self) -> BTreeSet<&str> {
        let mut found: BTreeSet<&str> = BTreeSet::new();
        for from in &self.scenario.queues {
            let retries = [&from.after_abandon, &from.after_busy, &from.after_closed];
            let mut shares: Vec<&(String, f64)> =
                retries.into_iter().flatten().flat_map(|retry| &retry.to).collect();
            shares.extend(from.resolution.repeat_contact.iter().flat_map(|repeat| &repeat.to));
            shares.extend(from.chase.iter().flat_map(|chase| &chase.to));
            let seeming = from.self_service.iter().flat_map(|door| &door.false_containment);
            let back = seeming.flat_map(|seeming| &seeming.to).filter(|(_, share)| *share > 0.0);
            found.extend(back.map(|(to, _)| to.as_str()));
            let doors = from.self_service.iter().flat_map(|door| door.to.iter().chain(&door.to_when_closed));
            shares.extend(doors.filter(|(to, _)| *to != from.name));
            found.extend(shares.into_iter().filter(|(_, share)| *share > 0.0).map(|(to, _)| to.as_str()));
            let transfers = from.transfers.iter().filter(|transfer| transfer.probability > 0.0);
            found.extend(transfers.map(|transfer| transfer.to.as_str()));
            let scripts = self.scenario.routing.scripts.iter().filter(|script| script.queue == from.name);
            found.extend(scripts.flat_map(|script| &script.steps).filter_map(|step| match &step.does {
                Does::MoveTo(to) => Some(to.as_str()),
                Does::Ask(_) | Does::OfferCallback => None,
            }));
            found.extend(from.overflow.iter().map(|overflow| overflow.to.as_str()));
            found.extend(from.escalation.iter().map(|escalation| escalation.to.as_str()));
        }
        for follow_up in &self.scenario.follow_ups {
            if let Owner::Queue(queue) = &follow_up.owner {
                found.insert(queue);
            }
        }
        found
    }

    /// Whether contacts come to a queue past its self-service: from other queues, or as work of the
    /// centre's own.
    fn is_passed_on_to(&self, queue: &Queue) -> bool {
        let name = &queue.name;
        let to = |to: &[(String, f64)]| to.iter().any(|(queue, share)| queue == name && *share > 0.0);
        let owned = self.scenario.follow_ups.iter().any(|one| one.owner == Owner::Queue(name.clone()));
        let others = self.scenario.queues.iter().filter(|from| from.name != *name);
        let self_service = others.filter_map(|from| from.self_service.as_ref());
        owned
            || has_backlog(queue)
            || self_service.into_iter().any(|door| to(&door.to) || to(&door.to_when_closed))
            || self.scenario.queues.iter().any(|from| {
                from.transfers.iter().any(|transfer| transfer.to == *name && transfer.probability > 0.0)
                    || from.overflow.as_ref().is_some_and(|overflow| overflow.to == *name)
                    || from.escalation.as_ref().is_some_and(|escalation| escalation.to == *name)
            })
    }

    /// Whether nobody ever waits in a queue, as its self-service sends all of them elsewhere.
    fn is_only_a_door(&self, queue: &Queue) -> bool {
        let Some(door) = &queue.self_service else { return false };
        let elsewhere = |to: &[(String, f64)]| {
            let others = to.iter().filter(|(to, _)| *to != queue.name);
            others.map(|(_, share)| share).sum::<f64>() >= ALL
        };
        let turned_away = door.to_when_closed.is_empty() && !self.is_always_accepted(&queue.name);
        let closed = queue.hours == Hours::Always || turned_away || elsewhere(&door.to_when_closed);
        let nobody_passes = door.containment + door.hang_up >= ALL;
        door.open == Hours::Always
            && (nobody_passes || elsewhere(&door.to) && closed)
            && !self.is_passed_on_to(queue)
    }
}

/// Whether work waits in it at the start.
fn has_backlog(queue: &Queue) -> bool {
    queue.backlog.is_some_and(|backlog| backlog != Backlog::Contacts(0))
}
