//! Which agent gets a contact and which contact an agent takes, rule by rule, in days worked out by hand.

use holdline::observations::GroupCount;
use holdline::vocabulary::{AgentRule, GoesBy, Words as _};

use crate::corner_cases::{MONDAY, TWO_DAYS, play};
use crate::plays::compile;

/// Two groups of one agent each, unlike in every respect; who of them is at work after one call?
fn chosen(rule: &str) -> &'static str {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = {{ kind = \"constant\", mean = \"60s\" }}\nresolution.probability = 0.5\n\
         [groups.a]\nskills.q = {{ speed = 0.5, resolution = 0.9, priority = 2 }}\nstaff = 1\ncost.per_hour = 30\n\
         [groups.b]\nskills.q = {{ speed = 1.5, resolution = 0.4, priority = 1 }}\nstaff = 1\ncost.per_hour = 20\n\
         [routing]\nagents = \"{rule}\"\n"
    );
    let played = play(&text, &[("q", "08:00:00")]);
    if played.group_seconds("a", GroupCount::Working) > 0.0 { "a" } else { "b" }
}

#[test]
fn groups_are_preferred_by_what_they_are() {
    // a: 120 s a call, solves 0.9, that is 27 an hour; b: 40 s, 0.4, that is 36 an hour.
    for (rule, who) in [
        ("skill_priority", "b"),
        ("fastest_first", "b"),
        ("slowest_first", "a"),
        ("best_resolver", "a"),
        ("most_solved_per_hour", "b"),
        ("cheapest", "b"),
        // Both idle since midnight.
        ("longest_idle", "a"),
        ("least_occupied", "a"),
    ] {
        assert_eq!(chosen(rule), who, "{rule}");
    }
}

/// A rule that goes by what a group is puts two groups in an order that are unlike in every respect but their priority.
#[test]
fn every_rule_that_goes_by_groups_orders_them() {
    for rule in AgentRule::ALL.iter().filter(|rule| rule.goes_by() == GoesBy::Groups) {
        let model = compile(&format!(
            "{MONDAY}[queues.q]\ntalk = {{ kind = \"constant\", mean = \"60s\" }}\nresolution.probability = 0.5\n\
             arrivals.per_hour = 1\n\
             [groups.a]\nskills.q = {{ speed = 0.5, resolution = 0.9, priority = 1 }}\nstaff = 1\ncost.per_hour = 30\n\
             [groups.b]\nskills.q = {{ speed = 1.5, resolution = 0.4, priority = 1 }}\nstaff = 1\ncost.per_hour = 20\n\
             [routing]\nagents = \"{}\"\n",
            rule.word()
        ));
        let queue = model.queue_named("q").expect("it is there");
        let places: Vec<u32> = model.abilities.servers(queue).iter().map(|server| server.priority).collect();
        let expected: &[u32] = if *rule == AgentRule::SkillPriority { &[1, 1] } else { &[1, 2] };
        assert_eq!(places, expected, "{}", rule.word());
    }
}

#[test]
fn the_least_occupied_has_worked_the_least_part_of_its_day() {
    // a came at 07:00 and has worked 10 of 60 minutes; b came at 07:45 and has worked 5 of 15. b is idle for
    // longer, since 07:50, a since 07:55.
    let text = |rule: &str| {
        format!(
            "{MONDAY}[queues.q]\ntalk = \"1m\"\n[queues.x]\ntalk = \"10m\"\n[queues.y]\ntalk = \"5m\"\n\
             [groups.a]\nskills = [\"q\", \"x\"]\nstaff = {{ \"00:00\" = 0, \"07:00\" = 1 }}\n\
             [groups.b]\nskills = [\"q\", \"y\"]\nstaff = {{ \"00:00\" = 0, \"07:45\" = 1 }}\n[routing]\nagents = \"{rule}\"\n"
        )
    };
    let arrivals = [("x", "07:45:00"), ("y", "07:45:00"), ("q", "08:00:00")];
    for (rule, a, b) in [("least_occupied", 660.0, 300.0), ("longest_idle", 600.0, 360.0)] {
        let played = play(&text(rule), &arrivals);
        let worked = |group| played.group_seconds(group, GroupCount::Working);
        assert_eq!((worked("a"), worked("b")), (a, b), "{rule}");
    }
}

/// One agent, busy until 08:10: which queue is served then?
fn first_taken(rules: &str) -> &'static str {
    let text = format!(
        "{MONDAY}[queues.first]\ntalk = \"10m\"\n[queues.slow]\ntalk = \"8m\"\ntarget = {{ share = 0.8, within = \"20m\" }}\n\
         [queues.fast]\ntalk = \"2m\"\ntarget = {{ share = 0.8, within = \"10m\" }}\n[queues.vip]\ntalk = \"4m\"\n\
         target = {{ share = 0.8, within = \"4m\" }}\n[groups.g]\nskills = [\"first\", \"slow\", \"fast\", \"vip\"]\nstaff = 1\n\
         [routing]\n{rules}\n"
    );
    // At 08:10 slow has waited nine minutes, fast four (and a second one), vip two.
    let arrivals = [
        ("first", "08:00:00"),
        ("slow", "08:01:00"),
        ("fast", "08:06:00"),
        ("fast", "08:06:30"),
        ("vip", "08:08:00"),
    ];
    let played = play(&text, &arrivals);
    // Ten minutes after eight, seconds since when the first of a queue came, and its wait.
    let at_ten = |queue: &str, came: f64| came + played.waits(queue)[0] == 600.0;
    let entries = [("slow", 60.0), ("fast", 360.0), ("vip", 480.0)];
    entries.into_iter().find(|(queue, came)| at_ten(queue, *came)).expect("someone is served").0
}

#[test]
fn contacts_are_taken_by_the_highest_index() {
    for (rules, first) in [
        // 9, 4 and 2 minutes.
        ("contacts = \"first_come_first_served\"", "slow"),
        // All are of one rank: 9, 4 and 5 x 2.
        ("weights.vip = 5", "vip"),
        ("weights.vip = 4", "slow"),
        // 9, 4 and 5 x 2.
        ("contacts = \"longest_weighted_wait\"\nweights.vip = 5", "vip"),
        // 1/8, 1/2 and 1/4 a minute.
        ("contacts = \"c_mu\"", "fast"),
        ("contacts = \"c_mu\"\nweights = { slow = 5 }", "slow"),
        // 9/8, 4/2 and 2/4.
        ("contacts = \"generalised_c_mu\"", "fast"),
        ("contacts = \"generalised_c_mu\"\nweights = { vip = 5 }", "vip"),
        // Due at 08:21, 08:16 and 08:12.
        ("contacts = \"earliest_due\"", "vip"),
        // 9/20, 4/10 and 2/4.
        ("contacts = \"share_of_target\"", "vip"),
        ("contacts = \"longest_queue\"", "fast"),
    ] {
        assert_eq!(first_taken(rules), first, "{rules}");
    }
}

/// The queues in which an agent who comes at eight takes what lies there, in the order in which it is taken.
fn order_at_eight(rules: &str) -> Vec<&'static str> {
    let queues = [
        ("hours", "01:00:00", "within = \"3h\", clock = \"open_hours\""),
        ("days", "00:30:00", "within = \"1wd\""),
        ("slow", "02:00:00", "within = \"40h\""),
        ("fast", "05:00:00", "within = \"4h\""),
    ];
    let mut text = format!("{TWO_DAYS}channels.mail.kind = \"deferred\"\n");
    for (name, _, target) in queues {
        text += &format!(
            "[queues.{name}]\nchannel = \"mail\"\nopen = \"daily 07:00-20:00\"\ntalk = \"10m\"\n\
             target = {{ share = 0.8, {target} }}\n"
        );
    }
    text += "[groups.g]\nskills = [\"days\", \"fast\", \"hours\", \"slow\"]\n\
             staff = { \"00:00\" = 0, \"08:00\" = 1 }\n";
    let played = play(&format!("{text}[routing]\n{rules}\n"), &queues.map(|(name, came, _)| (name, came)));
    let mut taken = queues.map(|(name, came, _)| {
        let (hours, minutes) = came[..5].split_once(':').expect("a time");
        let came: f64 =
            hours.parse::<f64>().expect("hours") * 3600.0 + minutes.parse::<f64>().expect("minutes") * 60.0;
        (came + played.waits(name)[0], name)
    });
    taken.sort_by(|one, other| one.0.total_cmp(&other.0));
    let minutes = taken.map(|(at, _)| (at - 8.0 * 3600.0) / 60.0);
    assert_eq!(minutes, [0.0, 10.0, 20.0, 30.0], "{rules}");
    taken.map(|(_, name)| name).to_vec()
}

/// Targets on responses are deadlines too, by their own clock.
#[test]
fn mail_is_taken_by_the_target_of_its_response() {
    // Due: fast at 09:00, hours at 10:00 (open from 07:00), days at 07:00 on Tuesday, slow at 18:00 on Tuesday.
    let due = ["fast", "hours", "days", "slow"];
    // Of the time up to then have gone by at eight 7 of 9 hours, 3 of 4, 7.5 of 30.5, 6 of 40.
    let used = ["hours", "fast", "days", "slow"];
    for (rules, order) in [
        ("contacts = \"first_come_first_served\"", ["days", "hours", "slow", "fast"]),
        ("contacts = \"earliest_due\"", due),
        ("contact_score = \"wait - target\"", due),
        ("contacts = \"share_of_target\"", used),
        ("contact_score = \"wait / target\"", used),
    ] {
        assert_eq!(order_at_eight(rules), order, "{rules}");
    }
}

#[test]
fn a_follow_up_is_taken_by_when_it_is_to_be_done() {
    // The call of 07:00 is followed up from 07:15 on, until 07:30 or 09:30; the e-mail of 07:13 is due at 08:13. The agent, who talks
    // with the second caller from 07:12, is free at 07:22.
    for (due, waits, mail) in [("20m", 7.0, 12.0), ("140m", 17.0, 9.0)] {
        let text = format!(
            "{MONDAY}channels.phone.kind = \"voice\"\nchannels.mail.kind = \"deferred\"\n[queues.q]\nchannel = \"phone\"\ntalk = \"10m\"\n\
             [queues.m]\nchannel = \"mail\"\ntalk = \"10m\"\ntarget = {{ share = 0.8, within = \"1h\" }}\n\
             [follow_ups.f]\ntrigger = \"resolved\"\nqueues = [\"q\"]\nowner = \"q\"\nshare = 1\nafter = \"5m\"\ndue = \"{due}\"\n\
             channel = \"phone\"\ntalk = \"3m\"\npriority = 1\n\
             [groups.g]\nskills = [\"q\", \"m\"]\nstaff = 1\n[routing]\ncontacts = \"earliest_due\"\n"
        );
        let played = play(&text, &[("q", "07:00:00"), ("q", "07:12:00"), ("m", "07:13:00")]);
        assert_eq!(played.waits("m"), [mail * 60.0], "{due}");
        // The second call is followed up as soon as it may be, at 07:27: then the agent has the mail, or the first follow-up is over.
        let first = played.waits("f")[0];
        assert_eq!(first, waits * 60.0, "{due}");
    }
}
