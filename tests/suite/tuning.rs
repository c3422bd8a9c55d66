//! `holdline tune`: the best values of several settings, and what they are worth on fresh customers.

use assert_cmd::Command;
use predicates::prelude::*;

use holdline::experiment::{SettingRange, Silent, Tune, Tuned};
use holdline::reading::Setting;
use holdline::scenario::Scenario;

/// Short calls and long ones for one pool at nine tenths of its capacity; nobody abandons. `boost` decides who is served
/// first: above 1 the short ones, below 1 the long ones.
const CENTRE: &str = r#"
horizon = { length = "40h", warm_up = "4h", interval = "1h" }
experiment.replications = 8
[queues.short]
priority = 1
talk     = { mean = "2m" }
arrivals.per_hour = 135
[queues.long]
priority = 2
talk     = { mean = "8m" }
arrivals.per_hour = 34
[groups.pool]
skills = ["short", "long"]
staff  = 10
[routing]
contact_score = "if(priority < 2, boost, 1) * (1 + idle * nothing)"
parameters    = { boost = 1, nothing = 0 }
"#;

fn tuned(ranges: &[&str], path: &str, maximise: bool) -> Tuned {
    let load = |settings: &[String]| Scenario::from_text("centre.toml", CENTRE, settings);
    let tune = Tune {
        ranges: ranges.iter().map(|range| SettingRange::parse(range).expect("a range")).collect(),
        path: path.to_owned(),
        maximise,
        points: 16,
        generations: 6,
    };
    let file = load(&[]).expect("it is valid").scenario;
    let lay = |settings: &[Setting]| {
        let lines: Vec<String> = settings.iter().map(|one| one.line().to_owned()).collect();
        load(&lines).ok().map(|loaded| loaded.scenario)
    };
    tune.run(&file, &lay, &Silent).expect("it can be played")
}

/// Cox & Smith (1961): with equal costs the fewest wait where the shorter calls are served first.
#[test]
fn short_calls_first_are_found_and_hold_on_fresh_customers() {
    for (maximise, better) in [(false, 1.0), (true, -1.0)] {
        let ranges = ["routing.parameters.boost=0.0..2.0", "routing.parameters.nothing=0.0..1.0"];
        let tuned = tuned(&ranges, "total.queue", maximise);
        let boost: f64 = tuned.settings[0].value().parse().expect("a number");
        assert!((boost - 1.0) * better > 0.0, "{:?}", tuned.settings);
        let compared = tuned.fresh.expect("it was not stopped");
        let difference = compared.figures[0].variants[1].difference.expect("both have values");
        let half = difference.half_width.expect("several replications");
        assert!(-better * difference.value > half, "{difference:?}");
        // Best so far: it never gets worse.
        let best: Vec<f64> = tuned.generations.iter().map(|generation| generation.best * better).collect();
        assert!(best.is_sorted_by(|before, after| before >= after), "{best:?}");
    }
}

#[test]
fn points_that_cannot_be_played_are_counted_and_passed_over() {
    let staffed = tuned(&["groups.pool.staff=4..14"], "total.queue", false);
    assert_eq!(staffed.settings[0].value(), "14");
    // With fewer than 9.03 Erlangs' worth of agents queues grow, but not to a million within 40 hours.
    assert_eq!(staffed.unfit, 0);
    let refused = tuned(&["groups.pool.staff=-6..14"], "total.queue", false);
    assert!(refused.unfit > 0 && refused.settings[0].value() == "14", "{refused:?}");
}

#[test]
fn the_command_says_what_it_found_or_why_not() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("centre.toml"), CENTRE).expect("it can be written");
    let tune = |arguments: &[&str]| {
        let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
        command.current_dir(folder.path()).args(["tune", "centre.toml", "--quiet", "--generations", "2"]);
        command.args(["--replications", "4"]).args(arguments).assert()
    };
    let boost = "routing.parameters.boost=0.0..2.0";
    let found = predicate::str::contains("On 4 replications of fresh customers total.queue is")
        .and(predicate::str::contains("--set 'routing.parameters.boost="));
    tune(&["--vary", boost, "--minimise", "total.queue"]).success().stdout(found);
    let told = tune(&["--vary", boost, "--minimise", "total.queue", "--json"]).success();
    let told: serde_json::Value = serde_json::from_slice(&told.get_output().stdout).expect("it is JSON");
    assert!(told["settings"]["routing.parameters.boost"].as_str().is_some(), "{told}");
    assert!(told["fresh"]["difference"]["half_width"].as_f64().is_some(), "{told}");
    for (arguments, said) in [
        (vec!["--vary", boost], "--minimise"),
        (vec!["--vary", boost, "--minimise", "a", "--maximise", "b"], "cannot be used with"),
        (vec!["--vary", boost, "--vary", boost, "--minimise", "total.queue"], "is varied twice"),
        (
            vec!["--vary", "routing.parameters.boost", "--minimise", "total.queue"],
            "is no setting with a range",
        ),
        (vec!["--vary", "routing.boost=0..1", "--minimise", "total.queue"], "unknown key"),
        (vec!["--vary", boost, "--minimise", "total.quue"], "did you mean"),
        (vec!["--vary", "groups.pool.staff=-9..-2", "--minimise", "total.queue"], "groups.pool.staff"),
    ] {
        tune(&arguments).code(2).stderr(predicate::str::contains(said));
    }
}
