//! Plans of agents by group and interval: who is sought, within which bounds, and what a play of a plan shows.

use std::ops::Range;

use crate::figures::{Figure, Results};
use crate::model::Model;
use crate::scenario::{Scenario, Staff};

use super::super::failure::Failure;
use super::super::watch::Watch;
use super::interval_targets::{IntervalTargets, Lack};
use super::required::NotByInterval;
use super::start::needed;

/// Agents by sought group and interval.
pub(super) type Plan = Vec<Vec<u32>>;

/// Fewest or most agents of a group, by its name.
pub(super) type Bounds = [(String, u32)];

/// Groups that are bound to each other by the queues that they serve together.
pub(super) struct Team {
    /// Places among the sought groups.
    pub(super) groups: Vec<usize>,
    /// The pools whose targets they keep.
    pub(super) pools: Vec<usize>,
}

impl Team {
    /// The place of a group that serves its queues alone.
    pub(super) fn alone(&self) -> Option<usize> {
        if let [group] = self.groups[..] { Some(group) } else { None }
    }
}

/// What plans are about.
pub(super) struct Plans<'a> {
    pub(super) on: IntervalTargets<'a>,
    /// The groups that are sought, as places in the file, in their order.
    pub(super) sought: Vec<usize>,
    /// Fewest agents of each while any contacts come, and most.
    pub(super) bounds: Vec<(u32, u32)>,
    /// Cost of an agent of each in every interval: pay, shrinkage and premiums included; 1 where nobody's pay is given.
    pub(super) costs: Vec<Vec<f64>>,
    pub(super) teams: Vec<Team>,
}

impl<'a> Plans<'a> {
    /// Of a scenario, with its model and the groups' bounds.
    ///
    /// # Errors
    /// See [`NotByInterval`].
    pub(super) fn of(
        file: &'a Scenario,
        (at_least, at_most): (&Bounds, &Bounds),
        watch: &'a dyn Watch,
    ) -> Result<(Plans<'a>, Model), NotByInterval> {
        let (on, model) = IntervalTargets::of(file, watch)?;
        let mut sought: Vec<usize> = on.pools.iter().flat_map(|pool| &pool.groups).copied().collect();
        sought.sort_unstable();
        sought.dedup();
        let teams = teams(&on, &sought);
        let mut bounds = vec![(0, u32::MAX); sought.len()];
        for group in teams.iter().filter_map(Team::alone) {
            bounds[group].0 = 1;
        }
        for (asked, least) in [(at_least, true), (at_most, false)] {
            for (name, agents) in asked {
                let place = sought.iter().position(|&group| file.groups[group].name == *name);
                let bound = &mut bounds[place.ok_or_else(|| NotByInterval::NoSuchGroup(name.clone()))?];
                *(if least { &mut bound.0 } else { &mut bound.1 }) = *agents;
            }
        }
        let costs = costs(file, &model, &sought, &teams, on.rows)?;
        Ok((Plans { on, sought, bounds, costs, teams }, model))
    }

    /// Plays a plan; `None` where it was stopped.
    ///
    /// # Errors
    /// Queues that grow without end.
    pub(super) fn play(&self, plan: &Plan, seed: u64) -> Result<Option<Results>, NotByInterval> {
        let mut scenario = self.on.file.clone();
        let (warm_up, length) =
            (scenario.horizon.warm_up.micros() as i64, scenario.horizon.interval.micros() as i64);
        for (&group, agents) in self.sought.iter().zip(plan) {
            let before = (-warm_up, agents[0]);
            let rows = agents.iter().enumerate().map(|(row, agents)| (row as i64 * length, *agents));
            let mut series: Vec<(i64, u32)> = std::iter::once(before).chain(rows).collect();
            series.dedup_by_key(|(_, agents)| *agents);
            scenario.groups[group].staff = Some(Staff::Series(series));
        }
        self.on.play(scenario, seed)
    }

    /// Where it begins: Erlang A for the work that is there in each interval, carried over between them, as a play
    /// with plenty of agents shows it (the modified offered load). What several groups share is done by the cheapest.
    ///
    /// # Errors
    /// As those of a play.
    pub(super) fn start(&self, seed: u64) -> Result<Plan, NotByInterval> {
        let plenty = (3.0 * needed(self.on.file)) as u32 + 10;
        let seen = self.play(&vec![vec![plenty; self.on.rows]; self.sought.len()], seed)?;
        let seen = seen.ok_or(Failure::Stopped)?;
        let mut plan = vec![vec![0; self.on.rows]; self.sought.len()];
        for pool in &self.on.pools {
            let queues = self.on.queues(pool);
            for row in self.rows() {
                let sum = |figure| -> f64 {
                    queues.iter().filter_map(|&q| self.on.row(&seen, q, row).value(figure)).sum()
                };
                if sum(Figure::Offered) == 0.0 {
                    continue;
                }
                let able = pool.groups.iter().filter_map(|group| self.place(*group));
                let cheapest = able.min_by(|&one, &other| {
                    let skills = |place: usize| self.on.file.groups[self.sought[place]].skills.len();
                    let by_cost = self.costs[one][row].total_cmp(&self.costs[other][row]);
                    by_cost.then(skills(one).cmp(&skills(other)))
                });
                if let Some(place) = cheapest {
                    plan[place][row] += self.on.formula(&seen, pool, row, sum(Figure::Busy));
                }
            }
        }
        for team in &self.teams {
            for row in self.rows() {
                if team.groups.iter().any(|&place| plan[place][row] > 0) {
                    for &place in &team.groups {
                        let (fewest, most) = self.bounds[place];
                        plan[place][row] = plan[place][row].max(fewest).min(most);
                    }
                }
            }
        }
        Ok(plan)
    }

    /// Places of the intervals.
    pub(super) fn rows(&self) -> Range<usize> {
        0..self.on.rows
    }

    /// Hours of all agents.
    pub(super) fn hours(&self, plan: &Plan) -> f64 {
        let agents: f64 = plan.iter().flatten().map(|agents| f64::from(*agents)).sum();
        agents * self.on.file.horizon.interval.hours()
    }

    /// Where targets are missed by the means.
    pub(super) fn lacking(&self, plan: &Plan, seen: &Results) -> Vec<Lack> {
        let there = |pool: usize, row: usize| -> f64 {
            let places = self.on.pools[pool].groups.iter().filter_map(|group| self.place(*group));
            places.map(|place| f64::from(plan[place][row])).sum()
        };
        self.on.lacking(&there, seen)
    }

    /// The team that keeps a pool's targets.
    pub(super) fn team_of(&self, pool: usize) -> Option<usize> {
        self.teams.iter().position(|team| team.pools.contains(&pool))
    }

    fn place(&self, group: usize) -> Option<usize> {
        self.sought.binary_search(&group).ok()
    }
}

/// Pools with a group in common are kept by one team.
fn teams(on: &IntervalTargets<'_>, sought: &[usize]) -> Vec<Team> {
    let mut teams: Vec<Team> = Vec::new();
    for (number, pool) in on.pools.iter().enumerate() {
        let places = pool.groups.iter().filter_map(|group| sought.binary_search(group).ok());
        let mut team = Team { groups: places.collect(), pools: vec![number] };
        let (bound, others) = teams
            .into_iter()
            .partition(|other: &Team| other.groups.iter().any(|group| team.groups.contains(group)));
        teams = others;
        for other in bound {
            team.groups.extend(other.groups);
            team.pools.extend(other.pools);
        }
        team.groups.sort_unstable();
        team.groups.dedup();
        team.pools.sort_unstable();
        teams.push(team);
    }
    teams.sort_by(|one, other| one.groups.cmp(&other.groups));
    teams
}

/// What agents cost. Where groups are alone there is nothing to choose, and no cost is needed.
fn costs(
    file: &Scenario,
    model: &Model,
    sought: &[usize],
    teams: &[Team],
    rows: usize,
) -> Result<Vec<Vec<f64>>, NotByInterval> {
    let pay = |place: usize| file.groups[sought[place]].pay_per_hour();
    for team in teams {
        let unpaid = team.groups.iter().find(|&&place| pay(place).is_none());
        if let Some(&unpaid) = unpaid.filter(|_| team.groups.iter().any(|&place| pay(place).is_some())) {
            return Err(NotByInterval::NoCost(file.groups[sought[unpaid]].name.clone()));
        }
    }
    let of = |place: usize| -> Vec<f64> {
        let compiled =
            model.group_named(&file.groups[sought[place]].name).map(|id| &model.groups[id.index()]);
        let Some((group, pay)) = compiled.zip(pay(place)) else { return vec![1.0; rows] };
        let above = |row: usize| group.premiums.get(row).copied().unwrap_or(0.0);
        (0..rows).map(|row| pay * group.paid_per_hour * (1.0 + above(row))).collect()
    };
    Ok((0..sought.len()).map(of).collect())
}
