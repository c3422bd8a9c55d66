//! `holdline open`: who may ask, what a change shows, and that a saved variant gives the shown figures again.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::browser::Browser;

const CENTRE: &str = r#"
title = "A small centre"
horizon = { start = 2026-03-02, interval = "1h" }
experiment = { replications = 40, seed = 3 }

[queues.calls]
open = "daily 08:00-18:00"
talk = { kind = "lognormal", mean = "3m20s", cv = 1.0 }
wrap_up = { mean = "20s" }
patience = { mean = "3m" }
target = { share = 0.8, within = "20s" }
arrivals = { per_day = 900, busyness = { cv = 0.1 } }

[groups.team]
skills = ["calls"]
cost.per_hour = 20
shifts.day = { agents = 7, start = "08:00", length = "10h" }
"#;

/// A page that is served.
struct Served {
    child: Child,
    folder: TempDir,
    port: u16,
    /// The path that its address has.
    path: String,
}

impl Served {
    fn start(centre: &str) -> Served {
        let folder = tempfile::tempdir().expect("a temporary folder");
        fs::write(folder.path().join("centre.toml"), centre).expect("there is room");
        Served::of(folder, Path::new("centre.toml"), &["--threads", "1"])
    }

    fn of(folder: TempDir, file: &Path, more: &[&str]) -> Served {
        let mut child = Command::new(env!("CARGO_BIN_EXE_holdline"))
            .current_dir(folder.path())
            .arg("open")
            .arg(file)
            .args(["--no-browser", "--quiet"])
            .args(more)
            .stdout(Stdio::piped())
            .spawn()
            .expect("it starts");
        let mut address = String::new();
        let out = child.stdout.take().expect("it is piped");
        BufReader::new(out).read_line(&mut address).expect("it says its address");
        let (port, path) = address
            .trim()
            .strip_prefix("http://127.0.0.1:")
            .and_then(|rest| rest.split_once('/'))
            .expect("one");
        let (port, path) = (port.parse().expect("a port"), format!("/{path}"));
        Served { child, folder, port, path }
    }

    fn address(&self) -> String {
        format!("http://127.0.0.1:{}{}", self.port, self.path)
    }

    /// Sends what is given and reads the answer to its end: the code and the body.
    fn raw(&self, request: &str) -> (u16, String) {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).expect("it listens");
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("it can be set");
        stream.write_all(request.as_bytes()).expect("it listens");
        answer(stream)
    }

    fn request(&self, method: &str, path: &str, headers: &str, body: &str) -> (u16, String) {
        let (port, length) = (self.port, body.len());
        self.raw(&format!(
            "{method} {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nConnection: close\r\n{headers}\
             Content-Length: {length}\r\n\r\n{body}"
        ))
    }

    fn post(&self, what: &str, body: &Value) -> (u16, String) {
        let headers = "Content-Type: application/json\r\n";
        self.request("POST", &format!("{}{what}", self.path), headers, &body.to_string())
    }

    /// Asks for some levers' positions and waits for the last picture.
    fn played(&self, turns: &Value) -> Value {
        let (code, text) = self.post("ask", turns);
        assert_eq!(code, 200, "{text}");
        let asked: Value = serde_json::from_str(&text).expect("JSON");
        let mut version = json!(0);
        loop {
            let path = format!("{}picture?after={version}", self.path);
            let (code, text) = self.request("GET", &path, "", "");
            assert_eq!(code, 200, "{text}");
            let picture: Value = serde_json::from_str(&text).expect("JSON");
            version = picture["version"].clone();
            let done = picture["played"] == picture["asked"] || !picture["refused"].is_null();
            if picture["question"] == asked["asked"] && done {
                return picture;
            }
        }
    }

    /// The number of the field with this label in a part of the form.
    fn lever(&self, part: &str, label: &str) -> usize {
        let (_, page) = self.request("GET", &self.path, "", "");
        let part = page.split("<fieldset>").find(|text| text.contains(&format!("<legend>{part}</legend>")));
        let part = part.expect("the form has it");
        let field = part
            .split("<label for=\"f")
            .skip(1)
            .find(|text| text.split_once('>').is_some_and(|(_, rest)| rest.starts_with(label)));
        let number = field.and_then(|text| text.split('"').next()).expect("the part has it");
        number.parse().expect("a number")
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// An answer's code and body; a body in chunks is put together.
fn answer(stream: TcpStream) -> (u16, String) {
    let mut reader = BufReader::new(stream);
    let mut line = String::new();
    reader.read_line(&mut line).expect("it answers");
    let code = line.split(' ').nth(1).and_then(|code| code.parse().ok()).unwrap_or_else(|| panic!("{line}"));
    let (mut length, mut chunked) = (0, false);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("it answers");
        let line = line.trim().to_ascii_lowercase();
        if line.is_empty() {
            break;
        }
        chunked |= line == "transfer-encoding: chunked";
        if let Some(value) = line.strip_prefix("content-length: ") {
            length = value.parse().expect("a length");
        }
    }
    let mut body = vec![0; length];
    if !chunked {
        reader.read_exact(&mut body).expect("it answers");
        return (code, String::from_utf8_lossy(&body).into_owned());
    }
    loop {
        let mut size = String::new();
        reader.read_line(&mut size).expect("it answers");
        let size = usize::from_str_radix(size.trim(), 16).expect("a size");
        let mut chunk = vec![0; size + 2];
        reader.read_exact(&mut chunk).expect("it answers");
        if size == 0 {
            return (code, String::from_utf8_lossy(&body).into_owned());
        }
        body.extend(&chunk[..size]);
    }
}

/// The figures of a run, by their dotted names.
fn figures(folder: &Path, arguments: &[&str]) -> Value {
    let output = Command::new(env!("CARGO_BIN_EXE_holdline"))
        .current_dir(folder)
        .arg("run")
        .args(arguments)
        .args(["--json", "--quiet", "--charts", "none", "--out", "out", "--force"])
        .output()
        .expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// Holds every shown figure to the run's, to the bit.
fn same_figures(picture: &Value, summary: &Value) {
    let shown = picture["figures"].as_array().expect("a list");
    assert!(shown.len() >= 8, "{shown:?}");
    for figure in shown {
        let path = figure[0].as_str().expect("a name");
        let mut keys: Vec<&str> = path.split('.').collect();
        let name = keys.pop().expect("a figure");
        let scope = match keys[..] {
            ["total"] if name == "occupancy" || name == "cost" => &summary["all_groups"],
            ["total"] => &summary["total"],
            [kind, one] => &summary[kind][one],
            _ => panic!("{path}"),
        };
        let of_run = &scope["figures"][name];
        assert_eq!((&figure[1], &figure[2]), (&of_run["value"], &of_run["half_width"]), "{path}");
    }
}

#[test]
fn nobody_else_may_ask() {
    let served = Served::start(CENTRE);
    let own = served.path.clone();
    let page = served.request("GET", &own, "", "");
    assert_eq!(page.0, 200);
    assert!(page.1.contains("What if: A small centre"), "{}", page.1);
    // Another path, another token, no token.
    let other = format!("/{}/", "0".repeat(32));
    for path in ["/", "/favicon.ico", &other, &format!("{other}picture"), &own[..own.len() - 1]] {
        assert_eq!(served.request("GET", path, "", "").0, 404, "{path}");
    }
    for path in ["centre.toml", "../centre.toml", "..%2fcentre.toml", "page/", "ask/../../centre.toml"] {
        assert_eq!(served.request("GET", &format!("{own}{path}"), "", "").0, 404, "{path}");
    }
    // Another origin, and another name that leads here.
    let json = "Content-Type: application/json\r\n";
    for origin in ["https://evil.example", "null", "http://127.0.0.1:1"] {
        let headers = format!("{json}Origin: {origin}\r\n");
        assert_eq!(served.request("POST", &format!("{own}ask"), &headers, "[]").0, 403, "{origin}");
        assert_eq!(served.request("GET", &own, &headers, "").0, 403, "{origin}");
    }
    for host in ["evil.example", "127.0.0.1:1", ""] {
        let request = format!("GET {own} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
        assert_eq!(served.raw(&request).0, 403, "{host}");
    }
    assert_eq!(served.raw(&format!("GET {own} HTTP/1.1\r\nConnection: close\r\n\r\n")).0, 403, "no name");
    // A form of another page can send texts, but no JSON.
    assert_eq!(served.request("POST", &format!("{own}ask"), "Content-Type: text/plain\r\n", "[]").0, 415);
    assert_eq!(served.request("DELETE", &own, "", "").0, 405);
    let origin = format!("{json}Origin: http://127.0.0.1:{}\r\n", served.port);
    assert_eq!(served.request("POST", &format!("{own}ask"), &origin, "[]").0, 200, "its own page may");
}

#[test]
fn what_is_too_long_or_no_question_is_refused() {
    let served = Served::start(CENTRE);
    let head = |length: &str| {
        format!(
            "POST {}ask HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nContent-Type: application/json\r\n{length}\r\n\r\n",
            served.path, served.port
        )
    };
    // Announced: refused before it is sent.
    assert_eq!(served.raw(&head("Content-Length: 104857600")).0, 413);
    // Not announced: refused while it comes. 100 MB are sent, as far as they are taken.
    let mut stream = TcpStream::connect(("127.0.0.1", served.port)).expect("it listens");
    stream.set_read_timeout(Some(Duration::from_secs(30))).expect("it can be set");
    stream.write_all(head("Transfer-Encoding: chunked").as_bytes()).expect("it listens");
    let mut writer = stream.try_clone().expect("a second hand");
    let writing = std::thread::spawn(move || {
        let chunk = format!("10000\r\n{}\r\n", " ".repeat(0x10000));
        (0..1600).take_while(|_| writer.write_all(chunk.as_bytes()).is_ok()).count()
    });
    assert_eq!(answer(stream.try_clone().expect("a second hand")).0, 413);
    let _ = stream.shutdown(std::net::Shutdown::Both);
    assert!(writing.join().expect("it ends") < 1600, "not all of it was taken");
    for (body, code) in
        [("", 400), ("{}", 400), ("[{\"lever\":0}]", 400), ("[{\"lever\":999,\"value\":\"1\"}]", 422)]
    {
        let headers = "Content-Type: application/json\r\n";
        assert_eq!(served.request("POST", &format!("{}ask", served.path), headers, body).0, code, "{body}");
    }
    let agents = served.lever("team", "Agents, day");
    for value in ["-1", "7.5", "many", "99999999999"] {
        let (code, text) = served.post("ask", &json!([{ "lever": agents, "value": value }]));
        assert_eq!(code, 422, "{value}");
        assert!(text.contains("is no whole number of agents"), "{text}");
    }
    // What cannot be played is said as `--set` says it.
    let hours = served.lever("calls", "Open");
    let picture = served.played(&json!([{ "lever": hours, "value": "someday 8-9" }]));
    assert!(picture["refused"].as_str().expect("a text").contains("queues.calls.open"), "{picture}");
    // And the page goes on.
    assert!(served.played(&json!([]))["refused"].is_null());
}

#[test]
fn a_saved_variant_gives_the_shown_figures_again() {
    let served = Served::start(CENTRE);
    let folder = served.folder.path();
    let baseline = served.played(&json!([]));
    same_figures(&baseline, &figures(folder, &["centre.toml"]));
    assert_eq!(baseline["command"], "holdline run centre.toml");
    let turns = json!([
        { "lever": served.lever("team", "Agents, day"), "value": "9" },
        { "lever": served.lever("calls", "Volume"), "value": "112.5" },
        { "lever": served.lever("calls", "Handle time"), "value": "105" },
        { "lever": served.lever("calls", "Patience"), "value": "80" },
        { "lever": served.lever("calls", "Open"), "value": "mon-fri 08:00-18:00; sat 09:00-12:00" },
    ]);
    let picture = served.played(&turns);
    assert_eq!((&picture["played"], &picture["asked"]), (&json!(40), &json!(40)));
    let (code, said) = served.post("save", &json!({ "name": "Two more", "question": picture["question"] }));
    assert_eq!((code, said.as_str()), (200, "Two_more.toml is written."));
    let saved = fs::read_to_string(folder.join("Two_more.toml")).expect("it is there");
    assert_eq!(
        saved,
        "extends = \"centre.toml\"\ntitle = \"Two more\"\n\n\
         groups.team.shifts.day.agents = 9\nqueues.calls.arrivals.factor = 1.125\nqueues.calls.talk.mean = \"3m30s\"\nqueues.calls.wrap_up.mean = \"21s\"\n\
         queues.calls.patience.mean = \"2m24s\"\n\
         queues.calls.open = [\"mon-fri 08:00-18:00\", \"sat 09:00-12:00\"]\n"
    );
    same_figures(&picture, &figures(folder, &["Two_more.toml"]));
    // The command that the page shows plays the same.
    let command = picture["command"].as_str().expect("a text");
    let typed = |flags: &str| {
        let typed = format!("{} --quiet {flags}", command.replacen("holdline", "\"$0\"", 1));
        let mut shell = Command::new("sh");
        shell.current_dir(folder).args(["-c", &typed, env!("CARGO_BIN_EXE_holdline")]);
        let output = shell.output().expect("a shell");
        assert!(output.status.success(), "{typed}: {}", String::from_utf8_lossy(&output.stderr));
        output.stdout
    };
    same_figures(
        &picture,
        &serde_json::from_slice(&typed("--json --charts none --out typed")).expect("JSON"),
    );
    // The report that the page gives is that of the command, to the byte.
    typed("--out full");
    let kept = |file: &str, question: &Value| {
        served.request("GET", &format!("{}{file}?question={question}", served.path), "", "")
    };
    let (code, report) = kept("report.html", &picture["question"]);
    assert_eq!(code, 200, "{report}");
    assert!(report == fs::read_to_string(folder.join("full/report.html")).expect("it is there"));
    let (code, book) = kept("tables.xlsx", &picture["question"]);
    assert!(code == 200 && book.starts_with("PK"), "{code}");
    assert_eq!(kept("report.html", &baseline["question"]).0, 409, "something else was asked since");
    // Nothing is replaced, and nothing is written elsewhere.
    for (name, code) in [
        ("Two more", 422),
        ("centre", 422),
        ("../elsewhere", 422),
        ("/tmp/elsewhere", 422),
        ("a.b", 422),
        ("", 422),
        (" ", 422),
        ("C:evil", 422),
    ] {
        let (answered, text) = served.post("save", &json!({ "name": name, "question": picture["question"] }));
        assert_eq!(answered, code, "{name}: {text}");
    }
    assert_eq!(served.post("save", &json!({ "name": "old", "question": baseline["question"] })).0, 409);
    assert_eq!(fs::read_to_string(folder.join("centre.toml")).expect("it is there"), CENTRE);
    assert_eq!(fs::read_to_string(folder.join("Two_more.toml")).expect("it is there"), saved);
}

#[test]
fn the_page_follows_slider_and_keyboard_and_saves_what_it_shows() {
    let served = Served::start(CENTRE);
    let Some(mut browser) = Browser::at(&served.address()) else {
        eprintln!("skipped: there is no chromium here to try the page with");
        return;
    };
    let done = |question: u32| {
        format!("document.body.dataset.question === '{question}' && document.body.dataset.played === '40'")
    };
    browser.until(&done(1));
    assert!(browser.text("#status").contains("40 of 40 replications"));
    let level = "#tables tbody tr td";
    let before = browser.text(level);
    assert!(!before.contains("baseline"), "{before}");
    // Every field has a name for who cannot see it, and can be reached by Tab.
    let unnamed = browser.value(
        "[...document.querySelectorAll('input')].filter(i => !i.labels.length && !i.ariaLabel).length",
    );
    assert_eq!(unnamed, json!(0));
    // The slider of the agents, with the arrow key: one more agent.
    let agents = served.lever("team", "Agents, day");
    browser.value(&format!("document.getElementById('r{agents}').focus()"));
    browser.press("ArrowRight");
    browser.until(&done(2));
    assert_eq!(browser.value(&format!("document.getElementById('f{agents}').value")), json!("8"));
    let after = browser.text(level);
    assert!(after.contains("baseline") && after.contains("better"), "{after}");
    // From the slider on by Tab to its number, which is typed over.
    browser.press("Tab");
    assert_eq!(browser.value("document.activeElement.id"), json!(format!("f{agents}")));
    browser.value("document.activeElement.select()");
    browser.insert("6");
    browser.until(&done(3));
    assert_eq!(browser.value(&format!("document.getElementById('r{agents}').value")), json!("6"));
    let fewer = browser.text(level);
    assert!(fewer.contains("worse"), "{fewer}");
    // The slider of the volume with the mouse: about a quarter of the way is half of it.
    let volume = served.lever("calls", "Volume");
    browser.click(&format!("#r{volume}"), 0.25);
    browser.until(&done(4));
    let percent = browser.value(&format!("Number(document.getElementById('f{volume}').value)"));
    assert!(percent.as_f64().is_some_and(|percent| (45.0..55.0).contains(&percent)), "{percent}");
    assert!(browser.text("#command").starts_with("holdline run centre.toml --set "));
    assert_eq!(browser.value("document.querySelectorAll('#charts svg').length"), json!(2));
    // Saved by keyboard; the run of the file gives what the page shows.
    browser.value("document.getElementById('name').focus()");
    browser.insert("by hand");
    browser.press("Tab");
    browser.press("Enter");
    browser.until("document.getElementById('saved').textContent === 'by_hand.toml is written.'");
    let (_, text) = served.request("GET", &format!("{}picture?after=0", served.path), "", "");
    let picture: Value = serde_json::from_str(&text).expect("JSON");
    let summary = figures(served.folder.path(), &["by_hand.toml"]);
    same_figures(&picture, &summary);
    let wait = summary["queues"]["calls"]["figures"]["wait"]["value"].as_f64().expect("a number");
    let shown = browser.text("#tables tbody tr td:nth-of-type(2)");
    assert!(
        shown.starts_with(&format!("{wait:.1} s")) || shown.starts_with(&format!("{wait:.2} s")),
        "{shown}"
    );
    // Back to the baseline by its button.
    browser.click("#back", 0.5);
    browser.until(&done(5));
    assert_eq!(browser.text(level), before);
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn a_centre_whose_volumes_count_everything_offered_says_what_that_means() {
    let offered = CENTRE.replace(
        "arrivals = { per_day = 900, busyness = { cv = 0.1 } }",
        "arrivals.csv = { file = \"acd.csv\", time = \"from\", value = \"calls\", counts = \"offered\" }\n\
         retry.after_abandon = { probability = 0.5, delay = { mean = \"10m\" } }",
    );
    assert_ne!(offered, CENTRE);
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("centre.toml"), offered).expect("there is room");
    let rows: String = (8..18).map(|hour| format!("2026-03-02T{hour:02}:00,95\n")).collect();
    fs::write(folder.path().join("acd.csv"), format!("from,calls\n{rows}")).expect("there is room");
    let served = Served::of(folder, Path::new("centre.toml"), &["--replications", "8"]);
    let (_, page) = served.request("GET", &served.path, "", "");
    assert!(page.contains("Variants keep the factors that were found for the baseline"), "{page}");
    // The baseline is a run all the same.
    same_figures(
        &served.played(&json!([])),
        &figures(served.folder.path(), &["centre.toml", "--replications", "8"]),
    );
    let more = served.played(&json!([{ "lever": served.lever("calls", "Volume"), "value": "110" }]));
    assert!(more["command"].as_str().expect("a text").contains("queues.calls.arrivals.factor=1.1"), "{more}");
}

/// How soon the page answers on the large centre: set HOLDLINE_WHAT_IF to measure, on an otherwise idle machine.
#[test]
fn the_first_picture_comes_within_a_second() {
    if std::env::var_os("HOLDLINE_WHAT_IF").is_none() {
        return;
    }
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/retail.toml");
    let folder = tempfile::tempdir().expect("a temporary folder");
    let served = Served::of(folder, &scenario, &[]);
    served.played(&json!([]));
    let agents = served.lever("generalists", "Agents, monday");
    let begun = Instant::now();
    let (_, text) = served.post("ask", &json!([{ "lever": agents, "value": "32" }]));
    let asked: Value = serde_json::from_str(&text).expect("JSON");
    let mut version = json!(0);
    let (mut first, mut precise) = (None, None);
    loop {
        let (_, text) = served.request("GET", &format!("{}picture?after={version}", served.path), "", "");
        let picture: Value = serde_json::from_str(&text).expect("JSON");
        version = picture["version"].clone();
        if picture["question"] != asked["asked"] {
            continue;
        }
        let at = begun.elapsed().as_secs_f64();
        let shares = picture["figures"].as_array().expect("a list").iter().filter(|figure| {
            let name = figure[0].as_str().unwrap_or_default();
            name.ends_with("service_level") || name.ends_with("abandonment")
        });
        let widest = shares.map(|figure| figure[2].as_f64().unwrap_or(1.0)).fold(0.0, f64::max);
        println!("{:.3} s: {} replications, widest half-width of a share {widest:.4}", at, picture["played"]);
        first = first.or(Some(at));
        if widest <= 0.02 {
            precise = precise.or(Some(at));
        }
        if picture["played"] == picture["asked"] {
            break;
        }
    }
    assert!(first.is_some_and(|at| at < 1.0), "{first:?}");
    assert!(precise.is_some_and(|at| at < 5.0), "{precise:?}");
}
