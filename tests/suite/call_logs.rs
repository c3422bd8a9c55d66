//! Logs of calls: as long as they come, and with the faults that logs have.

use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write as _};
use std::path::Path;
use std::process::Command;

use holdline::acd::{Asked, CallWords, Calls};
use holdline::tables::{Source, Zone};
use jiff::civil::{Date, Time};
use jiff::{SignedDuration, ToSpan as _};

use crate::peak_memory::measured;

/// A log of a centre that is open all day: a call every five seconds, 300 agents in three shifts, four queues, one of seven
/// calls abandoned.
fn write_log(file: &Path, calls: u64) {
    let mut out = BufWriter::new(File::create(file).expect("there is room"));
    writeln!(out, "Call Id,Call Start,Queue,Wait,Outcome,Talk,Wrap Up,Agent").expect("there is room");
    let begin: Date = "2025-01-06".parse().expect("a day");
    let begin = begin.to_datetime(Time::midnight());
    let queues = ["Billing", "Sales", "Support", "Claims EN"];
    let mut state = 7u64;
    for number in 0..calls {
        // Numerical Recipes' generator: the same log on every machine.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let (one, other) = (state >> 33, state >> 45);
        let seconds = number * 5;
        let at = begin.checked_add(SignedDuration::from_secs(seconds as i64)).expect("a time");
        let (queue, wait) = (queues[(one % 4) as usize], if number % 3 == 0 { 0 } else { other % 90 });
        if number % 7 == 3 {
            writeln!(out, "c{number},{at},{queue},{},abandoned,,,", 1 + wait).expect("there is room");
        } else {
            let shift = (seconds / 28_800) % 3;
            let (agent, talk, wrap_up) = (shift * 100 + one % 100, 30 + other % 400, one % 60);
            writeln!(out, "c{number},{at},{queue},{wait},answered,{talk},{wrap_up},agent {agent:03}")
                .expect("there is room");
        }
    }
}

/// 20,000 calls, or `HOLDLINE_CALLS`: with five million of them neither command takes more than 200 MB, which are 190 MiB.
#[test]
fn a_log_is_read_piece_by_piece() {
    let calls: u64 =
        std::env::var("HOLDLINE_CALLS").ok().map_or(20_000, |count| count.parse().expect("a number"));
    let folder = tempfile::tempdir().expect("a temporary folder");
    write_log(&folder.path().join("calls.csv"), calls);
    let arrived = "arrived=Call Start";
    let (said, fitted) = measured(folder.path(), &["fit", "calls.csv", "--column", arrived]);
    assert!(said.contains("Claims EN: ") && said.contains("[queues.claims_en]"), "{said}");
    let (said, imported) =
        measured(folder.path(), &["import", "calls.csv", "--calls", "--column", arrived, "--out", "centre"]);
    // The numbers of agents and of queues have the same rest by four: each agent takes one queue.
    for team in 1..=4 {
        assert!(said.contains(&format!("Agents team_{team}: ")) || calls < 20_000, "{said}");
    }
    assert_eq!(said.matches("and 67 more").count(), 4 * usize::from(calls >= 20_000), "75 each: {said}");
    let told = fs::read_to_string(folder.path().join("centre/volumes.csv")).expect("it is written");
    let offered: f64 = told
        .lines()
        .skip(1)
        .map(|line| {
            let cell = line.split(',').nth(2).expect("a column");
            cell.parse::<f64>().expect("a number")
        })
        .sum();
    assert_eq!(offered, calls as f64);
    if calls > 1_000_000 {
        println!("{calls} calls: fit {fitted:?} MiB, import {imported:?} MiB");
    }
    for peak in [fitted, imported].into_iter().flatten() {
        assert!(peak <= 190, "{peak} MiB");
    }
}

fn fit(folder: &Path, name: &str, text: &str, more: &[&str]) -> (Option<i32>, String, String) {
    fs::write(folder.join(name), text).expect("there is room");
    let mut command = Command::new(env!("CARGO_BIN_EXE_holdline"));
    let output = command.current_dir(folder).args(["fit", name]).args(more).output().expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (output.status.code(), text(&output.stdout), text(&output.stderr))
}

fn has(text: &str, parts: &[&str]) {
    for part in parts {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
}

/// A part twice, clocks that were put back, outcomes that nobody knows: told with their number.
#[test]
fn faults_of_a_log_are_told_and_counted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut rows = String::new();
    for minute in 0..30 {
        let _ = writeln!(rows, "2026-03-16 08:{minute:02}:05,support,20,answered,240,ann");
        let _ = writeln!(rows, "2026-03-16 08:{minute:02}:35,support,60,abandoned,,");
    }
    let head = "Arrived,Queue,Wait,Outcome,Talk,Agent\n";
    let strange =
        "2026-03-16 09:00:00,support,-3,answered,60,bob\n2026-03-16 09:01:00,support,5,voicemail,,\n";
    let (code, said, wrong) = fit(folder.path(), "calls.csv", &format!("{head}{rows}{strange}{rows}"), &[]);
    assert_eq!(code, Some(0), "{wrong}");
    has(
        &said,
        &[
            "30 answered calls are told again",
            "1 rows with the outcome `voicemail` are left out",
            "1 lengths of time are negative and count as none",
            // Of those who abandoned nobody knows whether two did alike; they are counted as told.
            "support: 31 answered, 60 abandoned",
        ],
    );
    // A cell that is no time at all is refused with its place.
    let (code, _, wrong) =
        fit(folder.path(), "calls.csv", &format!("{head}{rows}2026-03-16 10:00,a,x,answered,1,b\n"), &[]);
    assert_eq!(code, Some(2));
    has(&wrong, &["line 62 of calls.csv: `x` in `Wait` is no length of time"]);
}

/// Asterisk's log with its faults: an end that was lost, a kind of event that is not known, lines cut off, a clock put back,
/// a day of it twice.
#[test]
fn faults_of_a_queue_log_are_told_and_counted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut log = String::new();
    for number in 0..25u64 {
        let at = 1_773_648_000 + 60 * number;
        let _ = write!(
            log,
            "{at}|{at}.1|support|NONE|ENTERQUEUE||5551234|1\n{}|{at}.1|support|SIP/1|CONNECT|12|x|3\n{}|{at}.1|support|SIP/1|COMPLETEAGENT|12|30|1\n",
            at + 12,
            at + 42
        );
    }
    let strange = "1773652000|lost|support|NONE|ENTERQUEUE||555|1\n1773652100|none|support|SIP/1|CONNECT|1|x|1\n\
        1773652200|x|support|NONE|SUPERCALL|1\n1773652300|cut\n\
        1773653000|back|support|NONE|ENTERQUEUE||556|1\n1773652990|back|support|NONE|ABANDON|1|1|0\n";
    let (code, said, wrong) =
        fit(folder.path(), "queue_log", &format!("{log}{strange}{log}"), &["--centre-zone", "UTC"]);
    assert_eq!(code, Some(0), "{wrong}");
    has(
        &said,
        &[
            "1 lines have fewer than five fields",
            "1 calls have no end and are left out",
            "1 events belong to no call",
            "1 events lie before the call's entry and count as at it",
            "1 events are of a kind that is not known here",
            "25 answered calls are told again",
            "support: 25 answered, 1 abandoned",
        ],
    );
}

/// When a call was answered may be written like when it came: with day before month, as a moment, or as a time of day.
#[test]
fn all_times_of_a_call_are_read_alike() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let forms: [(&str, &str, &[&str]); 4] = [
        ("%d/%m/%Y %H:%M:%S", "%d/%m/%Y %H:%M:%S", &["--dates", "dmy"]),
        ("%Y-%m-%dT%H:%M:%SZ", "%Y-%m-%dT%H:%M:%SZ", &["--centre-zone", "Europe/London"]),
        ("%Y-%m-%d %H:%M:%S", "%H:%M:%S", &[]),
        ("%Y-%m-%d %I:%M:%S %p", "%Y-%m-%d %I:%M:%S %p", &[]),
    ];
    for (first, later, more) in forms {
        let mut log = "Call Start,Answered At,Ended At,Queue\n".to_owned();
        // The last calls are answered after midnight.
        let begin: Date = "2026-03-05".parse().expect("a day");
        let begin = begin.at(23, 50, 0, 0);
        for number in 0..20i64 {
            let at = |seconds: i64| begin.checked_add((40 * number + seconds).seconds()).expect("a time");
            let (came, answered, ended) = (at(0), at(30), at(30 + 100 + 10 * number));
            let _ = writeln!(
                log,
                "{},{},{},support",
                came.strftime(first),
                answered.strftime(later),
                ended.strftime(later)
            );
        }
        let arguments = [more, &["--column", "arrived=Call Start"]].concat();
        let mut command = Command::new(env!("CARGO_BIN_EXE_holdline"));
        fs::write(folder.path().join("calls.csv"), log).expect("there is room");
        let output = command
            .current_dir(folder.path())
            .args(["import", "calls.csv", "--calls", "--force", "--out", "centre"])
            .args(arguments)
            .output()
            .expect("it starts");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let toml = fs::read_to_string(folder.path().join("centre/centre.toml")).expect("it is written");
        // Talk of 100, 110, ... 290 s.
        has(&toml, &["20 answered calls, mean 195.0 s"]);
        let volumes = fs::read_to_string(folder.path().join("centre/volumes.csv")).expect("it is written");
        let asa = volumes.lines().next().expect("a head").split(',').position(|head| head == "asa");
        for line in volumes.lines().skip(1) {
            assert_eq!(line.split(',').nth(asa.expect("a column")), Some("30"), "{volumes}");
        }
    }
}

/// The queues that each conversation with several parts goes through.
fn conversations(log: &str) -> Vec<Vec<String>> {
    let asked = Asked { centre: Zone::named("UTC"), ..Asked::default() };
    let calls = Calls::read("log", Source::bytes(log.as_bytes()), &asked, &CallWords::default());
    let calls = calls.unwrap_or_else(|faults| panic!("{faults:?}"));
    let queue = |number: &usize| calls.call(*number).queue.to_owned();
    calls.conversations().iter().map(|parts| parts.iter().map(queue).collect()).collect()
}

/// Every log that names conversations tells which of its calls are parts of one; calls alone in theirs are none.
#[test]
fn parts_of_a_conversation_are_known_in_every_log() {
    let expected = [["support", "sales"]];
    let log = "1773648000|c1|support|NONE|ENTERQUEUE||555|1\n1773648012|c1|support|SIP/1|CONNECT|12|x|3\n\
        1773648050|c2|support|NONE|ENTERQUEUE||556|1\n1773648112|c1|support|SIP/1|BLINDTRANSFER|200|default\n\
        1773648113|c1|sales|NONE|ENTERQUEUE||555|1\n1773648120|c1|sales|SIP/2|CONNECT|7|x|3\n\
        1773648130|c2|support|NONE|ABANDON|1|1|80\n1773648220|c1|sales|SIP/2|COMPLETEAGENT|7|100|1\n";
    assert_eq!(conversations(log), expected);
    let record = |id: &str, queue: &str, at: &str, more: &str| {
        format!(
            "{{\"ContactId\":\"{id}\",\"Channel\":\"VOICE\",\"InitiationMethod\":\"INBOUND\",{more}\"Queue\":{{\"Name\":\"{queue}\",\
             \"EnqueueTimestamp\":\"2026-03-16T{at}Z\",\"Duration\":5}},\"Agent\":{{\"Username\":\"ann\",\"AgentInteractionDuration\":60}}}}\n"
        )
    };
    let records = record("a", "support", "08:00:00", "\"NextContactId\":\"b\",")
        + &record("b", "sales", "08:01:06", "\"InitialContactId\":\"a\",\"PreviousContactId\":\"a\",")
        + &record("c", "support", "08:10:00", "");
    assert_eq!(conversations(&records), expected);
    let stay = |queue: &str, from: &str, to: &str| {
        format!(
            "{{\"purpose\":\"acd\",\"participantName\":\"{queue}\",\"sessions\":[{{\"mediaType\":\"voice\",\"segments\":[{{\"segmentStart\":\
             \"2026-03-16T{from}Z\",\"segmentEnd\":\"2026-03-16T{to}Z\",\"queueId\":\"{queue}\"}}]}}]}}"
        )
    };
    let conversation =
        |id: &str, stays: &str| format!("{{\"conversationId\":\"{id}\",\"participants\":[{stays}]}}\n");
    let one = [stay("support", "08:00:00", "08:00:05"), stay("sales", "08:01:00", "08:01:09")].join(",");
    let details = conversation("x", &one) + &conversation("y", &stay("sales", "08:02:00", "08:02:09"));
    assert_eq!(conversations(&details), expected);
    let table = "Call Id,Arrived,Queue,Outcome,Talk\n7,2026-03-16 08:00,support,answered,60\n8,2026-03-16 08:00,support,answered,60\n\
        7,2026-03-16 08:02,sales,answered,60\n";
    assert_eq!(conversations(table), expected);
}
