//! The same scenario and seed give the same bytes: for any number of threads, every time, and as
//! far as an interrupted run got.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use assert_cmd::Command;
use holdline::engine::Player;
use holdline::estimate::Sampling;
use holdline::experiment::{Experiment, Failure, Silent, Watch};
use holdline::figures::Results;
use holdline::observations::{Count, GroupCount, Observations, QueueObservations};
use holdline::routing::{Contact, Offer, Policy, RulePolicy, View};
use holdline::scenario::{Days, Loaded};
use holdline::state::CaseId;
use holdline::units::{AgentId, QueueId};

use crate::plays;

/// A bit of everything, a day long.
const CENTRE: &str = r#"
title = "A day with a bit of everything"
horizon = { start = 2026-03-02, interval = "30m" }
experiment = { replications = 21, seed = 11 }
channels.phone = { lines = 40, max_waiting = 25 }

[queues.billing]
open     = "mon-fri 08:00-20:00"
talk     = { kind = "lognormal", mean = "4m20s", cv = 1.1 }
wrap_up  = { mean = "40s" }
patience = { mean = "3m", balk = 0.02 }
overflow = { after = "2m", to = "technical" }
target   = { share = 0.80, within = "20s" }
retry.after_abandon = { probability = 0.4, delay = { mean = "12m" }, limit = 4, to = { billing = 0.8, technical = 0.2 } }
retry.after_busy    = { probability = 0.7, delay = "2m" }
retry.after_closed  = { probability = 0.6 }
resolution = { probability = 0.78, repeat_contact = { probability = 0.6, delay = { mean = "5h" } } }
transfers.technical = { probability = 0.12, requeue = "age" }
[queues.billing.arrivals]
per_hour = { "07:00" = 20, "08:00" = 110, "12:00" = 90, "17:00" = 40, "20:30" = 2 }
busyness = { cv = 0.15 }

[queues.technical]
talk     = { kind = "gamma", mean = "6m", cv = 0.8 }
patience = { kind = "weibull", mean = "4m", cv = 1.5 }
arrivals.per_hour = 30

[groups.generalists]
skills.billing = { priority = 1 }
skills.technical = { priority = 2, speed = 0.85, after = "60s" }
cost.per_hour = 17.75
shrinkage = { absence = 0.08, training = 0.04 }
shifts.early = { agents = 7, start = "07:30", length = "8h", breaks.coffee = { after = "2h", length = "15m", spread = "1h" } }
shifts.late  = { agents = 6, start = "12:00", length = "8h", breaks.lunch = { between = "15:00-17:00", length = "30m", paid = false } }

[groups.experts]
skills = ["technical"]
staff  = { "00:00" = 1, "08:00" = 4, "18:00" = 2 }

[routing]
agents = "random"
reserve.technical = 1
"#;

fn loaded() -> Loaded {
    plays::load(CENTRE)
}

fn with_threads<T: Send>(threads: usize, work: impl FnOnce() -> T + Send) -> T {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started");
    pool.install(work)
}

fn results(loaded: &Loaded, watch: &dyn Watch) -> Results {
    let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
    experiment.run(watch).expect("it is stable").results
}

/// Every file of a folder with its bytes.
fn files(folder: &Path, below: &str, out: &mut BTreeMap<String, Vec<u8>>) {
    for entry in std::fs::read_dir(folder).expect("it can be listed") {
        let path = entry.expect("it can be listed").path();
        let name = format!("{below}{}", path.file_name().unwrap_or_default().to_string_lossy());
        if path.is_dir() {
            files(&path, &format!("{name}/"), out);
        } else {
            out.insert(name, std::fs::read(&path).expect("it can be read"));
        }
    }
}

#[test]
fn every_file_has_the_same_bytes_for_any_number_of_threads_and_every_time() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let scenario = folder.path().join("day.toml");
    std::fs::write(&scenario, CENTRE).expect("it can be written");
    let run = |threads: &str, out: &str| {
        let output = Command::cargo_bin("holdline")
            .expect("the binary is built with the tests")
            .current_dir(folder.path())
            .args(["run", "day.toml", "--quiet", "--threads", threads, "--out", out])
            .output()
            .expect("it can be started");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let mut written = BTreeMap::new();
        files(&folder.path().join(out), "", &mut written);
        written.insert("standard output".to_owned(), output.stdout);
        written
    };
    let one = run("1", "one");
    assert!(one.len() > 10 && one.contains_key("report.html"), "{:?}", one.keys());
    for (threads, out) in [("1", "again"), ("2", "two"), ("8", "eight")] {
        let other = run(threads, out);
        assert_eq!(one.keys().collect::<Vec<_>>(), other.keys().collect::<Vec<_>>());
        for (name, bytes) in &one {
            assert!(*bytes == other[name], "{name} differs with {threads} threads");
        }
    }
}

/// A day of every channel.
const CHANNELS: &str = r#"
horizon = { start = 2026-03-02, interval = "30m", at_end = "drain" }
experiment = { replications = 9, seed = 5 }
channels.phone = { kind = "voice", lines = 30 }
channels.chat  = { kind = "chat", concurrency = 3, slowdown = [1.0, 1.25, 1.6], wind_down = "15m" }
channels.text  = { kind = "messaging", concurrency = 4 }
channels.mail  = { kind = "deferred", interruptible = true, restart_cost = "30s" }

[queues.billing]
channel  = "phone"
open     = "daily 08:00-20:00"
talk     = { mean = "5m" }
patience = { mean = "4m" }
arrivals.per_hour = 20
self_service = { time = { mean = "1m" }, containment = 0.2, hang_up = 0.1, to_when_closed = { letters = 0.5 } }
callback = { offer_when = { queue_length = 1 }, accept = 0.5, start_when = { within = "20m" }, reached = 0.8, retries = 1 }
resolution = { probability = 0.7, repeat_contact = { probability = 0.6, delay = { mean = "2h" } } }
transfers.technical = { probability = 0.2, kind = "warm", handover = "20s", hold_limit = "2m", follow_up = "courtesy" }

[queues.technical]
channel = "phone"
talk    = { mean = "7m" }
arrivals.per_hour = 3

[queues.live]
channel  = "chat"
talk     = { mean = "6m" }
patience = { mean = "3m", silent = 0.3 }
arrivals.per_hour = 15

[queues.social]
channel = "text"
conversation = { replies = { mean = 3 }, work = { mean = "1m" }, customer_reply = { mean = "15m" }, park_after = "3m", return_to = "last_agent" }
arrivals.per_hour = 8

[queues.letters]
channel = "mail"
talk    = { mean = "8m" }
backlog = 30
chase   = { probability = 0.5, after = { mean = "2h" }, to = { billing = 0.5 }, limit = 2 }
arrivals.per_hour = 6

[follow_ups.courtesy]
trigger = "transfer"
owner   = "first_agent"
channel = "phone"
talk    = { mean = "3m" }
after   = { mean = "2h" }
due     = "4h"
reached = 0.7
retries = 2
solves  = 0.5

[groups.front]
skills = ["billing", "live", "social"]
shifts.early = { agents = 5, start = "07:30", length = "8h", breaks.coffee = { after = "2h", length = "15m", spread = "1h" } }
shifts.late  = { agents = 4, start = "12:00", length = "8h" }

[groups.back]
skills = ["technical", "letters"]
staff  = { "00:00" = 1, "08:00" = 4 }

[routing]
sticky = "2m"
by_channel.chat.agents = "least_loaded"
"#;

#[test]
fn a_day_of_every_channel_is_the_same_for_any_number_of_threads() {
    let loaded = plays::load(CHANNELS);
    let one = with_threads(1, || results(&loaded, &Silent));
    for threads in [1, 2, 8] {
        assert_eq!(with_threads(threads, || results(&loaded, &Silent)), one, "{threads} threads");
    }
    // What was played before leaves nothing behind.
    let model = plays::compile(CHANNELS);
    let mut player = Player::<_, true>::new(&model, RulePolicy::new(&model));
    let counted = |seen: &Observations| {
        let queue = |queue: &QueueObservations| (queue.rows.clone(), queue.passages);
        let queues: Vec<_> = seen.queues.iter().map(queue).collect();
        (queues, seen.groups.clone(), seen.contacts, seen.events)
    };
    for replication in [2, 0, 1] {
        let seen = player.play(5, replication).expect("it is stable");
        assert_eq!(counted(seen), counted(&plays::play(&model, 5, replication)));
    }
}

/// A change here is a change of results: say so in the changelog.
#[test]
fn one_replication_counts_what_it_always_did() {
    let mut model = plays::compile(CENTRE);
    model.sampling = Sampling::Independent;
    let seen = plays::play(&model, 11, 0);
    let counts = |queue: QueueId| {
        use Count::*;
        [
            Entered,
            Answered,
            Abandoned,
            Overflowed,
            ClosedOut,
            Blocked,
            TurnedAway,
            Delayed,
            Legs,
            Transferred,
            Cases,
            Solved,
            SolvedFirst,
            Lost,
            WaitAnswered,
            WaitAbandoned,
        ]
        .map(|count| plays::in_all(&seen, queue, count))
    };
    let working = |group: usize| seen.groups[group].iter().map(|row| row[GroupCount::Working]).sum::<u64>();
    let billing =
        [1226, 619, 371, 236, 0, 0, 51, 653, 619, 69, 1092, 684, 642, 367, 14871687895, 16745839066];
    let technical = [1100, 703, 396, 0, 0, 0, 0, 858, 703, 0, 764, 430, 430, 331, 63122900075, 39985696103];
    assert_eq!(counts(QueueId(0)), billing);
    assert_eq!(counts(QueueId(1)), technical);
    assert_eq!(
        [working(0), working(1), seen.contacts, seen.events],
        [182934048124, 284780351475, 2072, 7197]
    );
}

/// Stops after so many replications.
struct StopAfter {
    wanted: u64,
    done: AtomicU64,
}

impl Watch for StopAfter {
    fn planned(&self, _: u64) {}

    fn done(&self) {
        self.done.fetch_add(1, Ordering::SeqCst);
    }

    fn stopped(&self) -> bool {
        self.done.load(Ordering::SeqCst) >= self.wanted
    }
}

#[test]
fn a_run_that_is_stopped_keeps_the_results_of_a_run_of_its_prefix() {
    for (threads, wanted) in [(1, 1), (1, 6), (1, 8), (2, 7), (8, 11)] {
        let mut loaded = loaded();
        // Which slices of busy and quiet days fall to a replication depends on how many were asked for.
        loaded.scenario.experiment.days = Days::Independent;
        let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
        let stop = StopAfter { wanted, done: AtomicU64::new(0) };
        let outcome = with_threads(threads, || experiment.run(&stop).expect("one is done at least"));
        assert!(!outcome.complete);
        let kept = outcome.results.replications;
        assert!(kept >= 1 && kept <= stop.done.load(Ordering::SeqCst), "{kept}");
        if threads == 1 {
            assert_eq!(kept, wanted);
        }
        let mut shorter = loaded.clone();
        shorter.scenario.experiment.replications = kept;
        let prefix = results(&shorter, &Silent);
        assert_eq!(Results { asked: kept, ..outcome.results }, prefix, "{threads} threads, {wanted} wanted");
    }
}

/// Neighbours among the slices that were played say nothing of those that were not.
#[test]
fn a_run_of_stratified_days_that_is_stopped_has_means_without_intervals() {
    let text = "experiment.replications = 60\nhorizon = { start = 2026-03-02, days = 1 }\n\
                [queues.a]\ntalk.mean = \"5m\"\narrivals = { per_day = 300, busyness.cv = 0.3 }\n\
                [groups.g]\nskills = [\"a\"]\nstaff = 3\n";
    let loaded = plays::load(text);
    let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
    let wait = |watch: &dyn Watch| {
        let outcome = with_threads(1, || experiment.run(watch).expect("one is done at least"));
        outcome.results.figure("total.wait").expect("someone called")
    };
    assert!(wait(&Silent).half_width.is_some());
    let stopped = wait(&StopAfter { wanted: 44, done: AtomicU64::new(0) });
    assert!(stopped.value > 0.0 && stopped.half_width.is_none(), "{stopped:?}");
}

#[test]
fn a_run_that_is_stopped_at_once_has_no_results() {
    let loaded = loaded();
    let stop = StopAfter { wanted: 0, done: AtomicU64::new(0) };
    let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
    assert!(matches!(experiment.run(&stop), Err(Failure::Stopped)));
}

#[test]
fn a_policy_that_remembers_remembers_one_replication_only() {
    /// Serves on every other time it is asked: what it does depends on all it was asked before.
    struct Moody(u64);
    impl Moody {
        fn agrees(&mut self) -> bool {
            self.0 += 1;
            !self.0.is_multiple_of(3)
        }
    }
    impl Policy for Moody {
        fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
            let agent = view.able(contact.queue).iter().find_map(|group| view.longest_idle(*group));
            agent.filter(|_| self.agrees()).map_or(Offer::Wait, Offer::Agent)
        }
        fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
            let head = view.serves(agent).iter().find_map(|queue| view.head(*queue));
            head.filter(|_| self.agrees()).map(|contact| contact.case)
        }
    }
    let loaded = loaded();
    let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
    let run = || experiment.run_with(|| Moody(0), &Silent).expect("it is stable").results;
    let one = with_threads(1, run);
    assert_eq!(one, with_threads(2, run));
    assert_eq!(one, with_threads(8, run));
}

#[test]
fn a_precision_is_looked_at_in_steps_of_64_whatever_the_threads() {
    let text = CENTRE.replace(
        "experiment = { replications = 21, seed = 11 }",
        "[experiment]\nreplications = 10\nseed = 11\n\
         precision = { figure = \"total.wait\", half_width = 2.5, max_replications = 500 }\n",
    );
    let text = text
        .replace("channels.phone = {", "[channels.phone]\n#")
        .replace("# lines = 40, max_waiting = 25 }", "lines = 40\nmax_waiting = 25");
    let loaded = plays::load(&text);
    let run = || results(&loaded, &Silent);
    let one = with_threads(1, run);
    assert_eq!((one.replications - 10) % 64, 0);
    assert!(one.replications > 10 && one.replications < 500, "{}", one.replications);
    let reached = one.figure("total.wait").and_then(|wait| wait.half_width);
    assert!(reached.is_some_and(|half_width| half_width <= 2.5), "{reached:?}");
    assert_eq!(one, with_threads(8, run));
}
