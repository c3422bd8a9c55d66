//! `states.csv`: how long how many waited, were busy or were to be heard of again; `work.csv`: which queues take which
//! group's time.

use crate::experiment::States;
use crate::figures::Estimate;

use super::log_file::{Cell, Column, LogFormat, head, lines};

/// The columns of `states.csv`, in their order.
pub const STATE_COLUMNS: &[Column] = &[
    ("scope", "`queue`, `follow_up`, `total`, `group` or `all_groups`"),
    ("name", "which one"),
    (
        "measure",
        "`waiting`: contacts that wait; `busy`: agents at work, of a queue on its contacts; `to_return`: customers \
         who will get in touch again there; `to_call_back`: customers who hung up and will be called back",
    ),
    ("number", "so many"),
    ("share", "the share of the reported time at this number"),
    ("share_half_width", "of its interval; empty with one replication"),
];

/// The columns of `work.csv`, in their order.
pub const WORK_COLUMNS: &[Column] = &[
    ("group", "the group"),
    ("queue", "the queue, or the follow-up"),
    ("contacts", "contacts that the group takes up, a replication"),
    ("contacts_half_width", "of its interval"),
    (
        "hours",
        "hours of its agents, a replication; who has several things open at once divides the time evenly",
    ),
    ("hours_half_width", "of its interval"),
    ("of_group", "of all the group's working time the share for this queue"),
    ("of_group_half_width", "of its interval"),
    ("of_queue", "of all agents' time for the queue the share of this group"),
    ("of_queue_half_width", "of its interval"),
];

fn pair(estimate: Estimate) -> [Cell; 2] {
    [Cell::number(estimate.value), Cell::maybe(estimate.half_width, Cell::number)]
}

/// The whole of `states.csv`.
#[must_use]
pub fn states_file(states: &States, format: LogFormat) -> Vec<u8> {
    let rows = states.shares.iter().map(|line| {
        let first = [line.scope, &line.name, line.measure.name()].map(Cell::text);
        first.into_iter().chain([Cell::number(line.number)]).chain(pair(line.share)).collect()
    });
    let mut file = head(STATE_COLUMNS, format);
    file.extend(lines(STATE_COLUMNS, rows, format));
    file
}

/// The whole of `work.csv`.
#[must_use]
pub fn work_file(states: &States, format: LogFormat) -> Vec<u8> {
    let rows = states.work.iter().map(|line| {
        let figures = [line.contacts, line.hours, line.of_group, line.of_queue];
        let first = [&line.group, &line.queue].map(|name| Cell::text(name));
        first.into_iter().chain(figures.into_iter().flat_map(pair)).collect()
    });
    let mut file = head(WORK_COLUMNS, format);
    file.extend(lines(WORK_COLUMNS, rows, format));
    file
}
