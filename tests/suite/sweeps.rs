//! Sweeps: the same bytes for any number of threads and parts, and after an interruption.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Output;

use assert_cmd::Command;

use crate::peak_memory::measured;

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

/// A part of four, as a job array has it played.
fn part_of_an_array(folder: &Path, variables: &[(&str, &str)], out: &str) {
    let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    holdline.current_dir(folder).envs(variables.iter().copied());
    holdline
        .args(["sweep", "centre.toml", "-q", "--shard", "auto", "--resume", "--out", out])
        .assert()
        .success();
}

#[test]
fn job_arrays_play_the_parts_and_merge_says_which_to_play_again() {
    let folder = swept();
    let folder = folder.path();
    let whole = fs::read(folder.join("whole/sweep.csv")).expect("it is there");
    let numbers = ["0", "1", "2", "3"];
    for (out, index, base, others) in [
        ("slurm", "SLURM_ARRAY_TASK_ID", 0, &[("SLURM_ARRAY_TASK_COUNT", "4")][..]),
        ("google", "BATCH_TASK_INDEX", 0, &[("BATCH_TASK_COUNT", "4")]),
        ("grid", "SGE_TASK_ID", 1, &[("SGE_TASK_FIRST", "1"), ("SGE_TASK_LAST", "4")]),
        ("hq", "HQ_TASK_ID", 0, &[("HOLDLINE_PARTS", "4")]),
    ] {
        for part in 0..4 {
            let number = (part + base).to_string();
            part_of_an_array(folder, &[others, &[(index, &number)]].concat(), out);
        }
        let parts = numbers.map(|number| format!("{out}/shard-{number}-of-4"));
        fine(folder, &["merge", "-q", &parts[0], &parts[1], &parts[2], &parts[3]]);
        assert!(fs::read(folder.join(out).join("sweep.csv")).expect("it is there") == whole, "{out}");
    }
    // One part is missing, another was cut short.
    let cut = folder.join("hq/shard-2-of-4");
    fs::create_dir_all(cut.join("unfinished")).expect("it is ours");
    for name in ["sweep.csv", "sweep.json", "progress.json"] {
        fs::rename(cut.join(name), cut.join("unfinished").join(name)).expect("it is ours");
    }
    let message = refused(folder, &["merge", "hq/shard-1-of-4", "hq/shard-2-of-4", "hq/shard-3-of-4"]);
    assert!(message.contains("part 0 of 4 is missing; part 2 of 4 is not finished"), "{message}");
    assert!(message.contains("HOLDLINE_PARTS=4: `sbatch --array=0,2`"), "{message}");
    // These two again, under an array of their own.
    for part in ["0", "2"] {
        let again = [("SLURM_ARRAY_TASK_ID", part), ("SLURM_ARRAY_TASK_COUNT", "2"), ("HOLDLINE_PARTS", "4")];
        part_of_an_array(folder, &again, "again");
    }
    let parts = ["again/shard-0-of-4", "hq/shard-1-of-4", "again/shard-2-of-4", "hq/shard-3-of-4"];
    fine(folder, &["merge", "-q", "--out", "joined", parts[0], parts[1], parts[2], parts[3]]);
    assert!(fs::read(folder.join("joined/sweep.csv")).expect("it is there") == whole);
}

#[test]
fn the_rules_of_the_page_about_clusters_are_those_of_the_exit_codes() {
    let page =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/cluster.md")).expect("a page");
    let block = |head: &str| {
        let rest = page.split_once(&format!("```{head}\n")).unwrap_or_else(|| panic!("no {head}")).1;
        rest.split_once("```").expect("it ends").0.to_owned()
    };
    let json = |head: &str| -> serde_json::Value { serde_json::from_str(&block(head)).expect(head) };
    // What a mistake, a place that cannot be written, and an interruption end with.
    let folder = swept();
    let code = |words: &[&str]| holdline(folder.path(), words).status.code().expect("it ends by itself");
    let mistake = code(&["sweep", "centre.toml", "--shard", "4/4"]);
    let environment = code(&["sweep", "centre.toml", "-q", "--out", "/proc/nothing"]);
    let aws = json("json retry.json");
    let ends: Vec<&str> = aws["evaluateOnExit"]
        .as_array()
        .expect("rules")
        .iter()
        .filter(|rule| rule["action"] == "EXIT")
        .map(|rule| rule["onExitCode"].as_str().expect("a code"))
        .collect();
    assert_eq!(ends, ["0", &mistake.to_string()]);
    let google = json("json job.json");
    let rules = &google["taskGroups"][0]["taskSpec"]["lifecyclePolicies"];
    assert_eq!(rules[0]["actionCondition"]["exitCodes"], serde_json::json!([mistake]));
    let again = rules[1]["actionCondition"]["exitCodes"].as_array().expect("codes");
    assert!([environment, 130, 143].iter().all(|code| again.contains(&serde_json::json!(code))), "{again:?}");
    assert!(block("yaml").contains(&format!("values: [{mistake}]")));
    assert!(block("groovy").contains(&format!("task.exitStatus == {mistake} ? 'terminate'")));
}

/// As an interruption in the middle of the rows behind the first `done` points leaves it.
fn interrupted(folder: &Path, done: usize) -> PathBuf {
    let cut = folder.join("cut");
    let unfinished = cut.join("unfinished");
    fs::create_dir_all(&unfinished).expect("it is ours");
    let names = ["sweep.csv", "sweep.json", "progress.json"].map(|name| format!("unfinished/{name}"));
    let marker = serde_json::json!({ "about": "", "holds": "sweep", "files": names });
    fs::write(cut.join(".holdline"), marker.to_string()).expect("it is ours");
    fs::copy(folder.join("whole/sweep.json"), unfinished.join("sweep.json")).expect("it is ours");
    let whole = fs::read(folder.join("whole/sweep.csv")).expect("it is ours");
    let next = format!("{done},");
    let rows = whole.split_inclusive(|byte| *byte == b'\n');
    let bytes: usize = rows.take_while(|row| !row.starts_with(next.as_bytes())).map(|row| row.len()).sum();
    fs::write(unfinished.join("sweep.csv"), &whole[..bytes + 100]).expect("it is ours");
    let mut progress = json(&folder.join("whole/progress.json"));
    progress["done"] = done.into();
    progress["bytes"] = bytes.into();
    progress["finished"] = false.into();
    progress["sha256"] = sha256(&whole[..bytes]).into();
    fs::write(unfinished.join("progress.json"), progress.to_string()).expect("it is ours");
    cut
}

fn json(path: &Path) -> serde_json::Value {
    serde_json::from_slice(&fs::read(path).expect("it is ours")).expect("it is ours")
}

fn sha256(bytes: &[u8]) -> String {
    use sha2::Digest as _;
    sha2::Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn an_interrupted_sweep_goes_on_to_the_same_bytes() {
    let folder = swept();
    let whole = fs::read(folder.path().join("whole/sweep.csv")).unwrap();
    let cut = interrupted(folder.path(), 3);

    let message =
        refused(folder.path(), &["sweep", "centre.toml", "--seed", "9", "--resume", "--out", "cut"]);
    assert!(message.contains("is another one: its scenario is another one"), "{message}");
    let output = holdline(folder.path(), &["sweep", "centre.toml", "--resume", "--out", "cut"]);
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success() && said.contains("3 of 8 points are done already"), "{said}");
    assert_eq!(fs::read(cut.join("sweep.csv")).unwrap(), whole);
    assert!(!cut.join("unfinished").exists());
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

/// The same figures as its table of all scopes, and the same advice as its page.
#[test]
fn other_programs_are_told_the_points_and_which_one_to_take() {
    let folder = swept();
    let again = ["sweep", "centre.toml", "-q", "--threads", "1", "--out", "json", "--json"];
    let parsed = |words: &[&str]| -> serde_json::Value {
        serde_json::from_slice(&holdline(folder.path(), words).stdout).expect("it is JSON")
    };
    let told = parsed(&again);
    let points = told["points"].as_array().expect("a list");
    assert_eq!(told["points_in_all"].as_u64(), Some(points.len() as u64));
    let text = fs::read_to_string(folder.path().join("whole/sweep.csv")).unwrap();
    for point in points {
        let settings = &point["settings"];
        let key = format!(
            "{},{},{},{},all_groups,total,,occupancy,",
            point["point"],
            settings["groups.team.staff"].as_str().unwrap(),
            settings["queues.sales.talk.mean"].as_str().unwrap(),
            settings["queues.sales.patience.mean"].as_str().unwrap()
        );
        let row = text.lines().find(|row| row.starts_with(&key)).expect(&key);
        let occupancy = row.split(',').nth(8).unwrap().parse::<f64>().unwrap();
        assert_eq!(point["figures"]["occupancy"]["value"].as_f64(), Some(occupancy));
    }
    let keeps_all = |point: &serde_json::Value| {
        let targets = &point["targets"];
        targets["kept"].as_u64() > Some(0) && targets["missed"] == 0 && targets["not_decided"] == 0
    };
    let cost = |point: &serde_json::Value| point["figures"]["cost"]["value"].as_f64().unwrap_or(0.0);
    let cheapest = points.iter().filter(|point| keeps_all(point)).min_by(|a, b| cost(a).total_cmp(&cost(b)));
    assert_eq!(
        told["cheapest_that_keeps_every_target"],
        cheapest.map_or(serde_json::Value::Null, |p| p["point"].clone())
    );
    // The parts joined say the same.
    for part in ["0/2", "1/2"] {
        fine(folder.path(), &["sweep", "centre.toml", "-q", "--shard", part, "--out", "parts"]);
    }
    assert_eq!(parsed(&["merge", "parts/shard-0-of-2", "parts/shard-1-of-2", "-q", "--json"]), told);
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

/// `sha256sum` of what the sweep wrote is what it noted.
#[test]
fn parts_carry_the_checksums_of_what_was_written() {
    let folder = swept();
    let whole = folder.path().join("whole");
    let progress = json(&whole.join("progress.json"));
    assert_eq!(progress["sha256"], sha256(&fs::read(whole.join("sweep.csv")).unwrap()));
    assert_eq!(progress["plan_sha256"], sha256(&fs::read(whole.join("sweep.json")).unwrap()));
    assert_eq!((&progress["done"], &progress["finished"]), (&8.into(), &true.into()));
    // Of nothing, as everywhere.
    assert_eq!(sha256(b""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

#[test]
fn merge_refuses_parts_that_are_not_what_was_written() {
    let folder = swept();
    let folder = folder.path();
    let parts = ["parts/shard-0-of-2", "parts/shard-1-of-2"];
    for shard in ["0/2", "1/2"] {
        fine(folder, &["sweep", "centre.toml", "-q", "--shard", shard, "--out", "parts"]);
    }
    let rows = folder.join(parts[1]).join("sweep.csv");
    let sound = fs::read_to_string(&rows).unwrap();
    let lines: Vec<&str> = sound.split_inclusive('\n').collect();
    let twice = format!("{}{}{}", lines[..5].concat(), lines[4], lines[5..].concat());
    let number = sound.replacen(",total,total,,offered,", ",total,total,,offered,1", 1);
    assert_ne!(number, sound);
    for (what, altered) in [
        ("a row twice", twice),
        ("no head", lines[1..].concat()),
        ("no last row", lines[..lines.len() - 1].concat()),
        ("another head", sound.replacen("point", "paint", 1)),
        ("a number changed", number),
        ("a byte more", format!("{sound}\n")),
        ("nothing", String::new()),
    ] {
        fs::write(&rows, altered).unwrap();
        let message = refused(folder, &["merge", parts[0], parts[1]]);
        assert!(message.contains("shard-1-of-2/sweep.csv is not what the sweep wrote"), "{what}: {message}");
        assert!(!folder.join("parts/sweep.csv").exists(), "{what}");
    }
    fs::write(&rows, &sound).unwrap();
    for part in parts {
        let plan = folder.join(part).join("sweep.json");
        let text = fs::read_to_string(&plan).unwrap();
        assert!(text.contains("\"points\": 8"));
        fs::write(&plan, text.replace("\"points\": 8", "\"points\": 0")).unwrap();
    }
    let message = refused(folder, &["merge", parts[0], parts[1]]);
    assert!(message.contains("sweep.json is not what the sweep wrote"), "{message}");
    // With a checksum to match it still has no points.
    for part in parts.map(|part| folder.join(part)) {
        let mut progress = json(&part.join("progress.json"));
        progress["plan_sha256"] = sha256(&fs::read(part.join("sweep.json")).unwrap()).into();
        fs::write(part.join("progress.json"), progress.to_string()).unwrap();
    }
    let message = refused(folder, &["merge", parts[0], parts[1]]);
    assert!(message.contains("it has no points"), "{message}");
}

#[test]
fn merge_leaves_another_sweep_and_its_own_parts_alone() {
    let folder = swept();
    let folder = folder.path();
    let parts = ["parts/shard-0-of-2", "parts/shard-1-of-2"];
    for shard in ["0/2", "1/2"] {
        let words = ["sweep", "centre.toml", "-q", "--seed", "9", "--shard", shard, "--out", "parts"];
        fine(folder, &words);
    }
    let merge = |out: &'static str| ["merge", "-q", parts[0], parts[1], "--out", out];
    let before = fs::read(folder.join("whole/sweep.csv")).unwrap();
    let message = refused(folder, &merge("whole"));
    assert!(message.contains("whole holds another sweep: its scenario is another one"), "{message}");
    interrupted(folder, 3);
    let message = refused(folder, &merge("cut"));
    assert!(message.contains("cut holds another sweep"), "{message}");
    let message = refused(folder, &merge(parts[1]));
    assert!(message.contains("is read here") || message.contains("another sweep"), "{message}");
    assert_eq!(fs::read(folder.join("whole/sweep.csv")).unwrap(), before);
    // Into one of the same sweep it may go, again and again, and that sweep has nothing left to play.
    fine(folder, &["sweep", "centre.toml", "-q", "--seed", "9", "--out", "same"]);
    let whole = fs::read(folder.join("same/sweep.csv")).unwrap();
    for out in ["same", "joined", "joined"] {
        fine(folder, &merge(out));
        assert_eq!(fs::read(folder.join(out).join("sweep.csv")).unwrap(), whole);
        let resumed = ["sweep", "centre.toml", "--seed", "9", "--resume", "--out", out];
        let said = holdline(folder, &resumed);
        assert!(String::from_utf8_lossy(&said.stderr).contains("8 of 8 points are done already"));
    }
}

#[test]
fn resume_goes_on_with_what_was_written_alone() {
    let folder = swept();
    let folder = folder.path();
    let whole = fs::read(folder.join("whole/sweep.csv")).unwrap();
    let resume = ["sweep", "centre.toml", "-q", "--resume", "--out", "cut"];
    let cut = interrupted(folder, 3);
    let rows = cut.join("unfinished/sweep.csv");
    let sound = fs::read(&rows).unwrap();
    let mut altered = sound.clone();
    *altered.iter_mut().find(|byte| **byte == b'6').unwrap() = b'7';
    for rows_then in [altered, sound[..50].to_vec()] {
        fs::write(&rows, rows_then).unwrap();
        let message = refused(folder, &resume);
        assert!(message.contains("unfinished/sweep.csv is not what the sweep wrote"), "{message}");
    }
    // Killed before anything was noted, it begins.
    for left in [&["sweep.csv"][..], &["sweep.csv", "progress.json"], &[]] {
        fs::remove_dir_all(&cut).unwrap();
        interrupted(folder, 3);
        for name in ["sweep.csv", "sweep.json", "progress.json"] {
            if !left.contains(&name) {
                fs::remove_file(cut.join("unfinished").join(name)).unwrap();
            }
        }
        fine(folder, &resume);
        assert_eq!(fs::read(cut.join("sweep.csv")).unwrap(), whole, "{left:?}");
    }
    // The tables that a scenario reads belong to it.
    let volumes = |calls: u32| format!("time,calls\n08:00,{calls}\n08:30,40\n");
    let text = CENTRE
        .replace(
            "arrivals.per_hour = 60",
            "arrivals.csv = { file = \"calls.csv\", time = \"time\", value = \"calls\" }",
        )
        .replace("length = \"10h\"", "start = 2026-03-02, days = 1");
    fs::write(folder.join("centre.toml"), text).unwrap();
    fs::write(folder.join("calls.csv"), volumes(30)).unwrap();
    fine(folder, &["sweep", "centre.toml", "-q", "--out", "tabled"]);
    fs::write(folder.join("calls.csv"), volumes(31)).unwrap();
    let message = refused(folder, &["sweep", "centre.toml", "-q", "--resume", "--out", "tabled"]);
    assert!(message.contains("a file that its scenario reads is another one"), "{message}");
}

/// The sweep that planners make: 3 x 9 points of the retail scenario, with `HOLDLINE_SWEEP=50` as many replications of each
/// (two in the suite). Two threads, five parts, and a process that is killed in the middle come to the bytes of one.
#[test]
fn the_retail_sweep_has_the_same_bytes_by_threads_parts_and_after_a_kill() {
    let replications = std::env::var("HOLDLINE_SWEEP").unwrap_or_else(|_| "2".to_owned());
    let folder = tempfile::tempdir().expect("there is room");
    let scenario = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/retail.toml");
    let sweep = |more: &[&str]| -> Vec<String> {
        let axes =
            ["groups.generalists.shifts.monday.agents=30,32,34", "queues.orders.patience.mean=1m..5m:30s"];
        let mut words = vec!["sweep", scenario, "-q", "--replications", &replications];
        axes.iter().for_each(|axis| words.extend(["--vary", axis]));
        words.iter().chain(more).map(|word| (*word).to_owned()).collect()
    };
    let play = |more: &[&str]| {
        let words = sweep(more);
        fine(folder.path(), &words.iter().map(String::as_str).collect::<Vec<_>>());
    };
    play(&["--threads", "1", "--out", "one"]);
    let read = |of: &str| fs::read(folder.path().join(of).join("sweep.csv")).expect("it was written");
    let one = read("one");
    assert!(String::from_utf8_lossy(&one).lines().any(|row| row.starts_with("26,")), "27 points");
    play(&["--threads", "2", "--out", "two"]);
    assert!(read("two") == one, "two threads");
    let parts: Vec<String> = (0..5).map(|part| format!("{part}/5")).collect();
    parts.iter().for_each(|part| play(&["--shard", part, "--out", "parts"]));
    let folders: Vec<String> = (0..5).map(|part| format!("parts/shard-{part}-of-5")).collect();
    let words: Vec<&str> = ["merge", "-q"].into_iter().chain(folders.iter().map(String::as_str)).collect();
    fine(folder.path(), &words);
    assert!(read("parts") == one, "five parts");

    let words = sweep(&["--out", "cut"]);
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_holdline"));
    let mut child = command.current_dir(folder.path()).args(words).spawn().expect("it starts");
    let begun = folder.path().join("cut/unfinished/progress.json");
    let ended = loop {
        if begun.exists() && json(&begun)["done"].as_u64().is_some_and(|done| done > 3) {
            child.kill().expect("it is ours");
            child.wait().expect("it ends");
            break false;
        }
        if child.try_wait().expect("it runs").is_some() {
            break true;
        }
        std::thread::sleep(std::time::Duration::from_millis(1));
    };
    assert!(ended || !folder.path().join("cut/sweep.csv").exists(), "killed in the middle");
    play(&["--resume", "--out", "cut"]);
    assert!(read("cut") == one, "after a kill");
}

/// Any number of points takes no more memory than those that charts are still drawn of: `HOLDLINE_POINTS=10000`, or 4,000.
#[test]
fn points_cost_no_memory() {
    let points = std::env::var("HOLDLINE_POINTS").ok().and_then(|points| points.parse().ok());
    let folder = tempfile::tempdir().expect("there is room");
    let text = CENTRE.split("[sweep]").next().expect("it has one").replace("\"10h\"", "\"2h\"");
    fs::write(folder.path().join("centre.toml"), text).expect("there is room");
    let of = |points: u32| {
        let axis = format!("queues.sales.arrivals.per_hour=1..{points}");
        let out = format!("of_{points}");
        let words = ["sweep", "centre.toml", "-q", "--replications", "2", "--vary", &axis];
        measured(folder.path(), &[&words[..], &["--out", &out]].concat()).1
    };
    let (Some(few), Some(many)) = (of(100), of(points.unwrap_or(4_000))) else { return };
    println!("{few} MiB, {many} MiB");
    assert!(many <= few + 8, "{few} and {many} MiB");
}
