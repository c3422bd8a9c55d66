//! How long a study of the steady state takes to settle: found by the rule, and told.

use assert_cmd::Command;
use holdline::experiment::{Silent, find_warm_up};
use holdline::units::Span;
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;

use crate::plays::load;

/// Agents for everyone: the number in the centre grows as 1 - e^(-t / 10 minutes) times 100.
const CENTRE: &str = r#"
horizon = { length = "30h", interval = "1h" }
experiment.replications = 8
[queues.q]
talk = { mean = "10m" }
arrivals.per_hour = 600
[groups.g]
skills = ["q"]
staff = 200
"#;

#[test]
fn the_start_from_the_empty_centre_is_left_out() {
    let found = find_warm_up(&load(CENTRE).scenario, &Silent).expect("it is stable");
    let settled = found.found.expect("it settles");
    // After half an hour 95 of the 100 are there. The rule is a guess from noise, and may leave out a bit more than it must.
    let minutes = settled.seconds() / 60.0;
    assert!((20.0..=180.0).contains(&minutes), "{minutes}");
    // A point is the mean of 3.6 minutes: over the first one, 100 (1 - (1 - e^-0.36) / 0.36).
    assert_eq!(found.step, Span::from_seconds(216.0));
    assert!((found.series[0] - 16.0).abs() < 3.0, "{}", found.series[0]);
    let last = found.series[250..].iter().sum::<f64>() / 250.0;
    assert!((last - 100.0).abs() < 2.0, "{last}");
}

#[test]
fn a_queue_that_grows_for_ever_does_not_settle() {
    let text = CENTRE.replace("staff = 200", "staff = 95");
    let found = find_warm_up(&load(&text).scenario, &Silent).expect("a million never wait");
    assert_eq!(found.found, None);
}

#[test]
fn the_command_tells_what_to_write() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("steady.toml");
    let warm_up = |text: &str| {
        std::fs::write(&file, text).expect("it can be written");
        let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
        holdline.args(["warm-up", "--quiet"]).arg(&file);
        holdline.assert()
    };
    warm_up(CENTRE)
        .success()
        .stdout(contains("write `horizon.warm_up = \"").and(contains("The file has none.")));
    let enough = CENTRE.replace("interval = \"1h\"", "interval = \"1h\", warm_up = \"5h\"");
    warm_up(&enough).success().stdout(contains("The file has 5h, which is enough."));
    let days = CENTRE.replace("length = \"30h\"", "start = 2026-03-02");
    warm_up(&days).code(2).stderr(contains("a scenario with a calendar has no steady state to settle in"));
}
