//! Comparisons on the same customers: what they are made from, and what they come to.

use std::collections::BTreeSet;

use holdline::experiment::{
    Ask, Budget, Compared, Comparison, Contender, Contest, Experiment, Failure, Silent, Verdict, Watch,
};
use holdline::figures::{Figure, Figures, Results};
use holdline::scenario::{Loaded, Scenario};

use crate::plays;

/// All channels, callbacks, follow-ups and self-service, over two days.
const CENTRE: &str = r#"
title = "Two days"
horizon = { start = 2026-03-02, days = 2, interval = "1h" }
experiment = { replications = 9, seed = 5 }
channels.phone = { lines = 30 }
channels.chat = { kind = "chat", concurrency = 3 }
channels.mail = { kind = "deferred", interruptible = true }

[queues.billing]
channel  = "phone"
open     = "mon-fri 08:00-20:00"
talk     = { mean = "5m" }
wrap_up  = { mean = "40s" }
patience = { mean = "3m" }
target   = { share = 0.8, within = "20s" }
targets.abandonment = { max = 0.05 }
targets.resolve = { share = 0.8, within = "5h" }
retry.after_abandon = { probability = 0.4, delay = { mean = "12m" }, limit = 4 }
retry.after_busy = { probability = 0.7, delay = "2m" }
resolution = { probability = 0.78, repeat_contact = { probability = 0.6, delay = { mean = "5h" } } }
transfers.technical = { probability = 0.12 }
self_service = { time = { mean = "1m" }, containment = 0.2, hang_up = 0.05 }
callback = { offer_when = { queue_length = 3 }, accept = 0.5, start_when = { idle_agents = 1 }, reached = 0.8, retries = 1 }
arrivals.per_hour = 70

[queues.technical]
channel  = "phone"
talk     = { mean = "6m" }
patience = { mean = "4m" }
arrivals.per_hour = 10

[queues.live]
channel  = "chat"
talk     = { mean = "6m" }
patience = { mean = "3m" }
arrivals.per_hour = 15

[queues.letters]
channel = "mail"
talk    = { mean = "8m" }
backlog = 10
target  = { share = 0.9, within = "4h" }
arrivals.per_hour = 4

[follow_ups.courtesy]
trigger = "transfer"
owner   = "first_agent"
channel = "phone"
talk    = { mean = "3m" }
after   = { mean = "2h" }
due     = "8h"

[groups.team]
skills = ["billing", "live", "letters"]
cost.per_hour = 18
shrinkage = { absence = 0.05 }
shifts.day = { agents = 13, start = "08:00", length = "12h", breaks.lunch = { between = "12:00-14:00", length = "30m" } }

[groups.experts]
skills = ["technical", "billing"]
staff  = 2
"#;

fn compare(all: &[(&str, &Loaded)], ask: &Ask) -> Result<Compared, Failure> {
    let contenders: Vec<Contender<'_>> =
        all.iter().map(|(name, loaded)| Contender::new(name, &loaded.scenario)).collect();
    Comparison::new(&contenders, 0, ask)?.run(&Silent)
}

fn figures(paths: &[&str]) -> Ask {
    Ask { figures: paths.iter().map(|path| (*path).to_owned()).collect(), ..Ask::default() }
}

fn changed(settings: &[&str]) -> Loaded {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    Scenario::from_text("test.toml", CENTRE, &settings).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// The dotted names of all that a run's results have.
fn all_paths(results: &Results) -> Vec<String> {
    let mut paths = Vec::new();
    let mut add = |scope: &str, figures: &Figures| {
        paths.extend(figures.0.iter().map(|(figure, _)| format!("{scope}.{}", figure.name())));
    };
    for (kind, scopes) in
        [("queues", &results.queues), ("channels", &results.channels), ("follow_ups", &results.follow_ups)]
    {
        scopes.iter().for_each(|scope| add(&format!("{kind}.{}", scope.name), &scope.figures));
    }
    results.groups.iter().for_each(|group| add(&format!("groups.{}", group.name), &group.figures));
    add("total", &results.total.figures);
    let of_total: BTreeSet<Figure> = results.total.figures.0.iter().map(|(figure, _)| *figure).collect();
    let mut rest = results.all_groups.figures.clone();
    rest.0.retain(|(figure, _)| !of_total.contains(figure));
    add("total", &rest);
    paths
}

/// Every figure of a run is what its single replications come to, but for those that are no ratio of
/// two sums, and these are refused.
#[test]
fn values_and_half_widths_are_those_of_a_run() {
    let loaded = plays::load(CENTRE);
    let results =
        Experiment::new(&loaded.scenario).expect("it compiles").run(&Silent).expect("it is stable").results;
    let (mut same, mut refused) = (0, BTreeSet::new());
    for path in all_paths(&results) {
        let run = results.figure(&path).expect("it is among them");
        let compared = match compare(&[("it", &loaded)], &figures(&[&path])) {
            Ok(compared) => compared,
            Err(Failure::Figure { cause, .. }) => {
                assert!(cause.title.contains("replication by replication"), "{path}: {cause}");
                refused.insert(path.rsplit('.').next().expect("a name").to_owned());
                continue;
            }
            Err(failure) => panic!("{path}: {failure}"),
        };
        let found = compared.figures[0].variants[0].value.unwrap_or_else(|| panic!("{path} has no value"));
        let near = |a: f64, b: f64, scale: f64| (a - b).abs() <= 1e-9 * scale.abs().max(1e-3);
        assert!(near(found.value, run.value, run.value), "{path}: {found:?} {run:?}");
        let (found_width, width) = (found.half_width.expect("several"), run.half_width.expect("several"));
        // A run's come from sums of squares, where a figure that hardly varies loses digits.
        assert!((found_width - width).abs() <= 1e-6 * run.value.abs().max(1e-3), "{path}: {found:?} {run:?}");
        same += 1;
    }
    assert!(same > 250, "{same}");
    assert_eq!(refused.iter().collect::<Vec<_>>(), ["load", "queue_sd", "wait_max", "wait_sd"]);
}

#[test]
fn a_difference_is_that_of_two_runs_and_sharper_than_theirs() {
    let (base, more) = (changed(&[]), changed(&["groups.team.shifts.day.agents=15"]));
    let run = |loaded: &Loaded| {
        let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
        experiment.run(&Silent).expect("it is stable").results
    };
    let (one, other) = (run(&base), run(&more));
    let paths = ["queues.billing.service_level", "total.wait", "total.cost", "groups.team.occupancy"];
    let compared = compare(&[("base", &base), ("more", &more)], &figures(&paths)).expect("it compares");
    let difference = |index: usize| compared.figures[index].variants[1].difference.expect("a difference");
    for (index, path) in paths.into_iter().enumerate() {
        let value = |results: &Results| results.figure(path).expect("a value").value;
        let expected = value(&other) - value(&one);
        assert!((difference(index).value - expected).abs() < 1e-9 * expected.abs().max(1.0), "{path}");
    }
    let verdicts: Vec<Option<Verdict>> = compared.figures.iter().map(|figure| figure.verdict(1)).collect();
    let expected = [Verdict::Better, Verdict::Better, Verdict::Worse, Verdict::Lower].map(Some);
    assert_eq!(verdicts, expected);
    let savings: Vec<f64> =
        compared.figures.iter().map(|figure| figure.variants[1].saving.expect("several")).collect();
    assert!(savings.iter().all(|saving| *saving > 1.5), "{savings:?}");
    assert_eq!(compared.figures[0].variants[0].difference, None);
}

/// A percentile's difference is that of two runs; who is compared with a copy of itself differs in nothing.
#[test]
fn percentiles_differ_as_those_of_two_runs() {
    let of = |agents: u32| changed(&[&format!("groups.team.shifts.day.agents={agents}")]);
    let (base, more) = (of(8), of(10));
    let run = |loaded: &Loaded| {
        let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
        experiment.run(&Silent).expect("it is stable").results
    };
    let (one, other) = (run(&base), run(&more));
    let paths = ["queues.billing.wait_p90", "queues.letters.response_p50", "total.wait_p95"];
    let all = [("base", &base), ("more", &more), ("copy", &base)];
    let compared = compare(&all, &figures(&paths)).expect("it compares");
    for (figure, path) in compared.figures.iter().zip(paths) {
        let value = |results: &Results| results.figure(path).expect("a value").value;
        let difference = figure.variants[1].difference.expect("a difference");
        let expected = value(&other) - value(&one);
        assert!(
            (difference.value - expected).abs() < 1e-9 * value(&one),
            "{path}: {difference:?} {expected}"
        );
        assert_eq!(figure.verdict(1), Some(Verdict::Better), "{path}");
        assert_eq!(figure.verdict(2), Some(Verdict::Same), "{path}");
    }
}

/// A queue that only a variant has: its figures stand there without a difference; what no centre has is no figure.
#[test]
fn a_figure_that_one_has_alone_is_shown_without_a_difference() {
    let base = changed(&[]);
    let with_sms = CENTRE.replace(
        "[queues.letters]",
        "[queues.sms]\nchannel = \"sms\"\ntalk = { mean = \"2m\" }\ntarget = { share = 0.8, within = \"1h\" }\n\
         arrivals.per_hour = 5\n[queues.letters]",
    );
    let with_sms =
        with_sms.replace("channels.mail", "channels.sms = { kind = \"messaging\" }\nchannels.mail");
    let with_sms = with_sms.replace("\"live\", \"letters\"]", "\"live\", \"letters\", \"sms\"]");
    let more = Scenario::from_text("test.toml", &with_sms, &[]).unwrap_or_else(|wrong| panic!("{wrong}"));
    let all = [("base", &base), ("more", &more)];
    let paths = ["queues.sms.service_level", "queues.sms.response_p90", "queues.billing.wait"];
    let compared = compare(&all, &figures(&paths)).expect("it compares");
    for figure in &compared.figures[..2] {
        assert_eq!(
            (figure.variants[0].value, figure.variants[1].difference),
            (None, None),
            "{}",
            figure.path
        );
        assert!(figure.variants[1].value.is_some_and(|value| value.half_width.is_some()), "{}", figure.path);
        assert_eq!(figure.verdict(1), None);
    }
    assert!(compared.figures[2].variants[1].difference.is_some());
    let resolution = "in more, every answered contact solves its case: sms (no `resolution`)";
    assert!(compared.notes.iter().any(|note| note == resolution), "{:?}", compared.notes);

    let none = compare(&all, &figures(&["queues.fax.wait"])).expect_err("no centre has it").to_string();
    assert_eq!(none, "base: there is no figure `queues.fax.wait`");
    let contest = Contest { figure: "queues.sms.wait".to_owned(), delta: 1.0, max_replications: 20 };
    let ask = Ask { contest: Some(contest), ..Ask::default() };
    let contest = compare(&all, &ask).expect_err("only one has it").to_string();
    assert_eq!(contest, "base: there is no figure `queues.sms.wait`");

    // Nothing is pooled that is measured unlike: 20 s on the line, an hour, 4 hours.
    let usual = compare(&all, &Ask::default()).expect("it compares");
    let paths: Vec<&str> = usual.figures.iter().map(|figure| figure.path.as_str()).collect();
    assert!(!paths.contains(&"total.service_level") && !paths.contains(&"total.wait"), "{paths:?}");
    assert!(paths.contains(&"queues.sms.service_level") && paths.contains(&"total.abandonment"), "{paths:?}");
}

/// Two more agents, six more agents: the race goes to the best, and the worst leaves first.
#[test]
fn a_contest_finds_the_best_and_stops_the_others() {
    let all = [
        changed(&[]),
        changed(&["groups.team.shifts.day.agents=14"]),
        changed(&["groups.team.shifts.day.agents=16"]),
    ];
    let named = [("base", &all[0]), ("a_bit", &all[1]), ("much", &all[2])];
    let held = |delta: f64, max_replications: u64| {
        let figure = "queues.billing.abandonment".to_owned();
        let ask = Ask { contest: Some(Contest { figure, delta, max_replications }), ..Ask::default() };
        compare(&named, &ask).expect("it compares").contest.expect("a contest")
    };
    let result = held(0.003, 2000);
    assert_eq!((result.best, result.left.as_slice()), (Some(2), [2].as_slice()));
    assert!(result.replications.iter().all(|&n| n >= 9), "{result:?}");
    let given_up = held(1e-6, 12);
    assert_eq!(given_up.best, None, "{given_up:?}");
    assert!(given_up.left.len() > 1 && given_up.at_most > 12, "{given_up:?}");
    assert_eq!(given_up.replications[given_up.left[0]], 12);
}

/// A centre of one queue, an hour long.
fn hour(agents: u32, seed: u64) -> Loaded {
    let text = format!(
        "horizon = {{ length = \"1h\", interval = \"1h\" }}\nexperiment = {{ replications = 8, seed = {seed} }}\n\
         [queues.calls]\ntalk = {{ mean = \"4m\" }}\npatience = {{ mean = \"3m\" }}\narrivals.per_hour = 120\n\
         [groups.team]\nskills = [\"calls\"]\nstaff = {agents}\n"
    );
    Scenario::from_text("hour.toml", &text, &[]).unwrap_or_else(|wrong| panic!("{wrong}"))
}

/// Six centres of which two are close: the budget is spent to the last replication, most of it on these two, and the
/// best is found at least as often as is said.
#[test]
fn a_budget_of_replications_goes_where_it_tells_most() {
    const SEEDS: u64 = 60;
    let (mut found, mut equal, mut said, mut shares) = (0, 0, 0.0, [0_u64; 6]);
    for seed in 1..=SEEDS {
        let all: Vec<Loaded> = [4, 5, 6, 7, 10, 11].into_iter().map(|agents| hour(agents, seed)).collect();
        let names = ["a", "b", "c", "d", "e", "f"];
        let named: Vec<(&str, &Loaded)> = names.into_iter().zip(&all).collect();
        let budget = Budget { figure: "total.abandonment".to_owned(), replications: 120 };
        let compared = compare(&named, &Ask { budget: Some(budget), ..Ask::default() }).expect("it compares");
        let spent = compared.budget.expect("it was spent");
        assert_eq!(spent.replications.iter().sum::<u64>(), 120);
        assert!(spent.replications.iter().all(|count| *count >= 8), "{spent:?}");
        shares.iter_mut().zip(&spent.replications).for_each(|(sum, count)| *sum += count);
        found += u64::from(spent.best == 5);
        said += spent.probability;
        let even: Vec<f64> = all
            .iter()
            .map(|loaded| {
                let mut scenario = loaded.scenario.clone();
                scenario.experiment.replications = 20;
                let results =
                    Experiment::new(&scenario).expect("it compiles").run(&Silent).expect("it is stable");
                results.results.figure("total.abandonment").map_or(0.0, |found| found.value)
            })
            .collect();
        equal += u64::from((0..5).all(|other| even[other] > even[5]));
    }
    println!("found {found}, as often as was said {said}, equal shares {equal}, {shares:?}");
    assert!(shares[4] + shares[5] > 60 * SEEDS, "{shares:?}");
    assert!(found as f64 > said - 3.0, "{found} of {SEEDS}, said {said}");
}

#[test]
fn what_cannot_be_compared_says_why() {
    let base = changed(&[]);
    let failure = |other: &Loaded, ask: &Ask| {
        compare(&[("base", &base), ("other", other)], ask).expect_err("a failure").to_string()
    };
    let longer = failure(&changed(&["horizon.days=3"]), &Ask::default());
    assert_eq!(longer, "other and base cannot be compared: their lengths differ: 3d and 2d");
    let later = failure(&changed(&["horizon.start=2026-03-03"]), &Ask::default());
    assert!(later.ends_with("one starts at 2026-03-03, the other at 2026-03-02"), "{later}");
    let contest = |figure: &str| Ask {
        contest: Some(Contest { figure: figure.to_owned(), delta: 0.1, max_replications: 100 }),
        ..Ask::default()
    };
    let busy = failure(&base, &contest("total.occupancy"));
    assert_eq!(busy, "nothing is best by `total.occupancy`: neither more nor less of it is better");
    let single = Scenario::from_text("test.toml", CENTRE, &["experiment.replications=1".to_owned()]);
    let single = single.expect("it is valid");
    let few = compare(&[("a", &single), ("b", &base)], &contest("total.wait")).expect_err("a failure");
    assert_eq!(few.to_string(), "the best can be found from two replications on");
    let delta = Ask { deltas: vec![("total.talk".to_owned(), 1.0)], ..Ask::default() };
    assert_eq!(failure(&base, &delta), "`total.talk` is not among the figures that are compared");
}

/// Stops after some replications.
struct Impatient(std::sync::atomic::AtomicU64);

impl Watch for Impatient {
    fn planned(&self, _replications: u64) {}

    fn done(&self) {
        self.0.fetch_sub(1, std::sync::atomic::Ordering::Relaxed);
    }

    fn stopped(&self) -> bool {
        self.0.load(std::sync::atomic::Ordering::Relaxed) == 0
    }
}

/// Stopped anywhere, what is kept are as many replications of each, from the first on.
#[test]
fn an_interrupted_comparison_is_one_of_fewer_replications() {
    let (base, more) = (changed(&[]), changed(&["groups.team.shifts.day.agents=15"]));
    let contenders =
        [("base", &base), ("more", &more)].map(|(name, loaded)| Contender::new(name, &loaded.scenario));
    let pool = rayon::ThreadPoolBuilder::new().num_threads(1).build().expect("a thread");
    let mut seen = BTreeSet::new();
    for plays in [1, 6, 7, 11, 17] {
        let comparison = Comparison::new(&contenders, 0, &Ask::default()).expect("it compiles");
        let run = || comparison.run(&Impatient(std::sync::atomic::AtomicU64::new(plays)));
        let Ok(part) = pool.install(run) else {
            seen.insert(0);
            continue;
        };
        assert!(part.replications < part.asked && part.asked == 9);
        seen.insert(part.replications);
        let settings = format!("experiment.replications={}", part.replications);
        let (short_base, short_more) =
            (changed(&[&settings]), changed(&["groups.team.shifts.day.agents=15", &settings]));
        let whole = compare(&[("base", &short_base), ("more", &short_more)], &Ask::default());
        assert_eq!(whole.expect("it compares").figures, part.figures);
    }
    assert!(seen.len() >= 3 && seen.contains(&0), "{seen:?}");
}

/// What each came to over time is what runs by themselves come to, and days differ as their values do.
#[test]
fn what_is_told_over_time_is_what_runs_and_their_days_say() {
    let more = "groups.team.staff=14";
    let centre = |settings: &[&str]| {
        let settings: Vec<String> = settings.iter().map(|&setting| setting.to_owned()).collect();
        Scenario::from_text("centre.toml", DAYS, &settings).expect("it can be read").scenario
    };
    let (base, more) = (centre(&[]), centre(&[more]));
    let contenders = [Contender::new("more", &more), Contender::new("base", &base)];
    let comparison = Comparison::new(&contenders, 1, &Ask::default()).expect("they can be compared");
    let (compared, over_time) = comparison.run_over_time(&Silent).expect("they can be played");
    assert_eq!(compared, comparison.run(&Silent).expect("they can be played"));
    let over_time = over_time.expect("nothing interrupts it");
    let runs = [&more, &base]
        .map(|scenario| Experiment::new(scenario).expect("it runs").run(&Silent).expect("it runs").results);
    for (told, run) in over_time.results.iter().zip(&runs) {
        assert_eq!((&told.queues, &told.groups, &told.total), (&run.queues, &run.groups, &run.total));
    }
    // Two days, two queues, three figures; no service level where nothing is promised.
    assert_eq!(over_time.days.len(), 2 * (3 + 2));
    for (number, told) in over_time.days.iter().enumerate() {
        let day = number / 5;
        assert_eq!(told.when, ["Mon 2 Mar", "Tue 3 Mar"][day]);
        let values = [0, 1].map(|variant| {
            let queue = runs[variant].queues.iter().find(|queue| queue.name == told.queue).expect("a queue");
            let value = queue.days[day].figures.value(told.figure.figure).expect("a value");
            let own = told.figure.variants[variant].value.expect("a value").value;
            assert!((value - own).abs() < 1e-12, "{told:?}: {value}");
            value
        });
        let difference = told.figure.variants[0].difference.expect("a difference");
        assert!((difference.value - (values[0] - values[1])).abs() < 1e-12, "{told:?}");
        assert!(difference.half_width.is_some_and(|half| half > 0.0), "{told:?}");
        assert_eq!(told.figure.variants[1].difference, None, "the baseline does not differ from itself");
    }
}

/// Of a single day, hours are its intervals; of two days they lie between those of each.
#[test]
fn hours_are_of_all_days_together() {
    let over_time = |days: u32| {
        let centre = |staff: u32| {
            let settings = [format!("groups.team.staff={staff}"), format!("horizon.days={days}")];
            Scenario::from_text("centre.toml", DAYS, &settings).expect("it can be read").scenario
        };
        let (base, more) = (centre(11), centre(14));
        let contenders = [Contender::new("base", &base), Contender::new("more", &more)];
        let comparison = Comparison::new(&contenders, 0, &Ask::default()).expect("they can be compared");
        comparison.run_over_time(&Silent).expect("they can be played").1.expect("nothing interrupts it")
    };
    let one = over_time(1);
    // Ten open hours, two queues, three figures; no service level where there is no target.
    assert_eq!(one.hours.len(), 10 * (3 + 2));
    for told in &one.hours {
        let hour: usize = told.when[..2].parse().expect("an hour");
        let values = [0, 1].map(|variant| {
            let queue =
                one.results[variant].queues.iter().find(|queue| queue.name == told.queue).expect("a queue");
            let value = queue.rows[hour].figures.value(told.figure.figure).expect("a value");
            let own = told.figure.variants[variant].value.expect("a value").value;
            assert!((value - own).abs() < 1e-12, "{told:?}: {value}");
            value
        });
        let difference = told.figure.variants[1].difference.expect("a difference");
        assert!((difference.value - (values[1] - values[0])).abs() < 1e-12, "{told:?}");
    }
    let two = over_time(2);
    for told in &two.hours {
        let hour: usize = told.when[..2].parse().expect("an hour");
        let queue = two.results[0].queues.iter().find(|queue| queue.name == told.queue).expect("a queue");
        let of = |row: usize| queue.rows[row].figures.value(told.figure.figure).expect("a value");
        let (first, second) = (of(hour), of(24 + hour));
        let value = told.figure.variants[0].value.expect("a value").value;
        assert!((first.min(second) - 1e-12..=first.max(second) + 1e-12).contains(&value), "{told:?}");
    }
}

const DAYS: &str = "horizon = { start = 2026-03-02, days = 2, interval = \"1h\" }\n\
    experiment = { replications = 8, seed = 4 }\n\
    [queues.calls]\nopen = \"daily 08:00-18:00\"\ntalk = { mean = \"4m\" }\npatience = { mean = \"2m\" }\n\
    target = { share = 0.8, within = \"20s\" }\narrivals.per_hour = 120\n\
    [queues.others]\nopen = \"daily 08:00-18:00\"\ntalk = { mean = \"3m\" }\npatience = { mean = \"1m\" }\n\
    arrivals.per_hour = 60\n\
    [groups.team]\nskills = [\"calls\", \"others\"]\nstaff = 11\n";
