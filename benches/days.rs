//! How many fewer days the same answer takes when days are stratified instead of drawn each for itself.
//!
//! `cargo bench --bench days -- [RUNS] [DAYS]` plays CallCC (scenarios/research/callcc.toml) RUNS times over DAYS
//! days with days of either kind, each run with a seed of its own, and prints for two figures
//!
//! - the variance of a run's figure with independent days over that with stratified days,
//! - the squared printed half-width likewise: what a user sees,
//! - the share of 95 % intervals that hold the true value (the mean of all stratified runs),
//!
//! and the same for a week of such days, which has seven factors and is drawn in sets.

use std::path::Path;

use rayon::prelude::*;

use holdline::experiment::{Experiment, Silent};
use holdline::scenario::{Days, Scenario};

const FIGURES: [&str; 2] = ["queues.calls.service_level", "queues.calls.abandonment"];

/// A run's figures with their half-widths.
type Run = [(f64, f64); 2];

fn runs(scenario: &Scenario, days: Days, runs: u64, first: u64) -> Vec<Run> {
    let one = |seed: u64| {
        let mut scenario = scenario.clone();
        (scenario.experiment.seed, scenario.experiment.days) = (first + seed, days);
        let outcome = Experiment::new(&scenario).and_then(|experiment| experiment.run(&Silent));
        let outcome = outcome.expect("it can be played");
        FIGURES.map(|figure| {
            let estimate = outcome.results.figure(figure).expect("it has calls");
            (estimate.value, estimate.half_width.expect("from several days"))
        })
    };
    (0..runs).into_par_iter().map(one).collect()
}

fn mean(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let count = values.clone().count() as f64;
    values.sum::<f64>() / count
}

fn variance(values: impl Iterator<Item = f64> + Clone) -> f64 {
    let middle = mean(values.clone());
    mean(values.map(move |value| (value - middle) * (value - middle)))
}

fn report(title: &str, settings: &[String], count: u64) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/research/callcc.toml");
    let scenario = Scenario::load(&path, settings).expect("it is valid").scenario;
    let stratified = runs(&scenario, Days::Stratified, count, 1);
    let independent = runs(&scenario, Days::Independent, count, 1_000_001);
    println!("{title}, {count} runs");
    println!(
        "  {:<30} {:>9} {:>9} {:>11} {:>10} {:>10}",
        "", "value", "variance", "half-width", "covered", "covered"
    );
    println!(
        "  {:<30} {:>9} {:>9} {:>11} {:>10} {:>10}",
        "", "", "ratio", "ratio", "stratified", "independent"
    );
    for (index, figure) in FIGURES.iter().enumerate() {
        let values = |runs: &[Run]| runs.iter().map(|run| run[index].0).collect::<Vec<_>>();
        let widths = |runs: &[Run]| mean(runs.iter().map(|run| run[index].1));
        let truth = mean(values(&stratified).into_iter());
        let covered = |runs: &[Run]| {
            let inside = runs.iter().filter(|run| (run[index].0 - truth).abs() <= run[index].1).count();
            inside as f64 / runs.len() as f64
        };
        let ratio = variance(values(&independent).into_iter()) / variance(values(&stratified).into_iter());
        println!(
            "  {figure:<30} {truth:>9.5} {ratio:>9.1} {:>11.1} {:>10.3} {:>10.3}",
            (widths(&independent) / widths(&stratified)) * (widths(&independent) / widths(&stratified)),
            covered(&stratified),
            covered(&independent),
        );
    }
}

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let (count, days) = (numbers.first().copied().unwrap_or(1000), numbers.get(1).copied().unwrap_or(100));
    let replications = format!("experiment.replications={days}");
    report(&format!("{days} days"), std::slice::from_ref(&replications), count);
    report(&format!("{days} weeks"), &[replications, "horizon.days=7".to_owned()], count / 5);
}
