//! The what-if page: a form of a centre's levers, and the pictures that it asks for, each a variant beside its
//! baseline. Who serves them stands in the command line.

use serde::Serialize;

use crate::experiment::{ComparedFigure, Stage, Verdict};
use crate::figures::{Figure, Figures, Results, TargetResult};
use crate::units::printable;
use crate::vocabulary::{Lever, LeverKind, Position};

use super::charts::charts_beside;
use super::comparison::{signed, verdict_name};
use super::headline::sentence;
use super::mixed::readable;
use super::page::{Cell, STYLE, capital, cell, filled, within_html};
use super::policy::secured_asking;
use super::shown::shown as people;
use super::summary::VERSION;
use super::wording::{ABSENT, grouped, percent, target_words};

/// Drawings that a picture carries; of more queues there is a report.
const MOST_DRAWINGS: usize = 4;

#[derive(Serialize)]
struct Field {
    /// The number of its lever.
    number: usize,
    label: String,
    said: String,
    kind: &'static str,
    value: String,
    most: u32,
}

#[derive(Serialize)]
struct Part {
    name: String,
    fields: Vec<Field>,
}

#[derive(Serialize)]
struct Form<'a> {
    style: &'static str,
    own_style: &'static str,
    script: &'static str,
    title: &'a str,
    file: &'a str,
    queues: Vec<Part>,
    groups: Vec<Part>,
    replications: u64,
    seed: String,
    scaled: bool,
    version: &'static str,
}

/// What the page is about.
#[derive(Clone, Copy, Debug)]
pub struct Opened<'a> {
    /// The scenario's title.
    pub title: &'a str,
    /// The scenario's file, as it was named.
    pub file: &'a str,
    /// What can be changed.
    pub levers: &'a [Lever],
    /// Replications of each play.
    pub replications: u64,
    /// The seed of all plays.
    pub seed: u64,
    /// Whether volumes count everything offered: a variant keeps the factors that were found for the baseline.
    pub scaled: bool,
}

/// The page with its form.
#[must_use]
pub fn what_if_page(opened: &Opened<'_>) -> String {
    let of_queues = |lever: &Lever| !matches!(lever.kind, LeverKind::Agents | LeverKind::Shrinkage);
    let form = Form {
        style: STYLE,
        own_style: include_str!("what_if.css"),
        script: include_str!("what_if.js"),
        title: opened.title,
        file: opened.file,
        queues: parts(opened.levers, of_queues),
        groups: parts(opened.levers, |lever| !of_queues(lever)),
        replications: opened.replications,
        seed: opened.seed.to_string(),
        scaled: opened.scaled,
        version: VERSION,
    };
    secured_asking(&filled("what_if.html", include_str!("what_if.html"), form))
}

/// The levers of a kind, those of one queue or group together.
fn parts(levers: &[Lever], wanted: impl Fn(&Lever) -> bool) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    for (number, lever) in levers.iter().enumerate().filter(|(_, lever)| wanted(lever)) {
        let name = printable(&lever.of).into_owned();
        if parts.last().is_none_or(|part| part.name != name) {
            parts.push(Part { name, fields: Vec::new() });
        }
        if let Some(part) = parts.last_mut() {
            part.fields.push(field(number, lever));
        }
    }
    parts
}

fn field(number: usize, lever: &Lever) -> Field {
    let label = match lever.kind {
        LeverKind::Volume => "Volume".to_owned(),
        LeverKind::HandleTime => "Handle time".to_owned(),
        LeverKind::Patience => "Patience".to_owned(),
        LeverKind::Opening => "Open".to_owned(),
        LeverKind::Shrinkage => "Shrinkage".to_owned(),
        LeverKind::Agents => {
            lever.part.as_ref().map_or("Agents".to_owned(), |part| format!("Agents, {}", printable(part)))
        }
    };
    let (kind, value, most) = match &lever.position {
        Position::Factor(factor) => ("percent", format!("{}", factor * 100.0), 200),
        Position::Agents(agents) => {
            ("agents", agents.to_string(), agents.saturating_mul(2).max(agents.saturating_add(30)))
        }
        Position::Hours(hours) => ("hours", hours.join("; "), 0),
    };
    let said = match lever.kind {
        LeverKind::Opening | LeverKind::Agents => String::new(),
        _ => lever.said.clone(),
    };
    Field { number, label, said, kind, value, most }
}

/// A variant beside its baseline after so many replications, for the page's script.
#[derive(Clone, Debug, Serialize)]
pub struct Picture {
    /// `36 of 100 replications`.
    pub progress: String,
    /// Replications that it rests on.
    pub played: u64,
    /// Replications that are asked for.
    pub asked: u64,
    /// The sentence that matters.
    pub said: String,
    /// The tables, as HTML.
    pub tables: String,
    /// The charts, as SVG within HTML.
    pub charts: Vec<String>,
    /// The key figures without rounding: dotted name, value, half-width.
    pub figures: Vec<(String, f64, Option<f64>)>,
}

#[derive(Serialize)]
struct Beside {
    cell: Cell,
    /// The baseline's value; `None` where nothing is changed.
    baseline: Option<String>,
    difference: Option<String>,
    verdict: &'static str,
    /// What it means for who must decide: `good`, `bad` or nothing.
    tone: &'static str,
}

#[derive(Serialize)]
struct Line {
    name: String,
    under: String,
    sum: bool,
    cells: Vec<Beside>,
}

#[derive(Serialize)]
struct Table {
    title: &'static str,
    head: &'static str,
    columns: Vec<&'static str>,
    lines: Vec<Line>,
}

#[derive(Serialize)]
struct Tables {
    tables: Vec<Table>,
    confidence: String,
    several: bool,
}

/// What a line of a table is about: its path, its name, and its figures at the variant and the baseline.
struct Scope<'r> {
    path: String,
    name: &'r str,
    sum: bool,
    figures: &'r Figures,
    targets: &'r [TargetResult],
    base: Option<&'r Figures>,
}

/// A stage of a play as the page shows it.
#[must_use]
pub fn what_if_picture(stage: &Stage<'_>) -> Picture {
    let shown = readable(stage.variant.unwrap_or(stage.baseline));
    let base = readable(stage.baseline);
    let tables = Tables {
        tables: tables(&shown, &base, &stage.compared),
        confidence: percent(shown.confidence),
        several: stage.replications > 1,
    };
    let beside = stage.variant.map(|_| stage.baseline);
    let of_run = stage.variant.unwrap_or(stage.baseline);
    let figures = stage.compared.iter().filter_map(|compared| {
        let estimate = of_run.figure(&compared.path)?;
        Some((compared.path.clone(), estimate.value, estimate.half_width))
    });
    let (own, base_shown) = (people(of_run), beside.map(people));
    let charts = charts_beside(&own, base_shown.as_deref());
    let (played, asked) = (grouped(stage.replications as f64, 0), grouped(stage.asked as f64, 0));
    Picture {
        progress: format!("{played} of {asked} replications"),
        played: stage.replications,
        asked: stage.asked,
        said: capital(&sentence(of_run)),
        tables: filled("what_if_tables.html", include_str!("what_if_tables.html"), tables),
        charts: charts.iter().take(MOST_DRAWINGS).map(|chart| within_html(&chart.svg())).collect(),
        figures: figures.collect(),
    }
}

fn tables(shown: &Results, base: &Results, compared: &[ComparedFigure]) -> Vec<Table> {
    let mut queues: Vec<Scope<'_>> = Vec::new();
    for queue in &shown.queues {
        let other = base.queues.iter().find(|other| other.name == queue.name);
        queues.push(Scope {
            path: format!("queues.{}", queue.name),
            name: shown.plan.labels.queue(&queue.name),
            sum: false,
            figures: &queue.figures,
            targets: &queue.targets,
            base: other.map(|other| &other.figures),
        });
    }
    queues.push(Scope {
        path: "total".to_owned(),
        name: "total",
        sum: true,
        figures: &shown.total.figures,
        targets: &shown.total.targets,
        base: Some(&base.total.figures),
    });
    let mut groups: Vec<Scope<'_>> = Vec::new();
    for group in &shown.groups {
        let other = base.groups.iter().find(|other| other.name == group.name);
        groups.push(Scope {
            path: format!("groups.{}", group.name),
            name: shown.plan.labels.group(&group.name),
            sum: false,
            figures: &group.figures,
            targets: &[],
            base: other.map(|other| &other.figures),
        });
    }
    groups.push(Scope {
        path: "total".to_owned(),
        name: "total",
        sum: true,
        figures: &shown.all_groups.figures,
        targets: &[],
        base: Some(&base.all_groups.figures),
    });
    const OF_QUEUES: [Figure; 4] =
        [Figure::ServiceLevel, Figure::Wait, Figure::Abandonment, Figure::Resolution];
    const OF_GROUPS: [Figure; 2] = [Figure::Occupancy, Figure::Cost];
    vec![
        table("Queues", "Queue", &OF_QUEUES, &queues, compared),
        table("Groups", "Group", &OF_GROUPS, &groups, compared),
    ]
}

fn table(
    title: &'static str,
    head: &'static str,
    columns: &[Figure],
    scopes: &[Scope<'_>],
    compared: &[ComparedFigure],
) -> Table {
    let seen = |figure: &Figure| scopes.iter().any(|scope| scope.figures.get(*figure).is_some());
    let columns: Vec<Figure> = columns.iter().copied().filter(seen).collect();
    let line = |scope: &Scope<'_>| Line {
        name: scope.name.to_owned(),
        under: scope.targets.iter().map(target_words).collect::<Vec<_>>().join(", "),
        sum: scope.sum,
        cells: columns.iter().map(|figure| beside(scope, *figure, compared)).collect(),
    };
    let lines = scopes.iter().map(line).collect();
    Table { title, head, columns: columns.iter().map(|figure| figure.label()).collect(), lines }
}

fn beside(scope: &Scope<'_>, figure: Figure, compared: &[ComparedFigure]) -> Beside {
    let path = format!("{}.{}", scope.path, figure.name());
    let known = compared.iter().find(|known| known.path == path && known.variants.len() > 1);
    // What is not shown of the total (waits of calls and of e-mails) has no difference either.
    let known = known.filter(|_| scope.figures.get(figure).is_some());
    let verdict = known.and_then(|known| known.verdict(1));
    let unit = figure.unit();
    let at_base = |figures: &Figures| {
        figures.get(figure).map_or(ABSENT.to_owned(), |value| super::wording::amount(unit, value).value)
    };
    Beside {
        cell: cell(scope.figures, scope.targets, figure),
        baseline: known.and(scope.base).map(at_base),
        difference: known.and_then(|known| known.variants[1].difference).map(|by| signed(unit, by)),
        verdict: verdict.map_or("", verdict_name),
        tone: match verdict {
            Some(Verdict::Better) => "kept",
            Some(Verdict::Worse) => "missed",
            _ => "",
        },
    }
}
