//! How many agents an interval is short of its promise.
//!
//! With several groups and queues nobody knows how many agents "belong" to a queue. But its service
//! level shows how many it effectively had: the number of agents, fractions allowed, with which the
//! Erlang A formula gives the level that was seen (between whole numbers by a straight line). What the promise takes by the same formula, less
//! that number, is the shortage. Who redials would not have to if the promise were kept, so what it
//! takes is worked out without redials. It is a first guess for a planner, not a staffing.
//!
//! It is told only where the row misses its target for sure: of many rows that are all right some miss
//! it by chance, and the largest shortage of them all would be chance alone.

use crate::formulas::ErlangA;
use crate::formulas::staffing::{Goal, interpolated_agents_for_a};
use crate::model::Queue;

use super::interval::Estimate;
use super::results::{Figures, ScopeResult};
use super::{Figure, Verdict};

/// Below this many contacts an interval says little about its service level.
const FEWEST_OFFERED: f64 = 1.0;

/// Patience where nobody ever gave up, in handle times: as good as none.
const ENDLESS: f64 = 1e4;

/// A target on waits that agents can mend.
struct Wanted {
    /// What the shortage is called.
    figure: Figure,
    /// The figure that the target is about, and what it is to be.
    of: Figure,
    share: f64,
    /// Seconds, of a service level.
    within: f64,
}

impl Wanted {
    fn goal(&self, share: f64) -> Goal {
        match self.of {
            Figure::Abandonment => Goal::Abandonment { max: share },
            _ => Goal::ServiceLevel { share, within: self.within },
        }
    }
}

/// Adds the shortage to each row of a queue that misses a target on waits for sure: that of each
/// target by itself.
pub(super) fn fill(scope: &mut ScopeResult, queue: &Queue) {
    let mut targets = Vec::new();
    if let Some(target) = &queue.answer
        && let Some(within) = target.within.span()
        && target.share < 1.0
    {
        targets.push((Figure::ServiceLevel, target.share, within.seconds()));
    }
    if let Some(share) = queue.max_abandonment.filter(|share| *share > 0.0) {
        targets.push((Figure::Abandonment, share, 0.0));
    }
    let wanted = targets.into_iter().filter_map(|(of, share, within)| {
        let figure = of.shortage()?;
        Some(Wanted { figure, of, share, within })
    });
    let overall = scope.figures.clone();
    for wanted in wanted {
        let mut search = Search { overall: &overall, spare: [0.0; 2] };
        for row in &mut scope.rows {
            if let Some(short) = search.shortage(&row.figures, row.length.seconds(), &wanted) {
                row.figures.0.push((wanted.figure, short));
                row.figures.0.sort_by_key(|(figure, _)| *figure);
            }
        }
    }
}

/// The search for agents, row after row: neighbours are alike, so that each begins where the last ended.
struct Search<'a> {
    overall: &'a Figures,
    /// Agents past the load, in square roots of the load: of those there were, of those it takes.
    spare: [f64; 2],
}

impl Search<'_> {
    fn shortage(&mut self, row: &Figures, seconds: f64, wanted: &Wanted) -> Option<Estimate> {
        let (seen, offered) = (row.get(wanted.of)?, row.value(Figure::Offered)?);
        let missed = Verdict::of(seen, wanted.share, wanted.of.better()) == Verdict::Missed;
        if !missed || offered < FEWEST_OFFERED {
            return None;
        }
        let mean_service =
            row.value(Figure::Aht).or_else(|| self.overall.value(Figure::Aht)).filter(|aht| *aht > 0.0)?;
        let mean_patience = patience(self.overall).unwrap_or(ENDLESS * mean_service);
        let mut agents = |contacts: f64, share: f64, which: usize| {
            let arrivals_per_second = contacts / seconds;
            let centre = ErlangA { arrivals_per_second, mean_service, mean_patience, agents: 1.0 };
            let (load, spare) = (centre.load(), &mut self.spare[which]);
            let guess = load + *spare * libm::sqrt(load);
            let found = interpolated_agents_for_a(&centre, &wanted.goal(share), guess).ok()?;
            *spare = (found - load) / libm::sqrt(load);
            Some(found)
        };
        // Deep in overload every level is near its end and tells little; but who was busy was there.
        let busy = row.value(Figure::Busy).unwrap_or(0.0);
        let tells = seen.value > 0.0 && seen.value < 1.0;
        let had = if tells { agents(offered, seen.value, 0)?.max(busy) } else { busy };
        // Retries meet lines and doors as others do, so that their share of the offered is that of all attempts.
        let of = |figure| row.value(figure).unwrap_or(0.0);
        let attempts = offered + of(Figure::Blocked) + of(Figure::TurnedAway);
        let fresh = offered * (1.0 - of(Figure::Redials) / attempts).max(0.0);
        let needed = if fresh > 0.0 { agents(fresh, wanted.share, 1)? } else { 0.0 };
        let short = (needed - had).max(0.0);
        // As much of it as the level's interval is of the way to the target: none is short there.
        let part = seen.half_width.map(|half| half / (seen.value - wanted.share).abs());
        Some(Estimate { value: short, half_width: part.map(|part| part * short) })
    }
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
        let with = |level: f64, half_width: f64| {
            let mut row = figures(&[(Figure::Offered, 450.0), (Figure::Aht, 240.0)]);
            row.0.push((Figure::ServiceLevel, Estimate { value: level, half_width: Some(half_width) }));
            row
        };
        let overall = figures(&[(Figure::Wait, 12.0), (Figure::Abandonment, 0.1)]);
        let of = |row: &Figures, share: f64| {
            let (figure, of) = (Figure::AgentsShort, Figure::ServiceLevel);
            let wanted = Wanted { figure, of, share, within: 20.0 };
            Search { overall: &overall, spare: [0.0; 2] }.shortage(row, 1800.0, &wanted)
        };
        let short = of(&with(level, 0.5 * (0.9 - level)), 0.9).unwrap();
        // The straight line between the whole numbers around 90 %.
        let whole = (had + short.value).floor();
        let [below, above] = [whole, whole + 1.0].map(|agents| centre(agents).service_level(20.0));
        assert!(below < 0.9 && above >= 0.9, "{whole}: {below} {above}");
        assert!((had + short.value - whole - (0.9 - below) / (above - below)).abs() < 1e-9, "{short:?}");
        assert!((short.half_width.unwrap() - 0.5 * short.value).abs() < 1e-9, "half the way is sure");
        assert_eq!(of(&with(level, 0.01), level - 0.02), None, "the target is kept");
        assert_eq!(of(&with(level, 0.95 - level), 0.9), None, "it may be kept");
    }

    #[test]
    fn a_target_on_abandonment_has_a_shortage_of_its_own() {
        let centre =
            |agents| ErlangA { arrivals_per_second: 0.25, mean_service: 240.0, mean_patience: 120.0, agents };
        let value = |value| Estimate { value, half_width: Some(0.001) };
        let row = Figures(vec![
            (Figure::Offered, value(450.0)),
            (Figure::Aht, value(240.0)),
            (Figure::Abandonment, value(centre(54.0).abandonment())),
        ]);
        let overall = Figures(vec![(Figure::Wait, value(12.0)), (Figure::Abandonment, value(0.1))]);
        let wanted = Wanted {
            figure: Figure::AgentsShortOfAbandonment,
            of: Figure::Abandonment,
            share: 0.04,
            within: 0.0,
        };
        let mut search = Search { overall: &overall, spare: [0.0; 2] };
        let short = search.shortage(&row, 1800.0, &wanted).unwrap().value;
        let whole = (54.0 + short).floor();
        let [above, below] = [whole, whole + 1.0].map(|agents| centre(agents).abandonment());
        assert!(above > 0.04 && below <= 0.04, "{whole}: {above} {below}");
        assert!((54.0 + short - whole - (above - 0.04) / (above - below)).abs() < 1e-9, "{short}");
    }
}
