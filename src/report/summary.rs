//! `summary.json`: the whole run but its interval rows, for programs.
//!
//! Names are keys, so that a figure's dotted name is nearly its path:
//! `.queues.billing.figures.service_level.value`. Keys are never renamed; new ones may come.

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::figures::{Figures, GroupResult, Results, Row, ScopeResult, TargetResult, Verdict};
use crate::vocabulary::ServiceLevelFormula;

use super::{headline, journeys};

/// The crate's version, as the files name it.
pub(super) const VERSION: &str = env!("CARGO_PKG_VERSION");

#[derive(Serialize)]
struct Summary<'a> {
    holdline: &'static str,
    title: &'a str,
    headline: String,
    seed: u64,
    replications: u64,
    asked: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    even_days_gain: Option<f64>,
    confidence: f64,
    start: Option<String>,
    length_seconds: f64,
    interval_seconds: f64,
    folded: bool,
    notes: &'a [String],
    total: Scope<'a>,
    channels: Named<'a, Scope<'a>>,
    queues: Named<'a, Scope<'a>>,
    #[serde(skip_serializing_if = "Named::is_empty")]
    follow_ups: Named<'a, FollowUp<'a>>,
    groups: Named<'a, Group<'a>>,
    all_groups: Group<'a>,
    journeys: Vec<journeys::Entry<'a>>,
}

#[derive(Serialize)]
struct Scope<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    channel: Option<&'a str>,
    figures: Named<'a, Value>,
    targets: Vec<Target<'a>>,
    by_kind: Named<'a, Named<'a, Value>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    days: Vec<Day<'a>>,
    wait_tail: &'a [(f64, f64)],
    solved_by: &'a [(f64, f64)],
    lost_by: &'a [(f64, f64)],
    lost_because: Named<'a, f64>,
}

#[derive(Serialize)]
struct FollowUp<'a> {
    channel: Option<&'a str>,
    figures: Named<'a, Value>,
}

#[derive(Serialize)]
struct Group<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    site: Option<&'a str>,
    figures: Named<'a, Value>,
}

#[derive(Serialize)]
struct Value {
    value: f64,
    half_width: Option<f64>,
}

#[derive(Serialize)]
struct Target<'a> {
    figure: &'static str,
    share: f64,
    within: Option<&'a str>,
    within_seconds: Option<f64>,
    formula: Option<&'static str>,
    /// Only where it is a response that the target counts.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    response: bool,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    open_hours: bool,
    /// `kept`, `missed` or `not decided`.
    verdict: Option<&'static str>,
    days_met: Option<f64>,
    /// Share of the days of each weekday on which it was missed.
    #[serde(skip_serializing_if = "Named::is_empty")]
    days_missed: Named<'a, f64>,
}

#[derive(Serialize)]
struct Day<'a> {
    label: &'a str,
    start_seconds: f64,
    length_seconds: f64,
    figures: Named<'a, Value>,
}

/// A JSON object in the order given (files keep the scenario's order).
pub(super) struct Named<'a, T>(pub(super) Vec<(&'a str, T)>);

impl<T> Named<'_, T> {
    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T: Serialize> Serialize for Named<'_, T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.0.len()))?;
        for (name, value) in &self.0 {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

fn figures(figures: &Figures) -> Named<'_, Value> {
    let value = |e: &crate::figures::Estimate| Value { value: e.value, half_width: e.half_width };
    Named(figures.0.iter().map(|(figure, estimate)| (figure.name(), value(estimate))).collect())
}

fn target<'a>(target: &'a TargetResult, figures: &Figures) -> Target<'a> {
    Target {
        figure: target.figure.name(),
        share: target.share,
        within: target.within.as_deref(),
        within_seconds: target.within_seconds,
        formula: target.formula.map(ServiceLevelFormula::word),
        response: target.response,
        open_hours: target.open_hours,
        verdict: target.verdict(figures).map(Verdict::name),
        days_met: target.days_met,
        days_missed: Named(
            target.missed_by_weekday.iter().map(|(day, missed)| (day.short(), *missed)).collect(),
        ),
    }
}

fn day(row: &Row) -> Day<'_> {
    Day {
        label: &row.label,
        start_seconds: row.start.seconds(),
        length_seconds: row.length.seconds(),
        figures: figures(&row.figures),
    }
}

fn scope(scope: &ScopeResult) -> Scope<'_> {
    Scope {
        channel: scope.channel.as_deref(),
        figures: figures(&scope.figures),
        targets: scope.targets.iter().map(|of| target(of, &scope.figures)).collect(),
        by_kind: Named(scope.by_kind.iter().map(|kind| (kind.kind, figures(&kind.figures))).collect()),
        days: scope.days.iter().map(day).collect(),
        wait_tail: &scope.wait_tail,
        solved_by: &scope.outcomes.solved_by,
        lost_by: &scope.outcomes.lost_by,
        lost_because: Named(scope.outcomes.lost_why.clone()),
    }
}

fn named(scopes: &[ScopeResult]) -> Named<'_, Scope<'_>> {
    Named(scopes.iter().map(|s| (s.name.as_str(), scope(s))).collect())
}

fn follow_up(follow_up: &ScopeResult) -> FollowUp<'_> {
    FollowUp { channel: follow_up.channel.as_deref(), figures: figures(&follow_up.figures) }
}

fn group(group: &GroupResult) -> Group<'_> {
    Group { site: group.site.as_deref(), figures: figures(&group.figures) }
}

/// The text of `summary.json`.
///
/// # Panics
/// Never: all keys are text, and a number that is not finite becomes `null`.
#[must_use]
pub fn summary(results: &Results) -> String {
    let document = Summary {
        holdline: VERSION,
        title: &results.title,
        headline: headline::sentence(results),
        seed: results.seed,
        replications: results.replications,
        asked: results.asked,
        even_days_gain: results.even_days_gain,
        confidence: results.confidence,
        start: results.calendar.start().map(|date| date.to_string()),
        length_seconds: results.length.seconds(),
        interval_seconds: results.interval.seconds(),
        folded: results.folded,
        notes: &results.notes,
        total: scope(&results.total),
        channels: named(&results.channels),
        queues: named(&results.queues),
        follow_ups: Named(results.follow_ups.iter().map(|f| (f.name.as_str(), follow_up(f))).collect()),
        groups: Named(results.groups.iter().map(|g| (g.name.as_str(), group(g))).collect()),
        all_groups: group(&results.all_groups),
        journeys: journeys::entries(results),
    };
    let mut text = serde_json::to_string_pretty(&document).expect("text keys and numbers are JSON");
    text.push('\n');
    text
}
