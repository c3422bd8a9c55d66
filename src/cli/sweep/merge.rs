//! `holdline merge`: the parts of a sweep joined into the bytes of one run.

use std::fs::File;
use std::io::{BufRead as _, BufReader};
use std::path::{Path, PathBuf};

use clap::Args;

use super::journal::{Journal, Plan, ROWS, State, differs, read_state, verified};
use crate::cli::Failure;
use crate::cli::play::ShownArgs;
use crate::experiment::SweepAbout;
use crate::report::{Holds, OutputFolder, UNFINISHED};
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
    /// Write into a folder that holds another sweep or other files: those of the results' names are replaced
    #[arg(long)]
    pub force: bool,
    /// Say nothing
    #[arg(long, short)]
    pub quiet: bool,
    /// How they are shown
    #[command(flatten)]
    pub shown: ShownArgs,
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
            if let Some(mut begun) = read_state(&folder.join(UNFINISHED))? {
                begun.progress.finished = false;
                states.push((folder.clone(), begun));
                continue;
            }
            let title = format!("{} holds no part of a sweep", folder.display());
            return Err(Failure::mistake(title, "name the folders that `holdline sweep --shard` wrote"));
        };
        states.push((folder.clone(), state));
    }
    states.sort_by_key(|(_, state)| state.plan.shard);
    agree(&states)?;
    for (folder, state) in &states {
        verified(&folder.join(ROWS), &state.progress)?;
    }
    let above = args.parts[0].parent().filter(|path| !path.as_os_str().is_empty());
    let folder = args.out.clone().unwrap_or_else(|| above.unwrap_or(Path::new(".")).to_owned());
    let plan = Plan { shard: (0, 1), ..states[0].1.plan.clone() };
    if !args.force {
        is_free_for(&folder, &plan)?;
    }
    let inputs: Vec<PathBuf> = states.iter().map(|(folder, _)| folder.join(ROWS)).collect();
    let out = OutputFolder::claim(&folder, Holds::Sweep, &inputs, args.force).map_err(Failure::unwritten)?;
    let name = format!("{}.toml", plan.title);
    let loaded = Scenario::from_text(&name, &plan.scenario, &[]).map_err(Failure::Scenario)?;
    let about = SweepAbout::new(&loaded.scenario, plan.sweep.clone());
    let journal = join(&states, out, plan)?;
    if !args.quiet {
        tell!("{} points of {} parts", states[0].1.plan.points, states.len());
    }
    super::finish(journal, about, args.shown, args.quiet)
}

/// Whether a folder holds no other sweep.
fn is_free_for(folder: &Path, plan: &Plan) -> Result<(), Failure> {
    for place in [folder.to_owned(), folder.join(UNFINISHED)] {
        let Some(state) = read_state(&place)? else { continue };
        if let Some(why) = differs(&state.plan, plan) {
            let title = format!("{} holds another sweep: {why}", folder.display());
            return Err(Failure::mistake(title, "choose another `--out`, or replace it with `--force`"));
        }
    }
    Ok(())
}

/// Numbers as job arrays are asked for them: `3,7-8`.
fn as_ranges(numbers: &[u64]) -> String {
    let mut ranges: Vec<(u64, u64)> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some((_, last)) if *last + 1 == number => *last = number,
            _ => ranges.push((number, number)),
        }
    }
    let one = |&(first, last): &(u64, u64)| match last - first {
        0 => first.to_string(),
        1 => format!("{first},{last}"),
        _ => format!("{first}-{last}"),
    };
    ranges.iter().map(one).collect::<Vec<_>>().join(",")
}

/// Parts that are missing or not finished, and how a job array plays them again.
fn to_play_again(missing: &[u64], unfinished: &[u64], of: u64) -> Failure {
    let told = |numbers: &[u64], what: &str| {
        let (parts, are) = if numbers.len() == 1 { ("part", "is") } else { ("parts", "are") };
        (!numbers.is_empty()).then(|| format!("{parts} {} of {of} {are} {what}", as_ranges(numbers)))
    };
    let title: Vec<String> =
        told(missing, "missing").into_iter().chain(told(unfinished, "not finished")).collect();
    let mut again = [missing, unfinished].concat();
    again.sort_unstable();
    let ranges = as_ranges(&again);
    let help = format!(
        "name all parts, or play these with `--resume` and HOLDLINE_PARTS={of}: `sbatch --array={ranges}`, `hq submit \
         --array={ranges}`; elsewhere all parts again, where those that are done end at once"
    );
    Failure::mistake(title.join("; "), help)
}

/// Whether the parts are those of one sweep, each once, all there and finished.
fn agree(states: &[(PathBuf, State)]) -> Result<(), Failure> {
    let (first_folder, first) = &states[0];
    for (folder, state) in states {
        let mut plan = state.plan.clone();
        plan.shard = (first.plan.shard.0, plan.shard.1);
        if let Some(why) = differs(&plan, &first.plan) {
            let title =
                format!("{} and {} are of different sweeps: {why}", folder.display(), first_folder.display());
            return Err(Failure::mistake(title, "join the parts of one sweep"));
        }
    }
    let of = first.plan.shard.1;
    let (mut missing, mut unfinished) = (Vec::new(), Vec::new());
    for number in 0..of {
        let there: Vec<&(PathBuf, State)> =
            states.iter().filter(|(_, state)| state.plan.shard.0 == number).collect();
        match there.as_slice() {
            [(_, state)] if state.progress.finished => {}
            [_] => unfinished.push(number),
            [] => missing.push(number),
            [(one, _), (other, _), ..] => {
                let title = format!(
                    "part {number} of {of} is there twice: {} and {}",
                    one.display(),
                    other.display()
                );
                return Err(Failure::mistake(title, "name each part once"));
            }
        }
    }
    if missing.is_empty() && unfinished.is_empty() {
        return Ok(());
    }
    Err(to_play_again(&missing, &unfinished, of))
}

/// Gathers the rows of all parts in the order of points.
fn join(states: &[(PathBuf, State)], out: OutputFolder, plan: Plan) -> Result<Journal, Failure> {
    let mut parts = Vec::new();
    let mut head = Vec::new();
    for (folder, _) in states {
        let file = File::open(folder.join(ROWS)).map_err(|error| Failure::io("read", folder, &error))?;
        let rows = BufReader::new(file);
        let mut part = Part { folder: folder.clone(), rows, next: Vec::new(), point: None };
        part.advance()?;
        if parts.is_empty() {
            head.clone_from(&part.next);
        } else if head != part.next {
            return Err(differently_headed(&part.folder, &states[0].0));
        }
        part.advance()?;
        parts.push(part);
    }
    let (points, of) = (plan.points, states.len() as u64);
    let mut journal = Journal::open(out, plan, &head, false)?;
    for point in 0..points {
        let part = &mut parts[(point % of) as usize];
        if part.point != Some(point) {
            let title = format!("{} lacks point {point}", part.folder.display());
            return Err(Failure::mistake(title, "play the part again, without `--resume`"));
        }
        let mut rows = Vec::new();
        while part.point == Some(point) {
            rows.extend_from_slice(&part.next);
            part.advance()?;
        }
        journal.add(&rows)?;
        journal.count();
    }
    Ok(journal)
}

fn differently_headed(one: &Path, other: &Path) -> Failure {
    let title = format!("the rows of {} and {} have different heads", one.display(), other.display());
    Failure::mistake(title, "play the parts again, without `--resume`")
}

impl Part {
    /// Reads the next row.
    fn advance(&mut self) -> Result<(), Failure> {
        self.next.clear();
        let read = self.rows.read_until(b'\n', &mut self.next);
        read.map_err(|error| Failure::io("read", &self.folder.join(ROWS), &error))?;
        let number = self.next.split(|byte| *byte == b',').next().unwrap_or_default();
        self.point = std::str::from_utf8(number).ok().and_then(|text| text.parse().ok());
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_told_as_job_arrays_take_them() {
        assert_eq!(as_ranges(&[3]), "3");
        assert_eq!(as_ranges(&[0, 1, 4, 5, 6, 9]), "0,1,4-6,9");
    }
}
