//! Heads by week: who is there, who leaves, who begins, and what newcomers get done. Means, no draws: of so many
//! people so many are expected to leave.

use crate::scenario::People;
use crate::units::Span;

/// Of attrition, which is said by the year.
const DAYS_A_YEAR: f64 = 365.25;

const DAY: i64 = Span::DAY.micros() as i64;

/// A week of a group's people.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct PeopleWeek {
    /// Heads when it begins.
    pub begin: f64,
    /// Who has the first day in it.
    pub hired: f64,
    /// Who is expected to leave in it.
    pub left: f64,
    /// Heads on the mean of its days.
    pub heads: f64,
    /// What these get done, in heads who have learnt it all.
    pub able: f64,
}

/// People who began together.
struct Cohort {
    /// The first day on which they count, and how many they are on it.
    from: i64,
    agents: f64,
    /// Their first day of learning, if they are newcomers.
    learns_from: Option<i64>,
}

impl Cohort {
    /// How many are left when a day begins.
    fn left(&self, day: i64, attrition: f64) -> f64 {
        let days = day - self.from;
        if days < 0 { 0.0 } else { self.agents * libm::exp(-attrition * days as f64 / DAYS_A_YEAR) }
    }
}

/// The weeks of a group, from the first day of the horizon on.
pub(super) fn weeks(people: &People, weeks: usize) -> Vec<PeopleWeek> {
    let experienced = Cohort { from: 0, agents: f64::from(people.now), learns_from: None };
    let class = |hire: &crate::scenario::Hire| {
        let day = hire.at.div_euclid(DAY);
        Cohort { from: day.max(0), agents: f64::from(hire.agents), learns_from: Some(day) }
    };
    let cohorts: Vec<Cohort> = std::iter::once(experienced).chain(people.hires.iter().map(class)).collect();
    let heads = |day: i64| cohorts.iter().map(|cohort| cohort.left(day, people.attrition)).sum::<f64>();
    let able = |day: i64| -> f64 {
        let share = |cohort: &Cohort| match cohort.learns_from {
            Some(first) => people.learning.at(Span::DAY * u64::try_from(day - first).unwrap_or(0)),
            None => 1.0,
        };
        cohorts.iter().map(|cohort| cohort.left(day, people.attrition) * share(cohort)).sum()
    };
    let week = |number: usize| {
        let (first, next) = (7 * number as i64, 7 * number as i64 + 7);
        // Who begins on its first day has not been there before.
        let begun = |cohort: &&Cohort| (first..next).contains(&cohort.from) && is_new(cohort);
        let hired: f64 = cohorts.iter().filter(begun).map(|cohort| cohort.agents).sum();
        let new_on_first: f64 = cohorts
            .iter()
            .filter(|cohort| cohort.from == first && is_new(cohort))
            .map(|cohort| cohort.agents)
            .sum();
        let begin = heads(first) - new_on_first;
        // Before those who begin on its first day.
        let end = heads(next)
            - cohorts
                .iter()
                .filter(|cohort| cohort.from == next && is_new(cohort))
                .map(|cohort| cohort.agents)
                .sum::<f64>();
        let mean = |of: &dyn Fn(i64) -> f64| (first..next).map(of).sum::<f64>() / 7.0;
        PeopleWeek { begin, hired, left: begin + hired - end, heads: mean(&heads), able: mean(&able) }
    };
    (0..weeks).map(week).collect()
}

/// Whether they begin within the horizon.
fn is_new(cohort: &Cohort) -> bool {
    cohort.learns_from.is_some_and(|first| first >= 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    fn people(written: &str) -> People {
        let text = format!(
            "horizon = {{ start = 2026-01-05, days = 364 }}\n[queues.q]\ntalk = \"3m\"\narrivals.per_day = 100\n\
             [groups.g]\nskills = [\"q\"]\nstaff = 1\n[groups.g.people]\n{written}"
        );
        let loaded = Scenario::from_text("centre.toml", &text, &[]).unwrap_or_else(|found| panic!("{found}"));
        loaded.scenario.groups[0].people.clone().expect("it is written")
    }

    /// Without classes, people melt away at the rate of the attrition, and all who are missing have left.
    #[test]
    fn attrition_is_the_leavers_of_a_year_for_each_head() {
        let all = weeks(&people("now = 60\nattrition = 0.3"), 52);
        assert_eq!((all[0].begin, all[0].hired), (60.0, 0.0));
        let last = 60.0 * libm::exp(-0.3 * 364.0 / 365.25);
        let left: f64 = all.iter().map(|week| week.left).sum();
        assert!((all[51].begin - all[51].left - last).abs() < 1e-9 && (60.0 - left - last).abs() < 1e-9);
        // What the trade calls attrition: leavers over the mean of heads, by the year.
        let heads = all.iter().map(|week| week.heads).sum::<f64>() / 52.0;
        let attrition = left / heads * 365.25 / 364.0;
        assert!((attrition - 0.3).abs() < 0.3 * 0.001, "{attrition}");
        assert!(all.iter().all(|week| week.able == week.heads));
    }

    /// Twelve begin on a Wednesday: four weeks in the classroom, four at a half.
    #[test]
    fn a_class_gets_done_what_its_learning_says() {
        let class = "now = 0\nlearning = { \"28d\" = 0.5, \"56d\" = 1 }\nhires.march = { at = 2026-01-14, agents = 12 }";
        let all = weeks(&people(class), 12);
        let week =
            |number: usize| (all[number].begin, all[number].hired, all[number].heads, all[number].able);
        assert_eq!(week(0), (0.0, 0.0, 0.0, 0.0));
        // Five of seven days.
        assert_eq!(week(1), (0.0, 12.0, 12.0 * 5.0 / 7.0, 0.0));
        assert_eq!(week(4), (12.0, 0.0, 12.0, 0.0));
        assert_eq!(week(5), (12.0, 0.0, 12.0, 6.0 * 5.0 / 7.0));
        assert_eq!(week(6), (12.0, 0.0, 12.0, 6.0));
        assert_eq!(week(9).3, (6.0 * 2.0 + 12.0 * 5.0) / 7.0);
        assert_eq!(week(11), (12.0, 0.0, 12.0, 12.0));
    }

    /// Who began before the horizon is there when it begins, and still learns.
    #[test]
    fn a_class_from_before_counts_when_the_plan_begins() {
        let class = "now = 10\nlearning = { \"28d\" = 1 }\nhires.before = { at = 2025-12-22, agents = 4 }\n\
                     hires.first = { at = 2026-01-05, agents = 3 }";
        let all = weeks(&people(class), 4);
        assert_eq!((all[0].begin, all[0].hired, all[0].heads, all[0].able), (14.0, 3.0, 17.0, 10.0));
        assert_eq!((all[2].able, all[3].able), (14.0, 14.0));
        assert!(all.iter().all(|week| week.left == 0.0));
    }
}
