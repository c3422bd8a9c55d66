//! Why a command ended early: one sentence and an exit code each.

use std::io::IsTerminal as _;
use std::path::Path;
use std::process::ExitCode;

use crate::reading::{Cause, Diagnostics};
use crate::report::WriteError;
use crate::units::{printable, printable_lines};

/// The exit code where the machine stands in the way.
pub(super) const ENVIRONMENT: u8 = 3;

/// Why a command ended early.
#[derive(Debug)]
pub enum Failure {
    /// A mistake in what was given (exit 2): a sentence, and what would be right.
    Mistake {
        /// What is wrong, without a period.
        title: String,
        /// What would be right.
        hint: Option<String>,
    },
    /// Several mistakes in what was given (exit 2): sentences, and what would be right.
    Mistakes(Vec<(String, Option<String>)>),
    /// Mistakes in a scenario (exit 2), or it could not be read (exit 3).
    Scenario(Diagnostics),
    /// Mistakes of a variant laid over its file (exit 2): its name, and what is wrong.
    Variant(String, Diagnostics),
    /// The machine stood in the way (exit 3): a disk, a permission.
    Environment(String),
    /// Stopped by a signal (exit 128 + its number): 2 is Ctrl-C, 15 a request to end.
    Interrupted(u8),
    /// A fault of the program (exit 1).
    Fault(String),
    /// All was said already; the exit code.
    Told(u8),
    /// Nobody reads the output any more, as in `holdline run ... | head`: not an error.
    NobodyReads,
}

impl Failure {
    /// A mistake in what was given, with what would be right.
    #[must_use]
    pub fn mistake(title: impl Into<String>, hint: impl Into<String>) -> Failure {
        Failure::Mistake { title: title.into(), hint: Some(hint.into()) }
    }

    /// Why results cannot be written.
    #[must_use]
    pub fn unwritten(error: WriteError) -> Failure {
        match error.hint() {
            Some(hint) => Failure::mistake(error.to_string(), hint),
            None => Failure::Environment(error.to_string()),
        }
    }

    /// What went wrong with a file or folder: `action` is what could not be done, as in "write".
    #[must_use]
    pub fn io(action: &str, path: &Path, error: &std::io::Error) -> Failure {
        use std::io::ErrorKind;
        let reason = match error.kind() {
            ErrorKind::PermissionDenied => "permission denied".to_owned(),
            ErrorKind::StorageFull => "the disk is full".to_owned(),
            ErrorKind::FileTooLarge => "no file may grow so large here (`ulimit -f`)".to_owned(),
            ErrorKind::ReadOnlyFilesystem => "the disk is read-only".to_owned(),
            ErrorKind::NotFound => "there is no such file or folder".to_owned(),
            _ => error.to_string(),
        };
        Failure::Environment(format!("cannot {action} {}: {reason}", path.display()))
    }

    /// What happened, in lines for a page.
    #[cfg(feature = "open")]
    pub(super) fn lines(&self) -> String {
        match self {
            Failure::Scenario(diagnostics) | Failure::Variant(_, diagnostics) => diagnostics.render(false),
            Failure::Mistake { title, hint: Some(hint) } => format!("{title}\n{hint}"),
            Failure::Mistake { title, hint: None } => title.clone(),
            Failure::Environment(sentence) | Failure::Fault(sentence) => sentence.clone(),
            _ => String::new(),
        }
    }

    /// The exit code: 2 do not try again, 3 trying again may help, 128 + signal, 1 our fault.
    #[must_use]
    pub fn code(&self) -> u8 {
        match self {
            Failure::NobodyReads => 0,
            Failure::Told(code) => *code,
            Failure::Fault(_) => 1,
            Failure::Mistake { .. } | Failure::Mistakes(_) => 2,
            Failure::Scenario(diagnostics) | Failure::Variant(_, diagnostics) => match diagnostics.cause {
                Cause::Mistake => 2,
                Cause::Environment => ENVIRONMENT,
            },
            Failure::Environment(_) => ENVIRONMENT,
            Failure::Interrupted(signal) => 128 + signal,
        }
    }

    /// Says what happened on standard error; gives the exit code.
    #[must_use]
    pub fn report(&self) -> ExitCode {
        match self {
            Failure::NobodyReads | Failure::Told(_) => {}
            Failure::Scenario(diagnostics) => {
                tell!("{}", diagnostics.render(colour()));
                let errors = diagnostics.errors();
                if diagnostics.left_out > 0 && errors > 0 {
                    let listed = diagnostics.list.len();
                    tell!("\n{errors} mistakes, of which these are the first {listed}; nothing was written");
                } else if errors > 1 {
                    tell!("\n{errors} mistakes; nothing was written");
                }
            }
            Failure::Variant(name, diagnostics) => {
                let name = printable(name);
                tell!("in the variant `{name}`, each setting laid over the file as by `--set`:\n");
                tell!("{}", diagnostics.render(colour()));
            }
            Failure::Mistake { title, hint } => {
                tell!("error: {}", printable(title));
                if let Some(hint) = hint {
                    tell!("hint: {}", printable_lines(hint));
                }
            }
            Failure::Mistakes(mistakes) => {
                for (title, hint) in mistakes {
                    tell!("error: {}", printable(title));
                    if let Some(hint) = hint {
                        tell!("hint: {}", printable_lines(hint));
                    }
                }
            }
            Failure::Environment(sentence) => tell!("error: {}", printable(sentence)),
            Failure::Interrupted(_) => tell!("interrupted"),
            Failure::Fault(sentence) => {
                tell!("error: {sentence}\nhint: this is a bug of holdline; please report it")
            }
        }
        ExitCode::from(self.code())
    }
}

/// Whether messages may be coloured: a terminal, and nobody said otherwise (<https://no-color.org>).
#[must_use]
pub(super) fn colour() -> bool {
    std::io::stderr().is_terminal() && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty())
}
