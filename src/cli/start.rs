//! The command line as it was typed: what is asked for, or what is wrong with it.

use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use clap::Parser as _;
use clap::error::ErrorKind;

use crate::units::{is_unprintable, printable_lines};

use super::{Cli, Command, Failure, output};

/// Reads the command line.
///
/// # Errors
/// [`Failure::Told`] where all is said already: the help, or what is wrong with it.
pub fn start() -> Result<Command, Failure> {
    outlive_file_limits();
    end_by_sentence_without_memory();
    match Cli::try_parse() {
        Ok(cli) => Ok(cli.command),
        Err(error) if error.use_stderr() => {
            if error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
                tell!("error: there is no command\n");
            }
            if std::env::args().any(|argument| argument.contains(is_unprintable)) {
                tell!("{}", printable_lines(error.render().to_string().trim_end()));
            } else {
                // Where standard error is full nobody is told, and the exit code says it.
                let _ = error.print();
            }
            Err(Failure::Told(2))
        }
        // The help and the version are what was asked for.
        Err(error) => match error.print() {
            Ok(()) => Err(Failure::Told(0)),
            Err(error) => Err(output::unwritable(&error)),
        },
    }
}

/// A file that would grow past the limit of the shell (`ulimit -f`) sends a signal that ends the process
/// unless somebody listens; then the write fails instead, and the failure has a sentence.
fn outlive_file_limits() {
    let heard = Arc::new(AtomicBool::new(false));
    // Without the handler things are as they were.
    let _ = signal_hook::flag::register(signal_hook::consts::SIGXFSZ, heard);
}

/// Where memory is refused, the standard library says so on standard error and aborts. Nothing can be lost by then, as
/// results come into their folder by one rename; but the exit code shall be that of every other refusal of the machine.
/// A panic does not come here: it unwinds.
fn end_by_sentence_without_memory() {
    let always = Arc::new(AtomicBool::new(true));
    let _ = signal_hook::flag::register_conditional_shutdown(
        signal_hook::consts::SIGABRT,
        super::failure::ENVIRONMENT.into(),
        always,
    );
}
