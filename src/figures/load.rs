//! Offered load where some work is done much later than it arrives.
//!
//! What came in an interval may all still lie there, so the interval knows no handle time; and of the
//! total's contacts, those handled are not like those that came. So deferred queues and those of
//! messages take the handle time of their whole reported time, and sums add their queues' loads.

use super::Figure;
use super::interval::Estimate;
use super::results::{Figures, ScopeResult};

fn set(figures: &mut Figures, load: Option<Estimate>) {
    figures.0.retain(|(figure, _)| *figure != Figure::Load);
    figures.0.extend(load.map(|load| (Figure::Load, load)));
    figures.0.sort_by_key(|(figure, _)| *figure);
}

/// The load of rows from what they are offered; `seconds` of the whole.
///
/// A row knows nothing of the whole's handle time, so their errors are taken as independent.
pub(super) fn spread(scope: &mut ScopeResult, seconds: f64) {
    let whole = |figure| scope.figures.value(figure).filter(|value| *value > 0.0);
    // Agents' seconds a contact, and the relative error of the handle time.
    let takes =
        whole(Figure::Load).zip(whole(Figure::Offered)).map(|(load, offered)| load * seconds / offered);
    let relative = |estimate: Estimate| Some(estimate.half_width? / estimate.value);
    let aht = scope.figures.get(Figure::Aht).filter(|aht| aht.value > 0.0).and_then(relative).unwrap_or(0.0);
    for row in scope.rows.iter_mut().chain(&mut scope.days) {
        let by = takes.map(|takes| takes / row.length.seconds());
        let load = row.figures.get(Figure::Offered).zip(by).map(|(offered, by)| Estimate {
            value: offered.value * by,
            half_width: offered.half_width.map(|half| libm::hypot(half, offered.value * aht) * by),
        });
        set(&mut row.figures, load);
    }
}

/// The load of a channel or the total as the sum of its queues' loads; it has no interval.
pub(super) fn add_up(sum: &mut ScopeResult, queues: &[&ScopeResult]) {
    let total = |figures: &dyn Fn(&ScopeResult) -> Option<f64>| {
        let value = queues.iter().filter_map(|queue| figures(queue)).sum();
        Some(Estimate { value, half_width: None })
    };
    set(&mut sum.figures, total(&|queue| queue.figures.value(Figure::Load)));
    for (index, row) in sum.rows.iter_mut().enumerate() {
        set(&mut row.figures, total(&|queue| queue.rows.get(index)?.figures.value(Figure::Load)));
    }
    for (index, day) in sum.days.iter_mut().enumerate() {
        set(&mut day.figures, total(&|queue| queue.days.get(index)?.figures.value(Figure::Load)));
    }
}
