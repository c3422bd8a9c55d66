//! Killed at any moment: the folder holds all old or all new results, other files stay, and a sweep goes on to the
//! same bytes. `HOLDLINE_KILLS=200` kills as often as that.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::output_folder::{contents, fine, folder, holdline};

/// How often each of the tests kills.
fn kills() -> u32 {
    std::env::var("HOLDLINE_KILLS").ok().and_then(|count| count.parse().ok()).unwrap_or(20)
}

/// The moment of a kill as a share of the time that the whole takes: more of them late, where it writes.
fn moment(number: u32) -> f64 {
    // The golden ratio's multiples fill any interval evenly.
    let even = (f64::from(number) * 0.618_033_988_749_895).fract();
    if number.is_multiple_of(3) { even } else { 0.5 + 0.6 * even }
}

/// Starts a command and kills it after a while.
fn killed(folder: &Path, words: &str, after: Duration) {
    let mut command = holdline(folder, words);
    let mut child = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it can be started");
    std::thread::sleep(after);
    let _ = child.kill();
    child.wait().expect("it ends");
}

/// All that a reader may open: what comes and goes while results are written is hidden.
fn results(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = contents(folder);
    files.retain(|name, _| !name.starts_with(".holdline-") && !name.starts_with("unfinished/"));
    files
}

#[test]
fn a_killed_run_leaves_all_old_or_all_new_results() {
    let folder = folder();
    let folder = folder.path();
    let run = |seed: u32, out: &str| format!("run centre.toml -q --seed {seed} --out {out}");
    fine(folder, &run(1, "one"));
    let begun = Instant::now();
    fine(folder, &run(2, "two"));
    let takes = begun.elapsed();
    let both = [results(&folder.join("one")), results(&folder.join("two"))];
    fine(folder, &run(1, "out"));
    let mut new = 0;
    for number in 0..kills() {
        let before = usize::from(results(&folder.join("out")) == both[1]);
        let seed = 2 - before as u32;
        killed(folder, &run(seed, "out"), takes.mul_f64(moment(number)));
        let after = results(&folder.join("out"));
        let is = both.iter().position(|whole| *whole == after);
        assert!(is.is_some(), "kill {number}: mixed results: {:?}", after.keys());
        new += u32::from(is != Some(before));
    }
    eprintln!("{new} of {} kills came after the change of old for new", kills());
    fine(folder, &run(2, "out"));
    assert!(contents(&folder.join("out")) == contents(&folder.join("two")), "nothing else is left");
    assert_eq!(fs::read_dir(folder).expect("a folder").count(), 4, "nothing is left beside it");
}

#[test]
fn beside_other_files_the_next_run_puts_right_what_a_killed_one_left() {
    let folder = folder();
    let folder = folder.path();
    let run = |seed: u32, out: &str| format!("run centre.toml -q --seed {seed} --out {out}");
    let begun = Instant::now();
    fine(folder, &run(2, "two"));
    let takes = begun.elapsed();
    fine(folder, &run(1, "out"));
    let mine = folder.join("out/charts/mine.svg");
    fs::write(&mine, "mine").expect("it can be written");
    let mut whole = contents(&folder.join("two"));
    whole.insert("charts/mine.svg".to_owned(), b"mine".to_vec());
    for number in 0..kills() {
        killed(folder, &run(1, "out"), takes.mul_f64(moment(number)));
        assert_eq!(fs::read(&mine).expect("it stays"), b"mine", "kill {number}");
        if number % 5 == 4 {
            fine(folder, &run(2, "out"));
            assert!(contents(&folder.join("out")) == whole, "kill {number}");
        }
    }
}

#[test]
fn a_killed_sweep_goes_on_to_the_same_bytes() {
    let folder = folder();
    let folder = folder.path();
    let begun = Instant::now();
    fine(folder, "sweep centre.toml -q --threads 1 --replications 100 --out whole");
    let takes = begun.elapsed();
    let whole = contents(&folder.join("whole"));
    for number in 0..kills() {
        let sweep = "sweep centre.toml -q --threads 1 --replications 100 --resume --out out";
        killed(folder, sweep, takes.mul_f64(moment(number)));
        if number % 2 == 0 {
            killed(folder, sweep, takes.mul_f64(moment(number + 1) / 2.0));
        }
        fine(folder, sweep);
        let out = contents(&folder.join("out"));
        assert!(out == whole, "kill {number}: {:?}", out.keys());
        fs::remove_dir_all(folder.join("out")).expect("it is there");
    }
}

/// A sweep in parts, on machines that die at any moment, start a part twice at once, and run out of disk: joined it has the
/// bytes of one run. With 200 kills there are 64 parts.
#[cfg(target_os = "linux")]
#[test]
fn a_campaign_of_parts_has_the_bytes_of_one_run() {
    let folder = folder();
    let folder = folder.path();
    let parts = if kills() < 200 { 8 } else { 64 };
    let sweep = "sweep centre.toml -q --threads 1 --replications 20 --vary groups.team.staff=3..10 --vary experiment.seed=1..16";
    let begun = Instant::now();
    fine(folder, &format!("{sweep} --out whole"));
    let takes = begun.elapsed() / parts;
    let part = |number: u32| format!("{sweep} --resume --shard {number}/{parts} --out parts");
    let program = assert_cmd::cargo::cargo_bin("holdline");
    let full = format!("trap '' XFSZ; ulimit -f 1; exec '{}' {}", program.display(), part(0));
    let full =
        std::process::Command::new("sh").args(["-c", &full]).current_dir(folder).output().expect("it runs");
    assert_eq!(full.status.code(), Some(3), "{}", String::from_utf8_lossy(&full.stderr));
    for number in 0..kills() {
        killed(folder, &part(number % parts), takes.mul_f64(moment(number)));
    }
    for number in 0..parts {
        let twice = [0, 1].map(|_| {
            let mut command = holdline(folder, &part(number));
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().expect("it can be started")
        });
        let codes = twice.map(|mut one| one.wait().expect("it ends").code());
        // One of them may find the other at work, which is no mistake of the user; never do both go wrong.
        let known = codes.iter().all(|code| matches!(code, Some(0 | 3)));
        assert!(known && codes.contains(&Some(0)), "part {number}: {codes:?}");
    }
    let wide = (parts - 1).to_string().len();
    let name = |number: u32| format!("parts/shard-{number:0wide$}-of-{parts}");
    let all: Vec<String> = (0..parts).map(name).collect();
    fine(folder, &format!("merge {} -q --out joined", all.join(" ")));
    assert!(contents(&folder.join("joined")) == contents(&folder.join("whole")));
}
