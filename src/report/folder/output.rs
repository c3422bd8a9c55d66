//! An output folder that is ours for the time being, and its lock.

use std::fs::{self, File, OpenOptions, TryLockError};
use std::io::{self, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use super::error::WriteError;
use super::holds::{Holds, MARKER};
use super::marker::{DRAFTS, LOCK, remove_drafts};
use super::product::Product;

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
    pub(super) made: Vec<PathBuf>,
    /// Whether the marker is new, and nothing was written yet.
    pub(super) unused: bool,
}

impl OutputFolder {
    /// The folder, as it was given.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Keeps the folder from now on, whatever comes of it: something is written there.
    pub fn keep(&mut self) {
        self.unused = false;
        self.made.clear();
    }

    /// A file for what is too long for memory, on the disk of the results; the first or the second. It becomes a product by
    /// [`super::Product::of_file`], and goes with the claim.
    ///
    /// # Errors
    /// [`WriteError`], when it cannot be made.
    pub fn draft(&self, second: bool) -> Result<Draft, WriteError> {
        let path = self.real.join(DRAFTS[usize::from(second)]);
        match File::create_new(&path) {
            Ok(file) => Ok(Draft { path, file: BufWriter::new(file), of: self.path.clone() }),
            Err(cause) => Err(self.unwritten(cause)),
        }
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
            remove_drafts(&self.real);
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

/// A product in the writing that is too long for memory.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    file: BufWriter<File>,
    /// The folder, as it was given.
    of: PathBuf,
}

impl Draft {
    /// Writes what comes next.
    ///
    /// # Errors
    /// [`WriteError`], when it cannot be written.
    pub fn write(&mut self, bytes: &[u8]) -> Result<(), WriteError> {
        self.file.write_all(bytes).map_err(|cause| self.unwritten(cause))
    }

    /// The product of this name.
    ///
    /// # Errors
    /// [`WriteError`], when the last of it cannot be written.
    pub fn product(mut self, name: &str) -> Result<Product, WriteError> {
        let written = self.file.flush().and_then(|()| self.file.get_ref().sync_all());
        written.map_err(|cause| self.unwritten(cause))?;
        Ok(Product::of_file(name, self.path))
    }

    fn unwritten(&self, cause: io::Error) -> WriteError {
        let cause = if cause.raw_os_error().is_some() { cause } else { io::Error::from(cause.kind()) };
        WriteError::Stage { path: self.of.clone(), cause }
    }
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
