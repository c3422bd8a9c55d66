//! Legal, but probably meant otherwise.

use crate::units::Weekday;
use crate::vocabulary::{AgentRule, ContactRule};

use super::super::{Group, Hours, Queue, Shift};
use super::Checking;

impl Checking<'_> {
    pub(super) fn doubts(&self) {
        for channel in &self.scenario.channels {
            let name = channel.name.as_str();
            let written = self.tree.table().is_some_and(|table| table.get("channels").is_some());
            let used = self.scenario.queues.iter().map(|queue| &queue.channel);
            let mut used = used.chain(self.scenario.follow_ups.iter().map(|follow_up| &follow_up.channel));
            if written && !used.any(|channel| channel == name) {
                let title = format!("nothing uses `channels.{name}`");
                self.log.warning(self.place(&["channels", name]), title, "it changes nothing");
            }
        }
        for queue in &self.scenario.queues {
            self.retries_that_never_happen(queue);
            self.cases_that_never_end(queue);
            self.cases_while_closed(queue);
        }
        let rules = &self.scenario.routing;
        let others = rules.by_channel.iter().chain(&rules.by_queue).map(|(_, rule)| *rule);
        let matches = rules.contacts == ContactRule::Matching
            || std::iter::once(rules.agents).chain(others).any(|rule| rule == AgentRule::Matching);
        self.ranks_that_nobody_reads();
        for group in self.scenario.groups.iter().filter(|_| !matches) {
            for skill in group.skills.iter().filter(|skill| skill.matching.is_some()) {
                let title =
                    format!("`groups.{}.skills.{}.matching` changes nothing", group.name, skill.queue);
                let place = self.place(&["groups", &group.name, "skills", &skill.queue, "matching"]);
                self.log.warning(place, title, "no rule of `routing` is `matching`");
            }
        }
        // By the clock of another zone weekdays may be others.
        for group in self.scenario.groups.iter().filter(|group| group.time_zone.is_none()) {
            for shift in &group.shifts {
                self.shift_without_opening(group, shift);
            }
        }
    }

    fn retries_that_never_happen(&self, queue: &Queue) {
        let channel = self.scenario.channels.iter().find(|channel| channel.name == queue.channel);
        let limited = queue.max_waiting.is_some()
            || queue.self_service.as_ref().is_some_and(|door| door.sessions.is_some())
            || channel.is_some_and(|channel| channel.lines.is_some() || channel.max_waiting.is_some());
        let checks = [
            (
                "after_abandon",
                queue.after_abandon.is_some(),
                queue.patience.is_some(),
                "the queue has no `patience`",
            ),
            ("after_busy", queue.after_busy.is_some(), limited, "there is no limit on lines or waiting"),
            (
                "after_closed",
                queue.after_closed.is_some(),
                queue.hours != Hours::Always,
                "the queue never closes",
            ),
        ];
        for (key, given, possible, reason) in checks {
            if given && !possible {
                let title = format!("`queues.{}.retry.{key}` never happens", queue.name);
                self.log.warning(self.place(&["queues", &queue.name, "retry", key]), title, reason);
            }
        }
    }

    /// Ranks that change with the wait, where another rule decides.
    fn ranks_that_nobody_reads(&self) {
        let rules = &self.scenario.routing;
        let said = |said: &[(String, AgentRule)], name: &str| {
            said.iter().find(|(known, _)| known == name).map(|(_, rule)| *rule)
        };
        let rule = |queue: &str| {
            let channel = self.queues.get(queue).map_or("", |queue| queue.channel.as_str());
            said(&rules.by_queue, queue).or(said(&rules.by_channel, channel)).unwrap_or(rules.agents)
        };
        for group in &self.scenario.groups {
            for skill in &group.skills {
                let keys = [
                    (
                        "priority",
                        &skill.priority,
                        rule(&skill.queue) == AgentRule::SkillPriority,
                        "agents",
                        "skill_priority",
                    ),
                    ("takes", &skill.takes, rules.contacts == ContactRule::Priority, "contacts", "priority"),
                ];
                for (key, rank, read, rule, word) in keys {
                    let path = ["groups", &group.name, "skills", &skill.queue, key];
                    let written = self.place(&path) != self.place(&path[..4]);
                    if !rank.later.is_empty() && !read && written {
                        let title =
                            format!("`{}` changes with the wait, and nobody reads it", path.join("."));
                        let reason = format!("only the rule `{word}` of `routing.{rule}` does");
                        self.log.warning(self.place(&path), title, reason);
                    }
                }
            }
        }
    }

    fn cases_that_never_end(&self, queue: &Queue) {
        let always = queue.resolution.repeat_contact.as_ref().is_some_and(|repeat| repeat.probability >= 1.0);
        if queue.resolution.probability > 0.0 || !always {
            return;
        }
        let skilled =
            self.skills_for(queue).any(|skill| skill.resolution.is_some_and(|probability| probability > 0.0));
        if !skilled {
            let title = format!("cases of `queues.{}` may never end", queue.name);
            let reason = "nothing is ever solved, and everyone comes back";
            self.log.warning(self.place(&["queues", &queue.name, "resolution"]), title, reason);
        }
    }

    /// A shift on weekdays on which nothing that the group serves is open.
    fn shift_without_opening(&self, group: &Group, shift: &Shift) {
        let served = group.skills.iter().filter_map(|skill| self.queues.get(skill.queue.as_str()));
        let hours: Vec<&Hours> = served
            .map(|queue| {
                // What waits over night can be worked on at any time.
                if self.is_always_accepted(&queue.name) { &Hours::Always } else { &queue.hours }
            })
            .collect();
        let open = |day: Weekday| {
            hours.iter().any(|hours| match hours {
                Hours::Always => true,
                // A date may open an otherwise closed day.
                Hours::Weekly { weekdays, dates } => {
                    !weekdays[day.index()].is_empty() || dates.iter().any(|date| !date.1.is_empty())
                }
            })
        };
        let idle: Vec<&str> = Weekday::ALL
            .into_iter()
            .filter(|day| shift.agents[day.index()] > 0 && !open(*day))
            .map(Weekday::name)
            .collect();
        if !idle.is_empty() && !hours.is_empty() {
            let path = ["groups", &group.name, "shifts", &shift.name];
            let title = format!("`{}` works on days when nothing is open", path.join("."));
            let reason = format!("nothing that the group serves opens on {}", idle.join(", "));
            let mut place = path.to_vec();
            place.push("days");
            self.log.warning(self.place(&place), title, reason);
        }
    }
}
