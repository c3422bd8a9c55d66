//! Scores of a scenario's own: they decide as the named rules do that they spell out, and what cannot be read is refused.

use holdline::experiment::{Ask, Comparison, Contender, PolicyPair, Silent};
use holdline::model::Model;
use holdline::scenario::Scenario;
use holdline::vocabulary::{AgentRule, ContactRule};

use crate::plays::{Served, load, record};

/// Three queues and three groups, unlike in all that rules go by, under load.
const CENTRE: &str = r#"
horizon = { length = "30h", interval = "1h" }
[queues.sales]
talk     = { mean = "3m" }
patience = { mean = "4m" }
target   = { share = 0.8, within = "20s" }
arrivals.per_hour = 60
[queues.service]
priority = 2
talk     = { mean = "5m" }
patience = { mean = "9m" }
target   = { share = 0.8, within = "60s" }
retry.after_abandon = { probability = 0.5, delay = { mean = "10m" } }
arrivals.per_hour = 40
[queues.vip]
talk     = { mean = "4m" }
target   = { share = 0.9, within = "10s" }
arrivals.per_hour = 10
[groups.a]
staff = 3
cost.per_hour = 31
skills.sales   = { resolution = 0.8, speed = 1.1 }
skills.service = { resolution = 0.6, speed = 0.9 }
skills.vip     = { resolution = 0.7 }
[groups.b]
staff = 3
cost.per_hour = 24
skills.sales   = { resolution = 0.9, speed = 0.8 }
skills.service = { resolution = 0.7, speed = 1.2 }
[groups.c]
staff = 3
cost.per_hour = 27
skills.service = { resolution = 0.9, speed = 1.0, priority = 2 }
skills.vip     = { resolution = 0.9, speed = 0.7, priority = 2 }
[routing]
"#;

/// Who serves whom and when under these rules.
fn served(rules: &str) -> Vec<Served> {
    let loaded = load(&format!("{CENTRE}{rules}\n"));
    assert!(loaded.warnings.list.is_empty(), "{}", loaded.warnings);
    let model = Model::compile(&loaded.scenario);
    let (_, recorder) = record(&model, 3, 0);
    recorder.served
}

#[test]
fn a_score_decides_as_the_rule_that_it_spells_out() {
    let plain = served("");
    assert!(plain.len() > 2_000, "{}", plain.len());
    for (rule, score) in [
        (
            "contacts = \"longest_weighted_wait\"\nweights.vip = 4",
            "contact_score = \"weight * wait\"\nweights.vip = 4",
        ),
        (
            "contacts = \"c_mu\"\nweights.vip = 1.5",
            "contact_score = \"weight / handle_time\"\nweights.vip = 1.5",
        ),
        ("contacts = \"generalised_c_mu\"", "contact_score = \"rate * wait\""),
        ("contacts = \"share_of_target\"", "contact_score = \"wait / target\""),
        ("contacts = \"earliest_due\"", "contact_score = \"wait - target\""),
        ("contacts = \"longest_queue\"", "contact_score = \"waiting\""),
        ("contacts = \"first_come_first_served\"", "contact_score = \"wait\""),
        ("contacts = \"c_mu_theta\"", "contact_score = \"weight * rate * patience\""),
        ("contacts = \"max_weight\"", "contact_score = \"weight * rate * waiting\""),
        (
            "contacts = \"first_come_first_served\"",
            "contact_score = \"if(is_retry or not is_retry, wait, -wait)\"",
        ),
        ("agents = \"longest_idle\"", "agent_score = \"idle_time\""),
        ("agents = \"fastest_first\"", "agent_score = \"-handle_time\""),
        ("agents = \"slowest_first\"", "agent_score = \"handle_time\""),
        ("agents = \"best_resolver\"", "agent_score = \"solved\""),
        ("agents = \"most_solved_per_hour\"", "agent_score = \"solved * rate\""),
        ("agents = \"cheapest\"", "agent_score = \"-pay\""),
        ("agents = \"skill_priority\"", "agent_score = \"-priority\""),
    ] {
        let (by_rule, by_score) = (served(rule), served(score));
        assert_eq!(by_rule, by_score, "{rule} is not {score}");
        assert!(by_rule != plain || rule.contains("skill_priority"), "{rule} decides nothing here");
    }
}

#[test]
fn parameters_are_numbers_of_the_scores() {
    let tied = |weight: f64| {
        served(&format!(
            "contact_score = \"if(priority < 2, urgent, 1) * wait\"\nparameters.urgent = {weight}"
        ))
    };
    assert_eq!(tied(1.0), served("contacts = \"first_come_first_served\""));
    assert_eq!(tied(3.0), served("contacts = \"longest_weighted_wait\"\nweights = { sales = 3, vip = 3 }"));
    assert_ne!(tied(3.0), tied(1.0));
    // The same by a setting, as sweeps and searches vary it.
    let text = format!("{CENTRE}contact_score = \"wait - later * attempts\"\nparameters.later = 0\n");
    let set = |value: &str| {
        let setting = format!("routing.parameters.later={value}");
        Scenario::from_text("it.toml", &text, &[setting]).expect("it is valid").scenario.routing.parameters
    };
    assert_eq!(set("90"), [("later".to_owned(), 90.0)]);
}

#[test]
fn a_parameter_that_nothing_asks_for_is_told() {
    let told = |rules: &str| load(&format!("{CENTRE}{rules}\n")).warnings.to_string();
    let unused = told("contact_score = \"wait * urgent\"\nparameters = { urgent = 2, urge = 3 }");
    assert!(unused.contains("nothing asks for `routing.parameters.urge`"), "{unused}");
    assert!(!unused.contains("parameters.urgent"), "{unused}");
    // Without a score they are for a policy of one's own.
    assert_eq!(told("parameters.threshold = 2"), "");
}

/// Atar, Giat & Shimkin (2010): in overload, where both classes abandon, it costs least to serve those first whose
/// c mu / theta is highest, not whose c mu is.
#[test]
fn c_mu_theta_beats_c_mu_in_overload() {
    // Work of 80 Erlangs comes to 50 agents. c mu puts the hasty first (60 calls an hour against 50); c mu / theta
    // the patient, as the hasty cost little while they wait: they are soon gone.
    let loaded = load(
        r#"
horizon = { length = "20h", warm_up = "2h", interval = "1h" }
experiment.replications = 8
[queues.hasty]
talk     = { mean = "60s" }
patience = { mean = "30s" }
arrivals.per_hour = 2400
[queues.patient]
talk     = { mean = "72s" }
patience = { mean = "10m" }
arrivals.per_hour = 2000
[groups.all]
skills = ["hasty", "patient"]
staff  = 50
"#,
    );
    let pair = |contacts| PolicyPair { agents: AgentRule::LongestIdle, contacts };
    let pairs = [pair(ContactRule::CMu), pair(ContactRule::CMuTheta)];
    let centres = pairs.map(|pair| (pair.name(), pair.over(&loaded.scenario)));
    let contenders: Vec<_> = centres.iter().map(|(name, scenario)| Contender::new(name, scenario)).collect();
    let ask = Ask { figures: vec!["total.queue".to_owned()], ..Ask::default() };
    let compared = Comparison::new(&contenders, 0, &ask).expect("they compare").run(&Silent).expect("stable");
    let difference = compared.figures[0].variants[1].difference.expect("both have values");
    let highest = difference.value + difference.half_width.expect("several replications");
    assert!(highest < 0.0, "at most {highest} wait more");
}
