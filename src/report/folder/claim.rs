//! An output folder, claimed before the play: looked at, made, tried, locked.

use std::fs;
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::holds::{Holds, MARKER};
use super::marker::{Marker, is_file, may_take};
use super::output::{Lock, OutputFolder};
use super::place;
use super::product::Product;

impl OutputFolder {
    /// Claims a folder for results, before they are worked out. `inputs` are the files that are read
    /// for them; `force` takes a folder with other files too, and replaces those of our names.
    ///
    /// # Errors
    /// [`WriteError`]: where results would replace an input or somebody's files, lead through a link, or cannot be written.
    pub fn claim(
        folder: &Path,
        holds: Holds,
        inputs: &[PathBuf],
        force: bool,
    ) -> Result<OutputFolder, WriteError> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        can_be_folder(folder)?;
        spares(folder, inputs, holds)?;
        may_take(folder, holds, force)?;
        let made = make(folder)?;
        let mut claimed = OutputFolder {
            path: folder.to_owned(),
            real: folder.to_owned(),
            holds,
            force,
            lock: None,
            made,
            unused: false,
        };
        claimed.real = fs::canonicalize(folder).map_err(|cause| claimed.unwritten(cause))?;
        claimed.lock = Lock::take(&claimed.real, folder)?;
        place::recover(&claimed.real).map_err(|cause| claimed.unwritten(cause))?;
        may_take(folder, holds, force)?;
        if Marker::read(&claimed.real).is_none() {
            if is_file(&claimed.real.join(MARKER)) && !force {
                return Err(WriteError::Foreign { path: folder.to_owned(), names: vec![MARKER.to_owned()] });
            }
            let written = Marker::new(holds, Vec::new()).write(&claimed.real);
            written.map_err(|cause| claimed.unwritten(cause))?;
            claimed.unused = true;
        }
        Ok(claimed)
    }

    /// Puts the files in place, all of them or none, and takes away those of ours that are no more.
    /// Gives their paths.
    ///
    /// # Errors
    /// [`WriteError`], with the path and the cause. What was there before is there again then.
    pub fn put(&mut self, products: &[Product]) -> Result<Vec<PathBuf>, WriteError> {
        place::place(self, products)?;
        self.keep();
        Ok(products.iter().map(|product| self.path.join(&product.name)).collect())
    }
}

/// Whether results could go there: nothing is made, and a folder need not be there yet.
fn can_be_folder(folder: &Path) -> Result<(), WriteError> {
    if fs::symlink_metadata(folder).is_ok_and(|there| there.is_symlink()) {
        return Err(WriteError::Link { path: folder.to_owned() });
    }
    // The nearest that is there decides; the empty path is the current folder.
    match folder.ancestors().find(|path| path.exists()) {
        Some(path) if !path.is_dir() => {
            Err(WriteError::File { path: folder.to_owned(), file: path.to_owned() })
        }
        _ => Ok(()),
    }
}

/// Whether no result would take the place of a file that is read.
fn spares(folder: &Path, inputs: &[PathBuf], own: Holds) -> Result<(), WriteError> {
    let Ok(folder) = fs::canonicalize(folder) else { return Ok(()) };
    let any =
        [Holds::Run, Holds::Sweep, Holds::Comparison, Holds::Validation, Holds::League, Holds::Tornado, own];
    for input in inputs {
        let Ok(path) = fs::canonicalize(input) else { continue };
        let Ok(within) = path.strip_prefix(&folder) else { continue };
        let parts: Vec<_> = within.iter().map(|part| part.to_string_lossy()).collect();
        let name = parts.join("/");
        if any.iter().any(|holds| holds.may_hold(&name)) {
            return Err(WriteError::Input { path: input.clone() });
        }
    }
    Ok(())
}

/// Makes the folder; gives the folders that were not there.
fn make(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let missing = |path: &&Path| !path.as_os_str().is_empty() && !path.exists();
    let mut made: Vec<PathBuf> = folder.ancestors().take_while(missing).map(Path::to_owned).collect();
    made.reverse();
    fs::create_dir_all(folder).map_err(|cause| {
        for folder in made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
        WriteError::Folder { path: folder.to_owned(), cause }
    })?;
    Ok(made)
}
