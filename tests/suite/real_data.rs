//! Real records: volumes, traces and staff files of two banks, where the data are at hand.
//!
//! The folder of the data is `HOLDLINE_DATA`, or `../shared/data`; without it the tests say that they
//! were skipped. `docs/real-data.md` tells how the same is done by hand.

use std::path::{Path, PathBuf};

use holdline::experiment::{Experiment, Silent};
use holdline::figures::Results;
use holdline::scenario::{Loaded, Scenario, Volume};

// The program that prepares the log is tested with what it prepares.
#[path = "../../examples/bank_log/agents.rs"]
mod agents;
#[path = "../../examples/bank_log/log.rs"]
mod log;

/// Queues of `bank-intervals.toml` and what the file calls them.
const QUEUES: [(&str, &str); 6] = [
    ("regular", "PS"),
    ("regular_english", "PE"),
    ("prospects", "NW"),
    ("stock_exchange", "NE"),
    ("returned", "TT"),
    ("internet", "IN"),
];

/// What the bank saw: abandonment, ASA in seconds, answered within 20 s of the offered.
const SEEN: (f64, f64, f64) = (0.126, 40.8, 0.521);

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the data; says so where it is missing.
fn data(test: &str) -> Option<PathBuf> {
    let folder =
        std::env::var_os("HOLDLINE_DATA").map_or_else(|| root().join("../shared/data"), PathBuf::from);
    let here = folder.join("anonymous-bank-1999/feb1999.tsv").exists();
    if !here {
        eprintln!("skipped {test}: no data in {} (HOLDLINE_DATA names another folder)", folder.display());
    }
    here.then_some(folder)
}

/// Prepares the log as `examples/bank_log` does, with this longest gap between calls.
fn prepare(data: &Path, folder: &Path, gap_minutes: i64) {
    let calls = log::read(&data.join("anonymous-bank-1999/feb1999.tsv")).expect("the log can be read");
    let blocks = agents::on_duty(&calls, gap_minutes * 60);
    let mut table = String::from("arrived,queue,outcome,talk\n");
    for call in &calls {
        let arrived = log::written(call.arrived);
        match &call.service {
            Some(service) => table += &format!("{arrived},{},answered,{}\n", call.queue, service.talk),
            None => table += &format!("{arrived},{},abandoned,\n", call.queue),
        }
    }
    let mut heads = String::from("time,heads\n");
    agents::heads(&blocks).iter().for_each(|(at, n)| heads += &format!("{},{n}\n", log::written(*at)));
    let mut not_ready = String::from("seconds\n");
    agents::not_ready(&calls, &blocks).iter().for_each(|seconds| not_ready += &format!("{seconds}\n"));
    for (name, text) in [("calls", table), ("staff", heads), ("not_ready", not_ready)] {
        std::fs::write(folder.join(format!("{name}.csv")), text).expect("a folder of its own");
    }
}

/// A shipped scenario with its two folders put in place.
fn load(name: &str, data: &Path, prepared: &Path) -> Loaded {
    for file in ["bank-intervals.toml", "bank-replay.toml", "us-bank.toml"] {
        let text = std::fs::read_to_string(root().join("scenarios/real").join(file)).expect("it is shipped");
        let text = text.replace("../../data", &data.display().to_string());
        let text = text.replace("../../output/bank-log", &prepared.display().to_string());
        std::fs::write(prepared.join(file), text).expect("a folder of its own");
    }
    Scenario::load(&prepared.join(name), &[]).unwrap_or_else(|found| panic!("{found}"))
}

fn play(mut scenario: Scenario, replications: u64) -> Results {
    scenario.experiment.replications = replications;
    Experiment::new(&scenario).expect("stable").run(&Silent).expect("stable").results
}

fn value(results: &Results, figure: &str) -> f64 {
    results.figure(figure).expect("it was observed").value
}

/// The sum of a file's column over the rows that fit.
fn column_sum(file: &Path, column: &str, fits: impl Fn(&csv::StringRecord) -> bool) -> f64 {
    let mut reader = csv::Reader::from_path(file).expect("the data are readable");
    let column = reader.headers().expect("a head").iter().position(|name| name == column).expect("there");
    let records = reader.records().map(|record| record.expect("a row")).filter(|record| fits(record));
    records.map(|record| record[column].parse::<f64>().expect("a number")).sum()
}

/// Sum of a queue's imported volumes.
fn imported(scenario: &Scenario, queue: &str) -> f64 {
    let queue = scenario.queues.iter().find(|q| q.name == queue).expect("it is there");
    match &queue.arrivals.as_ref().expect("it has arrivals").volume {
        Volume::Series(buckets) => buckets.iter().map(|bucket| bucket.count).sum(),
        Volume::Trace(calls) => calls.len() as f64,
        Volume::Rate { .. } => panic!("not from a dated file"),
    }
}

#[test]
fn imported_volumes_are_those_of_the_files() {
    let Some(data) = data("imported_volumes_are_those_of_the_files") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    prepare(&data, folder.path(), 30);
    let report = data.join("anonymous-bank-1999/feb1999_halfhour_derived.csv");
    let intervals = load("bank-intervals.toml", &data, folder.path());
    let replay = load("bank-replay.toml", &data, folder.path());
    assert!(intervals.warnings.list.is_empty() && replay.warnings.list.is_empty());
    for (queue, kind) in QUEUES {
        let offered = column_sum(&report, "offered", |row| &row[1] == kind);
        assert!(offered > 100.0, "{queue}");
        assert_eq!(imported(&intervals.scenario, queue), offered, "{queue}: the report's volumes");
        assert_eq!(imported(&replay.scenario, queue), offered, "{queue}: the log's calls");
    }
    let bank = load("us-bank.toml", &data, folder.path());
    let volumes = column_sum(&data.join("us-bank-5min-2003/bank_calls.csv"), "Calls", |_| true);
    assert_eq!(imported(&bank.scenario, "calls"), volumes);
    assert_eq!(volumes, 5_323_661.0);
}

/// How far (abandonment, ASA in seconds, service level) may be from what the bank saw. The bands were
/// set once the distances were known: they notice a change, they prove no fit. `docs/real-data.md`
/// says how far the figures are.
fn assert_near(results: &Results, within: (f64, f64, f64)) {
    let abandonment = value(results, "total.abandonment");
    let asa = value(results, "total.wait_answered");
    let level = value(results, "total.service_level");
    let said = format!("{abandonment:.3} abandon, ASA {asa:.1} s, {level:.3} within 20 s");
    assert!((abandonment - SEEN.0).abs() < within.0, "{said}");
    assert!((asa - SEEN.1).abs() < within.1, "{said}");
    assert!((level - SEEN.2).abs() < within.2, "{said}");
}

#[test]
fn the_interval_report_gives_its_volumes_back_and_waits_near_those_seen() {
    let Some(data) = data("the_interval_report_gives_its_volumes_back_and_waits_near_those_seen") else {
        return;
    };
    let folder = tempfile::tempdir().expect("a folder");
    prepare(&data, folder.path(), 30);
    let scenario = load("bank-intervals.toml", &data, folder.path()).scenario;
    let results = play(scenario.clone(), 20);
    for (queue, _) in QUEUES {
        let file = imported(&scenario, queue);
        let offered = results.figure(&format!("queues.{queue}.offered")).expect("someone called");
        let noise = 1.5 * offered.half_width.expect("20 replications");
        // Half a percent is what the pilot's tolerance and its replications leave open.
        assert!((offered.value - file).abs() < noise + 0.005 * file, "{queue}: {offered:?}, file {file}");
        let cases = value(&results, &format!("queues.{queue}.cases"));
        assert!(cases < 0.99 * offered.value, "{queue}: some of the offered are retries");
    }
    assert_eq!(results.notes.len(), QUEUES.len(), "a factor a queue: {:?}", results.notes);
    assert_near(&results, (0.02, 5.0, 0.07));
}

#[test]
fn the_replayed_log_waits_near_what_was_seen() {
    let Some(data) = data("the_replayed_log_waits_near_what_was_seen") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    prepare(&data, folder.path(), 30);
    assert_near(&play(load("bank-replay.toml", &data, folder.path()).scenario, 20), (0.02, 5.0, 0.09));
}

#[test]
fn a_longer_gap_between_calls_counts_more_agents_on_duty_and_shorter_waits() {
    let Some(data) = data("a_longer_gap_between_calls_counts_more_agents_on_duty_and_shorter_waits") else {
        return;
    };
    let waits: Vec<(f64, f64)> = [15, 30, 60]
        .into_iter()
        .map(|gap| {
            let folder = tempfile::tempdir().expect("a folder");
            prepare(&data, folder.path(), gap);
            let results = play(load("bank-replay.toml", &data, folder.path()).scenario, 4);
            (value(&results, "total.on_duty"), value(&results, "total.wait_answered"))
        })
        .collect();
    assert!(waits.windows(2).all(|pair| pair[0].0 < pair[1].0 && pair[0].1 > pair[1].1), "{waits:?}");
}

/// The whole way by commands alone: the log becomes a scenario, and the scenario is set beside the log.
#[test]
fn the_bank_is_imported_and_validated_by_commands() {
    let Some(data) = data("the_bank_is_imported_and_validated_by_commands") else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let holdline = |arguments: &[&str]| {
        let mut command =
            assert_cmd::Command::cargo_bin("holdline").expect("the binary is built with the tests");
        let output = command.current_dir(folder.path()).args(arguments).output().expect("it can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("it is text")
    };
    let log = data.join("anonymous-bank-1999/feb1999.tsv").display().to_string();
    let page = std::fs::read_to_string(root().join("docs/real-data.md")).expect("it can be read");
    let shown = page
        .split("```")
        .find(|block| block.contains("holdline import data/"))
        .expect("the page shows the command");
    let command = shown.split("holdline import").nth(1).expect("it does").replace('\\', " ");
    let command =
        command.lines().take_while(|line| !line.contains("holdline ")).collect::<Vec<_>>().join(" ");
    let words: Vec<&str> = command.split_whitespace().skip(1).collect();
    holdline(&[&["import", &log], words.as_slice()].concat());
    let toml = std::fs::read_to_string(folder.path().join("bank/centre.toml")).expect("it is written");
    // Section 2 and 3 of the page: agent hours, time not ready, patience, talk.
    for part in
        ["2287 hours", "mean 44.9 s", "mean = \"449.3s\"", "18349 answered calls, mean 184.3 s, cv 1.14"]
    {
        assert!(toml.contains(part), "no {part} in\n{toml}");
    }
    let validated = holdline(&[
        "validate",
        "bank/centre.toml",
        "--against",
        "bank/volumes.csv",
        "--json",
        "--quiet",
        "--replications",
        "20",
    ]);
    let validated: serde_json::Value = serde_json::from_str(&validated).expect("it is JSON");
    let mut offered = 0.0;
    for (name, queue) in validated["queues"].as_object().expect("queues by name") {
        let seen = &queue["figures"]["offered"];
        offered += seen["seen"].as_f64().expect("a number");
        assert_eq!(seen["off"], false, "{name}");
        assert_eq!(queue["figures"]["talk"]["off"], false, "{name}");
        let cause = &queue["causes"][0]["cause"];
        assert!(queue["fits"] == true || cause == "order", "{name}: {queue}");
    }
    assert_eq!(offered, 31_094.0);
}
