//! What is counted where, and from when: small days in which a plausible mistake gives another number.

use holdline::experiment::{Experiment, Silent};
use holdline::observations::{Count, PassageCount};
use holdline::scenario::Scenario;

use crate::corner_cases::{MONDAY, TWO_DAYS, play};

/// Abandonment is of those who were answered or gave up: who still waits at the end is neither.
#[test]
fn abandonment_leaves_out_who_still_waits() {
    // The one agent talks from 23:00 for two hours; one gives up after a minute, one still waits at midnight.
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(
        folder.path().join("calls.csv"),
        "t\n2026-03-02T23:00\n2026-03-02T23:10\n2026-03-02T23:59:30\n",
    )
    .expect("written");
    let text = "horizon = { start = 2026-03-02 }\nexperiment.replications = 1\n[queues.q]\ntalk = \"2h\"\npatience = \"1m\"\n\
                arrivals.trace = { file = \"calls.csv\", time = \"t\" }\n[groups.g]\nskills = [\"q\"]\nstaff = 1\n";
    let file = folder.path().join("centre.toml");
    std::fs::write(&file, text).expect("written");
    let loaded = Scenario::load(&file, &[]).unwrap_or_else(|found| panic!("{found}"));
    let results = Experiment::new(&loaded.scenario).expect("no pilot").run(&Silent).expect("stable").results;
    let of = |path: &str| results.figure(path).map(|estimate| estimate.value);
    assert_eq!(of("queues.q.offered"), Some(3.0));
    assert_eq!(of("queues.q.abandonment"), Some(0.5), "one of the two who were answered or gave up");
    assert_eq!(of("queues.q.wait"), Some(30.0), "no wait and a minute: who still waits has no wait yet");
    assert_eq!(of("queues.q.delayed"), Some(2.0 / 3.0), "who still waits was delayed like any other");
}

/// A distribution that changes over the day is that of the time when the stay began.
#[test]
fn wrap_up_is_that_of_the_time_of_entry() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\nwrap_up = {{ mean = {{ \"00:00\" = \"30s\", \"09:00\" = \"120s\" }}, kind = \"constant\" }}\n\
         [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
    );
    // The talk ends half a minute after nine.
    assert_eq!(play(&text, &[("q", "08:59:30")]).seconds("q", Count::WrapUp), 30.0);
    assert_eq!(play(&text, &[("q", "09:00:00")]).seconds("q", Count::WrapUp), 120.0);
}

/// So is the talk of a contact that waits, by the queue's distribution or the skill's own.
#[test]
fn talk_is_that_of_the_time_of_entry() {
    let steps = "{ mean = { \"00:00\" = \"2m\", \"09:00\" = \"5m\" }, kind = \"constant\" }";
    for skill in ["skills = [\"q\"]".to_owned(), format!("skills.q.talk = {steps}")] {
        let text = format!("{MONDAY}[queues.q]\ntalk = {steps}\n[groups.g]\n{skill}\nstaff = 1\n");
        // The second enters at 08:59 and is answered at 09:00:30; the third enters at 09:00.
        let played = play(&text, &[("q", "08:58:30"), ("q", "08:59:00"), ("q", "09:00:00")]);
        assert_eq!(played.seconds("q", Count::Talk), 120.0 + 120.0 + 300.0, "{skill}");
        assert_eq!(played.seconds("q", Count::WaitAnswered), 90.0 + 150.0, "{skill}");
    }
}

/// A follow-up's time is up an hour after what started it, not an hour after it may begin.
#[test]
fn a_follow_up_is_due_from_its_trigger() {
    let text = |due: &str| {
        format!(
            "{MONDAY}[queues.q]\ntalk = \"60s\"\nresolution.probability = 0\n[queues.long]\ntalk = \"45m\"\n\
             [follow_ups.check]\ntrigger = \"unresolved\"\nqueues = [\"q\"]\nowner = \"q\"\nafter = \"30m\"\ndue = \"{due}\"\n\
             channel = \"phone\"\ntalk = \"1m\"\nsolves = 1\n[groups.g]\nskills = [\"q\", \"long\"]\nstaff = 1\n"
        )
    };
    // Unsolved at 09:00; may begin at 09:30, but the agent talks from 09:20 to 10:05.
    let arrivals = [("q", "08:59:00"), ("long", "09:20:00")];
    for (due, on_time) in [("1h", 0), ("66m", 1)] {
        let played = play(&text(due), &arrivals);
        let check =
            played.model.queues.iter().position(|queue| queue.name == "check").expect("a queue of its own");
        let passages = &played.seen.queues[check].passages;
        assert_eq!(passages[PassageCount::FollowUpsDone], 1);
        assert_eq!(passages[PassageCount::FollowUpsOnTime], on_time, "due after {due}");
    }
}

/// In open time, too, it runs from the trigger.
#[test]
fn open_time_until_a_follow_up_is_due_runs_from_its_trigger() {
    // Solved at 08:10, with 50 minutes of open time left on Monday. It may begin on Tuesday at 08:00.
    for (due, on_time) in [("40m", 0), ("49m", 0), ("51m", 1)] {
        let text = format!(
            "{TWO_DAYS}[queues.q]\ntalk = \"10m\"\nopen = \"daily 08:00-09:00\"\n\
             [follow_ups.f]\ntrigger = \"resolved\"\ntalk = \"3m\"\nafter = \"2h\"\ndue = \"{due}\"\nclock = \"open_hours\"\n\
             [groups.g]\nskills = [\"q\"]\nstaff = 1\n"
        );
        let played = play(&text, &[("q", "08:00:00")]);
        assert_eq!(played.passage("f", PassageCount::FollowUpsDone), 1, "{due}");
        assert_eq!(played.passage("f", PassageCount::FollowUpsOnTime), on_time, "{due}");
    }
}

/// The queue is as long as those who wait in it, whomever they wait for.
#[test]
fn who_waits_for_one_agent_is_in_the_queue_too() {
    // Both agents are busy from 08:10:31; the customer of 08:00 comes back at 08:11 and waits for the agent of
    // then, who is free at 08:11:31, though the other is at 08:11:30.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\nresolution = {{ probability = 0, repeat_contact = {{ probability = 1, delay = \"10m\" }} }}\n\
         [queues.x]\ntalk = \"60s\"\n[groups.g]\nskills = [\"q\", \"x\"]\nstaff = 2\n[routing]\nsticky = \"5m\"\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("x", "08:10:30"), ("x", "08:10:31")]);
    assert_eq!(played.seconds("q", Count::WaitAnswered), 31.0);
    assert_eq!(played.seconds("q", Count::Waiting), 31.0, "integrated over time");
}

/// And so is that of follow-ups which wait in a group's list.
#[test]
fn who_waits_for_one_group_is_in_the_queue_too() {
    // Solved at 08:10; the follow-up may begin at 09:10, and the one agent talks from 09:05 to 09:15.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"10m\"\n[follow_ups.f]\ntrigger = \"resolved\"\ntalk = \"3m\"\nafter = \"1h\"\nqueues = [\"q\"]\n\
         [queues.x]\ntalk = \"10m\"\n[groups.g]\nskills = [\"q\", \"x\"]\nstaff = 1\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("x", "09:05:00")]);
    assert_eq!(played.seconds("f", Count::WaitAnswered), 300.0);
    assert_eq!(played.seconds("f", Count::Waiting), 300.0, "integrated over time");
}

/// Who is passed on to the tail of a queue is as old as the transfer, also where an agent serves two queues.
#[test]
fn a_transfer_to_the_tail_begins_a_new_age() {
    // Waits in `c` and `b`. Tail: the other first, at 08:10 after nine minutes, and the transfer at 08:20 after
    // 18. Age: the transfer first, after eight minutes, and the other at 08:20 after 19.
    for (requeue, waits) in [("tail", (540.0, 1080.0)), ("age", (1140.0, 480.0))] {
        // In `b` from 08:02 on, after entering `a` at 08:00. Another enters `c` at 08:01. Both wait for the
        // agent of `b` and `c`, who talks until 08:10 and then ten minutes with whoever has waited longest.
        let text = format!(
            "{MONDAY}[queues.a]\ntalk = \"2m\"\ntransfers.b = {{ probability = 1, requeue = \"{requeue}\" }}\n\
             [queues.b]\ntalk = \"10m\"\n[queues.c]\ntalk = \"10m\"\n[groups.g]\nskills = [\"a\"]\nstaff = 1\n\
             [groups.h]\nskills = [\"b\", \"c\"]\nstaff = 1\n"
        );
        let played = play(&text, &[("b", "08:00:00"), ("a", "08:00:00"), ("c", "08:01:00")]);
        let (c, b) = (played.seconds("c", Count::WaitAnswered), played.seconds("b", Count::WaitAnswered));
        assert_eq!((c, b), waits, "{requeue}");
    }
}

/// A follow-up that finds no agent is delayed, whoever it belongs to.
#[test]
fn a_follow_up_that_waits_is_delayed_whoever_owns_it() {
    // It may begin at 09:10; the one agent of the group talks from 09:05 to 09:15.
    for owner in ["first_agent", "last_agent", "q"] {
        let text = format!(
            "{MONDAY}[queues.q]\ntalk = \"10m\"\n[follow_ups.f]\ntrigger = \"resolved\"\nowner = \"{owner}\"\ntalk = \"3m\"\n\
             after = \"1h\"\nqueues = [\"q\"]\n[queues.x]\ntalk = \"10m\"\n[groups.g]\nskills = [\"q\", \"x\"]\nstaff = 1\n"
        );
        let played = play(&text, &[("q", "08:00:00"), ("x", "09:05:00")]);
        assert_eq!(played.seconds("f", Count::WaitAnswered), 300.0, "{owner}");
        assert_eq!(played.count("f", Count::Delayed), 1, "{owner}");
    }
}
