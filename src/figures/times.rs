//! One replication's times of some queues, in the bins that percentiles are read from.

use crate::estimate::{FineHistogram, PooledBins};
use crate::observations::{Count, Observations};

use super::declared::Times;

impl Times {
    /// Of these queues together.
    pub(super) fn pooled(self, seen: &Observations, queues: &[usize]) -> PooledBins {
        let mut bins = PooledBins::default();
        for &queue in queues {
            let queue = &seen.queues[queue];
            let ended = |count: Count| queue.rows[..queue.rows.len() - 1].iter().map(|row| row[count]).sum();
            // Who was called back did not wait on the line.
            let answered = || ended(Count::Answered) - ended(Count::ByCallback);
            if matches!(self, Times::WaitsOfAll | Times::WaitsOfAnswered) {
                add_waits(&mut bins, &queue.answered, answered());
            }
            if matches!(self, Times::WaitsOfAll | Times::WaitsOfAbandoned) {
                add_waits(&mut bins, &queue.abandoned, ended(Count::Abandoned));
            }
            if self == Times::Responses {
                bins.add(&queue.responses);
            }
        }
        bins
    }
}

/// Waits above zero from a histogram, and the others of so many in the first bin.
fn add_waits(bins: &mut PooledBins, waits: &FineHistogram, all: u64) {
    let before = bins.total();
    bins.add(waits);
    bins.count(0, all - (bins.total() - before));
}
