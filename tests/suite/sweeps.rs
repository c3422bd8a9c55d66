//! Sweeps: the same bytes for any number of threads and parts, and after an interruption.

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

const CENTRE: &str = r#"
horizon = { length = "10h", interval = "1h" }
experiment = { replications = 8, seed = 3 }
channels.phone.kind = "voice"

[queues.sales]
talk     = { mean = "3m" }
patience = { mean = "2m" }
target   = { share = 0.8, within = "20s" }
arrivals.per_hour = 60

[groups.team]
skills = ["sales"]
staff  = 4

[sweep]
"groups.team.staff" = { from = 3, to = 6 }
zip = [{ "queues.sales.talk.mean" = ["2m", "3m"], "queues.sales.patience.mean" = ["1m", "4m"] }]
"#;

fn holdline(folder: &Path, words: &[&str]) -> Output {
    let mut command = Command::cargo_bin("holdline").expect("the program is built");
    command.current_dir(folder).args(words).output().expect("it runs")
}

fn fine(folder: &Path, words: &[&str]) {
    let output = holdline(folder, words);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn refused(folder: &Path, words: &[&str]) -> String {
    let output = holdline(folder, words);
    assert_eq!(output.status.code(), Some(2), "{words:?}");
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A folder with the centre in it, and its sweep in `whole`.
fn swept() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room");
    fs::write(folder.path().join("centre.toml"), CENTRE).expect("there is room");
    fine(folder.path(), &["sweep", "centre.toml", "-q", "--threads", "1", "--out", "whole"]);
    folder
}

#[test]
fn threads_and_parts_do_not_change_a_byte() {
    let folder = swept();
    let whole = fs::read(folder.path().join("whole/sweep.csv")).unwrap();
    let text = String::from_utf8(whole.clone()).unwrap();
    let head = "point,groups.team.staff,queues.sales.talk.mean,queues.sales.patience.mean,scope,name,interval,figure,value,half_width,target,verdict";
    assert_eq!(text.lines().next(), Some(head));
    // Four levels of staff, two of talk and patience together; the last axis varies fastest.
    assert!(text.lines().any(|row| row.starts_with("7,6,3m,4m,total,")), "{text}");
    assert!(!text.contains("\n8,"));
    fine(folder.path(), &["sweep", "centre.toml", "-q", "--threads", "2", "--out", "two"]);
    assert_eq!(fs::read(folder.path().join("two/sweep.csv")).unwrap(), whole);
    for part in ["0/3", "1/3", "2/3"] {
        fine(folder.path(), &["sweep", "centre.toml", "-q", "--shard", part, "--out", "parts"]);
    }
    let parts = ["parts/shard-2-of-3", "parts/shard-0-of-3", "parts/shard-1-of-3"];
    fine(folder.path(), &["merge", "-q", parts[0], parts[1], parts[2]]);
    assert_eq!(fs::read(folder.path().join("parts/sweep.csv")).unwrap(), whole);
    // A part has rows alone; the whole has the page and the charts of one run.
    assert!(!folder.path().join(parts[0]).join("report.html").exists());
    for file in ["report.html", "charts/sweep_wait.svg", "charts/sweep_wait.png"] {
        let read = |from: &str| fs::read(folder.path().join(from).join(file)).unwrap();
        assert!(read("parts") == read("whole"), "{file}");
    }

    let message = refused(folder.path(), &["merge", parts[0], parts[1]]);
    assert!(message.contains("part 1 of 3 is missing"), "{message}");
    let message = refused(folder.path(), &["merge", parts[0], parts[1], parts[1], parts[2]]);
    assert!(message.contains("part 0 of 3 is there twice"), "{message}");
    fine(folder.path(), &["sweep", "centre.toml", "-q", "--seed", "4", "--shard", "1/3", "--out", "others"]);
    let message = refused(folder.path(), &["merge", parts[0], parts[1], "others/shard-1-of-3"]);
    assert!(message.contains("of different sweeps: its scenario is another one"), "{message}");
}

#[test]
fn an_interrupted_sweep_goes_on_to_the_same_bytes() {
    let folder = swept();
    let whole = fs::read(folder.path().join("whole/sweep.csv")).unwrap();
    // As an interruption in the middle of the fourth point's rows leaves it.
    let cut = folder.path().join("cut");
    fs::create_dir(&cut).unwrap();
    fs::copy(folder.path().join("whole/sweep.json"), cut.join("sweep.json")).unwrap();
    let rows: Vec<&[u8]> = whole.split_inclusive(|byte| *byte == b'\n').collect();
    let done: usize = rows.iter().take_while(|row| !row.starts_with(b"3,")).map(|row| row.len()).sum();
    fs::write(cut.join("sweep.csv.part"), &whole[..done + 100]).unwrap();
    fs::write(cut.join("progress.json"), format!(r#"{{"done": 3, "bytes": {done}, "finished": false}}"#))
        .unwrap();

    let message =
        refused(folder.path(), &["sweep", "centre.toml", "--seed", "9", "--resume", "--out", "cut"]);
    assert!(message.contains("is another one: its scenario is another one"), "{message}");
    let output = holdline(folder.path(), &["sweep", "centre.toml", "--resume", "--out", "cut"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.contains("3 of 8 points are done already"), "{said}");
    assert_eq!(fs::read(cut.join("sweep.csv")).unwrap(), whole);
    assert!(!cut.join("sweep.csv.part").exists());
    // Nothing there to go on with: it begins.
    fine(folder.path(), &["sweep", "centre.toml", "-q", "--resume", "--out", "begun"]);
    assert_eq!(fs::read(folder.path().join("begun/sweep.csv")).unwrap(), whole);
    // Whole already: nothing to play.
    fine(folder.path(), &["sweep", "centre.toml", "-q", "--resume", "--out", "cut"]);
    assert_eq!(fs::read(cut.join("sweep.csv")).unwrap(), whole);
}

#[test]
fn a_point_is_the_run_of_its_settings() {
    let folder = swept();
    let settings = ["groups.team.staff=5", "queues.sales.talk.mean=3m", "queues.sales.patience.mean=4m"];
    let mut words = vec!["run", "centre.toml", "-q", "--json"];
    settings.iter().for_each(|setting| words.extend(["--set", setting]));
    let output = holdline(folder.path(), &words);
    let summary: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
    let level = summary["total"]["figures"]["service_level"]["value"].as_f64().unwrap();
    let text = fs::read_to_string(folder.path().join("whole/sweep.csv")).unwrap();
    let row = text.lines().find(|row| row.starts_with("5,5,3m,4m,total,total,,service_level,")).unwrap();
    assert_eq!(row.split(',').nth(8).unwrap().parse::<f64>().unwrap(), level);
}

#[test]
fn misuse_is_told_before_anything_is_played() {
    let folder = swept();
    for (words, expected) in [
        (&["--vary", "groups.tea.staff=1..3"][..], "there is no group `tea`"),
        (&["--vary", "queues.sales.talk.mean=red"], "`red` is not a duration"),
        (&["--vary", "groups.team.staff=5..3"], "the range of `groups.team.staff` has no values"),
        (&["--vary", "groups.team.staff=1..2:0"], "the range of `groups.team.staff` has no values"),
        (&["--vary", "groups.team.staff"], "has no `=`"),
        (&["--vary", "groups.team.staff=1..1001", "--vary", "experiment.seed=1..1000"], "1001000 points"),
        (&["--shard", "5/3"], "there is no part 5"),
    ] {
        let mut all = vec!["sweep", "centre.toml"];
        all.extend(words);
        let message = refused(folder.path(), &all);
        assert!(message.contains(expected), "{words:?}: {message}");
    }
}
