//! Standard output: tables and data.

use std::io::{ErrorKind, Write as _};

use super::Failure;

/// Prints text to standard output.
///
/// # Errors
/// When nobody reads it any more, or it cannot be written.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| match error.kind() {
        ErrorKind::BrokenPipe => Failure::NobodyReads,
        _ => Failure::Environment(format!("cannot write to standard output: {error}")),
    })
}
