//! `holdline check`: finds a scenario's mistakes; compares its load with its agents.

mod agents;
mod assumed;
mod features;
mod summary;
mod tightness;

use std::path::PathBuf;

use clap::Args;

use crate::units::printable;

use super::{Failure, input, output};

pub use summary::summary;

/// What `holdline check` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline check scenarios/retail.toml
  holdline check centre.toml --set groups.night.staff=5

The load counts fresh cases that self-service lets through, the transfers that they lead to, and
repeat contacts as if they came at the same time of day; chats share their agent with as many as the
channel allows. Retries and chases, which depend on how long people wait, callbacks that nobody
answers and follow-ups come on top: only a run knows them. What can wait (messaging, deferred) is
compared with the agents over the whole time only.")]
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
    let mut text = summary(&loaded.scenario);
    if !loaded.notes.is_empty() {
        text.push_str("\nTables, as they were read:\n");
        loaded.notes.iter().for_each(|note| text.push_str(&format!("  {}\n", printable(note))));
    }
    output::print(&text)
}
