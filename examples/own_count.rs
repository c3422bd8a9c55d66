//! Counting something of one's own: in how many of the intervals with callers did more than one in ten abandon?
//! Run it with `cargo run --release --example own_count`.

use holdline::estimate::Terms;
use holdline::experiment::{Experiment, OwnRatio, Silent};
use holdline::figures::Estimate;
use holdline::model::Model;
use holdline::observations::{Count, Observations};
use holdline::routing::RulePolicy;
use holdline::scenario::Scenario;

/// What one replication adds: intervals in which many abandoned, and all with callers.
fn bad_intervals(seen: &Observations, model: &Model) -> Terms {
    let rows = seen.queues.iter().flat_map(|queue| &queue.rows[..model.rows.count]);
    let called = rows.filter(|row| row[Count::Entered] > 0);
    let bad = called.clone().filter(|row| row[Count::Abandoned] * 10 > row[Count::Entered]);
    Terms { over: bad.count() as f64, under: called.count() as f64 }
}

fn main() {
    let loaded = Scenario::load("scenarios/first.toml".as_ref(), &[]).expect("the scenario is sound");
    let experiment = Experiment::new(&loaded.scenario).expect("its queues do not grow without end");
    let policy = || RulePolicy::new(experiment.model());
    let played = experiment.run_collecting(policy, &OwnRatio(bad_intervals), &Silent);
    let (outcome, terms) = played.expect("nothing stops it");
    let sampling = experiment.model().sampling;
    let share = Estimate::of_terms(&terms, sampling, outcome.results.confidence).expect("there were callers");
    let half_width = share.half_width.expect("several replications give an interval");
    println!("bad intervals: {:.1} % ± {:.1}", 100.0 * share.value, 100.0 * half_width);
}
