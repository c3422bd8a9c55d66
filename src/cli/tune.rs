//! `holdline tune`: the values of several settings that make a figure small, or great.

use std::path::PathBuf;

use clap::Args;

use crate::experiment::{SettingRange, Tune, TuneFailure};
use crate::reading::Setting;
use crate::report;
use crate::scenario::Written;

use super::Failure;
use super::output::print;
use super::play::PlayArgs;
use super::progress::Progress;

/// Points of a generation for each setting.
const POINTS_A_SETTING: usize = 8;

/// Points of a generation at least.
const FEWEST_POINTS: usize = 16;

/// What `holdline tune` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline tune centre.toml --vary routing.parameters.bonus=0..10 --minimise total.wait
  holdline tune centre.toml --vary routing.weights.vip=1..8 --vary routing.reserve.vip=0..4 --maximise total.resolution

All points are played on the same customers: first some that lie evenly in all ranges, then where the best
of them lie, closer and closer (the cross-entropy method). What is found is then compared with the centre as
it is on customers whom the search has not met, as the best of many is always partly luck.")]
pub struct TuneArgs {
    /// The scenario file
    pub file: PathBuf,
    /// A setting, and the range of its value: numbers or times; whole numbers stay whole
    #[arg(long, value_name = "PATH=LOW..HIGH", required = true)]
    pub vary: Vec<String>,
    /// The figure that is to be small
    #[arg(long, value_name = "FIGURE", required_unless_present = "maximise", conflicts_with = "maximise")]
    pub minimise: Option<String>,
    /// The figure that is to be great
    #[arg(long, value_name = "FIGURE")]
    pub maximise: Option<String>,
    /// Points of a generation [default: 8 for each setting, at least 16]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(5..=10_000))]
    pub points: Option<u16>,
    /// Generations at most
    #[arg(long, value_name = "N", default_value = "12", value_parser = clap::value_parser!(u16).range(1..=1000))]
    pub generations: u16,
    /// Print what was found as JSON
    #[arg(long)]
    pub json: bool,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
}

/// Tunes, and prints what was found and what it is worth.
///
/// # Errors
/// All mistakes of the scenario and of the command line; an interruption, after what was found is printed.
pub fn run(args: &TuneArgs) -> Result<(), Failure> {
    let ranges = ranges(&args.vary)?;
    let settings = args.play.settings();
    let written = Written::read(&args.file).map_err(Failure::Scenario)?;
    let loaded = super::input::with(&written, &settings, args.play.quiet)?;
    let bare = written.of_points();
    let read: Vec<Setting> = settings.iter().map(|line| Setting::read(line)).collect();
    let all = |over: &[Setting]| [&read[..], over].concat();
    // Before anything is played: a path that leads nowhere is told with its place.
    for range in &ranges {
        let ends = [range.lowest(), range.highest()];
        let mut refused = ends.iter().filter_map(|end| bare.point_of(&all(std::slice::from_ref(end))).err());
        if let (Some(mistakes), Some(_)) = (refused.next(), refused.next()) {
            return Err(Failure::Scenario(mistakes));
        }
    }
    args.play.use_threads()?;
    let (path, maximise) = match (&args.minimise, &args.maximise) {
        (Some(path), _) => (path.clone(), false),
        (None, path) => (path.clone().unwrap_or_default(), true),
    };
    let points = args.points.map_or((POINTS_A_SETTING * ranges.len()).max(FEWEST_POINTS), usize::from);
    let tune = Tune { ranges, path, maximise, points, generations: usize::from(args.generations) };
    let progress = Progress::new(args.play.quiet);
    let load = |over: &[Setting]| bare.point_of(&all(over)).ok();
    let tuned = tune.run(&loaded.scenario, &load, &progress);
    progress.finish();
    let tuned = match tuned {
        Ok(tuned) => tuned,
        Err(_) if progress.signal().is_some() => {
            return Err(Failure::Interrupted(progress.signal().unwrap_or_default()));
        }
        Err(TuneFailure::Figure(no)) => return Err(Failure::Mistake { title: no.title, hint: no.hint }),
        Err(TuneFailure::Fresh(failure)) => {
            return Err(super::run::stopped_or_not_played(failure, &progress));
        }
        Err(none @ TuneFailure::AllUnfit(_)) => {
            return Err(Failure::mistake(none.to_string(), "give other ranges, or more agents"));
        }
    };
    let now = |path: &str| {
        let set = args.play.set.iter().rev().find_map(|line| line.strip_prefix(&format!("{path}=")));
        set.map(str::to_owned).or_else(|| bare.quantity(path).map(|value| value.to_string()))
    };
    print(&if args.json { report::tuned_json(&tuned) } else { report::render_tuned(&tuned, &now) })?;
    match progress.signal() {
        Some(signal) if tuned.fresh.is_none() => Err(Failure::Interrupted(signal)),
        _ => Ok(()),
    }
}

fn ranges(vary: &[String]) -> Result<Vec<SettingRange>, Failure> {
    let hint =
        "write `--vary routing.parameters.bonus=0..10`, or `--vary groups.team.skills.calls.after=0s..60s`";
    let mut ranges: Vec<SettingRange> = Vec::new();
    for text in vary {
        let range = SettingRange::parse(text).map_err(|reason| Failure::mistake(reason, hint))?;
        if ranges.iter().any(|known| known.path() == range.path()) {
            return Err(Failure::mistake(
                format!("`{}` is varied twice", range.path()),
                "give one range of it",
            ));
        }
        ranges.push(range);
    }
    Ok(ranges)
}
