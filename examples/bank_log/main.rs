//! From a call log to what a scenario reads: calls to replay, agents on duty, time not ready.
//!
//! ```text
//! cargo run --release --example bank_log -- FEB1999.TSV FOLDER [GAP_IN_MINUTES]
//! ```
//!
//! The log is the one of the "Anonymous Bank" (Technion), whose log-in times were not recorded; the
//! rules that stand in for them are in `agents.rs`. `docs/real-data.md` tells the whole way.

mod agents;
mod log;

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (file, folder, gap) = match arguments.as_slice() {
        [file, folder] => (file, PathBuf::from(folder), 30),
        [file, folder, gap] => (file, PathBuf::from(folder), gap.parse().context("GAP_IN_MINUTES")?),
        _ => bail!("give the log, a folder for the results and, if you like, the longest gap in minutes"),
    };
    let calls = log::read(Path::new(file))?;
    let blocks = agents::on_duty(&calls, gap * 60);
    let not_ready = agents::not_ready(&calls, &blocks);
    fs::create_dir_all(&folder)?;
    write(
        &folder.join("calls.csv"),
        &["arrived", "queue", "outcome", "wait", "talk"],
        calls.iter().map(row),
    )?;
    let heads =
        agents::heads(&blocks).into_iter().map(|(at, heads)| vec![log::written(at), heads.to_string()]);
    write(&folder.join("staff.csv"), &["time", "heads"], heads)?;
    let seconds = not_ready.iter().map(|seconds| vec![seconds.to_string()]);
    write(&folder.join("not_ready.csv"), &["seconds"], seconds)?;

    let hours: i64 = blocks.iter().map(|block| block.end - block.start).sum();
    let mean = not_ready.iter().sum::<i64>() as f64 / not_ready.len().max(1) as f64;
    println!("calls.csv      {} calls that asked for an agent", calls.len());
    println!("staff.csv      {} blocks of duty, {:.0} agent hours", blocks.len(), hours as f64 / 3600.0);
    println!("not_ready.csv  mean {mean:.1} s from a call's end to being ready again");
    Ok(())
}

fn row(call: &log::Call) -> Vec<String> {
    let outcome = if call.service.is_some() { "answered" } else { "abandoned" };
    let talk = call.service.as_ref().map(|service| service.talk.to_string()).unwrap_or_default();
    vec![log::written(call.arrived), call.queue.clone(), outcome.to_owned(), call.wait.to_string(), talk]
}

fn write(path: &Path, head: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Result<()> {
    let mut file = csv::Writer::from_path(path).with_context(|| path.display().to_string())?;
    file.write_record(head)?;
    for row in rows {
        file.write_record(row)?;
    }
    Ok(file.flush()?)
}
