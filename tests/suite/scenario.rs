//! What a scenario file says, and what is read from it.

use std::path::{Path, PathBuf};

use holdline::random::Distribution;
use holdline::scenario::{
    AtClose, Blocks, BreakTime, ByAttempt, Counts, Hours, IntervalRows, Loaded, Queue, Scenario, Staff,
    Volume, reference, schema,
};
use holdline::units::Within;
use holdline::units::{Span, TimeOfDay};
use holdline::vocabulary::{AgentRule, AtEnd, Leave, Requeue, ServiceLevelFormula};
use proptest::prelude::*;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn load(path: &str, settings: &[&str]) -> Loaded {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    Scenario::load(&root().join(path), &settings).unwrap_or_else(|found| panic!("{found}"))
}

fn read(text: &str, settings: &[&str]) -> Scenario {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    Scenario::from_text("test.toml", text, &settings).unwrap_or_else(|found| panic!("{found}")).scenario
}

fn queue<'s>(scenario: &'s Scenario, name: &str) -> &'s Queue {
    scenario.queues.iter().find(|queue| queue.name == name).expect("the queue is there")
}

fn seconds(seconds: u64) -> Span {
    Span::from_whole_seconds(seconds)
}

const DAY: i64 = Span::DAY.micros() as i64;
const HOUR: i64 = Span::HOUR.micros() as i64;

#[test]
fn horizon_experiment_and_report_say_what_they_say() {
    let scenario = load("tests/every_key/calendar.toml", &[]).scenario;
    assert_eq!(scenario.title, "Every key, with a calendar");
    let horizon = &scenario.horizon;
    assert_eq!(horizon.start.map(|date| date.to_string()).as_deref(), Some("2026-03-02"));
    assert_eq!((horizon.length, horizon.interval, horizon.warm_up), (Span::DAY * 7, seconds(900), Span::DAY));
    assert_eq!(horizon.at_end, AtEnd::Drain);
    let experiment = &scenario.experiment;
    assert_eq!((experiment.replications, experiment.seed, experiment.confidence), (20, 3, 0.9));
    let precision = experiment.precision.as_ref().expect("it has one");
    assert_eq!(precision.figure, "queues.a.abandonment");
    assert_eq!((precision.half_width, precision.max_replications), (0.01, 50));
    assert_eq!((scenario.report.fcr_window, scenario.report.intervals), (Span::DAY * 3, IntervalRows::Each));
    assert_eq!(scenario.routing.agents, AgentRule::LongestIdle);
    assert_eq!(scenario.routing.reserve, [("a".to_owned(), 2)]);
    assert_eq!((scenario.channels[0].lines, scenario.channels[0].max_waiting), (Some(30), Some(20)));
}

#[test]
fn a_queue_says_what_it_says() {
    let scenario = load("tests/every_key/calendar.toml", &[]).scenario;
    let a = queue(&scenario, "a");
    assert_eq!(
        (a.stream.as_str(), a.channel.as_str(), a.priority, a.max_waiting),
        ("old_a", "phone", 2, Some(10))
    );
    assert_eq!(a.at_close, AtClose::ServeFor(seconds(600)));
    let patience = a.patience.as_ref().expect("it has one");
    assert_eq!(patience.balk, 0.02);
    assert_eq!(
        *patience.distribution.at(0),
        Distribution::weibull_native(1.5, 180.0).expect("a distribution")
    );
    let overflow = a.overflow.as_ref().expect("it has one");
    assert_eq!((overflow.after, overflow.to.as_str()), (seconds(120), "b"));
    let answer = a.answer.as_ref().expect("it has one");
    assert_eq!((answer.share, answer.within, answer.short), (0.8, Within::Clock(seconds(20)), seconds(5)));
    assert_eq!(answer.formula, ServiceLevelFormula::ShortAbandonsMet);
    assert_eq!(a.max_abandonment, Some(0.05));
    assert_eq!(a.resolve.as_ref().map(|resolve| resolve.within), Some(Within::WorkingDays(2.0)));
    let retry = a.after_abandon.as_ref().expect("it has one");
    assert_eq!((&retry.probability, retry.limit), (&ByAttempt(vec![0.4, 0.2]), Some(4)));
    assert_eq!(retry.delay, Some(Distribution::exponential(720.0).expect("a distribution")));
    assert_eq!(retry.to, [("a".to_owned(), 0.5), ("b".to_owned(), 0.25)]);
    let repeat_contact = a.resolution.repeat_contact.as_ref().expect("it has one");
    assert_eq!((a.resolution.probability, repeat_contact.probability), (0.78, 0.6));
    assert_eq!(a.transfers.len(), 1);
    assert_eq!((a.transfers[0].to.as_str(), a.transfers[0].requeue), ("b", Requeue::Age));
    let b = queue(&scenario, "b");
    assert_eq!((b.stream.as_str(), b.at_close, b.hours.clone()), ("b", AtClose::Clear, Hours::Always));
    assert_eq!(b.answer.as_ref().map(|answer| answer.formula), Some(ServiceLevelFormula::AbandonsMet));
    assert_eq!(b.resolution.probability, 1.0);
}

#[test]
fn opening_hours_pass_midnight_pause_and_have_exceptions() {
    let scenario = load("tests/every_key/calendar.toml", &[]).scenario;
    let Hours::Weekly { weekdays, dates } = &queue(&scenario, "a").hours else { panic!("not always open") };
    let time = |text| TimeOfDay::parse(text).expect("a time of day");
    assert_eq!(weekdays[0], [(time("8:00"), time("12:00")), (time("13:00"), time("18:00"))]);
    assert_eq!(weekdays[5], [(time("22:00"), time("26:00"))]);
    assert!(weekdays[6].is_empty());
    assert_eq!(dates[0].1, []);
    assert_eq!(dates[1].1, [(time("10:00"), time("11:00"))]);
}

#[test]
fn distributions_and_step_tables_change_at_their_times() {
    let scenario = load("tests/every_key/calendar.toml", &[]).scenario;
    let talk = &queue(&scenario, "a").talk;
    let lognormal = |mean| {
        let distribution = Distribution::lognormal(mean, 1.1).expect("a distribution");
        Distribution::truncated(distribution, Some(5.0), Some(3600.0)).expect("a distribution")
    };
    for (hour, mean) in [(7, 300.0), (8, 240.0), (11, 240.0), (12, 300.0), (24 + 9, 240.0)] {
        assert_eq!(*talk.at(hour * HOUR), lognormal(mean), "at {hour}:00");
    }
    let wrap_up = queue(&scenario, "a").wrap_up.as_ref().expect("it has one");
    assert_eq!(*wrap_up.at(17 * HOUR), Distribution::constant(30.0).expect("a distribution"));
    assert_eq!(*wrap_up.at(18 * HOUR), Distribution::gamma(40.0, 0.5).expect("a distribution"));
    let distribution = |name: &str| queue(&scenario, name).talk.at(0).clone();
    assert_eq!(distribution("b"), Distribution::triangular(60.0, 120.0, 300.0).expect("a distribution"));
    assert_eq!(distribution("c"), Distribution::empirical(vec![60.0, 90.0, 120.0]).expect("a distribution"));
    let parts = vec![
        (0.3, Distribution::exponential(540.0).expect("a distribution")),
        (0.7, Distribution::erlang(60.0, 3).expect("a distribution")),
    ];
    assert_eq!(distribution("d"), Distribution::mixture(parts).expect("a distribution"));
    assert_eq!(distribution("e"), Distribution::hyperexponential(180.0, 2.0).expect("a distribution"));
}

#[test]
fn without_a_calendar_steps_count_from_the_start_and_spaced_values_come_round() {
    let scenario = load("tests/every_key/steady.toml", &[]).scenario;
    let line = queue(&scenario, "line");
    let Volume::Rate { per_hour, .. } = &line.arrivals.as_ref().expect("it has some").volume else {
        panic!("a rate")
    };
    let half = HOUR / 2;
    assert_eq!([-half, 0, 5 * half, 90 * half].map(|at| *per_hour.at(at)), [60.0, 60.0, 90.0, 90.0]);
    let patience = &line.patience.as_ref().expect("it has one").distribution;
    assert_eq!([-half, 0, half, 2 * half].map(|at| patience.at(at).mean()), [180.0, 120.0, 180.0, 120.0]);
    let event = &line.arrivals.as_ref().expect("it has some").events[0];
    assert_eq!((event.at, event.length, event.factor), (HOUR, seconds(1800), 2.0));
}

#[test]
fn a_profile_spreads_a_day_and_no_profile_spreads_it_over_the_opening_hours() {
    let scenario = load("tests/every_key/calendar.toml", &[]).scenario;
    let arrivals = queue(&scenario, "a").arrivals.as_ref().expect("it has some");
    let Volume::Rate { per_hour, weekday } = &arrivals.volume else { panic!("a rate") };
    assert_eq!([1, 7, 13, 19].map(|hour| *per_hour.at(hour * HOUR)), [0.0, 75.0, 150.0, 75.0]);
    assert_eq!(*weekday, [1.3, 1.0, 1.0, 1.0, 1.0, 1.0, 0.0]);
    assert_eq!(arrivals.events[0].at, 2 * DAY + 10 * HOUR);
    let busyness = arrivals.busyness.as_ref().expect("it has one");
    assert_eq!((busyness.cv, busyness.correlation), (0.1, 0.7));
    assert_eq!(busyness.shared.as_deref(), Some("weather"));

    let arrivals = queue(&scenario, "d").arrivals.as_ref().expect("it has some");
    let Volume::Rate { per_hour, .. } = &arrivals.volume else { panic!("a rate") };
    assert_eq!([9, 19].map(|hour| *per_hour.at(hour * HOUR)), [150.0, 0.0], "times its factor");
    let file = root().join("tests/every_key/calendar.toml");
    let mistakes = Scenario::load(&file, &["queues.c.arrivals.factor=2".to_owned()]).expect_err("a trace");
    assert!(mistakes.render(false).contains("a trace is replayed as it is"), "{}", mistakes.render(false));

    let scenario = read(
        &OFFICE
            .replace("staff = 3", "staff = 3\n[queues.desk.arrivals]\nper_day = 100\nweekday = { tue = 2 }"),
        &[],
    );
    let Volume::Series(buckets) = &queue(&scenario, "desk").arrivals.as_ref().expect("it has some").volume
    else {
        panic!("a series")
    };
    let of_day = |day: i64| -> f64 {
        buckets.iter().filter(|bucket| bucket.start.div_euclid(DAY) == day).map(|bucket| bucket.count).sum()
    };
    assert_eq!([0, 1, 2, 5].map(of_day), [100.0, 200.0, 100.0, 0.0]);
    assert_eq!(buckets[0].start, 8 * HOUR);
}

const OFFICE: &str = r#"
[horizon]
start = 2026-03-02
days = 7
[queues.desk]
open = "mon-fri 08:00-18:00"
talk = "3m"
[groups.team]
skills = ["desk"]
staff = 3
"#;

#[test]
fn files_are_filtered_summed_and_placed_in_time() {
    let scenario = load("tests/every_key/calendar.toml", &[]).scenario;
    let arrivals = queue(&scenario, "b").arrivals.as_ref().expect("it has some");
    assert_eq!(arrivals.counts, Counts::Offered);
    let Volume::Series(buckets) = &arrivals.volume else { panic!("a series") };
    let found: Vec<(i64, Span, f64)> = buckets.iter().map(|b| (b.start, b.length, b.count)).collect();
    let half = seconds(1800);
    let expected = [(8 * HOUR, half, 30.0), (8 * HOUR + HOUR / 2, half, 40.0), (DAY + 9 * HOUR, half, 50.0)];
    assert_eq!(found, expected);
    let trace = &queue(&scenario, "c").arrivals.as_ref().expect("it has some").volume;
    assert_eq!(*trace, Volume::Trace(vec![9 * HOUR, DAY + 10 * HOUR + 500_000]));
    let heads = scenario.groups.iter().find(|group| group.name == "i").and_then(|group| group.staff.as_ref());
    let Some(Staff::Steps(heads)) = heads else { panic!("steps") };
    assert_eq!([7, 8, 13, 20].map(|hour| *heads.at(hour * HOUR)), [0, 3, 5, 0]);
}

#[test]
fn groups_say_what_they_say() {
    let scenario = load("tests/every_key/calendar.toml", &[]).scenario;
    let group = &scenario.groups[0];
    assert_eq!((group.site.as_deref(), group.pay_per_hour()), (Some("lyon"), Some(17.75)));
    assert_eq!(group.shrinkage.blocks, Blocks::UpTo(0.28));
    let skill = &group.skills[0];
    assert_eq!((skill.priority.first, skill.takes.first, skill.speed), (2, 1, 0.85));
    assert_eq!((skill.resolution, skill.after), (Some(0.8), Some(seconds(90))));
    assert!(skill.talk.is_some());
    assert_eq!((group.skills[1].priority.first, group.skills[1].takes.first), (3, 3));
    let early = &group.shifts[0];
    assert_eq!(early.agents, [13, 12, 12, 12, 12, 0, 0]);
    assert_eq!((early.most(), early.days), (13, [true, true, true, true, true, false, false]));
    assert_eq!((early.start.to_string(), early.length), ("08:00".to_owned(), seconds(8 * 3600 + 1800)));
    let (after, spread) = (Span::HOUR * 2, seconds(45 * 60));
    assert_eq!((early.breaks[0].time, early.breaks[0].paid), (BreakTime::After { after, spread }, true));
    assert!(!early.breaks[1].paid);
    let time = |text| TimeOfDay::parse(text).expect("a time of day");
    // The night's meal lies on the day after the shift's start.
    assert_eq!(group.shifts[1].breaks[0].time, BreakTime::Between(time("25:00"), time("27:00")));
    let second = &scenario.groups[1];
    assert_eq!((second.leave, second.skills.len()), (Leave::FirstToFinish, 4));
    assert_eq!((second.shrinkage.absence, second.shrinkage.blocks), (0.05, Blocks::Share(0.05)));
    let Some(Staff::Steps(staff)) = &second.staff else { panic!("steps") };
    assert_eq!([0, 7, 23, 24].map(|hour| *staff.at(hour * HOUR)), [1, 4, 2, 1]);
}

#[test]
fn an_extended_file_is_merged_by_key_and_distributions_are_replaced_whole() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| {
        let path: PathBuf = folder.path().join(name);
        std::fs::write(&path, text).expect("it can be written");
        path
    };
    let base =
        OFFICE.replace("talk = \"3m\"", "talk = { kind = \"gamma\", mean = \"3m\", cv = 0.5 }\npriority = 4");
    write("base.toml", &base);
    let over = |text: &str| {
        let path = write(
            "over.toml",
            &format!("extends = \"base.toml\"\n{text}\n[queues.desk.arrivals]\nper_hour = 9"),
        );
        Scenario::load(&path, &[]).unwrap_or_else(|found| panic!("{found}")).scenario
    };
    let gamma = |mean| Distribution::gamma(mean, 0.5).expect("a distribution");
    let talk = |scenario: &Scenario| scenario.queues[0].talk.at(0).clone();

    let scenario = over("queues.desk.wrap_up = \"9s\"");
    assert_eq!((talk(&scenario), scenario.queues[0].priority), (gamma(180.0), 4));
    assert!(scenario.queues[0].wrap_up.is_some());
    let scenario = over("queues.desk.talk = { mean = \"5m\" }");
    assert_eq!(talk(&scenario), Distribution::exponential(300.0).expect("a distribution"));
    // One number by its dotted path leaves the rest of the distribution alone.
    let scenario = over("queues.desk.talk.mean = \"5m\"");
    assert_eq!(talk(&scenario), gamma(300.0));
    let scenario = over("queues.desk.open = \"none\"\nqueues.desk.priority = \"none\"");
    assert_eq!((scenario.queues[0].hours.clone(), scenario.queues[0].priority), (Hours::Always, 1));
}

#[test]
fn settings_reach_every_number_by_its_dotted_path() {
    let file = "tests/every_key/calendar.toml";
    let set = |setting: &str| load(file, &[setting]).scenario;
    assert_eq!(set("queues.a.priority=7").queues[0].priority, 7);
    assert_eq!(set("groups.g.shifts.early.agents = 3").groups[0].shifts[0].most(), 3);
    assert_eq!(
        set("queues.b.patience=90s").queues[1].patience.as_ref().map(|p| p.distribution.at(0).mean()),
        Some(90.0)
    );
    assert_eq!(set("queues.a.talk.mean.08:00=2m").queues[0].talk.steps().len(), 3);
    let later = load("scenarios/first.toml", &["horizon.start=2026-03-09"]).scenario;
    assert_eq!(later.horizon.start.map(|date| date.day()), Some(9));
    assert!(set("queues.a.overflow=none").queues[0].overflow.is_none());
    let Volume::Rate { per_hour, .. } =
        &set("profiles.quarters[0]=4").queues[0].arrivals.clone().expect("some").volume
    else {
        panic!("a rate")
    };
    assert_eq!(*per_hour.at(0), 150.0);
    // Later settings go over earlier ones.
    assert_eq!(load(file, &["horizon.days=2", "horizon.days=3"]).scenario.horizon.length, Span::DAY * 3);
}

#[test]
fn the_order_of_tables_plays_no_part_but_for_the_order_of_reports() {
    let text = std::fs::read_to_string(root().join("scenarios/retail.toml")).expect("it can be read");
    let mut sections: Vec<String> = Vec::new();
    for line in text.lines() {
        if line.starts_with('[') || sections.is_empty() {
            sections.push(String::new());
        }
        let last = sections.len() - 1;
        sections[last].push_str(line);
        sections[last].push('\n');
    }
    let top = sections.remove(0);
    sections.reverse();
    let sorted = |text: &str| {
        let mut scenario = read(text, &[]);
        scenario.queues.sort_by(|a, b| a.name.cmp(&b.name));
        scenario.groups.sort_by(|a, b| a.name.cmp(&b.name));
        scenario.variants.sort_by(|a, b| a.name.cmp(&b.name));
        for queue in &mut scenario.queues {
            queue.transfers.sort_by(|a, b| a.to.cmp(&b.to));
        }
        for group in &mut scenario.groups {
            group.skills.sort_by(|a, b| a.queue.cmp(&b.queue));
            group.shifts.sort_by(|a, b| a.name.cmp(&b.name));
        }
        scenario
    };
    assert_eq!(sorted(&text), sorted(&format!("{top}{}", sections.concat())));
}

fn shipped() -> Vec<String> {
    let mut files: Vec<String> = std::fs::read_dir(root().join("scenarios"))
        .expect("the folder is there")
        .map(|entry| format!("scenarios/{}", entry.expect("listed").file_name().to_string_lossy()))
        .filter(|name| name.ends_with(".toml"))
        .collect();
    files.sort();
    files
}

#[test]
fn the_resolved_file_reads_as_the_same_scenario_from_any_folder() {
    let mut files = shipped();
    files.extend(["calendar", "channels", "steady"].map(|name| format!("tests/every_key/{name}.toml")));
    for file in files {
        let loaded = load(&file, &["experiment.seed=99"]);
        let again = Scenario::from_text("elsewhere.toml", &loaded.resolved_toml, &[])
            .unwrap_or_else(|found| panic!("{file}: {found}\n{}", loaded.resolved_toml));
        let mut scenario = loaded.scenario;
        if !loaded.resolved_toml.contains("title = ") {
            scenario.title = "elsewhere".to_owned();
        }
        assert_eq!(again.scenario, scenario, "{file}");
        assert_eq!(again.resolved_toml, loaded.resolved_toml, "{file}");
    }
}

#[test]
fn shipped_scenarios_have_no_mistakes_and_no_doubts() {
    assert!(shipped().len() >= 5);
    for file in shipped() {
        let warnings = load(&file, &[]).warnings;
        assert!(warnings.list.is_empty(), "{file}: {warnings}");
    }
    let starter = Scenario::from_text("starter.toml", holdline::cli::new::STARTER, &[]);
    assert!(starter.expect("the starter has no mistakes").warnings.list.is_empty());
}

#[test]
fn the_reference_is_up_to_date() {
    let written = std::fs::read_to_string(root().join("docs/scenario.md")).expect("it can be read");
    assert!(written == reference(), "run `holdline schema --reference > docs/scenario.md`");
}

#[test]
fn the_schema_is_draft_7_and_all_its_references_lead_somewhere() {
    let schema = schema();
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    fn check(value: &serde_json::Value, definitions: &serde_json::Value) {
        if let Some(name) = value["$ref"].as_str() {
            let name = name.strip_prefix("#/definitions/").expect("a local reference");
            assert!(definitions[name].is_object(), "{name}");
        }
        match value {
            serde_json::Value::Object(map) => map.values().for_each(|value| check(value, definitions)),
            serde_json::Value::Array(items) => items.iter().for_each(|value| check(value, definitions)),
            _ => {}
        }
    }
    check(&schema, &schema["definitions"]);
    assert!(schema["definitions"]["queue"]["properties"]["patience"].is_object());
    assert!(schema["properties"]["sweep"].is_object());
}

proptest! {
    /// Whatever is typed into a file, reading it gives a scenario or mistakes, never a panic.
    #[test]
    fn no_file_makes_the_reader_panic(
        file in 0usize..2,
        cuts in proptest::collection::vec((0.0..1.0f64, 0usize..12, 0usize..24), 1..4),
    ) {
        let file = ["scenarios/retail.toml", "tests/every_key/channels.toml"][file];
        let pieces = [
            "", "\"", "[", "]", "{", "}", "=", "-1", "1e999", "nan", "\"none\"", "\n[queues.a]\n", "0", "é", "99999999999",
            "\"2wd\"", ", 5", "2026-02-30", "08:00", ".x", "\"mon-sun 00:00-48:00\"", "true", "#", "\n",
        ];
        let mut text = std::fs::read_to_string(root().join(file)).expect("it can be read");
        for (place, length, piece) in cuts {
            let mut start = (place * text.len() as f64) as usize;
            while !text.is_char_boundary(start) {
                start -= 1;
            }
            let mut end = (start + length).min(text.len());
            while !text.is_char_boundary(end) {
                end += 1;
            }
            text.replace_range(start..end, pieces[piece]);
        }
        if let Err(found) = Scenario::from_text("broken.toml", &text, &[]) {
            prop_assert!(found.errors() > 0);
            prop_assert!(!found.render(false).is_empty());
        }
    }
}
