//! What a run writes contact by contact: the files, their columns, and how they are asked for.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use holdline::report::{CONTACT_COLUMNS, Column, EVENT_COLUMNS, EVENT_WORDS, REPLICATION_COLUMNS};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;

fn run(out: &Path, flags: &[&str]) -> assert_cmd::assert::Assert {
    let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    holdline.current_dir(env!("CARGO_MANIFEST_DIR"));
    holdline.args(["run", "scenarios/omnichannel.toml", "--charts", "none", "--quiet", "--out"]).arg(out);
    holdline.args(["--replications", "3"]).args(flags).assert()
}

fn read(out: &Path, name: &str) -> String {
    fs::read_to_string(out.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn the_documentation_has_every_column_with_its_meaning() {
    let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/exports.md");
    let page = fs::read_to_string(page).expect("it can be read");
    let mut rest = page.as_str();
    for columns in [CONTACT_COLUMNS, EVENT_COLUMNS, EVENT_WORDS, REPLICATION_COLUMNS] {
        let table: String =
            columns.iter().map(|(name, meaning)| format!("| `{name}` | {meaning} |\n")).collect();
        let at = rest.find(&table).unwrap_or_else(|| panic!("docs/exports.md lacks\n{table}"));
        rest = &rest[at..];
    }
}

/// A line of JSON that says what a row of CSV says, to the letter.
fn as_json(record: &csv::StringRecord, columns: &[Column], line: &str) -> bool {
    let object: serde_json::Value = serde_json::from_str(line).expect("JSON");
    let object = object.as_object().expect("an object");
    object.len() == columns.len()
        && columns.iter().zip(record).all(|((name, _), cell)| match &object[*name] {
            serde_json::Value::Null => cell.is_empty(),
            serde_json::Value::String(text) => text == cell,
            // Not the number that was read: reading may round.
            _ => [",", "}"].iter().any(|end| line.contains(&format!("\"{name}\":{cell}{end}"))),
        })
}

#[test]
fn both_formats_say_the_same_and_threads_change_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (csv, json) = (folder.path().join("csv"), folder.path().join("json"));
    let flags = ["--contacts", "--events", "--replications-out", "--log-replications", "all"];
    run(&csv, &[&flags[..], &["--threads", "2"]].concat()).success();
    let flags =
        ["--contacts=jsonl", "--events=jsonl", "--replications-out=jsonl", "--log-replications", "1-3"];
    run(&json, &[&flags[..], &["--threads", "1"]].concat()).success();
    for (name, columns) in
        [("contacts", CONTACT_COLUMNS), ("events", EVENT_COLUMNS), ("replications", REPLICATION_COLUMNS)]
    {
        let table = read(&csv, &format!("{name}.csv"));
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let lines = read(&json, &format!("{name}.jsonl"));
        let mut lines = lines.lines();
        let mut rows = 0;
        for (record, line) in reader.records().zip(&mut lines) {
            let record = record.expect("a row");
            let same = as_json(&record, columns, line);
            assert!(same, "{name}: {record:?}\n{line}");
            rows += 1;
        }
        assert!(rows > 300 && lines.next().is_none(), "{name} has {rows} rows");
        for replication in ["1", "2", "3"] {
            assert!(table.lines().any(|line| line.starts_with(&format!("{replication},"))), "{name}");
        }
    }
    // The run itself is as it is without.
    let plain = folder.path().join("plain");
    run(&plain, &[]).success();
    assert_eq!(read(&plain, "queues.csv"), read(&csv, "queues.csv"));
    assert!(!plain.join("contacts.csv").exists());
    // What a run no longer writes is gone.
    run(&csv, &[]).success();
    assert!(!csv.join("contacts.csv").exists() && csv.join("queues.csv").exists());
}

#[test]
fn replications_that_are_not_there_are_a_mistake() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    run(&out, &["--contacts", "--log-replications", "4"])
        .code(2)
        .stderr(contains("there is no replication 4: there are 3").and(contains("hint: ")));
    assert!(!out.exists());
    run(&out, &["--log-replications", "1"]).code(2).stderr(contains("add `--contacts` or `--events`"));
    run(&out, &["--contacts", "--log-replications", "0"]).code(2).stderr(contains("counted from 1"));
    run(&out, &["--contacts=parquet"]).code(2).stderr(contains("csv"));
}

#[test]
fn replications_are_those_of_runs_of_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    run(&out, &["--replications-out"]).success();
    let table = read(&out, "replications.csv");
    // The mean over replications of a count is the count of the run.
    let summary: serde_json::Value = serde_json::from_str(&read(&out, "summary.json")).expect("JSON");
    let offered = summary["total"]["figures"]["offered"]["value"].as_f64().expect("a number");
    let of = table.lines().filter_map(|line| line.split_once(",total,total,offered,"));
    let each: Vec<f64> = of.map(|(_, value)| value.parse().expect("a number")).collect();
    assert_eq!(each.len(), 3);
    assert!((each.iter().sum::<f64>() / 3.0 - offered).abs() < 1e-9 * offered, "{each:?} {offered}");
}
