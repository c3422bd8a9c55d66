//! Figures of whole weeks in single replications: the pair of sums that each is a ratio of.

use crate::estimate::Terms;
use crate::model::Model;
use crate::observations::Observations;

use super::Figure;
use super::declared::Line;
use super::row_probe::terms;
use super::tally::{self, ROW_LEN};
use super::vectors::day_counts;

/// Takes figures of every queue's weeks from single replications, counted from the first reported day.
#[derive(Clone, Copy, Debug)]
pub struct WeekProbe {
    /// How many weeks.
    pub weeks: usize,
}

impl WeekProbe {
    /// What is taken.
    pub const FIGURES: [Figure; 3] = [Figure::ServiceLevel, Figure::Abandonment, Figure::Offered];

    /// The pairs of one replication: week by week, the customers' queues in file order, the figures in their order.
    #[must_use]
    pub fn take(self, seen: &Observations, model: &Model) -> Vec<Terms> {
        let mut stays = [0.0; ROW_LEN];
        let mut all = Vec::with_capacity(self.weeks * model.queue_order.len() * WeekProbe::FIGURES.len());
        for week in 0..self.weeks {
            for &queue in &model.queue_order {
                let mut sum = Terms::default();
                let mut weeks = [sum; WeekProbe::FIGURES.len()];
                for day in 7 * week..7 * week + 7 {
                    let counts = day_counts(&seen.queues[queue.index()], model, day);
                    tally::stay_values(&counts, model, queue, &mut stays);
                    for (week, figure) in weeks.iter_mut().zip(WeekProbe::FIGURES) {
                        let day = terms(figure, Line::Row, &stays).unwrap_or_default();
                        sum = Terms { over: week.over + day.over, under: week.under + day.under };
                        *week = sum;
                    }
                }
                // A count is that of the week, not of a day of it.
                for (week, figure) in weeks.iter_mut().zip(WeekProbe::FIGURES) {
                    if figure == Figure::Offered {
                        week.under = 1.0;
                    }
                }
                all.extend(weeks);
            }
        }
        all
    }
}
