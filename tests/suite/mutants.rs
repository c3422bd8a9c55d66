//! The mutation attack: every shipped scenario and every example of the documentation, changed at random, is
//! checked and played. Whatever a mutant says, it is refused with a diagnostic or played; nothing panics,
//! hangs, or prints what is no number.
//!
//! `HOLDLINE_MUTANTS=20000 cargo test --release --test suite mutants` makes so many of them;
//! `HOLDLINE_MUTANT=1234` looks at one alone and shows it.

use std::fs;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{RecvTimeoutError, channel};
use std::thread::available_parallelism;
use std::time::Duration;

use cpu_time::ProcessTime;
use holdline::cli::check;
use holdline::experiment::{Experiment, Failure, Silent};
use holdline::report;
use holdline::scenario::{Scenario, Staff, Volume};
use rand_xoshiro::Xoshiro256PlusPlus;
use rand_xoshiro::rand_core::{Rng as _, SeedableRng as _};

/// Mutants in continuous integration.
const MUTANTS: u64 = 2_000;

/// The longest that one may take, of the time that all threads of this process have on a quiet machine.
const LONGEST: Duration = Duration::from_secs(20);

/// More cases or agents than this are not played: they take long, and rightly so.
const MOST_PLAYED: f64 = 100_000.0;

/// Of so many mutants that can be played, one is written with its charts and its page.
const WRITTEN: u64 = 25;

/// A text that can be read, and the folder that its paths are relative to.
struct Original {
    folder: PathBuf,
    text: String,
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// All files below a folder, in the order of their names.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder)
        .expect("it can be listed")
        .map(|entry| entry.expect("it can be listed").path())
        .flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] })
        .collect();
    found.sort();
    found
}

fn has_ending(path: &Path, ending: &str) -> bool {
    path.extension().is_some_and(|found| found == ending)
}

/// The scenarios, copied into `scratch` with the files that they read, and the examples of the documentation.
fn originals(scratch: &Path) -> Vec<Original> {
    let mut originals = Vec::new();
    for folder in ["scenarios", "tests/every_key"] {
        for path in files(&root().join(folder)) {
            let copy = scratch.join(path.strip_prefix(root()).expect("it is below the root"));
            let folder = copy.parent().expect("it has a folder").to_owned();
            fs::create_dir_all(&folder).expect("it can be made");
            fs::copy(&path, &copy).expect("it can be copied");
            if has_ending(&path, "toml") {
                let text = fs::read_to_string(&path).expect("it is a text");
                originals.push(Original { folder, text });
            }
        }
    }
    let pages = files(&root().join("docs")).into_iter().chain([root().join("README.md")]);
    for page in pages.filter(|path| has_ending(path, "md")) {
        let text = fs::read_to_string(page).expect("it is a text");
        let blocks = text.split("```toml\n").skip(1).filter_map(|rest| rest.split("```").next());
        originals.extend(blocks.map(|block| Original { folder: scratch.to_owned(), text: block.to_owned() }));
    }
    assert!(originals.len() >= 25, "only {} originals", originals.len());
    originals
}

/// Random choices of one mutant.
struct Dice(Xoshiro256PlusPlus);

impl Dice {
    fn below(&mut self, end: usize) -> usize {
        if end == 0 { 0 } else { (self.0.next_u64() % end as u64) as usize }
    }

    fn of<'t>(&mut self, words: &[&'t str]) -> &'t str {
        words[self.below(words.len())]
    }
}

const NUMBERS: [&str; 24] = [
    "0",
    "1",
    "2",
    "-1",
    "0.5",
    "-0.0",
    "1e-9",
    "1e9",
    "1e308",
    "-1e308",
    "1e-308",
    "nan",
    "inf",
    "-inf",
    "9223372036854775807",
    "-9223372036854775808",
    "4294967296",
    "65536",
    "256",
    "255",
    "1000001",
    "0.999999999999",
    "1.0000000001",
    "99999999999999999999",
];

const TIMES: [&str; 16] = [
    "\"0s\"",
    "\"1us\"",
    "\"1s\"",
    "\"1m\"",
    "\"24h\"",
    "\"7d\"",
    "\"36525d\"",
    "\"99999999d\"",
    "\"-1s\"",
    "\"1\"",
    "\"0.000001s\"",
    "\"none\"",
    "\"always\"",
    "\"24:00\"",
    "\"1h30m\"",
    "\"\"",
];

const VALUES: [&str; 16] = [
    "true",
    "[]",
    "{}",
    "\"\"",
    "[[]]",
    "[1, 2]",
    "2026-03-02",
    "2026-02-30",
    "9999-12-31",
    "12:00:00",
    "\"a\\u001bb\"",
    "{ kind = \"gamma\", mean = \"1m\", cv = 0.001 }",
    "{ kind = \"constant\", value = \"0s\" }",
    "{ kind = \"lognormal\", mean = \"1s\", cv = 100 }",
    "{ mean = \"0s\" }",
    "{ \"08:00\" = 3, \"07:00\" = 1 }",
];

const UNITS: [&str; 8] = ["us", "ms", "s", "m", "h", "d", "w", ""];

/// One change; `None` where it finds nothing to change.
fn change(text: &str, dice: &mut Dice) -> Option<String> {
    let lines: Vec<&str> = text.lines().collect();
    if lines.is_empty() {
        return None;
    }
    let line = dice.below(lines.len());
    let replaced = |line: usize, by: String| {
        let mut lines: Vec<String> = lines.iter().map(|line| (*line).to_owned()).collect();
        lines[line] = by;
        Some(lines.join("\n") + "\n")
    };
    let value_of = |line: usize| lines[line].split_once('=').filter(|(key, _)| !key.contains('#'));
    // Digits that stand together, of any line.
    let numbers = |text: &str| -> Vec<(usize, usize)> {
        let bytes = text.as_bytes();
        let number = |at: usize| bytes[at].is_ascii_digit() || bytes[at] == b'.';
        let starts =
            (0..bytes.len()).filter(|&at| bytes[at].is_ascii_digit() && (at == 0 || !number(at - 1)));
        starts
            .map(|start| (start, (start..bytes.len()).find(|&at| !number(at)).unwrap_or(bytes.len())))
            .collect()
    };
    match dice.below(16) {
        0..=3 => {
            let found = numbers(text);
            let (start, end) = *found.get(dice.below(found.len()))?;
            let by = match dice.below(3) {
                0 => dice.of(&NUMBERS).to_owned(),
                1 => format!("{}0", &text[start..end]),
                _ => dice.below(1000).to_string(),
            };
            Some(format!("{}{by}{}", &text[..start], &text[end..]))
        }
        4..=5 => {
            // A number with its unit.
            let found: Vec<(usize, usize)> = numbers(text)
                .into_iter()
                .filter(|(_, end)| text[*end..].starts_with(|c: char| "usmhdw".contains(c)))
                .collect();
            let (start, end) = *found.get(dice.below(found.len()))?;
            let unit = text[end..].find(|c: char| !c.is_ascii_lowercase()).unwrap_or(0);
            let number = if dice.below(2) == 0 { &text[start..end] } else { dice.of(&NUMBERS) };
            Some(format!("{}{number}{}{}", &text[..start], dice.of(&UNITS), &text[end + unit..]))
        }
        6..=7 => {
            let (key, _) = value_of(line)?;
            let value = match dice.below(3) {
                0 => dice.of(&NUMBERS),
                1 => dice.of(&TIMES),
                _ => dice.of(&VALUES),
            };
            replaced(line, format!("{key}= {value}"))
        }
        8 => {
            let kept = lines.iter().enumerate().filter(|(number, _)| *number != line).map(|(_, line)| *line);
            Some(kept.collect::<Vec<_>>().join("\n") + "\n")
        }
        9 => replaced(line, format!("{0}\n{0}", lines.get(line)?)),
        10 => {
            let other = dice.below(lines.len());
            let mut lines = lines.clone();
            lines.swap(line, other);
            Some(lines.join("\n") + "\n")
        }
        11 => {
            // A value of another line.
            let (key, _) = value_of(line)?;
            let (_, value) = value_of(dice.below(lines.len()))?;
            replaced(line, format!("{key}={value}"))
        }
        12 => {
            let (_, value) = value_of(line)?;
            let (key, _) = value_of(dice.below(lines.len()))?;
            replaced(line, format!("{key}={value}"))
        }
        13 => {
            // A name, everywhere or here alone.
            let names: Vec<&str> = lines
                .iter()
                .filter_map(|line| line.strip_prefix('[')?.strip_suffix(']'))
                .flat_map(|header| header.split('.'))
                .collect();
            let name = *names.get(dice.below(names.len()))?;
            let other = if dice.below(2) == 0 { names[dice.below(names.len())] } else { "x" };
            Some(if dice.below(2) == 0 { text.replace(name, other) } else { text.replacen(name, other, 1) })
        }
        14 => {
            let mut bytes = text.as_bytes().to_vec();
            let at = dice.below(bytes.len());
            *bytes.get_mut(at)? ^= 1 << dice.below(7);
            Some(String::from_utf8_lossy(&bytes).into_owned())
        }
        _ => match dice.below(4) {
            0 => {
                let (key, value) = value_of(line)?;
                let depth = 1 + dice.below(200);
                replaced(line, format!("{key}= {}{value}{}", "[".repeat(depth), "]".repeat(depth)))
            }
            1 => replaced(line, format!("{}.a = 1", ["a"; 100].join("."))),
            2 => {
                let mut at = dice.below(text.len());
                while !text.is_char_boundary(at) {
                    at -= 1;
                }
                Some(text[..at].to_owned())
            }
            _ => replaced(line, format!("{}\u{1b}[31m", lines.get(line)?)),
        },
    }
}

/// The `number`-th mutant: an original with one to four changes.
fn mutant(originals: &[Original], number: u64) -> (PathBuf, String) {
    let mut dice = Dice(Xoshiro256PlusPlus::seed_from_u64(number));
    let original = &originals[dice.below(originals.len())];
    let mut text = original.text.clone();
    for _ in 0..=dice.below(4) {
        text = change(&text, &mut dice).unwrap_or(text);
    }
    (original.folder.join(format!("mutant-{number}.toml")), text)
}

/// Roughly how many cases and agents there are to play: at most that many.
fn size(scenario: &Scenario) -> f64 {
    let hours = (scenario.horizon.length + scenario.horizon.warm_up).hours() + 24.0;
    let cases = scenario.queues.iter().filter_map(|queue| queue.arrivals.as_ref()).map(|arrivals| {
        let events: f64 = arrivals.events.iter().map(|event| event.factor.max(1.0)).product();
        events
            * match &arrivals.volume {
                Volume::Rate { per_hour, weekday } => {
                    let most = per_hour.steps().iter().map(|step| step.1).fold(0.0, f64::max);
                    most * weekday.iter().copied().fold(0.0, f64::max) * hours
                }
                Volume::Series(buckets) => buckets.iter().map(|bucket| bucket.count).sum(),
                Volume::Trace(times) => times.len() as f64,
            }
    });
    let agents = scenario.groups.iter().map(|group| {
        let shifts: u64 = group.shifts.iter().map(|shift| u64::from(shift.most())).sum();
        let staff = match &group.staff {
            Some(Staff::Steps(steps)) => steps.steps().iter().map(|step| step.1).max().unwrap_or(0),
            Some(Staff::Series(rows)) => rows.iter().map(|row| row.1).max().unwrap_or(0),
            None => 0,
        };
        shifts as f64 + f64::from(staff)
    });
    cases.sum::<f64>() + agents.sum::<f64>() + (scenario.horizon.length.seconds() / 86_400.0) * 100.0
}

/// No control characters, and no numbers that are none, but for those in the scenario's own title and names.
fn is_printed_well(text: &str, scenario: &Scenario) {
    assert!(!text.chars().any(|c| c != '\n' && holdline::units::is_unprintable(c)), "it steers: {text:?}");
    let queues = scenario.queues.iter().map(|queue| &queue.name);
    let groups = scenario.groups.iter().map(|group| &group.name);
    let channels = scenario.channels.iter().map(|channel| &channel.name);
    let mut ours = text.replace(scenario.title.as_str(), "");
    for name in
        queues.chain(groups).chain(channels).filter(|name| name.contains("inf") || name.contains("nan"))
    {
        ours = ours.replace(name.as_str(), "");
    }
    let words = || ours.split(|c: char| !c.is_ascii_alphabetic());
    assert!(!words().any(|word| ["NaN", "nan", "inf", "Infinity"].contains(&word)), "no number: {text}");
}

/// Checks one and plays it; gives whether it was played.
fn attack(path: &Path, text: &str, number: u64) -> bool {
    fs::write(path, text).expect("it can be written");
    let one = ["experiment.replications=1".to_owned(), "experiment.precision=none".to_owned()];
    let loaded = Scenario::load(path, &one);
    let _ = fs::remove_file(path);
    let mut loaded = match loaded {
        Ok(loaded) => loaded,
        Err(mistakes) => {
            assert!(mistakes.errors() > 0, "refused without a reason");
            assert!(mistakes.list.iter().all(|one| !one.title.is_empty()));
            let said = mistakes.render(false);
            assert!(said.chars().all(|c| c == '\n' || !holdline::units::is_unprintable(c)), "{said:?}");
            return false;
        }
    };
    {
        let again = Scenario::from_text("again.toml", &loaded.resolved_toml, &[]);
        let again = again.unwrap_or_else(|mistakes| panic!("what was resolved is refused:\n{mistakes}"));
        assert_eq!(again.scenario.queues, loaded.scenario.queues, "what was resolved is the same centre");
    }
    // Points of its sweep and its variants may be wrong, which is said.
    let scenario = &loaded.scenario;
    let all = scenario.sweep.points().expect("it was checked");
    let points = if scenario.sweep.is_empty() { 0 } else { all.len() };
    let ends = [0, points.saturating_sub(1)].into_iter().filter(|point| *point < points);
    let ends = ends.map(|point| all.get(point));
    for settings in ends.chain(scenario.variants.iter().map(|variant| variant.settings.clone())) {
        let lines: Vec<String> = settings.iter().map(|one| one.line().to_owned()).collect();
        if let Err(mistakes) = Scenario::from_text("again.toml", &loaded.resolved_toml, &lines) {
            assert!(mistakes.errors() > 0, "refused without a reason");
        }
    }
    // What is long is played for a day.
    let day = holdline::units::Span::DAY;
    let scenario = &mut loaded.scenario;
    if scenario.horizon.start.is_some() && scenario.horizon.length > day {
        scenario.horizon.length = day;
    }
    is_printed_well(&check::summary(scenario), scenario);
    if size(scenario) > MOST_PLAYED {
        return false;
    }
    let played = Experiment::new(scenario).and_then(|experiment| experiment.run(&Silent));
    match played {
        Ok(outcome) => {
            let results = &outcome.results;
            let tables = format!("{}\n{}", report::sentence(results), report::render(results));
            is_printed_well(&tables, scenario);
            serde_json::from_str::<serde_json::Value>(&report::summary(results)).expect("it is JSON");
            if number.is_multiple_of(WRITTEN) {
                let folder = tempfile::tempdir().expect("a temporary folder");
                report::write(results, &loaded.resolved_toml, folder.path()).expect("it can be written");
            }
            true
        }
        Err(Failure::Unstable(_)) => true,
        Err(failure) => panic!("{failure}"),
    }
}

fn asked(variable: &str) -> Option<u64> {
    std::env::var(variable).ok()?.parse().ok()
}

#[test]
fn no_mutant_panics_or_hangs() {
    let scratch = tempfile::tempdir().expect("a temporary folder");
    let originals = Arc::new(originals(scratch.path()));
    let (first, past) = match asked("HOLDLINE_MUTANT") {
        Some(one) => {
            eprintln!("{}", mutant(&originals, one).1);
            (one, one + 1)
        }
        None => (0, asked("HOLDLINE_MUTANTS").unwrap_or(MUTANTS)),
    };
    let next = Arc::new(AtomicU64::new(first));
    let (sender, results) = channel::<(u64, Option<Result<bool, String>>)>();
    let workers = std::thread::available_parallelism().map_or(1, usize::from).min(8);
    for _ in 0..workers {
        let (next, originals, sender) = (Arc::clone(&next), Arc::clone(&originals), sender.clone());
        std::thread::spawn(move || {
            loop {
                let number = next.fetch_add(1, Ordering::Relaxed);
                if number >= past || sender.send((number, None)).is_err() {
                    return;
                }
                let (path, text) = mutant(&originals, number);
                let result = catch_unwind(AssertUnwindSafe(|| attack(&path, &text, number)));
                let result = result.map_err(|panic| {
                    let text = panic.downcast_ref::<String>().cloned();
                    text.or_else(|| panic.downcast_ref::<&str>().map(|text| (*text).to_owned()))
                        .unwrap_or_default()
                });
                if sender.send((number, Some(result))).is_err() {
                    return;
                }
            }
        });
    }
    drop(sender);
    let longest = LONGEST * available_parallelism().map_or(1, usize::from) as u32;
    let (mut begun, mut played, mut failed) = (Vec::<(u64, ProcessTime)>::new(), 0, Vec::new());
    loop {
        match results.recv_timeout(Duration::from_secs(1)) {
            Ok((number, None)) => begun.push((number, ProcessTime::now())),
            Ok((number, Some(result))) => {
                begun.retain(|(other, _)| *other != number);
                match result {
                    Ok(was_played) => played += u64::from(was_played),
                    Err(panic) => failed.push(format!("mutant {number}: {panic}")),
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => break,
        }
        if let Some((number, _)) = begun.iter().find(|(_, since)| since.elapsed() > longest) {
            failed.push(format!("mutant {number} takes more than {} s of processors", longest.as_secs()));
            break;
        }
    }
    let shown: Vec<&str> = failed.iter().take(20).map(String::as_str).collect();
    assert!(
        failed.is_empty(),
        "{} of {} mutants failed; HOLDLINE_MUTANT=N shows one:\n{}",
        failed.len(),
        past - first,
        shown.join("\n")
    );
    // An attack whose mutants are all refused at the door attacks nothing.
    assert!(past - first < 1000 || played * 10 > past - first, "only {played} were played");
}
