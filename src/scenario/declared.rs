//! What is declared is what is read, and the defaults of the reference are those that hold.

use std::collections::BTreeSet;
use std::path::Path;

use super::Scenario;
use super::examples::shapes;
use crate::reading::shape::{Key, Kind, Shape};
use crate::reading::table::Keyed;

type Used = BTreeSet<(&'static str, &'static str)>;

/// Notes which declared keys a value uses.
fn note(value: &toml::Value, kind: &Kind, used: &mut Used) {
    match (value, kind) {
        (toml::Value::Table(table), Kind::Table(shape) | Kind::Distribution(shape)) => {
            note_table(table, shape, used)
        }
        (toml::Value::Table(tables), Kind::Tables(shape) | Kind::Members(shape)) => {
            tables
                .values()
                .filter_map(|value| value.as_table())
                .for_each(|table| note_table(table, shape, used));
        }
        (toml::Value::Table(steps), Kind::Stepped(kind))
            if steps.keys().all(|key| key.as_bytes()[0] < b':') =>
        {
            steps.values().for_each(|value| note(value, kind, used));
        }
        (_, Kind::Stepped(kind)) => note(value, kind, used),
        (toml::Value::Table(each), Kind::Each { value: kind, .. }) => {
            each.values().for_each(|value| note(value, kind, used));
        }
        (_, Kind::Either(kinds)) => kinds.iter().for_each(|kind| note(value, kind, used)),
        _ => {}
    }
}

fn note_table(table: &toml::Table, shape: &'static Shape, used: &mut Used) {
    for (name, value) in table {
        let Some(key) = shape.key(name) else { continue };
        // A key that tables share belongs to the one that declares it.
        let own = shape.keys.iter().any(|own| own.name == key.name);
        let owner = if own { shape } else { shape.base().unwrap_or(shape) };
        used.insert((owner.name, key.name));
        note(value, &key.kind, used);
    }
}

/// A key that was not asked for is reported as one that has no meaning; so files that use all declared keys
/// without a mistake show that all of them are read.
#[test]
fn every_declared_key_is_read() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/every_key");
    let mut used = Used::new();
    for name in ["base", "calendar", "channels", "steady", "tables"] {
        let path = folder.join(name).with_extension("toml");
        if name != "base" {
            Scenario::load(&path, &[]).unwrap_or_else(|found| panic!("{found}"));
        }
        let text = std::fs::read_to_string(path).expect("it can be read");
        note_table(&text.parse().expect("it is valid TOML"), Scenario::SHAPE, &mut used);
    }
    let mut all = Vec::new();
    shapes(Scenario::SHAPE, &mut all);
    for shape in all {
        for key in shape.keys {
            let known = used.contains(&(shape.name, key.name));
            assert!(known, "no test file uses `{}` of {}", key.name, shape.name);
        }
    }
}

/// A file of a table is of no use before a key of another one holds it.
#[test]
fn every_declared_table_has_its_place() {
    let mut all = Vec::new();
    shapes(Scenario::SHAPE, &mut all);
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/scenario");
    let mut found = 0;
    for file in std::fs::read_dir(folder).expect("the folder can be listed") {
        let path = file.expect("it can be listed").path();
        let text =
            if path.is_file() { std::fs::read_to_string(&path).expect("it can be read") } else { continue };
        for block in text.split("\ntable! {").skip(1) {
            let head = block
                .lines()
                .map(str::trim_start)
                .find(|line| !line.starts_with(['/', '#']) && !line.is_empty());
            let called = head.and_then(|head| head.split('"').nth(1));
            let called = called.unwrap_or_else(|| panic!("a table without a name in {}", path.display()));
            found += 1;
            // Its keys stand in the tables that share them.
            let placed = called == "table file" || all.iter().any(|shape| shape.name == called);
            assert!(placed, "no key of another table holds `{called}` of {}", path.display());
        }
    }
    assert_eq!(found, all.len() + 1, "tables that are declared elsewhere");
}

/// The paths of all keys that have a default.
fn defaults(table: &toml::Table, shape: &'static Shape, path: &str, found: &mut Vec<(String, &'static Key)>) {
    for key in shape.all() {
        let path = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        // Most others are told in words.
        if format!("x = {}", key.default).parse::<toml::Table>().is_ok() {
            found.push((path.clone(), key));
        }
        if let Some(value) = table.get(key.name) {
            defaults_within(value, &key.kind, &path, found);
        }
    }
}

fn defaults_within(value: &toml::Value, kind: &Kind, path: &str, found: &mut Vec<(String, &'static Key)>) {
    let toml::Value::Table(table) = value else { return };
    match kind {
        Kind::Table(shape) | Kind::Distribution(shape) => defaults(table, shape, path, found),
        Kind::Tables(shape) | Kind::Members(shape) => table.iter().for_each(|(name, value)| {
            if let toml::Value::Table(table) = value {
                defaults(table, shape, &format!("{path}.\"{name}\""), found);
            }
        }),
        Kind::Stepped(kind) if !table.keys().any(|key| key.starts_with(|c: char| c.is_ascii_digit())) => {
            defaults_within(value, kind, path, found);
        }
        Kind::Either(kinds) => kinds.iter().for_each(|kind| defaults_within(value, kind, path, found)),
        _ => {}
    }
}

/// The reference says what holds where a key is left out; what is taken must be the same.
#[test]
fn a_documented_default_written_out_changes_nothing() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let (mut shown, mut wrong) = (BTreeSet::new(), Vec::new());
    for name in [
        "tests/every_key/calendar",
        "tests/every_key/channels",
        "tests/every_key/steady",
        "scenarios/omnichannel",
    ] {
        let loaded = Scenario::load(&root.join(name).with_extension("toml"), &[])
            .unwrap_or_else(|found| panic!("{found}"));
        let table: toml::Table = loaded.resolved_toml.parse().expect("it is valid TOML");
        let mut settings = Vec::new();
        defaults(&table, Scenario::SHAPE, "", &mut settings);
        for (path, key) in settings {
            let with = |value: &str| {
                let setting = format!("{path}={value}");
                Scenario::from_text(name, &loaded.resolved_toml, &[setting])
                    .ok()
                    .map(|loaded| loaded.scenario)
            };
            // Keys of another kind of channel, or beside another key, are refused.
            let (Some(without), Some(with)) = (with("none"), with(key.default)) else { continue };
            if without != with {
                wrong.push(format!("{name}: `{path}`"));
            }
            shown.insert(key.name);
        }
    }
    assert!(wrong.is_empty(), "no defaults: {wrong:#?}");
    for key in [
        "accept",
        "ring",
        "retry_after",
        "duplicate",
        "concurrency",
        "wind_down",
        "found_out",
        "confidence",
        "interval",
        "priority",
        "requeue",
        "at_close",
        "formula",
        "speed",
        "paid",
    ] {
        assert!(shown.contains(key), "the default of `{key}` was not looked at: {shown:?}");
    }
}
