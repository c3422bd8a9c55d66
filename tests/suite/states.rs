//! The time at each number of contacts waiting and of agents busy: it adds up to the figures, to the microsecond.

use holdline::experiment::{Experiment, Measure, Silent, StateClock, States};
use holdline::figures::{Figure, Results};
use holdline::scenario::Scenario;

fn played(file: &str, settings: &[&str]) -> (Results, States) {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    let loaded = Scenario::load(file.as_ref(), &settings).expect("it is valid");
    let experiment = Experiment::new(&loaded.scenario).expect("the pilot is stable");
    let results = experiment.run(&Silent).expect("it is stable").results;
    let (mut seen, model) = (Vec::new(), experiment.model());
    let take = |of_one| {
        seen.push(of_one);
        true
    };
    let clock = || StateClock::new(model);
    let all = 0..results.replications;
    experiment.record_each(all, clock, |_, clock| clock.seen(), take, &Silent).expect("it is stable");
    let states = States::of(&seen, model, results.confidence);
    (results, states)
}

/// The mean of a number over time, and the whole of its shares.
fn of(states: &States, scope: &str, name: &str, measure: Measure) -> (f64, f64) {
    let lines = states.shares.iter();
    let lines = lines.filter(|line| line.scope == scope && line.name == name && line.measure == measure);
    lines.fold((0.0, 0.0), |(mean, whole), line| {
        (mean + f64::from(line.number) * line.share.value, whole + line.share.value)
    })
}

/// All that the shares of a centre add up to.
fn agrees((results, states): &(Results, States)) -> usize {
    let mut compared = 0;
    let mut is = |scope: &str, name: &str, measure, figure: Option<f64>| {
        let (mean, whole) = of(states, scope, name, measure);
        let figure = figure.unwrap_or(0.0);
        assert!(
            (mean - figure).abs() <= 1e-9 * figure.max(1.0),
            "{scope} {name} {measure:?}: {mean}, {figure}"
        );
        assert!(whole == 0.0 || (whole - 1.0).abs() < 1e-9, "{scope} {name} {measure:?}: {whole} in all");
        compared += usize::from(figure > 0.0);
    };
    let queues = results.queues.iter().map(|queue| ("queue", queue));
    let others = results.follow_ups.iter().map(|follow_up| ("follow_up", follow_up));
    for (scope, result) in queues.chain(others).chain([("total", &results.total)]) {
        let figure = |figure| result.figures.value(figure);
        is(scope, &result.name, Measure::Waiting, figure(Figure::QueueLength));
        is(scope, &result.name, Measure::Busy, figure(Figure::Busy));
        if scope != "follow_up" {
            is(scope, &result.name, Measure::ToReturn, figure(Figure::ToReturn));
        }
    }
    let groups = results.groups.iter().map(|group| ("group", group));
    for (scope, result) in groups.chain([("all_groups", &results.all_groups)]) {
        is(scope, &result.name, Measure::Busy, result.figures.value(Figure::Busy));
    }
    // What groups do for queues is all that they do.
    let hours = results.length.hours();
    for group in &results.groups {
        let lines = || states.work.iter().filter(|line| line.group == group.name);
        let (work, parts) = lines()
            .fold((0.0, 0.0), |(work, parts), line| (work + line.hours.value, parts + line.of_group.value));
        let busy = group.figures.value(Figure::Busy).expect("somebody works") * hours;
        assert!((work - busy).abs() < 1e-6 * busy, "{}: {work} hours of {busy}", group.name);
        assert!((parts - 1.0).abs() < 1e-9, "{}: {parts} of its time", group.name);
    }
    compared
}

#[test]
fn the_shares_of_time_add_up_to_the_figures() {
    // Telephone, chat, messages, e-mail, self-service, callbacks, follow-ups, transfers: whatever can wait.
    let days = ["horizon.days=2", "experiment.replications=3"];
    assert!(agrees(&played("scenarios/omnichannel.toml", &days)) > 20);
    assert!(agrees(&played("scenarios/complaints.toml", &["experiment.replications=3"])) > 8);
}

#[test]
fn one_agent_in_two_queues_is_told_to_the_second() {
    let text = r#"
horizon = { start = 2026-03-02, days = 1 }
experiment.replications = 2
[queues.a]
talk = "60s"
wrap_up = "30s"
backlog = 4
channel = "mail"
[queues.b]
talk = "10m"
channel = "mail"
backlog = 3
priority = 2
[channels.mail]
kind = "deferred"
[groups.one]
skills = ["a", "b"]
staff = 1
"#;
    let loaded = Scenario::from_text("one.toml", text, &[]).expect("it is valid");
    let experiment = Experiment::new(&loaded.scenario).expect("no pilot");
    let mut seen = Vec::new();
    let take = |of_one| {
        seen.push(of_one);
        true
    };
    let model = experiment.model();
    let clock = || StateClock::new(model);
    experiment.record_each(0..2, clock, |_, clock| clock.seen(), take, &Silent).expect("it is stable");
    let states = States::of(&seen, model, 0.95);
    // Four letters of 90 seconds, then three of ten minutes.
    let near = |found: f64, right: f64| assert!((found - right).abs() < 1e-12, "{found} for {right}");
    let day = 86_400.0;
    let share = |scope: &str, name: &str, measure, number| {
        let line = states.shares.iter().find(|line| {
            (line.scope, line.name.as_str(), line.measure, line.number) == (scope, name, measure, number)
        });
        line.map_or(0.0, |line| line.share.value)
    };
    for (number, seconds) in [(3, 90.0), (2, 90.0), (1, 90.0), (0, day - 270.0), (4, 0.0)] {
        near(share("queue", "a", Measure::Waiting, number), seconds / day);
    }
    for (number, seconds) in [(3, 360.0), (2, 600.0), (1, 600.0), (0, day - 1560.0)] {
        near(share("queue", "b", Measure::Waiting, number), seconds / day);
    }
    near(share("group", "one", Measure::Busy, 1), 2160.0 / day);
    for (queue, contacts, seconds) in [("a", 4.0, 360.0), ("b", 3.0, 1800.0)] {
        let line = states.work.iter().find(|line| line.queue == queue).expect("it is served");
        near(line.contacts.value, contacts);
        near(line.hours.value, seconds / 3600.0);
        near(line.of_group.value, seconds / 2160.0);
        near(line.of_queue.value, 1.0);
    }
    assert_eq!(states.work.len(), 2);
}
