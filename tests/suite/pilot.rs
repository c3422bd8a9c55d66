//! Volumes that count everything offered: new cases and redials together are what the file says.

use holdline::experiment::{Experiment, Silent};
use holdline::figures::Results;
use holdline::scenario::Scenario;

/// Fifty calls each half-hour from 8 to 12, every day alike; too few agents, and half redials.
fn played(more: &str) -> Results {
    let folder = tempfile::tempdir().expect("a folder");
    let rows: String = (16..24).map(|i| format!("{:02}:{:02},50\n", i / 2, i % 2 * 30)).collect();
    std::fs::write(folder.path().join("volumes.csv"), format!("from,calls\n{rows}")).expect("written");
    let text = format!(
        r#"
horizon = {{ start = 2026-03-02, days = 2 }}
experiment.replications = 100
[queues.a]
talk = {{ mean = "4m" }}
patience = {{ mean = "2m" }}
redial.after_abandon = {{ probability = 0.5, delay = {{ mean = "10m" }} }}
{more}
[queues.a.arrivals.csv]
file = "volumes.csv"
time = "from"
value = "calls"
counts = "offered"
[groups.g]
skills = ["a"]
staff = 5
"#
    );
    let file = folder.path().join("centre.toml");
    std::fs::write(&file, text).expect("written");
    let loaded = Scenario::load(&file, &[]).unwrap_or_else(|found| panic!("{found}"));
    Experiment::new(&loaded.scenario).expect("stable").run(&Silent).expect("stable").results
}

#[test]
fn a_file_by_time_of_day_is_met_with_fewer_new_cases() {
    let results = played("");
    let offered = results.figure("total.offered").expect("someone called");
    let noise = 2.0 * offered.half_width.expect("100 replications");
    assert!((offered.value - 800.0).abs() < noise + 4.0, "{offered:?}");
    let cases = results.figure("total.cases").expect("someone called").value;
    assert!(cases < 0.95 * offered.value, "{cases} cases, {offered:?}");
    assert!(results.notes[0].starts_with("a: the file counts everything offered"), "{:?}", results.notes);
}

#[test]
fn an_event_comes_on_top_of_the_file() {
    let event = r#"arrivals.events.storm = { at = 2026-03-02T08:00:00, length = "4h", factor = 2 }"#;
    let offered = played(event).figure("total.offered").expect("someone called").value;
    assert!((1150.0..1250.0).contains(&offered), "a day of 400 and one of 800: {offered}");
}
