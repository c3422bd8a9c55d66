//! The files of a baseline beside what was seen: `baseline.csv`, a row per queue, interval and figure, `totals.csv`,
//! a row per queue and figure, `summary.json`, and the page.

use serde::Serialize;

use crate::experiment::{Against, Cause, Validated};

use super::csv_files::{Csv, number, texts};
use super::folder::Product;
use super::summary::{Named, VERSION};
use super::validated::{cause_sentence, largest, standing, verdict};
use super::validated_page::validated_page;

/// `validate.html`, `baseline.csv`, `totals.csv` and `summary.json`; `read` says how the report was read.
#[must_use]
pub fn validated_products(validated: &Validated, read: &str) -> Vec<Product> {
    vec![
        Product::new("validate.html", validated_page(validated, read)),
        Product::new("baseline.csv", intervals(validated)),
        Product::new("totals.csv", totals(validated)),
        Product::new("summary.json", validated_summary(validated)),
    ]
}

fn values(beside: &Against) -> impl Iterator<Item = String> {
    [beside.seen, beside.mean, beside.deviation, beside.low, beside.high]
        .map(|value| number(Some(value)))
        .into_iter()
}

fn intervals(validated: &Validated) -> Vec<u8> {
    let head = [
        "queue",
        "interval",
        "line",
        "figure",
        "seen",
        "simulated",
        "standard_deviation",
        "low",
        "high",
        "within",
    ];
    let mut sheet = Csv::new(texts(head));
    for queue in &validated.queues {
        for one in &queue.figures {
            for row in &one.rows {
                let label = validated.labels.get(row.row).map_or("", String::as_str);
                let line = row.line.map_or_else(String::new, |line| line.to_string());
                let first = texts([&queue.name, label, &line, one.figure.name()]);
                let within = texts([if row.beside.is_within() { "yes" } else { "no" }]);
                sheet.row(first.chain(values(&row.beside)).chain(within));
            }
        }
    }
    sheet.bytes()
}

fn totals(validated: &Validated) -> Vec<u8> {
    let head = [
        "queue",
        "figure",
        "seen",
        "simulated",
        "standard_deviation",
        "low",
        "high",
        "standing",
        "intervals_within",
        "intervals",
    ];
    let mut sheet = Csv::new(texts(head));
    for queue in &validated.queues {
        for one in &queue.figures {
            let first = texts([&queue.name, one.figure.name()]);
            let last = [standing(one).to_owned(), one.within().to_string(), one.rows.len().to_string()];
            sheet.row(first.chain(values(&one.total)).chain(last));
        }
    }
    sheet.bytes()
}

#[derive(Serialize)]
struct Summary<'a> {
    holdline: &'static str,
    title: &'a str,
    fit: &'static str,
    verdict: String,
    deviation: Vec<String>,
    seed: u64,
    replications: u64,
    interval_seconds: f64,
    intervals_within: usize,
    intervals: usize,
    notes: &'a [String],
    queues: Named<'a, Queue<'a>>,
}

#[derive(Serialize)]
struct Queue<'a> {
    fits: bool,
    /// Contacts abandoned for each hour that the answered waited.
    abandoned_per_hour_waited: Option<Rate>,
    causes: Vec<CauseEntry>,
    figures: Named<'a, Entry>,
}

#[derive(Serialize)]
struct Rate {
    seen: f64,
    simulated: f64,
    low: f64,
    high: f64,
    off: bool,
}

#[derive(Serialize)]
struct CauseEntry {
    cause: &'static str,
    sentence: String,
}

#[derive(Serialize)]
struct Entry {
    seen: f64,
    simulated: f64,
    standard_deviation: f64,
    low: f64,
    high: f64,
    off: bool,
    intervals_within: usize,
    intervals: usize,
}

/// The comparison as JSON, names being keys.
///
/// # Panics
/// Never: all keys are texts and memory takes what is written.
#[must_use]
pub fn validated_summary(validated: &Validated) -> String {
    let (within, of) = validated.within();
    let cause = |cause: Cause| CauseEntry { cause: cause.word(), sentence: cause_sentence(cause) };
    let queues = validated.queues.iter().map(|queue| {
        let figures = queue.figures.iter().map(|one| {
            let entry = Entry {
                seen: one.total.seen,
                simulated: one.total.mean,
                standard_deviation: one.total.deviation,
                low: one.total.low,
                high: one.total.high,
                off: one.off,
                intervals_within: one.within(),
                intervals: one.rows.len(),
            };
            (one.figure.name(), entry)
        });
        let entry = Queue {
            fits: queue.fits(),
            abandoned_per_hour_waited: queue.impatience.map(|one| Rate {
                seen: one.seen,
                simulated: one.mean,
                low: one.low,
                high: one.high,
                off: queue.impatience_off().is_some(),
            }),
            causes: validated.causes(queue).into_iter().map(cause).collect(),
            figures: Named(figures.collect()),
        };
        (queue.name.as_str(), entry)
    });
    let summary = Summary {
        holdline: VERSION,
        title: &validated.title,
        fit: validated.fit().word(),
        verdict: verdict(validated),
        deviation: largest(validated),
        seed: validated.seed,
        replications: validated.replications,
        interval_seconds: validated.step.seconds(),
        intervals_within: within,
        intervals: of,
        notes: &validated.notes,
        queues: Named(queues.collect()),
    };
    serde_json::to_string_pretty(&summary).expect("keys are texts and memory takes it") + "\n"
}
