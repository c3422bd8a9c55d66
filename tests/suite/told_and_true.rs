//! What is told is true: no sentence contradicts the figures beside it, and what it claims holds when
//! four times as many replications are played with another seed.

use std::io::Write as _;

use holdline::experiment::SweepAbout;
use holdline::experiment::{self, Ask, Comparison, Contender, Experiment, Silent};
use holdline::figures::{Better, Estimate, Figure, Results, ScopeKind, ScopeResult, Verdict};
use holdline::report::{self, About, Claim, Headline, Swept};
use holdline::scenario::Scenario;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngSeed, TestRunner};

use crate::{centres, channel_centres};

/// Replications of what is told; of what it is held against.
const SHORT: u64 = 16;
const LONG: u64 = 4 * SHORT;

/// So many cases, or as many as the environment asks for.
fn cases(usual: usize) -> usize {
    std::env::var("HOLDLINE_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(usual)
}

/// The same random values every time.
fn runner() -> TestRunner {
    let config = Config { rng_seed: RngSeed::Fixed(95), failure_persistence: None, ..Config::default() };
    TestRunner::new(config)
}

fn drawn<T>(strategy: &impl Strategy<Value = T>, runner: &mut TestRunner) -> T {
    strategy.new_tree(runner).expect("there is a value").current()
}

fn read(text: &str, settings: &[String]) -> Scenario {
    let loaded = Scenario::from_text("test.toml", text, settings);
    loaded.unwrap_or_else(|wrong| panic!("{wrong}\n\nin\n{text}")).scenario
}

fn run(text: &str, replications: u64, seed: u64, settings: &[String]) -> Results {
    let mut all = settings.to_vec();
    all.push(format!("experiment.replications={replications}"));
    all.push(format!("experiment.seed={seed}"));
    let scenario = read(text, &all);
    let experiment = Experiment::new(&scenario).expect("it compiles");
    experiment.run(&Silent).unwrap_or_else(|wrong| panic!("{wrong}\n\nin\n{text}")).results
}

/// Counts what held and keeps what did not.
#[derive(Default)]
struct Tally {
    asked: usize,
    failed: Vec<String>,
}

impl Tally {
    fn count(&mut self, held: bool, told: impl FnOnce() -> String) {
        self.asked += 1;
        if !held {
            self.failed.push(told());
        }
    }

    /// At least 95 of 100, of at least so many.
    #[track_caller]
    fn hold(&self, least: usize) {
        assert!(self.asked >= least, "only {} claims were made", self.asked);
        let failed = self.failed.len();
        eprintln!("{failed} of {} claims failed", self.asked);
        assert!(20 * failed <= self.asked, "{failed} of {}:\n{}", self.asked, self.failed.join("\n"));
    }
}

fn scope<'a>(results: &'a Results, about: &About) -> &'a ScopeResult {
    let named = |scopes: &'a [ScopeResult]| scopes.iter().find(|scope| scope.name == about.scope);
    match about.kind {
        ScopeKind::Queue => named(&results.queues),
        ScopeKind::Channel => named(&results.channels),
        _ => Some(&results.total),
    }
    .expect("a longer run has it too")
}

fn target_of(results: &Results, about: &About) -> f64 {
    let targets = &scope(results, about).targets;
    targets.iter().find(|target| target.figure == about.figure).expect("its target").share
}

/// How far on the right side of a target an estimate lies.
fn margin(figure: Figure, estimate: Estimate, share: f64) -> f64 {
    if figure.better() == Better::Lower { share - estimate.value } else { estimate.value - share }
}

/// Whether the longer run says so as well. `None` for what is no claim about it.
fn holds(claim: &Claim, told: &Results, long: &Results) -> Option<bool> {
    let side = |about: &About, figures: &holdline::figures::Figures| {
        let estimate = figures.get(about.figure)?;
        Some(margin(about.figure, estimate, target_of(long, about)))
    };
    let rows = |about: &About, from: &holdline::units::Span, to: &holdline::units::Span| {
        let rows = scope(long, about).rows.iter();
        rows.filter(|row| row.start >= *from && row.start < *to).collect::<Vec<_>>()
    };
    match claim {
        Claim::Stands(_, Verdict::Undecided) => None,
        Claim::Stands(about, verdict) => {
            let margin = side(about, &scope(long, about).figures)?;
            Some(if *verdict == Verdict::Kept { margin >= -1e-9 } else { margin < 0.0 })
        }
        Claim::MissedOnDay(about, label) => {
            let day = scope(long, about).days.iter().find(|day| day.label == *label)?;
            Some(side(about, &day.figures)? < 0.0)
        }
        Claim::AgentsShort(about, from, to, agents) => {
            let figure = match about.figure {
                Figure::Abandonment => Figure::AgentsShortOfAbandonment,
                _ => Figure::AgentsShort,
            };
            let short: Vec<f64> =
                rows(about, from, to).iter().filter_map(|row| row.figures.value(figure)).collect();
            // It tells the near end of an interval.
            Some(short.iter().sum::<f64>() / short.len().max(1) as f64 > agents - 1.0)
        }
        Claim::LetDown(about, from, to) => {
            let rows = rows(about, from, to);
            Some(rows.iter().any(|row| side(about, &row.figures).is_some_and(|margin| margin < 0.0)))
        }
        Claim::BusySignals(share) => {
            let (own, other) = (told.figure("total.busy_signals")?, long.figure("total.busy_signals")?);
            assert_eq!(own.value, *share, "as the figures say");
            Some((other.value - share).abs() <= 2.0 * own.half_width.unwrap_or(1.0))
        }
    }
}

/// No claim contradicts `summary.json` of the same run, and all that must be told is told.
fn agrees_with_summary(told: &Headline, results: &Results) {
    let summary: serde_json::Value = serde_json::from_str(&report::summary(results)).expect("JSON");
    assert_eq!(summary["headline"], told.text.as_str());
    let place = |about: &About| match about.kind {
        ScopeKind::Queue => &summary["queues"][&about.scope],
        ScopeKind::Channel => &summary["channels"][&about.scope],
        _ => &summary["total"],
    };
    let target = |about: &About| {
        let targets = place(about)["targets"].as_array().expect("its targets").iter();
        targets.clone().find(|target| target["figure"] == about.figure.name()).expect("the target")
    };
    for claim in &told.claims {
        match claim {
            Claim::Stands(about, verdict) => {
                assert_eq!(target(about)["verdict"], verdict.name(), "{}", told.text);
            }
            Claim::MissedOnDay(about, label) => {
                let days = place(about)["days"].as_array().expect("days").iter();
                let day = days.clone().find(|day| day["label"] == label.as_str()).expect("the day");
                let figure = &day["figures"][about.figure.name()];
                let value = figure["value"].as_f64().expect("a value");
                let half_width = figure["half_width"].as_f64().expect("a half-width");
                let share = target(about)["share"].as_f64().expect("a share");
                let estimate = Estimate { value, half_width: None };
                assert!(margin(about.figure, estimate, share) < -half_width, "{}", told.text);
            }
            Claim::BusySignals(share) => {
                let figure = &summary["total"]["figures"]["busy_signals"];
                let value = figure["value"].as_f64().expect("a share");
                // Reading a number back may cost its last bit.
                assert!((value - share).abs() <= 1e-15, "{}", told.text);
            }
            Claim::AgentsShort(about, ..) | Claim::LetDown(about, ..) => assert!(place(about).is_object()),
        }
    }
    // All verdicts of the summary, told or not.
    let mut verdicts: Vec<&str> = Vec::new();
    for kind in ["queues", "channels"] {
        for scope in summary[kind].as_object().expect("scopes").values() {
            let targets = scope["targets"].as_array().expect("targets").iter();
            verdicts.extend(targets.filter_map(|target| target["verdict"].as_str()));
        }
    }
    let stands = |wanted: Verdict| {
        told.claims
            .iter()
            .filter(|claim| matches!(claim, Claim::Stands(_, verdict) if *verdict == wanted))
            .count()
    };
    let counted = |wanted: Verdict| verdicts.iter().filter(|verdict| **verdict == wanted.name()).count();
    assert_eq!(stands(Verdict::Missed), counted(Verdict::Missed), "{}", told.text);
    assert_eq!(stands(Verdict::Undecided), counted(Verdict::Undecided), "{}", told.text);
    if told.text.contains("all ") && told.text.contains(" are kept; tightest") {
        assert_eq!(counted(Verdict::Kept), verdicts.len(), "{}", told.text);
    }
    if told.text.contains(" its target of ") && !told.text.contains("keeps its target") {
        let missed =
            |claim: &Claim| matches!(claim, Claim::Stands(_, Verdict::Missed) | Claim::MissedOnDay(..));
        assert!(told.claims.iter().any(missed), "{}", told.text);
    }
}

/// Plays a centre shortly and at length, and asks whether what is told of the one holds in the other.
fn ask(text: &str, seed: u64, tally: &mut Tally) {
    let short = run(text, SHORT, seed, &[]);
    let told = report::headline(&short);
    agrees_with_summary(&told, &short);
    // Nothing but what is undecided is claimed of a single replication, and all targets stand open.
    let long = run(text, LONG, seed + 1_000_003, &[]);
    for claim in &told.claims {
        if let Some(held) = holds(claim, &short, &long) {
            tally.count(held, || {
                format!("seed {seed}: {}\n    {claim:?}\n    later: {}", told.text, report::sentence(&long))
            });
        }
    }
}

/// A random centre whose targets are of all heights.
fn with_targets(text: &str, share: f64, most: f64) -> String {
    let target = "target = { share = 0.8, within = \"20s\" }";
    let others =
        format!("target = {{ share = {share}, within = \"20s\" }}\ntargets.abandonment = {{ max = {most} }}");
    text.replace(target, &others)
}

#[test]
fn headlines_hold_at_four_times_the_replications() {
    let strategy = (
        centres::centres(),
        any::<u16>(),
        proptest::sample::select(vec![0.2, 0.5, 0.7, 0.8, 0.9]),
        proptest::sample::select(vec![0.02, 0.05, 0.2, 0.5]),
    );
    let (mut runner, mut tally) = (runner(), Tally::default());
    for _ in 0..cases(100) {
        let (tables, seed, share, most) = drawn(&strategy, &mut runner);
        ask(&with_targets(&centres::text(&tables), share, most), u64::from(seed), &mut tally);
    }
    tally.hold(cases(100));
}

#[test]
fn headlines_of_every_channel_hold_at_four_times_the_replications() {
    let strategy = (channel_centres::centres(), any::<u16>());
    let (mut runner, mut tally) = (runner(), Tally::default());
    for _ in 0..cases(40) {
        let (tables, seed) = drawn(&strategy, &mut runner);
        ask(&centres::text(&tables), u64::from(seed), &mut tally);
    }
    tally.hold(cases(40) / 2);
}

/// Two queues, two groups, and a grid of staff; the rest is random.
fn planned(rates: (u32, u32), talk: u32, shares: (f64, f64), most: f64, seed: u64) -> String {
    format!(
        r#"
horizon = {{ start = 2026-03-02, days = 1, interval = "1h" }}
experiment = {{ replications = {SHORT}, seed = {seed} }}
[queues.sales]
open     = "daily 08:00-16:00"
talk     = {{ mean = "{talk}s" }}
patience = {{ mean = "3m" }}
target   = {{ share = {}, within = "20s" }}
targets.abandonment = {{ max = {most} }}
arrivals.per_hour = {}
[queues.service]
open     = "daily 08:00-16:00"
talk     = {{ mean = "4m" }}
patience = {{ mean = "2m" }}
target   = {{ share = {}, within = "30s" }}
arrivals.per_hour = {}
[groups.generalists]
skills = ["sales", "service"]
staff  = 2
cost.per_hour = 30
[groups.sellers]
skills = ["sales"]
staff  = 2
cost.per_hour = 20
[sweep]
"groups.generalists.staff" = {{ from = 1, to = 7, step = 2 }}
"groups.sellers.staff"     = {{ from = 1, to = 7, step = 3 }}
[variants.more]
groups.generalists.staff = 4
[variants.fewer]
groups.sellers.staff = 1
[variants.easier]
queues.service.target = {{ share = 0.4, within = "1m" }}
"#,
        shares.0, rates.0, shares.1, rates.1
    )
}

fn plans() -> impl Strategy<Value = String> {
    let share = || proptest::sample::select(vec![0.5, 0.7, 0.8, 0.9]);
    let most = proptest::sample::select(vec![0.03, 0.05, 0.1, 0.3]);
    ((10..80u32, 10..50u32), 60..400u32, (share(), share()), most, any::<u16>())
        .prop_map(|(rates, talk, shares, most, seed)| planned(rates, talk, shares, most, seed.into()))
}

/// Whether every target of every queue is kept in the longer run.
fn all_kept(results: &Results) -> bool {
    results.queues.iter().all(|queue| {
        queue.targets.iter().all(|target| {
            let estimate = queue.figures.get(target.figure);
            estimate.is_none_or(|estimate| margin(target.figure, estimate, target.share) >= -1e-9)
        })
    })
}

#[test]
fn a_recommended_point_keeps_every_target_when_it_is_played_alone() {
    let (mut runner, mut tally) = (runner(), Tally::default());
    let strategy = plans();
    for _ in 0..cases(40) {
        let text = drawn(&strategy, &mut runner);
        let scenario = read(&text, &[]);
        let points = scenario.sweep.points().expect("a grid");
        let seed = scenario.experiment.seed;
        let mut rows = report::sweep_head(&points.paths());
        let settings = |number: u64| -> Vec<String> {
            points.get(number).iter().map(|set| set.line().to_owned()).collect()
        };
        let mut kept = Vec::new();
        let all: Vec<u64> = (0..points.len()).collect();
        experiment::in_order(
            &all,
            |number| Some(run(&text, SHORT, seed, &settings(number))),
            |number, results| {
                rows.extend(report::sweep_rows(number, &points.get(number), &results, false));
                let verdicts = results.queues.iter().flat_map(|queue| {
                    queue.targets.iter().filter_map(|target| target.verdict(&queue.figures))
                });
                let cost = results.figure("total.cost").map_or(0.0, |cost| cost.value);
                if Verdict::all(verdicts) == Verdict::Kept {
                    kept.push((number, cost));
                }
                true
            },
        );
        let mut file = tempfile::NamedTempFile::new().expect("a temporary file");
        file.write_all(&rows).expect("there is room");
        let about = SweepAbout::new(&scenario, scenario.sweep.written());
        let swept = Swept::read(file.path(), about).expect("a sweep");
        // The table and its sentence say what the runs themselves found.
        let recommended = swept.recommended();
        let cheapest = kept.iter().copied().reduce(|best, one| if one.1 < best.1 { one } else { best });
        assert_eq!(recommended, cheapest.map(|(number, _)| number), "{text}");
        let table = report::sweep_table(&swept);
        let words: String = table.split_whitespace().collect::<Vec<_>>().join(" ");
        assert_eq!(words.contains("The cheapest point that keeps"), recommended.is_some(), "{words}");
        let Some(number) = recommended else { continue };
        assert!(words.contains(&format!("is point {number} (")), "{words}");
        let alone = run(&text, LONG, seed + 1_000_003, &settings(number));
        tally.count(all_kept(&alone), || format!("point {number}: {}\n{text}", report::sentence(&alone)));
    }
    tally.hold(cases(40) / 4);
}

#[test]
fn a_comparison_judges_as_the_runs_do_and_its_verdicts_hold() {
    let (mut runner, mut tally) = (runner(), Tally::default());
    let strategy = plans();
    for _ in 0..cases(25) {
        let text = drawn(&strategy, &mut runner);
        let base = read(&text, &[]);
        let seed = base.experiment.seed;
        let of_variant = |variant: Option<&holdline::scenario::Variant>| -> Vec<String> {
            variant
                .map(|variant| variant.settings.iter().map(|set| set.line().to_owned()).collect())
                .unwrap_or_default()
        };
        let mut all = vec![("as_written".to_owned(), Vec::new())];
        all.extend(base.variants.iter().map(|variant| (variant.name.clone(), of_variant(Some(variant)))));
        let compare = |replications: u64, seed: u64| {
            let scenarios: Vec<Scenario> = all
                .iter()
                .map(|(_, settings)| {
                    let mut settings = settings.clone();
                    settings.push(format!("experiment.replications={replications}"));
                    settings.push(format!("experiment.seed={seed}"));
                    read(&text, &settings)
                })
                .collect();
            let contenders: Vec<Contender<'_>> = all
                .iter()
                .zip(&scenarios)
                .map(|((name, _), scenario)| Contender::new(name, scenario))
                .collect();
            let comparison = Comparison::new(&contenders, 0, &Ask::default()).expect("they compile");
            comparison.run(&Silent).expect("they are stable")
        };
        let (told, long) = (compare(SHORT, seed), compare(LONG, seed + 1_000_003));
        for (index, (name, settings)) in all.iter().enumerate() {
            let alone = run(&text, SHORT, seed, settings);
            for queue in &alone.queues {
                for target in &queue.targets {
                    let same = |judged: &&holdline::experiment::JudgedTarget| {
                        judged.queue == queue.name && judged.figure == target.figure
                    };
                    let judged = told.targets.iter().find(same).expect("every target is judged");
                    let own = judged.variants[index].as_ref().expect("at every variant");
                    assert_eq!(own.target.share, target.share);
                    assert_eq!(own.verdict(), target.verdict(&queue.figures), "{name} {}", queue.name);
                    let later = long.targets.iter().find(same).and_then(|one| one.variants[index].clone());
                    let later = later.and_then(|one| one.value).expect("a value");
                    let right = margin(target.figure, later, target.share);
                    match own.verdict() {
                        Some(Verdict::Kept) => tally.count(right >= -1e-9, || format!("{name}: {own:?}")),
                        Some(Verdict::Missed) => tally.count(right < 0.0, || format!("{name}: {own:?}")),
                        _ => {}
                    }
                }
            }
            let verdicts =
                told.targets.iter().filter_map(|target| target.variants[index].as_ref()?.verdict());
            assert_eq!(told.standing(index), Some(Verdict::all(verdicts)));
            // Better stays better.
            for (short, long) in told.figures.iter().zip(&long.figures) {
                use experiment::Verdict::{Better, Higher, Lower, Worse};
                if let Some(Better | Worse | Higher | Lower) = short.verdict(index) {
                    let sign = |figure: &experiment::ComparedFigure| {
                        figure.variants[index].difference.map_or(0.0, |difference| difference.value)
                    };
                    tally.count(sign(short) * sign(long) > 0.0, || format!("{name}: {}", short.path));
                }
            }
        }
    }
    tally.hold(cases(25) * 5);
}
