//! `report.html` in a real browser. Without one (chromium or chrome on the path) the tests say so and pass.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use crate::browser::{Browser, installed};

/// What is measured of a page.
const LOOK: &str = r#"({
  window: document.documentElement.clientWidth,
  document: document.documentElement.scrollWidth,
  ground: getComputedStyle(document.body).backgroundColor,
  text: document.body.innerText,
  charts: document.querySelectorAll("figure").length,
  scrolling: [...document.querySelectorAll(".card:not(figure)")].filter(card => card.scrollWidth > card.clientWidth).length,
  unseen: [...document.querySelectorAll("figure")].filter(figure => figure.getBoundingClientRect().height < 100).length,
})"#;

/// Of a phone.
const PHONE: u32 = 375;

/// The folder with the page of the retail scenario from few replications.
fn page() -> &'static Path {
    static FOLDER: OnceLock<TempDir> = OnceLock::new();
    let folder = FOLDER.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut holdline =
            assert_cmd::Command::cargo_bin("holdline").expect("the binary is built with the tests");
        let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/retail.toml");
        holdline.args(["run", "--quiet", "--replications", "5", "--out"]).arg(folder.path()).arg(scenario);
        holdline.assert().success();
        let html = fs::read_to_string(folder.path().join("report.html")).expect("a page was written");
        assert_eq!(html.matches("<script").count(), 1, "the one that sorts tables");
        folder
    });
    folder.path()
}

/// The page of a sweep over two parameters with costs; beside the other page.
fn sweep_page() {
    static MADE: OnceLock<()> = OnceLock::new();
    MADE.get_or_init(|| {
        let out = page().join("sweep");
        let mut holdline =
            assert_cmd::Command::cargo_bin("holdline").expect("the binary is built with the tests");
        let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/first.toml");
        holdline.args(["sweep", "--quiet", "--replications", "3", "--out"]).arg(&out).arg(scenario);
        holdline.args([
            "--vary",
            "groups.team.staff.08:00=18..22",
            "--vary",
            "queues.service.talk.mean=3m,4m",
        ]);
        holdline.args(["--set", "groups.team.cost.per_hour=20"]).assert().success();
        let html = fs::read_to_string(out.join("report.html")).expect("a page was written");
        assert_eq!(html.matches("<script").count(), 1, "the one that sorts tables");
    });
}

/// The retail scenario with queues of sixty letters, with and without a place to break them; beside the other page.
fn page_of_long_names() {
    let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/retail.toml");
    let text = fs::read_to_string(&scenario).expect("the scenario is there");
    let long = text
        .replace("orders", "new_orders_and_changes_of_running_contracts_of_companies_abc")
        .replace("technical", "technicalsupportforroutersandtelevisionboxesathomeandelsewhere");
    let folder = page().join("names");
    fs::create_dir_all(&folder).expect("it can be made");
    fs::write(folder.join("long.toml"), long).expect("it can be written");
    for entry in fs::read_dir(scenario.parent().expect("a folder")).expect("it can be listed") {
        let path = entry.expect("it can be listed").path();
        if path.is_file() {
            fs::copy(&path, folder.join(path.file_name().expect("a name"))).expect("it can be copied");
        }
    }
    let mut holdline =
        assert_cmd::Command::cargo_bin("holdline").expect("the binary is built with the tests");
    holdline.current_dir(&folder).args([
        "run",
        "--quiet",
        "--replications",
        "5",
        "--out",
        "out",
        "long.toml",
    ]);
    holdline.assert().success();
}

/// Opens a page of the folder and gives back what the browser printed and said.
fn open(browser: &Path, name: &str, more: &[&str]) -> (String, String) {
    let profile = tempfile::tempdir().expect("a temporary folder");
    let output = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-dev-shm-usage",
            "--enable-logging=stderr",
        ])
        .arg(format!("--user-data-dir={}", profile.path().display()))
        .args(more)
        .arg(format!("file://{}", page().join(name).display()))
        .output()
        .expect("the browser starts");
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (text(&output.stdout), text(&output.stderr))
}

/// A browser with this page of the folder.
fn at(name: &str) -> Browser {
    Browser::at(&format!("file://{}", page().join(name).display())).expect("it was there just now")
}

/// What stands on the page in a window of this width.
fn seen(browser: &mut Browser, width: u32) -> Value {
    browser.resize(width);
    let seen = browser.value(LOOK);
    assert_eq!(browser.complaints, Vec::<String>::new());
    seen
}

macro_rules! browser_or_skip {
    () => {
        match installed() {
            Some(browser) => browser,
            None => {
                eprintln!("skipped: there is no chromium here to look at the page with");
                return;
            }
        }
    };
}

#[test]
fn the_page_fits_windows_of_all_widths() {
    browser_or_skip!();
    let mut browser = at("report.html");
    for width in [1600, 1200, 820, PHONE] {
        let seen = seen(&mut browser, width);
        assert_eq!(seen["document"], seen["window"], "{width} wide, it scrolls sideways");
        assert_eq!(seen["charts"], 17, "{width} wide");
        assert_eq!(seen["unseen"], 0, "charts without height in a window {width} wide");
        if width >= 1200 {
            assert_eq!(seen["scrolling"], 0, "tables scroll within a window {width} wide");
        }
        if width == PHONE {
            assert_eq!(seen["scrolling"], 0, "figures of a table lie out of sight on a phone");
            assert!(
                seen["window"].as_u64().is_some_and(|seen| seen <= u64::from(PHONE)),
                "{}",
                seen["window"]
            );
        }
    }
}

#[test]
fn long_names_push_no_figure_off_the_page() {
    browser_or_skip!();
    page_of_long_names();
    let mut browser = at("names/out/report.html");
    for width in [1400, 820, PHONE] {
        let seen = seen(&mut browser, width);
        assert_eq!(seen["document"], seen["window"], "{width} wide, it scrolls sideways");
        if width >= 1200 {
            assert_eq!(seen["scrolling"], 0, "tables scroll within a window {width} wide");
        }
    }
}

#[test]
fn the_page_says_what_matters() {
    browser_or_skip!();
    let seen = seen(&mut at("report.html"), 1200);
    let text = seen["text"].as_str().expect("a text");
    for wanted in [
        "Retail service desk, one week",
        "Monday 2 March 2026 to Sunday 8 March 2026",
        "Queues and their targets",
        "at most 4 % abandoned",
        "80 % solved in 2 working days",
        "Service level of every half-hour, with its target",
        "What the figures mean",
    ] {
        assert!(text.contains(wanted), "the page does not say “{wanted}”");
    }
    assert!(!text.contains("NaN") && !text.contains("undefined"), "{text}");
}

#[test]
fn the_page_is_dark_for_those_who_want_it_dark() {
    browser_or_skip!();
    let mut browser = at("report.html");
    for (scheme, ground) in [("light", "rgb(244, 246, 248)"), ("dark", "rgb(15, 19, 23)")] {
        browser.prefer(scheme);
        assert_eq!(seen(&mut browser, 1200)["ground"], ground);
    }
}

#[test]
fn the_page_of_a_sweep_fits_says_its_best_point_and_has_its_charts() {
    browser_or_skip!();
    sweep_page();
    let mut browser = at("sweep/report.html");
    for width in [1200, 820, PHONE] {
        let seen = seen(&mut browser, width);
        assert_eq!(seen["document"], seen["window"], "{width} wide, it scrolls sideways");
        assert_eq!(seen["charts"], 4, "{width} wide");
        assert_eq!(seen["unseen"], 0, "charts without height in a window {width} wide");
        if width >= 1200 {
            assert_eq!(seen["scrolling"], 0, "the table scrolls within a window {width} wide");
        }
        let text = seen["text"].as_str().expect("a text");
        for wanted in ["Sweep: First steps", "The cheapest point that keeps 80 % in 20 s is", "10 points"] {
            assert!(text.contains(wanted), "{width} wide, it does not say “{wanted}”");
        }
        assert!(!text.contains("NaN") && !text.contains("undefined"), "{text}");
    }
    browser.prefer("dark");
    assert_eq!(seen(&mut browser, 1200)["ground"], "rgb(15, 19, 23)");
}

/// The page of a comparison; beside the other page.
fn comparison_page() {
    static MADE: OnceLock<()> = OnceLock::new();
    MADE.get_or_init(|| {
        let out = page().join("compare");
        let mut holdline =
            assert_cmd::Command::cargo_bin("holdline").expect("the binary is built with the tests");
        let scenario = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/retail.toml");
        holdline.args(["compare", "--quiet", "--replications", "4", "--out"]).arg(&out).arg(scenario);
        holdline.assert().success();
        let html = fs::read_to_string(out.join("compare.html")).expect("a page was written");
        assert_eq!(html.matches("<script").count(), 1, "the one that sorts tables");
    });
}

#[test]
fn the_page_of_a_comparison_fits_sorts_and_has_its_charts() {
    browser_or_skip!();
    comparison_page();
    let mut browser = at("compare/compare.html");
    for width in [1300, 820, PHONE] {
        let seen = seen(&mut browser, width);
        assert_eq!(seen["document"], seen["window"], "{width} wide, it scrolls sideways");
        assert_eq!(seen["charts"], 6, "{width} wide");
        assert_eq!(seen["unseen"], 0, "charts without height in a window {width} wide");
        if width != 820 {
            assert_eq!(seen["scrolling"], 0, "a table scrolls in a window {width} wide");
        }
        let text = seen["text"].as_str().expect("a text");
        for wanted in
            ["Comparison: Retail service desk", "part_timers", "at most 4 % abandoned", "all targets"]
        {
            assert!(text.contains(wanted), "{width} wide, it does not say “{wanted}”");
        }
        assert!(!text.contains("NaN") && !text.contains("undefined"), "{text}");
    }
    browser.prefer("dark");
    assert_eq!(seen(&mut browser, 1300)["ground"], "rgb(15, 19, 23)");
    // The baseline's column of the targets: the sum stays below.
    let table = "table.targets";
    browser.click(&format!("{table} thead th:nth-of-type(3) button"), 0.5);
    let shares: Vec<f64> = column(&mut browser, table, "td:nth-of-type(2)")
        .iter()
        .filter_map(|text| text.trim_start_matches(['✗', '✓', ' ']).trim_end_matches(" %").parse().ok())
        .collect();
    assert!(shares.len() == 7 && shares.is_sorted(), "{shares:?}");
    assert_eq!(column(&mut browser, table, "th").last().map(String::as_str), Some("all targets"));
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn the_page_prints() {
    let browser = browser_or_skip!();
    let file = page().join("page.pdf");
    let (_, log) = open(&browser, "report.html", &[&format!("--print-to-pdf={}", file.display())]);
    let pdf = fs::read(&file).unwrap_or_else(|error| panic!("no PDF: {error}; {log}"));
    assert!(pdf.starts_with(b"%PDF-"));
    assert!(pdf.len() > 50_000, "only {} bytes", pdf.len());
}

#[test]
fn a_field_above_a_long_table_leaves_the_rows_with_its_words() {
    if installed().is_none() {
        return eprintln!("skipped: there is no chromium here to look at the page with");
    }
    comparison_page();
    let mut browser = at("compare/compare.html");
    // The days of a figure are a long table, within what opens; tables of seven rows have no field.
    browser.value("document.querySelectorAll('details').forEach(part => { part.open = true; })");
    assert_eq!(browser.value("document.querySelectorAll('.targets').length"), Value::from(1));
    let field = "details .filter input";
    let shown =
        "[...document.querySelector('details table').tBodies[0].rows].filter(row => !row.hidden).length";
    let all = browser.value(shown).as_u64().expect("a number");
    assert!(all > 12, "{all} rows");
    browser.click(field, 0.5);
    browser.insert("VIP sat");
    browser.until(&format!("{shown} === 1"));
    assert_eq!(browser.text("details .filter output"), format!("1 of {all}"));
    assert!(browser.text("details table tbody tr:not([hidden])").starts_with("Sat 7 Mar"));
    browser.value(&format!("document.querySelector('{field}').select()"));
    browser.insert("nothing of the kind");
    browser.until(&format!("{shown} === 0"));
    assert_eq!(browser.value("document.querySelectorAll('main > .filter').length"), Value::from(0));
    assert_eq!(browser.complaints, Vec::<String>::new());
}

#[test]
fn the_policy_of_a_page_lets_nothing_run_and_nothing_be_loaded() {
    let html = fs::read_to_string(page().join("report.html")).expect("a page was written");
    let policy = html.split("http-equiv=\"Content-Security-Policy\" content=\"").nth(1);
    let policy = policy.and_then(|rest| rest.split('"').next()).expect("the page has a policy");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(policy.contains("script-src 'sha256-") && policy.matches("sha256-").count() == 2, "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    assert!(!html.contains(" style=\""), "what stands in attributes is not allowed");
    let Some(browser) = installed() else { return eprintln!("no browser: not tried") };
    // Whatever got into the page would be inert: the title stays, and the styles of others are not followed.
    let evil = "<style>body { background: rgb(1, 2, 3) }</style><script>document.title = 'run'</script>\
                <img src=x onerror=\"document.title = 'run'\">";
    fs::write(page().join("evil.html"), html.replace("<main>", &format!("<main>{evil}"))).expect("it can be");
    let (dom, log) = open(&browser, "evil.html", &["--dump-dom"]);
    assert!(dom.contains("<main>") && !dom.contains("<title>run</title>"), "{dom}");
    assert!(log.contains("Content Security Policy"), "the browser says what it refused: {log}");
}

/// The names of the queues in a table, as they stand.
fn column(browser: &mut Browser, table: &str, cell: &str) -> Vec<String> {
    let cells = browser.value(&format!(
        "[...document.querySelectorAll('{table} tbody tr')].map(row => row.querySelector('{cell}').firstChild.textContent)"
    ));
    let texts = cells.as_array().expect("a list").iter();
    texts.map(|text| text.as_str().unwrap_or_default().trim().to_owned()).collect()
}

#[test]
fn tables_sort_by_a_click_or_a_key_on_a_head_and_charts_say_what_is_pointed_at() {
    let Some(mut browser) = Browser::at(&format!("file://{}", page().join("report.html").display())) else {
        return eprintln!("skipped: there is no chromium here to look at the page with");
    };
    // The first table is that of the queues; its third column counts what was offered.
    let table = "main > .card:nth-of-type(1) table";
    let names = |browser: &mut Browser| column(browser, table, "th");
    let written = names(&mut browser);
    assert_eq!(written[0], "orders");
    let sums = written.len()
        - browser
            .value(&format!("document.querySelectorAll('{table} tr.sum').length"))
            .as_u64()
            .expect("a number") as usize;
    let offered = |browser: &mut Browser| -> Vec<f64> {
        let texts = column(browser, table, "td:nth-of-type(2)");
        texts[..sums].iter().map(|text| text.replace(',', "").parse().expect("a number")).collect()
    };
    let head = format!("{table} thead th:nth-of-type(3) button");
    assert_eq!(browser.text(&head), "Offered");
    browser.click(&head, 0.5);
    let sorted = offered(&mut browser);
    assert!(sorted.len() >= 5 && sorted.is_sorted(), "{sorted:?}");
    assert_eq!(names(&mut browser)[sums..], written[sums..], "sums stay below");
    // By keyboard: the other way, then as it was written.
    browser.value(&format!("document.querySelector('{head}').focus()"));
    browser.press("Enter");
    let sort = format!("document.querySelector('{table} th[aria-sort]')?.ariaSort ?? 'none'");
    assert_eq!(browser.value(&sort), Value::from("descending"));
    assert!(offered(&mut browser).iter().rev().is_sorted());
    browser.press("Enter");
    assert_eq!(browser.value(&sort), Value::from("none"));
    assert_eq!(names(&mut browser), written);
    // By name.
    browser.click(&format!("{table} thead th:nth-of-type(1) button"), 0.5);
    assert!(names(&mut browser)[..sums].is_sorted());
    // Shares with a mark of a missed target, and with units.
    let last = format!("{table} thead th:last-of-type button");
    browser.click(&last, 0.5);
    let shares: Vec<f64> = column(&mut browser, table, "td:last-of-type")[..sums]
        .iter()
        .map(|text| {
            text.trim_start_matches('✗').trim().trim_end_matches('%').trim().parse().expect("a share")
        })
        .collect();
    assert!(shares.is_sorted(), "{shares:?}");
    // What a chart says where it is pointed at: the title of what lies on top there.
    let tip = browser.value(
        "(() => { const svg = document.querySelector('#service_level svg'); svg.scrollIntoView({ block: 'center' }); \
         const r = svg.querySelectorAll('g path')[5].getBoundingClientRect(); \
         const top = document.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2); \
         return top.querySelector('title')?.textContent; })()",
    );
    let tip = tip.as_str().expect("a tip");
    assert!(tip.starts_with("Mon 2026-03-02 10:30: service level "), "{tip}");
    assert!(tip.contains(" % ± "), "{tip}");
    assert_eq!(browser.complaints, Vec::<String>::new());
}
