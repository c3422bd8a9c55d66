//! Where a value was written: which text, and where in it.

use std::path::PathBuf;

/// A stretch of one of the texts a scenario was read from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The text's number in [`Sources`].
    pub(super) source: usize,
    /// Byte offset of its first byte.
    pub(super) start: usize,
    /// Byte offset past its last byte.
    pub(super) end: usize,
}

/// One text: a file, or the argument of a `--set`.
#[derive(Clone, Debug)]
pub(super) struct Source {
    /// What messages call it: the path as given, or `--set`.
    pub(super) name: String,
    /// All of it.
    pub(super) text: String,
    /// What relative paths written in it are relative to.
    pub(super) folder: PathBuf,
}

/// All texts that a scenario was read from.
#[derive(Clone, Debug, Default)]
pub(super) struct Sources(Vec<Known>);

/// A text, and where its lines begin, so that no mistake has to count them anew.
#[derive(Clone, Debug)]
struct Known {
    source: Source,
    line_starts: Vec<usize>,
}

impl Sources {
    /// Adds a text and gives its number.
    pub(super) fn add(&mut self, source: Source) -> usize {
        let newlines = source.text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let line_starts = std::iter::once(0).chain(newlines.map(|(at, _)| at + 1)).collect();
        self.0.push(Known { source, line_starts });
        self.0.len() - 1
    }

    /// The text with this number.
    pub(super) fn get(&self, number: usize) -> &Source {
        &self.0[number].source
    }

    /// The line of a place's first character, from 1.
    pub(super) fn line(&self, place: Place) -> usize {
        self.0[place.source].line_starts.partition_point(|start| *start <= place.start).max(1)
    }

    /// Line and column of a place's first character, both from 1; columns count characters.
    pub(super) fn line_and_column(&self, place: Place) -> (usize, usize) {
        let line = self.line(place);
        let known = &self.0[place.source];
        let before = known.source.text.get(known.line_starts[line - 1]..place.start);
        (line, 1 + before.map_or(0, |before| before.chars().count()))
    }

    /// The whole lines around a stretch of a text: their number, and where they begin and end.
    pub(super) fn lines_around(&self, number: usize, start: usize, end: usize) -> (usize, usize, usize) {
        let known = &self.0[number];
        let length = known.source.text.len();
        let line = known.line_starts.partition_point(|begin| *begin <= start).max(1);
        let last = known.line_starts.partition_point(|begin| *begin < end.max(start + 1));
        let past = known.line_starts.get(last.max(line)).map_or(length, |next| *next);
        (line, known.line_starts[line - 1], past)
    }
}
