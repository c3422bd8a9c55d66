//! Excel workbooks: the cells of a sheet as text, so that all that follows is the same.

use std::collections::BTreeMap;
use std::io::Cursor;

use calamine::{DataRef, ExcelDateTime, Reader as _, Xlsx};
use csv::StringRecord;
use jiff::ToSpan as _;
use jiff::civil::{Date, DateTime};

/// The most cells of a sheet.
const MOST_CELLS: usize = 20_000_000;

/// Rows with their numbers from 1.
pub(super) type Grid = Vec<(u64, StringRecord)>;

/// Whether a file begins as a workbook does.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// The names of the sheets that can be read, and the cells of each that fits `wanted`.
pub(super) fn sheets(bytes: &[u8], wanted: Option<&str>) -> Result<Vec<(String, Grid)>, String> {
    let broken = |error: &dyn std::fmt::Display| format!("it is not a workbook that can be read: {error}");
    let mut book: Xlsx<_> = calamine::open_workbook_from_rs(Cursor::new(bytes))
        .map_err(|error: calamine::XlsxError| broken(&error))?;
    let names = book.sheet_names();
    if let Some(wanted) = wanted
        && !names.iter().any(|name| name == wanted)
    {
        let quoted: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
        return Err(format!("it has no sheet `{wanted}`; its sheets are {}", quoted.join(", ")));
    }
    let mut sheets = Vec::new();
    for name in names.into_iter().filter(|name| wanted.is_none_or(|wanted| wanted == name)) {
        let mut cells = book.worksheet_cells_reader(&name).map_err(|error| broken(&error))?;
        let mut rows: BTreeMap<u32, BTreeMap<u32, Text>> = BTreeMap::new();
        let mut count = 0;
        while let Some(cell) = cells.next_cell().map_err(|error| broken(&error))? {
            count += 1;
            if count > MOST_CELLS {
                return Err(format!("its sheet `{name}` has more than {MOST_CELLS} cells"));
            }
            let (row, column) = cell.get_position();
            if let Some(text) = text(cell.get_value()) {
                rows.entry(row).or_default().insert(column, text);
            }
        }
        sheets.push((name, grid(rows)));
    }
    Ok(sheets)
}

/// A cell's text.
enum Text {
    Plain(String),
    At(DateTime),
}

fn text(value: &DataRef<'_>) -> Option<Text> {
    Some(Text::Plain(match value {
        DataRef::Empty => return None,
        DataRef::Int(number) => number.to_string(),
        DataRef::Float(number) => number.to_string(),
        DataRef::String(text) => text.clone(),
        DataRef::SharedString(text) => (*text).to_owned(),
        DataRef::Bool(truth) => truth.to_string(),
        DataRef::DateTime(at) => return Some(date_time(at)),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => text.clone(),
        DataRef::Error(error) => error.to_string(),
    }))
}

/// A date with a time, or a time alone: Excel counts days, and rounds them.
fn date_time(at: &ExcelDateTime) -> Text {
    let serial = at.as_f64();
    if serial < 1.0 || at.is_duration() {
        let seconds = (serial * 86_400.0).round().max(0.0) as u64;
        return Text::Plain(format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60));
    }
    let (year, month, day, hour, minute, second, milli) = at.to_ymd_hms_milli();
    let date = Date::new(year as i16, month as i8, day as i8);
    let time = i64::from(hour) * 3600 + i64::from(minute) * 60 + i64::from(second) + i64::from(milli >= 500);
    match date.map(|date| date.at(0, 0, 0, 0).checked_add(time.seconds())) {
        Ok(Ok(at)) => Text::At(at),
        _ => Text::Plain(serial.to_string()),
    }
}

/// Whole rows; a column of dates without a time of day is one of dates.
fn grid(rows: BTreeMap<u32, BTreeMap<u32, Text>>) -> Grid {
    let mut timed: BTreeMap<u32, bool> = BTreeMap::new();
    for (column, text) in rows.values().flatten() {
        if let Text::At(at) = text {
            *timed.entry(*column).or_default() |= at.time() != jiff::civil::Time::midnight();
        }
    }
    let written = |column: u32, text: &Text| match text {
        Text::Plain(text) => text.clone(),
        Text::At(at) if timed.get(&column) == Some(&true) => at.strftime("%Y-%m-%d %H:%M:%S").to_string(),
        Text::At(at) => at.date().to_string(),
    };
    let record = |cells: &BTreeMap<u32, Text>| {
        let width = cells.keys().next_back().map_or(0, |last| last + 1);
        let cell = |column| cells.get(&column).map(|text| written(column, text)).unwrap_or_default();
        StringRecord::from((0..width).map(cell).collect::<Vec<String>>())
    };
    rows.iter().map(|(row, cells)| (u64::from(*row) + 1, record(cells))).collect()
}
