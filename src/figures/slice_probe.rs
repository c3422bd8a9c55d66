//! Figures of single days in single replications: the pair of sums that each is a ratio of.

use crate::estimate::Terms;
use crate::model::{Model, Rows};
use crate::observations::{Counts, Observations};

use super::Figure;
use super::declared::Line;
use super::row_probe::terms;
use super::tally::{self, ROW_LEN};

/// Takes figures of every queue's days from single replications.
#[derive(Clone, Copy, Debug)]
pub struct DayProbe;

impl DayProbe {
    /// What is taken.
    pub const FIGURES: [Figure; 3] = [Figure::ServiceLevel, Figure::Wait, Figure::Abandonment];

    /// The days that can be told apart: none where rows are weekdays' times.
    #[must_use]
    pub fn days(model: &Model) -> usize {
        if model.rows.kind == Rows::Each { model.rows.days } else { 0 }
    }

    /// The pairs of one replication: day by day, the customers' queues in file order, the figures in their order.
    #[must_use]
    pub fn take(self, seen: &Observations, model: &Model) -> Vec<Terms> {
        let mut stays = [0.0; ROW_LEN];
        let mut all = Vec::new();
        for day in 0..DayProbe::days(model) {
            for &queue in &model.queue_order {
                let mut sum = Counts::default();
                seen.queues[queue.index()].rows[model.rows.of_day(day)].iter().for_each(|row| sum += row);
                tally::stay_values(&sum, model, queue, &mut stays);
                let of = |figure| terms(figure, Line::Row, &stays).unwrap_or_default();
                all.extend(DayProbe::FIGURES.map(of));
            }
        }
        all
    }
}
