//! `compare.html`: what a change does, figure by figure, target by target, over the day and day by day.

use serde::Serialize;

use crate::experiment::{self, ComparedFigure, ComparedSlice, Judged};
use crate::figures::{Estimate, Figure, Unit, Verdict};

use super::charts::{Beside, Chart};
use super::comparison::{order, sentence, signed, spent, standings, verdict_name};
use super::page::{Drawing, SORT, STYLE, drawings, rendered};
use super::shown::head;
use super::summary::VERSION;
use super::wording::{ABSENT, amount, grouped, percent, target_words};

/// Rows of days that a page carries.
const MOST_ROWS: usize = 2_000;

/// A value, and what it differs from the baseline.
#[derive(Serialize)]
struct Cell {
    value: String,
    half_width: Option<String>,
    difference: Option<String>,
    verdict: &'static str,
    /// What it means for who must decide: `kept` where it is good, `missed` where it is bad.
    tone: &'static str,
}

#[derive(Serialize)]
struct Line {
    name: String,
    under: String,
    cells: Vec<Cell>,
}

/// A target at one of those compared.
#[derive(Serialize)]
struct Stand {
    value: String,
    half_width: Option<String>,
    verdict: &'static str,
    /// The target, where it is another than the first one's.
    other: Option<String>,
}

#[derive(Serialize)]
struct TargetLine {
    queue: String,
    target: String,
    stands: Vec<Stand>,
}

#[derive(Serialize)]
struct SliceLine {
    when: String,
    queue: String,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct SliceTable {
    figure: &'static str,
    lines: Vec<SliceLine>,
}

/// What differs day by day, or hour by hour.
#[derive(Serialize)]
struct Slices {
    title: &'static str,
    head: &'static str,
    tables: Vec<SliceTable>,
    left_out: bool,
}

/// Everything that the template asks for.
#[derive(Serialize)]
struct Page<'a> {
    style: &'static str,
    script: &'static str,
    title: String,
    headline: Vec<String>,
    good: bool,
    names: Vec<&'a str>,
    notes: &'a [String],
    lines: Vec<Line>,
    targets: Vec<TargetLine>,
    standing: Vec<&'static str>,
    differences: Vec<Drawing>,
    drawings: Vec<Drawing>,
    left_out: bool,
    slices: Vec<Slices>,
    definitions: Vec<(&'static str, &'static str)>,
    replications: String,
    several: bool,
    together: bool,
    seed: String,
    confidence: String,
    version: &'static str,
}

/// The page. The charts are those of [`super::charts::comparison_charts`].
pub(super) fn page(beside: &Beside<'_>, charts: &[Chart]) -> String {
    let compared = beside.compared;
    let base = &beside.over_time.results[compared.baseline];
    let (all, left_out) = drawings(charts);
    let (differences, drawings) = all.into_iter().partition(|drawing| drawing.name.starts_with("difference"));
    let standing = |variant: usize| compared.standing(variant).map_or("", Verdict::name);
    let contest = compared.contest.as_ref().map(|contest| sentence(compared, contest));
    let contest = contest.or_else(|| compared.budget.as_ref().map(|budget| spent(compared, budget)));
    let said = contest.iter().flat_map(|text| text.lines().map(str::to_owned));
    let headline = standings(compared).lines().map(str::to_owned).chain(said).collect();
    let (days, hours) = (&beside.over_time.days, &beside.over_time.hours);
    let mut figures: Vec<Figure> = compared.figures.iter().map(|figure| figure.figure).collect();
    figures.extend(days.iter().chain(hours).map(|slice| slice.figure.figure));
    let shown = |figure: &&Figure| figures.contains(*figure);
    let page = Page {
        style: STYLE,
        script: SORT,
        title: format!("Comparison: {}", if base.title.is_empty() { "simulation" } else { &base.title }),
        headline,
        good: order(compared).any(|variant| compared.standing(variant) == Some(Verdict::Kept)),
        names: order(compared).map(|variant| compared.names[variant].as_str()).collect(),
        notes: &compared.notes,
        lines: compared.figures.iter().map(|figure| line(beside, figure)).collect(),
        targets: targets(beside),
        standing: order(compared).map(standing).collect(),
        differences,
        drawings,
        left_out,
        slices: [("Day by day", "Day", days), ("Hour by hour, all days together", "From", hours)]
            .into_iter()
            .filter_map(|(title, head, all)| slices(beside, title, head, all))
            .collect(),
        definitions: Figure::ALL
            .iter()
            .filter(shown)
            .map(|figure| (figure.label(), figure.meaning()))
            .collect(),
        replications: grouped(compared.replications as f64, 0),
        several: compared.replications > 1,
        together: compared.together,
        seed: compared.seed.to_string(),
        confidence: percent(compared.confidence),
        version: VERSION,
    };
    rendered("comparison_page.html", include_str!("comparison_page.html"), page)
}

fn line(beside: &Beside<'_>, figure: &ComparedFigure) -> Line {
    let labels = &beside.over_time.results[beside.compared.baseline].plan.labels;
    Line {
        name: head(figure.figure, labels).into_owned(),
        under: figure.path.clone(),
        cells: cells(beside, figure),
    }
}

fn cells(beside: &Beside<'_>, figure: &ComparedFigure) -> Vec<Cell> {
    order(beside.compared).map(|variant| cell(figure, variant)).collect()
}

fn cell(figure: &ComparedFigure, variant: usize) -> Cell {
    let unit = figure.figure.unit();
    let (value, half_width) = shown(unit, figure.variants[variant].value);
    let verdict = figure.verdict(variant);
    Cell {
        value,
        half_width,
        difference: figure.variants[variant].difference.map(|difference| signed(unit, difference)),
        verdict: verdict.map_or("", verdict_name),
        tone: match verdict {
            Some(experiment::Verdict::Better) => "kept",
            Some(experiment::Verdict::Worse) => "missed",
            _ => "",
        },
    }
}

fn shown(unit: Unit, value: Option<Estimate>) -> (String, Option<String>) {
    let Some(value) = value else { return (ABSENT.to_owned(), None) };
    let amount = amount(unit, value);
    (amount.value, amount.half_width)
}

fn targets(beside: &Beside<'_>) -> Vec<TargetLine> {
    let compared = beside.compared;
    let line = |target: &experiment::JudgedTarget| {
        let first = order(compared).find_map(|variant| target.variants[variant].as_ref());
        let first = first.map(|judged| target_words(&judged.target)).unwrap_or_default();
        let stand = |judged: Option<&Judged>| {
            let (value, half_width) = shown(target.figure.unit(), judged.and_then(|judged| judged.value));
            let own = judged.map(|judged| target_words(&judged.target));
            Stand {
                value,
                half_width,
                verdict: judged.and_then(Judged::verdict).map_or("", Verdict::name),
                other: own.filter(|own| *own != first),
            }
        };
        TargetLine {
            queue: target.queue.clone(),
            stands: order(compared).map(|variant| stand(target.variants[variant].as_ref())).collect(),
            target: first,
        }
    };
    compared.targets.iter().map(line).collect()
}

/// A table a figure, as far as there are several days or hours.
fn slices(
    beside: &Beside<'_>,
    title: &'static str,
    head: &'static str,
    all: &[ComparedSlice],
) -> Option<Slices> {
    if all.iter().all(|slice| slice.when == all[0].when) {
        return None;
    }
    let left_out = all.len() > MOST_ROWS;
    let tables = if left_out { Vec::new() } else { slice_tables(beside, all) };
    Some(Slices { title, head, tables, left_out })
}

fn slice_tables(beside: &Beside<'_>, slices: &[ComparedSlice]) -> Vec<SliceTable> {
    let mut figures: Vec<Figure> = slices.iter().map(|slice| slice.figure.figure).collect();
    figures.sort_unstable();
    figures.dedup();
    let table = |figure: Figure| SliceTable {
        figure: figure.label(),
        lines: slices
            .iter()
            .filter(|slice| slice.figure.figure == figure)
            .map(|slice| SliceLine {
                when: slice.when.clone(),
                queue: slice.queue.clone(),
                cells: cells(beside, &slice.figure),
            })
            .collect(),
    };
    figures.into_iter().map(table).collect()
}
