//! `holdline check`: finds a scenario's mistakes; compares its load with its agents.

mod agents;
mod features;
mod summary;
mod tightness;
mod told;

use std::path::PathBuf;

use clap::Args;

use crate::scenario::Scenario;
use crate::units::printable;

use super::{Failure, input, output};

pub use summary::summary;
use told::Told;

/// What `holdline check` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline check scenarios/retail.toml
  holdline check centre.toml --set groups.night.staff=5
  holdline check - --json < centre.toml

The load counts fresh cases that self-service lets through, the transfers that they lead to, and
repeat contacts as if they came at the same time of day; chats share their agent with as many as the
channel allows. Retries and chases, which depend on how long people wait, callbacks that nobody
answers and follow-ups are added: only a run knows them. What can wait (messaging, deferred) is
compared with the agents over the whole time only.")]
pub struct CheckArgs {
    /// The scenario file
    pub file: PathBuf,
    /// Sets one value of the scenario, whatever its place: `queues.billing.talk.mean=5m`
    #[arg(long, value_name = "PATH=VALUE", value_parser = super::typed)]
    pub set: Vec<String>,
    /// Only mistakes, no summary
    #[arg(long, short)]
    pub quiet: bool,
    /// Print everything as JSON: mistakes and warnings with their places, and the load of each interval
    #[arg(long, conflicts_with = "quiet")]
    pub json: bool,
}

/// Checks the scenario and prints its summary.
///
/// # Errors
/// All mistakes of the scenario.
pub fn run(args: &CheckArgs) -> Result<(), Failure> {
    if args.json {
        return tell_json(args);
    }
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

fn tell_json(args: &CheckArgs) -> Result<(), Failure> {
    match Scenario::load(&args.file, &args.set) {
        Ok(loaded) => output::print(&Told::of_loaded(&loaded).text()?),
        Err(found) => {
            output::print(&Told::of_mistakes(&found).text()?)?;
            Err(Failure::Told(told::exit_code(&found)))
        }
    }
}
