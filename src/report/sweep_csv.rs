//! `sweep.csv`, in long form: a row per point, scope and figure. A figure that a queue has a target for
//! says how the target stands; one row of the total sums that up.

use std::io;

use crate::figures::{Figures, Results, Row, ScopeKind, TargetResult, Verdict};
use crate::reading::Setting;

use super::csv_files::{number, scope_word};
use super::inert::inert;

/// The row that counts a point's targets: kept ones as its value, all as its target.
pub(super) const TARGETS_KEPT: &str = "targets_kept";

/// Columns after the settings.
pub(super) const COLUMNS: [&str; 8] =
    ["scope", "name", "interval", "figure", "value", "half_width", "target", "verdict"];

/// The head of the file, for a sweep over these paths.
#[must_use]
pub fn sweep_head(paths: &[String]) -> Vec<u8> {
    let first = ["point"].into_iter().chain(paths.iter().map(String::as_str));
    lines([first.chain(COLUMNS).map(str::to_owned).collect()])
}

/// The rows of one point; those of intervals only where they are wanted.
#[must_use]
pub fn sweep_rows(point: u64, settings: &[Setting], results: &Results, intervals: bool) -> Vec<u8> {
    let mut rows = Vec::new();
    let mut verdicts = Vec::new();
    let begun = |words: [&str; 4]| -> Vec<String> {
        let settings = settings.iter().map(|setting| setting.shown().to_owned());
        [point.to_string()].into_iter().chain(settings).chain(words.map(str::to_owned)).collect()
    };
    let mut add = |scope: &str, name: &str, interval: &str, figures: &Figures, targets: &[TargetResult]| {
        for (figure, estimate) in &figures.0 {
            let mut row = begun([scope, name, interval, figure.name()]);
            row.extend([number(Some(estimate.value)), number(estimate.half_width)]);
            let target = targets.iter().find(|target| target.figure == *figure);
            let verdict = target.and_then(|target| target.verdict(figures));
            row.push(number(target.map(|target| target.share)));
            row.push(verdict.map_or("", Verdict::name).to_owned());
            verdicts.extend(verdict);
            rows.push(row);
        }
    };
    let timed = |rows: &[Row]| if intervals { rows.to_vec() } else { Vec::new() };
    let scopes = results.queues.iter().chain(&results.channels).chain([&results.total]);
    for scope in scopes.chain(&results.follow_ups) {
        add(scope_word(scope.kind), &scope.name, "", &scope.figures, &scope.targets);
        if scope.kind != ScopeKind::Channel {
            for row in timed(&scope.rows) {
                add(scope_word(scope.kind), &scope.name, &row.label, &row.figures, &[]);
            }
        }
    }
    let groups = results.groups.iter().map(|group| ("group", group));
    for (word, group) in groups.chain([("all_groups", &results.all_groups)]) {
        add(word, &group.name, "", &group.figures, &[]);
        for row in timed(&group.rows) {
            add(word, &group.name, &row.label, &row.figures, &[]);
        }
    }
    if !verdicts.is_empty() {
        let kept = verdicts.iter().filter(|verdict| **verdict == Verdict::Kept).count();
        let mut row = begun(["total", "total", "", TARGETS_KEPT]);
        row.extend([kept.to_string(), String::new(), verdicts.len().to_string()]);
        row.push(Verdict::all(verdicts).name().to_owned());
        rows.push(row);
    }
    lines(rows)
}

fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        let cells = row.iter().map(|cell| inert(cell).into_owned());
        writer.write_record(cells).expect("rows are of one length and memory takes them");
    }
    writer
        .into_inner()
        .map_err(|error| io::Error::from(error.error().kind()))
        .expect("memory takes what is left")
}
