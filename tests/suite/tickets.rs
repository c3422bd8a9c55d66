//! `holdline import` of tickets: exports shaped like those of help desks become deferred queues, with the numbers that an
//! export tells, worked out by hand, and what it does not tell marked so.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

fn exports() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

fn holdline(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    command.current_dir(folder);
    command
}

/// Imports an export into `centre` of a folder; gives what was printed.
fn import(folder: &Path, file: &Path, flags: &[&str]) -> String {
    let output = holdline(folder)
        .arg("import")
        .arg(file)
        .args(["--out", "centre", "--force"])
        .args(flags)
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    // It runs as it is.
    holdline(folder)
        .args(["run", "centre/centre.toml", "--quiet", "--charts", "none", "--replications", "2"])
        .assert()
        .success();
    String::from_utf8(output.stdout).expect("it is text")
}

fn refused(folder: &Path, file: &Path, flags: &[&str]) -> String {
    let output = holdline(folder)
        .arg("import")
        .arg(file)
        .args(["--out", "refused"])
        .args(flags)
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("it is text")
}

fn written(folder: &Path, name: &str) -> String {
    fs::read_to_string(folder.join("centre").join(name)).expect("it is written")
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

/// Of two tickets that came from 08:00 the first replies were there after 30 and 90 min: with 10 min of work they were taken
/// up after 20 and 80 min, 3,000 s on average, and one of them was answered within an hour. The one of the evening waited 770 min.
const VOLUMES: &str = "time,end,queue,offered,answered,abandoned,service_level,asa\n\
    2026-03-16 08:00,2026-03-16 09:00,billing,2,2,0,0.5,3000\n\
    2026-03-16 09:00,2026-03-16 10:00,tech_support,1,1,0,1,0\n\
    2026-03-16 20:00,2026-03-16 21:00,billing,1,1,0,0,46200\n\
    2026-03-17 09:00,2026-03-17 10:00,tech_support,1,0,0,0,\n";

const SAID: [&str; 4] = ["--handle-time", "10m", "--within", "1h"];

#[test]
fn tickets_of_zendesk_become_deferred_queues() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = exports().join("zendesk.csv");
    let said = import(folder.path(), &file, &SAID);
    has(
        &said,
        &[
            "First reply time in minutes  first_reply_time",
            "1 rows are of tickets that are told again: of each the last counts",
            // (30 + 90 + 780) / 3 min; solved after 1 h and 24 h, one of the two opened again.
            "Billing: 3 tickets; first reply after 5h on average, 1h30m in the middle; solved after 12h30m on average, 12h30m in the middle; 50.0 % of the solved opened again",
            "Tech Support: 2 tickets; first reply after 10m on average, 10m in the middle; solved after 2h on average, 2h in the middle; 1 without a reply",
            "agents of `team`",
        ],
    );
    assert_eq!(written(folder.path(), "volumes.csv"), VOLUMES);
    // 5 x 10 min / 0.85 in two working days: one agent. Too few replies to tell hours.
    assert_eq!(
        written(folder.path(), "staff.csv"),
        "time,group,heads\n2026-03-16 09:00,team,1\n2026-03-16 17:00,team,0\n2026-03-17 09:00,team,1\n2026-03-17 17:00,team,0\n"
    );
    let toml = written(folder.path(), "centre.toml");
    has(
        &toml,
        &[
            "kind = \"deferred\"",
            "[queues.tech_support]",
            "talk     = { mean = \"600s\" }   # as it was said",
            "target   = { share = 0.80, within = \"1h\" }   # as it was said",
            "# 50.0 % of 2 solved tickets were opened again",
            "# resolution = { probability = 0.500, repeat_contact",
            "Mon Tue Wed Thu Fri 09:00 to 17:00, as nothing tells when somebody worked",
            "the export names 2 who had one last",
        ],
    );
    assert!(!toml.contains("patience"), "{toml}");
    // What is in comment is what a scenario takes.
    let played = toml.replace("# resolution", "resolution");
    fs::write(folder.path().join("centre/own.toml"), played).expect("there is room");
    holdline(folder.path()).args(["check", "centre/own.toml"]).assert().success();

    // The work is not told, and is said to be assumed.
    let said = import(folder.path(), &file, &["--from", "zendesk"]);
    has(
        &said,
        &[
            "talk time of `billing`: no export of tickets tells how long the work on one takes",
            "--handle-time 12m",
        ],
    );
    has(
        &written(folder.path(), "centre.toml"),
        &["within = \"1d\"", "# ASSUMED: 80 % with a first reply in a day"],
    );

    // Another column makes the queues, and some tickets alone are read.
    let flags = ["--column", "queue=Priority", "--where", "Via=Mail", "--replay"];
    import(folder.path(), &file, &[&SAID[..], &flags[..]].concat());
    assert_eq!(
        written(folder.path(), "arrivals.csv"),
        "time,queue\n2026-03-16 08:10,normal\n2026-03-16 08:40,high\n2026-03-16 09:05,urgent\n2026-03-17 09:30,normal\n"
    );
}

#[test]
fn conversations_of_intercom_tell_the_same() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = exports().join("intercom.json");
    has(&refused(folder.path(), &file, &SAID), &["--centre-zone"]);
    let zone = ["--centre-zone", "Europe/Berlin"];
    let said = import(folder.path(), &file, &[&SAID[..], &zone[..]].concat());
    has(
        &said,
        &[
            "conversations of Intercom",
            "1 rows are of tickets that are told again",
            "1 were begun by the centre or by a campaign",
            "1 had an AI agent and no reply of a teammate",
            "814865: 3 tickets; first reply after 5h on average",
        ],
    );
    let volumes = VOLUMES.replace("billing", "814865").replace("tech_support", "814866");
    assert_eq!(written(folder.path(), "volumes.csv"), volumes);
    let flags = ["--column", "queue=priority", "--where", "team_assignee_id=814866"];
    import(folder.path(), &file, &[&SAID[..], &zone[..], &flags[..]].concat());
    assert_eq!(
        written(folder.path(), "volumes.csv"),
        "time,end,queue,offered,answered,abandoned,service_level,asa\n\
         2026-03-16 09:00,2026-03-16 10:00,not_priority,1,1,0,1,0\n2026-03-17 09:00,2026-03-17 10:00,priority,1,0,0,0,\n"
    );
    has(
        &refused(folder.path(), &file, &[&zone[..], &["--where", "colour=red"]].concat()),
        &["cannot choose by `colour`", "team_assignee_id"],
    );
    // Its fields as the columns of a table.
    let table = "conversation_id,team_assignee_id,created_at,statistics.first_admin_reply_at,statistics.last_close_at,statistics.count_reopens\n\
        1,814865,1773645000,1773646800,1773648600,0\n";
    fs::write(folder.path().join("table.csv"), table).expect("there is room");
    import(
        folder.path(),
        &folder.path().join("table.csv"),
        &[&SAID[..], &zone[..], &["--from", "intercom"]].concat(),
    );
    has(&written(folder.path(), "volumes.csv"), &["2026-03-16 08:00,2026-03-16 09:00,814865,1,1,0,1,1200\n"]);
    let text = fs::read_to_string(&file).expect("it can be read");
    fs::write(folder.path().join("torn.json"), &text[..text.len() / 2]).expect("there is room");
    let torn =
        refused(folder.path(), &folder.path().join("torn.json"), &["--tickets", "--centre-zone", "UTC"]);
    has(&torn, &["torn.json is no file of tickets"]);
}

#[test]
fn tickets_of_zendesk_as_json_have_their_measures_beside_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let page = r#"{"tickets": [
        {"id": 35436, "created_at": "2026-03-16T08:10:00Z", "group_id": 98738, "assignee_id": 235323, "priority": "high", "via": {"channel": "email"}},
        {"id": 35437, "created_at": "2026-03-16T08:40:00Z", "group_id": 98738, "assignee_id": null, "priority": null, "via": {"channel": "web"}}],
        "metric_sets": [
        {"id": 1, "ticket_id": 35436, "reopens": 0, "solved_at": "2026-03-16T09:10:00Z", "reply_time_in_minutes": {"calendar": 30, "business": 20}},
        {"id": 2, "ticket_id": 35437, "reopens": 1, "solved_at": "2026-03-17T08:40:00Z", "reply_time_in_minutes": {"calendar": 90, "business": 50}}],
        "count": 2}"#;
    fs::write(folder.path().join("page.json"), page).expect("there is room");
    let said = import(
        folder.path(),
        &folder.path().join("page.json"),
        &[&SAID[..], &["--tickets", "--centre-zone", "UTC"]].concat(),
    );
    has(
        &said,
        &[
            "tickets of Zendesk",
            "98738: 2 tickets; first reply after 1h on average",
            "50.0 % of the solved opened again",
        ],
    );
    has(
        &written(folder.path(), "volumes.csv"),
        &["2026-03-16 08:00,2026-03-16 09:00,98738,2,2,0,0.5,3000\n"],
    );
}

/// Case 1 is taken up after 30 min and solved twice; case 2, whose rows are out of order, after 50 min.
#[test]
fn a_log_of_events_becomes_tickets() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = exports().join("ticket_events.csv");
    let said = import(folder.path(), &file, &[&SAID[..], &["--tickets"]].concat());
    has(
        &said,
        &[
            "Complete Timestamp  time",
            "somebody takes a ticket up: `Take in charge ticket` (3)",
            "solved: `Resolve ticket` (3)",
            "passed over, but for the first of a ticket: `Assign seriousness` (2), `Closed` (1), `Insert ticket` (1)",
            "tickets: 3 tickets; taken up after 40m on average, 40m in the middle; solved after 1d on average",
            "1 without a taker; 50.0 % of the solved opened again",
        ],
    );
    // Taken up after 30 and 50 min, answered 10 min later: within an hour both.
    assert_eq!(
        written(folder.path(), "volumes.csv"),
        "time,end,queue,offered,answered,abandoned,service_level,asa\n\
         2026-03-16 08:00,2026-03-16 09:00,tickets,2,2,0,1,2400\n2026-03-17 10:00,2026-03-17 11:00,tickets,1,0,0,0,\n"
    );
    let flags =
        ["--tickets", "--column", "queue=seriousness", "--answered", "insert ticket", "--solved", "Closed"];
    let said = import(folder.path(), &file, &flags);
    has(
        &said,
        &[
            "Value 1: 2 tickets; solved after 30d on average",
            "Value 2: 1 tickets; taken up after 0s on average",
        ],
    );
    has(
        &refused(folder.path(), &file, &["--tickets", "--solved", "Done"]),
        &["has no event `Done`", "`Resolve ticket`"],
    );
}

/// What was seen stands beside what is simulated: the response by the target, the wait until the work begins.
#[test]
fn tickets_are_a_report_to_validate_against() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    import(folder.path(), &exports().join("zendesk.csv"), &SAID);
    let output = holdline(folder.path())
        .args(["validate", "centre/centre.toml", "--against", "centre/volumes.csv", "--json", "--quiet"])
        .args(["--replications", "40"])
        .output()
        .expect("it can be started");
    let validated: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    let figure = |name: &str| &validated["queues"]["billing"]["figures"][name]["seen"];
    assert_eq!(figure("offered"), 3.0, "{validated}");
    // One of three within the hour; (3,000 + 3,000 + 46,200) / 3 s.
    assert!((figure("service_level").as_f64().expect("a number") - 1.0 / 3.0).abs() < 1e-9, "{validated}");
    assert_eq!(figure("wait_answered"), 17_400.0, "{validated}");
    let against = ["validate", "centre/centre.toml", "--against", "x.csv", "--from", "zendesk"];
    fs::copy(exports().join("zendesk.csv"), folder.path().join("x.csv")).expect("there is room");
    let output = holdline(folder.path()).args(against).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    has(&String::from_utf8_lossy(&output.stderr), &["writes tickets", "`volumes.csv`"]);
}

/// Forty replies, half of them at 09:10, half at 16:40, on Mondays and Tuesdays: these are the hours in which somebody works.
#[test]
fn hours_of_work_are_read_off_replies() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut text = "ID,Created,Team,First reply\n".to_owned();
    for number in 0..40 {
        let day = 16 + number % 2;
        let reply = if number < 20 { "09:10" } else { "16:40" };
        text.push_str(&format!("{number},2026-03-{day} 07:00,Desk,2026-03-{day} {reply}\n"));
    }
    fs::write(folder.path().join("tickets.csv"), text).expect("there is room");
    import(folder.path(), &folder.path().join("tickets.csv"), &["--tickets", "--handle-time", "30m"]);
    has(
        &written(folder.path(), "centre.toml"),
        &["Mon Tue 09:00 to 17:00, within which 95 % of 40 replies and solutions fall"],
    );
    // 40 x 30 min / 0.85 over two days of 8 h: 1.47.
    assert_eq!(
        written(folder.path(), "staff.csv"),
        "time,group,heads\n2026-03-16 09:00,team,2\n2026-03-16 17:00,team,0\n2026-03-17 09:00,team,2\n2026-03-17 17:00,team,0\n"
    );
}

#[test]
fn what_is_wrong_with_tickets_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.csv");
    for (text, flags, parts) in [
        (
            "Id,Subject\n1,x\n",
            vec!["--tickets"],
            vec!["no column that tells when a ticket was created", "--column created=HEAD"],
        ),
        (
            "Id,Created\n1,2026-03-02\n",
            vec!["--tickets"],
            vec!["line 2 of", "`2026-03-02` (created) has no time of day"],
        ),
        (
            "Id,Created\n1,2026-03-02 08:00\n2,\n",
            vec!["--tickets"],
            vec!["line 3 of", "has nothing in `Created`"],
        ),
        (
            "Id,Created,FRT\n1,2026-03-02 08:00,soon\n",
            vec!["--tickets"],
            vec!["line 2 of", "`soon` in `FRT` is no length of time"],
        ),
        (
            "Id,Created\n1,03/02/2026 08:00\n",
            vec!["--tickets"],
            vec!["can be read in two ways", "--dates dmy"],
        ),
        (
            "Id,Created,Solved\n1,2026-03-02 08:00,yes\n",
            vec!["--tickets"],
            vec!["`yes` (solved) is no date and time"],
        ),
        (
            "Id,Created\n1,2026-03-02 08:00\n",
            vec!["--tickets", "--from", "genesys"],
            vec!["names a system whose reports are of intervals"],
        ),
        (
            "Start,Calls\n2026-03-02 08:00,3\n",
            vec!["--handle-time", "5m", "--interval", "30m"],
            vec!["`--handle-time` is about tickets"],
        ),
    ] {
        fs::write(&path, text).expect("there is room");
        has(&refused(folder.path(), &path, &flags), &parts);
    }
}
