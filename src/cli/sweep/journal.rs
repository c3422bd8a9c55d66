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
    /// The whole scenario with what was set for all points.
    pub(super) scenario: String,
    /// The paths that vary.
    pub(super) paths: Vec<String>,
    /// The values of each point, as far as they are kept.
    pub(super) values: Vec<Vec<String>>,
    pub(super) points: u64,
    pub(super) intervals: bool,
    /// (part, of how many).
    pub(super) shard: (u64, u64),
}

/// The plan and how far it has got.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct State {
    pub(super) plan: Plan,
    /// Points written.
    pub(super) done: usize,
    /// Bytes that they take, the head included.
    pub(super) bytes: u64,
    /// Whether the file is whole.
    pub(super) finished: bool,
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
/// The plan, and how far it has got.
pub(super) const STATE: &str = "sweep.json";

impl Journal {
    /// Begins a sweep anew, or goes on with the one that the folder holds.
    pub(super) fn open(folder: &Path, plan: Plan, head: &[u8], resume: bool) -> Result<Journal, Failure> {
        fs::create_dir_all(folder).map_err(|error| Failure::io("make the folder", folder, &error))?;
        let path = folder.join(PART);
        let mut state = State { plan, done: 0, bytes: head.len() as u64, finished: false };
        let earlier = if resume { read_state(folder)? } else { None };
        let failed = |error: &std::io::Error| Failure::io("write", &path, error);
        if resume && earlier.is_none() {
            let title = format!("{} holds no sweep to go on with", folder.display());
            return Err(Failure::mistake(title, "leave `--resume` out to begin one"));
        }
        if let Some(earlier) = earlier {
            if earlier.plan != state.plan {
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
            if state.finished {
                // Whole already: nothing is left to play, and the bytes stay as they are.
                fs::copy(folder.join(WHOLE), &path).map_err(|error| failed(&error))?;
            }
            let mut file = OpenOptions::new().write(true).open(&path).map_err(|error| failed(&error))?;
            file.set_len(state.bytes).map_err(|error| failed(&error))?;
            file.seek(SeekFrom::End(0)).map_err(|error| failed(&error))?;
            return Ok(Journal { folder: folder.to_owned(), file, state });
        }
        let mut file = File::create(&path).map_err(|error| failed(&error))?;
        file.write_all(head).map_err(|error| failed(&error))?;
        let journal = Journal { folder: folder.to_owned(), file, state };
        journal.write_state()?;
        Ok(journal)
    }

    /// Points that are written.
    pub(super) fn done(&self) -> usize {
        self.state.done
    }

    /// The rows of the next point.
    pub(super) fn write(&mut self, rows: &[u8]) -> Result<(), Failure> {
        let failed = |error: &std::io::Error| Failure::io("write", &self.folder.join(PART), error);
        self.file.write_all(rows).map_err(|error| failed(&error))?;
        self.file.flush().map_err(|error| failed(&error))?;
        self.state.done += 1;
        self.state.bytes += rows.len() as u64;
        self.write_state()
    }

    /// All points are written: the file gets its name.
    pub(super) fn finish(mut self) -> Result<PathBuf, Failure> {
        let (part, whole) = (self.folder.join(PART), self.folder.join(WHOLE));
        self.file.sync_all().map_err(|error| Failure::io("write", &part, &error))?;
        fs::rename(&part, &whole).map_err(|error| Failure::io("put in place", &whole, &error))?;
        self.state.finished = true;
        self.write_state()?;
        Ok(whole)
    }

    /// Written beside, then renamed: there is always a whole one.
    fn write_state(&self) -> Result<(), Failure> {
        let path = self.folder.join(STATE);
        let beside = self.folder.join("sweep.json.new");
        let text =
            serde_json::to_vec_pretty(&self.state).map_err(|error| Failure::Fault(error.to_string()))?;
        fs::write(&beside, text)
            .and_then(|()| fs::rename(&beside, &path))
            .map_err(|error| Failure::io("write", &path, &error))
    }
}

/// What a folder says of its sweep, if it holds one.
pub(super) fn read_state(folder: &Path) -> Result<Option<State>, Failure> {
    let path = folder.join(STATE);
    let text = match fs::read(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(Failure::io("read", &path, &error)),
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
        () if one.paths != other.paths || one.values != other.values || one.points != other.points => {
            "it runs through other points"
        }
        () if one.intervals != other.intervals => "only one of both has rows for intervals",
        () if one.shard.1 != other.shard.1 => "it has another number of parts",
        () if one.shard != other.shard => "it is another part",
        () => "its scenario is another one",
    }
}
