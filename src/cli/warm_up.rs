//! `holdline warm-up`: how long a study of the steady state takes to settle.

use std::path::PathBuf;

use clap::Args;

use crate::experiment::find_warm_up;
use crate::report;

use super::Failure;
use super::output::print;
use super::play::PlayArgs;
use super::progress::Progress;
use super::run::stopped_or_not_played;

/// What `holdline warm-up` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
The centre is played from empty, and the number waiting and being served is looked at in 500 steps, the mean of all replications.
MSER-5 (White, Cobb & Spratt 2000) leaves out as much of its beginning as makes the mean of the rest surest.

Examples:
  holdline warm-up scenarios/steady.toml
  holdline run scenarios/steady.toml --set horizon.warm_up=2h")]
pub struct WarmUpArgs {
    /// The scenario file: a study of the steady state
    pub file: PathBuf,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
}

/// Plays, and tells what was found.
///
/// # Errors
/// All mistakes of the scenario; a scenario with a calendar.
pub fn run(args: &WarmUpArgs) -> Result<(), Failure> {
    let loaded = super::input::load(&args.file, &args.play.settings(), args.play.quiet)?;
    let horizon = &loaded.scenario.horizon;
    if horizon.start.is_some() {
        return Err(Failure::mistake(
            "a scenario with a calendar has no steady state to settle in",
            "its days begin empty as the centre's do; for work that is left over from before, write `horizon.warm_up = \"1d\"`",
        ));
    }
    args.play.use_threads()?;
    let progress = Progress::new(args.play.quiet);
    let found = find_warm_up(&loaded.scenario, &progress)
        .map_err(|failure| stopped_or_not_played(failure, &progress))?;
    progress.finish();
    print(&report::render_warm_up(&found, horizon.warm_up))?;
    match progress.signal() {
        Some(signal) if found.replications < loaded.scenario.experiment.replications => {
            Err(Failure::Interrupted(signal))
        }
        _ => Ok(()),
    }
}
