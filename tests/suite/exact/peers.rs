//! Published cases: what others computed or simulated, played here.

use holdline::figures::{Estimate, Figure, Results};
use holdline::formulas::kolmogorov::{Day, Kolmogorov, Release};

use super::{Judge, Published, play};

pub(super) const COMPARISONS: usize = PALM + ROOM + TWELVE + BILINGUAL;
const PALM: usize = 4;
const ROOM: usize = 2 * 3;
const TWELVE: usize = 3 + 3 + 2;
const BILINGUAL: usize = 6;

#[test]
fn fifty_agents_of_mandelbaum_and_zeltyn() {
    let results = play(
        r#"
horizon = { length = "40h", warm_up = "5h", interval = "10h", at_end = "drain" }
experiment = { replications = 128, seed = 54 }
[queues.calls]
talk = { mean = "1m" }
patience = { mean = "2m" }
arrivals.per_hour = 2880
[groups.team]
skills = ["calls"]
staff = 50
"#,
    );
    let mut judge = Judge::new();
    judge.about("Mandelbaum & Zeltyn (2007)");
    judge.figures(
        &results,
        "total",
        &[("abandonment", 0.030912), ("wait", 3.7095), ("occupancy", 0.93032), ("delayed", 0.46777)],
    );
    judge.finish(PALM);
}

#[test]
fn the_hundred_agents_of_whitt() {
    // Whitt (2005): M/M/100/200+M, 102 calls a minute of a minute.
    let mut judge = Judge::new();
    for (theta, patience, hours, delayed, abandonment, queue) in
        [(0.1, "10m", 55, 0.872236, 0.029093, 29.675), (1.0, "1m", 20, 0.591719, 0.049918, 5.0916)]
    {
        let results = play(&format!(
            r#"
horizon = {{ length = "{hours}h", warm_up = "2h", interval = "5h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 55 }}
channels.phone.lines = 300
[queues.calls]
talk = {{ mean = "1m" }}
patience = {{ mean = "{patience}" }}
arrivals.per_hour = 6120
[groups.team]
skills = ["calls"]
staff = 100
"#
        ));
        judge.about(format!("Whitt (2005), theta {theta}"));
        let exact = [("delayed", delayed), ("abandonment", abandonment), ("queue", queue)];
        judge.figures(&results, "queues.calls", &exact);
    }
    judge.finish(ROOM);
}

/// What a thousand replications of ContactCenters found: mean, standard deviation of one, last digit.
fn of_a_thousand(value: f64, deviation: f64, digit: f64) -> Published {
    Published { value, error: deviation / 1000_f64.sqrt(), rounding: digit / 2.0 }
}

#[track_caller]
fn figure(results: &Results, path: &str) -> Estimate {
    results.figure(path).unwrap_or_else(|| panic!("{path} has a value"))
}

fn times(estimate: Estimate, by: f64) -> Estimate {
    Estimate { value: estimate.value * by, half_width: estimate.half_width.map(|half_width| half_width * by) }
}

#[test]
fn the_twelve_agents_of_contact_centers() {
    // Buist & L'Ecuyer, ContactCenters, examples MMC and MMCAb: 4.2 calls a minute of 2 minutes, 8 hours
    // from empty.
    let scenario = |patience: &str, replications: u32| {
        play(&format!(
            r#"
horizon = {{ length = "8h", interval = "8h", at_end = "drain" }}
experiment = {{ replications = {replications}, seed = 56 }}
[queues.calls]
talk = {{ mean = "2m" }}
target = {{ share = 0.8, within = "20s" }}
{patience}
arrivals.per_hour = 252
[groups.team]
skills = ["calls"]
staff = 12
"#
        ))
    };
    let mut judge = Judge::new();
    judge.about("ContactCenters, 12 agents");
    let results = scenario("", 9000);
    let reps = results.replications;
    let asa = times(figure(&results, "total.wait_answered"), 1.0 / 60.0);
    judge.published("ASA, minutes", asa, reps, of_a_thousand(0.099, 0.045, 0.001));
    let level = figure(&results, "total.service_level");
    judge.published("service level", level, reps, of_a_thousand(0.902, 0.033, 0.001));
    let busy = figure(&results, "total.occupancy");
    judge.published("occupancy", busy, reps, of_a_thousand(0.695, 0.023, 0.001));
    // The same from Kolmogorov's equations.
    let mut chain = Kolmogorov::new(Day {
        arrivals_per_second: |_: f64| 0.07,
        staff: vec![(0.0, 12)],
        mean_service: 120.0,
        mean_patience: f64::INFINITY,
        places: 200,
        release: Release::AfterService,
    });
    let flow = chain.advance(8.0 * 3600.0);
    judge.figures(
        &results,
        "queues.calls",
        &[
            ("delayed", flow.delayed / flow.offered),
            ("queue", flow.waiting_time / (8.0 * 3600.0)),
            ("busy", flow.busy_time / (8.0 * 3600.0)),
        ],
    );

    judge.about("ContactCenters, 12 agents, patience of a minute");
    let results = scenario(r#"patience = { mean = "1m" }"#, 3000);
    let reps = results.replications;
    let left = figure(&results, "total.abandoned");
    judge.published("abandoned a day", left, reps, of_a_thousand(58.609, 15.295, 0.001));
    let busy = figure(&results, "total.occupancy");
    judge.published("occupancy", busy, reps, of_a_thousand(0.675, 0.019, 0.001));
    judge.finish(TWELVE);
}

/// Classes of patience a language.
const CLASSES: u32 = 12;

/// Two languages from 8 to 17, Monday to Friday, 40 lines. In ContactCenters a customer who tries again
/// is as patient as before, here patience is drawn anew. So the exponential distribution of patience is cut into
/// classes of one probability, each a queue whose customers come back to it.
fn bilingual() -> String {
    let class = |language: &str, low: f64, high: f64, class: u32| {
        // The quantile of class / CLASSES.
        let bound = |class: u32| 120.0 * libm::log(f64::from(CLASSES) / f64::from(CLASSES - class));
        let max =
            if class + 1 < CLASSES { format!(", max = \"{:.6}s\"", bound(class + 1)) } else { String::new() };
        let (first, later) = (100.0 / f64::from(CLASSES), 50.0 / f64::from(CLASSES));
        format!(
            r#"
[queues.{language}{class}]
open = ["mon-fri 08:00-17:00"]
at_close = "clear"
talk = {{ kind = "uniform", low = "{low}m", high = "{high}m" }}
patience = {{ mean = "2m", min = "{:.6}s"{max} }}
retry.after_abandon = {{ probability = 0.75, delay = "20m" }}
arrivals.per_hour = {{ "08:00" = {first}, "09:00" = {later}, "17:00" = 0 }}
"#,
            bound(class)
        )
    };
    let english: String = (0..CLASSES).map(|i| class("english", 3.0, 7.0, i)).collect();
    let spanish: String = (0..CLASSES).map(|i| class("spanish", 4.0, 6.0, i)).collect();
    let names = |language: &str| (0..CLASSES).map(|i| format!("{language}{i}")).collect::<Vec<_>>();
    let staff = |agents: u32| format!("staff = {{ \"08:00\" = {agents}, \"17:00\" = 0 }}");
    format!(
        r#"
horizon = {{ start = 2026-03-02, days = 5, interval = "1d" }}
experiment = {{ replications = 2000, seed = 57 }}
channels.phone.lines = 40
{english}
{spanish}
[groups.english]
skills = {:?}
{}
[groups.spanish]
skills = {:?}
{}
[groups.bilingual]
skills = {:?}
{}
[routing]
agents = "random"
contacts = "first_come_first_served"
"#,
        names("english"),
        staff(7),
        names("spanish"),
        staff(7),
        [names("english"), names("spanish")].concat(),
        staff(4),
    )
}

#[test]
fn the_bilingual_week_of_arena() {
    let results = play(&bilingual());
    let reps = results.replications;
    let mut judge = Judge::new();
    judge.about("Bilingual (Arena, ContactCenters)");
    let retries = results.total.by_kind.iter().find(|kind| kind.kind == "retry").expect("some try again");
    let retries = retries.figures.get(Figure::Offered).expect("contacts");
    judge.published("retrials", retries, reps, of_a_thousand(107.168, 21.377, 0.001));
    let served = figure(&results, "total.answered");
    judge.published("served", served, reps, of_a_thousand(4967.235, 69.111, 0.001));
    let left = figure(&results, "total.abandoned");
    judge.published("abandoned", left, reps, of_a_thousand(142.868, 26.740, 0.001));
    for (group, agents, occupancy, deviation) in [
        ("english", 7.0, 0.47624, 0.00977),
        ("spanish", 7.0, 0.47639, 0.00962),
        ("bilingual", 4.0, 0.63254, 0.00908),
    ] {
        // Theirs is all work, calls after 17:00 included, over the 45 hours from 8 to 17.
        let busy = figure(&results, &format!("groups.{group}.busy"));
        let occupied = times(busy, 5.0 * 24.0 / 45.0 / agents);
        judge.published(group, occupied, reps, of_a_thousand(occupancy, deviation, 0.00001));
    }
    judge.finish(BILINGUAL);
}
