//! Transfers during which the first agent stays with the customer: chains, and two customers by hand.

use crate::chains::tiers::Tier;
use crate::chains::warm_transfer::{FirstAgent, WarmTransfer};
use crate::plays::Trace;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 2 * CHAIN + 3 * BY_HAND;
const CHAIN: usize = 10;
const BY_HAND: usize = 6;

const HOURS: f64 = 700.0;

fn judge(judge: &mut Judge, kind: &str, first_agent: FirstAgent, agents: [u32; 2]) {
    let tiers = [
        Tier {
            arrivals_per_second: 60.0 / 3600.0,
            mean_service: 240.0,
            mean_patience: 180.0,
            agents: agents[0],
        },
        Tier { arrivals_per_second: 0.0, mean_service: 360.0, mean_patience: 180.0, agents: agents[1] },
    ];
    let exact = WarmTransfer { tiers, passed_on: 0.3, first_agent }.solve(70);
    assert!(exact.cut() < 1e-12, "the chain is cut where nobody is: {}", exact.cut());
    let results = play(&format!(
        r#"
horizon = {{ length = "{HOURS}h", warm_up = "10h", interval = "{HOURS}h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 62 }}
[queues.first]
talk = {{ mean = "4m" }}
patience = {{ mean = "3m" }}
arrivals.per_hour = 60
transfers.second = {{ probability = 0.3, kind = "{kind}" }}
[queues.second]
talk = {{ mean = "6m" }}
patience = {{ mean = "3m" }}
[groups.juniors]
skills = ["first"]
staff = {}
[groups.seniors]
skills = ["second"]
staff = {}
"#,
        agents[0], agents[1]
    ));
    judge.units(240.0, 4.0);
    judge.figures(
        &results,
        "queues.first",
        &[
            ("delayed", exact.first_delayed()),
            ("wait", exact.mean_wait(0)),
            ("abandonment", exact.abandonment(0)),
            // Talk and hold.
            ("aht", exact.first_handle_time()),
        ],
    );
    judge.figures(
        &results,
        "queues.second",
        &[
            ("offered", exact.passed_per_second() * 3600.0 * HOURS),
            ("delayed", exact.second_delayed()),
            ("wait", exact.mean_wait(1)),
            ("abandonment", exact.abandonment(1)),
        ],
    );
    // Held is at work.
    judge.figure(&results, "groups.juniors.occupancy", exact.first_occupancy());
    judge.figure(&results, "groups.seniors.occupancy", exact.second_occupancy());
}

#[test]
fn an_agent_is_held_until_the_next_takes_over() {
    let mut all = Judge::new();
    all.about("warm transfer");
    judge(&mut all, "warm", FirstAgent::UntilTakenOver, [6, 2]);
    all.finish(CHAIN);
}

#[test]
fn an_agent_stays_to_the_end_of_a_conference() {
    let mut all = Judge::new();
    all.about("conference");
    judge(&mut all, "conference", FirstAgent::ToTheEnd, [7, 3]);
    all.finish(CHAIN);
}

/// Two customers come at 8:00 and 8:01. They talk four minutes with the one agent of the first tier, then
/// five with the one of the second; `transfer` says how they get there.
///
/// `exact`: mean waits and handle times of both tiers, time at work of both agents; in seconds.
fn by_hand(judge: &mut Judge, title: &str, transfer: &str, exact: [f64; 6]) {
    judge.about(title);
    let times = ["2026-03-02T08:00:00", "2026-03-02T08:01:00"];
    let trace = Trace::new(times.map(|at| ("first", at.to_owned())));
    let results = play(&format!(
        r#"
horizon = {{ start = 2026-03-02, days = 1, interval = "1h" }}
experiment = {{ replications = 2, seed = 63 }}
[queues.first]
talk = "4m"
transfers.second = {{ probability = 1, {transfer} }}
[queues.second]
talk = "5m"
[groups.junior]
skills = ["first"]
staff = 1
[groups.senior]
skills = ["second"]
staff = 1
{}
"#,
        trace.arrivals("first")
    ));
    let [first_wait, second_wait, first_aht, second_aht, junior, senior] = exact;
    judge.figures(&results, "queues.first", &[("wait", first_wait), ("aht", first_aht)]);
    judge.figures(&results, "queues.second", &[("wait", second_wait), ("aht", second_aht)]);
    judge.figure(&results, "groups.junior.busy", junior / 86_400.0);
    judge.figure(&results, "groups.senior.busy", senior / 86_400.0);
}

#[test]
fn two_customers_by_hand() {
    let mut judge = Judge::new();
    // 8:00:00 the first talks. 8:04:00 taken over at once, both agents busy with the handover.
    // 8:04:30 the junior takes the second (who has waited 3:30), the senior begins to talk with the first.
    // 8:08:30 the second waits, the junior is held. 8:09:30 taken over (after 1:00). 8:10:00 the junior is
    // free; 8:15:00 the senior is.
    by_hand(
        &mut judge,
        "warm transfer by hand",
        r#"kind = "warm", handover = "30s""#,
        [105.0, 30.0, (270.0 + 330.0) / 2.0, 330.0, 600.0, 660.0],
    );
    // The same until 8:08:50, when the junior has been held for 20 seconds and leaves. 8:09:30 the senior takes
    // the second, nobody is there to hand over; 8:14:30 the end.
    by_hand(
        &mut judge,
        "warm transfer by hand, given up",
        r#"kind = "warm", handover = "30s", hold_limit = "20s""#,
        [105.0, 30.0, (270.0 + 260.0) / 2.0, (330.0 + 300.0) / 2.0, 530.0, 630.0],
    );
    // 8:04:00 both talk with the first, until 8:09:00. The second has waited 8:00, talks until 8:13:00, and
    // with both until 8:18:00.
    by_hand(
        &mut judge,
        "conference by hand",
        r#"kind = "conference""#,
        [240.0, 0.0, 540.0, 300.0, 1080.0, 600.0],
    );
    judge.finish(3 * BY_HAND);
}
