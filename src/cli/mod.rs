//! The commands, one file each.

// A standard output or error that is full or closed is no reason for a panic.
#![warn(clippy::print_stdout, clippy::print_stderr)]

/// Says a line on standard error; where that cannot be written, nobody is there to be told.
macro_rules! tell {
    ($($said:tt)*) => { $crate::cli::output::tell(&format!($($said)*)) };
}

#[cfg(feature = "open")]
mod browser;
mod call_args;
pub mod capacity;
pub mod check;
pub mod compare;
mod compare_ask;
pub mod completions;
pub mod erlang;
pub mod explain;
mod failure;
pub mod fit;
pub mod forecast;
pub mod import;
mod input;
pub mod league;
mod logs;
pub mod man;
pub mod new;
mod new_policy;
#[cfg(feature = "open")]
pub mod open;
mod output;
mod output_files;
mod play;
mod progress;
mod report_args;
pub mod run;
pub mod schedule;
pub mod schema;
pub mod seek;
pub mod staff;
mod start;
pub mod sweep;
mod threads;
pub mod tornado;
pub mod tune;
pub mod validate;
pub mod warm_up;
mod written_file;

pub use call_args::CallArgs;
pub use compare_ask::AskArgs;
pub use failure::Failure;
pub use logs::{LogArgs, Which};
pub use start::start;

use clap::{Parser, Subcommand};

/// Simulates a contact centre before anyone has to live in it.
///
/// You describe the centre in one TOML file; holdline plays it out many times and tells you, with
/// error bars, how long customers wait, how many abandon and how many get their problem solved.
#[derive(Debug, Parser)]
#[command(name = "holdline", version, after_help = EXAMPLES, max_term_width = 100)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

const EXAMPLES: &str = "\
Examples:
  holdline new centre.toml       write a commented scenario to start from
  holdline import report.csv     make one out of your telephone system's export
  holdline check centre.toml     find its mistakes, compare its load with its agents
  holdline run centre.toml       play it; results go to output/centre
  holdline validate centre.toml --against report.csv   does it behave like last month?
  holdline fit queue_log         patience and handle times of a log of calls, with intervals
  holdline forecast history.csv  contacts of the next weeks, with bands and a back-test
  holdline sweep centre.toml     play its [sweep]; results go to output/centre-sweep
  holdline compare centre.toml   its [variants] against it, on the same customers
  holdline tornado centre.toml   what matters most: volume, handle time, patience, agents
  holdline open centre.toml      a page to try changes on, in the browser
  holdline league centre.toml    routing rules against each other
  holdline warm-up steady.toml   how long a study of the steady state takes to settle
  holdline explain centre.toml --contact 40   one customer's story
  holdline staff centre.toml     the cheapest staff that keeps every target
  holdline schedule centre.toml  the cheapest shifts that cover what is required
  holdline capacity year.toml    people required and available, weeks and months ahead
  holdline seek centre.toml --vary groups.night.staff --until \"total.wait <= 30s\"
  holdline tune centre.toml --vary routing.parameters.bonus=0..10 --minimise total.wait

Results go into a new folder, an empty one or one that holdline made; what a command reads, and files
that holdline did not write, are never replaced (--force: files called like results are).

Exit codes: 0 fine, 2 a mistake in what was given, 3 environment error (disk full, no permission),
130 or 143 interrupted, 1 internal error (a bug: please report it).";

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write a commented scenario to start from
    New(new::NewArgs),
    /// Find a scenario's mistakes; compare its load with its agents
    Check(check::CheckArgs),
    /// Play a scenario and report what happened
    Run(run::RunArgs),
    /// Make a scenario out of a telephone system's export
    Import(import::ImportArgs),
    /// Set a scenario beside an interval report: does the baseline fit?
    Validate(validate::ValidateArgs),
    /// Fit patience and handle times to a log of calls, with how sure they are
    Fit(fit::FitArgs),
    /// Forecast contacts from the counts of past days, and say how good such forecasts were
    Forecast(forecast::ForecastArgs),
    /// Play a grid of variants: every point of [sweep], or of --vary
    Sweep(sweep::SweepArgs),
    /// Join the parts of a sweep that several machines played
    Merge(sweep::MergeArgs),
    /// Compare variants on the same customers: what differs, by how much, which is best
    Compare(compare::CompareArgs),
    /// Turn each parameter down and up: what moves the figures farthest
    Tornado(tornado::TornadoArgs),
    /// Let routing rules play against each other on the same customers
    League(league::LeagueArgs),
    /// Tell one customer's story: what happened, who took it, and why this agent and not that one
    Explain(explain::ExplainArgs),
    /// Find how long a study of the steady state takes to settle
    WarmUp(warm_up::WarmUpArgs),
    /// Find the cheapest staff that keeps every target
    Staff(staff::StaffArgs),
    /// Make a roster: the cheapest shifts that cover what is required
    Schedule(schedule::ScheduleArgs),
    /// Plan people weeks and months ahead: required, available, who leaves and who is hired
    Capacity(capacity::CapacityArgs),
    /// Find the value of a setting at which a condition begins to hold
    Seek(seek::SeekArgs),
    /// Open a page in the browser to try changes on: sliders, figures beside the baseline's, charts
    #[cfg(feature = "open")]
    Open(open::OpenArgs),
    /// Find the values of several settings that make a figure best
    Tune(tune::TuneArgs),
    /// Erlang B, C and A: all figures for some agents, and the agents needed
    Erlang(erlang::ErlangArgs),
    /// Print the JSON Schema of scenario files, for editors
    Schema(schema::SchemaArgs),
    /// Print the manual page of a command, in roff
    Man(man::ManArgs),
    /// Print completions for a shell
    Completions(completions::CompletionsArgs),
}

/// What `--set` takes: a number with a sign changes what is there.
fn typed(setting: &str) -> Result<String, std::convert::Infallible> {
    Ok(crate::scenario::as_typed(setting))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_consistent() {
        use clap::CommandFactory as _;
        Cli::command().debug_assert();
    }
}
