//! `sweep.csv`, in long form: a row per point, scope and figure.

use std::io;

use crate::figures::{Figures, Results, Row, ScopeKind};
use crate::scenario::Setting;

use super::csv_files::{number, scope_word};

/// The head of the file, for a sweep over these paths.
#[must_use]
pub fn sweep_head(paths: &[String]) -> Vec<u8> {
    let first = ["point"].into_iter().chain(paths.iter().map(String::as_str));
    let last = ["scope", "name", "interval", "figure", "value", "half_width"];
    lines([first.chain(last).map(str::to_owned).collect()])
}

/// The rows of one point; those of intervals only where they are wanted.
#[must_use]
pub fn sweep_rows(point: u64, settings: &[Setting], results: &Results, intervals: bool) -> Vec<u8> {
    let mut rows = Vec::new();
    let mut add = |scope: &str, name: &str, interval: &str, figures: &Figures| {
        for (figure, estimate) in &figures.0 {
            let mut row = vec![point.to_string()];
            row.extend(settings.iter().map(|setting| setting.shown().to_owned()));
            row.extend([scope, name, interval, figure.name()].map(str::to_owned));
            row.extend([number(Some(estimate.value)), number(estimate.half_width)]);
            rows.push(row);
        }
    };
    let timed = |rows: &[Row]| if intervals { rows.to_vec() } else { Vec::new() };
    let scopes = results.queues.iter().chain(&results.channels).chain([&results.total]);
    for scope in scopes.chain(&results.follow_ups) {
        add(scope_word(scope.kind), &scope.name, "", &scope.figures);
        if scope.kind != ScopeKind::Channel {
            for row in timed(&scope.rows) {
                add(scope_word(scope.kind), &scope.name, &row.label, &row.figures);
            }
        }
    }
    let groups = results.groups.iter().map(|group| ("group", group));
    for (word, group) in groups.chain([("all_groups", &results.all_groups)]) {
        add(word, &group.name, "", &group.figures);
        for row in timed(&group.rows) {
            add(word, &group.name, &row.label, &row.figures);
        }
    }
    lines(rows)
}

fn lines(rows: impl IntoIterator<Item = Vec<String>>) -> Vec<u8> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).expect("rows are of one length and memory takes them");
    }
    writer
        .into_inner()
        .map_err(|error| io::Error::from(error.error().kind()))
        .expect("memory takes what is left")
}
