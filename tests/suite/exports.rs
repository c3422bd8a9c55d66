//! What a run writes contact by contact: the files, their columns, and how they are asked for.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use holdline::report::{
    CONTACT_COLUMNS, Column, EVENT_COLUMNS, EVENT_WORDS, REPLICATION_COLUMNS, STATE_COLUMNS, WORK_COLUMNS,
};
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
    for columns in
        [CONTACT_COLUMNS, EVENT_COLUMNS, EVENT_WORDS, REPLICATION_COLUMNS, STATE_COLUMNS, WORK_COLUMNS]
    {
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
    let flags = ["--contacts", "--events", "--replications-out", "--states", "--log-replications", "all"];
    run(&csv, &[&flags[..], &["--threads", "2"]].concat()).success();
    let flags = [
        "--contacts=jsonl",
        "--events=jsonl",
        "--replications-out=jsonl",
        "--states=jsonl",
        "--log-replications",
        "1-3",
    ];
    run(&json, &[&flags[..], &["--threads", "1"]].concat()).success();
    for (name, columns, least) in [
        ("contacts", CONTACT_COLUMNS, 300),
        ("events", EVENT_COLUMNS, 300),
        ("replications", REPLICATION_COLUMNS, 300),
        ("states", STATE_COLUMNS, 300),
        ("work", WORK_COLUMNS, 9),
    ] {
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
        assert!(rows > least && lines.next().is_none(), "{name} has {rows} rows");
        for replication in ["1", "2", "3"].into_iter().filter(|_| columns[0].0 == "replication") {
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
    run(&out, &["--contacts=xml"]).code(2).stderr(contains("csv"));
    #[cfg(not(feature = "parquet"))]
    run(&out, &["--contacts=parquet"]).code(2).stderr(contains("built without Parquet"));
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

#[test]
fn events_tell_what_contacts_came_to() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    run(&out, &["--contacts", "--events"]).success();
    let column = |table: &str, name: &str| -> Vec<String> {
        let mut reader = csv::Reader::from_reader(table.as_bytes());
        let at = reader.headers().expect("a head").iter().position(|head| head == name).expect("the column");
        reader.records().map(|row| row.expect("a row")[at].to_owned()).collect()
    };
    let (contacts, events) = (read(&out, "contacts.csv"), read(&out, "events.csv"));
    let count = |words: &[String], word: &str| words.iter().filter(|found| *found == word).count();
    let (results, happened) = (column(&contacts, "result"), column(&events, "event"));
    for (result, event) in [
        ("abandoned", "abandons"),
        ("overflowed", "overflows"),
        ("called_back", "accepts_callback"),
        ("blocked", "blocked"),
        ("turned_away", "turned_away"),
        ("contained", "contained"),
        ("hung_up", "hangs_up"),
        ("closed_out", "closed_out"),
    ] {
        assert_eq!(count(&results, result), count(&happened, event), "{result}");
    }
    assert!(count(&results, "abandoned") > 100 && count(&results, "contained") > 100);
    // Every case opens once, and ends once or is open.
    let endings = column(&contacts, "ending");
    let open = count(&happened, "stays_open");
    let ended = ["solved", "contained", "lost"].map(|word| count(&happened, word)).iter().sum::<usize>();
    let cases: std::collections::BTreeSet<String> = column(&contacts, "case").into_iter().collect();
    assert_eq!(ended + open, cases.len());
    assert_eq!(endings.iter().filter(|ending| !ending.is_empty()).count(), cases.len());
    // Time does not go back.
    let times: Vec<f64> = column(&events, "time").iter().map(|time| time.parse().expect("a time")).collect();
    assert!(times.is_sorted());
    // Work that begins ends, but for what goes on when the play ends.
    let (begun, over) = (count(&happened, "work_begins"), count(&happened, "work_ends"));
    assert!(over <= begun && begun - over < 100, "{begun} begun, {over} over");
}

#[test]
fn nothing_is_left_of_files_in_the_writing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    run(&out, &["--contacts", "--events", "--log-replications", "all"]).success();
    // Beside files of others the results are moved in one by one.
    fs::write(out.join("mine.txt"), "mine").expect("it can be written");
    run(&out, &["--contacts", "--log-replications", "2-3"]).success();
    let left = fs::read_dir(&out).expect("it can be read").map(|entry| entry.expect("an entry").file_name());
    let left: Vec<String> = left.map(|name| name.to_string_lossy().into_owned()).collect();
    assert!(!left.iter().any(|name| name.starts_with(".holdline-")), "{left:?}");
    assert!(left.contains(&"contacts.csv".to_owned()) && !left.contains(&"events.csv".to_owned()));
    assert!(read(&out, "contacts.csv").lines().nth(1).is_some_and(|line| line.starts_with("2,")));
}
