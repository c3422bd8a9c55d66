//! Files that a command writes where it is told.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use crate::units::printable;

use super::Failure;

/// A scenario's path as it is found from a file beside it, or from anywhere.
pub(super) fn from_beside(written: &Path, scenario: &Path) -> String {
    let folder =
        |file: &Path| std::path::absolute(file).ok().and_then(|file| file.parent().map(Path::to_owned));
    match scenario.file_name() {
        Some(name) if folder(written) == folder(scenario) => name.to_string_lossy().into_owned(),
        _ => std::path::absolute(scenario).unwrap_or_else(|_| scenario.to_owned()).display().to_string(),
    }
}

/// A file that is there already is not replaced, unless somebody says so; what is read here never is.
///
/// # Errors
/// It is there.
pub(super) fn refuse_existing(file: &Path, inputs: &[PathBuf], force: bool) -> Result<(), Failure> {
    let shown = file.display();
    let same = |input: &PathBuf| std::fs::canonicalize(input).ok() == std::fs::canonicalize(file).ok();
    if file.exists() && inputs.iter().any(same) {
        return Err(Failure::mistake(
            format!("{shown} is read here, and never replaced"),
            "name another file",
        ));
    }
    if file.exists() && !force {
        return Err(Failure::mistake(
            format!("{shown} exists already"),
            "name another file, or give `--force`",
        ));
    }
    Ok(())
}

/// Writes a file, and says so.
///
/// # Errors
/// It is there already, or the machine refuses it.
pub(super) fn put(file: &Path, text: &str, force: bool, quiet: bool) -> Result<(), Failure> {
    let opened = OpenOptions::new().write(true).create(true).create_new(!force).truncate(true).open(file);
    let written = opened.and_then(|mut open| open.write_all(text.as_bytes()));
    match written {
        Ok(()) => {
            if !quiet {
                tell!("wrote {}", printable(&file.display().to_string()));
            }
            Ok(())
        }
        Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(Failure::mistake(
            format!("{} exists already", file.display()),
            "name another file, or give `--force`",
        )),
        Err(error) => Err(Failure::io("write", file, &error)),
    }
}

/// Writes a file that must not exist yet.
///
/// # Errors
/// When it exists already, or cannot be written.
pub(super) fn write_new(path: &Path, text: &str) -> Result<(), Failure> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path).map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            let title = format!("{} exists already", path.display());
            return Failure::mistake(title, "nothing was changed; choose another name");
        }
        Failure::io("write", path, &error)
    })?;
    file.write_all(text.as_bytes()).map_err(|error| {
        // Half a scenario is none, and would be in the way the next time.
        let _ = std::fs::remove_file(path);
        Failure::io("write", path, &error)
    })
}
