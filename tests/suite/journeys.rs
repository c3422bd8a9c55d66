//! Journeys: worked out by hand in a small day, and counted twice in a big one.

use holdline::engine::Player;
use holdline::experiment::{Experiment, Silent};
use holdline::figures::{Journey, JourneyEnd, Results};
use holdline::observations::{CaseEnd, Count};
use holdline::report;
use holdline::routing::RulePolicy;
use holdline::scenario::Scenario;
use holdline::vocabulary::AtEnd;

use crate::markdown::blocks;
use crate::plays::{self, Trace};

/// Nothing is random: `desk` passes everyone on to `experts`, and a call the next hour asks how it went.
/// What `experts` get from elsewhere is never solved, and comes back by mail, which solves it; the mail
/// of the last hour stays. The one line of `hotline` is taken by a first caller, the second one hears
/// the busy signal. `robot` needs no agent, and nobody waits at `shop` past a minute.
const DAY: &str = r#"
horizon = { start = 2026-03-02, days = 1, interval = "1h" }
experiment = { replications = 3 }
channels.phone = { kind = "voice" }
channels.narrow = { kind = "voice", lines = 1 }
channels.email = { kind = "deferred" }

[queues.desk]
channel = "phone"
talk = "1m"
transfers.experts = { probability = 1 }

[queues.experts]
channel = "phone"
talk = "2m"
resolution = { probability = 0, repeat_contact = { probability = 1, delay = "1h", to = { mail = 1 } } }

[queues.mail]
channel = "email"
talk = "10m"

[queues.hotline]
channel = "narrow"
talk = "10m"

[queues.robot]
channel = "phone"
talk = "10m"
self_service = { time = "30s", containment = 1 }

[queues.shop]
channel = "phone"
talk = "10m"
patience = "1m"
retry.after_abandon = { probability = 1, delay = "4m", limit = 1 }

[groups.all]
skills = ["desk", "experts", "mail", "robot"]
staff = 5

[groups.hotline]
skills = ["hotline"]
staff = 1

[groups.shop]
skills = ["shop"]
staff = 1
"#;

fn day() -> Results {
    let arrivals = [
        // 1 min, 2 min, an hour, and 10 min of mail: 73 min from the opening.
        ("desk", "09:00:00"),
        ("desk", "10:00:00"),
        // 2 min, an hour, 10 min: 72 min.
        ("experts", "09:30:00"),
        // The mail comes at 23:57 and is not done at midnight: open for 65 min.
        ("experts", "22:55:00"),
        // 10 min of talk; the second is lost at once.
        ("hotline", "12:00:00"),
        ("hotline", "12:05:00"),
        // Half a minute each.
        ("robot", "13:00:00"),
        ("robot", "13:10:00"),
        ("robot", "13:20:00"),
        // Served at once, 10 min. Gives up after 1 min, comes back 4 min later, gives up at 14:07: 6 min.
        ("shop", "14:00:00"),
        ("shop", "14:01:00"),
        // Still in the first talk at midnight, for 5 min.
        ("shop", "23:55:00"),
    ];
    let trace = Trace::new(arrivals.map(|(queue, at)| (queue, format!("2026-03-02T{at}"))));
    let queues = ["desk", "experts", "hotline", "robot", "shop"];
    let replayed: String = queues.iter().map(|queue| trace.arrivals(queue)).collect();
    let loaded = plays::load(&format!("{DAY}\n{replayed}"));
    let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
    experiment.run(&Silent).expect("it is stable").results
}

fn words(journey: &Journey) -> String {
    let steps = journey.steps.iter().map(|step| format!("{} {}", step.queue, step.ended));
    steps.collect::<Vec<_>>().join(", ")
}

#[test]
fn the_journeys_of_a_day_are_those_worked_out_by_hand() {
    let results = day();
    let journeys = &results.journeys;
    let seen: Vec<(String, JourneyEnd, u32, f64)> = journeys
        .most_frequent
        .iter()
        .map(|journey| {
            let cases = journey.share.value * 12.0;
            let exact = journey.share.half_width.is_some_and(|half_width| half_width < 1e-6);
            assert!((cases - cases.round()).abs() < 1e-9 && exact, "{:?}", journey.share);
            (words(journey), journey.end, cases.round() as u32, journey.mean_time)
        })
        .collect();
    use JourneyEnd::{Contained, Lost, Open, Solved};
    let expected = [
        ("robot contained", Contained, 3, 30.0),
        ("desk transferred, experts not solved, mail solved", Solved, 2, 73.0 * 60.0),
        ("", Open, 1, 5.0 * 60.0),
        ("experts not solved", Open, 1, 65.0 * 60.0),
        ("experts not solved, mail solved", Solved, 1, 72.0 * 60.0),
        ("hotline solved", Solved, 1, 600.0),
        ("hotline busy signal", Lost, 1, 0.0),
        ("shop solved", Solved, 1, 600.0),
        ("shop abandoned, shop abandoned", Lost, 1, 6.0 * 60.0),
    ];
    let expected: Vec<_> =
        expected.map(|(path, end, cases, time)| (path.to_owned(), end, cases, time)).into();
    assert_eq!(seen, expected);
    assert_eq!(journeys.cases, 12.0);
    assert_eq!(journeys.rest, [0.0; 4]);
    let share =
        |end| journeys.flows.iter().filter(|flow| flow.end == end).map(|flow| flow.share).sum::<f64>();
    for (end, cases) in [(Solved, 5.0), (Contained, 3.0), (Lost, 2.0), (Open, 2.0)] {
        assert!((share(end) - cases / 12.0).abs() < 1e-12, "{end:?}");
    }
}

#[test]
fn the_journeys_of_the_documentation_come_out_as_written() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut checked = 0;
    for block in blocks(include_str!("../../docs/figures.md")) {
        match block.info.split_whitespace().collect::<Vec<_>>()[..] {
            ["toml" | "csv", name] => {
                std::fs::write(folder.path().join(name), &block.text).expect("it can be written");
            }
            ["journeys", name] => {
                let loaded =
                    Scenario::load(&folder.path().join(name), &["experiment.replications=2".to_owned()]);
                let loaded = loaded.unwrap_or_else(|mistakes| panic!("{mistakes}"));
                let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
                let results = experiment.run(&Silent).expect("it is stable").results;
                let lines = results.journeys.most_frequent.iter().map(|journey| {
                    let cases = (journey.share.value * results.journeys.cases).round();
                    let (all, time) = (results.journeys.cases, journey.mean_time);
                    format!("{cases} / {all}, {time} s, {}: {}\n", journey.end.name(), words(journey))
                });
                assert_eq!(lines.collect::<String>(), block.text);
                checked += 1;
            }
            _ => {}
        }
    }
    assert_eq!(checked, 1);
}

#[test]
fn every_product_tells_the_journeys() {
    let (results, folder) = (day(), tempfile::tempdir().expect("a temporary folder"));
    report::write(&results, "", folder.path()).expect("it can be written");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("it is written");
    let csv = read("journeys.csv");
    assert_eq!(
        csv.lines().take(3).collect::<Vec<_>>(),
        [
            "rank,journey,steps,result,share,share_half_width,mean_time",
            "1,robot: contained,1,contained,0.25,0,30",
            "2,desk: transferred -> experts: not solved -> mail: solved,3,solved,0.16666666666666666,0,4380",
        ]
    );
    let page = read("report.html");
    for words in [
        "desk: transferred → experts: not solved → mail: solved",
        ">73.0 min</td><td data-head=\"Result\">solved</td>",
        "still in the first step",
        "id=\"journeys\"",
    ] {
        assert!(page.contains(words), "{words}");
    }
    let summary: serde_json::Value = serde_json::from_str(&read("summary.json")).expect("it is JSON");
    assert_eq!(summary["journeys"].as_array().map(Vec::len), Some(9));
    assert_eq!(summary["journeys"][1]["steps"][2]["queue"], "mail");
    assert_eq!(summary["journeys"][1]["steps"][0]["ended"], "transferred");
    assert_eq!(summary["journeys"][0]["result"], "contained");
    for name in ["charts/journeys.svg", "charts/journeys.png"] {
        assert!(folder.path().join(name).is_file(), "{name}");
    }
    let chart = read("charts/journeys.svg");
    for name in ["robot self-service 25.0 %", "experts 16.7 %", "contained 25.0 %", "open 16.7 %"] {
        assert!(chart.contains(name), "{name}");
    }
    let printed = report::render(&results);
    assert!(printed.contains("desk: transferred → experts: not solved → mail: solved"), "{printed}");
}

/// Every way to go on and every way to end.
const EVERYTHING: &str = r#"
horizon = { start = 2026-03-02, days = 2, interval = "1h" }
channels.phone = { kind = "voice", lines = 24 }
channels.chat = { kind = "chat", concurrency = 2 }
channels.email = { kind = "deferred" }

[queues.billing]
channel = "phone"
open = "daily 08:00-20:00"
talk = { mean = "5m" }
patience = { mean = "3m", balk = 0.05 }
arrivals.per_day = 900
retry.after_abandon = { probability = 0.5, delay = { mean = "15m" }, limit = 3 }
retry.after_busy = { probability = 0.5, delay = "2m" }
retry.after_closed = { probability = 0.6 }
resolution = { probability = 0.7, repeat_contact = { probability = 0.6, delay = { mean = "4h" }, to = { billing = 0.6, mail = 0.3, chat = 0.1 } } }
transfers.technical = { probability = 0.15, follow_up = "courtesy" }
self_service = { time = { mean = "60s" }, containment = 0.2, hang_up = 0.04, false_containment = { share = 0.2, delay = { mean = "2h" } } }
callback = { offer_when = { queue_length = 3 }, accept = 0.6, start_when = "place_reached", reached = 0.7, retries = 1, retry_after = { mean = "20m" } }

[queues.technical]
channel = "phone"
open = "daily 08:00-19:00"
at_close = "clear"
talk = { mean = "8m" }
patience = { mean = "5m" }
overflow = { after = "2m", to = "billing" }
arrivals.per_day = 250
resolution = { probability = 0.8, repeat_contact = { probability = 0.5, delay = { mean = "8h" } } }

[queues.chat]
channel = "chat"
open = "daily 08:00-20:00"
talk = { mean = "9m" }
patience = { mean = "2m", silent = 0.4 }
arrivals.per_day = 300
retry.after_abandon = { probability = 0.4, delay = { mean = "5m" }, limit = 2, to = { billing = 0.7 } }
resolution.probability = 0.85

[queues.mail]
channel = "email"
talk = { mean = "6m" }
backlog = 20
arrivals.per_day = 250
chase = { probability = 0.3, after = { mean = "3h" }, limit = 2, to = { billing = 1.0 } }
resolution = { probability = 0.75, repeat_contact = { probability = 0.5, delay = { mean = "5h" } } }

[follow_ups.courtesy]
trigger = "transfer"
owner = "last_agent"
after = { mean = "2h" }
channel = "phone"
talk = { mean = "2m" }
reached = 0.7
retries = 1
solves = 0.6

[groups.front]
skills = ["billing", "chat", "mail"]
staff = { "00:00" = 0, "08:00" = 13, "20:00" = 0 }

[groups.experts]
skills = ["technical"]
staff = { "00:00" = 0, "08:00" = 4, "20:00" = 0 }
"#;

#[test]
fn every_case_ends_one_journey_and_no_other() {
    for (end, warm_up) in [("cut", "0d"), ("drain", "0d"), ("cut", "1d")] {
        let horizon = format!("interval = \"1h\", at_end = \"{end}\", warm_up = \"{warm_up}\" }}");
        let model = plays::compile(&EVERYTHING.replacen("interval = \"1h\" }", &horizon, 1));
        assert_eq!(model.at_end == AtEnd::Drain, end == "drain");
        let mut player = Player::<_, true>::new(&model, RulePolicy::new(&model));
        for replication in 0..3 {
            let seen = player.play(5, replication).expect("it is stable");
            let count = |count: Count| -> u64 {
                let rows = seen.queues.iter().flat_map(|queue| &queue.rows[..model.rows.count]);
                rows.map(|row| row[count]).sum()
            };
            let (mut cases, mut longest) = ([0; 3], 0);
            seen.journeys.for_each(|path, ends| {
                CaseEnd::ALL.iter().for_each(|end| cases[*end as usize] += ends.cases[*end as usize]);
                longest = longest.max(path.len());
            });
            let solved = count(Count::Solved) + count(Count::Contained);
            let open = count(Count::Cases) - solved - count(Count::Lost);
            assert_eq!(cases, [solved, count(Count::Lost), open], "{end}, {warm_up}");
            assert!(cases.iter().all(|cases| *cases > 0) && longest > 4, "{cases:?} {longest}");
        }
    }
}

#[test]
fn threads_change_no_byte_of_the_journeys() {
    let text = EVERYTHING.replacen("horizon", "experiment = { replications = 11, seed = 3 }\nhorizon", 1);
    let loaded = plays::load(&text);
    let play = |threads: usize| -> Results {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can start");
        let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
        pool.install(|| experiment.run(&Silent)).expect("it is stable").results
    };
    let (one, two) = (play(1), play(2));
    assert_eq!(one.journeys, two.journeys);
    assert_eq!(one.journeys.most_frequent.len(), 10);
    assert_eq!(report::summary(&one), report::summary(&two));
}
