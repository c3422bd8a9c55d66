//! Follow-ups: whether what starts them can happen, and whether they can be told from queues.

use super::super::{ChannelKind, FollowUp, Hours, Queue, Trigger};
use super::{ALL, Checking};
use crate::vocabulary::Clock;

impl Checking<'_> {
    /// Names that mean two things, and transfers that name one with another trigger.
    pub(super) fn follow_up_names(&self) {
        let scenario = self.scenario;
        for follow_up in &scenario.follow_ups {
            let name = &follow_up.name;
            if scenario.queues.iter().any(|queue| queue.name == *name) {
                let title = format!("`{name}` is a follow-up and a queue");
                let reason = "they stand side by side in the report";
                self.log
                    .error(self.place(&["follow_ups", name]), title, reason)
                    .help("give one of them another name");
            }
        }
        for queue in &scenario.queues {
            for transfer in &queue.transfers {
                let named = transfer.follow_up.as_ref();
                let named = scenario.follow_ups.iter().find(|one| Some(&one.name) == named);
                if let Some(other) = named.filter(|one| one.trigger != Trigger::Transfer) {
                    let path = ["queues", &queue.name, "transfers", &transfer.to, "follow_up"];
                    let title = format!("`{}` names a follow-up with another trigger", path.join("."));
                    let reason = format!("`{}` is not started by a transfer", other.name);
                    let remedy = format!("write `trigger = \"transfer\"` in `follow_ups.{}`", other.name);
                    self.log.error(self.place(&path), title, reason).help(remedy);
                }
            }
        }
    }

    pub(super) fn follow_up_doubts(&self) {
        for follow_up in &self.scenario.follow_ups {
            self.follow_up_that_never_starts(follow_up);
            self.follow_up_by_the_clock(follow_up);
            self.follow_up_without_a_ring(follow_up);
        }
    }

    /// The queues whose cases a follow-up is for.
    fn queues_of<'s>(&'s self, follow_up: &'s FollowUp) -> impl Iterator<Item = &'s Queue> {
        let listed = |queue: &&Queue| follow_up.queues.is_empty() || follow_up.queues.contains(&queue.name);
        self.scenario.queues.iter().filter(listed)
    }

    fn follow_up_that_never_starts(&self, follow_up: &FollowUp) {
        let of_queues = |test: &dyn Fn(&Queue) -> bool| self.queues_of(follow_up).any(test);
        let reason = match follow_up.trigger {
            Trigger::Transfer => {
                let named = |queue: &Queue| {
                    let mut named = queue.transfers.iter().filter_map(|transfer| transfer.follow_up.as_ref());
                    named.any(|name| *name == follow_up.name)
                };
                (!of_queues(&named)).then_some("no transfer names it")
            }
            Trigger::Unresolved => {
                let fails = |queue: &Queue| self.fails(queue) || !queue.transfers.is_empty();
                (!of_queues(&fails)).then_some("every leg solves its case: `resolution.probability` is 1")
            }
            Trigger::Resolved => {
                let never = "no leg ever solves a case";
                (!of_queues(&|queue| self.solves(queue) > 0.0)).then_some(never)
            }
            Trigger::Complaint => {
                let comes_back = self.scenario.queues.iter().any(comes_back);
                (!comes_back).then_some("nobody ever comes back: no `repeat_contact`, no `chase`")
            }
            Trigger::Arrival => {
                let begins = |queue: &Queue| queue.arrivals.is_some() || queue.dialer.is_some();
                (!of_queues(&begins)).then_some("no case begins in its queues")
            }
        };
        if let Some(reason) = reason {
            let title = format!("`follow_ups.{}` never happens", follow_up.name);
            self.log.warning(self.place(&["follow_ups", &follow_up.name]), title, reason);
        }
    }

    /// Whether some leg may leave its case unsolved.
    fn fails(&self, queue: &Queue) -> bool {
        let mut skills = self.skills_for(queue);
        skills.any(|skill| skill.resolution.unwrap_or(queue.resolution.probability) < ALL)
    }

    fn follow_up_by_the_clock(&self, follow_up: &FollowUp) {
        let closes = self.queues_of(follow_up).any(|queue| queue.hours != Hours::Always);
        if follow_up.clock == Clock::OpenHours && !closes {
            let place = self.place(&["follow_ups", &follow_up.name, "clock"]);
            let title = format!("`follow_ups.{}.clock` changes nothing", follow_up.name);
            self.log.warning(place, title, "none of its queues ever closes");
        }
    }

    fn follow_up_without_a_ring(&self, follow_up: &FollowUp) {
        let mut channels = self.scenario.channels.iter();
        let channel = channels.find(|channel| channel.name == follow_up.channel);
        let written = channel.is_some_and(|channel| matches!(channel.kind, ChannelKind::Deferred { .. }));
        if written && follow_up.reached < 1.0 {
            let place = self.place(&["follow_ups", &follow_up.name, "reached"]);
            let title = format!("`follow_ups.{}` has to reach somebody in writing", follow_up.name);
            let reason = format!("`{}` is a deferred channel", follow_up.channel);
            self.log
                .warning(place, title, reason)
                .help("what is sent arrives; leave `reached` out, or let it travel on a voice channel");
        }
    }
}

/// Whether cases of a queue come back unsolved, or are chased.
pub(super) fn comes_back(queue: &Queue) -> bool {
    let repeat = queue.resolution.repeat_contact.as_ref();
    repeat.is_some_and(|repeat| repeat.probability > 0.0)
        || queue.chase.as_ref().is_some_and(|chase| chase.probability > 0.0)
        || queue.self_service.as_ref().is_some_and(|door| {
            door.containment > 0.0
                && door.false_containment.as_ref().is_some_and(|seeming| seeming.share > 0.0)
        })
}
