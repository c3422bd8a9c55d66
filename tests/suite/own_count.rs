//! Something of one's own, counted in a run, beside the figures.

use holdline::estimate::Terms;
use holdline::experiment::{Collector, Experiment, OwnRatio, Silent};
use holdline::figures::{Estimate, Figure};
use holdline::model::Model;
use holdline::observations::{Count, Observations};
use holdline::routing::RulePolicy;

use crate::plays;

const CENTRE: &str = r#"
[experiment]
replications = 30

[horizon]
length = "2h"

[queues.calls]
talk = "3m"
patience = "2m"
arrivals = { per_hour = 60 }

[groups.team]
skills = ["calls"]
staff = 3
"#;

/// Abandonment, counted once more.
fn abandonment(seen: &Observations, model: &Model) -> Terms {
    let mut sums = Terms::default();
    for row in &seen.queues[0].rows[..model.rows.count] {
        sums.over += row[Count::Abandoned] as f64;
        sums.under += (row[Count::Abandoned] + row[Count::Answered]) as f64;
    }
    sums
}

/// How many replications there were, in the order in which they were merged.
struct Order;

impl Collector for Order {
    type Fruit = Vec<u64>;

    fn start(&self, _model: &Model) -> Vec<u64> {
        Vec::new()
    }

    fn add(&self, contacts: &mut Vec<u64>, seen: &Observations, _model: &Model) {
        contacts.push(seen.contacts);
    }

    fn merge(&self, contacts: &mut Vec<u64>, later: Vec<u64>) {
        contacts.extend(later);
    }
}

#[test]
fn what_is_counted_by_hand_is_what_the_figure_says() {
    let loaded = plays::load(CENTRE);
    let experiment = Experiment::new(&loaded.scenario).expect("it is stable");
    let policy = || RulePolicy::new(experiment.model());
    let (outcome, terms) =
        experiment.run_collecting(policy, &OwnRatio(abandonment), &Silent).expect("it is played");
    let sampling = experiment.model().sampling;
    let own = Estimate::of_terms(&terms, sampling, outcome.results.confidence).expect("there were calls");
    let figure = outcome.results.total.figures.get(Figure::Abandonment).expect("there were calls");
    assert_eq!(terms.len(), 30);
    assert!((own.value - figure.value).abs() < 1e-12, "{own:?} {figure:?}");
    let half_widths = own.half_width.zip(figure.half_width).expect("30 replications have an interval");
    assert!((half_widths.0 / half_widths.1 - 1.0).abs() < 1e-9, "{half_widths:?}");
}

#[test]
fn parts_are_merged_in_the_order_of_replications() {
    let loaded = plays::load(CENTRE);
    let experiment = Experiment::new(&loaded.scenario).expect("it is stable");
    let collect = |threads: usize| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be had");
        let policy = || RulePolicy::new(experiment.model());
        pool.install(|| experiment.run_collecting(policy, &Order, &Silent).expect("it is played").1)
    };
    assert_eq!(collect(1), collect(3));
}
