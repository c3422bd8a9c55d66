//! Where a command puts what it has found, beside the terminal.

use std::path::{Path, PathBuf};

use clap::Args;

use super::Failure;
use super::written_file::{put, refuse_existing};

/// Files that are written where they are asked for, and JSON in place of tables.
#[derive(Args, Debug)]
pub struct OutputFiles {
    /// Write what was found as CSV
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
    /// Print what was found as JSON
    #[arg(long)]
    pub json: bool,
}

impl OutputFiles {
    /// Before anything is played, which may take long: neither the table nor any other of these files may be there or be read.
    ///
    /// # Errors
    /// One of them is.
    pub(super) fn refuse_existing(
        &self,
        others: &[&Option<PathBuf>],
        inputs: &[PathBuf],
    ) -> Result<(), Failure> {
        let files = others.iter().copied().chain([&self.csv]).flatten();
        files.map(PathBuf::as_path).try_for_each(|file| refuse_existing(file, inputs, self.force))
    }

    /// Writes a file, if it is asked for.
    ///
    /// # Errors
    /// It is there by now, or the machine refuses it.
    pub(super) fn put(
        &self,
        file: &Option<PathBuf>,
        quiet: bool,
        text: impl FnOnce(&Path) -> String,
    ) -> Result<(), Failure> {
        file.as_ref().map_or(Ok(()), |file| put(file, &text(file), self.force, quiet))
    }

    /// Writes the table, if it is asked for.
    ///
    /// # Errors
    /// It is there by now, or the machine refuses it.
    pub(super) fn put_csv(&self, quiet: bool, text: impl FnOnce() -> String) -> Result<(), Failure> {
        self.put(&self.csv, quiet, |_| text())
    }
}
