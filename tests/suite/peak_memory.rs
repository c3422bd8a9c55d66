//! How much memory a command takes.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

/// Runs a command; its output, and how much memory it took at most, in MiB, where the machine tells.
pub(crate) fn measured(folder: &Path, arguments: &[&str]) -> (String, Option<u64>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_holdline"));
    let command = command.current_dir(folder).args(arguments);
    let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("it starts");
    let status = format!("/proc/{}/status", child.id());
    let mut most = None;
    while child.try_wait().expect("it runs").is_none() {
        let told = fs::read_to_string(&status).unwrap_or_default();
        let peak = told.lines().find_map(|line| line.strip_prefix("VmHWM:")?.trim().strip_suffix(" kB"));
        let peak = peak.and_then(|peak| peak.parse::<u64>().ok()).map(|peak| peak / 1024);
        most = most.max(peak);
        std::thread::sleep(std::time::Duration::from_millis(20));
    }
    let output = child.wait_with_output().expect("it ends");
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert!(output.status.success(), "{wrong}");
    (said.into_owned(), most)
}
