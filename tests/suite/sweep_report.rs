//! What a finished sweep shows: charts, the page and the terminal's table.

use std::collections::{BTreeMap, BTreeSet};
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
resolution = { probability = 0.8, repeat_contact = { probability = 0.5, delay = { mean = "1h" } } }

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
    assert_eq!(page.matches("<figure").count(), names.len(), "{what}: the page has every chart");
    for forbidden in ["http:", "https:", "<script ", "<link", "<img", "@import", "url(", "//", "NaN"] {
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
    assert!(chart("sweep_wait").contains("target: 80 % in 20 s"), "its target");
    assert!(chart("sweep_map").contains("border of 80 % in 20 s"), "some cells keep it, some do not");
    assert!(printed.contains("Of queue sales; occupancy and cost of all groups."), "{printed}");
    assert!(printed.contains("The cheapest point that keeps both targets is"), "{printed}");
    let widest = printed.lines().map(|line| line.chars().count()).max();
    assert!(widest.is_some_and(|widest| widest <= 100), "{printed}");

    // Both queues vary: the total, whose queues answer within different times.
    sweep(folder.path(), CENTRE, &["--vary", TALK, "--vary", "queues.service.talk.mean=2m,3m"]);
    assert!(chart("sweep_wait").contains("Waits of all queues") && !chart("sweep_wait").contains("target:"));
    assert!(!chart("sweep_wait").contains("Service level"), "it would pool what is counted unlike");
    assert!(!out.join("charts/sweep_map.svg").exists(), "so it has no map");
    // The target itself varies: a line for it would be wrong.
    sweep(folder.path(), CENTRE, &["--vary", "queues.sales.target.within=10s,20s,30s"]);
    assert!(chart("sweep_wait").contains("Waits of queue sales") && !chart("sweep_wait").contains("target:"));
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

/// A large queue and a small one, each with a team of its own: the pool hides the small one.
const BIG_AND_SMALL: &str = r#"
horizon.start = 2026-03-02
experiment = { replications = 50, seed = 1 }
[queues.big]
open     = "daily 08:00-18:00"
talk     = { mean = "4m" }
patience = { mean = "3m" }
target   = { share = 0.8, within = "20s" }
arrivals = { per_day = 2000 }
[queues.small]
open     = "daily 08:00-18:00"
talk     = { mean = "4m" }
patience = { mean = "3m" }
target   = { share = 0.8, within = "20s" }
arrivals = { per_day = 300 }
[groups.a]
skills = ["big"]
staff  = { "08:00" = 18, "18:00" = 0 }
cost   = { per_hour = 20 }
[groups.b]
skills = ["small"]
staff  = { "08:00" = 2, "18:00" = 0 }
cost   = { per_hour = 20 }
"#;

#[test]
fn a_point_is_recommended_only_if_every_queue_keeps_every_target() {
    let folder = tempfile::tempdir().expect("a folder");
    let printed = sweep(folder.path(), BIG_AND_SMALL, &["--vary", "groups.b.staff.08:00=1..5"]);
    // Erlang A: of 2 erlangs, 3 agents answer 67.4 % within 20 s and 4 answer 86.6 %, while the pool
    // keeps 80 % with a single one.
    let level = |agents: f64| {
        let arrivals_per_second = 300.0 / 36_000.0;
        let (mean_service, mean_patience) = (240.0, 180.0);
        holdline::formulas::ErlangA { arrivals_per_second, mean_service, mean_patience, agents }
            .service_level(20.0)
    };
    assert!(level(3.0) < 0.8 && level(4.0) > 0.8, "{} {}", level(3.0), level(4.0));
    assert!(printed.contains("The cheapest point that keeps both targets is point\n3 "), "{printed}");
    let out = folder.path().join("out");
    let mut reader = csv::Reader::from_path(out.join("sweep.csv")).expect("it is there");
    let rows: Vec<BTreeMap<String, String>> = reader.deserialize().map(|row| row.expect("a row")).collect();
    let of = |point: &str, name: &str, figure: &str| {
        rows.iter()
            .find(|row| row["point"] == point && row["name"] == name && row["figure"] == figure)
            .unwrap_or_else(|| panic!("{point} {name} {figure}"))
    };
    for (point, small, kept) in [("0", "missed", "1"), ("2", "missed", "1"), ("3", "kept", "2")] {
        let row = of(point, "small", "service_level");
        assert_eq!((row["target"].as_str(), row["verdict"].as_str()), ("0.8", small), "point {point}");
        assert_eq!(of(point, "big", "service_level")["verdict"], "kept");
        let all = of(point, "total", "targets_kept");
        assert_eq!((all["value"].as_str(), all["target"].as_str()), (kept, "2"));
        assert_eq!(all["verdict"], small);
        assert_eq!(of(point, "small", "wait")["verdict"], "");
    }
    let chart = fs::read_to_string(out.join("charts/sweep_cost.svg")).expect("a chart");
    assert!(chart.contains("keeps every target; none is cheaper and better"));
    let page = fs::read_to_string(out.join("report.html")).expect("a page");
    assert!(page.contains("Targets kept") && page.contains("missed by small"));
}

#[test]
fn nothing_is_recommended_where_nothing_is_decided() {
    let folder = tempfile::tempdir().expect("a folder");
    let words = ["--vary", "groups.b.staff.08:00=1..4", "--replications", "1"];
    let printed = sweep(folder.path(), BIG_AND_SMALL, &words);
    assert!(printed.contains("No point is known to keep both targets."), "{printed}");
    assert!(!printed.contains("cheapest"), "{printed}");
}

/// A target on responses is told as a run tells it.
#[test]
fn a_target_on_responses_is_named_as_one() {
    let folder = tempfile::tempdir().expect("a folder");
    let text = "horizon = { start = 2026-03-02, days = 1 }\nexperiment.replications = 5\nchannels.mail.kind = \"deferred\"\n\
                [queues.mail]\nchannel = \"mail\"\nopen = \"daily 08:00-18:00\"\ntalk = { mean = \"3m\" }\narrivals.per_day = 50\n\
                target = { share = 0.8, within = \"4h\", clock = \"open_hours\" }\n\
                [groups.team]\nskills = [\"mail\"]\nstaff = 2\ncost.per_hour = 20\n";
    let printed = sweep(folder.path(), text, &["--vary", "groups.team.staff=1..2"]);
    let printed = printed.replace('\n', " ");
    assert!(printed.contains("that keeps 80 % responded to in 4 h of opening hours is"), "{printed}");
}
