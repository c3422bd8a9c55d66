//! What `holdline check --json` prints, for editors and other programs.

use serde::Serialize;

use crate::reading::{Cause, Diagnostic, Diagnostics, Severity};
use crate::scenario::Loaded;

use super::super::Failure;
use super::super::failure::ENVIRONMENT;
use super::summary::{Pinch, pinches};

/// Everything that was found.
#[derive(Debug, Serialize)]
pub(super) struct Told {
    /// Whether it can be played.
    playable: bool,
    mistakes: Vec<Remark>,
    warnings: Vec<Remark>,
    /// How many more there are than are listed.
    left_out: usize,
    /// What was decided about tables, in sentences.
    tables: Vec<String>,
    /// The tightest queues of each interval that has any load.
    intervals: Vec<Pinch>,
}

/// One mistake or doubt.
#[derive(Debug, Serialize)]
struct Remark {
    file: String,
    /// From 1; 0 where it is about the file as a whole.
    line: usize,
    /// In characters, from 1.
    column: usize,
    title: String,
    reason: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    hint: Option<String>,
}

impl From<&Diagnostic> for Remark {
    fn from(one: &Diagnostic) -> Remark {
        Remark {
            file: one.file.clone(),
            line: one.line,
            column: one.column,
            title: one.title.clone(),
            reason: one.reason.clone(),
            hint: one.help.clone(),
        }
    }
}

impl Told {
    pub(super) fn of_loaded(loaded: &Loaded) -> Told {
        Told {
            playable: true,
            mistakes: Vec::new(),
            warnings: remarks(&loaded.warnings, Severity::Warning),
            left_out: loaded.warnings.left_out,
            tables: loaded.notes.clone(),
            intervals: pinches(&loaded.scenario),
        }
    }

    pub(super) fn of_mistakes(found: &Diagnostics) -> Told {
        Told {
            playable: false,
            mistakes: remarks(found, Severity::Error),
            warnings: remarks(found, Severity::Warning),
            left_out: found.left_out,
            tables: Vec::new(),
            intervals: Vec::new(),
        }
    }

    pub(super) fn text(&self) -> Result<String, Failure> {
        let text = serde_json::to_string_pretty(self).map_err(|error| Failure::Fault(error.to_string()))?;
        Ok(text + "\n")
    }
}

fn remarks(found: &Diagnostics, severity: Severity) -> Vec<Remark> {
    found.list.iter().filter(|one| one.severity == severity).map(Remark::from).collect()
}

/// The exit code of what was found.
pub(super) fn exit_code(found: &Diagnostics) -> u8 {
    match found.cause {
        Cause::Mistake => 2,
        Cause::Environment => ENVIRONMENT,
    }
}
