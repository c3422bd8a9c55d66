//! Names and texts that can be shown, and queues that draw for themselves.

use std::collections::BTreeMap;

use super::Checking;
use crate::reading::source::Place;
use crate::reading::tree::{Data, Node};
use crate::units::is_unprintable;

impl Checking<'_> {
    /// Reports names that could not be shown, and queues that would share all draws.
    pub(super) fn spelling(&self) {
        let scenario = self.scenario;
        let queues = scenario.queues.iter().map(|queue| ("queues", &queue.name));
        let groups = scenario.groups.iter().map(|group| ("groups", &group.name));
        let channels = scenario.channels.iter().map(|channel| ("channels", &channel.name));
        let follow_ups = scenario.follow_ups.iter().map(|follow_up| ("follow_ups", &follow_up.name));
        let variants = scenario.variants.iter().map(|variant| ("variants", &variant.name));
        for (kind, name) in queues.chain(groups).chain(channels).chain(follow_ups).chain(variants) {
            if name.trim().is_empty() {
                let title = format!("a name in `{kind}` cannot be shown");
                self.log.error(self.place(&[kind, name]), title, "it is empty");
            }
        }
        self.printable(self.tree);
        let mut streams: BTreeMap<&str, &str> = BTreeMap::new();
        for queue in &scenario.queues {
            if let Some(other) = streams.insert(&queue.stream, &queue.name) {
                let title = format!("`queues.{other}` and `queues.{}` have the same draws", queue.name);
                let reason = format!("both have the stream `{}`", queue.stream);
                self.log.error(self.place(&["queues", &queue.name, "stream"]), title, reason);
            }
        }
    }

    /// Reports keys and texts with characters that steer a terminal or break a file, wherever they stand.
    fn printable(&self, node: &Node) {
        match &node.data {
            Data::Text(text) => self.shown("a text", text, node.place),
            Data::List(items) => items.iter().for_each(|item| self.printable(item)),
            Data::Table(table) => {
                for entry in &table.entries {
                    self.shown("a name", &entry.key, entry.key_place);
                    self.printable(&entry.value);
                }
            }
            Data::Integer(_) | Data::Float(_) | Data::Flag(_) | Data::Time(_) => {}
        }
    }

    fn shown(&self, what: &str, text: &str, place: Place) {
        if let Some(c) = text.chars().find(|c| is_unprintable(*c)) {
            let reason = format!("it has the control character U+{:04X}", u32::from(c));
            self.log
                .error(place, format!("{what} cannot be shown"), reason)
                .help("names and texts are of letters, digits, signs and spaces; they have no line breaks");
        }
    }
}
