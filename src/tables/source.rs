//! Where the bytes of a table come from: somebody has them already, or a file is read piece by piece, as often as needed.

use std::borrow::Cow;
use std::cell::Cell;
use std::fs::File;
use std::io::{self, BufRead as _, BufReader, Read};
use std::path::{Path, PathBuf};

use super::lines::Lines;

/// So much of a file tells what kind it is.
const BEGIN: usize = 1 << 16;

/// How much was read so far, in bytes, over all passes.
pub type Heard<'s> = &'s dyn Fn(u64);

/// Bytes of a table.
#[derive(Clone, Copy)]
pub struct Source<'s> {
    from: From<'s>,
    heard: Option<Heard<'s>>,
}

#[derive(Clone, Copy)]
enum From<'s> {
    Bytes(&'s [u8]),
    File(&'s OpenFile),
}

/// A regular file that can be read more than once.
#[derive(Debug)]
pub struct OpenFile {
    path: PathBuf,
    length: u64,
    read: Cell<u64>,
}

impl OpenFile {
    /// The file of this path; `None` where it is no regular file: a pipe can be read once only.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn of(path: &Path) -> io::Result<Option<OpenFile>> {
        let facts = File::open(path)?.metadata()?;
        let file = || OpenFile { path: path.to_owned(), length: facts.len(), read: Cell::new(0) };
        Ok(facts.is_file().then(file))
    }

    /// Its bytes.
    #[must_use]
    pub fn length(&self) -> u64 {
        self.length
    }
}

impl std::fmt::Debug for Source<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.from {
            From::Bytes(bytes) => write!(f, "Source({} bytes)", bytes.len()),
            From::File(file) => write!(f, "Source({})", file.path.display()),
        }
    }
}

impl<'s> Source<'s> {
    /// Bytes that are there.
    #[must_use]
    pub fn bytes(bytes: &'s [u8]) -> Source<'s> {
        Source { from: From::Bytes(bytes), heard: None }
    }

    /// A file; `heard` is told how much of it was read.
    #[must_use]
    pub fn file(file: &'s OpenFile, heard: Option<Heard<'s>>) -> Source<'s> {
        Source { from: From::File(file), heard }
    }

    /// Its first bytes.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn begin(&self) -> io::Result<Cow<'s, [u8]>> {
        match self.from {
            From::Bytes(bytes) => Ok(Cow::Borrowed(&bytes[..bytes.len().min(BEGIN)])),
            From::File(file) => {
                let mut begin = Vec::new();
                File::open(&file.path)?.take(BEGIN as u64).read_to_end(&mut begin)?;
                Ok(Cow::Owned(begin))
            }
        }
    }

    /// All of it at once.
    ///
    /// # Errors
    /// It cannot be read.
    pub fn whole(&self) -> io::Result<Cow<'s, [u8]>> {
        match self.from {
            From::Bytes(bytes) => Ok(Cow::Borrowed(bytes)),
            From::File(file) => std::fs::read(&file.path).map(Cow::Owned),
        }
    }

    /// Whether it is read piece by piece.
    pub(super) fn is_file(&self) -> bool {
        matches!(self.from, From::File(_))
    }

    /// It, from its beginning.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn read(&self) -> io::Result<Box<dyn Read + 's>> {
        match self.from {
            From::Bytes(bytes) => Ok(Box::new(bytes)),
            From::File(file) => {
                let open = File::open(&file.path)?;
                Ok(Box::new(Counted { inner: open, all: &file.read, heard: self.heard }))
            }
        }
    }

    /// Its lines with their numbers, from 1, without their ends; what is no UTF-8 in them is replaced.
    ///
    /// # Errors
    /// It cannot be read, a line is endless, or what `visit` refuses.
    pub fn each_line<E>(
        &self,
        mut visit: impl FnMut(u64, &str) -> Result<(), E>,
    ) -> io::Result<Result<(), E>> {
        let mut lines = BufReader::with_capacity(BEGIN, Lines::new(self.read()?));
        let mut line = Vec::new();
        for number in 1.. {
            line.clear();
            if lines.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            let text = String::from_utf8_lossy(line.strip_suffix(b"\n").unwrap_or(&line));
            let text = if number == 1 { text.trim_start_matches('\u{feff}') } else { text.as_ref() };
            if let Err(refused) = visit(number, text) {
                return Ok(Err(refused));
            }
        }
        Ok(Ok(()))
    }

    /// Whether all of it is UTF-8.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn is_utf8(&self) -> io::Result<bool> {
        let mut reader = self.read()?;
        let mut buffer = vec![0; BEGIN];
        // Bytes of a letter that the last piece cut.
        let mut kept = 0;
        loop {
            let more = reader.read(&mut buffer[kept..])?;
            let piece = &buffer[..kept + more];
            if more == 0 {
                return Ok(kept == 0);
            }
            let valid = match std::str::from_utf8(piece) {
                Ok(text) => text.len(),
                Err(error) if error.error_len().is_none() => error.valid_up_to(),
                Err(_) => return Ok(false),
            };
            let end = piece.len();
            buffer.copy_within(valid..end, 0);
            kept = end - valid;
        }
    }
}

/// Tells how much was read.
struct Counted<'s> {
    inner: File,
    all: &'s Cell<u64>,
    heard: Option<Heard<'s>>,
}

impl Read for Counted<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let read = self.inner.read(out)?;
        self.all.set(self.all.get() + read as u64);
        if let Some(heard) = self.heard {
            heard(self.all.get());
        }
        Ok(read)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_read_as_often_as_needed() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let path = folder.path().join("log");
        // A letter of two bytes across the border of two pieces.
        let text = format!("\u{feff}one\r\n{}ü\nlast", "x".repeat(BEGIN - 9));
        std::fs::write(&path, &text).expect("there is room");
        let file = OpenFile::of(&path).expect("it is there").expect("a regular file");
        let told = Cell::new(0);
        let hear = |bytes| told.set(bytes);
        let source = Source::file(&file, Some(&hear));
        assert!(source.is_utf8().expect("it is readable"));
        let mut lines = Vec::new();
        let read = source.each_line(|number, line| {
            lines.push((number, line.chars().count()));
            Ok::<(), ()>(())
        });
        assert!(matches!(read, Ok(Ok(()))));
        assert_eq!(lines, [(1, 3), (2, BEGIN - 8), (3, 4)]);
        assert_eq!(told.get(), 2 * file.length());
        std::fs::write(&path, b"Stra\xdfe").expect("there is room");
        assert!(!source.is_utf8().expect("it is readable"));
        std::fs::write(&path, b"cut \xc3").expect("there is room");
        assert!(!source.is_utf8().expect("it is readable"));
        assert!(OpenFile::of(folder.path()).is_ok_and(|file| file.is_none()), "a folder is no file");
    }
}
