//! Why results could not be written.

use std::fmt;
use std::io;
use std::path::PathBuf;

use super::holds::Holds;

/// Why results could not be written; the previous ones, if any, are intact.
#[derive(Debug)]
pub enum WriteError {
    /// A result would take the place of a file that is read.
    Input {
        /// The file that is read.
        path: PathBuf,
    },
    /// The folder holds files that are not ours.
    Foreign {
        /// The folder.
        path: PathBuf,
        /// Their names within it.
        names: Vec<String>,
    },
    /// The folder holds results of another command.
    OtherKind {
        /// The folder.
        path: PathBuf,
        /// What it holds.
        there: Holds,
    },
    /// A link stands where a folder or file should go.
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A file stands where the folder should go, or further up.
    File {
        /// The folder.
        path: PathBuf,
        /// The file.
        file: PathBuf,
    },
    /// Something that is not a file stands where a file should go, or no folder where a folder should.
    Occupied {
        /// What stands there.
        path: PathBuf,
    },
    /// Another one writes there.
    InUse {
        /// The folder.
        path: PathBuf,
    },
    /// The folder is not there and cannot be made, or cannot be looked at.
    Folder {
        /// The folder.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A file could not be written beside the results (no permission, no space).
    Stage {
        /// The folder that should take the results.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
    /// A finished file could not be moved into place.
    Place {
        /// Where it should go.
        path: PathBuf,
        /// What the system says.
        cause: io::Error,
    },
}

impl fmt::Display for WriteError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            WriteError::Input { path } => {
                write!(f, "{} is read here and would be replaced by a result", path.display())
            }
            WriteError::Foreign { path, names } => {
                write!(f, "{} holds files that are not holdline's: {}", path.display(), first(names))
            }
            WriteError::OtherKind { path, there } => write!(f, "{} holds {}", path.display(), there.words()),
            WriteError::Link { path } => {
                write!(f, "{} is a link, and nothing is written through links", path.display())
            }
            WriteError::File { path, file } => {
                write!(f, "cannot make the folder {}: {} is a file", path.display(), file.display())
            }
            WriteError::Occupied { path } => {
                write!(f, "cannot replace {}: it is not a plain file", path.display())
            }
            WriteError::InUse { path } => write!(
                f,
                "another holdline is writing into {}; wait for its end, or choose another folder with `--out`",
                path.display()
            ),
            WriteError::Folder { path, cause } => {
                write!(f, "cannot make the folder {}: {cause}", path.display())
            }
            WriteError::Stage { path, cause } => {
                write!(f, "cannot write into {}: {cause}; nothing there was changed", path.display())
            }
            WriteError::Place { path, cause } => {
                write!(f, "cannot put {} in place: {cause}; nothing there was changed", path.display())
            }
        }
    }
}

impl std::error::Error for WriteError {}

impl WriteError {
    /// What to do, where what was asked for is a mistake; `None` where the machine stands in the way.
    #[must_use]
    pub fn hint(&self) -> Option<&'static str> {
        Some(match self {
            WriteError::Input { .. } | WriteError::File { .. } => "choose another folder with `--out`",
            WriteError::Foreign { .. } => {
                "choose another folder with `--out`; with `--force` results go there too: files of their names \
                 are replaced, others stay"
            }
            WriteError::OtherKind { .. } => {
                "choose another folder with `--out`, or replace it with `--force`"
            }
            WriteError::Link { .. } => "name the place that it leads to, or take the link away",
            WriteError::Occupied { .. } => "move it away, or choose another folder with `--out`",
            _ => return None,
        })
    }
}

/// The first names of a list, and how many there are beside.
fn first(names: &[String]) -> String {
    let shown = names.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > 3 { format!("{shown} and {} more", names.len() - 3) } else { shown }
}
