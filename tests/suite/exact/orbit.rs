//! Customers who come back: retries after abandonment, repeat contacts after an answer that did not help.

use holdline::figures::Figure;
use holdline::formulas::{Retrial, RetrialSolved};

use super::{Judge, play};

pub(super) const COMPARISONS: usize = 12 + 13 + 14;

const HOURS: f64 = 300.0;
const CASES_PER_HOUR: f64 = 70.0;

/// Five agents, calls of 4 minutes, patience of 2, away for 10 on average; the shares that come back.
fn solve(after_abandon: f64, after_answer: f64) -> RetrialSolved {
    let solved = Retrial {
        cases_per_second: CASES_PER_HOUR / 3600.0,
        mean_service: 240.0,
        mean_patience: 120.0,
        agents: 5,
        after_abandon,
        after_answer,
        mean_delay: 600.0,
    }
    .solve(60, 60);
    assert!(solved.cut() < 1e-9, "the chain is cut where nobody is: {}", solved.cut());
    solved
}

fn scenario(comes_back: &str) -> String {
    format!(
        r#"
horizon = {{ length = "{HOURS}h", warm_up = "50h", interval = "100h", at_end = "drain" }}
experiment = {{ replications = 128, seed = 48 }}
[queues.calls]
talk = {{ mean = "4m" }}
patience = {{ mean = "2m" }}
arrivals.per_hour = {CASES_PER_HOUR}
{comes_back}
[groups.team]
skills = ["calls"]
staff = 5
"#
    )
}

/// What every such centre has; `returns` is the kind of contact of those who come back.
fn judge(
    judge: &mut Judge,
    solved: &RetrialSolved,
    scenario: &str,
    returns: &str,
) -> holdline::figures::Results {
    let results = play(scenario);
    judge.figures(
        &results,
        "queues.calls",
        &[
            ("offered", solved.attempts_per_second() * 3600.0 * HOURS),
            ("contacts_per_case", solved.attempts_per_case()),
            ("delayed", solved.delayed()),
            ("wait", solved.mean_wait()),
            ("abandonment", solved.abandonment()),
            ("queue", solved.queue()),
            ("busy", solved.busy()),
            ("to_return", solved.away()),
        ],
    );
    judge.figure(&results, "total.occupancy", solved.busy() / 5.0);
    let (all, first) = (solved.attempts_per_case(), solved.first_delayed());
    judge.of_kind(&results, "first", Figure::Delayed, first);
    if !returns.is_empty() {
        let later = (solved.delayed() * all - first) / (all - 1.0);
        judge.of_kind(&results, returns, Figure::Delayed, later);
    }
    results
}

#[test]
fn retries_and_repeat_contacts_find_the_centre_as_the_chain_says() {
    let mut all = Judge::new();
    let retry = "retry.after_abandon = { probability = 0.6, delay = { mean = \"10m\" } }";
    let repeat_contact = |p: f64| {
        format!(
            "resolution = {{ probability = 0.7, repeat_contact = {{ probability = {p}, delay = {{ mean = \"10m\" }} }} }}"
        )
    };

    all.about("retries");
    let solved = solve(0.6, 0.0);
    let results = judge(&mut all, &solved, &scenario(retry), "retry");
    // Who is ever answered is solved; nobody else is lost but those who gave up for good.
    let given_up = solved.abandonment() * 0.4 * solved.attempts_per_case();
    all.figure(&results, "queues.calls.resolution", 1.0 - given_up);

    all.about("repeat contacts");
    let solved = solve(0.0, 0.3 * 0.5);
    let results = judge(&mut all, &solved, &scenario(&repeat_contact(0.5)), "repeat");
    let answered = solved.attempts_per_case() * (1.0 - solved.abandonment());
    all.figure(&results, "queues.calls.resolution", 0.7 * answered);
    all.figure(&results, "queues.calls.legs_per_case", answered);

    all.about("retries and repeat contacts");
    let solved = solve(0.6, 0.3 * 0.5);
    let both = format!("{retry}\n{}", repeat_contact(0.5));
    let results = judge(&mut all, &solved, &scenario(&both), "");
    let answered = solved.attempts_per_case() * (1.0 - solved.abandonment());
    all.figure(&results, "queues.calls.resolution", 0.7 * answered);
    all.figure(&results, "queues.calls.legs_per_case", answered);
    // Each contact that is answered for the first time helps with the same probability; who was answered
    // before and comes back is another matter.
    all.figure(&results, "queues.calls.fcr", 0.7);
    let attempts = solved.attempts_per_second() * 3600.0 * HOURS;
    all.figure(&results, "queues.calls.abandoned", attempts * solved.abandonment());
    all.finish(COMPARISONS);
}
