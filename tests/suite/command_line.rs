//! The command line in other programs' hands: standard input, JSON, manual pages.

use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;
use serde_json::Value;

const CENTRE: &str = "horizon = { start = 2026-03-02, days = 1 }\n[queues.calls]\ntalk = \"6m\"\n\
                      arrivals.per_hour = { \"00:00\" = 0, \"08:00\" = 60, \"09:00\" = 0 }\n\
                      [groups.team]\nskills = [\"calls\"]\nstaff = 5\n";

fn holdline() -> Command {
    Command::cargo_bin("holdline").expect("the program is built")
}

fn json(text: &[u8]) -> Value {
    serde_json::from_slice(text)
        .unwrap_or_else(|wrong| panic!("{wrong} in {}", String::from_utf8_lossy(text)))
}

/// Sixty calls an hour of six minutes are six Erlangs, in each of the hour's intervals.
#[test]
fn check_tells_programs_the_load_of_each_interval() {
    let said = holdline().args(["check", "-", "--json"]).write_stdin(CENTRE).assert().success();
    let told = json(&said.get_output().stdout);
    assert_eq!((&told["playable"], &told["mistakes"]), (&Value::Bool(true), &Value::Array(vec![])));
    let intervals = told["intervals"].as_array().expect("a list");
    assert!(!intervals.is_empty());
    for interval in intervals {
        assert!(interval["at"].as_str().expect("a time").starts_with("Mon 08:"), "{interval}");
        assert_eq!(interval["queues"], serde_json::json!(["calls"]));
        let load = interval["load"].as_f64().expect("a number");
        assert!((load - 6.0).abs() < 1e-9 && interval["agents"] == 5.0, "{interval}");
    }
}

#[test]
fn check_tells_programs_every_mistake_with_its_place() {
    let text = CENTRE.replace("talk = ", "aht = ").replace("staff = 5", "staff = \"five\"");
    let said = holdline().args(["check", "-", "--json"]).write_stdin(text).assert().code(2);
    let told = json(&said.get_output().stdout);
    assert_eq!(told["playable"], false);
    let mistakes = told["mistakes"].as_array().expect("a list");
    let at = |title: &str| {
        let found = mistakes.iter().find(|one| one["title"].as_str().expect("a text").contains(title));
        let one = found.unwrap_or_else(|| panic!("no {title} in {told}"));
        assert_eq!(one["file"], "standard input");
        (one["line"].as_u64(), one["column"].as_u64(), one["hint"].as_str().unwrap_or_default().to_owned())
    };
    let (line, column, hint) = at("unknown key `queues.calls.aht`");
    assert_eq!((line, column), (Some(3), Some(1)));
    assert!(hint.starts_with("here it is called `talk`"), "{hint}");
    assert_eq!(at("`groups.team.staff` must be").0, Some(7));
    assert!(said.get_output().stderr.is_empty(), "nothing is said twice");
}

#[test]
fn a_scenario_is_played_from_standard_input() {
    let folder = tempfile::tempdir().expect("a folder");
    let run = |file: &str| {
        let mut command = holdline();
        command.current_dir(folder.path()).args(["run", file, "--replications", "2", "--json", "--quiet"]);
        command.args(["--out", &format!("out-{}", file.len())]);
        if file == "-" {
            command.write_stdin(CENTRE);
        }
        json(&command.assert().success().get_output().stdout)
    };
    std::fs::write(folder.path().join("standard input.toml"), CENTRE).expect("it is written");
    assert_eq!(run("-"), run("standard input.toml"));
    // Where no folder is named, there is one to write into.
    let command = ["run", "-", "--replications", "2", "--quiet"];
    holdline().current_dir(folder.path()).args(command).write_stdin(CENTRE).assert().success();
    assert!(folder.path().join("output/scenario/summary.json").exists());
    let empty = holdline().args(["run", "-"]).write_stdin(&b"\xff\xfe\x00"[..]).assert().code(2);
    empty.stderr(predicate::str::contains("standard input cannot be read"));
}

#[test]
fn every_command_has_a_manual_page() {
    let help = holdline().arg("--help").output().expect("it runs");
    let help = String::from_utf8(help.stdout).expect("it is text");
    let commands: Vec<&str> = help
        .split("Commands:")
        .nth(1)
        .and_then(|rest| rest.split("Options:").next())
        .expect("a list of commands")
        .lines()
        .filter(|line| line.starts_with("  ") && !line.starts_with("   "))
        .filter_map(|line| line.split_whitespace().next())
        .collect();
    assert!(commands.len() > 15, "{commands:?}");
    for command in commands {
        let page = holdline().args(["man", command]).assert().success();
        page.stdout(predicate::str::contains(format!(".TH holdline-{command}")));
    }
    holdline().arg("man").assert().success().stdout(predicate::str::contains(".SH SUBCOMMANDS"));
    let unknown = holdline().args(["man", "rum"]).assert().code(2);
    unknown.stderr(predicate::str::contains("did you mean `run`?"));
}

/// The version that is to be cited is the one that is built.
#[test]
fn the_citation_names_this_version() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("CITATION.cff");
    let text = std::fs::read_to_string(path).expect("it is there");
    assert!(text.lines().any(|line| line == format!("version: {}", env!("CARGO_PKG_VERSION"))));
}

/// The words of spreadsheets and other tools lead to the keys that mean the same.
#[test]
fn the_words_of_the_trade_lead_to_keys() {
    let hint = |line: &str| {
        let text = CENTRE.replace("talk = \"6m\"\n", &format!("talk = \"6m\"\n{line}\n"));
        let said = holdline().args(["check", "-"]).write_stdin(text).assert().code(2);
        let said = String::from_utf8(said.get_output().stderr.clone()).expect("it is text");
        let hint = said.split("here it is called `").nth(1).unwrap_or_else(|| panic!("no hint in {said}"));
        hint.split('`').next().expect("a key").to_owned()
    };
    for (line, key) in [
        ("SLA = 0.8", "target"),
        ("after-call-work = \"30s\"", "wrap_up"),
        ("volume = 100", "arrivals"),
        ("opening_hours = \"daily 08:00-18:00\"", "open"),
    ] {
        assert_eq!(hint(line), key, "{line}");
    }
    let team = CENTRE.replace("staff = 5", "headcount = 5");
    let said = holdline().args(["check", "-"]).write_stdin(team).assert().code(2);
    said.stderr(predicate::str::contains("here it is called `staff`"));
}
