//! A roster that keeps the targets: what it requires comes from the queues' targets, the roster is played, and where a
//! target is missed more is required and another one is made.
//!
//! Played is the roster itself, shifts and breaks and absence, so that what no requirement knows of is in it: breaks
//! that begin late because of a customer, who is carried over between intervals, who helps whom.

use std::collections::BTreeSet;
use std::fmt;

use crate::figures::{Figure, Results};
use crate::scenario::{Scenario, Staff};
use crate::units::Steps;

use super::super::failure::Failure;
use super::super::staffing::{
    ByInterval, FRESH, IntervalTargets, NotByInterval, Pool, RequiredTarget, needed,
};
use super::super::watch::Watch;
use super::demand::Demand;
use super::not_scheduled::NotScheduled;
use super::plan::Scheduling;
use super::schedule::Schedule;

/// Rosters that are made and played, at most.
const MOST_ROUNDS: usize = 25;

/// Verifications, each on customers of its own, at most.
const MOST_CHECKS: u64 = 3;

/// The least by which a requirement rises: the next whole agent.
const LEAST: f64 = 0.05;

/// Agents that are as good as any number, for each that is busy.
const PLENTY: f64 = 3.0;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rostering {
    /// How rosters are made.
    pub scheduling: Scheduling,
}

/// A roster that was made and played.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Round {
    /// What it came to.
    pub value: f64,
    /// Targets of intervals that it missed, by the means.
    pub missed: usize,
}

/// A roster, and how the targets stand under it.
#[derive(Clone, Debug, PartialEq)]
pub struct Rostered {
    /// The roster.
    pub schedule: Schedule,
    /// How the search went.
    pub rounds: Vec<Round>,
    /// How every target of every interval stands on fresh customers.
    pub targets: Vec<RequiredTarget>,
    /// Replications of the verification, and its seed.
    pub verified: Option<(u64, u64)>,
    /// What the intervals of the targets are called.
    pub labels: Vec<String>,
}

/// Why there is none.
#[derive(Debug)]
pub enum NotRostered {
    /// There is no requirement.
    Required(NotByInterval),
    /// There is no roster.
    Scheduled(NotScheduled),
}

impl fmt::Display for NotRostered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotRostered::Required(cause) => cause.fmt(f),
            NotRostered::Scheduled(cause) => cause.fmt(f),
        }
    }
}

impl std::error::Error for NotRostered {}

impl From<NotByInterval> for NotRostered {
    fn from(cause: NotByInterval) -> NotRostered {
        NotRostered::Required(cause)
    }
}

impl From<NotScheduled> for NotRostered {
    fn from(cause: NotScheduled) -> NotRostered {
        NotRostered::Scheduled(cause)
    }
}

impl Rostering {
    /// Makes a roster that keeps the targets in every interval, by the means.
    ///
    /// # Errors
    /// See [`NotRostered`].
    pub fn run(&self, file: &Scenario, watch: &dyn Watch) -> Result<Rostered, NotRostered> {
        // What is wrong with the templates is told before anything is played.
        if file.templates.is_empty() {
            return Err(NotScheduled::NoTemplate.into());
        }
        let (on, _) = IntervalTargets::of(file, watch)?;
        let mut demand = match on.pools.iter().all(|pool| pool.groups.len() == 1) {
            true => Demand::of(&ByInterval::default().run(file, watch)?, file),
            false => formulas(&on)?,
        };
        let mut schedule = self.scheduling.run(file, &demand, watch)?;
        let mut rounds = Vec::new();
        for _ in 0..MOST_ROUNDS {
            let Some(seen) = on.play(schedule.over(file), file.experiment.seed)? else { break };
            let lacking = raise(&on, &schedule, &mut demand, &seen, None);
            rounds.push(Round { value: schedule.value, missed: lacking });
            if lacking == 0 {
                break;
            }
            schedule = self.scheduling.run(file, &demand, watch)?;
        }
        let mut verified = None;
        for check in 1..=MOST_CHECKS {
            let seed = file.experiment.seed.wrapping_add(FRESH * check);
            let Some(seen) = on.play(schedule.over(file), seed)? else { break };
            // Of intervals that just keep their target half seem to miss it on other customers: only those count
            // that miss it for sure.
            let missed = on.missed(&seen);
            let last = missed.is_empty() || check == MOST_CHECKS;
            if !last {
                raise(&on, &schedule, &mut demand, &seen, Some(&missed));
            }
            verified = Some((seen, seed));
            if last {
                break;
            }
            rounds.push(Round { value: schedule.value, missed: missed.len() });
            schedule = self.scheduling.run(file, &demand, watch)?;
            verified = None;
        }
        let seen = verified.as_ref().map(|(seen, _)| seen);
        let labels = |seen: &Results| seen.total.rows.iter().map(|row| row.label.clone()).collect();
        Ok(Rostered {
            targets: on.stands(seen),
            labels: seen.map(labels).unwrap_or_default(),
            verified: verified.as_ref().map(|(seen, seed)| (seen.replications, *seed)),
            schedule,
            rounds,
        })
    }
}

/// Requires more where a target is missed by the means, if it is `among` these; in how many intervals.
fn raise(
    on: &IntervalTargets<'_>,
    schedule: &Schedule,
    demand: &mut Demand,
    seen: &Results,
    among: Option<&BTreeSet<(usize, usize)>>,
) -> usize {
    let place = demand.place(0, on.file);
    let week = schedule.pools[0].scheduled.len();
    let there = |pool: usize, row: usize| schedule.pools[pool].scheduled[(place + row) % week];
    let mut lacking = on.lacking(&there, seen);
    lacking.retain(|lack| among.is_none_or(|among| among.contains(&(lack.pool, lack.row))));
    for lack in &lacking {
        let wanted = there(lack.pool, lack.row) + lack.agents.max(LEAST);
        let needed = demand.of_row(lack.pool, lack.row, on.file);
        *needed = needed.max(wanted);
    }
    lacking.len()
}

/// Where several groups keep targets together: Erlang A for the work that nobody else can take off them, carried over
/// between intervals, as a play with plenty of agents shows it.
fn formulas(on: &IntervalTargets<'_>) -> Result<Demand, NotByInterval> {
    let file = on.file;
    let mut scenario = file.clone();
    let busiest = needed(file);
    let plenty = (PLENTY * busiest) as u32 + 10;
    for group in on.pools.iter().flat_map(|pool| &pool.groups) {
        scenario.groups[*group].staff = Some(Staff::Steps(Steps::constant(plenty)));
    }
    let seen = on.play(scenario, file.experiment.seed)?.ok_or(Failure::Stopped)?;
    let names = |groups: &Vec<usize>| groups.iter().map(|group| file.groups[*group].name.clone()).collect();
    let mut demand = Demand::nothing(file.horizon.interval, on.pools.iter().map(|pool| names(&pool.groups)));
    for (number, pool) in on.pools.iter().enumerate() {
        let within = |other: &&Pool| other.groups.iter().all(|group| pool.groups.contains(group));
        let queues: Vec<usize> = on.pools.iter().filter(within).flat_map(|other| on.queues(other)).collect();
        for row in 0..on.rows {
            let sum = |figure| -> f64 {
                queues.iter().filter_map(|queue| on.row(&seen, *queue, row).value(figure)).sum()
            };
            if sum(Figure::Offered) > 0.0 {
                let agents = on.formula(&seen, pool, row, sum(Figure::Busy));
                let needed = demand.of_row(number, row, file);
                *needed = needed.max(f64::from(agents));
            }
        }
    }
    Ok(demand)
}
