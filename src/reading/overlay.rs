//! One file laid over another: how `extends` merges, and how `"none"` unsets.

use std::collections::BTreeMap;

use super::by_weekday::{days_of, spelled_out};
use super::meaning::Meaning;
use super::relative;
use super::shape::Shape;
use super::tree::{Data, Node, Table};

/// Lays `over` over `base`: tables merge by key; distributions, lists and single values are replaced whole;
/// a number or a time that says a change (`"+2"`, `"-10%"`) changes what was there.
///
/// A distribution that is reached by dotted keys (`talk.mean = "3m"`) keeps what is not named; one written
/// as a whole (`talk = { mean = "3m" }` or under a header of its own) replaces what was there.
pub(crate) fn lay_over(base: Node, over: Node, root: &'static Shape) -> Node {
    merge(base, over, Meaning::Table(root))
}

/// The same of a part of the file, where it is known what that means.
pub(crate) fn merge(base: Node, over: Node, meaning: Meaning) -> Node {
    if let Some(data) = over.text().and_then(|text| relative::changed(&base, text, meaning)) {
        return Node { place: over.place, data };
    }
    let (Data::Table(mut below), Data::Table(above)) = (base.data, over.data.clone()) else { return over };
    let steps = |table: &Table| meaning.is_stepped() && is_steps(table);
    let each_day = meaning.is_by_weekday() && above.whole;
    if meaning.is_distribution() && names_distribution(&above) || steps(&above) || steps(&below) || each_day {
        return over;
    }
    let days = if above.get("days").is_some() { days_of(&above) } else { days_of(&below) };
    let mut index: BTreeMap<String, usize> =
        below.entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
    for mut entry in above.entries {
        match index.get(&entry.key).and_then(|at| below.entries.get_mut(*at)) {
            Some(known) => {
                let mut old =
                    std::mem::replace(&mut known.value, Node { place: over.place, data: Data::Flag(false) });
                let of_key = meaning.of(&entry.key);
                if of_key.is_by_weekday() && entry.value.table().is_some_and(|table| !table.whole) {
                    // One weekday alone is changed: each gets a number of its own.
                    old = spelled_out(old, days);
                    entry.value = spelled_out(entry.value, days);
                }
                known.value = merge(old, entry.value, of_key);
                known.key_place = entry.key_place;
            }
            None => {
                let text = entry.value.text();
                if let Some(data) = text.and_then(|text| relative::changed_default(meaning, &entry.key, text))
                {
                    entry.value.data = data;
                }
                index.insert(entry.key.clone(), below.entries.len());
                below.entries.push(entry);
            }
        }
    }
    Node { place: over.place, data: Data::Table(below) }
}

/// Whether a table in one piece says which distribution it is. One that has further keys alone (`{ balk = 0.02 }`)
/// adds to what was there.
fn names_distribution(table: &Table) -> bool {
    table.whole && ["kind", "mean"].iter().any(|key| table.get(key).is_some())
}

/// Steps hang together like a list: `{ "08:00" = 12, "12:00" = 20 }`.
fn is_steps(table: &Table) -> bool {
    let time = |key: &str| key.starts_with(|c: char| c.is_ascii_digit());
    table.whole && table.entries.iter().any(|entry| time(&entry.key))
}

/// Takes out every key whose value is `"none"`; what sweeps and variants say waits until they are laid
/// over the file.
pub(crate) fn unset(tree: &mut Node, root: &'static Shape) {
    unset_within(tree, Meaning::Table(root), 0, false);
}

/// `later`: within sweeps and variants, of which only those named as a whole are taken out.
fn unset_within(node: &mut Node, meaning: Meaning, depth: usize, later: bool) {
    if let Data::Table(table) = &mut node.data {
        table.entries.retain(|entry| (later && depth > 1) || entry.value.text() != Some("none"));
        for entry in &mut table.entries {
            let meaning = meaning.of(&entry.key);
            unset_within(&mut entry.value, meaning, depth + 1, later || meaning.is_settings());
        }
    }
}
