//! Accumulating priority: whoever has the highest weight x wait is served (Kleinrock 1964; Stanford, Taylor & Ziedins 2014).
//!
//! M/M/10 at a load of 0.9 without abandonment, two classes. With b the weights and W0 the mean wait of a system whose
//! agents just became busy, from the smallest weight upwards: W_p = (W_FCFS - sum over smaller b_j of rho_j W_j (1 - b_j /
//! b_p)) / (1 - sum over larger b_j of rho_j (1 - b_p / b_j)).

use holdline::formulas::ErlangC;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 3 * 2;

/// Per minute.
const RATES: [f64; 2] = [1.0, 1.25];
const AGENTS: f64 = 10.0;
const SERVICE_MINUTES: f64 = 4.0;

/// Mean waits in seconds, the first class's weight given over the second's.
fn waits(ratio: f64) -> [f64; 2] {
    let rho = RATES.map(|rate| rate * SERVICE_MINUTES / AGENTS);
    let arrivals_per_second = RATES.iter().sum::<f64>() / 60.0;
    let together = ErlangC { arrivals_per_second, mean_service: 60.0 * SERVICE_MINUTES, agents: AGENTS };
    let fcfs = together.mean_wait() / 60.0;
    // The second class has the smaller weight, 1; the first `ratio`.
    let second = fcfs / (1.0 - rho[0] * (1.0 - 1.0 / ratio));
    let first = fcfs - rho[1] * second * (1.0 - 1.0 / ratio);
    [first, second].map(|minutes| minutes * 60.0)
}

#[test]
fn the_formula_gives_the_published_waits() {
    let near = |waits: [f64; 2], minutes: [f64; 2]| {
        waits.iter().zip(minutes).all(|(wait, minutes)| (wait / 60.0 - minutes).abs() < 1e-6)
    };
    assert!(near(waits(1.0), [2.674926, 2.674926]), "{:?}", waits(1.0));
    assert!(near(waits(4.0), [1.241930, 3.821323]), "{:?}", waits(4.0));
}

#[test]
fn weights_share_the_wait_as_accumulating_priority_says() {
    let mut judge = Judge::new();
    for ratio in [1.0, 4.0, 10.0] {
        judge.about(format!("M/M/10, weights {ratio} : 1"));
        judge.units(60.0 * SERVICE_MINUTES, 9.0);
        let results = play(&format!(
            r#"
horizon = {{ length = "1700h", warm_up = "20h", interval = "1700h" }}
experiment = {{ replications = 150, seed = 1 }}
[queues.first]
talk = {{ mean = "4m" }}
arrivals.per_hour = 60
[queues.second]
talk = {{ mean = "4m" }}
arrivals.per_hour = 75
[groups.team]
skills = ["first", "second"]
staff = 10
[routing]
agents = "longest_idle"
contacts = "longest_weighted_wait"
weights.first = {ratio}
"#
        ));
        for (queue, wait) in ["first", "second"].into_iter().zip(waits(ratio)) {
            judge.figure(&results, &format!("queues.{queue}.wait"), wait);
        }
    }
    judge.finish(COMPARISONS);
}
