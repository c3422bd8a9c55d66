//! What a comparison is asked about its figures: which ones, and which differences matter.

use std::num::NonZeroU64;

use clap::Args;

use crate::experiment::{Ask, Budget, Contest};
use crate::figures::{Figure, Unit};
use crate::units::parse_duration;

use super::Failure;
use super::play::at_least_one;

/// The flags of every command that compares.
#[derive(Args, Clone, Debug, Default)]
pub struct AskArgs {
    /// A figure by its dotted name, such as `queues.vip.wait_p90`; may be repeated [default: wait, service level,
    /// abandonment, resolution, FCR, occupancy and cost of the total; waits and service levels of each queue where the
    /// total would pool what is measured unlike]
    #[arg(long, value_name = "FIGURE")]
    pub figure: Vec<String>,
    /// The smallest difference that matters: `1s`, `0.5%`, `total.wait=1s`; may be repeated
    #[arg(long, value_name = "[FIGURE=]D")]
    pub delta: Vec<String>,
    /// Play on until the best by this figure is found (Kim & Nelson 2001); needs its `--delta`
    #[arg(long, value_name = "FIGURE")]
    pub best: Option<String>,
    /// With `--best`: spend N replications of all together where they tell most, in place of playing on until the best
    /// is known (OCBA: Chen et al. 2000); no `--delta` is needed
    #[arg(long, value_name = "N", value_parser = at_least_one, requires = "best", conflicts_with = "max_replications")]
    pub ocba: Option<NonZeroU64>,
    /// Where the search for the best gives up [default: 5000]
    #[arg(long, value_name = "N", value_parser = at_least_one, requires = "best")]
    pub max_replications: Option<NonZeroU64>,
}

/// From the flags.
///
/// # Errors
/// A delta that is none, or of nobody knows which figure; a contest without one.
pub(super) fn ask(args: &AskArgs) -> Result<Ask, Failure> {
    let mut deltas: Vec<(String, f64)> = Vec::new();
    for text in &args.delta {
        let (figure, value) = match text.rsplit_once('=') {
            Some((figure, value)) => (figure.trim().to_owned(), value.trim()),
            None => (only_figure(args, text)?, text.trim()),
        };
        let delta = read(&figure, value)?;
        if deltas.iter().any(|(known, _)| *known == figure) {
            let title = format!("`{figure}` has two deltas");
            return Err(Failure::mistake(title, "keep one of them"));
        }
        deltas.push((figure, delta));
    }
    let budget = args.ocba.zip(args.best.as_ref());
    let budget = budget.map(|(spend, figure)| Budget { figure: figure.clone(), replications: spend.get() });
    let contest = match &args.best {
        _ if budget.is_some() => None,
        None => None,
        Some(figure) => {
            let delta = deltas.iter().find(|(known, _)| known == figure).map(|(_, delta)| *delta);
            let delta = delta.filter(|delta| *delta > 0.0).ok_or_else(|| {
                Failure::mistake(
                    format!("`--best {figure}` needs the smallest difference that matters"),
                    format!("add it with `--delta`, such as `--delta {}`", example(figure)),
                )
            })?;
            let max_replications = args.max_replications.map_or(MOST_REPLICATIONS, |most| most.get());
            Some(Contest { figure: figure.clone(), delta, max_replications })
        }
    };
    Ok(Ask { figures: args.figure.clone(), deltas, contest, budget, together: false })
}

/// A contest gives up there unless told otherwise.
const MOST_REPLICATIONS: u64 = 5000;

/// The figure of a delta that names none.
fn only_figure(args: &AskArgs, text: &str) -> Result<String, Failure> {
    match (&args.best, args.figure.as_slice()) {
        (Some(best), _) => Ok(best.clone()),
        (None, [only]) => Ok(only.clone()),
        _ => Err(Failure::mistake(
            format!("`--delta {text}` does not say of which figure"),
            format!("name it: `--delta total.wait={text}`"),
        )),
    }
}

fn example(figure: &str) -> &'static str {
    match unit(figure) {
        Some(Unit::Share) => "0.5%",
        Some(Unit::Seconds) => "5s",
        _ => "10",
    }
}

/// The unit of a figure by its dotted name.
fn unit(path: &str) -> Option<Unit> {
    let name = path.rsplit('.').next()?;
    Figure::named(name).map(Figure::unit)
}

/// More than any difference between two centres.
const MOST_DELTA: f64 = 1e12;

/// A delta in its figure's unit: a number, a percentage of 1 for shares, a duration for times.
fn read(figure: &str, text: &str) -> Result<f64, Failure> {
    let plain = text.parse::<f64>().ok();
    let read = match unit(figure) {
        Some(Unit::Share) => {
            let percent = text.strip_suffix('%').and_then(|number| number.trim().parse::<f64>().ok());
            percent.map(|percent| percent / 100.0).or(plain)
        }
        Some(Unit::Seconds) => parse_duration(text).ok().map(|span| span.seconds()).or(plain),
        _ => plain,
    };
    read.filter(|delta| (0.0..=MOST_DELTA).contains(delta)).ok_or_else(|| {
        let right = match unit(figure) {
            Some(Unit::Share) => "a share, such as `0.5%` or `0.005`",
            Some(Unit::Seconds) => "a time, such as `5s` or `1m30s`",
            _ => "a number of 0 or more",
        };
        Failure::mistake(format!("`{text}` is no difference of `{figure}`"), format!("it is {right}"))
    })
}
