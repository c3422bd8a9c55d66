//! A sweep for other programs: its points with their settings, how their targets stand, and the one to take.

use serde_json::{Map, Value, json};

use super::summary::VERSION;
use super::swept::{Point, Swept};

/// The sweep as JSON: the points that the page has in its table, with the figures of its subject (a queue whose settings
/// vary, else all queues) and of all groups. `sweep.csv` has every scope.
#[must_use]
pub fn sweep_json(swept: &Swept) -> String {
    let about = &swept.about;
    let number = |point: &Option<Point>| point.as_ref().map(|point| point.number);
    let whole = json!({
        "holdline": VERSION,
        "seed": about.seed(),
        "replications": about.replications(),
        "confidence": about.confidence(),
        "swept": swept.paths,
        "queue": swept.queue,
        "points": swept.points.iter().map(|point| of_point(swept, point)).collect::<Vec<Value>>(),
        "points_in_all": swept.count,
        "keep_every_target": swept.keeping,
        "cheapest_that_keeps_every_target": number(&swept.best),
        "cheapest_that_misses_none": number(&swept.open),
        "nearest": number(&swept.nearest),
    });
    format!("{whole:#}\n")
}

fn of_point(swept: &Swept, point: &Point) -> Value {
    let settings: Map<String, Value> =
        swept.paths.iter().cloned().zip(point.settings.iter().cloned().map(Value::from)).collect();
    let figures: Map<String, Value> = (point.figures.0.iter())
        .map(|(figure, estimate)| {
            let value = json!({ "value": estimate.value, "half_width": estimate.half_width });
            (figure.name().to_owned(), value)
        })
        .collect();
    let targets = swept.with_targets.then(|| {
        json!({
            "kept": point.targets.kept,
            "missed": point.targets.missed,
            "not_decided": point.targets.undecided,
            "missed_by": point.targets.failing,
        })
    });
    json!({ "point": point.number, "settings": settings, "targets": targets, "figures": figures })
}
