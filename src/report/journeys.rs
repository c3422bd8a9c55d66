//! The most frequent journeys, as the page, the files and the terminal write them.

use serde::Serialize;

use crate::figures::{Journey, JourneyEnd, Results, Unit};

use super::cell::{Cell, Head, Sink};
use super::wording::{amount, grouped, plain, wrapped};

/// The steps in words, with something between them: `billing: transferred → technical: solved`.
fn words(journey: &Journey, between: &str) -> String {
    let steps = journey.steps.iter().map(|step| format!("{}: {}", step.queue, step.ended));
    match journey.steps.is_empty() {
        true => "still in the first step".to_owned(),
        false => steps.collect::<Vec<_>>().join(between),
    }
}

/// A line of the page's table.
#[derive(Serialize)]
pub(super) struct Line {
    steps: String,
    share: String,
    half_width: Option<String>,
    time: String,
    result: &'static str,
}

/// The page's section.
#[derive(Serialize)]
pub(super) struct Section {
    lines: Vec<Line>,
    together: String,
    cases: String,
    open: bool,
}

/// The page's section, where there is more than one journey.
pub(super) fn section(results: &Results) -> Option<Section> {
    let journeys = &results.journeys;
    let line = |journey: &Journey| {
        let share = amount(Unit::Share, journey.share);
        Line {
            steps: words(journey, " → "),
            share: share.value,
            half_width: share.half_width,
            time: plain(Unit::Seconds, journey.mean_time),
            result: journey.end.name(),
        }
    };
    let listed = &journeys.most_frequent;
    (listed.len() > 1).then(|| Section {
        lines: listed.iter().map(line).collect(),
        together: plain(Unit::Share, listed.iter().map(|journey| journey.share.value).sum()),
        cases: grouped(journeys.cases, if journeys.cases < 100.0 { 1 } else { 0 }),
        open: listed.iter().any(|journey| journey.end == JourneyEnd::Open),
    })
}

/// `journeys.csv`: a row per journey, the most frequent first.
pub(super) fn table(results: &Results, sink: &mut dyn Sink) {
    let heads = ["rank", "journey", "steps", "result", "share", "share_half_width", "mean_time"];
    sink.head(Head::all(heads));
    for (rank, journey) in (1..).zip(&results.journeys.most_frequent) {
        let [share, half_width] = Cell::pair(Unit::Share, Some(journey.share));
        sink.row(vec![
            Cell::whole(rank),
            Cell::text(words(journey, " -> ")),
            Cell::whole(journey.steps.len() as u64),
            Cell::text(journey.end.name()),
            share,
            half_width,
            Cell::seconds(journey.mean_time),
        ]);
    }
}

#[derive(Serialize)]
struct Step<'a> {
    queue: &'a str,
    ended: &'a str,
}

/// A journey in `summary.json`.
#[derive(Serialize)]
pub(super) struct Entry<'a> {
    steps: Vec<Step<'a>>,
    result: &'static str,
    share: f64,
    share_half_width: Option<f64>,
    mean_time: f64,
}

/// The journeys of `summary.json`.
pub(super) fn entries<'a>(results: &'a Results) -> Vec<Entry<'a>> {
    let steps = |journey: &'a Journey| {
        journey.steps.iter().map(|step| Step { queue: &step.queue, ended: step.ended }).collect()
    };
    let entry = |journey: &'a Journey| Entry {
        steps: steps(journey),
        result: journey.end.name(),
        share: journey.share.value,
        share_half_width: journey.share.half_width,
        mean_time: journey.mean_time,
    };
    results.journeys.most_frequent.iter().map(entry).collect()
}

/// The terminal's line: the most frequent journey that took more than a single queue can tell.
pub(super) fn pointer(results: &Results, width: usize) -> Option<String> {
    let places = &results.journeys.places;
    let first = places.first()?;
    // On one channel alone the tables say nearly as much.
    if !places.iter().any(|place| place.channel != first.channel || place.self_service) {
        return None;
    }
    let journey = results.journeys.most_frequent.iter().find(|journey| journey.steps.len() > 1)?;
    let text = format!(
        "The most frequent journey of several steps: {}, {} ({} of all cases); more in report.html and journeys.csv.",
        words(journey, " → "),
        journey.end.name(),
        plain(Unit::Share, journey.share.value),
    );
    Some(wrapped(&text, width).join("\n"))
}
