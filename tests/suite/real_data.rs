//! Real records: the log of a bank by commands alone, and the volumes of another one, where the data are at hand.
//!
//! The folder of the data is `HOLDLINE_DATA`, or `../shared/data`; without it the tests say that they were skipped.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use holdline::scenario::{Scenario, Volume};
use serde_json::Value;

use crate::markdown::blocks;

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

#[test]
fn imported_volumes_are_those_of_the_file() {
    let Some(data) = data("imported_volumes_are_those_of_the_file") else { return };
    let folder = tempfile::tempdir().expect("a folder");
    let text = fs::read_to_string(root().join("scenarios/real/us-bank.toml")).expect("it is shipped");
    let file = folder.path().join("us-bank.toml");
    fs::write(&file, text.replace("../../data", &data.display().to_string())).expect("there is room");
    let bank = Scenario::load(&file, &[]).unwrap_or_else(|found| panic!("{found}")).scenario;
    let Volume::Series(buckets) = &bank.queues[0].arrivals.as_ref().expect("it has arrivals").volume else {
        panic!("a series of five minutes");
    };
    // The sum of the column `Calls`.
    assert_eq!(buckets.iter().map(|bucket| bucket.count).sum::<f64>(), 5_323_661.0);
}

/// What `validate` found out.
fn validated(folder: &Path) -> Value {
    let text = fs::read_to_string(folder.join("summary.json")).expect("it was validated");
    serde_json::from_str(&text).expect("it is JSON")
}

/// What was seen, and what was simulated over it.
fn beside(validated: &Value, queue: &str, figure: &str) -> (f64, f64) {
    let found = &validated["queues"][queue]["figures"][figure];
    let number = |key: &str| found[key].as_f64().expect("a number");
    (number("seen"), number("simulated") / number("seen"))
}

/// The script of `docs/real-data.md`, as a reader runs it, on each month that is there.
#[test]
fn the_bank_is_imported_fitted_and_validated_by_commands() {
    let Some(data) = data("the_bank_is_imported_fitted_and_validated_by_commands") else { return };
    let page = fs::read_to_string(root().join("docs/real-data.md")).expect("it can be read");
    let script =
        blocks(&page).into_iter().find(|block| block.info == "bash").expect("the page shows it").text;
    let months = fs::read_dir(data.join("anonymous-bank-1999")).expect("it is there");
    for log in months.map(|entry| entry.expect("an entry").path()) {
        if log.extension().is_none_or(|ending| ending != "tsv") {
            continue;
        }
        let folder = tempfile::tempdir().expect("a folder");
        let binary =
            Path::new(env!("CARGO_BIN_EXE_holdline")).parent().expect("a folder").display().to_string();
        let paths = format!("{binary}:{}", std::env::var("PATH").unwrap_or_default());
        let mut shell = Command::new("sh");
        shell.args(["-c", &script]).current_dir(folder.path()).env("PATH", paths).env("LOG", &log);
        let output = shell.output().expect("there is a shell");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let month = validated(&folder.path().join("month-validated"));
        // The largest queue of any month; what the page says of February.
        let regular = beside(&month, "ps", "abandonment");
        assert!((regular.1 - 1.0).abs() < 0.35, "{}: {regular:?}", log.display());
        if log.ends_with("feb1999.tsv") {
            february(&month);
            held_back(&validated(&folder.path().join("held-back-validated")));
            let toml = fs::read_to_string(folder.path().join("month/centre.toml")).expect("it is written");
            for part in
                ["18349 answered calls, mean 184.3 s, cv 1.14", "mean 13.3 s", "head_start = { ps = \"253s\""]
            {
                assert!(toml.contains(part), "no {part} in\n{toml}");
            }
        }
    }
}

/// Queue by queue within a fifth of what was seen, but for what the page explains.
fn february(month: &Value) {
    let mut offered = 0.0;
    for queue in ["ps", "pe", "nw", "ne", "tt", "in"] {
        let volume = beside(month, queue, "offered");
        offered += volume.0;
        assert_eq!(volume.1, 1.0, "{queue}: each arrives when it did");
        for figure in ["wait_answered", "abandonment", "service_level"] {
            let (seen, ratio) = beside(month, queue, figure);
            match (queue, figure) {
                ("tt", "wait_answered") => assert!(ratio > 2.0, "returned calls: {ratio}"),
                ("tt", _) => {}
                // The page says 21.2 %.
                ("ne", "service_level") => assert!((ratio - 1.212).abs() < 0.02, "{ratio}"),
                _ => assert!((ratio - 1.0).abs() < 0.2, "{queue}, {figure}: {seen} seen, {ratio} of it"),
            }
        }
    }
    assert_eq!(offered, 31_094.0);
}

/// The second half of the month, with what was fitted to the first one: talk times explain what is off.
fn held_back(second: &Value) {
    let (_, talk) = beside(second, "ps", "talk");
    assert!((talk - 0.938).abs() < 0.02, "{talk}");
    let (_, abandoned) = beside(second, "ps", "abandonment");
    assert!((abandoned - 1.0).abs() < 0.2, "{abandoned}");
    let (_, asa) = beside(second, "ps", "wait_answered");
    assert!((asa - 0.76).abs() < 0.08, "{asa}");
}

/// The events of a help desk's tickets: how many, and how long until they were taken up and resolved, as they were counted by
/// another program.
#[test]
fn a_help_desks_events_become_tickets() {
    let Some(data) = data("a_help_desks_events_become_tickets") else { return };
    let file = data.join("helpdesk-tickets-it/helpdesk.csv");
    if !file.exists() {
        eprintln!("skipped a_help_desks_events_become_tickets: no help desk in {}", data.display());
        return;
    }
    let folder = tempfile::tempdir().expect("a folder");
    let output = Command::new(env!("CARGO_BIN_EXE_holdline"))
        .current_dir(folder.path())
        .arg("import")
        .arg(&file)
        .args([
            "--tickets",
            "--answered",
            "Take in charge ticket",
            "--solved",
            "Resolve ticket",
            "--out",
            "desk",
        ])
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let said = String::from_utf8_lossy(&output.stdout);
    // 4,285 were taken up, after 97.59 h on average, the median 16.39 h; 4,569 resolved, after 11.12 d, the median 5.98 d;
    // 386 of these more than once.
    for part in [
        "4580 tickets; taken up after 4d1h on average, 16h23m in the middle",
        "solved after 11d2h on average, 5d23h in the middle",
        "295 without a taker; 8.4 % of the solved opened again",
        "Mon Tue Wed Thu Fri 07:00 to 17:00",
    ] {
        assert!(said.contains(part), "no `{part}` in\n{said}");
    }
    let volumes = fs::read_to_string(folder.path().join("desk/volumes.csv")).expect("it is written");
    let offered = volumes.lines().skip(1).map(|line| {
        let cell = line.split(',').nth(3).expect("a column");
        cell.parse::<f64>().expect("a number")
    });
    assert_eq!(offered.sum::<f64>(), 4580.0);
}
