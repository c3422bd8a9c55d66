//! Charts over the reported time: staffing, service level, waits, queue length, occupancy.

use crate::figures::{Figure, Results, ScopeKind, ScopeResult, TargetResult, Unit};
use crate::units::Span;

use super::super::wording::target_words;
use super::chart::Chart;
use super::palette::{BLUE, FAINT_INK, GREEN, ORANGE, VERMILLION, dashed, dotted, solid};
use super::row_panels::{Line, Look, Plan, finished};

const ABOUT_MEAN: &str = "Lines: mean of all replications.";

const ABOUT_RIBBON: &str = "Ribbon: one day in ten lies below it, one in ten above; its far edge is what a bad day looks \
     like.";

/// `half-hour`, `hour`, ...: what a row is.
pub(super) fn row_word(results: &Results) -> String {
    let length = results.total.rows.first().map_or(results.interval, |row| row.length);
    let word = match length.micros() / 60_000_000 {
        15 => "quarter-hour".to_owned(),
        30 => "half-hour".to_owned(),
        60 => "hour".to_owned(),
        1_440 => "day".to_owned(),
        _ => format!("interval of {length}"),
    };
    if results.folded && length < Span::DAY { format!("{word} of the week") } else { word }
}

pub(super) fn staffing(results: &Results, file: &'static str) -> Vec<Chart> {
    let line = |rows, figure, stroke, label: &'static str, spread, steps| Line {
        rows,
        figure,
        stroke,
        label: label.into(),
        spread,
        steps,
    };
    let staff = |rows| {
        vec![
            line(rows, Figure::Scheduled, dotted(FAINT_INK, 1.5), "scheduled", false, true),
            line(
                rows,
                Figure::OnDuty,
                solid(BLUE, 1.75),
                "on duty (without breaks and absence)",
                false,
                true,
            ),
        ]
    };
    let mut total = staff(&results.all_groups.rows);
    let load = "offered load (the work that arrives)";
    total.push(line(&results.total.rows, Figure::Load, dashed(VERMILLION, 1.75), load, true, false));
    let only = results.groups.len() == 1;
    let name = if only { results.groups[0].name.clone() } else { "all groups".to_owned() };
    let mut plans = vec![Plan { name, detail: String::new(), lines: total, level: None }];
    for group in results.groups.iter().filter(|_| !only) {
        let mut lines = staff(&group.rows);
        lines.push(line(&group.rows, Figure::Busy, solid(ORANGE, 1.5), "busy", false, false));
        lines.push(line(&group.rows, Figure::Load, dashed(VERMILLION, 1.75), load, true, false));
        let detail = group.site.clone().unwrap_or_default();
        plans.push(Plan { name: group.name.clone(), detail, lines, level: None });
    }
    let look = Look {
        file,
        title: format!("Agents and the work that arrives, every {}", row_word(results)),
        about: "Where the load comes near or passes the agents on duty, customers wait.",
        ribbon: "Ribbon: one day in ten lies below it, one in ten above.",
        unit: Unit::Count,
        of: "agents",
        at_least: 0.0,
        level: "",
    };
    finished(results, &look, plans)
}

/// A panel per queue; where there is none with such rows, the total's.
fn per_queue<'a>(
    results: &'a Results,
    figure: Figure,
    plan: impl Fn(&'a ScopeResult) -> Plan<'a>,
) -> Vec<Plan<'a>> {
    let seen = |scope: &&ScopeResult| scope.rows.iter().any(|row| row.figures.get(figure).is_some());
    let queues: Vec<&ScopeResult> = results.queues.iter().filter(seen).collect();
    if queues.is_empty() {
        return std::iter::once(&results.total).filter(seen).map(plan).collect();
    }
    queues.into_iter().map(plan).collect()
}

pub(super) fn target_of(scope: &ScopeResult, figure: Figure) -> Option<&TargetResult> {
    scope.targets.iter().find(|target| target.figure == figure)
}

pub(super) fn service_level(results: &Results, file: &'static str) -> Vec<Chart> {
    service_level_beside(results, None, file)
}

/// A figure of the same queue as it is at the baseline.
fn at_baseline<'a>(base: Option<&'a Results>, scope: &ScopeResult, figure: Figure) -> Option<Line<'a>> {
    let base = base?;
    let queue = base.queues.iter().find(|queue| queue.name == scope.name);
    let rows = &queue.or((scope.kind == ScopeKind::Total).then_some(&base.total))?.rows;
    let stroke = dashed(FAINT_INK, 1.5);
    Some(Line { rows, figure, stroke, label: "baseline".into(), spread: false, steps: false })
}

/// The same with the baseline's line.
pub(super) fn service_level_beside<'a>(
    results: &'a Results,
    base: Option<&'a Results>,
    file: &'static str,
) -> Vec<Chart> {
    let plans = per_queue(results, Figure::ServiceLevel, |scope| {
        let target = target_of(scope, Figure::ServiceLevel);
        let line = Line {
            rows: &scope.rows,
            figure: Figure::ServiceLevel,
            stroke: solid(BLUE, 1.75),
            label: "service level".into(),
            spread: true,
            steps: false,
        };
        Plan {
            name: scope.name.clone(),
            detail: target.map(target_words).unwrap_or_default(),
            lines: at_baseline(base, scope, Figure::ServiceLevel).into_iter().chain([line]).collect(),
            level: target.map(|target| target.share),
        }
    });
    let responds = |scope: &ScopeResult| scope.targets.iter().any(|target| target.response);
    let of = if results.queues.iter().any(responds) { "in time" } else { "answered in time" };
    let look = Look {
        file,
        title: format!("Service level of every {}, with its target", row_word(results)),
        about: ABOUT_MEAN,
        ribbon: ABOUT_RIBBON,
        unit: Unit::Share,
        of,
        at_least: 1.0,
        level: "target",
    };
    finished(results, &look, plans)
}

pub(super) fn waits(results: &Results, file: &'static str) -> Vec<Chart> {
    waits_beside(results, None, file)
}

/// The same with the baseline's mean.
pub(super) fn waits_beside<'a>(
    results: &'a Results,
    base: Option<&'a Results>,
    file: &'static str,
) -> Vec<Chart> {
    let plans = per_queue(results, Figure::Wait, |scope| {
        let line = |figure, stroke, label: &'static str, spread| Line {
            rows: &scope.rows,
            figure,
            stroke,
            label: label.into(),
            spread,
            steps: false,
        };
        // A target on responses is none on waits.
        let target = target_of(scope, Figure::ServiceLevel).filter(|target| !target.response);
        let own = [
            line(Figure::WaitP90, dashed(VERMILLION, 1.5), "one in ten waits longer (p90)", false),
            line(Figure::WaitP50, dotted(GREEN, 1.75), "half wait longer (median)", false),
            line(Figure::Wait, solid(BLUE, 1.75), "mean wait of all", true),
        ];
        Plan {
            name: scope.name.clone(),
            detail: target.map(target_words).unwrap_or_default(),
            lines: at_baseline(base, scope, Figure::Wait).into_iter().chain(own).collect(),
            level: target.and_then(|target| target.within_seconds),
        }
    });
    let look = Look {
        file,
        title: format!("How long customers wait, by the {} they come in", row_word(results)),
        about: "Mean and percentiles over all replications. Each queue has its own scale.",
        ribbon: "Ribbon: on one day in ten the mean lies below it, on one in ten above.",
        unit: Unit::Seconds,
        of: "wait",
        at_least: 0.0,
        level: "target",
    };
    finished(results, &look, plans)
}

pub(super) fn abandonment(results: &Results, file: &'static str) -> Vec<Chart> {
    let abandons = |queue: &ScopeResult| {
        queue.rows.iter().any(|row| row.figures.value(Figure::Abandonment).is_some_and(|share| share > 0.0))
    };
    let mut plans = per_queue(results, Figure::Abandonment, |scope| {
        let target = target_of(scope, Figure::Abandonment);
        let line = Line {
            rows: &scope.rows,
            figure: Figure::Abandonment,
            stroke: solid(BLUE, 1.75),
            label: "abandoned".into(),
            spread: true,
            steps: false,
        };
        Plan {
            name: scope.name.clone(),
            detail: target.map(target_words).unwrap_or_default(),
            lines: vec![line],
            level: target.map(|target| target.share),
        }
    });
    plans.retain(|plan| results.queues.iter().any(|queue| queue.name == plan.name && abandons(queue)));
    let look = Look {
        file,
        title: format!("Abandonment of every {}", row_word(results)),
        about: "Abandoned contacts over answered and abandoned ones, by the time they came; mean of all replications. Each queue has its own scale.",
        ribbon: "",
        unit: Unit::Share,
        of: "abandoned",
        at_least: 0.0,
        level: "target",
    };
    finished(results, &look, plans)
}

pub(super) fn queue_length(results: &Results, file: &'static str) -> Vec<Chart> {
    let plans = per_queue(results, Figure::QueueLength, |scope| Plan {
        name: scope.name.clone(),
        detail: String::new(),
        lines: vec![Line {
            rows: &scope.rows,
            figure: Figure::QueueLength,
            stroke: solid(BLUE, 1.75),
            label: "waiting, time average".into(),
            spread: true,
            steps: false,
        }],
        level: None,
    });
    let look = Look {
        file,
        title: format!("How many customers wait, every {}", row_word(results)),
        about: ABOUT_MEAN,
        ribbon: ABOUT_RIBBON,
        unit: Unit::Count,
        of: "customers",
        at_least: 0.0,
        level: "",
    };
    finished(results, &look, plans)
}

pub(super) fn occupancy(results: &Results, file: &'static str) -> Vec<Chart> {
    let groups = if results.groups.is_empty() {
        std::slice::from_ref(&results.all_groups)
    } else {
        results.groups.as_slice()
    };
    let plans = groups
        .iter()
        .map(|group| Plan {
            name: group.name.clone(),
            detail: group.site.clone().unwrap_or_default(),
            lines: vec![Line {
                rows: &group.rows,
                figure: Figure::Occupancy,
                stroke: solid(BLUE, 1.75),
                label: "occupancy".into(),
                spread: true,
                steps: false,
            }],
            level: group.max_occupancy,
        })
        .collect();
    let look = Look {
        file,
        title: format!("Occupancy, every {}", row_word(results)),
        about: ABOUT_MEAN,
        ribbon: ABOUT_RIBBON,
        unit: Unit::Share,
        of: "occupied",
        at_least: 1.0,
        level: "no more than this (`max_occupancy`)",
    };
    finished(results, &look, plans)
}
