//! `holdline tornado`: what matters most, each parameter alone less and more of it, on the same customers.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::experiment::{self, Ask, Comparison, Contender, Sensitivity, Swing, swings, watched};
use crate::report::{self, Holds, OutputFolder};
use crate::scenario::{Scenario, Written};

use super::output::print;
use super::play::{OutArgs, PlayArgs};
use super::progress::Progress;
use super::run::{safe_stem, stopped_or_not_played};
use super::{Failure, input};

/// What `holdline tornado` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Volume, handle time, patience, agents and shrinkage of the whole centre are turned down and up by 10 % each, or as
the file's [tornado] says; everything else stays as written, and the same customers walk in.

Examples:
  holdline tornado scenarios/retail.toml --replications 20
  holdline tornado centre.toml --figure queues.vip.service_level --figure total.cost
  holdline tornado centre.toml --set tornado.agents=0.05 --set tornado.patience=0.25")]
pub struct TornadoArgs {
    /// The scenario file
    pub file: PathBuf,
    /// The figure that is watched, by its dotted name; may be repeated
    /// [default: the file's, or service level, wait and abandonment]
    #[arg(long, value_name = "FIGURE")]
    pub figure: Vec<String>,
    /// Print JSON instead of the tables
    #[arg(long)]
    pub json: bool,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
    /// Where the results go
    #[command(flatten)]
    pub results: OutArgs,
}

/// Plays all of them, writes the files, prints the tables.
///
/// # Errors
/// All mistakes of the scenario or of what is asked; what the machine refuses; an interruption (after what is
/// complete was written).
pub fn run(args: &TornadoArgs) -> Result<(), Failure> {
    let written = Written::read(&args.file).map_err(Failure::Scenario)?;
    let settings = args.play.settings();
    let loaded = input::with(&written, &settings, args.play.quiet)?;
    let scenario = &loaded.scenario;
    let figures = [&args.figure, &scenario.tornado.figures].into_iter().find(|named| !named.is_empty());
    let figures = figures.cloned().unwrap_or_else(|| watched(scenario));
    let swings = swings(&written.levers(&settings), &scenario.tornado);
    if swings.is_empty() {
        return Err(Failure::mistake(
            format!("there is nothing to turn in {}", args.file.display()),
            "name settings with a low and a high value below `[tornado.settings]`",
        ));
    }
    let turned = turned(&written, &settings, &swings)?;
    let folder = args.results.out.clone().unwrap_or_else(|| default_folder(&args.file));
    let mut out = OutputFolder::claim(&folder, Holds::Tornado, &loaded.inputs, args.results.force)
        .map_err(Failure::unwritten)?;
    args.play.use_threads()?;
    let others = turned.iter().map(|(name, scenario)| Contender::new(name, scenario));
    let contenders: Vec<Contender<'_>> =
        std::iter::once(Contender::new("as_written", scenario)).chain(others).collect();
    let progress = Progress::new(args.play.quiet);
    let compared = Comparison::new(&contenders, 0, &Ask { figures, ..Ask::default() })
        .and_then(|comparison| comparison.run(&progress))
        .map_err(|failure| stopped_or_not_played(failure, &progress))?;
    progress.finish();
    let sensitivity = Sensitivity { swings, compared };
    let put = out.put(&report::tornado_products(&sensitivity));
    let text =
        if args.json { report::tornado_summary(&sensitivity) } else { report::render_tornado(&sensitivity) };
    // Whatever became of the files: the play is worth its tables.
    let printed = print(&text);
    put.map_err(Failure::unwritten)?;
    printed?;
    if !args.play.quiet {
        tell!("wrote {}", folder.display());
    }
    match progress.signal() {
        Some(signal) if sensitivity.compared.replications < sensitivity.compared.asked => {
            Err(Failure::Interrupted(signal))
        }
        _ => Ok(()),
    }
}

/// The low and the high end of each parameter, with a name for messages.
fn turned(
    written: &Written,
    settings: &[String],
    swings: &[Swing],
) -> Result<Vec<(String, Scenario)>, Failure> {
    let ends = swings.iter().flat_map(|swing| [(&swing.name, &swing.low), (&swing.name, &swing.high)]);
    let scenario = |(name, end): (&String, &experiment::End)| {
        let name = format!("{name} {}", end.said);
        let all: Vec<String> = settings.iter().chain(&end.settings).cloned().collect();
        match written.point(&all) {
            Ok(scenario) => Ok((name, scenario)),
            Err(mistakes) => Err(Failure::Variant(name, mistakes)),
        }
    };
    ends.map(scenario).collect()
}

/// `output/<scenario>-tornado`, beside where the command was typed.
fn default_folder(file: &Path) -> PathBuf {
    Path::new("output").join(format!("{}-tornado", safe_stem(file)))
}
