//! `holdline new`: a commented scenario to start from.

use std::fs::OpenOptions;
use std::io::{ErrorKind, Write as _};
use std::path::PathBuf;

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
    let mut file = OpenOptions::new().write(true).create_new(true).open(&args.file).map_err(|error| {
        if error.kind() == ErrorKind::AlreadyExists {
            let title = format!("{} exists already", args.file.display());
            return Failure::mistake(title, "nothing was changed; choose another name");
        }
        Failure::io("write", &args.file, &error)
    })?;
    file.write_all(STARTER.as_bytes()).map_err(|error| Failure::io("write", &args.file, &error))?;
    let file = args.file.display();
    output::print(&format!("{file} is written; play it with\n  holdline run {file}\n"))
}
