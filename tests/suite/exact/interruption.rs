//! Calls that interrupt deferred work of which there is always some: an Erlang A that does not notice it.

use holdline::formulas::ErlangA;

use crate::chains::interruption::Interruption;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 2 * 6;

const HOURS: f64 = 150.0;
const WITHIN: f64 = 20.0;

/// Eight agents, calls of four minutes, patience of two; work of five minutes by the distribution `work`.
fn judge(judge: &mut Judge, work: &str, channel: &str, restart_cost: f64) {
    let interruption = Interruption {
        calls: ErlangA {
            arrivals_per_second: 100.0 / 3600.0,
            mean_service: 240.0,
            mean_patience: 120.0,
            agents: 8.0,
        },
        mean_work: 300.0,
        restart_cost,
    };
    let calls = interruption.calls();
    let results = play(&format!(
        r#"
horizon = {{ length = "{HOURS}h", warm_up = "10h", interval = "{HOURS}h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 69 }}
[channels.phone]
kind = "voice"
[channels.mail]
kind = "deferred"
interruptible = true
{channel}
[queues.calls]
channel = "phone"
priority = 1
talk = {{ mean = "4m" }}
patience = {{ mean = "2m" }}
target = {{ share = 0.8, within = "{WITHIN}s" }}
arrivals.per_hour = 100
[queues.mails]
channel = "mail"
priority = 2
talk = {work}
backlog = "unlimited"
[groups.team]
skills = ["calls", "mails"]
staff = 8
"#
    ));
    judge.units(240.0, calls.busy());
    judge.figures(
        &results,
        "queues.calls",
        &[
            ("delayed", calls.delayed()),
            ("wait", calls.mean_wait()),
            ("abandonment", calls.abandonment()),
            ("service_level", calls.answered_within(WITHIN)),
        ],
    );
    judge.figure(&results, "queues.mails.answered", interruption.done_per_second() * 3600.0 * HOURS);
    judge.figure(&results, "groups.team.occupancy", 1.0);
}

#[test]
fn calls_do_not_notice_the_work_that_they_interrupt() {
    let mut all = Judge::new();
    all.about("interruption");
    judge(&mut all, r#"{ mean = "5m" }"#, "", 0.0);
    all.about("interruption, restarts of 30 s, lognormal work");
    let lognormal = r#"{ kind = "lognormal", mean = "5m", cv = 1.2 }"#;
    judge(&mut all, lognormal, r#"restart_cost = "30s""#, 30.0);
    all.finish(COMPARISONS);
}
