//! The targets of queues in every interval, the groups that keep them together, and what these lack.

#[cfg(feature = "schedule")]
use std::collections::BTreeSet;

#[cfg(feature = "schedule")]
use crate::figures::{Estimate, Verdict};
use crate::figures::{Figure, Figures, Results};
use crate::formulas::ErlangA;
use crate::formulas::staffing::{Goal, interpolated_agents_for_a};
use crate::model::{ArrivalScale, Model, Rows};
use crate::scenario::{Channel, ChannelKind, Scenario};
use crate::units::Within;

use super::super::failure::Failure;
use super::super::pilot;
use super::super::run::Experiment;
use super::super::targets::{QueueTarget, queue_targets};
use super::super::watch::Watch;
use super::condition::Condition;
use super::required::{NotByInterval, RequiredTarget};

/// With fewer contacts over all replications an interval's level is mostly chance: the formula's agents stay.
const FEWEST: f64 = 20.0;

/// Patience where nobody ever abandons, in handle times: as good as none.
const ENDLESS: f64 = 1e4;

/// What the room to a target is at most ([`Condition::room`]), and at least: nothing more can be told.
const ROOMY: f64 = 9.0;

/// A target of a queue.
struct Wanted {
    queue: usize,
    condition: Condition,
    /// Seconds, of a service level.
    within: f64,
}

impl Wanted {
    fn goal(&self, share: f64) -> Goal {
        match self.condition.figure {
            Figure::Abandonment => Goal::Abandonment { max: share },
            _ => Goal::ServiceLevel { share, within: self.within },
        }
    }

    fn keeps(&self, value: f64) -> bool {
        self.condition.slack(value) >= 0.0
    }
}

/// Groups with the targets that they keep together and nobody else helps to keep.
pub(in super::super) struct Pool {
    /// In file order.
    pub(in super::super) groups: Vec<usize>,
    wanted: Vec<Wanted>,
}

/// The targets of a centre by interval.
pub(in super::super) struct IntervalTargets<'a> {
    pub(in super::super) file: &'a Scenario,
    factors: Vec<(String, ArrivalScale)>,
    pub(in super::super) pools: Vec<Pool>,
    pub(in super::super) rows: usize,
    pub(in super::super) watch: &'a dyn Watch,
}

/// An interval in which a pool misses a target, by the means.
pub(in super::super) struct Lack {
    pub(in super::super) pool: usize,
    pub(in super::super) row: usize,
    /// So many agents.
    pub(in super::super) agents: f64,
}

impl<'a> IntervalTargets<'a> {
    /// Of a scenario, with its model.
    ///
    /// # Errors
    /// See [`NotByInterval`].
    pub(in super::super) fn of(
        file: &'a Scenario,
        watch: &'a dyn Watch,
    ) -> Result<(IntervalTargets<'a>, Model), NotByInterval> {
        let mut model = Model::compile(file);
        if model.rows.kind != Rows::Each {
            return Err(NotByInterval::Folded);
        }
        if file.horizon.start.is_some() && file.horizon.warm_up.micros() > 0 {
            return Err(NotByInterval::WarmUp);
        }
        let pools = pools(file)?;
        let factors = pilot::scale(file, &mut model, file.experiment.seed).map_err(Failure::from)?;
        Ok((IntervalTargets { file, factors, pools, rows: model.rows.count, watch }, model))
    }

    /// Plays the scenario with other agents on customers of this seed; `None` where it was stopped.
    ///
    /// # Errors
    /// Queues that grow without end.
    pub(in super::super) fn play(
        &self,
        mut scenario: Scenario,
        seed: u64,
    ) -> Result<Option<Results>, NotByInterval> {
        scenario.experiment.seed = seed;
        scenario.experiment.precision = None;
        let model = pilot::frozen(&scenario, &self.factors);
        match Experiment::of_model(&scenario, model).run(self.watch) {
            Ok(outcome) if outcome.complete => Ok(Some(outcome.results)),
            Ok(_) | Err(Failure::Stopped) => Ok(None),
            Err(failure) => Err(failure.into()),
        }
    }

    /// The queues whose targets a pool keeps.
    pub(in super::super) fn queues(&self, pool: &Pool) -> Vec<usize> {
        let mut queues: Vec<usize> = pool.wanted.iter().map(|wanted| wanted.queue).collect();
        queues.dedup();
        queues
    }

    /// Erlang A for the work that was seen in an interval: what each target of a pool needs for so much work at once.
    pub(in super::super) fn formula(&self, seen: &Results, pool: &Pool, row: usize, busy: f64) -> u32 {
        let needed = pool.wanted.iter().filter_map(|wanted| {
            let [aht, patience] = self.times(seen, wanted, row)?;
            let centre = ErlangA {
                arrivals_per_second: busy / aht,
                mean_service: aht,
                mean_patience: patience,
                agents: 1.0,
            };
            interpolated_agents_for_a(&centre, &wanted.goal(wanted.condition.bound), busy).ok()
        });
        needed.fold(busy, f64::max).ceil() as u32
    }

    pub(in super::super) fn row<'r>(&self, seen: &'r Results, queue: usize, row: usize) -> &'r Figures {
        static NONE: Figures = Figures(Vec::new());
        let name = &self.file.queues[queue].name;
        let scope = seen.queues.iter().find(|scope| scope.name == *name);
        scope.and_then(|scope| scope.rows.get(row)).map_or(&NONE, |row| &row.figures)
    }

    /// Mean handle time and patience of a target's queue in an interval, in seconds.
    fn times(&self, seen: &Results, wanted: &Wanted, row: usize) -> Option<[f64; 2]> {
        let name = &self.file.queues[wanted.queue].name;
        let overall = &seen.queues.iter().find(|scope| scope.name == *name)?.figures;
        let aht = self.row(seen, wanted.queue, row).value(Figure::Aht).or_else(|| overall.value(Figure::Aht));
        let aht = aht.filter(|aht| *aht > 0.0)?;
        let written = self.file.queues[wanted.queue]
            .patience
            .as_ref()
            .map(|patience| patience.distribution.at(0).mean());
        let patience = written.filter(|mean| mean.is_finite() && *mean > 0.0).unwrap_or(ENDLESS * aht);
        Some([aht, patience])
    }

    /// Agents that a target lacks in an interval, below 0 those to spare; `None` where too few come to tell.
    fn gap(&self, seen: &Results, wanted: &Wanted, row: usize, agents: f64) -> Option<f64> {
        let figures = self.row(seen, wanted.queue, row);
        let offered = figures.value(Figure::Offered)?;
        let level = figures.value(wanted.condition.figure)?;
        if offered * seen.replications as f64 <= FEWEST {
            return None;
        }
        let far = (0.25 * agents).max(1.0);
        if level <= 0.0 || level >= 1.0 {
            return Some(if wanted.keeps(level) { -far } else { far });
        }
        let [aht, patience] = self.times(seen, wanted, row)?;
        let length = self.file.horizon.interval.seconds();
        let centre = ErlangA {
            arrivals_per_second: offered / length,
            mean_service: aht,
            mean_patience: patience,
            agents: 1.0,
        };
        let of = |share| interpolated_agents_for_a(&centre, &wanted.goal(share), agents).ok();
        let gap = (of(wanted.condition.bound)? - of(level)?).clamp(-far - 1.0, far + 1.0);
        // Rounding decides nothing against what was seen.
        Some(if wanted.keeps(level) { gap.min(0.0) } else { gap.max(1e-6) })
    }

    /// What a pool lacks in an interval, by its target that lacks the most.
    pub(in super::super) fn lacks(
        &self,
        seen: &Results,
        pool: &Pool,
        row: usize,
        agents: f64,
    ) -> Option<f64> {
        pool.wanted.iter().filter_map(|wanted| self.gap(seen, wanted, row, agents)).reduce(f64::max)
    }

    /// The room to every target of some pools in an interval ([`Condition::room`]); `None` where too few come to tell.
    pub(super) fn rooms(&self, seen: &Results, pools: &[usize], row: usize) -> Option<Vec<f64>> {
        let wanted = pools.iter().flat_map(|pool| &self.pools[*pool].wanted);
        let room = |wanted: &Wanted| {
            let figures = self.row(seen, wanted.queue, row);
            let offered = figures.value(Figure::Offered).unwrap_or(0.0) * seen.replications as f64;
            let level = figures.value(wanted.condition.figure);
            match level {
                Some(level) if offered > FEWEST => Some(wanted.condition.room(level).clamp(-ROOMY, ROOMY)),
                _ if offered == 0.0 => Some(ROOMY),
                _ => None,
            }
        };
        wanted.map(room).collect()
    }

    /// Where targets are missed by the means, of so many agents by pool and interval.
    pub(in super::super) fn lacking(
        &self,
        agents: &dyn Fn(usize, usize) -> f64,
        seen: &Results,
    ) -> Vec<Lack> {
        let all = (0..self.pools.len()).flat_map(|pool| (0..self.rows).map(move |row| (pool, row)));
        all.filter_map(|(pool, row)| {
            let there = agents(pool, row);
            let gap = self.lacks(seen, &self.pools[pool], row, there).filter(|gap| *gap > 0.0)?;
            Some(Lack { pool, row, agents: gap })
        })
        .collect()
    }

    /// Pools and intervals in which a target is missed for sure.
    #[cfg(feature = "schedule")]
    pub(in super::super) fn missed(&self, results: &Results) -> BTreeSet<(usize, usize)> {
        let owners = self.pools.iter().enumerate().flat_map(|(pool, of)| of.wanted.iter().map(move |_| pool));
        let stands = self.stands(Some(results));
        let missed = |stand: &Option<(Estimate, Verdict)>| {
            stand.is_some_and(|(_, verdict)| verdict == Verdict::Missed)
        };
        let all = owners.zip(&stands).flat_map(|(pool, target)| {
            let rows = target.stands.iter().enumerate().filter(move |(_, stand)| missed(stand));
            rows.map(move |(row, _)| (pool, row))
        });
        all.collect()
    }

    /// How every target stands.
    pub(in super::super) fn stands(&self, results: Option<&Results>) -> Vec<RequiredTarget> {
        let too_few = |wanted: &Wanted, row: usize| {
            let offered = results.and_then(|seen| {
                let offered = self.row(seen, wanted.queue, row).value(Figure::Offered)?;
                Some(offered * seen.replications as f64)
            });
            offered.is_some_and(|offered| offered > 0.0 && offered <= FEWEST)
        };
        let target = |wanted: &Wanted| {
            let stand = |row: usize| {
                let seen = results?;
                let figures = self.row(seen, wanted.queue, row);
                let offered = figures.value(Figure::Offered)? * seen.replications as f64;
                let estimate = figures.get(wanted.condition.figure).filter(|_| offered > FEWEST)?;
                Some((estimate, wanted.condition.verdict(estimate)))
            };
            RequiredTarget {
                queue: self.file.queues[wanted.queue].name.clone(),
                figure: wanted.condition.figure,
                bound: wanted.condition.bound,
                stands: (0..self.rows).map(stand).collect(),
                too_few: (0..self.rows).filter(|row| too_few(wanted, *row)).count(),
            }
        };
        self.pools.iter().flat_map(|pool| &pool.wanted).map(target).collect()
    }
}

/// The groups with `staff` that keep targets together.
fn pools(file: &Scenario) -> Result<Vec<Pool>, NotByInterval> {
    let serves = |group: &crate::scenario::Group, queue: &str| {
        group.staff.is_some() && group.skills.iter().any(|skill| skill.queue == queue)
    };
    let mut pools: Vec<Pool> = Vec::new();
    for wanted in targets(file) {
        let queue = &file.queues[wanted.queue].name;
        let able: Vec<usize> =
            (0..file.groups.len()).filter(|&group| serves(&file.groups[group], queue)).collect();
        match pools.iter_mut().find(|pool| pool.groups == able) {
            _ if able.is_empty() => {}
            Some(pool) => pool.wanted.push(wanted),
            None => pools.push(Pool { groups: able, wanted: vec![wanted] }),
        }
    }
    if pools.is_empty() {
        return Err(NotByInterval::NoGroup);
    }
    pools.sort_by(|one, other| one.groups.cmp(&other.groups));
    Ok(pools)
}

/// The targets of voice queues that agents can keep in every interval: on waits by the clock and on abandonment, none that
/// asks for every contact.
fn targets(file: &Scenario) -> Vec<Wanted> {
    let of = |target: QueueTarget| {
        let QueueTarget { queue, figure, bound } = target;
        let written = &file.queues[queue];
        let path = format!("queues.{}.{}", written.name, figure.name());
        let condition = Condition { path, figure, at_least: target.at_least(), bound };
        let voice = |channel: &Channel| channel.name == written.channel && channel.kind == ChannelKind::Voice;
        let within = match (figure, written.answer.as_ref().map(|answer| answer.within)) {
            (Figure::ServiceLevel, Some(Within::Clock(within))) if bound < 1.0 => within.seconds(),
            (Figure::Abandonment, _) if bound > 0.0 => 0.0,
            _ => return None,
        };
        let wanted = Wanted { queue, condition, within };
        file.channels.iter().any(voice).then_some(wanted)
    };
    queue_targets(file).into_iter().filter_map(of).collect()
}
