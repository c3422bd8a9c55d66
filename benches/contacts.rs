//! What a contact costs: the engine beside hand-written loops, on the same machine in the same run, one
//! thread against one thread.

#![allow(missing_docs)]

mod baseline;

use std::hint::black_box;
use std::time::Instant;

use cpu_time::ThreadTime;
use holdline::experiment::{Experiment, Outcome, Silent};
use holdline::scenario::Scenario;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Contacts a measurement plays after the warm-up: few enough for a round to fit between two neighbours'
/// turns on a busy machine.
const CONTACTS: u64 = 100_000;
const PLAYED: u64 = CONTACTS + baseline::WARM_UP;
const ROUNDS: u64 = 25;

/// M/M/100+M as a planner writes it: 1425 an hour; a million contacts in five replications.
const MM100: &str = r#"
horizon = { length = "140h", interval = "30m" }
experiment = { replications = 5 }
channels.phone.kind = "voice"
[queues.calls]
channel  = "phone"
talk     = { mean = "240s" }
patience = { mean = "120s" }
target   = { share = 0.8, within = "20s" }
arrivals.per_hour = 1425
[groups.team]
skills = ["calls"]
staff  = 100
"#;

/// The W model: three types, three pools, specialists first.
const W_MODEL: &str = r#"
horizon = { length = "185h", interval = "30m" }
experiment = { replications = 5 }
channels.phone.kind = "voice"
[queues.one]
channel = "phone"
talk = { mean = "240s" }
patience = { mean = "180s" }
target   = { share = 0.8, within = "20s" }
arrivals.per_hour = 360
[queues.two]
channel = "phone"
talk = { mean = "300s" }
patience = { mean = "180s" }
target   = { share = 0.8, within = "20s" }
arrivals.per_hour = 540
[queues.three]
channel = "phone"
talk = { mean = "420s" }
patience = { mean = "180s" }
target   = { share = 0.8, within = "20s" }
arrivals.per_hour = 180
[groups.first]
skills.one = { priority = 1 }
staff = 28
[groups.others]
skills.two = { priority = 1 }
skills.three = { priority = 1 }
staff = 45
[groups.all]
skills.one = { priority = 2 }
skills.two = { priority = 2 }
skills.three = { priority = 2 }
staff = 22
[routing]
agents = "skill_priority"
contacts = "first_come_first_served"
"#;

/// The whole path: read, check, compile, play, all default figures with their intervals.
fn outcome(text: &str, settings: &[String]) -> Outcome {
    let loaded = Scenario::from_text("bench.toml", text, settings).expect("a valid scenario");
    let experiment = Experiment::new(&loaded.scenario).expect("no pilot is needed");
    black_box(experiment.run(&Silent).expect("a stable centre"))
}

/// Returns the contacts played, about a million.
fn engine(text: &str, seed: u64) -> u64 {
    outcome(text, &[format!("experiment.seed={seed}")]).contacts
}

fn mm100(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("M/M/100+M");
    group.throughput(Throughput::Elements(PLAYED)).sample_size(10);
    group.bench_function("plain loop", |b| b.iter(|| baseline::plain::run(black_box(7), CONTACTS)));
    group.bench_function("packed loop", |b| b.iter(|| baseline::packed::run(black_box(7), CONTACTS)));
    group.bench_function("holdline", |b| b.iter(|| engine(MM100, black_box(7))));
    group.finish();
}

fn w_model(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("W model");
    group.throughput(Throughput::Elements(PLAYED)).sample_size(10);
    group.bench_function("packed loop", |b| b.iter(|| baseline::w_model::run(black_box(7), CONTACTS)));
    group.bench_function("holdline", |b| b.iter(|| engine(W_MODEL, black_box(7))));
    group.finish();
}

/// Keeps a hand-written loop's result from being optimised away; the contacts that it played.
fn played<T>(result: T) -> u64 {
    black_box(result);
    PLAYED
}

/// Runs something on a thread of its own that is all of holdline's pool: what it computes in parallel
/// else, it computes on that thread alone.
fn on_one_thread<T: Send>(work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be had");
    pool.install(work)
}

/// Nanoseconds of thread CPU time a contact: the best of several rounds that take turns, so that a noisy
/// neighbour slows all alike and the ratios hold. One thread plays all: the loops have no more either.
fn ratios(_: &mut Criterion) {
    on_one_thread(one_threaded_ratios);
}

fn one_threaded_ratios() {
    type Play = fn(u64) -> u64;
    let runs: [(&str, Play); 5] = [
        ("packed loop", |seed| played(baseline::packed::run(seed, CONTACTS))),
        ("plain loop", |seed| played(baseline::plain::run(seed, CONTACTS))),
        ("holdline", |seed| engine(MM100, seed)),
        ("packed W loop", |seed| played(baseline::w_model::run(seed, CONTACTS))),
        ("holdline, W", |seed| engine(W_MODEL, seed)),
    ];
    let mut best = [f64::INFINITY; 5];
    let mut per_round: Vec<[f64; 5]> = Vec::new();
    for seed in 0..ROUNDS {
        let mut round = [0.0; 5];
        for ((_, run), took) in runs.iter().zip(&mut round) {
            let start = ThreadTime::now();
            let contacts = run(seed);
            *took = start.elapsed().as_secs_f64() * 1e9 / contacts as f64;
        }
        best.iter_mut().zip(&round).for_each(|(best, took)| *best = best.min(*took));
        per_round.push(round);
    }
    println!(
        "\nThread CPU time a contact, one thread each: ns (best of {ROUNDS} rounds), ratio of the bests, and median of the\n\
         rounds' ratios, to the packed loop of the same model:"
    );
    for (which, ((name, _), ns)) in runs.iter().zip(&best).enumerate() {
        let loop_of = if which < 3 { 0 } else { 3 };
        let mut ratios: Vec<f64> = per_round.iter().map(|round| round[which] / round[loop_of]).collect();
        ratios.sort_by(f64::total_cmp);
        println!("  {name:<16} {ns:7.1} {:6.2}x {:6.2}x", ns / best[loop_of], ratios[ratios.len() / 2]);
    }
}

/// Throughput, and the peak of memory for a horizon ten times as long at equal reported rows.
fn throughput_and_memory(_: &mut Criterion) {
    for (length, interval) in [("140h", "30m"), ("1400h", "5h")] {
        let settings = [
            "experiment.replications=1".to_string(),
            format!("horizon.length={length}"),
            format!("horizon.interval={interval}"),
        ];
        let start = Instant::now();
        let Outcome { contacts, events, .. } = outcome(MM100, &settings);
        let seconds = start.elapsed().as_secs_f64();
        println!(
            "{length:>6} in rows of {interval}: {:.2} million contacts/s, {:.2} million events/s, peak memory {}",
            contacts as f64 / seconds / 1e6,
            events as f64 / seconds / 1e6,
            peak_memory(),
        );
    }
}

/// The most memory that this process has held, as Linux tells it.
fn peak_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.map_or_else(|| "unknown here".to_string(), |peak| peak.trim().to_string())
}

criterion_group!(benches, throughput_and_memory, ratios, mm100, w_model);
criterion_main!(benches);
