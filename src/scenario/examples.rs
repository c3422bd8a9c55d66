//! Every key has a meaning and an example, and every example is one that the key takes.

use super::{Horizon, Scenario};
use crate::reading::shape::{Key, Kind, Range, Shape};
use crate::reading::table::Keyed;
use crate::units::TimeOfDay;
use crate::units::{parse_duration, parse_within};

/// All tables that can occur.
pub(super) fn shapes(shape: &'static Shape, found: &mut Vec<&'static Shape>) {
    if found.iter().any(|known| std::ptr::eq(*known, shape)) {
        return;
    }
    found.push(shape);
    for key in shape.all() {
        shapes_of(&key.kind, found);
    }
}

fn shapes_of(kind: &Kind, found: &mut Vec<&'static Shape>) {
    match kind {
        Kind::Table(shape) | Kind::Tables(shape) | Kind::Members(shape) | Kind::Distribution(shape) => {
            shapes(shape, found)
        }
        Kind::Stepped(kind) | Kind::List(kind) | Kind::Each { value: kind, .. } => shapes_of(kind, found),
        Kind::Either(kinds) => kinds.iter().for_each(|kind| shapes_of(kind, found)),
        _ => {}
    }
}

/// Whether a value is one of a kind; the reason why not, if not.
fn fits(value: &toml::Value, kind: &Kind) -> Result<(), String> {
    let refuse = || Err(format!("{value} does not fit"));
    let text = value.as_str();
    let fine = match kind {
        Kind::Text | Kind::File | Kind::Name(_) => text.is_some_and(|text| !text.is_empty()),
        Kind::Flag => value.is_bool(),
        Kind::Count(least) => value.as_integer().is_some_and(|number| number >= *least as i64),
        Kind::Number(range) => number(value).is_some_and(|number| within(number, *range)),
        Kind::Duration => text.is_some_and(|text| parse_duration(text).is_ok()),
        Kind::Within => text.is_some_and(|text| parse_within(text).is_ok()),
        Kind::Date => value.as_datetime().is_some_and(|at| at.date.is_some() && at.time.is_none()),
        Kind::Moment => value.as_datetime().is_some_and(|at| at.date.is_some()),
        Kind::TimeOfDay => text.is_some_and(|text| TimeOfDay::parse(text).is_ok()),
        Kind::Between => text
            .and_then(|text| text.split_once('-'))
            .is_some_and(|(from, to)| TimeOfDay::parse(from).is_ok() && TimeOfDay::parse(to).is_ok()),
        Kind::Days => text.is_some_and(|text| text.split('-').all(|day| day.len() == 3)),
        Kind::Word { words } => text.is_some_and(|text| words.contains(&text)),
        Kind::Distribution(shape) if value.is_table() => return fits_table(value, shape),
        Kind::Distribution(_) => return fits(value, &Kind::Duration),
        Kind::Table(shape) => return fits_table(value, shape),
        Kind::Stepped(kind) => {
            let table = value.as_table();
            let steps = table.filter(|table| table.keys().all(|key| TimeOfDay::parse(key).is_ok()));
            return match steps {
                Some(steps) => steps.values().try_for_each(|value| fits(value, kind)),
                None => fits(value, kind),
            };
        }
        Kind::List(kind) => {
            let Some(items) = value.as_array().filter(|items| !items.is_empty()) else { return refuse() };
            return items.iter().try_for_each(|item| fits(item, kind));
        }
        Kind::Each { value: kind, .. } => {
            let Some(table) = value.as_table() else { return refuse() };
            return table.values().try_for_each(|value| fits(value, kind));
        }
        Kind::Tables(shape) | Kind::Members(shape) => {
            let Some(tables) = value.as_table() else { return refuse() };
            return tables.values().try_for_each(|value| fits_table(value, shape));
        }
        Kind::Either(kinds) => kinds.iter().any(|kind| fits(value, kind).is_ok()),
        Kind::Paths | Kind::Variants(_) => value.is_table(),
    };
    if fine { Ok(()) } else { refuse() }
}

/// Whether a table has all keys that it needs, and only keys that there are.
fn fits_table(value: &toml::Value, shape: &Shape) -> Result<(), String> {
    let Some(table) = value.as_table() else { return Err(format!("{value} is no table")) };
    for (name, value) in table {
        let key = shape.key(name).ok_or_else(|| format!("`{name}` is no key of {}", shape.name))?;
        fits(value, &key.kind).map_err(|reason| format!("`{name}` of {}: {reason}", shape.name))?;
    }
    match shape.keys.iter().find(|key| key.default == "required" && !table.contains_key(key.name)) {
        Some(missing) => Err(format!("`{}` is missing", missing.name)),
        None => Ok(()),
    }
}

fn number(value: &toml::Value) -> Option<f64> {
    value.as_float().or(value.as_integer().map(|number| number as f64))
}

fn within(number: f64, range: Range) -> bool {
    match range {
        Range::Any => true,
        Range::NotNegative => number >= 0.0,
        Range::Positive => number > 0.0,
        Range::Share => (0.0..=1.0).contains(&number),
        Range::Inside => number > 0.0 && number < 1.0,
        Range::Part => number > 0.0 && number <= 1.0,
        Range::AtLeastOne => number >= 1.0,
    }
}

/// What is wrong with the documentation of a key.
fn fault(key: &Key) -> Option<String> {
    let line = key.line();
    if key.doc.is_empty() || key.doc.ends_with('.') || key.doc.contains("  ") {
        return Some(format!("its meaning is {:?}", key.doc));
    }
    let table: toml::Table = match line.parse() {
        Ok(table) => table,
        Err(error) => return Some(format!("its example `{line}` is no TOML: {error}")),
    };
    let value = &table[key.name];
    fits(value, &key.kind).err().map(|reason| format!("its example `{line}`: {reason}"))
}

#[test]
fn every_key_has_a_meaning_and_an_example_that_it_takes() {
    let mut all = Vec::new();
    shapes(Scenario::SHAPE, &mut all);
    let mut faults: Vec<String> = Vec::new();
    for shape in all {
        for key in shape.keys {
            faults.extend(fault(key).map(|fault| format!("`{}` of {}: {fault}", key.name, shape.name)));
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// The check itself finds what is wrong.
#[test]
fn a_key_without_example_or_with_a_wrong_one_is_found() {
    let key = |kind, example, doc| Key {
        table: "queue",
        name: "talk",
        was: &[],
        also: &[],
        kind,
        default: "",
        example,
        doc,
    };
    let faulty = |kind, example| fault(&key(kind, example, "How long")).is_some();
    assert!(!faulty(Kind::Duration, "\"3m\""));
    assert!(faulty(Kind::Duration, ""));
    assert!(faulty(Kind::Duration, "\"3 moons\""));
    assert!(faulty(Kind::Count(1), "0"));
    assert!(faulty(Kind::Table(Horizon::SHAPE), "{ dayz = 7 }"));
    assert!(fault(&key(Kind::Duration, "\"3m\"", "")).is_some());
}
