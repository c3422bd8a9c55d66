//! One value for each weekday, or for several at once: `{ mon = 13, "tue-fri" = 11 }`.

use super::days::parse_days;
use super::tree::{Data, Entry, Node, Table};
use crate::units::Weekday;

/// What the names of such a table name.
pub(crate) const WEEKDAYS: &str = "weekday";

/// The key that says, beside such a table, which weekdays there are.
const DAYS: &str = "days";

/// Which weekdays the table says that holds such a value: all where it says nothing.
pub(super) fn days_of(table: &Table) -> [bool; 7] {
    table.get(DAYS).and_then(Node::text).and_then(|text| parse_days(text).ok()).unwrap_or([true; 7])
}

/// The single weekdays of a key, as they are written; a key that names none stays as it is, for whoever reads it.
pub(super) fn single_days(key: &str) -> Vec<String> {
    match parse_days(key) {
        Ok(days) => names(days),
        Err(_) => vec![key.to_owned()],
    }
}

/// The same with a value for each single weekday: what was one number for all `days` can then differ on one of them.
pub(super) fn spelled_out(node: Node, days: [bool; 7]) -> Node {
    let Node { place, data } = node;
    let mut entries: Vec<Entry> = Vec::new();
    let mut add = |keys: Vec<String>, key_place, value: &Node| {
        entries.extend(keys.into_iter().map(|key| Entry { key, key_place, value: value.clone() }));
    };
    match data {
        Data::Table(table) => {
            for entry in table.entries {
                add(single_days(&entry.key), entry.key_place, &entry.value);
            }
        }
        data => add(names(days), place, &Node { place, data }),
    }
    Node { place, data: Data::Table(Table { entries, whole: false }) }
}

fn names(days: [bool; 7]) -> Vec<String> {
    let worked = Weekday::ALL.into_iter().filter(|day| days[day.index()]);
    worked.map(|day| day.short().to_owned()).collect()
}
