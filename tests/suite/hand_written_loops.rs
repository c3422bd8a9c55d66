//! The hand-written loops that the engine's speed is measured against play the model they claim to.

use holdline::formulas::ErlangA;

#[path = "../../benches/baseline/mod.rs"]
mod baseline;

use baseline::{AGENTS, ARRIVALS_PER_SECOND, MEAN_PATIENCE, MEAN_SERVICE, Tally};

const RUNS: u64 = 30;
const CONTACTS: u64 = 50_000;

/// The mean over independent runs lies within 4 standard errors of the exact value, and these are small
/// enough for that to say something.
#[track_caller]
fn agrees(name: &str, tallies: &[Tally], figure: impl Fn(&Tally) -> f64, exact: f64) {
    let n = tallies.len() as f64;
    let values: Vec<f64> = tallies.iter().map(figure).collect();
    let mean = values.iter().sum::<f64>() / n;
    let variance = values.iter().map(|v| (v - mean) * (v - mean)).sum::<f64>() / (n - 1.0);
    let error = (variance / n).sqrt();
    assert!(error < 0.03 * exact, "{name}: {mean} with a standard error of {error}");
    assert!((mean - exact).abs() < 4.0 * error, "{name}: {mean} +- {error}, exactly {exact}");
}

fn agrees_with_erlang_a(tallies: &[Tally]) {
    let exact = ErlangA {
        arrivals_per_second: ARRIVALS_PER_SECOND,
        mean_service: MEAN_SERVICE,
        mean_patience: MEAN_PATIENCE,
        agents: f64::from(AGENTS),
    }
    .solve();
    let of_all = |part: u64, tally: &Tally| part as f64 / tally.contacts() as f64;
    agrees("delayed", tallies, |t| of_all(t.delayed, t), exact.delayed());
    agrees("abandonment", tallies, |t| of_all(t.abandoned, t), exact.abandonment());
    agrees("service level", tallies, |t| of_all(t.answered_in_time, t), exact.answered_within(20.0));
    let seconds = |micros: u64, count: u64| micros as f64 / 1e6 / count as f64;
    agrees("ASA", tallies, |t| seconds(t.wait_answered, t.answered), exact.mean_wait_answered());
    agrees(
        "patience spent",
        tallies,
        |t| seconds(t.wait_abandoned, t.abandoned),
        exact.mean_wait_abandoned(),
    );
    agrees("queue", tallies, |t| t.queue_time as f64 / t.elapsed as f64, exact.queue());
    agrees("busy", tallies, |t| t.busy_time as f64 / t.elapsed as f64, exact.busy());
    // The histogram, read where a bucket begins.
    let edge = (1..baseline::BUCKETS).find(|&b| b > baseline::bucket(20_000_000)).expect("20 s has a bucket");
    let begins =
        (1..100_000_000_u64).step_by(1000).find(|&t| baseline::bucket(t) >= edge).expect("it begins");
    let below = |t: &Tally| of_all(t.histogram[..edge].iter().sum(), t);
    agrees("histogram", tallies, below, exact.answered_within(begins as f64 / 1e6));
}

#[test]
fn the_packed_loop_is_erlang_a() {
    let tallies: Vec<Tally> = (0..RUNS).map(|seed| baseline::packed::run(seed, CONTACTS)).collect();
    agrees_with_erlang_a(&tallies);
}

#[test]
fn the_plain_loop_is_erlang_a() {
    let tallies: Vec<Tally> = (0..RUNS).map(|seed| baseline::plain::run(100 + seed, CONTACTS)).collect();
    agrees_with_erlang_a(&tallies);
}

#[test]
fn the_w_loop_balances_its_rates() {
    for seed in 0..3 {
        let tallies = baseline::w_model::run(seed, 200_000);
        for (kind, tally) in tallies.iter().enumerate() {
            // Those answered keep agents busy for a mean service each, and the waiting give up at one a mean
            // patience; both within the noise of as many events.
            let busy = tally.busy_time as f64 / 1e6;
            let work = tally.answered as f64 * baseline::w_model::MEAN_SERVICE[kind];
            assert!((busy / work - 1.0).abs() < 0.02, "{kind}: {busy} {work}");
            let given_up = tally.queue_time as f64 / 1e6 / baseline::w_model::MEAN_PATIENCE;
            let abandoned = tally.abandoned as f64;
            assert!((given_up - abandoned).abs() < 4.0 * abandoned.sqrt(), "{kind}: {given_up} {abandoned}");
            assert!(abandoned > 300.0, "{kind}: too few ({abandoned}) to tell");
        }
    }
}
