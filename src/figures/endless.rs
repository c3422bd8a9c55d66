//! Work without end: how long any of it has waited means nothing.

use super::declared::Waiting;
use super::results::{Figures, ScopeResult};

/// Takes out what an unlimited backlog has no value of: waits, queues, responses and their targets.
pub(super) fn strip(scope: &mut ScopeResult) {
    let keep = |figures: &mut Figures| figures.0.retain(|(figure, _)| figure.waiting() == Waiting::Apart);
    keep(&mut scope.figures);
    scope.by_kind.iter_mut().for_each(|kind| keep(&mut kind.figures));
    for row in scope.rows.iter_mut().chain(&mut scope.days) {
        keep(&mut row.figures);
        row.ribbons.retain(|(figure, _)| figure.waiting() == Waiting::Apart);
    }
    scope.wait_tail.clear();
    scope.outcomes.solved_by.clear();
    scope.outcomes.lost_by.clear();
    scope.backlog = None;
}
