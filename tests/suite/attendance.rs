//! Who comes, and when: absence that varies from day to day, and agents who are late.

use holdline::experiment::{Experiment, Silent};
use holdline::model::Model;
use holdline::observations::GroupCount;
use holdline::scenario::Scenario;

use crate::plays::play;

const HOUR: f64 = 3.6e9;

/// One Monday of shifts from 08:00 to 16:00 in two groups.
fn centre(group: &str) -> String {
    let shift = "skills = [\"q\"]\nshifts.day = { agents = 200, start = \"08:00\", length = \"8h\" }";
    format!(
        "horizon = {{ start = 2026-03-02, days = 1, interval = \"1h\" }}\n\
         [queues.q]\ntalk = \"1s\"\narrivals.per_hour = 0.01\n\
         [groups.a]\n{shift}\n{group}\n[groups.b]\n{shift}\n{group}\n"
    )
}

fn scenario(text: &str) -> Scenario {
    Scenario::from_text("centre.toml", text, &[]).unwrap_or_else(|found| panic!("{found}")).scenario
}

/// Hours of a group in a replication.
fn hours(model: &Model, replication: u64, group: usize, count: GroupCount) -> f64 {
    let seen = play(model, 7, replication);
    seen.groups[group][..model.rows.count].iter().map(|row| row[count]).sum::<u64>() as f64 / HOUR
}

/// Each of n agents is absent by the chance q = p F of the day, F gamma of mean 1 and the same for both groups:
/// the number has mean n p and variance n (p - p² (1 + cv²)) + (n p cv)², and covariance (n p cv)² between groups.
#[test]
fn bad_days_are_bad_for_all_groups() {
    let model = Model::compile(&scenario(&centre("shrinkage = { absence = 0.1 }\nabsence_cv = 0.5")));
    const DAYS: u64 = 2000;
    let absent = |day: u64, group: usize| 200.0 - hours(&model, day, group, GroupCount::OnDuty) / 8.0;
    let days: Vec<[f64; 2]> = (0..DAYS).map(|day| [absent(day, 0), absent(day, 1)]).collect();
    let mean = |of: &dyn Fn(&[f64; 2]) -> f64| days.iter().map(of).sum::<f64>() / DAYS as f64;
    let variance: f64 = 200.0 * (0.1 - 0.01 * 1.25) + 100.0;
    let root = (DAYS as f64).sqrt();
    let seen = mean(&|day| day[0]);
    assert!((seen - 20.0).abs() < 4.0 * variance.sqrt() / root, "a mean of {seen}");
    // The fourth moment of such numbers is below six squared variances.
    let spread = mean(&|day| (day[0] - 20.0) * (day[0] - 20.0));
    assert!((spread / variance - 1.0).abs() < 4.0 * 5.0_f64.sqrt() / root, "{spread} for {variance}");
    let together = mean(&|day| (day[0] - 20.0) * (day[1] - 20.0));
    assert!((together / 100.0 - 1.0).abs() < 4.0 * 7.0_f64.sqrt() / root, "{together} for 100");
}

/// Everyone is ten minutes late and paid for it; or a quarter of them are; or they are as late as the shift is long.
#[test]
fn who_is_late_is_paid_and_not_there() {
    let played = |lateness: &str| Model::compile(&scenario(&centre(&format!("lateness = {lateness}"))));
    let all = played("{ share = 1, by = \"10m\" }");
    assert!((hours(&all, 0, 0, GroupCount::OnDuty) - 200.0 * (8.0 - 1.0 / 6.0)).abs() < 1e-9);
    assert!((hours(&all, 0, 0, GroupCount::Paid) - 1600.0).abs() < 1e-9);
    let some = played("{ share = 0.25, by = \"10m\" }");
    let lost: f64 = (0..20).map(|day| 1600.0 - hours(&some, day, 0, GroupCount::OnDuty)).sum();
    let (late, deviation) = (lost * 6.0, (4000.0_f64 * 0.25 * 0.75).sqrt());
    assert!(
        (late - late.round()).abs() < 1e-6 && (late - 1000.0).abs() < 4.0 * deviation,
        "{late} were late"
    );
    let never = played("{ share = 1, by = \"8h\" }");
    assert_eq!(hours(&never, 0, 1, GroupCount::OnDuty), 0.0);
    // What is paid and not there is shrinkage.
    let scenario = scenario(&centre("lateness = { share = 1, by = \"10m\" }"));
    let results =
        Experiment::new(&scenario).expect("it is stable").run(&Silent).expect("it is played").results;
    let shrinkage = results.figure("groups.a.shrinkage").expect("there is pay time").value;
    assert!((shrinkage - 1.0 / 48.0).abs() < 1e-9, "{shrinkage}");
}

#[test]
fn attendance_is_of_shifts() {
    for keys in ["absence_cv = 0.5", "lateness = { share = 0.1, by = \"5m\" }"] {
        let text = format!(
            "horizon.length = \"1d\"\n[queues.q]\ntalk = \"1s\"\narrivals.per_hour = 1\n\
             [groups.a]\nskills = [\"q\"]\nstaff = 2\n{keys}\n"
        );
        let wrong = Scenario::from_text("centre.toml", &text, &[]).expect_err("it is refused").to_string();
        assert!(wrong.contains("needs shifts"), "{wrong}");
    }
}

/// Mornings in the weeks of 2, 16 and 30 March, afternoons in those between; the horizon begins on a Wednesday.
#[test]
fn a_rotation_changes_on_mondays() {
    let text = "horizon = { start = 2026-03-04, days = 28, interval = \"1h\" }\n\
                [queues.q]\ntalk = \"1s\"\narrivals.per_hour = 0.01\n\
                [groups.a]\nskills = [\"q\"]\n\
                shifts.early = { agents = 3, start = \"08:00\", length = \"4h\", rotation = { week = 1, of = 2 } }\n\
                shifts.late = { agents = 2, start = \"14:00\", length = \"4h\", rotation = { week = 2, of = 2 } }\n";
    let model = Model::compile(&scenario(text));
    let seen = play(&model, 7, 0);
    for day in 0..28 {
        let on_duty = |hour: usize| seen.groups[0][24 * day + hour][GroupCount::OnDuty] as f64 / HOUR;
        // Days since Monday, 2 March.
        let first = (day + 2) / 7 % 2 == 0;
        let wanted = if first { (3.0, 0.0) } else { (0.0, 2.0) };
        assert_eq!((on_duty(9), on_duty(15)), wanted, "day {day}");
    }
    let wrong = text.replace("week = 2", "week = 3");
    let wrong = Scenario::from_text("centre.toml", &wrong, &[]).expect_err("it is refused").to_string();
    assert!(wrong.contains("lies past the rotation"), "{wrong}");
}
