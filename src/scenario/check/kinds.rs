//! What the kinds of several channels tell together.

use super::super::{Channel, ChannelKind, Group, Queue};
use super::Checking;
use super::follow_ups::comes_back;
use super::names::agents;
use crate::vocabulary::{Handover, StartWhen};

impl Checking<'_> {
    /// The channel of a queue.
    pub(super) fn channel_of(&self, queue: &str) -> Option<&Channel> {
        let queue = self.queues.get(queue)?;
        self.scenario.channels.iter().find(|channel| channel.name == queue.channel)
    }

    /// Whether contacts of a queue are accepted at any time, open or closed.
    pub(super) fn is_always_accepted(&self, queue: &str) -> bool {
        self.channel_of(queue).is_some_and(|channel| !channel.kind.is_live())
    }

    /// A warm transfer needs a customer who is there, before and after.
    pub(super) fn handovers(&self) {
        for queue in &self.scenario.queues {
            for transfer in queue.transfers.iter().filter(|transfer| transfer.handover != Handover::Cold) {
                let kinds = [&queue.name, &transfer.to].map(|name| Some((name, self.channel_of(name)?)));
                let absent = kinds.into_iter().flatten().find(|(_, channel)| !channel.kind.is_live());
                let Some((name, channel)) = absent else { continue };
                let word = match transfer.handover {
                    Handover::Conference { .. } => "a conference",
                    _ => "warm",
                };
                let path = ["queues", &queue.name, "transfers", &transfer.to, "kind"];
                let title = format!("`{}` cannot be {word}", path[..4].join("."));
                let reason = format!("nobody waits on the line in `{name}`, a {} queue", channel.kind.word());
                let remedy =
                    "write `kind = \"cold\"`; warm and conference go from voice or chat to voice or chat";
                self.log.error(self.place(&path), title, reason).help(remedy);
            }
        }
    }

    pub(super) fn kind_doubts(&self) {
        for channel in &self.scenario.channels {
            self.interruption_by_nobody(channel);
            self.wind_down_without_shifts(channel);
        }
        for group in &self.scenario.groups {
            self.capacities(group);
        }
        self.reserves_of_everyone();
        for queue in &self.scenario.queues {
            self.same_call_of_nobody(queue);
            self.callbacks_that_never_start(queue);
        }
        self.continuity();
    }

    /// Groups that serve a queue of the channel.
    fn serving<'s>(&'s self, channel: &'s str) -> impl Iterator<Item = &'s Group> {
        let uses = move |queue: &str| self.channel_of(queue).is_some_and(|of| of.name == channel);
        self.scenario.groups.iter().filter(move |group| group.skills.iter().any(|skill| uses(&skill.queue)))
    }

    fn interruption_by_nobody(&self, channel: &Channel) {
        let interruptible = matches!(channel.kind, ChannelKind::Deferred { interruption: Some(_), .. });
        let live = |group: &Group| {
            let mut kinds = group.skills.iter().filter_map(|skill| self.channel_of(&skill.queue));
            kinds.any(|channel| channel.kind.is_live())
        };
        if interruptible && self.serving(&channel.name).count() > 0 && !self.serving(&channel.name).any(live)
        {
            let title = format!("`channels.{}` is never interrupted", channel.name);
            let reason = "nobody who serves it serves a voice or chat queue";
            self.log.warning(self.place(&["channels", &channel.name, "interruptible"]), title, reason);
        }
    }

    fn wind_down_without_shifts(&self, channel: &Channel) {
        let (ChannelKind::Chat(sharing) | ChannelKind::Messaging(sharing)) = &channel.kind else { return };
        let mut serving = self.serving(&channel.name).peekable();
        let some = serving.peek().is_some() && sharing.wind_down > crate::units::Span::ZERO;
        if some && serving.all(|group| group.shifts.is_empty()) {
            let title = format!("`channels.{}.wind_down` has no effect", channel.name);
            let reason = "nobody who serves it works in shifts";
            self.log.warning(self.place(&["channels", &channel.name, "wind_down"]), title, reason);
        }
    }

    /// Capacities that apply to nothing, or that leave no room for all conversations at once.
    fn capacities(&self, group: &Group) {
        for (name, share) in &group.capacity {
            let place = self.place(&["groups", &group.name, "capacity", name]);
            let title = format!("`groups.{}.capacity.{name}` changes nothing", group.name);
            let follows_up = self.scenario.follow_ups.iter().any(|follow_up| follow_up.channel == *name);
            if !follows_up && !self.serving(name).any(|serving| serving.name == group.name) {
                let reason = format!("the group serves no queue of `{name}`");
                self.log.warning(place, title, reason);
                continue;
            }
            let channel = self.scenario.channels.iter().find(|channel| channel.name == *name);
            let concurrency = channel.map_or(1, |channel| channel.kind.concurrency());
            // A share written as 0.33 for three of them is meant to leave room for three.
            let room = (1.0 / share + 1e-6) as u32;
            if concurrency > 1 && room < concurrency {
                let title =
                    format!("`groups.{}` never has {concurrency} conversations of `{name}`", group.name);
                let reason = format!("at {share} of an agent each, only {room} fit");
                self.log.warning(place, title, reason).help(format!(
                    "`concurrency` of the channel is {concurrency}: write {:.2} or less",
                    1.0 / f64::from(concurrency)
                ));
            }
        }
    }

    fn callbacks_that_never_start(&self, queue: &Queue) {
        let Some(StartWhen::IdleAgents(idle)) = queue.callback.as_ref().map(|callback| callback.start_when)
        else {
            return;
        };
        let able = |group: &&Group| group.skills.iter().any(|skill| skill.queue == queue.name);
        let able: u64 = self.scenario.groups.iter().filter(able).map(agents).sum();
        if able > 0 && u64::from(idle) > able {
            let path = ["queues", &queue.name, "callback", "start_when"];
            let title = format!("callbacks of `queues.{}` are never made", queue.name);
            let reason = format!("only {able} agents can serve it, so {idle} of them are never idle");
            self.log.warning(self.place(&path), title, reason);
        }
    }

    /// As many agents kept free for a queue as can ever serve it, so that they never do anything else.
    fn reserves_of_everyone(&self) {
        for (queue, kept) in &self.scenario.routing.reserve {
            let able = |group: &&Group| group.skills.iter().any(|skill| skill.queue == *queue);
            let others = |group: &Group| group.skills.iter().any(|skill| skill.queue != *queue);
            let groups: Vec<&Group> = self.scenario.groups.iter().filter(able).collect();
            let able: u64 = groups.iter().map(|group| agents(group)).sum();
            if able > 0 && u64::from(*kept) >= able && groups.into_iter().any(others) {
                let title = format!("who can serve `queues.{queue}` never serves another queue");
                let reason = format!("at most {able} agents can, and {kept} of them are kept free");
                self.log.warning(self.place(&["routing", "reserve", queue]), title, reason);
            }
        }
    }

    /// What is the same in a retry, where nobody retries.
    fn same_call_of_nobody(&self, queue: &Queue) {
        let retries = [&queue.after_abandon, &queue.after_busy, &queue.after_closed];
        if queue.same_call && retries.into_iter().all(Option::is_none) {
            let title = format!("`queues.{}.retry.same_call` changes nothing", queue.name);
            let reason = "nobody tries again: no `after_abandon`, no `after_busy`, no `after_closed`";
            self.log.warning(self.place(&["queues", &queue.name, "retry", "same_call"]), title, reason);
        }
    }

    /// Rules for customers who come again, where nobody does.
    fn continuity(&self) {
        let scenario = self.scenario;
        let returns = scenario.queues.iter().any(|queue| {
            comes_back(queue)
                || [&queue.after_abandon, &queue.after_busy, &queue.after_closed]
                    .iter()
                    .any(|one| one.is_some())
        });
        let transfers = scenario.queues.iter().any(|queue| !queue.transfers.is_empty());
        let doors = scenario.queues.iter().any(|queue| queue.self_service.is_some());
        let nobody = "nobody ever comes back: no `repeat_contact`, no `retry`, no `chase`";
        let contains = scenario.knowledge_base.is_some_and(|tool| tool.containment != 1.0);
        for (path, doubtful, reason) in [
            (&["routing", "sticky"][..], scenario.routing.sticky.is_some() && !returns, nobody),
            (&["customer_history"], scenario.customer_history.is_some() && !returns && !transfers, nobody),
            (
                &["routing", "max_transfers"],
                scenario.routing.max_transfers.is_some() && !transfers,
                "nothing is ever transferred",
            ),
            (&["knowledge_base", "containment"], contains && !doors, "no queue has `self_service`"),
        ] {
            if doubtful {
                let title = format!("`{}` changes nothing", path.join("."));
                self.log.warning(self.place(path), title, reason);
            }
        }
    }
}
