//! `holdline open`: a page in the browser on which a manager changes a centre and sees what comes of it.
//!
//! The player stays on the main thread (a pool of one thread plays there); a server answers the page beside it, and
//! the session is what they share.

mod player;
mod server;
mod session;
mod variant;

use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;

use crate::experiment::Baseline;
use crate::report::{Opened, what_if_page};
use crate::scenario::Written;

use super::output::print;
use super::play::PlayArgs;
use super::progress::Progress;
use super::run::not_played;
use super::{Failure, input};

use player::Player;
use server::Server;
use session::Session;
use variant::Opening;

/// What `holdline open` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
The page is served to this machine alone, at an address that nobody can guess; it ends with Ctrl-C.
What is tried there changes no file; `Save` writes a new one beside the scenario.

Examples:
  holdline open scenarios/retail.toml
  holdline open centre.toml --port 8080 --no-browser")]
pub struct OpenArgs {
    /// The scenario file
    pub file: PathBuf,
    /// The port of the page [default: a free one]
    #[arg(long, value_name = "P", default_value_t = 0, hide_default_value = true)]
    pub port: u16,
    /// Print the address only
    #[arg(long)]
    pub no_browser: bool,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
}

/// Serves the page until a signal ends it.
///
/// # Errors
/// All mistakes of the scenario; what the machine refuses; the signal.
pub fn run(args: &OpenArgs) -> Result<(), Failure> {
    let written = Written::read(&args.file).map_err(Failure::Scenario)?;
    let mut given = args.play.settings();
    let loaded = input::with(&written, &given, args.play.quiet)?;
    let loaded = if loaded.scenario.experiment.precision.is_some() {
        // Every play has its number of replications, so that figures can be set side by side.
        given.push("experiment.precision=none".to_owned());
        input::with(&written, &given, true)?
    } else {
        loaded
    };
    let opening = Opening::new(&args.file, written, given)?;
    args.play.use_threads()?;
    let scenario = &loaded.scenario;
    let baseline = Baseline::new(scenario).map_err(not_played)?;
    let page = what_if_page(&Opened {
        title: &scenario.title,
        file: &opening.file_name(),
        levers: opening.levers(),
        replications: scenario.experiment.replications,
        seed: scenario.experiment.seed,
        scaled: baseline.is_scaled(),
    });
    let session = Arc::new(Session::default());
    let opening = Arc::new(opening);
    let server = Server::listen(args.port, page, Arc::clone(&session), Arc::clone(&opening))?;
    let address = server.address();
    server.serve();
    print(&format!("{address}\n"))?;
    if !args.no_browser {
        super::browser::show(&address);
    }
    if !args.play.quiet {
        tell!("Ctrl-C ends it");
    }
    // Its bar stays hidden: the page shows how far the play is.
    let progress = Progress::new(true);
    Player::new(&opening, baseline, &session, &progress).play();
    match progress.signal() {
        Some(signal) => Err(Failure::Interrupted(signal)),
        None => Ok(()),
    }
}
