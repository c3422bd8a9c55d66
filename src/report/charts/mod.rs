//! The charts: what is drawn ([`picture`]), how axes, panels and sheets are laid out, and one file
//! for each family of charts. plotters is used in [`paper`] alone.

mod alluvium;
mod arrivals;
mod axis;
mod backlog;
mod beside_seen;
mod by_agent;
mod capacity;
mod chart;
mod cost_split;
mod coverage;
mod curves;
mod day_map;
mod fitted;
mod font;
mod foreseen;
mod forest;
mod frontier;
mod gantt;
mod heat_map;
mod journeys;
mod over_time;
mod palette;
mod panel;
mod paper;
mod picture;
mod resolution;
mod row_panels;
mod sheet;
mod side_by_side;
mod sweep_lines;
mod tornado;
mod trace;
mod trade_off;

use crate::experiment::{Capacity, Sensitivity, Validated};
use crate::figures::Results;
#[cfg(feature = "schedule")]
use crate::figures::ShiftPlan;
use crate::fit::QueueEstimates;
use crate::forecast::Forecast;
#[cfg(feature = "schedule")]
use crate::units::Calendar;

use super::league::League;
use super::swept::Swept;

pub(super) use chart::Chart;
#[cfg(feature = "schedule")]
pub(super) use coverage::{Interval, Pool};
pub(super) use side_by_side::Beside;

/// A chart that may be drawn of `T`: the name of its file, before `-2`, `-3`, ... where there are too many
/// queues for one, and what draws it under that name, as far as there is something to show.
struct Drawn<T: ?Sized>(&'static str, fn(&T, &'static str) -> Vec<Chart>);

/// The charts of a run, in the order of the page.
const OF_RUNS: &[Drawn<Results>] = &[
    Drawn("staffing", over_time::staffing),
    Drawn("required", coverage::staffing),
    Drawn("over_under", coverage::map),
    Drawn("arrivals", arrivals::charts),
    Drawn("service_level", over_time::service_level),
    Drawn("service_level_map", coverage::level_map),
    Drawn("wait", over_time::waits),
    Drawn("abandonment", over_time::abandonment),
    Drawn("wait_tail", curves::wait_tail),
    Drawn("journeys", journeys::chart),
    Drawn("resolution", resolution::chart),
    Drawn("time_to_resolution", curves::time_to_resolution),
    Drawn("queue_length", over_time::queue_length),
    Drawn("trace", trace::charts),
    Drawn("backlog", backlog::charts),
    Drawn("occupancy", over_time::occupancy),
    Drawn("agents", by_agent::charts),
    Drawn("shifts", gantt::of_run),
    Drawn("cost", cost_split::charts),
];

/// The charts of a sweep, in the order of its page.
const OF_SWEEPS: &[Drawn<Swept>] = &[
    Drawn("sweep_wait", sweep_lines::waits),
    Drawn("sweep_resolution", sweep_lines::resolution),
    Drawn("sweep_map", heat_map::chart),
    Drawn("sweep_cost", trade_off::chart),
];

/// The charts of a league.
const OF_LEAGUES: &[Drawn<League>] = &[Drawn("frontier", frontier::chart)];

/// The charts of forecasts.
const OF_FORECASTS: &[Drawn<[Forecast]>] = &[Drawn("forecast", foreseen::charts)];

/// Whether a chart of a forecast may have this name.
pub(super) fn is_of_forecast(name: &str) -> bool {
    OF_FORECASTS.iter().any(|drawn| drawn.0 == name)
}

/// The charts of forecasts.
pub(super) fn forecast_charts(forecasts: &[Forecast]) -> Vec<Chart> {
    OF_FORECASTS.iter().flat_map(|Drawn(name, draw)| draw(forecasts, name)).collect()
}

/// The charts of a baseline beside what was seen.
const OF_VALIDATIONS: &[Drawn<Validated>] = &[Drawn("seen", beside_seen::charts)];

/// The charts of a baseline beside what was seen.
pub(super) fn validated_charts(validated: &Validated) -> Vec<Chart> {
    OF_VALIDATIONS.iter().flat_map(|Drawn(name, draw)| draw(validated, name)).collect()
}

/// The charts of what was fitted to a log of calls.
const OF_FITS: &[Drawn<[QueueEstimates]>] = &[
    Drawn("patience", fitted::patience),
    Drawn("talk", fitted::talk),
    Drawn("talk_quantiles", fitted::talk_quantiles),
    Drawn("wrap_up", fitted::wrap_up),
    Drawn("wrap_up_quantiles", fitted::wrap_up_quantiles),
];

/// The charts of what was fitted.
pub(super) fn fitted_charts(queues: &[QueueEstimates]) -> Vec<Chart> {
    OF_FITS.iter().flat_map(|Drawn(name, draw)| draw(queues, name)).collect()
}

/// The charts of a capacity plan.
const OF_PLANS: &[Drawn<Capacity>] = &[Drawn("people", capacity::people), Drawn("levels", capacity::levels)];

/// The charts of a capacity plan that have something to show.
pub(super) fn capacity_charts(capacity: &Capacity) -> Vec<Chart> {
    OF_PLANS.iter().flat_map(|Drawn(name, draw)| draw(capacity, name)).collect()
}

/// The charts of a tornado.
const OF_TORNADOES: &[Drawn<Sensitivity>] = &[Drawn("tornado", tornado::charts)];

/// What draws a chart of a comparison under a name.
type OfComparison = fn(&Beside<'_>, &'static str) -> Vec<Chart>;

/// The charts of a comparison.
const OF_COMPARISONS: &[(&str, OfComparison)] = &[
    ("differences", forest::charts),
    ("difference_by_day", side_by_side::days),
    ("difference_by_hour", side_by_side::hours),
    ("service_level", side_by_side::service_level),
    ("wait", side_by_side::waits),
    ("occupancy", side_by_side::occupancy),
];

/// Whether a chart of a comparison may have this name.
pub(super) fn is_of_comparison(name: &str) -> bool {
    OF_COMPARISONS.iter().any(|drawn| drawn.0 == name)
}

/// The charts of a comparison that have something to show.
pub(super) fn comparison_charts(beside: &Beside<'_>) -> Vec<Chart> {
    OF_COMPARISONS.iter().flat_map(|(name, draw)| draw(beside, name)).collect()
}

/// Whether a chart of a tornado may have this name.
pub(super) fn is_of_tornado(name: &str) -> bool {
    OF_TORNADOES.iter().any(|drawn| drawn.0 == name)
}

/// The charts of a tornado that have something to show.
pub(super) fn tornado_charts(sensitivity: &Sensitivity) -> Vec<Chart> {
    OF_TORNADOES.iter().flat_map(|Drawn(name, draw)| draw(sensitivity, name)).collect()
}

/// Whether a chart of a league may have this name.
pub(super) fn is_of_league(name: &str) -> bool {
    OF_LEAGUES.iter().any(|drawn| drawn.0 == name)
}

/// The charts of a league that have something to show.
pub(super) fn league_charts(league: &League) -> Vec<Chart> {
    OF_LEAGUES.iter().flat_map(|Drawn(name, draw)| draw(league, name)).collect()
}

/// Whether a chart of a run may have this name.
pub(super) fn is_of_run(name: &str) -> bool {
    OF_RUNS.iter().any(|drawn| drawn.0 == name)
}

/// Whether a chart of a sweep may have this name.
pub(super) fn is_of_sweep(name: &str) -> bool {
    OF_SWEEPS.iter().any(|drawn| drawn.0 == name)
}

/// All charts that have something to show, in the order of the page.
pub(super) fn charts(results: &Results) -> Vec<Chart> {
    OF_RUNS.iter().flat_map(|Drawn(name, draw)| draw(results, name)).collect()
}

/// Service level and waits of a variant over the day, each with its baseline's.
pub(super) fn charts_beside(results: &Results, base: Option<&Results>) -> Vec<Chart> {
    let mut charts = over_time::service_level_beside(results, base, "service_level");
    charts.extend(over_time::waits_beside(results, base, "wait"));
    charts
}

/// The charts of a roster: over and under by day and interval, the week's lines, a day of agents.
#[cfg(feature = "schedule")]
pub(super) fn roster_charts(pools: &[Pool], shifts: &[ShiftPlan], calendar: &Calendar) -> Vec<Chart> {
    let about = "Required: agents on contacts. Scheduled: those of the shifts who are not on a break, absence and other shrinkage \
                 taken off.";
    let hours = coverage::hours_of(pools);
    let x = |ends, width| (axis::Axis::time(calendar, true, hours, ends, width), hours);
    let mut charts =
        coverage::maps("over_under", "Agents over and under the requirement, by day and time", about, pools);
    charts.extend(gantt::of_roster("shifts", shifts));
    charts.extend(coverage::lines(
        "required",
        "Agents required and scheduled",
        about,
        "scheduled",
        pools,
        &x,
    ));
    charts
}

/// The charts of a sweep that have something to show.
pub(super) fn sweep_charts(swept: &Swept) -> Vec<Chart> {
    if swept.too_many() {
        return Vec::new();
    }
    OF_SWEEPS.iter().flat_map(|Drawn(name, draw)| draw(swept, name)).collect()
}
