//! Figures that say the same in several ways agree, in random centres of every channel.

use holdline::experiment::{Experiment, Silent};
use holdline::figures::{Figure, Figures, Results, ScopeResult, Unit};
use holdline::scenario::Scenario;
use holdline::vocabulary::Backlog;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::{centres, channel_centres};

fn value(figures: &Figures, figure: Figure) -> f64 {
    figures.value(figure).unwrap_or(0.0)
}

fn close(a: f64, b: f64) -> bool {
    (a - b).abs() <= 1e-9 * a.abs().max(b.abs()).max(1.0)
}

/// What holds for each scope by itself.
fn scope_agrees(scope: &ScopeResult, endless: bool) {
    let (name, of) = (&scope.name, |figure| value(&scope.figures, figure));
    for (figure, estimate) in &scope.figures.0 {
        let value = estimate.value;
        assert!(value.is_finite() && value >= 0.0, "{name}: {figure:?} is {value}");
        assert!(estimate.half_width.is_none_or(|half| half.is_finite() && half >= 0.0));
        // Callbacks are accepted before the reported time and done within it.
        let across = matches!(figure, Figure::CallbacksDone | Figure::CallbacksUnreached);
        let share = figure.unit() == Unit::Share && !across;
        assert!(!share || value <= 1.0 + 1e-9, "{name}: {figure:?} is {value}");
    }
    if of(Figure::Cases) > 0.0 {
        let ends = [
            Figure::CasesSolvedFirst,
            Figure::CasesSolvedLater,
            Figure::CasesContained,
            Figure::CasesLost,
            Figure::CasesOpen,
        ];
        let sum: f64 = ends.into_iter().map(of).sum();
        assert!(close(sum, 1.0), "{name}: cases end in {sum}");
        assert!(of(Figure::TrueContainment) <= of(Figure::Containment) + 1e-9, "{name}");
    }
    if !endless {
        let ended =
            of(Figure::Answered) + of(Figure::Abandoned) + of(Figure::ClosedOut) + of(Figure::StillWaiting);
        assert!(close(of(Figure::Offered), ended), "{name}: {} offered, {ended} ended", of(Figure::Offered));
    }
    // A half of the responses takes no longer than most.
    assert!(of(Figure::ResponseP50) <= of(Figure::ResponseP95), "{name}");
    let by_rows: f64 = scope.rows.iter().map(|row| value(&row.figures, Figure::Offered)).sum();
    assert!(scope.rows.is_empty() || close(by_rows, of(Figure::Offered)), "{name}: rows offer {by_rows}");
    if let Some(backlog) = &scope.backlog {
        assert_eq!(backlog.rows.len(), scope.rows.len(), "{name}");
        for (row, by_age) in scope.rows.iter().zip(&backlog.rows) {
            let sum: f64 = by_age.iter().map(|open| open.value).sum();
            assert!(close(sum, value(&row.figures, Figure::Backlog)), "{name} at {}", row.label);
        }
    }
}

fn results_agree(results: &Results, scenario: &Scenario) {
    let is_endless = |scope: &ScopeResult| {
        let written = scenario.queues.iter().find(|queue| queue.name == scope.name);
        written.is_some_and(|queue| queue.backlog == Some(Backlog::Unlimited))
    };
    results.queues.iter().for_each(|queue| scope_agrees(queue, is_endless(queue)));
    results.channels.iter().chain([&results.total]).for_each(|scope| scope_agrees(scope, false));
    for follow_up in &results.follow_ups {
        let over = |figure: &Figure| value(&follow_up.figures, *figure) > 1.0 + 1e-9;
        let shares = [Figure::FollowUpsOnTime, Figure::FollowUpsSolved, Figure::FollowUpsNeedless];
        assert_eq!(shares.iter().find(|figure| over(figure)), None, "{}", follow_up.name);
    }
    // Sums pool all queues but those of endless work, and no follow-ups.
    for figure in [
        Figure::Offered,
        Figure::Answered,
        Figure::Cases,
        Figure::Sessions,
        Figure::Callbacks,
        Figure::Parked,
        Figure::Chased,
        Figure::Backlog,
    ] {
        let total = value(&results.total.figures, figure);
        let sum = |scopes: &mut dyn Iterator<Item = &ScopeResult>| -> f64 {
            scopes.map(|scope| value(&scope.figures, figure)).sum()
        };
        let queues = sum(&mut results.queues.iter().filter(|queue| !is_endless(queue)));
        assert!(close(queues, total), "{figure:?}: queues {queues}, total {total}");
        let channels = sum(&mut results.channels.iter());
        assert!(close(channels, total), "{figure:?}: channels {channels}, total {total}");
    }
    for group in results.groups.iter().chain([&results.all_groups]) {
        let open = [Figure::OneOpen, Figure::TwoOpen, Figure::ThreeOpen];
        let sum: f64 = open.into_iter().map(|figure| value(&group.figures, figure)).sum();
        assert!(sum <= 1.0 + 1e-9, "{}: {sum} of its work", group.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        cases: 150,
        rng_seed: RngSeed::Fixed(2027),
        failure_persistence: None,
        ..ProptestConfig::default()
    })]

    #[test]
    fn figures_agree_in_any_centre(tables in channel_centres::centres(), seed in any::<u32>()) {
        let text = centres::text(&tables);
        // Some combinations are refused, such as escalations that never end.
        let loaded = Scenario::from_text("any.toml", &text, &[]);
        prop_assume!(loaded.is_ok());
        let mut loaded = loaded.expect("it is a scenario");
        loaded.scenario.experiment.replications = 2;
        loaded.scenario.experiment.seed = u64::from(seed);
        let experiment = Experiment::new(&loaded.scenario).expect("a small centre is stable");
        let outcome = experiment.run(&Silent).expect("a small centre is stable");
        results_agree(&outcome.results, &loaded.scenario);
    }
}
