//! `holdline validate`: what was simulated itself fits, what was changed does not, and the cause is named.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use serde_json::Value;

use crate::browser::Browser;

/// A centre of one queue, five working days.
const CENTRE: &str = r#"
[horizon]
start = 2026-03-02
days  = 5

[queues.support]
open     = "mon-fri 08:00-18:00"
talk     = { mean = "4m" }
patience = { mean = "3m" }
target   = { share = 0.80, within = "20s" }
arrivals = { per_day = 1400 }

[groups.team]
skills = ["support"]
staff  = { "08:00" = 11, "18:00" = 0 }
"#;

/// A folder with the centre.
fn centre() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let file = folder.path().join("centre.toml");
    fs::write(&file, CENTRE).expect("there is room");
    (folder, file)
}

fn holdline(folder: &Path) -> Command {
    let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    command.current_dir(folder);
    command
}

/// The intervals of one play of the centre with some settings, as a telephone system reports them.
fn report(folder: &Path, seed: u64, settings: &[&str]) -> String {
    let mut run = holdline(folder);
    run.args([
        "run",
        "centre.toml",
        "--quiet",
        "--charts",
        "none",
        "--replications",
        "1",
        "--out",
        "played",
        "--force",
    ]);
    run.arg("--seed").arg(seed.to_string());
    settings.iter().for_each(|setting| {
        run.args(["--set", setting]);
    });
    run.assert().success();
    let mut rows = csv::Reader::from_path(folder.join("played/intervals.csv")).expect("a run writes it");
    let head = rows.headers().expect("it has a head").clone();
    let mut text =
        "Date,Time,Queue,Calls Offered,Calls Handled,Abandoned,ASA,SL %,AHT,Occupancy\n".to_owned();
    let all: Vec<csv::StringRecord> = rows.records().map(|row| row.expect("a row")).collect();
    let place = |name: &str| head.iter().position(|known| known == name).expect("a column");
    let of = |row: &csv::StringRecord, name: &str| row[place(name)].to_owned();
    let number = |row: &csv::StringRecord, name: &str| of(row, name).parse().unwrap_or(0.0);
    for row in &all {
        let offered: f64 = number(row, "offered");
        if of(row, "scope") != "queue" || of(row, "rows") != "interval" || offered == 0.0 {
            continue;
        }
        let start: f64 = number(row, "start_seconds");
        let (day, seconds) = (start as u64 / 86_400, start as u64 % 86_400);
        let abandoned = (number(row, "abandonment") * offered).round();
        let busy = |group: &&csv::StringRecord| {
            of(group, "scope") == "group" && number(group, "start_seconds") == start
        };
        let occupancy = all.iter().find(busy).map_or(0.0, |group| number(group, "occupancy"));
        let share = |share: f64| format!("{:.2}", 100.0 * share);
        writeln!(
            text,
            "{:02}.03.2026,{:02}:{:02},{},{offered},{},{abandoned},{},{},{},{}",
            2 + day,
            seconds / 3600,
            seconds % 3600 / 60,
            of(row, "name"),
            offered - abandoned,
            of(row, "wait_answered"),
            share(number(row, "service_level")),
            of(row, "aht"),
            share(occupancy),
        )
        .expect("memory takes it");
    }
    text
}

/// The centre beside a report.
fn validated(folder: &Path, report: &str, more: &[&str]) -> Value {
    fs::write(folder.join("report.csv"), report).expect("there is room");
    let mut command = holdline(folder);
    command.args([
        "validate",
        "centre.toml",
        "--against",
        "report.csv",
        "--json",
        "--quiet",
        "--replications",
        "100",
    ]);
    let output = command.args(more).output().expect("it can be started");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("it is JSON")
}

/// What is wrong with a report.
fn refused(folder: &Path, report: &str, more: &[&str]) -> String {
    fs::write(folder.join("report.csv"), report).expect("there is room");
    let mut command = holdline(folder);
    command.args(["validate", "centre.toml", "--against", "report.csv", "--quiet", "--replications", "20"]);
    let output = command.args(more).output().expect("it can be started");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    String::from_utf8(output.stderr).expect("it is text")
}

fn cause(validated: &Value) -> &str {
    validated["queues"]["support"]["causes"][0]["cause"].as_str().unwrap_or("none")
}

#[test]
fn a_centre_fits_its_own_days_and_nine_intervals_of_ten_lie_in_the_band() {
    let (folder, _) = centre();
    let (mut within, mut of) = (0, 0);
    for seed in 101..=106 {
        let validated = validated(folder.path(), &report(folder.path(), seed, &[]), &[]);
        assert_eq!((validated["fit"].as_str(), cause(&validated)), (Some("fits"), "none"), "{validated}");
        let offered = &validated["queues"]["support"]["figures"]["offered"];
        within += offered["intervals_within"].as_u64().expect("a number");
        of += offered["intervals"].as_u64().expect("a number");
    }
    // Five days of 20 half-hours, six times. Ties let a band of counts hold a little more than 90 %.
    assert_eq!(of, 600);
    let share = within as f64 / of as f64;
    assert!((0.87..=0.96).contains(&share), "{share}");
}

#[test]
fn what_was_changed_is_named_as_the_cause() {
    let (folder, _) = centre();
    for (setting, expected) in [
        ("queues.support.arrivals.per_day=1680", "volume"),
        ("queues.support.arrivals.per_day=1120", "volume"),
        ("queues.support.talk.mean=4m48s", "handle_time"),
        ("queues.support.patience.mean=90s", "patience"),
        ("queues.support.patience.mean=6m", "patience"),
        ("groups.team.staff.08:00=9", "people"),
        ("groups.team.staff.08:00=13", "people"),
    ] {
        for seed in [11, 12, 13] {
            let validated = validated(folder.path(), &report(folder.path(), seed, &[setting]), &[]);
            assert_eq!(validated["fit"], "does_not_fit", "{setting}: {validated}");
            assert_eq!(cause(&validated), expected, "{setting}, seed {seed}: {validated}");
        }
    }
}

#[test]
fn people_too_few_here_and_too_many_there_are_the_order() {
    let (folder, file) = centre();
    let support = CENTRE.replace("per_day = 1400", "per_day = 700");
    let table = &support
        [support.find("[queues.support]").expect("a queue")..support.find("[groups").expect("a group")];
    let sales = table.replace("queues.support", "queues.sales");
    let both = support
        .replace("[groups", &format!("{sales}\n[groups"))
        .replace("\"support\"", "\"support\", \"sales\"");
    fs::write(&file, both).expect("there is room");
    let seen = report(folder.path(), 4, &["queues.sales.priority=1", "queues.support.priority=2"]);
    let validated = validated(folder.path(), &seen, &[]);
    assert_eq!(cause(&validated), "order", "{validated}");
    assert_eq!(validated["queues"]["sales"]["causes"][0]["cause"], "order", "{validated}");
}

#[test]
fn the_direction_of_a_cause_is_told_target_words() {
    let (folder, _) = centre();
    fs::write(folder.path().join("report.csv"), report(folder.path(), 5, &["groups.team.staff.08:00=9"]))
        .expect("room");
    let mut command = holdline(folder.path());
    let output = command
        .args(["validate", "centre.toml", "--against", "report.csv", "--replications", "100"])
        .output()
        .expect("it can be started");
    let text = String::from_utf8(output.stdout).expect("it is text");
    for part in [
        "The baseline does not fit",
        "Likeliest cause in support: people: fewer were at work",
        "Speed of answer (ASA)",
        "Calls Handled  answered",
    ] {
        assert!(text.contains(part), "no `{part}` in\n{text}");
    }
    for file in ["validate.html", "baseline.csv", "totals.csv", "summary.json"] {
        assert!(folder.path().join("output/centre-validate").join(file).is_file(), "{file}");
    }
    let rows =
        fs::read_to_string(folder.path().join("output/centre-validate/baseline.csv")).expect("it is there");
    assert!(rows.starts_with("queue,interval,line,figure,seen,simulated,"), "{rows}");
    assert!(rows.contains("support,2026-03-02 08:00,2,offered,"), "{rows}");
}

/// The page says what the terminal says, draws every figure over its days, and opens in a browser without a complaint.
#[test]
fn the_page_sets_each_figure_beside_the_simulated_days() {
    let (folder, _) = centre();
    let text = report(folder.path(), 9, &["groups.team.staff={ \"08:00\" = 9, \"18:00\" = 0 }"]);
    fs::write(folder.path().join("report.csv"), text).expect("there is room");
    let output = holdline(folder.path())
        .args(["validate", "centre.toml", "--against", "report.csv", "--replications", "40"])
        .output()
        .expect("it can be started");
    let said = String::from_utf8(output.stdout).expect("it is text");
    let file = folder.path().join("output/centre-validate/validate.html");
    let page = fs::read_to_string(&file).expect("it is there");
    // Verdict, deviation and cause, word for word; and each row of the table.
    let sentences = said.lines().take_while(|line| !line.contains("90 % band  "));
    for sentence in sentences.filter(|line| line.ends_with('.')) {
        assert!(page.contains(sentence.trim()), "no `{sentence}`");
    }
    assert_eq!(page.matches("<td class=\"left\" data-head=\"Figure\">").count(), 6, "figures of the report");
    assert!(page.contains("<figure class=\"card\" id=\"seen\"><svg") && !page.contains("://"));
    let Some(mut browser) = Browser::at(&format!("file://{}", file.display())) else {
        println!("no browser on the path: the page was read as text alone");
        return;
    };
    assert!(browser.text("p.headline").contains("The baseline does not fit"));
    // Monday to Friday, in each of six panels.
    let days = browser.value("document.querySelector('#seen').textContent.match(/2 Mar/g).length");
    assert_eq!(days, 6);
    browser.fits_a_phone();
    assert_eq!(browser.complaints, Vec::<String>::new());
}

/// The line that `validate` prints last makes every report of the scenario say what it said.
#[test]
fn later_runs_quote_the_verdict() {
    let (folder, file) = centre();
    fs::write(folder.path().join("march.csv"), report(folder.path(), 5, &[])).expect("there is room");
    let output = holdline(folder.path())
        .args(["validate", "centre.toml", "--against", "march.csv", "--replications", "40"])
        .output()
        .expect("it can be started");
    let said = String::from_utf8(output.stdout).expect("it is text");
    let (_, lines) = said.split_once("\n[report]\n").expect("it ends with lines of a scenario");
    assert!(lines.starts_with("validated    = \"the baseline fits march.csv; "), "{lines}");
    fs::write(&file, format!("{CENTRE}\n[report]\n{lines}")).expect("there is room");
    let quoted = lines.split('"').nth(1).expect("a text");
    let later = |more: &[&str]| {
        let arguments =
            ["run", "centre.toml", "--charts", "none", "--replications", "2", "--out", "later", "--force"];
        let run = holdline(folder.path()).args(arguments).args(more).output().expect("it can be started");
        let terminal = String::from_utf8(run.stdout).expect("it is text");
        let page = fs::read_to_string(folder.path().join("later/report.html")).expect("it is written");
        let first = page.split("What to look at first").nth(1).expect("it has the list").to_owned();
        let first = first.split("</ol>").next().unwrap_or("").to_owned();
        (terminal.split_whitespace().collect::<Vec<_>>().join(" "), first)
    };
    let changed = "This was said of what the scenario was before it was changed";
    let (terminal, first) = later(&[]);
    assert!(terminal.contains(&format!("Note: validated: {quoted}")), "{terminal}");
    assert!(first.contains(quoted), "{first}");
    assert!(!terminal.contains(changed) && !first.contains(changed), "{first}");
    // Seeds and replications make it no other; agents do.
    let (terminal, _) = later(&["--seed", "5"]);
    assert!(!terminal.contains(changed), "{terminal}");
    let (terminal, first) = later(&["--set", "groups.team.staff=+1"]);
    assert!(terminal.contains(&format!("{quoted}. {changed}")), "{terminal}");
    assert!(first.contains(changed), "{first}");
}

#[test]
fn heads_are_corrected_and_queues_are_named_by_flags() {
    let (folder, _) = centre();
    let text = report(folder.path(), 5, &[]).replace("support", "Kundendienst").replace("Calls Offered", "N");
    let missing =
        refused(folder.path(), &text.replace("Abandoned", "Lost"), &["--queue", "Kundendienst=support"]);
    assert!(missing.contains("has no column of the contacts offered"), "{missing}");
    let validated =
        validated(folder.path(), &text, &["--column", "offered=N", "--queue", "Kundendienst=support"]);
    assert_eq!(validated["fit"], "fits");
    // Without that column the sum of the answered and the abandoned is what was offered.
    let derived = self::validated(folder.path(), &text, &["--queue", "Kundendienst=support"]);
    let seen = |validated: &Value| validated["queues"]["support"]["figures"]["offered"]["seen"].as_f64();
    assert_eq!(seen(&derived), seen(&validated));
}

#[test]
fn a_report_of_another_step_is_compared_in_its_own_intervals() {
    let (folder, _) = centre();
    let report = "Start,Offered\n2026-03-02 08:00,140\n2026-03-02 09:00,140\n2026-03-02 10:00,140\n";
    let validated = validated(folder.path(), report, &[]);
    let offered = &validated["queues"]["support"]["figures"]["offered"];
    assert_eq!((offered["intervals"].as_u64(), offered["seen"].as_f64()), (Some(3), Some(420.0)));
    // 1,400 a day are 420 in three hours of ten.
    assert!((offered["simulated"].as_f64().expect("a number") - 420.0).abs() < 8.0, "{offered}");
}

#[test]
fn unfit_reports_are_refused_with_the_place_and_the_remedy() {
    let (folder, _) = centre();
    let refused = |report: &str, more: &[&str], parts: &[&str]| {
        let said = refused(folder.path(), report, more);
        for part in parts {
            assert!(said.contains(part), "no `{part}` in\n{said}");
        }
    };
    refused(
        "Queue,Calls,AHT\nsupport,5,240\n",
        &[],
        &["no column that tells the interval", "`--column time=HEAD`"],
    );
    refused(
        "Start,Agents\n2026-03-02 08:00,11\n",
        &[],
        &["no column of the contacts offered", "`--column offered=HEAD`"],
    );
    refused(
        "Start,Queue,Calls\n2026-03-02 08:00,support,5\n2026-03-02 08:30,Sales,7\n",
        &[],
        &["line 3 of report.csv is about a queue `Sales`", "--queue \"Sales=NAME\"", "--queue \"Sales=\""],
    );
    refused(
        "Start,Calls\n2026-02-02 08:00,5\n2026-02-02 08:30,5\n",
        &[],
        &["report.csv is of 2026-02-02", "2026-03-02 to 2026-03-06", "--set horizon.start=2026-02-02"],
    );
    refused(
        "Start,Calls,ASA\n2026-03-02 08:00,5,12\n2026-03-02 08:30,five,soon\n",
        &[],
        &[
            "line 3 of report.csv: `five` in `Calls`",
            "line 3 of report.csv: `soon` in `ASA`",
            "seconds, 4:15",
        ],
    );
    refused(
        "Start,Calls\n2026-03-02 08:00,5\n2026-03-02 08:00,6\n2026-03-02 08:30,6\n",
        &[],
        &["lines 2 and 3 of report.csv are of the same queue and time", "--where"],
    );
    refused("Start,Calls\nMonday,5\n", &[], &["line 2 of report.csv: `Monday` is neither a date"]);
    refused("Date,Calls\n2026-03-02,5\n", &[], &["line 2 of report.csv is about a whole day"]);
    refused("Time,Calls\n08:00,5\n08:30,5\n", &[], &["has a time of day and no date", "--column date=HEAD"]);
    refused("Start,Calls\n2026-03-02T08:00:00Z,5\n2026-03-02T08:30:00Z,5\n", &[], &["horizon.time_zone"]);
    refused("Start,Calls\n03/02/2026 08:00,5\n03/02/2026 08:30,5\n", &[], &["--dates dmy"]);
    refused("Start,Calls\n2026-03-02 08:00,5\n", &[], &["how long the intervals", "--interval 30m"]);
    refused("Start,Calls\n", &[], &["has no rows"]);
    refused(
        "Start,Calls\n2026-03-02 08:00,5\n2026-03-02 08:30,5\n",
        &["--column", "asa=Speed"],
        &["has no column `Speed`"],
    );
    refused(
        "Start,Calls\n2026-03-02 08:00,5\n2026-03-02 08:30,5\n",
        &["--replications", "5"],
        &["cannot be used multiple times"],
    );
    refused(
        "Start,Calls\n2026-03-02 08:00,5\n2026-03-02 08:30,5\n",
        &["--set", "horizon.days=364"],
        &["more than 28 days"],
    );
}

#[test]
fn too_few_replications_tell_no_band() {
    let (folder, _) = centre();
    fs::write(folder.path().join("report.csv"), "Start,Calls\n2026-03-02 08:00,5\n2026-03-02 08:30,5\n")
        .expect("room");
    let mut command = holdline(folder.path());
    let output = command
        .args(["validate", "centre.toml", "--against", "report.csv", "--replications", "5"])
        .output()
        .expect("it can be started");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(2));
    assert!(
        said.contains("5 replications do not tell a band") && said.contains("--replications 100"),
        "{said}"
    );
}

#[test]
fn what_cannot_be_compared_is_said() {
    let (folder, _) = centre();
    let report = "Start,Calls,Answered within 60s\n2026-03-02 08:00,70,60\n2026-03-02 09:00,70,60\n2026-04-01 08:00,70,60\n";
    let validated = validated(folder.path(), report, &[]);
    let notes = validated["notes"].to_string();
    for part in [
        "1 rows of report.csv lie outside the simulated time",
        "the service level of `support` is not compared: the report is about 60 s and the scenario's target is 20s",
        "4 simulated days have no row in report.csv",
    ] {
        assert!(notes.contains(part), "no `{part}` in {notes}");
    }
    assert!(validated["queues"]["support"]["figures"]["service_level"].is_null());
}
