//! Tables for terminals: texts in columns, with lines only where they separate something.

use comfy_table::{Cell, CellAlignment, Table, presets};

/// How a column is set.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Align {
    Left,
    Right,
}

/// A table under construction.
pub(super) struct TextTable {
    table: Table,
    aligned: Vec<Align>,
    /// After so many rows there is a line.
    lines_after: Vec<usize>,
    rows: usize,
}

impl TextTable {
    /// With these heads over its columns.
    pub(super) fn new(columns: impl IntoIterator<Item = (Align, String)>) -> TextTable {
        let (aligned, heads): (Vec<Align>, Vec<String>) = columns.into_iter().unzip();
        let mut table = Table::new();
        table.load_style(presets::UTF8_HORIZONTAL_ONLY);
        table.set_header(aligned.iter().zip(heads).map(|(align, head)| cell(*align, head)));
        TextTable { table, aligned, lines_after: Vec::new(), rows: 0 }
    }

    /// A row, a text for each column.
    pub(super) fn row(&mut self, cells: impl IntoIterator<Item = String>) {
        self.table.add_row(self.aligned.iter().zip(cells).map(|(align, text)| cell(*align, text)));
        self.rows += 1;
    }

    /// A line below the rows so far.
    pub(super) fn line(&mut self) {
        self.lines_after.push(self.rows);
    }

    /// The whole, without a line break at its end.
    pub(super) fn text(&self) -> String {
        let mut line = 0;
        let kept = |text: &&str| {
            if !text.starts_with('─') {
                return true;
            }
            // The first is above the head; the rest follow a row each.
            let kept = line == 0 || self.lines_after.contains(&line);
            line += 1;
            kept
        };
        self.table.trim_fmt().lines().filter(kept).collect::<Vec<_>>().join("\n")
    }
}

fn cell(align: Align, text: String) -> Cell {
    match align {
        Align::Left => Cell::new(text),
        Align::Right => Cell::new(text).set_alignment(CellAlignment::Right),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_stand_only_where_they_were_asked_for() {
        let mut table =
            TextTable::new([(Align::Left, "Queue".to_owned()), (Align::Right, "Calls".to_owned())]);
        for (queue, calls) in [("billing", "7"), ("sales", "12")] {
            table.row([queue.to_owned(), calls.to_owned()]);
        }
        table.line();
        table.row(["total".to_owned(), "19".to_owned()]);
        let text = table.text();
        let lines: Vec<&str> = text.lines().map(str::trim).collect();
        assert!(lines[0].starts_with('─') && lines[2].starts_with('═'), "{text}");
        assert_eq!((lines[1], lines[3], lines[4]), ("Queue     Calls", "billing       7", "sales        12"));
        assert!(lines[5].starts_with('─'), "{text}");
        assert_eq!(lines[6..], ["total        19"]);
    }
}
