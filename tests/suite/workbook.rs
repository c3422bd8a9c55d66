//! The workbook of a run or a comparison, read back: every cell against the files of the same play.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use assert_cmd::Command;
use calamine::{Data, Reader as _, Xlsx, open_workbook_from_rs};
use holdline::figures::{Figure, Unit};
use serde_json::Value;

fn holdline(arguments: &[&str], out: &Path) {
    let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command.args(arguments).args(["--quiet", "--xlsx", "--out"]).arg(out).assert().success();
}

type Sheets = Vec<(String, Vec<Vec<Data>>)>;

fn sheets(out: &Path) -> Sheets {
    let bytes = fs::read(out.join("tables.xlsx")).expect("a workbook was written");
    let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).expect("it is a workbook");
    book.worksheets()
        .into_iter()
        .map(|(name, range)| (name, range.rows().map(<[Data]>::to_vec).collect()))
        .collect()
}

fn records(path: &Path) -> Vec<Vec<String>> {
    let mut reader = csv::ReaderBuilder::new().has_headers(false).from_path(path).expect("it was written");
    reader.records().map(|row| row.expect("a row").iter().map(str::to_owned).collect()).collect()
}

fn text(cell: &Data) -> String {
    match cell {
        Data::Empty => String::new(),
        Data::String(text) => text.clone(),
        other => panic!("{other:?} is no text"),
    }
}

/// What a number of a file is in its cell: the same number, or of a duration that part of a day.
fn is(cell: &Data, number: f64, duration: bool) -> bool {
    number_of(cell, duration) == Some(if duration { number / 86_400.0 } else { number })
}

fn number_of(cell: &Data, duration: bool) -> Option<f64> {
    match cell {
        Data::Float(value) if !duration => Some(*value),
        Data::DateTime(time) if duration && time.is_duration() => Some(time.as_f64()),
        _ => None,
    }
}

/// Whether a column of a file is a time.
fn is_time(column: &str) -> bool {
    let stem = ["_half_width", "_days_p10", "_days_p90"].iter().find_map(|end| column.strip_suffix(end));
    let figure = Figure::ALL.iter().find(|figure| figure.name() == stem.unwrap_or(column));
    let known = ["start_seconds", "length_seconds", "seconds", "mean_time"].contains(&column);
    known || figure.is_some_and(|figure| figure.unit() == Unit::Seconds)
}

/// Every cell of a sheet against the file that it is called like. Returns how many cells were numbers.
fn compare(rows: &[Vec<Data>], file: &[Vec<String>], time: &dyn Fn(&[String], &str) -> bool) -> usize {
    let heads: Vec<String> = rows[0].iter().map(text).collect();
    let own = |head: &str| ["date", "weekday", "time"].contains(&head);
    let kept: Vec<usize> = (0..heads.len()).filter(|&i| !own(&heads[i])).collect();
    assert_eq!(kept.iter().map(|&i| heads[i].as_str()).collect::<Vec<_>>(), file[0], "the same columns");
    assert_eq!(rows.len(), file.len(), "the same rows");
    let mut numbers = 0;
    for (row, record) in rows.iter().zip(file).skip(1) {
        for (&column, written) in kept.iter().zip(record) {
            let (cell, head) = (&row[column], &heads[column]);
            match written.parse::<f64>() {
                Ok(number) => {
                    assert!(is(cell, number, time(record, head)), "{head}: {cell:?} is not {written}");
                    numbers += 1;
                }
                Err(_) => assert_eq!(text(cell), *written, "{head}"),
            }
        }
    }
    numbers
}

/// Rows of time have their date, weekday and clock time as such.
fn times(rows: &[Vec<Data>]) {
    let column = |name: &str| rows[0].iter().position(|head| text(head) == name).expect("it is there");
    let [label, start, length] = ["label", "start_seconds", "length_seconds"].map(column);
    assert_eq!([column("date"), column("weekday"), column("time")], [label + 1, label + 2, label + 3]);
    for row in &rows[1..] {
        let [Data::DateTime(start), Data::DateTime(length)] = [&row[start], &row[length]] else {
            panic!("start and length are durations")
        };
        let label_text = text(&row[label]);
        // `2026-03-02T08:00`, `Mon 08:00`, `2026-03-02`.
        let between = if label_text.starts_with('2') { 'T' } else { ' ' };
        let (day, clock) = label_text.split_once(between).unwrap_or((&label_text, ""));
        if let Ok(date) = day.parse::<jiff::civil::Date>() {
            let Data::DateTime(cell) = row[label + 1] else { panic!("{day}: {:?}", row[label + 1]) };
            let epoch = jiff::civil::Date::constant(1899, 12, 30);
            assert_eq!(cell.as_f64(), f64::from(date.since(epoch).expect("later").get_days()));
            let name = date.strftime("%A").to_string();
            assert_eq!(text(&row[label + 2]), name);
        } else {
            assert_eq!(row[label + 1], Data::Empty, "{label_text}");
            assert!(text(&row[label + 2]).starts_with(day), "{label_text}");
        }
        match &row[label + 3] {
            Data::Empty => assert_eq!(length.as_f64(), 1.0, "{label_text}: a day has no clock time"),
            Data::DateTime(time) => {
                assert!((time.as_f64() - start.as_f64().fract()).abs() < 1e-9, "{label_text}");
                let minutes = (time.as_f64() * 1440.0).round() as u64;
                assert_eq!(clock, format!("{:02}:{:02}", minutes / 60, minutes % 60));
            }
            other => panic!("{other:?} is no time"),
        }
    }
}

/// A table of the terminal and the page against `summary.json`.
fn readable(rows: &[Vec<Data>], summary: &Value) -> usize {
    let by_label: BTreeMap<&str, &Figure> = Figure::ALL.iter().map(|f| (f.label(), f)).collect();
    let heads: Vec<String> = rows[0].iter().map(text).collect();
    let mut cells = 0;
    for row in &rows[1..] {
        let name = text(&row[0]);
        for (head, cell) in heads.iter().zip(row).skip(1) {
            let (label, part) =
                head.strip_suffix(" \u{b1}").map_or((head.as_str(), "value"), |label| (label, "half_width"));
            let Some(figure) = by_label.get(label) else {
                assert!(["Channel", "Site", "Targets"].contains(&label), "{label}");
                continue;
            };
            let of = |scope: &Value| scope["figures"][figure.name()].clone();
            let all = ["queues", "channels", "groups", "follow_ups"].map(|kind| of(&summary[kind][&name]));
            let total = (name == "total").then(|| [of(&summary["total"]), of(&summary["all_groups"])]);
            let values: Vec<f64> =
                all.iter().chain(total.iter().flatten()).filter_map(|value| value[part].as_f64()).collect();
            match cell {
                Data::Empty => {}
                cell => {
                    let duration = figure.unit() == Unit::Seconds;
                    let number = number_of(cell, duration).expect("a number");
                    // JSON is read to the last digit but one.
                    let same = |value: &f64| {
                        let right = if duration { value / 86_400.0 } else { *value };
                        (number - right).abs() <= 1e-15 * right.abs()
                    };
                    assert!(values.iter().any(same), "{name} {head}: {cell:?} {values:?}");
                    cells += 1;
                }
            }
        }
    }
    cells
}

#[test]
fn every_cell_of_a_runs_workbook_is_what_its_files_say() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("run");
    let arguments = ["run", "scenarios/omnichannel.toml", "--charts", "none", "--replications", "2"];
    holdline(&arguments, &out);
    let sheets = sheets(&out);
    let names: Vec<&str> = sheets.iter().map(|(name, _)| name.as_str()).collect();
    let files = ["queues.csv", "intervals.csv", "groups.csv", "cases.csv", "journeys.csv", "backlog.csv"];
    assert_eq!((names[0], &names[names.len() - 6..]), ("About", &files[..]));
    let summary = fs::read_to_string(out.join("summary.json")).expect("a summary was written");
    let summary: Value = serde_json::from_str(&summary).expect("JSON");
    let cases_in_seconds = |record: &[String], column: &str| match column {
        "value" | "half_width" => is_time(&record[2]),
        _ => is_time(column),
    };
    let plain = |_: &[String], column: &str| is_time(column);
    for (name, rows) in &sheets[1..] {
        let cells = match name.as_str() {
            "cases.csv" => compare(rows, &records(&out.join(name)), &cases_in_seconds),
            name if name.ends_with(".csv") => compare(rows, &records(&out.join(name)), &plain),
            _ => readable(rows, &summary),
        };
        assert!(cells > 0, "{name} has numbers");
        if ["intervals.csv", "backlog.csv"].contains(&name.as_str()) {
            times(rows);
        }
    }
    for table in ["Queues", "Chats, messages, deferred", "Groups", "Cases"] {
        assert!(names.contains(&table), "{names:?}");
    }
    let about: Vec<(String, String)> = sheets[0].1.iter().map(|row| (text(&row[0]), text(&row[1]))).collect();
    let says = |what: &str| about.iter().find(|(key, _)| key == what).map(|(_, text)| text.as_str());
    assert_eq!(says("holdline"), Some(env!("CARGO_PKG_VERSION")));
    assert_eq!(says("Scenario"), summary["title"].as_str());
    assert_eq!(says("Seed").map(str::parse), summary["seed"].as_u64().map(Ok));
    assert_eq!(says("Replications"), Some("2"));
    assert_eq!(says("Mean wait, all"), Some(Figure::Wait.meaning()));
    assert!(names[1..].iter().all(|name| says(name).is_some()), "every sheet is named on the first");

    // The same bytes again, and none where nobody asked.
    let again = folder.path().join("again");
    holdline(&arguments, &again);
    let read = |out: &Path| fs::read(out.join("tables.xlsx")).expect("a workbook");
    assert!(read(&out) == read(&again), "the same run makes the same workbook");
    let mut without = Command::cargo_bin("holdline").expect("the binary is built with the tests");
    without.current_dir(env!("CARGO_MANIFEST_DIR")).args(arguments).args(["--quiet", "--out"]).arg(&again);
    without.assert().success();
    assert!(!again.join("tables.xlsx").exists(), "an old workbook goes with the other old results");
}

/// Names like formulas, a comparison with differences below nothing, rows by weekday.
const CENTRE: &str = r#"
horizon = { start = 2026-03-02, days = 84, interval = "1h" }
experiment.replications = 2
[queues."=1+1"]
talk     = { mean = "3m" }
patience = { mean = "2m" }
arrivals = { per_hour = { "10:00" = 20, "12:00" = 0 } }
target   = { share = 0.8, within = "20s" }
[groups.team]
skills = ["=1+1"]
staff  = 2
[variants."-more"]
groups.team.staff = 3
"#;

#[test]
fn a_comparison_has_a_workbook_and_names_stay_texts() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let centre = folder.path().join("centre.toml");
    fs::write(&centre, CENTRE).expect("it can be written");
    let centre = centre.to_str().expect("a plain path");
    let out = folder.path().join("compare");
    holdline(&["compare", centre], &out);
    let time = |record: &[String], column: &str| {
        let of = record[0].rsplit('.').next().expect("a name");
        let times = ["value", "value_half_width", "difference_half_width", "independent_half_width", "delta"];
        times.contains(&column) && is_time(of)
    };
    let unquoted = |file: &str| -> Vec<Vec<String>> {
        let plain = |cell: String| cell.strip_prefix('\'').map(str::to_owned).unwrap_or(cell);
        records(&out.join(file)).into_iter().map(|row| row.into_iter().map(plain).collect()).collect()
    };
    let book = sheets(&out);
    let names: Vec<&str> = book.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["About", "compare.csv", "targets.csv"]);
    assert!(compare(&book[1].1, &unquoted("compare.csv"), &time) > 0);
    assert!(compare(&book[2].1, &unquoted("targets.csv"), &|_, _| false) > 0);
    let below = |row: &Vec<Data>| matches!(row[4], Data::Float(difference) if difference < 0.0);
    assert!(book[1].1[1..].iter().any(below), "a difference below nothing is a number");

    let out = folder.path().join("run");
    holdline(&["run", centre, "--charts", "none"], &out);
    let book = sheets(&out);
    let (_, intervals) = book.iter().find(|(name, _)| name == "intervals.csv").expect("a sheet of intervals");
    times(intervals);
    assert_eq!(text(&intervals[1][1]), "=1+1");
}

/// A row for each point: settings that are numbers stay numbers, figures are those of `sweep.csv`.
#[test]
fn a_sweep_has_a_workbook() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let out = folder.path().join("sweep");
    let arguments = [
        "sweep",
        "scenarios/first.toml",
        "--vary",
        "queues.service.patience.mean=2m,5m",
        "--vary",
        "experiment.seed=3..4",
        "--replications",
        "2",
    ];
    holdline(&arguments, &out);
    let sheets = sheets(&out);
    let (_, points) = sheets.iter().find(|(name, _)| name == "points").expect("it has the sheet");
    let column = |head: &str| {
        let place = points[0].iter().position(|cell| matches!(cell, Data::String(text) if text == head));
        place.unwrap_or_else(|| panic!("no `{head}` in {:?}", points[0]))
    };
    assert_eq!(points.len(), 5, "a head and four points");
    assert_eq!(points[1][column("experiment.seed")], Data::Float(3.0));
    assert_eq!(points[1][column("queues.service.patience.mean")], Data::String("2m".to_owned()));
    let rows = records(&out.join("sweep.csv"));
    let place = |head: &str| rows[0].iter().position(|cell| cell == head).expect("a column");
    let seen = rows.iter().skip(1).filter(|row| {
        row[place("name")] == "service"
            && row[place("figure")] == "service_level"
            && row[place("interval")].is_empty()
    });
    let levels: Vec<f64> = seen.map(|row| row[place("value")].parse().expect("a number")).collect();
    let level = column(Figure::ServiceLevel.label());
    let shown: Vec<f64> = points.iter().skip(1).filter_map(|row| number_of(&row[level], false)).collect();
    assert_eq!((levels.len(), &levels), (4, &shown));

    // Played in two parts and put together, it has the same points, in the same cells.
    let parts = folder.path().join("parts");
    for part in ["0/2", "1/2"] {
        let mut command = Command::cargo_bin("holdline").expect("the binary is built with the tests");
        command
            .current_dir(env!("CARGO_MANIFEST_DIR"))
            .args(arguments)
            .args(["--quiet", "--shard", part, "--out"]);
        command.arg(&parts).assert().success();
    }
    let shards = ["0-of-2", "1-of-2"].map(|part| parts.join(format!("shard-{part}")).display().to_string());
    let joined = folder.path().join("joined");
    holdline(&["merge", &shards[1], &shards[0]], &joined);
    let merged = self::sheets(&joined);
    let names = |sheets: &Sheets| sheets.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
    assert_eq!(names(&merged), names(&sheets));
    let (_, again) = merged.iter().find(|(name, _)| name == "points").expect("it has the sheet");
    assert_eq!(again, points);
}
