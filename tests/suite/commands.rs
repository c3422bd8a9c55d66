//! The commands around a run: `new`, `check`, `schema`, `completions`, help.

use assert_cmd::Command;
use predicates::prelude::*;

fn holdline() -> Command {
    Command::cargo_bin("holdline").expect("the binary is built with the tests")
}

#[test]
fn new_writes_a_scenario_that_is_fine_and_never_overwrites() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("centre.toml");
    holdline().arg("new").arg(&file).assert().success().stdout(predicate::str::contains("holdline run"));
    holdline().arg("check").arg(&file).assert().success().stderr("");
    std::fs::write(&file, "mine").expect("it can be written");
    holdline()
        .arg("new")
        .arg(&file)
        .assert()
        .code(2)
        .stderr(predicate::str::contains("exists already").and(predicate::str::contains("hint: ")));
    assert_eq!(std::fs::read_to_string(&file).expect("it can be read"), "mine");
}

#[test]
fn new_in_a_folder_that_is_not_there_is_the_environments_fault() {
    holdline()
        .args(["new", "no/such/folder/centre.toml"])
        .assert()
        .code(3)
        .stderr("error: cannot write no/such/folder/centre.toml: there is no such file or folder\n");
}

#[test]
fn check_sees_understaffing_before_a_run() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("centre.toml");
    holdline().arg("new").arg(&file).assert().success();
    let fine = holdline().arg("check").arg(&file).assert().success();
    fine.stdout(predicate::str::contains("Every interval has more agents than load"));
    let weak = holdline()
        .args(["check", "--set", "groups.team.shifts.early.agents=6"])
        .arg(&file)
        .assert()
        .success();
    weak.stdout(predicate::str::contains("Understaffed").and(predicate::str::contains("Mon 08:")));
}

/// 60 calls an hour x 4 minutes = 4 Erlangs; a quarter of them comes back as a second contact, and of
/// those a quarter again: 4 / (1 - 1/4) = 5.33. Ten heads less 10 % absence make 9, less the lunch of
/// each: half an hour within 12:00 to 13:00, so that half of them are there.
#[test]
fn check_works_out_load_and_agents_as_by_hand() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("hand.toml");
    let text = r#"
        [horizon]
        start = 2026-03-02
        days = 1
        interval = "1h"
        [queues.desk]
        open = "mon 08:00-16:00"
        talk = { mean = "3m" }
        wrap_up = "1m"
        resolution = { probability = 0.5, recontact = { probability = 0.5, delay = "1h" } }
        arrivals.per_hour = { "00:00" = 60, "12:00" = 90, "13:00" = 60 }
        [groups.team]
        skills = ["desk"]
        shrinkage = { absence = 0.1 }
        [groups.team.shifts.day]
        agents = 10
        start = "08:00"
        length = "8h"
        breaks.lunch = { between = "12:00-13:00", length = "30m" }
    "#;
    std::fs::write(&file, text).expect("it can be written");
    let checked = holdline().arg("check").arg(&file).assert().success();
    let said = String::from_utf8(checked.get_output().stdout.clone()).expect("UTF-8");
    let words: Vec<&str> = said.split_whitespace().collect();
    let row = words.windows(7).find(|row| row[0] == "desk" && row[1] == "Mon").expect("a row of the queue");
    // 90 calls an hour x 4 / 3 = 120 contacts, 8 Erlangs; 4.5 agents.
    assert_eq!(row[2..], ["12:00", "120.0", "4m", "8.0", "4.5"]);
    assert!(said.contains("Mon 12:00 to 13:00: desk, 8.0 Erlangs for 4.5 agents (178 %)"), "{said}");
    assert!(said.contains("While closed come 65 % of the cases of desk"), "{said}");
}

#[test]
fn every_command_helps_with_an_example() {
    for command in ["new", "check", "run", "erlang", "schema", "completions"] {
        holdline().args([command, "--help"]).assert().success().stdout(
            predicate::str::contains(format!("holdline {command}")).and(predicate::str::contains("xample")),
        );
    }
}

#[test]
fn a_shell_gets_its_completions() {
    holdline().args(["completions", "bash"]).assert().success().stdout(predicate::str::contains("_holdline"));
    holdline().args(["completions", "klingon"]).assert().code(2);
}

#[test]
fn the_schema_is_json() {
    let printed = holdline().arg("schema").assert().success();
    let schema: serde_json::Value =
        serde_json::from_slice(&printed.get_output().stdout).expect("it is valid JSON");
    assert_eq!(schema, holdline::scenario::schema());
}
