//! What the declarations say of a node of the tree, for whoever walks it without decoding it.

use super::by_weekday::WEEKDAYS;
use super::shape::{Kind, Range, Shape};

/// What is known of one node.
#[derive(Clone, Copy)]
pub(crate) enum Meaning {
    /// It is the value of a key.
    Value(&'static Kind),
    /// It is a table of this shape: the whole file, or one of several with names.
    Table(&'static Shape),
    /// Nothing: no such key is declared, or everything may stand there.
    Unknown,
}

impl Meaning {
    /// What the value of `key` within it is.
    pub(crate) fn of(self, key: &str) -> Meaning {
        match self {
            Meaning::Table(shape) => within(shape, key),
            Meaning::Value(kind) => entry(kind, key),
            Meaning::Unknown => Meaning::Unknown,
        }
    }

    /// The tables that it may be.
    fn tables(self) -> impl Iterator<Item = &'static Shape> {
        let whole = if let Meaning::Table(shape) = self { Some(shape) } else { None };
        let of_value = self.alternatives().filter_map(|kind| match kind {
            Kind::Table(shape) | Kind::Distribution(shape) => Some(*shape),
            _ => None,
        });
        whole.into_iter().chain(of_value)
    }

    /// What the key `name` within it is called now, if that is another name than it had once.
    pub(super) fn now_called(self, name: &str) -> Option<&'static str> {
        let mut unnamed = self.tables().filter(|shape| shape.key(name).is_none());
        unnamed.find_map(|shape| shape.once_called(name)).map(|key| key.name)
    }

    /// What stands at the end of a path.
    pub(crate) fn at<'p>(self, path: impl IntoIterator<Item = &'p str>) -> Meaning {
        path.into_iter().fold(self, Meaning::of)
    }

    /// What an item of it is, where it is a list.
    pub(crate) fn item(self) -> Meaning {
        match self.alternatives().find_map(|kind| if let Kind::List(of) = kind { Some(*of) } else { None }) {
            Some(of) => Meaning::Value(of),
            None => Meaning::Unknown,
        }
    }

    /// Whether it is the path of a file.
    pub(crate) fn is_file(self) -> bool {
        self.alternatives().any(|kind| matches!(kind, Kind::File))
    }

    /// Whether it is a distribution of times.
    pub(crate) fn is_distribution(self) -> bool {
        self.alternatives()
            .any(|kind| matches!(kind, Kind::Distribution(_) | Kind::Stepped(Kind::Distribution(_))))
    }

    /// Whether it may have steps over the day.
    pub(crate) fn is_stepped(self) -> bool {
        self.alternatives().any(|kind| matches!(kind, Kind::Stepped(_)))
    }

    /// What holds where the key `name` within it is left out, as it would be written.
    pub(super) fn default_of(self, name: &str) -> Option<&'static str> {
        self.tables().find_map(|shape| shape.key(name)).map(|key| key.default)
    }

    /// Whether it is a number or a time, or steps of them.
    pub(crate) fn is_measured(self) -> bool {
        let measured = |kind: &Kind| {
            matches!(
                kind,
                Kind::Count(_) | Kind::Number(_) | Kind::Duration | Kind::Within | Kind::Distribution(_)
            )
        };
        self.alternatives().any(|kind| match kind {
            Kind::Stepped(of) => measured(of),
            kind => measured(kind),
        })
    }

    /// Whether it is a whole number, or steps of them.
    pub(crate) fn is_count(self) -> bool {
        self.alternatives().any(|kind| matches!(kind, Kind::Count(_) | Kind::Stepped(Kind::Count(_))))
    }

    /// Whether it may have a value for each weekday.
    pub(crate) fn is_by_weekday(self) -> bool {
        self.alternatives().any(|kind| matches!(kind, Kind::Each { of: WEEKDAYS, .. }))
    }

    /// Whether it may be below 0.
    pub(crate) fn may_be_negative(self) -> bool {
        let any = |kind: &Kind| matches!(kind, Kind::Number(Range::Any));
        self.alternatives().any(|kind| match kind {
            Kind::Stepped(of) => any(of),
            kind => any(kind),
        })
    }

    /// The kind of the named tables that it holds, if a setting may change but not add to them.
    pub(crate) fn members(self) -> Option<&'static Shape> {
        self.alternatives().find_map(|kind| if let Kind::Members(shape) = kind { Some(*shape) } else { None })
    }

    /// Whether it holds settings that are laid over the file later.
    pub(crate) fn is_settings(self) -> bool {
        matches!(self, Meaning::Value(Kind::Paths | Kind::Variants(_)))
    }

    fn alternatives(self) -> impl Iterator<Item = &'static Kind> {
        let kinds = match self {
            Meaning::Value(Kind::Either(kinds)) => *kinds,
            Meaning::Value(kind) => std::slice::from_ref(kind),
            Meaning::Table(_) | Meaning::Unknown => &[],
        };
        kinds.iter()
    }
}

fn within(shape: &'static Shape, key: &str) -> Meaning {
    shape.key(key).map_or(Meaning::Unknown, |key| Meaning::Value(&key.kind))
}

fn entry(kind: &'static Kind, key: &str) -> Meaning {
    match kind {
        Kind::Table(shape) | Kind::Distribution(shape) => within(shape, key),
        Kind::Tables(shape) | Kind::Members(shape) => Meaning::Table(shape),
        Kind::Variants(shape) => Meaning::Table(shape()),
        Kind::Each { value, .. } => Meaning::Value(value),
        Kind::Stepped(of) if key.starts_with(|c: char| c.is_ascii_digit()) => Meaning::Value(of),
        Kind::Stepped(of) => entry(of, key),
        Kind::Either(kinds) => {
            let known = |kind| Some(entry(kind, key)).filter(|found| !matches!(found, Meaning::Unknown));
            kinds.iter().find_map(known).unwrap_or(Meaning::Unknown)
        }
        _ => Meaning::Unknown,
    }
}
