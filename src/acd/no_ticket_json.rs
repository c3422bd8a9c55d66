//! Tickets that are JSON, in a library built without the feature `json`: recognised, and refused.

use super::ticket::Tickets;
use super::{Asked, Faults};

/// Whether a file begins as JSON does.
pub(super) fn is_one(begin: &[u8]) -> bool {
    let begin = begin.strip_prefix(b"\xef\xbb\xbf").unwrap_or(begin).trim_ascii_start();
    begin.starts_with(b"{") || begin.starts_with(b"[")
}

/// None is known without being read.
pub(super) fn is_known(_: &[u8]) -> bool {
    false
}

/// There are none.
pub(super) fn read(name: &str, _: &[u8], _: &Asked) -> Result<Tickets, Faults> {
    Err(Faults::one(
        format!("{name} is JSON, and holdline was built without the feature `json`"),
        "a table with a row for each ticket is read without it",
    ))
}
