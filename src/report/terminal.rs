//! The tables that a manager reads in the terminal.

use crate::figures::{Figure, Results, ScopeResult, Verdict};

use super::journeys;
use super::missed_days::missed_days;
use super::mixed;
use super::shown::shown;
use super::tables::{Column, Line, RunTable, TABLES, scopes};
use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, amount, even_days, percent, shortened, wrapped};

/// The width that [`render`] keeps to, in characters.
pub const WIDTH: usize = 100;

/// Before what missed its target; readable without colour.
const MISSED: &str = "✗ ";

/// Before what neither keeps nor misses its target for sure.
const UNDECIDED: &str = "? ";

/// The tables of a run, [`WIDTH`] characters wide: queues, channels and the total with their
/// targets, groups, cases, and what to know about the numbers.
#[must_use]
pub fn render(results: &Results) -> String {
    render_within(results, WIDTH)
}

/// As [`render`], for a terminal of another width: narrow ones lose columns, then ends of names,
/// but never a digit.
#[must_use]
pub fn render_within(results: &Results, width: usize) -> String {
    let results = &*shown(results);
    let results = &*mixed::readable(results);
    let mut blocks: Vec<String> = Vec::new();
    for table in TABLES {
        let lines = (table.lines)(results);
        if !lines.is_empty() {
            blocks.push(fitted(table, &lines, width));
        }
    }
    blocks.extend(missed_days(results).map(|missed| missed.text(width)));
    blocks.push(legend(results, width));
    let mut text = blocks.join("\n");
    text.push('\n');
    text
}

/// What to know about the numbers; where targets count opening hours, which clock the columns go by.
pub(super) fn notes(results: &Results) -> Vec<String> {
    let by_opening = |scope: &ScopeResult| scope.targets.iter().any(|target| target.open_hours);
    let clock = results.queues.iter().any(by_opening).then(|| {
        "waits and responses are by the clock, nights included; only the targets and shares in time \"of opening \
         hours\" leave closed hours out"
            .to_owned()
    });
    // What stands before any what-if.
    let validated = results.plan.labels.validated.iter().map(|said| format!("validated: {said}"));
    validated.chain(results.notes.iter().cloned()).chain(clock).collect()
}

/// The widest form of a table that fits.
fn fitted(table: &RunTable, lines: &[Line<'_>], width: usize) -> String {
    let occurs = |column: &&Column| lines.iter().any(|line| line.figures.get(column.figure).is_some());
    let on_terminal = |column: &&Column| column.short.is_some();
    let mut columns: Vec<&Column> = table.columns.iter().filter(on_terminal).filter(occurs).collect();
    let mut name_width = 24;
    loop {
        let text = laid_out(table, &columns, lines, name_width);
        let widest = text.lines().map(|line| line.chars().count()).max().unwrap_or(0);
        if widest <= width {
            return text;
        }
        if let Some(next) = columns.iter().filter_map(|column| column.dropped).min() {
            columns.retain(|column| column.dropped != Some(next));
        } else if name_width > 8 {
            name_width -= 4;
        } else {
            return text;
        }
    }
}

fn laid_out(table: &RunTable, columns: &[&Column], lines: &[Line<'_>], name_width: usize) -> String {
    let heads = columns.iter().map(|column| (Align::Right, column.short.unwrap_or_default().to_owned()));
    let mut text = TextTable::new([(Align::Left, table.head.to_owned())].into_iter().chain(heads));
    // Sums are set apart from what they sum.
    let own = lines.iter().filter(|line| !line.sum).count();
    for (row, line) in lines.iter().enumerate() {
        if row == own {
            text.line();
        }
        let mut name = shortened(line.name, name_width);
        let below = line.below(table.below);
        for (index, part) in
            below.lines().flat_map(|below| wrapped(below, name_width).into_iter().enumerate())
        {
            name.push_str(if index == 0 { "\n  " } else { "\n    " });
            name.push_str(&part);
        }
        text.row([name].into_iter().chain(columns.iter().map(|column| figure_cell(line, column.figure))));
    }
    if lines.len() == own {
        text.line();
    }
    text.text() + "\n"
}

/// The value and, below it, its half-width; marked where it does not keep its target.
fn figure_cell(line: &Line<'_>, figure: Figure) -> String {
    let Some(estimate) = line.figures.get(figure) else { return ABSENT.to_owned() };
    let target = line.targets.iter().find(|target| target.figure == figure);
    let amount = amount(figure.unit(), estimate);
    let mark = match target.and_then(|target| target.verdict(line.figures)) {
        Some(Verdict::Missed) => MISSED,
        Some(Verdict::Undecided) => UNDECIDED,
        Some(Verdict::Kept) | None => "",
    };
    match amount.half_width {
        Some(half_width) => format!("{mark}{}\n± {half_width}", amount.value),
        None => format!("{mark}{}", amount.value),
    }
}

/// What the marks mean, what the numbers rest on, and the notes.
fn legend(results: &Results, width: usize) -> String {
    let mut text = String::new();
    let has = |verdict: Verdict| {
        scopes(results)
            .any(|scope| scope.targets.iter().any(|target| target.verdict(&scope.figures) == Some(verdict)))
    };
    if has(Verdict::Missed) {
        text.push_str("✗ target missed. ");
    }
    if has(Verdict::Undecided) {
        text.push_str("? not decided: the interval covers the target, or there is none. ");
    }
    if results.replications > 1 {
        text.push_str(&format!(
            "± half-width of the {} confidence interval of the mean.",
            percent(results.confidence)
        ));
    }
    let plural = if results.replications == 1 { "" } else { "s" };
    text.push_str(&format!("\n{} replication{plural}, seed {}.", results.replications, results.seed));
    if let Some(gain) = even_days(results) {
        text.push_str(&format!("\n{gain}"));
    }
    if results.replications < results.asked {
        text.push_str(&format!(" Interrupted: {} were asked for.", results.asked));
    }
    if let Some(currency) = results
        .plan
        .labels
        .currency
        .as_ref()
        .filter(|_| results.all_groups.figures.get(Figure::Cost).is_some())
    {
        text.push_str(&format!(" Costs are in {currency}."));
    }
    for note in notes(results) {
        text.push('\n');
        text.push_str(&wrapped(&format!("Note: {note}"), width).join("\n"));
    }
    if let Some(journey) = journeys::pointer(results, width) {
        text.push('\n');
        text.push_str(&journey);
    }
    text.trim_start().to_owned()
}
