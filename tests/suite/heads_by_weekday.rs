//! One shift with other heads on some weekdays: hours, breaks, absence, money and settings by hand, and against two shifts that are
//! the same.

use holdline::experiment::{Experiment, Silent};
use holdline::figures::Plan;
use holdline::model::Model;
use holdline::observations::GroupCount;
use holdline::scenario::{Scenario, Written, as_typed};

use crate::plays::play;

const HOUR: f64 = 3.6e9;

/// The week of Monday, 2 March; hardly anybody calls.
fn centre(group: &str) -> String {
    format!(
        "horizon = {{ start = 2026-03-02, days = 14, interval = \"1h\" }}\nexperiment.replications = 2\n\
         [queues.q]\narrivals.per_hour = 0.01\ntalk = \"1s\"\n[groups.g]\nskills = [\"q\"]\ncost.per_hour = 20\n{group}"
    )
}

fn set(group: &str, settings: &[&str]) -> Result<Scenario, String> {
    let settings: Vec<String> = settings.iter().map(|setting| as_typed(setting)).collect();
    let loaded = Scenario::from_text("centre.toml", &centre(group), &settings);
    loaded.map(|loaded| loaded.scenario).map_err(|wrong| wrong.to_string())
}

fn model(group: &str) -> Model {
    Model::compile(&set(group, &[]).unwrap_or_else(|wrong| panic!("{wrong}")))
}

/// Hours of a day, by what is counted.
fn hours(model: &Model, day: usize, count: GroupCount) -> f64 {
    let seen = play(model, 7, 0);
    seen.groups[0][24 * day..24 * day + 24].iter().map(|row| row[count]).sum::<u64>() as f64 / HOUR
}

/// Three on Mondays, two on Tuesdays and Wednesdays, nobody on Thursdays.
const SHIFT: &str = "[groups.g.shifts.day]\nagents = { mon = 3, \"tue-wed\" = 2, thu = 0 }\ndays = \"mon-thu\"\n\
                     start = \"08:00\"\nlength = \"8h\"\n";

#[test]
fn so_many_come_on_each_weekday() {
    let model = model(SHIFT);
    for count in [GroupCount::Scheduled, GroupCount::OnDuty, GroupCount::Paid] {
        let week: Vec<f64> = (0..9).map(|day| hours(&model, day, count)).collect();
        assert_eq!(week, [24.0, 16.0, 16.0, 0.0, 0.0, 0.0, 0.0, 24.0, 16.0]);
    }
    // The third comes on the two Mondays only.
    let seen = play(&model, 7, 0);
    let shifts: Vec<f64> = seen.agents.iter().map(|agent| agent.available as f64 / HOUR / 8.0).collect();
    assert_eq!(shifts.iter().map(|shifts| shifts.round()).collect::<Vec<_>>(), [6.0, 6.0, 2.0]);
}

/// Half an hour from 09:00 on, spread over two hours: of three agents at 9, 10 and 11, of two at 9 and 11.
#[test]
fn breaks_are_spread_over_those_of_the_day() {
    let model =
        model(&[SHIFT, "breaks.tea = { after = \"1h\", spread = \"2h\", length = \"30m\" }\n"].concat());
    let seen = play(&model, 7, 0);
    let resting = |day: usize| -> Vec<f64> {
        (8..13).map(|hour| seen.groups[0][24 * day + hour][GroupCount::OnBreak] as f64 / HOUR).collect()
    };
    assert_eq!(resting(0), [0.0, 0.5, 0.5, 0.5, 0.0]);
    assert_eq!(resting(1), [0.0, 0.5, 0.0, 0.5, 0.0]);
    // The chart of a day knows it too: a plan for each number of agents, with its days.
    let shifts = Plan::of(&model).shifts;
    let planned: Vec<(u32, usize, usize)> = shifts
        .iter()
        .map(|shift| (shift.agents, shift.days.iter().filter(|day| **day).count(), shift.breaks.len()))
        .collect();
    assert_eq!(planned, [(3, 1, 3), (2, 2, 2), (0, 1, 0)]);
}

/// A night shift that begins on Monday with three ends on Tuesday with three, after Tuesday's two have not yet come.
#[test]
fn a_night_keeps_the_heads_of_its_first_day() {
    let night = "[groups.g.shifts.night]\nagents = { mon = 3, tue = 2 }\ndays = \"mon,tue\"\nstart = \"22:00\"\nlength = \"24h\"\n";
    let model = model(night);
    let by_day: Vec<f64> = (0..4).map(|day| hours(&model, day, GroupCount::OnDuty)).collect();
    assert_eq!(by_day, [2.0 * 3.0, 22.0 * 3.0 + 2.0 * 2.0, 22.0 * 2.0, 0.0]);
}

/// Two of those who would come on the day are away: on Tuesday nobody is left, and of the shift of two one.
#[test]
fn events_take_from_the_heads_of_the_day() {
    for (event, on_duty) in [
        ("{ at = 2026-03-02, length = \"2d\", agents = -2 }", [8.0, 0.0, 16.0]),
        ("{ at = 2026-03-03, agents = -1 }", [24.0, 8.0, 16.0]),
        ("{ at = 2026-03-02, length = \"3d\", absence = 1 }", [0.0, 0.0, 0.0]),
    ] {
        let model = model(&format!("events.ill = {event}\n{SHIFT}"));
        assert_eq!([0, 1, 2].map(|day| hours(&model, day, GroupCount::OnDuty)), on_duty, "{event}");
        // Who is ill is paid.
        assert_eq!([0, 1, 2].map(|day| hours(&model, day, GroupCount::Paid)), [24.0, 16.0, 16.0]);
        let group = &model.groups[0];
        for (day, wanted) in on_duty.into_iter().enumerate() {
            assert!((group.expected(0, day as i64, day) * 8.0 - wanted).abs() < 1e-9, "{event}, day {day}");
        }
    }
}

#[test]
fn a_rotation_has_them_in_its_weeks() {
    let model = model(&[SHIFT, "rotation = { week = 2, of = 2 }\n"].concat());
    let days = [0, 1, 7, 8, 9, 10].map(|day| hours(&model, day, GroupCount::Scheduled));
    assert_eq!(days, [0.0, 0.0, 24.0, 16.0, 16.0, 0.0]);
}

/// 3 + 2 + 2 shifts of 7.5 paid hours a week at 20 an hour.
#[test]
fn hours_and_cost_by_hand_and_as_of_two_shifts() {
    let lunch = "breaks.lunch = { after = \"4h\", length = \"30m\", paid = false }\n";
    let two = format!(
        "[groups.g.shifts.all]\nagents = 2\ndays = \"mon-wed\"\nstart = \"08:00\"\nlength = \"8h\"\n{lunch}\
         [groups.g.shifts.one_more]\nagents = 1\ndays = \"mon\"\nstart = \"08:00\"\nlength = \"8h\"\n{lunch}"
    );
    let one = format!("{SHIFT}{lunch}");
    let figures = |group: &str| {
        let scenario = set(group, &[]).unwrap_or_else(|wrong| panic!("{wrong}"));
        let results =
            Experiment::new(&scenario).expect("it is stable").run(&Silent).expect("it is played").results;
        ["groups.g.paid_hours", "groups.g.cost", "total.cost"]
            .map(|path| results.figure(path).unwrap_or_else(|| panic!("no {path}")).value)
    };
    let found = figures(&one);
    let wanted = [2.0 * 7.0 * 7.5, 2.0 * 7.0 * 7.5 * 20.0, 2.0 * 7.0 * 7.5 * 20.0];
    for (number, wanted) in wanted.into_iter().enumerate() {
        assert!((found[number] - wanted).abs() < 1e-6, "{found:?}");
    }
    assert_eq!(found, figures(&two));
}

/// Heads of the first five weekdays after some settings.
fn heads(group: &str, settings: &[&str]) -> Vec<u32> {
    let scenario = set(group, settings).unwrap_or_else(|wrong| panic!("{wrong}"));
    scenario.groups[0].shifts[0].agents[..5].to_vec()
}

#[test]
fn settings_change_one_weekday_or_all() {
    let path = "groups.g.shifts.day.agents";
    let table = |settings: &[&str]| heads(SHIFT, settings);
    assert_eq!(table(&[&format!("{path}.mon=5")]), [5, 2, 2, 0, 0]);
    assert_eq!(table(&[&format!("{path}.mon=+2")]), [5, 2, 2, 0, 0]);
    assert_eq!(table(&[&format!("{path}.tue=+50%")]), [3, 3, 2, 0, 0]);
    assert_eq!(table(&[&format!("{path}.tue-wed=-1")]), [3, 1, 1, 0, 0]);
    assert_eq!(table(&[&format!("{path}.mon-thu=+1"), &format!("{path}.wed=+1")]), [4, 3, 4, 1, 0]);
    assert_eq!(table(&[&format!("{path}=+2")]), [5, 4, 4, 2, 0]);
    assert_eq!(table(&[&format!("{path}=-50%")]), [2, 1, 1, 0, 0]);
    assert_eq!(table(&[&format!("{path}=4")]), [4, 4, 4, 4, 0]);
    assert_eq!(table(&[&format!("{path}={{ mon = 9, \"tue-thu\" = 8 }}")]), [9, 8, 8, 8, 0]);
    // One number for all days: the others keep it.
    let number = SHIFT.replace("{ mon = 3, \"tue-wed\" = 2, thu = 0 }", "6");
    assert_eq!(heads(&number, &[&format!("{path}.mon=9")]), [9, 6, 6, 6, 0]);
    assert_eq!(heads(&number, &[&format!("{path}.mon=-10%")]), [5, 6, 6, 6, 0]);
    assert_eq!(
        heads(&number, &["groups.g.shifts.day.days=mon-fri", &format!("{path}.fri=+1")]),
        [6, 6, 6, 6, 7]
    );
}

#[test]
fn files_variants_and_sweeps_change_one_weekday() {
    let folder = tempfile::tempdir().expect("a folder");
    for (base, of) in [("table", "{ mon = 3, \"tue-wed\" = 2, thu = 0 }"), ("number", "2")] {
        let text = centre(&SHIFT.replace("{ mon = 3, \"tue-wed\" = 2, thu = 0 }", of));
        std::fs::write(folder.path().join(format!("{base}.toml")), text).expect("it is written");
        let more = format!(
            "extends = \"{base}.toml\"\ngroups.g.shifts.day.agents.tue = \"+3\"\n\
             [variants.fewer]\n\"groups.g.shifts.day.agents.wed\" = \"-1\"\n\
             [sweep]\n\"groups.g.shifts.day.agents.mon\" = [1, 4]\n"
        );
        let file = folder.path().join("more.toml");
        std::fs::write(&file, more).expect("it is written");
        let written = Written::read(&file).expect("it is read");
        let at = |settings: &[&str]| {
            let settings: Vec<String> = settings.iter().map(|one| (*one).to_owned()).collect();
            let scenario = written.point(&settings).unwrap_or_else(|wrong| panic!("{wrong}"));
            scenario.groups[0].shifts[0].agents[..4].to_vec()
        };
        let [mon, thu] = if base == "table" { [3, 0] } else { [2, 2] };
        assert_eq!(at(&[]), [mon, 5, 2, thu]);
        assert_eq!(at(&["groups.g.shifts.day.agents.mon=4"]), [4, 5, 2, thu]);
        // What is written out again is the same.
        let loaded = Scenario::load(&file, &[]).unwrap_or_else(|wrong| panic!("{wrong}"));
        let again = Scenario::from_text("again.toml", &loaded.resolved_toml, &[]);
        assert_eq!(again.unwrap_or_else(|wrong| panic!("{wrong}")).scenario.groups, loaded.scenario.groups);
    }
}

#[test]
fn days_that_are_wrong_are_named() {
    for (agents, said) in [
        ("{ mon = 3, tue = 2 }", "`groups.g.shifts.day.agents` says nothing of Wednesday, Thursday"),
        ("{ mon-fri = 3 }", "has agents on Friday"),
        ("{ mon-thu = 3, tue = 4 }", "has two numbers for Tuesday"),
        ("{ monday = 3, tue-thu = 4 }", "did you mean `mon`?"),
        ("{ mon-thu = -1 }", "agents.mon-thu"),
        ("{}", "says nothing of Monday, Tuesday, Wednesday, Thursday"),
    ] {
        let wrong = set(&SHIFT.replace("{ mon = 3, \"tue-wed\" = 2, thu = 0 }", agents), &[]);
        let wrong = wrong.expect_err("it is refused");
        assert!(wrong.contains(said), "{agents}: {wrong}");
        assert!(wrong.contains("centre.toml:"), "{wrong}");
    }
    // Nobody on a day on which the shift does not begin is true.
    assert_eq!(heads(&SHIFT.replace("thu = 0", "thu = 0, fri = 0"), &[]), [3, 2, 2, 0, 0]);
    // A day that is added needs its heads.
    let wrong = set(SHIFT, &["groups.g.shifts.day.days=mon-fri"]).expect_err("it is refused");
    assert!(wrong.contains("says nothing of Friday"), "{wrong}");
}
