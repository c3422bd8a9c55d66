//! `holdline schedule`: the cheapest shifts that cover what is required.

use std::path::{Path, PathBuf};
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use crate::experiment::{
    self, Demand, Minimize, NotByInterval, NotRostered, NotScheduled, Rostering, Scheduling,
};
use crate::report;
use crate::scenario::Loaded;
use crate::units::{Span, parse_duration};
use crate::vocabulary::Words as _;

use super::Failure;
use super::output::print;
use super::output_files::OutputFiles;
use super::play::PlayArgs;
use super::progress::Progress;
use super::written_file::from_beside;

/// What `holdline schedule` is given.
#[derive(Args, Debug)]
#[command(mut_arg("csv", |csv| csv.help("Write the shifts as CSV")))]
#[command(mut_arg("json", |json| json.help("Print the roster as JSON")))]
#[command(after_help = "\
Examples:
  holdline schedule centre.toml
  holdline schedule centre.toml --write roster.toml && holdline run roster.toml
  holdline staff centre.toml --by-interval --csv required.csv
  holdline schedule centre.toml --required required.csv --csv roster.csv
  holdline schedule centre.toml --page roster.html --activities who-when.csv

The scenario's `[schedule]` says which shifts may be worked: starts, lengths, and when breaks may be taken. Of
all of them those are chosen that cover the agents that are required in every interval and cost the least
(where there are no costs: have the fewest paid hours). Shown are the shifts with their agents and breaks, what
is over and under in every interval, and whether it is proved that nothing is cheaper.

Without `--required` the targets of the voice queues say what is required. The roster is played then; where a
target of an interval is missed more is required, and another roster is made, until all are kept.")]
pub struct ScheduleArgs {
    /// The scenario file
    pub file: PathBuf,
    /// The agents that are required on contacts, in place of the queues' targets: a table of times, groups and
    /// agents, as `staff --by-interval --csv` writes it, or of times with a column for each group
    #[arg(long, value_name = "TABLE")]
    pub required: Option<PathBuf>,
    /// What there is to be as little of as possible
    #[arg(long, value_name = "WHAT", default_value = Minimize::Cost.word(), value_parser = minimize())]
    pub minimize: Minimize,
    /// How long to look for a cheaper roster at most; each that is made in turn may take so long
    #[arg(long, value_name = "TIME", default_value = "20s", value_parser = parse_duration)]
    pub time: Span,
    /// Write a scenario that extends this one by the shifts
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Write what is required, scheduled, over and under by interval as CSV
    #[arg(long, value_name = "FILE")]
    pub intervals: Option<PathBuf>,
    /// Write a page with charts: what is over and under by day and interval, a day of agents, the shifts
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// Write who works when as CSV: a row for each agent, date and activity, as `import --roster` reads it
    #[arg(long, value_name = "FILE")]
    pub activities: Option<PathBuf>,
    /// Where what was found goes
    #[command(flatten)]
    pub output: OutputFiles,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
}

fn minimize() -> impl clap::builder::TypedValueParser<Value = Minimize> {
    PossibleValuesParser::new(Minimize::NAMES)
        .map(|word| Minimize::ALL.iter().copied().find(|one| one.word() == word).unwrap_or(Minimize::Cost))
}

/// Makes a roster, and prints it.
///
/// # Errors
/// All mistakes of the scenario and of the command line; an interruption, after the best so far is printed.
pub fn run(args: &ScheduleArgs) -> Result<(), Failure> {
    let loaded = super::input::load(&args.file, &args.play.settings(), args.play.quiet)?;
    if args.write.is_some() && !args.play.set.is_empty() {
        return Err(Failure::mistake(
            "`--write` makes a file that extends the scenario without what `--set` changes",
            "write these settings into the scenario, or leave out `--write`",
        ));
    }
    let inputs: Vec<PathBuf> = loaded.inputs.iter().cloned().chain(args.required.clone()).collect();
    args.output.refuse_existing(&[&args.write, &args.intervals, &args.page, &args.activities], &inputs)?;
    args.play.use_threads()?;
    let scheduling = Scheduling { minimize: args.minimize, time: Duration::from_micros(args.time.micros()) };
    let progress = Progress::new(args.play.quiet);
    let mut also = Vec::new();
    let schedule = match &args.required {
        Some(file) => {
            let demand = required(file, &loaded)?;
            let schedule = scheduling.run(&loaded.scenario, &demand, &progress);
            progress.finish();
            let schedule = schedule.map_err(|failure| not_scheduled(&failure, progress.signal()))?;
            print(&if args.output.json {
                report::roster_json(&schedule)
            } else {
                report::render_schedule(&schedule)
            })?;
            schedule
        }
        None => {
            let rostered = Rostering { scheduling }.run(&loaded.scenario, &progress);
            progress.finish();
            let rostered = rostered.map_err(|failure| not_rostered(failure, progress.signal()))?;
            print(&if args.output.json {
                report::rostered_json(&rostered)
            } else {
                report::render_rostered(&rostered)
            })?;
            also = report::rostered_sentences(&rostered);
            rostered.schedule
        }
    };
    let (output, quiet) = (&args.output, args.play.quiet);
    output.put(&args.write, quiet, |file| report::roster_toml(&schedule, &from_beside(file, &args.file)))?;
    output.put_csv(quiet, || report::roster_csv(&schedule))?;
    output.put(&args.intervals, quiet, |_| report::over_under_csv(&schedule))?;
    output.put(&args.activities, quiet, |_| report::activities_csv(&schedule))?;
    output.put(&args.page, quiet, |_| report::roster_page(&schedule, &loaded.scenario.title, &also))?;
    match progress.signal() {
        Some(signal) => Err(Failure::Interrupted(signal)),
        None => Ok(()),
    }
}

/// The requirement that the table holds.
fn required(file: &Path, loaded: &Loaded) -> Result<Demand, Failure> {
    let bytes = std::fs::read(file).map_err(|error| match error.kind() {
        std::io::ErrorKind::NotFound => Failure::mistake(
            format!("there is no file {}", file.display()),
            "`holdline staff --by-interval --csv FILE` writes one",
        ),
        _ => Failure::io("read", file, &error),
    })?;
    Demand::read(&file.display().to_string(), &bytes, &loaded.scenario)
        .map_err(|refused| Failure::mistake(refused.title, refused.hint))
}

/// Why there is no roster that keeps the targets.
fn not_rostered(failure: NotRostered, signal: Option<u8>) -> Failure {
    match (failure, signal) {
        (NotRostered::Scheduled(failure), signal) => not_scheduled(&failure, signal),
        (NotRostered::Required(NotByInterval::Failure(experiment::Failure::Stopped)), Some(signal)) => {
            Failure::Interrupted(signal)
        }
        (NotRostered::Required(NotByInterval::Failure(failure)), _) => super::run::not_played(failure),
        (NotRostered::Required(failure), _) => super::staff::not_by_interval(&failure),
    }
}

/// Why there is no roster.
fn not_scheduled(failure: &NotScheduled, signal: Option<u8>) -> Failure {
    if let (NotScheduled::Stopped, Some(signal)) = (failure, signal) {
        return Failure::Interrupted(signal);
    }
    let hint = match failure {
        NotScheduled::NoTemplate => {
            "write `[schedule.templates.day]` with `start = \"07:00-10:00\"` and `length = \"8h30m\"`"
        }
        NotScheduled::NothingRequired => "the numbers of the table are agents on contacts",
        NotScheduled::NoStaff(_) => "write `staff = 1` in it: the shifts will replace it",
        NotScheduled::OtherClock(_) => "leave it out and write templates by the centre's clock",
        NotScheduled::Uncovered { .. } => {
            "let a template start earlier or end later, or on more days; breaks that all agents take at one time leave nobody"
        }
        NotScheduled::NoCost(_) => {
            "write `cost = { per_hour = 20 }` in it, or `cost` in its templates; or in none, to count paid hours"
        }
        NotScheduled::TooMany => "let starts and breaks come in longer steps (`every`)",
        NotScheduled::TooFine => "let starts, lengths and breaks be multiples of 5 or 15 minutes",
        NotScheduled::Contradiction => "see `at_least` and `at_most`",
        NotScheduled::Stopped => "give it more time: `--time 5m`",
        NotScheduled::Solver(reason) => {
            return Failure::Fault(format!("the solver failed: {reason}"));
        }
    };
    Failure::mistake(failure.to_string(), hint)
}
