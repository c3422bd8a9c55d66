//! What matters most, as tables for a terminal, as CSV and as JSON.

use serde::Serialize;

use crate::experiment::{Bar, ComparedFigure, End, Sensitivity};
use crate::figures::{Estimate, Unit};

use super::comparison::{signed, verdict_name};
use super::csv_files::{Csv, number, texts};
use super::folder::Product;
use super::shown::head;
use super::summary::VERSION;
use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, grouped, percent, shortened, written};

/// Longer names are cut in the middle.
const NAME_WIDTH: usize = 40;

/// As a terminal shows it: a table a figure, what moves it farthest first.
#[must_use]
pub fn render_tornado(sensitivity: &Sensitivity) -> String {
    let compared = &sensitivity.compared;
    let mut blocks: Vec<String> = compared.figures.iter().map(|figure| table(sensitivity, figure)).collect();
    let mut legend = String::new();
    if compared.replications > 1 {
        legend = format!(
            "± half-width of the {} confidence interval, each by itself. (±): it holds zero.\n",
            percent(compared.confidence)
        );
    }
    let plural = if compared.replications == 1 { "" } else { "s" };
    blocks.push(format!(
        "{legend}Each parameter alone; {} replication{plural} of each on the same customers, seed {}.",
        grouped(compared.replications as f64, 0),
        compared.seed
    ));
    blocks.extend(compared.notes.iter().cloned());
    blocks.join("\n") + "\n"
}

fn table(sensitivity: &Sensitivity, figure: &ComparedFigure) -> String {
    let unit = figure.figure.unit();
    let heads = [
        (Align::Left, "Parameter"),
        (Align::Right, "Less"),
        (Align::Right, "Difference"),
        (Align::Right, "More"),
        (Align::Right, "Difference"),
    ];
    let mut table = TextTable::new(heads.map(|(align, head)| (align, head.to_owned())));
    for bar in sensitivity.ranked(figure) {
        table.row([
            shortened(&bar.swing.name, NAME_WIDTH),
            bar.swing.low.said.clone(),
            difference(unit, bar.low),
            bar.swing.high.said.clone(),
            difference(unit, bar.high),
        ]);
    }
    table.line();
    let base = figure.variants.first().and_then(|beside| beside.value);
    let base = base.map_or(ABSENT.to_owned(), |value| written(unit, value));
    let label = head(figure.figure, &sensitivity.compared.labels);
    format!("{label} ({}), as written {base}\n{}\n", figure.path, table.text())
}

/// A difference; in brackets where it is not told from none.
fn difference(unit: Unit, difference: Option<Estimate>) -> String {
    let Some(difference) = difference else { return ABSENT.to_owned() };
    let text = signed(unit, difference);
    let unclear = difference.half_width.is_some_and(|half| half > 0.0 && difference.value.abs() <= half);
    if unclear { format!("({text})") } else { text }
}

/// `tornado.csv` and `summary.json`; charts are made beside.
pub(super) fn files(sensitivity: &Sensitivity) -> Vec<Product> {
    vec![
        Product::new("tornado.csv", csv(sensitivity)),
        Product::new("summary.json", tornado_summary(sensitivity)),
    ]
}

/// `10 % less`: a text that begins with a sign would be taken for a formula by spreadsheets.
fn turned_to(said: &str) -> String {
    match (said.strip_prefix('−'), said.strip_prefix('+')) {
        (Some(less), _) => format!("{less} less"),
        (None, Some(more)) => format!("{more} more"),
        (None, None) => said.to_owned(),
    }
}

/// Both ends of a bar with what is said of them.
fn ends<'b>(bar: &Bar<'b>) -> [(&'static str, &'b End, usize); 2] {
    [("low", &bar.swing.low, bar.variant), ("high", &bar.swing.high, bar.variant + 1)]
}

fn csv(sensitivity: &Sensitivity) -> Vec<u8> {
    let head = [
        "figure",
        "rank",
        "parameter",
        "end",
        "turned_to",
        "value",
        "value_half_width",
        "difference",
        "difference_half_width",
        "verdict",
    ];
    let mut sheet = Csv::new(texts(head));
    for figure in &sensitivity.compared.figures {
        for (rank, bar) in sensitivity.ranked(figure).iter().enumerate() {
            for (end, turned, variant) in ends(bar) {
                let beside = &figure.variants[variant];
                let value = |estimate: Option<Estimate>| number(estimate.map(|estimate| estimate.value));
                let half =
                    |estimate: Option<Estimate>| number(estimate.and_then(|estimate| estimate.half_width));
                sheet.row([
                    figure.path.clone(),
                    (rank + 1).to_string(),
                    bar.swing.name.clone(),
                    end.to_owned(),
                    turned_to(&turned.said),
                    value(beside.value),
                    half(beside.value),
                    value(beside.difference),
                    half(beside.difference),
                    figure.verdict(variant).map_or("", verdict_name).to_owned(),
                ]);
            }
        }
    }
    sheet.bytes()
}

#[derive(Serialize)]
struct Summary<'a> {
    holdline: &'static str,
    seed: u64,
    replications: u64,
    asked: u64,
    confidence: f64,
    notes: &'a [String],
    figures: Vec<FigureEntry<'a>>,
}

#[derive(Serialize)]
struct FigureEntry<'a> {
    figure: &'a str,
    label: &'static str,
    value: Option<f64>,
    half_width: Option<f64>,
    /// What moves it farthest first.
    parameters: Vec<Parameter<'a>>,
}

#[derive(Serialize)]
struct Parameter<'a> {
    name: &'a str,
    low: EndEntry<'a>,
    high: EndEntry<'a>,
}

#[derive(Serialize)]
struct EndEntry<'a> {
    settings: &'a [String],
    value: Option<f64>,
    half_width: Option<f64>,
    difference: Option<f64>,
    difference_half_width: Option<f64>,
    verdict: Option<&'static str>,
}

/// The same for programs.
#[must_use]
pub fn tornado_summary(sensitivity: &Sensitivity) -> String {
    let compared = &sensitivity.compared;
    let summary = Summary {
        holdline: VERSION,
        seed: compared.seed,
        replications: compared.replications,
        asked: compared.asked,
        confidence: compared.confidence,
        notes: &compared.notes,
        figures: compared.figures.iter().map(|figure| figure_entry(sensitivity, figure)).collect(),
    };
    serde_json::to_string_pretty(&summary).expect("numbers and texts can be written") + "\n"
}

fn figure_entry<'a>(sensitivity: &'a Sensitivity, figure: &'a ComparedFigure) -> FigureEntry<'a> {
    let half = |estimate: Option<Estimate>| estimate.and_then(|estimate| estimate.half_width);
    let end = |(_, turned, variant): (&'static str, &'a End, usize)| {
        let beside = &figure.variants[variant];
        EndEntry {
            settings: &turned.settings,
            value: beside.value.map(|estimate| estimate.value),
            half_width: half(beside.value),
            difference: beside.difference.map(|estimate| estimate.value),
            difference_half_width: half(beside.difference),
            verdict: figure.verdict(variant).map(verdict_name),
        }
    };
    let parameter = |bar: &Bar<'a>| {
        let [low, high] = ends(bar).map(end);
        Parameter { name: &bar.swing.name, low, high }
    };
    let base = figure.variants.first().and_then(|beside| beside.value);
    FigureEntry {
        figure: &figure.path,
        label: figure.figure.label(),
        value: base.map(|estimate| estimate.value),
        half_width: half(base),
        parameters: sensitivity.ranked(figure).iter().map(parameter).collect(),
    }
}
