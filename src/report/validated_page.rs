//! A baseline beside what was seen as a page: the verdict, the totals, and each figure over its days.

use serde::Serialize;

use crate::experiment::{Fit, INSIDE, Validated};

use super::charts;
use super::page::{Drawing, LINES, SORT, STYLE, drawings, rendered};
use super::shown::Shown;
use super::summary::VERSION;
use super::validated::{band, difference, label, largest, share, standing, value, verdict};

#[derive(Serialize)]
struct Line {
    queue: String,
    figure: &'static str,
    seen: String,
    simulated: String,
    band: String,
    difference: String,
    standing: &'static str,
    within: String,
}

/// Everything that the template asks for.
#[derive(Serialize)]
struct Page<'a> {
    style: String,
    script: &'static str,
    title: String,
    headline: Vec<String>,
    good: bool,
    lines: Vec<Line>,
    drawings: Vec<Drawing>,
    notes: &'a [String],
    read: &'a str,
    replications: u64,
    version: &'static str,
}

/// The page; `read` says how the report was read.
#[must_use]
pub fn validated_page(validated: &Validated, read: &str) -> String {
    let validated = &*validated.shown();
    let within = format!(
        "Within the {:.0} % band of simulated days: {} values of intervals.",
        100.0 * INSIDE,
        share(validated.within())
    );
    let page = Page {
        style: format!("{STYLE}{LINES}"),
        script: SORT,
        title: match validated.title.as_str() {
            "" => "Does the baseline fit?".to_owned(),
            title => format!("Does the baseline fit? {title}"),
        },
        headline: [verdict(validated), within].into_iter().chain(largest(validated)).collect(),
        good: validated.fit() == Fit::Fits,
        lines: lines(validated),
        drawings: drawings(&charts::validated_charts(validated)).0,
        notes: &validated.notes,
        read,
        replications: validated.replications,
        version: VERSION,
    };
    rendered("validated_page.html", include_str!("validated_page.html"), page)
}

fn lines(validated: &Validated) -> Vec<Line> {
    let of_queue = |queue: &crate::experiment::QueueBeside| -> Vec<Line> {
        let line = |one: &crate::experiment::FigureBeside| Line {
            queue: queue.name.clone(),
            figure: label(one.figure),
            seen: value(one.figure, one.total.seen),
            simulated: value(one.figure, one.total.mean),
            band: band(one),
            difference: difference(one),
            standing: standing(one),
            within: share((one.within(), one.rows.len())),
        };
        queue.figures.iter().map(line).collect()
    };
    validated.queues.iter().flat_map(of_queue).collect()
}
