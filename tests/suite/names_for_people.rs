//! Whatever a command prints for people has the names and the money that the file gives; paths, which people type, have keys.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

/// Two queues and two groups whose keys nobody should have to read.
const CENTRE: &str = r#"
title = "Insurer"
horizon = { start = 2026-03-02, days = 2, interval = "1h" }
report.currency = "€"
experiment.replications = 2

[queues.key_quotes]
name = "Insurance quotes"
talk.mean = "5m"
patience.mean = "3m"
arrivals.per_hour = 30
open = "mon-sun 08:00-12:00"
target = { share = 0.8, within = "20s" }

[queues.key_claims]
name = "Claims desk"
talk.mean = "6m"
patience.mean = "5m"
arrivals.per_hour = 20
open = "mon-sun 08:00-12:00"
target = { share = 0.8, within = "20s" }

[groups.key_paris]
name = "Paris team"
skills = ["key_quotes"]
staff = 6
cost.per_hour = 20

[groups.key_lyon]
name = "Lyon team"
skills = ["key_claims"]
staff = 4
cost.per_hour = 22

[variants.more]
"groups.key_paris.staff" = "+1"

[sweep]
"groups.key_paris.staff" = [1, 6]

[schedule.templates.day]
start  = "08:00"
length = "4h"
"#;

/// The same for as many days as a week's plan needs, with people.
fn with_people() -> String {
    let people = CENTRE.replace("days = 2", "days = 7").replace("staff = 6", "staff = 6\npeople.now = 3");
    people.replace("staff = 4", "staff = 4\npeople.now = 3")
}

fn printed(folder: &Path, words: &[&str]) -> String {
    let mut command = Command::cargo_bin("holdline").expect("the program is built");
    let output =
        command.current_dir(folder).args(words).args(["-q", "--threads", "1"]).output().expect("it runs");
    assert!(output.status.success(), "{words:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// No key outside of a path.
fn has_no_key(what: &str, text: &str) {
    let text = text.replace('\u{200b}', "");
    let typed = |line: &str| {
        ["queues.key_", "groups.key_"].map(|path| line.matches(path).count()).iter().sum::<usize>()
    };
    let line = text.lines().find(|line| line.matches("key_").count() > typed(line));
    assert_eq!(line, None, "{what}");
}

#[test]
fn terminals_and_pages_have_the_names_of_the_file() {
    let folder = tempfile::tempdir().expect("there is room");
    fs::write(folder.path().join("centre.toml"), CENTRE).expect("there is room");
    fs::write(folder.path().join("people.toml"), with_people()).expect("there is room");
    let both = ["Insurance quotes", "Claims desk"];
    let teams = ["Paris team", "Lyon team"];
    for (words, wanted) in [
        (&["run", "centre.toml", "--out", "run"][..], &[both, teams].concat()[..]),
        (&["compare", "centre.toml", "--out", "compare"], &both),
        (&["staff", "centre.toml"], &teams),
        (&["staff", "centre.toml", "--by-interval"], &teams),
        (&["schedule", "centre.toml", "--page", "roster.html"], &teams),
        (&["capacity", "people.toml", "--page", "capacity.html"], &[both, teams].concat()),
        // The point with a single agent misses the target of one queue.
        (&["sweep", "centre.toml", "--out", "sweep"], &[]),
        (&["tornado", "centre.toml", "--figure", "total.cost", "--out", "tornado"], &[]),
    ] {
        let text = printed(folder.path(), words);
        // The head of a sweep has paths, broken at their dots.
        let (head, below) = text.split_once('═').unwrap_or(("", &text));
        has_no_key(&words.join(" "), if words[0] == "sweep" { below } else { &text });
        assert!(words[0] != "sweep" || head.contains("key_paris."));
        for name in wanted {
            assert!(text.contains(name), "{words:?} does not name {name}:\n{text}");
        }
        assert!(text.contains('€'), "{words:?} does not say which money:\n{text}");
    }
    for page in
        ["run/report.html", "compare/compare.html", "roster.html", "capacity.html", "sweep/report.html"]
    {
        let text = fs::read_to_string(folder.path().join(page)).expect(page);
        has_no_key(page, &text);
    }
    let sweep = fs::read_to_string(folder.path().join("sweep/report.html")).expect("a page");
    assert!(sweep.contains("Insurance quotes") && sweep.contains("Cost (€)"));
    // Files for programs keep the keys.
    let csv = fs::read_to_string(folder.path().join("sweep/sweep.csv")).expect("a table");
    assert!(csv.contains("key_claims") && !csv.contains("Claims desk"));
}
