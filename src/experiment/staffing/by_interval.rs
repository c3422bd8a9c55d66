//! The agents that every interval requires, by simulation: all intervals of a centre are played, every one says
//! how many agents it lacks or has to spare, and they are played again.
//!
//! In the manner of Feldman, Mandelbaum, Massey & Whitt (2008, Management Science 54), who iterate on the distribution
//! of the number present: here the level that was seen is turned into agents by Erlang A, and so is the target; the
//! difference is what is lacking. What is carried over between intervals, retries, and all else that the formula
//! does not know are in the level that is seen next. Plain iteration may go round for ever where customers are
//! patient; so most of the way is gone at a time, and single steps are taken in half of the intervals only.

use crate::figures::{Figure, Results};
use crate::model::Model;
use crate::scenario::{Scenario, Staff};

use super::super::failure::Failure;
use super::super::watch::Watch;
use super::interval_targets::{IntervalTargets, Lack, Pool};
use super::required::{NotByInterval, Required, RequiredGroup};
use super::staff::FRESH;
use super::start::needed;

/// The part of the way that is gone at a time.
const PART: f64 = 0.6;

/// Passes of the search, at most.
const MOST_PASSES: u64 = 40;

/// From this pass on single steps are taken in half of the intervals.
const SETTLING: u64 = 3;

/// Passes in a row without a better plan, after which it is settled.
const MOST_IDLE: usize = 6;

/// Verifications, each on customers of its own, at most.
const MOST_CHECKS: u64 = 4;

/// What is asked.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ByInterval {
    /// (group, fewest agents while any contacts come).
    pub at_least: Vec<(String, u32)>,
    /// (group, most agents).
    pub at_most: Vec<(String, u32)>,
}

/// Agents by pool and interval.
type Plan = Vec<Vec<u32>>;

struct Search<'a> {
    on: IntervalTargets<'a>,
}

impl ByInterval {
    /// Searches.
    ///
    /// # Errors
    /// See [`NotByInterval`].
    pub fn run(&self, file: &Scenario, watch: &dyn Watch) -> Result<Required, NotByInterval> {
        let (mut on, model) = IntervalTargets::of(file, watch)?;
        self.bound(file, &mut on.pools)?;
        let search = Search { on };
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
            for Lack { pool, row, .. } in lacking {
                plan[pool][row] = (plan[pool][row] + 1).min(search.on.pools[pool].most);
            }
        }
        Ok(search.required(&model, &plan, passes, results))
    }

    /// What is asked of the groups; each keeps its targets alone.
    fn bound(&self, file: &Scenario, pools: &mut [Pool]) -> Result<(), NotByInterval> {
        if let Some(shared) = pools.iter().find(|pool| pool.groups.len() > 1) {
            let groups = shared.groups.iter().map(|&group| format!("`groups.{}`", file.groups[group].name));
            let queue = file.queues[shared.first_queue()].name.clone();
            return Err(NotByInterval::Shared { queue, groups: groups.collect() });
        }
        for (bounds, least) in [(&self.at_least, true), (&self.at_most, false)] {
            for (name, agents) in bounds {
                let pool = pools.iter_mut().find(|pool| file.groups[pool.groups[0]].name == *name);
                let pool = pool.ok_or_else(|| NotByInterval::NoSuchGroup(name.clone()))?;
                *(if least { &mut pool.fewest } else { &mut pool.most }) = *agents;
            }
        }
        Ok(())
    }
}

impl Search<'_> {
    /// Plays a plan; `None` where it was stopped. Queues that grow without end are played with more agents.
    fn play(&self, plan: &Plan, seed: u64) -> Result<Option<Results>, NotByInterval> {
        let mut scenario = self.on.file.clone();
        let (warm_up, length) =
            (scenario.horizon.warm_up.micros() as i64, scenario.horizon.interval.micros() as i64);
        for (pool, agents) in self.on.pools.iter().zip(plan) {
            let before = (-warm_up, agents[0]);
            let rows = agents.iter().enumerate().map(|(row, agents)| (row as i64 * length, *agents));
            let mut series: Vec<(i64, u32)> = std::iter::once(before).chain(rows).collect();
            series.dedup_by_key(|(_, agents)| *agents);
            scenario.groups[pool.groups[0]].staff = Some(Staff::Series(series));
        }
        self.on.play(scenario, seed)
    }

    /// Where targets are missed by the means.
    fn lacking(&self, plan: &Plan, seen: &Results) -> Vec<Lack> {
        self.on.lacking(&|pool, row| f64::from(plan[pool][row]), seen)
    }

    /// A plan in which every interval keeps its targets by the means, and could spare nobody; with agent hours and
    /// missed targets of each pass.
    fn settle(&self) -> Result<(Plan, Vec<(f64, usize)>), NotByInterval> {
        let seed = self.on.file.experiment.seed;
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
            passes.push((agents * self.on.file.horizon.interval.hours(), lacking.len()));
            // What is lacking is still to come, and a little more, as the intervals after it hang on it.
            let to_come = lacking.iter().map(|lack| 1.0 + 2.0 * lack.agents);
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
        let plenty = (3.0 * needed(self.on.file)) as u32 + 10;
        let all: Plan = self.on.pools.iter().map(|_| vec![plenty; self.on.rows]).collect();
        let seen = self.play(&all, seed)?.ok_or(Failure::Stopped)?;
        let agents = |pool: &Pool, row: usize| {
            let queues = self.on.queues(pool);
            let sum = |figure| -> f64 {
                queues.iter().filter_map(|&q| self.on.row(&seen, q, row).value(figure)).sum()
            };
            if sum(Figure::Offered) == 0.0 { 0 } else { self.on.formula(&seen, pool, row, sum(Figure::Busy)) }
        };
        let bounded =
            |pool: &Pool, agents: u32| if agents == 0 { 0 } else { agents.max(pool.fewest).min(pool.most) };
        let of = |pool: &Pool| (0..self.on.rows).map(|row| bounded(pool, agents(pool, row))).collect();
        Ok(self.on.pools.iter().map(of).collect())
    }

    fn next(&self, plan: &Plan, seen: &Results, pass: u64) -> Plan {
        let mut next = plan.clone();
        for (which, pool) in self.on.pools.iter().enumerate() {
            for (row, agents) in next[which].iter_mut().enumerate() {
                let Some(gap) = self.on.lacks(seen, pool, row, f64::from(*agents)) else { continue };
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
        let length = self.on.file.horizon.interval;
        let group = |(pool, agents): (&Pool, &Vec<u32>)| {
            let group = &self.on.file.groups[pool.groups[0]];
            let compiled = model.group_named(&group.name).map(|id| &model.groups[id.index()]);
            let before =
                |row: usize| compiled.map_or(0, |group| group.heads.at(row as i64 * length.micros() as i64));
            RequiredGroup {
                name: group.name.clone(),
                agents: agents.clone(),
                before: (0..self.on.rows).map(before).collect(),
                paid: compiled.map_or(1.0, |group| group.paid_per_hour),
                pay: group.pay_per_hour(),
                premiums: compiled.map(|group| group.premiums.clone()).unwrap_or_default(),
            }
        };
        let labels = |row: usize| {
            let found = results.as_ref().and_then(|(seen, _)| seen.total.rows.get(row));
            (length * row as u64, found.map(|row| row.label.clone()).unwrap_or_default())
        };
        let sought =
            |name: &str| self.on.pools.iter().any(|pool| self.on.file.groups[pool.groups[0]].name == name);
        Required {
            intervals: (0..self.on.rows).map(labels).collect(),
            length,
            dated: self.on.file.horizon.start.is_some(),
            groups: self.on.pools.iter().zip(plan).map(group).collect(),
            targets: self.on.stands(results.as_ref().map(|(seen, _)| seen)),
            passes,
            verified: results.as_ref().map(|(seen, seed)| (seen.replications, *seed)),
            fixed: self.on.file.groups.iter().map(|g| g.name.clone()).filter(|name| !sought(name)).collect(),
            fte_hours: model.fte_hours,
            labels: model.labels.clone(),
        }
    }
}

/// Half of the intervals, other ones in every pass.
fn drawn(row: u64, pass: u64) -> bool {
    (row.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ pass.wrapping_mul(0xD1B5_4A32_D192_ED03))
        .wrapping_mul(0xBF58_476D_1CE4_E5B9)
        >> 63
        == 0
}
