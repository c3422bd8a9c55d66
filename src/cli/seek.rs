//! `holdline seek`: the value of a setting at which a condition begins to hold.

use std::num::NonZeroU64;
use std::path::PathBuf;

use clap::Args;

use crate::experiment::{Condition, Found, Seek, SeekFailure, Unknown};
use crate::reading::{DottedPath, Setting};
use crate::report;
use crate::scenario::Written;
use crate::vocabulary::Quantity;

use super::Failure;
use super::output::print;
use super::play::{PlayArgs, at_least_one};
use super::progress::Progress;

/// Unless told otherwise, a value is played at most so many times as often as asked.
const MOST_TIMES: u64 = 20;

/// What `holdline seek` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline seek centre.toml --vary groups.night.staff --until \"queues.billing.service_level >= 0.8\"
  holdline seek centre.toml --vary queues.billing.arrivals.per_day --until \"total.abandonment <= 5%\"
  holdline seek centre.toml --vary queues.billing.talk.mean --until \"total.wait <= 20s\" --resolution 5s

Every value is played on the same customers. Between one that holds and one that does not the middle is
tried, until they are neighbours; these are played until their intervals decide, or up to a limit.")]
pub struct SeekArgs {
    /// The scenario file
    pub file: PathBuf,
    /// The setting whose value is sought: a number or a time
    #[arg(long, value_name = "PATH")]
    pub vary: String,
    /// What is to hold: a figure, `>=` or `<=`, and a number, a share or a time
    #[arg(long, value_name = "CONDITION")]
    pub until: String,
    /// No value below this one
    #[arg(long, value_name = "VALUE")]
    pub from: Option<String>,
    /// No value above this one
    #[arg(long, value_name = "VALUE")]
    pub to: Option<String>,
    /// How close the answer is wanted [default: 1 where only whole numbers fit, else about a hundredth]
    #[arg(long, value_name = "STEP")]
    pub resolution: Option<String>,
    /// Play-throughs of one value, at most [default: 20 times as many]
    #[arg(long, value_name = "N", value_parser = at_least_one)]
    pub max_replications: Option<NonZeroU64>,
    /// Print what was found as JSON
    #[arg(long)]
    pub json: bool,
    /// How it is played
    #[command(flatten)]
    pub play: PlayArgs,
}

/// Seeks, and prints what was tried and the answer.
///
/// # Errors
/// All mistakes of the scenario and of the command line; an interruption, after what was tried is printed.
pub fn run(args: &SeekArgs) -> Result<(), Failure> {
    if let Some((path, values)) = args.vary.split_once('=') {
        let bounds = values
            .split_once("..")
            .map_or((values, "TO"), |(from, to)| (from, to.split(':').next().unwrap_or(to)));
        return Err(Failure::mistake(
            "`--vary` names what is sought, without values",
            format!("write `--vary {path} --from {} --to {}`, or leave the bounds out", bounds.0, bounds.1),
        ));
    }
    let condition = Condition::parse(&args.until).map_err(|bad| Failure::mistake(bad.title, bad.hint))?;
    let settings = args.play.settings();
    let written = Written::read(&args.file).map_err(Failure::Scenario)?;
    let loaded = super::input::with(&written, &settings, args.play.quiet)?;
    let bare = written.of_points();
    let read: Vec<Setting> = settings.iter().map(|line| Setting::read(line)).collect();
    let all = |setting: &Setting| [&read[..], std::slice::from_ref(setting)].concat();
    let load = |setting: &Setting| bare.point_of(&all(setting)).ok();

    let bound = |flag: &str, text: &Option<String>| match text {
        None => Ok(None),
        Some(text) => Quantity::parse(text).map(Some).ok_or_else(|| {
            Failure::mistake(
                format!("`{flag} {text}` is neither a number nor a duration"),
                "write a value such as `12`, `0.3` or `4m`",
            )
        }),
    };
    let (from, to) = (bound("--from", &args.from)?, bound("--to", &args.to)?);
    let resolution = bound("--resolution", &args.resolution)?;
    let set = args.play.set.iter().rev().find_map(|line| line.strip_prefix(&format!("{}=", args.vary)));
    let about = set.and_then(Quantity::parse).or_else(|| bare.quantity(&args.vary));
    let Some(about) = about.or(from).or(to) else {
        return Err(no_value(args));
    };
    let about = clamped(about, from, to);
    // Before anything is played: a path that leads nowhere is told with its place.
    let path = DottedPath::read(&args.vary);
    bare.point_of(&all(&Setting::of(&path, about, &about.to_string()))).map_err(Failure::Scenario)?;
    let half = about.number() + 0.5;
    let halves = Setting::of(&path, Quantity::Number(half), &half.to_string());
    let whole = matches!(about, Quantity::Whole(_)) && load(&halves).is_none();
    let unknown = match whole && resolution.is_none() {
        true => Unknown::whole(&args.vary),
        false => Unknown::real(&args.vary, about, resolution).map_err(|reason| {
            Failure::mistake(reason, "write `--resolution 5`, or `--resolution 5s` for a time")
        })?,
    };
    if let (Some(low), Some(high)) = (from, to)
        && low.number() > high.number()
    {
        return Err(Failure::mistake("`--from` lies above `--to`", "exchange them"));
    }
    args.play.use_threads()?;
    let replications = loaded.scenario.experiment.replications;
    let most = args.max_replications.map_or(replications.saturating_mul(MOST_TIMES), NonZeroU64::get);
    let seek = Seek {
        start: unknown.place(about),
        from: from.map(|bound| unknown.place(bound)),
        to: to.map(|bound| unknown.place(bound)),
        unknown,
        condition,
        replications: replications.min(most),
        most,
    };
    let progress = Progress::new(args.play.quiet);
    let sought = seek.run(&loaded.scenario, &load, &progress);
    progress.finish();
    let sought = sought.map_err(|failure| match failure {
        SeekFailure::Figure(no) => Failure::Mistake { title: no.title, hint: no.hint },
        SeekFailure::Refused(line) => Failure::mistake(
            format!("the scenario cannot be played with `{line}`"),
            "see `--from` and `--to`",
        ),
    })?;
    print(&if args.json { report::sought_json(&sought) } else { report::render_sought(&sought) })?;
    match progress.signal() {
        Some(signal) if sought.found == Found::Stopped => Err(Failure::Interrupted(signal)),
        _ => Ok(()),
    }
}

/// A path at which the file has no number.
fn no_value(args: &SeekArgs) -> Failure {
    Failure::mistake(
        format!("the file has no number or time at `{}`", args.vary),
        "name one that it has, such as `groups.night.staff` or `groups.team.staff.08:00`, or say `--from` and `--to`",
    )
}

fn clamped(about: Quantity, from: Option<Quantity>, to: Option<Quantity>) -> Quantity {
    match (from, to) {
        (Some(from), _) if about.number() < from.number() => from,
        (_, Some(to)) if about.number() > to.number() => to,
        _ => about,
    }
}
