//! `holdline capacity`: what is required against Erlang A, people by hand, and what the command says and refuses.

use std::path::Path;

use assert_cmd::Command;
use predicates::prelude::*;

use holdline::experiment::{Capacity, Experiment, Planning, Silent};
use holdline::formulas::ErlangA;
use holdline::scenario::Scenario;

/// One queue all round the clock, calls of 3 minutes and a patience of 2; days from Monday 4 January 2027.
fn centre(days: u32, staff: &str, people: &str) -> String {
    format!(
        "horizon = {{ start = 2027-01-04, days = {days} }}\nexperiment.replications = 4\n\
         [queues.calls]\ntalk.mean = \"3m\"\npatience.mean = \"2m\"\narrivals.per_hour = 100\n\
         target = {{ share = 0.8, within = \"20s\" }}\n\
         [groups.team]\nskills = [\"calls\"]\n{staff}\n{people}"
    )
}

fn planned(text: &str) -> Capacity {
    let loaded = Scenario::from_text("centre.toml", text, &[]).unwrap_or_else(|found| panic!("{found}"));
    Planning.run(&loaded.scenario, &Silent).expect("there is a plan")
}

/// Agents that keep the target, on some days one more than on others: by Erlang A, the days' levels weighted.
fn exact() -> f64 {
    let level = |agents: f64| {
        ErlangA { arrivals_per_second: 100.0 / 3600.0, mean_service: 180.0, mean_patience: 120.0, agents }
            .service_level(20.0)
    };
    let above = (1..).map(f64::from).find(|agents| level(*agents) >= 0.8).expect("enough do");
    above - 1.0 + (0.8 - level(above - 1.0)) / (level(above) - level(above - 1.0))
}

/// Whatever the file has. Of 67,000 calls a week the share in time is known to 0.4 points (two standard errors, waits of
/// neighbours being alike), and an agent more is worth 8 points at least: 0.05 agents. A week may have a day more or less
/// with one more than its part: 0.07 agents.
#[test]
fn required_are_the_agents_of_erlang_a() {
    let hours = 168.0 / 40.0;
    for staff in [5, 9] {
        let people = "people.now = 30";
        let capacity = planned(&centre(14, &format!("staff = {staff}"), people));
        let now = capacity.groups[0].now;
        assert!((now - f64::from(staff) * hours).abs() < 1e-9, "{now} FTE for {staff} agents");
        for week in &capacity.groups[0].weeks {
            let agents = week.required.expect("it can be kept") / hours;
            assert!((agents - exact()).abs() < 0.15, "{agents} for {}", exact());
        }
    }
}

/// What is expected with just the agents of the file is what a run of the week says; shrinkage is paid.
#[test]
fn with_the_agents_of_the_file_the_level_is_that_of_a_run() {
    // 7 agents on contacts at a shrinkage of a quarter: 9 1/3 heads all week.
    let people = "shrinkage = 0.25\npeople = { now = 98, hours_per_week = 16 }";
    let text = centre(7, "staff = 7", people);
    let capacity = planned(&text);
    assert!((capacity.groups[0].now - 7.0 / 0.75 * 168.0 / 40.0).abs() < 1e-9);
    assert_eq!(capacity.groups[0].weeks[0].available, 98.0 * 16.0 / 40.0);
    let scenario = Scenario::from_text("centre.toml", &text, &[]).expect("it is valid").scenario;
    let run = Experiment::new(&scenario).expect("it is stable").run(&Silent).expect("it is played").results;
    let level = run.figure("queues.calls.service_level").expect("calls come").value;
    let expected = capacity.aims[0].expected[0].expect("calls come");
    assert!((expected - level).abs() < 1e-12, "{expected} and {level}");
    assert!(
        (capacity.contacts[0] - run.figure("queues.calls.offered").expect("calls come").value).abs() < 1e-9
    );
}

/// Monday to Friday by hand: 6 agents of 8 hours less an unpaid half-hour, and three times as many people.
#[test]
fn fte_of_shifts_are_paid_hours() {
    let shifts = "cost.per_hour = 20\nshifts.day = { agents = 6, days = \"mon-fri\", start = \"08:00\", length = \"8h\", \
                  breaks.lunch = { after = \"4h\", length = \"30m\", paid = false } }\n\
                  [groups.night]\nskills = [\"calls\"]\nstaff = 7\n";
    let people = "[groups.team.people]\nnow = 18\nhours_per_week = 25\n";
    let text = centre(16, "", &format!("{shifts}{people}")).replace("replications = 4", "replications = 2");
    let capacity = planned(&text);
    assert_eq!(capacity.weeks.len(), 2);
    // Three working weeks begin on 16 days: Monday to Friday twice, and the third Monday and Tuesday.
    let scenario = Scenario::from_text("centre.toml", &text, &[]).expect("it is valid").scenario;
    let run = Experiment::new(&scenario).expect("it is stable").run(&Silent).expect("it is played").results;
    let paid = 6.0 * 7.5 * 12.0 + run.figure("groups.team.overtime").expect("agents work").value;
    assert!((capacity.groups[0].now - paid / (16.0 / 7.0) / 40.0).abs() < 1e-9, "{}", capacity.groups[0].now);
    assert_eq!(capacity.groups[0].weeks[1].available, 18.0 * 25.0 / 40.0);
    assert_eq!((capacity.days_left, capacity.fixed.as_slice()), (2, &["night".to_owned()][..]));
    assert_eq!(capacity.cost(), Some(2.0 * 18.0 * 25.0 * 20.0));
}

fn holdline(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    command.current_dir(folder).args(["capacity", "centre.toml", "--quiet"]).args(arguments);
    command
}

/// Attrition and learning, recovered from the file that the command writes.
#[test]
fn attrition_and_learning_are_recovered_from_the_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let people = "[groups.team.people]\nnow = 40\nattrition = 0.4\nlearning = { \"28d\" = 0.5, \"56d\" = 1 }\n\
                  hires.spring = { at = 2027-02-01, agents = 10 }\n";
    let quiet = centre(140, "staff = 7", people).replace("replications = 4", "replications = 1");
    std::fs::write(folder.path().join("centre.toml"), quiet).expect("it can be written");
    holdline(folder.path(), &["--csv", "plan.csv", "--page", "plan.html", "--months"])
        .assert()
        .success()
        .stdout(predicate::str::contains("Feb 2027"));
    let text = std::fs::read_to_string(folder.path().join("plan.csv")).expect("it was written");
    let mut sheet = csv::Reader::from_reader(text.as_bytes());
    let heads = sheet.headers().expect("it has a head").clone();
    let rows: Vec<csv::StringRecord> = sheet.records().map(|row| row.expect("a row")).collect();
    let column = |name: &str| -> Vec<f64> {
        let at = heads.iter().position(|head| head == name).unwrap_or_else(|| panic!("no {name}"));
        let team = rows.iter().filter(|row| &row[1] == "team");
        team.map(|row| if row[at].is_empty() { f64::NAN } else { row[at].parse().expect("a number") })
            .collect()
    };
    let [heads, begin, hired, left, paid, available] =
        ["heads", "begin", "hired", "left", "paid_fte", "available_fte"].map(column);
    assert_eq!(heads.len(), 20);
    // Nobody is lost between the weeks.
    for week in 0..19 {
        assert!((begin[week] + hired[week] - left[week] - begin[week + 1]).abs() < 1e-5, "week {week}");
    }
    let sum = |numbers: &[f64]| numbers.iter().sum::<f64>();
    let attrition = sum(&left) / (sum(&heads) / 20.0) * 365.25 / 140.0;
    assert!((attrition - 0.4).abs() < 0.4 * 0.01, "{attrition}");
    assert_eq!(hired.iter().position(|hired| *hired == 10.0), Some(4));
    // Of the class nobody is done in weeks 5 to 8, a half in weeks 9 to 12, all from then on.
    for (week, part) in [(4, 1.0), (7, 1.0), (8, 0.5), (11, 0.5), (12, 0.0)] {
        let class = 10.0 * (-0.4 * (7.0 * (week as f64 - 4.0) + 3.0) / 365.25f64).exp();
        let lost = paid[week] - available[week];
        assert!((lost - part * class).abs() < 0.001 * class, "week {week}: {lost} of {class}");
    }
    let page = std::fs::read_to_string(folder.path().join("plan.html")).expect("it was written");
    assert!(page.contains("People required and available") && page.contains("2027-05-17"), "{page}");
}

#[test]
fn the_command_says_what_it_misses() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let people = "people.now = 30";
    for (text, said) in [
        (centre(7, "staff = 7", ""), "no group says who is employed"),
        (centre(6, "staff = 7", people), "needs a calendar of a week or more"),
        (centre(7, "staff = 7", people).replace("target =", "# target ="), "no queue has a target"),
        (centre(7, "staff = 7", "people = { attrition = 0.3 }"), "`groups.team.people` needs `now`"),
        (centre(7, "staff = 7", "people = { now = 3, learning = { \"28d\" = 0.5 } }"), "never ends"),
        (centre(7, "staff = 7", "people = { now = 3, learning = { soon = 1 } }"), "among its times"),
        (centre(7, "staff = 7", "people = { now = 3, hires.a = { at = 2027-01-04 } }"), "agents"),
    ] {
        std::fs::write(folder.path().join("centre.toml"), &text).expect("it can be written");
        holdline(folder.path(), &[]).assert().code(2).stderr(predicate::str::contains(said));
    }
    // Who is helped after 30 s only is never answered within 20 s.
    let late = centre(7, "staff = 7", people).replace("skills = [\"calls\"]", "skills.calls.after = \"30s\"");
    std::fs::write(folder.path().join("centre.toml"), late).expect("it can be written");
    let said = predicate::str::contains("In 1 week no number of agents keeps all targets");
    holdline(folder.path(), &["--replications", "1"]).assert().success().stdout(said);
}
