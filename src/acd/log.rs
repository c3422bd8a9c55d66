//! Logs of calls, whichever way they are written.

use crate::tables::Source;

use super::call::Calls;
use super::call_log::CallWords;
use super::{Asked, Faults, call_log, json_log, queue_log};

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
        } else if json_log::is_one(&begin) {
            json_log::read(name, &begin, &source.whole().map_err(failed)?, asked)
        } else {
            call_log::read(name, source, asked, words)
        }
    }

    /// Whether a file that begins so is a log that needs no word about its columns.
    #[must_use]
    pub fn is_known_log(begin: &[u8]) -> bool {
        queue_log::is_one(begin) || json_log::is_one(begin)
    }
}
