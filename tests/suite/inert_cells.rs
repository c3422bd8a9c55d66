//! Tables that a spreadsheet shows and does not compute.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Names that a spreadsheet would take for formulas.
const NAMES: [&str; 3] = ["=HYPERLINK(1)", "@SUM(1+1)*cmd|'/C calc'!A0", "-2+3"];

const CENTRE: &str = r#"
horizon = { length = "2h", interval = "1h" }
experiment.replications = 2
[queues."=HYPERLINK(1)"]
talk     = { mean = "3m" }
patience = { mean = "2m" }
arrivals.per_hour = 60
[groups."@SUM(1+1)*cmd|'/C calc'!A0"]
skills = ["=HYPERLINK(1)"]
staff  = 4
[variants."-2+3"]
groups."@SUM(1+1)*cmd|'/C calc'!A0".staff = 5
"#;

fn run(folder: &Path, arguments: &[&str]) {
    let output = Command::new(assert_cmd::cargo::cargo_bin("holdline"))
        .current_dir(folder)
        .args(arguments)
        .output()
        .expect("it starts");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn no_cell_begins_a_formula_and_numbers_are_numbers() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let folder = folder.path();
    fs::write(folder.join("centre.toml"), CENTRE).expect("it can be written");
    let vary = "queues.\"=HYPERLINK(1)\".talk.mean=3m,4m";
    run(folder, &["run", "centre.toml", "--quiet", "--out", "run"]);
    run(folder, &["sweep", "centre.toml", "--quiet", "--out", "sweep", "--vary", vary]);
    run(folder, &["compare", "centre.toml", "--quiet", "--out", "compare"]);
    let mut texts = String::new();
    for file in [
        "run/queues.csv",
        "run/intervals.csv",
        "run/groups.csv",
        "run/cases.csv",
        "run/journeys.csv",
        "sweep/sweep.csv",
        "compare/compare.csv",
    ] {
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_path(folder.join(file))
            .expect("it was written");
        for row in reader.records() {
            for cell in &row.expect("rows are of one length") {
                let computed = cell.starts_with(['=', '+', '-', '@']) && cell.parse::<f64>().is_err();
                assert!(!computed, "{file} has the cell {cell}");
                texts += cell;
                texts.push('\n');
            }
        }
    }
    for name in NAMES {
        assert!(texts.contains(&format!("'{name}\n")), "`{name}` is shown as a text");
    }
    // Read back, names are what they were.
    let page = fs::read_to_string(folder.join("sweep/report.html")).expect("a page was written");
    assert!(
        page.contains("=HYPERLINK(1)")
            && !page.contains("'=HYPERLINK(1)")
            && !page.contains("&#x27;=HYPERLINK")
    );
}
