//! A roster: shifts with agents, and what they cover.

use std::collections::BTreeSet;

use jiff::civil::Date;

use crate::model::Labels;
use crate::scenario::{self, Scenario, Staff};
use crate::units::{Span, Steps, TimeOfDay};

use super::minimize::Minimize;

/// A break of a planned shift.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedBreak {
    /// Its name.
    pub name: String,
    /// Since the shift's start.
    pub after: Span,
    /// How long.
    pub length: Span,
    /// Whether the pay goes on.
    pub paid: bool,
}

/// A shift that is worked.
#[derive(Clone, Debug, PartialEq)]
pub struct PlannedShift {
    /// The template that allows it.
    pub template: String,
    /// When it starts.
    pub start: TimeOfDay,
    /// Start to end.
    pub length: Span,
    /// By time.
    pub breaks: Vec<PlannedBreak>,
    /// Rostered agents by weekday, Monday first.
    pub agents: [u32; 7],
    /// How often it is worked by somebody on the planned days.
    pub times: u32,
    /// Paid hours of one agent.
    pub paid: f64,
    /// What one agent costs, in the mean of the days on which it is worked; if costs are known.
    pub cost: Option<f64>,
}

/// The shifts of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupSchedule {
    /// Its name.
    pub name: String,
    /// By start.
    pub shifts: Vec<PlannedShift>,
    /// Names of shifts that the file has already.
    pub taken: Vec<String>,
}

/// The week of some agents who work the same shift on the same days.
#[derive(Clone, Debug, PartialEq)]
pub struct WorkWeek {
    /// Whose, in [`Schedule::groups`].
    pub group: usize,
    /// On which weekdays, Monday first.
    pub days: [bool; 7],
    /// How many agents.
    pub agents: u32,
    /// What they work on each of these days.
    pub shift: PlannedShift,
}

impl WorkWeek {
    /// Paid hours of one agent in a whole week.
    #[must_use]
    pub fn hours(&self) -> f64 {
        self.shift.paid * self.days.iter().filter(|day| **day).count() as f64
    }
}

/// What is required of a group, or of several together, and what the shifts cover.
#[derive(Clone, Debug, PartialEq)]
pub struct Coverage {
    /// Of whom.
    pub groups: Vec<String>,
    /// Required agents on contacts by interval of the week.
    pub required: Vec<f64>,
    /// Scheduled agents on contacts, absence and other shrinkage taken off: the fewest within each interval.
    pub scheduled: Vec<f64>,
}

/// A shift under the name that files give it: on days that have as many agents.
#[derive(Clone, Debug, PartialEq)]
pub struct NamedShift<'s> {
    /// Its template and start.
    pub name: String,
    /// What it is.
    pub shift: &'s PlannedShift,
    /// On which weekdays.
    pub days: [bool; 7],
    /// Rostered agents on each of them.
    pub agents: u32,
}

impl GroupSchedule {
    /// Each shift with a name, once for each number of agents, the most first.
    #[must_use]
    pub fn named(&self) -> Vec<NamedShift<'_>> {
        let mut taken: BTreeSet<String> = self.taken.iter().cloned().collect();
        let mut all = Vec::new();
        for shift in &self.shifts {
            let numbers: BTreeSet<u32> = shift.agents.iter().copied().filter(|agents| *agents > 0).collect();
            for agents in numbers.into_iter().rev() {
                let seconds = shift.start.span().micros() / 1_000_000;
                let plain = format!("{}_{:02}{:02}", shift.template, seconds / 3600, seconds / 60 % 60);
                let mut name = plain.clone();
                let mut number = 1;
                while !taken.insert(name.clone()) {
                    number += 1;
                    name = format!("{plain}_{number}");
                }
                all.push(NamedShift { name, shift, days: shift.agents.map(|own| own == agents), agents });
            }
        }
        all
    }
}

/// A roster for a week, or for the days of it that are played.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// How long an interval is.
    pub interval: Span,
    /// Which weekdays are planned, Monday first.
    pub weekdays: [bool; 7],
    /// The dates for which it is made: all of the horizon, week after week.
    pub dates: Vec<Date>,
    /// By group, in file order.
    pub groups: Vec<GroupSchedule>,
    /// The weeks of the agents whose templates say how many days they work: by group, start and days.
    pub weeks: Vec<WorkWeek>,
    /// Who is required together.
    pub pools: Vec<Coverage>,
    /// Paid hours a week of a full-time equivalent.
    pub fte_hours: f64,
    /// What was minimised.
    pub minimize: Minimize,
    /// What it comes to.
    pub value: f64,
    /// Nothing that the templates allow comes to less.
    pub bound: f64,
    /// Whether limits of the templates leave some intervals short.
    pub short: bool,
    /// Whether it was stopped before it was proved that nothing is better.
    pub stopped: bool,
    /// From how many shifts it was chosen.
    pub candidates: usize,
    /// What people call queues, groups and money.
    pub labels: Labels,
}

/// Less is rounding.
const NOTHING: f64 = 1e-9;

impl Schedule {
    /// Shifts that are worked, paid hours, and what they cost if that is known.
    #[must_use]
    pub fn totals(&self) -> (u32, f64, Option<f64>) {
        let shifts = || self.groups.iter().flat_map(|group| &group.shifts);
        let cost = |shift: &PlannedShift| Some(f64::from(shift.times) * shift.cost?);
        (
            shifts().map(|shift| shift.times).sum(),
            shifts().map(|shift| f64::from(shift.times) * shift.paid).sum(),
            shifts().map(cost).sum(),
        )
    }

    /// Full-time equivalents: the paid hours of a week, if a whole week is planned.
    #[must_use]
    pub fn fte(&self) -> Option<f64> {
        let whole = self.weekdays.iter().all(|day| *day);
        whole.then(|| self.totals().1 / self.fte_hours)
    }

    /// Whether it is proved that nothing is better.
    #[must_use]
    pub fn proved(&self) -> bool {
        !self.short && self.value - self.bound <= NOTHING * self.value.abs().max(1.0)
    }

    /// What could still be saved at most, as a share.
    #[must_use]
    pub fn gap(&self) -> f64 {
        if self.proved() || self.value <= 0.0 { 0.0 } else { (self.value - self.bound) / self.value }
    }

    /// Agent hours on contacts of the planned days: required, scheduled, over and under the requirement. Where groups
    /// are required together and alone too, they count each time.
    #[must_use]
    pub fn hours(&self) -> [f64; 4] {
        let mut sums = [0.0; 4];
        for pool in &self.pools {
            sums.iter_mut().zip(self.hours_of(pool)).for_each(|(sum, part)| *sum += part);
        }
        sums
    }

    /// The same of a group, or of several together.
    #[must_use]
    pub fn hours_of(&self, pool: &Coverage) -> [f64; 4] {
        let by_day = (Span::DAY.micros() / self.interval.micros()) as usize;
        let mut sums = [0.0; 4];
        for (row, (required, scheduled)) in pool.required.iter().zip(&pool.scheduled).enumerate() {
            if self.weekdays[row / by_day] {
                let off = scheduled - required;
                let parts = [*required, *scheduled, off.max(0.0), (-off).max(0.0)];
                sums.iter_mut().zip(parts).for_each(|(sum, part)| *sum += part * self.interval.hours());
            }
        }
        sums.map(|sum| if sum < NOTHING { 0.0 } else { sum })
    }

    /// The scenario with the shifts in place of the groups' `staff`.
    #[must_use]
    pub fn over(&self, file: &Scenario) -> Scenario {
        let mut scenario = file.clone();
        for group in &self.groups {
            let Some(own) = scenario.groups.iter_mut().find(|own| own.name == group.name) else { continue };
            let named = group.named();
            own.staff = named.is_empty().then(|| Staff::Steps(Steps::constant(0)));
            own.shifts.extend(named.iter().map(|named| scenario::Shift {
                name: named.name.clone(),
                agents: named.days.map(|works| if works { named.agents } else { 0 }),
                days: named.days,
                rotation: None,
                start: named.shift.start,
                length: named.shift.length,
                breaks: named.shift.breaks.iter().map(written).collect(),
            }));
        }
        scenario
    }

    /// The weekday of an interval of the week, and when it begins.
    #[must_use]
    pub fn time_of(&self, row: usize) -> (usize, TimeOfDay) {
        let by_day = (Span::DAY.micros() / self.interval.micros()) as usize;
        let micros = (row % by_day) as u64 * self.interval.micros();
        (row / by_day, TimeOfDay::from_seconds((micros / 1_000_000) as u32))
    }
}

fn written(pause: &PlannedBreak) -> scenario::Break {
    let time = scenario::BreakTime::After { after: pause.after, spread: Span::ZERO };
    scenario::Break { name: pause.name.clone(), time, length: pause.length, paid: pause.paid }
}
