//! Reading the scenario that a command is about.

use std::path::Path;

use crate::scenario::{Loaded, Scenario};

use super::Failure;
use super::failure::colour;

/// Reads a scenario; its warnings go to standard error unless `quiet`.
///
/// # Errors
/// All its mistakes.
pub(super) fn load(file: &Path, settings: &[String], quiet: bool) -> Result<Loaded, Failure> {
    let loaded = Scenario::load(file, settings).map_err(Failure::Scenario)?;
    if !quiet && !loaded.warnings.list.is_empty() {
        tell!("{}\n", loaded.warnings.render(colour()));
    }
    Ok(loaded)
}
