//! `[sweep]` and `[variants.NAME]`: what changes, by dotted path.

use super::sweep::{Axis, Sweep, Values, Variant};
use crate::reading::Setting;
use crate::reading::fields::Fields;
use crate::reading::kinds::Declares;
use crate::reading::resolved::literal;
use crate::reading::shape::Kind;
use crate::reading::tree::{Data, Node, flatten};
use crate::reading::values;
use crate::vocabulary::Quantity;

/// Paths with their values.
pub(super) enum Swept {}

impl Declares for Swept {
    const KIND: Kind = Kind::Paths;
}

/// Reads `[sweep]`.
pub(super) fn sweep(root: &Fields<'_>, key: &str) -> Sweep {
    let mut sweep = Sweep::default();
    let place = root.place_of(key);
    for (key, _, node) in root.each(key) {
        match key {
            "zip" => sweep.axes.extend(zipped(root, node)),
            "sample" => sweep.sample = sample(root, node),
            path => sweep.axes.extend(read(root, path, node).map(|values| {
                let paths = vec![(path.to_owned(), values)];
                Axis { paths }
            })),
        }
    }
    if let Err(reason) = sweep.len() {
        let help = "give every path at least one value, and all of them ten million points at most";
        root.cx.log.error(place, "the sweep cannot be played", reason).help(help);
    }
    sweep
}

/// Paths that move together: `zip = [{ a = [1, 2], b = [3, 4] }]`.
fn zipped(root: &Fields<'_>, node: &Node) -> Vec<Axis> {
    let Data::List(items) = &node.data else {
        values::wrong_type(root.cx.log, node, "sweep.zip", "a list of tables");
        return Vec::new();
    };
    let axis = |item: &Node| {
        let Some(table) = item.table() else {
            values::wrong_type(root.cx.log, item, "sweep.zip", "a table of paths and values");
            return None;
        };
        let mut settings = Vec::new();
        flatten(table, "", &mut |path, node| settings.push((path, node.clone())));
        let paths = settings.into_iter().filter_map(|(path, node)| {
            let values = read(root, &path, &node)?;
            Some((path, values))
        });
        Some(Axis { paths: paths.collect() })
    };
    items.iter().filter_map(axis).collect()
}

/// `sample = { points = 100, method = "latin_hypercube" }`.
fn sample(root: &Fields<'_>, node: &Node) -> Option<u64> {
    let log = root.cx.log;
    let Some(table) = node.table() else {
        values::wrong_type(log, node, "sweep.sample", "a table with `points`");
        return None;
    };
    for entry in &table.entries {
        let known = match (entry.key.as_str(), &entry.value.data) {
            ("points", Data::Integer(points)) => *points >= 1,
            ("method", Data::Text(method)) => method == "latin_hypercube",
            _ => false,
        };
        if !known {
            let help = "write it like { points = 100, method = \"latin_hypercube\" }";
            let title = format!("`sweep.sample.{}` is not understood", entry.key);
            log.error(entry.value.place, title, "neither `points` nor a known `method`").help(help);
        }
    }
    match table.get("points").map(|node| &node.data) {
        Some(Data::Integer(points)) if *points >= 1 => Some(*points as u64),
        Some(_) => None,
        None => {
            log.error(node.place, "`sweep.sample` needs `points`", "how many?");
            None
        }
    }
}

/// The values of a path: a list, or `{ from, to, step }`.
fn read(root: &Fields<'_>, path: &str, node: &Node) -> Option<Values> {
    let log = root.cx.log;
    match &node.data {
        Data::List(items) => Some(Values::List(
            items.iter().map(|item| literal(item, root.cx.sources, root.shape(), path)).collect(),
        )),
        Data::Table(table) => {
            let quantity = |key: &str| {
                let value = table.get(key)?;
                let read = match &value.data {
                    Data::Integer(number) => Some(Quantity::Whole(*number)),
                    Data::Float(number) => Some(Quantity::Number(*number)),
                    Data::Text(text) => Quantity::parse(text),
                    _ => None,
                };
                if read.is_none() {
                    let name = format!("sweep.{path}.{key}");
                    values::wrong_type(log, value, &name, "a number or a duration");
                }
                read
            };
            let unknown =
                table.entries.iter().find(|entry| !["from", "to", "step"].contains(&entry.key.as_str()));
            if let Some(entry) = unknown {
                let title = format!("`{}` is no key of a range", entry.key);
                log.error(entry.key_place, title, "a range has `from`, `to` and `step`");
            }
            for key in ["from", "to"] {
                if table.get(key).is_none() {
                    log.error(node.place, format!("the range of `{path}` needs `{key}`"), "no end");
                }
            }
            Some(Values::Range(quantity("from")?, quantity("to")?, quantity("step")))
        }
        _ => {
            values::wrong_type(log, node, &format!("sweep.{path}"), "a list of values or { from, to, step }");
            None
        }
    }
}

/// Reads `[variants]`.
pub(super) fn variants(root: &Fields<'_>, key: &str) -> Vec<Variant> {
    let mut variants = Vec::new();
    for (name, place, node) in root.each(key) {
        let Some(table) = node.table() else {
            values::wrong_type(root.cx.log, node, &format!("variants.{name}"), "a table of settings");
            continue;
        };
        let mut settings = Vec::new();
        flatten(table, "", &mut |path, node| {
            let value = literal(node, root.cx.sources, root.shape(), &path);
            settings.push(Setting::read(&format!("{path}={value}")));
        });
        if settings.is_empty() {
            let title = format!("the variant `{name}` changes nothing");
            root.cx.log.warning(place, title, "it has no settings");
        }
        variants.push(Variant { name: name.to_owned(), settings });
    }
    variants
}
