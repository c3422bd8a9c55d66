//! The files of a comparison: `compare.csv`, a row per figure and variant, `targets.csv`, a row per
//! target and variant, and `summary.json`.

use serde::Serialize;

use crate::experiment::{Beside, Compared, ComparedFigure, Judged};
use crate::figures::{self, Better, Unit};

use super::cell::{Cell, FileTable, Form, Head, Sink};
use super::comparison::{order, verdict_name};
use super::csv_files::files;
use super::folder::Product;
use super::summary::{Named, VERSION};

/// The tables of a comparison's folder, by the names of their files.
pub(super) const FILES: &[FileTable<Compared>] =
    &[FileTable("compare.csv", figures_table), FileTable("targets.csv", targets_table)];

/// `compare.csv`, `targets.csv` and `summary.json`.
#[must_use]
pub fn comparison_products(compared: &Compared) -> Vec<Product> {
    let tables = files(FILES, compared).into_iter().map(|(name, bytes)| Product::new(name, bytes));
    tables.chain([Product::new("summary.json", comparison_summary(compared))]).collect()
}

/// In long form, the baseline first; numbers as in a run's files.
fn figures_table(compared: &Compared, sink: &mut dyn Sink) {
    sink.head(Head::all([
        "figure",
        "variant",
        "value",
        "value_half_width",
        "difference",
        "difference_half_width",
        "independent_half_width",
        "independent_replications",
        "delta",
        "verdict",
    ]));
    for figure in &compared.figures {
        for index in order(compared) {
            let beside = &figure.variants[index];
            let unit = figure.figure.unit();
            let [value, value_half_width] = Cell::pair(unit, beside.value);
            let [_, difference_half_width] = Cell::pair(unit, beside.difference);
            let difference = beside.difference.map(|estimate| estimate.value);
            sink.row(vec![
                Cell::text(figure.path.as_str()),
                Cell::text(compared.names[index].as_str()),
                value,
                value_half_width,
                Cell::number(difference, Form::Difference(unit)),
                difference_half_width,
                Cell::number(beside.independent_half_width, Form::HalfWidth(unit)),
                Cell::number(finite(beside.saving), Form::Plain),
                Cell::Number(figure.delta, Form::HalfWidth(unit)),
                Cell::text(verdict(compared, figure, index)),
            ]);
        }
    }
}

/// How the targets stand, the baseline first.
fn targets_table(compared: &Compared, sink: &mut dyn Sink) {
    let heads = ["queue", "figure", "variant", "target", "within", "value", "half_width", "verdict"];
    sink.head(Head::all(heads));
    for target in &compared.targets {
        for index in order(compared) {
            let Some(judged) = &target.variants[index] else { continue };
            let [value, half_width] = Cell::pair(target.figure.unit(), judged.value);
            sink.row(vec![
                Cell::text(target.queue.as_str()),
                Cell::text(target.figure.name()),
                Cell::text(compared.names[index].as_str()),
                Cell::Number(judged.target.share, Form::Value(Unit::Share)),
                Cell::text(judged.target.within.as_deref().unwrap_or_default()),
                value,
                half_width,
                Cell::text(judged.verdict().map_or("", figures::Verdict::name)),
            ]);
        }
    }
}

/// Neither files know infinity.
fn finite(value: Option<f64>) -> Option<f64> {
    value.filter(|value| value.is_finite())
}

fn verdict(compared: &Compared, figure: &ComparedFigure, index: usize) -> &'static str {
    if index == compared.baseline { "baseline" } else { figure.verdict(index).map_or("", verdict_name) }
}

#[derive(Serialize)]
struct Summary<'a> {
    holdline: &'static str,
    baseline: &'a str,
    seed: u64,
    replications: u64,
    asked: u64,
    confidence: f64,
    notes: &'a [String],
    figures: Named<'a, FigureEntry<'a>>,
    /// Of all queues.
    targets: Vec<TargetEntry<'a>>,
    /// By variant: `kept` where it keeps every target.
    standing: Named<'a, Option<&'static str>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    best: Option<Best<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    budget: Option<Spent<'a>>,
}

#[derive(Serialize)]
struct FigureEntry<'a> {
    label: &'static str,
    better: Option<&'static str>,
    delta: f64,
    variants: Named<'a, Entry>,
}

#[derive(Serialize)]
struct Entry {
    value: Option<f64>,
    half_width: Option<f64>,
    difference: Option<f64>,
    difference_half_width: Option<f64>,
    independent_half_width: Option<f64>,
    independent_replications: Option<f64>,
    verdict: &'static str,
}

#[derive(Serialize)]
struct TargetEntry<'a> {
    queue: &'a str,
    figure: &'static str,
    variants: Named<'a, JudgedEntry<'a>>,
}

#[derive(Serialize)]
struct JudgedEntry<'a> {
    target: f64,
    within: Option<&'a str>,
    value: Option<f64>,
    half_width: Option<f64>,
    verdict: Option<&'static str>,
}

fn judged_entry(judged: &Judged) -> JudgedEntry<'_> {
    JudgedEntry {
        target: judged.target.share,
        within: judged.target.within.as_deref(),
        value: judged.value.map(|value| value.value),
        half_width: judged.value.and_then(|value| value.half_width),
        verdict: judged.verdict().map(figures::Verdict::name),
    }
}

#[derive(Serialize)]
struct Best<'a> {
    figure: &'a str,
    delta: f64,
    best: Option<&'a str>,
    left: Vec<&'a str>,
    replications: Named<'a, u64>,
    at_most: u64,
}

/// How a budget of replications was spent.
#[derive(Serialize)]
struct Spent<'a> {
    figure: &'a str,
    best: &'a str,
    probability: f64,
    replications: Named<'a, u64>,
}

/// The comparison as JSON, names being keys.
///
/// # Panics
/// Never: all keys are texts and memory takes what is written.
#[must_use]
pub fn comparison_summary(compared: &Compared) -> String {
    let name = |index: usize| compared.names[index].as_str();
    let figures = compared.figures.iter().map(|figure| {
        let better = match figure.figure.better() {
            Better::Higher => Some("higher"),
            Better::Lower => Some("lower"),
            Better::Neither => None,
        };
        let variants = order(compared)
            .map(|index| (name(index), entry(&figure.variants[index], verdict(compared, figure, index))));
        let entry = FigureEntry {
            label: figure.figure.label(),
            better,
            delta: figure.delta,
            variants: Named(variants.collect()),
        };
        (figure.path.as_str(), entry)
    });
    let best = compared.contest.as_ref().map(|contest| Best {
        figure: &contest.figure,
        delta: contest.delta,
        best: contest.best.map(name),
        left: contest.left.iter().map(|&index| name(index)).collect(),
        replications: Named(order(compared).map(|i| (name(i), contest.replications[i])).collect()),
        at_most: contest.at_most,
    });
    let budget = compared.budget.as_ref().map(|budget| Spent {
        figure: &budget.figure,
        best: name(budget.best),
        probability: budget.probability,
        replications: Named(order(compared).map(|i| (name(i), budget.replications[i])).collect()),
    });
    let targets = compared.targets.iter().map(|target| {
        let judged =
            |index: usize| target.variants[index].as_ref().map(|one| (name(index), judged_entry(one)));
        TargetEntry {
            queue: &target.queue,
            figure: target.figure.name(),
            variants: Named(order(compared).filter_map(judged).collect()),
        }
    });
    let standing = |index: usize| (name(index), compared.standing(index).map(figures::Verdict::name));
    let summary = Summary {
        holdline: VERSION,
        baseline: name(compared.baseline),
        seed: compared.seed,
        replications: compared.replications,
        asked: compared.asked,
        confidence: compared.confidence,
        notes: &compared.notes,
        figures: Named(figures.collect()),
        targets: targets.collect(),
        standing: Named(order(compared).map(standing).collect()),
        best,
        budget,
    };
    let text = serde_json::to_string_pretty(&summary).expect("names are texts and memory takes it");
    text + "\n"
}

fn entry(beside: &Beside, verdict: &'static str) -> Entry {
    Entry {
        value: beside.value.map(|estimate| estimate.value),
        half_width: beside.value.and_then(|estimate| estimate.half_width),
        difference: beside.difference.map(|estimate| estimate.value),
        difference_half_width: beside.difference.and_then(|estimate| estimate.half_width),
        independent_half_width: beside.independent_half_width,
        independent_replications: finite(beside.saving),
        verdict,
    }
}
