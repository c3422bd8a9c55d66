//! Groups: agents who share skills, pay and shifts.

use crate::random::Law;
use crate::units::{Span, TimeOfDay};
use crate::vocabulary::Leave;

use crate::units::Steps;

/// `groups.G.skills.Q`.
#[derive(Clone, Debug, PartialEq)]
pub struct Skill {
    /// The queue it is for.
    pub queue: String,
    /// Orders the groups for an arriving contact: 1 before 2.
    pub priority: u32,
    /// Orders the queues for a freed agent; by default the priority.
    pub takes: u32,
    /// Divides talk and wrap-up times.
    pub speed: f64,
    /// Overrides the queue's share of solved cases.
    pub resolution: Option<f64>,
    /// Helps only those who have waited this long.
    pub after: Option<Span>,
    /// Overrides the queue's talk time.
    pub talk: Option<Steps<Law>>,
}

/// When a break is due.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum BreakTime {
    /// This long after the shift's start, the agents spread evenly over `spread`.
    After {
        /// Since the shift's start.
        after: Span,
        /// From the first agent's break to the last one's.
        spread: Span,
    },
    /// Taken whole between two times of day, the agents spread evenly.
    Between(TimeOfDay, TimeOfDay),
}

/// `shifts.S.breaks.B`.
#[derive(Clone, Debug, PartialEq)]
pub struct Break {
    /// Its name.
    pub name: String,
    /// When.
    pub time: BreakTime,
    /// How long.
    pub length: Span,
    /// Whether the pay goes on.
    pub paid: bool,
}

/// `groups.G.shifts.S`.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift {
    /// Its name.
    pub name: String,
    /// Rostered heads.
    pub agents: u32,
    /// On which weekdays it starts, Monday first.
    pub days: [bool; 7],
    /// When it starts.
    pub start: TimeOfDay,
    /// Start to end, breaks included.
    pub length: Span,
    /// Its breaks.
    pub breaks: Vec<Break>,
}

/// `shrinkage`: paid time not available for contacts, as shares of paid time.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Shrinkage {
    /// Chance that a rostered agent is absent for the whole shift.
    pub absence: f64,
    /// In random blocks within the shift: training, meetings and the like (for `total`: what the
    /// paid breaks leave of it, worked out for each shift).
    pub blocks: Blocks,
}

/// The part of shrinkage that falls in random blocks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Blocks {
    /// This share of paid time.
    Share(f64),
    /// Whatever the paid breaks leave of this total share.
    UpTo(f64),
}

impl Default for Blocks {
    fn default() -> Blocks {
        Blocks::Share(0.0)
    }
}

/// `groups.G.staff`: heads on contacts, without shifts.
#[derive(Clone, Debug, PartialEq)]
pub enum Staff {
    /// In steps over the day or the elapsed time.
    Steps(Steps<u32>),
    /// From a file: (microseconds since the start of the reported time, heads), ascending; nobody
    /// before the first row; each row holds until the next.
    Series(Vec<(i64, u32)>),
}

/// `[groups.NAME]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Where it sits.
    pub site: Option<String>,
    /// Pay per hour.
    pub cost_per_hour: Option<f64>,
    /// What it can serve, in file order.
    pub skills: Vec<Skill>,
    /// Heads without shifts (beside the shifts, if both are given).
    pub staff: Option<Staff>,
    /// Shifts, in file order.
    pub shifts: Vec<Shift>,
    /// Paid time not available.
    pub shrinkage: Shrinkage,
    /// Who leaves when `staff` falls.
    pub leave: Leave,
    /// (channel, share of an agent that one contact takes): what may run together sums up to 1.
    pub capacity: Vec<(String, f64)>,
}
