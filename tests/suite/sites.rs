//! Sites whose shifts are written by a clock of their own: staffing of the centre's half-hours, exactly.

use holdline::experiment::{Experiment, Silent};
use holdline::figures::{Figure, Results};
use holdline::scenario::Scenario;

fn load(horizon: &str, groups: &str) -> Scenario {
    let text = format!(
        "horizon = {{ {horizon} }}\nexperiment.replications = 1\n[queues.q]\ntalk = {{ mean = \"3m\" }}\n\
         arrivals.per_hour = 0.0001\npatience = {{ mean = \"3m\" }}\n{groups}"
    );
    Scenario::from_text("sites.toml", &text, &[]).unwrap_or_else(|found| panic!("{found}")).scenario
}

fn play(horizon: &str, groups: &str) -> Results {
    let scenario = load(horizon, groups);
    Experiment::new(&scenario).expect("it can be played").run(&Silent).expect("it is played").results
}

/// Agents on duty by half-hour of the horizon, of the group with this name.
fn on_duty(results: &Results, group: &str) -> Vec<f64> {
    let group = results.groups.iter().find(|one| one.name == group).expect("there is such a group");
    group.rows.iter().map(|row| row.figures.value(Figure::OnDuty).unwrap_or(0.0)).collect()
}

/// Agents by half-hour, from stretches of half-hours since the first midnight.
fn stretches(days: usize, agents: f64, all: &[(usize, usize)]) -> Vec<f64> {
    let mut heads = vec![0.0; days * 48];
    for (from, to) in all {
        heads[*from..*to].iter_mut().for_each(|heads| *heads += agents);
    }
    heads
}

/// New York puts its clock forward on 8 March 2026, Berlin on the 29th: 08:00 there is 14:00 here, 13:00 in between.
#[test]
fn shifts_of_new_york_stand_right_in_berlin_on_both_sides_of_both_changes() {
    let horizon = "start = 2026-03-06, days = 26, time_zone = \"Europe/Berlin\"";
    let groups = "[groups.new_york]\nskills = [\"q\"]\ntime_zone = \"America/New_York\"\n\
        [groups.new_york.shifts.day]\nagents = 5\ndays = \"mon-fri\"\nstart = \"08:00\"\nlength = \"8h30m\"\n\
        [groups.berlin]\nskills = [\"q\"]\n[groups.berlin.shifts.day]\nagents = 3\nstart = \"08:00\"\nlength = \"8h\"\n";
    let results = play(horizon, groups);
    let mut there = Vec::new();
    for day in 0..26 {
        // The 6th is a Friday.
        let weekday = (day + 4) % 7;
        if weekday < 5 {
            let start = if (2..23).contains(&day) { 26 } else { 28 };
            there.push((day * 48 + start, day * 48 + start + 17));
        }
    }
    assert_eq!(there.len(), 18);
    assert_eq!(on_duty(&results, "new_york"), stretches(26, 5.0, &there));
    let here: Vec<(usize, usize)> = (0..26).map(|day| (day * 48 + 16, day * 48 + 32)).collect();
    assert_eq!(on_duty(&results, "berlin"), stretches(26, 3.0, &here));
    // Shifts of charts stand on the centre's clock.
    let planned = results.plan.shifts.iter().find(|shift| shift.group == "new_york").expect("it is planned");
    assert_eq!(planned.start.to_string(), "14:00");
}

/// Monday 08:00 in Sydney is Sunday 22:00 in Berlin; who began before the play is on duty from its start.
#[test]
fn a_site_may_work_on_another_day() {
    let horizon = "start = 2026-03-02, days = 6, time_zone = \"Europe/Berlin\"";
    let groups = "[groups.sydney]\nskills = [\"q\"]\ntime_zone = \"Australia/Sydney\"\n\
        [groups.sydney.shifts.day]\nagents = 4\ndays = \"mon-fri\"\nstart = \"08:00\"\nlength = \"8h\"\n";
    let results = play(horizon, groups);
    let mut all = vec![(0, 12)];
    all.extend((0..4).map(|day| (day * 48 + 44, day * 48 + 60)));
    assert_eq!(on_duty(&results, "sydney"), stretches(6, 4.0, &all));
    let planned = &results.plan.shifts[0];
    assert_eq!(
        (planned.start.to_string().as_str(), planned.days[6], planned.days[4]),
        ("22:00", true, false)
    );
}

/// Breaks hang on the shift: at 12:00 by the site's clock one of two agents is away for half an hour, then the other.
#[test]
fn breaks_move_with_their_shift() {
    let horizon = "start = 2026-03-10, time_zone = \"Europe/Berlin\"";
    let groups = "[groups.g]\nskills = [\"q\"]\ntime_zone = \"America/New_York\"\n[groups.g.shifts.day]\nagents = 2\n\
        start = \"08:00\"\nlength = \"8h\"\nbreaks.lunch = { between = \"12:00-13:00\", length = \"30m\" }\n";
    let results = play(&format!("{horizon}, days = 1"), groups);
    let there = on_duty(&results, "g");
    // 12:00 is 17:00 in Berlin on that day. A call may delay a break by its rest.
    assert_eq!(there[26..34], [2.0; 8]);
    assert!(
        there[34] > 0.9 && there[35] > 0.9 && (there[34..38].iter().sum::<f64>() - 6.0).abs() < 1e-9,
        "{there:?}"
    );
    assert_eq!(there[38..44], [2.0, 2.0, 2.0, 2.0, 0.0, 0.0]);
}

#[test]
fn a_clock_without_the_centres_is_refused_and_one_without_shifts_told() {
    let text = |horizon: &str, group: &str| {
        format!(
            "horizon = {{ start = 2026-03-02{horizon} }}\n[queues.q]\ntalk = \"3m\"\narrivals.per_day = 10\n[groups.g]\nskills = [\"q\"]\n\
             time_zone = \"America/New_York\"\n{group}"
        )
    };
    let shift = "shifts.day = { agents = 1, start = \"08:00\", length = \"8h\" }\n";
    let refused =
        Scenario::from_text("s.toml", &text("", shift), &[]).expect_err("it is refused").to_string();
    assert!(refused.contains("`groups.g.time_zone` needs `horizon.time_zone`"), "{refused}");
    assert!(refused.contains("horizon.time_zone = \"Europe/London\""), "{refused}");
    let zone = ", time_zone = \"Europe/Berlin\"";
    let told = Scenario::from_text("s.toml", &text(zone, "staff = 2\n"), &[])
        .unwrap_or_else(|found| panic!("{found}"));
    assert!(told.warnings.to_string().contains("`groups.g.time_zone` has no effect"), "{}", told.warnings);
    let fine =
        Scenario::from_text("s.toml", &text(zone, shift), &[]).unwrap_or_else(|found| panic!("{found}"));
    assert!(fine.warnings.list.is_empty(), "{}", fine.warnings);
}

/// What is required is by the centre's clock: shifts by another one are not planned.
#[test]
fn a_roster_by_another_clock_is_refused() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = "horizon = { start = 2026-03-02, days = 7, time_zone = \"Europe/Berlin\" }\n[queues.q]\ntalk = { mean = \"3m\" }\n\
        patience = { mean = \"3m\" }\narrivals.per_hour = 20\n[groups.g]\nskills = [\"q\"]\nstaff = 3\ntime_zone = \"America/New_York\"\n\
        shifts.night = { agents = 0, start = \"22:00\", length = \"6h\" }\n\
        [schedule.templates.day]\nstart = \"07:00-10:00\"\nlength = \"8h\"\n";
    std::fs::write(folder.path().join("centre.toml"), text).expect("there is room");
    std::fs::write(folder.path().join("required.csv"), "time,g\n08:00,2\n08:30,3\n09:00,0\n")
        .expect("there is room");
    let mut command = assert_cmd::Command::cargo_bin("holdline").expect("it is built with the tests");
    let command = command.current_dir(folder.path());
    let output = command.args(["schedule", "centre.toml", "--required", "required.csv", "--quiet"]).output();
    let output = output.expect("it starts");
    assert_eq!(output.status.code(), Some(2), "{}", String::from_utf8_lossy(&output.stdout));
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("`groups.g.time_zone` is another clock than the centre's"), "{said}");
}
