//! `holdline forecast`: what is learnt from past days, what is refused, what a forecast is worth, and that a scenario
//! plays it.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use holdline::acd::{Asked, Report};
use holdline::forecast::{self, Forecast, Holidays, Rule, Until, histories};
use holdline::scenario::{Scenario, Volume};
use holdline::tables::Zone;
use holdline::units::TimeOfDay;
use jiff::ToSpan as _;
use jiff::civil::Date;

fn date(text: &str) -> Date {
    text.parse().expect("it is a date")
}

/// Factors of Monday to Friday; nothing on the weekend.
const WEEK: [f64; 7] = [1.2, 1.0, 0.9, 0.95, 0.95, 0.0, 0.0];
/// Shares of the hours from nine.
const HOURS: [f64; 4] = [0.2, 0.4, 0.25, 0.15];

/// Contacts by hour of the days from Monday, 5 January 2026; `size` says how many come on a day of factor 1.
fn days(count: usize, size: impl Fn(usize, Date) -> f64) -> Vec<(Date, [f64; 4])> {
    let first = date("2026-01-05");
    let day = |number: usize| {
        let date = first.saturating_add((number as i64).days());
        let total = size(number, date) * WEEK[number % 7];
        (date, HOURS.map(|share| (share * total).round()))
    };
    (0..count).map(day).filter(|(_, hours)| hours.iter().sum::<f64>() > 0.0).collect()
}

/// A row for each hour.
fn long(days: &[(Date, [f64; 4])]) -> String {
    let mut text = "Date,Time,Calls\n".to_owned();
    for (date, hours) in days {
        for (hour, calls) in hours.iter().enumerate() {
            let _ = writeln!(text, "{date},{:02}:00,{calls}", hour + 9);
        }
    }
    text
}

/// A row for each day.
fn wide(days: &[(Date, [f64; 4])]) -> String {
    let mut text = "Date,9:00,10:00,11:00,12:00\n".to_owned();
    for (date, hours) in days {
        let cells: Vec<String> = hours.iter().map(f64::to_string).collect();
        let _ = writeln!(text, "{date},{}", cells.join(","));
    }
    text
}

fn forecast_of(text: &str, until: Until, holidays: &Holidays) -> Forecast {
    let report = Report::read("history.csv", text.as_bytes(), &Asked::default()).expect("it can be read");
    let histories = histories(&report, None, None, holidays).expect("there is enough");
    forecast::forecast(&histories[0], until, holidays).expect("something is to come")
}

fn holdline(folder: &Path, arguments: &[&str]) -> (Option<i32>, String, String) {
    let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    let output = command.current_dir(folder).args(arguments).output().expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("it is text");
    (output.status.code(), text(output.stdout), text(output.stderr))
}

/// A scatter without chance: days lie 2 % above and below by turns of seven and three.
fn scatter(number: usize) -> f64 {
    1000.0 * (1.0 + 0.02 * [1.0, -0.3, 0.5, -1.0, 0.2, 0.8, -0.7, -0.5, 0.9, -0.9][number * 7 % 10])
}

#[test]
fn weeks_that_are_all_alike_go_on() {
    let ahead = forecast_of(&long(&days(84, |_, _| 1000.0)), Until::Days(7), &Holidays::default());
    assert_eq!(ahead.days.len(), 5);
    for (number, day) in ahead.days.iter().enumerate() {
        assert_eq!(day.date, date("2026-03-30").saturating_add((number as i64).days()));
        let right = 1000.0 * WEEK[number];
        assert!((day.total.mean / right - 1.0).abs() < 0.005, "{} in place of {right}", day.total.mean);
        for (band, share) in day.slots.iter().zip(HOURS) {
            assert!((band.mean / day.total.mean - share).abs() < 0.002, "{band:?}");
            assert!(band.low <= band.mean && band.mean <= band.high);
        }
    }
    // Every rule is right here, and so is the forecast.
    assert!(ahead.test.rules.iter().all(|(_, score)| score.of_days() < 1e-3));
    assert!(ahead.test.ahead.of_days() < 0.003, "{}", ahead.test.ahead.of_days());
    assert_eq!((ahead.step.seconds(), ahead.first), (3600.0, 9));
}

/// What is forecast for a past day depends on the days before it alone: without the days after it, and with any other
/// days after it, it is the same to the last bit.
#[test]
fn no_past_day_is_forecast_from_what_came_later() {
    let full = days(182, |number, _| scatter(number));
    let other: Vec<_> = full
        .iter()
        .enumerate()
        .map(|(number, (date, hours))| {
            (*date, if number < 100 { *hours } else { hours.map(|n| 3.0 * n + 5.0) })
        })
        .collect();
    let test =
        |days: &[(Date, [f64; 4])]| forecast_of(&long(days), Until::Days(4), &Holidays::default()).test;
    let (all, short, changed) = (test(&full), test(&full[..100]), test(&other));
    assert_eq!((short.days.len(), short.days[0].date), (40, full[60].0));
    assert_eq!(all.days[..40], short.days[..]);
    assert_eq!(changed.days[..40], short.days[..]);
    assert_eq!(changed.days[40].slots, all.days[40].slots, "of the first changed day only what came differs");
    assert_ne!(changed.days[41].slots, all.days[41].slots);
}

#[test]
fn a_wide_sheet_says_the_same_as_a_long_one() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let days = days(42, |number, _| scatter(number));
    fs::write(folder.path().join("long.csv"), long(&days)).expect("there is room");
    fs::write(folder.path().join("wide.csv"), wide(&days)).expect("there is room");
    let (code, _, said) = holdline(folder.path(), &["forecast", "long.csv", "--out", "long"]);
    assert_eq!(code, Some(0), "{said}");
    let (code, _, said) = holdline(folder.path(), &["forecast", "wide.csv", "--wide", "--out", "wide"]);
    assert_eq!(code, Some(0), "{said}");
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it is written");
    for name in ["forecast.csv", "days.csv", "back_test.csv"] {
        assert_eq!(read(&format!("long/{name}")), read(&format!("wide/{name}")), "{name}");
    }
    // Without the flag it says which one is missing.
    let (code, _, said) = holdline(folder.path(), &["forecast", "wide.csv"]);
    assert_eq!(code, Some(2));
    assert!(said.contains("`--wide` reads them"), "{said}");
}

#[test]
fn a_scenario_plays_what_was_forecast() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("history.csv"), long(&days(84, |number, _| scatter(number))))
        .expect("there is room");
    let (code, said, _) =
        holdline(folder.path(), &["forecast", "history.csv", "--days", "7", "--out", "next"]);
    assert_eq!(code, Some(0));
    for part in
        ["a day ahead", "a week ahead", "same weekday last week", "The 90 % band held", "Mon 2026-03-30"]
    {
        assert!(said.contains(part), "no `{part}` in\n{said}");
    }
    let scenario = "extends = \"volumes.toml\"\n\n[queues.contacts]\ntalk = { mean = \"3m\" }\npatience = { mean = \"2m\" }\n\n\
                    [groups.team]\nskills = [\"contacts\"]\nstaff = 20\n";
    fs::write(folder.path().join("next/centre.toml"), scenario).expect("there is room");
    let (code, _, said) = holdline(
        folder.path(),
        &["run", "next/centre.toml", "--replications", "2", "--quiet", "--charts", "none"],
    );
    assert_eq!(code, Some(0), "{said}");
    let loaded = Scenario::load(&folder.path().join("next/centre.toml"), &[]).expect("it is fine");
    let arrivals = loaded.scenario.queues[0].arrivals.as_ref().expect("contacts come");
    let Volume::Series(buckets) = &arrivals.volume else { panic!("volumes come from a file") };
    let played: f64 = buckets.iter().map(|bucket| bucket.count).sum();
    let days = fs::read_to_string(folder.path().join("next/days.csv")).expect("it is written");
    let column = |line: &str| line.split(',').nth(2).and_then(|cell| cell.parse::<f64>().ok());
    let told: f64 = days.lines().skip(1).filter_map(column).sum();
    assert!((played - told).abs() < 0.05 && told > 4900.0, "{played} played, {told} told");
    assert_eq!(buckets.len(), 5 * 4);
    assert!(arrivals.busyness.as_ref().is_some_and(|busyness| busyness.cv < 0.05));
}

#[test]
fn holidays_are_learnt_by_name() {
    // Four feasts with half of the contacts, and one closed day a month.
    let feast = ["2026-01-20", "2026-02-17", "2026-03-17", "2026-04-14"].map(date);
    let closed = ["2026-01-28", "2026-02-25", "2026-03-25"].map(date);
    let size = |number: usize, date: Date| match () {
        () if feast.contains(&date) => 0.5 * scatter(number),
        () if closed.contains(&date) => 0.0,
        () => scatter(number),
    };
    let text = long(&days(112, size));
    let mut holidays = Holidays::default();
    holidays.0.extend(feast.map(|date| (date, "Feast".to_owned())));
    holidays.0.extend(closed.map(|date| (date, "Inventory".to_owned())));
    holidays
        .0
        .extend([(date("2026-05-05"), "Feast".to_owned()), (date("2026-05-06"), "Inventory".to_owned())]);
    holidays.0.insert(date("2026-05-07"), "closed".to_owned());
    let ahead = forecast_of(&text, Until::Date(date("2026-05-08")), &holidays);
    let shown: Vec<(String, bool)> =
        ahead.days.iter().map(|day| (day.date.to_string(), day.holiday.is_some())).collect();
    let right = [
        ("2026-04-27", false),
        ("2026-04-28", false),
        ("2026-04-29", false),
        ("2026-04-30", false),
        ("2026-05-01", false),
        ("2026-05-04", false),
        ("2026-05-05", true),
        ("2026-05-08", false),
    ];
    assert_eq!(shown, right.map(|(day, feast)| (day.to_owned(), feast)));
    assert!((ahead.days[6].total.mean / 500.0 - 1.0).abs() < 0.03, "{}", ahead.days[6].total.mean);
    // A column of the history says the same.
    let mut with_column = "Date,Time,Calls,Holiday\n".to_owned();
    for line in text.lines().skip(1) {
        let day = date(&line[..10]);
        let _ = writeln!(with_column, "{line},{}", if feast.contains(&day) { "Feast" } else { "" });
    }
    holidays.0.retain(|date, name| name != "Feast" || *date > closed[2].saturating_add(30.days()));
    let same = forecast_of(&with_column, Until::Date(date("2026-05-08")), &holidays);
    assert_eq!(same.days, ahead.days);
}

#[test]
fn what_cannot_be_forecast_is_refused_with_a_remedy() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let good = long(&days(42, |number, _| scatter(number)));
    let put = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("there is room");
    put("good.csv", &good);
    put("short.csv", &long(&days(12, |number, _| scatter(number))));
    put("twice.csv", &format!("{good}2026-02-03,09:00,7\n"));
    put("daily.csv", "Date,Calls\n2026-01-05,100\n2026-01-06,110\n");
    put("nothing.csv", &good.replace(",2", ",0").replace(",1", ",0").replace(",3", ",0").replace(",4", ",0"));
    put("holidays.csv", "date,holiday\nsoon,Christmas\n");
    let cases: [(&[&str], &[&str]); 11] = [
        (&["good.csv", "--seen-until", "11:30"], &["no interval of 1h ends at 11:30"]),
        (&["good.csv", "--seen-until", "09:00"], &["from 09:00 to 13:00", "09:00 is not between"]),
        (&["short.csv"], &["10 days with contacts", "longer history"]),
        (&["twice.csv"], &["same queue and time", "--sum"]),
        (&["daily.csv"], &["whole day", "half-hours"]),
        (&["missing.csv"], &["there is no file"]),
        (&["good.csv", "--until", "2026-02-01"], &["2026-02-13", "not after it", "--until"]),
        (&["good.csv", "--until", "2036-02-01"], &["more than 400 days"]),
        (&["good.csv", "--step", "90m"], &["a multiple", "--step"]),
        (&["good.csv", "--holidays", "holidays.csv"], &["line 2 of holidays.csv", "2026-12-25"]),
        (&["good.csv", "--holiday", "Christmas"], &["write a date and a name"]),
    ];
    for (arguments, parts) in cases {
        let (code, _, said) = holdline(folder.path(), &[&["forecast"], arguments].concat());
        assert_eq!(code, Some(2), "{arguments:?}: {said}");
        for part in parts {
            assert!(said.contains(part), "{arguments:?}: no `{part}` in\n{said}");
        }
    }
}

#[test]
fn holes_of_a_history_are_told_and_not_learnt() {
    let full = days(63, |number, _| scatter(number));
    let lines = |keep: &dyn Fn(&str) -> bool| {
        long(&full).lines().filter(|line| keep(line)).map(|line| format!("{line}\n")).collect::<String>()
    };
    // One hour in the middle of a day is missing, and a whole Tuesday; the last day ends after two hours.
    let missing = ["2026-02-04,10:00", "2026-02-10", "2026-03-06,11", "2026-03-06,12"];
    let text = lines(&|line| !missing.iter().any(|start| line.starts_with(start)));
    let ahead = forecast_of(&text, Until::Days(1), &Holidays::default());
    let notes = ahead.notes.join("\n");
    for part in [
        "2026-03-06 is not over and not learnt from: its rows end at 11:00",
        "1 day is without some of their rows",
        "2026-02-04",
        "1 day is without contacts",
        "taken as closed: 2026-02-10",
    ] {
        assert!(notes.contains(part), "no `{part}` in\n{notes}");
    }
    // The day that is not over is the first to be forecast.
    assert_eq!(ahead.days[0].date, date("2026-03-06"));
    assert!((ahead.days[0].total.mean / 950.0 - 1.0).abs() < 0.03, "{}", ahead.days[0].total.mean);
}

#[test]
fn a_day_that_has_begun_is_forecast_from_its_morning() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    // The last day, a Friday, began with half as many again as usual: 285 and 570 in place of 190 and 380.
    let mut days = days(82, |number, _| scatter(number));
    let last = days.last_mut().expect("there are days");
    last.1 = [285.0, 570.0, 0.0, 0.0];
    fs::write(folder.path().join("today.csv"), long(&days)).expect("there is room");
    let (code, said, wrong) = holdline(
        folder.path(),
        &["forecast", "today.csv", "--seen-until", "11:00", "--days", "1", "--out", "rest"],
    );
    assert_eq!(code, Some(0), "{wrong}");
    for part in
        ["Of 2026-03-27, what came before 11:00 is seen", "The rest of these days from 11:00, forecast again"]
    {
        assert!(said.contains(part), "no `{part}` in\n{said}");
    }
    let volumes = fs::read_to_string(folder.path().join("rest/forecast.csv")).expect("it is written");
    let rows: Vec<Vec<&str>> = volumes.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 4);
    assert_eq!(rows[0], ["2026-03-27 09:00", "contacts", "285", "285", "285"]);
    // Mornings of days that are larger as a whole tell much: more than the usual 950 x .25, at most half as many again.
    let rest: f64 = rows[2][2].parse().expect("a number");
    assert!((255.0..360.0).contains(&rest), "{rest}");
    // The chart is drawn, with what came, the forecast and the band.
    let chart = fs::read_to_string(folder.path().join("rest/charts/forecast.svg")).expect("it is drawn");
    for part in ["Contacts, forecast and seen", "what came", "90 % band", "polygon"] {
        assert!(chart.contains(part), "no `{part}` in the chart");
    }
}

/// The bank's volumes, where they are at hand: 104 days from the 61st on, in half-hours from 07:00 to 21:00.
#[test]
fn a_bank_is_forecast_better_than_by_any_simple_rule() {
    let folder = std::env::var_os("HOLDLINE_DATA")
        .map_or_else(|| Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data"), Into::into);
    let Ok(text) = fs::read_to_string(folder.join("us-bank-5min-2003/bank_calls.csv")) else {
        eprintln!("skipped: no data in {} (HOLDLINE_DATA names another folder)", folder.display());
        return;
    };
    let until_nine: String =
        text.lines().filter(|line| !line.contains("T21:0")).map(|line| format!("{line}\n")).collect();
    let asked = Asked { centre: Zone::named("UTC"), ..Asked::default() };
    let report = Report::read("bank_calls.csv", until_nine.as_bytes(), &asked).expect("it can be read");
    let histories = histories(&report, None, None, &Holidays::default()).expect("there is enough");
    let ahead = forecast::forecast(&histories[0], Until::Days(14), &Holidays::default()).expect("it goes on");
    let test = &ahead.test;
    assert_eq!((test.ahead.days, test.days[0].date), (104, date("2003-05-29")));
    // Worked out by another program.
    let known = [(0.0869, 0.0707), (0.0687, 0.0564), (0.0660, 0.0538), (0.0596, 0.0447)];
    for ((rule, score), (intervals, days)) in test.rules.iter().zip(known) {
        assert!((score.of_intervals() - intervals).abs() < 5e-5, "{rule:?}: {}", score.of_intervals());
        assert!((score.of_days() - days).abs() < 5e-5, "{rule:?}: {}", score.of_days());
    }
    assert_eq!(test.rules[3].0, Rule::Plain);
    assert!((test.chance - 0.0229).abs() < 5e-4, "{}", test.chance);
    assert!(test.ahead.of_intervals() < 0.049 && test.ahead.of_days() < 0.033, "{:?}", test.ahead);
    for held in [test.ahead.held_intervals(), test.ahead.held_days()] {
        assert!((0.88..=0.92).contains(&held), "{held}");
    }
    // At noon the rest of the last day is forecast again, and the rest of 103 days before it.
    let noon = TimeOfDay::parse("12:00").expect("a time of day");
    let begun =
        holdline::forecast::histories(&report, None, Some(noon), &Holidays::default()).expect("it has begun");
    let ahead = forecast::forecast(&begun[0], Until::Days(1), &Holidays::default()).expect("it goes on");
    let rest = ahead.rest.expect("noon was asked for");
    assert_eq!((rest.again.days, rest.seen, ahead.days[0].date), (103, 10, date("2003-10-24")));
    assert!(rest.again.of_intervals() < 0.045, "{}", rest.again.of_intervals());
    assert!(rest.again.of_intervals() < rest.before.of_intervals(), "{rest:?}");
    for held in [rest.again.held_intervals(), rest.again.held_days()] {
        assert!((0.87..=0.93).contains(&held), "{held}");
    }
}

/// Totals of days are forecast as such, and a scenario spreads them over its hours.
#[test]
fn totals_of_days_are_forecast_and_spread_by_a_profile() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let monday: jiff::civil::Date = "2026-01-05".parse().expect("a day");
    let mut text = "Date,Calls\n".to_owned();
    for number in 0..84i64 {
        let date = monday.checked_add(jiff::Span::new().days(number)).expect("a day");
        // Mondays have 1,200, other working days 1,000, one more and one less by turns.
        let calls = if number % 7 == 0 { 1200 } else { 1000 } + if number % 2 == 0 { 30 } else { -30 };
        if number % 7 < 5 {
            text.push_str(&format!("{date},{calls}\n"));
        }
    }
    fs::write(folder.path().join("days.csv"), text).expect("there is room");
    let run = |more: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("holdline").expect("it is built with the tests");
        command.current_dir(folder.path()).args(more).output().expect("it starts")
    };
    let plain = run(&["forecast", "days.csv"]);
    assert_eq!(plain.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&plain.stderr).contains("--interval 24h"));
    let output = run(&["forecast", "days.csv", "--interval", "24h", "--days", "7", "--out", "next"]);
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    let file = |name: &str| fs::read_to_string(folder.path().join("next").join(name)).expect("it is written");
    let volumes = file("forecast.csv");
    let rows: Vec<Vec<&str>> = volumes.lines().skip(1).map(|line| line.split(',').collect()).collect();
    assert_eq!(rows.len(), 5, "{volumes}");
    assert_eq!((rows[0][0], rows[4][0]), ("2026-03-30", "2026-04-03"));
    let sum: f64 = rows.iter().map(|row| row[2].parse::<f64>().expect("a number")).sum();
    assert!((sum / 5200.0 - 1.0).abs() < 0.03, "{volumes}");
    let centre = "extends = \"volumes.toml\"\n[queues.contacts]\nopen = \"mon-fri 08:00-18:00\"\ntalk = { mean = \"4m\" }\n\
        patience = { mean = \"3m\" }\narrivals.profile = [0, 0, 0, 0, 0, 0, 0, 0, 3, 5, 5, 4, 3, 3, 3, 3, 2, 1, 0, 0, 0, 0, 0, 0]\n\
        [groups.team]\nskills = [\"contacts\"]\nstaff = { \"08:00\" = 20, \"18:00\" = 0 }\n";
    fs::write(folder.path().join("next/centre.toml"), centre).expect("there is room");
    let check = run(&["check", "next/centre.toml"]);
    assert!(check.status.success(), "{}", String::from_utf8_lossy(&check.stderr));
    let said = String::from_utf8_lossy(&check.stdout);
    assert!(said.contains("daily totals: each is spread over its day by the profile"), "{said}");
    // Of the 32 parts of a day five come from 09:00 on.
    let monday: f64 = rows[0][2].parse().expect("a number");
    assert!(said.contains(&format!("{:.1}", monday * 5.0 / 32.0)), "{monday} is not in\n{said}");
}

/// The totals of days with one course for all: each day has the total that the intervals have, and each time of day over all days
/// what they have there.
#[test]
fn totals_with_a_profile_play_the_same_volumes() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let monday: jiff::civil::Date = "2026-01-05".parse().expect("a day");
    let mut text = "Date,Time,Queue,Offered\n".to_owned();
    for day in 0..42i64 {
        let date = monday.checked_add(jiff::Span::new().days(day)).expect("a day");
        for (slot, (time, count)) in [("08:00", 40), ("08:30", 75), ("09:00", 60)].into_iter().enumerate() {
            if day % 7 < 5 {
                // Mondays begin busier than they end.
                let monday = if day % 7 == 0 { 30 - 10 * slot as i64 } else { 0 };
                text += &format!("{date},{time},Support,{}\n", count + monday + day % 3);
                text += &format!("{date},{time},Sales,{}\n", 10 + day % 4);
            }
        }
    }
    fs::write(folder.path().join("history.csv"), text).expect("there is room");
    let (code, _, wrong) =
        holdline(folder.path(), &["forecast", "history.csv", "--days", "14", "--out", "next"]);
    assert_eq!(code, Some(0), "{wrong}");
    let rest = "talk = { mean = \"4m\" }\npatience = { mean = \"3m\" }\n";
    let mut played = Vec::new();
    for form in ["volumes", "totals"] {
        let file = folder.path().join(format!("next/{form}-centre.toml"));
        let centre = format!(
            "extends = \"{form}.toml\"\n[queues.support]\n{rest}[queues.sales]\n{rest}[groups.team]\nskills = [\"support\", \"sales\"]\nstaff = 9\n"
        );
        fs::write(&file, centre).expect("there is room");
        let scenario = Scenario::load(&file, &[]).unwrap_or_else(|found| panic!("{found}")).scenario;
        let mut sums: BTreeMap<(String, bool, i64), f64> = BTreeMap::new();
        for queue in &scenario.queues {
            let arrivals = queue.arrivals.as_ref().expect("it has arrivals");
            assert!(arrivals.busyness.is_some());
            let Volume::Series(buckets) = &arrivals.volume else { panic!("volumes of days") };
            for bucket in buckets {
                let day = 86_400_000_000;
                for (by_day, key) in
                    [(true, bucket.start.div_euclid(day)), (false, bucket.start.rem_euclid(day))]
                {
                    *sums.entry((queue.name.clone(), by_day, key)).or_default() += bucket.count;
                }
            }
        }
        played.push(sums);
    }
    // Ten days and three times of two queues.
    assert_eq!(played[0].len(), 2 * (10 + 3));
    assert_eq!(played[0].keys().collect::<Vec<_>>(), played[1].keys().collect::<Vec<_>>());
    for (key, volume) in &played[0] {
        // Files have thousandths: a sum of ten of them is right to a hundredth.
        assert!((volume - played[1][key]).abs() < 0.01, "{key:?}: {volume}, {}", played[1][key]);
    }
}

/// A log whose columns are named is counted: it forecasts what its interval report forecasts.
#[test]
fn a_log_of_calls_is_counted() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let (mut log, mut report) = ("Start,What\n".to_owned(), "date,time,offered\n".to_owned());
    let monday: jiff::civil::Date = "2026-01-05".parse().expect("a day");
    for day in 0..42 {
        let date = monday.checked_add(jiff::Span::new().days(day)).expect("a day");
        for (hour, count) in [(9, 12 + day % 3), (10, 20 + day % 7)] {
            for half in [0, 30] {
                report += &format!("{date},{hour:02}:{half:02},{count}\n");
                for call in 0..count {
                    // Those who called, and one who hung up before anybody could be asked for.
                    log += &format!("{date} {hour:02}:{:02}:00,OK\n", half + call);
                }
                log += &format!("{date} {hour:02}:{half:02}:30,NEVER ASKED\n");
            }
        }
    }
    fs::write(folder.path().join("log.csv"), log).expect("there is room");
    fs::write(folder.path().join("report.csv"), report).expect("there is room");
    let flags = ["--calls", "--column", "arrived=Start", "--column", "outcome=What", "--answered", "OK"];
    let forecast = |file: &str, out: &str, more: &[&str]| {
        let (code, _, wrong) = holdline(folder.path(), &[&["forecast", file, "--out", out], more].concat());
        assert_eq!(code, Some(0), "{wrong}");
        fs::read_to_string(folder.path().join(out).join("days.csv")).expect("it is written")
    };
    let (of_log, of_report) = (forecast("log.csv", "one", &flags), forecast("report.csv", "two", &[]));
    let numbers = |text: &str| {
        text.lines().map(|line| line.split(',').skip(2).collect::<Vec<_>>().join(",")).collect::<Vec<_>>()
    };
    assert!(of_log.lines().count() > 5);
    assert_eq!(numbers(&of_log), numbers(&of_report));
}

/// Support and sales are busy on the same days, claims on others: the scenario has what they share, and says nothing of claims.
#[test]
fn queues_that_are_busy_together_share_their_days() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let monday: jiff::civil::Date = "2026-01-05".parse().expect("a day");
    let mut state = 11u64;
    let mut part = || {
        // Numerical Recipes' generator: the same history on every machine; between -1 and 1.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as f64 / f64::from(1u32 << 30) - 1.0
    };
    let mut text = "date,time,queue,offered\n".to_owned();
    for day in 0..210i64 {
        let date = monday.checked_add(jiff::Span::new().days(day)).expect("a day");
        if day % 7 >= 5 {
            continue;
        }
        let (shared, own) = (part(), part());
        for (queue, factor) in [("support", shared), ("sales", 0.9 * shared + 0.1 * part()), ("claims", own)]
        {
            for time in ["09:00", "10:00"] {
                text += &format!("{date},{time},{queue},{:.0}\n", 2_000.0 * (1.0 + 0.15 * factor));
            }
        }
    }
    fs::write(folder.path().join("history.csv"), text).expect("there is room");
    let (code, said, wrong) =
        holdline(folder.path(), &["forecast", "history.csv", "--days", "7", "--out", "next"]);
    assert_eq!(code, Some(0), "{wrong}");
    assert!(
        said.contains("busy in several queues") && said.contains("between each two of sales, support"),
        "{said}"
    );
    let toml = fs::read_to_string(folder.path().join("next/volumes.toml")).expect("it is written");
    let shared: Vec<&str> = toml.lines().filter(|line| line.contains("shared = \"days\"")).collect();
    assert_eq!(shared.len(), 2, "{toml}");
    for line in shared {
        let after = line.split("correlation = ").nth(1).expect("it has one");
        let found: f64 = after.split([',', ' ']).next().expect("a number").parse().expect("a number");
        assert!(found > 0.85, "{line}");
    }
    let rest = "talk = { mean = \"1m\" }\npatience = { mean = \"3m\" }\n";
    let centre = format!(
        "extends = \"volumes.toml\"\n[queues.support]\n{rest}[queues.sales]\n{rest}[queues.claims]\n{rest}[groups.team]\nskills = [\"support\", \"sales\", \"claims\"]\nstaff = 150\n"
    );
    let file = folder.path().join("next/centre.toml");
    fs::write(&file, centre).expect("there is room");
    let scenario = Scenario::load(&file, &[]).unwrap_or_else(|found| panic!("{found}")).scenario;
    let shares = |queue: &holdline::scenario::Queue| {
        queue.arrivals.as_ref().and_then(|one| one.busyness.as_ref()).is_some_and(|one| one.shared.is_some())
    };
    assert_eq!(scenario.queues.iter().filter(|queue| shares(queue)).count(), 2);
}
