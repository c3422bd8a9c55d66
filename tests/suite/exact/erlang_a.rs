//! M/M/n+M: customers of exponential patience, and some who do not wait at all.

use holdline::formulas::{ErlangA, ExponentialPatience, OfferedWait, ServiceLevels};

use super::{Judge, play};

pub(super) const COMPARISONS: usize = TEN + HUNDRED + BALK;
const EACH: usize = 15;
const TEN: usize = 5 * EACH;
const HUNDRED: usize = 5 * EACH;
const BALK: usize = 3 * EACH;

const WITHIN: f64 = 20.0;
const SHORT: f64 = 5.0;

/// Six queues, first come first served by one team, are one queue; each counts its service level by a
/// formula of its own.
const FORMULAS: [&str; 6] = [
    "answered_of_offered",
    "answered_of_answered",
    "less_short_abandons",
    "less_abandons_within",
    "abandons_met",
    "short_abandons_met",
];

fn levels(levels: &ServiceLevels) -> [f64; 6] {
    [
        levels.answered_of_offered,
        levels.answered_of_answered,
        levels.less_short_abandons,
        levels.less_abandons_within,
        levels.abandons_met,
        levels.short_abandons_met,
    ]
}

/// Calls of 4 minutes, `load` in shares of the agents, patience in seconds; `hours` reported.
struct Case {
    agents: u32,
    load: f64,
    patience: u32,
    balk: f64,
    hours: u32,
}

impl Case {
    fn per_hour(&self) -> f64 {
        f64::from(self.agents) * self.load * 15.0
    }

    fn solve(&self) -> OfferedWait<ExponentialPatience> {
        let patience = ExponentialPatience { mean: f64::from(self.patience), balk: self.balk };
        OfferedWait::solve(self.per_hour() / 3600.0, 240.0, f64::from(self.agents), patience)
    }

    fn scenario(&self) -> String {
        let (patience, balk) = (self.patience, self.balk);
        let queues: String = FORMULAS
            .iter()
            .map(|formula| {
                format!(
                    r#"
[queues.{formula}]
talk = {{ mean = "4m" }}
patience = {{ mean = "{patience}s", balk = {balk} }}
target = {{ share = 0.8, within = "{WITHIN}s", formula = "{formula}", short = "{SHORT}s" }}
arrivals.per_hour = {}
"#,
                    self.per_hour() / FORMULAS.len() as f64
                )
            })
            .collect();
        format!(
            r#"
horizon = {{ length = "{}h", warm_up = "10h", interval = "10h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 42 }}
{queues}
[groups.team]
skills = {FORMULAS:?}
staff = {}
[routing]
contacts = "first_come_first_served"
"#,
            self.hours, self.agents
        )
    }

    fn judge(&self, judge: &mut Judge) {
        judge.about(format!("M/M/{}+M at {}, balk {}", self.agents, self.load, self.balk));
        judge.units(240.0, f64::from(self.agents) * self.load);
        let exact = self.solve();
        let results = play(&self.scenario());
        judge.figures(
            &results,
            "total",
            &[
                ("delayed", exact.delayed()),
                ("wait", exact.mean_wait()),
                ("wait_answered", exact.mean_wait_answered()),
                ("wait_abandoned", exact.mean_wait_abandoned()),
                ("abandonment", exact.abandonment()),
                ("occupancy", exact.occupancy()),
                ("queue", exact.queue()),
                ("wait_p90", exact.quantile_all(0.9)),
                ("wait_answered_p90", exact.quantile_answered(0.9)),
            ],
        );
        for (formula, level) in FORMULAS.iter().zip(levels(&exact.service_levels(WITHIN, SHORT))) {
            judge.figure(&results, &format!("queues.{formula}.service_level"), level);
        }
    }
}

#[test]
fn the_offered_wait_without_balking_is_that_of_erlang_a() {
    let case = Case { agents: 10, load: 1.1, patience: 120, balk: 0.0, hours: 0 };
    let a = ErlangA {
        arrivals_per_second: case.per_hour() / 3600.0,
        mean_service: 240.0,
        mean_patience: 120.0,
        agents: 10.0,
    };
    assert_eq!(case.solve().abandonment(), a.abandonment());
}

#[test]
fn ten_agents_from_light_load_to_overload() {
    let mut judge = Judge::new();
    for (load, hours) in [(0.8, 350), (0.9, 160), (1.0, 90), (1.1, 70), (1.2, 60)] {
        Case { agents: 10, load, patience: 120, balk: 0.0, hours }.judge(&mut judge);
    }
    judge.finish(TEN);
}

#[test]
fn a_hundred_agents_from_light_load_to_overload() {
    let mut judge = Judge::new();
    for (load, hours) in [(0.8, 300), (0.9, 170), (1.0, 70), (1.1, 40), (1.2, 40)] {
        Case { agents: 100, load, patience: 120, balk: 0.0, hours }.judge(&mut judge);
    }
    judge.finish(HUNDRED);
}

#[test]
fn some_give_up_at_once() {
    let mut judge = Judge::new();
    for (agents, load, balk, hours) in [(10, 0.9, 0.1, 150), (10, 1.2, 0.3, 90), (100, 1.1, 0.1, 40)] {
        Case { agents, load, patience: 180, balk, hours }.judge(&mut judge);
    }
    judge.finish(BALK);
}
