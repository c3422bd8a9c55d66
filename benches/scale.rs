//! How the cost of a contact grows with the centre, and what surrounds the play: `cargo bench --bench scale`.
//!
//! - CPU time a contact of the engine alone, one thread, from 10 to 10,000 agents, and from one queue and one group
//!   to 500 of each (a ring: each group serves three queues) that share 600 agents;
//! - the whole command (`holdline run`, all files and charts, one thread) beside the engine, 100 replications of a day;
//! - peak memory of a play of a day and of a year with as many rows;
//! - two threads beside one;
//! - how long the program takes to start.
//!
//! Each is the best of several rounds. Numbers of a busy machine mean little but for the ratios of CPU times.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use cpu_time::ThreadTime;
use holdline::engine::Player;
use holdline::figures::Fold;
use holdline::model::Model;
use holdline::routing::RulePolicy;
use holdline::scenario::Scenario;

const ROUNDS: u64 = 5;

/// The program itself.
const HOLDLINE: &str = env!("CARGO_BIN_EXE_holdline");

/// One queue and one group of so many agents at 95 % load, for about 200,000 contacts.
fn agents(agents: u32) -> String {
    let per_hour = f64::from(agents) * 15.0 * 0.95;
    let hours = (200_000.0 / per_hour).ceil();
    format!(
        "horizon = {{ length = \"{hours}h\", interval = \"{hours}h\" }}\n[queues.calls]\ntalk = {{ mean = \"4m\" }}\n\
         patience = {{ mean = \"2m\" }}\ntarget = {{ share = 0.8, within = \"20s\" }}\narrivals.per_hour = {per_hour}\n\
         [groups.team]\nskills = [\"calls\"]\nstaff = {agents}\n"
    )
}

/// A ring of queues, each with a group that helps in the next two; as many agents and calls whatever their number.
fn ring(places: u32) -> String {
    let mut text = String::from("horizon = { start = 2026-03-02, days = 1 }\n");
    for i in 0..places {
        text += &format!(
            "[queues.q{i}]\ntalk = {{ mean = \"4m\" }}\npatience = {{ mean = \"2m\" }}\n\
             target = {{ share = 0.8, within = \"20s\" }}\narrivals.per_hour = {}\n[groups.g{i}]\nstaff = {}\n",
            600.0 * 15.0 * 0.9 / f64::from(places),
            (600 / places).max(1)
        );
        for priority in 0..places.min(3) {
            text += &format!("skills.q{}.priority = {}\n", (i + priority) % places, priority + 1);
        }
    }
    text
}

fn model(text: &str) -> Model {
    Model::compile(
        &Scenario::from_text("scale.toml", text, &[]).unwrap_or_else(|wrong| panic!("{wrong}")).scenario,
    )
}

/// Nanoseconds of CPU time a contact of the engine alone.
fn engine(text: &str) -> f64 {
    let model = model(text);
    let mut player: Player<'_, RulePolicy> = Player::new(&model, RulePolicy::new(&model));
    let mut best = f64::INFINITY;
    for replication in 0..ROUNDS {
        player.set_policy(RulePolicy::new(&model));
        let start = ThreadTime::now();
        let contacts = player.play(1, replication).expect("it is stable").contacts;
        best = best.min(start.elapsed().as_secs_f64() * 1e9 / contacts as f64);
    }
    best
}

/// The shortest wall-clock time of a command.
fn shortest(rounds: u64, command: impl Fn() -> Command) -> Duration {
    let once = |_| {
        let start = Instant::now();
        let output = command().output().expect("it can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        start.elapsed()
    };
    (0..rounds).map(once).min().unwrap_or_default()
}

fn run(file: &Path, out: &Path, threads: u32) -> Command {
    let mut command = Command::new(HOLDLINE);
    command.arg("run").arg(file).arg("--out").arg(out).args(["--threads", &threads.to_string()]);
    command
}

/// Plays and folds one replication in a process of its own and prints the most memory that it held.
fn peak(length: &str, interval: &str) {
    let text = agents(100).lines().skip(1).collect::<Vec<_>>().join("\n");
    let model = model(&format!("horizon = {{ length = \"{length}\", interval = \"{interval}\" }}\n{text}"));
    let mut player: Player<'_, RulePolicy> = Player::new(&model, RulePolicy::new(&model));
    let mut fold = Fold::new(&model);
    fold.add(player.play(1, 0).expect("it is stable"), &model);
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:")).map_or("unknown here", str::trim);
    println!("{} contacts, {} rows: {peak}", fold.played().0, model.rows.count);
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    if let [what, length, interval] = arguments.as_slice()
        && what == "peak"
    {
        return peak(length, interval);
    }
    println!("CPU time a contact, engine alone, by agents (ratio to 100):");
    let hundred = engine(&agents(100));
    for count in [10, 100, 1000, 10_000] {
        let ns = engine(&agents(count));
        println!("  {count:>6} agents {ns:>7.1} ns {:>6.2}x", ns / hundred);
    }
    println!(
        "by queues and groups, 600 agents (ratio to one of each); the whole command, 100 days, wall clock, one thread:"
    );
    let folder = std::env::temp_dir().join("holdline-scale");
    std::fs::create_dir_all(&folder).expect("a temporary folder");
    let one = engine(&ring(1));
    for places in [1, 10, 50, 200, 500] {
        let text = ring(places);
        let ns = engine(&text);
        let file: PathBuf = folder.join(format!("ring-{places}.toml"));
        std::fs::write(&file, &text).expect("it can be written");
        let contacts =
            model(&text).queues.len() as f64 / f64::from(places) * 600.0 * 15.0 * 0.9 * 24.0 * 100.0;
        let whole = shortest(1, || run(&file, &folder.join("out"), 1)).as_secs_f64() * 1e9 / contacts;
        println!(
            "  {places:>6} of each {ns:>7.1} ns {:>6.2}x   whole {whole:>7.1} ns, {:.2}x the engine",
            ns / one,
            whole / ns
        );
    }
    println!("peak memory, 24 rows:");
    for (length, interval) in [("24h", "1h"), ("8736h", "364h")] {
        let me = std::env::current_exe().expect("a program knows where it is");
        let output = Command::new(me).args(["peak", length, interval]).output().expect("it can be started");
        println!("  {length:>6}: {}", String::from_utf8_lossy(&output.stdout).trim());
    }
    let retail = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/retail.toml");
    let time = |threads: u32| shortest(3, || run(&retail, &folder.join("retail"), threads)).as_secs_f64();
    let (alone, both) = (time(1), time(2));
    println!("retail.toml, wall clock: one thread {alone:.2} s, two {both:.2} s, {:.2}x", alone / both);
    let start = |arguments: &[&str]| {
        shortest(20, || {
            let mut command = Command::new(HOLDLINE);
            command.args(arguments).current_dir(env!("CARGO_MANIFEST_DIR"));
            command
        })
    };
    for arguments in [&["--help"][..], &["check", "scenarios/retail.toml"]] {
        println!("holdline {}: {:.1} ms", arguments.join(" "), start(arguments).as_secs_f64() * 1e3);
    }
}
