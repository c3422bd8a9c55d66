//! The terminal's table of a sweep: a row per point.

use comfy_table::{Cell, CellAlignment, Table, presets};

use crate::figures::Figure;

use super::swept::{Point, Swept};
use super::terminal::WIDTH;
use super::wording::{ABSENT, amount, plain, shortened, wrapped};

/// Points that a terminal shows.
const MOST: usize = 40;

const COLUMNS: [(&str, Figure); 6] = [
    ("Service\nlevel", Figure::ServiceLevel),
    ("Mean\nwait", Figure::Wait),
    ("Aban-\ndoned", Figure::Abandonment),
    ("Resolved", Figure::Resolution),
    ("Occu-\npancy", Figure::Occupancy),
    ("Cost", Figure::Cost),
];

/// The first points of a sweep with their main figures, and the best one in a sentence.
#[must_use]
pub fn sweep_table(swept: &Swept) -> String {
    let shown = &swept.points[..swept.points.len().min(MOST)];
    let seen = |figure: Figure| shown.iter().any(|point| point.figures.get(figure).is_some());
    let columns: Vec<(&str, Figure)> = COLUMNS.into_iter().filter(|(_, figure)| seen(*figure)).collect();
    let mut columns = columns;
    let mut text = laid_out(swept, shown, &columns);
    for drop in [Figure::Resolution, Figure::Occupancy, Figure::Abandonment] {
        if text.lines().any(|line| line.chars().count() > WIDTH) {
            columns.retain(|(_, figure)| *figure != drop);
            text = laid_out(swept, shown, &columns);
        }
    }
    if swept.count > shown.len() {
        text += &format!("\n{} more points are in sweep.csv.", swept.count - shown.len());
    }
    let below = format!("Of {}; {}. {}", swept.subject(), of_groups(swept), best(swept));
    format!("{text}\n{}\n", wrapped(&below, WIDTH).join("\n"))
}

/// Which figures are those of all groups.
pub(super) fn of_groups(swept: &Swept) -> &'static str {
    let costs = swept.points.iter().any(|point| point.figures.get(Figure::Cost).is_some());
    if costs { "occupancy and cost of all groups" } else { "occupancy of all groups" }
}

fn laid_out(swept: &Swept, shown: &[Point], columns: &[(&str, Figure)]) -> String {
    let mut table = Table::new();
    table.load_style(presets::UTF8_HORIZONTAL_ONLY);
    let right = |text: String| Cell::new(text).set_alignment(CellAlignment::Right);
    let paths = swept.paths.iter().map(|path| right(broken(path)));
    let heads = columns.iter().map(|(head, _)| right((*head).to_owned()));
    table.set_header([right("Point".to_owned())].into_iter().chain(paths).chain(heads));
    for point in shown {
        let settings = point.settings.iter().map(|value| right(shortened(value, 16)));
        let figures = columns.iter().map(|(_, figure)| right(figure_text(point, *figure)));
        table.add_row([right(point.number.to_string())].into_iter().chain(settings).chain(figures));
    }
    // The lines between rows say nothing here: only those of the head and of the end stay.
    let mut rules = 0;
    let text = table.trim_fmt();
    let count = text.lines().filter(|line| line.starts_with('─')).count();
    let kept = text.lines().filter(|line| {
        rules += usize::from(line.starts_with('─'));
        !line.starts_with('─') || rules < 2 || rules == count
    });
    kept.collect::<Vec<_>>().join("\n")
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

/// Which point is the best, in a sentence or two; empty where no service level was counted.
pub(super) fn best(swept: &Swept) -> String {
    let Some(highest) = &swept.highest else { return String::new() };
    let level = |point: &Point| {
        let value = point.figures.value(Figure::ServiceLevel);
        value.map_or_else(String::new, |value| plain(Figure::ServiceLevel.unit(), value))
    };
    let cost = |point: &Point| {
        let value = point.figures.value(Figure::Cost);
        value.map_or_else(String::new, |value| format!(" at a cost of {}", plain(Figure::Cost.unit(), value)))
    };
    let mut text = format!(
        "The highest service level is {}{}, at point {} ({}).",
        level(highest),
        cost(highest),
        highest.number,
        swept.settings(highest)
    );
    match (&swept.promise, &swept.cheapest) {
        (Some(promise), Some(cheapest)) if cheapest.number != highest.number => {
            text = format!(
                "The cheapest point that keeps {} is point {} ({}): {}{}. {text}",
                promise.words,
                cheapest.number,
                swept.settings(cheapest),
                level(cheapest),
                cost(cheapest)
            );
        }
        (Some(promise), _) => {
            let value = highest.figures.value(Figure::ServiceLevel).unwrap_or(0.0);
            if value < promise.share {
                text += &format!(" No point keeps {}.", promise.words);
            }
        }
        _ => {}
    }
    text
}
