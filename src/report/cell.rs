//! What stands in the cells of a table, whatever it is written to: a CSV file or a sheet of a workbook.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::figures::{Estimate, Unit};
use crate::units::Span;

/// A cell.
#[derive(Clone, Debug)]
pub(super) enum Cell<'a> {
    /// Nothing was observed, or it does not apply.
    Nothing,
    Text(Cow<'a, str>),
    Number(f64, Form),
    When(When<'a>),
}

/// What a number is, for those who show it with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// A whole number.
    Whole,
    /// A number without unit.
    Plain,
    Value(Unit),
    HalfWidth(Unit),
    /// It may be below nothing.
    Difference(Unit),
}

/// A row of time.
#[derive(Clone, Debug)]
pub(super) struct When<'a> {
    pub(super) label: &'a str,
    pub(super) date: Option<Date>,
    pub(super) weekday: Option<&'static str>,
    /// Since midnight; none for whole days.
    pub(super) time: Option<Span>,
}

/// The head of a column.
#[derive(Clone, Debug)]
pub(super) struct Head {
    pub(super) name: Cow<'static, str>,
    /// Whether its cells are rows of time.
    pub(super) when: bool,
}

/// What takes a table: its head once, then its rows. A table without a head has nothing to say.
pub(super) trait Sink {
    fn head(&mut self, heads: Vec<Head>);
    fn row(&mut self, cells: Vec<Cell<'_>>);
}

/// A table of results `T` that is a file of its own: its name, and what writes it.
pub(super) struct FileTable<T>(pub(super) &'static str, pub(super) fn(&T, &mut dyn Sink));

impl Head {
    pub(super) fn of(name: impl Into<Cow<'static, str>>) -> Head {
        Head { name: name.into(), when: false }
    }

    pub(super) fn when(name: &'static str) -> Head {
        Head { name: name.into(), when: true }
    }

    /// Several.
    pub(super) fn all<const N: usize>(names: [&'static str; N]) -> Vec<Head> {
        names.map(Head::of).into()
    }
}

impl<'a> Cell<'a> {
    pub(super) fn text(text: impl Into<Cow<'a, str>>) -> Cell<'a> {
        Cell::Text(text.into())
    }

    pub(super) fn number(value: Option<f64>, form: Form) -> Cell<'a> {
        value.map_or(Cell::Nothing, |value| Cell::Number(value, form))
    }

    pub(super) fn whole(number: u64) -> Cell<'a> {
        Cell::Number(number as f64, Form::Whole)
    }

    pub(super) fn seconds(seconds: f64) -> Cell<'a> {
        Cell::Number(seconds, Form::Value(Unit::Seconds))
    }

    /// A value and its half-width.
    pub(super) fn pair(unit: Unit, estimate: Option<Estimate>) -> [Cell<'a>; 2] {
        [
            Cell::number(estimate.map(|e| e.value), Form::Value(unit)),
            Cell::number(estimate.and_then(|e| e.half_width), Form::HalfWidth(unit)),
        ]
    }
}
