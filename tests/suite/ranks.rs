//! Ranks that change as a contact waits, worked out by hand, and equal to what constant ranks say where they do not change.

use holdline::observations::GroupCount;
use holdline::scenario::Scenario;

use crate::corner_cases::{MONDAY, play};
use crate::plays::{compile, load, record};

#[test]
fn a_rank_that_begins_later_is_a_delay() {
    let served = |skill: &str| {
        let text = format!(
            "horizon = {{ length = \"30h\", interval = \"1h\" }}\n\
             [queues.x]\ntalk = {{ mean = \"3m\" }}\npatience = {{ mean = \"6m\" }}\narrivals.per_hour = 60\n\
             [queues.y]\ntalk = {{ mean = \"5m\" }}\narrivals.per_hour = 30\n\
             [groups.a]\nskills = [\"x\"]\nstaff = 3\n\
             [groups.b]\nskills = {{ x = {{ {skill} }}, y = {{ priority = 1 }} }}\nstaff = 3\n"
        );
        record(&compile(&text), 5, 0).1.served
    };
    let delayed = served("priority = 2, after = \"45s\"");
    assert!(delayed.len() > 1_500);
    assert_eq!(served("priority = { \"45s\" = 2 }"), delayed);
    // A change to the same rank is none, and a change that never comes into play neither.
    assert_eq!(served("priority = { \"45s\" = 2, \"60s\" = 2 }"), delayed);
    assert_eq!(served("priority = { \"45s\" = 2, \"20h\" = 1 }"), delayed);
    assert_ne!(served("priority = 2"), delayed);
}

#[test]
fn rings_widen_and_the_order_of_groups_turns_with_the_wait() {
    // a is busy until 08:10. b helps after a minute, c after two; from three minutes on c comes before b.
    let text = format!(
        "{MONDAY}[queues.busy]\ntalk = \"10m\"\n[queues.q]\ntalk = \"20m\"\n\
         [groups.a]\nskills = [\"busy\", \"q\"]\nstaff = 1\n\
         [groups.b]\nskills.q.priority = {{ \"1m\" = 2 }}\nstaff = {{ \"00:00\" = STAFF, \"08:04\" = 1 }}\n\
         [groups.c]\nskills.q.priority = {{ \"2m\" = 3, \"3m\" = 1 }}\nstaff = {{ \"00:00\" = STAFF, \"08:04\" = 1 }}\n"
    );
    let arrivals = [("busy", "08:00:00"), ("q", "08:00:30"), ("q", "08:00:40")];
    let played = play(&text.replace("STAFF", "1"), &arrivals);
    assert_eq!(played.waits("q"), [60.0, 120.0]);
    assert!(played.group_seconds("b", GroupCount::Working) > 0.0);
    // Nobody of them is there before 08:04, when both have waited for more than three minutes: c comes before b for the first one.
    let alone = play(&text.replace("STAFF", "0"), &arrivals[..2]);
    assert_eq!(alone.waits("q"), [210.0]);
    assert_eq!(alone.group_seconds("c", GroupCount::Working), 1200.0);
    assert_eq!(alone.group_seconds("b", GroupCount::Working), 0.0);
}

#[test]
fn a_freed_agent_takes_what_has_waited_into_the_first_rank() {
    // One agent, busy until 08:10; mail has waited for nine minutes then, calls for one.
    let first = |takes: &str| {
        let text = format!(
            "{MONDAY}[queues.busy]\ntalk = \"10m\"\n[queues.mail]\ntalk = \"1m\"\n[queues.calls]\ntalk = \"1m\"\n\
             [groups.g]\nskills = {{ busy = {{}}, calls = {{ takes = 2 }}, mail = {{ takes = {takes} }} }}\nstaff = 1\n"
        );
        let played = play(&text, &[("busy", "08:00:00"), ("mail", "08:01:00"), ("calls", "08:09:00")]);
        if played.waits("mail")[0] == 540.0 { "mail" } else { "calls" }
    };
    assert_eq!(first("3"), "calls");
    assert_eq!(first("{ \"0s\" = 3, \"541s\" = 1 }"), "calls");
    assert_eq!(first("{ \"0s\" = 3, \"540s\" = 1 }"), "mail");
    // Alike: the longest wait.
    assert_eq!(first("{ \"0s\" = 3, \"8m\" = 2 }"), "mail");
}

#[test]
fn contacts_of_one_rank_come_by_weight_and_wait() {
    let served = |routing: &str| {
        let text = format!(
            "horizon = {{ length = \"30h\", interval = \"1h\" }}\n\
             [queues.x]\ntalk = {{ mean = \"3m\" }}\narrivals.per_hour = 40\n\
             [queues.y]\ntalk = {{ mean = \"3m\" }}\narrivals.per_hour = 40\n\
             [groups.g]\nskills = [\"x\", \"y\"]\nstaff = 5\n[routing]\n{routing}\n"
        );
        record(&compile(&text), 5, 0).1.served
    };
    // Alone in their rank, contacts of both queues come as accumulating priority takes them.
    let weighted = served("contacts = \"longest_weighted_wait\"\nweights.y = 4");
    assert!(weighted.len() > 2_000);
    assert_eq!(served("weights.y = 4"), weighted);
    assert_eq!(served("weights.y = 1"), served("contacts = \"first_come_first_served\""));
    assert_ne!(served("weights.y = 1"), weighted);
    // A weight does not lift a contact over another rank.
    let first = |weights: &str| {
        let text = format!(
            "{MONDAY}[queues.busy]\ntalk = \"10m\"\n[queues.mail]\npriority = 2\ntalk = \"1m\"\n[queues.calls]\ntalk = \"1m\"\n\
             [groups.g]\nskills = [\"busy\", \"mail\", \"calls\"]\nstaff = 1\n[routing]\n{weights}\n"
        );
        let played = play(&text, &[("busy", "08:00:00"), ("mail", "08:01:00"), ("calls", "08:09:00")]);
        if played.waits("mail")[0] == 540.0 { "mail" } else { "calls" }
    };
    assert_eq!(first("weights.mail = 100"), "calls");
}

#[test]
fn reserves_hold_with_ranks_that_change() {
    // One of the two is kept for vip: plain waits, though its rank has come.
    let text = format!(
        "{MONDAY}[queues.plain]\ntalk = \"1m\"\n[queues.vip]\ntalk = \"5m\"\n\
         [groups.g]\nskills = {{ vip = {{}}, plain = {{ priority = {{ \"10s\" = 1, \"1m\" = 2 }} }} }}\nstaff = 2\n\
         [routing]\nreserve.vip = 1\n"
    );
    let played = play(&text, &[("vip", "08:00:00"), ("plain", "08:01:00")]);
    assert_eq!(played.waits("plain"), [240.0]);
    assert_eq!(play(&text, &[("plain", "08:01:00")]).waits("plain"), [10.0]);
}

#[test]
fn ranks_are_reached_by_settings_and_doubts_are_told() {
    let text = "horizon.length = \"1h\"\n[queues.q]\ntalk = \"1m\"\narrivals.per_hour = 3\n\
                [groups.g]\nskills.q.priority = { \"30s\" = 2, \"2m\" = 1 }\nstaff = 1\n[groups.h]\nskills = [\"q\"]\nstaff = 1\n";
    let set = ["groups.g.skills.q.priority.2m=3".to_owned()];
    let scenario = Scenario::from_text("it.toml", text, &set).expect("it is valid").scenario;
    assert_eq!(scenario.groups[0].skills[0].priority.later[0].1, 3);
    assert!(load(text).warnings.list.is_empty());
    let told = load(&format!("{text}[routing]\nagents = \"random\"\n")).warnings.to_string();
    assert!(
        told.contains("`groups.g.skills.q.priority` changes with the wait, and nobody reads it"),
        "{told}"
    );
}
