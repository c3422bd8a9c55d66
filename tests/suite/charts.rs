//! What charts say is what the figures say: the text of their drawings against files and formulas.

use std::fs;
use std::path::Path;

use holdline::experiment::{Experiment, Silent};
use holdline::figures::{Figure, Plan, required};
use holdline::formulas::ErlangA;
use holdline::model::Model;
use holdline::scenario::Scenario;
use tempfile::TempDir;

/// Two days of two queues that share nobody, with shifts, breaks and pay.
const CENTRE: &str = r#"
horizon = { start = 2026-03-02, days = 2, interval = "30m" }
experiment = { replications = 12, seed = 8 }
[queues.calls]
channel  = "phone"
open     = "daily 08:00-12:00"
talk     = { mean = "4m" }
patience = { mean = "3m" }
target   = { share = 0.8, within = "20s" }
targets.abandonment = { max = 0.05 }
retry.after_abandon = { probability = 0.5, delay = { mean = "10m" }, limit = 2 }
arrivals = { per_hour = { "00:00" = 0, "08:00" = 60, "09:15" = 90, "12:00" = 0 } }
[queues.mail]
channel  = "mail"
talk     = { mean = "6m" }
target   = { share = 0.9, within = "2h" }
arrivals.per_hour = 10
[channels.phone]
[channels.mail]
kind = "deferred"
age_bands = ["1h", "2h", "4h"]
[groups.early]
skills = ["calls"]
cost.per_hour = 20
shrinkage.absence = 0.05
[groups.early.shifts.morning]
agents = 5
start  = "08:00"
length = "4h"
breaks.coffee = { after = "1h30m", spread = "1h", length = "15m" }
[groups.writers]
skills = ["mail"]
staff  = { "08:00" = 2, "16:00" = 0 }
"#;

fn holdline(folder: &Path, arguments: &str) -> String {
    let mut holdline =
        assert_cmd::Command::cargo_bin("holdline").expect("the binary is built with the tests");
    let done = holdline.current_dir(folder).args(arguments.split_whitespace()).assert().success();
    String::from_utf8(done.get_output().stdout.clone()).expect("UTF-8")
}

/// The folder of a run of [`CENTRE`].
fn run() -> TempDir {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("centre.toml"), CENTRE).expect("written");
    holdline(folder.path(), "run centre.toml --quiet --out out");
    folder
}

fn chart(folder: &TempDir, name: &str) -> String {
    fs::read_to_string(folder.path().join(format!("out/charts/{name}.svg"))).expect("it is drawn")
}

/// What is said where a chart is pointed at.
fn tips(svg: &str) -> Vec<String> {
    svg.split("<title>").skip(1).filter_map(|rest| rest.split('<').next()).map(str::to_owned).collect()
}

/// The columns of a line of `intervals.csv`.
fn interval(folder: &TempDir, scope: &str, name: &str, label: &str, column: &str) -> f64 {
    let text = fs::read_to_string(folder.path().join("out/intervals.csv")).expect("it is written");
    let mut lines = text.lines().map(|line| line.split(',').collect::<Vec<_>>());
    let head = lines.next().expect("a head");
    let at = |name: &str| head.iter().position(|one| *one == name).expect("a column");
    let wanted = [("scope", scope), ("name", name), ("rows", "interval"), ("label", label)];
    let row = lines.find(|row| wanted.iter().all(|(column, value)| row[at(column)] == *value));
    row.unwrap_or_else(|| panic!("no row {name} {label}"))[at(column)].parse().expect("a number")
}

/// The number after some words.
fn after(text: &str, words: &str) -> f64 {
    let rest = text.split(words).nth(1).unwrap_or_else(|| panic!("“{text}” does not say “{words}”"));
    let number: String =
        rest.trim_start().chars().take_while(|c| c.is_ascii_digit() || ".,".contains(*c)).collect();
    number.trim_end_matches(['.', ',']).replace(',', "").parse().expect("a number")
}

#[test]
fn planned_volumes_are_those_of_the_file_row_by_row() {
    let text = "[horizon]\nstart = 2026-03-02\ndays = 8\ninterval = \"30m\"\n\
        [queues.a]\nopen = \"daily 08:00-10:00\"\ntalk = { mean = \"4m\" }\npatience = { mean = \"4m\" }\n\
        arrivals = { per_hour = { \"00:00\" = 0, \"08:00\" = 60, \"09:15\" = 30, \"10:00\" = 0 } }\n\
        [groups.g]\nskills = [\"a\"]\nstaff = 3\n";
    let plan = |settings: &[String]| {
        let scenario = Scenario::from_text("centre.toml", text, settings).expect("it can be read").scenario;
        Plan::of(&Model::compile(&scenario))
    };
    let each = plan(&[]);
    assert_eq!(each.serves, [("g".to_owned(), vec!["a".to_owned()])]);
    let [(queue, rows)] = each.volumes.as_slice() else { panic!("{:?}", each.volumes) };
    assert_eq!((queue.as_str(), rows.len()), ("a", 8 * 48));
    // 60 an hour, then 30 an hour from a quarter past nine.
    for (row, wanted) in [(15, 0.0), (16, 30.0), (17, 30.0), (18, 22.5), (19, 15.0), (20, 0.0)] {
        for day in [0, 7] {
            let volume = rows[day * 48 + row];
            assert!((volume - wanted).abs() < 1e-9, "day {day}, row {row}: {volume}");
        }
    }
    // Where weeks are folded, a row is one occurrence of it all the same.
    let folded = plan(&["horizon.days=42".to_owned()]);
    let rows = &folded.volumes[0].1;
    assert_eq!(rows.len(), 7 * 48);
    assert!((rows[48 + 18] - 22.5).abs() < 1e-9, "{}", rows[48 + 18]);
}

/// With the agents that are required the formula keeps both targets, with one less it misses one.
#[test]
fn the_required_agents_keep_every_target_by_the_formula() {
    let scenario = Scenario::from_text("centre.toml", CENTRE, &[]);
    let scenario = scenario.expect("it can be read").scenario;
    let results = Experiment::new(&scenario).expect("it runs").run(&Silent).expect("it runs").results;
    let calls = &results.queues[0];
    let whole = |figure| calls.figures.value(figure).expect("a value");
    let patience = whole(Figure::Wait) / whole(Figure::Abandonment);
    let mut seen = 0;
    for (row, required) in calls.rows.iter().zip(required(calls)) {
        let value = |figure| row.figures.value(figure).unwrap_or(0.0);
        let offered = value(Figure::Offered);
        if offered < 1.0 {
            continue;
        }
        seen += 1;
        let required = required.expect("something comes");
        let fresh =
            offered * (1.0 - (value(Figure::Retries) / (offered + value(Figure::TurnedAway))).min(1.0));
        let keeps = |agents: f64| {
            let centre = ErlangA {
                arrivals_per_second: fresh / 1800.0,
                mean_service: value(Figure::Aht),
                mean_patience: patience,
                agents,
            };
            centre.service_level(20.0) >= 0.8 && centre.abandonment() <= 0.05
        };
        assert!(
            keeps(required.ceil()) && !keeps((required.ceil() - 1.0).max(0.0)),
            "{}: {required}",
            row.label
        );
    }
    assert!(seen >= 16, "{seen} intervals");
    let mail = &results.queues[1];
    for (row, required) in mail.rows.iter().zip(required(mail)) {
        assert_eq!(required, row.figures.value(Figure::Load), "as many as its work takes");
    }
}

#[test]
fn staffing_its_map_and_the_map_of_levels_say_what_the_rows_say() {
    let folder = run();
    let scenario = fs::read_to_string(folder.path().join("centre.toml")).expect("it is there");
    let scenario = Scenario::from_text("centre.toml", &scenario, &[]).expect("it can be read").scenario;
    let results = Experiment::new(&scenario).expect("it runs").run(&Silent).expect("it runs").results;
    let wanted = required(&results.queues[0]);
    for name in ["required", "over_under"] {
        let all = tips(&chart(&folder, name));
        for (row, day, time) in [(18, "Mon 2026-03-02", "09:00"), (48 + 21, "Tue 2026-03-03", "10:30")] {
            let tip = all.iter().find(|tip| tip.starts_with(&format!("{day} {time}: ")));
            let tip = tip.unwrap_or_else(|| panic!("{name} says nothing of {day} {time}: {all:?}"));
            let label = format!("{}T{time}", day.split(' ').nth(1).expect("a date"));
            let there = interval(&folder, "group", "early", &label, "on_duty");
            let required = wanted[row].expect("something is required");
            assert!((after(tip, "required") - required).abs() <= 0.0501, "{tip}: {required}");
            assert!((after(tip, "there") - there).abs() <= 0.0501, "{tip}: {there}");
            let off = there - required;
            let said = after(tip, &format!("there {there:.1},"));
            assert!((said - off.abs()).abs() <= 0.0501, "{tip}: {off}");
            assert!(tip.ends_with(if off < 0.0 { " under" } else { " over" }), "{tip}: {off}");
        }
    }
    let svg = chart(&folder, "required");
    for words in
        ["Agents required and on duty, every half-hour", "required", "over", "under", "serving calls"]
    {
        assert!(svg.contains(words), "required.svg does not say “{words}”");
    }
    let levels = tips(&chart(&folder, "service_level_map"));
    for (day, label) in
        [("Mon 2026-03-02 09:30", "2026-03-02T09:30"), ("Tue 2026-03-03 11:30", "2026-03-03T11:30")]
    {
        let tip = levels.iter().find(|tip| tip.starts_with(&format!("{day}: "))).expect("a cell");
        let level = interval(&folder, "queue", "calls", label, "service_level") * 100.0;
        assert!((after(tip, &format!("{day}:")) - level).abs() <= 0.501, "{tip}: {level}");
    }
}

#[test]
fn arrivals_say_what_was_planned_and_what_came() {
    let folder = run();
    let svg = chart(&folder, "arrivals");
    let all = tips(&svg);
    let tip = all.iter().find(|tip| tip.starts_with("Mon 2026-03-02 09:00: ")).expect("a tip");
    assert!(
        (after(tip, "new cases, as planned") - 37.5).abs() <= 0.0501,
        "a quarter of 60, a quarter of 90: {tip}"
    );
    let offered = interval(&folder, "queue", "calls", "2026-03-02T09:00", "offered");
    assert!((after(tip, "offered, as simulated") - offered).abs() <= 0.501, "{tip}: {offered}");
    let [low, high] = ["offered_days_p10", "offered_days_p90"]
        .map(|column| interval(&folder, "queue", "calls", "2026-03-02T09:00", column));
    assert!(low < offered && offered < high, "{low} {offered} {high}");
    assert!(tip.contains("8 days in 10 ") && svg.contains("Ribbon: one day in ten"), "{tip}");
    assert!(svg.contains("contacts"), "the unit");
}

#[test]
fn a_day_of_agents_shows_every_agent_with_the_breaks_of_its_own() {
    let folder = run();
    let svg = chart(&folder, "shifts");
    assert!(svg.contains("Who works when: Monday 2 March 2026"), "the day");
    let all = tips(&svg);
    assert_eq!(all.iter().filter(|tip| *tip == "early, morning: 08:00 to 12:00").count(), 5, "{all:?}");
    // Spread over an hour: a quarter of an hour from agent to agent.
    for (from, to) in
        [("09:30", "09:45"), ("09:45", "10:00"), ("10:00", "10:15"), ("10:15", "10:30"), ("10:30", "10:45")]
    {
        let break_ = format!("early, morning: break {from} to {to}");
        assert_eq!(all.iter().filter(|tip| **tip == break_).count(), 1, "{break_}");
    }
}

#[test]
fn the_parts_of_the_cost_add_up_to_it() {
    let folder = run();
    let all = tips(&chart(&folder, "cost"));
    assert_eq!(all.len(), 3, "one group has a cost: {all:?}");
    let parts: Vec<f64> = all.iter().map(|tip| after(tip, "early:")).collect();
    let json = fs::read_to_string(folder.path().join("out/summary.json")).expect("it is written");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let figure = |name: &str| json["groups"]["early"]["figures"][name]["value"].as_f64().expect("a number");
    let cost = figure("cost");
    assert!((parts.iter().sum::<f64>() - cost).abs() <= 1.5, "{parts:?}: {cost}");
    assert!((parts[0] - cost * figure("utilisation")).abs() <= 0.51, "{parts:?}");
    assert!((parts[2] - cost * figure("shrinkage")).abs() <= 0.51, "{parts:?}");
    assert!(all[1].ends_with("on duty, waiting for work"), "{all:?}");
}

#[test]
fn a_backlog_marks_what_is_past_its_deadline() {
    let folder = run();
    let svg = chart(&folder, "backlog");
    assert!(svg.contains("1h to 2h<") || svg.contains("1h to 2h\n"), "in time");
    for late in ["2h to 4h, past the deadline", "4h and older, past the deadline"] {
        assert!(svg.contains(late), "{late}");
    }
}

/// The page of a roster has every interval of the files, and every shift.
#[cfg(feature = "schedule")]
#[test]
fn the_page_of_a_roster_says_what_its_files_say() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).expect("it is written");
    write(
        "day.toml",
        "title = \"A Monday\"\nhorizon = { start = 2026-03-02, days = 1, interval = \"1h\" }\nexperiment.replications = 2\n\
         [queues.calls]\ntalk.mean = \"4m\"\npatience.mean = \"3m\"\narrivals.per_hour = 10\n\
         [groups.team]\nskills = [\"calls\"]\nstaff = 1\n\
         [schedule.templates.day]\nstart = \"07:00-09:00\"\nlength = \"6h\"\nevery = \"1h\"\n",
    );
    write("required.csv", "time,agents\n2026-03-02T08:00,3\n2026-03-02T09:00,4\n2026-03-02T12:00,2\n");
    let asked =
        "schedule day.toml --required required.csv --quiet --intervals intervals.csv --page page.html";
    holdline(folder.path(), asked);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).expect("it is written");
    let (page, intervals) = (read("page.html"), read("intervals.csv"));
    let mut seen = 0;
    for line in intervals.lines().skip(1) {
        let fields: Vec<&str> = line.split(',').collect();
        let number = |at: usize| fields[at].parse::<f64>().expect("a number");
        let (required, there, over, under) = (number(3), number(4), number(5), number(6));
        if required + there == 0.0 {
            continue;
        }
        seen += 1;
        let side = if under > 0.0 { "under" } else { "over" };
        let off = over.max(under);
        let tip = format!("Monday {}: required {required:.1}, there {there:.1}, {off:.1} {side}", fields[2]);
        // In the map and in the lines.
        assert_eq!(page.matches(&format!("<title>{tip}</title>")).count(), 2, "{tip}");
    }
    assert!(seen >= 6, "{intervals}");
    assert_eq!(
        page.matches(" to 13:00</title>").count()
            + page.matches(" to 14:00</title>").count()
            + page.matches(" to 15:00</title>").count(),
        4,
        "four agents work six hours"
    );
    for words in [
        "Roster: A Monday",
        "Agents over and under the requirement",
        "Who works when: Monday",
        "Paid hours each",
    ] {
        assert!(page.contains(words), "the page does not say “{words}”");
    }
    let mut again = assert_cmd::Command::cargo_bin("holdline").expect("the binary is built with the tests");
    again.current_dir(folder.path()).args(asked.split_whitespace()).assert().code(2);
}

/// [`CENTRE`] with names for people and a currency.
fn named_centre() -> String {
    let named = [
        ("[queues.calls]", "Insurance quotes"),
        ("[queues.mail]", "Letters & <forms>"),
        ("[groups.early]", "Early birds, Lyon"),
    ];
    let mut text = CENTRE.to_owned();
    for (table, name) in named {
        text = text.replacen(table, &format!("{table}\nname = \"{name}\""), 1);
    }
    format!("report.currency = \"€\"\n{text}")
}

/// People read names, programs read keys.
#[test]
fn names_are_shown_to_people_and_keys_stay_in_files() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("centre.toml"), named_centre()).expect("written");
    let said = holdline(folder.path(), "run centre.toml --quiet --out out");
    let read = |name: &str| fs::read_to_string(folder.path().join("out").join(name)).expect("it is written");
    let page = read("report.html");
    for (name, shown) in [
        ("Insurance quotes", "Insurance quotes"),
        ("Letters & <forms>", "Letters &amp; &lt;forms&gt;"),
        ("Early birds, Lyon", "Early birds, Lyon"),
    ] {
        assert!(
            said.contains(name) || said.contains(&name[..8]),
            "the terminal does not show {name}: {said}"
        );
        assert!(page.contains(shown), "the page does not show {name}");
    }
    assert!(page.contains("Cost (€)") && read("charts/cost.svg").contains("cost, €"), "money");
    assert!(said.contains("Costs are in €."), "{said}");
    for chart in ["service_level", "arrivals", "service_level_map", "journeys", "required"] {
        let svg = read(&format!("charts/{chart}.svg"));
        assert!(
            svg.contains("Insurance quotes") || svg.contains("Early birds, Lyon"),
            "{chart} shows a name"
        );
        assert!(!svg.contains(">calls<"), "{chart} shows a key");
    }
    assert!(read("charts/shifts.svg").contains("Early birds, Lyon, morning: 08:00 to 12:00"), "who works");
    // All numbers are those of the same centre without names.
    let plain = run();
    for file in ["queues.csv", "intervals.csv", "groups.csv", "cases.csv", "journeys.csv"] {
        let other = fs::read_to_string(plain.path().join("out").join(file)).expect("it is written");
        assert_eq!(read(file), other, "{file} keeps the keys");
    }
    let json: serde_json::Value = serde_json::from_str(&read("summary.json")).expect("JSON");
    assert!(json["queues"]["calls"].is_object() && json["groups"]["early"].is_object(), "keys");
    // Beside a variant.
    let variant = format!("{}[variants.more]\ngroups.early.shifts.morning.agents = 6\n", named_centre());
    fs::write(folder.path().join("two.toml"), variant).expect("written");
    holdline(folder.path(), "compare two.toml --quiet --replications 3 --out two");
    let page = fs::read_to_string(folder.path().join("two/compare.html")).expect("it is written");
    assert!(page.contains("Insurance quotes") && page.contains("Cost (€)"), "the comparison shows them too");
    let targets = fs::read_to_string(folder.path().join("two/targets.csv")).expect("it is written");
    assert!(targets.contains("\ncalls,service_level,more,"), "{targets}");
}

/// Fifty queues with names of sixty letters: every chart is drawn, in parts where one file would be too long.
#[test]
fn fifty_queues_with_long_names_have_all_their_charts() {
    let mut text =
        "horizon = { start = 2026-03-02, days = 2, interval = \"1h\" }\nexperiment = { replications = 3 }\n"
            .to_owned();
    for number in 0..50 {
        let name = format!("{number:02} Complaints about deliveries of the northern region, desk");
        text += &format!(
            "[queues.q{number}]\nname = \"{name}\"\nopen = \"daily 08:00-12:00\"\ntalk = {{ mean = \"4m\" }}\npatience = {{ mean = \"3m\" }}\n\
             target = {{ share = 0.8, within = \"20s\" }}\narrivals.per_hour = 12\n\
             [groups.g{number}]\nskills = [\"q{number}\"]\ncost.per_hour = 20\n\
             shifts.day = {{ agents = 2, start = \"08:00\", length = \"4h\" }}\n"
        );
    }
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("centre.toml"), text).expect("written");
    holdline(folder.path(), "run centre.toml --quiet --out out");
    // Eight maps a file, fourteen panels, twenty-five bars, seventy-two lines.
    for (name, parts) in [
        ("service_level_map", 7),
        ("over_under", 7),
        ("required", 4),
        ("arrivals", 4),
        ("cost", 2),
        ("shifts", 1),
    ] {
        let part = |number: usize| if number == 1 { name.to_owned() } else { format!("{name}-{number}") };
        let last = chart(&folder, &part(parts));
        assert!(last.starts_with("<svg"), "{name}");
        let path = folder.path().join(format!("out/charts/{}.svg", part(parts + 1)));
        assert!(!path.exists(), "{name} has more than {parts} parts");
    }
    let levels = chart(&folder, "service_level_map-7");
    assert!(levels.contains("49 Complaints about deliveries of the northern region, desk"), "the whole name");
    let page = fs::read_to_string(folder.path().join("out/report.html")).expect("it is written");
    assert!(page.len() < 4_000_000, "{} bytes", page.len());
}

/// What to look at first is every target that is not kept, the missed ones before, with a chart of the page.
#[test]
fn the_page_says_what_to_look_at_first() {
    let folder = run();
    let page = fs::read_to_string(folder.path().join("out/report.html")).expect("it is written");
    let list = page.split("<ol class=\"looks\">").nth(1).and_then(|rest| rest.split("</ol>").next());
    let list = list.expect("targets are missed");
    let json = fs::read_to_string(folder.path().join("out/summary.json")).expect("it is written");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let value =
        |path: &str| json.pointer(path).and_then(serde_json::Value::as_f64).expect("a number") * 100.0;
    let items: Vec<&str> = list.split("<li>").skip(1).collect();
    // Three targets and a group that is always busy.
    for (start, words, path) in [
        (
            "<strong class=\"missed\">mail</strong>",
            "90 % responded to in 2 h: ",
            "/queues/mail/figures/service_level/value",
        ),
        (
            "<strong class=\"missed\">calls</strong>",
            "80 % in 20 s: ",
            "/queues/calls/figures/service_level/value",
        ),
        (
            "<strong class=\"missed\">calls</strong>",
            "at most 5 % abandoned: ",
            "/queues/calls/figures/abandonment/value",
        ),
        ("<strong>writers</strong>", "writers</strong>", "/groups/writers/figures/occupancy/value"),
    ] {
        let item = items.iter().find(|item| item.starts_with(start) && item.contains(words));
        let item = item.unwrap_or_else(|| panic!("{start} {words} is not in {list}"));
        assert!((after(item, words) - value(path)).abs() <= 0.0501, "{item}: {}", value(path));
        let chart = item.split("href=\"#").nth(1).and_then(|rest| rest.split('"').next()).expect("a chart");
        assert!(page.contains(&format!("id=\"{chart}\"")), "{chart} is on the page");
    }
    let missed = items.iter().filter(|item| item.contains("class=\"missed\"")).count();
    assert!(
        items[..missed].iter().all(|item| item.contains("class=\"missed\"")),
        "the missed ones first: {list}"
    );
    // Nothing is wrong where all is kept.
    let calm = CENTRE
        .replace("agents = 5", "agents = 12")
        .replace("\"08:00\" = 2, ", "\"00:00\" = 4, ")
        .replace("\"16:00\" = 0", "\"16:00\" = 4");
    fs::write(folder.path().join("calm.toml"), calm).expect("written");
    holdline(folder.path(), "run calm.toml --quiet --out calm");
    let page = fs::read_to_string(folder.path().join("calm/report.html")).expect("it is written");
    assert!(!page.contains("class=\"missed\">") && !page.contains("What to look at first"), "all is kept");
    // A group that is to be less busy than it is: now and then, and over the whole time.
    let json = fs::read_to_string(folder.path().join("calm/summary.json")).expect("it is written");
    let json: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    let group = json["groups"].as_object().expect("groups").keys().next().expect("one").clone();
    let busy =
        json.pointer(&format!("/groups/{group}/figures/occupancy/value")).and_then(serde_json::Value::as_f64);
    let busy = busy.expect("a number");
    for (most, said) in
        [(busy * 1.05, "of the intervals it is more than the"), (busy * 0.95, "where at most")]
    {
        let set = format!("groups.{group}.max_occupancy={most:.4}");
        holdline(folder.path(), &format!("run calm.toml --quiet --out limited --force --set {set}"));
        let page = fs::read_to_string(folder.path().join("limited/report.html")).expect("it is written");
        let look = format!("<strong>{group}</strong>");
        let item = page.split("<li>").find(|item| item.starts_with(&look)).expect("it is listed");
        assert!(item.contains(said), "{item}");
        assert!(page.contains("id=\"occupancy\"") && page.contains("id=\"agents\""), "both charts");
        assert!(page.contains("no more than this (`max_occupancy`)"), "the line is explained");
    }
}
