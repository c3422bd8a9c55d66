//! Names that keys had in earlier versions: a file that uses one is read as if it had today's.

use std::collections::BTreeSet;

use super::diagnostic::Log;
use super::meaning::Meaning;
use super::setting;
use super::shape::{Kind, Shape};
use super::tree::{Data, Entry, Node};

/// Gives every key of a file the name that it has now, and says so once a name.
pub(crate) fn bring_up_to_date(tree: &mut Node, root: &'static Shape, log: &Log) {
    Renaming { root, log, told: BTreeSet::new() }.within(tree, Meaning::Table(root));
}

struct Renaming<'a> {
    root: &'static Shape,
    log: &'a Log,
    told: BTreeSet<String>,
}

impl Renaming<'_> {
    fn within(&mut self, node: &mut Node, meaning: Meaning) {
        match &mut node.data {
            Data::Table(table) => {
                for number in 0..table.entries.len() {
                    self.key(&mut table.entries, number, meaning);
                    let entry = &mut table.entries[number];
                    let meaning = match meaning {
                        Meaning::Value(Kind::Paths) if entry.key == "zip" => meaning,
                        Meaning::Value(Kind::Paths) => setting::meaning(self.root, &entry.key),
                        _ => meaning.of(&entry.key),
                    };
                    self.within(&mut entry.value, meaning);
                }
            }
            Data::List(items) => {
                // The tables of `zip` hold paths, as the table around them does.
                let item = if meaning.is_settings() { meaning } else { meaning.item() };
                items.iter_mut().for_each(|node| self.within(node, item));
            }
            _ => {}
        }
    }

    /// Renames one of several keys, unless it has its name already.
    fn key(&mut self, entries: &mut [Entry], number: usize, meaning: Meaning) {
        let entry = &entries[number];
        let now = match meaning.now_called(&entry.key) {
            Some(now) => now.to_owned(),
            // Sweeps and variants name keys by their whole path.
            None => match setting::now_called(self.root, &entry.key) {
                Some(now) => now,
                None => return,
            },
        };
        let (was, place) = (entry.key.clone(), entry.key_place);
        if entries.iter().any(|entry| entry.key == now) {
            let title = format!("`{now}` is given twice: `{was}` is its old name");
            self.log.error(place, title, "one of them must go");
        } else if self.told.insert(was.clone()) {
            let title = format!("`{was}` is called `{now}` now");
            self.log.warning(place, title, "the old name is still understood");
        }
        entries[number].key = now;
    }
}
