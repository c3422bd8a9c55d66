//! What was fitted to a log of calls, beside the log: patience, and lengths of time by family.

use crate::figures::Unit;
use crate::fit::{Durations, Family, Fitted, PatienceFitted, QueueEstimates};
use crate::random::Distribution;

use super::super::wording::shortened;
use super::axis::Axis;
use super::chart::Chart;
use super::palette::{AXIS, BLUE, GREEN, INK, ORANGE, SKY, VERMILLION, dashed, dotted, solid};
use super::panel::{Layer, Panel};
use super::picture::{Colour, Stroke};
use super::sheet::{Grid, Key, Swatch, picture};

/// Panels on one chart; more queues make a further file.
const MOST: usize = 6;

/// Points of a smooth curve.
const POINTS: usize = 200;

/// Bars of a histogram.
const BARS: usize = 40;

/// The share still patient: seen with its band, and as the families have it.
pub(super) fn patience(queues: &[QueueEstimates], file: &'static str) -> Vec<Chart> {
    let queues: Vec<(&QueueEstimates, &PatienceFitted)> =
        queues.iter().filter_map(|queue| Some((queue, queue.patience.as_ref()?))).collect();
    let keys = [
        Key::new(Swatch::Line(solid(INK, 1.5)), "seen (Kaplan & Meier)"),
        Key::new(Swatch::Ribbon(SKY), "its 95 % band"),
        Key::new(Swatch::Line(EXPONENTIAL), "exponential"),
        Key::new(Swatch::Line(WEIBULL), "Weibull"),
    ];
    let about = "Of customers whom nobody answers, the share who have not abandoned after a time. Calls that were answered \
                 count as waits that were cut. Shown as far as the band tells something.";
    files(file, "How long customers are patient", about, &keys, &queues, |(queue, found), grid| {
        let steps = &found.survival.steps;
        let wide = steps.iter().find(|step| step.high - step.low > 0.3).map(|step| step.after);
        let last = wide.unwrap_or(found.survival.longest).min(found.survival.longest).max(1.0);
        let x = Axis::upward(Unit::Seconds, last, "waiting time", ticks(grid));
        let times = (0..=2 * POINTS).map(|at| at as f64 / (2 * POINTS) as f64 * last);
        let seen: Vec<_> = times.filter_map(|time| found.survival.after(time)).collect();
        let mut layers = vec![
            Layer::Ribbon {
                points: seen.iter().map(|point| (point.after, point.low, point.high)).collect(),
                colour: SKY,
            },
            Layer::Curve {
                points: seen.iter().map(|point| (point.after, point.share)).collect(),
                stroke: solid(INK, 1.5),
            },
        ];
        let both = [(Some(&found.exponential), EXPONENTIAL), (found.weibull.as_ref(), WEIBULL)];
        for (fitted, stroke) in both {
            let Some(distribution) = fitted.and_then(Fitted::distribution) else { continue };
            let points = smooth(0.0, last, |time| 1.0 - distribution.cdf(time));
            layers.push(Layer::Curve { points, stroke });
        }
        let y = Axis::upward(Unit::Share, 1.0, "still patient", 4);
        Panel { name: name(queue), detail: detail(found.best()), x, y, layers }
    })
}

const EXPONENTIAL: Stroke = dashed(BLUE, 2.0);
const WEIBULL: Stroke = dotted(VERMILLION, 2.0);

pub(super) fn talk(queues: &[QueueEstimates], file: &'static str) -> Vec<Chart> {
    densities(queues, file, "Talk times, seen and fitted", |queue| Some(&queue.talk))
}

pub(super) fn wrap_up(queues: &[QueueEstimates], file: &'static str) -> Vec<Chart> {
    densities(queues, file, "Wrap-up, seen and fitted", |queue| queue.wrap_up.as_ref())
}

pub(super) fn talk_quantiles(queues: &[QueueEstimates], file: &'static str) -> Vec<Chart> {
    quantiles(queues, file, "Talk times against the likeliest family", |queue| Some(&queue.talk))
}

pub(super) fn wrap_up_quantiles(queues: &[QueueEstimates], file: &'static str) -> Vec<Chart> {
    quantiles(queues, file, "Wrap-up against the likeliest family", |queue| queue.wrap_up.as_ref())
}

type Of = fn(&QueueEstimates) -> Option<&Durations>;

/// Those with families.
fn fitted(queues: &[QueueEstimates], of: Of) -> Vec<(&QueueEstimates, &Durations)> {
    let one = |queue| Some((queue, of(queue)?)).filter(|(_, found)| !found.families.is_empty());
    queues.iter().filter_map(one).collect()
}

fn colour(family: Family) -> Colour {
    match family {
        Family::Lognormal => BLUE,
        Family::Gamma => VERMILLION,
        Family::Weibull | Family::Exponential => GREEN,
        Family::Hyperexponential => ORANGE,
    }
}

/// Histograms with the curves of the families.
fn densities(queues: &[QueueEstimates], file: &str, title: &str, of: Of) -> Vec<Chart> {
    let queues = fitted(queues, of);
    let families = [Family::Lognormal, Family::Gamma, Family::Weibull, Family::Hyperexponential];
    let mut keys = vec![Key::new(Swatch::Ribbon(SKY), "seen")];
    keys.extend(families.map(|family| {
        let name = if family == Family::Weibull { "Weibull" } else { family.word() };
        Key::new(Swatch::Line(solid(colour(family), 2.0)), name)
    }));
    let about = "The share of calls for each bar, up to the time that one in a hundred exceeds. The likeliest family is drawn \
                 unbroken, the others dashed.";
    files(file, title, about, &keys, &queues, |(queue, found), grid| {
        let last = found.times.quantile(0.99).max(1.0);
        let x = Axis::upward(Unit::Seconds, last, "length", ticks(grid));
        let width = last / BARS as f64;
        let mut bars = [0.0; BARS];
        let whole = (found.seen - found.nothing) as f64;
        for (seconds, count) in found.times.ended_after().filter(|(seconds, _)| *seconds > 0.0) {
            // A time of whole seconds at the border of two bars is of the lower one.
            let bar = ((seconds / width).ceil() as usize).saturating_sub(1);
            if let Some(bar) = bars.get_mut(bar) {
                *bar += count / whole;
            }
        }
        let edges = |(bar, share): (usize, &f64)| {
            [(bar as f64 * width, 0.0, *share), ((bar + 1) as f64 * width, 0.0, *share)]
        };
        let mut layers =
            vec![Layer::Ribbon { points: bars.iter().enumerate().flat_map(edges).collect(), colour: SKY }];
        let highest = bars.iter().copied().fold(0.0, f64::max);
        // From back to front: the likeliest last.
        for (place, fitted) in found.families.iter().enumerate().rev() {
            let Some(distribution) = fitted.distribution() else { continue };
            let share = |time: f64| {
                distribution.cdf(time + width / 2.0) - distribution.cdf((time - width / 2.0).max(0.0))
            };
            // Half a bar at the beginning would not be a whole one.
            let points: Vec<(f64, f64)> = smooth(width / 2.0, last, share)
                .into_iter()
                .map(|(time, share)| (time, share.min(1.25 * highest)))
                .collect();
            let hue = colour(fitted.family);
            let stroke = if place == 0 { solid(hue, 2.0) } else { dashed(hue, 1.25) };
            layers.push(Layer::Curve { points, stroke });
        }
        let y = Axis::upward(Unit::Share, 1.25 * highest, "of calls", 4);
        let detail = found.families.first().map(detail).unwrap_or_default();
        Panel { name: name(queue), detail, x, y, layers }
    })
}

/// Quantiles of the likeliest family against those that were seen.
fn quantiles(queues: &[QueueEstimates], file: &str, title: &str, of: Of) -> Vec<Chart> {
    let queues: Vec<(&QueueEstimates, &Durations, Distribution)> = fitted(queues, of)
        .into_iter()
        .filter_map(|(queue, found)| Some((queue, found, found.families.first()?.distribution()?)))
        .collect();
    let keys = [
        Key::new(Swatch::Solid(BLUE), "a half-percent of the calls each"),
        Key::new(Swatch::Line(solid(AXIS, 1.5)), "where both would be the same"),
    ];
    let about = "Each dot is a quantile: across as the family has it, upward as it was seen. Below the line, calls are \
                 shorter than the family says, above it longer. Scales are logarithmic.";
    files(file, title, about, &keys, &queues, |(queue, found, distribution), grid| {
        let shares = (0..200).map(|number| (f64::from(number) + 0.5) / 200.0);
        // Times of nothing are no part of the fit.
        let nothing = found.nothing as f64 / found.seen.max(1) as f64;
        let points: Vec<(f64, f64)> = shares
            .map(|share| {
                (distribution.quantile(share), found.times.quantile(nothing + share * (1.0 - nothing)))
            })
            .filter(|(one, other)| *one > 0.0 && *other > 0.0)
            .collect();
        let all = || points.iter().flat_map(|(one, other)| [*one, *other]);
        let (first, last) = (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max));
        let x = Axis::decades(first, last, "family", grid.frame_width());
        let y = Axis::decades(first, last, "seen", 3.0 * grid.height);
        let line = vec![(x.from, x.from), (x.to, x.to)];
        let layers = vec![
            Layer::Curve { points: line, stroke: solid(AXIS, 1.5) },
            Layer::Dots { points, colour: BLUE, width: 3.5 },
        ];
        let detail = found.families.first().map(detail).unwrap_or_default();
        Panel { name: name(queue), detail, x, y, layers }
    })
}

fn ticks(grid: Grid) -> usize {
    if grid.columns == 1 { 10 } else { 5 }
}

fn smooth(from: f64, to: f64, of: impl Fn(f64) -> f64) -> Vec<(f64, f64)> {
    (0..=POINTS)
        .map(|at| from + at as f64 / POINTS as f64 * (to - from))
        .map(|time| (time, of(time)))
        .collect()
}

fn name(queue: &QueueEstimates) -> String {
    shortened(if queue.called.is_empty() { &queue.key } else { &queue.called }, 40)
}

fn detail(fitted: &Fitted) -> String {
    let name = if fitted.family == Family::Weibull { "Weibull" } else { fitted.family.word() };
    format!("{name}, mean {:.0} s", fitted.mean.value)
}

fn files<T>(
    file: &str,
    title: &str,
    about: &str,
    keys: &[Key],
    queues: &[T],
    panel: impl Fn(&T, Grid) -> Panel,
) -> Vec<Chart> {
    let count = queues.len().div_ceil(MOST);
    let chart = |(number, queues): (usize, &[T])| {
        let grid = Grid::compact(queues.len());
        let panels: Vec<Panel> = queues.iter().map(|one| panel(one, grid)).collect();
        let title = if count > 1 { format!("{title} ({} of {count})", number + 1) } else { title.to_owned() };
        Chart::new(file, number, &title, picture(&title, about, keys, grid, &panels))
    };
    queues.chunks(MOST).enumerate().map(chart).collect()
}
