//! Logs of calls, whichever way they are written.

use crate::tables::Source;

use super::call::Calls;
use super::call_log::CallWords;
use super::{Asked, Faults, call_log, contact_records, conversation_details, queue_log};

impl Calls {
    /// Reads a log: Asterisk's `queue_log`, Amazon Connect's contact records or Genesys Cloud's conversation details where it
    /// looks like them, else a table with a row for each call. Of a file no more than its calls is kept, but for JSON, which
    /// is read at once.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub fn read(name: &str, source: Source<'_>, asked: &Asked, words: &CallWords) -> Result<Calls, Faults> {
        let failed = |error: std::io::Error| {
            Faults::one(format!("{name} cannot be read: {error}"), "is the file whole?")
        };
        let begin = source.begin().map_err(failed)?;
        if queue_log::is_one(&begin) {
            queue_log::read(name, source, asked)
        } else if conversation_details::is_one(&begin) {
            conversation_details::read(name, &source.whole().map_err(failed)?, asked)
        } else if contact_records::is_one(&begin) {
            contact_records::read(name, &source.whole().map_err(failed)?, asked)
        } else {
            call_log::read(name, source, asked, words)
        }
    }

    /// Whether a file that begins so is a log that needs no word about its columns.
    #[must_use]
    pub fn is_known_log(begin: &[u8]) -> bool {
        queue_log::is_one(begin) || contact_records::is_one(begin) || conversation_details::is_one(begin)
    }
}
