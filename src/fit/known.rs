//! What is known, and what is not.

/// A value with where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Known<T> {
    /// The export tells it: how.
    Seen(T, String),
    /// The export does not tell it: why this is taken.
    Assumed(T, String),
}

impl<T> Known<T> {
    /// The value, whatever it rests on.
    pub fn value(&self) -> &T {
        match self {
            Known::Seen(value, _) | Known::Assumed(value, _) => value,
        }
    }

    /// Where it comes from.
    pub fn from(&self) -> &str {
        match self {
            Known::Seen(_, from) | Known::Assumed(_, from) => from,
        }
    }

    /// Whether the export tells it.
    pub fn is_seen(&self) -> bool {
        matches!(self, Known::Seen(..))
    }
}
