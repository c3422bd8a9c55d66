//! `holdline sweep`: plays a grid of variants, point by point.

mod journal;
mod merge;
mod shard;

pub use merge::{MergeArgs, merge};
pub use shard::Shard;

use std::path::PathBuf;
use std::sync::Mutex;

use clap::Args;

use crate::experiment::SweepAbout;
use crate::experiment::{self, Experiment, Outcome};
use crate::reading::Diagnostics;
use crate::reading::Setting;
use crate::report::{self, Holds, OutputFolder};
use crate::scenario::{Loaded, Scenario, Sweep, Written, parse_axis};

use super::Failure;
use super::output::print;
use super::play::{OutArgs, PlayArgs, ShownArgs};
use super::progress::Progress;
use super::run::{default_folder, not_played};
use journal::{Journal, Plan, checksum_of_tables};

/// More points than this need `--yes`.
const MANY_POINTS: u64 = 100_000;

/// What `holdline sweep` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline sweep centre.toml                                   the file's [sweep]
  holdline sweep centre.toml --vary groups.night.staff=8..16:2 --vary queues.a.patience.mean=2m,5m
  holdline sweep centre.toml --resume                          go on after an interruption
  holdline sweep centre.toml --shard 0/4                       a quarter of the points, on one of four machines
  holdline merge output/centre-sweep/shard-*                   the parts joined

Results go to output/SCENARIO-sweep: sweep.csv (a row per point, scope and figure), report.html to
read, charts/ as SVG and PNG; the terminal shows a row per point. The charts are about the queue
whose settings vary, where it is one, else about all queues; above 2,000 points there are none.
A part of a sweep writes sweep.csv alone; `holdline merge` makes the rest. All files are read at the
start, once; results of an earlier sweep stay until all points are played.")]
pub struct SweepArgs {
    /// The scenario file
    pub file: PathBuf,
    /// What to run through, instead of the file's own sweep: `path=8..16:2`, `path=2m,3m,5m`
    #[arg(long, value_name = "PATH=VALUES")]
    pub vary: Vec<String>,
    /// Rows for every interval too
    #[arg(long)]
    pub intervals: bool,
    /// Go on where an interrupted sweep stopped, if one did
    #[arg(long)]
    pub resume: bool,
    /// Every N-th point from the K-th, from 0: `K/N`; or `auto`, from the variables of a job array
    #[arg(long, value_name = "K/N", value_parser = Shard::parse, conflicts_with = "ShownArgs")]
    pub shard: Option<Shard>,
    /// Play more than 100,000 points
    #[arg(long)]
    pub yes: bool,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
    /// Where the results go
    #[command(flatten)]
    pub results: OutArgs,
    /// How they are shown
    #[command(flatten)]
    pub shown: ShownArgs,
}

/// Plays all points and writes them as they are done.
///
/// # Errors
/// All mistakes of the scenario and of the sweep; what the machine refuses; an interruption, after
/// which `--resume` goes on.
pub fn run(args: &SweepArgs) -> Result<(), Failure> {
    let settings = args.play.settings();
    // The files are read here, once: what happens to them later changes nothing.
    let written = Written::read(&args.file).map_err(Failure::Scenario)?;
    let loaded = super::input::with(&written, &settings, args.play.quiet)?;
    let sweep = sweep_of(args, &loaded)?;
    let points = sweep.len().map_err(|reason| Failure::mistake(reason, VARY))?;
    if points > MANY_POINTS && !args.yes {
        let title = format!("the sweep has {points} points");
        return Err(Failure::mistake(title, "with `--yes` they are played all the same"));
    }
    let all = sweep.points().map_err(|reason| Failure::mistake(reason, VARY))?;
    let bare = written.of_points();
    let read: Vec<Setting> = settings.iter().map(|line| Setting::read(line)).collect();
    let load = |extra: &[Setting]| bare.point_of(&[&read[..], extra].concat());
    check_values(&sweep, &load)?;

    let shard = args.shard.clone().unwrap_or_default();
    if let (Some(variable), false) = (shard.read_from(), args.play.quiet) {
        tell!("shard {}/{}, as {variable} says", shard.number, shard.of);
    }
    let whole = args.results.out.clone().unwrap_or_else(|| {
        let mut folder = default_folder(&args.file).into_os_string();
        folder.push("-sweep");
        folder.into()
    });
    let folder = if shard.of > 1 { whole.join(shard.folder()) } else { whole };
    let out = OutputFolder::claim(&folder, Holds::Sweep, &bare.inputs(), args.results.force)
        .map_err(Failure::unwritten)?;
    args.play.use_threads()?;

    let plan = Plan {
        version: env!("CARGO_PKG_VERSION").to_owned(),
        title: loaded.scenario.title.clone(),
        scenario: loaded.resolved_toml.clone(),
        tables: checksum_of_tables(&bare.tables()),
        sweep: sweep.written(),
        points,
        intervals: args.intervals,
        shard: (shard.number, shard.of),
    };
    let mine: Vec<u64> = (shard.number..points).step_by(shard.of as usize).collect();
    let mut journal = Journal::open(out, plan, &report::sweep_head(&all.paths()), args.resume)?;
    let left = &mine[mine.len().min(journal.done())..];
    if journal.done() > 0 && !args.play.quiet {
        tell!("{} of {} points are done already", journal.done(), mine.len());
    }

    let progress = Progress::of_points(args.play.quiet, left.len() as u64);
    let problem: Mutex<Option<Failure>> = Mutex::new(None);
    let keep = |failure: Failure| {
        // The first one is told; later ones are most often the same.
        if let Ok(mut problem) = problem.lock() {
            problem.get_or_insert(failure);
        }
    };
    let play = |number: u64| -> Option<(Vec<Setting>, Outcome)> {
        let settings = all.get(number);
        let played = load(&settings).map_err(Failure::Scenario).and_then(|scenario| {
            let watch = progress.silent();
            let outcome = Experiment::new(&scenario).and_then(|experiment| experiment.run(&watch));
            outcome.map_err(|failure| match failure {
                experiment::Failure::Stopped => Failure::Interrupted(progress.signal().unwrap_or(2)),
                failure => at_point(number, &settings, not_played(failure)),
            })
        });
        match played {
            Ok(outcome) if outcome.complete => Some((settings, outcome)),
            Ok(_) => None,
            Err(failure) => {
                keep(failure);
                None
            }
        }
    };
    experiment::in_order(left, play, |number, (settings, outcome)| {
        let rows = report::sweep_rows(number, &settings, &outcome.results, args.intervals);
        match journal.write(&rows) {
            Ok(()) => {
                progress.point_done();
                true
            }
            Err(failure) => {
                keep(failure);
                false
            }
        }
    });
    progress.finish();
    if let Some(signal) = progress.signal() {
        if !args.play.quiet {
            tell!("{} of {} points are done; `--resume` goes on", journal.done(), mine.len());
        }
        return Err(Failure::Interrupted(signal));
    }
    if let Ok(Some(failure)) = problem.into_inner() {
        return Err(failure);
    }
    if !args.play.quiet {
        tell!("{} points", mine.len());
    }
    if shard.of > 1 {
        let written = journal.finish(Vec::new())?;
        say_where(&written, args.play.quiet);
        return Ok(());
    }
    finish(journal, SweepAbout::new(&loaded.scenario, sweep.written()), args.shown, args.play.quiet)
}

/// The page, the charts and the table of a sweep whose rows are all there.
fn finish(journal: Journal, about: SweepAbout, shown: ShownArgs, quiet: bool) -> Result<(), Failure> {
    let rows = journal.rows();
    let swept = report::Swept::read(rows, about).map_err(|error| Failure::io("read", rows, &error))?;
    let mut products = report::sweep_products(&swept);
    products.extend(shown.xlsx.then(|| report::sweep_workbook(&swept)));
    let written = journal.finish(products);
    // Whatever became of the files: the play is worth its table.
    let text = if shown.json { report::sweep_json(&swept) } else { report::sweep_table(&swept) };
    let printed = print(&text);
    let written = written?;
    printed?;
    if swept.too_many() && !quiet {
        tell!("there are too many points for charts; the page has a table");
    }
    say_where(&written, quiet);
    shown.open_page(&written);
    Ok(())
}

/// Says where to look first.
fn say_where(written: &[PathBuf], quiet: bool) {
    if let (Some(first), false) = (written.first(), quiet) {
        tell!("wrote {}", first.display());
    }
}

const VARY: &str = "write `--vary groups.night.staff=8..16:2`, or a [sweep] in the file";

/// The command line's axes, or the file's.
fn sweep_of(args: &SweepArgs, loaded: &Loaded) -> Result<Sweep, Failure> {
    let mut sweep = loaded.scenario.sweep.clone();
    if !args.vary.is_empty() {
        let axes = args.vary.iter().map(|text| parse_axis(text)).collect::<Result<Vec<_>, _>>();
        sweep = Sweep { axes: axes.map_err(|reason| Failure::mistake(reason, VARY))?, sample: None };
    }
    if sweep.is_empty() {
        return Err(Failure::mistake("there is nothing to sweep", VARY));
    }
    Ok(sweep)
}

/// Loads what was read with each value of each path, so that what is wrong is told before anything
/// is played.
fn check_values(
    sweep: &Sweep,
    load: &dyn Fn(&[Setting]) -> Result<Scenario, Diagnostics>,
) -> Result<(), Failure> {
    for axis in &sweep.axes {
        let alone = Sweep { axes: vec![axis.clone()], sample: sweep.sample };
        let points = alone.points().map_err(|reason| Failure::mistake(reason, VARY))?;
        let count = points.len();
        for number in [0, count - 1].into_iter().chain(1..count.min(100).saturating_sub(1)) {
            load(&points.get(number)).map_err(Failure::Scenario)?;
        }
    }
    Ok(())
}

/// Says at which point a play failed.
fn at_point(number: u64, settings: &[Setting], failure: Failure) -> Failure {
    let lines: Vec<&str> = settings.iter().map(Setting::line).collect();
    match failure {
        Failure::Mistake { title, hint } => {
            Failure::Mistake { title: format!("point {number} ({}): {title}", lines.join(", ")), hint }
        }
        failure => failure,
    }
}
