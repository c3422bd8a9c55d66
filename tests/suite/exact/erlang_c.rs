//! M/M/n: nobody gives up.

use holdline::formulas::ErlangC;

use super::{Judge, over_seeds, play};

pub(super) const COMPARISONS: usize = MEANS + SPREADS;
const MEANS: usize = 2 * 6 + 4;
const SPREADS: usize = 2;

/// Calls of 4 minutes, a load of 0.8.
const TEN: ErlangC = ErlangC { arrivals_per_second: 8.0 / 240.0, mean_service: 240.0, agents: 10.0 };
/// Mandelbaum & Zeltyn (2007): 48 calls a minute of a minute. They print a mean wait of 20.834 s and a
/// probability of waiting of 0.69446.
const FIFTY: ErlangC = ErlangC { arrivals_per_second: 0.8, mean_service: 60.0, agents: 50.0 };

fn scenario(centre: &ErlangC, length: &str, replications: u32, seed: u64) -> String {
    format!(
        r#"
horizon = {{ length = "{length}", warm_up = "20h", interval = "10h", at_end = "drain" }}
experiment = {{ replications = {replications}, seed = {seed} }}
[queues.calls]
talk = {{ mean = "{}s" }}
target = {{ share = 0.8, within = "20s" }}
arrivals.per_hour = {}
[groups.team]
skills = ["calls"]
staff = {}
"#,
        centre.mean_service,
        centre.arrivals_per_second * 3600.0,
        centre.agents,
    )
}

#[test]
fn waits_queues_and_occupancy_are_those_of_erlang_c() {
    let mut judge = Judge::new();
    for (centre, length, waits_alone) in [(TEN, "1300h", true), (FIFTY, "80h", false)] {
        judge.about(format!("M/M/{}", centre.agents));
        let results = play(&scenario(&centre, length, 128, 41));
        let wait = centre.mean_wait();
        judge.figures(
            &results,
            "queues.calls",
            &[
                ("delayed", centre.delayed()),
                ("busy", centre.load()),
                ("service_level", centre.service_level(20.0)),
                ("aht", centre.mean_service),
                // Everyone is helped at the first attempt: the wait and the talk.
                ("time_to_resolution", wait + centre.mean_service),
            ],
        );
        judge.figure(&results, "groups.team.occupancy", centre.occupancy());
        // At an occupancy of 0.96 these would take 200 million calls to know within a hundredth.
        if waits_alone {
            let p90 = centre.quantile(0.9);
            judge.figures(
                &results,
                "queues.calls",
                &[("wait", wait), ("wait_answered", wait), ("queue", centre.queue()), ("wait_p90", p90)],
            );
        }
    }
    judge.finish(MEANS);
}

#[test]
fn waits_and_queues_vary_as_much_as_erlang_c_says() {
    // E[W^2] = 2 C / d^2, and the queue of those who wait is geometric with ratio rho.
    let (centre, load) = (TEN, TEN.occupancy());
    let (delayed, mean) = (centre.delayed(), centre.mean_wait_delayed());
    let wait_sd = (delayed * (2.0 - delayed)).sqrt() * mean;
    let second = delayed * load * (1.0 + load) / (1.0 - load).powi(2);
    let queue_sd = (second - centre.queue().powi(2)).sqrt();

    let (mut waits, mut queues) = (Vec::new(), Vec::new());
    for seed in 0..24 {
        let results = play(&scenario(&centre, "1000h", 8, 4100 + seed));
        waits.push(results.figure("queues.calls.wait_sd").expect("waits").value);
        queues.push(results.figure("queues.calls.queue_sd").expect("time").value);
    }
    let mut judge = Judge::new();
    judge.about("M/M/10");
    for (name, values, exact) in [("wait_sd", waits, wait_sd), ("queue_sd", queues, queue_sd)] {
        let (estimate, experiments) = over_seeds(&values);
        judge.compare(name, estimate, experiments, exact, 0.0);
    }
    judge.finish(SPREADS);
}
