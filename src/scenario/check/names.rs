//! Every name refers to something, and there are not too many of them.

use std::collections::BTreeSet;

use super::super::{Group, Staff};
use super::Checking;
use crate::reading::context::Reference;
use crate::reading::suggest;

/// The most queues, groups, channels or follow-ups: their ids are 16 bits wide.
const MOST_NAMES: usize = u16::MAX as usize;

/// So many names are compared with those that they could be meant for; who wrote more of them wrong sees
/// it without hints.
const MOST_COMPARED: usize = 1_000_000;

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
        let sorted = [&queues, &groups, &channels, &follow_ups, &owners, &profiles]
            .map(|names| names.iter().copied().collect::<BTreeSet<&str>>());
        let mut known = true;
        let mut hinted = 0;
        for reference in references {
            let (candidates, names) = match reference.kind {
                "queue" => (&queues, &sorted[0]),
                "group" => (&groups, &sorted[1]),
                "channel" => (&channels, &sorted[2]),
                "follow-up" => (&follow_ups, &sorted[3]),
                "owner" => (&owners, &sorted[4]),
                _ => (&profiles, &sorted[5]),
            };
            if names.contains(&reference.name.as_str()) {
                continue;
            }
            known = false;
            hinted += candidates.len();
            let title = format!("`{}` names an unknown {}", reference.path, reference.kind);
            let reason = format!("there is no {} `{}`", reference.kind, reference.name);
            let help = (hinted <= MOST_COMPARED)
                .then(|| suggest::hint(&reference.name, candidates.iter().copied()))
                .flatten();
            self.log.error(reference.place, title, reason).maybe_help(help).derived();
        }
        known
    }

    /// Reports more things than there are ids for.
    pub(super) fn counts(&self) {
        let scenario = self.scenario;
        for (kind, count) in [
            ("channels", scenario.channels.len()),
            ("queues and follow_ups", scenario.queues.len() + scenario.follow_ups.len()),
            ("groups", scenario.groups.len()),
        ] {
            if count > MOST_NAMES {
                let title = format!("there are more than {MOST_NAMES} {kind}");
                let place = self.place(&[kind.split(' ').next().unwrap_or(kind)]);
                self.log.error(place, title, format!("{count} of them"));
            }
        }
        let agents: u64 = scenario.groups.iter().map(agents).sum();
        let emptied = |group: &Group| {
            group.shifts.is_empty()
                && matches!(&group.staff, Some(Staff::Steps(steps)) if steps.is_constant() && steps.steps()[0].1 == 0)
        };
        if !scenario.groups.is_empty() && scenario.groups.iter().all(emptied) {
            let why = "`staff` is 0 everywhere: no contact is ever answered";
            self.log
                .warning(self.place(&["groups"]), "no group has agents", why)
                .help("write `staff = 4` in one of them");
        }
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
    let shifts = group.shifts.iter().map(|shift| u64::from(shift.most()));
    u64::from(staff.unwrap_or(0)) + shifts.sum::<u64>()
}
