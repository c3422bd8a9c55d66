//! Routing rules against each other: which can differ, on the same customers, with intervals that hold together.

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use holdline::estimate::student_multiple;
use holdline::experiment::{
    Ask, Compared, Comparison, Contender, Contest, PolicyPair, Silent, fitting_agent_rules,
    fitting_contact_rules, policy_pairs,
};
use holdline::model::Model;
use holdline::routing::{Contact, Offer, Policy, RulePolicy, View};
use holdline::scenario::{Loaded, Scenario};
use holdline::state::CaseId;
use holdline::units::AgentId;
use holdline::vocabulary::{AgentRule, ContactRule};
use predicates::prelude::PredicateBooleanExt as _;
use predicates::str::contains;

fn research(name: &str, settings: &[&str]) -> Loaded {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/research").join(name);
    let settings: Vec<String> = settings.iter().map(|text| (*text).to_owned()).collect();
    Scenario::load(&path, &settings).unwrap_or_else(|mistakes| panic!("{name}: {mistakes:?}"))
}

fn ask(figures: &[&str]) -> Ask {
    Ask { figures: figures.iter().map(|path| (*path).to_owned()).collect(), together: true, ..Ask::default() }
}

/// Pairs of rules on one centre, the first one as the baseline.
fn play(loaded: &Loaded, pairs: &[PolicyPair], figures: &[&str]) -> Compared {
    let centres: Vec<_> = pairs.iter().map(|pair| (pair.name(), pair.over(&loaded.scenario))).collect();
    let contenders: Vec<Contender<'_>> =
        centres.iter().map(|(name, scenario)| Contender::new(name, scenario)).collect();
    let comparison = Comparison::new(&contenders, 0, &ask(figures)).expect("they can be compared");
    comparison.run(&Silent).expect("they are stable")
}

/// The interval of a difference to the baseline.
fn interval(compared: &Compared, path: &str, variant: usize) -> (f64, f64) {
    let figure = compared.figures.iter().find(|figure| figure.path == path).expect("it is compared");
    let difference = figure.variants[variant].difference.expect("both have values");
    let half = difference.half_width.expect("several replications");
    (difference.value - half, difference.value + half)
}

#[test]
fn every_model_of_the_literature_runs() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let research = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/research");
    let mut models = 0;
    for entry in fs::read_dir(research).expect("it can be read") {
        let path = entry.expect("an entry").path();
        let text = fs::read_to_string(&path).expect("it can be read");
        assert!(text.contains("Source"), "{} names no source", path.display());
        let out = folder.path().join(path.file_stem().expect("a name"));
        let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
        holdline.args(["run", "--replications", "2", "--charts", "none", "--quiet", "--out"]).arg(out);
        holdline.arg(&path).assert().success().stderr("");
        models += 1;
    }
    assert!(models >= 12, "only {models} models");
}

/// Armony (2005): fastest first makes customers wait less, and its fastest agents work hardest.
#[test]
fn fastest_first_waits_less_and_is_less_fair_than_longest_idle() {
    let loaded = research("inverted_v.toml", &["groups.quick.skills.calls.resolution=0.9"]);
    let pair = |agents| PolicyPair { agents, contacts: ContactRule::Priority };
    let figures = ["total.wait", "total.occupancy_spread"];
    let compared = play(&loaded, &[pair(AgentRule::LongestIdle), pair(AgentRule::FastestFirst)], &figures);
    let (_, highest) = interval(&compared, "total.wait", 1);
    assert!(highest < 0.0, "waits differ by at most {highest}");
    let (lowest, _) = interval(&compared, "total.occupancy_spread", 1);
    assert!(lowest > 0.0, "spreads differ by at least {lowest}");
    let best = compared.figures[0].variants[1].best.expect("it was asked");
    assert!(best > 0.99, "{best}");
}

/// The centre of Wallace and Whitt with so many skills an agent: the first is taken first.
fn wallace_whitt(skills: usize) -> Loaded {
    let mut text = "horizon = { length = \"100h\", warm_up = \"5h\", interval = \"1h\" }\n\
                    experiment.replications = 40\nchannels.phone.lines = 120\n"
        .to_owned();
    let types = 1..=6;
    for number in types.clone() {
        text.push_str(&format!(
            "queues.type_{number} = {{ talk = {{ mean = \"10m\" }}, arrivals.per_hour = 84, channel = \"phone\" }}\n"
        ));
    }
    let skill = |number: usize, place: usize| {
        format!("skills.type_{number} = {{ priority = {place}, takes = {place} }}")
    };
    for first in types.clone() {
        let others = types.clone().filter(|other| *other != first);
        let groups: Vec<(String, u32, Vec<String>)> = match skills {
            1 => vec![(String::new(), 15, vec![])],
            2 => others.map(|other| (format!("_{other}"), 3, vec![skill(other, 2)])).collect(),
            _ => vec![(String::new(), 15, others.map(|other| skill(other, 2)).collect())],
        };
        for (name, staff, more) in groups {
            let all = [vec![skill(first, 1)], more].concat().join(", ");
            text.push_str(&format!("groups.agents_{first}{name} = {{ staff = {staff}, {all} }}\n"));
        }
    }
    Scenario::from_text("wallace_whitt.toml", &text, &[]).unwrap_or_else(|mistakes| panic!("{mistakes:?}"))
}

/// Wallace & Whitt (2005): 4.1 % of calls are blocked with one skill an agent, 0.43 % with two, 0.36 % with all six.
#[test]
fn two_skills_an_agent_are_nearly_as_good_as_six() {
    let all = [wallace_whitt(6), wallace_whitt(2), wallace_whitt(1)];
    let names = ["six skills", "two skills", "one skill"];
    let contenders: Vec<Contender<'_>> =
        names.iter().zip(&all).map(|(name, loaded)| Contender::new(name, &loaded.scenario)).collect();
    let comparison = Comparison::new(&contenders, 0, &ask(&["total.busy_signals"])).expect("they compare");
    let compared = comparison.run(&Silent).expect("they are stable");
    let blocked: Vec<f64> =
        compared.figures[0].variants.iter().map(|one| one.value.expect("a value").value).collect();
    let (_, two) = interval(&compared, "total.busy_signals", 1);
    assert!(two < 0.001, "two skills block up to {two} more: {blocked:?}");
    let (one, _) = interval(&compared, "total.busy_signals", 2);
    assert!(one > 0.03, "one skill blocks at least {one} more: {blocked:?}");
    let near = |found: f64, published: f64| (found / published - 1.0).abs() < 0.15;
    assert!(near(blocked[0], 0.0036) && near(blocked[1], 0.0043) && near(blocked[2], 0.041), "{blocked:?}");
}

#[test]
fn rules_that_cannot_differ_are_left_out() {
    let fitting = |text: &str| {
        let loaded = Scenario::from_text("it.toml", text, &[]).unwrap_or_else(|wrong| panic!("{wrong:?}"));
        (fitting_agent_rules(&loaded.scenario), fitting_contact_rules(&loaded.scenario))
    };
    let queue = "horizon.length = \"1h\"\n[queues.a]\ntalk = { mean = \"3m\" }\narrivals.per_hour = 10\n";
    let alike = format!("{queue}[groups.g]\nskills = [\"a\"]\nstaff = 3\n");
    // The file's own priorities are all alike, so that it already plays as the longest idle.
    let always = vec![AgentRule::SkillPriority, AgentRule::Random, AgentRule::LeastOccupied];
    assert_eq!(fitting(&alike), (always, vec![ContactRule::Priority]));
    let unlike = format!(
        "{alike}[groups.h]\nskills.a = {{ speed = 2, resolution = 0.5 }}\nstaff = 1\ncost.per_hour = 30\n\
         [queues.b]\ntalk = {{ mean = \"3m\" }}\n[groups.i]\nskills = [\"a\", \"b\"]\nstaff = 1\n"
    );
    let (agents, contacts) = fitting(&unlike);
    // h is the fastest, solves least and costs most; slowest first, best resolver and cheapest put it last.
    assert!(agents.contains(&AgentRule::FastestFirst) && agents.contains(&AgentRule::SlowestFirst));
    assert!(
        !agents.contains(&AgentRule::BestResolver) && !agents.contains(&AgentRule::LongestIdle),
        "{agents:?}"
    );
    assert!(!agents.contains(&AgentRule::Cheapest), "{agents:?}");
    assert!(!agents.contains(&AgentRule::LeastLoaded), "nobody has several things at once");
    // Queues alike, without targets and weights: age and length are what there is to go by.
    assert_eq!(contacts, [ContactRule::Priority, ContactRule::LongestQueue]);
    let weighed = format!("{unlike}[routing]\ncontacts = \"c_mu\"\nweights.b = 3\n");
    let (_, contacts) = fitting(&weighed);
    for rule in [ContactRule::CMu, ContactRule::GeneralisedCMu, ContactRule::LongestWeightedWait] {
        assert!(contacts.contains(&rule), "{rule:?}");
    }
    let own = PolicyPair { agents: AgentRule::Random, contacts: ContactRule::CMu };
    let pairs = policy_pairs(own, &[AgentRule::Random, AgentRule::LongestIdle], &[ContactRule::CMu]);
    assert_eq!(pairs[0], own);
    assert_eq!(pairs.len(), 2);
}

#[test]
fn intervals_of_several_differences_hold_together() {
    let loaded = research("inverted_v.toml", &["experiment.replications=5", "horizon.length=3h"]);
    let pair = |agents| PolicyPair { agents, contacts: ContactRule::Priority };
    let pairs = [AgentRule::LongestIdle, AgentRule::Random, AgentRule::FastestFirst].map(pair);
    let together = play(&loaded, &pairs, &["total.wait"]);
    let alone = play(&loaded, &pairs[..2], &["total.wait"]);
    let width = |compared: &Compared| {
        compared.figures[0].variants[1].difference.and_then(|difference| difference.half_width)
    };
    // Two differences of 97.5 % each hold together with 95 %; five replications leave four degrees of freedom.
    let ratio = width(&together).expect("a width") / width(&alone).expect("a width");
    let expected =
        student_multiple(0.975, 4.0).expect("degrees") / student_multiple(0.95, 4.0).expect("degrees");
    assert!((ratio / expected - 1.0).abs() < 1e-12, "{ratio} {expected}");
    let best: f64 = together.figures[0].variants.iter().filter_map(|one| one.best).sum();
    assert!((best - 1.0).abs() < 1e-9, "the probabilities of being the best sum up to {best}");
}

/// A policy of one's own: as the rules do, but an agent stays free for the first class as long as few are idle.
struct KeepIdle {
    rules: RulePolicy,
    idle: u32,
}

impl KeepIdle {
    fn new(model: &Model) -> KeepIdle {
        let idle = model.routing.parameter("idle").unwrap_or(0.0);
        KeepIdle { rules: RulePolicy::new(model), idle: idle as u32 }
    }
}

impl Policy for KeepIdle {
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        let first = view.model().queues[contact.queue.index()].priority == 1;
        let enough = view.idle_for(contact.queue) > self.idle;
        if first || enough { self.rules.agent_for(contact, view) } else { Offer::Wait }
    }

    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        let enough = view.idle(view.group(agent)) > self.idle;
        let wanted = |contact: &CaseId| {
            enough || view.model().queues[view.contact(*contact).queue.index()].priority == 1
        };
        self.rules.contact_for(agent, view).filter(wanted)
    }

    fn holds_back(&self) -> bool {
        true
    }
}

#[test]
fn a_policy_of_ones_own_is_compared_and_reads_its_parameters() {
    let with = |idle: u32| {
        let idle = format!("routing.parameters.idle={idle}");
        let settings =
            ["routing.contacts=priority", &idle, "experiment.replications=10", "horizon.length=20h"];
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/research/v_model.toml");
        let mut text = fs::read_to_string(path).expect("it can be read");
        text = text.replace("contacts = \"longest_weighted_wait\"\nweights  = { first = 4 }\n", "");
        let settings = settings.map(str::to_owned);
        Scenario::from_text("v.toml", &text, &settings).unwrap_or_else(|wrong| panic!("{wrong:?}"))
    };
    let (none, two) = (with(0), with(2));
    let contenders = [
        Contender::new("rules", &none.scenario),
        Contender::under("keeps none", &none.scenario, KeepIdle::new),
        Contender::under("keeps two", &two.scenario, KeepIdle::new),
    ];
    let figures = ["queues.first.wait", "queues.second.wait"];
    // Five seconds are less than what two agents make the first class wait less.
    let contest = Contest { figure: "queues.first.wait".to_owned(), delta: 5.0, max_replications: 1_000 };
    let ask = Ask { contest: Some(contest), ..ask(&figures) };
    let comparison = Comparison::new(&contenders, 0, &ask).expect("they can be compared");
    let compared = comparison.run(&Silent).expect("they are stable");
    assert_eq!(interval(&compared, "queues.first.wait", 1), (0.0, 0.0), "the same decisions");
    assert!(interval(&compared, "queues.first.wait", 2).1 < 0.0, "two agents wait for the first class");
    assert!(interval(&compared, "queues.second.wait", 2).0 > 0.0);
    assert_eq!(compared.contest.expect("it was held").best, Some(2));
}

#[test]
fn parameters_are_numbers_of_any_name() {
    let text = "horizon.length = \"1h\"\n[queues.a]\ntalk = \"3m\"\narrivals.per_hour = 10\n\
                [groups.g]\nskills = [\"a\"]\nstaff = 3\n[routing.parameters]\nthreshold = -0.5\nlevel = 3\n";
    let loaded = Scenario::from_text("it.toml", text, &[]).unwrap_or_else(|wrong| panic!("{wrong:?}"));
    let rules = Model::compile(&loaded.scenario).routing;
    assert_eq!(rules.parameter("threshold"), Some(-0.5));
    assert_eq!(rules.parameter("level"), Some(3.0));
    assert_eq!(rules.parameter("limit"), None);
    let wrong = text.replace("level = 3", "level = \"three\"");
    assert!(Scenario::from_text("it.toml", &wrong, &[]).is_err());
}

#[test]
fn the_command_writes_a_table_for_a_paper_and_a_frontier() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("out");
    let league = |flags: &[&str]| {
        let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
        holdline.current_dir(env!("CARGO_MANIFEST_DIR"));
        holdline.args(["league", "scenarios/research/inverted_v.toml", "--replications", "6", "--quiet"]);
        holdline.args(["--set", "horizon.length=4h", "--out"]).arg(&out).args(flags).assert()
    };
    let told =
        league(&["--figure", "total.wait", "--figure", "total.fcr", "--figure", "total.occupancy_spread"]);
    let told = told.success().stdout(contains("fastest_first").and(contains("on the frontier")));
    let printed = String::from_utf8(told.get_output().stdout.clone()).expect("UTF-8");
    assert!(printed.lines().all(|line| line.chars().count() <= 110), "{printed}");
    let read =
        |name: &str| fs::read_to_string(out.join(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
    let csv = read("league.csv");
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    let rows: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    let policies = rows.len() / 3;
    // The file's own, which three others agree with, and four that can differ.
    assert_eq!(policies, 5, "{csv}");
    assert_eq!(rows.iter().filter(|row| &row[8] == "baseline").count(), 3);
    assert!(rows.iter().any(|row| &row[10] == "true"));
    // Ranked by the mean wait.
    let waits: Vec<f64> = rows
        .iter()
        .filter(|row| &row[3] == "total.wait")
        .map(|row| row[4].parse().expect("a wait"))
        .collect();
    assert!(waits.is_sorted(), "{waits:?}");
    let markdown = read("league.md");
    assert_eq!(markdown.lines().filter(|line| line.starts_with('|')).count(), policies + 2);
    let latex = read("league.tex");
    assert_eq!(latex.lines().filter(|line| line.ends_with("\\\\")).count(), policies + 1);
    assert!(latex.contains("fastest\\_first") && latex.contains("\\toprule"));
    assert!(read("charts/frontier.svg").contains("Waiting against resolution"));
    assert!(read("compare.csv").contains("least_occupied + priority"));
    league(&["--agents", "fastest"]).code(2).stderr(contains("fastest_first"));
    league(&["--agents", "skill_priority"]).code(2).stderr(contains("nothing to play against"));
    league(&["--agents", "random,longest_idle", "--best", "total.wait"]).code(2).stderr(contains("--delta"));
    league(&["--agents", "random,fastest_first", "--best", "total.wait", "--delta", "30s"])
        .success()
        .stdout(contains("Kim & Nelson"));
}
