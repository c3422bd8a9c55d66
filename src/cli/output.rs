//! Standard output: tables and data.

use std::io::{ErrorKind, Write as _};

use super::Failure;

/// Prints text to standard output.
///
/// # Errors
/// When nobody reads it any more, or it cannot be written.
pub(super) fn print(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes()).and_then(|()| out.flush()).map_err(|error| unwritable(&error))
}

/// Why standard output cannot be written.
pub(super) fn unwritable(error: &std::io::Error) -> Failure {
    match error.kind() {
        ErrorKind::BrokenPipe => Failure::NobodyReads,
        _ => Failure::Environment(format!("cannot write to standard output: {error}")),
    }
}

/// Says a line on standard error. Where that is full or closed the command goes on: its results are no less.
pub(super) fn tell(line: &str) {
    let mut err = std::io::stderr().lock();
    let _ = err.write_all(line.as_bytes()).and_then(|()| err.write_all(b"\n"));
}
