//! What happens to callers who are not simply answered: busy signals, callbacks and short abandons, in
//! figures, tables and the headline.

use std::fs;

use assert_cmd::Command;
use holdline::experiment::{Experiment, Silent};
use holdline::scenario::Scenario;
use serde_json::Value;

/// Plays a scenario beside its files; what was printed, and summary.json.
fn played(text: &str, files: &[(&str, &str)], words: &[&str]) -> (String, Value) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("centre.toml"), text).expect("there is room");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("there is room");
    }
    let mut command = Command::cargo_bin("holdline").expect("the program is built");
    command.current_dir(folder.path()).args(["run", "centre.toml", "-q", "--out", "out"]).args(words);
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let summary = fs::read(folder.path().join("out/summary.json")).expect("a summary");
    let printed = String::from_utf8(output.stdout).expect("UTF-8");
    (printed, serde_json::from_slice(&summary).expect("JSON"))
}

fn value(summary: &Value, queue: &str, figure: &str) -> f64 {
    let value = &summary["queues"][queue]["figures"][figure]["value"];
    value.as_f64().unwrap_or_else(|| panic!("{queue} has no {figure}: {value}"))
}

/// Calls that find nobody free are lost; most are short, the others normal (15 min, sd 5 min), cut at 0.
/// What is lost with 1 to 5 agents is known from another simulation to 0.0003.
#[test]
fn normal_talk_loses_the_calls_that_another_simulation_loses() {
    const CENTRE: &str = r#"
horizon = { start = 2026-03-02, days = 1 }
experiment = { replications = 3000, seed = 10 }
[queues.leads]
open        = "daily 09:00-18:00"
max_waiting = 0
talk        = { kind = "mixture", parts = { lead = { share = 0.6, kind = "normal", mean = "15m", sd = "5m" }, wrong_number = { share = 0.4, kind = "uniform", low = "0s", high = "2m" } } }
arrivals.per_hour = { "00:00" = 0, "09:00" = 12, "10:00" = 6, "11:00" = 5, "12:00" = 4, "13:00" = 6.6666667, "14:00" = 7.5, "17:00" = 8.5714286, "18:00" = 0 }
[groups.team]
skills = ["leads"]
staff  = 1
"#;
    for (agents, lost) in [(1, 0.535), (2, 0.242_35), (3, 0.092_37), (4, 0.030_09), (5, 0.008_62)] {
        let settings = [format!("groups.team.staff={agents}")];
        let loaded = Scenario::from_text("leads.toml", CENTRE, &settings).expect("it is valid");
        let experiment = Experiment::new(&loaded.scenario).expect("it compiles");
        let results = experiment.run(&Silent).expect("it is stable").results;
        let share = results.figure("queues.leads.busy_signals").expect("a share");
        let half_width = share.half_width.expect("of many days");
        // The other simulation's error beside the interval, at 99.9 %.
        assert!(
            (share.value - lost).abs() < 1.7 * half_width + 3e-4,
            "{agents} agents: {share:?}, not {lost}"
        );
    }
}

#[test]
fn busy_signals_are_a_share_of_attempts_everywhere() {
    let text = r#"
horizon = { length = "200h", warm_up = "5h" }
experiment = { replications = 40, seed = 5 }
channels.phone = { kind = "voice", lines = 2 }
[queues.calls]
channel = "phone"
talk = { mean = "15m" }
patience = { mean = "5m" }
arrivals.per_hour = 4
[groups.team]
skills = ["calls"]
staff = 2
"#;
    let (printed, summary) = played(text, &[], &[]);
    // Erlang B of one erlang and two lines: 1/5.
    let figure = &summary["queues"]["calls"]["figures"]["busy_signals"];
    let (share, half) = (figure["value"].as_f64().unwrap(), figure["half_width"].as_f64().unwrap());
    assert!((share - 0.2).abs() < 2.0 * half && half < 0.01, "{share} +- {half}");
    assert!(printed.contains("Busy") && printed.contains("signal"), "{printed}");
    let headline = summary["headline"].as_str().unwrap();
    assert!(headline.contains("% of all attempts hear the busy signal"), "{headline}");
}

/// One agent, ten minutes a call. The second caller waits 9 minutes; the third finds one waiting, takes
/// a callback and is called at 08:20.
const CALLED_BACK: &str = r#"
horizon = { start = 2026-03-02, days = 1 }
experiment.replications = 1
[queues.desk]
talk     = "10m"
target   = { share = 0.8, within = "20s" }
callback = { offer_when = { queue_length = 1 }, accept = 1, start_when = "place_reached" }
arrivals = { trace = { file = "calls.csv", time = "arrived" } }
[groups.team]
skills = ["desk"]
staff  = 1
"#;

#[test]
fn callbacks_count_apart_from_those_who_wait_on_the_line() {
    let calls = "arrived\n2026-03-02 08:00:00\n2026-03-02 08:01:00\n2026-03-02 08:02:00\n";
    let (printed, summary) = played(CALLED_BACK, &[("calls.csv", calls)], &[]);
    assert_eq!(value(&summary, "desk", "service_level"), 1.0 / 2.0);
    assert_eq!(value(&summary, "desk", "wait"), 540.0 / 2.0);
    assert_eq!(value(&summary, "desk", "delayed"), 1.0 / 2.0);
    assert!(value(&summary, "desk", "wait_p90") > 500.0);
    assert_eq!(value(&summary, "desk", "answered"), 3.0);
    assert_eq!(value(&summary, "desk", "callback_done"), 1.0);
    let by_kind = &summary["queues"]["desk"]["by_kind"];
    assert_eq!(by_kind["first"]["service_level"]["value"], 0.5);
    assert!(by_kind["callback"]["service_level"].is_null(), "they did not wait: {by_kind}");
    assert!(printed.contains("Callbacks of"), "{printed}");
    let day = &summary["queues"]["desk"]["days"][0]["figures"];
    assert_eq!(day["wait"]["value"], 270.0);

    let words = ["--set", "queues.desk.callbacks=count_as_answered"];
    let (_, summary) = played(CALLED_BACK, &[("calls.csv", calls)], &words);
    assert_eq!(value(&summary, "desk", "service_level"), 2.0 / 3.0);
    assert_eq!(value(&summary, "desk", "wait"), 540.0 / 3.0);
}

#[test]
fn how_callbacks_count_is_asked_only_where_there_are_any() {
    let text =
        CALLED_BACK.lines().filter(|line| !line.starts_with("callback")).collect::<Vec<_>>().join("\n");
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("centre.toml"), text).expect("there is room");
    fs::write(folder.path().join("calls.csv"), "arrived\n2026-03-02 08:00:00\n").expect("there is room");
    let mut command = Command::cargo_bin("holdline").expect("the program is built");
    let words = ["check", "centre.toml", "--set", "queues.desk.callbacks=count_as_answered"];
    let output = command.current_dir(folder.path()).args(words).output().expect("it runs");
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(told.contains("`queues.desk.callbacks` needs a `callback`"), "{told}");
}

/// Eight callers: four answered in time and one late, three gone after 120, 10 and 3 s.
const SHORT: &str = r#"
horizon = { start = 2026-03-02, days = 1 }
experiment.replications = 1
[queues.desk]
talk     = "4m"
wrap_up  = "1m"
patience = { kind = "constant", mean = { "00:00" = "2m", "08:20" = "10s", "08:30" = "3s" } }
target   = { share = 0.8, within = "20s", formula = "less_short_abandons", short = "5s" }
arrivals = { trace = { file = "desk.csv", time = "arrived" } }
[groups.team]
skills = ["desk"]
staff  = 1
"#;

#[test]
fn short_abandons_are_left_out_by_the_short_time() {
    // 08:04:59 waits 1 s, 08:09 waits 60 s, 08:10 gives up after 120 s; at 08:20 and 08:30 somebody is
    // answered at once, and who comes a minute later gives up after 10 and 3 s.
    let times =
        ["08:00:00", "08:04:59", "08:09:00", "08:10:00", "08:20:00", "08:21:00", "08:30:00", "08:31:00"];
    let calls: String = times.iter().map(|time| format!("2026-03-02 {time}\n")).collect();
    let files = [("desk.csv", format!("arrived\n{calls}"))];
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
    let (_, summary) = played(SHORT, &files, &[]);
    assert_eq!(value(&summary, "desk", "answered"), 5.0);
    assert_eq!(value(&summary, "desk", "abandoned"), 3.0);
    assert_eq!(value(&summary, "desk", "service_level"), 4.0 / (8.0 - 1.0));
    for (formula, level) in [
        ("less_abandons_within", 4.0 / (8.0 - 2.0)),
        ("short_abandons_met", (4.0 + 1.0) / 8.0),
        ("abandons_met", (4.0 + 2.0) / 8.0),
    ] {
        let word = format!("queues.desk.target.formula={formula}");
        let (_, summary) = played(SHORT, &files, &["--set", &word]);
        assert_eq!(value(&summary, "desk", "service_level"), level, "{formula}");
    }
}

#[test]
fn check_tells_what_is_taken_for_granted() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("calls.csv"), "arrived\n2026-03-02 08:00:00\n").expect("there is room");
    fs::write(folder.path().join("centre.toml"), CALLED_BACK).expect("there is room");
    let check = |words: &[&str]| {
        let mut command = Command::cargo_bin("holdline").expect("the program is built");
        let command = command.current_dir(folder.path()).args(["check", "centre.toml"]).args(words);
        String::from_utf8(command.output().expect("it runs").stdout).expect("UTF-8")
    };
    let told = check(&[]);
    assert!(told.contains("nobody ever abandons: desk (no `patience`)"), "{told}");
    assert!(told.contains("every answered contact solves its case: desk (no `resolution`)"), "{told}");
    let told = check(&[
        "--set",
        "queues.desk.patience={mean=\"2m\"}",
        "--set",
        "queues.desk.resolution={probability=0.9}",
    ]);
    assert!(!told.contains("Taken for granted"), "{told}");
}
