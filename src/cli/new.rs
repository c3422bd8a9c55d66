//! `holdline new`: a commented scenario to start from, or a crate with a routing policy.

use std::path::{Path, PathBuf};

use clap::Args;

use super::written_file::write_new;
use super::{Failure, new_policy, output};

/// What `holdline new` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline new centre.toml && holdline run centre.toml
  holdline new --policy my_policy && cd my_policy && cargo run --release")]
pub struct NewArgs {
    /// The file to write; it must not exist yet
    #[arg(required_unless_present = "policy")]
    pub file: Option<PathBuf>,
    /// A crate to write: a routing policy in Rust that plays against the rules of a centre
    #[arg(long, value_name = "FOLDER", conflicts_with = "file")]
    pub policy: Option<PathBuf>,
}

/// The scenario that is written.
pub const STARTER: &str = include_str!("starter.toml");

/// Writes the starter.
///
/// # Errors
/// When the file exists already, or cannot be written.
pub fn run(args: &NewArgs) -> Result<(), Failure> {
    if let Some(folder) = &args.policy {
        new_policy::write(folder)?;
        let typed = as_typed(&folder.to_string_lossy());
        return output::print(&format!(
            "{} is written; where the library lies, its Cargo.toml says. Play it with\n  cd {typed} && cargo run --release\n",
            folder.display()
        ));
    }
    let file = args.file.as_deref().unwrap_or(Path::new("centre.toml"));
    write_new(file, STARTER)?;
    let typed = as_typed(&file.to_string_lossy());
    output::print(&format!("{} is written; play it with\n  holdline run {typed}\n", file.display()))
}

/// A name as it must be typed in a shell: in quotes where it has anything but plain characters.
pub(super) fn as_typed(name: &str) -> String {
    let plain = |c: char| c.is_alphanumeric() || "/._-+:@%,\\".contains(c);
    if name.chars().all(plain) {
        return name.to_owned();
    }
    if cfg!(windows) { format!("\"{name}\"") } else { format!("'{}'", name.replace('\'', "'\\''")) }
}
