//! Intervals cover as often as they say.
//!
//! A thousand short studies of an Erlang A centre, each of 20 replications of 8 hours. What they estimate
//! is the steady state itself: the warm-up is fifteen service times, after which the distribution of the number
//! present differs from the steady one by less than one in a million, and the end is drained, so that
//! every ratio of expectations is the steady one.

use holdline::experiment::{Ask, Comparison, Contender, Experiment, Silent};
use holdline::formulas::ErlangA;
use holdline::scenario::Scenario;

const SEEDS: u64 = 1000;

#[test]
fn of_a_thousand_intervals_of_95_percent_about_950_cover() {
    let exact = ErlangA {
        arrivals_per_second: 150.0 / 3600.0,
        mean_service: 240.0,
        mean_patience: 120.0,
        agents: 10.0,
    }
    .solve();
    let figures = [
        ("total.service_level", exact.answered_within(20.0)),
        ("total.wait", exact.mean_wait()),
        ("total.wait_answered", exact.mean_wait_answered()),
        ("total.abandonment", exact.abandonment()),
        ("total.delayed", exact.delayed()),
        ("total.aht", 240.0),
        ("total.occupancy", exact.occupancy()),
        ("total.wait_p90", exact.quantile_all(0.9)),
    ];
    let loaded = Scenario::from_text(
        "coverage.toml",
        r#"
horizon = { length = "8h", warm_up = "1h", interval = "8h", at_end = "drain" }
experiment = { replications = 20 }
[queues.calls]
talk = { mean = "4m" }
patience = { mean = "2m" }
target = { share = 0.8, within = "20s" }
arrivals.per_hour = 150
[groups.team]
skills = ["calls"]
staff = 10
"#,
        &[],
    );
    let mut scenario = loaded.expect("a valid scenario").scenario;
    let mut covered = [0_u32; 8];
    for seed in 1..=SEEDS {
        scenario.experiment.seed = seed;
        let experiment = Experiment::new(&scenario).expect("the pilot is stable");
        let results = experiment.run(&Silent).expect("the centre is stable").results;
        for (count, (path, exact)) in covered.iter_mut().zip(&figures) {
            let estimate = results.figure(path).expect("observations");
            let half_width = estimate.half_width.expect("twenty replications");
            *count += u32::from((estimate.value - exact).abs() <= half_width);
        }
    }
    let shares =
        figures.iter().zip(covered).map(|((path, _), count)| (path, f64::from(count) / SEEDS as f64));
    let off: Vec<_> = shares
        .inspect(|(path, share)| println!("{path}: {share}"))
        .filter(|(_, share)| !(0.93..=0.97).contains(share))
        .collect();
    assert!(off.is_empty(), "covered too seldom or too often: {off:?}");
}

/// One agent more, five hundred times: the difference of two percentiles of the wait.
#[test]
fn of_five_hundred_differences_of_percentiles_about_475_are_covered() {
    let exact = |agents: f64| {
        ErlangA { arrivals_per_second: 150.0 / 3600.0, mean_service: 240.0, mean_patience: 120.0, agents }
            .solve()
    };
    let difference = |p: f64| exact(11.0).quantile_all(p) - exact(10.0).quantile_all(p);
    let paths = ["total.wait_p80", "total.wait_p95"];
    let differences = [difference(0.8), difference(0.95)];
    let text = |agents: u32| {
        format!(
            r#"
horizon = {{ length = "8h", warm_up = "1h", interval = "8h", at_end = "drain" }}
experiment = {{ replications = 20 }}
[queues.calls]
talk = {{ mean = "4m" }}
patience = {{ mean = "2m" }}
arrivals.per_hour = 150
[groups.team]
skills = ["calls"]
staff = {agents}
"#
        )
    };
    let load = |agents: u32| {
        let loaded = Scenario::from_text("coverage.toml", &text(agents), &[]);
        loaded.unwrap_or_else(|wrong| panic!("{wrong}")).scenario
    };
    let (mut fewer, mut more) = (load(10), load(11));
    let mut covered = [0_u32; 2];
    for seed in 1..=500 {
        (fewer.experiment.seed, more.experiment.seed) = (seed, seed);
        let contenders = [Contender::new("fewer", &fewer), Contender::new("more", &more)];
        let ask = Ask { figures: paths.map(str::to_owned).to_vec(), ..Ask::default() };
        let compared = Comparison::new(&contenders, 0, &ask).expect("both have them").run(&Silent);
        let compared = compared.expect("both are stable");
        for (count, (figure, exact)) in covered.iter_mut().zip(compared.figures.iter().zip(differences)) {
            let found = figure.variants[1].difference.expect("observations");
            let half_width = found.half_width.expect("twenty replications");
            *count += u32::from((found.value - exact).abs() <= half_width);
            let independent = figure.variants[1].independent_half_width.expect("twenty replications");
            assert!(half_width < 0.8 * independent, "{}: it pays to pair", figure.path);
        }
    }
    println!("{covered:?} of 500");
    // Three standard deviations of 500 draws at 95 % are 15; bins make intervals a little wider.
    assert!(covered.iter().all(|count| (460..=495).contains(count)), "{covered:?}");
}
