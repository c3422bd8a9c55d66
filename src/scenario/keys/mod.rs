//! Every key a scenario may have: its type, unit, default and meaning.
//!
//! One declarative table serves four: the decoder asks for nothing that is not declared here, the
//! JSON Schema and the reference documentation are written from it, and an unknown key is compared
//! with it.

mod arrivals;
mod centre;
mod channel;
#[cfg(test)]
mod examples;
mod follow_up;
mod group;
mod moves;
mod queue;
mod reference;
mod returns;
mod routing;
mod schema;
mod times;

pub use reference::reference;
pub use schema::schema;

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

/// A kind of table: which keys it may have.
pub(super) struct Shape {
    /// What the reference calls it, in the singular.
    pub(super) name: &'static str,
    /// One sentence.
    pub(super) doc: &'static str,
    /// Its keys, in the order of the reference.
    pub(super) keys: &'static [Key],
    /// Further keys that it shares with another kind of table.
    pub(super) base: Option<&'static Shape>,
}

/// One key of a table.
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// What holds when it is left out, as it would be written; `required` where it must be given.
    pub(super) default: &'static str,
    /// A value as it would be written; one that begins with a dot follows the key as it is
    /// (`.chat = { kind = "chat" }` of `channels`).
    pub(super) example: &'static str,
    /// One line, without a period.
    pub(super) doc: &'static str,
}

/// What a number may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Range {
    /// Any finite number.
    Any,
    /// 0 or more.
    NotNegative,
    /// More than 0.
    Positive,
    /// 0 to 1.
    Share,
    /// More than 0, less than 1.
    Inside,
    /// More than 0, at most 1.
    Part,
    /// 1 or more.
    AtLeastOne,
}

/// What a value may be.
pub(super) enum Kind {
    /// A text.
    Text,
    /// `true` or `false`.
    Flag,
    /// A whole number of at least so many.
    Count(u64),
    /// A number.
    Number(Range),
    /// A duration: `"4m30s"`.
    Duration,
    /// A duration that may count working days: `"2wd"`.
    Within,
    /// A date: `2026-03-02`.
    Date,
    /// A date and time, or a duration since the start in a study without calendar.
    Moment,
    /// A time of day: `"08:00"`.
    TimeOfDay,
    /// Two times of day: `"12:00-13:30"`.
    Between,
    /// Weekdays: `"mon-fri"`.
    Days,
    /// One of these words; `later` are designed but not supported yet.
    Word {
        /// What may be written.
        words: &'static [&'static str],
        /// What is refused by name.
        later: &'static [&'static str],
    },
    /// The name of a queue, a channel, ...
    Name(&'static str),
    /// A law of times, or a duration for a constant.
    Law(&'static Shape),
    /// A number or duration that may be a step table.
    Stepped(&'static Kind),
    /// A list.
    List(&'static Kind),
    /// A value for each of some names: `{ billing = 0.8 }`.
    Each {
        /// What the names name.
        of: &'static str,
        /// What each has.
        value: &'static Kind,
    },
    /// A table of one kind.
    Table(&'static Shape),
    /// Any number of named tables of one kind.
    Tables(&'static Shape),
    /// One of several.
    Either(&'static [Kind]),
    /// A table of settings by dotted path.
    Paths,
}

impl Shape {
    /// All keys, its own first.
    pub(super) fn all(&self) -> impl Iterator<Item = &'static Key> + Clone {
        self.keys.iter().chain(self.base.map_or(&[][..], |base| base.keys))
    }

    /// The key of this name.
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        self.all().find(|key| key.name == name)
    }
}

impl Key {
    /// The example as a whole line: `talk = "3m"`.
    fn line(&self) -> String {
        let equals = if self.example.starts_with('.') { "" } else { " = " };
        format!("{}{equals}{}", self.name, self.example)
    }
}

const fn key(
    name: &'static str,
    kind: Kind,
    default: &'static str,
    example: &'static str,
    doc: &'static str,
) -> Key {
    Key { name, kind, default, example, doc }
}

const fn words(words: &'static [&'static str]) -> Kind {
    Kind::Word { words, later: &[] }
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

    type Used = BTreeSet<(&'static str, &'static str)>;

    /// Notes which declared keys a value uses.
    fn note(value: &toml::Value, kind: &Kind, used: &mut Used) {
        match (value, kind) {
            (toml::Value::Table(table), Kind::Table(shape) | Kind::Law(shape)) => {
                note_table(table, shape, used)
            }
            (toml::Value::Table(tables), Kind::Tables(shape)) => {
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
