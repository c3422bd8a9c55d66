//! `holdline explain`: one customer's story.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use crate::experiment::Experiment;
use crate::report;

use super::Failure;
use super::output::print;
use super::play::{PlayArgs, at_least_one};
use super::run::not_played;

/// What `holdline explain` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Cases have numbers, from 1, in the order in which they open; the column `case` of contacts.csv has them
(`holdline run FILE --contacts`).

Examples:
  holdline explain scenarios/first.toml --contact 40
  holdline explain centre.toml --contact 1200 --replication 3 --set routing.agents=\"longest_idle\"")]
pub struct ExplainArgs {
    /// The scenario file
    pub file: PathBuf,
    /// The number of the customer's case, as in contacts.csv
    #[arg(long, value_name = "CASE", value_parser = at_least_one)]
    pub contact: NonZeroU64,
    /// The replication, from 1
    #[arg(long, value_name = "N", default_value = "1", value_parser = at_least_one)]
    pub replication: NonZeroU64,
    /// Prints the events and the decisions as JSON: who was idle, what the rule saw, what it answered
    #[arg(long)]
    pub json: bool,
    /// How the run was played: busy and quiet days depend on the number of replications
    #[command(flatten)]
    pub play: PlayArgs,
}

/// Plays the replication and tells the story.
///
/// # Errors
/// All mistakes of the scenario; a case that is not there.
pub fn run(args: &ExplainArgs) -> Result<(), Failure> {
    let loaded = super::input::load(&args.file, &args.play.settings(), args.play.quiet)?;
    let played = &loaded.scenario.experiment;
    if played.precision.is_none() && args.replication.get() > played.replications {
        return Err(Failure::mistake(
            format!("there is no replication {}: there are {}", args.replication, played.replications),
            "name one of them, or play more with `--replications`",
        ));
    }
    let experiment = Experiment::new(&loaded.scenario).map_err(not_played)?;
    let case = u32::try_from(args.contact.get()).unwrap_or(u32::MAX);
    match experiment.story(args.replication.get() - 1, case).map_err(not_played)? {
        Ok(story) => {
            let (replication, model) = (args.replication.get(), experiment.model());
            let told = if args.json { report::story_json } else { report::render_story };
            print(&told(&story, replication, model))
        }
        Err(cases) => Err(Failure::mistake(
            format!("there is no case {}: replication {} has {cases}", args.contact, args.replication),
            "the column `case` of contacts.csv has the numbers (`holdline run FILE --contacts`)",
        )),
    }
}
