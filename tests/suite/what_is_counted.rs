//! What is counted where, and from when: small days in which a plausible mistake gives another number.

use holdline::experiment::{Experiment, Silent};
use holdline::observations::{Count, PassageCount};
use holdline::scenario::Scenario;

use crate::corner_cases::{MONDAY, play};

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

/// The queue is as long as those who wait in it, whomever they wait for.
#[test]
fn who_waits_for_one_agent_is_in_the_queue_too() {
    // Both agents are busy from 08:10:31; the customer of 08:00 comes back at 08:11 and waits for the agent of
    // then, who is free at 08:11:31, though the other is at 08:11:30.
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\nresolution = {{ probability = 0, recontact = {{ probability = 1, delay = \"10m\" }} }}\n\
         [queues.x]\ntalk = \"60s\"\n[groups.g]\nskills = [\"q\", \"x\"]\nstaff = 2\n[routing]\nsticky = \"5m\"\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("x", "08:10:30"), ("x", "08:10:31")]);
    assert_eq!(played.seconds("q", Count::WaitAnswered), 31.0);
    assert_eq!(played.seconds("q", Count::Waiting), 31.0, "integrated over time");
}
