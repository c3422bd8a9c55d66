//! `replications.csv`: a row per replication and figure.

use crate::experiment::{EachReplication, SingleFigure};
use crate::figures::Results;

use super::log_file::{Cell, Column, LogFormat, head, lines};

/// The columns, in their order.
pub const REPLICATION_COLUMNS: &[Column] = &[
    ("replication", "the replication, from 1"),
    ("scope", "`queue`, `channel`, `total`, `follow_up`, `group` or `all_groups`"),
    ("name", "which one"),
    ("figure", "the figure's name, as in [figures.md](figures.md)"),
    ("value", "its value in this replication alone; without observations there is no row"),
];

/// The whole file.
#[must_use]
pub fn replications_file(results: &Results, each: &[Vec<SingleFigure>], format: LogFormat) -> Vec<u8> {
    let of = EachReplication::lines(results);
    let rows = each.iter().zip(1_u64..).flat_map(|(figures, replication)| {
        let of = &of;
        figures.iter().map(move |single| {
            let (scope, name) = &of[usize::from(single.line)];
            vec![
                Cell::number(replication),
                Cell::text(scope),
                Cell::text(name),
                Cell::text(single.figure.name()),
                Cell::number(single.value),
            ]
        })
    });
    let mut file = head(REPLICATION_COLUMNS, format);
    file.extend(lines(REPLICATION_COLUMNS, rows, format));
    file
}
