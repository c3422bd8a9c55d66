//! One customer's story, in a day that is worked out by hand.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use predicates::str::contains;

/// A senior takes five minutes and half a minute after it, a junior twice as long; both have been idle since midnight.
const CENTRE: &str = r#"
horizon = { start = 2026-03-02, days = 1 }

[queues.help]
talk       = "5m"
wrap_up    = "30s"
patience   = { kind = "constant", mean = "4m" }
resolution = { probability = 1 }
arrivals   = { trace = { file = "calls.csv", time = "arrived" } }

[groups.seniors]
skills = ["help"]
staff  = 1

[groups.juniors]
skills.help = { speed = 0.5 }
staff  = 1

[routing]
agents = "fastest_first"
"#;

/// The third waits until the senior is free at 08:05:30, the fourth gives up after four minutes.
const CALLS: &str =
    "arrived\n2026-03-02 08:00:00\n2026-03-02 08:01:00\n2026-03-02 08:02:00\n2026-03-02 08:03:00\n";

fn explain(folder: &Path, flags: &[&str]) -> assert_cmd::assert::Assert {
    fs::write(folder.join("centre.toml"), CENTRE).expect("it can be written");
    fs::write(folder.join("calls.csv"), CALLS).expect("it can be written");
    let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    holdline.current_dir(folder).args(["explain", "centre.toml"]).args(flags).assert()
}

fn told(case: &str) -> String {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = explain(folder.path(), &["--contact", case]).success();
    String::from_utf8(output.get_output().stdout.clone()).expect("UTF-8").replace("\n    ", " ")
}

/// Whether the sentences stand there in this order.
fn says(story: &str, sentences: &[&str]) {
    let mut rest = story;
    for sentence in sentences {
        let at = rest.find(sentence).unwrap_or_else(|| panic!("nowhere after that: {sentence}\n{story}"));
        rest = &rest[at + sentence.len()..];
    }
}

#[test]
fn the_first_customer_gets_the_faster_agent() {
    says(
        &told("1"),
        &[
            "Case 1 of replication 1, which opened at `help`",
            "2026-03-02 08:00:00",
            "The customer gets in touch with `help` by phone, for the first time.",
            "seniors 1 takes it up at once.",
            "Why: by `fastest_first`, seniors 1 (handles one in 5:30 min, idle for 8.00 h) comes before juniors 1 (handles one \
             in 11:00 min, idle for 8.00 h).",
            "2026-03-02 08:05:00",
            "seniors 1 has talked for 5:00 min, with 30.0 s of wrap-up to come.",
            "The case is solved, by the first contact that was answered.",
            "2026-03-02 08:05:30",
            "seniors 1 is free again.",
        ],
    );
}

#[test]
fn the_second_gets_who_is_left_and_the_third_waits() {
    says(&told("2"), &["08:01:00", "juniors 1 takes it up at once. No other agent who serves it has room."]);
    says(
        &told("3"),
        &[
            "2026-03-02 08:02:00",
            "The contact waits. Who serves `help`: the one of seniors is at work; the one of juniors is at work.",
            "2026-03-02 08:05:30",
            "seniors 1 takes it up after 3:30 min. Why: it is free, and nobody else waits first in what it serves",
            "2026-03-02 08:10:30",
        ],
    );
}

#[test]
fn the_fourth_is_passed_over_and_gives_up() {
    says(
        &told("4"),
        &[
            "08:03:00",
            "The contact waits.",
            "08:07:00",
            "Meanwhile seniors 1, who could have served it, took another contact of `help` first.",
            "The customer abandons after 4:00 min.",
            "The case is lost: abandoned.",
        ],
    );
}

#[test]
fn a_case_or_a_replication_that_is_not_there_is_a_mistake() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    explain(folder.path(), &["--contact", "5"])
        .code(2)
        .stderr(contains("there is no case 5: replication 1 has 4"));
    explain(folder.path(), &["--contact", "0"]).code(2);
    explain(folder.path(), &["--contact", "1", "--replication", "1000000"])
        .code(2)
        .stderr(contains("there is no replication 1000000"));
}

#[test]
fn the_story_as_json_has_the_events_and_what_was_seen() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = explain(folder.path(), &["--contact", "1", "--json"]).success();
    let story: serde_json::Value = serde_json::from_slice(&output.get_output().stdout).expect("it is JSON");
    assert_eq!((&story["case"], &story["replication"]), (&1.into(), &1.into()));
    let events = story["events"].as_array().expect("events");
    let words: Vec<&str> = events.iter().filter_map(|event| event["event"].as_str()).collect();
    assert_eq!(words.first(), Some(&"opens"), "{words:?}");
    assert!(words.contains(&"answered") && words.contains(&"solved"), "{words:?}");
    // At 08:00 both are idle, and the faster one takes it.
    let decision = &story["decisions"][0];
    assert_eq!(decision["time"], 28_800.0);
    assert_eq!(decision["answer"]["to"], serde_json::json!({ "group": "seniors", "agent": 1 }));
    let seen: Vec<(&str, f64)> = decision["groups"]
        .as_array()
        .expect("groups")
        .iter()
        .map(|group| {
            let idle = group["with_room"][0]["idle"].as_f64().expect("idle");
            (group["group"].as_str().expect("a name"), idle)
        })
        .collect();
    assert_eq!(seen, [("seniors", 28_800.0), ("juniors", 28_800.0)]);
}
