//! What people call queues, groups and money: something to read, and no two queues alike.

use std::collections::BTreeMap;

use super::Checking;

/// The longest sign of money, in letters.
const MOST_OF_MONEY: usize = 12;

impl Checking<'_> {
    /// Reports names that say nothing, and those that another one has.
    pub(super) fn shown_names(&self) {
        let queues = self.scenario.queues.iter().map(|queue| (queue.name.as_str(), queue.shown.as_deref()));
        self.named("queues", "queue", &queues.collect::<Vec<_>>());
        let groups = self.scenario.groups.iter().map(|group| (group.name.as_str(), group.shown.as_deref()));
        self.named("groups", "group", &groups.collect::<Vec<_>>());
        if let Some(currency) = &self.scenario.report.currency {
            let place = self.place(&["report", "currency"]);
            let plain = !currency.trim().is_empty() && !currency.chars().any(char::is_control);
            if !plain || currency.chars().count() > MOST_OF_MONEY {
                let title = "`report.currency` is no sign of money";
                let reason = if plain { "it is longer than a sign" } else { "it says nothing" };
                let logged = self.log.error(place, title.to_owned(), reason.to_owned());
                logged.help("write a sign or a word, as `\"€\"` or `\"USD\"`");
            }
        }
    }

    /// (key, what people call it) of all of a kind.
    fn named(&self, table: &str, kind: &str, all: &[(&str, Option<&str>)]) {
        // A key is what the other ones are called.
        let mut known: BTreeMap<&str, &str> =
            all.iter().filter(|(_, shown)| shown.is_none()).map(|(key, _)| (*key, *key)).collect();
        for (key, shown) in all {
            let Some(shown) = shown else { continue };
            let (place, path) = (self.place(&[table, key, "name"]), format!("{table}.{key}.name"));
            if shown.trim().is_empty() || shown.chars().any(char::is_control) {
                let title = format!("`{path}` is no name");
                let logged = self.log.error(place, title, "there is nothing to read in one line".to_owned());
                logged.help("leave it out: the key is shown then");
            } else if let Some(other) = known.insert(shown, key) {
                let title = format!("`{path}` is what another {kind} is called");
                let logged =
                    self.log.error(place, title, format!("`{table}.{other}` is shown by this name too"));
                logged.help("nobody could tell them apart on the page");
            }
        }
    }
}
