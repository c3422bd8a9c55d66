//! Logs of calls that are JSON.

use super::call::Calls;
use super::{Asked, Faults, contact_records, conversation_details};

/// Whether a file that begins so is one of them.
pub(super) fn is_one(begin: &[u8]) -> bool {
    contact_records::is_one(begin) || conversation_details::is_one(begin)
}

/// Reads one that begins so, whichever it is.
pub(super) fn read(name: &str, begin: &[u8], bytes: &[u8], asked: &Asked) -> Result<Calls, Faults> {
    if conversation_details::is_one(begin) {
        conversation_details::read(name, bytes, asked)
    } else {
        contact_records::read(name, bytes, asked)
    }
}
