//! Who walks a file without decoding it (what is laid over it, what is set, how it is written out again)
//! asks the declarations of keys what a value is, whatever the things of a centre are called.

use std::fs;
use std::path::Path;

use holdline::scenario::{Loaded, Scenario, Values, Volume};
use holdline::units::Span;
use tempfile::{TempDir, tempdir};

/// A folder with these files.
fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempdir().expect("a folder can be made");
    for (name, text) in files {
        fs::write(folder.path().join(name), text).expect("it can be written");
    }
    folder
}

fn load(folder: &TempDir, name: &str, settings: &[&str]) -> Loaded {
    let settings: Vec<String> = settings.iter().map(|setting| (*setting).to_owned()).collect();
    Scenario::load(&folder.path().join(name), &settings).unwrap_or_else(|found| panic!("{found}"))
}

const ROWS: &str = "interval_start,file,offered\n2026-03-02 08:00,north,30\n2026-03-02 08:30,north,40\n\
                    2026-03-02 08:00,south,3\n";

const NORTH: &str = r#"
    horizon = { start = 2026-03-02, days = 1 }
    [queues.q]
    talk = "3m"
    arrivals = { csv = { file = "acd.csv", time = "interval_start", value = "offered", where = { file = "north" } } }
    [groups.g]
    skills = ["q"]
    staff = 5
"#;

fn total(scenario: &Scenario) -> f64 {
    match &scenario.queues[0].arrivals.as_ref().expect("cases arrive").volume {
        Volume::Series(buckets) => buckets.iter().map(|bucket| bucket.count).sum(),
        volume => panic!("{volume:?}"),
    }
}

#[test]
fn a_column_called_file_is_no_path() {
    let folder = folder(&[("north.toml", NORTH), ("acd.csv", ROWS)]);
    let loaded = load(&folder, "north.toml", &[]);
    assert_eq!(total(&loaded.scenario), 70.0);
    assert!(loaded.resolved_toml.contains(r#"where = { file = "north" }"#), "{}", loaded.resolved_toml);
    // The table's own path is one, so that the text reads from anywhere.
    let again = Scenario::from_text("north.toml", &loaded.resolved_toml, &[]).unwrap().scenario;
    assert_eq!(again, loaded.scenario);
}

#[test]
fn files_of_variants_and_sweeps_are_found_from_the_folder_of_the_scenario() {
    let more = "[variants.other]\nqueues.q.arrivals.csv.file = \"other.csv\"\n\
                [sweep]\n\"queues.q.arrivals.csv.file\" = [\"acd.csv\", \"other.csv\"]\n";
    let other = ROWS.replace("north,30", "north,300");
    let folder =
        folder(&[("north.toml", &format!("{NORTH}{more}")), ("acd.csv", ROWS), ("other.csv", &other)]);
    let loaded = load(&folder, "north.toml", &[]);
    let written = |name: &str| format!("{:?}", folder.path().join(name).display().to_string());
    let setting = &loaded.scenario.variants[0].settings[0];
    assert_eq!(setting.line(), format!("queues.q.arrivals.csv.file={}", written("other.csv")));
    assert_eq!(total(&load(&folder, "north.toml", &[setting.line()]).scenario), 340.0);
    let swept = &loaded.scenario.sweep.axes[0].paths[0].1;
    assert_eq!(*swept, Values::List(vec![written("acd.csv"), written("other.csv")]));
    // Written out, it says the same.
    let again = Scenario::from_text("north.toml", &loaded.resolved_toml, &[]).unwrap().scenario;
    assert_eq!((again.variants, again.sweep), (loaded.scenario.variants, loaded.scenario.sweep));
}

const BASE: &str = r#"
    horizon = { start = 2026-03-02, days = 1 }
    [channels]
    mean = { lines = 10 }
    kind = { kind = "chat" }
    [queues]
    1st = { channel = "mean", talk = { mean = "3m" }, arrivals = { per_hour = 20 } }
    2nd = { channel = "kind", talk = { "08:00" = "3m", "12:00" = "4m" }, arrivals = { per_hour = 2 } }
    [groups.g]
    skills = ["1st", "2nd"]
    staff = 5
"#;

#[test]
fn things_called_mean_kind_or_by_a_number_are_merged_as_others_are() {
    let channels = "extends = \"base.toml\"\n[channels]\nmean = { lines = 5 }\n";
    let queues = "extends = \"base.toml\"\n[queues]\n1st = { priority = 2 }\n";
    let folder = folder(&[("base.toml", BASE), ("channels.toml", channels), ("queues.toml", queues)]);
    let over = load(&folder, "channels.toml", &[]).scenario;
    let lines: Vec<_> = over.channels.iter().map(|one| (one.name.as_str(), one.lines)).collect();
    assert_eq!(lines, [("mean", Some(5)), ("kind", None)]);
    assert_eq!(over.channels[1].kind.word(), "chat");
    let over = load(&folder, "queues.toml", &[]).scenario;
    let priorities: Vec<_> = over.queues.iter().map(|one| (one.name.as_str(), one.priority)).collect();
    assert_eq!(priorities, [("1st", 2), ("2nd", 1)]);
}

#[test]
fn distributions_and_steps_are_still_replaced_whole() {
    let over = "extends = \"base.toml\"\n[queues.1st]\ntalk = { kind = \"uniform\", low = \"1m\", high = \"3m\" }\n\
                [queues.2nd]\ntalk = { \"09:00\" = \"5m\" }\n";
    let folder = folder(&[("base.toml", BASE), ("over.toml", over)]);
    let scenario = load(&folder, "over.toml", &[]).scenario;
    assert_eq!(scenario.queues[0].talk.at(0).mean(), 120.0);
    // What began at 8:00 and at 12:00 is gone.
    let hour = Span::HOUR.micros() as i64;
    assert_eq!([1, 8, 13].map(|at| scenario.queues[1].talk.at(at * hour).mean()), [300.0; 3]);
}

#[test]
fn a_setting_makes_nothing_that_a_centre_has_but_what_is_named_after_it() {
    let shifts =
        "[groups.h]\nskills = [\"1st\"]\nshifts.early = { agents = 2, start = \"08:00\", length = \"8h\" }\n";
    let folder = folder(&[("base.toml", &format!("{BASE}{shifts}"))]);
    let refused = |setting: &str| {
        let path: &Path = &folder.path().join("base.toml");
        Scenario::load(path, &[setting.to_owned()]).unwrap_err().list[0].title.clone()
    };
    assert_eq!(refused("queues.3rd.priority=2"), "there is no queue `3rd`");
    assert_eq!(refused("channels.means.lines=2"), "there is no channel `means`");
    assert_eq!(refused("groups.h.shifts.late.agents=2"), "`groups.h` has no shift `late`");
    let transfer = load(&folder, "base.toml", &["queues.1st.transfers.2nd.probability=0.25"]).scenario;
    assert_eq!(transfer.queues[0].transfers[0].probability, 0.25);
}
