//! M/M/n+D: everyone gives up after the same time.

use holdline::formulas::DeterministicPatience;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 2 * 9;

#[test]
fn customers_of_one_patience() {
    let mut judge = Judge::new();
    for (agents, load, hours) in [(10, 1.1, 70), (100, 1.0, 70)] {
        let per_hour = 15.0 * f64::from(agents) * load;
        let exact = DeterministicPatience {
            arrivals_per_second: per_hour / 3600.0,
            mean_service: 240.0,
            patience: 60.0,
            agents: f64::from(agents),
        }
        .solve();
        let results = play(&format!(
            r#"
horizon = {{ length = "{hours}h", warm_up = "20h", interval = "10h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 47 }}
[queues.calls]
talk = {{ mean = "4m" }}
patience = "1m"
target = {{ share = 0.8, within = "20s" }}
arrivals.per_hour = {per_hour}
[groups.team]
skills = ["calls"]
staff = {agents}
"#
        ));
        judge.about(format!("M/M/{agents}+D at {load}"));
        judge.figures(
            &results,
            "queues.calls",
            &[
                ("delayed", exact.delayed()),
                ("wait", exact.mean_wait()),
                ("wait_answered", exact.mean_wait_answered()),
                ("wait_abandoned", 60.0),
                ("abandonment", exact.abandonment()),
                ("queue", exact.queue()),
                ("service_level", exact.answered_within(20.0)),
                ("wait_answered_p90", exact.quantile_answered(0.9)),
            ],
        );
        judge.figure(&results, "total.occupancy", exact.occupancy());
    }
    judge.finish(COMPARISONS);
}
