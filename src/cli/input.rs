//! Reading the scenario that a command is about.

use std::path::Path;

use crate::scenario::{Loaded, Written};

use super::Failure;
use super::failure::colour;

/// Reads a scenario; its warnings go to standard error unless `quiet`.
///
/// # Errors
/// All its mistakes.
pub(super) fn load(file: &Path, settings: &[String], quiet: bool) -> Result<Loaded, Failure> {
    with(&Written::read(file).map_err(Failure::Scenario)?, settings, quiet)
}

/// The same of one whose files were read already.
///
/// # Errors
/// All its mistakes.
pub(super) fn with(written: &Written, settings: &[String], quiet: bool) -> Result<Loaded, Failure> {
    let loaded = written.with(settings).map_err(Failure::Scenario)?;
    if !quiet && !loaded.warnings.list.is_empty() {
        tell!("{}\n", loaded.warnings.render(colour()));
    }
    Ok(loaded)
}
