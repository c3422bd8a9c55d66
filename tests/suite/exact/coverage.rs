//! Intervals cover as often as they say.
//!
//! A thousand short studies of an Erlang A centre, each of 20 replications of 8 hours. What they estimate
//! is the steady state itself: the warm-up is fifteen service times, after which the distribution of the number
//! present differs from the steady one by less than one in a million, and the end is drained, so that
//! every ratio of expectations is the steady one.

use holdline::experiment::{Experiment, Silent};
use holdline::formulas::ErlangA;
use holdline::scenario::Scenario;

const SEEDS: u64 = 1000;

#[test]
fn of_a_thousand_intervals_of_95_percent_about_950_cover() {
    let exact = ErlangA {
        arrivals_per_second: 150.0 / 3600.0,
        mean_service: 240.0,
        mean_patience: 120.0,
        agents: 10.0,
    }
    .solve();
    let figures = [
        ("total.service_level", exact.answered_within(20.0)),
        ("total.wait", exact.mean_wait()),
        ("total.wait_answered", exact.mean_wait_answered()),
        ("total.abandonment", exact.abandonment()),
        ("total.delayed", exact.delayed()),
        ("total.aht", 240.0),
        ("total.occupancy", exact.occupancy()),
        ("total.wait_p90", exact.quantile_all(0.9)),
    ];
    let loaded = Scenario::from_text(
        "coverage.toml",
        r#"
horizon = { length = "8h", warm_up = "1h", interval = "8h", at_end = "drain" }
experiment = { replications = 20 }
[queues.calls]
talk = { mean = "4m" }
patience = { mean = "2m" }
target = { share = 0.8, within = "20s" }
arrivals.per_hour = 150
[groups.team]
skills = ["calls"]
staff = 10
"#,
        &[],
    );
    let mut scenario = loaded.expect("a valid scenario").scenario;
    let mut covered = [0_u32; 8];
    for seed in 1..=SEEDS {
        scenario.experiment.seed = seed;
        let experiment = Experiment::new(&scenario).expect("the pilot is stable");
        let results = experiment.run(&Silent).expect("the centre is stable").results;
        for (count, (path, exact)) in covered.iter_mut().zip(&figures) {
            let estimate = results.figure(path).expect("observations");
            let half_width = estimate.half_width.expect("twenty replications");
            *count += u32::from((estimate.value - exact).abs() <= half_width);
        }
    }
    let shares =
        figures.iter().zip(covered).map(|((path, _), count)| (path, f64::from(count) / SEEDS as f64));
    let off: Vec<_> = shares
        .inspect(|(path, share)| println!("{path}: {share}"))
        .filter(|(_, share)| !(0.93..=0.97).contains(share))
        .collect();
    assert!(off.is_empty(), "covered too seldom or too often: {off:?}");
}
