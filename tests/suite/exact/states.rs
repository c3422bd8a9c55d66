//! M/M/n: not the means alone, but how long how many wait and are busy.
//!
//! Source: Erlang (1917). With a the load, C the probability of waiting and r = a / n, k of n agents are busy with the
//! weights a^k / k!, all of them with C, and m > 0 wait with C (1 - r) r^m.

use holdline::experiment::{Experiment, Measure, Silent, StateClock, States};
use holdline::formulas::ErlangC;

use super::{Judge, confidence, load};

pub(super) const COMPARISONS: usize = 7 + 6;

#[test]
fn the_numbers_waiting_and_busy_are_those_of_the_chain() {
    const AGENTS: u32 = 6;
    let loaded = load(
        r#"
horizon = { length = "1200h", warm_up = "10h", interval = "1200h" }
experiment = { replications = 64, seed = 61 }
[queues.calls]
talk = { mean = "4m" }
arrivals.per_hour = 72
[groups.team]
skills = ["calls"]
staff = 6
"#,
    );
    let experiment = Experiment::new(&loaded.scenario).expect("no pilot");
    let (mut seen, model) = (Vec::new(), experiment.model());
    let take = |of_one| {
        seen.push(of_one);
        true
    };
    let clock = || StateClock::new(model);
    experiment.record_each(0..64, clock, |_, clock| clock.seen(), take, &Silent).expect("it is stable");
    let states = States::of(&seen, model, confidence());
    let centre =
        ErlangC { arrivals_per_second: 72.0 / 3600.0, mean_service: 240.0, agents: f64::from(AGENTS) };
    let (delayed, filled) = (centre.delayed(), centre.load() / f64::from(AGENTS));
    let mut judge = Judge::new();
    judge.about("M/M/6, how many");
    let mut is = |scope: &str, measure: Measure, number: u32, exact: f64| {
        let line = states
            .shares
            .iter()
            .find(|line| (line.scope, line.measure, line.number) == (scope, measure, number));
        let share = line.expect("it occurs").share;
        judge.compare(&format!("{} {number}", measure.name()), share, 64, exact, 0.0);
    };
    let weights: Vec<f64> = (0..AGENTS)
        .scan(1.0, |weight, k| {
            let now = *weight;
            *weight *= centre.load() / f64::from(k + 1);
            Some(now)
        })
        .collect();
    let all: f64 = weights.iter().sum();
    for (number, weight) in weights.iter().enumerate() {
        is("group", Measure::Busy, number as u32, (1.0 - delayed) * weight / all);
    }
    is("group", Measure::Busy, AGENTS, delayed);
    is("queue", Measure::Waiting, 0, 1.0 - delayed * filled);
    for number in 1..6 {
        is("queue", Measure::Waiting, number, delayed * (1.0 - filled) * filled.powi(number as i32));
    }
    judge.finish(COMPARISONS);
}
