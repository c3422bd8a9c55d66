//! From a requirement and templates to a roster.

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use jiff::civil::Date;

use crate::model::Labels;
use crate::scenario::{Pay, Scenario, Template};
use crate::units::{Calendar, Span, Weekday};

use super::super::watch::Watch;
use super::candidates::{Candidate, MOST, candidates, slot};
use super::cover::{Aim, Column, Cover, Covered, Limit, NotCovered};
use super::demand::{Demand, Needed, WEEK};
use super::minimize::Minimize;
use super::not_scheduled::NotScheduled;
use super::schedule::{Coverage, GroupSchedule, PlannedBreak, PlannedShift, Schedule, WorkWeek};

/// The finest step of a week.
const FINEST: Span = Span::from_whole_seconds(60);

/// Shares that are the same but for rounding.
const SAME: f64 = 1e-9;

/// Shares of an agent that count as the same.
const LITTLE: f64 = 0.03;

/// Times that are named one by one.
const MOST_NAMED: usize = 5;

/// What is asked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scheduling {
    /// What is as small as possible.
    pub minimize: Minimize,
    /// How long the solver may take.
    pub time: Duration,
}

/// A column of the program: a shift of a group on a weekday, on all days of its template, or on those of an agent's week.
struct Worked {
    group: usize,
    candidate: usize,
    days: [bool; 7],
}

/// What the columns of a shift come to.
#[derive(Clone, Copy, Default)]
struct Sum {
    /// By weekday.
    agents: [u32; 7],
    /// How often it is worked.
    times: u32,
    /// What all of it costs, if that is known.
    cost: f64,
}

impl Sum {
    fn add(&mut self, planner: &Planner<'_>, column: &Worked, agents: u32) {
        self.times += agents * planner.times(column);
        self.cost += f64::from(agents) * planner.cost_of(column).unwrap_or(0.0);
        (0..7).filter(|day| column.days[*day]).for_each(|day| self.agents[day] += agents);
    }
}

struct Planner<'a> {
    file: &'a Scenario,
    demand: &'a Demand,
    candidates: Vec<Candidate>,
    slot: Span,
    played: [bool; 7],
    /// Groups of the file that are required, in file order.
    groups: Vec<usize>,
    /// Of each pool of the demand, which of them.
    pools: Vec<Vec<usize>>,
    /// How much of an agent on contacts a rostered one of each group is, by template. Where it differs but a little, as
    /// paid breaks are a part of shrinkage, the least holds for all, so that whole agents cover whole agents.
    presence: Vec<Vec<f64>>,
    minimize: Minimize,
    has_cost: bool,
}

impl Scheduling {
    /// Makes a roster.
    ///
    /// # Errors
    /// See [`NotScheduled`].
    pub fn run(&self, file: &Scenario, demand: &Demand, watch: &dyn Watch) -> Result<Schedule, NotScheduled> {
        let deadline = Instant::now() + self.time;
        let planner = Planner::new(file, demand, self.minimize)?;
        let worked = planner.worked();
        if worked.len() > MOST {
            return Err(NotScheduled::TooMany);
        }
        planner.all_covered(&worked)?;
        let cover = planner.cover(&worked)?;
        let answer = cover.solve(deadline, watch).map_err(|failure| match failure {
            NotCovered::Stopped => NotScheduled::Stopped,
            NotCovered::Contradiction => NotScheduled::Contradiction,
            NotCovered::Solver(reason) => NotScheduled::Solver(reason),
        })?;
        Ok(planner.schedule(&worked, &answer, watch.stopped()))
    }
}

impl<'a> Planner<'a> {
    fn new(file: &'a Scenario, demand: &'a Demand, minimize: Minimize) -> Result<Planner<'a>, NotScheduled> {
        if file.templates.is_empty() {
            return Err(NotScheduled::NoTemplate);
        }
        if demand.is_nothing() {
            return Err(NotScheduled::NothingRequired);
        }
        let slot = slot(&file.templates, demand.interval);
        if slot < FINEST {
            return Err(NotScheduled::TooFine);
        }
        let candidates = candidates(&file.templates).ok_or(NotScheduled::TooMany)?;
        let mut groups = Vec::new();
        for name in demand.pools.iter().flat_map(|pool| &pool.groups) {
            let place = file.groups.iter().position(|group| group.name == *name);
            let place = place.filter(|place| file.groups[*place].staff.is_some());
            let place = place.ok_or_else(|| NotScheduled::NoStaff(name.clone()))?;
            if file.groups[place].time_zone.is_some() {
                return Err(NotScheduled::OtherClock(name.clone()));
            }
            groups.push(place);
        }
        groups.sort_unstable();
        groups.dedup();
        let number = |name: &String| groups.iter().position(|group| file.groups[*group].name == *name);
        let pools = demand.pools.iter().map(|pool| pool.groups.iter().filter_map(number).collect()).collect();
        let calendar = Calendar::new(file.horizon.start, Span::ZERO);
        let days = file.horizon.length.micros().div_ceil(Span::DAY.micros()).min(7) as i64;
        let mut played = [false; 7];
        (0..days).for_each(|day| played[calendar.weekday(day).index()] = true);
        let mut planner = Planner {
            file,
            demand,
            candidates,
            slot,
            played,
            groups,
            pools,
            presence: Vec::new(),
            minimize,
            has_cost: false,
        };
        planner.has_cost = planner.costs()?;
        planner.presence = planner.presences();
        Ok(planner)
    }

    /// Whether every shift has a cost, or none has.
    fn costs(&self) -> Result<bool, NotScheduled> {
        let mut missing = None;
        let mut given = false;
        for &group in &self.groups {
            let group = &self.file.groups[group];
            for template in self.file.templates.iter().filter(|template| may_work(template, &group.name)) {
                match template.cost.or(group.pay_per_hour()) {
                    Some(_) => given = true,
                    None => missing = missing.or(Some(group.name.clone())),
                }
            }
        }
        match missing {
            Some(group) if given && self.minimize == Minimize::Cost => Err(NotScheduled::NoCost(group)),
            missing => Ok(given && missing.is_none()),
        }
    }

    fn presences(&self) -> Vec<Vec<f64>> {
        let of = |group: &usize| {
            let group = &self.file.groups[*group];
            let of_template = |number: usize| {
                let own = self.candidates.iter().filter(|shift| shift.template == number);
                own.map(|shift| shift.presence(&self.file.templates[number], group)).fold(1.0, f64::min)
            };
            let each: Vec<f64> = (0..self.file.templates.len()).map(of_template).collect();
            let own = || {
                let all = self.file.templates.iter().zip(&each);
                all.filter(|(template, _)| may_work(template, &group.name)).map(|(_, presence)| *presence)
            };
            let (least, most) = (own().fold(1.0, f64::min), own().fold(0.0, f64::max));
            if most - least <= LITTLE { vec![least; each.len()] } else { each }
        };
        self.groups.iter().map(of).collect()
    }

    /// What one agent of a shift that starts on a weekday costs.
    fn cost(&self, group: usize, candidate: &Candidate, weekday: usize) -> Option<f64> {
        let template = &self.file.templates[candidate.template];
        let pay = self.file.groups[self.groups[group]].cost.as_ref();
        let of = |pay: &Pay| {
            let premium = candidate.premium(template, pay, weekday, self.slot);
            pay.per_hour * (candidate.paid(template) + premium)
        };
        template.cost.or_else(|| pay.map(of))
    }

    /// What one agent of a column costs on all of its days that count.
    fn cost_of(&self, column: &Worked) -> Option<f64> {
        let shift = &self.candidates[column.candidate];
        self.counted(column).into_iter().map(|day| self.cost(column.group, shift, day)).sum()
    }

    fn slots(&self) -> usize {
        (WEEK / self.slot.micros()) as usize
    }

    /// Agents that are required of a pool in a slot.
    fn need(&self, pool: usize, slot: usize) -> f64 {
        let parts = (self.demand.interval.micros() / self.slot.micros()) as usize;
        self.demand.pools[pool].week[slot / parts]
    }

    fn is_played(&self, slot: usize) -> bool {
        self.played[slot / (Span::DAY.micros() / self.slot.micros()) as usize]
    }

    /// All columns that can be of use.
    fn worked(&self) -> Vec<Worked> {
        let mut all = Vec::new();
        for (group, place) in self.groups.iter().enumerate() {
            let name = &self.file.groups[*place].name;
            let required = |slot: &usize| {
                let own = self.pools.iter().enumerate().filter(|(_, pool)| pool.contains(&group));
                own.clone().any(|(pool, _)| self.need(pool, *slot) > 0.0)
            };
            for (candidate, shift) in self.candidates.iter().enumerate() {
                let template = &self.file.templates[shift.template];
                if !may_work(template, name) {
                    continue;
                }
                let mut add = |days: [bool; 7]| {
                    let column = Worked { group, candidate, days };
                    let useful = match self.minimize {
                        Minimize::Difference => self.covers(&column).keys().any(|slot| self.is_played(*slot)),
                        _ => self.covers(&column).keys().any(required),
                    };
                    if useful || template.at_least > 0 {
                        all.push(column);
                    }
                };
                if template.days_per_week.is_some() {
                    template.weeks().into_iter().for_each(&mut add);
                } else if template.same_every_day {
                    add(template.days);
                } else {
                    (0..7).filter(|day| template.days[*day]).for_each(|day| add(on(day)));
                }
            }
        }
        all
    }

    /// How often each slot of the week is covered by an agent of a column.
    fn covers(&self, column: &Worked) -> BTreeMap<usize, f64> {
        let shift = &self.candidates[column.candidate];
        let template = &self.file.templates[shift.template];
        let mut covers = BTreeMap::new();
        for day in (0..7).filter(|day| column.days[*day]) {
            for slot in shift.covers(template, day, self.slot) {
                *covers.entry(slot).or_insert(0.0) += 1.0;
            }
        }
        covers
    }

    fn presence(&self, column: &Worked) -> f64 {
        self.presence[column.group][self.candidates[column.candidate].template]
    }

    /// Every time at which somebody is required has a shift that covers it.
    fn all_covered(&self, worked: &[Worked]) -> Result<(), NotScheduled> {
        if self.minimize == Minimize::Difference {
            return Ok(());
        }
        let mut covered = vec![vec![false; self.slots()]; self.groups.len()];
        for column in worked.iter().filter(|column| self.presence(column) > 0.0) {
            self.covers(column).keys().for_each(|slot| covered[column.group][*slot] = true);
        }
        for (number, pool) in self.pools.iter().enumerate() {
            let bare = |slot: &usize| {
                self.need(number, *slot) > 0.0 && !pool.iter().any(|group| covered[*group][*slot])
            };
            let bare: Vec<usize> = (0..self.slots()).filter(bare).collect();
            if !bare.is_empty() {
                return Err(NotScheduled::Uncovered {
                    groups: self.demand.pools[number].groups.clone(),
                    times: self.stretches(&bare),
                });
            }
        }
        Ok(())
    }

    /// `on Mon from 07:00 to 08:00`, of the first few stretches of slots.
    fn stretches(&self, slots: &[usize]) -> Vec<String> {
        let by_day = (Span::DAY.micros() / self.slot.micros()) as usize;
        let mut runs: Vec<(usize, usize)> = Vec::new();
        for slot in slots {
            match runs.last_mut() {
                Some((_, past)) if *past == *slot && !slot.is_multiple_of(by_day) => *past += 1,
                _ => runs.push((*slot, slot + 1)),
            }
        }
        let clock = |slot: usize| {
            let seconds = slot as u64 * self.slot.micros() / 1_000_000;
            format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
        };
        let more = runs.len().saturating_sub(MOST_NAMED);
        let named = runs.iter().take(MOST_NAMED).map(|(first, past)| {
            let day = first / by_day;
            let name = Weekday::ALL[day].name();
            format!("on {name} from {} to {}", clock(first - day * by_day), clock(past - day * by_day))
        });
        let mut named: Vec<String> = named.collect();
        if more > 0 {
            named.push(format!("and at {more} other times"));
        }
        named
    }

    fn cover(&self, worked: &[Worked]) -> Result<Cover, NotScheduled> {
        let presence: Vec<f64> = worked.iter().map(|column| self.presence(column)).collect();
        // Presence as a share of the best: where all are alike, whole agents are required.
        let aim = if self.minimize == Minimize::Difference { Aim::Difference } else { Aim::Cost };
        let own = |pool: &Vec<usize>| -> Vec<f64> {
            let own = worked.iter().zip(&presence).filter(|(column, _)| pool.contains(&column.group));
            own.map(|(_, presence)| *presence).collect()
        };
        let highest = |pool: &Vec<usize>| own(pool).into_iter().fold(SAME, f64::max);
        let best: Vec<f64> =
            self.pools.iter().map(|pool| if aim == Aim::Difference { 1.0 } else { highest(pool) }).collect();
        let alike: Vec<bool> = (self.pools.iter().zip(&best))
            .map(|(pool, best)| own(pool).into_iter().all(|presence| presence > best - SAME))
            .collect();
        // The columns of each row, with what is required.
        let mut by_row: BTreeMap<(usize, usize), Vec<(usize, f64)>> = BTreeMap::new();
        for (number, column) in worked.iter().enumerate() {
            for (slot, times) in self.covers(column) {
                for (pool, _) in
                    self.pools.iter().enumerate().filter(|(_, pool)| pool.contains(&column.group))
                {
                    let share = presence[number] / best[pool];
                    let share = if share > 1.0 - SAME { 1.0 } else { share };
                    by_row.entry((pool, slot)).or_default().push((number, share * times));
                }
            }
        }
        let need = |pool: usize, slot: usize| {
            let need = self.need(pool, slot) / best[pool];
            if alike[pool] && aim == Aim::Cost { (need - 1e-6).ceil().max(0.0) } else { need }
        };
        let mut rows: Vec<(f64, Vec<(usize, f64)>)> = Vec::new();
        if aim == Aim::Difference {
            for pool in 0..self.pools.len() {
                for slot in (0..self.slots()).filter(|slot| self.is_played(*slot)) {
                    rows.push((need(pool, slot), by_row.remove(&(pool, slot)).unwrap_or_default()));
                }
            }
        } else {
            // Of rows with the same columns the one that needs the most holds for all.
            let mut most: BTreeMap<Vec<(usize, u64)>, f64> = BTreeMap::new();
            for ((pool, slot), columns) in by_row {
                let needed = need(pool, slot);
                if needed > 0.0 {
                    let key = columns.iter().map(|(column, share)| (*column, share.to_bits())).collect();
                    let known = most.entry(key).or_insert(0.0);
                    *known = known.max(needed);
                }
            }
            let shares = |key: Vec<(usize, u64)>| {
                key.into_iter().map(|(column, share)| (column, f64::from_bits(share))).collect()
            };
            rows = most.into_iter().map(|(key, need)| (need, shares(key))).collect();
        }
        let mut columns: Vec<Column> =
            worked.iter().map(|column| Column { cost: self.objective(column), covers: Vec::new() }).collect();
        for (row, (_, covers)) in rows.iter().enumerate() {
            covers.iter().for_each(|(column, share)| columns[*column].covers.push((row, *share)));
        }
        let rows = rows.into_iter().map(|(need, _)| need).collect();
        Ok(Cover { aim, columns, rows, limits: self.limits(worked) })
    }

    /// What an agent of a column costs on all of its days.
    fn objective(&self, column: &Worked) -> f64 {
        let shift = &self.candidates[column.candidate];
        let times = f64::from(self.times(column));
        match (self.minimize, self.cost_of(column).filter(|_| self.has_cost)) {
            (Minimize::Shifts, _) => times,
            (_, Some(cost)) => cost,
            (_, None) => shift.paid(&self.file.templates[shift.template]) * times,
        }
    }

    /// The planned days on which a column is worked; where it begins on the day before alone, that one.
    fn counted(&self, column: &Worked) -> Vec<usize> {
        let own = (0..7).filter(|day| column.days[*day]);
        let played: Vec<usize> = own.clone().filter(|day| self.played[*day]).collect();
        if played.is_empty() { own.take(1).collect() } else { played }
    }

    /// On how many of them.
    fn times(&self, column: &Worked) -> u32 {
        self.counted(column).len() as u32
    }

    fn limits(&self, worked: &[Worked]) -> Vec<Limit> {
        let mut limits = Vec::new();
        for (number, template) in self.file.templates.iter().enumerate() {
            if template.at_least == 0 && template.at_most.is_none() {
                continue;
            }
            let of = |days: &dyn Fn(&[bool; 7]) -> bool| Limit {
                columns: (0..worked.len())
                    .filter(|column| {
                        let column = &worked[*column];
                        self.candidates[column.candidate].template == number && days(&column.days)
                    })
                    .collect(),
                least: template.at_least,
                most: template.at_most,
            };
            if template.same_every_day || template.days_per_week.is_some() {
                limits.push(of(&|_| true));
            } else {
                let days = (0..7).filter(|day| template.days[*day]);
                limits.extend(days.map(|day| Limit {
                    least: if self.played[day] { template.at_least } else { 0 },
                    ..of(&|days| days[day])
                }));
            }
        }
        limits.retain(|limit| !limit.columns.is_empty());
        limits
    }

    fn schedule(&self, worked: &[Worked], answer: &Covered, stopped: bool) -> Schedule {
        let mut scheduled = vec![vec![0.0; self.slots()]; self.groups.len()];
        let mut shifts: Vec<BTreeMap<usize, Sum>> = vec![BTreeMap::new(); self.groups.len()];
        for (column, agents) in worked.iter().zip(&answer.agents).filter(|(_, agents)| **agents > 0) {
            shifts[column.group].entry(column.candidate).or_default().add(self, column, *agents);
            let there = f64::from(*agents) * self.presence(column);
            self.covers(column)
                .iter()
                .for_each(|(slot, times)| scheduled[column.group][*slot] += there * times);
        }
        let parts = (self.demand.interval.micros() / self.slot.micros()) as usize;
        let group = |(number, shifts): (usize, BTreeMap<usize, Sum>)| {
            let file = &self.file.groups[self.groups[number]];
            let planned = |(candidate, sum): (usize, Sum)| self.planned(number, candidate, &sum);
            let mut shifts: Vec<PlannedShift> = shifts.into_iter().map(planned).collect();
            shifts.sort_by_key(|shift| (shift.start, shift.length));
            let taken = file.shifts.iter().map(|shift| shift.name.clone()).collect();
            GroupSchedule { name: file.name.clone(), shifts, taken }
        };
        let coverage = |(pool, needed): (&Vec<usize>, &Needed)| {
            let there = |slot: usize| pool.iter().map(|group| scheduled[*group][slot]).sum::<f64>();
            let intervals = 0..needed.week.len();
            let fewest = |interval: usize| {
                (interval * parts..(interval + 1) * parts).map(there).fold(f64::INFINITY, f64::min)
            };
            Coverage {
                groups: needed.groups.clone(),
                required: needed.week.clone(),
                scheduled: intervals.map(fewest).collect(),
            }
        };
        let week = |(column, agents): (&Worked, &u32)| self.week(column, *agents);
        let mut weeks: Vec<WorkWeek> = worked.iter().zip(&answer.agents).filter_map(week).collect();
        weeks.sort_by_key(|week| {
            (week.group, week.shift.start, week.shift.length, std::cmp::Reverse(week.days))
        });
        // Where intervals are cut into finer slots, each counts as its part of the interval.
        let scale = if self.minimize == Minimize::Difference { parts as f64 } else { 1.0 };
        Schedule {
            interval: self.demand.interval,
            weekdays: self.played,
            dates: self.dates(),
            groups: shifts.into_iter().enumerate().map(group).collect(),
            weeks,
            pools: self.pools.iter().zip(&self.demand.pools).map(coverage).collect(),
            fte_hours: self.file.report.fte_hours,
            minimize: self.minimize,
            value: answer.value / scale,
            bound: answer.bound / scale,
            short: answer.short,
            stopped,
            candidates: self.candidates.len(),
            labels: Labels::of(self.file),
        }
    }

    /// All dates of the horizon.
    fn dates(&self) -> Vec<Date> {
        let calendar = Calendar::new(self.file.horizon.start, Span::ZERO);
        let days = self.file.horizon.length.micros().div_ceil(Span::DAY.micros());
        (0..days as i64).filter_map(|day| calendar.date(day)).collect()
    }

    /// The week of a column's agents, where they are followed over it.
    fn week(&self, column: &Worked, agents: u32) -> Option<WorkWeek> {
        self.file.templates[self.candidates[column.candidate].template].days_per_week?;
        let mut sum = Sum::default();
        sum.add(self, column, agents);
        let shift = self.planned(column.group, column.candidate, &sum);
        (agents > 0).then_some(WorkWeek { group: column.group, days: column.days, agents, shift })
    }

    fn planned(&self, group: usize, candidate: usize, sum: &Sum) -> PlannedShift {
        let (agents, times) = (sum.agents, sum.times);
        let shift = &self.candidates[candidate];
        let template = &self.file.templates[shift.template];
        let mut breaks: Vec<PlannedBreak> = (shift.breaks.iter().zip(&template.breaks))
            .map(|(after, pause)| PlannedBreak {
                name: pause.name.clone(),
                after: *after,
                length: pause.length,
                paid: pause.paid,
            })
            .collect();
        breaks.sort_by_key(|pause| pause.after);
        PlannedShift {
            template: template.name.clone(),
            start: shift.start,
            length: shift.length,
            breaks,
            agents,
            times,
            paid: shift.paid(template),
            cost: self.cost(group, shift, 0).map(|_| sum.cost / f64::from(times.max(1))),
        }
    }
}

fn may_work(template: &Template, group: &str) -> bool {
    template.groups.is_empty() || template.groups.iter().any(|name| name == group)
}

fn on(day: usize) -> [bool; 7] {
    let mut days = [false; 7];
    days[day] = true;
    days
}
