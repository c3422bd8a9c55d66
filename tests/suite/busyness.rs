//! Busyness within the day and from day to day, as it is played: moments of counts, dates that keep their customers, and
//! what is refused.

use holdline::engine::Player;
use holdline::experiment::{
    Ask, Comparison, Condition, Contender, Contest, Experiment, Found, Seek, Silent, Unknown,
};
use holdline::figures::{Figure, Results};
use holdline::observations::{Count, Observations};
use holdline::reading::Setting;
use holdline::routing::RulePolicy;
use holdline::scenario::Scenario;

use crate::plays;

fn centre(start: &str, days: u32, busyness: &str) -> String {
    format!(
        "horizon = {{ start = {start}, days = {days}, interval = \"30m\" }}\nexperiment.days = \"independent\"\n\
         [queues.a]\ntalk = \"1s\"\npatience = \"1s\"\n\
         [queues.a.arrivals]\nper_hour = {{ \"08:00\" = 0, \"10:00\" = 80, \"12:00\" = 0 }}\n{busyness}\n\
         [groups.team]\nskills = [\"a\"]\nstaff = 1\n"
    )
}

/// Cases of each half-hour.
fn cases(seen: &Observations) -> Vec<f64> {
    seen.queues[0].rows.iter().map(|row| row[Count::Cases] as f64).collect()
}

/// A rate with gamma factors of mean 1 gives counts with Var = m + m² ((1 + cv²) (1 + cv²) - 1).
#[test]
fn counts_have_the_moments_of_their_factors() {
    const DAYS: u64 = 3000;
    let model = plays::compile(&centre(
        "2026-03-02",
        1,
        "busyness = { cv = 0.2, within_day = { cv = { \"00:00\" = 0.3, \"11:00\" = 0 }, correlation_at_1h = 0.8 } }",
    ));
    let mut player: Player<'_, RulePolicy> = Player::new(&model, RulePolicy::new(&model));
    let days: Vec<Vec<f64>> =
        (0..DAYS).map(|replication| cases(player.play(9, replication).expect("it is stable"))).collect();
    for (slot, within) in [(20, 0.3), (21, 0.3), (22, 0.0), (23, 0.0)] {
        let mean = days.iter().map(|day| day[slot]).sum::<f64>() / DAYS as f64;
        let variance = days.iter().map(|day| (day[slot] - mean).powi(2)).sum::<f64>() / DAYS as f64;
        let exact: f64 = 40.0 + 1600.0 * (1.04 * (1.0 + within * within) - 1.0);
        let root = (DAYS as f64).sqrt();
        assert!((mean - 40.0).abs() < 4.0 * exact.sqrt() / root, "{slot}: a mean of {mean}");
        // The fourth moment of counts like these is below 4.5 squared variances.
        assert!(
            (variance / exact - 1.0).abs() < 4.0 * 3.5f64.sqrt() / root,
            "{slot}: {variance}, not {exact}"
        );
    }
}

#[test]
fn a_date_has_its_customers_wherever_the_horizon_begins() {
    let busyness = "busyness = { cv = 0.2, day_to_day = 0.7, within_day = { cv = 0.3, correlation_at_1h = 0.8, step = \"15m\" } }";
    let of =
        |start: &str, days: u32| cases(&plays::play(&plays::compile(&centre(start, days, busyness)), 4, 2));
    let (long, short) = (of("2026-03-02", 3), of("2026-03-04", 1));
    assert_eq!(long[96..], short[..]);
    assert!(short.iter().sum::<f64>() > 0.0);
}

#[test]
fn factors_that_cannot_be_are_refused() {
    let refused = |busyness: &str, part: &str| {
        let text = centre("2026-03-02", 1, &format!("busyness = {busyness}"));
        let said = Scenario::from_text("test.toml", &text, &[]).expect_err("it is refused").render(false);
        assert!(said.contains(part), "no `{part}` in\n{said}");
    };
    refused("{ cv = 0.1, day_to_day = 1 }", "must be at most 0.99");
    refused(
        "{ cv = 0.1, within_day = { cv = 0.0001, correlation_at_1h = 0.5 } }",
        "must lie between 0.001 and 100",
    );
    refused("{ cv = 0.1, within_day = { cv = 0.1 } }", "correlation_at_1h");
    for step in ["7m", "90m", "5h"] {
        let within =
            format!("{{ cv = 0, within_day = {{ cv = 0.1, correlation_at_1h = 0.5, step = \"{step}\" }} }}");
        refused(&within, "does not part the day");
    }
}

/// What a run says that even days save: about what its interval gains on that of independent ones.
/// A centre whose days differ, and how its replications are drawn.
fn uneven(days: &str, agents: u32) -> Scenario {
    let text = format!(
        "horizon = {{ start = 2026-03-02, days = 1, interval = \"30m\" }}\n\
         experiment = {{ replications = 40, days = \"{days}\" }}\n\
         [queues.a]\ntalk.mean = \"4m\"\npatience.mean = \"3m\"\nopen = \"mon-sun 08:00-18:00\"\n\
         target = {{ share = 0.8, within = \"20s\" }}\n\
         arrivals = {{ per_hour = {{ \"08:00\" = 400, \"18:00\" = 0 }}, busyness = {{ cv = 0.12 }} }}\n\
         [groups.team]\nskills = [\"a\"]\nstaff = {agents}\n"
    );
    Scenario::from_text("uneven.toml", &text, &[]).unwrap_or_else(|wrong| panic!("{wrong}")).scenario
}

/// What chance the days leave to an answer is what must be played away; dealt evenly they leave little.
#[test]
fn searches_and_contests_need_fewer_replications_of_even_days() {
    let sought = |days: &str| {
        let load = |setting: &Setting| Some(uneven(days, setting.value().parse().ok()?));
        let seek = Seek {
            unknown: Unknown::whole("groups.team.staff"),
            condition: Condition::parse("queues.a.service_level >= 0.8").expect("a condition"),
            start: 28,
            from: None,
            to: None,
            replications: 40,
            most: 4000,
        };
        let sought = seek.run(&uneven(days, 28), &load, &Silent).expect("it can be played");
        let Found::Border { holds, .. } = sought.found else { panic!("{:?}", sought.found) };
        (holds, sought.tried.iter().map(|tried| tried.replications).sum::<u64>())
    };
    let (even, independent) = (sought("stratified"), sought("independent"));
    assert_eq!(even.0, independent.0);
    assert!(2 * even.1 < independent.1, "seek: {} beside {}", even.1, independent.1);

    let raced = |days: &str| {
        let variants = [30, 31].map(|agents| uneven(days, agents));
        let contenders = [Contender::new("fewer", &variants[0]), Contender::new("more", &variants[1])];
        let contest =
            Contest { figure: "total.abandonment".to_owned(), delta: 0.00002, max_replications: 20_000 };
        let ask =
            Ask { figures: vec!["total.abandonment".to_owned()], contest: Some(contest), ..Ask::default() };
        let compared =
            Comparison::new(&contenders, 0, &ask).and_then(|it| it.run(&Silent)).expect("it is played");
        let contest = compared.contest.expect("it was held");
        assert_eq!(contest.best, Some(1));
        contest.replications.iter().sum::<u64>()
    };
    let (even, independent) = (raced("stratified"), raced("independent"));
    assert!(2 * even < independent, "contest: {even} beside {independent}");
}

#[test]
fn the_gain_of_even_days_is_told() {
    let days = |days: &str| {
        let settings = ["experiment.replications=400".to_owned(), format!("experiment.days=\"{days}\"")];
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/research/callcc.toml");
        let loaded = Scenario::load(&path, &settings).expect("it is valid");
        let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
        experiment.run(&Silent).expect("it is stable").results
    };
    let (even, independent) = (days("stratified"), days("independent"));
    let width =
        |results: &Results| results.total.figures.get(Figure::ServiceLevel).unwrap().half_width.unwrap();
    let gained = (width(&independent) / width(&even)).powi(2);
    let told = even.even_days_gain.expect("there is busyness");
    assert!((0.5..2.0).contains(&(told / gained)) && told > 5.0, "told {told}, gained {gained}");
    assert_eq!(independent.even_days_gain, None);
}
