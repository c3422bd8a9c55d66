//! Every name refers to something, and there are not too many of them.

use super::super::decode::Reference;
use super::super::{Group, Staff, suggest};
use super::Checking;

/// The most queues, groups, channels or follow-ups: their ids are 16 bits wide.
const MOST_NAMES: usize = u16::MAX as usize;

/// The most agents of all groups together.
const MOST_AGENTS: u64 = 10_000_000;

impl Checking<'_> {
    /// Reports names that refer to nothing; gives whether all queue names are known.
    pub(super) fn names(&self, references: &[Reference]) -> bool {
        let scenario = self.scenario;
        let queues: Vec<&str> = scenario.queues.iter().map(|queue| queue.name.as_str()).collect();
        let groups: Vec<&str> = scenario.groups.iter().map(|group| group.name.as_str()).collect();
        let channels: Vec<&str> = scenario.channels.iter().map(|channel| channel.name.as_str()).collect();
        let follow_ups: Vec<&str> = scenario.follow_ups.iter().map(|one| one.name.as_str()).collect();
        let owners: Vec<&str> = ["first_agent", "last_agent"].into_iter().chain(queues.clone()).collect();
        let profiles =
            self.tree.table().and_then(|table| table.get("profiles")).and_then(|node| node.table());
        let profiles: Vec<&str> = profiles
            .map(|table| table.entries.iter().map(|entry| entry.key.as_str()).collect())
            .unwrap_or_default();
        let mut known = true;
        for reference in references {
            let candidates = match reference.kind {
                "queue" => &queues,
                "group" => &groups,
                "channel" => &channels,
                "follow-up" => &follow_ups,
                "owner" => &owners,
                _ => &profiles,
            };
            if candidates.contains(&reference.name.as_str()) {
                continue;
            }
            known = false;
            let title = format!("`{}` names an unknown {}", reference.path, reference.kind);
            let reason = format!("there is no {} `{}`", reference.kind, reference.name);
            let help = suggest::hint(&reference.name, candidates.iter().copied());
            self.log.error(reference.place, title, reason).maybe_help(help).derived();
        }
        known
    }

    /// Reports names that could not be shown, and queues that would share all draws.
    pub(super) fn spelling(&self) {
        let scenario = self.scenario;
        let queues = scenario.queues.iter().map(|queue| ("queues", &queue.name));
        let groups = scenario.groups.iter().map(|group| ("groups", &group.name));
        let channels = scenario.channels.iter().map(|channel| ("channels", &channel.name));
        let follow_ups = scenario.follow_ups.iter().map(|follow_up| ("follow_ups", &follow_up.name));
        for (kind, name) in queues.chain(groups).chain(channels).chain(follow_ups) {
            if name.trim().is_empty() || name.chars().any(char::is_control) {
                let title = format!("a name in `{kind}` cannot be shown");
                self.log.error(self.place(&[kind, name]), title, "empty, or with line breaks and the like");
            }
        }
        for (number, queue) in scenario.queues.iter().enumerate() {
            if let Some(other) = scenario.queues[..number].iter().find(|other| other.stream == queue.stream) {
                let title =
                    format!("`queues.{}` and `queues.{}` have the same draws", other.name, queue.name);
                let reason = format!("both have the stream `{}`", queue.stream);
                self.log.error(self.place(&["queues", &queue.name, "stream"]), title, reason);
            }
        }
    }

    /// Reports more things than there are ids for.
    pub(super) fn counts(&self) {
        let scenario = self.scenario;
        for (kind, count) in [
            ("channels", scenario.channels.len()),
            ("queues", scenario.queues.len()),
            ("groups", scenario.groups.len()),
            ("follow_ups", scenario.follow_ups.len()),
        ] {
            if count > MOST_NAMES {
                let title = format!("there are more than {MOST_NAMES} {kind}");
                self.log.error(self.place(&[kind]), title, format!("{count} of them"));
            }
        }
        let agents: u64 = scenario.groups.iter().map(agents).sum();
        if agents > MOST_AGENTS {
            let title = format!("there are more than {MOST_AGENTS} agents");
            self.log.error(self.place(&["groups"]), title, format!("{agents} of them"));
        }
    }
}

/// All people of a group.
pub(super) fn agents(group: &Group) -> u64 {
    let staff = match &group.staff {
        Some(Staff::Steps(steps)) => steps.steps().iter().map(|step| step.1).max(),
        Some(Staff::Series(rows)) => rows.iter().map(|row| row.1).max(),
        None => None,
    };
    let shifts = group.shifts.iter().map(|shift| u64::from(shift.agents));
    u64::from(staff.unwrap_or(0)) + shifts.sum::<u64>()
}
