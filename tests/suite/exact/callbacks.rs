//! Callbacks by thresholds: offered to those who find so many waiting, made when so many agents are idle.

use holdline::figures::Figure;

use crate::chains::callbacks::Callbacks;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 2 * EACH;
const EACH: usize = 9;

const HOURS: f64 = 800.0;

/// Five agents, calls of four minutes, patience of three.
fn judge(judge: &mut Judge, offered_at: u32, accept: f64, idle: u32) {
    let per_hour = 65.0;
    let callbacks = Callbacks {
        arrivals_per_second: per_hour / 3600.0,
        mean_service: 240.0,
        mean_patience: 180.0,
        agents: 5,
        offered_at,
        accept,
        idle,
    };
    let exact = callbacks.solve(50, 200);
    assert!(exact.cut() < 1e-9, "the chain is cut where nobody is: {}", exact.cut());
    let results = play(&format!(
        r#"
horizon = {{ length = "{HOURS}h", warm_up = "20h", interval = "{HOURS}h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 65 }}
[queues.calls]
talk = {{ mean = "4m" }}
patience = {{ mean = "3m" }}
arrivals.per_hour = {per_hour}
[queues.calls.callback]
offer_when = {{ queue_length = {offered_at} }}
accept = {accept}
start_when = {{ idle_agents = {idle} }}
[groups.team]
skills = ["calls"]
staff = 5
"#
    ));
    judge.units(240.0, per_hour / 15.0);
    // A stay that ends in the taking of a callback is not offered; the callback is a stay of its own, of the kind
    // `callback`. So the kind `first` is those who take none.
    judge.of_kind(&results, "first", Figure::Delayed, exact.others_delayed());
    judge.of_kind(&results, "first", Figure::Wait, exact.mean_wait());
    judge.of_kind(&results, "first", Figure::Abandonment, exact.abandonment());
    judge.figures(
        &results,
        "queues.calls",
        &[
            ("offered", per_hour * HOURS),
            // On the line; those who are promised a callback do not wait there.
            ("queue", exact.queue()),
            ("busy", exact.busy()),
            // Promised.
            ("callbacks", exact.accepted() * per_hour * HOURS),
            // From the promise to the call.
            ("callback_delay", exact.delay()),
        ],
    );
    judge.figure(&results, "total.occupancy", exact.busy() / 5.0);
}

#[test]
fn promises_wait_for_idle_agents() {
    let mut all = Judge::new();
    all.about("callbacks at 2 waiting, made at 2 idle");
    judge(&mut all, 2, 0.6, 2);
    all.finish(EACH);
}

#[test]
fn promises_to_all_who_have_to_wait() {
    let mut all = Judge::new();
    all.about("callbacks to all who have to wait, made at 1 idle");
    judge(&mut all, 0, 0.3, 1);
    all.finish(EACH);
}
