//! Scripts of queues: worked out by hand, equal to the delays that they spell out, and predictions as theory has them.

use holdline::engine::Player;
use holdline::observations::{Count, GroupCount};
use holdline::routing::{Contact, Offer, Policy, RulePolicy, View};
use holdline::state::CaseId;
use holdline::units::AgentId;

use crate::corner_cases::{MONDAY, play};
use crate::plays::{compile, load, record};

#[test]
fn a_ring_that_widens_a_crowd_and_a_callback() {
    // First a is asked; after 30 seconds b too; where more than two wait, c; after two minutes a callback is offered.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n\
         callback = {{ offer_when = \"by_script\", accept = 1, start_when = \"place_reached\" }}\n\
         [groups.a]\nskills = [\"q\"]\nstaff = 1\n[groups.b]\nskills = [\"q\"]\nstaff = 1\n[groups.c]\nskills = [\"q\"]\nstaff = 1\n\
         [routing.scripts.q]\nfirst.ask = [\"a\"]\nhelp  = {{ after = \"30s\", ask = [\"b\"] }}\n\
         crowd = {{ when = \"waiting > 2\", ask = [\"c\"] }}\nlate  = {{ after = \"2m\", offer = \"callback\" }}\n"
    );
    let arrivals =
        [("q", "08:00:00"), ("q", "08:00:10"), ("q", "08:01:00"), ("q", "08:01:05"), ("q", "08:01:10")];
    let played = play(&text, &arrivals);
    // a at once; b after 30 seconds. The third waits until the fifth comes: now three wait, and c takes the first of them. The others
    // hang up after two minutes, and are called when a and b are free.
    assert_eq!(played.waits("q")[..3], [0.0, 30.0, 10.0]);
    assert_eq!(played.count("q", Count::CalledBack), 2);
    assert_eq!(played.group_seconds("c", GroupCount::Working), 600.0);
    assert_eq!(played.count("q", Count::Answered), 3 + 2);
    // Who does not accept waits on.
    let patient = play(&text.replace("accept = 1", "accept = 0"), &arrivals);
    assert_eq!(patient.count("q", Count::CalledBack), 0);
    assert_eq!(patient.waits("q"), [0.0, 30.0, 10.0, 535.0, 570.0]);
}

#[test]
fn a_contact_moves_on_where_the_other_queue_is_open() {
    let text = |open: &str| {
        format!(
            "{MONDAY}[queues.q]\ntalk = \"10m\"\n[queues.r]\ntalk = \"1m\"\n{open}[groups.a]\nskills = [\"q\"]\nstaff = 1\n\
             [groups.d]\nskills = [\"r\"]\nstaff = 1\n\
             [routing.scripts.q]\nmove = {{ after = \"60s\", when = \"longest_wait >= 60s\", to = \"r\" }}\n"
        )
    };
    let arrivals = [("q", "08:00:00"), ("q", "08:00:20")];
    let moved = play(&text(""), &arrivals);
    assert_eq!(moved.count("q", Count::Overflowed), 1);
    // The wait runs on.
    assert_eq!(moved.count("r", Count::WaitAnswered), 60_000_000);
    let stays = play(&text("open = \"daily 09:00-18:00\"\n"), &arrivals);
    assert_eq!(stays.waits("q"), [0.0, 580.0]);
}

#[test]
fn a_script_that_asks_nobody_leaves_the_rule_alone() {
    // One agent by a rule that no script orders; the second caller hangs up after a minute and is called back.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n\
         callback = {{ offer_when = \"by_script\", accept = 1, start_when = \"place_reached\" }}\n\
         [groups.a]\nskills = [\"q\"]\nstaff = 1\n[routing]\nagents = \"random\"\n\
         scripts.q.late = {{ after = \"1m\", offer = \"callback\" }}\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("q", "08:00:10")]);
    assert_eq!(played.count("q", Count::CalledBack), 1);
    assert_eq!(played.count("q", Count::Answered), 2);
}

/// Two groups under load; what is written of queue x and its script, and the served.
fn served(skill: &str, routing: &str) -> Vec<crate::plays::Served> {
    let text = format!(
        "horizon = {{ length = \"30h\", interval = \"1h\" }}\n\
         [queues.x]\ntalk = {{ mean = \"3m\" }}\npatience = {{ mean = \"6m\" }}\ntarget = {{ share = 0.8, within = \"20s\" }}\n\
         arrivals.per_hour = 60\n[queues.y]\ntalk = {{ mean = \"5m\" }}\narrivals.per_hour = 30\n\
         [groups.a]\nskills = [\"x\"]\nstaff = 3\n\
         [groups.b]\nskills = {{ x = {{ priority = 2{skill} }}, y = {{ priority = 1 }} }}\nstaff = 3\n[routing]\n{routing}\n"
    );
    record(&compile(&text), 5, 0).1.served
}

#[test]
fn a_step_after_a_wait_is_a_delay() {
    for contacts in ["priority", "first_come_first_served", "longest_weighted_wait"] {
        let rule = format!("contacts = \"{contacts}\"\n");
        let delayed = served(", after = \"45s\"", &rule);
        assert!(delayed.len() > 1_500);
        let script = "scripts.x.first.ask = [\"a\"]\nscripts.x.help = { after = \"45s\", ask = [\"b\"] }\n";
        assert_eq!(served("", &format!("{rule}{script}")), delayed, "{contacts}");
        assert_ne!(served("", &rule), delayed);
    }
}

#[test]
fn conditions_ask_for_parameters_and_what_the_queue_remembers() {
    let help = |when: &str| {
        served(
            "",
            &format!(
                "scripts.x.first.ask = [\"a\"]\nscripts.x.help = {{ when = \"{when}\", ask = [\"b\"] }}\nparameters.floor = 0.8\n"
            ),
        )
    };
    let always = served("", "");
    let never = help("waiting > 1e9");
    assert_eq!(help("waiting > 0"), always);
    assert_ne!(never, always);
    // A share is never above 1, and 0 / 0 is not so.
    assert_eq!(help("service_level <= 1"), always);
    assert_eq!(help("0 / (waiting - waiting)"), never);
    for when in [
        "service_level < floor",
        "predicted_wait > 60s",
        "last_wait > 30s",
        "idle > 1",
        "on_duty < 6 or waiting > 2",
    ] {
        let some = help(when);
        assert!(some.len() > 1_500, "{when}");
        if when.starts_with("on_duty") {
            assert_ne!(some, always, "{when}");
        } else {
            assert!(some != always && some != never, "{when}");
        }
    }
}

/// Notes what each customer who had to wait was told, and what became true.
struct Teller {
    rules: RulePolicy,
    told: Vec<(CaseId, f64)>,
    errors: Vec<f64>,
}

impl Policy for Teller {
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        let offer = self.rules.agent_for(contact, view);
        if !matches!(offer, Offer::Agent(_)) {
            self.told.push((contact.case, view.predicted_wait(contact.queue)));
        }
        offer
    }

    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        let case = self.rules.contact_for(agent, view)?;
        let at = self.told.iter().position(|(told, _)| *told == case)?;
        let (_, told) = self.told.remove(at);
        self.errors.push(view.waited(&view.contact(case)).seconds() - told);
        Some(case)
    }
}

/// Ibrahim & Whitt (2009): in M/M/n the queue-length predictor (waiting + 1) / (n mu) is unbiased, and its mean squared error, given a wait, is
/// 1 / ((1 - rho) (n mu)^2).
#[test]
fn the_queue_length_predictor_errs_as_theory_says() {
    let model = compile(
        r#"
horizon = { length = "400h", warm_up = "20h", interval = "400h" }
[queues.q]
talk = { mean = "1m" }
arrivals.per_hour = 2760
[groups.g]
skills = ["q"]
staff = 50
"#,
    );
    // Load 0.92; rates per second.
    let exact = 1.0 / (0.08 * (50.0_f64 / 60.0).powi(2));
    let of_play = |replication: u64| {
        let teller = Teller { rules: RulePolicy::new(&model), told: Vec::new(), errors: Vec::new() };
        let mut teller = teller;
        let mut player: Player<_> = Player::new(&model, &mut teller);
        player.play(12, replication).expect("the centre is stable");
        drop(player);
        let n = teller.errors.len() as f64;
        (
            teller.errors.iter().sum::<f64>() / n,
            teller.errors.iter().map(|error| error * error).sum::<f64>() / n,
        )
    };
    let found: Vec<(f64, f64)> = (0..6).map(of_play).collect();
    let mean = |of: &dyn Fn(&(f64, f64)) -> f64| {
        let n = found.len() as f64;
        let mean = found.iter().map(of).sum::<f64>() / n;
        let deviation = (found.iter().map(|one| (of(one) - mean).powi(2)).sum::<f64>() / (n - 1.0)).sqrt();
        (mean, holdline::estimate::student_multiple(0.999, n - 1.0).expect("several") * deviation / n.sqrt())
    };
    let (bias, half) = mean(&|one| one.0);
    assert!(bias.abs() < half && half < 0.5, "bias {bias} ± {half} s");
    let (error, half) = mean(&|one| one.1);
    assert!((error - exact).abs() < half && half < 0.15 * exact, "{error} ± {half}, exact {exact}");
}

#[test]
fn groups_that_are_never_asked_are_told() {
    let told = load(
        "horizon.length = \"1h\"\n[queues.q]\ntalk = \"1m\"\narrivals.per_hour = 3\n[groups.a]\nskills = [\"q\"]\nstaff = 1\n\
         [groups.b]\nskills = [\"q\"]\nstaff = 1\n[routing.scripts.q]\nfirst.ask = [\"a\"]\n",
    );
    let told = told.warnings.to_string();
    assert!(told.contains("`b` is never asked for `q`"), "{told}");
}

/// The service level of mail is known when it is responded to.
#[test]
fn the_service_level_of_mail_is_that_of_its_responses() {
    // The first is responded to at 08:10; the third comes at 08:11, while the agent is at the second.
    for (within, moved) in [("10m", 0), ("9m", 1)] {
        let text = format!(
            "{MONDAY}channels.mail.kind = \"deferred\"\n\
             [queues.q]\nchannel = \"mail\"\ntalk = \"10m\"\ntarget = {{ share = 0.8, within = \"{within}\" }}\n\
             [queues.r]\nchannel = \"mail\"\ntalk = \"1m\"\n[groups.a]\nskills = [\"q\"]\nstaff = 1\n\
             [groups.b]\nskills = [\"r\"]\nstaff = 1\n\
             [routing.scripts.q]\nlate = {{ when = \"service_level < 1\", to = \"r\" }}\n"
        );
        let played = play(&text, &[("q", "08:00:00"), ("q", "08:05:00"), ("q", "08:11:00")]);
        assert_eq!(played.count("q", Count::Overflowed), moved, "{within}");
    }
}
