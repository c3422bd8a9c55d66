//! Volumes that count everything offered: new cases and retries together are what the file says.

use holdline::experiment::{Experiment, Silent};
use holdline::figures::{Figure, Results};
use holdline::scenario::Scenario;

/// Fifty calls each half-hour from 8 to 12, every day alike; too few agents, and half retries.
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
retry.after_abandon = {{ probability = 0.5, delay = {{ mean = "10m" }} }}
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

/// A thousand offered on each of two days, most of Monday's retries: each hour of each day is met, not only the sum.
#[test]
fn every_interval_is_met_not_only_the_whole() {
    let folder = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: String| std::fs::write(folder.path().join(name), text).expect("written");
    let hours = |day: u32| (8..18).map(move |hour| format!("2026-03-{day:02}T{hour:02}:00,100\n"));
    write("acd.csv", format!("t,calls\n{}", hours(2).chain(hours(3)).collect::<String>()));
    write("heads.csv", "t,n\n2026-03-02T08:00,3\n2026-03-03T08:00,9\n".to_owned());
    let text = r#"
horizon = { start = 2026-03-02, days = 2, interval = "1h" }
experiment.replications = 200
[queues.calls]
open = "daily 08:00-18:00"
talk = { mean = "3m" }
patience = { mean = "3m" }
retry.after_abandon = { probability = 0.8, delay = { mean = "10m" } }
arrivals.csv = { file = "acd.csv", time = "t", value = "calls", interval = "1h", counts = "offered" }
[groups.team]
skills = ["calls"]
staff.csv = { file = "heads.csv", time = "t", value = "n" }
"#;
    write("centre.toml", text.to_owned());
    let loaded =
        Scenario::load(&folder.path().join("centre.toml"), &[]).unwrap_or_else(|found| panic!("{found}"));
    let results = Experiment::new(&loaded.scenario).expect("stable").run(&Silent).expect("stable").results;
    let rows: Vec<_> =
        results.queues[0].rows.iter().filter(|row| row.label.as_str() < "2026-03-03T18").collect();
    for row in &rows {
        let hour: u32 = row.label[11..13].parse().expect("an hour");
        let figures = &row.figures;
        let of = |figure| figures.value(figure).unwrap_or(0.0);
        let attempts = of(Figure::Offered) + of(Figure::Blocked) + of(Figure::TurnedAway);
        let expected = if (8..18).contains(&hour) { 100.0 } else { 0.0 };
        // Two hundred days of a hundred Poisson calls and their retries: a standard error of about 1.2.
        assert!(hour >= 18 || (attempts - expected).abs() < 5.0, "{}: {attempts}", row.label);
    }
    for day in &results.queues[0].days {
        let offered = day.figures.value(Figure::Offered).expect("calls");
        assert!((offered - 1000.0).abs() < 15.0, "{}: {offered}", day.label);
    }
    assert!(results.notes[0].contains("matched interval by interval"), "{:?}", results.notes);
}
