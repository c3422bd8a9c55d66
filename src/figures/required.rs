//! How many agents an interval takes by the formula: what is drawn beside those who are there.

use crate::model::ChannelKind;
use crate::units::Span;

use super::Figure;
use super::results::{Row, ScopeResult};
use super::shortage::{Seen, Wanted, wanted_of};

/// The agents that keep a queue's targets on waits in each of its rows, if nobody else served or helped it: by the
/// Erlang A formula where it is on the line and it has a target, else as many as its work takes (its load). The
/// retries of those who waited too long are left out, as in what is short. `None` where nothing happens.
#[must_use]
pub fn required(scope: &ScopeResult) -> Vec<Option<f64>> {
    let on_line = scope.travels.is_none_or(|travels| travels == ChannelKind::Voice);
    let wanted: Vec<Wanted> =
        if on_line { scope.targets.iter().filter_map(wanted_of).collect() } else { Vec::new() };
    let mut searches: Vec<_> = wanted.iter().map(|_| super::shortage::Search::new(&scope.figures)).collect();
    let of_row = |row: &Row| {
        let load = row.figures.value(Figure::Load)?;
        let seconds = row.length.seconds().max(Span::from_micros(1).seconds());
        let mut most: f64 = 0.0;
        for (wanted, search) in wanted.iter().zip(&mut searches) {
            let Some(seen) = Seen::work(&row.figures, &scope.figures) else { return Some(load) };
            most = search.needed(&seen, seconds, wanted).map_or(most, |needed| needed.max(most));
        }
        Some(if wanted.is_empty() { load } else { most })
    };
    scope.rows.iter().map(of_row).collect()
}
