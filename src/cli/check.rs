//! `holdline check`: finds a scenario's mistakes; compares its load with its agents.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, input, output};

/// What `holdline check` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline check scenarios/retail.toml
  holdline check centre.toml --set groups.night.staff=5")]
pub struct CheckArgs {
    /// The scenario file
    pub file: PathBuf,
    /// Sets one value of the scenario, whatever its place: `queues.billing.talk.mean=5m`
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// Only mistakes, no summary
    #[arg(long, short)]
    pub quiet: bool,
}

/// Checks the scenario and prints its summary.
///
/// # Errors
/// All mistakes of the scenario.
pub fn run(args: &CheckArgs) -> Result<(), Failure> {
    let loaded = input::load(&args.file, &args.set, args.quiet)?;
    if args.quiet {
        return Ok(());
    }
    output::print(&format!("{}: no mistakes\n", loaded.scenario.title))
}
