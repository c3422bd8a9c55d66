//! Every key a scenario may have.

mod arrivals;
mod centre;
mod channel;
#[cfg(test)]
mod examples;
mod follow_up;
mod group;
mod moves;
mod queue;
mod returns;
mod routing;
mod times;

pub(super) use centre::*;
pub(super) use channel::*;
pub(super) use group::*;
pub(super) use routing::*;
pub(super) use times::*;

use arrivals::*;
use follow_up::*;
use moves::*;
use queue::*;
use returns::*;

use crate::reading::shape::{Kind, Range};

/// The JSON Schema of scenario files. Nothing is required in it, as a file may extend another.
#[must_use]
pub fn schema() -> serde_json::Value {
    crate::reading::schema(&SCENARIO, "holdline scenario")
}

/// The reference of all keys; `docs/scenario.md` holds it.
#[must_use]
pub fn reference() -> String {
    crate::reading::reference(&SCENARIO, include_str!("preamble.md"))
}

/// The name of a queue.
const QUEUE_NAME: Kind = Kind::Name("queue");

/// Queues with a share each.
const TO_QUEUES: Kind = Kind::Each { of: "queue", value: &Kind::Number(Range::Share) };

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::path::Path;

    use super::super::Scenario;
    use super::examples::shapes;
    use super::*;
    use crate::reading::shape::{Kind, Shape};

    type Used = BTreeSet<(&'static str, &'static str)>;

    /// Notes which declared keys a value uses.
    fn note(value: &toml::Value, kind: &Kind, used: &mut Used) {
        match (value, kind) {
            (toml::Value::Table(table), Kind::Table(shape) | Kind::Law(shape)) => {
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
            (_, Kind::Either(kinds)) => kinds.iter().for_each(|kind| note(value, kind, used)),
            _ => {}
        }
    }

    fn note_table(table: &toml::Table, shape: &'static Shape, used: &mut Used) {
        for (name, value) in table {
            let Some(key) = shape.key(name) else { continue };
            // A key that tables share belongs to the one that declares it.
            let own = shape.keys.iter().any(|own| own.name == key.name);
            let owner = if own { shape } else { shape.base.unwrap_or(shape) };
            used.insert((owner.name, key.name));
            note(value, &key.kind, used);
        }
    }

    /// The decoder reports as unknown every key that it does not ask for, and cannot ask for one
    /// that is not declared; so files that use all declared keys without a mistake show that the
    /// table and the decoder agree.
    #[test]
    fn the_decoder_reads_every_declared_key() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/every_key");
        let mut used = Used::new();
        for name in ["base", "calendar", "channels", "steady", "tables"] {
            let path = folder.join(name).with_extension("toml");
            if name != "base" {
                Scenario::load(&path, &[]).unwrap_or_else(|found| panic!("{found}"));
            }
            let text = std::fs::read_to_string(path).expect("it can be read");
            note_table(&text.parse().expect("it is valid TOML"), &SCENARIO, &mut used);
        }
        let mut all = Vec::new();
        shapes(&SCENARIO, &mut all);
        for shape in all {
            for key in shape.keys {
                let known = used.contains(&(shape.name, key.name));
                assert!(known, "no test file uses `{}` of {}", key.name, shape.name);
            }
        }
    }
}
