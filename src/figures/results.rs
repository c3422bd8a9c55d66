//! The results of an experiment, ready to be reported: figures with intervals, by queue, channel,
//! group, kind of contact and interval.

use crate::model::ChannelKind;
use crate::units::{Calendar, Span, Weekday};
use crate::vocabulary::ServiceLevelFormula;

use super::interval::{Estimate, Ribbon};
use super::scope_path::{ScopePath, split};
use super::{Figure, JourneyResults, Plan};

/// Some figures. A figure without observations is absent: never 0, never NaN.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures(pub Vec<(Figure, Estimate)>);

impl Figures {
    /// The figure, if there were observations for it.
    #[must_use]
    pub fn get(&self, figure: Figure) -> Option<Estimate> {
        self.0.iter().find(|(f, _)| *f == figure).map(|(_, estimate)| *estimate)
    }

    /// Its value alone.
    #[must_use]
    pub fn value(&self, figure: Figure) -> Option<f64> {
        self.get(figure).map(|estimate| estimate.value)
    }
}

/// One reported row of time: an interval, a date, or a weekday's time of day.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Since the start of the reported time (for weekday rows: since Monday 00:00).
    pub start: Span,
    /// How long.
    pub length: Span,
    /// `2026-03-02T08:00`, `Mon 08:00`, `2026-03-02`, or the elapsed time `12h`.
    pub label: String,
    /// The row's figures.
    pub figures: Figures,
    /// Percentiles across days, of the figures that charts draw with a ribbon.
    pub ribbons: Vec<(Figure, Ribbon)>,
}

/// A scope's target and how it went.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetResult {
    /// The figure that the target is about.
    pub figure: Figure,
    /// The share (at least, or for abandonment at most).
    pub share: f64,
    /// For waits and times to resolution: as the scenario writes it, `20s`.
    pub within: Option<String>,
    /// In seconds, where it is a plain time.
    pub within_seconds: Option<f64>,
    /// Whether it is a response that the target counts, not an agent's taking the contact up.
    pub response: bool,
    /// Whether the time counts in opening hours only.
    pub open_hours: bool,
    /// How the service level is counted.
    pub formula: Option<ServiceLevelFormula>,
    /// Up to which wait an abandonment is short, where the formula asks for it.
    pub short: Option<Span>,
    /// Share of days (replication x day) on which the target was kept.
    pub days_met: Option<f64>,
    /// Share of the days of a weekday on which it was missed, Monday first; of weekdays to which somebody came.
    pub missed_by_weekday: Vec<(Weekday, f64)>,
}

/// What a scope is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum ScopeKind {
    Queue,
    Channel,
    Total,
    FollowUp,
}

/// Deferred work that was open at the end of each row, by age.
#[derive(Clone, Debug, PartialEq)]
pub struct BacklogByAge {
    /// What the bands are called, youngest first: `under 4h`.
    pub bands: Vec<String>,
    /// By row of the scope, then band.
    pub rows: Vec<Vec<Estimate>>,
}

/// The figures of one kind of contact (`first`, `retry`, `repeat`, `transfer`, `callback`).
#[derive(Clone, Debug, PartialEq)]
pub struct KindResult {
    /// Its name.
    pub kind: &'static str,
    /// Its figures.
    pub figures: Figures,
}

/// How cases ended, as shares over the time since their opening.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct CaseOutcomes {
    /// (seconds since the opening, share solved by then): losses compete (Aalen-Johansen).
    pub solved_by: Vec<(f64, f64)>,
    /// (seconds since the opening, share lost by then).
    pub lost_by: Vec<(f64, f64)>,
    /// (why, share of cases lost that way), largest first.
    pub lost_why: Vec<(&'static str, f64)>,
}

/// Everything about one queue, one channel, one follow-up or the total.
#[derive(Clone, Debug, PartialEq)]
pub struct ScopeResult {
    /// Its name; `total` for the total.
    pub name: String,
    /// What it is.
    pub kind: ScopeKind,
    /// Its channel, for a queue or a follow-up.
    pub channel: Option<String>,
    /// What travels there, for a queue, a channel or a follow-up.
    pub travels: Option<ChannelKind>,
    /// Over the whole reported time.
    pub figures: Figures,
    /// Split by kind of contact; kinds that never occurred are absent.
    pub by_kind: Vec<KindResult>,
    /// Row by row (empty for channels and follow-ups).
    pub rows: Vec<Row>,
    /// Day by day where the horizon has days (empty for channels and follow-ups).
    pub days: Vec<Row>,
    /// For a queue of deferred work.
    pub backlog: Option<BacklogByAge>,
    /// (t in seconds, share of offered that waited longer than t), t ascending.
    pub wait_tail: Vec<(f64, f64)>,
    /// Cases that opened here.
    pub outcomes: CaseOutcomes,
    /// Its targets.
    pub targets: Vec<TargetResult>,
}

/// Everything about one group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupResult {
    /// Its name; `total` for all groups.
    pub name: String,
    /// Its site.
    pub site: Option<String>,
    /// Over the whole reported time.
    pub figures: Figures,
    /// Row by row.
    pub rows: Vec<Row>,
    /// More of its time on duty should not be work.
    pub max_occupancy: Option<f64>,
    /// Of each of its agents who was ever there: the share of the time on duty with work, over all replications; by number.
    pub agents: Vec<f64>,
}

/// The first replication as it went: the most contacts that waited in each queue at once, slot by slot.
#[derive(Clone, Debug, PartialEq)]
pub struct Trace {
    /// How long a slot is.
    pub slot: Span,
    /// In the order of [`Results::queues`], from the start of the reported time on.
    pub queues: Vec<Vec<u32>>,
}

/// The results of an experiment.
#[derive(Clone, Debug, PartialEq)]
pub struct Results {
    /// The scenario's title.
    pub title: String,
    /// The seed.
    pub seed: u64,
    /// Replications that these results rest on.
    pub replications: u64,
    /// Replications that were asked for (more, where the run was interrupted).
    pub asked: u64,
    /// Of the intervals.
    pub confidence: f64,
    /// Dates and weekdays.
    pub calendar: Calendar,
    /// The reported time.
    pub length: Span,
    /// The reporting step.
    pub interval: Span,
    /// Whether `rows` are weekdays' times of day (long horizons) instead of each interval.
    pub folded: bool,
    /// All queues and groups together.
    pub total: ScopeResult,
    /// In file order.
    pub channels: Vec<ScopeResult>,
    /// In file order.
    pub queues: Vec<ScopeResult>,
    /// Work that the centre starts itself, in file order; in no channel's figures, nor the total's.
    pub follow_ups: Vec<ScopeResult>,
    /// In file order.
    pub groups: Vec<GroupResult>,
    /// All groups together.
    pub all_groups: GroupResult,
    /// What cases went through.
    pub journeys: JourneyResults,
    /// How its first replication went, where that was asked for.
    pub trace: Option<Trace>,
    /// Where busyness is spread evenly over the replications: about so many times as many independent ones it would
    /// take for the interval of the total service level.
    pub even_days_gain: Option<f64>,
    /// What was planned, for charts to set beside it.
    pub plan: Plan,
    /// What a reader should know: few replications, a pilot's factor, an unstable queue.
    pub notes: Vec<String>,
}

impl Results {
    /// The estimate of a dotted figure name: `total.service_level`, `queues.billing.wait_p90`,
    /// `channels.phone.abandonment`, `groups.generalists.occupancy`,
    /// `follow_ups.courtesy_call.follow_ups_done`.
    #[must_use]
    pub fn figure(&self, path: &str) -> Option<Estimate> {
        let (scope, figure) = split(path);
        let figure = figure.ok()?;
        let named = |scopes: &[ScopeResult], name: &str| {
            scopes.iter().find(|s| s.name == name).and_then(|s| s.figures.get(figure))
        };
        match ScopePath::parse(scope)? {
            ScopePath::Total => {
                self.total.figures.get(figure).or_else(|| self.all_groups.figures.get(figure))
            }
            ScopePath::Queue(name) => named(&self.queues, name),
            ScopePath::Channel(name) => named(&self.channels, name),
            ScopePath::FollowUp(name) => named(&self.follow_ups, name),
            ScopePath::Group(name) => {
                self.groups.iter().find(|g| g.name == name).and_then(|g| g.figures.get(figure))
            }
        }
    }
}
