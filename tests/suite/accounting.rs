//! Paid time of a group, day by day: what of it is work, waiting for work, breaks, meetings, absence. By hand and as identities.

use holdline::experiment::{Experiment, Silent};
use holdline::model::Model;
use holdline::observations::GroupCount;
use holdline::scenario::Scenario;

use crate::plays::play;

const HOUR: f64 = 3.6e9;

/// Hours of a group on a day.
struct Day {
    paid: f64,
    on_duty: f64,
    on_break: f64,
    working: f64,
    overtime: f64,
    scheduled: f64,
    unpaid: f64,
}

/// A replication's days of the first group.
fn days(model: &Model, replication: u64) -> Vec<Day> {
    let seen = play(model, 7, replication);
    let of = |day: usize, count: GroupCount| {
        seen.groups[0][model.rows.of_day(day)].iter().map(|row| row[count]).sum::<u64>() as f64 / HOUR
    };
    let day = |day: usize| Day {
        paid: of(day, GroupCount::Paid) - of(day, GroupCount::Unpaid),
        on_duty: of(day, GroupCount::OnDuty),
        on_break: of(day, GroupCount::OnBreak),
        working: of(day, GroupCount::Working),
        overtime: of(day, GroupCount::Overtime),
        scheduled: of(day, GroupCount::Scheduled),
        unpaid: of(day, GroupCount::Unpaid),
    };
    (0..model.rows.days).map(day).collect()
}

fn scenario(queue: &str, group: &str) -> Scenario {
    let text = format!(
        "horizon = {{ start = 2026-03-02, days = 5, interval = \"1h\" }}\nexperiment.replications = 4\n\
         [queues.q]\nopen = \"daily 08:00-18:00\"\nat_close = \"serve\"\n{queue}\n[groups.g]\nskills = [\"q\"]\n{group}"
    );
    Scenario::from_text("centre.toml", &text, &[]).unwrap_or_else(|found| panic!("{found}")).scenario
}

/// Ten of 8 hours with half an hour of unpaid lunch and a quarter of paid coffee, a twenty-fifth of the paid time in meetings;
/// hardly anybody calls. On Wednesday two are ill.
const ROSTER: &str = "cost.per_hour = 20\nshrinkage = { meetings = 0.04 }\nevents.ill = { at = 2026-03-04, agents = -2 }\n\
                      [groups.g.shifts.day]\nagents = 10\ndays = \"mon-fri\"\nstart = \"08:00\"\nlength = \"8h\"\n\
                      breaks.coffee = { after = \"2h\", length = \"15m\" }\n\
                      breaks.lunch = { after = \"4h\", length = \"30m\", paid = false }\n";

/// From 20:00 to 04:00 every day of a week, half an hour of unpaid meal at 23:00. Nights are paid one and a quarter,
/// Sundays one and a half. Seven times 7.5 hours are paid. Of those of Monday to Saturday four after midnight and two less the
/// meal before it are of the night; of Sunday all eight less the meal have the higher premium.
#[test]
fn premiums_of_nights_and_sundays_by_hand() {
    let text = "horizon = { start = 2026-03-02, days = 7, interval = \"1h\" }\nexperiment.replications = 2\n\
                [queues.q]\ntalk = \"1s\"\narrivals.per_hour = 0.01\n[groups.g]\nskills = [\"q\"]\n\
                cost = { per_hour = 20, premiums.night = { between = \"22:00-06:00\", factor = 1.25 }, premiums.sunday = { days = \"sun\", factor = 1.5 } }\n\
                [groups.g.shifts.late]\nagents = 1\nstart = \"20:00\"\nlength = \"8h\"\n\
                breaks.meal = { after = \"3h\", length = \"30m\", paid = false }\n";
    let scenario =
        Scenario::from_text("centre.toml", text, &[]).unwrap_or_else(|found| panic!("{found}")).scenario;
    let results =
        Experiment::new(&scenario).expect("it is stable").run(&Silent).expect("it is played").results;
    let figure = |path: &str| results.figure(path).unwrap_or_else(|| panic!("no {path}")).value;
    let premium = 6.0 * 5.5 * 0.25 + 7.5 * 0.5;
    assert!((figure("groups.g.paid_hours") - 52.5).abs() < 1e-9);
    assert!((figure("groups.g.premiums") - 20.0 * premium).abs() < 1e-6);
    assert!((figure("total.cost") - 20.0 * (52.5 + premium)).abs() < 1e-6);
    assert!((figure("groups.g.cost") - figure("total.cost")).abs() < 1e-9);
    for (keys, said) in [
        (
            "premiums.night = { between = \"22:15-06:00\", factor = 1.25 }",
            "must begin and end with an interval",
        ),
        ("premiums.night = { factor = 0.9 }", "1 or more"),
    ] {
        let text =
            text.replace("premiums.sunday = { days = \"sun\", factor = 1.5 }", &keys.replace("night", "odd"));
        let wrong = Scenario::from_text("centre.toml", &text, &[]).expect_err("it is refused").to_string();
        assert!(wrong.contains(said), "{wrong}");
    }
}

#[test]
fn a_small_roster_by_hand() {
    let scenario = scenario("talk = \"1s\"\narrivals.per_hour = 0.01", ROSTER);
    let model = Model::compile(&scenario);
    for replication in 0..4 {
        for (number, day) in days(&model, replication).iter().enumerate() {
            let there = if number == 2 { 8.0 } else { 10.0 };
            // Paid are all, absent ones too: 7.5 hours each.
            assert!(
                (day.paid - 75.0).abs() < 1e-9 && (day.unpaid - 5.0).abs() < 1e-9,
                "day {number}: {}",
                day.paid
            );
            assert!((day.on_duty - there * 8.0).abs() < 1e-9, "day {number}: {}", day.on_duty);
            // Lunch, coffee, and 0.04 x 7.5 hours of meetings.
            let breaks = there * (0.5 + 0.25 + 0.04 * 7.5);
            assert!((day.on_break - breaks).abs() < 1e-6, "day {number}: {} for {breaks}", day.on_break);
        }
    }
    let results =
        Experiment::new(&scenario).expect("it is stable").run(&Silent).expect("it is played").results;
    let figure = |path: &str| results.figure(path).unwrap_or_else(|| panic!("no {path}")).value;
    // A week of five days: 375 paid hours, 9.375 full-time equivalents of 40.
    assert!((figure("groups.g.paid_hours") - 375.0).abs() < 1e-6);
    assert!((figure("groups.g.cost") - 7500.0).abs() < 1e-4);
    // Away of the 75 paid hours: 5.5 of coffee and meetings, on Wednesday 4.4 and the 15 of two who are ill.
    let away = 4.0 * 5.5 + 4.4 + 15.0;
    assert!((figure("groups.g.shrinkage") - away / 375.0).abs() < 1e-6, "{}", figure("groups.g.shrinkage"));
}

/// Under load agents go late to breaks and stay after their shift: on every day, paid = working + waiting for work + on
/// a break + absent - unpaid breaks, with what is worked after the shift's end on top.
#[test]
fn paid_time_is_work_waiting_breaks_meetings_absence_and_overtime() {
    let queue = "talk.mean = \"6m\"\npatience.mean = \"5m\"\narrivals.per_hour = 80";
    let model = Model::compile(&scenario(queue, ROSTER));
    let mut overtime = 0.0;
    for replication in 0..4 {
        for (number, day) in days(&model, replication).iter().enumerate() {
            let waiting = day.on_duty - day.on_break - day.working;
            let absent = if number == 2 { 2.0 * 8.0 } else { 0.0 };
            assert!(waiting >= 0.0 && day.working > 40.0);
            assert!((day.scheduled - 80.0).abs() < 1e-9);
            let sum = day.working + waiting + day.on_break + absent - day.unpaid;
            assert!((day.paid - sum).abs() < 1e-6, "day {number}: paid {}, in parts {sum}", day.paid);
            assert!((day.paid - (day.scheduled - day.unpaid + day.overtime)).abs() < 1e-9);
            overtime += day.overtime;
        }
    }
    assert!(overtime > 1.0, "nobody stayed late");
}

/// Of heads without shifts, shrinkage is on top: 6 agents on contacts for 10 hours at a quarter are 80 paid hours.
#[test]
fn shrinkage_of_staff_is_paid_on_top() {
    let queue = "talk = \"1s\"\narrivals.per_hour = 0.01";
    let group = "shrinkage = { absence = 0.1, leave = 0.15 }\nstaff = { \"08:00\" = 6, \"18:00\" = 0 }\ncost.per_hour = 20";
    let scenario = scenario(queue, group);
    for day in days(&Model::compile(&scenario), 0) {
        assert!((day.paid - 80.0).abs() < 1e-6 && (day.on_duty - 60.0).abs() < 1e-9, "{}", day.paid);
    }
    let results =
        Experiment::new(&scenario).expect("it is stable").run(&Silent).expect("it is played").results;
    assert!((results.figure("groups.g.cost").expect("pay is given").value - 5.0 * 80.0 * 20.0).abs() < 1e-4);
    assert!((results.figure("groups.g.shrinkage").expect("agents are paid").value - 0.25).abs() < 1e-6);
}
