//! An output folder, claimed before the play: looked at, made, tried, locked.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io;
use std::path::{Path, PathBuf};

use super::marker::{Holds, LOCK, MARKER, Marker, is_file, may_take};
use super::{Product, WriteError, place};

/// A folder that results may go into, and that no one else writes into meanwhile. Without results it
/// is left as it was found.
#[derive(Debug)]
pub struct OutputFolder {
    /// As it was given: for messages.
    pub(super) path: PathBuf,
    /// Where it is, without links.
    pub(super) real: PathBuf,
    pub(super) holds: Holds,
    pub(super) force: bool,
    pub(super) lock: Option<Lock>,
    /// The folders that were made for it, the outermost first.
    made: Vec<PathBuf>,
    /// Whether the marker is new, and nothing was written yet.
    unused: bool,
}

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
        spares(folder, inputs)?;
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

    /// The folder, as it was given.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
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

    /// Keeps the folder from now on, whatever comes of it: something is written there.
    pub fn keep(&mut self) {
        self.unused = false;
        self.made.clear();
    }

    pub(super) fn unwritten(&self, cause: io::Error) -> WriteError {
        // The system's reason alone: the name of a temporary file tells a reader nothing.
        let cause = if cause.raw_os_error().is_some() { cause } else { io::Error::from(cause.kind()) };
        WriteError::Stage { path: self.path.clone(), cause }
    }
}

impl Drop for OutputFolder {
    fn drop(&mut self) {
        if self.lock.is_some() {
            if self.unused {
                let _ = fs::remove_file(self.real.join(MARKER));
            }
            // While it is held: whoever opened it meanwhile sees that it is another one now.
            let _ = fs::remove_file(self.real.join(LOCK));
        }
        for folder in self.made.iter().rev() {
            let _ = fs::remove_dir(folder);
        }
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
fn spares(folder: &Path, inputs: &[PathBuf]) -> Result<(), WriteError> {
    let Ok(folder) = fs::canonicalize(folder) else { return Ok(()) };
    let any = [Holds::Run, Holds::Sweep, Holds::Comparison];
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

/// A lock on a folder, let go of when it is dropped or the program ends, however it ends.
#[derive(Debug)]
pub(super) struct Lock {
    _file: File,
}

impl Lock {
    /// Takes the lock of a folder; `None` where the file system knows no locks.
    pub(super) fn take(folder: &Path, shown: &Path) -> Result<Option<Lock>, WriteError> {
        let path = folder.join(LOCK);
        if fs::symlink_metadata(&path).is_ok_and(|there| !there.is_file()) {
            return Err(WriteError::Link { path: shown.join(LOCK) });
        }
        let failed = |cause| WriteError::Stage { path: shown.to_owned(), cause };
        // Whoever had it may have taken the file away, or put a new folder in place, after it was opened here.
        for _ in 0..100 {
            let opened = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
            let file = match opened {
                Err(cause) if cause.kind() == io::ErrorKind::NotFound => {
                    fs::create_dir_all(folder).map_err(failed)?;
                    continue;
                }
                opened => opened.map_err(failed)?,
            };
            match file.try_lock() {
                Ok(()) if same_file(&file, &path) => return Ok(Some(Lock { _file: file })),
                Ok(()) => {}
                Err(TryLockError::WouldBlock) => return Err(WriteError::InUse { path: shown.to_owned() }),
                Err(TryLockError::Error(_)) => return Ok(None),
            }
        }
        Err(WriteError::InUse { path: shown.to_owned() })
    }
}

/// Whether the open file is still the one of this name.
#[cfg(unix)]
fn same_file(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt as _;
    let identity = |there: fs::Metadata| (there.dev(), there.ino());
    matches!((file.metadata().map(identity), fs::metadata(path).map(identity)), (Ok(a), Ok(b)) if a == b)
}

/// Whether the open file is still the one of this name: an open file keeps its name here.
#[cfg(not(unix))]
fn same_file(_file: &File, _path: &Path) -> bool {
    true
}
