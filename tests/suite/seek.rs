//! `holdline seek`: where a condition begins to hold, against Erlang A's own answer.

use assert_cmd::Command;
use predicates::prelude::*;

use holdline::experiment::{Condition, Found, Seek, Silent, Sought, Unknown};
use holdline::formulas::ErlangA;
use holdline::formulas::staffing::{Goal, agents_for_a};
use holdline::reading::Setting;
use holdline::scenario::Scenario;
use holdline::vocabulary::Quantity;

/// One queue of calls of 3 minutes and a patience of 2 minutes, in the steady state.
fn centre(per_hour: f64, agents: u32) -> String {
    format!(
        "horizon = {{ length = \"200h\", warm_up = \"5h\", interval = \"1h\" }}\n\
         experiment.replications = 16\n\
         [queues.calls]\n\
         talk.mean = \"3m\"\npatience.mean = \"2m\"\narrivals.per_hour = {per_hour}\n\
         target = {{ share = 0.8, within = \"20s\" }}\n\
         [groups.team]\nskills = [\"calls\"]\nstaff = {agents}\ncost.per_hour = 1\n"
    )
}

fn exact(per_hour: f64, agents: f64) -> ErlangA {
    ErlangA { arrivals_per_second: per_hour / 3600.0, mean_service: 180.0, mean_patience: 120.0, agents }
}

fn sought(text: &str, unknown: Unknown, about: f64, condition: &str) -> Sought {
    let load = |settings: &[String]| Scenario::from_text("centre.toml", text, settings);
    let seek = Seek {
        start: unknown.place(Quantity::Number(about)),
        unknown,
        condition: Condition::parse(condition).expect("a condition"),
        from: None,
        to: None,
        replications: 16,
        most: 512,
    };
    let file = load(&[]).expect("it is valid").scenario;
    let lay = |setting: &Setting| load(&[setting.line().to_owned()]).ok().map(|loaded| loaded.scenario);
    seek.run(&file, &lay, &Silent).expect("it can be played")
}

#[test]
fn the_fewest_agents_are_those_of_erlang_a() {
    for (per_hour, share) in [(60.0, 0.8), (100.0, 0.7), (150.0, 0.9), (300.0, 0.8)] {
        let goal = Goal::ServiceLevel { share, within: 20.0 };
        let agents = i64::from(agents_for_a(&exact(per_hour, 1.0), &goal).expect("it can be kept"));
        // From far above and from far below.
        for start in [40, 2] {
            let condition = format!("queues.calls.service_level >= {share}");
            let unknown = Unknown::whole("groups.team.staff");
            let found = sought(&centre(per_hour, 12), unknown, f64::from(start), &condition);
            let border = Found::Border { holds: agents, fails: agents - 1 };
            assert_eq!(found.found, border, "{per_hour} an hour, {share}: {:?}", found.tried);
        }
    }
}

#[test]
fn the_most_calls_that_a_team_can_take_lie_in_the_interval() {
    let unknown = Unknown::real("queues.calls.arrivals.per_hour", Quantity::Whole(100), None);
    let found =
        sought(&centre(100.0, 10), unknown.expect("a resolution"), 100.0, "queues.calls.abandonment <= 5%");
    let Found::Border { holds, fails } = found.found else { panic!("{found:?}") };
    let calls = |place: i64| found.at(place).expect("it was tried").value.parse::<f64>().expect("a number");
    let abandon = |per_hour: f64| exact(per_hour, 10.0).abandonment();
    assert_eq!(fails - holds, 1, "less calls are better");
    assert!(abandon(calls(holds)) <= 0.05 && abandon(calls(fails)) > 0.05, "{found:?}");
}

fn holdline(folder: &std::path::Path) -> Command {
    let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    command.current_dir(folder).args(["seek", "centre.toml", "--quiet"]);
    command
}

#[test]
fn the_command_says_what_it_found_or_why_not() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    std::fs::write(folder.path().join("centre.toml"), centre(100.0, 10)).expect("it can be written");
    let seek = |arguments: &[&str]| holdline(folder.path()).args(arguments).assert();
    let level = "queues.calls.service_level >= 0.8";
    let staff = ["--vary", "groups.team.staff", "--until"];
    let goal = Goal::ServiceLevel { share: 0.8, within: 20.0 };
    let agents = agents_for_a(&exact(100.0, 1.0), &goal).expect("it can be kept");
    let smallest = format!("groups.team.staff = {agents} is the smallest with which");
    seek(&[&staff[..], &[level]].concat()).success().stdout(predicate::str::contains(smallest));
    let json = seek(&[&staff[..], &[level, "--json"]].concat()).success();
    let json: serde_json::Value = serde_json::from_slice(&json.get_output().stdout).expect("it is JSON");
    assert_eq!(json["holds"], agents.to_string());
    // With at most 4 agents for a load of 5 most callers wait: a sentence, no failure.
    seek(&[&staff[..], &[level, "--to", "4"]].concat())
        .success()
        .stdout(predicate::str::contains("With no value of groups.team.staff between 2 and 4"));
    for (arguments, said) in [
        (vec!["--vary", "groups.team.staff", "--until", "queues.calls.wait = 20s"], "neither `>=` nor `<=`"),
        (vec!["--vary", "groups.team.staff", "--until", "queues.cals.wait <= 20s"], "queues.cals"),
        (vec!["--vary", "groups.teem.staff", "--until", level], "groups.teem.staff"),
        (vec!["--vary", "queues.calls.channel", "--until", level], "no number or time"),
        (vec!["--vary", "groups.team.staff", "--until", level, "--from", "x"], "--from x"),
        (vec!["--vary", "groups.team.staff", "--until", level, "--from", "9", "--to", "3"], "above"),
    ] {
        seek(&arguments).code(2).stderr(predicate::str::contains(said));
    }
}
