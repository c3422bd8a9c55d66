//! CSV files that a scenario points at: which file, which columns, which rows.

use super::super::diagnostic::Logged;
use super::super::duration::parse_duration;
use super::super::suggest;
use super::super::text_file::Lines;
use super::fields::Fields;

/// The rows of a file that were asked for, cut down to the columns that were asked for.
pub(super) struct Rows {
    /// What messages call the file.
    pub(super) name: String,
    /// Line in the file (from 1) and the columns' texts, in the order asked for.
    pub(super) rows: Vec<(u64, Vec<String>)>,
}

/// Reads the rows that fit `where`, of the columns that the given keys name.
pub(super) fn rows(fields: &Fields<'_>, columns: &[&str]) -> Option<Rows> {
    let log = fields.cx.log;
    fields.require(&["file"]);
    columns.iter().for_each(|key| fields.require(&[key]));
    let wanted: Vec<Option<String>> = columns.iter().map(|key| fields.text(key)).collect();
    let conditions: Vec<(&str, _, Option<String>)> = fields
        .each("where")
        .into_iter()
        .map(|(column, place, node)| {
            let path = format!("{}.{column}", fields.at("where"));
            (column, place, super::values::text(log, node, &path))
        })
        .collect();
    let name = fields.text("file")?;
    let place = fields.place_of("file");
    let wanted: Vec<String> = wanted.into_iter().collect::<Option<_>>()?;
    let path = fields.cx.sources.get(place.source).folder.join(&name);
    let mut reader = match fields.cx.sources.file(&path) {
        Ok(bytes) => csv::Reader::from_reader(Lines::new(std::io::Cursor::new(bytes))),
        Err(refused) => {
            let title = format!("`{}` cannot be read", fields.at("file"));
            let help = if let Some(help) = refused.help {
                help
            } else if fields.cx.sources.get(place.source).name == "--set" {
                "a path that is set is relative to the current folder"
            } else {
                "the path is relative to the scenario's folder"
            };
            log.error(place, title, refused.reason).help(help).cause(refused.cause);
            return None;
        }
    };
    let bad = |reason: String| {
        log.error(place, format!("{name} is not a valid CSV file"), reason);
    };
    let headers = match reader.headers() {
        Ok(headers) => headers.clone(),
        Err(error) => {
            bad(broken_row(&error));
            return None;
        }
    };
    // An export of another country or program: its whole head is one column, or columns are cut oddly.
    let separator = [(';', "`;`"), ('\t', "tabs")].into_iter().find(|(sign, _)| {
        let known = |column: &String| headers.iter().any(|header| header.trim() == column);
        headers.iter().any(|header| header.contains(*sign)) && !wanted.iter().all(known)
    });
    if let Some((_, sign)) = separator {
        let reason = format!("columns must be separated by commas; this file seems to use {sign}");
        let help = "save it with commas between columns and a point before decimals";
        log.error(place, format!("{name} is not a valid CSV file"), reason).help(help);
        return None;
    }
    let find = |column: &str, place| {
        let found = headers.iter().position(|header| header.trim() == column);
        if found.is_none() {
            let hint = suggest::hint(column, headers.iter().map(str::trim));
            log.error(place, format!("{name} has no column `{column}`"), "no such column").maybe_help(hint);
        }
        found
    };
    let indices: Vec<Option<usize>> =
        columns.iter().zip(&wanted).map(|(key, column)| find(column, fields.place_of(key))).collect();
    let filters: Vec<(Option<usize>, String)> = conditions
        .into_iter()
        .map(|(column, place, value)| Some((find(column, place), value?)))
        .collect::<Option<_>>()?;
    let indices: Vec<usize> = indices.into_iter().collect::<Option<_>>()?;
    let filters: Vec<(usize, String)> =
        filters.into_iter().map(|(index, value)| Some((index?, value))).collect::<Option<_>>()?;
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = match record {
            Ok(record) => record,
            Err(error) => {
                bad(broken_row(&error));
                return None;
            }
        };
        let cell = |index: usize| record.get(index).unwrap_or("").trim().to_owned();
        if filters.iter().all(|(index, value)| cell(*index) == *value) {
            let line = record.position().map_or(0, csv::Position::line);
            rows.push((line, indices.iter().map(|index| cell(*index)).collect()));
        }
    }
    if rows.is_empty() {
        let reason = if filters.is_empty() { "it is empty" } else { "no row fits `where`" };
        log.error(place, format!("{name} has no rows to read"), reason);
        return None;
    }
    Some(Rows { name, rows })
}

/// Why a row cannot be read, in a sentence.
fn broken_row(error: &csv::Error) -> String {
    let line = error.position().map_or(0, csv::Position::line);
    match error.kind() {
        csv::ErrorKind::UnequalLengths { expected_len, len, .. } => {
            format!("line {line} has {len} columns, the lines before it have {expected_len}")
        }
        csv::ErrorKind::Utf8 { .. } => format!("line {} is not in UTF-8", line.max(1)),
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}

/// Says which row of the file is wrong.
pub(super) fn bad_row<'l>(
    fields: &Fields<'l>,
    key: &str,
    rows: &Rows,
    line: u64,
    reason: String,
) -> Logged<'l> {
    fields.cx.log.error(fields.place_of(key), format!("line {line} of {} cannot be read", rows.name), reason)
}

/// Observed times in a file: seconds, or durations with a unit.
pub(super) fn sample(fields: &Fields<'_>) -> Option<Vec<f64>> {
    let rows = rows(fields, &["value"])?;
    let mut sample = Vec::with_capacity(rows.rows.len());
    for (line, cells) in &rows.rows {
        let seconds = match cells[0].parse::<f64>() {
            Ok(seconds) => Some(seconds).filter(|seconds| seconds.is_finite() && *seconds >= 0.0),
            Err(_) => parse_duration(&cells[0]).ok().map(|span| span.seconds()),
        };
        match seconds {
            Some(seconds) => sample.push(seconds),
            None => {
                bad_row(fields, "value", &rows, *line, format!("`{}` is not a time", cells[0]));
                return None;
            }
        }
    }
    Some(sample)
}
