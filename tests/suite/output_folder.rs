//! What a command may touch: never what it reads, never what holdline did not write, nothing through links, and
//! never the same folder as another one at the same time.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

pub(crate) const CENTRE: &str = r#"
horizon = { start = 2026-03-02, days = 1, interval = "1h" }
experiment = { replications = 3, seed = 3 }
[queues.sales]
talk     = { mean = "3m" }
patience = { mean = "2m" }
target   = { share = 0.8, within = "20s" }
arrivals.per_hour = 60
[groups.team]
skills = ["sales"]
staff  = 4
[variants.more]
groups.team.staff = 5
[sweep]
"groups.team.staff" = { from = 3, to = 5 }
"#;

/// The same with its volumes in a file.
fn with_volumes(file: &str) -> String {
    let volumes = format!("arrivals.csv = {{ file = \"{file}\", time = \"time\", value = \"calls\" }}");
    CENTRE.replace("arrivals.per_hour = 60", &volumes)
}

const VOLUMES: &str = "time,calls\n2026-03-02 08:00,30\n2026-03-02 08:30,40\n2026-03-02 09:00,20\n";

pub(crate) fn holdline(folder: &Path, words: &str) -> Command {
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("holdline"));
    command.current_dir(folder).args(words.split_whitespace()).stdin(Stdio::null());
    command
}

fn output(folder: &Path, words: &str) -> Output {
    holdline(folder, words).output().expect("it runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

#[track_caller]
pub(crate) fn fine(folder: &Path, words: &str) {
    let output = output(folder, words);
    assert!(output.status.success(), "{words}: {}", said(&output));
}

/// Fails with this code; gives what was said.
#[track_caller]
fn fails(folder: &Path, words: &str, code: i32) -> String {
    let output = output(folder, words);
    assert_eq!(output.status.code(), Some(code), "{words}: {}", said(&output));
    said(&output)
}

/// Every file and link below a folder with its bytes.
pub(crate) fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = entry.file_name().to_string_lossy().into_owned();
        if entry.file_type().expect("a type").is_dir() {
            files
                .extend(contents(&entry.path()).into_iter().map(|(n, bytes)| (format!("{name}/{n}"), bytes)));
        } else {
            files.insert(name, fs::read(entry.path()).unwrap_or_default());
        }
    }
    files
}

pub(crate) fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    write(folder.path(), "centre.toml", CENTRE);
    folder
}

fn write(folder: &Path, name: &str, text: &str) {
    let path = folder.join(name);
    fs::create_dir_all(path.parent().expect("a folder")).expect("it can be made");
    fs::write(path, text).expect("it can be written");
}

/// A play of this many would take hours: what ends at once has not played.
const LONG: &str = "--replications 99999999";

#[test]
fn what_is_read_is_never_replaced() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    write(folder, "a/scenario.toml", CENTRE);
    write(folder, "b/in.toml", &with_volumes("queues.csv"));
    write(folder, "b/queues.csv", VOLUMES);
    write(folder, "c/in.toml", "extends = \"summary.json\"\n");
    write(folder, "c/summary.json", CENTRE);
    write(folder, "d/charts/wait.svg", VOLUMES);
    write(folder, "d/in.toml", &with_volumes("charts/wait.svg"));
    write(
        folder,
        "e/in.toml",
        &CENTRE.replace(
            "staff  = 4",
            "staff.csv = { file = \"compare.csv\", time = \"time\", value = \"calls\" }",
        ),
    );
    write(folder, "e/compare.csv", VOLUMES);
    let before = contents(folder);
    for (words, input) in [
        ("run a/scenario.toml --out a", "a/scenario.toml"),
        ("run b/in.toml --out b", "b/queues.csv"),
        ("run c/in.toml --out ./c", "c/summary.json"),
        ("run d/in.toml --out d", "d/charts/wait.svg"),
        ("compare c/in.toml --out a/../c", "c/summary.json"),
        ("compare e/in.toml --set sweep=none --out e", "e/compare.csv"),
        ("sweep b/in.toml --out b", "b/queues.csv"),
    ] {
        for force in ["", " --force"] {
            let message = fails(folder, &format!("{words}{force} {LONG}"), 2);
            assert!(message.contains(&format!("error: {input} is read here")), "{words}: {message}");
        }
    }
    assert!(contents(folder) == before);
    // A scenario that a run wrote is an input as any other.
    fine(folder, "run a/scenario.toml -q --out out");
    let message = fails(folder, "run out/scenario.toml --out out", 2);
    assert!(message.contains("out/scenario.toml is read here"), "{message}");
}

#[test]
fn files_that_holdline_did_not_write_are_neither_replaced_nor_deleted() {
    let folder = folder();
    let folder = folder.path();
    fine(folder, "sweep centre.toml -q --shard 0/1 --out part");
    // What these commands write here; neither a backlog nor a map.
    let replaced = [
        "queues.csv",
        "charts/wait.svg",
        "summary.json",
        "compare.csv",
        "sweep.csv",
        "report.html",
        "charts/sweep_wait.svg",
    ];
    for (words, names) in [
        (
            "run centre.toml",
            ["queues.csv", "backlog.csv", "charts/wait.svg", "charts/staffing-7.png", "notes.txt"],
        ),
        ("compare centre.toml", ["compare.csv", "summary.json", "charts/queue.svg", "a", "b"]),
        (
            "sweep centre.toml",
            ["sweep.csv", "sweep.csv.part", "progress.json.new", "charts/sweep_map.png", "b"],
        ),
        ("merge part", ["sweep.csv", "report.html", "charts/sweep_wait.svg", "a", "b"]),
    ] {
        let out = folder.join("mine");
        names.iter().for_each(|name| write(&out, name, "mine"));
        let before = contents(&out);
        let long = if words.starts_with("merge") { "" } else { LONG };
        let message = fails(folder, &format!("{words} --out mine {long}"), 2);
        assert!(message.contains("mine holds files that are not holdline's: "), "{words}: {message}");
        assert!(message.contains("hint: ") && message.contains("--force"), "{words}: {message}");
        assert!(contents(&out) == before, "{words}");
        // Asked to all the same: files that results are called like are replaced, no others, now and again.
        for _ in 0..2 {
            fine(folder, &format!("{words} -q --out mine --force"));
            let after = contents(&out);
            assert!(after[names[0]] != b"mine", "{words}");
            let gone = names.iter().filter(|name| after.get(**name).is_none_or(|bytes| bytes != b"mine"));
            for name in gone {
                assert!(replaced.contains(name), "{words}: {name}");
            }
        }
        fs::remove_dir_all(out).expect("it is there");
    }
}

#[test]
fn in_a_folder_of_ours_other_files_stay_but_none_in_the_way_is_replaced() {
    let folder = folder();
    let folder = folder.path();
    fine(folder, "run centre.toml -q --out out");
    write(folder, "out/notes/mine.txt", "mine");
    write(folder, "out/charts/mine.svg", "mine");
    fine(folder, "run centre.toml -q --seed 4 --out out");
    fine(folder, "run centre.toml -q --seed 4 --out other");
    let mut both = contents(&folder.join("out"));
    assert_eq!(both.remove("notes/mine.txt").as_deref(), Some(&b"mine"[..]));
    assert_eq!(both.remove("charts/mine.svg").as_deref(), Some(&b"mine"[..]));
    assert!(both == contents(&folder.join("other")), "all results are the new ones");
    // No queue is deferred here, so that a backlog is somebody else's.
    write(folder, "out/backlog.csv", "mine");
    let message = fails(folder, &format!("run centre.toml --out out {LONG}"), 2);
    assert!(message.contains("out holds files that are not holdline's: backlog.csv\n"), "{message}");
    // Results of another kind are not lost by a slip of the pen.
    fine(folder, "sweep centre.toml -q --out swept");
    let message = fails(folder, &format!("run centre.toml --out swept {LONG}"), 2);
    assert!(message.contains("swept holds a sweep"), "{message}");
    fine(folder, "run centre.toml -q --out swept --force");
    assert!(!folder.join("swept/sweep.csv").exists() && folder.join("swept/queues.csv").exists());
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_links() {
    use std::os::unix::fs::symlink;
    let folder = folder();
    let folder = folder.path();
    write(folder, "elsewhere/wait.svg", "mine");
    let link = |to: &str, at: &str| {
        fs::create_dir_all(folder.join(at).parent().expect("a folder")).expect("it can be made");
        symlink(folder.join(to), folder.join(at)).expect("it can be made");
    };
    link("elsewhere", "linked");
    link("elsewhere", "a/charts");
    link("elsewhere/wait.svg", "b/report.html");
    link("elsewhere", "c/unfinished");
    link("elsewhere/wait.svg", "d/.holdline");
    link("elsewhere/wait.svg", "e/.holdline-lock");
    link("elsewhere/none", "f/charts/wait.png");
    for (words, at) in [
        ("run centre.toml --out linked", "linked"),
        ("run centre.toml --force --out a", "a/charts"),
        ("run centre.toml --force --out b", "b/report.html"),
        ("sweep centre.toml --force --out c", "c/unfinished"),
        ("run centre.toml --force --out d", "d/.holdline"),
        ("run centre.toml --force --out e", "e/.holdline-lock"),
        ("run centre.toml --force --out f", "f/charts/wait.png"),
    ] {
        let message = fails(folder, &format!("{words} {LONG}"), 2);
        assert!(message.contains(&format!("error: {at} is a link")), "{words}: {message}");
    }
    // A folder further up may be one: it is what the user's own disk looks like.
    link("elsewhere", "up");
    fine(folder, "run centre.toml -q --out up/out");
    assert!(folder.join("elsewhere/out/report.html").exists());
    assert_eq!(fs::read(folder.join("elsewhere/wait.svg")).expect("it is there"), b"mine");
    // A scenario may be a link, and what it leads to is what is read.
    link("g/queues.csv", "in.toml");
    write(folder, "g/queues.csv", CENTRE);
    let message = fails(folder, &format!("run in.toml --force --out g {LONG}"), 2);
    assert!(message.contains("error: in.toml is read here"), "{message}");
}

#[test]
fn a_scenario_of_any_name_stays_within_the_output_folder() {
    let folder = folder();
    let folder = folder.path();
    fs::copy(folder.join("centre.toml"), folder.join("...toml")).expect("there is room");
    fine(folder, "run -q ...toml");
    fine(folder, "sweep -q ...toml");
    fine(folder, "compare -q ...toml");
    let names = |folder: &Path| {
        let entries = fs::read_dir(folder).expect("a folder");
        let mut names: Vec<String> = entries
            .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    };
    assert_eq!(names(folder), ["...toml", "centre.toml", "output"]);
    assert_eq!(names(&folder.join("output")), ["scenario", "scenario-compare", "scenario-sweep"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_folder_that_cannot_be_written_is_found_before_the_play() {
    let folder = folder();
    for command in ["run", "compare", "sweep"] {
        // No one may make a folder there.
        let message = fails(folder.path(), &format!("{command} centre.toml --out /proc/results {LONG}"), 3);
        assert!(message.contains("cannot make the folder /proc/results"), "{message}");
    }
}

/// A limit on the size of files stands for a disk that fills up during the play.
#[cfg(target_os = "linux")]
#[test]
fn what_cannot_be_written_after_the_play_is_printed_all_the_same() {
    let folder = folder();
    fine(folder.path(), "run centre.toml -q --out out");
    let before = contents(&folder.path().join("out"));
    for (command, shown) in [("run", "sales"), ("compare", "more")] {
        let binary = assert_cmd::cargo::cargo_bin("holdline");
        // In blocks of 512 or 1,024 bytes; ignored, so that writing fails and the program is not ended.
        let script = format!(
            "trap '' XFSZ; ulimit -f 1; exec '{}' {command} centre.toml -q --seed 9 --out {}",
            binary.display(),
            if command == "run" { "out" } else { "new" }
        );
        let output = Command::new("sh").current_dir(folder.path()).args(["-c", &script]).output();
        let output = output.expect("it runs");
        assert_eq!(output.status.code(), Some(3), "{}", said(&output));
        assert!(String::from_utf8_lossy(&output.stdout).contains(shown), "{command} prints its tables");
        assert!(said(&output).starts_with("error: cannot write into "), "{}", said(&output));
        assert!(said(&output).contains("nothing there was changed"), "{}", said(&output));
    }
    assert!(contents(&folder.path().join("out")) == before);
    let left: Vec<_> =
        fs::read_dir(folder.path()).expect("a folder").flatten().map(|e| e.file_name()).collect();
    assert_eq!(left.len(), 2, "nothing else is left: {left:?}");
}

/// A program that is ended when the test ends.
struct Playing(Child);

impl Drop for Playing {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn play(folder: &Path, words: &str) -> Playing {
    let mut command = holdline(folder, words);
    Playing(command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it can be started"))
}

#[track_caller]
fn wait_for(what: impl Fn() -> bool) {
    let begun = Instant::now();
    while !what() {
        assert!(begun.elapsed() < Duration::from_secs(60), "it does not come");
        std::thread::sleep(Duration::from_millis(5));
    }
}

#[test]
fn the_second_of_two_into_one_folder_is_told_and_stops() {
    let folder = folder();
    let folder = folder.path();
    for command in ["run", "sweep", "compare"] {
        let first = play(folder, &format!("{command} centre.toml -q --threads 1 --out out {LONG}"));
        wait_for(|| folder.join("out/.holdline-lock").exists());
        // It may take a moment from the file to its lock.
        std::thread::sleep(Duration::from_millis(100));
        let message = fails(folder, &format!("{command} centre.toml --out out {LONG}"), 3);
        assert!(message.contains("another holdline is writing into out"), "{message}");
        let message = fails(folder, &format!("{command} centre.toml --out out --force {LONG}"), 3);
        assert!(message.contains("another holdline is writing into out"), "{message}");
        drop(first);
        // Killed, it left its lock file behind, but no lock.
        fine(folder, &format!("{command} centre.toml -q --out out"));
        assert!(!folder.join("out/.holdline-lock").exists());
        fs::remove_dir_all(folder.join("out")).expect("it is there");
    }
}

#[test]
fn a_sweep_reads_its_files_once() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    write(folder, "base.toml", &with_volumes("calls.csv"));
    write(folder, "centre.toml", "extends = \"base.toml\"\n");
    write(folder, "calls.csv", VOLUMES);
    let sweep = "sweep centre.toml -q --threads 1 --replications 3000";
    fine(folder, &format!("{sweep} --out undisturbed"));
    let mut disturbed = play(folder, &format!("{sweep} --out disturbed"));
    wait_for(|| folder.join("disturbed/unfinished/progress.json").exists());
    write(folder, "calls.csv", "time,calls\n2026-03-02 08:00,300\n2026-03-02 08:30,400\n");
    write(folder, "base.toml", "this is no TOML");
    write(folder, "centre.toml", "");
    let unfinished = || folder.join("disturbed/unfinished").exists();
    assert!(unfinished(), "they are changed while it plays");
    let ended = disturbed.0.wait().expect("it ends");
    assert!(ended.success());
    let rows = |out: &str| fs::read_to_string(folder.join(out).join("sweep.csv")).expect("it was written");
    assert_eq!(rows("disturbed"), rows("undisturbed"));
    // 90 calls come in the file, whatever the staff.
    let offered = |text: &str| -> Vec<f64> {
        let rows = text.lines().filter(|row| row.contains(",total,total,,offered,"));
        rows.filter_map(|row| row.split(',').nth(6)?.parse().ok()).collect()
    };
    let offered = offered(&rows("disturbed"));
    assert!(offered.len() == 3 && offered.iter().all(|count| (count - 90.0).abs() < 1.0), "{offered:?}");
}

/// Charts are drawn as asked, and what an earlier run drew does not stay.
#[test]
fn charts_are_drawn_as_asked() {
    let place = tempfile::tempdir().expect("a folder");
    std::fs::write(
        place.path().join("c.toml"),
        "horizon = { start = 2026-03-02 }\nexperiment.replications = 2\n[queues.q]\ntalk = \"1m\"\narrivals.per_day = 50\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 2\n",
    )
    .expect("written");
    for (asked, svg, png) in [("png", true, true), ("svg", true, false), ("none", false, false)] {
        let mut holdline = assert_cmd::Command::cargo_bin("holdline").expect("the binary");
        holdline
            .current_dir(place.path())
            .args(["run", "c.toml", "--quiet", "--charts", asked, "--out", "o"]);
        holdline.assert().success();
        let there = |ending: &str| place.path().join(format!("o/charts/staffing.{ending}")).exists();
        assert_eq!((there("svg"), there("png")), (svg, png), "--charts {asked}");
        let page = std::fs::read_to_string(place.path().join("o/report.html")).expect("the page");
        assert_eq!(page.contains("<svg"), svg, "--charts {asked}");
    }
}
