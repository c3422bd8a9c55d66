//! Agents who are not equally fast: what each of them takes, and what a group of them gets done.

use std::collections::BTreeMap;

use holdline::experiment::{ContactLog, Experiment};
use holdline::routing::RulePolicy;
use holdline::scenario::Scenario;

use crate::plays;

/// More than anyone can serve from the first minute on; each call takes a minute of talk and twenty seconds of wrap-up.
fn centre(agents: u32, differ: &str) -> String {
    centre_for("2h", agents, differ)
}

fn centre_for(length: &str, agents: u32, differ: &str) -> String {
    format!(
        "horizon = {{ length = \"{length}\", interval = \"10m\" }}\nexperiment.seed = 5\n\
         [queues.a]\ntalk = \"60s\"\nwrap_up = \"20s\"\npatience = \"1000h\"\narrivals.per_hour = 3000\n\
         [groups.team]\nskills = [\"a\"]\nstaff = {agents}\n{differ}\n"
    )
}

/// By agent: talk and wrap-up of each of its calls that are over, and all calls that it began, with the first.
type Work = BTreeMap<u32, (Vec<(f64, f64)>, usize, f64)>;

fn work(text: &str, replication: u64) -> Work {
    let loaded = plays::load(text);
    let experiment = Experiment::new(&loaded.scenario).expect("it can be played");
    let mut log = ContactLog::default();
    experiment.record(replication, &mut RulePolicy::new(experiment.model()), &mut log).expect("it plays");
    let mut work = Work::new();
    for row in log.rows() {
        let Some(agent) = row.agent else { continue };
        let began = row.entered.micros() as f64 / 1e6 + row.wait.map_or(0.0, |wait| wait.seconds());
        let (times, calls, first) = work.entry(agent.0).or_insert((Vec::new(), 0, began));
        (*calls, *first) = (*calls + 1, first.min(began));
        if row.freed.is_some() {
            times.push((row.talk.seconds(), row.wrap_up.seconds()));
        }
    }
    work
}

#[test]
fn each_agent_has_a_pace_of_its_own_and_gets_done_what_it_allows() {
    let differ = "agents_differ = { cv = 0.2 }";
    let team = work(&centre(8, differ), 0);
    assert_eq!(team.len(), 8);
    let mut paces = Vec::new();
    for (times, calls, first) in team.values() {
        let pace = times[0].0 / 60.0;
        for (talk, wrap_up) in times {
            assert!((talk - 60.0 * pace).abs() < 2e-6 && (wrap_up - 20.0 * pace).abs() < 2e-6);
        }
        // One call after the other from the first on: so many begin before the end.
        assert_eq!(*calls as f64, ((7200.0 - first) / (80.0 * pace)).ceil(), "pace {pace}");
        paces.push(pace);
    }
    let spread = |paces: &[f64]| {
        let mean = paces.iter().sum::<f64>() / paces.len() as f64;
        (paces.iter().map(|pace| (pace - mean).powi(2)).sum::<f64>() / paces.len() as f64).sqrt()
    };
    assert!(spread(&paces) > 0.05, "{paces:?}");
    // Whoever comes in beside them leaves them as they are; another replication has another team.
    let pace = |work: &Work, agent: u32| work[&agent].0[0].0 / 60.0;
    let larger = work(&centre(9, differ), 0);
    assert!((0..8).all(|agent| pace(&larger, agent) == paces[agent as usize]));
    let other = work(&centre(8, differ), 1);
    assert!((0..8).all(|agent| pace(&other, agent) != paces[agent as usize]));
    // Without the key, and with no spread, all are alike.
    for alike in ["", "agents_differ = { cv = 0 }"] {
        let team = work(&centre(8, alike), 0);
        assert!(team.values().flat_map(|(times, ..)| times).all(|times| *times == (60.0, 20.0)), "{alike}");
    }
}

/// Factors have mean 1 and the cv that was given; calls an hour are their inverse, on average 1 + cv² times those of
/// agents who are alike, as the inverse of a lognormal variable of mean 1 is.
#[test]
fn paces_have_mean_one_and_throughput_gains_by_their_spread() {
    const CV: f64 = 0.3;
    let text = centre_for("10m", 20, &format!("agents_differ = {{ cv = {CV} }}"));
    let paces: Vec<f64> = (0..200)
        .flat_map(|replication| work(&text, replication).into_values().map(|(times, ..)| times[0].0 / 60.0))
        .collect();
    assert_eq!(paces.len(), 4000);
    let mean = |of: &dyn Fn(f64) -> f64| paces.iter().map(|pace| of(*pace)).sum::<f64>() / 4000.0;
    // Four standard errors each.
    let root = 4000f64.sqrt();
    let square = CV * CV;
    assert!((mean(&|pace| pace) - 1.0).abs() < 4.0 * CV / root);
    // The fourth central moment of a lognormal variable of cv 0.3 is 4.6 squared variances.
    let variance = mean(&|pace| (pace - 1.0) * (pace - 1.0));
    assert!((variance / square - 1.0).abs() < 4.0 * 3.6f64.sqrt() / root, "{variance}");
    let throughput = mean(&|pace| 1.0 / pace);
    assert!((throughput - (1.0 + square)).abs() < 4.0 * (1.0 + square) * CV / root, "{throughput}");
}

#[test]
fn a_spread_that_no_distribution_has_is_refused() {
    let text = centre(2, "agents_differ = { cv = 1000 }");
    let said = Scenario::from_text("test.toml", &text, &[]).expect_err("it is refused").render(false);
    assert!(said.contains("groups.team.agents_differ.cv") && said.contains("must lie between"), "{said}");
}
