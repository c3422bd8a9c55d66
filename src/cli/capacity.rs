//! `holdline capacity`: people required and available, weeks and months ahead.

use std::path::PathBuf;

use clap::Args;

use crate::experiment::{self, NoCapacity, Planning};
use crate::report;

use super::Failure;
use super::output::print;
use super::output_files::OutputFiles;
use super::play::PlayArgs;
use super::progress::Progress;

/// What `holdline capacity` is given.
#[derive(Args, Debug)]
#[command(mut_arg("csv", |csv| csv.help("Write the plan as CSV: a line for each week and group")))]
#[command(mut_arg("json", |json| json.help("Print the plan as JSON")))]
#[command(after_help = "\
Examples:
  holdline capacity year.toml
  holdline capacity year.toml --months
  holdline capacity year.toml --csv plan.csv --page plan.html
  holdline capacity year.toml --set groups.team.people.hires.spring.agents=18

The scenario plays weeks or months; its groups say who is employed, who leaves and who is hired (`people`). Its
agents, more or fewer of them at the same hours, are played with the customers of all weeks: required are, in each
week, the full-time equivalents that keep every target. Set against them is who is available, and shown is what
becomes of the targets with those.")]
pub struct CapacityArgs {
    /// The scenario file
    pub file: PathBuf,
    /// By month in place of by week, on the terminal
    #[arg(long)]
    pub months: bool,
    /// Write a page with charts: required and available, levels of the targets, all weeks
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// Where what was found goes
    #[command(flatten)]
    pub output: OutputFiles,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
}

/// Plays, and prints the plan.
///
/// # Errors
/// All mistakes of the scenario and of the command line; an interruption, after what was found is printed.
pub fn run(args: &CapacityArgs) -> Result<(), Failure> {
    let loaded = super::input::load(&args.file, &args.play.settings(), args.play.quiet)?;
    args.output.refuse_existing(&[&args.page], &loaded.inputs)?;
    args.play.use_threads()?;
    let progress = Progress::new(args.play.quiet);
    let capacity = Planning.run(&loaded.scenario, &progress);
    progress.finish();
    let capacity = capacity.map_err(|failure| match (failure, progress.signal()) {
        (NoCapacity::Failure(experiment::Failure::Stopped), Some(signal)) => Failure::Interrupted(signal),
        (NoCapacity::Failure(failure), _) => super::run::not_played(failure),
        (failure, _) => refused(&failure),
    })?;
    print(&if args.output.json {
        report::capacity_json(&capacity)
    } else {
        report::render_capacity(&capacity, args.months)
    })?;
    let quiet = args.play.quiet;
    args.output.put_csv(quiet, || report::capacity_csv(&capacity))?;
    args.output.put(&args.page, quiet, |_| report::capacity_page(&capacity, &loaded.scenario.title))?;
    match progress.signal() {
        Some(signal) => Err(Failure::Interrupted(signal)),
        None => Ok(()),
    }
}

/// Why there is no plan.
fn refused(failure: &NoCapacity) -> Failure {
    let hint = match failure {
        NoCapacity::NoWeeks => "write `horizon = { start = 2026-01-05, days = 364 }`",
        NoCapacity::NoPeople => "write `people = { now = 62, attrition = 0.3 }` in a group",
        NoCapacity::NoTarget => "write `target = { share = 0.8, within = \"20s\" }` in a queue",
        NoCapacity::NoAgents(_) => "write its `staff` or its shifts: required is a multiple of them",
        NoCapacity::Failure(_) => "",
    };
    Failure::mistake(failure.to_string(), hint)
}
