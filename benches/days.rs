//! How many fewer days the same answer takes when days are stratified instead of drawn each for itself.
//!
//! `cargo bench --bench days -- [RUNS] [DAYS]` plays CallCC (scenarios/research/callcc.toml) RUNS times over DAYS
//! days with days of either kind, each run with a seed of its own, and prints for two figures
//!
//! - the variance of a run's figure with independent days over that with stratified days,
//! - the squared printed half-width likewise: what a user sees,
//! - the share of 95 % intervals that hold the true value (the mean of all stratified runs);
//!
//! then the same for a week of such days, which has seven factors and is drawn in sets; for the difference that
//! three changes make, paired on the same stratified days against independent runs of both; and the effective speed:
//! contacts a second of CPU time, times the variance ratio.

use std::hint::black_box;
use std::path::Path;

use cpu_time::ThreadTime;
use rayon::prelude::*;

use holdline::experiment::{Ask, Comparison, Contender, Experiment, Silent};
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

/// CallCC with these settings.
fn callcc(settings: &[String]) -> Scenario {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/research/callcc.toml");
    Scenario::load(&path, settings).expect("it is valid").scenario
}

/// Prints both kinds of runs side by side and returns the variance ratios.
fn side_by_side(title: &str, independent: &[Run], stratified: &[Run]) -> [f64; 2] {
    println!("{title}, {} runs", stratified.len());
    println!(
        "  {:<30} {:>9} {:>9} {:>11} {:>10} {:>10}",
        "", "value", "variance", "half-width", "covered", "covered"
    );
    println!(
        "  {:<30} {:>9} {:>9} {:>11} {:>10} {:>10}",
        "", "", "ratio", "ratio", "stratified", "independent"
    );
    std::array::from_fn(|index| {
        let values = |runs: &[Run]| runs.iter().map(|run| run[index].0).collect::<Vec<_>>();
        let widths = |runs: &[Run]| mean(runs.iter().map(|run| run[index].1));
        let truth = mean(values(stratified).into_iter());
        let covered = |runs: &[Run]| {
            let inside = runs.iter().filter(|run| (run[index].0 - truth).abs() <= run[index].1).count();
            inside as f64 / runs.len() as f64
        };
        let ratio = variance(values(independent).into_iter()) / variance(values(stratified).into_iter());
        println!(
            "  {:<30} {truth:>9.5} {ratio:>9.1} {:>11.1} {:>10.3} {:>10.3}",
            FIGURES[index],
            (widths(independent) / widths(stratified)) * (widths(independent) / widths(stratified)),
            covered(stratified),
            covered(independent),
        );
        ratio
    })
}

fn report(title: &str, settings: &[String], count: u64) -> [f64; 2] {
    let scenario = callcc(settings);
    let stratified = runs(&scenario, Days::Stratified, count, 1);
    let independent = runs(&scenario, Days::Independent, count, 1_000_001);
    side_by_side(title, &independent, &stratified)
}

/// What a change is found to make: paired on stratified days, and from independent runs of both.
fn report_change(title: &str, days: &str, change: &str, count: u64) {
    let settings = |change: &[&str]| {
        let all = [days].iter().chain(change).map(|setting| (*setting).to_owned()).collect::<Vec<_>>();
        callcc(&all)
    };
    let (before, after) = (settings(&[]), settings(&[change]));
    let paired = |seed: u64| {
        let mut both = [before.clone(), after.clone()];
        both.iter_mut().for_each(|scenario| scenario.experiment.seed = 1 + seed);
        let contenders = [Contender::new("before", &both[0]), Contender::new("after", &both[1])];
        let ask = Ask { figures: FIGURES.map(str::to_owned).to_vec(), ..Ask::default() };
        let compared = Comparison::new(&contenders, 0, &ask).and_then(|comparison| comparison.run(&Silent));
        let compared = compared.expect("it can be played");
        FIGURES.map(|path| {
            let figure =
                compared.figures.iter().find(|figure| figure.path == path).expect("it was asked for");
            let difference = figure.variants[1].difference.expect("both have calls");
            (difference.value, difference.half_width.expect("from several days"))
        })
    };
    let stratified: Vec<Run> = (0..count).into_par_iter().map(paired).collect();
    let one = runs(&before, Days::Independent, count, 1_000_001);
    let other = runs(&after, Days::Independent, count, 2_000_001);
    let apart = |(one, other): (&Run, &Run)| {
        std::array::from_fn(|i| {
            (other[i].0 - one[i].0, (one[i].1 * one[i].1 + other[i].1 * other[i].1).sqrt())
        })
    };
    let independent: Vec<Run> = one.iter().zip(&other).map(apart).collect();
    side_by_side(title, &independent, &stratified);
}

/// Contacts a second of CPU time of one thread, in the whole path from the scenario to the figures.
fn speed() -> f64 {
    let scenario = callcc(&["experiment.replications=2000".to_owned()]);
    let experiment = Experiment::new(&scenario).expect("it compiles");
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread can be had");
    let once = || {
        let start = ThreadTime::now();
        let outcome = black_box(experiment.run(&Silent).expect("it is stable"));
        outcome.contacts as f64 / start.elapsed().as_secs_f64()
    };
    (0..5).map(|_| pool.install(once)).fold(0.0, f64::max)
}

fn main() {
    let numbers: Vec<u64> = std::env::args().skip(1).filter_map(|argument| argument.parse().ok()).collect();
    let (count, days) = (numbers.first().copied().unwrap_or(1000), numbers.get(1).copied().unwrap_or(100));
    let replications = format!("experiment.replications={days}");
    let ratios = report(&format!("{days} days"), std::slice::from_ref(&replications), count);
    report(&format!("{days} weeks"), &[replications.clone(), "horizon.days=7".to_owned()], count / 5);
    let staff = "groups.agents.staff={ \"08:00\" = 5, \"09:00\" = 7, \"10:00\" = 9, \"13:00\" = 8, \"14:00\" = 9, \
                 \"16:00\" = 7, \"18:00\" = 5 }";
    for (title, change) in [
        ("One agent more", staff),
        ("Talk times 1.10", "queues.calls.talk.mean=110s"),
        ("Talk times 1.01", "queues.calls.talk.mean=101s"),
    ] {
        report_change(&format!("{title}, {days} pairs of days"), &replications, change, count / 2);
    }
    let speed = speed() / 1e6;
    println!(
        "{speed:.1} million contacts a second of CPU time, one thread; effective with {days} stratified days:"
    );
    for (figure, ratio) in FIGURES.iter().zip(ratios) {
        println!("  {figure:<30} {:>7.0} million a second", speed * ratio);
    }
}
