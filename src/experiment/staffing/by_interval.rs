//! The agents that every interval requires, by simulation: all intervals of a centre are played, every one says
//! how many agents it lacks or has to spare, and they are played again.
//!
//! In the manner of Feldman, Mandelbaum, Massey & Whitt (2008, Management Science 54), who iterate on the distribution
//! of the number present: here the level that was seen is turned into agents by Erlang A, and so is the target; the
//! difference is what is lacking. What is carried over between intervals, retries, and all else that the formula
//! does not know are in the level that is seen next. Plain iteration may go round for ever where customers are
//! patient; so most of the way is gone at a time, and single steps are taken in half of the intervals only.

use crate::figures::Results;
use crate::model::Model;
use crate::scenario::Scenario;

use super::super::failure::Failure;
use super::super::watch::Watch;
use super::interval_plans::{Plan, Plans, Team};
use super::required::{NotByInterval, Required, RequiredGroup};
use super::shared_skills::SharedSkills;
use super::staff::FRESH;

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

/// Agent hours, and targets of intervals that were missed by the means, of each pass.
type Passes = Vec<(f64, usize)>;

struct Search<'a> {
    plans: Plans<'a>,
}

impl ByInterval {
    /// Searches.
    ///
    /// # Errors
    /// See [`NotByInterval`].
    pub fn run(&self, file: &Scenario, watch: &dyn Watch) -> Result<Required, NotByInterval> {
        let (plans, model) = Plans::of(file, (&self.at_least, &self.at_most), watch)?;
        let search = Search { plans };
        let plans = &search.plans;
        let seed = file.experiment.seed;
        let mut passes = Vec::new();
        let mut plan = plans.start(seed)?;
        if plans.teams.iter().any(|team| team.alone().is_some()) {
            plan = search.settle(plan, seed, &mut passes)?;
        }
        let mut shared = SharedSkills::of(plans);
        shared.search(&mut plan, seed, &mut passes)?;
        let mut results = None;
        for check in 0..MOST_CHECKS {
            let seed = seed.wrapping_add(FRESH * (check + 1));
            let Some(seen) = plans.play(&plan, seed)? else { break };
            let lacking = plans.lacking(&plan, &seen);
            results = Some((seen, seed));
            // The last look stays as it is: with agents added after it, it would be about another plan.
            if lacking.is_empty() || check + 1 == MOST_CHECKS || watch.stopped() {
                break;
            }
            let mut of_teams: Vec<(usize, usize)> = Vec::new();
            for lack in lacking {
                let Some(team) = plans.team_of(lack.pool) else { continue };
                match plans.teams[team].alone() {
                    Some(place) => {
                        plan[place][lack.row] = (plan[place][lack.row] + 1).min(plans.bounds[place].1);
                    }
                    None => of_teams.push((team, lack.row)),
                }
            }
            of_teams.sort_unstable();
            of_teams.dedup();
            for (team, row) in of_teams {
                if let Some((seen, _)) = &results {
                    shared.raise(team, row, seen, &mut plan);
                }
            }
        }
        Ok(search.required(&model, &plan, passes, results))
    }
}

impl Search<'_> {
    /// A plan in which the groups that are alone keep their targets by the means in every interval, and could spare
    /// nobody.
    fn settle(&self, from: Plan, seed: u64, passes: &mut Passes) -> Result<Plan, NotByInterval> {
        let mut plan = from;
        let mut best: Option<(f64, Plan)> = None;
        let mut idle = 0;
        for pass in 0..MOST_PASSES {
            let seen = match self.plans.play(&plan, seed) {
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
            let mut lacking = self.plans.lacking(&plan, &seen);
            passes.push((self.plans.hours(&plan), lacking.len()));
            lacking.retain(|lack| self.alone().any(|(team, _)| team.pools.contains(&lack.pool)));
            let agents: f64 =
                self.alone().flat_map(|(_, place)| &plan[place]).map(|agents| f64::from(*agents)).sum();
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
        best.map(|(_, plan)| plan).ok_or_else(|| Failure::Stopped.into())
    }

    /// Groups that serve their queues alone, with their places.
    fn alone(&self) -> impl Iterator<Item = (&Team, usize)> {
        self.plans.teams.iter().filter_map(|team| Some((team, team.alone()?)))
    }

    fn next(&self, plan: &Plan, seen: &Results, pass: u64) -> Plan {
        let on = &self.plans.on;
        let mut next = plan.clone();
        for (team, place) in self.alone() {
            let (fewest, most) = self.plans.bounds[place];
            for (row, agents) in next[place].iter_mut().enumerate() {
                let lacks = |pool: &usize| on.lacks(seen, &on.pools[*pool], row, f64::from(*agents));
                let Some(gap) = team.pools.iter().filter_map(lacks).reduce(f64::max) else { continue };
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
                *agents = ((f64::from(*agents) + step).max(0.0) as u32).max(fewest).min(most);
            }
        }
        next
    }

    fn required(
        &self,
        model: &Model,
        plan: &Plan,
        passes: Passes,
        results: Option<(Results, u64)>,
    ) -> Required {
        let (plans, on) = (&self.plans, &self.plans.on);
        let length = on.file.horizon.interval;
        let group = |(group, agents): (&usize, &Vec<u32>)| {
            let group = &on.file.groups[*group];
            let compiled = model.group_named(&group.name).map(|id| &model.groups[id.index()]);
            let before =
                |row: usize| compiled.map_or(0, |group| group.heads.at(row as i64 * length.micros() as i64));
            RequiredGroup {
                name: group.name.clone(),
                agents: agents.clone(),
                before: (0..on.rows).map(before).collect(),
                paid: compiled.map_or(1.0, |group| group.paid_per_hour),
                pay: group.pay_per_hour(),
                premiums: compiled.map(|group| group.premiums.clone()).unwrap_or_default(),
            }
        };
        let labels = |row: usize| {
            let found = results.as_ref().and_then(|(seen, _)| seen.total.rows.get(row));
            (length * row as u64, found.map(|row| row.label.clone()).unwrap_or_default())
        };
        let sought = |name: &str| plans.sought.iter().any(|&group| on.file.groups[group].name == name);
        Required {
            intervals: (0..on.rows).map(labels).collect(),
            length,
            dated: on.file.horizon.start.is_some(),
            groups: plans.sought.iter().zip(plan).map(group).collect(),
            targets: on.stands(results.as_ref().map(|(seen, _)| seen)),
            passes,
            verified: results.as_ref().map(|(seen, seed)| (seen.replications, *seed)),
            fixed: on.file.groups.iter().map(|g| g.name.clone()).filter(|name| !sought(name)).collect(),
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
