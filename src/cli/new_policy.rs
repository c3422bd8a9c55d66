//! `holdline new --policy`: a crate with a routing policy of one's own, which plays against the rules of a centre.

use std::path::Path;

use super::Failure;
use super::written_file::write_new;

/// The policy and what plays it: an example of this crate, so that it is built with it.
pub const POLICY: &str = include_str!("../../examples/my_policy.rs");

const CRATE: &str = include_str!("policy/Cargo.toml.txt");
const CENTRE: &str = include_str!("policy/centre.toml");

/// Writes the crate into a folder of its name, which must not exist yet.
///
/// # Errors
/// A name that no crate can have; when the folder exists already, or cannot be written.
pub(super) fn write(folder: &Path) -> Result<(), Failure> {
    let name = folder.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let mut letters = name.chars();
    let fits = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || "_-".contains(letter));
    if !fits || ["test", "core", "std", "holdline"].contains(&name.as_str()) {
        return Err(Failure::mistake(
            format!("`{name}` is no name for a crate"),
            "use letters, digits, `_` and `-`, a letter first: `holdline new --policy my_policy`",
        ));
    }
    if folder.exists() {
        let title = format!("{} exists already", folder.display());
        return Err(Failure::mistake(title, "nothing was changed; choose another name"));
    }
    let source = folder.join("src");
    std::fs::create_dir_all(&source).map_err(|error| Failure::io("write", &source, &error))?;
    let manifest = CRATE.replace("{name}", &name).replace("{version}", env!("CARGO_PKG_VERSION"));
    write_new(&folder.join("Cargo.toml"), &manifest)?;
    write_new(&source.join("main.rs"), POLICY)?;
    write_new(&folder.join("centre.toml"), CENTRE)
}
