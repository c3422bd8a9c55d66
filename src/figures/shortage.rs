//! How many agents an interval is short of its promise.
//!
//! With several groups and queues nobody knows how many agents "belong" to a queue. But its service
//! level shows how many it effectively had: the number of agents, fractions allowed, with which the
//! Erlang A formula gives the level that was seen. What the promise takes by the same formula, less
//! that number, is the shortage. Who redials would not have to if the promise were kept, so what it
//! takes is worked out without redials. It is a first guess for a planner, not a staffing.

use crate::formulas::ErlangA;
use crate::formulas::staffing::{Goal, exact_agents_for_a};
use crate::model::Queue;

use super::Figure;
use super::results::{Estimate, Figures, ScopeResult};

/// Below this many contacts an interval says little about its service level.
const FEWEST_OFFERED: f64 = 1.0;

/// Patience where nobody ever gave up, in handle times: as good as none.
const ENDLESS: f64 = 1e4;

/// Adds the shortage to each row of a queue that misses its promise on waits.
pub(super) fn fill(scope: &mut ScopeResult, queue: &Queue) {
    let Some(target) = &queue.answer else { return };
    let Some(within) = target.within.span() else { return };
    let (share, within) = (target.share, within.seconds());
    let overall = scope.figures.clone();
    for row in &mut scope.rows {
        if let Some(short) = shortage(&row.figures, &overall, row.length.seconds(), share, within) {
            row.figures.0.push((Figure::AgentsShort, Estimate { value: short, half_width: None }));
            row.figures.0.sort_by_key(|(figure, _)| *figure);
        }
    }
}

fn shortage(row: &Figures, overall: &Figures, seconds: f64, share: f64, within: f64) -> Option<f64> {
    let (level, offered) = (row.value(Figure::ServiceLevel)?, row.value(Figure::Offered)?);
    if level >= share || share >= 1.0 || offered < FEWEST_OFFERED {
        return None;
    }
    let mean_service =
        row.value(Figure::Aht).or_else(|| overall.value(Figure::Aht)).filter(|aht| *aht > 0.0)?;
    let agents = |contacts: f64, share: f64| {
        let centre = ErlangA {
            arrivals_per_second: contacts / seconds,
            mean_service,
            mean_patience: patience(overall).unwrap_or(ENDLESS * mean_service),
            agents: 1.0,
        };
        exact_agents_for_a(&centre, &Goal::ServiceLevel { share, within }).ok()
    };
    // Deep in overload every level is near zero and tells little; but who was busy was there.
    let busy = row.value(Figure::Busy).unwrap_or(0.0);
    let had = if level > 0.0 { agents(offered, level)?.max(busy) } else { busy };
    let fresh = offered - row.value(Figure::Redials).unwrap_or(0.0);
    let needed = if fresh > 0.0 { agents(fresh, share)? } else { 0.0 };
    Some((needed - had).max(0.0))
}

/// Mean patience by the time waited for each who gave up: the maximum-likelihood estimate where
/// patience is exponential (Brown et al. 2005).
fn patience(overall: &Figures) -> Option<f64> {
    let abandoned = overall.value(Figure::Abandonment).filter(|share| *share > 0.0)?;
    Some(overall.value(Figure::Wait)? / abandoned).filter(|patience| *patience > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shortage_is_what_the_formula_says() {
        let figures = |values: &[(Figure, f64)]| {
            Figures(values.iter().map(|&(f, value)| (f, Estimate { value, half_width: None })).collect())
        };
        let centre = |agents: f64| ErlangA {
            arrivals_per_second: 0.25,
            mean_service: 240.0,
            mean_patience: 120.0,
            agents,
        };
        let (had, level) = (54.0, centre(54.0).service_level(20.0));
        let row = figures(&[(Figure::ServiceLevel, level), (Figure::Offered, 450.0), (Figure::Aht, 240.0)]);
        let overall = figures(&[(Figure::Wait, 12.0), (Figure::Abandonment, 0.1)]);
        let short = shortage(&row, &overall, 1800.0, 0.9, 20.0).unwrap();
        let needed = centre(had + short).service_level(20.0);
        assert!((needed - 0.9).abs() < 1e-6, "{short} more give {needed}");
        assert_eq!(shortage(&row, &overall, 1800.0, level - 0.01, 20.0), None);
    }
}
