//! `report.html`: one self-contained page to read, print and mail. Its only script sorts tables; no network.

use std::borrow::Cow;

use minijinja::Environment;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::Serde;
use serde::Serialize;

use crate::figures::{Figure, Figures, Results, Row, ScopeKind, ScopeResult, TargetResult, Unit, Verdict};
use crate::units::Span;

use super::charts::Chart;
use super::claim::Claim;
use super::definitions;
use super::first_looks::{Look, first_looks};
use super::headline;
use super::journeys;
use super::missed_days::{MissedDays, missed_days};
use super::mixed;
use super::policy::secured;
use super::shown::head;
use super::summary::VERSION;
use super::tables::{Below, Line, ROWS, RunTable, TABLES, TILES, is_on_page, scopes, with_sign};
use super::terminal::notes;
use super::wording::{ABSENT, amount, even_days, grouped, percent, plain, row_label, target_words};

/// Interval rows that a page carries; longer tables are left to `intervals.csv`.
const MOST_ROWS: usize = 4_000;

/// Bytes of drawings that a page carries; further parts of a chart are left to `charts/`.
const MOST_DRAWN: usize = 1_300_000;

/// A value with its half-width, as the page shows it.
#[derive(Serialize)]
pub(super) struct Cell {
    value: String,
    half_width: Option<String>,
    missed: bool,
    undecided: bool,
}

#[derive(Serialize)]
struct Tile {
    label: Cow<'static, str>,
    cell: Cell,
}

#[derive(Serialize)]
struct Kept {
    text: String,
    verdict: &'static str,
    days: Option<String>,
}

#[derive(Serialize)]
struct WrittenLine {
    name: String,
    under: String,
    sum: bool,
    targets: Vec<Kept>,
    cells: Vec<Cell>,
}

#[derive(Serialize)]
struct Table {
    title: &'static str,
    head: &'static str,
    columns: Vec<Cow<'static, str>>,
    targets: bool,
    lines: Vec<WrittenLine>,
}

#[derive(Serialize)]
pub(super) struct Drawing {
    pub(super) name: String,
    svg: String,
}

#[derive(Serialize)]
struct Lines {
    head: &'static str,
    columns: Vec<&'static str>,
    rows: Vec<(String, Vec<String>)>,
}

#[derive(Serialize)]
struct Part {
    name: String,
    days: Lines,
    rows: Lines,
}

impl Part {
    fn says_something(&self) -> bool {
        !self.days.rows.is_empty() || !self.rows.rows.is_empty()
    }
}

/// The share of days that miss each target.
#[derive(Serialize)]
struct Missed {
    heads: Vec<&'static str>,
    lines: Vec<(String, String, Vec<String>)>,
}

impl Missed {
    fn of(days: MissedDays) -> Missed {
        let lines = days.lines.into_iter().map(|line| (line.queue, line.target, line.shares)).collect();
        Missed { heads: days.heads, lines }
    }
}

/// Everything that the template asks for.
#[derive(Serialize)]
struct Page<'a> {
    style: &'static str,
    script: &'static str,
    title: &'a str,
    headline: String,
    good: bool,
    period: String,
    tiles: Vec<Tile>,
    looks: Vec<Look>,
    notes: Vec<String>,
    tables: Vec<Table>,
    missed: Option<Missed>,
    lost: Vec<(String, String)>,
    journeys: Option<journeys::Section>,
    journey_drawings: Vec<Drawing>,
    drawings: Vec<Drawing>,
    left_out: bool,
    parts: Vec<Part>,
    rows_left_out: bool,
    definitions: Vec<(&'static str, &'static str)>,
    formulas: Vec<&'static str>,
    replications: String,
    asked: Option<u64>,
    several: bool,
    seed: String,
    confidence: String,
    /// What it saves to spread busyness evenly.
    even_days: Option<String>,
    version: &'static str,
}

/// The page. The charts are those of [`super::charts::charts`].
pub(super) fn page(results: &Results, charts: &[Chart]) -> String {
    let said = headline::headline(results);
    let headline = capital(&said.text);
    let missed = |claim: &Claim| matches!(claim, Claim::MissedOnDay(..) | Claim::Stands(_, Verdict::Missed));
    let good = !said.claims.iter().any(missed);
    let results = &*mixed::readable(results);
    let (drawings, left_out) = drawings(charts);
    let drawn: Vec<&str> = drawings.iter().map(|drawing| drawing.name.as_str()).collect();
    let looks = first_looks(results, &drawn);
    let (journey_drawings, drawings) = drawings.into_iter().partition(|drawing| drawing.name == "journeys");
    let with_rows = parted(results).map(|scope| scope.rows.len()).sum::<usize>() <= MOST_ROWS;
    let page = Page {
        style: STYLE,
        script: SORT,
        title: if results.title.is_empty() { "Simulation results" } else { &results.title },
        headline,
        // Green where nothing that it says is a miss, on a day neither.
        good: good
            && scopes(results).all(|scope| {
                scope.targets.iter().all(|target| target.verdict(&scope.figures) != Some(Verdict::Missed))
            }),
        period: period(results),
        tiles: tiles(results),
        looks,
        notes: notes(results),
        missed: missed_days(results).map(Missed::of),
        tables: TABLES.iter().filter_map(|declared| table(declared, results)).collect(),
        lost: lost(results),
        journeys: journeys::section(results),
        journey_drawings,
        drawings,
        left_out,
        parts: parted(results)
            .map(|scope| part(results, scope, with_rows))
            .filter(Part::says_something)
            .collect(),
        rows_left_out: !with_rows,
        definitions: definitions(results),
        formulas: formulas(results),
        replications: grouped(results.replications as f64, 0),
        asked: (results.replications < results.asked).then_some(results.asked),
        several: results.replications > 1,
        seed: results.seed.to_string(),
        confidence: percent(results.confidence),
        even_days: even_days(results),
        version: VERSION,
    };
    rendered("page.html", include_str!("page.html"), page)
}

/// How all pages begin: what they are called, the style and the script. (Templates lose their last line break and the one
/// after a block, so an empty line follows where it is included.)
const HEAD: &str = include_str!("head.html");

/// The style of all pages.
pub(super) const STYLE: &str = include_str!("page.css");

/// Of pages with lines of text as they are.
pub(super) const LINES: &str =
    "pre.lines { overflow-x: auto; padding: 12px 14px; font-size: .86rem; line-height: 1.45; }\n";

/// Sorts a table by a click or a key on one of its heads. Pages can be read without it.
pub(super) const SORT: &str = include_str!("sort.js");

/// A template, part of the program, filled in, under a strict policy.
pub(super) fn rendered(name: &'static str, template: &'static str, values: impl Serialize) -> String {
    secured(&filled(name, template, values))
}

/// A template, part of the program, filled in.
pub(super) fn filled(name: &'static str, template: &'static str, values: impl Serialize) -> String {
    let syntax = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build();
    let mut environment = Environment::new();
    environment.set_syntax(syntax.expect("the default delimiters are valid"));
    environment
        .add_template("head.html", HEAD)
        .and_then(|()| environment.add_template(name, template))
        .and_then(|()| environment.get_template(name)?.render(Serde(values)))
        .expect("the template is part of the program and knows all its values")
}

pub(super) fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// What was simulated: dates or a length.
pub(super) fn period(results: &Results) -> String {
    let days = results.length.micros().div_ceil(Span::DAY.micros()) as i64;
    let date = |day| results.calendar.date(day).map(|date| date.strftime("%A %-d %B %Y").to_string());
    match (date(0), date(days - 1)) {
        (Some(first), Some(last)) if days > 1 => format!("{first} to {last}"),
        (Some(first), _) => first,
        _ => format!("{} of a steady state", results.length),
    }
}

pub(super) fn cell(figures: &Figures, targets: &[TargetResult], figure: Figure) -> Cell {
    let target = targets.iter().find(|target| target.figure == figure);
    let verdict = target.and_then(|target| target.verdict(figures));
    let (missed, undecided) = (verdict == Some(Verdict::Missed), verdict == Some(Verdict::Undecided));
    match figures.get(figure) {
        None => Cell { value: ABSENT.to_owned(), half_width: None, missed, undecided },
        Some(estimate) => {
            let amount = amount(figure.unit(), estimate);
            Cell { value: amount.value, half_width: amount.half_width, missed, undecided }
        }
    }
}

fn tiles(results: &Results) -> Vec<Tile> {
    let total = &results.total;
    TILES
        .iter()
        .filter_map(|&figure| {
            let of = [&total.figures, &results.all_groups.figures];
            let figures = of.into_iter().find(|figures| figures.get(figure).is_some())?;
            Some(Tile {
                label: head(figure, &results.plan.labels),
                cell: cell(figures, &total.targets, figure),
            })
        })
        .collect()
}

/// The columns that have a value anywhere.
fn seen<'a>(columns: &[Figure], figures: impl Fn() -> Vec<&'a Figures>) -> Vec<Figure> {
    let occurs = |figure: &Figure| figures().iter().any(|figures| figures.get(*figure).is_some());
    columns.iter().copied().filter(occurs).collect()
}

fn table(declared: &RunTable, results: &Results) -> Option<Table> {
    let lines = (declared.lines)(results);
    let on_page: Vec<Figure> =
        declared.columns.iter().filter(|column| column.on_page).map(|column| column.figure).collect();
    let figures = seen(&on_page, || lines.iter().map(|line| line.figures).collect());
    let with_targets = declared.below == Below::Targets;
    let written: Vec<WrittenLine> =
        lines.iter().map(|line| written_line(line, &figures, with_targets)).collect();
    (!written.is_empty()).then(|| Table {
        title: declared.title,
        head: declared.head,
        columns: figures.iter().map(|figure| head(*figure, &results.plan.labels)).collect(),
        targets: written.iter().any(|line| !line.targets.is_empty()),
        lines: written,
    })
}

fn written_line(line: &Line<'_>, columns: &[Figure], with_targets: bool) -> WrittenLine {
    let kept = |target: &TargetResult| Kept {
        text: target_words(target),
        verdict: target.verdict(line.figures).map_or("", Verdict::name),
        days: target.days_met.map(|share| format!("on {} % of simulated days", grouped(share * 100.0, 0))),
    };
    WrittenLine {
        name: line.name.to_owned(),
        under: line.place.to_owned(),
        sum: line.sum,
        targets: if with_targets { line.targets.iter().map(kept).collect() } else { Vec::new() },
        cells: columns.iter().map(|figure| cell(line.figures, line.targets, *figure)).collect(),
    }
}

/// Why cases are lost, over the whole centre.
fn lost(results: &Results) -> Vec<(String, String)> {
    let words = |reason: &str| reason.replace('_', " ");
    let share = |share: f64| plain(Unit::Share, share);
    results.total.outcomes.lost_why.iter().map(|(reason, part)| (words(reason), share(*part))).collect()
}

/// The drawings that the page carries, and whether any had to stay out.
pub(super) fn drawings(charts: &[Chart]) -> (Vec<Drawing>, bool) {
    let mut drawn = 0;
    let mut drawings = Vec::new();
    for chart in charts {
        let svg: String = chart.parts().iter().map(|part| within_html(part)).collect();
        let first_part = !chart.name.contains('-');
        if drawn + svg.len() > MOST_DRAWN && !first_part {
            continue;
        }
        drawn += svg.len();
        drawings.push(Drawing { name: chart.name.clone(), svg });
    }
    let left_out = drawings.len() < charts.len();
    (drawings, left_out)
}

/// A drawing as a part of a page. HTML knows the tag; the name of its language would be the only address on the page.
pub(super) fn within_html(svg: &str) -> String {
    svg.replacen(" xmlns=\"http://www.w3.org/2000/svg\"", "", 1)
}

/// The queues and, where it says more, the total.
fn parted(results: &Results) -> impl Iterator<Item = &ScopeResult> {
    scopes(results).filter(|scope| scope.kind != ScopeKind::Channel)
}

fn part(results: &Results, scope: &ScopeResult, with_rows: bool) -> Part {
    let rows = if with_rows { scope.rows.as_slice() } else { &[] };
    Part {
        name: scope.name.clone(),
        days: lines(results, "Day", &scope.days),
        rows: lines(results, "From", rows),
    }
}

/// The rows in which anything happened.
fn lines(results: &Results, head: &'static str, rows: &[Row]) -> Lines {
    let columns = seen(ROWS, || rows.iter().map(|row| &row.figures).collect());
    let happened = |row: &&Row| row.figures.0.iter().any(|(_, estimate)| estimate.value != 0.0);
    Lines {
        head,
        columns: columns.iter().map(|figure| figure.label()).collect(),
        rows: rows
            .iter()
            .filter(happened)
            .map(|row| (row_label(results, row), row_cells(&row.figures, &columns)))
            .collect(),
    }
}

fn row_cells(figures: &Figures, columns: &[Figure]) -> Vec<String> {
    let value = |figure: &Figure| figures.value(*figure).map(|value| plain(figure.unit(), value));
    columns.iter().map(|figure| value(figure).unwrap_or_else(|| ABSENT.to_owned())).collect()
}

/// (figure, meaning) of everything that the page shows, each once.
fn definitions(results: &Results) -> Vec<(&'static str, &'static str)> {
    let scopes = results.queues.iter().chain(&results.follow_ups).chain(std::iter::once(&results.total));
    let rows = scopes.clone().flat_map(|scope| &scope.rows).map(|row| &row.figures);
    let groups = results.groups.iter().chain(std::iter::once(&results.all_groups));
    let all: Vec<&Figures> =
        scopes.map(|scope| &scope.figures).chain(groups.map(|group| &group.figures)).chain(rows).collect();
    Figure::ALL
        .iter()
        .filter(|figure| is_on_page(**figure) && all.iter().any(|figures| figures.get(**figure).is_some()))
        .map(|figure| (figure.label(), meaning(results, *figure)))
        .collect()
}

/// The meaning of a figure, as far as it differs with what the centre has.
pub(super) fn meaning(results: &Results, figure: Figure) -> &'static str {
    let responds = || scopes(results).flat_map(|scope| &scope.targets).any(|target| target.response);
    let calls_back = || with_sign(results, Figure::Callbacks).next().is_some();
    match figure {
        Figure::ServiceLevel if responds() => definitions::OF_RESPONSES,
        Figure::Offered if calls_back() => definitions::OF_CALLBACKS,
        _ => figure.meaning(),
    }
}

/// How service levels were counted, each way once.
fn formulas(results: &Results) -> Vec<&'static str> {
    let mut texts: Vec<&'static str> = Vec::new();
    for formula in scopes(results).flat_map(|scope| &scope.targets).filter_map(|target| target.formula) {
        let text = definitions::formula(formula);
        if !texts.contains(&text) {
            texts.push(text);
        }
    }
    texts
}
