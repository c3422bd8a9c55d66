//! A capacity plan as a page: people and targets as charts, and all weeks.

use serde::Serialize;

use crate::experiment::{Capacity, GroupWeek};
use crate::units::printable;

use super::capacity::{answer, lines, over, share, signed, tenths};
use super::charts;
use super::page::{Drawing, SORT, STYLE, drawings, rendered};
use super::shown::Shown;
use super::summary::VERSION;
use super::wording::grouped;

#[derive(Serialize)]
struct Table {
    name: String,
    heads: Vec<String>,
    rows: Vec<(String, Vec<String>)>,
}

/// Everything that the template asks for.
#[derive(Serialize)]
struct Page {
    style: &'static str,
    script: &'static str,
    title: String,
    headline: Vec<String>,
    good: bool,
    drawings: Vec<Drawing>,
    tables: Vec<Table>,
    version: &'static str,
}

/// The page; `title` is the scenario's.
#[must_use]
pub fn capacity_page(capacity: &Capacity, title: &str) -> String {
    let capacity = &*capacity.shown();
    let weeks = 0..capacity.weeks.len();
    let mut tables = Vec::new();
    let total = |week: usize| capacity.total(week);
    match capacity.groups.as_slice() {
        [only] => tables.push(table(capacity, &only.name, &total, true)),
        groups => {
            tables.push(table(capacity, "All groups", &total, true));
            tables.extend(
                groups.iter().map(|group| table(capacity, &group.name, &|week| group.weeks[week], false)),
            );
        }
    }
    let page = Page {
        style: STYLE,
        script: SORT,
        title: format!("Capacity plan: {}", if title.is_empty() { "weeks ahead" } else { title }),
        headline: answer(capacity),
        good: weeks.clone().all(|week| capacity.total(week).gap().is_some_and(|gap| gap > -0.05)),
        drawings: drawings(&charts::capacity_charts(capacity)).0,
        tables,
        version: VERSION,
    };
    rendered("capacity_page.html", include_str!("capacity_page.html"), page)
}

fn table(capacity: &Capacity, name: &str, of: &dyn Fn(usize) -> GroupWeek, whole: bool) -> Table {
    let aims = if whole { capacity.aims.as_slice() } else { &[] };
    let several = aims.iter().any(|aim| aim.queue != aims[0].queue);
    let levels = aims.iter().map(|aim| match several {
        true => format!("{}, {}", aim.figure.label(), aim.queue),
        false => aim.figure.label().to_owned(),
    });
    let heads = ["Required", "Available", "Gap", "Paid", "Heads", "Hired", "Leave"].map(str::to_owned);
    let contacts = whole.then(|| "Contacts".to_owned());
    let row = |(week, line): (usize, super::capacity::Line)| {
        let own = over(&line, of);
        let numbers = [
            tenths(own.required),
            tenths(Some(own.available)),
            signed(own.gap()),
            tenths(Some(own.paid)),
            tenths(Some(own.people.heads)),
            grouped(own.people.hired, 0),
            tenths(Some(own.people.left)),
        ];
        let contacts = whole.then(|| grouped(capacity.contacts[week], 0));
        let expected = aims.iter().map(|aim| share(aim.expected[week]));
        (line.from.to_string(), contacts.into_iter().chain(numbers).chain(expected).collect())
    };
    Table {
        name: printable(name).into_owned(),
        heads: contacts.into_iter().chain(heads).chain(levels).collect(),
        rows: lines(capacity, false).into_iter().enumerate().map(row).collect(),
    }
}
