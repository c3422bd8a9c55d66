//! What a search for one value found: a table of what was tried, and the answer in a sentence.

use serde_json::{Value, json};

use crate::experiment::{Found, Sought, Tried};
use crate::figures::{Unit, Verdict};
use crate::units::printable;

use super::terminal::WIDTH;
use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, grouped, percent, plain, wrapped, written};

/// A search as a terminal shows it.
#[must_use]
pub fn render_sought(sought: &Sought) -> String {
    let unit = sought.condition.figure.unit();
    let heads = ["Value", sought.condition.figure.label(), "Replications"];
    let heads = heads.map(|head| (Align::Right, head.to_owned())).into_iter();
    let mut table = TextTable::new(heads.chain([(Align::Left, condition(sought))]));
    for tried in &sought.tried {
        table.row([
            tried.value.clone(),
            estimate(unit, tried),
            grouped(tried.replications as f64, 0),
            verdict(tried).to_owned(),
        ]);
    }
    table.line();
    let path = printable(sought.unknown.path());
    format!("{path}\n{}\n{}\n", table.text(), wrapped(&answer(sought), WIDTH).join("\n"))
}

/// The search for other programs.
#[must_use]
pub fn sought_json(sought: &Sought) -> String {
    let at = |place: Option<i64>| place.and_then(|place| sought.at(place)).map(|tried| tried.value.clone());
    let (holds, fails) = match sought.found {
        Found::Border { holds, fails } => (Some(holds), Some(fails)),
        _ => (None, None),
    };
    let tried: Vec<Value> = sought
        .tried
        .iter()
        .map(|tried| {
            json!({
                "value": tried.value,
                "figure": tried.estimate.map(|estimate| estimate.value),
                "half_width": tried.estimate.and_then(|estimate| estimate.half_width),
                "replications": tried.replications,
                "grows_without_end": tried.unstable,
                "verdict": tried.verdict.name(),
            })
        })
        .collect();
    let whole = json!({
        "setting": sought.unknown.path(),
        "figure": sought.condition.path,
        "at_least": sought.condition.at_least,
        "bound": sought.condition.bound,
        "holds": at(holds),
        "fails": at(fails),
        "resolution": sought.unknown.resolution(),
        "confidence": sought.confidence,
        "tried": tried,
    });
    format!("{whole:#}\n")
}

/// `service level at least 80 %`.
fn condition(sought: &Sought) -> String {
    let condition = &sought.condition;
    let bound = match condition.figure.unit() {
        Unit::Share => percent(condition.bound),
        unit => plain(unit, condition.bound),
    };
    format!("{} {bound}", if condition.at_least { "At least" } else { "At most" })
}

fn estimate(unit: Unit, tried: &Tried) -> String {
    let Some(estimate) = tried.estimate else {
        return if tried.unstable { "grows without end" } else { ABSENT }.to_owned();
    };
    written(unit, estimate)
}

fn verdict(tried: &Tried) -> &'static str {
    match tried.verdict {
        Verdict::Kept => "yes",
        Verdict::Missed => "no",
        Verdict::Undecided if tried.holds => "not decided (by its mean, yes)",
        Verdict::Undecided => "not decided (by its mean, no)",
    }
}

/// The answer in sentences.
fn answer(sought: &Sought) -> String {
    let path = printable(sought.unknown.path());
    let unit = sought.condition.figure.unit();
    let condition = condition(sought).to_lowercase();
    let figure = printable(&sought.condition.path);
    let (Some(first), Some(last)) = (sought.tried.first(), sought.tried.last()) else { return String::new() };
    let (holds, fails) = match sought.found {
        Found::Border { holds, fails } => (sought.at(holds), sought.at(fails)),
        Found::Everywhere | Found::Nowhere => {
            let kept = if sought.found == Found::Everywhere { "every" } else { "no" };
            let (low, high) = (&first.value, &last.value);
            return format!(
                "With {kept} value of {path} between {low} and {high} {figure} is {condition}; \
                 `--from` and `--to` look further."
            );
        }
        Found::Stopped => return "The search was stopped before it had an answer.".to_owned(),
    };
    let (Some(holds), Some(fails)) = (holds, fails) else { return String::new() };
    let rising = holds.place > fails.place;
    let value = &holds.value;
    let (kept, other) = (estimate(unit, holds), estimate(unit, fails));
    let mut text = match (sought.unknown.is_whole(), rising) {
        (true, true) => {
            format!("{path} = {value} is the smallest with which {figure} is {condition}: {kept}")
        }
        (true, false) => {
            format!("{path} = {value} is the largest with which {figure} is {condition}: {kept}")
        }
        (false, true) => format!("From {path} = {value} on {figure} is {condition}: {kept}"),
        (false, false) => format!("Up to {path} = {value} {figure} is {condition}: {kept}"),
    };
    text += &format!("; with {} it is {other}.", fails.value);
    if !sought.unknown.is_whole() {
        text +=
            &format!(" The border lies between {} and {}.", first_of(holds, fails), last_of(holds, fails));
    }
    for tried in [holds, fails].into_iter().filter(|tried| tried.verdict == Verdict::Undecided) {
        text += &format!(
            " {} replications do not decide {}: its interval covers the bound (`--max-replications`).",
            grouped(tried.replications as f64, 0),
            tried.value
        );
    }
    text
}

fn first_of<'t>(one: &'t Tried, other: &'t Tried) -> &'t str {
    if one.place < other.place { &one.value } else { &other.value }
}

fn last_of<'t>(one: &'t Tried, other: &'t Tried) -> &'t str {
    if one.place > other.place { &one.value } else { &other.value }
}
