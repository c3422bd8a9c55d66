//! `report.html` of a sweep: what was swept, the best point, charts and a table of points.

use std::borrow::Cow;

use serde::Serialize;

use crate::figures::Figure;

use super::charts::Chart;
use super::page::{Drawing, SORT, STYLE, drawings, rendered};
use super::shown::head;
use super::summary::VERSION;
use super::sweep_table::{best, of_groups, targets_kept};
use super::swept::{COLUMNS, MOST_DRAWN, MOST_TABLED, Point, Swept};
use super::wording::{ABSENT, amount, grouped, percent, shortened};

/// Values of a path that are named one by one.
const MOST_VALUES: usize = 24;

#[derive(Serialize)]
struct Cell {
    value: String,
    half_width: Option<String>,
}

#[derive(Serialize)]
struct Line {
    number: u64,
    best: bool,
    settings: Vec<String>,
    targets: Option<Kept>,
    cells: Vec<Cell>,
}

/// How the targets of a point stand.
#[derive(Serialize)]
struct Kept {
    text: String,
    missed: Option<String>,
    all: bool,
}

/// Everything that the template asks for.
#[derive(Serialize)]
struct Page {
    style: &'static str,
    script: &'static str,
    title: String,
    headline: String,
    good: bool,
    points: String,
    swept: Vec<String>,
    subject: String,
    of_groups: &'static str,
    paths: Vec<String>,
    targets: bool,
    columns: Vec<Cow<'static, str>>,
    lines: Vec<Line>,
    lines_left_out: Option<String>,
    too_many: bool,
    most_drawn: String,
    drawings: Vec<Drawing>,
    definitions: Vec<(&'static str, &'static str)>,
    replications: String,
    several: bool,
    seed: String,
    confidence: String,
    version: &'static str,
}

/// The page. The charts are those of [`super::charts::sweep_charts`].
pub(super) fn page(swept: &Swept, charts: &[Chart]) -> String {
    let about = &swept.about;
    let tabled = &swept.points[..swept.points.len().min(MOST_TABLED)];
    let seen = |figure: &Figure| tabled.iter().any(|point| point.figures.get(*figure).is_some());
    let figures: Vec<Figure> = COLUMNS.into_iter().map(|column| column.figure).filter(seen).collect();
    let without = swept.highest.as_ref().filter(|_| !swept.with_targets);
    let chosen = swept.best.as_ref().or(without).map(|point| point.number);
    let kept = |point: &Point| Kept {
        text: targets_kept(point),
        missed: (point.targets.missed > 0).then(|| swept.failing(point)),
        all: point.targets.keeps_all(),
    };
    let line = |point: &Point| Line {
        number: point.number,
        best: Some(point.number) == chosen,
        settings: point.settings.iter().map(|value| shortened(value, 40)).collect(),
        targets: swept.with_targets.then(|| kept(point)),
        cells: figures.iter().map(|figure| cell(point, *figure)).collect(),
    };
    let page = Page {
        style: STYLE,
        script: SORT,
        title: format!("Sweep: {}", if about.title().is_empty() { "simulation" } else { about.title() }),
        headline: best(swept),
        good: swept.keeping > 0 || !swept.with_targets,

        points: grouped(swept.count as f64, 0),
        swept: what(swept),
        subject: swept.subject(),
        of_groups: of_groups(swept),
        // A head may break at its dots.
        paths: swept.paths.iter().map(|path| path.replace('.', ".\u{200b}")).collect(),
        targets: swept.with_targets,
        columns: figures.iter().map(|figure| head(*figure, &about.labels)).collect(),
        lines: tabled.iter().map(line).collect(),
        lines_left_out: (swept.count > tabled.len()).then(|| grouped(tabled.len() as f64, 0)),
        too_many: swept.too_many(),
        most_drawn: grouped(MOST_DRAWN as f64, 0),
        drawings: drawings(charts).0,
        definitions: figures.iter().map(|figure| (figure.label(), figure.meaning())).collect(),
        replications: format!(
            "{}{}",
            if about.precise() { "at least " } else { "" },
            grouped(about.replications() as f64, 0)
        ),
        several: about.replications() > 1,
        seed: about.seed().to_string(),
        confidence: percent(about.confidence()),
        version: VERSION,
    };
    rendered("sweep_page.html", include_str!("sweep_page.html"), page)
}

/// What was swept, a line a path.
fn what(swept: &Swept) -> Vec<String> {
    if swept.too_many() {
        return swept.about.swept().to_vec();
    }
    let line = |(place, path): (usize, &String)| {
        let values = swept.values(place);
        if values.len() <= MOST_VALUES {
            return format!("{path}: {}", values.join(", "));
        }
        let numbers = swept.numbers(place).map(|(numbers, _)| numbers).unwrap_or_default();
        let pairs =
            || numbers.iter().zip(&swept.points).map(|(number, point)| (number, &point.settings[place]));
        let least = pairs().min_by(|a, b| a.0.total_cmp(b.0));
        let ends = least.zip(pairs().max_by(|a, b| a.0.total_cmp(b.0)));
        let ends = ends.map_or_else(String::new, |(least, most)| format!(" from {} to {}", least.1, most.1));
        format!("{path}: {} values{ends}", values.len())
    };
    swept.paths.iter().enumerate().map(line).collect()
}

fn cell(point: &Point, figure: Figure) -> Cell {
    match point.figures.get(figure) {
        None => Cell { value: ABSENT.to_owned(), half_width: None },
        Some(estimate) => {
            let amount = amount(figure.unit(), estimate);
            Cell { value: amount.value, half_width: amount.half_width }
        }
    }
}
