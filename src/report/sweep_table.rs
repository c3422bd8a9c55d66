//! The terminal's table of a sweep: a row per point.

use crate::figures::{Figure, Unit};

use super::page::capital;
use super::swept::{COLUMNS, Point, Swept};
use super::tables::Column;
use super::terminal::WIDTH;
use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, amount, plain, shortened, wrapped};

/// Points that a terminal shows.
const MOST: usize = 40;

/// The first points of a sweep with their main figures, and the best one in a sentence.
#[must_use]
pub fn sweep_table(swept: &Swept) -> String {
    let shown = &swept.points[..swept.points.len().min(MOST)];
    let seen = |figure: Figure| shown.iter().any(|point| point.figures.get(figure).is_some());
    let on_terminal = |column: &&Column| column.short.is_some() && seen(column.figure);
    let mut columns: Vec<&Column> = COLUMNS.iter().filter(on_terminal).collect();
    let mut text = laid_out(swept, shown, &columns);
    while text.lines().any(|line| line.chars().count() > WIDTH)
        && let Some(next) = columns.iter().filter_map(|column| column.dropped).min()
    {
        columns.retain(|column| column.dropped != Some(next));
        text = laid_out(swept, shown, &columns);
    }
    if swept.count > shown.len() {
        text += &format!("\n{} more points are in sweep.csv.", swept.count - shown.len());
    }
    let below = format!("Of {}; {}. {}", swept.subject(), of_groups(swept), best(swept));
    format!("{text}\n{}\n", wrapped(&below, WIDTH).join("\n"))
}

/// The figures that any point has, in the order of tables.
pub(super) fn figures(swept: &Swept) -> Vec<Figure> {
    let seen = |figure: &Figure| swept.points.iter().any(|point| point.figures.get(*figure).is_some());
    COLUMNS.iter().map(|column| column.figure).filter(seen).collect()
}

/// Which figures are those of all groups.
pub(super) fn of_groups(swept: &Swept) -> &'static str {
    let costs = swept.points.iter().any(|point| point.figures.get(Figure::Cost).is_some());
    if costs { "occupancy and cost of all groups" } else { "occupancy of all groups" }
}

fn laid_out(swept: &Swept, shown: &[Point], columns: &[&Column]) -> String {
    let paths = swept.paths.iter().map(|path| broken(path));
    let kept = swept.with_targets.then(|| "Targets\nkept".to_owned());
    let short = columns.iter().map(|column| column.short.unwrap_or_default().to_owned());
    let heads = ["Point".to_owned()].into_iter().chain(paths).chain(kept).chain(short);
    let mut table = TextTable::new(heads.map(|head| (Align::Right, head)));
    for point in shown {
        let settings = point.settings.iter().map(|value| shortened(value, 16));
        let kept = swept.with_targets.then(|| targets_kept(point));
        let figures = columns.iter().map(|column| figure_text(point, column.figure));
        table.row([point.number.to_string()].into_iter().chain(settings).chain(kept).chain(figures));
    }
    table.line();
    table.text()
}

/// A path in lines, broken at its dots.
fn broken(path: &str) -> String {
    let mut lines: Vec<String> = Vec::new();
    for part in path.split_inclusive('.') {
        match lines.last_mut().filter(|line| line.chars().count() + part.chars().count() <= 14) {
            Some(line) => line.push_str(part),
            None => lines.push(shortened(part, 18)),
        }
    }
    lines.join("\n")
}

fn figure_text(point: &Point, figure: Figure) -> String {
    let Some(estimate) = point.figures.get(figure) else { return ABSENT.to_owned() };
    let amount = amount(figure.unit(), estimate);
    match amount.half_width.filter(|_| figure == Figure::ServiceLevel) {
        Some(half_width) => format!("{} ± {half_width}", amount.value),
        None => amount.value,
    }
}

/// `4 of 5`, and how many of the rest are missed or not decided.
pub(super) fn targets_kept(point: &Point) -> String {
    let targets = &point.targets;
    let mut text = format!("{} of {}", targets.kept, targets.all());
    if targets.undecided > 0 {
        text += &format!(", {} open", targets.undecided);
    }
    text
}

/// The targets that a recommended point keeps, as the object of a sentence.
fn all_targets(swept: &Swept, count: usize) -> String {
    match (count, &swept.target) {
        (1, Some(target)) => target.words.clone(),
        (1, None) => "its target".to_owned(),
        (2, _) => "both targets".to_owned(),
        _ => format!("all {count} targets"),
    }
}

/// The point to take, in a sentence or two: the cheapest at which every queue keeps every target, not
/// by chance. Without targets the highest service level; empty where none was counted.
pub(super) fn best(swept: &Swept) -> String {
    let Some(any) = swept.best.as_ref().or(swept.nearest.as_ref()) else { return highest(swept) };
    let of = |point: &Point, figure: Figure, words: &str| {
        let value = point.figures.value(figure);
        value.map_or_else(String::new, |value| format!("{words}{}", said(swept, figure, value)))
    };
    let cost = |point: &Point| of(point, Figure::Cost, " at a cost of ");
    let level = |point: &Point| of(point, Figure::ServiceLevel, ", service level ");
    let at = |point: &Point| format!("point {} ({})", point.number, swept.settings(point));
    let all = all_targets(swept, any.targets.all());
    let mut text = match (&swept.best, &swept.nearest) {
        (Some(best), _) if best.figures.get(Figure::Cost).is_some() => {
            format!("The cheapest point that keeps {all} is {}{}{}.", at(best), cost(best), level(best))
        }
        (Some(best), _) => {
            let also = match swept.keeping - 1 {
                0 => String::new(),
                1 => "; so does one more".to_owned(),
                more => format!("; so do {more} more"),
            };
            let at = capital(&at(best));
            format!("{at} keeps {all}{}{also}.", level(best))
        }
        (None, Some(nearest)) if nearest.targets.missed > 0 => {
            let queues = swept.failing(nearest);
            format!(
                "No point keeps {all}. {} misses fewest: {} of {} ({queues}){}.",
                capital(&at(nearest)),
                nearest.targets.missed,
                nearest.targets.all(),
                cost(nearest)
            )
        }
        _ => format!("No point is known to keep {all}."),
    };
    // What may do, and is cheaper, is worth more replications.
    let price = |point: &Point| point.figures.value(Figure::Cost);
    if let Some(open) = swept.open.as_ref()
        && swept.best.as_ref().is_none_or(|best| price(open) < price(best))
    {
        let plural = if swept.about.replications() == 1 { "" } else { "s" };
        text += &format!(
            " {}{} misses none, but {} of {} {} not decided at {} replication{plural}.",
            capital(&at(open)),
            cost(open),
            open.targets.undecided,
            open.targets.all(),
            if open.targets.undecided == 1 { "is" } else { "are" },
            swept.about.replications()
        );
    }
    text
}

/// A figure in a sentence, money with its sign.
fn said(swept: &Swept, figure: Figure, value: f64) -> String {
    let text = plain(figure.unit(), value);
    if figure.unit() == Unit::Money { swept.about.labels.money(&text) } else { text }
}

fn highest(swept: &Swept) -> String {
    let Some(highest) = &swept.highest else { return String::new() };
    let of = |figure: Figure| highest.figures.value(figure).map(|value| said(swept, figure, value));
    let cost = of(Figure::Cost).map_or_else(String::new, |cost| format!(" at a cost of {cost}"));
    format!(
        "The highest service level is {}{cost}, at point {} ({}).",
        of(Figure::ServiceLevel).unwrap_or_default(),
        highest.number,
        swept.settings(highest)
    )
}
