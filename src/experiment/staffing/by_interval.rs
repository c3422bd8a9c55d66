//! The agents that every interval requires, by simulation: all intervals of a centre are played, every one says
//! how many agents it lacks or has to spare, and they are played again.
//!
//! In the manner of Feldman, Mandelbaum, Massey & Whitt (2008, Management Science 54), who iterate on the distribution
//! of the number present: here the level that was seen is turned into agents by Erlang A, and so is the target; the
//! difference is what is lacking. What is carried over between intervals, retries, and all else that the formula
//! does not know are in the level that is seen next. Plain iteration may go round for ever where customers are
//! patient; so most of the way is gone at a time, and single steps are taken in half of the intervals only.

use crate::figures::{Better, Figure, Figures, Results, Verdict};
use crate::formulas::ErlangA;
use crate::formulas::staffing::{Goal, interpolated_agents_for_a};
use crate::model::{ArrivalScale, Model, Rows};
use crate::scenario::{ChannelKind, Scenario, Staff};
use crate::units::Within;

use super::super::failure::Failure;
use super::super::pilot;
use super::super::run::Experiment;
use super::super::watch::Watch;
use super::required::{NotByInterval, Required, RequiredGroup, RequiredTarget};
use super::staff::FRESH;
use super::start::demands;

/// The part of the way that is gone at a time.
const PART: f64 = 0.6;

/// With fewer contacts over all replications an interval's level is mostly chance: the formula's agents stay.
const FEWEST: f64 = 20.0;

/// Passes of the search, at most.
const MOST_PASSES: u64 = 40;

/// From this pass on single steps are taken in half of the intervals.
const SETTLING: u64 = 3;

/// Passes in a row without a better plan, after which it is settled.
const MOST_IDLE: usize = 6;

/// Verifications, each on customers of its own, at most.
const MOST_CHECKS: u64 = 4;

/// Patience where nobody ever abandons, in handle times: as good as none.
const ENDLESS: f64 = 1e4;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByInterval {
    /// (group, fewest agents while any contacts come).
    pub at_least: Vec<(String, u32)>,
    /// (group, most agents).
    pub at_most: Vec<(String, u32)>,
}

/// A target of a queue.
struct Wanted {
    queue: usize,
    figure: Figure,
    better: Better,
    bound: f64,
    /// Seconds, of a service level.
    within: f64,
}

impl Wanted {
    fn goal(&self, share: f64) -> Goal {
        match self.figure {
            Figure::Abandonment => Goal::Abandonment { max: share },
            _ => Goal::ServiceLevel { share, within: self.within },
        }
    }

    fn keeps(&self, value: f64) -> bool {
        if self.better == Better::Lower { value <= self.bound } else { value >= self.bound }
    }
}

/// A group with the targets that it alone keeps.
struct Pool {
    group: usize,
    wanted: Vec<Wanted>,
    fewest: u32,
    most: u32,
}

/// Agents by pool and interval.
type Plan = Vec<Vec<u32>>;

struct Search<'a> {
    file: &'a Scenario,
    factors: Vec<(String, ArrivalScale)>,
    pools: Vec<Pool>,
    rows: usize,
    watch: &'a dyn Watch,
}

impl ByInterval {
    /// Searches.
    ///
    /// # Errors
    /// See [`NotByInterval`].
    pub fn run(&self, file: &Scenario, watch: &dyn Watch) -> Result<Required, NotByInterval> {
        let mut model = Model::compile(file);
        if model.rows.kind != Rows::Each {
            return Err(NotByInterval::Folded);
        }
        if file.horizon.start.is_some() && file.horizon.warm_up.micros() > 0 {
            return Err(NotByInterval::WarmUp);
        }
        let pools = self.pools(file)?;
        let factors = pilot::scale(file, &mut model, file.experiment.seed).map_err(Failure::from)?;
        let search = Search { file, factors, pools, rows: model.rows.count, watch };
        let (mut plan, passes) = search.settle()?;
        let mut results = None;
        for check in 0..MOST_CHECKS {
            let seed = file.experiment.seed.wrapping_add(FRESH * (check + 1));
            let Some(seen) = search.play(&plan, seed)? else { break };
            let lacking = search.lacking(&plan, &seen);
            results = Some((seen, seed));
            // The last look stays as it is: with agents added after it, it would be about another plan.
            if lacking.is_empty() || check + 1 == MOST_CHECKS || watch.stopped() {
                break;
            }
            for (pool, row) in lacking {
                plan[pool][row] = (plan[pool][row] + 1).min(search.pools[pool].most);
            }
        }
        Ok(search.required(&model, &plan, passes, results))
    }

    fn pools(&self, file: &Scenario) -> Result<Vec<Pool>, NotByInterval> {
        let wanted: Vec<Wanted> = (0..file.queues.len()).flat_map(|queue| targets(file, queue)).collect();
        let serves = |group: &&crate::scenario::Group, queue: &str| {
            group.staff.is_some() && group.skills.iter().any(|skill| skill.queue == queue)
        };
        let mut pools: Vec<Pool> = Vec::new();
        for wanted in wanted {
            let queue = &file.queues[wanted.queue].name;
            let able: Vec<usize> =
                (0..file.groups.len()).filter(|&group| serves(&&file.groups[group], queue)).collect();
            match able.as_slice() {
                [] => {}
                [group] => match pools.iter_mut().find(|pool| pool.group == *group) {
                    Some(pool) => pool.wanted.push(wanted),
                    None => {
                        pools.push(Pool { group: *group, wanted: vec![wanted], fewest: 1, most: u32::MAX })
                    }
                },
                several => {
                    let groups = several.iter().map(|&group| format!("`groups.{}`", file.groups[group].name));
                    return Err(NotByInterval::Shared { queue: queue.clone(), groups: groups.collect() });
                }
            }
        }
        if pools.is_empty() {
            return Err(NotByInterval::NoGroup);
        }
        pools.sort_by_key(|pool| pool.group);
        for (bounds, least) in [(&self.at_least, true), (&self.at_most, false)] {
            for (name, agents) in bounds {
                let pool = pools.iter_mut().find(|pool| file.groups[pool.group].name == *name);
                let pool = pool.ok_or_else(|| NotByInterval::NoSuchGroup(name.clone()))?;
                *(if least { &mut pool.fewest } else { &mut pool.most }) = *agents;
            }
        }
        Ok(pools)
    }
}

/// The targets of a voice queue that agents can keep in every interval.
fn targets(file: &Scenario, queue: usize) -> Vec<Wanted> {
    let of = &file.queues[queue];
    let voice =
        file.channels.iter().any(|channel| channel.name == of.channel && channel.kind == ChannelKind::Voice);
    if !voice {
        return Vec::new();
    }
    let mut wanted = Vec::new();
    if let Some(target) = &of.answer
        && let Within::Clock(within) = target.within
        && target.share < 1.0
    {
        let (figure, better, within) = (Figure::ServiceLevel, Better::Higher, within.seconds());
        wanted.push(Wanted { queue, figure, better, bound: target.share, within });
    }
    if let Some(bound) = of.max_abandonment.filter(|bound| *bound > 0.0) {
        wanted.push(Wanted { queue, figure: Figure::Abandonment, better: Better::Lower, bound, within: 0.0 });
    }
    wanted
}

impl Search<'_> {
    /// Plays a plan; `None` where it was stopped. Queues that grow without end are played with more agents.
    fn play(&self, plan: &Plan, seed: u64) -> Result<Option<Results>, NotByInterval> {
        let mut scenario = self.file.clone();
        scenario.experiment.seed = seed;
        scenario.experiment.precision = None;
        let (warm_up, length) =
            (scenario.horizon.warm_up.micros() as i64, scenario.horizon.interval.micros() as i64);
        for (pool, agents) in self.pools.iter().zip(plan) {
            let before = (-warm_up, agents[0]);
            let rows = agents.iter().enumerate().map(|(row, agents)| (row as i64 * length, *agents));
            let mut series: Vec<(i64, u32)> = std::iter::once(before).chain(rows).collect();
            series.dedup_by_key(|(_, agents)| *agents);
            scenario.groups[pool.group].staff = Some(Staff::Series(series));
        }
        let mut model = Model::compile(&scenario);
        pilot::freeze(&scenario, &mut model, &self.factors);
        match Experiment::of_model(&scenario, model).run(self.watch) {
            Ok(outcome) if outcome.complete => Ok(Some(outcome.results)),
            Ok(_) | Err(Failure::Stopped) => Ok(None),
            Err(failure) => Err(failure.into()),
        }
    }

    /// A plan in which every interval keeps its targets by the means, and could spare nobody; with agent hours and
    /// missed targets of each pass.
    fn settle(&self) -> Result<(Plan, Vec<(f64, usize)>), NotByInterval> {
        let seed = self.file.experiment.seed;
        let mut passes = Vec::new();
        let mut plan = self.start(seed)?;
        let mut best: Option<(f64, Plan)> = None;
        let mut idle = 0;
        for pass in 0..MOST_PASSES {
            let seen = match self.play(&plan, seed) {
                Ok(Some(seen)) => seen,
                Ok(None) => break,
                // Too few for a queue that nobody abandons.
                Err(NotByInterval::Failure(Failure::Unstable(_))) => {
                    plan.iter_mut()
                        .flatten()
                        .filter(|agents| **agents > 0)
                        .for_each(|agents| *agents += *agents / 4 + 1);
                    continue;
                }
                Err(failure) => return Err(failure),
            };
            let lacking = self.lacking(&plan, &seen);
            let agents: f64 = plan.iter().flatten().map(|agents| f64::from(*agents)).sum();
            passes.push((agents * self.file.horizon.interval.hours(), lacking.len()));
            // What is lacking is still to come, and a little more, as the intervals after it hang on it.
            let to_come = lacking.iter().map(|&(pool, row)| {
                let gap = self.lacks(&seen, &self.pools[pool], row, plan[pool][row]);
                1.0 + 2.0 * gap.unwrap_or(0.0)
            });
            let size = agents + to_come.sum::<f64>();
            if best.as_ref().is_none_or(|(least, _)| size < *least) {
                best = Some((size, plan.clone()));
                idle = 0;
            } else {
                idle += 1;
            }
            let next = self.next(&plan, &seen, pass);
            if next == plan || idle >= MOST_IDLE {
                break;
            }
            plan = next;
        }
        match best {
            Some((_, plan)) => Ok((plan, passes)),
            None => Err(Failure::Stopped.into()),
        }
    }

    /// Where it begins: Erlang A for the work that is there in each interval, carried over between them, as a play
    /// with plenty of agents shows it (the modified offered load).
    fn start(&self, seed: u64) -> Result<Plan, NotByInterval> {
        let needed: f64 = demands(self.file).iter().map(|demand| demand.agents).sum();
        let plenty = (3.0 * needed) as u32 + 10;
        let all: Plan = self.pools.iter().map(|_| vec![plenty; self.rows]).collect();
        let seen = self.play(&all, seed)?.ok_or(Failure::Stopped)?;
        let agents = |pool: &Pool, row: usize| {
            let queues = distinct(pool);
            let sum = |figure| -> f64 {
                queues.iter().filter_map(|&q| self.row(&seen, q, row).value(figure)).sum()
            };
            if sum(Figure::Offered) == 0.0 {
                return 0;
            }
            let busy = sum(Figure::Busy);
            let needed = pool.wanted.iter().filter_map(|wanted| {
                let [aht, patience] = self.times(&seen, wanted, row)?;
                let centre = ErlangA {
                    arrivals_per_second: busy / aht,
                    mean_service: aht,
                    mean_patience: patience,
                    agents: 1.0,
                };
                interpolated_agents_for_a(&centre, &wanted.goal(wanted.bound), busy).ok()
            });
            needed.fold(busy, f64::max).ceil() as u32
        };
        let bounded =
            |pool: &Pool, agents: u32| if agents == 0 { 0 } else { agents.max(pool.fewest).min(pool.most) };
        let of = |pool: &Pool| (0..self.rows).map(|row| bounded(pool, agents(pool, row))).collect();
        Ok(self.pools.iter().map(of).collect())
    }

    fn row<'r>(&self, seen: &'r Results, queue: usize, row: usize) -> &'r Figures {
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
        let written =
            self.file.queues[wanted.queue].patience.as_ref().map(|patience| patience.law.at(0).mean());
        let patience = written.filter(|mean| mean.is_finite() && *mean > 0.0).unwrap_or(ENDLESS * aht);
        Some([aht, patience])
    }

    /// Agents that a target lacks in an interval, below 0 those to spare; `None` where too few come to tell.
    fn gap(&self, seen: &Results, wanted: &Wanted, row: usize, agents: u32) -> Option<f64> {
        let figures = self.row(seen, wanted.queue, row);
        let offered = figures.value(Figure::Offered)?;
        let level = figures.value(wanted.figure)?;
        if offered * seen.replications as f64 <= FEWEST {
            return None;
        }
        let far = (0.25 * f64::from(agents)).max(1.0);
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
        let of = |share| interpolated_agents_for_a(&centre, &wanted.goal(share), f64::from(agents)).ok();
        let gap = (of(wanted.bound)? - of(level)?).clamp(-far - 1.0, far + 1.0);
        // Rounding decides nothing against what was seen.
        Some(if wanted.keeps(level) { gap.min(0.0) } else { gap.max(1e-6) })
    }

    /// What a pool lacks in an interval, by its target that lacks the most.
    fn lacks(&self, seen: &Results, pool: &Pool, row: usize, agents: u32) -> Option<f64> {
        pool.wanted.iter().filter_map(|wanted| self.gap(seen, wanted, row, agents)).reduce(f64::max)
    }

    /// Where targets are missed by the means: (pool, interval).
    fn lacking(&self, plan: &Plan, seen: &Results) -> Vec<(usize, usize)> {
        let all = (0..self.pools.len()).flat_map(|pool| (0..self.rows).map(move |row| (pool, row)));
        all.filter(|&(pool, row)| {
            let agents = plan[pool][row];
            let lacks = self.lacks(seen, &self.pools[pool], row, agents).is_some_and(|gap| gap > 0.0);
            lacks && agents < self.pools[pool].most
        })
        .collect()
    }

    fn next(&self, plan: &Plan, seen: &Results, pass: u64) -> Plan {
        let mut next = plan.clone();
        for (which, pool) in self.pools.iter().enumerate() {
            for (row, agents) in next[which].iter_mut().enumerate() {
                let Some(gap) = self.lacks(seen, pool, row, *agents) else { continue };
                let step = if gap > 0.0 {
                    (PART * gap).ceil()
                } else if gap <= -1.0 {
                    -(PART * -gap).floor().max(1.0)
                } else {
                    continue;
                };
                if step.abs() <= 1.0 && pass >= SETTLING && !drawn(row as u64, pass) {
                    continue;
                }
                let moved = (f64::from(*agents) + step).max(0.0) as u32;
                *agents = moved.max(pool.fewest).min(pool.most);
            }
        }
        next
    }

    fn required(
        &self,
        model: &Model,
        plan: &Plan,
        passes: Vec<(f64, usize)>,
        results: Option<(Results, u64)>,
    ) -> Required {
        let length = self.file.horizon.interval;
        let group = |(pool, agents): (&Pool, &Vec<u32>)| {
            let group = &self.file.groups[pool.group];
            let compiled = model.group_named(&group.name).map(|id| &model.groups[id.index()]);
            let before =
                |row: usize| compiled.map_or(0, |group| group.heads.at(row as i64 * length.micros() as i64));
            RequiredGroup {
                name: group.name.clone(),
                agents: agents.clone(),
                before: (0..self.rows).map(before).collect(),
                paid: compiled.map_or(1.0, |group| group.paid_per_hour),
                pay: group.cost_per_hour,
            }
        };
        let too_few = |wanted: &Wanted, row: usize| {
            let offered = results.as_ref().and_then(|(seen, _)| {
                let offered = self.row(seen, wanted.queue, row).value(Figure::Offered)?;
                Some(offered * seen.replications as f64)
            });
            offered.is_some_and(|offered| offered > 0.0 && offered <= FEWEST)
        };
        let target = |wanted: &Wanted| {
            let stand = |row: usize| {
                let (seen, _) = results.as_ref()?;
                let figures = self.row(seen, wanted.queue, row);
                let offered = figures.value(Figure::Offered)? * seen.replications as f64;
                let estimate = figures.get(wanted.figure).filter(|_| offered > FEWEST)?;
                Some((estimate, Verdict::of(estimate, wanted.bound, wanted.better)))
            };
            RequiredTarget {
                queue: self.file.queues[wanted.queue].name.clone(),
                figure: wanted.figure,
                bound: wanted.bound,
                stands: (0..self.rows).map(stand).collect(),
                too_few: (0..self.rows).filter(|row| too_few(wanted, *row)).count(),
            }
        };
        let labels = |row: usize| {
            let found = results.as_ref().and_then(|(seen, _)| seen.total.rows.get(row));
            (length * row as u64, found.map(|row| row.label.clone()).unwrap_or_default())
        };
        let sought = |name: &str| self.pools.iter().any(|pool| self.file.groups[pool.group].name == name);
        Required {
            intervals: (0..self.rows).map(labels).collect(),
            length,
            dated: self.file.horizon.start.is_some(),
            groups: self.pools.iter().zip(plan).map(group).collect(),
            targets: self.pools.iter().flat_map(|pool| &pool.wanted).map(target).collect(),
            passes,
            verified: results.as_ref().map(|(seen, seed)| (seen.replications, *seed)),
            fixed: self.file.groups.iter().map(|g| g.name.clone()).filter(|name| !sought(name)).collect(),
        }
    }
}

/// The queues whose targets a pool keeps.
fn distinct(pool: &Pool) -> Vec<usize> {
    let mut queues: Vec<usize> = pool.wanted.iter().map(|wanted| wanted.queue).collect();
    queues.dedup();
    queues
}

/// Half of the intervals, other ones in every pass.
fn drawn(row: u64, pass: u64) -> bool {
    (row.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ pass.wrapping_mul(0xD1B5_4A32_D192_ED03))
        .wrapping_mul(0xBF58_476D_1CE4_E5B9)
        >> 63
        == 0
}
