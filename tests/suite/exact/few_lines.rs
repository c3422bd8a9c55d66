//! M/M/n/K and M/M/n/K+M: few lines, or few places to wait.

use holdline::formulas::FiniteRoom;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 10 + 12 + 12;

const HOURS: f64 = 400.0;

/// Ten agents, calls of 4 minutes, a load of 1.1, five places to wait.
fn room(patience: f64) -> FiniteRoom {
    FiniteRoom {
        arrivals_per_second: 165.0 / 3600.0,
        mean_service: 240.0,
        mean_patience: patience,
        agents: 10,
        waiting_room: 5,
    }
}

/// `channel` and `queue` say where places are few.
fn scenario(channel: &str, queue: &str) -> String {
    format!(
        r#"
horizon = {{ length = "{HOURS}h", warm_up = "20h", interval = "100h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 43 }}
[channels.phone]
{channel}
[queues.calls]
talk = {{ mean = "4m" }}
target = {{ share = 0.8, within = "20s" }}
arrivals.per_hour = 165
{queue}
[groups.team]
skills = ["calls"]
staff = 10
"#
    )
}

fn judge(judge: &mut Judge, room: &FiniteRoom, scenario: &str) {
    let exact = room.solve();
    let results = play(scenario);
    let cases = 165.0 * HOURS;
    judge.figures(
        &results,
        "queues.calls",
        &[
            ("cases", cases),
            ("blocked", cases * exact.blocked()),
            ("delayed", exact.delayed()),
            ("wait", exact.mean_wait()),
            ("wait_answered", exact.mean_wait_answered()),
            ("queue", exact.queue()),
            ("busy", exact.busy()),
            ("wait_answered_p90", exact.quantile_answered(0.9)),
            ("service_level", exact.service_levels(20.0, 0.0).answered_of_offered),
        ],
    );
    if let Some(wait) = exact.mean_wait_abandoned() {
        judge.figures(
            &results,
            "queues.calls",
            &[("abandonment", exact.abandonment()), ("wait_abandoned", wait)],
        );
    }
    judge.figure(&results, "total.occupancy", exact.occupancy());
}

#[test]
fn the_busy_signal_and_the_waits_of_a_full_room() {
    let mut all = Judge::new();
    all.about("M/M/10/15, lines");
    judge(&mut all, &room(f64::INFINITY), &scenario("lines = 15", ""));
    all.about("M/M/10/15+M, places of the channel");
    let patience = r#"patience = { mean = "2m" }"#;
    judge(&mut all, &room(120.0), &scenario("max_waiting = 5", patience));
    all.about("M/M/10/15+M, places of the queue");
    let patience = "patience = { mean = \"2m\" }\nmax_waiting = 5";
    judge(&mut all, &room(120.0), &scenario("", patience));
    all.finish(COMPARISONS);
}
