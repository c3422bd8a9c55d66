//! The plan: what is required by week, who is there, and what becomes of the targets with them.

use std::fmt;

use crate::figures::Figure;
use crate::model::Labels;
use crate::scenario::Scenario;
use crate::units::{Calendar, Span};

use super::super::failure::Failure;
use super::super::targets::{QueueTarget, queue_targets};
use super::super::watch::Watch;
use super::answer::{Aim, Capacity, GroupWeek, PlannedGroup};
use super::levels::Levels;
use super::needed::{between, least};
use super::workforce::{self, PeopleWeek};

/// Makes capacity plans.
#[derive(Clone, Copy, Debug, Default)]
pub struct Planning;

/// Why there is no plan.
#[derive(Debug)]
pub enum NoCapacity {
    /// There are no weeks.
    NoWeeks,
    /// Nobody is employed.
    NoPeople,
    /// Nothing is to be kept.
    NoTarget,
    /// A group with people has no agents to begin with.
    NoAgents(String),
    /// It cannot be played.
    Failure(Failure),
}

impl fmt::Display for NoCapacity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NoCapacity::NoWeeks => f.write_str("a capacity plan needs a calendar of a week or more"),
            NoCapacity::NoPeople => f.write_str("no group says who is employed (`people`)"),
            NoCapacity::NoTarget => f.write_str("no queue has a target on waits or on abandonment"),
            NoCapacity::NoAgents(group) => {
                write!(f, "`groups.{group}` has no paid hours that could be more or fewer")
            }
            NoCapacity::Failure(failure) => failure.fmt(f),
        }
    }
}

impl std::error::Error for NoCapacity {}

impl From<Failure> for NoCapacity {
    fn from(failure: Failure) -> NoCapacity {
        NoCapacity::Failure(failure)
    }
}

/// The targets that are counted by the week: not those on solving, whose cases end in other ones.
fn aims(file: &Scenario) -> Vec<Aim> {
    let of_weeks = queue_targets(file)
        .into_iter()
        .filter(|target| matches!(target.figure, Figure::ServiceLevel | Figure::Abandonment));
    let aim = |QueueTarget { queue, figure, bound }: QueueTarget| Aim {
        queue: file.queues[queue].name.clone(),
        figure,
        bound,
        expected: Vec::new(),
    };
    of_weeks.map(aim).collect()
}

impl Planning {
    /// Plans the weeks of the horizon.
    ///
    /// # Errors
    /// See [`NoCapacity`].
    pub fn run(self, file: &Scenario, watch: &dyn Watch) -> Result<Capacity, NoCapacity> {
        let days = file.horizon.length.micros() / Span::DAY.micros();
        let weeks = (days / 7) as usize;
        if file.horizon.start.is_none() || weeks == 0 {
            return Err(NoCapacity::NoWeeks);
        }
        let planned: Vec<usize> =
            (0..file.groups.len()).filter(|&group| file.groups[group].people.is_some()).collect();
        if planned.is_empty() {
            return Err(NoCapacity::NoPeople);
        }
        let mut aims = aims(file);
        if aims.is_empty() {
            return Err(NoCapacity::NoTarget);
        }
        let asked = aims.clone();
        let mut levels = Levels::of(file, &planned, &asked, weeks, watch)?;
        let fte_hours = file.report.fte_hours;
        let now: Vec<f64> =
            levels.paid_hours.iter().map(|hours| hours / (days as f64 / 7.0) / fte_hours).collect();
        if let Some(none) = now.iter().position(|fte| *fte <= 0.0) {
            return Err(NoCapacity::NoAgents(file.groups[planned[none]].name.clone()));
        }
        let mut groups: Vec<PlannedGroup> = Vec::new();
        for (&group, &now) in planned.iter().zip(&now) {
            let group = &file.groups[group];
            let Some(people) = &group.people else { continue };
            let hours = people.hours_per_week.unwrap_or(fte_hours);
            let week = |people: PeopleWeek| {
                let fte = |heads: f64| heads * hours / fte_hours;
                GroupWeek { required: None, paid: fte(people.heads), available: fte(people.able), people }
            };
            let all = workforce::weeks(people, weeks).into_iter().map(week).collect();
            groups.push(PlannedGroup {
                name: group.name.clone(),
                hours,
                pay: group.pay_per_hour(),
                now,
                weeks: all,
            });
        }
        let all: f64 = now.iter().sum();
        let there: Vec<f64> = (0..weeks)
            .map(|week| groups.iter().map(|group| group.weeks[week].available).sum::<f64>() / all)
            .collect();
        let ends =
            [f64::min, f64::max].map(|of: fn(f64, f64) -> f64| there.iter().copied().fold(there[0], of));
        let finished = levels.enclose(ends[0], ends[1])?;
        for (week, &there) in there.iter().enumerate() {
            let factor = least(&levels.points(week));
            for group in &mut groups {
                group.weeks[week].required = factor.map(|factor| factor * group.now);
            }
            for (number, aim) in aims.iter_mut().enumerate() {
                aim.expected.push(between(&levels.curve(week, number), there));
            }
        }
        let calendar = Calendar::new(file.horizon.start, Span::ZERO);
        let is_planned = |name: &str| groups.iter().any(|group| group.name == name);
        Ok(Capacity {
            weeks: (0..weeks).filter_map(|week| calendar.date(7 * week as i64)).collect(),
            fixed: file.groups.iter().map(|g| g.name.clone()).filter(|name| !is_planned(name)).collect(),
            groups,
            contacts: levels.contacts.clone(),
            aims,
            fte_hours,
            days_left: days % 7,
            factors: levels.factors(),
            replications: file.experiment.replications,
            stopped: !finished,
            labels: Labels::of(file),
        })
    }
}
