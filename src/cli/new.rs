//! `holdline new`: a commented scenario to start from.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::{Failure, output};

/// What `holdline new` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  holdline new centre.toml && holdline run centre.toml")]
pub struct NewArgs {
    /// The file to write; it must not exist yet
    pub file: PathBuf,
}

/// The scenario that is written.
pub const STARTER: &str = include_str!("starter.toml");

/// Writes the starter.
///
/// # Errors
/// When the file exists already, or cannot be written.
pub fn run(args: &NewArgs) -> Result<(), Failure> {
    write_new(&args.file, STARTER)?;
    let typed = as_typed(&args.file.to_string_lossy());
    output::print(&format!("{} is written; play it with\n  holdline run {typed}\n", args.file.display()))
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

/// A name as it must be typed in a shell: in quotes where it has anything but plain characters.
pub(super) fn as_typed(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%,\\".contains(c);
    if name.chars().all(plain) {
        return name.to_owned();
    }
    if cfg!(windows) { format!("\"{name}\"") } else { format!("'{}'", name.replace('\'', "'\\''")) }
}
