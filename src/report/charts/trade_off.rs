//! What service costs: every point by cost and service level, and where more money buys little. Where
//! queues count unlike service levels, the one that is least above its target (or most below) stands for
//! all. The frontier joins points that keep every target.

use crate::figures::{Estimate, Figure, Unit};

use super::super::swept::{Point, Swept};
use super::super::wording::{percent, plain};
use super::axis::Axis;
use super::chart::Chart;
use super::palette::{BLUE, INK, SKY, VERMILLION, dotted, solid};
use super::panel::{Layer, Panel};
use super::picture::Stroke;
use super::sheet::{Grid, Key, Swatch, picture};

const TARGET: Stroke = dotted(INK, 1.5);

/// With more points their intervals would hide them.
const MOST_BARS: usize = 100;

/// A point by what it costs and what it gives.
type Place<'a> = ((f64, f64), &'a Point);

/// The chart, where points cost and their costs differ.
pub(super) fn chart(swept: &Swept, file: &'static str) -> Vec<Chart> {
    drawn(swept, file).into_iter().collect()
}

fn drawn(swept: &Swept, file: &str) -> Option<Chart> {
    let by_margin = swept.points.iter().all(|point| point.figures.get(Figure::ServiceLevel).is_none());
    let place = |point| Some((at(point, by_margin)?, point));
    let mut places: Vec<Place<'_>> = swept.points.iter().filter_map(place).collect();
    places.sort_by(|a, b| a.0.0.total_cmp(&b.0.0).then(b.0.1.total_cmp(&a.0.1)));
    let (cheapest, dearest) = (places.first()?.0.0, places.last()?.0.0);
    if dearest - cheapest <= cheapest.abs() * 1e-9 {
        return None;
    }
    let mut best: Vec<Place<'_>> = Vec::new();
    let fit = |place: &&Place<'_>| !swept.with_targets || place.1.targets.keeps_all();
    for place in places.iter().filter(fit) {
        if best.last().is_none_or(|last| place.0.1 > last.0.1) {
            best.push(*place);
        }
    }
    let knee = knee(&best);

    let (title, measure) = if by_margin {
        ("What a margin above the targets costs".to_owned(), "least margin above a target")
    } else {
        (format!("What the service level of {} costs", swept.subject()), "service level")
    };
    let found = knee.map_or_else(String::new, |((cost, level), point)| {
        format!(
            " It is point {} ({}): cost {}, {measure} {}.",
            point.number,
            swept.settings(point),
            plain(Unit::Money, cost),
            plain(Unit::Share, level)
        )
    });
    let about = "A dot for each point of the sweep. The line is the efficient frontier: no point is both cheaper and \
                 better than one on it. Beyond the knee, each further point of service costs more.";
    let bars_said = if swept.about.replications() > 1 && places.len() <= MOST_BARS {
        format!(" Upright bars: {} confidence intervals.", percent(swept.about.confidence()))
    } else {
        String::new()
    };
    let among = match (swept.with_targets, best.is_empty()) {
        (false, _) => "",
        (true, false) => " It is drawn through the points at which every queue keeps every target.",
        (true, true) => " There is none, as at no point every queue keeps every target.",
    };
    let about = format!("{about}{bars_said}{among}{found}");
    let line = solid(BLUE, 2.0);
    let mut keys = vec![
        Key::new(Swatch::Solid(SKY), "a point"),
        Key::new(
            Swatch::Line(line),
            if swept.with_targets {
                "keeps every target; none is cheaper and better"
            } else {
                "no point is cheaper and better"
            },
        ),
    ];
    let mut layers = Vec::new();
    let bars: Vec<(f64, f64, f64)> = (places.iter())
        .filter_map(|((cost, at), point)| {
            let half = level(point, by_margin)?.half_width?;
            Some((*cost, at - half, if by_margin { at + half } else { (at + half).min(1.0) }))
        })
        .collect();
    let mut span =
        ends(places.iter().map(|place| place.0.1).chain(bars.iter().flat_map(|bar| [bar.1, bar.2])));
    if by_margin {
        keys.push(Key::new(Swatch::Line(TARGET), "the target".to_owned()));
        layers.push(Layer::Level { y: 0.0, stroke: TARGET });
        span = (span.0.min(0.0), span.1.max(0.0));
    } else if let Some(target) = &swept.target {
        keys.push(Key::new(Swatch::Line(TARGET), format!("target: {}", target.words)));
        layers.push(Layer::Level { y: target.share, stroke: TARGET });
        span = (span.0.min(target.share), span.1.max(target.share));
    }
    let all = |places: &[Place<'_>]| places.iter().map(|place| place.0).collect::<Vec<_>>();
    if places.len() <= MOST_BARS {
        layers.push(Layer::Bars { bars, colour: SKY });
    }
    layers.push(Layer::Dots { points: all(&places), colour: SKY, width: 6.0 });
    layers.push(Layer::Curve { points: all(&best), stroke: line });
    layers.push(Layer::Dots { points: all(&best), colour: BLUE, width: 6.0 });
    let told = |((cost, level), point): &Place<'_>| {
        let (settings, money) = (swept.settings(point), plain(Unit::Money, *cost));
        let text = format!(
            "Point {} ({settings}): cost {money}, {measure} {}",
            point.number,
            plain(Unit::Share, *level)
        );
        (*cost, *level, text)
    };
    layers.push(Layer::Spots { spots: places.iter().map(told).collect() });
    if let Some((knee, point)) = knee {
        keys.push(Key::new(Swatch::Solid(VERMILLION), format!("knee: point {}", point.number)));
        layers.push(Layer::Dots { points: vec![knee], colour: VERMILLION, width: 12.0 });
    }
    let panel = Panel {
        name: if by_margin { "Least margin above a target" } else { Figure::ServiceLevel.label() }.to_owned(),
        detail: swept.target.as_ref().map(|target| target.words.clone()).unwrap_or_default(),
        x: Axis::along(Unit::Money, (cheapest, dearest), &cost_of_all(swept), 8, false),
        y: Axis::along(Unit::Share, span, "", 6, false),
        layers,
    };
    let picture = picture(&title, &about, &keys, Grid::compact(1), &[panel]);
    Some(Chart::new(file, 0, &title, picture))
}

/// The name of the axis of cost, with the currency where there is one.
fn cost_of_all(swept: &Swept) -> String {
    let currency = swept.about.labels.currency.as_ref();
    currency.map_or("cost of all groups".to_owned(), |unit| format!("cost of all groups ({unit})"))
}

fn at(point: &Point, by_margin: bool) -> Option<(f64, f64)> {
    Some((point.figures.value(Figure::Cost)?, level(point, by_margin)?.value))
}

/// The height of a point.
fn level(point: &Point, by_margin: bool) -> Option<Estimate> {
    if by_margin { point.targets.margin } else { point.figures.get(Figure::ServiceLevel) }
}

fn ends(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((f64::INFINITY, f64::NEG_INFINITY), |ends, value| (ends.0.min(value), ends.1.max(value)))
}

/// Where the line of the best lies farthest above the straight line between its ends, both axes
/// being of one length; `None` where it nowhere does.
fn knee<'a>(best: &[Place<'a>]) -> Option<Place<'a>> {
    let (first, last) = (best.first()?.0, best.last()?.0);
    let above = |place: &Place<'_>| {
        let x = (place.0.0 - first.0) / (last.0 - first.0);
        (place.0.1 - first.1) / (last.1 - first.1) - x
    };
    let inner = best.get(1..best.len().checked_sub(1)?)?;
    inner.iter().copied().max_by(|a, b| above(a).total_cmp(&above(b))).filter(|place| above(place) > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_knee_is_farthest_above_the_straight_line() {
        let point = Point::default();
        let places = |values: &[(f64, f64)]| -> Vec<Place<'_>> {
            values.iter().map(|value| (*value, &point)).collect()
        };
        let bent = places(&[(0.0, 0.0), (1.0, 0.6), (2.0, 0.9), (4.0, 1.0)]);
        assert_eq!(knee(&bent).map(|place| place.0), Some((2.0, 0.9)));
        assert!(knee(&places(&[(0.0, 0.0), (1.0, 0.5), (2.0, 1.0)])).is_none(), "it is straight");
        assert!(knee(&places(&[(0.0, 0.0), (2.0, 1.0)])).is_none(), "two points have no bend");
    }
}
