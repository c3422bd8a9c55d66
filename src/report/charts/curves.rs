//! Cumulative curves: the share that waits longer than t, and cases solved and lost by t.

use crate::figures::{Figure, Results, ScopeResult, TargetResult, Unit};

use super::super::wording::{shortened, target_words};
use super::axis::Axis;
use super::chart::Chart;
use super::palette::{BLUE, GREEN, INK, VERMILLION, dashed, dotted, solid};
use super::panel::{Layer, Panel};
use super::picture::Stroke;
use super::sheet::{Grid, Key, Swatch, picture};

/// Panels on one chart; more queues make a further file.
const MOST: usize = 18;

const TARGET: Stroke = dotted(INK, 1.5);

/// The queues that have such a curve; the total where none has.
fn scopes(results: &Results, seen: impl Fn(&ScopeResult) -> bool) -> Vec<&ScopeResult> {
    let queues: Vec<&ScopeResult> = results.queues.iter().filter(|queue| seen(queue)).collect();
    if queues.is_empty() {
        [&results.total].into_iter().filter(|total| seen(total)).collect()
    } else {
        queues
    }
}

fn target(scope: &ScopeResult, figure: Figure) -> Option<&TargetResult> {
    scope.targets.iter().find(|target| target.figure == figure)
}

pub(super) fn wait_tail(results: &Results, file: &'static str) -> Vec<Chart> {
    let scopes = scopes(results, |scope| scope.wait_tail.len() > 1);
    let keys = [
        Key::new(Swatch::Line(solid(BLUE, 2.0)), "share that waits longer than t"),
        Key::new(Swatch::Line(TARGET), "target: no more than this share longer than this time"),
    ];
    // A target on responses is none on waits.
    let answer =
        |scope: &ScopeResult| target(scope, Figure::ServiceLevel).filter(|target| !target.response).cloned();
    let any_target = scopes.iter().any(|scope| answer(scope).is_some());
    let keys = if any_target { &keys[..] } else { &keys[..1] };
    files(
        file,
        "What share of customers waits longer than t",
        "Of all offered, abandoned ones included. A target is kept about where the curve passes below the \
         crossing of its dotted lines. Shown up to the wait that one in a hundred exceeds; the scale of time is logarithmic.",
        keys,
        &scopes,
        |scope, grid| {
            let answer = answer(scope);
            let within = answer.as_ref().and_then(|target| target.within_seconds);
            let rare = scope.wait_tail.iter().find(|(_, share)| *share <= 0.01);
            let last = rare.or(scope.wait_tail.last()).map_or(1.0, |(seconds, _)| *seconds);
            // A second is the shortest wait worth telling from none.
            let first = within.map_or(1.0, |within| (within / 10.0).clamp(0.1, 1.0));
            let last = last.max(within.unwrap_or(0.0) * 2.0);
            let x = Axis::decades(first, last, "waiting time t", grid.frame_width());
            let largest = scope.wait_tail.iter().map(|(_, share)| *share).fold(0.0, f64::max);
            let allowed = answer.as_ref().map(|target| 1.0 - target.share);
            let mut layers = Vec::new();
            if let (Some(within), Some(allowed)) = (within, allowed) {
                layers.push(Layer::Upright { x: within, stroke: TARGET });
                layers.push(Layer::Level { y: allowed, stroke: TARGET });
            }
            layers.push(Layer::Curve {
                points: between(&scope.wait_tail, x.from, x.to),
                stroke: solid(BLUE, 2.0),
            });
            let y = Axis::upward(Unit::Share, largest.max(allowed.unwrap_or(0.0)), "of offered", 4);
            Panel {
                name: shortened(&scope.name, 60),
                detail: answer.as_ref().map(target_words).unwrap_or_default(),
                x,
                y,
                layers,
            }
        },
    )
}

pub(super) fn time_to_resolution(results: &Results, file: &'static str) -> Vec<Chart> {
    let scopes = scopes(results, |scope| scope.outcomes.solved_by.len() > 1);
    let (solved, lost) = (solid(GREEN, 2.0), dashed(VERMILLION, 2.0));
    let keys = [
        Key::new(Swatch::Line(solved), "solved by then"),
        Key::new(Swatch::Line(lost), "lost by then"),
        Key::new(Swatch::Line(TARGET), "target"),
    ];
    let any_target = scopes.iter().any(|scope| target(scope, Figure::ResolvedInTime).is_some());
    let keys = if any_target { &keys[..] } else { &keys[..2] };
    files(
        file,
        "How soon cases are solved, and how soon they are lost",
        "Share of cases by the time since they opened; what is missing to 100 % is still open then. Losses \
         compete with solutions (Aalen-Johansen). The scale of time is logarithmic.",
        keys,
        &scopes,
        |scope, grid| {
            let outcomes = &scope.outcomes;
            let times = || outcomes.solved_by.iter().chain(&outcomes.lost_by).map(|(seconds, _)| *seconds);
            let first = times().filter(|seconds| *seconds >= 1.0).fold(f64::INFINITY, f64::min);
            let resolve = target(scope, Figure::ResolvedInTime);
            let within = resolve.and_then(|target| target.within_seconds);
            let last = times().fold(0.0, f64::max).max(within.unwrap_or(0.0) * 1.2);
            let x = Axis::decades(first, last, "time since the opening", grid.frame_width());
            let mut layers = Vec::new();
            if let Some(target) = resolve {
                layers.push(Layer::Level { y: target.share, stroke: TARGET });
                layers.extend(within.map(|x| Layer::Upright { x, stroke: TARGET }));
            }
            layers.push(Layer::Curve { points: between(&outcomes.lost_by, x.from, x.to), stroke: lost });
            layers.push(Layer::Curve { points: between(&outcomes.solved_by, x.from, x.to), stroke: solved });
            Panel {
                name: shortened(&scope.name, 60),
                detail: resolve.map(target_words).unwrap_or_default(),
                x,
                y: Axis::upward(Unit::Share, 1.0, "of cases", 4),
                layers,
            }
        },
    )
}

/// The points from one place to another, cut there.
fn between(points: &[(f64, f64)], from: f64, to: f64) -> Vec<(f64, f64)> {
    let mut kept = Vec::new();
    for pair in points.windows(2) {
        let ((x0, y0), (x1, y1)) = (pair[0], pair[1]);
        if x1 <= x0 || x1 < from || x0 > to {
            continue;
        }
        let at = |x: f64| (x, y0 + (y1 - y0) * (x - x0) / (x1 - x0));
        if kept.is_empty() {
            kept.push(at(x0.max(from)));
        }
        kept.push(at(x1.min(to)));
    }
    kept
}

fn files(
    file: &str,
    title: &str,
    about: &str,
    keys: &[Key],
    scopes: &[&ScopeResult],
    panel: impl Fn(&ScopeResult, Grid) -> Panel,
) -> Vec<Chart> {
    let count = scopes.len().div_ceil(MOST);
    scopes
        .chunks(MOST)
        .enumerate()
        .map(|(i, scopes)| {
            let grid = Grid::compact(scopes.len());
            let panels: Vec<Panel> = scopes.iter().map(|scope| panel(scope, grid)).collect();
            let title = if count > 1 { format!("{title} ({} of {count})", i + 1) } else { title.to_owned() };
            Chart::new(file, i, &title, picture(&title, about, keys, grid, &panels))
        })
        .collect()
}
