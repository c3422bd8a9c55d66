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
pub(super) struct Sources(Vec<Source>);

impl Sources {
    /// Adds a text and gives its number.
    pub(super) fn add(&mut self, source: Source) -> usize {
        self.0.push(source);
        self.0.len() - 1
    }

    /// The text with this number.
    pub(super) fn get(&self, number: usize) -> &Source {
        &self.0[number]
    }

    /// Line and column of a place's first character, both from 1; columns count characters.
    pub(super) fn line_and_column(&self, place: Place) -> (usize, usize) {
        let text = &self.0[place.source].text;
        let before = text.get(..place.start).unwrap_or(text);
        let line_start = before.rfind('\n').map_or(0, |newline| newline + 1);
        (1 + before.matches('\n').count(), 1 + before[line_start..].chars().count())
    }
}
