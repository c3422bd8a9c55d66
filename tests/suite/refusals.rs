//! A machine that refuses: threads, room for output, large files. A sentence and an exit code, never a panic.

#![cfg(target_os = "linux")]

use std::fs::{self, OpenOptions};
use std::path::Path;
use std::process::{Command, Output, Stdio};

const FINE: &str = r#"
horizon = { length = "2h", interval = "30m" }
experiment.replications = 4
[queues.sales]
talk     = { mean = "3m" }
patience = { mean = "2m" }
arrivals.per_hour = 60
[groups.team]
skills = ["sales"]
staff  = 4
"#;

fn binary(folder: &Path) -> Command {
    fs::write(folder.join("fine.toml"), FINE).expect("it can be written");
    let mut command = Command::new(assert_cmd::cargo::cargo_bin("holdline"));
    command.current_dir(folder);
    command
}

fn full() -> Stdio {
    OpenOptions::new().write(true).open("/dev/full").expect("Linux has it").into()
}

/// Runs a line of the shell with `$HOLDLINE` in it.
fn shell(folder: &Path, line: &str) -> Output {
    fs::write(folder.join("fine.toml"), FINE).expect("it can be written");
    Command::new("sh")
        .current_dir(folder)
        .env("HOLDLINE", assert_cmd::cargo::cargo_bin("holdline"))
        .args(["-c", line])
        .output()
        .expect("a shell starts")
}

#[test]
fn a_full_standard_error_changes_no_exit_code() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for (arguments, code) in [
        (&["run", "fine.toml"][..], 0),
        (&["run", "nowhere.toml"], 2),
        (&["check", "fine.toml", "--set", "a.b=1"], 2),
        (&["run", "--nonsense"], 2),
        (&["sweep", "fine.toml", "--vary", "groups.team.staff=3,4"], 0),
        (&["new", "fine.toml"], 2),
        (&[], 2),
    ] {
        let mut command = binary(folder.path());
        command.args(arguments).stdout(Stdio::null()).stderr(full());
        let status = command.status().expect("it starts");
        assert_eq!(status.code(), Some(code), "{arguments:?}");
    }
}

#[test]
fn a_full_standard_output_is_the_machines_fault() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    for arguments in [
        &["check", "fine.toml"][..],
        &["--help"],
        &["--version"],
        &["help", "run"],
        &["schema"],
        &["run", "fine.toml", "--quiet"],
    ] {
        let output = binary(folder.path()).args(arguments).stdout(full()).output().expect("it starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(3), "{arguments:?}: {said}");
        assert!(said.starts_with("error: cannot write to standard output"), "{said}");
    }
}

#[test]
fn closed_streams_are_no_reason_to_fail() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = shell(folder.path(), "\"$HOLDLINE\" run fine.toml 2>&- >&- <&-");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
}

#[test]
fn a_limit_on_files_is_a_sentence() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = shell(folder.path(), "ulimit -f 1; \"$HOLDLINE\" run fine.toml --quiet");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(3), "{said}");
    assert!(said.starts_with("error: ") && said.lines().count() <= 2, "{said}");
}

#[test]
fn no_command_is_a_mistake_with_a_message() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = binary(folder.path()).output().expect("it starts");
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&output.stderr).starts_with("error: there is no command\n"));
}

#[test]
fn one_thread_is_the_one_that_is_there() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let run = |threads: &str, out: &str| {
        let mut command = binary(folder.path());
        let output = command
            .args(["run", "fine.toml", "--quiet", "--json", "--threads", threads, "--out", out])
            .output()
            .expect("it starts");
        assert_eq!(output.status.code(), Some(0), "{output:?}");
        output.stdout
    };
    let one = run("1", "one");
    assert_eq!(one, run("2", "two"));
    assert_eq!(one, run("7", "seven"));
}

#[test]
fn more_threads_than_help_are_not_made() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let output = shell(folder.path(), "\"$HOLDLINE\" run fine.toml --threads 100000");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(said.contains("more are not quicker on"), "{said}");
}

/// A centre of many rows, and room for less and less of it: the exit code is the machine's fault, and what was there stays.
#[cfg(target_os = "linux")]
#[test]
fn refused_memory_is_a_sentence_and_loses_nothing() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let kept = folder.path().join("out/summary.json");
    let output = shell(folder.path(), "\"$HOLDLINE\" run fine.toml --quiet --out out");
    assert_eq!(output.status.code(), Some(0), "{output:?}");
    let before = std::fs::read(&kept).expect("results");
    let mut codes = Vec::new();
    for megabytes in [40, 60, 80, 120, 160, 240, 320] {
        let line = format!(
            "ulimit -v {}; \"$HOLDLINE\" run fine.toml --quiet --seed 2 --threads 1 --out out --set horizon.length=7200h \
             --set horizon.interval=10m --charts none",
            megabytes * 1024
        );
        let output = shell(folder.path(), &line);
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let code = output.status.code();
        codes.push(code);
        if code != Some(0) {
            assert_eq!(code, Some(3), "{megabytes} MB: {said}");
            assert!(said.to_lowercase().contains("memory"), "{megabytes} MB: {said}");
            assert_eq!(std::fs::read(&kept).expect("results"), before, "{megabytes} MB");
        }
    }
    assert!(codes.contains(&Some(3)), "no limit was low enough: {codes:?}");
}
