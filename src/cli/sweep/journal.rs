//! What a sweep has written so far, so that an interrupted one goes on and ends with the same bytes.
//!
//! Rows gather in `unfinished/`, beside the plan and a note of how far it has got; what was there before
//! stays until all rows are there. Checksums tell whether a file still is what was written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Seek as _, SeekFrom, Write as _};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::cli::Failure;
use crate::report::{OutputFolder, Product, UNFINISHED};

/// Everything that the bytes of a sweep depend on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Plan {
    pub(super) version: String,
    /// What the page is called; without a title in the scenario, its file's name. Rows do not
    /// depend on it, so that two plans may differ in it.
    pub(super) title: String,
    /// The whole scenario with what was set for all points.
    pub(super) scenario: String,
    /// The checksum of the tables (volumes, traces, staff) that it reads.
    pub(super) tables: String,
    /// What it runs through.
    pub(super) sweep: Vec<String>,
    pub(super) points: u64,
    pub(super) intervals: bool,
    /// (part, of how many).
    pub(super) shard: (u64, u64),
}

/// How far a sweep has got.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Progress {
    /// Points written.
    pub(super) done: usize,
    /// Bytes that they take, the head included.
    pub(super) bytes: u64,
    /// Whether the file is whole.
    pub(super) finished: bool,
    /// The SHA-256 of those bytes.
    pub(super) sha256: String,
    /// The SHA-256 of the plan.
    pub(super) plan_sha256: String,
}

/// What a folder holds.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) plan: Plan,
    pub(super) progress: Progress,
}

/// The rows of a sweep in the writing.
pub(super) struct Journal {
    out: OutputFolder,
    /// Where the rows are.
    rows: PathBuf,
    /// `None` where all were there already.
    file: Option<File>,
    hash: Sha256,
    state: State,
}

/// The rows.
pub(super) const ROWS: &str = "sweep.csv";
/// The plan.
const PLAN: &str = "sweep.json";
/// How far it has got; written for every point, so it is small.
const PROGRESS: &str = "progress.json";

impl Journal {
    /// Begins a sweep anew, or goes on with the one that the folder holds, if it holds one: a job that is
    /// started again need not know whether it got as far as that.
    pub(super) fn open(
        mut out: OutputFolder,
        plan: Plan,
        head: &[u8],
        resume: bool,
    ) -> Result<Journal, Failure> {
        let unfinished = out.path().join(UNFINISHED);
        if resume {
            // One that was killed before it had noted anything begins anew.
            let folder = if unfinished.is_dir() { unfinished.clone() } else { out.path().to_owned() };
            if let Some(state) = read_state(&folder)? {
                if let Some(why) = differs(&state.plan, &plan) {
                    let title = format!("the sweep in {} is another one: {why}", out.path().display());
                    return Err(Failure::mistake(
                        title,
                        "leave `--resume` out to begin anew, or choose another `--out`",
                    ));
                }
                let rows = folder.join(ROWS);
                let hash = verified(&rows, &state.progress)?;
                let state = State { plan, ..state };
                let file = if state.progress.finished { None } else { Some(go_on(&rows, &state.progress)?) };
                return Ok(Journal { out, rows, file, hash, state });
            }
        }
        out.keep();
        let failed = |error: &io::Error| Failure::io("write", &unfinished, error);
        if !unfinished.is_dir() {
            fs::create_dir(&unfinished).map_err(|error| failed(&error))?;
        }
        // The plan first: without it nothing here counts.
        for name in [PLAN, PROGRESS, ROWS] {
            remove(&unfinished.join(name)).map_err(|error| failed(&error))?;
        }
        let rows = unfinished.join(ROWS);
        let mut file = File::create_new(&rows).map_err(|error| failed(&error))?;
        file.write_all(head).map_err(|error| failed(&error))?;
        let hash = Sha256::new_with_prefix(head);
        let progress = Progress {
            done: 0,
            bytes: head.len() as u64,
            finished: false,
            sha256: hexadecimal(&hash),
            plan_sha256: checksum(&json(&plan)?),
        };
        let state = State { plan, progress };
        note(&unfinished, PROGRESS, &json(&state.progress)?)?;
        note(&unfinished, PLAN, &json(&state.plan)?)?;
        Ok(Journal { out, rows, file: Some(file), hash, state })
    }

    /// Points that are written.
    pub(super) fn done(&self) -> usize {
        self.state.progress.done
    }

    /// The rows so far.
    pub(super) fn rows(&self) -> &Path {
        &self.rows
    }

    /// The rows of the next point.
    pub(super) fn write(&mut self, rows: &[u8]) -> Result<(), Failure> {
        self.add(rows)?;
        let progress = &mut self.state.progress;
        progress.done += 1;
        progress.sha256 = hexadecimal(&self.hash);
        note(&self.out.path().join(UNFINISHED), PROGRESS, &json(&self.state.progress)?)
    }

    /// One more point, without a note of it.
    pub(super) fn count(&mut self) {
        self.state.progress.done += 1;
    }

    /// Some rows, without a note of how far it is.
    pub(super) fn add(&mut self, rows: &[u8]) -> Result<(), Failure> {
        if let Some(file) = &mut self.file {
            file.write_all(rows).map_err(|error| Failure::io("write", &self.rows, &error))?;
            self.hash.update(rows);
            self.state.progress.bytes += rows.len() as u64;
        }
        Ok(())
    }

    /// All points are written: they take the place of what was there, with the other products. Gives the paths of
    /// those, and the rows'.
    pub(super) fn finish(mut self, products: Vec<Product>) -> Result<Vec<PathBuf>, Failure> {
        if let Some(file) = self.file.take() {
            file.sync_all().map_err(|error| Failure::io("write", &self.rows, &error))?;
        }
        self.state.progress.finished = true;
        self.state.progress.sha256 = hexadecimal(&self.hash);
        let mut products = products;
        products.push(Product::of_file(ROWS, self.rows.clone()));
        products.push(Product::new(PLAN, json(&self.state.plan)?));
        products.push(Product::new(PROGRESS, json(&self.state.progress)?));
        self.out.put(&products).map_err(Failure::unwritten)
    }
}

/// What a folder says of its sweep, if it holds one.
pub(super) fn read_state(folder: &Path) -> Result<Option<State>, Failure> {
    let (plan_path, progress_path) = (folder.join(PLAN), folder.join(PROGRESS));
    let (Some(plan), Some(progress)) = (read(&plan_path)?, read(&progress_path)?) else { return Ok(None) };
    let progress: Progress =
        serde_json::from_slice(&progress).map_err(|error| altered(&progress_path, &error.to_string()))?;
    if checksum(&plan) != progress.plan_sha256 {
        return Err(altered(&plan_path, "its checksum is another one"));
    }
    let plan: Plan =
        serde_json::from_slice(&plan).map_err(|error| altered(&plan_path, &error.to_string()))?;
    if plan.points == 0 || plan.shard.0 >= plan.shard.1 {
        return Err(altered(&plan_path, "it has no points"));
    }
    Ok(Some(State { plan, progress }))
}

/// Whether the rows are still what was written; gives the sum so far.
pub(super) fn verified(rows: &Path, progress: &Progress) -> Result<Sha256, Failure> {
    let failed = |error: &io::Error| match error.kind() {
        io::ErrorKind::NotFound => altered(rows, "it is gone"),
        _ => Failure::io("read", rows, error),
    };
    let file = File::open(rows).map_err(|error| failed(&error))?;
    let length = file.metadata().map_err(|error| failed(&error))?.len();
    // What was being written when it was interrupted stands behind.
    if length < progress.bytes || (progress.finished && length > progress.bytes) {
        return Err(altered(rows, &format!("it has {length} bytes, not {}", progress.bytes)));
    }
    let mut hash = Sha256::new();
    let mut reader = file.take(progress.bytes);
    let mut chunk = vec![0; 1 << 16];
    loop {
        let read = reader.read(&mut chunk).map_err(|error| failed(&error))?;
        if read == 0 {
            break;
        }
        hash.update(&chunk[..read]);
    }
    if hexadecimal(&hash) == progress.sha256 {
        Ok(hash)
    } else {
        Err(altered(rows, "its checksum is another one"))
    }
}

fn altered(path: &Path, reason: &str) -> Failure {
    let title = format!("{} is not what the sweep wrote: {reason}", path.display());
    Failure::mistake(title, "play that sweep, or that part of it, anew: without `--resume`")
}

/// Opens the rows behind what is known to be written.
fn go_on(rows: &Path, progress: &Progress) -> Result<File, Failure> {
    let failed = |error: &io::Error| Failure::io("write", rows, error);
    let mut file = OpenOptions::new().write(true).open(rows).map_err(|error| failed(&error))?;
    file.set_len(progress.bytes).map_err(|error| failed(&error))?;
    file.seek(SeekFrom::End(0)).map_err(|error| failed(&error))?;
    Ok(file)
}

/// In what two plans differ, in words.
pub(super) fn differs(one: &Plan, other: &Plan) -> Option<&'static str> {
    match () {
        () if one.version != other.version => Some("it was begun by another version of holdline"),
        () if one.sweep != other.sweep || one.points != other.points => Some("it runs through other points"),
        () if one.intervals != other.intervals => Some("only one of both has rows for intervals"),
        () if one.shard.1 != other.shard.1 => Some("it has another number of parts"),
        () if one.shard != other.shard => Some("it is another part"),
        () if one.scenario != other.scenario => Some("its scenario is another one"),
        () if one.tables != other.tables => Some("a file that its scenario reads is another one"),
        () => None,
    }
}

/// The checksum of all tables that a scenario reads, in whatever order.
pub(super) fn checksum_of_tables(tables: &[impl AsRef<[u8]>]) -> String {
    let mut sums: Vec<String> = tables.iter().map(|table| checksum(table.as_ref())).collect();
    sums.sort();
    sums.dedup();
    checksum(sums.concat().as_bytes())
}

fn checksum(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::new_with_prefix(bytes))
}

fn hexadecimal(hash: &Sha256) -> String {
    hash.clone().finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn json(what: &impl Serialize) -> Result<Vec<u8>, Failure> {
    serde_json::to_vec_pretty(what).map_err(|error| Failure::Fault(error.to_string()))
}

/// Written beside, then renamed: there is always a whole one.
fn note(folder: &Path, name: &str, text: &[u8]) -> Result<(), Failure> {
    let (path, beside) = (folder.join(name), folder.join(format!("{name}.new")));
    let written = || {
        remove(&beside)?;
        File::create_new(&beside)?.write_all(text)?;
        fs::rename(&beside, &path)
    };
    written().map_err(|error| Failure::io("write", &path, &error))
}

/// Removes a file, if there is one; of a link the link.
fn remove(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, Failure> {
    match fs::read(path) {
        Ok(text) => Ok(Some(text)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(Failure::io("read", path, &error)),
    }
}
