//! `holdline schedule`: the cheapest shifts that cover what is required.

use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};

use crate::experiment::{Demand, Minimize, NotScheduled, Scheduling};
use crate::report;
use crate::scenario::Loaded;
use crate::units::{Span, parse_duration};
use crate::vocabulary::Words as _;

use super::Failure;
use super::output::print;
use super::play::PlayArgs;
use super::progress::Progress;
use super::written_file::{from_beside, put, refuse_existing};

/// What `holdline schedule` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline staff centre.toml --by-interval --csv required.csv
  holdline schedule centre.toml --required required.csv
  holdline schedule centre.toml --required required.csv --write roster.toml && holdline run roster.toml

The scenario's `[schedule]` says which shifts may be worked: starts, lengths, and when breaks may be taken. Of
all of them those are chosen that cover the agents that are required in every interval and cost the least
(where there are no costs: have the fewest paid hours). Shown are the shifts with their agents and breaks, what
is over and under in every interval, and whether it is proved that nothing is cheaper.")]
pub struct ScheduleArgs {
    /// The scenario file
    pub file: PathBuf,
    /// The agents that are required on contacts: a table of times, groups and agents, as `staff --by-interval
    /// --csv` writes it, or of times with a column for each group
    #[arg(long, value_name = "TABLE")]
    pub required: PathBuf,
    /// What there is to be as little of as possible
    #[arg(long, value_name = "WHAT", default_value = Minimize::Cost.word(), value_parser = minimize())]
    pub minimize: Minimize,
    /// How long to look for something cheaper at most
    #[arg(long, value_name = "TIME", default_value = "60s", value_parser = parse_duration)]
    pub time: Span,
    /// Write a scenario that extends this one by the shifts
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Write the shifts as CSV
    #[arg(long, value_name = "FILE")]
    pub csv: Option<PathBuf>,
    /// Write what is required, scheduled, over and under by interval as CSV
    #[arg(long, value_name = "FILE")]
    pub intervals: Option<PathBuf>,
    /// Replace files that are there
    #[arg(long)]
    pub force: bool,
    /// Print the roster as JSON
    #[arg(long)]
    pub json: bool,
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
    let inputs: Vec<PathBuf> = loaded.inputs.iter().cloned().chain([args.required.clone()]).collect();
    for file in [&args.write, &args.csv, &args.intervals].into_iter().flatten() {
        refuse_existing(file, &inputs, args.force)?;
    }
    let demand = required(args, &loaded)?;
    let asked = Scheduling { minimize: args.minimize, time: Duration::from_micros(args.time.micros()) };
    let progress = Progress::new(args.play.quiet);
    let schedule = asked.run(&loaded.scenario, &demand, &progress);
    progress.finish();
    let schedule = schedule.map_err(|failure| match (failure, progress.signal()) {
        (NotScheduled::Stopped, Some(signal)) => Failure::Interrupted(signal),
        (failure, _) => not_scheduled(&failure),
    })?;
    print(&if args.json { report::roster_json(&schedule) } else { report::render_schedule(&schedule) })?;
    if let Some(file) = &args.write {
        let text = report::roster_toml(&schedule, &from_beside(file, &args.file));
        put(file, &text, args.force, args.play.quiet)?;
    }
    if let Some(file) = &args.csv {
        put(file, &report::roster_csv(&schedule), args.force, args.play.quiet)?;
    }
    if let Some(file) = &args.intervals {
        put(file, &report::over_under_csv(&schedule), args.force, args.play.quiet)?;
    }
    match progress.signal() {
        Some(signal) => Err(Failure::Interrupted(signal)),
        None => Ok(()),
    }
}

/// The requirement that the table holds.
fn required(args: &ScheduleArgs, loaded: &Loaded) -> Result<Demand, Failure> {
    let file = &args.required;
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

/// Why there is no roster.
fn not_scheduled(failure: &NotScheduled) -> Failure {
    let hint = match failure {
        NotScheduled::NoTemplate => {
            "write `[schedule.templates.day]` with `start = \"07:00-10:00\"` and `length = \"8h30m\"`"
        }
        NotScheduled::NothingRequired => "the numbers of the table are agents on contacts",
        NotScheduled::NoStaff(_) => "write `staff = 1` in it: the shifts will replace it",
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
