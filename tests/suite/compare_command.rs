//! `holdline compare`: what it prints, writes and says when it is misused.

use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;

const DAY: &str = r#"
title = "A day"
horizon = { start = 2026-03-02, days = 1, interval = "1h" }
experiment = { replications = 12, seed = 3 }
[queues.calls]
open     = "mon-fri 08:00-18:00"
talk     = { mean = "4m" }
patience = { mean = "2m" }
target   = { share = 0.8, within = "20s" }
arrivals.per_hour = 60
[groups.team]
skills = ["calls"]
staff  = 5
cost.per_hour = 18
"#;

const VARIANTS: &str = r#"
[variants.two_more]
groups.team.staff = 7
[variants.patient]
queues.calls.patience = "none"
[variants.renamed]
title = "Another day"
"#;

/// A folder with `day.toml` (a day and its variants) and `plain.toml` (without).
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write =
        |name: &str, text: &str| std::fs::write(folder.path().join(name), text).expect("it is written");
    write("day.toml", &format!("{DAY}{VARIANTS}"));
    write("plain.toml", DAY);
    write("long.toml", &DAY.replace("days = 1", "days = 2"));
    write("wrong.toml", &format!("{DAY}\n[variants.more]\ngroups.teem.staff = 7\n"));
    folder
}

fn holdline(folder: &Path, arguments: &str) -> assert_cmd::assert::Assert {
    let mut holdline = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    holdline.current_dir(folder).args(arguments.split_whitespace()).assert()
}

#[track_caller]
fn refused(arguments: &str, title: &str, hint: &str) {
    let folder = folder();
    let said = predicate::str::contains(title).and(predicate::str::contains(hint));
    holdline(folder.path(), arguments).code(2).stdout("").stderr(said);
    assert!(!folder.path().join("output").exists(), "nothing is written");
}

#[test]
fn the_tables_of_a_day() {
    let folder = folder();
    let arguments = "compare day.toml --quiet --figure queues.calls.service_level --figure queues.calls.wait \
                     --delta queues.calls.wait=90s --best queues.calls.service_level --delta 2%";
    let done = holdline(folder.path(), arguments).success().stderr("");
    let text = String::from_utf8(done.get_output().stdout.clone()).expect("UTF-8");
    insta::assert_snapshot!("compare_day", text);
    let csv = std::fs::read_to_string(folder.path().join("output/day-compare/compare.csv")).expect("written");
    insta::assert_snapshot!("compare_day_csv", csv);
}

/// Every queue and target is judged for each variant, by the variant's own target.
#[test]
fn the_targets_of_every_variant_are_judged() {
    let folder = folder();
    let more = "\n[variants.modest]\nqueues.calls.target = { share = 0.1, within = \"20s\" }\n\
                [variants.without]\nqueues.calls.target = \"none\"\n";
    std::fs::write(folder.path().join("more.toml"), format!("{DAY}{VARIANTS}{more}")).expect("written");
    let run = |words: &str| {
        let done = holdline(folder.path(), &format!("compare more.toml --quiet {words}")).success();
        String::from_utf8(done.get_output().stdout.clone()).expect("UTF-8")
    };
    let text = run("");
    // Five agents for 4 erlangs keep some 60 % of 80 %; seven keep them all.
    assert!(text.contains("Keeps every target: two_more, modest.\n"), "{text}");
    assert!(text.contains("Misses some: as_written, patient, renamed.\n"), "{text}");
    let json: serde_json::Value = serde_json::from_str(&run("--json --force")).expect("JSON");
    let target = &json["targets"][0];
    assert_eq!((&target["queue"], &target["figure"]), (&"calls".into(), &"service_level".into()));
    assert_eq!(target["variants"]["as_written"]["verdict"], "missed");
    assert_eq!(target["variants"]["two_more"]["verdict"], "kept");
    assert_eq!(target["variants"]["modest"]["target"], 0.1);
    assert_eq!(target["variants"]["modest"]["value"], target["variants"]["as_written"]["value"]);
    assert!(target["variants"]["without"].is_null());
    assert_eq!((&json["standing"]["modest"], &json["standing"]["without"]), (&"kept".into(), &().into()));
    let read = |name: &str| std::fs::read_to_string(folder.path().join("output/more-compare").join(name));
    let csv = read("targets.csv").expect("it is written");
    assert!(csv.starts_with("queue,figure,variant,target,within,value,half_width,verdict\n"), "{csv}");
    assert_eq!(csv.lines().count(), 6, "a row for each that has the target");
    let one = run("--replications 1 --json --force");
    let json: serde_json::Value = serde_json::from_str(&one).expect("JSON");
    assert_eq!(json["targets"][0]["variants"]["as_written"]["verdict"], "not decided");
}

#[test]
fn the_same_bytes_for_any_number_of_threads_every_time() {
    let folder = folder();
    let run = |threads: u32, out: &str| {
        let arguments = format!(
            "compare day.toml --quiet --threads {threads} --best total.wait --delta 0.5s --json --out {out}"
        );
        let done = holdline(folder.path(), &arguments).success();
        let read = |name: &str| std::fs::read(folder.path().join(out).join(name)).expect("written");
        let stdout = done.get_output().stdout.clone();
        assert_eq!(stdout, read("summary.json"));
        (stdout, read("compare.csv"))
    };
    let one = run(1, "one");
    assert_eq!(one, run(1, "again"));
    assert_eq!(one, run(2, "two"));
    assert_eq!(one, run(5, "five"));
    let json: serde_json::Value = serde_json::from_slice(&one.0).expect("JSON");
    assert_eq!(json["baseline"], "as_written");
    assert_eq!(json["figures"]["total.wait"]["variants"]["renamed"]["difference"], 0.0);
    assert_eq!(json["figures"]["total.wait"]["variants"]["two_more"]["verdict"], "better");
    assert_eq!(json["best"]["best"], "two_more");
    assert!(json["best"]["replications"]["patient"].as_u64() >= Some(12));
}

#[test]
fn files_are_compared_by_their_names_and_any_of_them_may_be_the_baseline() {
    let folder = folder();
    let arguments = "compare plain.toml day.toml --baseline day --set groups.team.staff=6 --quiet --json";
    let done = holdline(folder.path(), arguments).success();
    let json: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    assert_eq!(json["baseline"], "day");
    assert_eq!(json["figures"]["total.cost"]["variants"]["plain"]["verdict"], "the same");
    assert!(json["figures"]["total.cost"]["variants"]["day"]["difference"].is_null());
    let only =
        "compare day.toml --variant patient --baseline two_more --replications 5 --seed 9 --quiet --json";
    let done = holdline(folder.path(), only).success();
    let json: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    assert_eq!((&json["replications"], &json["seed"]), (&5.into(), &9.into()));
    let variants = json["figures"]["total.wait"]["variants"].as_object().expect("an object");
    assert_eq!(variants.len(), 3, "the file as written, the baseline and the one asked for");
    assert_eq!(variants["as_written"]["verdict"], "worse");
}

#[test]
fn names_that_are_not_there_are_said_with_what_is() {
    refused("compare day.toml --baseline two_mor", "there is no `two_mor` to compare with", "`two_more`?");
    refused("compare day.toml --variant patent", "there is no variant `patent`", "did you mean `patient`?");
    refused("compare day.toml --figure total.wiat", "there is no figure `wiat`", "did you mean `wait`?");
    refused(
        "compare day.toml --figure queues.cals.wait",
        "there is no figure `queues.cals.wait`",
        "`calls`?",
    );
    refused("compare day.toml --figure wait", "there is no figure `wait`", "`total.service_level`");
    refused("compare day.toml --figure queus.calls.wait", "no figure `queus.calls.wait`", "`queues`?");
    refused("compare day.toml --figure groups.team.wait", "`groups.team` has no figure `wait`", "");
    refused(
        "compare day.toml --figure total.wait_sd",
        "`total.wait_sd` has no difference",
        "a mean or a share",
    );
}

#[test]
fn what_cannot_be_compared_is_refused() {
    refused("compare plain.toml", "plain.toml has no variants", "[variants.NAME]");
    refused("compare plain.toml plain.toml", "plain.toml is given twice", "once");
    refused("compare plain.toml long.toml", "their lengths differ: 2d and 1d", "replication by replication");
    refused("compare plain.toml day.toml --variant patient", "is for one file", "as they are written");
    refused("compare wrong.toml", "in the variant `more`", "there is no group `teem`");
    refused("compare nothing.toml", "there is no such file", "");
    refused("compare", "required", "");
}

#[test]
fn deltas_are_in_the_unit_of_a_figure_that_is_compared() {
    refused("compare day.toml --best total.wait", "`--best total.wait` needs", "`--delta 5s`");
    refused("compare day.toml --best total.wait --delta 0s", "needs the smallest difference", "--delta");
    refused("compare day.toml --delta 5s", "does not say of which figure", "`--delta total.wait=5s`");
    refused("compare day.toml --delta total.wait=5%", "`5%` is no difference of `total.wait`", "`5s`");
    refused("compare day.toml --delta total.service_level=5s", "`5s` is no difference of", "`0.5%`");
    refused("compare day.toml --delta total.cost=-1", "`-1` is no difference of", "0 or more");
    refused("compare day.toml --delta total.wait=1s --delta total.wait=2s", "has two deltas", "keep one");
    refused(
        "compare day.toml --delta total.talk=1s",
        "`total.talk` is not among",
        "add `--figure total.talk`",
    );
    refused("compare day.toml --best total.occupancy --delta 1%", "nothing is best by", "another figure");
    refused("compare day.toml --best total.wait --delta 1s --replications 1", "two replications on", "20");
    refused("compare day.toml --max-replications 10", "--best", "");
}

/// A comparison writes its own files and takes none away.
#[test]
fn what_lies_in_the_folder_stays() {
    let folder = folder();
    let mine = folder.path().join("out/charts/queue.svg");
    std::fs::create_dir_all(mine.parent().expect("a folder")).expect("a folder");
    std::fs::write(&mine, "mine").expect("it is written");
    std::fs::write(folder.path().join("out/backlog.csv"), "mine").expect("it is written");
    holdline(folder.path(), "compare day.toml --replications 2 --quiet --out out --force").success();
    assert!(mine.exists() && folder.path().join("out/backlog.csv").exists());
    let mut names: Vec<String> = std::fs::read_dir(folder.path().join("out"))
        .expect("the folder")
        .map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned())
        .collect();
    names.sort();
    assert_eq!(
        names,
        [".holdline", "backlog.csv", "charts", "compare.csv", "compare.html", "summary.json", "targets.csv"]
    );
    std::fs::write(folder.path().join("file"), "").expect("it is written");
    let said = predicate::str::contains("is a file");
    holdline(folder.path(), "compare day.toml --out file/within").code(2).stderr(said);
}

/// A file of the folder that a comparison of `day.toml` fills.
fn compared(arguments: &str, name: &str) -> String {
    let folder = folder();
    holdline(folder.path(), &format!("compare day.toml --quiet --out out {arguments}")).success();
    std::fs::read_to_string(folder.path().join("out").join(name)).expect("it is written")
}

/// What the charts of the page say is what the tables say, and what runs of the variants by themselves say.
#[test]
fn the_page_and_its_charts_say_what_the_figures_say() {
    let folder = folder();
    let done = holdline(folder.path(), "compare day.toml --quiet --json --out out").success();
    let json: serde_json::Value = serde_json::from_slice(&done.get_output().stdout).expect("JSON");
    let read = |name: &str| std::fs::read_to_string(folder.path().join(name)).expect("it is written");
    let (page, forest) = (read("out/compare.html"), read("out/charts/differences.svg"));
    for (path, label) in [("total.service_level", "Service level"), ("total.abandonment", "Abandonment")] {
        let entry = &json["figures"][path]["variants"]["two_more"];
        let points = entry["difference"].as_f64().expect("a number") * 100.0;
        let verdict = entry["verdict"].as_str().expect("a word");
        assert_eq!(verdict, "better");
        // Digits are those that the half-width earns: one here.
        let said = format!("{}{:.1} points ± ", if points < 0.0 { "−" } else { "+" }, points.abs());
        for (name, text) in [("differences.svg", &forest), ("compare.html", &page)] {
            assert!(text.contains(&said) && text.contains(label), "{name} does not say {said} of {label}");
        }
        assert!(forest.contains(&format!("two_more: {label} {said}")), "what is pointed at");
    }
    assert!(page.contains("Keeps every target: two_more.") && page.contains("80 % in 20 s"), "{page}");
    // Over the day, against runs.
    let level = read("out/charts/service_level.svg");
    for (name, set) in [("as_written", "groups.team.staff=5"), ("two_more", "groups.team.staff=7")] {
        holdline(
            folder.path(),
            &format!("run plain.toml --quiet --charts none --force --out run --set {set}"),
        )
        .success();
        let intervals = read("run/intervals.csv");
        let mut lines = intervals.lines().map(|line| line.split(',').collect::<Vec<_>>());
        let head = lines.next().expect("a head");
        let at = |name: &str| head.iter().position(|one| *one == name).expect("a column");
        let (scope, interval, column) = (at("name"), at("label"), at("service_level"));
        let row = lines.find(|row| row[scope] == "calls" && row[interval] == "2026-03-02T10:00");
        let wanted: f64 = row.expect("a row of ten o'clock")[column].parse().expect("a share");
        let tip = level.split("<title>Mon 2026-03-02 10:00: ").nth(1).and_then(|rest| rest.split('<').next());
        let tip = tip.expect("a tip of ten o'clock");
        let said = tip.split(&format!("{name} ")).nth(1).and_then(|rest| rest.split(" %").next());
        let said: f64 = said.expect("the variant's level").parse().expect("a number");
        assert!(
            (said - wanted * 100.0).abs() <= 0.0501,
            "{name}: {said} in {tip}, {wanted} in intervals.csv"
        );
    }
}

#[test]
fn charts_may_be_images_too_or_left_out() {
    assert!(!compared("--charts none", "compare.html").contains("<figure"));
    assert!(compared("", "compare.html").contains("<figure class=\"card\" id=\"differences\">"));
    let folder = folder();
    holdline(folder.path(), "compare day.toml --quiet --charts png --replications 2 --out out").success();
    for name in ["differences.png", "differences.svg", "service_level.png", "wait.svg", "occupancy.png"] {
        assert!(folder.path().join("out/charts").join(name).is_file(), "{name}");
    }
    refused("compare day.toml --charts jpeg", "invalid value 'jpeg' for '--charts <WHAT>'", "svg, png, none");
}
