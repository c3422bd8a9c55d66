//! Cases that could go round for ever without any time passing.

use super::super::Queue;
use super::{ALL, Checking};
use crate::random::Distribution;
use crate::reading::suggest;
use crate::units::Steps;
use crate::vocabulary::{Backlog, Replies};

impl Checking<'_> {
    pub(super) fn instants(&self) {
        self.work_without_time();
        for queue in &self.scenario.queues {
            self.containment_without_time(queue);
            self.backlog_without_time(queue);
        }
    }

    /// Queues whose cases take no time, are never solved and come back at once.
    fn work_without_time(&self) {
        let trapped = self.trapped(|queue| self.can_end(queue), |queue| self.at_once_to(queue));
        if let Some(first) = trapped.first() {
            let title = format!("cases of {} go round for ever at one instant", suggest::list(&trapped));
            let reason = "the work takes no time, solves nothing, and everyone comes back at once";
            self.log.error(self.place(&["queues", first]), title, reason).help(
                "let the `delay` of the repeat contact take some time, or the talk, or let some be solved or lost",
            );
        }
    }

    /// Whether a case can pass through a queue's work with time passing, or end there.
    fn can_end(&self, queue: &Queue) -> bool {
        let solves = self.solves(queue) > 0.0;
        let lost = match &queue.resolution.repeat_contact {
            Some(repeat) => repeat.probability < ALL || repeat.delay.mean() > 0.0,
            None => true,
        };
        self.takes_time(queue) || self.ends_here(queue) > 0.0 && (solves || lost)
    }

    /// Where the cases that do not end here go.
    fn at_once_to<'s>(&self, queue: &'s Queue) -> Vec<&'s str> {
        let transfers = queue.transfers.iter().filter(|to| to.probability > 0.0);
        let mut ways: Vec<&str> = transfers.map(|to| to.to.as_str()).collect();
        if let Some(repeat) = queue.resolution.repeat_contact.as_ref().filter(|_| self.ends_here(queue) > 0.0)
        {
            ways.extend(repeat.to.iter().filter(|to| to.1 > 0.0).map(|to| to.0.as_str()));
        }
        ways
    }

    /// Share of legs that are not passed on.
    fn ends_here(&self, queue: &Queue) -> f64 {
        if self.scenario.routing.max_transfers.is_some() {
            return 1.0;
        }
        let passed_on: f64 = queue.transfers.iter().map(|transfer| transfer.probability).sum();
        if passed_on < ALL { 1.0 - passed_on } else { 0.0 }
    }

    /// The best chance that a finished leg solves the case.
    pub(super) fn solves(&self, queue: &Queue) -> f64 {
        let skills = self.skills_for(queue);
        let own = skills.filter_map(|skill| skill.resolution);
        own.fold(queue.resolution.probability, f64::max)
    }

    /// Whether anybody's work for a contact takes time.
    fn takes_time(&self, queue: &Queue) -> bool {
        let some =
            |distribution: &Steps<Distribution>| distribution.steps().iter().any(|step| step.1.mean() > 0.0);
        let mut skills = self.skills_for(queue).peekable();
        let turns = queue
            .conversation
            .as_ref()
            .is_some_and(|turns| turns.replies != Replies::Exactly(1) && turns.customer_reply.mean() > 0.0);
        turns
            || queue.wrap_up.as_ref().is_some_and(some)
            // Where nobody serves, all there is is waiting.
            || skills.peek().is_none()
            || skills.any(|skill| some(skill.talk.as_ref().unwrap_or(&queue.talk)))
    }

    /// Work that never ends and takes no time, at least at some time of the day.
    fn backlog_without_time(&self, queue: &Queue) {
        let none =
            |distribution: &Steps<Distribution>| distribution.steps().iter().any(|step| step.1.mean() <= 0.0);
        let mut skills = self.skills_for(queue);
        let at_once = skills.any(|skill| none(skill.talk.as_ref().unwrap_or(&queue.talk)));
        if queue.backlog == Some(Backlog::Unlimited) && at_once && queue.wrap_up.as_ref().is_none_or(none) {
            let title = format!("the backlog of `{}` is done for ever at one instant", queue.name);
            let reason = "it is unlimited, and a piece of it takes no time";
            self.log
                .error(self.place(&["queues", &queue.name, "backlog"]), title, reason)
                .help("let the `talk` take some time, or give the number of contacts");
        }
    }

    /// Self-service that contains everyone in no time, for no time.
    fn containment_without_time(&self, queue: &Queue) {
        let Some(door) = &queue.self_service else { return };
        let Some(seeming) = &door.false_containment else { return };
        let all = door.containment >= ALL && seeming.share >= ALL;
        if all && door.time.mean() <= 0.0 && seeming.delay.mean() <= 0.0 {
            let place = self.place(&["queues", &queue.name, "self_service", "false_containment"]);
            let title = format!("cases of `{}` go round for ever at one instant", queue.name);
            let reason = "self-service takes no time, and everyone comes back at once";
            self.log.error(place, title, reason).help("let `delay` take some time");
        }
    }
}
