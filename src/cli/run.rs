//! `holdline run`: plays a scenario and reports what happened.

use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use indicatif::HumanCount;

use crate::experiment::{self, Experiment, Outcome};
use crate::report::{self, ChartFiles, Holds, OutputFolder};
use crate::routing::RulePolicy;
use crate::units::printable;

use super::Failure;
use super::logs::LogArgs;
use super::output::print;
use super::play::{OutArgs, PlayArgs, ShownArgs};
use super::progress::Progress;

/// What `holdline run` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline run scenarios/retail.toml
  holdline run centre.toml --set groups.night.staff=5 --replications 500
  holdline run centre.toml --json --quiet > figures.json
  holdline run centre.toml --xlsx --open
  holdline run centre.toml --contacts --events --log-replications 1")]
pub struct RunArgs {
    /// The scenario file
    pub file: PathBuf,
    /// Charts: on the page and as SVG; as PNG too; or none, which is fastest
    #[arg(long, value_name = "WHAT", default_value = "svg", value_parser = chart_files())]
    pub charts: ChartFiles,
    /// What is written contact by contact
    #[command(flatten)]
    pub logs: LogArgs,
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

/// Reads `--charts`.
pub(super) fn chart_files() -> impl TypedValueParser<Value = ChartFiles> {
    PossibleValuesParser::new(["svg", "png", "none"]).map(|word| match word.as_str() {
        "none" => ChartFiles::None,
        "png" => ChartFiles::Png,
        _ => ChartFiles::Svg,
    })
}

/// Plays the scenario, writes its files, prints its tables.
///
/// # Errors
/// All mistakes of the scenario; what the machine refuses; an interruption (after what is complete
/// was written).
pub fn run(args: &RunArgs) -> Result<(), Failure> {
    let started = Instant::now();
    let loaded = super::input::load(&args.file, &args.play.settings(), args.play.quiet)?;
    args.logs.check(&loaded.scenario.experiment)?;
    let folder = args.results.out.clone().unwrap_or_else(|| default_folder(&args.file));
    // Before the play: it may take long.
    let mut out = OutputFolder::claim(&folder, Holds::Run, &loaded.inputs, args.results.force)
        .map_err(Failure::unwritten)?;
    args.play.use_threads()?;
    let progress = Progress::new(args.play.quiet);
    let failed = |failure| stopped_or_not_played(failure, &progress);
    let experiment = Experiment::new(&loaded.scenario).map_err(failed)?;
    let policy = || RulePolicy::new(experiment.model());
    let (mut outcome, each) = match args.logs.each_replication() {
        None => experiment.run(&progress).map(|outcome| (outcome, Vec::new())),
        Some(each) => experiment.run_collecting(policy, &each, &progress),
    }
    .map_err(failed)?;
    if args.charts != ChartFiles::None && outcome.complete {
        experiment.add_trace(&mut outcome.results).map_err(failed)?;
    }
    let logs = args.logs.products((&experiment, &outcome), &each, &out, &progress, failed);
    progress.finish();
    let played = started.elapsed();
    let mut products = report::run_products(&outcome.results, &loaded.resolved_toml, args.charts);
    products.extend(logs?);
    products.extend(args.shown.xlsx.then(|| report::run_workbook(&outcome.results)));
    let written = out.put(&products);
    // Whatever became of the files: the play is worth its tables.
    let printed = if args.shown.json {
        print(&report::summary(&outcome.results))
    } else {
        print(&format!("{}\n\n{}\n", report::sentence(&outcome.results), report::render(&outcome.results)))
    };
    let written = written.map_err(Failure::unwritten)?;
    printed?;
    if !args.play.quiet {
        tell!("{}", played_sentence(&outcome, played));
        tell!("wrote {}", printable(&written.first().unwrap_or(&folder).display().to_string()));
    }
    args.shown.open_page(&written);
    match progress.signal() {
        Some(signal) if !outcome.complete => Err(Failure::Interrupted(signal)),
        _ => Ok(()),
    }
}

/// A play that failed: a signal stopped it, or it cannot be played.
pub(super) fn stopped_or_not_played(failure: experiment::Failure, progress: &Progress) -> Failure {
    progress.finish();
    match (failure, progress.signal()) {
        (experiment::Failure::Stopped, Some(signal)) => Failure::Interrupted(signal),
        (failure, _) => not_played(failure),
    }
}

/// Why scenarios that can be read cannot be played or compared.
pub(super) fn not_played(failure: experiment::Failure) -> Failure {
    use experiment::Failure as F;
    let title = failure.to_string();
    match failure {
        F::Unstable(unstable) | F::UnstableVariant { unstable, .. } => Failure::mistake(
            format!("{title} (found {} into the play)", unstable.at.span()),
            "staff more agents, give customers a patience, or limit the lines",
        ),
        F::NoFigure(_) => Failure::mistake(
            title,
            "name a figure of docs/figures.md that this scenario has, such as `total.service_level`",
        ),
        F::Stopped => Failure::mistake(title, "`holdline check` shows the load of each queue"),
        F::Horizon { .. } => Failure::mistake(
            title,
            "differences are taken replication by replication, so all must play the same time: set \
             `horizon` of all with `--set`",
        ),
        F::Figure { cause, .. } => Failure::Mistake { title, hint: cause.hint },
        F::NoDirection(_) => {
            Failure::mistake(title, "choose another figure for `--best`, such as `total.wait`")
        }
        F::NotCompared(figure) => Failure::mistake(title, format!("add `--figure {figure}`")),
        F::TooFew => Failure::mistake(title, "give `--replications 20`, say"),
    }
}

/// `output/<scenario>`, beside where the command was typed.
pub(super) fn default_folder(file: &Path) -> PathBuf {
    Path::new("output").join(safe_stem(file))
}

/// A file's name without its ending, such that it names a folder in the folder that it is joined to: never that
/// folder itself or the one above (`...toml`), never hidden.
pub(super) fn safe_stem(file: &Path) -> String {
    let stem = file.file_stem().unwrap_or_default().to_string_lossy();
    let plain = |c: char| if c.is_control() || "/\\:".contains(c) { '_' } else { c };
    let name: String = stem.trim_start_matches('.').chars().map(plain).collect();
    // `-` is standard input.
    if name.trim().is_empty() || name == "-" { "scenario".to_owned() } else { name }
}

fn played_sentence(outcome: &Outcome, took: Duration) -> String {
    let (seconds, results) = (took.as_secs_f64(), &outcome.results);
    let rate = outcome.contacts as f64 / seconds.max(1e-9) / 1e6;
    let plural = if results.replications == 1 { "" } else { "s" };
    let interrupted =
        if outcome.complete { String::new() } else { format!(" of {}, interrupted", results.asked) };
    format!(
        "{} replication{plural}{interrupted}, {} contacts in {seconds:.2} s ({rate:.1} million a second)",
        results.replications,
        HumanCount(outcome.contacts)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn results_stay_within_the_output_folder_whatever_the_scenario_is_called() {
        for (file, folder) in [
            ("centre.toml", "centre"),
            ("a/b.c.toml", "b.c"),
            ("...toml", "scenario"),
            ("....toml", "scenario"),
            ("..", "scenario"),
            (".toml", "toml"),
            (".hidden.toml", "hidden"),
            (" .toml", "scenario"),
            ("a\nb.toml", "a_b"),
        ] {
            assert_eq!(default_folder(Path::new(file)), Path::new("output").join(folder), "{file}");
        }
    }
}
