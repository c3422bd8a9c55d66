//! Logs of calls, whichever way they are written.

use super::call::Calls;
use super::call_log::CallWords;
use super::{Asked, Faults, call_log, contact_records, queue_log};

impl Calls {
    /// Reads a log: Asterisk's `queue_log` or Amazon Connect's contact records where it looks like them, else a table with
    /// a row for each call.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(name: &str, bytes: &[u8], asked: &Asked, words: &CallWords) -> Result<Calls, Faults> {
        let mut calls = if queue_log::is_one(bytes) {
            queue_log::read(name, bytes, asked)?
        } else if contact_records::is_one(bytes) {
            contact_records::read(name, bytes, asked)?
        } else {
            call_log::read(name, bytes, asked, words)?
        };
        calls.calls.sort_by(|one, other| one.arrived.total_cmp(&other.arrived));
        Ok(calls)
    }

    /// Whether a file is a log that needs no word about its columns.
    #[must_use]
    pub fn is_known_log(bytes: &[u8]) -> bool {
        queue_log::is_one(bytes) || contact_records::is_one(bytes)
    }
}
