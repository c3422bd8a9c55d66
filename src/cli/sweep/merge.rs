//! `holdline merge`: the parts of a sweep joined into the bytes of one run.

use std::fs::{self, File};
use std::io::{BufRead as _, BufReader, BufWriter, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;

use super::journal::{State, WHOLE, differs, read_state};
use crate::cli::Failure;
use crate::report;
use crate::scenario::Scenario;

/// What `holdline merge` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Example:
  holdline merge output/centre-sweep/shard-*")]
pub struct MergeArgs {
    /// The folders of all parts
    #[arg(required = true, value_name = "DIR")]
    pub parts: Vec<PathBuf>,
    /// Where the whole goes [default: the folder above the parts]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Say nothing
    #[arg(long, short)]
    pub quiet: bool,
}

/// One part, read row by row.
struct Part {
    folder: PathBuf,
    rows: BufReader<File>,
    /// The next row, and the point that it belongs to.
    next: Vec<u8>,
    point: Option<u64>,
}

/// Joins the parts.
///
/// # Errors
/// Parts that are missing, double, unfinished or of another sweep; what the machine refuses.
pub fn merge(args: &MergeArgs) -> Result<(), Failure> {
    let mut states: Vec<(PathBuf, State)> = Vec::new();
    for folder in &args.parts {
        let Some(state) = read_state(folder)? else {
            let title = format!("{} holds no part of a sweep", folder.display());
            return Err(Failure::mistake(title, "name the folders that `holdline sweep --shard` wrote"));
        };
        states.push((folder.clone(), state));
    }
    states.sort_by_key(|(_, state)| state.plan.shard);
    agree(&states)?;
    let above = args.parts[0].parent().filter(|path| !path.as_os_str().is_empty());
    let folder = args.out.clone().unwrap_or_else(|| above.unwrap_or(Path::new(".")).to_owned());
    fs::create_dir_all(&folder).map_err(|error| Failure::io("make the folder", &folder, &error))?;
    let whole = folder.join(WHOLE);
    let beside = folder.join("sweep.csv.part");
    join(&states, &beside)?;
    fs::rename(&beside, &whole).map_err(|error| Failure::io("put in place", &whole, &error))?;
    if !args.quiet {
        tell!("{} points of {} parts, wrote {}", states[0].1.plan.points, states.len(), whole.display());
    }
    let plan = &states[0].1.plan;
    let name = format!("{}.toml", plan.title);
    let loaded = Scenario::from_text(&name, &plan.scenario, &[]).map_err(Failure::Scenario)?;
    super::show(&folder, report::SweepAbout::new(&loaded.scenario, plan.sweep.clone()), args.quiet)
}

/// Whether the parts are those of one sweep, each once, all there and finished.
fn agree(states: &[(PathBuf, State)]) -> Result<(), Failure> {
    let (first_folder, first) = &states[0];
    for (folder, state) in states {
        let mut plan = state.plan.clone();
        plan.shard = (first.plan.shard.0, plan.shard.1);
        plan.title.clone_from(&first.plan.title);
        if plan != first.plan {
            let why = differs(&plan, &first.plan);
            let title =
                format!("{} and {} are of different sweeps: {why}", folder.display(), first_folder.display());
            return Err(Failure::mistake(title, "join the parts of one sweep"));
        }
        if !state.progress.finished {
            let title = format!("the part in {} is not finished", folder.display());
            return Err(Failure::mistake(
                title,
                "`holdline sweep` with the same words and `--resume` goes on",
            ));
        }
    }
    let of = first.plan.shard.1;
    for number in 0..of {
        let there: Vec<&PathBuf> = states
            .iter()
            .filter(|(_, state)| state.plan.shard.0 == number)
            .map(|(folder, _)| folder)
            .collect();
        match there.as_slice() {
            [_] => {}
            [] => {
                return Err(Failure::mistake(format!("part {number} of {of} is missing"), "name all parts"));
            }
            [one, other, ..] => {
                let title = format!(
                    "part {number} of {of} is there twice: {} and {}",
                    one.display(),
                    other.display()
                );
                return Err(Failure::mistake(title, "name each part once"));
            }
        }
    }
    Ok(())
}

fn join(states: &[(PathBuf, State)], to: &Path) -> Result<(), Failure> {
    let failed = |error: &std::io::Error| Failure::io("write", to, error);
    let mut out = BufWriter::new(File::create(to).map_err(|error| failed(&error))?);
    let mut parts = Vec::new();
    for (folder, _) in states {
        let file = File::open(folder.join(WHOLE)).map_err(|error| Failure::io("read", folder, &error))?;
        let rows = BufReader::new(file);
        let mut part = Part { folder: folder.clone(), rows, next: Vec::new(), point: None };
        part.advance()?;
        if parts.is_empty() {
            out.write_all(&part.next).map_err(|error| failed(&error))?;
        }
        part.advance()?;
        parts.push(part);
    }
    let (points, of) = (states[0].1.plan.points, states.len() as u64);
    for point in 0..points {
        let part = &mut parts[(point % of) as usize];
        if part.point != Some(point) {
            let title = format!("{} lacks point {point}", part.folder.display());
            return Err(Failure::mistake(title, "play the part again, without `--resume`"));
        }
        while part.point == Some(point) {
            out.write_all(&part.next).map_err(|error| failed(&error))?;
            part.advance()?;
        }
    }
    out.into_inner().map_err(|error| failed(error.error()))?.sync_all().map_err(|error| failed(&error))
}

impl Part {
    /// Reads the next row.
    fn advance(&mut self) -> Result<(), Failure> {
        self.next.clear();
        let read = self.rows.read_until(b'\n', &mut self.next);
        read.map_err(|error| Failure::io("read", &self.folder.join(WHOLE), &error))?;
        let number = self.next.split(|byte| *byte == b',').next().unwrap_or_default();
        self.point = std::str::from_utf8(number).ok().and_then(|text| text.parse().ok());
        Ok(())
    }
}
