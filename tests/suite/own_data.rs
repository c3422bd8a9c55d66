//! Tables that other programs wrote give the volume that stands in them, or an error that says what to do.

use std::fs;
use std::path::{Path, PathBuf};

use holdline::random::Distribution;
use holdline::scenario::{Loaded, Scenario, Volume};
use holdline::units::Span;

const HOUR: i64 = Span::HOUR.micros() as i64;

/// A day of one queue whose volume comes from a file in `tests/tables`.
const DAY: &str = r#"
[horizon]
start = 2025-01-20
days  = 1
[queues.q]
talk = { mean = "4m" }
[groups.g]
skills = ["q"]
staff = 100
"#;

fn tables() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/tables")
}

/// Loads a scenario with lines of its own, paths being relative to `folder`; else its mistakes as text.
fn load_in(folder: &Path, text: &str, settings: &[&str]) -> Result<Loaded, String> {
    let own = tempfile::tempdir().expect("a temporary folder");
    let path = own.path().join("centre.toml");
    let text = text.replace("@/", &format!("{}/", folder.display()));
    fs::write(&path, text).expect("it can be written");
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    Scenario::load(&path, &settings).map_err(|mistakes| mistakes.to_string())
}

/// A day with this `arrivals.csv` in place.
fn day(csv: &str, settings: &[&str]) -> Result<Loaded, String> {
    let text = DAY.replace("[groups.g]", &format!("arrivals.csv = {{ {csv} }}\n[groups.g]"));
    load_in(&tables(), &text, settings)
}

fn volume(scenario: &Scenario) -> &Volume {
    &scenario.queues[0].arrivals.as_ref().expect("cases begin there").volume
}

/// What comes of the first queue between two hours since the start.
fn between(scenario: &Scenario, from: i64, to: i64) -> f64 {
    let inside = |start: i64, end: i64| (end.min(to * HOUR) - start.max(from * HOUR)).max(0) as f64;
    match volume(scenario) {
        Volume::Series(buckets) => buckets
            .iter()
            .map(|bucket| {
                let length = bucket.length.micros() as i64;
                bucket.count * inside(bucket.start, bucket.start + length) / length as f64
            })
            .sum(),
        Volume::Rate { per_hour, .. } => {
            let mut all = 0.0;
            for midnight in (from.div_euclid(24)..=to.div_euclid(24)).map(|day| day * 24 * HOUR) {
                let steps = per_hour.steps();
                for (index, (at, rate)) in steps.iter().enumerate() {
                    let end = steps.get(index + 1).map_or(Span::DAY, |next| next.0);
                    let (start, end) = (midnight + at.micros() as i64, midnight + end.micros() as i64);
                    all += rate * inside(start, end) / HOUR as f64;
                }
            }
            all
        }
        Volume::Trace(arrivals) => {
            arrivals.iter().filter(|at| (from * HOUR..to * HOUR).contains(*at)).count() as f64
        }
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() < 1e-6
}

#[track_caller]
fn gives(csv: &str, settings: &[&str], volume: f64) -> Loaded {
    let loaded = day(csv, settings).unwrap_or_else(|mistakes| panic!("{csv}:\n{mistakes}"));
    let seen = between(&loaded.scenario, 0, 24);
    assert!(near(seen, volume), "{csv}: {seen}, not {volume}");
    loaded
}

#[track_caller]
fn refuses(csv: &str, settings: &[&str], part: &str) {
    match day(csv, settings) {
        Ok(loaded) => panic!("{csv} gives {}", between(&loaded.scenario, 0, 24)),
        Err(mistakes) => assert!(mistakes.contains(part), "{csv}: {part:?} is not in\n{mistakes}"),
    }
}

#[track_caller]
fn warns(loaded: &Loaded, part: &str) {
    let text = loaded.warnings.to_string();
    assert!(text.contains(part), "{part:?} is not in\n{text}");
}

const UTC: &str = "horizon.time_zone=UTC";

fn file(name: &str, time: &str) -> String {
    format!("file = \"@/{name}\", time = \"{time}\", value = \"Calls\"")
}

#[test]
fn a_file_is_read_whatever_program_wrote_it() {
    for (name, time, volume) in [
        ("bom.csv", "Date", 220.0),
        ("crlf.csv", "Date", 105.0),
        ("hms.csv", "Time", 220.0),
        ("onedigit.csv", "Time", 220.0),
        ("semi.csv", "Date", 220.0),
        ("tab.csv", "Date", 220.0),
        ("pipe.csv", "Date", 220.0),
        ("german.csv", "Date", 220.0),
        ("us.csv", "Date", 220.0),
        ("slashiso.csv", "Date", 105.0),
        ("dateonly.csv", "Date", 100.0),
        ("range.csv", "Interval", 220.0),
        ("hour24.csv", "Date", 100.0),
        ("thousands.csv", "Date", 2723.0),
        ("deccomma.csv", "Date", 26.0),
        ("emptycell.csv", "Date", 220.0),
        ("na.csv", "Date", 5.0),
        ("total.csv", "Date", 220.0),
        ("preamble.csv", "Date", 220.0),
    ] {
        gives(&file(name, time), &[], volume);
    }
    gives("file = \"@/latin1.csv\", time = \"Zeit\", value = \"Gespräche\"", &[], 200.0);
    gives("file = \"@/utf16.csv\", time = \"Datum\", value = \"Anrufe\", interval = \"30m\"", &[], 100.0);
    gives(&(file("datetime2.csv", "Time") + ", date = \"Date\""), &[], 220.0);
    let midnight = gives(&file("hour24.csv", "Date"), &["horizon.days=2"], 100.0);
    assert!(near(between(&midnight.scenario, 24, 25), 120.0));
    // The columns' names need not be exact.
    gives("file = \"@/bom.csv\", time = \"DATE\", value = \"calls \"", &[], 220.0);
}

#[test]
fn what_is_left_out_is_told() {
    warns(&gives(&file("emptycell.csv", "Date"), &[], 220.0), "1 of 3 values of");
    warns(&gives(&file("na.csv", "Date"), &[], 5.0), "the first gap is in line 2");
    warns(&gives(&file("total.csv", "Date"), &[], 220.0), "line 5 is a total and is left out");
    warns(&gives(&file("hour24.csv", "Date"), &[], 100.0), "lie outside the horizon");
    // A gap keeps the length of the rows about it.
    let gap = gives(&file("emptycell.csv", "Date"), &[], 220.0);
    assert!(near(between(&gap.scenario, 9, 10), 100.0) && near(between(&gap.scenario, 10, 11), 120.0));
    let notes = gives(&file("deccomma.csv", "Date"), &[], 26.0).notes;
    assert!(notes.iter().any(|note| note.ends_with("decimals stand behind a comma")), "{notes:?}");
}

#[test]
fn nothing_adds_up_in_silence() {
    refuses(&file("duphead.csv", "Date"), &[], "several columns `Calls`");
    refuses(&file("duptime.csv", "Date"), &[], "lines 2 and 3 are the first");
    refuses(&file("duptime.csv", "Date"), &[], "`sum = true` adds them up");
    gives(&(file("duptime.csv", "Date") + ", sum = true"), &[], 320.0);
    refuses(&file("datetime2.csv", "Time"), &[], "`date = \"Date\"`");
    refuses(&file("negative.csv", "Date"), &[], "line 3 of");
    let multi =
        |more: &str| format!("file = \"@/multi.csv\", time = \"Interval Start\", value = \"Offered\"{more}");
    refuses(&multi(""), &[], "they differ in `Media Type`");
    gives(&multi(", where = { Skill = 7, \"Media Type\" = \"Voice\" }"), &[], 220.0);
    gives(&multi(", sum = true"), &[], 280.0);
    refuses(&multi(", where = { \"Media Type\" = \"voice\" }"), &[], "did you mean `Voice`?");
}

#[test]
fn moments_are_converted_to_the_centres_clock_or_refused() {
    for (name, hour) in [("fracz.csv", 9), ("epoch.csv", 9), ("offset.csv", 8)] {
        let loaded = gives(&file(name, "Date"), &[UTC], 220.0);
        let seen = between(&loaded.scenario, hour, hour + 1);
        assert!(near(seen, 220.0), "{name}: {seen} at {hour}");
        refuses(&file(name, "Date"), &[], "horizon.time_zone = ");
    }
    let paris = gives(&file("offset.csv", "Date"), &["horizon.time_zone=Europe/Paris"], 220.0);
    assert!(near(between(&paris.scenario, 9, 10), 220.0));
    // What its owner knows better.
    let local = gives(&(file("fracz.csv", "Date") + ", time_zone = \"local\""), &[], 220.0);
    assert!(near(between(&local.scenario, 9, 10), 220.0));
    // Times without a mark in a file of another zone.
    let utc = file("bom.csv", "Date") + ", time_zone = \"UTC\"";
    let paris = gives(&utc, &["horizon.time_zone=Europe/Paris"], 220.0);
    assert!(near(between(&paris.scenario, 10, 11), 220.0));
    refuses(&utc, &[], "needs `horizon.time_zone`");
    refuses(&file("bom.csv", "Date"), &["horizon.time_zone=Europe/Pari"], "there is no zone `Europe/Pari`");
}

#[test]
fn an_export_in_utc_stands_right_on_both_sides_of_the_end_of_summer_time() {
    let text = r#"
[horizon]
start = 2026-10-23
days  = 4
time_zone = "Europe/London"
[queues.claims]
open = "mon-fri 08:00-18:00"
talk = { mean = "5m" }
arrivals.csv = { file = "@/utc_export.csv", time = "Interval Start UTC Date", value = "Offered", where = { Queue = "Claims" } }
[groups.team]
skills = ["claims"]
staff  = 12
"#;
    let loaded = load_in(&tables(), text, &[]).expect("it is fine");
    let Volume::Series(buckets) = volume(&loaded.scenario) else { panic!("no series") };
    let half = HOUR / 2;
    let at: Vec<(i64, f64)> = buckets.iter().map(|bucket| (bucket.start / half, bucket.count)).collect();
    let monday = 3 * 48;
    let expected =
        [(16, 30.0), (17, 60.0), (18, 30.0), (monday + 16, 30.0), (monday + 17, 60.0), (monday + 18, 30.0)];
    assert_eq!(at, expected);
    assert!(loaded.warnings.list.is_empty(), "{}", loaded.warnings);
    let refused = load_in(&tables(), text, &["horizon.time_zone=none"]).expect_err("there is no zone");
    assert!(refused.contains("horizon.time_zone = \"Europe/London\""), "{refused}");
}

#[test]
fn the_hours_that_a_clock_repeats_and_leaves_out_are_told() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let text = |start: &str| {
        format!(
            "{}\n[queues.q.arrivals.csv]\nfile = \"@/f.csv\"\ntime = \"t\"\nvalue = \"n\"\n",
            DAY.replace("2025-01-20", start).replace("days  = 1", "days = 1\ntime_zone = \"Europe/London\"")
        )
    };
    // The clock shows 01:00 at 00:00 and at 01:00 of Greenwich.
    let rows = "t,n\n2026-10-25T00:00:00Z,10\n2026-10-25T00:30:00Z,20\n2026-10-25T01:00:00Z,40\n2026-10-25T01:30:00Z,80\n";
    fs::write(folder.path().join("f.csv"), rows).expect("there is room");
    let loaded = load_in(folder.path(), &text("2026-10-25"), &[]).expect("it is fine");
    assert!(near(between(&loaded.scenario, 1, 2), 150.0));
    warns(&loaded, "comes twice");
    // Between 01:00 and 02:00 of 29 March no clock of London shows anything.
    fs::write(folder.path().join("f.csv"), "t,n\n2026-03-29 01:00,10\n2026-03-29 01:30,20\n")
        .expect("there is room");
    warns(&load_in(folder.path(), &text("2026-03-29"), &[]).expect("it is fine"), "the clock leaves out");
}

#[test]
fn tickets_are_replayed_whatever_way_their_time_is_written() {
    let trace = |number: usize, more: &str, settings: &[&str]| {
        let name = if number == 0 { "tickets.csv".to_owned() } else { format!("tickets-{number:02}.csv") };
        let text = DAY.replace("2025-01-20", "2026-03-02").replace(
            "[groups.g]",
            &format!("arrivals.trace = {{ file = \"@/{name}\", time = \"created_at\"{more} }}\n[groups.g]"),
        );
        load_in(&tables(), &text, settings)
    };
    let half_past_eight = Volume::Trace(vec![17 * HOUR / 2]);
    for number in [0, 1, 2, 4, 7, 10, 11, 12] {
        let loaded = trace(number, "", &[]).unwrap_or_else(|mistakes| panic!("{number}: {mistakes}"));
        assert_eq!(*volume(&loaded.scenario), half_past_eight, "{number}");
    }
    for (number, zone) in [(3, "UTC"), (5, "UTC"), (6, "Europe/Berlin"), (13, "UTC"), (14, "UTC")] {
        let zone = format!("horizon.time_zone={zone}");
        let loaded = trace(number, "", &[&zone]).unwrap_or_else(|mistakes| panic!("{number}: {mistakes}"));
        assert_eq!(*volume(&loaded.scenario), half_past_eight, "{number}");
        let refused = trace(number, "", &[]).expect_err("there is no zone");
        assert!(refused.contains("horizon.time_zone = "), "{number}: {refused}");
    }
    for (number, order) in [(8, "mdy"), (9, "dmy")] {
        let refused = trace(number, "", &[]).expect_err("it can be read twice");
        assert!(refused.contains("`dates = \"dmy\"` or `dates = \"mdy\"`"), "{number}: {refused}");
        let loaded = trace(number, &format!(", dates = \"{order}\""), &[]).expect("it is said");
        assert_eq!(*volume(&loaded.scenario), half_past_eight, "{number}");
    }
}

#[test]
fn handle_times_of_an_export_are_lengths_of_time() {
    let sample = |csv: &str| {
        let distribution =
            format!("talk = {{ kind = \"empirical\", csv = {{ {csv} }} }}\narrivals.per_day = 500");
        load_in(&tables(), &DAY.replace("talk = { mean = \"4m\" }", &distribution), &[])
    };
    let loaded = sample("file = \"@/aht.csv\", value = \"Talk Time\"").expect("it is fine");
    assert_eq!(
        *loaded.scenario.queues[0].talk.at(0),
        Distribution::empirical(vec![255.0, 65.0]).expect("a distribution")
    );
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |text: &str| fs::write(folder.path().join("aht.csv"), text).expect("there is room");
    let own = |more: &str| {
        let path = folder.path().join("aht.csv");
        sample(&format!("file = \"{}\", value = \"Talk (min)\"{more}", path.display()))
    };
    write("Talk (min)\n4.25\n1.5\n\n");
    assert!(own("").expect_err("seconds or minutes?").contains("`unit = \"minutes\"`"));
    let loaded = own(", unit = \"minutes\"").expect("it is said");
    assert_eq!(
        *loaded.scenario.queues[0].talk.at(0),
        Distribution::empirical(vec![255.0, 90.0]).expect("a distribution")
    );
    write("Talk (min),x\n4:15,1\n4m15s,2\n,3\n0:04:15,4\n");
    let loaded = own("").expect("these say what they are");
    assert_eq!(
        *loaded.scenario.queues[0].talk.at(0),
        Distribution::empirical(vec![255.0; 3]).expect("a distribution")
    );
    warns(&loaded, "1 rows of");
}

#[test]
fn a_queue_log_without_a_head_is_replayed_by_numbers_of_columns() {
    let text = |trace: &str| {
        DAY.replace("2025-01-20", "2026-03-02\ntime_zone = \"UTC\"")
            .replace("[groups.g]", &format!("arrivals.trace = {{ {trace} }}\n[groups.g]"))
    };
    let second = 1_000_000;
    let at = |minutes: i64, seconds: i64| (8 * 3600 + minutes * 60 + seconds) * second;
    let entries = Volume::Trace(vec![at(45, 0), at(45, 50), at(48, 20), at(51, 21)]);
    let raw =
        "file = \"@/queue_log\", head = false, time = \"1\", where = { 5 = \"ENTERQUEUE\", 3 = \"support\" }";
    let named = "file = \"@/queue_log.csv\", time = \"time\", where = { event = \"ENTERQUEUE\", queue = \"support\" }";
    for trace in [raw, named] {
        let loaded = load_in(&tables(), &text(trace), &[]).unwrap_or_else(|mistakes| panic!("{mistakes}"));
        assert_eq!(*volume(&loaded.scenario), entries);
    }
    let headed = "file = \"@/queue_log\", time = \"time\"";
    let refused = load_in(&tables(), &text(headed), &[]).expect_err("there is no head");
    assert!(refused.contains("`head = false`"), "{refused}");
}

#[test]
fn a_date_may_have_a_column_of_its_own() {
    let csv = "file = \"@/acd.csv\", date = \"Date\", time = \"Time\", value = \"Incoming Calls\"";
    let loaded = gives(csv, &["horizon.days=3"], 265.0);
    assert!(near(between(&loaded.scenario, 24, 48), 250.0) && near(between(&loaded.scenario, 48, 72), 255.0));
    refuses(
        "file = \"@/acd.csv\", time = \"Time\", value = \"Incoming Calls\"",
        &["horizon.days=3"],
        "`date = \"Date\"`",
    );
}

#[test]
fn daily_totals_are_spread_over_the_opening_hours_or_by_a_profile() {
    let text = r#"
[horizon]
start = 2026-03-02
days  = 5
[queues.q]
open = "mon-fri 08:00-18:00"
talk = { mean = "415s" }
arrivals.csv = { file = "@/daily.csv", time = "date", value = "calls" }
[groups.g]
skills = ["q"]
staff = 40
"#;
    let totals = [1500.0, 1550.0, 1480.0, 1520.0, 1600.0];
    let evenly = load_in(&tables(), text, &[]).expect("it is fine");
    assert!(evenly.warnings.list.is_empty(), "{}", evenly.warnings);
    let profile =
        "queues.q.arrivals.profile=[0, 0, 0, 0, 0, 0, 0, 0, 3, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]";
    let shaped = load_in(&tables(), text, &[profile]).expect("it is fine");
    for (day, total) in (0..).zip(totals) {
        let hour =
            |scenario: &Scenario, from: i64, to: i64| between(scenario, day * 24 + from, day * 24 + to);
        for scenario in [&evenly.scenario, &shaped.scenario] {
            assert!(near(hour(scenario, 8, 18), total) && near(hour(scenario, 0, 24), total), "day {day}");
        }
        assert!(near(hour(&evenly.scenario, 8, 9), total / 10.0));
        assert!(near(hour(&shaped.scenario, 8, 9), total / 4.0));
    }
    // The same weights in a file: 3 of 12 in the first hour, half of these in each half of it.
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("profile.csv");
    let with = |rows: &str| {
        fs::write(&path, format!("from,calls\n{rows}")).expect("there is room");
        let table = format!("{{ file = \"{}\", time = \"from\", value = \"calls\" }}", path.display());
        load_in(&tables(), text, &[&format!("queues.q.arrivals.profile_csv={table}")])
    };
    let half_hours: String = (16..36)
        .map(|half| format!("{:02}:{:02},{}\n", half / 2, half % 2 * 30, if half < 18 { 3 } else { 1 }))
        .collect();
    let of_file = with(&half_hours).expect("it is fine");
    for (day, total) in (0..).zip(totals) {
        let hour = |from: i64, to: i64| between(&of_file.scenario, day * 24 + from, day * 24 + to);
        assert!(near(hour(8, 9), total / 4.0) && near(hour(8, 18), total) && near(hour(0, 24), total));
    }
    for (rows, reason) in [
        ("2026-03-02 08:00,3\n2026-03-02 08:30,3\n", "it has dates"),
        ("08:00,3\n", "no common step"),
        ("08:00,3\n08:30,2\n09:00,1\n09:20,1\n", "is no multiple of 30m"),
        ("08:00,0\n08:30,0\n", "sum to 0"),
    ] {
        let found = with(rows).expect_err("it is refused").to_string();
        assert!(found.contains(reason), "no `{reason}` in\n{found}");
    }
    let table = format!(
        "{{ file = \"{}\", time = \"from\", value = \"calls\", counts = \"offered\" }}",
        path.display()
    );
    let found = load_in(&tables(), text, &[&format!("queues.q.arrivals.profile_csv={table}")]);
    assert!(
        found
            .expect_err("it is refused")
            .contains("`queues.q.arrivals.profile_csv.counts` has no meaning here")
    );
}

#[test]
fn a_wide_table_is_read_across() {
    let wide = "file = \"@/wide.csv\", wide = true, where = { skill = \"LOANS\" }";
    let loaded = gives(wide, &[], 61.0);
    assert!(near(between(&loaded.scenario, 8, 9), 27.0) && near(between(&loaded.scenario, 9, 10), 34.0));
    refuses("file = \"@/wide.csv\", wide = true", &[], "they differ in `skill`");
    refuses("file = \"@/wide.csv\", wide = true, value = \"8:00\"", &[], "both `wide` and `value`");
    refuses("file = \"@/bom.csv\", wide = true", &[], "has no columns for times of day");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("days.csv");
    fs::write(&path, "Time;20.01.2025;21.01.2025\n08:00;12,5;3\n08:30;7;4\n").expect("there is room");
    let days = format!("file = \"{}\", wide = true, time = \"Time\"", path.display());
    let loaded = gives(&days, &["horizon.days=2"], 19.5);
    assert!(near(between(&loaded.scenario, 32, 33), 7.0));
    fs::write(&path, "Date,08:00,08:30\n2025-01-20,12,7\n2025-01-21,3,4\n").expect("there is room");
    let times = format!("file = \"{}\", wide = true, date = \"Date\"", path.display());
    let loaded = gives(&times, &["horizon.days=2"], 19.0);
    assert!(near(between(&loaded.scenario, 32, 33), 7.0));
}

#[test]
fn a_workbook_is_read_like_any_table() {
    let csv =
        |more: &str| format!("file = \"@/calls.xlsx\", time = \"Interval Start\", value = \"Calls\"{more}");
    let loaded = gives(&csv(", where = { Queue = \"Voice\" }"), &[], 101.523);
    assert!(near(between(&loaded.scenario, 9, 10), 101.523));
    warns(&loaded, "is a total and is left out");
    refuses(&csv(""), &[], "they differ in `Queue`");
    refuses(&csv(", sheet = \"April\""), &[], "its sheets are `Notes`, `March`");
    refuses(&(file("bom.csv", "Date") + ", sheet = \"March\""), &[], "it is not an Excel workbook");
    gives(&csv(", sheet = \"March\", where = { Queue = \"Chat\" }, interval = \"30m\""), &[], 7.0);
    let distribution = "talk = { kind = \"empirical\", csv = { file = \"@/calls.xlsx\", value = \"Talk\", where = { Queue = \"Voice\" } } }\narrivals.per_day = 5";
    let loaded =
        load_in(&tables(), &DAY.replace("talk = { mean = \"4m\" }", distribution), &[]).expect("it is fine");
    assert_eq!(
        *loaded.scenario.queues[0].talk.at(0),
        Distribution::empirical(vec![255.0, 65.0]).expect("a distribution")
    );
}

/// A way to write something.
type Way<T> = (&'static str, fn(T) -> String);

/// Every way to write a table, with the volume that it must have.
#[test]
fn no_shape_of_a_file_is_silently_wrong() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("shape.csv");
    let dates: [Way<u32>; 9] = [
        ("iso", |day| format!("2025-01-{day}")),
        ("iso with slashes", |day| format!("2025/01/{day}")),
        ("points", |day| format!("{day}.01.2025")),
        ("short points", |day| format!("{day}.1.25")),
        ("day first", |day| format!("{day}/01/2025")),
        ("month first", |day| format!("1/{day}/2025")),
        ("named", |day| format!("Jan {day}, 2025")),
        ("excel's", |day| format!("{day}-Jan-25")),
        ("compact", |day| format!("202501{day}")),
    ];
    let times: [Way<u32>; 5] = [
        ("plain", |half| format!("{:02}:{:02}", half / 2, half % 2 * 30)),
        ("one digit", |half| format!("{}:{:02}", half / 2, half % 2 * 30)),
        ("seconds", |half| format!("{:02}:{:02}:00", half / 2, half % 2 * 30)),
        ("halves of the day", |half| {
            let hour = half / 2;
            format!("{}:{:02} {}", (hour + 11) % 12 + 1, half % 2 * 30, if hour < 12 { "AM" } else { "PM" })
        }),
        ("ranges", |half| {
            let clock = |half: u32| format!("{:02}:{:02}", half / 2, half % 2 * 30);
            format!("{} - {}", clock(half), clock(half + 1))
        }),
    ];
    let numbers: [Way<f64>; 5] = [
        ("points", |number| number.to_string()),
        ("commas", |number| number.to_string().replace('.', ",")),
        ("thousands and points", |number| {
            if number >= 1000.0 {
                format!("{},{:06.2}", (number / 1000.0) as u32, number % 1000.0)
            } else {
                format!("{number:.2}")
            }
        }),
        ("thousands and commas", |number| {
            let written = if number >= 1000.0 {
                format!("{};{:06.2}", (number / 1000.0) as u32, number % 1000.0)
            } else {
                format!("{number:.2}")
            };
            written.replace('.', ",").replace(';', ".")
        }),
        ("spaces", |number| {
            if number >= 1000.0 {
                format!("{}\u{a0}{:03}", (number / 1000.0) as u32, number % 1000.0)
            } else {
                number.to_string()
            }
        }),
    ];
    let bytes = |text: &str, encoding: &str| -> Vec<u8> {
        match encoding {
            "UTF-8" => text.as_bytes().to_vec(),
            "a mark" => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            "Latin-1" => text.chars().map(|c| u8::try_from(u32::from(c)).expect("it is Latin")).collect(),
            "UTF-16" => [0xfeff].into_iter().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
            _ => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
        }
    };
    let volumes = [(20, 17, 1200.0), (20, 27, 7.5), (21, 17, 33.25)];
    let mut shapes = 0;
    let separators = [",", ";", "\t", "|"];
    let encodings = ["UTF-8", "a mark", "Latin-1", "UTF-16", "UTF-16 without a mark"];
    for (index, (date_way, date)) in dates.iter().enumerate() {
        for (second, (time_way, time)) in times.iter().enumerate() {
            for (third, (number_way, number)) in numbers.iter().enumerate() {
                for layout in ["one column", "two columns", "wide"] {
                    let turn = index + second + third;
                    let (separator, encoding) = (separators[turn % 4], encodings[(turn + second) % 5]);
                    let quoted = |cell: String| {
                        if cell.contains(separator) { format!("\"{cell}\"") } else { cell }
                    };
                    let ends = if third.is_multiple_of(2) { "\n" } else { "\r\n" };
                    let row = |cells: Vec<String>| {
                        cells.into_iter().map(quoted).collect::<Vec<_>>().join(separator)
                    };
                    let mut rows: Vec<String> = Vec::new();
                    let keys = match layout {
                        "one column" => {
                            rows.push(row(vec!["Größe".into(), "Beginn".into(), "Anrufe".into()]));
                            for (day, half, volume) in volumes {
                                rows.push(row(vec![
                                    "x".into(),
                                    format!("{} {}", date(day), time(half)),
                                    number(volume),
                                ]));
                            }
                            "time = \"beginn\", value = \"Anrufe\""
                        }
                        "two columns" => {
                            rows.push(row(vec![
                                "Tag".into(),
                                "Größe".into(),
                                "Beginn".into(),
                                "Anrufe".into(),
                            ]));
                            for (day, half, volume) in volumes {
                                rows.push(row(vec![date(day), "x".into(), time(half), number(volume)]));
                            }
                            "date = \"Tag\", time = \"Beginn\", value = \"Anrufe\", where = { \"Größe\" = \"x\" }"
                        }
                        _ => {
                            rows.push(row(vec!["Größe".into(), "Tag".into(), time(17), time(27)]));
                            rows.push(row(vec!["x".into(), date(20), number(1200.0), number(7.5)]));
                            rows.push(row(vec!["x".into(), date(21), number(33.25), String::new()]));
                            "date = \"Tag\", wide = true"
                        }
                    };
                    let text = rows.join(ends) + ends;
                    fs::write(&path, bytes(&text, encoding)).expect("there is room");
                    let shape = format!(
                        "{layout}, dates {date_way}, times {time_way}, numbers {number_way}, {encoding}:\n{text}"
                    );
                    let csv = format!("file = \"{}\", interval = \"30m\", {keys}", path.display());
                    let loaded =
                        day(&csv, &["horizon.days=2"]).unwrap_or_else(|mistakes| panic!("{shape}{mistakes}"));
                    for (from, to, expected) in
                        [(8, 9, 1200.0), (13, 14, 7.5), (32, 33, 33.25), (0, 48, 1240.75)]
                    {
                        let seen = between(&loaded.scenario, from, to);
                        assert!(near(seen, expected), "{seen}, not {expected} from {from} to {to}: {shape}");
                    }
                    shapes += 1;
                }
            }
        }
    }
    assert_eq!(shapes, 9 * 5 * 5 * 3);
}

#[test]
fn what_can_be_read_in_two_ways_is_asked() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let path = folder.path().join("shape.csv");
    for (text, key, answers) in [
        (
            "t;n\n2025-01-20 08:00;1.523\n2025-01-20 08:30;900\n",
            "decimal",
            [("\".\"", 901.523), ("\",\"", 2423.0)],
        ),
        (
            "t;n\n2025-01-20 08:00;1,523\n2025-01-20 08:30;900\n",
            "decimal",
            [("\".\"", 2423.0), ("\",\"", 901.523)],
        ),
        (
            "t,n\n20.01.2025 08:00,1.523\n20.01.2025 08:30,900\n",
            "decimal",
            [("\".\"", 901.523), ("\",\"", 2423.0)],
        ),
        ("t,n\n20.01.2025 08:00,1.523\n20.01.2025 08:30,900.5\n", "", [("", 902.023), ("", 902.023)]),
    ] {
        fs::write(&path, text).expect("there is room");
        let csv = |more: &str| format!("file = \"{}\", time = \"t\", value = \"n\"{more}", path.display());
        if !key.is_empty() {
            refuses(&csv(""), &[], &format!("`{key} = "));
        }
        for (answer, volume) in answers {
            let more = if key.is_empty() { String::new() } else { format!(", {key} = {answer}") };
            gives(&csv(&more), &[], volume);
        }
    }
    let csv = |more: &str| format!("file = \"{}\", time = \"t\", value = \"n\"{more}", path.display());
    // 1 February or January 2: nothing decides.
    fs::write(&path, "t,n\n01/02/2025 08:00,5\n01/02/2025 08:30,7\n").expect("there is room");
    refuses(&csv(""), &[], "`dates = \"dmy\"` or `dates = \"mdy\"`");
    gives(&csv(", dates = \"mdy\""), &["horizon.start=2025-01-02"], 12.0);
    gives(&csv(", dates = \"dmy\""), &["horizon.start=2025-02-01"], 12.0);
    // An offset, or the end of an hour.
    fs::write(&path, "t,n\n2025-01-20 08:00-09:00,5\n").expect("there is room");
    refuses(&csv(""), &[], "line 2 of");
    // Both orders in one column, and what is no day.
    fs::write(&path, "t,n\n20/01/2025 08:00,5\n01/20/2025 08:30,7\n").expect("there is room");
    refuses(&csv(""), &[], "line 3 of");
    fs::write(&path, "t,n\n31.04.2025 08:00,5\n").expect("there is room");
    refuses(&csv(""), &[], "line 2 of");
    // Two columns that are alike.
    fs::write(&path, "T,n,t\n2025-01-20 08:00,5,2025-01-20 09:00\n").expect("there is room");
    refuses(
        "file = \"F\", time = \"t \", value = \"N\"".replace('F', &path.display().to_string()).as_str(),
        &[],
        "interval = ",
    );
    fs::write(&path, "Ti me,n,ti_me\n2025-01-20 08:00,5,2025-01-20 09:00\n").expect("there is room");
    refuses(
        "file = \"F\", time = \"TIME\", value = \"n\"".replace('F', &path.display().to_string()).as_str(),
        &[],
        "are alike",
    );
}

/// The scenarios of the page read the files of the page, and have as many cases as it says.
#[test]
fn the_page_about_own_data_reads_its_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let mut read = 0;
    for block in crate::markdown::blocks(include_str!("../../docs/own-data.md")) {
        match block.info.split_once(' ') {
            Some(("csv", name)) => fs::write(folder.path().join(name), block.text).expect("there is room"),
            Some(("toml", cases)) => {
                let path = folder.path().join("centre.toml");
                fs::write(&path, &block.text).expect("there is room");
                let loaded = Scenario::load(&path, &[])
                    .unwrap_or_else(|mistakes| panic!("{}\n{mistakes}", block.text));
                let told = loaded.warnings.list.iter().filter(|one| !one.title.ends_with("sums itself up"));
                assert_eq!(told.count(), 0, "{}", loaded.warnings);
                let cases: f64 = cases
                    .strip_suffix(" cases")
                    .and_then(|cases| cases.parse().ok())
                    .expect("a number of cases");
                let days = (loaded.scenario.horizon.length.micros() / Span::DAY.micros()) as i64;
                let seen = between(&loaded.scenario, 0, 24 * days);
                assert!(near(seen, cases), "{seen}, not {cases}:\n{}", block.text);
                read += 1;
            }
            _ => panic!("a block is neither a file nor a scenario: {}", block.info),
        }
    }
    assert_eq!(read, 7);
}
