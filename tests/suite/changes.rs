//! Values with a sign change what was there, in settings, variants, sweeps and files that extend others.

use holdline::scenario::{Scenario, Staff, Written, as_typed};
use holdline::units::{Span, Steps};

const CENTRE: &str = r#"
horizon = { start = 2026-03-02, days = 1 }
[queues.a]
arrivals.per_hour = 30
talk = { mean = "5m" }
patience = "2m"
transfers.b = { probability = "80%" }
[queues.b]
talk = { mean = { "00:00" = "4m", "12:00" = "6m" } }
[groups.team]
skills = ["a", "b"]
staff = { "08:00" = 10, "18:00" = 4 }
[groups.night]
skills.a = {}
skills.b = {}
shifts.late = { agents = 7, start = "22:00", length = "8h" }
"#;

fn set(settings: &[&str]) -> Scenario {
    let settings: Vec<String> = settings.iter().map(|setting| as_typed(setting)).collect();
    match Scenario::from_text("centre.toml", CENTRE, &settings) {
        Ok(loaded) => loaded.scenario,
        Err(mistakes) => panic!("{mistakes}"),
    }
}

/// What a single setting leaves, beside the whole value that it should come to.
fn comes_to(change: &str, value: &str) {
    assert_eq!(set(&[change]), set(&[value]), "{change}");
}

#[test]
fn numbers_times_and_shares_change() {
    comes_to("queues.a.arrivals.per_hour=+10%", "queues.a.arrivals.per_hour=33");
    comes_to("queues.a.arrivals.per_hour=-0.5", "queues.a.arrivals.per_hour=29.5");
    comes_to("queues.a.patience=+30s", "queues.a.patience=2m30s");
    comes_to("queues.a.patience=-25%", "queues.a.patience=90s");
    comes_to("queues.a.talk.mean=-1m", "queues.a.talk.mean=4m");
    comes_to("queues.a.transfers.b.probability=-10%", "queues.a.transfers.b.probability=0.72");
    comes_to("queues.a.transfers.b.probability=\"+10%\"", "queues.a.transfers.b.probability=\"88%\"");
}

/// Half a head more is one more from .5 on.
#[test]
fn heads_stay_whole() {
    comes_to("groups.night.shifts.late.agents=-2", "groups.night.shifts.late.agents=5");
    comes_to("groups.night.shifts.late.agents=\"+2\"", "groups.night.shifts.late.agents=9");
    comes_to("groups.night.shifts.late.agents=+10%", "groups.night.shifts.late.agents=8");
    comes_to("groups.night.shifts.late.agents=-5%", "groups.night.shifts.late.agents=7");
}

#[test]
fn every_step_changes() {
    let steps = |morning, evening| {
        let at = |hour| Span::HOUR * hour;
        Some(Staff::Steps(Steps::daily(vec![(at(8), morning), (at(18), evening)])))
    };
    assert_eq!(set(&["groups.team.staff=+2"]).groups[0].staff, steps(12, 6));
    assert_eq!(set(&["groups.team.staff=-10%"]).groups[0].staff, steps(9, 4));
    assert_eq!(set(&["groups.team.staff.18:00=-1"]).groups[0].staff, steps(10, 3));
    comes_to("queues.b.talk.mean=+10%", "queues.b.talk.mean={ \"00:00\" = \"264s\", \"12:00\" = \"396s\" }");
}

/// One change goes over the other, as settings do.
#[test]
fn changes_add_up_in_their_order() {
    let agents = |settings: &[&str]| set(settings).groups[1].shifts[0].most();
    let path = "groups.night.shifts.late.agents";
    assert_eq!(agents(&[&format!("{path}=+2"), &format!("{path}=+2")]), 11);
    assert_eq!(agents(&[&format!("{path}=20"), &format!("{path}=-10%")]), 18);
}

#[test]
fn files_and_variants_change_what_they_extend() {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("centre.toml"), CENTRE).expect("it is written");
    let more = "extends = \"centre.toml\"\ngroups.team.staff = \"+2\"\nqueues.a.talk.mean = \"+10%\"\n\
                [variants.fewer]\n\"groups.night.shifts.late.agents\" = \"-2\"\n";
    let file = folder.path().join("more.toml");
    std::fs::write(&file, more).expect("it is written");
    let written = Written::read(&file).expect("it is read");
    let scenario = written.point(&[]).expect("it is right");
    let mut expected = set(&["groups.team.staff=+2", "queues.a.talk.mean=\"330s\""]);
    (expected.title, expected.variants) = (scenario.title.clone(), scenario.variants.clone());
    assert_eq!(scenario, expected);
    let settings: Vec<String> =
        scenario.variants[0].settings.iter().map(|one| one.line().to_owned()).collect();
    assert_eq!(written.point(&settings).expect("it is right").groups[1].shifts[0].most(), 5);
}

/// Only what is typed with a sign is a change: a range that runs below 0 has numbers.
#[test]
fn a_number_is_a_number() {
    let mistakes = Scenario::from_text("centre.toml", CENTRE, &["groups.team.staff=-2".to_owned()]);
    let mistakes = mistakes.expect_err("there are no two agents less than nobody");
    assert_eq!(mistakes.list[0].title, "`groups.team.staff` must be 0 or more");
}

/// What is left out is what it would be.
#[test]
fn what_is_left_out_changes_too() {
    comes_to("queues.a.arrivals.factor=-20%", "queues.a.arrivals.factor=0.8");
    comes_to("queues.a.arrivals={ per_hour = 30, factor = \"+10%\" }", "queues.a.arrivals.factor=1.1");
    comes_to("groups.night.skills.a.speed=-15%", "groups.night.skills.a.speed=0.85");
}

/// What may lie below 0 is set, not changed.
#[test]
fn a_number_that_may_be_negative_is_set() {
    let event = "groups.team.events.ill={ at = 2026-03-02, agents = -1 }";
    assert_eq!(
        set(&[event, "groups.team.events.ill.agents=-2"]),
        set(&["groups.team.events.ill={ at = 2026-03-02, agents = -2 }"])
    );
}
