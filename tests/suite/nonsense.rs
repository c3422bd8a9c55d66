//! What cannot be done is said in a sentence, with its exit code, and harms nothing.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const FINE: &str = r#"
horizon = { length = "2h", interval = "30m", warm_up = "30m" }
experiment.replications = 4
[queues.sales]
talk     = { mean = "3m" }
patience = { mean = "2m" }
arrivals.per_hour = 60
[groups.team]
skills = ["sales"]
staff  = 4
"#;

fn binary() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin("holdline"))
}

/// Runs `holdline run fine.toml` in a folder, with further arguments.
fn run(folder: &Path, arguments: &[&str]) -> Output {
    fs::write(folder.join("fine.toml"), FINE).expect("it can be written");
    binary()
        .current_dir(folder)
        .args(["run", "fine.toml", "--quiet"])
        .args(arguments)
        .output()
        .expect("it can be started")
}

/// The exit code and what was said on standard error.
fn said(output: &Output) -> (i32, String) {
    (output.status.code().expect("it was not killed"), String::from_utf8_lossy(&output.stderr).into_owned())
}

/// One sentence: an error, without a panic, without more than a hint.
#[track_caller]
fn is_a_sentence(text: &str, part: &str) {
    let lines: Vec<&str> = text.lines().collect();
    assert!(lines.first().is_some_and(|line| line.starts_with("error: ")), "{text}");
    assert!(lines.len() <= 2 && !text.contains("panicked"), "{text}");
    assert!(text.contains(part), "{part:?} is not in\n{text}");
}

fn files(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut found = BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(next) = folders.pop() {
        for entry in fs::read_dir(next).expect("it can be listed") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                folders.push(path);
            } else {
                found.insert(path.display().to_string(), fs::read(&path).expect("it can be read"));
            }
        }
    }
    found
}

#[test]
fn a_file_that_is_not_there_is_a_mistake() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output =
        binary().current_dir(folder.path()).args(["run", "nowhere.toml"]).output().expect("it starts");
    let (code, text) = said(&output);
    assert_eq!(code, 2, "{text}");
    is_a_sentence(&text, "nowhere.toml cannot be read: there is no such file");
    assert!(!folder.path().join("output").exists());
}

#[test]
fn flags_that_nobody_knows_are_mistakes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for arguments in [
        &["--replicatons", "5"][..],
        &["--replications", "0"],
        &["--replications", "many"],
        &["--seed", "-1"],
        &["--threads", "0"],
        &["more.toml"],
    ] {
        let (code, text) = said(&run(folder.path(), arguments));
        assert_eq!(code, 2, "{arguments:?}: {text}");
        assert!(text.starts_with("error: ") && text.contains("--help"), "{text}");
    }
    let (_, text) = said(&run(folder.path(), &["--replicatons", "5"]));
    assert!(text.contains("--replications"), "{text}");
}

#[test]
fn a_setting_that_leads_nowhere_is_a_mistake_and_nothing_is_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (setting, hint) in [
        ("queues.sales.patince.mean=1m", "did you mean `patience`?"),
        ("queues.sails.talk=1m", "did you mean `sales`?"),
        ("groups.team.staff=-1000", "0 or more"),
        ("groups.team.staff", "`=`"),
        ("experiment.replications=0", "1 or more"),
    ] {
        let (code, text) = said(&run(folder.path(), &["--set", setting]));
        assert_eq!(code, 2, "{setting}: {text}");
        assert!(text.contains(hint), "{setting}: {text}");
    }
    assert!(!folder.path().join("output").exists());
}

#[test]
fn an_overload_without_patience_is_a_mistake_that_says_what_to_do() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let settings = ["--set", "queues.sales.patience=none", "--set", "queues.sales.arrivals.per_hour=3e6"];
    let (code, text) = said(&run(folder.path(), &settings));
    assert_eq!(code, 2, "{text}");
    is_a_sentence(&text, "more than a million contacts wait, most of them in `sales`");
    assert!(
        text.contains("hint: staff more agents, give customers a patience, or limit the lines"),
        "{text}"
    );
    assert!(!folder.path().join("output").exists());
}

#[test]
fn results_that_cannot_be_written_leave_the_previous_ones_as_they_were() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let results = folder.path().join("results");
    assert!(run(folder.path(), &["--out", "results"]).status.success());
    let before = files(&results);
    // A folder where a file should go: no right to write anywhere changes that.
    fs::remove_file(results.join("queues.csv")).expect("it can be removed");
    fs::create_dir(results.join("queues.csv")).expect("it can be made");
    let (code, text) = said(&run(folder.path(), &["--out", "results", "--seed", "9"]));
    assert_eq!(code, 2, "{text}");
    is_a_sentence(&text, "queues.csv: it is not a plain file");
    fs::remove_dir(results.join("queues.csv")).expect("nothing was put into it");
    let mut after = files(&results);
    assert_eq!(after.len() + 1, before.len());
    after.retain(|name, bytes| before.get(name) != Some(bytes));
    assert_eq!(after.into_keys().collect::<Vec<_>>(), Vec::<String>::new(), "changed");
}

#[test]
fn a_file_in_place_of_the_folder_is_said() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("results"), "mine").expect("it can be written");
    let (code, text) = said(&run(folder.path(), &["--out", "results"]));
    assert_eq!(code, 2, "{text}");
    is_a_sentence(&text, "cannot make the folder results");
    assert_eq!(fs::read(folder.path().join("results")).expect("it is there"), b"mine");
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_the_environments_fault() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().expect("a temporary folder");
    let results = folder.path().join("results");
    assert!(run(folder.path(), &["--out", "results"]).status.success());
    let before = files(&results);
    let mode = |mode| fs::set_permissions(&results, fs::Permissions::from_mode(mode)).expect("it is ours");
    mode(0o555);
    if fs::write(results.join("probe"), "").is_ok() {
        fs::remove_file(results.join("probe")).expect("it is there");
        mode(0o755);
        eprintln!("skipped: this user may write everywhere");
        return;
    }
    let (code, text) = said(&run(folder.path(), &["--out", "results", "--seed", "9"]));
    mode(0o755);
    assert_eq!(code, 3, "{text}");
    is_a_sentence(&text, "nothing there was changed");
    assert!(files(&results) == before);
}

/// A disk of its own, in memory; `None` where that is not allowed.
#[cfg(target_os = "linux")]
struct SmallDisk(tempfile::TempDir);

#[cfg(target_os = "linux")]
impl SmallDisk {
    fn new(size: &str) -> Option<SmallDisk> {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mount = Command::new("mount")
            .args(["-t", "tmpfs", "-o", &format!("size={size}"), "tmpfs"])
            .arg(folder.path())
            .stderr(Stdio::null())
            .status();
        mount.is_ok_and(|status| status.success()).then_some(SmallDisk(folder))
    }

    fn remount(&self, option: &str) {
        let mount =
            Command::new("mount").args(["-o", &format!("remount,{option}")]).arg(self.0.path()).status();
        assert!(mount.is_ok_and(|status| status.success()), "the disk cannot be changed");
    }
}

#[cfg(target_os = "linux")]
impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.0.path()).status();
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_and_a_read_only_one_leave_the_previous_results_as_they_were() {
    let Some(disk) = SmallDisk::new("16m") else {
        eprintln!("skipped: this user may not make a small disk");
        return;
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let results = disk.0.path().join("results");
    let out = results.to_str().expect("the path is UTF-8");
    assert!(run(folder.path(), &["--out", out]).status.success());
    let before = files(&results);
    // Leaves 64 KB, less than the results take.
    let used: usize = before.values().map(Vec::len).sum();
    assert!(used > 100_000, "{used}");
    let filler = disk.0.path().join("filler");
    let chunk = vec![7u8; 65_536];
    let mut file = fs::File::create(&filler).expect("there is room");
    while std::io::Write::write_all(&mut file, &chunk).is_ok() {}
    let length = file.metadata().expect("it is open").len();
    file.set_len(length.saturating_sub(65_536)).expect("it can shrink");
    drop(file);
    let (code, text) = said(&run(folder.path(), &["--out", out, "--seed", "9"]));
    assert_eq!(code, 3, "{text}");
    is_a_sentence(&text, "No space left on device");
    assert!(text.contains("nothing there was changed"), "{text}");
    assert!(files(&results) == before);

    fs::remove_file(filler).expect("it can be removed");
    disk.remount("ro");
    let (code, text) = said(&run(folder.path(), &["--out", out, "--seed", "9"]));
    assert_eq!(code, 3, "{text}");
    is_a_sentence(&text, "ead-only file");
    assert!(files(&results) == before);
}

#[cfg(unix)]
#[test]
fn an_interrupted_run_reports_the_complete_prefix() {
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("fine.toml"), FINE).expect("it can be written");
        let mut child = binary()
            .current_dir(folder.path())
            .args(["run", "fine.toml", "--replications", "100000000", "--threads", "2"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it can be started");
        // Some replications are done after half a second, all of them in hours.
        std::thread::sleep(Duration::from_millis(500));
        let asked = Instant::now();
        let kill = Command::new("kill").args([format!("-{signal}"), child.id().to_string()]).status();
        assert!(kill.is_ok_and(|status| status.success()));
        while child.try_wait().expect("it can be asked").is_none() {
            assert!(asked.elapsed() < Duration::from_secs(30), "it does not stop");
            std::thread::sleep(Duration::from_millis(20));
        }
        let output = child.wait_with_output().expect("it has ended");
        let (exit, text) = said(&output);
        assert_eq!(exit, code, "{text}");
        assert!(text.contains(" of 100000000, interrupted"), "{text}");
        assert!(String::from_utf8_lossy(&output.stdout).contains("sales"));
        let summary =
            fs::read_to_string(folder.path().join("output/fine/summary.json")).expect("it was written");
        let summary: serde_json::Value = serde_json::from_str(&summary).expect("it is JSON");
        let said: String = text.chars().take_while(char::is_ascii_digit).collect();
        assert_eq!(summary["replications"].to_string(), said, "{text}");
    }
}
