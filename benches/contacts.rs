//! What a contact costs: the engine beside hand-written loops, on the same machine in the same run.

#![allow(missing_docs)]

mod baseline;

use std::hint::black_box;
use std::time::Instant;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};

/// Contacts a measurement plays after the warm-up: few enough for a round to fit between two neighbours'
/// turns on a busy machine.
const CONTACTS: u64 = 100_000;
const PLAYED: u64 = CONTACTS + baseline::WARM_UP;
const ROUNDS: u64 = 60;

fn mm100(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("M/M/100+M");
    group.throughput(Throughput::Elements(PLAYED)).sample_size(10);
    group.bench_function("plain loop", |b| b.iter(|| baseline::plain::run(black_box(7), CONTACTS)));
    group.bench_function("packed loop", |b| b.iter(|| baseline::packed::run(black_box(7), CONTACTS)));
    // The engine's own run, through the full scenario path, belongs here.
    group.finish();
}

fn w_model(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("W model");
    group.throughput(Throughput::Elements(PLAYED)).sample_size(10);
    group.bench_function("packed loop", |b| b.iter(|| baseline::w_model::run(black_box(7), CONTACTS)));
    // The engine's own run belongs here.
    group.finish();
}

/// Nanoseconds a contact: the best of several rounds that take turns, so that a noisy neighbour slows all
/// alike and the ratios hold.
fn ratios(_: &mut Criterion) {
    type Play = fn(u64);
    let runs: [(&str, Play); 3] = [
        ("packed loop", |seed| drop(black_box(baseline::packed::run(seed, CONTACTS)))),
        ("plain loop", |seed| drop(black_box(baseline::plain::run(seed, CONTACTS)))),
        // The engine on M/M/100+M belongs here.
        ("packed W loop", |seed| drop(black_box(baseline::w_model::run(seed, CONTACTS)))),
        // The engine on the W model belongs here.
    ];
    let mut best = [f64::INFINITY; 3];
    for seed in 0..ROUNDS {
        for ((_, run), best) in runs.iter().zip(&mut best) {
            let start = Instant::now();
            run(seed);
            *best = best.min(start.elapsed().as_secs_f64() * 1e9 / PLAYED as f64);
        }
    }
    println!("\nns a contact (best of {ROUNDS} rounds) and ratio to the packed loop:");
    for ((name, _), ns) in runs.iter().zip(&best) {
        println!("  {name:<16} {ns:7.1} {:6.2}x", ns / best[0]);
    }
}

criterion_group!(benches, ratios, mm100, w_model);
criterion_main!(benches);
