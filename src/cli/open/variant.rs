//! The centre that was opened, and its variants: as settings, as a command, as a file.

use std::path::{Path, PathBuf};

use crate::scenario::{Levers, Loaded, Scenario, Written, extension};
use crate::vocabulary::{Lever, Position};

use super::super::Failure;
use super::super::new::as_typed;
use super::super::written_file::write_new;

/// Longer names are no names.
const LONGEST_NAME: usize = 60;

/// What was opened.
pub(super) struct Opening {
    path: PathBuf,
    written: Written,
    /// What the command line laid over it.
    given: Vec<String>,
    levers: Levers,
}

impl Opening {
    /// A file with what the command line lays over it.
    ///
    /// # Errors
    /// A setting that reaches into a list: no file could keep it.
    pub(super) fn new(path: &Path, written: Written, given: Vec<String>) -> Result<Opening, Failure> {
        if let Some(setting) =
            given.iter().find(|&one| extension("", "", std::slice::from_ref(one)).is_none())
        {
            let title = format!("`--set {setting}` reaches into a list, which a saved variant cannot");
            return Err(Failure::mistake(title, "change the list in the file, or set it as a whole"));
        }
        let levers = written.levers(&given);
        Ok(Opening { path: path.to_owned(), written, given, levers })
    }

    /// The file's name without its folder.
    pub(super) fn file_name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub(super) fn levers(&self) -> &[Lever] {
        self.levers.list()
    }

    /// What a variant lays over the baseline.
    pub(super) fn settings(&self, turns: &[(usize, Position)]) -> Vec<String> {
        let turned = self.levers.turned(turns);
        turned.iter().map(|setting| format!("{}={}", setting.path(), setting.shown())).collect()
    }

    /// The variant; `None` where nothing is changed.
    ///
    /// # Errors
    /// All mistakes.
    pub(super) fn variant(&self, settings: &[String]) -> Result<Option<Scenario>, Failure> {
        if settings.is_empty() {
            return Ok(None);
        }
        let loaded = self.written.with(&self.all(settings)).map_err(Failure::Scenario)?;
        Ok(Some(loaded.scenario))
    }

    /// The scenario of a variant as a report has it: with everything that is laid over the file.
    ///
    /// # Errors
    /// All mistakes.
    pub(super) fn loaded(&self, settings: &[String]) -> Result<Loaded, Failure> {
        self.written.with(&self.all(settings)).map_err(Failure::Scenario)
    }

    fn all(&self, settings: &[String]) -> Vec<String> {
        self.given.iter().chain(settings).cloned().collect()
    }

    /// The command that plays a variant.
    pub(super) fn command(&self, settings: &[String]) -> String {
        let mut words = vec![format!("holdline run {}", as_typed(&self.path.to_string_lossy()))];
        words.extend(self.all(settings).iter().map(|setting| format!("--set {}", as_typed(setting))));
        words.join(" ")
    }

    /// A variant as a file beside the one that was opened.
    pub(super) fn file(&self, title: &str, settings: &[String]) -> String {
        extension(&self.file_name(), title, &self.all(settings)).unwrap_or_default()
    }

    /// Saves a variant under a name, and says where.
    ///
    /// # Errors
    /// A name that is none or is taken; what the machine refuses.
    pub(super) fn save(&self, name: &str, settings: &[String]) -> Result<String, Failure> {
        let name = name.trim();
        let plain = |c: char| c.is_alphanumeric() || " _-".contains(c);
        if name.is_empty() || name.chars().count() > LONGEST_NAME || !name.chars().all(plain) {
            let title = "a name has letters, digits, spaces, `-` and `_` alone, 60 of them at most";
            return Err(Failure::mistake(title, "nothing was written"));
        }
        let file = format!("{}.toml", name.replace(' ', "_"));
        write_new(&self.path.with_file_name(&file), &self.file(name, settings))?;
        Ok(format!("{file} is written."))
    }
}
