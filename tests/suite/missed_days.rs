//! The share of days that miss a target, weekday by weekday: by hand, on the terminal, the page and in JSON.

use assert_cmd::Command;
use serde_json::Value;

use holdline::experiment::{Experiment, Silent};
use holdline::report::render_within;
use holdline::scenario::Scenario;
use holdline::units::Weekday;

/// Two weeks and more from Monday 2 March 2026, three calls an hour of a second each, nobody on Sundays. On Mondays nobody works,
/// and on the second Tuesday everybody is ill; else there is always somebody.
fn centre(days: u32) -> String {
    format!(
        "horizon = {{ start = 2026-03-02, days = {days}, interval = \"1h\" }}\nexperiment.replications = 3\n\
         [queues.q]\ntalk = \"1s\"\npatience = \"2s\"\narrivals = {{ per_hour = 3, weekday = {{ sun = 0 }} }}\n\
         target = {{ share = 0.8, within = \"20s\" }}\ntargets.abandonment = {{ max = 0.05 }}\n\
         [groups.g]\nskills = [\"q\"]\nevents.ill = {{ at = 2026-03-10, agents = -99 }}\n\
         shifts.early = {{ agents = 3, days = \"tue-sun\", start = \"00:00\", length = \"12h\" }}\n\
         shifts.late = {{ agents = 3, days = \"tue-sun\", start = \"12:00\", length = \"12h\" }}\n"
    )
}

#[test]
fn mondays_miss_always_and_one_tuesday_of_two() {
    // 28 days have a row an interval, 35 are folded into weeks.
    for (days, tuesdays) in [(14, 2.0), (28, 4.0), (35, 5.0)] {
        let scenario = Scenario::from_text("centre.toml", &centre(days), &[]).expect("it is valid").scenario;
        let results =
            Experiment::new(&scenario).expect("it is stable").run(&Silent).expect("it is played").results;
        let weeks = f64::from(days) / 7.0;
        for target in &results.queues[0].targets {
            use Weekday::{Fri, Mon, Sat, Thu, Tue, Wed};
            let missed =
                vec![(Mon, 1.0), (Tue, 1.0 / tuesdays), (Wed, 0.0), (Thu, 0.0), (Fri, 0.0), (Sat, 0.0)];
            assert_eq!(target.missed_by_weekday, missed, "{days} days, {:?}", target.figure);
            let kept = target.days_met.expect("days are counted");
            assert!((kept - (5.0 * weeks - 1.0) / (6.0 * weeks)).abs() < 1e-12, "{kept}");
        }
    }
}

#[test]
fn the_reports_show_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("centre.toml"), centre(14)).expect("it can be written");
    let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    let printed = command
        .current_dir(folder.path())
        .args(["run", "centre.toml", "--quiet", "--charts", "none", "--out", "out"])
        .output()
        .expect("it can be started");
    let printed = String::from_utf8(printed.stdout).expect("UTF-8");
    let heads = printed.lines().find(|line| line.contains("All days")).expect("a table").to_owned();
    for head in ["Mon", "Tue", "Sat"] {
        assert!(heads.contains(head), "{heads}");
    }
    assert!(!heads.contains("Sun"), "nobody calls on Sundays: {heads}");
    let numbers = printed.lines().find(|line| line.contains("25 %")).expect("a line");
    assert!(numbers.contains("100 %") && numbers.contains("50 %"), "{numbers}");
    let summary = std::fs::read_to_string(folder.path().join("out/summary.json")).expect("it was written");
    let summary: Value = serde_json::from_str(&summary).expect("it is JSON");
    let missed = &summary["queues"]["q"]["targets"][1]["days_missed"];
    assert_eq!(
        (&missed["mon"], &missed["tue"], &missed["sun"]),
        (&Value::from(1.0), &Value::from(0.5), &Value::Null)
    );
    let page = std::fs::read_to_string(folder.path().join("out/report.html")).expect("it was written");
    assert!(page.contains("Days that miss their target") && page.contains("<td data-head=\"Tue\">50 %</td>"));
    assert!(page.contains("missed on 100 % of Mondays"));
}

/// A study of the steady state has no weekdays, and a single day no others.
#[test]
fn without_weekdays_there_is_no_table() {
    let monday = centre(1);
    let steady = monday.replace("start = 2026-03-02, days = 1", "length = \"24h\"");
    let steady = steady.split("[groups.g]").next().expect("queues").replace(", weekday = { sun = 0 }", "")
        + "[groups.g]\nskills = [\"q\"]\nstaff = 2\n";
    let tuesday =
        centre(1).replace("start = 2026-03-02", "start = 2026-03-03").replace("2026-03-10", "2026-03-03");
    for text in [steady, tuesday] {
        let scenario =
            Scenario::from_text("centre.toml", &text, &[]).unwrap_or_else(|found| panic!("{found}"));
        let experiment = Experiment::new(&scenario.scenario).expect("it is stable");
        let results = experiment.run(&Silent).expect("it is played").results;
        assert!(!render_within(&results, 80).contains("All days"));
    }
}
