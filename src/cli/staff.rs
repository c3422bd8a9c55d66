//! `holdline staff`: the cheapest staff that keeps every target.

use std::path::PathBuf;

use clap::Args;

use crate::experiment::{self, ByInterval, Condition, NotByInterval, StaffFailure, Staffing};
use crate::report;
use crate::scenario::Scenario;

use super::Failure;
use super::output::print;
use super::output_files::OutputFiles;
use super::play::PlayArgs;
use super::progress::Progress;
use super::written_file::from_beside;

/// What `holdline staff` is given.
#[derive(Args, Debug)]
#[command(mut_arg("csv", |csv| csv.help("Write the agents found as CSV")))]
#[command(after_help = "\
Examples:
  holdline staff centre.toml
  holdline staff centre.toml --until \"total.service_level >= 80%\" --at-least night=2
  holdline staff centre.toml --write staffed.toml && holdline run staffed.toml
  holdline staff centre.toml --by-interval --csv requirement.csv

Sought are the agents of every group whose `staff` is a plain number: those that cost the least (where no
group has a cost: the fewest) and keep every target of every queue. What is found is played again on
fresh customers. Shown are the steps of the search, the agents, and how every target stands.

With `--by-interval` every interval gets its own number of agents, by date and time of day.")]
pub struct StaffArgs {
    /// The scenario file
    pub file: PathBuf,
    /// What is to hold, in place of the queues' targets: a figure, `>=` or `<=`, and a number, share or time
    #[arg(long, value_name = "CONDITION")]
    pub until: Vec<String>,
    /// Agents for every interval, of groups with `staff` that serve voice queues
    #[arg(long, conflicts_with = "until")]
    pub by_interval: bool,
    /// No fewer agents than these in a group
    #[arg(long, value_name = "GROUP=N", value_parser = of_group)]
    pub at_least: Vec<(String, u32)>,
    /// No more agents than these in a group
    #[arg(long, value_name = "GROUP=N", value_parser = of_group)]
    pub at_most: Vec<(String, u32)>,
    /// Write a scenario that extends this one by the agents found
    #[arg(long, value_name = "FILE")]
    pub write: Option<PathBuf>,
    /// Where what was found goes
    #[command(flatten)]
    pub output: OutputFiles,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
}

/// `GROUP=N`.
fn of_group(text: &str) -> Result<(String, u32), String> {
    let parsed = text.rsplit_once('=').and_then(|(name, agents)| Some((name, agents.trim().parse().ok()?)));
    match parsed {
        Some((name, agents)) if !name.trim().is_empty() => Ok((name.trim().to_owned(), agents)),
        _ => Err("write a group and a whole number, such as `night=2`".to_owned()),
    }
}

/// Searches, and prints what was found.
///
/// # Errors
/// All mistakes of the scenario and of the command line; an interruption, after the best so far is printed.
pub fn run(args: &StaffArgs) -> Result<(), Failure> {
    let read = |text: &String| Condition::parse(text).map_err(|bad| Failure::mistake(bad.title, bad.hint));
    let conditions = args.until.iter().map(read).collect::<Result<Vec<_>, _>>()?;
    let settings = args.play.settings();
    let loaded = super::input::load(&args.file, &settings, args.play.quiet)?;
    if args.write.is_some() && !args.play.set.is_empty() {
        return Err(Failure::mistake(
            "`--write` makes a file that extends the scenario without what `--set` changes",
            "write these settings into the scenario, or leave out `--write`",
        ));
    }
    let beside = args.write.as_ref().filter(|_| args.by_interval).map(|file| file.with_extension("csv"));
    args.output.refuse_existing(&[&args.write, &beside], &loaded.inputs)?;
    args.play.use_threads()?;
    if args.by_interval {
        return by_interval(args, &loaded.scenario);
    }
    let staffing = Staffing { conditions, at_least: args.at_least.clone(), at_most: args.at_most.clone() };
    let progress = Progress::new(args.play.quiet);
    let staffed = staffing.run(&loaded.scenario, &progress);
    progress.finish();
    let staffed = staffed.map_err(|failure| match (failure, progress.signal()) {
        (StaffFailure::Stopped, Some(signal)) => Failure::Interrupted(signal),
        (failure, _) => refused(failure),
    })?;
    print(&if args.output.json { report::staffed_json(&staffed) } else { report::render_staffed(&staffed) })?;
    let quiet = args.play.quiet;
    args.output
        .put(&args.write, quiet, |file| report::staffed_toml(&staffed, &from_beside(file, &args.file)))?;
    args.output.put_csv(quiet, || report::staffed_csv(&staffed))?;
    match progress.signal() {
        Some(signal) => Err(Failure::Interrupted(signal)),
        None => Ok(()),
    }
}

/// The same for every interval.
fn by_interval(args: &StaffArgs, scenario: &Scenario) -> Result<(), Failure> {
    let asked = ByInterval { at_least: args.at_least.clone(), at_most: args.at_most.clone() };
    let progress = Progress::new(args.play.quiet);
    let required = asked.run(scenario, &progress);
    progress.finish();
    let required = required.map_err(|failure| match (failure, progress.signal()) {
        (NotByInterval::Failure(experiment::Failure::Stopped), Some(signal)) => Failure::Interrupted(signal),
        (NotByInterval::Failure(failure), _) => super::run::not_played(failure),
        (failure, _) => not_by_interval(&failure),
    })?;
    print(&if args.output.json {
        report::required_json(&required)
    } else {
        report::render_required(&required)
    })?;
    let (output, quiet) = (&args.output, args.play.quiet);
    let table = args.write.as_ref().map(|file| file.with_extension("csv"));
    let name = table.as_ref().and_then(|table| table.file_name()).unwrap_or_default().to_string_lossy();
    output.put(&args.write, quiet, |file| {
        report::required_toml(&required, &from_beside(file, &args.file), &name)
    })?;
    if required.dated {
        output.put(&table, quiet, |_| report::required_csv(&required))?;
    }
    output.put_csv(quiet, || report::required_csv(&required))?;
    match progress.signal() {
        Some(signal) => Err(Failure::Interrupted(signal)),
        None => Ok(()),
    }
}

const NO_COST: &str = "write `cost = { per_hour = 20 }` in it, or in no group to count agents";

/// Why nothing can be sought by interval.
pub(super) fn not_by_interval(failure: &NotByInterval) -> Failure {
    let hint = match failure {
        NotByInterval::Folded => "ask for a shorter horizon, as with `--set horizon.days=28`",
        NotByInterval::WarmUp => "leave `horizon.warm_up` out: days begin empty",
        NotByInterval::NoGroup => {
            "write `staff = 12` in a group, and `target = { share = 0.8, within = \"20s\" }` in its queue"
        }
        NotByInterval::NoCost(_) => NO_COST,
        NotByInterval::NoSuchGroup(_) => "`--at-least` and `--at-most` are about groups that are sought",
        NotByInterval::Failure(_) => "",
    };
    Failure::mistake(failure.to_string(), hint)
}

/// Why no staff can be sought.
fn refused(failure: StaffFailure) -> Failure {
    let hint = match &failure {
        StaffFailure::Figure(no) => {
            return Failure::Mistake { title: no.title.clone(), hint: no.hint.clone() };
        }
        StaffFailure::NoTarget => {
            "write `target = { share = 0.8, within = \"20s\" }` in a queue, or give `--until`"
        }
        StaffFailure::NoGroup => "groups in shifts and with staff that changes over the day are not sought",
        StaffFailure::NoCost(_) => NO_COST,
        StaffFailure::NoSuchGroup(_) => {
            "`--at-least` and `--at-most` are about groups whose `staff` is a number"
        }
        StaffFailure::Bounds(_) => "see `--at-least` and `--at-most`",
        StaffFailure::Stopped => "let it go on for longer",
    };
    Failure::mistake(failure.to_string(), hint)
}
