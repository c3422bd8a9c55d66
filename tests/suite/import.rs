//! `holdline import`: exports shaped like those of real systems become scenarios that run, with the numbers that the
//! export tells, worked out by hand, and what it does not tell marked so.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use holdline::scenario::{Scenario, Volume};
use holdline::units::Span;

fn exports() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports")
}

fn holdline(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    command.current_dir(folder);
    command
}

/// Imports a file into `centre` of a folder; gives what was printed and the scenario.
fn import(folder: &Path, file: &Path, flags: &[&str]) -> (String, String) {
    let output = holdline(folder)
        .arg("import")
        .arg(file)
        .args(["--out", "centre"])
        .args(flags)
        .output()
        .expect("it starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{}: {said}", file.display());
    let toml = fs::read_to_string(folder.join("centre/centre.toml")).expect("it is written");
    // It runs as it is.
    holdline(folder).args(["check", "centre/centre.toml"]).assert().success();
    holdline(folder)
        .args(["run", "centre/centre.toml", "--quiet", "--charts", "none", "--replications", "2"])
        .assert()
        .success();
    (String::from_utf8(output.stdout).expect("it is text"), toml)
}

/// What is wrong with an import.
fn refused(folder: &Path, file: &Path, flags: &[&str]) -> String {
    let output = holdline(folder)
        .arg("import")
        .arg(file)
        .args(["--out", "centre"])
        .args(flags)
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("it is text")
}

/// Cases that begin in a queue of the imported scenario between two times of its first day.
fn cases(folder: &Path, queue: &str, from: u64, to: u64) -> f64 {
    let loaded = Scenario::load(&folder.join("centre/centre.toml"), &[]).expect("it is fine");
    let queue = loaded.scenario.queues.iter().find(|one| one.name == queue).expect("there is such a queue");
    let Some(arrivals) = &queue.arrivals else { return 0.0 };
    let Volume::Series(buckets) = &arrivals.volume else { panic!("volumes come from a file") };
    let hour = Span::HOUR.micros() as i64;
    let within = |at: i64| at >= from as i64 * hour / 2 && at < to as i64 * hour / 2;
    buckets.iter().filter(|bucket| within(bucket.start)).map(|bucket| bucket.count).sum()
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

/// The same hour as every system reports it: 40 and 50 offered, 36 and 44 answered after 25 and 35 s on average, handle
/// time 300 and 310 s with 40 s of after-call work.
///
/// Handle time (36 x 300 + 44 x 310) / 80 = 305.5, so talk 265.5. Waited (36 x 25 + 44 x 35) = 2440 s by the answered.
#[test]
fn the_reports_of_six_systems_say_the_same() {
    for (system, flags, patience) in [
        // No wait of the abandoned: that of the answered is taken, 4 x 25 + 6 x 35 = 310; (2440 + 310) / 10.
        ("genesys", vec![], "275s"),
        // 4 x 40 + 6 x 50 = 460; (2440 + 460) / 10.
        ("amazon-connect", vec!["--centre-zone", "America/New_York"], "290s"),
        ("nice", vec![], "275s"),
        ("avaya-cms", vec![], "290s"),
        ("five9", vec![], "275s"),
        ("talkdesk", vec![], "275s"),
    ] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let file = exports().join(format!("{system}.csv"));
        let (said, toml) = import(folder.path(), &file, &[flags.clone(), vec!["--from", system]].concat());
        let queue = if system == "amazon-connect" { "support" } else { "billing" };
        assert_eq!(cases(folder.path(), queue, 16, 17), 40.0, "{system}");
        assert_eq!(cases(folder.path(), queue, 17, 18), 50.0, "{system}");
        has(&toml, &["start    = 2026-03-16", "interval = \"30m\"", &format!("[queues.{queue}]")]);
        has(&toml, &["talk     = { mean = \"265.5s\" }", "wrap_up  = { mean = \"40s\" }"]);
        has(&toml, &[&format!("patience = {{ mean = \"{patience}\" }}")]);
        has(&said, &["what they were taken for", "--column WHAT=HEAD", "Next:", "holdline validate"]);
        // Without the system's name the columns are found all the same.
        let plain = tempfile::tempdir().expect("a temporary folder");
        let more = if system == "genesys" { vec!["--unit", "milliseconds"] } else { vec![] };
        let (_, same) = import(plain.path(), &file, &[flags, more].concat());
        assert_eq!(same, toml, "{system}");
    }
}

#[test]
fn agents_are_taken_from_the_export_or_marked_as_assumed() {
    let heads = |folder: &Path| fs::read_to_string(folder.join("centre/staff.csv")).expect("it is written");
    // Told by Avaya: 7.4 and 8.6 positions staffed.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (_, toml) = import(folder.path(), &exports().join("avaya-cms.csv"), &["--from", "avaya-cms"]);
    assert_eq!(
        heads(folder.path()),
        "time,group,heads\n2026-03-16 08:00,billing_team,7\n2026-03-16 08:30,billing_team,9\n2026-03-16 09:00,billing_team,0\n"
    );
    has(&toml, &["# the column `Avg Pos Staff`, rounded"]);
    // By occupancy: 36 x 300 / 1800 / 0.825 = 7.27 and 44 x 310 / 1800 / 0.9 = 8.42.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = exports().join("amazon-connect.csv");
    import(folder.path(), &file, &["--from", "amazon-connect", "--centre-zone", "America/New_York"]);
    assert_eq!(
        heads(folder.path()),
        "time,group,heads\n2026-03-16 08:00,team,7\n2026-03-16 08:30,team,8\n2026-03-16 09:00,team,0\n"
    );
    // Not told: 36 x 300 / 1800 / 0.85 = 7.06, so 8; 44 x 310 / 1800 / 0.85 = 8.92, so 9.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (said, toml) = import(folder.path(), &exports().join("five9.csv"), &["--from", "five9"]);
    assert_eq!(
        heads(folder.path()),
        "time,group,heads\n2026-03-16 08:00,team,8\n2026-03-16 08:30,team,9\n2026-03-16 09:00,team,0\n"
    );
    has(&toml, &["# ASSUMED: the export does not tell them"]);
    has(&said, &["Not told by the export", "agents of `team`"]);
    has(
        &fs::read_to_string(folder.path().join("centre/origin.md")).expect("it is written"),
        &["five9.csv", "agents of `team`"],
    );
}

#[test]
fn two_queues_become_two_and_their_names_are_kept_beside_them() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (_, toml) = import(folder.path(), &exports().join("genesys.csv"), &["--from", "genesys"]);
    has(
        &toml,
        &[
            "[queues.billing]",
            "[queues.claims_en]",
            "`Claims - EN`, 44 contacts",
            "skills = [\"billing\", \"claims_en\"]",
        ],
    );
    // The rows of the export are a report that the scenario is set beside.
    let output = holdline(folder.path())
        .args([
            "validate",
            "centre/centre.toml",
            "--against",
            "centre/volumes.csv",
            "--json",
            "--quiet",
            "--replications",
            "40",
        ])
        .output()
        .expect("it can be started");
    let validated: serde_json::Value = serde_json::from_slice(&output.stdout).expect("it is JSON");
    assert_eq!(validated["queues"]["claims_en"]["figures"]["offered"]["seen"], 44.0, "{validated}");
}

/// Of the log: support has one call answered after 12 s with 288 s of talk, one after 4 s with 100 s, one abandoned after
/// 90 s, one that left after 180 s; sales has one answered after 19 s with 400 s. Patience of support:
/// (12 + 4 + 90 + 180) / 1 = 286 s.
#[test]
fn an_asterisk_log_tells_volumes_talk_patience_and_agents() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let log = exports().join("queue_log");
    has(&refused(folder.path(), &log, &[]), &["--centre-zone"]);
    let (said, toml) = import(folder.path(), &log, &["--centre-zone", "UTC"]);
    has(&said, &["an Asterisk queue_log", "1 calls left a queue"]);
    has(
        &toml,
        &[
            "start    = 2026-03-16",
            "[queues.support]",
            "patience = { mean = \"286s\" }",
            "2 answered calls, mean 194.0 s",
        ],
    );
    has(&toml, &["[queues.sales]", "# patience: ASSUMED: unlimited, as nobody abandoned"]);
    let file =
        |name: &str| fs::read_to_string(folder.path().join("centre").join(name)).expect("it is written");
    assert_eq!(file("talk.csv"), "queue,seconds\nsales,400\nsupport,288\nsupport,100\n");
    // 08:00 UTC is 1773648000. SIP/201 is on duty from 08:01:12 to 08:35:04, SIP/202 from 08:06:40 to 08:13:20.
    assert_eq!(
        file("staff.csv"),
        "time,group,heads\n2026-03-16 08:01:12,team,1\n2026-03-16 08:06:40,team,2\n2026-03-16 08:13:20,team,1\n2026-03-16 08:35:04,team,0\n"
    );
    has(
        &file("volumes.csv"),
        &["2026-03-16 08:00,support,2,1,1,0.5,12,90,288", "2026-03-16 08:30,support,1,1,0,1,4,,100"],
    );
}

#[test]
fn contact_records_tell_the_same_as_a_log() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let records = exports().join("contact_records.json");
    has(&refused(folder.path(), &records, &[]), &["--centre-zone"]);
    let (said, toml) = import(folder.path(), &records, &["--centre-zone", "UTC"]);
    has(
        &said,
        &[
            "Amazon Connect's contact records",
            "1 records were delivered again",
            "1 of channel CHAT are left out; `--where Channel=CHAT` reads these",
            "1 never joined a queue",
            "1 are outbound calls",
        ],
    );
    // 12 + 90 + 4 + 60 s waited in support, and one abandoned: 166 s. With the agent 288 s (88 of them on hold) and 100 s.
    has(
        &toml,
        &["start    = 2026-03-16", "patience = { mean = \"166s\" }", "2 answered calls, mean 194.0 s"],
    );
    let file =
        |name: &str| fs::read_to_string(folder.path().join("centre").join(name)).expect("it is written");
    assert_eq!(file("talk.csv"), "queue,seconds\nsales,400\nsupport,288\nsupport,100\n");
    has(
        &file("volumes.csv"),
        &["2026-03-16 08:00,support,2,1,1,0.5,12,90,318", "2026-03-16 08:30,support,1,1,0,1,4,,120"],
    );

    // The same records as a list, and those of another channel.
    let text = fs::read_to_string(&records).expect("it can be read");
    let list = format!("[{}]", text.trim_end().replace('\n', ",\n"));
    fs::write(folder.path().join("list.json"), list).expect("there is room");
    let again = tempfile::tempdir().expect("a temporary folder");
    let (_, same) = import(again.path(), &folder.path().join("list.json"), &["--centre-zone", "UTC"]);
    assert_eq!(same.replace("list.json", "contact_records.json"), toml);
    let flags = ["--centre-zone", "UTC", "--where", "Channel=CHAT"];
    let (said, _) = import(again.path(), &records, &[&flags[..], &["--force"]].concat());
    has(&said, &["7 of channel VOICE are left out"]);
    let torn = folder.path().join("torn.json");
    fs::write(&torn, &text[..text.len() / 2]).expect("there is room");
    has(
        &refused(folder.path(), &torn, &["--centre-zone", "UTC"]),
        &["torn.json is no file of contact records"],
    );
}

#[test]
fn conversation_details_tell_the_same_as_a_log() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let details = exports().join("conversation_details.json");
    has(&refused(folder.path(), &details, &[]), &["--centre-zone"]);
    let (said, toml) = import(folder.path(), &details, &["--centre-zone", "UTC"]);
    has(
        &said,
        &[
            "Genesys Cloud's conversation details",
            "1 conversations are told again",
            "1 of media message are left out; `--where mediaType=message` reads these",
            "1 are outbound",
            "1 never joined a queue",
        ],
    );
    // 12 + 90 + 60 s waited in support, and one abandoned: 162 s. Talk of 200 s, and 88 s on hold.
    has(
        &toml,
        &["start    = 2026-03-16", "patience = { mean = \"162s\" }", "1 answered calls, mean 288.0 s"],
    );
    let file =
        |name: &str| fs::read_to_string(folder.path().join("centre").join(name)).expect("it is written");
    assert_eq!(file("talk.csv"), "queue,seconds\nsales,400\nsupport,288\n");
    // Who flowed out is offered where the call went on; wrap-up of 30 s.
    has(
        &file("volumes.csv"),
        &["2026-03-16 08:00,sales,1,1,0,0,40,,400", "2026-03-16 08:00,support,2,1,1,0.5,12,90,318"],
    );
    // A page alone, one conversation a line, and a file that is cut.
    let text = fs::read_to_string(&details).expect("it can be read");
    let lines = "{\"conversationId\":\"x\",\"participants\":[{\"purpose\":\"acd\",\"participantName\":\"Q\",\"sessions\":[{\"segments\":[{\"segmentStart\":\"2026-03-16T08:02:00Z\",\"segmentEnd\":\"2026-03-16T08:02:09Z\",\"queueId\":\"q\"}],\"metrics\":[{\"name\":\"tAbandon\",\"value\":9000}]}]}]}\n";
    fs::write(folder.path().join("lines.json"), lines).expect("there is room");
    let flags = ["--centre-zone", "UTC", "--force"];
    let (_, toml) = import(folder.path(), &folder.path().join("lines.json"), &flags);
    has(&toml, &["[queues.q]", "patience = { mean = \"9s\" }"]);
    fs::write(folder.path().join("torn.json"), &text[..text.len() / 2]).expect("there is room");
    has(
        &refused(folder.path(), &folder.path().join("torn.json"), &["--centre-zone", "UTC"]),
        &["torn.json is no file of conversation details"],
    );
}

#[test]
fn a_roster_tells_who_is_on_contacts() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = "Agent;Team;Date;Activity;Start;End\n\
        ann;Support;16/03/2026;Shift;08:00;16:00\n\
        ann;Support;16/03/2026;Lunch;12:00;12:30\n\
        bob;Support;16/03/2026;Phone;09:00;11:00\n\
        bob;Support;16/03/2026;Paid break;11:00;11:15\n\
        bob;Support;16/03/2026;Phone;11:15;17:15\n\
        bob;Support;16/03/2026;Side by side;16:15;17:15\n\
        cem;Night;16/03/2026;Shift;22:00;06:00\n";
    fs::write(folder.path().join("roster.csv"), text).expect("there is room");
    let run = |more: &[&str]| {
        let output = holdline(folder.path())
            .args(["import", "roster.csv", "--roster"])
            .args(more)
            .output()
            .expect("it starts");
        let text = |bytes| String::from_utf8(bytes).expect("it is text");
        (output.status.code(), text(output.stdout), text(output.stderr))
    };
    // What no name tells is asked.
    let (code, _, wrong) = run(&[]);
    assert_eq!(code, Some(2));
    has(&wrong, &["`Side by side` (1 rows)", "--away"]);
    let (code, said, wrong) = run(&["--away", "Side by side"]);
    assert_eq!(code, Some(0), "{wrong}");
    has(
        &said,
        &[
            "taken for work on contacts: Phone, Shift",
            "taken for something else, and taken off: Lunch, Paid break, Side by side",
            // 7.5 h, and 2 h and 5 h.
            "Group support: Support: 2 agents, 14.5 hours on contacts, 2 at once at most",
            "Group night: Night: 1 agents, 8.0 hours on contacts, 1 at once at most",
        ],
    );
    let file = |name: &str| {
        fs::read_to_string(folder.path().join("roster-roster").join(name)).expect("it is written")
    };
    let at = |time: &str, group: &str, heads: u32| format!("2026-03-{time}:00,{group},{heads}\n");
    let support = [
        ("16 08:00", 1),
        ("16 09:00", 2),
        ("16 11:00", 1),
        ("16 11:15", 2),
        ("16 12:00", 1),
        ("16 12:30", 2),
        ("16 16:00", 1),
        ("16 16:15", 0),
    ];
    let support: String = support.iter().map(|(time, heads)| at(time, "support", *heads)).collect();
    let night = at("16 22:00", "night", 1) + &at("17 06:00", "night", 0);
    assert_eq!(file("staff.csv"), format!("time,group,heads\n{night}{support}"));
    // Its lines are groups of a scenario.
    let centre = format!(
        "{}\n[queues.q]\ntalk = {{ mean = \"4m\" }}\npatience = {{ mean = \"3m\" }}\narrivals = {{ per_day = 100 }}\n\
         [horizon]\nstart = 2026-03-16\ndays = 2\n",
        file("roster.toml").replace("# skills = [\"...\"]", "skills = [\"q\"]")
    );
    fs::write(folder.path().join("roster-roster/own.toml"), centre).expect("there is room");
    let output =
        holdline(folder.path()).args(["check", "roster-roster/own.toml"]).output().expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_plain_log_is_read_by_the_names_of_its_columns() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("calls.tsv");
    let text = "skill\tday\tmenu\tjoined\tq\thow\tfrom\tto\tlen\twho\n\
        A\t990201\t7:02:47\t7:02:56\t0\tSERVED\t7:02:56\t7:05:41\t165\tann\n\
        A\t990201\t7:03:00\t7:03:10\t100\tHUNG\t0:00:00\t0:00:00\t0\tNOBODY\n\
        A\t990201\t7:04:00\t7:04:10\t0\tHUNG\t0:00:00\t0:00:00\t0\tNOBODY\n\
        A\t990201\t7:05:00\t7:05:10\t50\tSERVED\t7:06:00\t7:07:00\t60\tann\n\
        A\t990201\t23:59:50\t0:00:10\t20\tSERVED\t0:00:30\t0:01:30\t60\tNOBODY\n\
        A\t990201\t8:00:00\t8:00:10\t0\tTEST\t0:00:00\t0:00:00\t0\tNOBODY\n";
    fs::write(&path, text).expect("there is room");
    has(
        &refused(folder.path(), &path, &["--calls"]),
        &["no column that tells when a call joined", "--column arrived=HEAD"],
    );
    let columns = [
        "queue=skill",
        "date=day",
        "entered=menu",
        "arrived=joined",
        "wait=q",
        "outcome=how",
        "answered_at=from",
        "ended_at=to",
        "talk=len",
        "agent=who",
    ];
    let mut flags = vec!["--calls"];
    columns.iter().for_each(|column| flags.extend(["--column", column]));
    flags.extend([
        "--answered",
        "SERVED",
        "--abandoned",
        "HUNG",
        "--nobody",
        "NOBODY",
        "--ignore-abandons-under",
        "1s",
    ]);
    let (said, toml) = import(folder.path(), &path, &flags);
    has(
        &said,
        &[
            "1 rows with the outcome `TEST` are left out",
            "1 rows abandoned in less than 1 s",
            "1 answered calls have no agent's name",
        ],
    );
    // Waited 0 + 100 + 50 + 20 by four, one of whom abandoned. Talk (165 + 60 + 60) / 3 = 95.
    has(
        &toml,
        &[
            "start    = 1999-02-01",
            "days     = 2",
            "patience = { mean = \"170s\" }",
            "3 answered calls, mean 95.0 s",
        ],
    );
    // The first call ends at 7:05:41 while another has waited since 7:05:10; it is taken at 7:06:00.
    has(&toml, &["not_ready.csv", "mean 19.0 s"]);
    let staff = fs::read_to_string(folder.path().join("centre/staff.csv")).expect("it is written");
    assert_eq!(staff, "time,group,heads\n1999-02-01 07:02:56,team,1\n1999-02-01 07:07,team,0\n");
    let volumes = fs::read_to_string(folder.path().join("centre/volumes.csv")).expect("it is written");
    has(&volumes, &["1999-02-01 07:00,a,3,2,1,", "1999-02-02 00:00,a,1,1,0,1,20,,60"]);
}

#[test]
fn a_scenario_that_is_there_is_not_replaced_unasked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = exports().join("five9.csv");
    import(folder.path(), &file, &[]);
    let mine = folder.path().join("centre/centre.toml");
    fs::write(&mine, "mine").expect("there is room");
    has(&refused(folder.path(), &file, &[]), &["is there already, and may hold your changes", "--force"]);
    assert_eq!(fs::read_to_string(&mine).expect("it is there"), "mine");
    import(folder.path(), &file, &["--force"]);
    // An export is never replaced by what is made of it.
    let own = folder.path().join("own");
    fs::create_dir(&own).expect("a folder");
    fs::copy(&file, own.join("volumes.csv")).expect("there is room");
    let output = holdline(folder.path())
        .args(["import", "own/volumes.csv", "--out", "own", "--force"])
        .output()
        .expect("it starts");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(
        fs::read(own.join("volumes.csv")).expect("it is there"),
        fs::read(&file).expect("it is there")
    );
}

#[test]
fn what_cannot_be_imported_is_told_with_its_place() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("x.csv");
    for (text, flags, parts) in [
        (
            "Start,Calls\n2026-03-02 08:00,x\n2026-03-02 08:30,1\n",
            vec![],
            vec!["line 2 of", "`x` in `Calls`"],
        ),
        (
            "Agent,Colour\nann,red\n",
            vec![],
            vec!["no column that tells the interval", "no column of the contacts offered"],
        ),
        ("", vec![], vec!["no column that tells the interval"]),
        (
            "Arrived,Outcome\n2026-03-02 08:00,odd\n",
            vec!["--calls"],
            vec!["no calls that asked for an agent", "--answered TEXT"],
        ),
        (
            "Arrived,Talk\n2026-03-02 08:00,long\n",
            vec!["--calls"],
            vec!["line 2 of", "`long` in `Talk` is no length of time"],
        ),
        (
            "Arrived,Talk\n2026-03-02 08:00,60\n",
            vec!["--calls", "--column", "offered=Talk"],
            vec!["`offered` is no column of such a file"],
        ),
    ] {
        fs::write(&path, text).expect("there is room");
        has(&refused(folder.path(), &path, &flags), &parts);
    }
    has(&refused(folder.path(), Path::new("none.csv"), &[]), &["there is no file none.csv"]);
}
