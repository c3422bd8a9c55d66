//! One file laid over another: how `extends` merges, and how `"none"` unsets.

use std::collections::BTreeMap;

use super::tree::{Data, Node, Table};

/// Lays `over` over `base`: tables merge by key; laws, lists and single values are replaced whole.
///
/// A law that is reached by dotted keys (`talk.mean = "3m"`) keeps what is not named; one written
/// as a whole (`talk = { mean = "3m" }` or under a header of its own) replaces what was there.
pub(super) fn lay_over(base: Node, over: Node) -> Node {
    merge(base, over, &mut Vec::new())
}

/// The same within `path`, which says what the tables are.
pub(super) fn merge(base: Node, over: Node, path: &mut Vec<String>) -> Node {
    let (Data::Table(mut below), Data::Table(above)) = (base.data, over.data.clone()) else { return over };
    if is_law(&above, path) && above.whole || is_steps(&above) || is_steps(&below) {
        return over;
    }
    let mut index: BTreeMap<String, usize> =
        below.entries.iter().enumerate().map(|(at, entry)| (entry.key.clone(), at)).collect();
    for entry in above.entries {
        match index.get(&entry.key).and_then(|at| below.entries.get_mut(*at)) {
            Some(known) => {
                path.push(entry.key.clone());
                let old =
                    std::mem::replace(&mut known.value, Node { place: over.place, data: Data::Flag(false) });
                known.value = merge(old, entry.value, path);
                known.key_place = entry.key_place;
                path.pop();
            }
            None => {
                index.insert(entry.key.clone(), below.entries.len());
                below.entries.push(entry);
            }
        }
    }
    Node { place: over.place, data: Data::Table(below) }
}

/// Anything with `kind` or `mean` is a law, but for channels and transfers, which have kinds too.
fn is_law(table: &Table, path: &[String]) -> bool {
    let parent = path.len().checked_sub(2).map(|index| path[index].as_str());
    let has = |key: &str| table.get(key).is_some();
    (has("kind") || has("mean")) && !matches!(parent, Some("channels" | "transfers"))
}

/// Steps hang together like a list: `{ "08:00" = 12, "12:00" = 20 }`.
fn is_steps(table: &Table) -> bool {
    let time = |key: &str| key.starts_with(|c: char| c.is_ascii_digit());
    table.whole && table.entries.iter().any(|entry| time(&entry.key))
}

/// Takes out every key whose value is `"none"`; what sweeps and variants say waits until they are laid
/// over the file.
pub(super) fn unset(tree: &mut Node) {
    unset_within(tree, 0, false);
}

/// `later`: within sweeps and variants, of which only those named as a whole are taken out.
fn unset_within(node: &mut Node, depth: usize, later: bool) {
    if let Data::Table(table) = &mut node.data {
        table.entries.retain(|entry| (later && depth > 1) || entry.value.text() != Some("none"));
        for entry in &mut table.entries {
            let later = later || depth == 0 && matches!(entry.key.as_str(), "sweep" | "variants");
            unset_within(&mut entry.value, depth + 1, later);
        }
    }
}
