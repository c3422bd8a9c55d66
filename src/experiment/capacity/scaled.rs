//! A centre with so many times its agents, in the same shifts and at the same hours.
//!
//! Heads are whole, and a factor is not: what is left over is there on some days and not on others, so that over the
//! weeks the hours are the factor's.

use crate::scenario::{Group, Scenario, Shift, Staff};
use crate::units::Span;

const DAY: i64 = Span::DAY.micros() as i64;

/// Of what a day's step begins with, so that not all steps round up on the same day.
const GOLDEN: f64 = 0.618_033_988_749_895;

/// The scenario with `factor` times the agents of these groups.
pub(super) fn scaled(file: &Scenario, groups: &[usize], factor: f64) -> Scenario {
    let mut scenario = file.clone();
    let horizon = &file.horizon;
    let played = (-(horizon.warm_up.micros() as i64), (horizon.length + horizon.cool_down).micros() as i64);
    for &group in groups {
        let group = &mut scenario.groups[group];
        group.staff = group.staff.as_ref().map(|staff| heads(staff, factor, played));
        group.shifts = shifts(group, factor);
    }
    scenario
}

/// Heads without shifts, from one time up to another.
fn heads(staff: &Staff, factor: f64, (start, end): (i64, i64)) -> Staff {
    let mut series: Vec<(i64, u32)> = Vec::new();
    let mut add = |at: i64, heads: u32| {
        if series.last().is_none_or(|(_, before)| *before != heads) {
            series.push((at, heads));
        }
    };
    match staff {
        Staff::Steps(steps) => {
            let mut at = start;
            while at < end {
                let midnight = (at.div_euclid(DAY) + 1) * DAY;
                let (day, clock) = (at.div_euclid(DAY), at.rem_euclid(DAY));
                let place = steps.steps().partition_point(|(from, _)| from.micros() as i64 <= clock);
                add(at, whole(f64::from(*steps.at(at)) * factor, day, place as f64 * GOLDEN));
                at = steps.next_step(at).unwrap_or(midnight).min(midnight);
            }
        }
        Staff::Series(rows) => {
            // A row may last for an hour or for a month: days of its own are made of long ones.
            for (row, (from, heads)) in rows.iter().enumerate() {
                let until = rows.get(row + 1).map_or(end, |(next, _)| *next);
                let mut at = *from;
                while at < until {
                    let clock = at.rem_euclid(DAY) as f64 / DAY as f64 * 48.0;
                    add(at, whole(f64::from(*heads) * factor, at.div_euclid(DAY), clock * GOLDEN));
                    at = ((at.div_euclid(DAY) + 1) * DAY).min(until);
                }
            }
        }
    }
    Staff::Series(series)
}

/// So many on this day that over the days it is the number; `begin` says with which part it begins.
fn whole(number: f64, day: i64, begin: f64) -> u32 {
    let sum = |days: i64| (number * days as f64 + begin + 1e-9).floor();
    (sum(day + 1) - sum(day)).max(0.0) as u32
}

/// Each shift with whole agents on all of its days, and one more on some of them.
fn shifts(group: &Group, factor: f64) -> Vec<Shift> {
    let mut left_over = 0.0;
    let mut all = Vec::new();
    for shift in &group.shifts {
        let mut each = [0; 7];
        let mut one_more = [false; 7];
        for heads in numbers(shift) {
            let days: Vec<usize> =
                (0..7).filter(|day| shift.days[*day] && shift.agents[*day] == heads).collect();
            let wanted = f64::from(heads) * factor * days.len() as f64 + left_over;
            let times = wanted.round().max(0.0);
            left_over = wanted - times;
            let (all_days, more) = (times as usize / days.len(), times as usize % days.len());
            days.iter().for_each(|day| each[*day] = all_days as u32);
            // Evenly over its days.
            (0..more).for_each(|number| one_more[days[(2 * number + 1) * days.len() / (2 * more)]] = true);
        }
        all.push(Shift { agents: each, ..shift.clone() });
        if one_more.contains(&true) {
            let name = format!("{} one more", shift.name);
            all.push(Shift { name, agents: one_more.map(u32::from), days: one_more, ..shift.clone() });
        }
    }
    all
}

/// How many begin a shift on any weekday, the most first.
fn numbers(shift: &Shift) -> Vec<u32> {
    let mut numbers: Vec<u32> = (0..7).filter(|day| shift.days[*day]).map(|day| shift.agents[day]).collect();
    numbers.sort_unstable_by(|a, b| b.cmp(a));
    numbers.dedup();
    numbers
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Heads, Model};

    fn file(group: &str) -> Scenario {
        let text = format!(
            "horizon = {{ start = 2026-01-05, days = 70 }}\n[queues.q]\ntalk = \"3m\"\narrivals.per_day = 100\n\
             [groups.g]\nskills = [\"q\"]\n{group}"
        );
        Scenario::from_text("centre.toml", &text, &[]).unwrap_or_else(|found| panic!("{found}")).scenario
    }

    /// Agent hours of ten weeks, from the heads alone.
    fn hours(scenario: &Scenario) -> f64 {
        let model = Model::compile(scenario);
        let heads: &Heads = &model.groups[0].heads;
        let minute = 60_000_000;
        (0..70 * 1440).map(|at| f64::from(heads.at(at * minute))).sum::<f64>() / 60.0
    }

    #[test]
    fn hours_are_those_of_the_factor() {
        for staff in ["staff = 7", "staff = { \"08:00\" = 5, \"12:30\" = 9, \"18:00\" = 0 }"] {
            let file = file(staff);
            for factor in [0.31, 0.9, 1.0, 1.1, 1.55] {
                let found = hours(&scaled(&file, &[0], factor));
                let wanted = factor * hours(&file);
                // A head more or less in each step of the day.
                assert!((found - wanted).abs() <= 24.0, "{staff}, {factor}: {found} for {wanted}");
            }
        }
    }

    #[test]
    fn shifts_keep_their_hours_and_get_agents_on_some_days() {
        let shift = "shifts.early = { agents = 10, days = \"mon-fri\", start = \"08:00\", length = \"8h\" }\n\
                     shifts.late = { agents = 3, start = \"12:00\", length = \"8h\" }";
        let scaled = scaled(&file(shift), &[0], 1.05);
        let agents: Vec<(u32, usize)> = scaled.groups[0]
            .shifts
            .iter()
            .map(|shift| (shift.most(), shift.days.iter().filter(|day| **day).count()))
            .collect();
        // 52.5 agent days, of which half a one goes on to the late shift: 22.05 - 0.5 is 22 of 7 x 3 + 1.
        assert_eq!(agents, [(10, 5), (1, 3), (3, 7), (1, 1)]);
    }
}
