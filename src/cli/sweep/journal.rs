//! What a sweep has written so far, so that an interrupted one goes on and ends with the same bytes.

use std::fs::{self, File, OpenOptions};
use std::io::{Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::cli::Failure;

/// Everything that the bytes of a sweep depend on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Plan {
    pub(super) version: String,
    /// What the page is called; without a title in the scenario, its file's name. Rows do not
    /// depend on it, so that two plans may differ in it.
    pub(super) title: String,
    /// The whole scenario with what was set for all points.
    pub(super) scenario: String,
    /// What it runs through.
    pub(super) sweep: Vec<String>,
    pub(super) points: u64,
    pub(super) intervals: bool,
    /// (part, of how many).
    pub(super) shard: (u64, u64),
}

/// How far a sweep has got.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub(super) struct Progress {
    /// Points written.
    pub(super) done: usize,
    /// Bytes that they take, the head included.
    pub(super) bytes: u64,
    /// Whether the file is whole.
    pub(super) finished: bool,
}

/// What a folder holds.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) plan: Plan,
    pub(super) progress: Progress,
}

/// The rows of a sweep in the writing.
pub(super) struct Journal {
    folder: PathBuf,
    file: File,
    state: State,
}

/// The rows, while they are written.
const PART: &str = "sweep.csv.part";
/// The rows, when all are there.
pub(super) const WHOLE: &str = "sweep.csv";
/// The plan.
const PLAN: &str = "sweep.json";
/// How far it has got; written for every point, so it is small.
const PROGRESS: &str = "progress.json";

impl Journal {
    /// Begins a sweep anew, or goes on with the one that the folder holds, if it holds one: a job that is
    /// started again need not know whether it got as far as that.
    pub(super) fn open(folder: &Path, plan: Plan, head: &[u8], resume: bool) -> Result<Journal, Failure> {
        fs::create_dir_all(folder).map_err(|error| Failure::io("make the folder", folder, &error))?;
        let path = folder.join(PART);
        let progress = Progress { done: 0, bytes: head.len() as u64, finished: false };
        let mut state = State { plan, progress };
        let earlier = if resume { read_state(folder)? } else { None };
        let failed = |error: &std::io::Error| Failure::io("write", &path, error);
        if let Some(earlier) = earlier {
            let renamed = Plan { title: state.plan.title.clone(), ..earlier.plan.clone() };
            if renamed != state.plan {
                let title = format!(
                    "the sweep in {} is another one: {}",
                    folder.display(),
                    differs(&earlier.plan, &state.plan)
                );
                return Err(Failure::mistake(
                    title,
                    "leave `--resume` out to begin anew, or choose another `--out`",
                ));
            }
            state = earlier;
            if state.progress.finished {
                // Whole already: nothing is left to play, and the bytes stay as they are.
                fs::copy(folder.join(WHOLE), &path).map_err(|error| failed(&error))?;
            }
            let mut file = OpenOptions::new().write(true).open(&path).map_err(|error| failed(&error))?;
            file.set_len(state.progress.bytes).map_err(|error| failed(&error))?;
            file.seek(SeekFrom::End(0)).map_err(|error| failed(&error))?;
            return Ok(Journal { folder: folder.to_owned(), file, state });
        }
        let mut file = File::create(&path).map_err(|error| failed(&error))?;
        file.write_all(head).map_err(|error| failed(&error))?;
        let journal = Journal { folder: folder.to_owned(), file, state };
        journal.note(PROGRESS, &journal.state.progress)?;
        journal.note(PLAN, &journal.state.plan)?;
        Ok(journal)
    }

    /// Points that are written.
    pub(super) fn done(&self) -> usize {
        self.state.progress.done
    }

    /// The rows of the next point.
    pub(super) fn write(&mut self, rows: &[u8]) -> Result<(), Failure> {
        let failed = |error: &std::io::Error| Failure::io("write", &self.folder.join(PART), error);
        self.file.write_all(rows).map_err(|error| failed(&error))?;
        self.file.flush().map_err(|error| failed(&error))?;
        self.state.progress.done += 1;
        self.state.progress.bytes += rows.len() as u64;
        self.note(PROGRESS, &self.state.progress)
    }

    /// All points are written: the file gets its name.
    pub(super) fn finish(mut self) -> Result<PathBuf, Failure> {
        let (part, whole) = (self.folder.join(PART), self.folder.join(WHOLE));
        self.file.sync_all().map_err(|error| Failure::io("write", &part, &error))?;
        fs::rename(&part, &whole).map_err(|error| Failure::io("put in place", &whole, &error))?;
        self.state.progress.finished = true;
        self.note(PROGRESS, &self.state.progress)?;
        Ok(whole)
    }

    /// Written beside, then renamed: there is always a whole one.
    fn note(&self, name: &str, what: &impl Serialize) -> Result<(), Failure> {
        let (path, beside) = (self.folder.join(name), self.folder.join(format!("{name}.new")));
        let text = serde_json::to_vec_pretty(what).map_err(|error| Failure::Fault(error.to_string()))?;
        fs::write(&beside, text)
            .and_then(|()| fs::rename(&beside, &path))
            .map_err(|error| Failure::io("write", &path, &error))
    }
}

/// What a folder says of its sweep, if it holds one.
pub(super) fn read_state(folder: &Path) -> Result<Option<State>, Failure> {
    let Some(plan) = read(&folder.join(PLAN))? else { return Ok(None) };
    let Some(progress) = read(&folder.join(PROGRESS))? else { return Ok(None) };
    Ok(Some(State { plan, progress }))
}

fn read<T: for<'de> Deserialize<'de>>(path: &Path) -> Result<Option<T>, Failure> {
    let text = match fs::read(path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io("read", path, &error)),
    };
    serde_json::from_slice(&text).map(Some).map_err(|error| {
        let title = format!("{} is not what a sweep writes: {error}", path.display());
        Failure::mistake(title, "begin the sweep anew, without `--resume`")
    })
}

/// In what two plans differ, in words.
pub(super) fn differs(one: &Plan, other: &Plan) -> &'static str {
    match () {
        () if one.version != other.version => "it was begun by another version of holdline",
        () if one.sweep != other.sweep || one.points != other.points => "it runs through other points",
        () if one.intervals != other.intervals => "only one of both has rows for intervals",
        () if one.shard.1 != other.shard.1 => "it has another number of parts",
        () if one.shard != other.shard => "it is another part",
        () => "its scenario is another one",
    }
}
