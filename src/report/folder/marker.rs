//! The file that says which files of a folder are ours, and the names that ours may have.

use std::fs;
use std::io;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::error::WriteError;
use super::holds::{Holds, MARKER, UNFINISHED};

/// Held by whoever is about to write into the folder.
pub(super) const LOCK: &str = ".holdline-lock";
/// New results, while they are written beside other files.
pub(super) const STAGE: &str = ".holdline-stage";
/// New results that are whole and on their way into place.
pub(super) const COMMIT: &str = ".holdline-commit";
/// A marker in the writing.
const BESIDE: &str = ".holdline-marker";

/// Files that are too long for memory, while they are written: contacts and events.
pub(super) const DRAFTS: [&str; 2] = [".holdline-contacts", ".holdline-events"];

/// What comes and goes while results are written.
pub(super) const TRANSIENT: [&str; 6] = [LOCK, STAGE, COMMIT, BESIDE, DRAFTS[0], DRAFTS[1]];

/// The folders within that ours may lie in.
pub(super) const INNER: [&str; 2] = ["charts", UNFINISHED];

/// The files there: rows, plan and progress, and the last two in the writing.
const UNFINISHED_FILES: [&str; 5] =
    ["sweep.csv", "sweep.json", "progress.json", "sweep.json.new", "progress.json.new"];

/// What the marker says.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Marker {
    about: String,
    pub(super) holds: Holds,
    /// The files that are ours: names within the folder, with `/`.
    pub(super) files: Vec<String>,
}

impl Marker {
    pub(super) fn new(holds: Holds, mut files: Vec<String>) -> Marker {
        files.sort();
        let about =
            "holdline replaces and deletes the files of this folder that are listed here, and no others";
        Marker { about: about.to_owned(), holds, files }
    }

    /// The marker of a folder, if it has one. What is not written like one is somebody else's file.
    pub(super) fn read(folder: &Path) -> Option<Marker> {
        let path = folder.join(MARKER);
        if !is_file(&path) {
            return None;
        }
        let mut marker: Marker = serde_json::from_slice(&fs::read(path).ok()?).ok()?;
        // Nothing outside of the folder is ever ours, whatever is written there.
        marker.files.retain(|name| {
            let parts: Vec<&str> = name.split('/').collect();
            let plain =
                |part: &&str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']);
            parts.iter().all(plain) && (parts.len() == 1 || (parts.len() == 2 && INNER.contains(&parts[0])))
        });
        Some(marker)
    }

    /// All files that may be ours: what is listed, and of a sweep what it writes while it is unfinished.
    pub(super) fn ours(&self) -> Vec<String> {
        let unfinished = UNFINISHED_FILES.map(|name| format!("{UNFINISHED}/{name}"));
        let unfinished = unfinished.into_iter().filter(|_| self.holds == Holds::Sweep);
        self.files.iter().cloned().chain(unfinished).collect()
    }

    /// Writes it, whole or not at all.
    pub(super) fn write(&self, folder: &Path) -> io::Result<()> {
        let beside = folder.join(BESIDE);
        let text = serde_json::to_string_pretty(self).map_err(io::Error::other)?;
        let _ = fs::remove_file(&beside);
        fs::write(&beside, text + "\n")?;
        fs::rename(beside, folder.join(MARKER))
    }
}

/// Removes what was written of files that are too long for memory.
pub(super) fn remove_drafts(folder: &Path) {
    for name in DRAFTS.iter().map(|name| folder.join(name)).filter(|path| is_file(path)) {
        let _ = fs::remove_file(name);
    }
}

/// Whether a plain file stands there, not a link to one.
pub(super) fn is_file(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_file())
}

/// Whether a folder stands there, not a link to one.
pub(super) fn is_folder(path: &Path) -> bool {
    fs::symlink_metadata(path).is_ok_and(|there| there.is_dir())
}

/// What a folder holds beside our files.
#[derive(Debug, Default)]
pub(super) struct Others {
    /// Names within the folder, with `/`, in order.
    pub(super) names: Vec<String>,
    /// Folders that have a marker of their own.
    pub(super) nested: bool,
    /// Whether the folder itself has a marker.
    pub(super) marked: bool,
}

impl Others {
    /// Whether there are none.
    pub(super) fn none(&self) -> bool {
        self.names.is_empty() && !self.nested
    }
}

/// Looks at a folder; one that is not there holds nothing.
pub(super) fn others(folder: &Path) -> io::Result<Others> {
    let found = looked_at(folder)?;
    // Another command may have put its marker there after this one looked for it: then it is nobody else's file.
    let unread = !found.marked && found.names.iter().any(|name| name == MARKER);
    if unread && Marker::read(folder).is_some() { looked_at(folder) } else { Ok(found) }
}

fn looked_at(folder: &Path) -> io::Result<Others> {
    let marker = Marker::read(folder);
    let mut others = Others { marked: marker.is_some(), ..Others::default() };
    let files = marker.as_ref().map(Marker::ours).unwrap_or_default();
    let ours = |name: &str| files.iter().any(|own| own == name);
    for (name, path) in entries(folder)? {
        if TRANSIENT.contains(&name.as_str()) || (name == MARKER && others.marked) {
            continue;
        }
        if INNER.contains(&name.as_str()) && is_folder(&path) {
            for (inner, path) in entries(&path)? {
                let name = format!("{name}/{inner}");
                if !(ours(&name) && is_file(&path)) {
                    others.names.push(name);
                }
            }
        } else if is_folder(&path) && Marker::read(&path).is_some() {
            others.nested = true;
        } else if !(ours(&name) && is_file(&path)) {
            others.names.push(name);
        }
    }
    others.names.sort();
    Ok(others)
}

fn entries(folder: &Path) -> io::Result<Vec<(String, std::path::PathBuf)>> {
    let entries = match fs::read_dir(folder) {
        Err(cause) if cause.kind() == io::ErrorKind::NotFound => return Ok(Vec::new()),
        entries => entries?,
    };
    let named = |entry: fs::DirEntry| (entry.file_name().to_string_lossy().into_owned(), entry.path());
    entries.map(|entry| entry.map(named)).collect()
}

/// Whether results of this kind may go into a folder, given what else is there.
pub(super) fn may_take(folder: &Path, holds: Holds, force: bool) -> Result<Others, WriteError> {
    let others = others(folder).map_err(|cause| WriteError::Folder { path: folder.to_owned(), cause })?;
    for name in others.names.iter().filter(|name| holds.may_hold(name)) {
        let path = folder.join(name);
        let there = fs::symlink_metadata(&path);
        if there.as_ref().is_ok_and(|there| there.is_symlink()) {
            return Err(WriteError::Link { path });
        }
        if !there.is_ok_and(|there| there.is_file()) || INNER.contains(&name.as_str()) {
            return Err(WriteError::Occupied { path });
        }
    }
    if force {
        return Ok(others);
    }
    if let Some(marker) = Marker::read(folder)
        && marker.holds != holds
        && (!marker.files.is_empty() || is_folder(&folder.join(UNFINISHED)))
    {
        return Err(WriteError::OtherKind { path: folder.to_owned(), there: marker.holds });
    }
    // Beside our own results other files may lie, as long as none is in the way.
    let in_the_way = |name: &&String| !others.marked || holds.may_hold(name);
    let names: Vec<String> = others.names.iter().filter(in_the_way).cloned().collect();
    if names.is_empty() { Ok(others) } else { Err(WriteError::Foreign { path: folder.to_owned(), names }) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_results_are_known_and_no_others() {
        for name in ["queues.csv", "charts/wait.svg", "charts/wait-12.png", "charts", ".holdline"] {
            assert!(Holds::Run.may_hold(name), "{name}");
        }
        for name in ["centre.toml", "charts/mine.svg", "charts/wait-x.svg", "charts/wait.txt", "sweep.csv"] {
            assert!(!Holds::Run.may_hold(name), "{name}");
        }
        assert!(Holds::Sweep.may_hold("unfinished/sweep.csv") && !Holds::Comparison.may_hold("queues.csv"));
    }

    #[test]
    fn a_marker_owns_nothing_outside_of_its_folder() {
        let folder = tempfile::tempdir().unwrap();
        let names = ["queues.csv", "../mine", "/etc/passwd", "charts/../../mine", "charts/a.svg", "other/x"];
        Marker::new(Holds::Run, names.map(str::to_owned).to_vec()).write(folder.path()).unwrap();
        assert_eq!(Marker::read(folder.path()).unwrap().files, ["charts/a.svg", "queues.csv"]);
    }
}
