//! A capacity plan.

use jiff::civil::Date;

use crate::figures::{Better, Figure};
use crate::model::Labels;

use super::workforce::PeopleWeek;

/// A plan by weeks.
#[derive(Clone, Debug, PartialEq)]
pub struct Capacity {
    /// The first days of the weeks.
    pub weeks: Vec<Date>,
    /// The groups that are planned, in file order.
    pub groups: Vec<PlannedGroup>,
    /// Groups without `people`, which stay as the file has them.
    pub fixed: Vec<String>,
    /// Contacts that come, by week.
    pub contacts: Vec<f64>,
    /// The targets, and what becomes of them.
    pub aims: Vec<Aim>,
    /// Paid hours a week of a full-time equivalent.
    pub fte_hours: f64,
    /// Days at the horizon's end that make no week.
    pub days_left: u64,
    /// With so many times the agents the horizon was played.
    pub factors: Vec<f64>,
    /// Replications of each.
    pub replications: u64,
    /// Whether it was stopped before all was played that is needed.
    pub stopped: bool,
    /// What people call queues, groups and money.
    pub labels: Labels,
}

/// A group's plan.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedGroup {
    /// Its name.
    pub name: String,
    /// Paid hours a week of each head.
    pub hours: f64,
    /// Pay of an hour, if it is given.
    pub pay: Option<f64>,
    /// FTE that the file's own agents come to.
    pub now: f64,
    /// Week by week.
    pub weeks: Vec<GroupWeek>,
}

/// A week of a group. All in full-time equivalents, people but for heads.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GroupWeek {
    /// So many keep all targets; `None` where none do.
    pub required: Option<f64>,
    /// So many are paid.
    pub paid: f64,
    /// What these get done, in experienced FTE.
    pub available: f64,
    /// Heads.
    pub people: PeopleWeek,
}

impl GroupWeek {
    /// Available over required.
    #[must_use]
    pub fn gap(&self) -> Option<f64> {
        self.required.map(|required| self.available - required)
    }
}

/// A target of a queue, week by week.
#[derive(Clone, Debug, PartialEq)]
pub struct Aim {
    /// The queue.
    pub queue: String,
    /// What it is about.
    pub figure: Figure,
    /// At least, of abandonment at most.
    pub bound: f64,
    /// What is expected with the people who are available; `None` where nobody comes.
    pub expected: Vec<Option<f64>>,
}

impl Aim {
    /// By how much a level keeps it; below 0 it does not.
    #[must_use]
    pub fn room(&self, level: f64) -> f64 {
        if self.figure.better() == Better::Lower { self.bound - level } else { level - self.bound }
    }
}

impl Capacity {
    /// All groups together in a week.
    #[must_use]
    pub fn total(&self, week: usize) -> GroupWeek {
        let mut sum =
            GroupWeek { required: Some(0.0), paid: 0.0, available: 0.0, people: PeopleWeek::default() };
        for group in &self.groups {
            let own = &group.weeks[week];
            sum.required = sum.required.zip(own.required).map(|(sum, own)| sum + own);
            sum.paid += own.paid;
            sum.available += own.available;
            sum.people.begin += own.people.begin;
            sum.people.hired += own.people.hired;
            sum.people.left += own.people.left;
            sum.people.heads += own.people.heads;
            sum.people.able += own.people.able;
        }
        sum
    }

    /// What the people of all weeks are paid, where every group has its pay.
    #[must_use]
    pub fn cost(&self) -> Option<f64> {
        let of = |group: &PlannedGroup| {
            let hours: f64 = group.weeks.iter().map(|week| week.people.heads * group.hours).sum();
            Some(hours * group.pay?)
        };
        self.groups.iter().map(of).sum()
    }
}
