//! Files of one row a contact, an event or a replication's figure: as CSV, or as JSON lines.
//!
//! Times and durations are seconds with all their microseconds, so that sums of them are what the figures are made
//! of. No value: empty in CSV, `null` in JSON.

use super::csv_files::Csv;

/// How such a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Comma-separated, with a head.
    Csv,
    /// A JSON object a line.
    JsonLines,
}

impl LogFormat {
    /// The ending of the file's name.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            LogFormat::Csv => "csv",
            LogFormat::JsonLines => "jsonl",
        }
    }
}

/// A column: its name, and what stands in it.
pub type Column = (&'static str, &'static str);

/// What stands in a column of a row.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Cell {
    Nothing,
    Text(String),
    /// As it is written, in CSV and in JSON.
    Number(String),
    Flag(bool),
}

impl Cell {
    pub(super) fn text(text: &str) -> Cell {
        Cell::Text(text.to_owned())
    }

    pub(super) fn number(number: impl ToString) -> Cell {
        Cell::Number(number.to_string())
    }

    pub(super) fn maybe<T>(value: Option<T>, cell: impl Fn(T) -> Cell) -> Cell {
        value.map_or(Cell::Nothing, cell)
    }

    /// Microseconds as seconds.
    pub(super) fn seconds(micros: i64) -> Cell {
        let sign = if micros < 0 { "-" } else { "" };
        let (whole, rest) = (micros.unsigned_abs() / 1_000_000, micros.unsigned_abs() % 1_000_000);
        let text = format!("{sign}{whole}.{rest:06}");
        Cell::Number(text.trim_end_matches('0').trim_end_matches('.').to_owned())
    }
}

/// The first line, where there is one.
pub(super) fn head(columns: &[Column], format: LogFormat) -> Vec<u8> {
    match format {
        LogFormat::Csv => Csv::new(columns.iter().map(|(name, _)| (*name).to_owned())).bytes(),
        LogFormat::JsonLines => Vec::new(),
    }
}

/// Some rows.
pub(super) fn lines(
    columns: &[Column],
    rows: impl IntoIterator<Item = Vec<Cell>>,
    format: LogFormat,
) -> Vec<u8> {
    match format {
        LogFormat::Csv => {
            let mut sheet = Csv::headless();
            for row in rows {
                sheet.row(row.into_iter().map(|cell| match cell {
                    Cell::Nothing => String::new(),
                    Cell::Text(text) | Cell::Number(text) => text,
                    Cell::Flag(flag) => flag.to_string(),
                }));
            }
            sheet.bytes()
        }
        LogFormat::JsonLines => {
            let mut text = String::new();
            for row in rows {
                let mut open = '{';
                for ((name, _), cell) in columns.iter().zip(row) {
                    text.push(open);
                    open = ',';
                    let value = match cell {
                        Cell::Nothing => "null".to_owned(),
                        Cell::Text(words) => serde_json::Value::from(words).to_string(),
                        Cell::Number(number) => number,
                        Cell::Flag(flag) => flag.to_string(),
                    };
                    text.push_str(&format!("\"{name}\":{value}"));
                }
                text.push_str("}\n");
            }
            text.into_bytes()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_have_all_their_microseconds_and_no_more() {
        for (micros, text) in [
            (0, "0"),
            (1, "0.000001"),
            (-1, "-0.000001"),
            (90_000_000, "90"),
            (12_500_000, "12.5"),
            (-3_600_000_000, "-3600"),
            (100_000_010, "100.00001"),
        ] {
            assert_eq!(Cell::seconds(micros), Cell::Number(text.to_owned()));
        }
    }

    #[test]
    fn a_row_reads_the_same_in_both_formats() {
        const COLUMNS: &[Column] = &[("a", ""), ("b", ""), ("c", ""), ("d", "")];
        let row =
            || [vec![Cell::text("x \"y\", z"), Cell::Nothing, Cell::Flag(true), Cell::seconds(1_500_000)]];
        let csv = lines(COLUMNS, row(), LogFormat::Csv);
        assert_eq!(String::from_utf8(csv).unwrap(), "\"x \"\"y\"\", z\",,true,1.5\n");
        let json = lines(COLUMNS, row(), LogFormat::JsonLines);
        assert_eq!(
            String::from_utf8(json).unwrap(),
            "{\"a\":\"x \\\"y\\\", z\",\"b\":null,\"c\":true,\"d\":1.5}\n"
        );
        assert_eq!(head(COLUMNS, LogFormat::Csv), b"a,b,c,d\n");
    }
}
