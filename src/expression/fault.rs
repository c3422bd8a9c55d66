//! What is wrong with an expression.

use std::ops::Range;

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    /// Bytes of its text.
    pub range: Range<usize>,
    /// What is wrong.
    pub title: String,
    /// What would be right.
    pub help: Option<String>,
    /// The name that nobody knows, if that is what is wrong: there may be one like it.
    pub unknown: Option<String>,
}

impl Fault {
    pub(super) fn new(range: Range<usize>, title: String, help: String) -> Fault {
        Fault { range, title, help: Some(help), unknown: None }
    }
}
