//! What people call queues, groups and money. Only reports for people use it; files keep the keys.

use crate::scenario::{Scenario, fingerprint};

/// Names for people, where they are not the keys.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Labels {
    /// (key, name).
    pub queues: Vec<(String, String)>,
    /// (key, name).
    pub groups: Vec<(String, String)>,
    /// The sign of money.
    pub currency: Option<String>,
    /// What was said of the baseline.
    pub validated: Option<String>,
}

impl Labels {
    /// Those of a scenario.
    #[must_use]
    pub fn of(scenario: &Scenario) -> Labels {
        let queue = |queue: &crate::scenario::Queue| Some((queue.name.clone(), queue.shown.clone()?));
        let group = |group: &crate::scenario::Group| Some((group.name.clone(), group.shown.clone()?));
        let mut labels = Labels {
            queues: scenario.queues.iter().filter_map(queue).collect(),
            groups: scenario.groups.iter().filter_map(group).collect(),
            currency: scenario.report.currency.clone(),
            validated: validated(scenario),
        };
        // By key: the order of a file's tables changes no result.
        labels.queues.sort();
        labels.groups.sort();
        labels
    }

    /// Whether anything has a name that is not its key.
    #[must_use]
    pub fn has_names(&self) -> bool {
        !(self.queues.is_empty() && self.groups.is_empty())
    }

    /// A sum of money as people write it: `1,200 €`, `$1,200`, or the bare number where no sign is given.
    #[must_use]
    pub fn money(&self, amount: &str) -> String {
        match self.currency.as_deref() {
            None => amount.to_owned(),
            Some(before @ ("$" | "£" | "¥")) => format!("{before}{amount}"),
            Some(after) => format!("{amount} {after}"),
        }
    }

    /// What people call the queue with this key.
    #[must_use]
    pub fn queue<'a>(&'a self, key: &'a str) -> &'a str {
        named(&self.queues, key)
    }

    /// What people call the group with this key.
    #[must_use]
    pub fn group<'a>(&'a self, key: &'a str) -> &'a str {
        named(&self.groups, key)
    }
}

/// What was said, and whether it was said of this.
fn validated(scenario: &Scenario) -> Option<String> {
    let said = scenario.report.validated.as_ref()?;
    Some(match &scenario.report.validated_as {
        Some(known) if *known != fingerprint(scenario) => {
            format!("{said}. This was said of what the scenario was before it was changed")
        }
        _ => said.clone(),
    })
}

fn named<'a>(names: &'a [(String, String)], key: &'a str) -> &'a str {
    names.iter().find(|(known, _)| known == key).map_or(key, |(_, name)| name)
}
