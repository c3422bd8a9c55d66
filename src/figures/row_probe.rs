//! Figures of chosen intervals in single replications: the pair of sums that each is a ratio of.

use crate::estimate::Terms;
use crate::model::Model;
use crate::observations::{GroupCounts, Observations};
use crate::units::QueueId;

use super::Figure;
use super::declared::{Formula, Line, Terms as Form};
use super::tally::{self, ROW_LEN};

/// Takes figures of intervals from single replications. A figure of agents is that of all groups that serve
/// the queue.
#[derive(Clone, Debug)]
pub struct RowProbe {
    figures: Vec<Figure>,
    rows: Vec<(QueueId, usize)>,
}

impl RowProbe {
    /// For counts, shares and means of rows of queues.
    #[must_use]
    pub fn new(figures: &[Figure], rows: Vec<(QueueId, usize)>) -> RowProbe {
        RowProbe { figures: figures.to_vec(), rows }
    }

    /// How many pairs a replication has.
    #[must_use]
    pub fn len(&self) -> usize {
        self.rows.len() * self.figures.len()
    }

    /// Whether nothing is taken.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The pairs of one replication: row by row, the figures in their order.
    #[must_use]
    pub fn take(&self, seen: &Observations, model: &Model) -> Vec<Terms> {
        let mut stays = [0.0; ROW_LEN];
        let mut all = Vec::with_capacity(self.len());
        for &(queue, row) in &self.rows {
            tally::stay_values(&seen.queues[queue.index()].rows[row], model, queue, &mut stays);
            let mut groups = GroupCounts::default();
            for group in model.abilities.served_by(queue) {
                groups += &seen.groups[group.index()][row];
            }
            let groups = tally::group_values(&groups);
            all.extend(self.figures.iter().map(|figure| {
                terms(*figure, Line::Row, &stays)
                    .or_else(|| terms(*figure, Line::GroupRow, &groups))
                    .unwrap_or_default()
            }));
        }
        all
    }
}

/// What a figure is a ratio of: of a count, over 1.
pub(super) fn terms(figure: Figure, line: Line, values: &[f64]) -> Option<Terms> {
    let sum = |form: Form| form.iter().map(|&(at, weight)| weight * values[at]).sum::<f64>();
    match figure.counted_at(line)?.formula {
        Formula::Ratio(over, under) => Some(Terms { over: sum(over), under: sum(under) }),
        Formula::Count(form) => Some(Terms { over: sum(form), under: 1.0 }),
        _ => None,
    }
}
