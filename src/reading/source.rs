//! Where a value was written: which text, and where in it.

use std::collections::BTreeMap;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use super::text_file::{self, MOST_CSV, Refused};

/// A stretch of one of the texts a scenario was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    /// The text's number in [`Sources`].
    pub(crate) source: usize,
    /// Byte offset of its first byte.
    pub(crate) start: usize,
    /// Byte offset past its last byte.
    pub(crate) end: usize,
}

/// One text: a file, or the argument of a `--set`.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// What messages call it: the path as given, or `--set`.
    pub(crate) name: String,
    /// All of it.
    pub(crate) text: String,
    /// What relative paths written in it are relative to.
    pub(crate) folder: PathBuf,
    /// The file that it was read from, if it was.
    pub(crate) file: Option<PathBuf>,
}

/// All texts and other files that a scenario was read from. Clones share the files: each is read once.
#[derive(Clone, Debug, Default)]
pub(crate) struct Sources {
    texts: Vec<Arc<Known>>,
    files: Arc<Mutex<BTreeMap<PathBuf, Read>>>,
}

/// A text, and where its lines begin, so that no mistake has to count them anew.
#[derive(Debug)]
struct Known {
    source: Source,
    line_starts: Vec<usize>,
}

/// The bytes of a file.
#[derive(Clone, Debug)]
pub struct Bytes(Arc<Vec<u8>>);

impl AsRef<[u8]> for Bytes {
    fn as_ref(&self) -> &[u8] {
        &self.0
    }
}

/// A file's bytes, or why it cannot be read.
type Read = Result<Bytes, Refused>;

impl Sources {
    /// Adds a text and gives its number.
    pub(crate) fn add(&mut self, source: Source) -> usize {
        let newlines = source.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        self.texts.push(Arc::new(Known { source, line_starts }));
        self.texts.len() - 1
    }

    /// The text with this number.
    pub(crate) fn get(&self, number: usize) -> &Source {
        &self.texts[number].source
    }

    /// The line of a place's first character, from 1.
    pub(crate) fn line(&self, place: Place) -> usize {
        self.texts[place.source].line_starts.partition_point(|start| *start <= place.start).max(1)
    }

    /// Line and column of a place's first character, both from 1; columns count characters.
    pub(crate) fn line_and_column(&self, place: Place) -> (usize, usize) {
        let line = self.line(place);
        let known = &self.texts[place.source];
        let before = known.source.text.get(known.line_starts[line - 1]..place.start);
        (line, 1 + before.map_or(0, |before| before.chars().count()))
    }

    /// The whole lines around a stretch of a text: their number, and where they begin and end.
    pub(crate) fn lines_around(&self, number: usize, start: usize, end: usize) -> (usize, usize, usize) {
        let known = &self.texts[number];
        let length = known.source.text.len();
        let line = known.line_starts.partition_point(|begin| *begin <= start).max(1);
        let last = known.line_starts.partition_point(|begin| *begin < end.max(start + 1));
        let past = known.line_starts.get(last.max(line)).map_or(length, |next| *next);
        (line, known.line_starts[line - 1], past)
    }

    /// The bytes of a file that a text points at, as they were when it was asked for first.
    pub(crate) fn file(&self, path: &Path) -> Read {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.entry(path.to_owned()).or_insert_with(|| read(path)).clone()
    }

    /// All files that were read so far.
    pub(crate) fn inputs(&self) -> Vec<PathBuf> {
        let texts = self.texts.iter().filter_map(|known| known.source.file.clone());
        texts.chain(self.read_files().into_iter().map(|(path, _)| path)).collect()
    }

    /// The files beside the texts that were read so far, with their bytes.
    pub(crate) fn read_files(&self) -> Vec<(PathBuf, Bytes)> {
        let files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let whole = files.iter().filter_map(|(path, read)| Some((path.clone(), read.as_ref().ok()?.clone())));
        whole.collect()
    }
}

fn read(path: &Path) -> Read {
    text_file::open(path, MOST_CSV).and_then(|file| {
        let mut bytes = Vec::new();
        // Of a file that grows no more than that either.
        file.take(MOST_CSV).read_to_end(&mut bytes)?;
        Ok(Bytes(Arc::new(bytes)))
    })
}
