//! `holdline validate`: whether a scenario behaves like what was seen.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::experiment::{self, NotCompared, Validation};
use crate::report::{self, Holds, OutputFolder};
use crate::scenario::{Written, fingerprint};
use crate::tables::Zone;
use crate::units::{printable, printable_lines};

use super::Failure;
use super::output::print;
use super::play::{OutArgs, PlayArgs};
use super::progress::Progress;
use super::report_args::{ReportArgs, mistakes, taken};
use super::run::{not_played, safe_stem};

/// What `holdline validate` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline validate centre.toml --against march.csv
  holdline validate centre.toml --against march.xlsx --column asa=\"Avg Speed\" --queue \"LOANS=loans\"
  holdline validate centre.toml --against utc.csv --from genesys --time-zone UTC

The scenario is played as it is, and each interval of the report is set beside the same interval of all
simulated days: offered, handle time, speed of answer, service level, abandonment, occupancy, as far as
the report has them. The verdict says whether chance explains what differs; exit code 0 either way.")]
pub struct ValidateArgs {
    /// The scenario file
    pub file: PathBuf,
    /// The interval report: CSV or an Excel workbook, as the telephone system exports it
    #[arg(long, value_name = "REPORT")]
    pub against: PathBuf,
    /// Which queue of the scenario a queue of the report is: `"LOANS=loans"`; without a name: left out
    #[arg(long, value_name = "CALLED=QUEUE", value_parser = queue)]
    pub queue: Vec<(String, Option<String>)>,
    /// How the report is read
    #[command(flatten)]
    pub report: ReportArgs,
    /// Print the comparison as JSON
    #[arg(long)]
    pub json: bool,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
    /// Where the results go
    #[command(flatten)]
    pub results: OutArgs,
}

fn queue(text: &str) -> Result<(String, Option<String>), String> {
    let (called, queue) = text.rsplit_once('=').ok_or("write both names, as in `LOANS=loans`")?;
    let queue = Some(queue.trim().to_owned()).filter(|queue| !queue.is_empty());
    Ok((called.trim().to_owned(), queue))
}

/// Plays the scenario, sets it beside the report, writes its files, prints its tables.
///
/// # Errors
/// All mistakes of the scenario and of the report; what the machine refuses; an interruption.
pub fn run(args: &ValidateArgs) -> Result<(), Failure> {
    let written = Written::read(&args.file).map_err(Failure::Scenario)?;
    let mut settings = args.play.settings();
    let loaded = super::input::with(&written, &settings, args.play.quiet)?;
    let centre = loaded.scenario.horizon.time_zone.as_deref().and_then(Zone::named);
    let report = args.report.read(&args.against, centre)?;
    let fingerprint = fingerprint(&loaded.scenario);
    // The scenario is counted in the intervals of the report; nothing that is played hangs on them.
    let loaded = if report.step == loaded.scenario.horizon.interval {
        loaded
    } else {
        settings.push(format!("horizon.interval={}", report.step));
        super::input::with(&written, &settings, true)?
    };
    let folder = args.results.out.clone().unwrap_or_else(|| default_folder(&args.file));
    let mut inputs = loaded.inputs.clone();
    inputs.push(args.against.clone());
    let mut out = OutputFolder::claim(&folder, Holds::Validation, &inputs, args.results.force)
        .map_err(Failure::unwritten)?;
    args.play.use_threads()?;
    let progress = Progress::new(args.play.quiet);
    let validation = Validation { scenario: &loaded.scenario, report: &report, names: &args.queue };
    let validated = validation.run(&progress);
    progress.finish();
    let validated = validated.map_err(|failure| match (failure, progress.signal()) {
        (NotCompared::Play(experiment::Failure::Stopped), Some(signal)) => Failure::Interrupted(signal),
        (NotCompared::Play(failure), _) => not_played(failure),
        (NotCompared::Report(faults), _) => mistakes(faults),
    })?;
    let read = taken(&report);
    let written = out.put(&report::validated_products(&validated, &read));
    // Whatever became of the files: the play is worth its tables.
    let text = if args.json {
        report::validated_summary(&validated)
    } else {
        let source = args.against.file_name().unwrap_or_default().to_string_lossy();
        let quoting = report::quoting(&validated, &printable(&source), &fingerprint);
        format!("{}\n{}\n{quoting}", report::render_validated(&validated), printable_lines(&read))
    };
    let printed = print(&text);
    written.map_err(Failure::unwritten)?;
    printed?;
    if !args.play.quiet {
        tell!("wrote {}", printable(&folder.display().to_string()));
    }
    Ok(())
}

/// `output/<scenario>-validate`, beside where the command was typed.
fn default_folder(file: &Path) -> PathBuf {
    Path::new("output").join(format!("{}-validate", safe_stem(file)))
}
