//! `holdline run`: plays a scenario and reports what happened.

use std::num::NonZeroU64;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;

use crate::experiment::{self, Experiment, Outcome};
use crate::report;
use crate::units::printable;

use super::Failure;
use super::output::print;
use super::progress::Progress;
pub(super) use super::threads::use_threads;

/// What `holdline run` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline run scenarios/retail.toml
  holdline run centre.toml --set groups.night.staff=5 --replications 500
  holdline run centre.toml --json --quiet > figures.json")]
pub struct RunArgs {
    /// The scenario file
    pub file: PathBuf,
    /// Sets one value of the scenario, whatever its place: `queues.billing.talk.mean=5m`
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// Independent play-throughs (over the scenario's)
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub replications: Option<NonZeroU64>,
    /// The seed of all draws (over the scenario's)
    #[arg(long, value_name = "N")]
    pub seed: Option<u64>,
    /// Threads to use; the results are the same for any number [default: all cores]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub threads: Option<NonZeroU64>,
    /// Where the results go [default: output/SCENARIO]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// No progress, no warnings
    #[arg(long, short)]
    pub quiet: bool,
    /// Print the summary as JSON instead of tables
    #[arg(long)]
    pub json: bool,
}

impl RunArgs {
    /// Everything that goes over the scenario, the special flags last.
    #[must_use]
    pub fn settings(&self) -> Vec<String> {
        let mut settings = self.set.clone();
        settings.extend(self.replications.map(|count| format!("experiment.replications={count}")));
        settings.extend(self.seed.map(|seed| format!("experiment.seed={seed}")));
        settings
    }
}

/// A whole number of 1 or more.
pub(super) fn at_least_one(text: &str) -> Result<NonZeroU64, String> {
    match text.parse::<u64>().map(NonZeroU64::new) {
        Ok(Some(number)) => Ok(number),
        Ok(None) => Err("it must be at least 1".to_owned()),
        Err(_) => Err("it must be a whole number of 1 or more".to_owned()),
    }
}

/// Plays the scenario, writes its files, prints its tables.
///
/// # Errors
/// All mistakes of the scenario; what the machine refuses; an interruption (after what is complete
/// was written).
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    let started = Instant::now();
    let loaded = super::input::load(&args.file, &args.settings(), args.quiet)?;
    let folder = args.out.clone().unwrap_or_else(|| default_folder(&args.file));
    // Before the play: it may take long.
    report::can_be_folder(&folder).map_err(|e| Failure::Environment(e.to_string()))?;
    use_threads(args.threads, args.quiet)?;
    let progress = Progress::new(args.quiet);
    let failed = |failure| {
        progress.finish();
        match (failure, progress.signal()) {
            (experiment::Failure::Stopped, Some(signal)) => Failure::Interrupted(signal),
            (failure, _) => not_played(failure),
        }
    };
    let outcome =
        Experiment::new(&loaded.scenario).and_then(|experiment| experiment.run(&progress)).map_err(failed)?;
    progress.finish();
    let played = started.elapsed();
    report::write(&outcome.results, &loaded.resolved_toml, &folder)
        .map_err(|e| Failure::Environment(e.to_string()))?;
    if args.json {
        print(&report::summary(&outcome.results))?;
    } else {
        print(&format!("{}\n\n{}\n", report::sentence(&outcome.results), report::render(&outcome.results)))?;
    }
    if !args.quiet {
        tell!("{}", played_sentence(&outcome, played));
        tell!("wrote {}", printable(&folder.display().to_string()));
    }
    match progress.signal() {
        Some(signal) if !outcome.complete => Err(Failure::Interrupted(signal)),
        _ => Ok(()),
    }
}

/// Why a scenario that can be read cannot be played.
pub(super) fn not_played(failure: experiment::Failure) -> Failure {
    match failure {
        experiment::Failure::Unstable(unstable) => Failure::mistake(
            format!("{unstable} (found {} into the play)", unstable.at.span()),
            "staff more agents, give customers a patience, or limit the lines",
        ),
        failure @ experiment::Failure::NoFigure(_) => Failure::mistake(
            failure.to_string(),
            "name a figure of docs/figures.md that this scenario has, such as `total.service_level`",
        ),
        failure => Failure::mistake(failure.to_string(), "`holdline check` shows the load of each queue"),
    }
}

/// `output/<scenario>`, beside where the command was typed.
pub(super) fn default_folder(file: &Path) -> PathBuf {
    Path::new("output").join(file.file_stem().unwrap_or(file.as_os_str()))
}

fn played_sentence(outcome: &Outcome, took: Duration) -> String {
    let (seconds, results) = (took.as_secs_f64(), &outcome.results);
    let rate = outcome.contacts as f64 / seconds.max(1e-9) / 1e6;
    let plural = if results.replications == 1 { "" } else { "s" };
    let interrupted =
        if outcome.complete { String::new() } else { format!(" of {}, interrupted", results.asked) };
    format!(
        "{} replication{plural}{interrupted}, {} contacts in {seconds:.2} s ({rate:.1} million a second)",
        results.replications, outcome.contacts
    )
}
