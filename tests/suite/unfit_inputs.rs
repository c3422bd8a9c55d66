//! Inputs that are no files of text, or too much of one: a sentence with a place, quickly, in little memory.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::{Duration, Instant};

const FINE: &str = r#"
horizon = { start = 2026-03-02, interval = "30m" }
experiment.replications = 2
[queues.sales]
talk     = { mean = "3m" }
patience = { mean = "2m" }
arrivals.per_hour = 60
[groups.team]
skills = ["sales"]
staff  = 4
"#;

fn binary() -> Command {
    Command::new(assert_cmd::cargo::cargo_bin("holdline"))
}

/// Runs `holdline` in a folder; fails where that takes more than ten seconds, waiting included.
#[track_caller]
fn run(folder: &Path, arguments: &[&str]) -> Output {
    let started = Instant::now();
    let mut child = binary()
        .current_dir(folder)
        .args(arguments)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("it starts");
    // What it says fits into a pipe, so it need not be read meanwhile.
    while child.try_wait().expect("it can be waited for").is_none() {
        if started.elapsed() > Duration::from_secs(10) {
            child.kill().expect("it can be ended");
            panic!("{arguments:?} takes more than ten seconds");
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    child.wait_with_output().expect("it ended")
}

/// Exit code 2, no panic, and this in the message; gives the message.
#[track_caller]
fn refused(folder: &Path, arguments: &[&str], part: &str) -> String {
    let output = run(folder, arguments);
    let said = String::from_utf8(output.stderr).expect("messages are UTF-8");
    assert_eq!(output.status.code(), Some(2), "{said}");
    assert!(said.contains(part), "{part:?} is not in\n{said}");
    assert!(!said.contains("panicked"), "{said}");
    said
}

fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("fine.toml"), FINE).expect("it can be written");
    folder
}

fn file(folder: &Path, name: &str, bytes: impl AsRef<[u8]>) {
    fs::write(folder.join(name), bytes).expect("it can be written");
}

/// The arguments that let the queue's volume come from a file.
fn volumes_from(name: &str) -> [String; 4] {
    let csv = format!("{{ file = \"{name}\", time = \"time\", value = \"value\" }}");
    let set = "--set".to_owned();
    [
        "queues.sales.arrivals.per_hour=none".to_owned(),
        set,
        format!("queues.sales.arrivals.csv={csv}"),
        "-q".to_owned(),
    ]
}

#[track_caller]
fn volumes_refused(folder: &Path, name: &str, part: &str) -> String {
    let [none, set, csv, quiet] = volumes_from(name);
    refused(folder, &["check", "fine.toml", "--set", &none, &set, &csv, &quiet], part)
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_neither_opened_nor_waited_for() {
    let folder = folder();
    let folder = folder.path();
    let made = Command::new("mkfifo").arg(folder.join("pipe")).status().expect("mkfifo starts");
    assert!(made.success());
    file(folder, "extends.toml", "extends = \"pipe\"\n");
    let kind = "a device or a pipe, not a regular file";
    refused(folder, &["check", "pipe"], kind);
    refused(folder, &["check", "/dev/zero"], kind);
    refused(folder, &["check", "."], "it is a folder");
    let said = refused(folder, &["check", "extends.toml"], kind);
    assert!(said.contains("extends.toml:1:11"), "{said}");
    volumes_refused(folder, "pipe", kind);
    volumes_refused(folder, "/dev/zero", kind);
    volumes_refused(folder, ".", "it is a folder");
}

#[test]
fn a_file_of_five_gigabytes_is_refused_by_its_size() {
    let folder = folder();
    let folder = folder.path();
    // A hole: it takes no space.
    fs::File::create(folder.join("huge")).and_then(|file| file.set_len(5 << 30)).expect("it can be made");
    refused(folder, &["check", "huge"], "it has 5120 MiB, and 16 are the most");
    volumes_refused(folder, "huge", "it has 5120 MiB, and 256 are the most");
    file(folder, "line.csv", [b"time,value\n".as_slice(), &vec![b'7'; 3 << 20]].concat());
    volumes_refused(folder, "line.csv", "a line is longer than a million bytes");
}

#[test]
fn other_encodings_are_named_with_their_place() {
    let folder = folder();
    let folder = folder.path();
    let utf_16: Vec<u8> = FINE.trim_start().encode_utf16().flat_map(u16::to_le_bytes).collect();
    file(folder, "wide.toml", [&[0xff, 0xfe], utf_16.as_slice()].concat());
    refused(folder, &["check", "wide.toml"], "it is in UTF-16, not in UTF-8");
    file(folder, "bare.toml", &utf_16);
    refused(folder, &["check", "bare.toml"], "line 1 has a byte of zero");
    file(folder, "latin.toml", [FINE.as_bytes(), b"title = \"Caf\xe9\"\n"].concat());
    let said = refused(folder, &["check", "latin.toml"], "it is not a text in UTF-8");
    // FINE has ten lines, the first of them empty.
    assert!(said.contains("latin.toml:11:13"), "{said}");
    // Tables are read in the encodings that spreadsheets write; a cell is still no number.
    file(folder, "latin.csv", b"time,value\n08:00,1\n09:00,\xe9\n");
    let said = volumes_refused(folder, "latin.csv", "line 3 of latin.csv cannot be read");
    assert!(said.contains("`\u{e9}` is not a number"), "{said}");
    file(folder, "bytes.csv", b"time,value\n08:00,\x001\n");
    volumes_refused(folder, "bytes.csv", "line 2 has a byte of zero");
}

#[test]
fn a_byte_order_mark_moves_no_column() {
    let folder = folder();
    file(folder.path(), "mark.toml", format!("\u{feff}titel = 1\n{FINE}"));
    refused(folder.path(), &["check", "mark.toml"], "mark.toml:1:1");
    file(folder.path(), "fine_mark.toml", format!("\u{feff}title = \"a\"\n{FINE}"));
    assert!(run(folder.path(), &["check", "fine_mark.toml"]).status.success());
}

#[test]
fn lines_of_windows_files_are_counted_as_editors_count_them() {
    let folder = folder();
    for (name, text) in [
        ("unix.csv", "time,value\n08:00,1\n09:00,2\nnoon,3\n"),
        ("windows.csv", "time,value\r\n08:00,1\r\n09:00,2\r\nnoon,3\r\n"),
        ("mixed.csv", "time,value\r\n08:00,1\n09:00,2\r\nnoon,3\n\r\n"),
    ] {
        file(folder.path(), name, text);
        volumes_refused(folder.path(), name, &format!("line 4 of {name} cannot be read"));
    }
}

#[test]
fn files_that_extend_each_other_without_end_are_refused() {
    let folder = folder();
    for number in 0..40 {
        file(folder.path(), &format!("c{number}.toml"), format!("extends = \"c{}.toml\"\n", number + 1));
    }
    file(folder.path(), "c40.toml", FINE);
    refused(folder.path(), &["check", "c0.toml"], "more than 32 files extend each other");
    assert!(run(folder.path(), &["check", "c10.toml"]).status.success());
}

#[test]
fn mistakes_beyond_number_are_counted_and_the_first_fifty_shown() {
    let folder = folder();
    let folder = folder.path();
    let shown = |said: &str| said.matches("error: ").count();
    let many = vec!["\"x\""; 100_000].join(", ");
    file(
        folder,
        "values.toml",
        FINE.replace("per_hour = 60", &format!("per_day = 9\narrivals.profile = [{many}]")),
    );
    let said = refused(folder, &["check", "values.toml"], "100000 mistakes, of which these are the first 50");
    assert_eq!(shown(&said), 50);
    file(folder, "broken.toml", format!("{FINE}{}", "a b c\n".repeat(100_000)));
    let said = refused(folder, &["check", "broken.toml"], "100000 mistakes");
    assert_eq!(shown(&said), 50);
    let skills: String = (0..10_000).fold(String::new(), |mut all, number| {
        let _ = writeln!(all, "\"queue{number}\",");
        all
    });
    file(folder, "skills.toml", FINE.replace("[\"sales\"]", &format!("[\n{skills}]")));
    refused(folder, &["check", "skills.toml"], "10000 mistakes");
    let queues: String = (0..10_000).fold(String::new(), |mut all, number| {
        let _ = writeln!(all, "[queues.q{number}]\ntalk = \"3m\"\nfoo = 1");
        all
    });
    file(folder, "queues.toml", format!("{FINE}{queues}"));
    let said = refused(folder, &["check", "queues.toml"], "mistakes, of which these are the first 50");
    assert!(said.contains("queues.toml:11:"), "they are the first ones of the file:\n{said}");
}

#[test]
fn paths_and_values_without_bottom_are_refused() {
    let folder = folder();
    let folder = folder.path();
    let path = vec!["a"; 20_000].join(".");
    refused(folder, &["check", "fine.toml", "--set", &format!("{path}=1")], "a path has 32 keys at most");
    refused(folder, &["sweep", "fine.toml", "--vary", &format!("{path}=1,2")], "a path has 32 keys at most");
    for deep in ["[", "{ a = "] {
        let value = deep.repeat(10_000);
        refused(folder, &["check", "fine.toml", "--set", &format!("title={value}")], "recurs");
        file(folder, "deep.toml", format!("{FINE}\nx = {value}\n"));
        refused(folder, &["check", "deep.toml"], "recurs");
    }
    file(folder, "dotted.toml", format!("{path} = 1\n{FINE}"));
    refused(folder, &["check", "dotted.toml"], "recurs");
}

#[test]
fn sweeps_that_nobody_can_wait_for_are_refused() {
    let folder = folder();
    let thousands = ["groups.team.staff", "experiment.seed", "queues.sales.priority", "horizon.days"]
        .map(|path| format!("{path}=1..1000000"));
    let mut arguments = vec!["sweep", "fine.toml", "--yes"];
    arguments.extend(thousands.iter().flat_map(|axis| ["--vary", axis.as_str()]));
    refused(folder.path(), &arguments, "it has more than 10000000 points");
    file(folder.path(), "swept.toml", format!("{FINE}[sweep.sample]\npoints = 20000000\n"));
    refused(folder.path(), &["check", "swept.toml"], "it has more than 10000000 points");
}

#[test]
fn results_that_do_not_fit_into_memory_are_refused_with_the_number() {
    let folder = folder();
    let check = |days: &str, interval: &str, rows: &str, part: &str| {
        let settings =
            [format!("horizon.days={days}"), format!("horizon.interval={interval}"), rows.to_owned()];
        let mut arguments = vec!["run", "fine.toml"];
        arguments.extend(settings.iter().flat_map(|setting| ["--set", setting.as_str()]));
        let said = refused(folder.path(), &arguments, part);
        assert!(said.contains("GiB of memory, and 4 are the most") && said.contains(" --> "), "{said}");
    };
    // 36,525 days of 48 half-hours, and a row a day.
    check("36525", "30m", "report.intervals=each", "1789725 rows of time");
    // 20 days of 86,400 seconds.
    check("20", "1s", "report.intervals=each", "1728020 rows of time");
    assert!(!folder.path().join("output").exists());
    // A hundred years by weeks and days are fine.
    let settings = ["horizon.days=36525", "horizon.interval=30m", "queues.sales.arrivals.per_hour=0.001"];
    let mut arguments = vec!["check", "fine.toml"];
    arguments.extend(settings.iter().flat_map(|setting| ["--set", setting]));
    assert!(run(folder.path(), &arguments).status.success());
}

#[test]
fn a_busyness_that_no_distribution_has_is_refused() {
    let folder = folder();
    for cv in ["0.0005", "101", "65535"] {
        let setting = format!("queues.sales.arrivals.busyness={{ cv = {cv} }}");
        refused(folder.path(), &["run", "fine.toml", "--set", &setting], "must lie between 0.001 and 100");
    }
    for cv in ["0", "0.001", "100"] {
        let setting = format!("queues.sales.arrivals.busyness={{ cv = {cv} }}");
        let output = run(folder.path(), &["run", "fine.toml", "--quiet", "--set", &setting]);
        assert!(output.status.success(), "{cv}: {}", String::from_utf8_lossy(&output.stderr));
    }
}

#[test]
fn three_hundred_groups_of_three_hundred_queues_are_played() {
    let folder = folder();
    let mut text =
        "horizon = { length = \"1h\", interval = \"1h\" }\nexperiment.replications = 1\n".to_owned();
    let names: Vec<String> = (0..300).map(|number| format!("\"q{number}\"")).collect();
    for number in 0..300 {
        let _ = write!(text, "[queues.q{number}]\ntalk = \"3m\"\narrivals.per_hour = 1\n");
        let _ = write!(text, "[groups.g{number}]\nskills = [{}]\nstaff = 1\n", names.join(", "));
    }
    file(folder.path(), "square.toml", text);
    let loaded =
        holdline::scenario::Scenario::load(&folder.path().join("square.toml"), &[]).expect("it is valid");
    let experiment = holdline::experiment::Experiment::new(&loaded.scenario).expect("it can be played");
    let abilities = &experiment.model().abilities;
    let all = experiment.model().groups.len() * experiment.model().queues.len();
    assert_eq!(all, 90_000);
    for queue in (0..300).map(holdline::units::QueueId::at) {
        assert_eq!(abilities.served_by(queue).len(), 300);
    }
    let outcome = experiment.run(&holdline::experiment::Silent).expect("it is played");
    // Three hundred agents for fifteen Erlangs: nobody waits.
    assert_eq!(outcome.results.figure("total.wait").expect("someone called").value, 0.0);
}

#[test]
fn names_that_steer_a_terminal_are_refused_and_shown_as_escapes() {
    let folder = folder();
    let folder = folder.path();
    for (name, code) in [
        ("\\u001b[31m", "U+001B"),
        ("a\\nb", "U+000A"),
        ("\\u2028", "U+2028"),
        ("\\u0000", "U+0000"),
        ("\\u009b", "U+009B"),
        ("\\u202e", "U+202E"),
    ] {
        let named = format!("\"x{name}\"");
        for text in [
            FINE.replace("sales", &named).replace(&format!("\"{named}\""), &named),
            format!("title = {named}\n{FINE}"),
            format!("{FINE}[variants.{named}]\ngroups.team.staff = 5\n"),
            FINE.replace(
                "arrivals.per_hour",
                &format!("arrivals.busyness = {{ cv = 0.1, shared = {named} }}\narrivals.per_hour"),
            ),
        ] {
            file(folder, "named.toml", &text);
            let said = refused(folder, &["check", "named.toml"], code);
            assert!(said.contains("named.toml:"), "{said}");
        }
    }
    let steers = |said: &str| said.chars().any(|c| c != '\n' && holdline::units::is_unprintable(c));
    for arguments in [
        &["check", "fine.toml", "--set", "groups.team.skills[0]=\u{1b}[31m"][..],
        &["check", "fine.toml", "--set", "queues.\u{1b}[31m\u{9b}.priority=1"],
        &["compare", "fine.toml", "--figure", "\u{1b}[31m"],
        &["check", "nowhere\u{1b}[31m.toml"],
        &["run", "--\u{1b}[31m"],
    ] {
        let output = run(folder, arguments);
        let said = String::from_utf8(output.stderr).expect("messages are UTF-8");
        assert_eq!(output.status.code(), Some(2), "{said}");
        assert!(!steers(&said), "{said:?}");
    }
    #[cfg(unix)]
    {
        let name = "new\n\u{1b}[31mline.toml";
        file(folder, name, FINE.replace("patience", "patince"));
        let said = refused(folder, &["check", name], "new\\n\\u{1b}[31mline.toml:6:1");
        assert!(!steers(&said), "{said:?}");
    }
}

#[test]
fn what_a_run_was_of_keeps_its_title() {
    let folder = folder();
    let loaded =
        holdline::scenario::Scenario::load(&folder.path().join("fine.toml"), &[]).expect("it is valid");
    let again =
        holdline::scenario::Scenario::from_text("scenario.toml", &loaded.resolved_toml, &[]).expect("it is");
    assert_eq!(again.scenario.title, "fine");
    assert_eq!(again.scenario, loaded.scenario);
    assert_eq!(again.resolved_toml, loaded.resolved_toml);
}

#[test]
fn check_says_where_a_run_would_stop() {
    let folder = folder();
    let waits = ["queues.sales.patience=none", "queues.sales.arrivals.per_hour=4000000"];
    let mut arguments = vec!["check", "fine.toml"];
    arguments.extend(waits.iter().flat_map(|setting| ["--set", setting]));
    let checked = run(folder.path(), &arguments);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    // 96 million in a day, of which four agents serve 1,920.
    let stops = "A run would stop: 96.0 million contacts would wait in sales";
    assert!(checked.status.success() && said.contains(stops), "{said}");
    arguments[0] = "run";
    refused(folder.path(), &arguments, "more than a million contacts wait");
    // With patience, no more wait at once than come while one waits.
    let patient = run(folder.path(), &["check", "fine.toml", "--set", waits[1]]);
    assert!(!String::from_utf8_lossy(&patient.stdout).contains("A run would stop"));
}

#[test]
fn volumes_that_no_float_holds_are_refused() {
    let folder = folder();
    for (setting, part) in [
        (
            "queues.sales.arrivals={ per_hour = \"none\", per_day = 9, profile = [1, 1e308] }",
            "weights of 1e12 at most",
        ),
        ("queues.sales.arrivals.weekday={ mon = 1e308 }", "more than a hundred million cases a day"),
        (
            "queues.sales.arrivals.events.e={ at = 2026-03-02T10:00:00, length = \"1h\", factor = 1e308 }",
            "a hundred million",
        ),
    ] {
        refused(folder.path(), &["check", "fine.toml", "--set", setting], part);
    }
}
