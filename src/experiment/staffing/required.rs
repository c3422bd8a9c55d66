//! What is required by interval: the least agents of each pool that keep its targets in every interval.

use std::fmt;

use crate::figures::{Estimate, Figure, Verdict};
use crate::model::Labels;
use crate::units::Span;

use super::super::failure::Failure;
use super::paid_time::PaidTime;

/// What was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Required {
    /// When the intervals begin since the start of the reported time, and what they are called.
    pub intervals: Vec<(Span, String)>,
    /// How long each is.
    pub length: Span,
    /// Whether they have dates; else they are elapsed times.
    pub dated: bool,
    /// The groups, in file order.
    pub groups: Vec<RequiredGroup>,
    /// The targets of their queues, interval by interval.
    pub targets: Vec<RequiredTarget>,
    /// How the search went: agent hours, and targets of intervals that were missed by the means.
    pub passes: Vec<(f64, usize)>,
    /// Replications of each pass and of the verification, and the seed of the latter.
    pub verified: Option<(u64, u64)>,
    /// Groups that stay as they are.
    pub fixed: Vec<String>,
    /// Paid hours of a full-time equivalent over the horizon; `None` where that is less than a working week.
    pub fte_hours: Option<f64>,
    /// What people call queues, groups and money.
    pub labels: Labels,
}

/// A group and its agents by interval.
#[derive(Clone, Debug, PartialEq)]
pub struct RequiredGroup {
    /// Its name.
    pub name: String,
    /// Agents on contacts, by interval.
    pub agents: Vec<u32>,
    /// What the file has.
    pub before: Vec<u32>,
    /// Paid heads for each agent on contacts: shrinkage.
    pub paid: f64,
    /// Of a paid hour, if it is given.
    pub pay: Option<f64>,
    /// What an hour of each interval costs above that, as a share of it; empty where none does.
    pub premiums: Vec<f64>,
}

/// A target of a queue in every interval.
#[derive(Clone, Debug, PartialEq)]
pub struct RequiredTarget {
    /// The queue.
    pub queue: String,
    /// What the target is about.
    pub figure: Figure,
    /// At least, or of abandonment at most, this share.
    pub bound: f64,
    /// How it stands by interval on fresh customers; `None` where nobody comes, or too few to tell.
    pub stands: Vec<Option<(Estimate, Verdict)>>,
    /// In so many intervals too few come to tell.
    pub too_few: usize,
}

impl Required {
    /// Hours of a group's agents.
    #[must_use]
    pub fn time(&self, group: &RequiredGroup) -> PaidTime {
        PaidTime::of(self.hours_of(&group.agents), group.paid)
    }

    /// Hours of all of them.
    #[must_use]
    pub fn total(&self) -> PaidTime {
        self.groups.iter().map(|group| self.time(group)).sum()
    }

    /// Agent hours on contacts that the file has.
    #[must_use]
    pub fn hours_before(&self, group: &RequiredGroup) -> f64 {
        self.hours_of(&group.before)
    }

    fn hours_of(&self, agents: &[u32]) -> f64 {
        f64::from(agents.iter().sum::<u32>()) * self.length.hours()
    }

    /// What a group's paid hours cost, where its pay is given.
    #[must_use]
    pub fn cost_of(&self, group: &RequiredGroup) -> Option<f64> {
        let above = |row: usize| group.premiums.get(row).copied().unwrap_or(0.0);
        let agents = group.agents.iter().enumerate();
        let hours = agents.map(|(row, agents)| f64::from(*agents) * (1.0 + above(row))).sum::<f64>()
            * self.length.hours();
        Some(hours * group.paid * group.pay?)
    }

    /// What the paid hours cost, where every group has its pay.
    #[must_use]
    pub fn cost(&self) -> Option<f64> {
        self.groups.iter().map(|group| self.cost_of(group)).sum()
    }

    /// Targets of intervals by how they stand: kept, not decided, missed.
    #[must_use]
    pub fn verdicts(&self) -> [usize; 3] {
        let of = |wanted: Verdict| {
            let all = self.targets.iter().flat_map(|target| target.stands.iter().flatten());
            all.filter(|(_, verdict)| *verdict == wanted).count()
        };
        [Verdict::Kept, Verdict::Undecided, Verdict::Missed].map(of)
    }
}

/// Why nothing is required by interval.
#[derive(Debug)]
pub enum NotByInterval {
    /// More than four weeks: intervals are those of a week then.
    Folded,
    /// Before the first date there is nobody.
    WarmUp,
    /// No group can be changed.
    NoGroup,
    /// Of groups that share queues some have pay and this one does not.
    NoCost(String),
    /// A bound on a group that is not sought.
    NoSuchGroup(String),
    /// A play failed.
    Failure(Failure),
}

impl fmt::Display for NotByInterval {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            NotByInterval::Folded => f.write_str("more than 28 days are reported by weekday and not by date"),
            NotByInterval::WarmUp => {
                f.write_str("a horizon with dates has a `warm_up`, in which nobody would be there")
            }
            NotByInterval::NoGroup => {
                f.write_str("no group with `staff` serves a voice queue that has a target on waits")
            }
            NotByInterval::NoCost(group) => {
                write!(f, "`groups.{group}` has no cost, and others that share its queues have one")
            }
            NotByInterval::NoSuchGroup(group) => {
                write!(f, "`{group}` is no group whose agents are sought by interval")
            }
            NotByInterval::Failure(failure) => failure.fmt(f),
        }
    }
}

impl std::error::Error for NotByInterval {}

impl From<Failure> for NotByInterval {
    fn from(failure: Failure) -> NotByInterval {
        NotByInterval::Failure(failure)
    }
}
