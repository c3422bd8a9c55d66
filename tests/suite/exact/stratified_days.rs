//! Stratified days know more, and say how much: on a published telephone centre whose days differ
//! (scenarios/research/callcc.toml), played 500 times over a hundred days of either kind.

use std::path::Path;

use holdline::experiment::{Experiment, Silent};
use holdline::scenario::{Days, Scenario};
use rayon::prelude::*;

const RUNS: u64 = 500;
const FIGURES: [&str; 2] = ["queues.calls.service_level", "queues.calls.abandonment"];

/// By figure: value and half-width of each run.
fn runs(days: Days, first: u64) -> [Vec<(f64, f64)>; 2] {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/research/callcc.toml");
    let settings = ["experiment.replications=100".to_owned()];
    let scenario = Scenario::load(&path, &settings).expect("it is shipped").scenario;
    let one = |seed: u64| {
        let mut scenario = scenario.clone();
        (scenario.experiment.seed, scenario.experiment.days) = (first + seed, days);
        let experiment = Experiment::new(&scenario).expect("it has no pilot");
        let results = experiment.run(&Silent).expect("it is stable").results;
        FIGURES.map(|figure| {
            let estimate = results.figure(figure).expect("it has calls");
            (estimate.value, estimate.half_width.expect("of a hundred days"))
        })
    };
    let all: Vec<[(f64, f64); 2]> = (0..RUNS).into_par_iter().map(one).collect();
    [0, 1].map(|figure| all.iter().map(|run| run[figure]).collect())
}

fn mean(values: impl Iterator<Item = f64>) -> f64 {
    values.sum::<f64>() / RUNS as f64
}

#[test]
fn stratified_days_take_a_tenth_of_the_days_and_their_intervals_hold() {
    let stratified = runs(Days::Stratified, 1);
    let independent = runs(Days::Independent, 1_000_001);
    // Published from 1,000 independent days: .853 (.844, .862) and .0342 (.0311, .0374).
    for (index, published) in [(0.844, 0.862), (0.0311, 0.0374)].into_iter().enumerate() {
        let (runs, apart) = (&stratified[index], &independent[index]);
        let truth = mean(runs.iter().map(|run| run.0));
        assert!(truth > published.0 && truth < published.1, "{}: {truth}", FIGURES[index]);
        let other = mean(apart.iter().map(|run| run.0));
        let variance = |runs: &[(f64, f64)], middle: f64| {
            mean(runs.iter().map(|run| (run.0 - middle) * (run.0 - middle)))
        };
        let (small, large) = (variance(runs, truth), variance(apart, other));
        // Both are unbiased.
        assert!((truth - other).abs() < 3.5 * ((small + large) / RUNS as f64).sqrt(), "{truth} and {other}");
        // At least 20 and 10 times as little variance; the ratio of the variances of 500 runs has an error of 9 %.
        let least = [20.0, 10.0][index] * (1.0 - 3.5 * 2.0 / (RUNS as f64).sqrt());
        assert!(large / small > least, "{}: {} times", FIGURES[index], large / small);
        let covered = runs.iter().filter(|run| (run.0 - truth).abs() <= run.1).count() as f64 / RUNS as f64;
        let error = (0.95_f64 * 0.05 / RUNS as f64).sqrt();
        assert!((covered - 0.95).abs() < 3.5 * error, "{}: {covered} are covered", FIGURES[index]);
    }
}
