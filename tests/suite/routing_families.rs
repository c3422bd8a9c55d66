//! The families of routing rules that have numbers of their own: what they decide in days worked out by hand, what they are
//! equal to, and that they are better than their neighbours where theory says so.

use holdline::engine::Player;
use holdline::estimate::student_multiple;
use holdline::model::Model;
use holdline::observations::{Count, GroupCount};

use crate::corner_cases::{MONDAY, play};
use crate::plays::{self, Recorder, load, record};

/// Seconds that two groups have worked.
fn worked(text: &str, arrivals: &[(&str, &str)]) -> (f64, f64) {
    let played = play(text, arrivals);
    (played.group_seconds("a", GroupCount::Working), played.group_seconds("b", GroupCount::Working))
}

#[test]
fn the_most_idle_has_been_idle_longest_in_all() {
    // a came at 07:00 and has worked 50 minutes, idle for 10 in all and since 07:55; b came at 07:45 and has worked 1, idle for 14 and
    // since 07:57.
    let text = |rule: &str| {
        format!(
            "{MONDAY}[queues.q]\ntalk = \"1m\"\n[queues.x]\ntalk = \"50m\"\n[queues.y]\ntalk = \"1m\"\n\
             [groups.a]\nskills = [\"q\", \"x\"]\nstaff = {{ \"00:00\" = 0, \"07:00\" = 1 }}\n\
             [groups.b]\nskills = [\"q\", \"y\"]\nstaff = {{ \"00:00\" = 0, \"07:45\" = 1 }}\n[routing]\nagents = \"{rule}\"\n"
        )
    };
    let arrivals = [("x", "07:05:00"), ("y", "07:56:00"), ("q", "08:00:00")];
    assert_eq!(worked(&text("most_idle"), &arrivals), (3000.0, 120.0));
    assert_eq!(worked(&text("longest_idle"), &arrivals), (3060.0, 60.0));
}

#[test]
fn a_break_is_no_idle_time() {
    // Both came at 08:00 and are free at 10:00. a has worked 30 minutes and rested 60, and was idle for 30; b has worked 80 and was idle for 40.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"1m\"\n[queues.x]\ntalk = \"30m\"\n[queues.y]\ntalk = \"80m\"\n\
         [groups.a]\nskills = [\"q\", \"x\"]\nshifts.day = {{ agents = 1, start = \"08:00\", length = \"8h\", \
         breaks.long = {{ after = \"30m\", length = \"1h\" }} }}\n\
         [groups.b]\nskills = [\"q\", \"y\"]\nshifts.day = {{ agents = 1, start = \"08:00\", length = \"8h\" }}\n\
         [routing]\nagents = \"most_idle\"\n"
    );
    let arrivals = [("x", "08:00:00"), ("y", "08:00:00"), ("q", "10:00:00")];
    assert_eq!(worked(&text, &arrivals), (1800.0, 4860.0));
}

#[test]
fn whoever_served_the_customer_last_comes_first() {
    // Both are idle since midnight, and a is served first by name. Twelve hours later b has been idle for longer, but a knows
    // the customer.
    let text = |rule: &str| {
        format!(
            "{MONDAY}[queues.q]\ntalk = \"1m\"\n\
             resolution = {{ probability = 0, recontact = {{ probability = 1, delay = \"12h\" }} }}\n\
             [groups.a]\nskills.q.priority = 2\nstaff = 1\n[groups.b]\nskills.q.priority = 2\nstaff = 1\n[routing]\nagents = \"{rule}\"\n"
        )
    };
    assert_eq!(worked(&text("last_agent_first"), &[("q", "08:00:00")]), (120.0, 0.0));
    assert_eq!(worked(&text("longest_idle"), &[("q", "08:00:00")]).0, 60.0);
}

#[test]
fn a_threshold_turns_the_order_of_the_groups() {
    // Two thorough agents, one quick: with three idle the thorough come first, then the quick.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n[groups.a]\nskills = [\"q\"]\nstaff = 2\n\
         [groups.b]\nskills = [\"q\"]\nstaff = 1\n[routing]\nagents = \"threshold\"\nthresholds = {{ a = 3 }}\n"
    );
    let (a, b) = worked(&text, &[("q", "08:00:00")]);
    assert_eq!((a, b), (600.0, 0.0));
    let (a, b) = worked(&text, &[("q", "08:00:00"), ("q", "08:01:00")]);
    assert_eq!((a, b), (600.0, 600.0));
}

#[test]
fn a_head_start_counts_as_waited() {
    // One agent, busy until 08:10: plain has waited for 5 minutes then, vip for 3.
    let first = |rules: &str| {
        let text = format!(
            "{MONDAY}[queues.busy]\ntalk = \"10m\"\n[queues.plain]\ntalk = \"1m\"\n[queues.vip]\ntalk = \"1m\"\n\
             target = {{ share = 0.8, within = \"1h\" }}\n[groups.g]\nskills = [\"busy\", \"plain\", \"vip\"]\nstaff = 1\n\
             [routing]\n{rules}\n"
        );
        let played = play(&text, &[("busy", "08:00:00"), ("plain", "08:05:00"), ("vip", "08:07:00")]);
        if played.waits("vip")[0] == 180.0 { "vip" } else { "plain" }
    };
    for rule in ["priority", "first_come_first_served", "longest_weighted_wait", "generalised_c_mu"] {
        assert_eq!(first(&format!("contacts = \"{rule}\"")), "plain", "{rule}");
        assert_eq!(first(&format!("contacts = \"{rule}\"\nhead_start.vip = \"119s\"")), "plain", "{rule}");
        assert_eq!(first(&format!("contacts = \"{rule}\"\nhead_start.vip = \"121s\"")), "vip", "{rule}");
    }
}

#[test]
fn a_queue_has_a_rule_of_its_own() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\n[queues.r]\ntalk = \"60s\"\n\
         [groups.a]\nskills = {{ q.speed = 0.5, r.speed = 0.5 }}\nstaff = 1\n\
         [groups.b]\nskills = {{ q.speed = 2.0, r.speed = 2.0 }}\nstaff = 1\n\
         [routing]\nagents = \"slowest_first\"\nby_queue.r.agents = \"fastest_first\"\n"
    );
    assert_eq!(worked(&text, &[("q", "08:00:00")]), (120.0, 0.0));
    assert_eq!(worked(&text, &[("r", "08:00:00")]), (0.0, 30.0));
}

#[test]
fn a_pair_below_zero_waits_until_time_lifts_it() {
    // a and b are idle since midnight. The contact suits b at -30 + wait: it waits for 30 seconds though b is idle. The second
    // one, 10 seconds after it, has nobody then, as b is busy for a minute: it waits for 80.
    let text = |matching: &str| {
        format!(
            "{MONDAY}[queues.q]\ntalk = \"60s\"\n[groups.b]\nskills.q.matching = {{ {matching} }}\nstaff = 1\n\
             [routing]\npolicy = \"matching\"\n"
        )
    };
    let arrivals = [("q", "08:00:00"), ("q", "08:00:10")];
    let waits = |matching: &str| play(&text(matching), &arrivals).waits("q");
    let near = |waits: Vec<f64>, expected: [f64; 2]| {
        assert!(waits.iter().zip(expected).all(|(wait, right)| (wait - right).abs() < 1e-5), "{waits:?}");
    };
    near(waits("base = -30, idle = 0"), [30.0, 80.0]);
    // The agent's own idle time counts as much: eight hours lift the first at once. The second waits while the agent is
    // busy, and is taken at 50 by its own wait.
    near(waits("base = -30"), [0.0, 50.0]);
    // Two agents: the head goes at 30 seconds, and the second is then asked again for itself.
    let two = text("base = -30, idle = 0").replace("staff = 1", "staff = 2");
    near(play(&two, &arrivals).waits("q"), [30.0, 30.0]);
}

#[test]
fn matching_has_the_simple_rules_in_it() {
    let centre = |rules: &str, matching: [&str; 2]| {
        let text = format!(
            "horizon = {{ length = \"20h\", interval = \"1h\" }}\n\
             [queues.x]\ntalk = {{ mean = \"3m\" }}\npatience = {{ mean = \"6m\" }}\narrivals.per_hour = 60\n\
             [queues.y]\ntalk = {{ mean = \"5m\" }}\narrivals.per_hour = 30\n\
             [groups.a]\nskills = {{ x = {{ {0} }}, y = {{ {1} }} }}\nstaff = 3\n\
             [groups.b]\nskills = {{ x = {{ {0} }}, y = {{ {1} }} }}\nstaff = 3\n[routing]\n{rules}\n",
            matching[0], matching[1]
        );
        record(&plays::compile(&text), 5, 0).1.served
    };
    let plain = centre("policy = \"first_come_first_served\"", ["", ""]);
    assert!(plain.len() > 1500, "{}", plain.len());
    assert_eq!(centre("policy = \"matching\"", ["matching.base = 0", ""]), plain);
    let weighted = "agents = \"longest_idle\"\ncontacts = \"longest_weighted_wait\"\nweights.y = 3";
    let matched = "agents = \"longest_idle\"\ncontacts = \"matching\"";
    assert_eq!(centre(matched, ["", "matching.wait = 3"]), centre(weighted, ["", ""]));
    assert_ne!(centre(weighted, ["", ""]), plain);
}

#[test]
fn queues_keep_the_ratio_that_is_asked_for() {
    // A hundred agents, load 0.995 without abandonment: one to three of all who wait.
    let loaded = load(
        r#"
horizon = { length = "30h", warm_up = "10h", interval = "30h" }
experiment.replications = 4
[queues.first]
talk = { mean = "4m" }
patience = { mean = "20m" }
arrivals.per_hour = 800
[queues.second]
talk = { mean = "4m" }
patience = { mean = "20m" }
arrivals.per_hour = 800
[groups.team]
skills = ["first", "second"]
staff = 100
[routing]
policy = "queue_and_idleness_ratio"
queue_ratio = { first = 1, second = 3 }
"#,
    );
    let model = Model::compile(&loaded.scenario);
    let queues = ["first", "second"].map(|queue| model.queue_named(queue).expect("it is there"));
    let (mut first, mut second) = (0, 0);
    for replication in 0..4 {
        let seen = plays::play(&model, 7, replication);
        first += plays::in_all(&seen, queues[0], Count::Waiting);
        second += plays::in_all(&seen, queues[1], Count::Waiting);
    }
    let (first, second) = (first as f64, second as f64);
    let share = first / (first + second);
    assert!((share - 0.25).abs() < 0.01, "{share}");
}

#[test]
fn what_nobody_goes_by_is_told() {
    let loaded = load(
        "horizon.length = \"1h\"\n[queues.q]\ntalk = \"1m\"\narrivals.per_hour = 3\n\
         [groups.g]\nskills.q.matching.base = -5\nstaff = 1\n",
    );
    let told = loaded.warnings.to_string();
    assert!(told.contains("`groups.g.skills.q.matching` changes nothing"), "{told}");
}

/// Mandelbaum & Stolyar (2004): at convex cost and high load the generalised c mu rule beats both of its neighbours.
#[test]
fn generalised_c_mu_beats_longest_first_and_strict_c_mu_at_convex_cost() {
    const PLAYS: u64 = 12;
    const WEIGHTS: [f64; 2] = [1.0, 2.0];
    // Of each play the cost of all waits, weight x minutes^power, for these powers.
    const POWERS: [f64; 2] = [2.0, 3.0];
    let costs = |rules: &str| -> Vec<[f64; 2]> {
        let model = plays::compile(&format!(
            r#"
horizon = {{ length = "40h", interval = "40h" }}
[queues.long]
talk = {{ mean = "6m" }}
arrivals.per_hour = 46
[queues.short]
talk = {{ mean = "2m" }}
arrivals.per_hour = 150
[groups.team]
skills = ["short", "long"]
staff = 10
[routing]
{rules}
"#
        ));
        let of_play = |replication: u64| {
            let mut recorder = Recorder::new(&model);
            let mut player: Player<_> = Player::new(&model, &mut recorder);
            player.play(11, replication).expect("the play is stable");
            drop(player);
            POWERS.map(|power| {
                let served = recorder.served.iter();
                served
                    .map(|served| {
                        let wait = served.at.since(served.contact.entered).seconds() / 60.0;
                        WEIGHTS[served.contact.queue.index()] * wait.powf(power)
                    })
                    .sum()
            })
        };
        (0..PLAYS).map(of_play).collect()
    };
    let longest_first = costs("contacts = \"first_come_first_served\"");
    let strict = costs("contacts = \"c_mu\"\nweights.short = 2");
    for (at, power) in POWERS.into_iter().enumerate() {
        let ours = costs(&format!(
            "contacts = \"generalised_c_mu\"\nweights.short = 2\ncost_power = {{ short = {power}, long = {power} }}"
        ));
        for (name, other) in [("longest first", &longest_first), ("c mu", &strict)] {
            let saved: Vec<f64> = other.iter().zip(&ours).map(|(other, ours)| other[at] - ours[at]).collect();
            let n = PLAYS as f64;
            let mean = saved.iter().sum::<f64>() / n;
            let deviation = (saved.iter().map(|one| (one - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
            let half = student_multiple(0.95, n - 1.0).expect("several replications") * deviation / n.sqrt();
            assert!(mean - half > 0.0, "power {power}, {name}: saves {mean} ± {half}");
        }
    }
}
