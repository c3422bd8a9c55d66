//! Blending: calls first, and work without end while more agents are idle than are kept for calls.
//!
//! The published values are those of the chain in `formulas.rs`.

use holdline::formulas::Blending;

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 3 * 5;

const WITHIN: f64 = 5.0;

#[test]
fn deferred_work_gets_what_is_not_kept_for_calls() {
    let mut judge = Judge::new();
    // The fewer wait, the longer it takes to know how long.
    for (kept, delayed, deferred_per_minute, hours) in
        [(0, 1.0, 10.0, 14.0), (1, 0.8, 9.8, 22.0), (5, 0.35061, 7.8349, 36.0)]
    {
        let exact =
            Blending { arrivals_per_second: 40.0 / 60.0, mean_service: 60.0, agents: 50, kept_idle: kept };
        assert!((exact.delayed() - delayed).abs() < 5.1e-6, "as published");
        assert!((exact.deferred_per_second() * 60.0 - deferred_per_minute).abs() < 5.1e-5, "as published");
        let reserve = if kept > 0 { format!("[routing]\nreserve.calls = {kept}") } else { String::new() };
        let results = play(&format!(
            r#"
horizon = {{ length = "{hours}h", warm_up = "1h", interval = "{hours}h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 66 }}
[channels.phone]
kind = "voice"
[channels.mail]
kind = "deferred"
[queues.calls]
channel = "phone"
priority = 1
talk = {{ mean = "1m" }}
target = {{ share = 0.8, within = "{WITHIN}s" }}
arrivals.per_hour = 2400
[queues.mails]
channel = "mail"
priority = 2
talk = {{ mean = "1m" }}
backlog = "unlimited"
[groups.team]
skills = ["calls", "mails"]
staff = 50
{reserve}
"#
        ));
        judge.about(format!("blending, {kept} kept idle"));
        judge.units(60.0, 40.0);
        judge.figures(
            &results,
            "queues.calls",
            &[
                ("delayed", exact.delayed()),
                ("wait", exact.mean_wait()),
                ("service_level", exact.service_level(WITHIN)),
            ],
        );
        // What is begun in the reported time; it enters when it is begun.
        judge.figure(&results, "queues.mails.answered", exact.deferred_per_second() * 3600.0 * hours);
        judge.figure(&results, "groups.team.occupancy", exact.busy() / 50.0);
    }
    judge.finish(COMPARISONS);
}
