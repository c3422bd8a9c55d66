//! Figures of single days, and of hours of all days, in single replications: the pair of sums that each is a ratio of.

use crate::estimate::Terms;
use crate::model::{Model, Rows};
use crate::observations::{Counts, Observations};
use crate::units::Span;

use super::Figure;
use super::declared::Line;
use super::row_probe::terms;
use super::tally::{self, ROW_LEN};

/// A part of the reported time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slice {
    /// A day, from 0.
    Day(usize),
    /// An hour of the day, of all days together.
    Hour(u64),
}

impl Slice {
    /// All of them: days that can be told apart (none where rows are weekdays' times), then hours (none without a calendar).
    #[must_use]
    pub fn all(model: &Model) -> Vec<Slice> {
        let days = if model.rows.kind == Rows::Each { model.rows.days } else { 0 };
        let hours = if model.calendar.start().is_some() { 24 } else { 0 };
        (0..days).map(Slice::Day).chain((0..hours).map(Slice::Hour)).collect()
    }

    fn has(self, row: usize, model: &Model) -> bool {
        match self {
            Slice::Day(day) => model.rows.of_day(day).contains(&row),
            Slice::Hour(hour) => model.rows.begins(row).1.micros() / Span::HOUR.micros() == hour,
        }
    }
}

/// Takes figures of every queue's slices from single replications.
#[derive(Clone, Copy, Debug)]
pub struct SliceProbe;

impl SliceProbe {
    /// What is taken.
    pub const FIGURES: [Figure; 3] = [Figure::ServiceLevel, Figure::Wait, Figure::Abandonment];

    /// The pairs of one replication: slice by slice, the customers' queues in file order, the figures in their order.
    #[must_use]
    pub fn take(self, seen: &Observations, model: &Model) -> Vec<Terms> {
        let mut stays = [0.0; ROW_LEN];
        let mut all = Vec::new();
        for slice in Slice::all(model) {
            let rows: Vec<usize> = (0..model.rows.count).filter(|row| slice.has(*row, model)).collect();
            for &queue in &model.queue_order {
                let mut sum = Counts::default();
                rows.iter().for_each(|row| sum += &seen.queues[queue.index()].rows[*row]);
                tally::stay_values(&sum, model, queue, &mut stays);
                let of = |figure| terms(figure, Line::Row, &stays).unwrap_or_default();
                all.extend(SliceProbe::FIGURES.map(of));
            }
        }
        all
    }
}
