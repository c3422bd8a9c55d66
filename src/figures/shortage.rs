//! How many agents an interval is short of its target.
//!
//! With several groups and queues nobody knows how many agents "belong" to a queue. But its service
//! level shows how many it effectively had: the number of agents, fractions allowed, with which the
//! Erlang A formula gives the level that was seen (between whole numbers by a straight line). What the target takes by the same formula, less
//! that number, is the shortage. Who tries again would not have to if the target were met, so what it
//! takes is worked out without retries. It is a first guess for a planner, not a staffing.
//!
//! It is told only where the row misses its target for sure: of many rows that are all right some miss
//! it by chance, and the largest shortage of them all would be chance alone.
//!
//! Its half-width is that of a function of the row's volume, handle time, level, retries and busy agents, which hang
//! together (delta method). Patience is that of the whole horizon and known better by far, so it is taken as given.

use crate::estimate::Form;
use crate::formulas::ErlangA;
use crate::formulas::staffing::{Goal, interpolated_agents_for_a};
use crate::model::Queue;
use crate::observations::Count;

use super::define::Sums;
use super::figure::LEGS;
use super::fold::RowFold;
use super::interval::Estimate;
use super::results::{Figures, ScopeResult, TargetResult};
use super::tally::at;
use super::{Figure, Verdict};

/// Below this many contacts an interval says little about its service level.
const FEWEST_OFFERED: f64 = 1.0;

/// Patience where nobody ever abandoned, in handle times: as good as none.
const ENDLESS: f64 = 1e4;

const RETRIES: Form = &[(at(Count::Retries), 1.0)];
const ATTEMPTS: Form = &[
    (at(Count::Entered), 1.0),
    (at(Count::Overflowed), -1.0),
    (at(Count::CalledBack), -1.0),
    (at(Count::Blocked), 1.0),
    (at(Count::TurnedAway), 1.0),
];

/// A target on waits that agents can mend.
pub(super) struct Wanted {
    /// What the shortage is called.
    figure: Figure,
    /// The figure that the target is about, and what it is to be.
    of: Figure,
    share: f64,
    /// Seconds, of a service level.
    within: f64,
}

/// A target of results, where agents can mend it.
pub(super) fn wanted_of(target: &TargetResult) -> Option<Wanted> {
    let figure = target.figure.shortage()?;
    let within = match target.figure {
        Figure::ServiceLevel if !target.response && target.share < 1.0 => target.within_seconds?,
        Figure::Abandonment if target.share > 0.0 => 0.0,
        _ => return None,
    };
    Some(Wanted { figure, of: target.figure, share: target.share, within })
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
/// target by itself. `folds` are the same rows with their sums.
pub(super) fn fill(scope: &mut ScopeResult, queue: &Queue, folds: &[RowFold], multiple: Option<f64>) {
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
        let mut search = Search::new(&overall);
        for (row, fold) in scope.rows.iter_mut().zip(folds) {
            let seconds = row.length.seconds();
            let Some(seen) = Seen::of(&row.figures, &overall, &wanted) else { continue };
            let Some(value) = search.shortage(&seen, seconds, &wanted) else { continue };
            let half_width = multiple.and_then(|multiple| {
                let slopes = search.slopes(&seen, seconds, &wanted, &row.figures)?;
                Some(multiple * seen.error(&slopes, fold, &wanted)?)
            });
            row.figures.0.push((wanted.figure, Estimate { value, half_width }));
            row.figures.0.sort_by_key(|(figure, _)| *figure);
        }
    }
}

/// What a row says of its work and its agents.
#[derive(Clone, Copy, Debug)]
pub(super) struct Seen {
    /// Contacts in one occurrence.
    offered: f64,
    /// Mean handle time, in seconds.
    aht: f64,
    /// Of the figure that the target is about.
    level: f64,
    /// Retries over all attempts.
    retries: f64,
    busy: f64,
}

/// The figures behind the numbers of [`Seen`], but for the level and the retries.
const ARGUMENTS: [Figure; 3] = [Figure::Offered, Figure::Aht, Figure::Busy];

impl Seen {
    /// The work alone, whatever became of it; `None` where there is none.
    pub(super) fn work(row: &Figures, overall: &Figures) -> Option<Seen> {
        let offered = row.value(Figure::Offered).filter(|offered| *offered > 0.0)?;
        let aht = row.value(Figure::Aht).or_else(|| overall.value(Figure::Aht)).filter(|aht| *aht > 0.0)?;
        // Retries meet lines and doors as others do, so that their share of the offered is that of all attempts.
        let of = |figure| row.value(figure).unwrap_or(0.0);
        let attempts = offered + of(Figure::Blocked) + of(Figure::TurnedAway);
        let retries = (of(Figure::Retries) / attempts).min(1.0);
        Some(Seen { offered, aht, level: 0.0, retries, busy: of(Figure::Busy) })
    }

    /// `None` where the row does not miss its target for sure, or too little happens to tell.
    fn of(row: &Figures, overall: &Figures, wanted: &Wanted) -> Option<Seen> {
        let (level, offered) = (row.get(wanted.of)?, row.value(Figure::Offered)?);
        let missed = Verdict::of(level, wanted.share, wanted.of.better()) == Verdict::Missed;
        if !missed || offered < FEWEST_OFFERED {
            return None;
        }
        Some(Seen { level: level.value, ..Seen::work(row, overall)? })
    }

    /// The standard error of what has these slopes along its fields.
    fn error(&self, slopes: &Seen, fold: &RowFold, wanted: &Wanted) -> Option<f64> {
        let sums = Sums::of_row(fold, &fold.waits, None);
        let along = |figure: Figure, slope: f64, value: f64| {
            let (over, under) = sums.forms(figure)?;
            // A sum over a number is told by its value over the mean of the sum.
            let scale =
                under.map_or_else(|| value / fold.moments.mean(over).map_or(1.0, |mean| mean.value), |_| 1.0);
            Some((if scale.is_finite() { slope * scale } else { 0.0 }, over, under))
        };
        let [offered, aht, busy] = ARGUMENTS;
        let mut arguments = vec![
            along(offered, slopes.offered, self.offered)?,
            along(wanted.of, slopes.level, self.level)?,
            along(busy, slopes.busy, self.busy)?,
        ];
        arguments.extend(along(aht, slopes.aht, self.aht).filter(|_| fold.moments.sum(LEGS) > 0.0));
        if self.retries > 0.0 {
            arguments.push((slopes.retries, RETRIES, Some(ATTEMPTS)));
        }
        fold.moments.error_by_slopes(&arguments)
    }
}

/// The search for agents, row after row: neighbours are alike, so that each begins where the last ended.
pub(super) struct Search<'a> {
    overall: &'a Figures,
    /// Agents past the load, in square roots of the load: of those there were, of those it takes.
    spare: [f64; 2],
}

impl<'a> Search<'a> {
    pub(super) fn new(overall: &'a Figures) -> Search<'a> {
        Search { overall, spare: [0.0; 2] }
    }
}

impl Search<'_> {
    /// Agents that are missing.
    fn shortage(&mut self, seen: &Seen, seconds: f64, wanted: &Wanted) -> Option<f64> {
        let had = self.had(seen, seconds, wanted)?.max(seen.busy);
        Some((self.needed(seen, seconds, wanted)? - had).max(0.0))
    }

    /// Agents that give the level that was seen.
    fn had(&mut self, seen: &Seen, seconds: f64, wanted: &Wanted) -> Option<f64> {
        // Deep in overload every level is near its end and tells little; but who was busy was there.
        let tells = seen.level > 0.0 && seen.level < 1.0;
        if tells { self.agents(seen, seen.offered / seconds, &wanted.goal(seen.level), 0) } else { Some(0.0) }
    }

    /// Agents that keep the target, if nobody retries.
    pub(super) fn needed(&mut self, seen: &Seen, seconds: f64, wanted: &Wanted) -> Option<f64> {
        let fresh = seen.offered * (1.0 - seen.retries);
        if fresh > 0.0 {
            self.agents(seen, fresh / seconds, &wanted.goal(wanted.share), 1)
        } else {
            Some(0.0)
        }
    }

    fn agents(&mut self, seen: &Seen, arrivals_per_second: f64, goal: &Goal, which: usize) -> Option<f64> {
        let mean_patience = patience(self.overall).unwrap_or(ENDLESS * seen.aht);
        let centre = ErlangA { arrivals_per_second, mean_service: seen.aht, mean_patience, agents: 1.0 };
        let (load, spare) = (centre.load(), &mut self.spare[which]);
        let guess = load + *spare * libm::sqrt(load);
        let found = interpolated_agents_for_a(&centre, goal, guess).ok()?;
        *spare = (found - load) / libm::sqrt(load);
        Some(found)
    }

    /// How much the shortage grows with each of what it follows from, across about a standard error.
    fn slopes(&mut self, seen: &Seen, seconds: f64, wanted: &Wanted, row: &Figures) -> Option<Seen> {
        let step = |figure| row.get(figure).and_then(|found| found.half_width).map_or(0.0, |half| half / 2.0);
        let (had, needed) = (self.had(seen, seconds, wanted)?, self.needed(seen, seconds, wanted)?);
        // Where more were busy than the level tells, the level says nothing.
        let busy = seen.busy > had;
        let mut slope = |step: f64, moved: Seen| {
            if step == 0.0 {
                return Some([0.0; 2]);
            }
            let moved_had = if busy { had } else { self.had(&moved, seconds, wanted)? };
            Some([(moved_had - had) / step, (self.needed(&moved, seconds, wanted)? - needed) / step])
        };
        let by = step(Figure::Offered);
        let offered = slope(by, Seen { offered: seen.offered + by, ..*seen })?;
        let by = step(Figure::Aht);
        let aht = slope(by, Seen { aht: seen.aht + by, ..*seen })?;
        let by = step(wanted.of).min(0.5 * seen.level).min(0.5 * (1.0 - seen.level));
        let level = if busy || by == 0.0 {
            0.0
        } else {
            let mut at = |level| self.had(&Seen { level, ..*seen }, seconds, wanted);
            (at(seen.level + by)? - at(seen.level - by)?) / (2.0 * by)
        };
        // A retry less is a fresh contact more.
        let retries =
            if seen.retries < 1.0 { -offered[1] * seen.offered / (1.0 - seen.retries) } else { 0.0 };
        Some(Seen {
            offered: offered[1] - offered[0],
            aht: aht[1] - aht[0],
            level: -level,
            retries,
            busy: if busy { -1.0 } else { 0.0 },
        })
    }
}

/// Mean patience by the time waited for each who abandoned: the maximum-likelihood estimate where
/// patience is exponential (Brown et al. 2005).
fn patience(overall: &Figures) -> Option<f64> {
    let abandoned = overall.value(Figure::Abandonment).filter(|share| *share > 0.0)?;
    Some(overall.value(Figure::Wait)? / abandoned).filter(|patience| *patience > 0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn centre(agents: f64) -> ErlangA {
        ErlangA { arrivals_per_second: 0.25, mean_service: 240.0, mean_patience: 120.0, agents }
    }

    /// A row of 54 agents of that centre, and all of it.
    fn row(of: Figure, seen: Estimate) -> [Figures; 2] {
        let figures = |values: &[(Figure, f64)]| {
            Figures(values.iter().map(|&(f, value)| (f, Estimate { value, half_width: None })).collect())
        };
        let mut row = figures(&[(Figure::Offered, 450.0), (Figure::Aht, 240.0)]);
        row.0.push((of, seen));
        [row, figures(&[(Figure::Wait, 12.0), (Figure::Abandonment, 0.1)])]
    }

    fn short(row: &[Figures; 2], wanted: &Wanted) -> Option<f64> {
        let [row, overall] = row;
        let seen = Seen::of(row, overall, wanted)?;
        Search { overall, spare: [0.0; 2] }.shortage(&seen, 1800.0, wanted)
    }

    #[test]
    fn the_shortage_is_what_the_formula_says() {
        let (had, level) = (54.0, centre(54.0).service_level(20.0));
        let of = |level: f64, half_width: f64, share: f64| {
            let seen = Estimate { value: level, half_width: Some(half_width) };
            let (figure, of) = (Figure::AgentsShort, Figure::ServiceLevel);
            short(&row(of, seen), &Wanted { figure, of, share, within: 20.0 })
        };
        let short = of(level, 0.5 * (0.9 - level), 0.9).unwrap();
        // The straight line between the whole numbers around 90 %.
        let whole = (had + short).floor();
        let [below, above] = [whole, whole + 1.0].map(|agents| centre(agents).service_level(20.0));
        assert!(below < 0.9 && above >= 0.9, "{whole}: {below} {above}");
        assert!((had + short - whole - (0.9 - below) / (above - below)).abs() < 1e-9, "{short:?}");
        assert_eq!(of(level, 0.01, level - 0.02), None, "the target is kept");
        assert_eq!(of(level, 0.95 - level, 0.9), None, "it may be kept");
    }

    #[test]
    fn a_target_on_abandonment_has_a_shortage_of_its_own() {
        let seen = Estimate { value: centre(54.0).abandonment(), half_width: Some(0.001) };
        let wanted = Wanted {
            figure: Figure::AgentsShortOfAbandonment,
            of: Figure::Abandonment,
            share: 0.04,
            within: 0.0,
        };
        let short = short(&row(Figure::Abandonment, seen), &wanted).unwrap();
        let whole = (54.0 + short).floor();
        let [above, below] = [whole, whole + 1.0].map(|agents| centre(agents).abandonment());
        assert!(above > 0.04 && below <= 0.04, "{whole}: {above} {below}");
        assert!((54.0 + short - whole - (above - 0.04) / (above - below)).abs() < 1e-9, "{short}");
    }

    #[test]
    fn what_hangs_on_the_level_alone_is_as_unsure_as_that() {
        let level = centre(54.0).service_level(20.0);
        let seen = Estimate { value: level, half_width: Some(0.02) };
        let (figure, of) = (Figure::AgentsShort, Figure::ServiceLevel);
        let wanted = Wanted { figure, of, share: 0.9, within: 20.0 };
        let [row, overall] = row(of, seen);
        let seen = Seen::of(&row, &overall, &wanted).unwrap();
        let slopes =
            Search { overall: &overall, spare: [0.0; 2] }.slopes(&seen, 1800.0, &wanted, &row).unwrap();
        // One agent less or more than 54 moves the level by so much, and the shortage by one.
        let per_agent = (centre(55.0).service_level(20.0) - centre(53.0).service_level(20.0)) / 2.0;
        assert!((slopes.level * per_agent + 1.0).abs() < 0.1, "{slopes:?} {per_agent}");
        assert_eq!(
            (slopes.offered, slopes.aht, slopes.retries, slopes.busy),
            (0.0, 0.0, 0.0, 0.0),
            "known for sure"
        );
    }
}
