//! A dialer: agents who alternate between waiting for somebody to answer and talking.
//!
//! With one call for each idle agent every answer finds its agent: idle time is a geometric number of rings, r / p on average, and a talk
//! of s follows, whatever the distributions (renewal reward). With two calls for a single agent and exponential times, one goes on
//! ringing when the other is answered, and its customer is lost if it is answered before the talk is over: p m / (m + n) of the
//! talks with m = 1 / r and n = 1 / s.

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 3 + 3;

const HOURS: f64 = 100.0;

fn centre(calls: u32, staff: u32, times: &str) -> String {
    format!(
        r#"
horizon = {{ length = "{HOURS}h", warm_up = "2h", interval = "{HOURS}h" }}
experiment = {{ replications = 64, seed = 71 }}
[queues.campaign]
{times}
patience = {{ mean = "1m", balk = 1 }}
[queues.campaign.dialer]
calls_per_idle_agent = {calls}
reached = 0.4
ring = {{ mean = "12s" }}
[groups.team]
skills = ["campaign"]
staff = {staff}
"#
    )
}

#[test]
fn a_dialer_keeps_agents_as_busy_as_renewals_say() {
    let mut judge = Judge::new();
    judge.about("one call an idle agent");
    let results =
        play(&centre(1, 5, "talk = { kind = \"gamma\", mean = \"100s\", cv = 0.5 }\nwrap_up = \"20s\""));
    // Rings of 12 s, two in five answered; then two minutes of work.
    let cycle = 12.0 / 0.4 + 120.0;
    judge.figure(&results, "total.occupancy", 120.0 / cycle);
    judge.figure(&results, "queues.campaign.cases", HOURS * 3600.0 * 5.0 / cycle);
    judge.figure(&results, "queues.campaign.dialled", HOURS * 3600.0 * 5.0 / cycle / 0.4);
    assert_eq!(results.figure("queues.campaign.abandonment").map(|share| share.value), Some(0.0));
    judge.about("two calls for one agent");
    let results = play(&centre(2, 1, "talk = { mean = \"2m\" }"));
    let lost = 0.4 * (1.0 / 12.0) / (1.0 / 12.0 + 1.0 / 120.0);
    let cycle = 12.0 / 2.0 / 0.4 + 120.0;
    judge.figure(&results, "total.occupancy", 120.0 / cycle);
    judge.figure(&results, "queues.campaign.abandonment", lost / (1.0 + lost));
    judge.figure(&results, "queues.campaign.answered", HOURS * 3600.0 / cycle);
    judge.finish(COMPARISONS);
}
