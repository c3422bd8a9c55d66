//! What a finished sweep shows: charts, the page and the terminal's table.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use assert_cmd::Command;

use crate::report::{is_drawn, labels_lie_free, well_formed};

/// A queue of its own beside another, agents that cost, cases that come again.
const CENTRE: &str = r#"
title = "Two queues"
horizon = { length = "6h", interval = "1h" }
experiment = { replications = 4, seed = 3 }
channels.phone.kind = "voice"

[queues.sales]
talk     = { mean = "3m" }
patience = { mean = "2m" }
target   = { share = 0.8, within = "20s" }
arrivals.per_hour = 60
resolution = { probability = 0.8, recontact = { probability = 0.5, delay = { mean = "1h" } } }

[queues.service]
talk     = { mean = "3m" }
patience = { mean = "2m" }
target   = { share = 0.7, within = "30s" }
arrivals.per_hour = 30

[groups.team]
skills = ["sales", "service"]
staff  = 6
cost.per_hour = 20
"#;

const STAFF: &str = "groups.team.staff=4..8:2";
const TALK: &str = "queues.sales.talk.mean=2m,3m,5m";
const PATIENCE: &str = "queues.sales.patience.mean=1m,2m,3m,4m";

/// Plays a sweep and gives what it printed.
fn sweep(folder: &Path, text: &str, words: &[&str]) -> String {
    fs::write(folder.join("centre.toml"), text).expect("there is room");
    let mut command = Command::cargo_bin("holdline").expect("the program is built");
    command.current_dir(folder).args(["sweep", "centre.toml", "-q", "--out", "out"]).args(words);
    let output = command.output().expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).expect("UTF-8")
}

/// The names of the charts; all of them are looked at, and the page.
fn charts(out: &Path, what: &str) -> BTreeSet<String> {
    let mut names = BTreeSet::new();
    let entries = fs::read_dir(out.join("charts")).map(|entries| entries.flatten().collect::<Vec<_>>());
    for path in entries.unwrap_or_default().into_iter().map(|entry| entry.path()) {
        let name = path.file_stem().and_then(|name| name.to_str()).expect("a name").to_owned();
        let bytes = fs::read(&path).expect("it can be read");
        if path.extension().is_some_and(|ending| ending == "svg") {
            labels_lie_free(std::str::from_utf8(&bytes).expect("UTF-8"), &format!("{what} {name}"));
        } else if name != "sweep_map" {
            // Which is full of colour.
            is_drawn(&bytes, &format!("{what} {name}"));
        }
        names.insert(name);
    }
    let page = fs::read_to_string(out.join("report.html")).expect("a page was written");
    assert_eq!(page.matches("<svg").count(), names.len(), "{what}: the page has every chart");
    for forbidden in ["http:", "https:", "<script", "<link", "<img", "@import", "url(", "//", "NaN"] {
        assert!(!page.contains(forbidden), "{what}: {forbidden}");
    }
    well_formed(&page[page.find("<main>").expect("a body")..page.find("</body>").expect("its end")]);
    names
}

#[test]
fn sweeps_of_one_two_three_parameters_and_samples_have_their_charts() {
    let lines = ["sweep_resolution", "sweep_wait"];
    let grid = ["sweep_cost", "sweep_map", "sweep_resolution", "sweep_wait"];
    let sample = "[sweep]\nsample = { points = 12, method = \"latin_hypercube\" }\n\
                  \"queues.sales.talk.mean\" = { from = \"2m\", to = \"5m\" }\n\
                  \"groups.team.staff\" = { from = 3, to = 9 }\n";
    let zip = "[sweep]\nzip = [{ \"queues.sales.talk.mean\" = [\"2m\", \"3m\"], \
               \"queues.sales.patience.mean\" = [\"1m\", \"4m\"] }]\n";
    for (what, more, words, expected) in [
        ("one", "", &["--vary", TALK, "--set", "groups.team.cost.per_hour=0"][..], &lines[..]),
        ("two", "", &["--vary", STAFF, "--vary", TALK], &grid),
        ("three", "", &["--vary", STAFF, "--vary", TALK, "--vary", PATIENCE], &grid),
        ("sample", sample, &[], &["sweep_cost", "sweep_resolution", "sweep_wait"]),
        ("zip", zip, &["--replications", "1", "--set", "groups.team.cost.per_hour=0"], &lines),
        (
            "words",
            "",
            &["--vary", "routing.contacts=first_come_first_served,priority", "--vary", STAFF],
            &["sweep_cost", "sweep_resolution", "sweep_wait"],
        ),
    ] {
        let folder = tempfile::tempdir().expect("a folder");
        sweep(folder.path(), &format!("{CENTRE}{more}"), words);
        let expected: BTreeSet<String> = expected.iter().map(|name| (*name).to_owned()).collect();
        assert_eq!(charts(&folder.path().join("out"), what), expected, "{what}");
    }
}

#[test]
fn the_charts_are_about_the_queue_that_varies_and_its_promise() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("out");
    let chart = |name: &str| fs::read_to_string(out.join(format!("charts/{name}.svg"))).expect("a chart");
    let printed = sweep(folder.path(), CENTRE, &["--vary", STAFF, "--vary", TALK]);
    assert!(chart("sweep_wait").contains("Waits of queue sales"), "its own");
    assert!(chart("sweep_wait").contains("promise: 80 % in 20 s"), "its promise");
    assert!(chart("sweep_map").contains("border of 80 % in 20 s"), "some cells keep it, some do not");
    assert!(chart("sweep_cost").contains("knee: point "), "three levels of staff bend");
    assert!(printed.contains("Of queue sales; occupancy and cost of all groups."), "{printed}");
    assert!(printed.contains("The cheapest point that keeps 80 % in 20 s is"), "{printed}");
    let widest = printed.lines().map(|line| line.chars().count()).max();
    assert!(widest.is_some_and(|widest| widest <= 100), "{printed}");

    // Both queues vary: the total, whose queues promise different shares.
    sweep(folder.path(), CENTRE, &["--vary", TALK, "--vary", "queues.service.talk.mean=2m,3m"]);
    assert!(chart("sweep_wait").contains("Waits of all queues") && !chart("sweep_wait").contains("promise"));
    assert!(!chart("sweep_map").contains("border"));
    // The promise itself varies: a line for it would be wrong.
    sweep(folder.path(), CENTRE, &["--vary", "queues.sales.target.within=10s,20s,30s"]);
    assert!(chart("sweep_wait").contains("Waits of queue sales") && !chart("sweep_wait").contains("promise"));
    assert!(!out.join("charts/sweep_map.svg").exists(), "what is no more is taken away");
}

#[test]
fn too_many_lines_are_left_out_and_it_is_said() {
    let folder = tempfile::tempdir().expect("a folder");
    let many = "groups.team.staff=3..12";
    let words = ["--vary", TALK, "--vary", many, "--vary", "queues.sales.patience.mean=1m,2m,3m"];
    sweep(folder.path(), CENTRE, &[&words[..], &["--replications", "1"]].concat());
    let chart = fs::read_to_string(folder.path().join("out/charts/sweep_wait.svg")).expect("a chart");
    assert!(chart.contains("8 of 10 lines are drawn"), "of ten levels of staff");
    assert!(chart.contains("queues.sales.patience.mean = 2m"), "the third stands in its middle");
    labels_lie_free(&chart, "many");
}

#[test]
fn thousands_of_points_have_a_table_and_no_charts() {
    let folder = tempfile::tempdir().expect("a folder");
    let tiny = CENTRE.replace("\"6h\"", "\"1h\"");
    let words = ["--vary", "experiment.seed=1..2001", "--replications", "1"];
    let printed = sweep(folder.path(), &tiny, &words);
    assert!(printed.contains("1961 more points are in sweep.csv."), "{printed}");
    assert!(charts(&folder.path().join("out"), "thousands").is_empty());
    let page = fs::read_to_string(folder.path().join("out/report.html")).expect("a page");
    assert!(page.contains("Charts are left out: there are 2,001 points"), "it is said");
    assert_eq!(page.matches("<tr><th scope=\"row\">").count(), 500);
}
