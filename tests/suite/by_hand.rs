//! Days so small that every time can be worked out: retries by attempt and as the same call, wrap-up by skill, times of
//! handover, callbacks that queue with a priority, a second target.

use holdline::experiment::{Experiment, Silent, targets};
use holdline::figures::{Figure, Verdict};
use holdline::observations::{Count, GroupCount};
use holdline::scenario::Scenario;

use crate::corner_cases::{MONDAY, play};

#[test]
fn a_retry_is_as_probable_as_its_attempt_is_told_to_be() {
    // Nobody can ever serve q: its one customer abandons after a minute and tries again after ten, as long as it says.
    let tried = |probability: &str, limit: &str| {
        let text = format!(
            "{MONDAY}[queues.q]\ntalk = \"1m\"\npatience = \"1m\"\n\
             retry.after_abandon = {{ probability = {probability}, delay = \"10m\"{limit} }}\n\
             [queues.x]\ntalk = \"25h\"\n[groups.a]\nskills.q.takes = 2\nskills.x.takes = 1\nstaff = 1\n"
        );
        let played = play(&text, &[("x", "00:00:01"), ("q", "08:00:00")]);
        assert_eq!(played.count("q", Count::Entered), played.count("q", Count::Abandoned));
        assert_eq!(played.count("q", Count::Retries) + 1, played.count("q", Count::Entered));
        played.count("q", Count::Entered)
    };
    assert_eq!(tried("0", ""), 1);
    assert_eq!(tried("[0, 1]", ""), 1);
    assert_eq!(tried("[1, 0]", ""), 2);
    assert_eq!(tried("[1, 1, 1, 0]", ""), 4);
    // The last one holds on: from 08:00 every eleven minutes, 88 times up to midnight.
    assert_eq!(tried("[1]", ""), 88);
    assert_eq!(tried("1", ""), 88);
    assert_eq!(tried("[1, 1, 1, 0]", ", limit = 2"), 3);
}

#[test]
fn the_same_call_again_has_the_same_patience_and_takes_as_long() {
    let text = |retry: &str| {
        format!(
            "{MONDAY}[queues.q]\ntalk = {{ mean = \"3m\" }}\nwrap_up = {{ mean = \"1m\" }}\npatience = {{ mean = \"5m\" }}\n\
             retry.after_abandon = {{ probability = [1, 1, 0], delay = \"2h\" }}\n{retry}\n\
             [queues.x]\ntalk = \"23h\"\n[queues.y]\ntalk = \"1h\"\n\
             [groups.a]\nskills.q.takes = 2\nskills.x.takes = 1\nskills.y.takes = 1\nstaff = 1\n"
        )
    };
    let (plain, same) = (text(""), text("retry.same_call = true"));
    // Three attempts in vain.
    let waited =
        |text: &str| play(text, &[("x", "00:00:01"), ("q", "08:00:00")]).count("q", Count::WaitAbandoned);
    let once = play(&plain.replace("[1, 1, 0]", "0"), &[("x", "00:00:01"), ("q", "08:00:00")]);
    let once = once.count("q", Count::WaitAbandoned);
    assert_eq!(waited(&same), 3 * once);
    assert_ne!(waited(&plain), 3 * once);
    // Answered at once, or by the second attempt.
    let served = |text: &str, others: &[(&str, &str)]| {
        let played = play(text, &[others, &[("q", "08:00:00")]].concat());
        assert_eq!(played.count("q", Count::Answered), 1);
        (played.count("q", Count::Talk), played.count("q", Count::WrapUp))
    };
    let busy = [("y", "07:50:00")];
    assert_eq!(served(&same, &busy), served(&same, &[]));
    assert_ne!(served(&plain, &busy), served(&plain, &[]));
}

#[test]
fn a_skill_has_a_wrap_up_of_its_own() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\nwrap_up = \"50s\"\n\
         [groups.a]\nskills.q.wrap_up = \"10s\"\nstaff = 1\n\
         [groups.b]\nskills.q.speed = 0.5\nstaff = 1\n[groups.c]\nskills.q.wrap_up = \"0s\"\nstaff = 1\n"
    );
    let played = play(&text, &[("q", "08:00:00"), ("q", "08:00:01"), ("q", "08:00:02")]);
    let worked = ["a", "b", "c"].map(|group| played.group_seconds(group, GroupCount::Working));
    assert_eq!(worked, [70.0, 220.0, 60.0]);
    // Rules by handle time know it: 60 and 70 and 220 seconds.
    let fastest = format!("{text}[routing]\nagents = \"fastest_first\"\n");
    let played = play(&fastest, &[("q", "08:00:00")]);
    assert_eq!(
        ["a", "b", "c"].map(|group| played.group_seconds(group, GroupCount::Working)),
        [0.0, 0.0, 60.0]
    );
}

#[test]
fn both_agents_are_busy_for_a_handover_that_differs_from_call_to_call() {
    let text = format!(
        "{MONDAY}[queues.q]\ntalk = \"60s\"\n\
         transfers.r = {{ probability = 1, kind = \"warm\", handover = {{ kind = \"uniform\", low = \"20s\", high = \"40s\" }} }}\n\
         [queues.r]\ntalk = \"30s\"\n[groups.a]\nskills = [\"q\"]\nstaff = 1\n[groups.b]\nskills = [\"r\"]\nstaff = 1\n"
    );
    let told = ["08:00:00", "09:00:00", "10:00:00"].map(|at| {
        let played = play(&text, &[("q", at)]);
        let worked = ["a", "b"].map(|group| played.group_seconds(group, GroupCount::Working));
        assert!((worked[0] - 60.0 - (worked[1] - 30.0)).abs() < 1e-9, "{worked:?}");
        worked[0] - 60.0
    });
    assert!(told.iter().all(|told| (20.0..=40.0).contains(told)), "{told:?}");
    assert!(told[0] != told[1] && told[1] != told[2], "{told:?}");
}

#[test]
fn who_is_passed_on_may_be_under_way_for_a_while() {
    // q talks from 08:00 to 08:01 and passes on. Another call of r comes at 08:02 and takes its agent for a minute.
    let text = |transfer: &str| {
        format!(
            "{MONDAY}[queues.q]\ntalk = \"60s\"\ntransfers.r = {{ probability = 1{transfer} }}\n\
             [queues.r]\ntalk = \"60s\"\npatience = \"40s\"\nopen = \"daily 00:00-08:10\"\nat_close = \"clear\"\n\
             [groups.a]\nskills = [\"q\"]\nstaff = 1\n[groups.b]\nskills = [\"r\"]\nstaff = 1\n"
        )
    };
    let calls = [("q", "08:00:00"), ("r", "08:02:00")];
    let played = play(&text(""), &calls);
    assert_eq!((played.count("r", Count::WaitAnswered), played.count("r", Count::Answered)), (0, 2));
    // At 08:02:30 it arrives, and waits for half a minute; the agent of q is free from 08:01 on.
    let played = play(&text(", delay = \"90s\""), &calls);
    assert_eq!((played.count("r", Count::WaitAnswered), played.count("r", Count::Answered)), (30_000_000, 2));
    assert_eq!(played.group_seconds("a", GroupCount::Working), 60.0);
    // By its age it counts from 08:00 on, but waits from its arrival on: nobody hangs up on the way.
    let played = play(&text(", delay = \"90s\", requeue = \"age\""), &calls);
    assert_eq!(
        (played.count("r", Count::WaitAnswered), played.count("r", Count::Abandoned)),
        (30_000_000, 0)
    );
    // The agent of a warm one stays with the customer: to 08:03.
    let played = play(&text(", delay = \"90s\", kind = \"warm\""), &calls);
    assert_eq!(played.group_seconds("a", GroupCount::Working), 180.0);
    // For 30 seconds at most.
    let played = play(&text(", delay = \"90s\", kind = \"warm\", hold_limit = \"30s\""), &calls);
    assert_eq!(played.group_seconds("a", GroupCount::Working), 90.0);
    // Where the queue is closed by then, nobody serves it.
    let played = play(&text(", delay = \"10m\""), &calls);
    assert_eq!((played.count("r", Count::ClosedOut), played.count("r", Count::Answered)), (1, 1));
}

#[test]
fn a_callback_queues_with_a_priority() {
    // Until 08:10 the agent is busy. Who called at 08:01 is called back, who called at 08:02 has priority 2.
    let text = |own: u32| {
        format!(
            "{MONDAY}[queues.q]\ntalk = \"1m\"\n\
             callback = {{ offer_when.queue_length = 0, accept = 1, start_when.priority = {own} }}\n\
             [queues.r]\npriority = 2\ntalk = \"2m\"\n[queues.x]\ntalk = \"10m\"\n\
             [groups.a]\nskills = [\"q\", \"r\", \"x\"]\nstaff = 1\n"
        )
    };
    for (own, waited) in [(1, 540.0), (2, 540.0), (3, 480.0)] {
        let played = play(&text(own), &[("x", "08:00:00"), ("q", "08:01:00"), ("r", "08:02:00")]);
        // The last time that the rules named it: a callback may have come before it.
        assert_eq!(played.waits("r").last(), Some(&waited), "priority {own}");
        assert_eq!(played.count("q", Count::ByCallback), 1);
    }
    // Nobody waits: the call is made as soon as the agent is free.
    let played = play(&text(9), &[("x", "08:00:00"), ("q", "08:01:00")]);
    assert_eq!(played.group_seconds("a", GroupCount::Working), 660.0);
}

#[test]
fn a_queue_has_two_targets_and_each_is_judged_by_itself() {
    // Ten calls of a minute come every 40 seconds from 08:00 on: they wait for 0, 20, 40 ... 180 s.
    let text = |second: &str| {
        format!(
            "horizon = {{ start = 2026-03-02, days = 1 }}\nexperiment.replications = 3\n[queues.q]\ntalk = \"1m\"\n\
             open = \"daily 08:00-08:20\"\ntargets.answer = {{ share = 0.15, within = \"20s\" }}\n{second}\n\
             arrivals.trace = {{ file = \"calls.csv\", time = \"at\" }}\n[groups.a]\nskills = [\"q\"]\nstaff = 1\n"
        )
    };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let calls: String =
        (0..10).map(|call| format!("2026-03-02T08:{:02}:{:02}\n", call * 40 / 60, call * 40 % 60)).collect();
    std::fs::write(folder.path().join("calls.csv"), format!("at\n{calls}")).expect("it can be written");
    for (second, level, verdict) in [
        ("targets.second = { share = 0.85, within = \"160s\" }", 0.9, Verdict::Kept),
        ("targets.second = { share = 0.85, within = \"159s\" }", 0.8, Verdict::Missed),
    ] {
        let file = folder.path().join("centre.toml");
        std::fs::write(&file, text(second)).expect("it can be written");
        let loaded = Scenario::load(&file, &[]).expect("it is valid");
        let experiment = Experiment::new(&loaded.scenario).expect("no pilot");
        let results = experiment.run(&Silent).expect("it is stable").results;
        let queue = &results.queues[0];
        let verdicts: Vec<_> =
            queue.targets.iter().map(|target| (target.figure, target.verdict(&queue.figures))).collect();
        assert_eq!(
            verdicts,
            [(Figure::ServiceLevel, Some(Verdict::Kept)), (Figure::SecondLevel, Some(verdict))]
        );
        assert_eq!(queue.figures.value(Figure::SecondLevel), Some(level));
        assert_eq!(results.total.figures.value(Figure::SecondLevel), Some(level));
        // What staff searches for keeps both.
        let paths: Vec<String> = targets(&loaded.scenario).into_iter().map(|target| target.path).collect();
        assert_eq!(paths, ["queues.q.service_level", "queues.q.second_level"]);
    }
}

#[test]
fn each_agent_has_an_occupancy_of_its_own() {
    // A call of an hour at eight, one of two hours at ten: the second agent has been idle longest then. Nobody needs the third.
    let text = "horizon = { start = 2026-03-02, days = 1 }\nexperiment.replications = 3\n\
                [queues.q]\ntalk = \"1h\"\narrivals.trace = { file = \"q.csv\", time = \"at\" }\n\
                [queues.r]\ntalk = \"2h\"\narrivals.trace = { file = \"r.csv\", time = \"at\" }\n\
                [groups.a]\nskills = [\"q\", \"r\"]\nstaff = 3\n[groups.idle]\nskills = [\"q\"]\nstaff = 0\n";
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("it can be written");
    };
    write("q.csv", "at\n2026-03-02T08:00:00\n");
    write("r.csv", "at\n2026-03-02T10:00:00\n");
    write("centre.toml", text);
    let loaded = Scenario::load(&folder.path().join("centre.toml"), &[]).expect("it is valid");
    let results =
        Experiment::new(&loaded.scenario).expect("no pilot").run(&Silent).expect("it is stable").results;
    assert_eq!(results.groups[0].agents, [1.0 / 24.0, 2.0 / 24.0, 0.0]);
    assert!(results.groups[1].agents.is_empty());
}

#[test]
fn a_trace_has_the_most_who_waited_in_each_minute() {
    // One agent, busy from 08:00 to 08:10; two calls of q come meanwhile and are served for a minute each, one after the other.
    let text = "horizon = { start = 2026-03-02, days = 1 }\nexperiment.replications = REPLICATIONS\n\
                [queues.q]\ntalk = \"1m\"\narrivals.trace = { file = \"q.csv\", time = \"at\" }\n\
                [queues.x]\ntalk = \"10m\"\narrivals.trace = { file = \"x.csv\", time = \"at\" }\n\
                [groups.a]\nskills = [\"q\", \"x\"]\nstaff = 1\n";
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        std::fs::write(folder.path().join(name), text).expect("it can be written");
    };
    write("q.csv", "at\n2026-03-02T08:01:00\n2026-03-02T08:04:30\n");
    write("x.csv", "at\n2026-03-02T08:00:00\n");
    let traced = |replications: u32| {
        write("centre.toml", &text.replace("REPLICATIONS", &replications.to_string()));
        let loaded = Scenario::load(&folder.path().join("centre.toml"), &[]).expect("it is valid");
        let experiment = Experiment::new(&loaded.scenario).expect("no pilot");
        let mut results = experiment.run(&Silent).expect("it is stable").results;
        experiment.add_trace(&mut results).expect("it is stable");
        results.trace
    };
    let trace = traced(10).expect("there is one");
    assert_eq!((trace.slot.seconds(), trace.queues.len(), trace.queues[0].len()), (60.0, 2, 1440));
    let mut most = vec![0; 1440];
    // From 08:01, from 08:04:30, and from 08:10 to 08:11.
    (481..484).for_each(|minute| most[minute] = 1);
    (484..490).for_each(|minute| most[minute] = 2);
    most[490] = 1;
    assert_eq!(trace.queues, [most, vec![0; 1440]]);
    assert_eq!(traced(9), None, "too few to play one of them again");
}
