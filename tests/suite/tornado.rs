//! `holdline tornado`: what moves the figures farthest, as a comparison of the same settings says it.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tempfile::TempDir;

const CENTRE: &str = r#"
title = "A small centre"
horizon = { start = 2026-03-02, interval = "1h" }
experiment = { replications = 12, seed = 3 }

[queues.calls]
open = "daily 08:00-18:00"
talk = { kind = "lognormal", mean = "3m20s", cv = 1.0 }
wrap_up = { mean = "20s" }
patience = { mean = "3m" }
target = { share = 0.8, within = "20s" }
arrivals = { per_day = 900 }

[groups.team]
skills = ["calls"]
shifts.day = { agents = 10, start = "08:00", length = "10h" }

[tornado]
shrinkage = 0
patience = 0.25
settings."queues.calls.talk.cv" = [0.5, 1.5]

[variants]
busier = { "queues.calls.arrivals.factor" = 1.1 }
fewer = { "groups.team.shifts.day.agents" = 9 }
"#;

fn folder() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("centre.toml"), CENTRE).expect("there is room");
    folder
}

#[track_caller]
fn holdline(folder: &Path, arguments: &[&str], code: i32) -> (String, String) {
    let mut command = assert_cmd::Command::cargo_bin("holdline").expect("the binary is built with the tests");
    let output = command.current_dir(folder).args(arguments).output().expect("it starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    assert_eq!(output.status.code(), Some(code), "{}", text(&output.stderr));
    (text(&output.stdout), text(&output.stderr))
}

#[test]
fn each_end_is_what_a_comparison_says_and_the_farthest_comes_first() {
    let folder = folder();
    let of = |arguments: &[&str]| -> Value {
        serde_json::from_str(&holdline(folder.path(), arguments, 0).0).expect("JSON")
    };
    let tornado = of(&["tornado", "centre.toml", "--json", "--quiet"]);
    let names: Vec<&str> =
        tornado["figures"].as_array().expect("a list").iter().filter_map(|f| f["figure"].as_str()).collect();
    assert_eq!(names, ["total.service_level", "total.wait", "total.abandonment"]);
    let wait = &tornado["figures"][1];
    let parameters = wait["parameters"].as_array().expect("a list");
    let named = |name: &str| parameters.iter().find(|one| one["name"] == name).expect("it is turned");
    assert_eq!(parameters.len(), 5, "shrinkage is left alone, and the centre has none");
    let reach = |one: &Value| {
        let end = |end: &str| one[end]["difference"].as_f64().expect("a number").abs();
        end("low").max(end("high"))
    };
    assert!(parameters.iter().map(reach).is_sorted_by(|one, other| one >= other), "{parameters:?}");
    // Less work and more agents wait less; and the other way round.
    for (name, end) in [("Volume", "low"), ("Handle time", "low"), ("Agents", "high")] {
        assert_eq!(named(name)[end]["verdict"], "better", "{name}");
        assert_eq!(named(name)[if end == "low" { "high" } else { "low" }]["verdict"], "worse", "{name}");
    }
    let compared =
        of(&["compare", "centre.toml", "--figure", "total.wait", "--json", "--quiet", "--out", "compared"]);
    let variants = &compared["figures"]["total.wait"]["variants"];
    for (variant, end) in [("busier", &named("Volume")["high"]), ("fewer", &named("Agents")["low"])] {
        for key in ["value", "half_width", "difference", "difference_half_width", "verdict"] {
            assert_eq!(end[key], variants[variant][key], "{variant} {key}");
        }
        assert!(end["difference"].is_number());
    }
    assert_eq!(wait["value"], variants["as_written"]["value"]);
    let settings = |of: &Value| of["settings"].as_array().expect("a list").clone();
    assert_eq!(settings(&named("Patience")["low"]), ["queues.calls.patience.mean=\"2m15s\""]);
    assert_eq!(settings(&named("queues.calls.talk.cv")["high"]), ["queues.calls.talk.cv=1.5"]);

    let out = folder.path().join("output/centre-tornado");
    let csv = fs::read_to_string(out.join("tornado.csv")).expect("it was written");
    assert_eq!(csv.lines().count(), 1 + 3 * 5 * 2);
    assert!(csv.contains(",Patience,low,25 % less,"), "{csv}");
    for name in ["tornado", "tornado-2", "tornado-3"] {
        let svg = fs::read_to_string(out.join(format!("charts/{name}.svg"))).expect("it was drawn");
        assert!(svg.contains("Handle time") && svg.contains("−10 % / +10 %"), "{name}");
        assert!(
            svg.contains("<title>Patience: +25 % makes a difference of "),
            "{name} says what is pointed at"
        );
        assert!(out.join(format!("charts/{name}.png")).exists());
    }
    // Again into the same folder: holdline made it.
    let (tables, _) =
        holdline(folder.path(), &["tornado", "centre.toml", "--figure", "total.wait", "--quiet"], 0);
    assert!(tables.starts_with("Mean wait, all (total.wait), as written "), "{tables}");
    assert!(!out.join("charts/tornado-2.svg").exists(), "one figure has one chart");
}

#[test]
fn what_cannot_be_turned_is_said() {
    let folder = folder();
    let refused = |arguments: &[&str], part: &str| {
        let (_, said) =
            holdline(folder.path(), &[&["tornado", "centre.toml", "--quiet"], arguments].concat(), 2);
        assert!(said.contains(part), "{said}");
    };
    refused(&["--set", "tornado.volume=1.5"], "tornado.volume");
    refused(&["--set", "tornado.hold=0.1"], "tornado.hold");
    refused(&["--set", "tornado.settings={ \"queues.calls.priority\" = [1] }"], "a low and a high value");
    refused(&["--set", "tornado.settings={ \"queues.calls.priority\" = [1, -4] }"], "queues.calls.priority");
    refused(&["--figure", "total.happiness"], "happiness");
    let none = ["volume", "handle_time", "patience", "agents"].map(|key| format!("tornado.{key}=0"));
    let mut arguments: Vec<&str> = none.iter().flat_map(|one| ["--set", one.as_str()]).collect();
    arguments.extend(["--set", "tornado.settings=none"]);
    refused(&arguments, "there is nothing to turn");
}
