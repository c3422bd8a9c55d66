//! How many agents an interval is short of its promise.
//!
//! With several groups and queues nobody knows how many agents "belong" to a queue. But its service
//! level shows how many it effectively had: the number of agents, fractions allowed, with which the
//! Erlang A formula gives the level that was seen. What the promise takes by the same formula, less
//! that number, is the shortage. It is a first guess for a planner, not a staffing.

use crate::formulas::ErlangA;
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
    let (share, within) = (target.share, target.within.seconds());
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
    let centre = ErlangA {
        arrivals_per_second: offered / seconds,
        mean_service,
        mean_patience: patience(overall).unwrap_or(ENDLESS * mean_service),
        agents: 1.0,
    };
    let agents = |share: f64| effective_agents(&centre, share, within);
    let had = if level > 0.0 { agents(level) } else { 0.0 };
    Some((agents(share) - had).max(0.0))
}

/// The number of agents that gives the service level `share`, to a twentieth of an agent.
fn effective_agents(centre: &ErlangA, share: f64, within: f64) -> f64 {
    let met = |agents: f64| ErlangA { agents, ..*centre }.service_level(within) >= share;
    let load = centre.load();
    // Doubling steps away from the load, then halving.
    let (mut low, mut high, mut step) = (load, load, 1.0 + load.sqrt());
    if met(load) {
        while low > 0.0 && met(low) {
            (high, low, step) = (low, (low - step).max(0.0), 2.0 * step);
        }
    } else {
        while !met(high) {
            (low, high, step) = (high, high + step, 2.0 * step);
        }
    }
    while high - low > 0.05 {
        let middle = (low + high) / 2.0;
        if met(middle) { high = middle } else { low = middle }
    }
    (low + high) / 2.0
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
        assert!((needed - 0.9).abs() < 0.005, "{short} more give {needed}");
        assert_eq!(shortage(&row, &overall, 1800.0, level - 0.01, 20.0), None);
    }
}
