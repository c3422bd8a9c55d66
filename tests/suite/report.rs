//! What is made from results: tables, sentences, files, charts, the page.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use holdline::figures::{Estimate, Figure, Results};
use holdline::report;
use holdline::units::{Calendar, Span};

use crate::sample;

const SCENARIO: &str = "title = \"Retail service desk, one week\"\n";

fn set(results: &mut Results, queue: usize, figure: Figure, value: f64) {
    for (f, estimate) in &mut results.queues[queue].figures.0 {
        if *f == figure {
            estimate.value = value;
        }
    }
}

/// As `results`, but every target is kept.
fn kept() -> Results {
    let mut results = sample::week();
    for queue in 0..results.queues.len() {
        set(&mut results, queue, Figure::ServiceLevel, 0.87 + 0.01 * queue as f64);
        set(&mut results, queue, Figure::Abandonment, 0.01);
    }
    results
}

#[test]
fn the_tables_show_queues_channels_total_groups_and_cases() {
    insta::assert_snapshot!("tables", report::render(&sample::week()));
}

#[test]
fn tables_fit_100_columns_and_80_with_long_names() {
    let mut results = sample::week();
    results.queues[0].name = "second-line-complaints-about-invoices".to_owned();
    results.groups[0].name = "generalists-of-the-evening-shift-in-lyon".to_owned();
    for (columns, text) in [(100, report::render(&results)), (80, report::render_within(&results, 80))] {
        let widest = text.lines().map(|line| line.chars().count()).max();
        assert!(widest.is_some_and(|widest| widest <= columns), "{columns} columns:\n{text}");
        assert!(text.contains("✗ 67.7 %"), "a missed target is marked in {columns} columns:\n{text}");
    }
}

#[test]
fn the_headline_names_the_worst_miss_and_its_worst_hours() {
    let sentence = report::sentence(&sample::week());
    assert!(
        sentence.starts_with("billing: 67.7 % answered in 20 s, below its target of 80 %, on 5 of 6 days; most agents short Monday 10:00 to 1"),
        "{sentence}"
    );
    assert!(sentence.ends_with("; technical misses its target too"), "{sentence}");
}

/// Every estimate of every queue gets a half-width, in the whole, by day and by row.
fn widths(results: &mut Results, half_width: Option<f64>) {
    for queue in &mut results.queues {
        let rows = queue.rows.iter_mut().chain(&mut queue.days).map(|row| &mut row.figures);
        for figures in rows.chain([&mut queue.figures]) {
            figures.0.iter_mut().for_each(|(_, estimate)| estimate.half_width = half_width);
        }
    }
}

#[test]
fn what_the_interval_covers_is_not_missed() {
    let mut results = kept();
    results.queues.iter_mut().for_each(|queue| queue.days.clear());
    // 4.1 % abandon, give or take 4.9: as after two replications.
    set(&mut results, 0, Figure::Abandonment, 0.041);
    results.queues[0].targets[1].share = 0.04;
    widths(&mut results, Some(0.049));
    results.replications = 2;
    let sentence = report::sentence(&results);
    assert!(!sentence.contains("miss") && !sentence.contains("short"), "{sentence}");
    assert!(sentence.starts_with("billing: 4.1 % ± 4.9 abandon, target at most 4 %;"), "{sentence}");
    let table = report::render(&results);
    assert!(table.contains("? 4.1 %") && table.contains("? not decided"), "{table}");
    // The same with a narrow interval is a miss.
    widths(&mut results, Some(0.0005));
    let sentence = report::sentence(&results);
    assert!(sentence.contains("abandon, above its target of at most 4 %"), "{sentence}");
    // One replication decides nothing.
    widths(&mut results, None);
    results.replications = 1;
    let sentence = report::sentence(&results);
    assert!(sentence.ends_with("; one replication decides nothing"), "{sentence}");
    assert!(!sentence.contains("short"), "{sentence}");
}

#[test]
fn a_day_that_is_missed_counts_though_the_week_is_kept() {
    let mut results = kept();
    for queue in &mut results.queues {
        queue.days.iter_mut().for_each(|day| {
            day.figures.0.retain(|(figure, _)| *figure == Figure::Offered);
            day.figures.0.push((Figure::ServiceLevel, Estimate { value: 0.9, half_width: Some(0.01) }));
        });
    }
    // Saturday of billing; all else is kept.
    results.queues[0].days[5].figures.0[1].1.value = 0.627;
    let sentence = report::sentence(&results);
    assert!(
        sentence.starts_with(
            "billing: 62.7 % answered in 20 s on Saturday, below its target of 80 %; over the whole time it is kept"
        ),
        "{sentence}"
    );
    assert!(!sentence.contains("Monday"), "the worst time is one of the day named: {sentence}");
}

#[test]
fn agents_are_short_by_what_is_sure() {
    let mut results = sample::week();
    for row in &mut results.queues[0].rows {
        row.figures.0.retain(|(figure, _)| *figure != Figure::AgentsShort);
        // Nine, give or take nine: chance alone.
        row.figures.0.push((Figure::AgentsShort, Estimate { value: 9.0, half_width: Some(9.0) }));
    }
    let sentence = report::sentence(&results);
    assert!(!sentence.contains("agents short"), "{sentence}");
}

#[test]
fn many_busy_signals_stand_in_the_headline() {
    let mut results = kept();
    results.total.figures.0.push((Figure::BusySignals, Estimate { value: 0.24, half_width: Some(0.01) }));
    let sentence = report::sentence(&results);
    assert!(sentence.ends_with("; 24.0 % of all attempts hear the busy signal"), "{sentence}");
}

#[test]
fn unlike_service_levels_are_not_pooled() {
    let mut results = sample::week();
    let level = |results: &Results| {
        let text = report::render(results);
        text.lines().find(|line| line.trim_start().starts_with("total")).unwrap_or_default().contains(" – ")
    };
    assert!(!level(&results), "all answer within 20 s");
    results.queues[0].targets[0].within = Some("1m".to_owned());
    assert!(level(&results), "20 s and 1 min have no common level");
}

#[test]
fn the_headline_counts_customers_where_no_one_counted_agents() {
    let mut results = sample::week();
    for row in &mut results.queues[0].rows {
        row.figures.0.retain(|(figure, _)| *figure != Figure::AgentsShort);
    }
    let sentence = report::sentence(&results);
    assert!(sentence.contains("; most customers let down Monday 10:00 to 12:00"), "{sentence}");
    assert!(!sentence.contains("short"), "{sentence}");
}

#[test]
fn the_headline_of_a_steady_state_speaks_of_no_weekday() {
    let mut results = sample::week();
    results.calendar = Calendar::new(None, Span::ZERO);
    results.queues.iter_mut().for_each(|queue| queue.days.clear());
    let sentence = report::sentence(&results);
    assert!(
        sentence.starts_with(
            "billing: 67.7 % answered in 20 s, below its target of 80 %; most agents short from 10h to 1"
        ),
        "{sentence}"
    );
}

#[test]
fn good_news_has_its_sentence() {
    let mut results = kept();
    results.queues.iter_mut().for_each(|queue| queue.days.clear());
    assert_eq!(
        report::sentence(&results),
        "all 4 targets are kept; tightest: billing, 87.0 % answered in 20 s (target 80 %)"
    );
}

#[test]
fn a_single_target_that_is_kept_says_so() {
    let mut results = kept();
    results.queues.iter_mut().for_each(|queue| queue.days.clear());
    results.queues.iter_mut().skip(1).for_each(|queue| queue.targets.clear());
    results.queues[0].targets.truncate(1);
    assert_eq!(report::sentence(&results), "billing keeps its target of 80 % in 20 s (87.0 %)");
}

#[test]
fn without_targets_the_headline_says_how_things_are() {
    let mut results = sample::week();
    results.queues.iter_mut().for_each(|queue| queue.targets.clear());
    assert_eq!(
        report::sentence(&results),
        "customers wait 2:33 min on average, 9.1 % abandon and 87.6 % of the closed cases are solved; \
         there is no target"
    );
}

/// A CSV file as maps from column to field.
fn records(path: &Path) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(path).expect("the file is there");
    reader.deserialize().map(|row| row.expect("a row of text")).collect()
}

fn same_number(field: &str, value: Option<f64>) -> bool {
    field.parse::<f64>().ok() == value
}

fn same_estimate(row: &BTreeMap<String, String>, figure: Figure, estimate: Option<Estimate>) -> bool {
    same_number(&row[figure.name()], estimate.map(|e| e.value))
        && same_number(&row[&format!("{}_half_width", figure.name())], estimate.and_then(|e| e.half_width))
}

#[test]
fn csv_files_read_back_to_the_same_numbers() {
    let folder = tempfile::tempdir().unwrap();
    let results = sample::week();
    report::write(&results, SCENARIO, folder.path()).unwrap();

    let queues = records(&folder.path().join("queues.csv"));
    assert_eq!(queues.len(), 4 * 4 + 2 + 1, "four queues with three kinds, two channels, the total");
    for queue in &results.queues {
        let row = queues.iter().find(|r| r["name"] == queue.name && r["contacts"] == "all").unwrap();
        for figure in Figure::ALL.iter().filter(|figure| row.contains_key(figure.name())) {
            assert!(same_estimate(row, *figure, queue.figures.get(*figure)), "{} {figure:?}", queue.name);
        }
    }

    let intervals = records(&folder.path().join("intervals.csv"));
    assert_eq!(intervals.len(), 5 * (336 + 7) + 3 * 336, "queues and total with days, groups without");
    let of = |scope: &str, name: &str, rows: &str| -> Vec<&BTreeMap<String, String>> {
        intervals.iter().filter(|r| r["scope"] == scope && r["name"] == name && r["rows"] == rows).collect()
    };
    for (row, written) in results.queues[0].rows.iter().zip(of("queue", "billing", "interval")) {
        assert_eq!(row.label, written["label"]);
        assert!(same_number(&written["start_seconds"], Some(row.start.seconds())));
        assert!(same_estimate(written, Figure::ServiceLevel, row.figures.get(Figure::ServiceLevel)));
        let p90 = row.ribbons.iter().find(|(f, _)| *f == Figure::Wait).map(|(_, r)| r.p90);
        assert!(same_number(&written["wait_p90"], row.figures.value(Figure::WaitP90)));
        assert!(same_number(&written["wait_days_p90"], p90));
    }
    assert_eq!(of("total", "total", "day").len(), 7);
    assert_eq!(of("group", "technicians", "interval").len(), 336);

    let groups = records(&folder.path().join("groups.csv"));
    assert!(same_estimate(&groups[1], Figure::Cost, results.groups[1].figures.get(Figure::Cost)));

    let cases = records(&folder.path().join("cases.csv"));
    let curve: Vec<(f64, f64)> = cases
        .iter()
        .filter(|r| r["name"] == "sales" && r["measure"] == "solved_by")
        .map(|r| (r["seconds"].parse().unwrap(), r["value"].parse().unwrap()))
        .collect();
    assert_eq!(curve, results.queues[2].outcomes.solved_by);
}

#[test]
fn the_summary_reads_back_to_the_same_numbers_by_dotted_names() {
    let results = sample::week();
    let summary: serde_json::Value = serde_json::from_str(&report::summary(&results)).unwrap();
    for (scopes, pointer) in [(&results.queues, "queues"), (&results.channels, "channels")] {
        for scope in scopes {
            for (figure, estimate) in &scope.figures.0 {
                let found = &summary[pointer][&scope.name]["figures"][figure.name()];
                for (read, value) in
                    [(&found["value"], estimate.value), (&found["half_width"], estimate.half_width.unwrap())]
                {
                    // serde_json writes the shortest form but reads to the last bit but one.
                    let read = read.as_f64().unwrap();
                    assert!((read.next_down()..=read.next_up()).contains(&value), "{}", figure.name());
                }
            }
        }
    }
    assert_eq!(summary["seed"], 7);
    assert_eq!(summary["holdline"], env!("CARGO_PKG_VERSION"));
    assert_eq!(summary["queues"]["billing"]["targets"][0]["formula"], "answered_of_offered");
    let order: Vec<usize> = ["\"billing\"", "\"technical\"", "\"sales\""]
        .map(|n| report::summary(&results).find(n).unwrap())
        .into();
    assert!(order.is_sorted(), "queues keep the order of the file");
}

/// Every file below a folder with its bytes.
fn contents(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut files = BTreeMap::new();
    for entry in fs::read_dir(folder).expect("a folder").map(|entry| entry.expect("an entry")) {
        let name = entry.file_name().into_string().expect("a plain name");
        if entry.path().is_dir() {
            files.extend(contents(&entry.path()).into_iter().map(|(n, b)| (format!("{name}/{n}"), b)));
        } else {
            files.insert(name, fs::read(entry.path()).expect("a file"));
        }
    }
    files
}

#[test]
fn the_same_results_give_the_same_bytes_and_nothing_else_is_left() {
    let (one, two) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let written = report::write(&sample::week(), SCENARIO, one.path()).unwrap();
    report::write(&sample::week(), SCENARIO, two.path()).unwrap();
    report::write(&sample::week(), SCENARIO, two.path()).unwrap();
    let files = contents(one.path());
    assert!(files == contents(two.path()));
    assert!(files.contains_key(".holdline"), "the marker of a folder of ours");
    assert_eq!(files.len(), written.len() + 1, "{:?}", files.keys());
    assert_eq!(files["scenario.toml"], SCENARIO.as_bytes());
}

#[test]
fn a_failure_to_write_leaves_the_previous_results_whole() {
    let folder = tempfile::tempdir().unwrap();
    report::write(&sample::week(), SCENARIO, folder.path()).unwrap();
    fs::remove_file(folder.path().join("scenario.toml")).unwrap();
    fs::create_dir_all(folder.path().join("scenario.toml/mine")).unwrap();
    let before = contents(folder.path());

    let error = report::write(&kept(), SCENARIO, folder.path()).unwrap_err();
    assert!(error.to_string().contains("scenario.toml"), "{error}");
    assert!(contents(folder.path()) == before);
}

#[test]
fn a_file_in_the_way_of_the_folder_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("retail");
    fs::write(&path, "mine").unwrap();
    let error = report::write(&sample::week(), SCENARIO, &path).unwrap_err();
    assert!(error.to_string().starts_with("cannot make the folder"), "{error}");
    assert!(error.to_string().contains("retail"), "{error}");
    assert_eq!(fs::read(&path).unwrap(), b"mine");
}

#[test]
fn nothing_observed_is_empty_everywhere_and_never_a_panic() {
    let folder = tempfile::tempdir().unwrap();
    let results = sample::nothing();
    report::write(&results, "", folder.path()).unwrap();
    assert!(report::sentence(&results).starts_with("nothing was observed"));
    assert!(report::render(&results).contains("billing"));
    for file in ["queues.csv", "groups.csv"] {
        for row in records(&folder.path().join(file)) {
            for figure in Figure::ALL {
                assert!(row.get(figure.name()).is_none_or(String::is_empty), "{file} {figure:?}");
            }
        }
    }
}

/// Results of every shape that charts must bear.
fn shapes() -> Vec<(&'static str, Results)> {
    let many = |count: usize| {
        let mut results = sample::week();
        results.queues = (0..count)
            .map(|i| {
                let mut queue = results.queues[i % 4].clone();
                queue.name = format!("{}-of-the-northern-and-western-regions-{i}", queue.name);
                queue
            })
            .collect();
        results.groups = (0..count)
            .map(|i| {
                let mut group = results.groups[i % 2].clone();
                group.name = format!("{}-{i}", group.name);
                group
            })
            .collect();
        results
    };
    let each = |change: &dyn Fn(&mut Vec<holdline::figures::Row>)| {
        let mut results = sample::week();
        let scopes = results.queues.iter_mut().chain([&mut results.total]);
        scopes.for_each(|scope| change(&mut scope.rows));
        let groups = results.groups.iter_mut().chain([&mut results.all_groups]);
        groups.for_each(|group| change(&mut group.rows));
        results
    };
    let mut alone = sample::week();
    alone.queues.truncate(1);
    alone.channels.truncate(1);
    alone.groups.truncate(1);
    alone.title = "Customers & \"friends\" <at> desk".to_owned();
    let mut elapsed = each(&|rows| rows.iter_mut().for_each(|row| row.label = "12h".to_owned()));
    elapsed.calendar = Calendar::new(None, Span::ZERO);
    let mut folded = sample::week();
    folded.folded = true;
    let day = each(&|rows| rows.truncate(48));
    let one_row = each(&|rows| {
        rows.drain(..20);
        rows.truncate(1);
    });
    let thousand = each(&|rows| {
        let week = rows.clone();
        rows.extend((0..664).map(|i| {
            let row = &week[i % 336];
            let start = row.start + Span::DAY * 7 * (1 + i as u64 / 336);
            holdline::figures::Row { start, ..row.clone() }
        }));
    });
    let mut unobserved = each(&|rows| {
        rows.iter_mut().for_each(|row| {
            row.figures.0.clear();
            row.ribbons.clear();
        })
    });
    unobserved.groups.iter_mut().for_each(|group| group.agents.clear());
    let mut days = each(&|rows| {
        *rows = (0..364)
            .map(|i| {
                let mut row = rows[20 + 48 * (i % 5)].clone();
                (row.start, row.length) = (Span::DAY * i as u64, Span::DAY);
                row
            })
            .collect();
    });
    days.length = Span::DAY * 364;
    let mut wandering = sample::week();
    wandering.journeys = sample::journeys(30);
    vec![
        ("week", sample::week()),
        ("nothing", sample::nothing()),
        ("twelve", many(12)),
        ("twenty", many(20)),
        ("alone", alone),
        ("elapsed", elapsed),
        ("folded", folded),
        ("day", day),
        ("one_row", one_row),
        ("thousand", thousand),
        ("unobserved", unobserved),
        ("days", days),
        ("wandering", wandering),
    ]
}

/// The value of an attribute in a tag.
fn attribute<'a>(tag: &'a str, name: &str) -> Option<&'a str> {
    let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
    rest.split_once('"').map(|(value, _)| value)
}

/// A text of an SVG: left, top, right, bottom (letters counted as half an em) and what it says.
pub(crate) type Words = ((f64, f64, f64, f64), String);

/// Checks that tags nest and attributes are quoted, and returns the texts.
pub(crate) fn well_formed(svg: &str) -> Vec<Words> {
    let (mut open, mut words): (Vec<&str>, Vec<Words>) = (Vec::new(), Vec::new());
    let mut rest = svg;
    while let Some((before, after)) = rest.split_once('<') {
        let (tag, after) = after.split_once('>').expect("a tag ends");
        assert!(!before.contains('>') && !tag.contains('<'), "{tag}");
        assert_eq!(tag.matches('"').count() % 2, 0, "{tag}");
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name));
        } else if !tag.ends_with('/') {
            open.push(tag.split(' ').next().unwrap_or(tag));
        }
        if tag.starts_with("text") {
            let text = after.split_once('<').map_or("", |(text, _)| text).trim().to_owned();
            let number = |name| attribute(tag, name).and_then(|v| v.parse::<f64>().ok()).expect(name);
            let (x, y, size) = (number("x"), number("y"), number("font-size"));
            let width = 0.5 * size * text.chars().count() as f64;
            let left = match attribute(tag, "text-anchor") {
                Some("end") => x - width,
                Some("middle") => x - width / 2.0,
                _ => x,
            };
            words.push(((left, y - 0.7 * size, left + width, y), text));
        }
        rest = after;
    }
    assert!(open.is_empty(), "{open:?}");
    words
}

/// Checks that the labels of a chart lie within it and that none covers another.
pub(crate) fn labels_lie_free(svg: &str, what: &str) {
    let words = well_formed(svg);
    let size: Vec<f64> =
        attribute(svg, "viewBox").expect("a size").split(' ').map(|n| n.parse().expect("a number")).collect();
    for (i, (a, text)) in words.iter().enumerate() {
        let within = a.0 >= 0.0 && a.1 >= 0.0 && a.2 <= size[2] && a.3 <= size[3];
        assert!(within, "{what}: `{text}` is cut");
        for (b, other) in &words[..i] {
            let free = a.2 <= b.0 || b.2 <= a.0 || a.3 <= b.1 || b.3 <= a.1;
            assert!(free, "{what}: `{text}` covers `{other}`");
        }
    }
    assert!(svg.contains("<path") || svg.contains("<polygon"), "{what} is empty");
}

/// Checks that a PNG is one, neither empty nor full.
pub(crate) fn is_drawn(bytes: &[u8], what: &str) {
    let mut image = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().expect("a PNG");
    let mut pixels = vec![0; image.output_buffer_size().expect("a size")];
    image.next_frame(&mut pixels).expect("pixels");
    let paper = pixels.iter().filter(|byte| **byte == 255).count();
    assert!(paper < pixels.len() && paper > pixels.len() / 3, "{what}");
}

#[test]
fn charts_and_pages_of_every_shape_are_valid_and_their_labels_lie_free_and_within() {
    for (shape, results) in shapes() {
        let folder = tempfile::tempdir().unwrap();
        report::write(&results, SCENARIO, folder.path()).unwrap();
        let files = contents(folder.path());
        let mut charts = 0;
        for (name, bytes) in files.iter().filter(|(name, _)| name.starts_with("charts/")) {
            if name.ends_with(".svg") {
                charts += 1;
                labels_lie_free(std::str::from_utf8(bytes).unwrap(), &format!("{shape} {name}"));
            } else if !name.contains("_map") {
                // Which is full of colour.
                is_drawn(bytes, &format!("{shape} {name}"));
            }
        }
        let expected = match shape {
            "nothing" => 0,
            "unobserved" => 4,
            "twelve" => 14,
            // A queue in four has no target: fifteen maps in two files.
            "twenty" => 2 * 10 + 2,
            // Neither has days of several intervals.
            "elapsed" | "days" => 12,
            "wandering" => 14,
            _ => 13,
        };
        assert_eq!(charts, expected, "{shape}");

        let page = std::str::from_utf8(&files["report.html"]).unwrap();
        for forbidden in ["http:", "https:", "<script ", "<link", "<img", "@import", "url(", "//"] {
            assert!(!page.contains(forbidden), "{shape}: {forbidden}");
        }
        assert!(page.len() < 2_000_000, "{shape}: {} bytes", page.len());
        for queue in results.queues.iter().filter(|queue| !queue.rows.is_empty()) {
            assert!(page.contains(&queue.name), "{shape}: {}", queue.name);
        }
        well_formed(&page[page.find("<main>").unwrap()..page.find("</body>").unwrap()]);
    }
}

#[test]
fn captions_speak_of_ribbons_only_where_there_are_some() {
    let mut bare = sample::week();
    let bare_rows = bare.queues.iter_mut().chain([&mut bare.total]).flat_map(|scope| &mut scope.rows);
    bare_rows.for_each(|row| row.ribbons.clear());
    let groups = bare.groups.iter_mut().chain([&mut bare.all_groups]).flat_map(|group| &mut group.rows);
    groups.for_each(|row| row.ribbons.clear());
    for (results, ribbons) in [(sample::week(), true), (bare, false)] {
        let folder = tempfile::tempdir().unwrap();
        report::write(&results, SCENARIO, folder.path()).unwrap();
        let chart = fs::read_to_string(folder.path().join("charts/service_level.svg")).unwrap();
        assert_eq!(chart.contains("Ribbon: "), ribbons);
        assert!(chart.contains("is shown."), "the caption goes on behind it");
    }
}

#[test]
fn the_page_carries_every_chart_and_interval() {
    let folder = tempfile::tempdir().unwrap();
    report::write(&sample::week(), SCENARIO, folder.path()).unwrap();
    let page = fs::read_to_string(folder.path().join("report.html")).unwrap();
    assert_eq!(page.matches("<figure").count(), 13);
    assert_eq!(page.matches("<details>").count(), 5, "four queues and the total");
}

#[test]
fn charts_that_no_longer_exist_are_taken_away_and_other_files_stay() {
    let folder = tempfile::tempdir().unwrap();
    report::write(&shapes().remove(3).1, SCENARIO, folder.path()).unwrap();
    let charts = folder.path().join("charts");
    assert!(charts.join("wait-2.svg").is_file());
    fs::write(charts.join("mine.svg"), "mine").unwrap();
    report::write(&sample::week(), SCENARIO, folder.path()).unwrap();
    assert!(!charts.join("wait-2.svg").exists());
    assert!(charts.join("wait.svg").is_file());
    assert!(charts.join("mine.svg").is_file());
}
