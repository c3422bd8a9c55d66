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
    let told = predicate::str::contains("due while closed are not in the load");
    holdline().arg("check").arg(&file).assert().success().stdout(told);
    let weak = holdline()
        .args(["check", "--set", "groups.team.shifts.early.agents=6"])
        .arg(&file)
        .assert()
        .success();
    weak.stdout(predicate::str::contains("Understaffed").and(predicate::str::contains("Mon 08:")));
}

/// A plan that `check` calls well staffed is well staffed in a run, the first half hour too, and no
/// longer horizon brings customers to closed doors.
#[test]
fn the_starter_keeps_what_check_says_of_it() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("centre.toml");
    let out = folder.path().join("out");
    holdline().arg("new").arg(&file).assert().success();
    let settings = ["--replications", "30", "--set", "horizon.days=12", "--quiet"];
    holdline().arg("run").arg(&file).args(settings).arg("--out").arg(&out).assert().success().stderr("");
    let mut sheet = csv::Reader::from_path(out.join("intervals.csv")).expect("it can be read");
    let headers = sheet.headers().expect("a head").clone();
    let column = |name: &str| headers.iter().position(|head| head == name).expect("the column");
    let (scope, label, level) = (column("scope"), column("label"), column("service_level"));
    let mut first = 0;
    for row in sheet.records().map(|row| row.expect("a row")) {
        // The Friday's returns come on the second Monday, those of other days on the next.
        let monday = row[label].starts_with("2026-03-09");
        if &row[scope] == "queue" && row[label].ends_with("08:00") && !row[level].is_empty() && !monday {
            let level: f64 = row[level].parse().expect("a number");
            assert!(level > 0.9, "{}: {level}", &row[label]);
            first += 1;
        }
    }
    assert_eq!(first, 9);
    let all = std::fs::read_to_string(out.join("queues.csv")).expect("it can be read");
    let mut queues = csv::Reader::from_reader(all.as_bytes());
    let closed = queues.headers().expect("a head").iter().position(|head| head == "closed_out");
    for row in queues.records().map(|row| row.expect("a row")) {
        let closed: f64 = row[closed.expect("the column")].parse().unwrap_or(0.0);
        assert!(closed < 1.0, "{closed} find it closed");
    }
}

#[test]
fn check_promises_nothing_where_there_is_nothing_to_compare() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("centre.toml");
    holdline().arg("new").arg(&file).assert().success();
    let night = ["check", "--set", "queues.service.open=mon-fri 20:00-21:00"];
    let checked = holdline().args(night).arg(&file).assert().success();
    checked
        .stdout(predicate::str::contains("nothing to compare").and(predicate::str::contains("Every").not()));
    let nobody = ["--set", "groups.team.shifts.early.agents=0", "--set", "groups.team.shifts.late.agents=0"];
    let checked = holdline().arg("check").args(nobody).arg(&file).assert();
    checked.stdout(predicate::str::contains("Every interval").not());
}

#[test]
fn a_name_with_a_space_is_quoted_in_the_command_to_type() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let new = holdline().current_dir(folder.path()).args(["new", "a b.toml"]).assert().success();
    let quote = if cfg!(windows) { '"' } else { '\'' };
    new.stdout(predicate::str::contains(format!("holdline run {quote}a b.toml{quote}\n")));
}

#[test]
fn numbers_of_nothing_are_refused_target_words() {
    for flag in ["--threads", "--replications"] {
        let run = holdline().args(["run", "centre.toml", flag, "0"]).assert().code(2);
        run.stderr(predicate::str::contains("must be at least 1"));
    }
}

#[test]
fn results_that_cannot_go_there_are_refused_before_the_play() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("centre.toml");
    holdline().arg("new").arg(&file).assert().success();
    // A play of this many would take hours.
    let run = holdline()
        .args(["run", "--replications", "9999999", "--out"])
        .arg(&file)
        .arg(&file)
        .timeout(std::time::Duration::from_secs(60))
        .assert()
        .code(2);
    run.stderr(predicate::str::contains("cannot make the folder").and(predicate::str::contains("is a file")));
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
        resolution = { probability = 0.5, repeat_contact = { probability = 0.5, delay = "1h" } }
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
fn check_counts_replayed_calls_in_the_interval_in_which_they_came() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("replay.toml");
    // Six calls of the hour from 09:00 came in its first half.
    let calls = "at\n2026-03-02T09:05\n2026-03-02T09:06\n2026-03-02T09:07\n2026-03-02T09:11\n2026-03-02T09:20\n\
                 2026-03-02T09:29:59\n2026-03-02T10:45\n";
    std::fs::write(folder.path().join("calls.csv"), calls).expect("it can be written");
    let text = "[horizon]\nstart = 2026-03-02\ndays = 1\ninterval = \"30m\"\n[queues.desk]\ntalk = { mean = \"5m\" }\n\
                arrivals.trace = { file = \"calls.csv\", time = \"at\" }\n[groups.team]\nskills = [\"desk\"]\nstaff = 2\n";
    std::fs::write(&file, text).expect("it can be written");
    let checked = holdline().arg("check").arg(&file).assert().success();
    let said = String::from_utf8(checked.get_output().stdout.clone()).expect("UTF-8");
    let words: Vec<&str> = said.split_whitespace().collect();
    let row = words.windows(7).find(|row| row[0] == "desk" && row[1] == "Mon").expect("a row of the queue");
    // Twelve an hour x 5 minutes is one Erlang.
    assert_eq!(row[2..], ["09:00", "12.0", "5m", "1.0", "2.0"], "{said}");
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

/// Where no browser can be started the page is named, and nothing is lost.
#[test]
fn open_without_a_browser_says_which_page_to_open() {
    let folder = tempfile::tempdir().expect("there is room");
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/two-skills.toml");
    for (number, (which, more, page)) in [
        ("run", "", "report.html"),
        ("compare", "", "compare.html"),
        ("sweep", "--vary experiment.seed=1,2", "report.html"),
    ]
    .into_iter()
    .enumerate()
    {
        let out = format!("out{number}");
        let mut command = Command::cargo_bin("holdline").expect("the program is built");
        command
            .current_dir(folder.path())
            .env("PATH", "")
            .args([which, scenario])
            .args(more.split_whitespace());
        let output = command.args(["--replications", "2", "--open", "--out", &out]).output();
        let output = output.expect("it runs");
        let said = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{said}");
        assert!(said.contains(&format!("wrote {out}/{page}")), "{said}");
        assert!(said.contains("no browser could be started: open the page above in one"), "{said}");
    }
}
