//! One table: its head, its rows, and what was decided to read it.

use std::borrow::Cow;
use std::io::Read;

use csv::StringRecord;

use super::encoding;
use super::head::find;
use super::lines::Lines;
use super::number::Habit;
use super::source::Source;
use super::workbook::{self, Grid};

/// The head stands within so many lines.
const MOST_PREAMBLE: usize = 50;

/// What is asked of a file.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// The columns that are asked for.
    pub columns: &'a [&'a str],
    /// Columns are counted from 1: the first line is a row already.
    pub headless: bool,
    /// The sheet of a workbook.
    pub sheet: Option<&'a str>,
}

/// Why a table cannot be read: a sentence, and what would be right.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Why, without a period.
    pub reason: String,
    /// What would be right.
    pub help: Option<String>,
}

impl From<String> for Unreadable {
    fn from(reason: String) -> Unreadable {
        Unreadable { reason, help: None }
    }
}

/// A table of a file.
#[derive(Debug)]
pub struct Sheet<'b> {
    /// The names of its columns.
    pub head: Vec<String>,
    /// What was decided, for whoever wants to know.
    pub notes: Vec<String>,
    /// What its numbers can be expected to look like.
    pub habit: Habit,
    headless: bool,
    body: Body<'b>,
    /// Records before the first row.
    before: usize,
}

#[derive(Debug)]
enum Body<'b> {
    Text(Text<'b>, u8),
    Grid(Grid),
}

/// The text of a table.
#[derive(Debug)]
enum Text<'b> {
    Here(Cow<'b, str>),
    /// UTF-8, read anew each time.
    Streamed(Source<'b>),
}

impl Text<'_> {
    fn lines(&self) -> Result<Lines<Box<dyn Read + '_>>, String> {
        let bytes: Box<dyn Read> = match self {
            Text::Here(text) => Box::new(text.as_bytes()),
            Text::Streamed(source) => source.read().map_err(|error| error.to_string())?,
        };
        Ok(Lines::new(bytes))
    }
}

/// A row: its line in the file, from 1, and its cells.
#[derive(Clone, Copy, Debug)]
pub struct Row<'r> {
    /// From 1.
    pub line: u64,
    record: &'r StringRecord,
}

impl<'r> Row<'r> {
    /// The text of a column, without spaces around it.
    #[must_use]
    pub fn cell(&self, column: usize) -> &'r str {
        self.record.get(column).unwrap_or("").trim()
    }

    /// Whether it sums up other rows: it says so where it begins, and has no time of its own.
    #[must_use]
    pub fn is_total(&self, times: &[usize]) -> bool {
        let first = self.record.iter().map(str::trim).find(|cell| !cell.is_empty()).unwrap_or("");
        let first = first.trim_end_matches(':').to_lowercase();
        let word = first.strip_prefix("grand ").unwrap_or(&first);
        let says = [
            "total",
            "totals",
            "sum",
            "subtotal",
            "sub-total",
            "summe",
            "gesamt",
            "gesamtsumme",
            "totaal",
            "totale",
            "totales",
            "average",
            "avg",
            "mean",
        ];
        let timed = times.iter().any(|column| self.cell(*column).bytes().any(|byte| byte.is_ascii_digit()));
        says.contains(&word) && !timed
    }
}

impl<'b> Sheet<'b> {
    /// Finds the table in a file.
    ///
    /// # Errors
    /// Why there is none.
    pub fn open(bytes: &'b [u8], asked: &Asked<'_>) -> Result<Sheet<'b>, Unreadable> {
        if workbook::is_workbook(bytes) {
            return of_workbook(bytes, asked);
        }
        if bytes.starts_with(b"\xd0\xcf\x11\xe0") {
            let help = Some("save it as .xlsx or as CSV".to_owned());
            return Err(Unreadable { reason: "it is a workbook of an old Excel (.xls)".to_owned(), help });
        }
        if let Some(sheet) = asked.sheet {
            return Err(format!("it is not an Excel workbook, so it has no sheet `{sheet}`").into());
        }
        let (text, encoding) = encoding::text(bytes)?;
        Sheet::of_text(Text::Here(text), encoding, asked)
    }

    /// Finds the table in a file, and keeps none of it: each pass reads it again. What is not UTF-8 is read at once.
    ///
    /// # Errors
    /// Why there is none.
    pub fn of(source: Source<'b>, asked: &Asked<'_>) -> Result<Sheet<'b>, Unreadable> {
        let failed = |error: std::io::Error| Unreadable::from(error.to_string());
        let begin = source.begin().map_err(failed)?;
        let plain = source.is_file()
            && !workbook::is_workbook(&begin)
            && !begin.iter().take(4096).any(|byte| *byte == 0)
            && asked.sheet.is_none()
            && source.is_utf8().map_err(failed)?;
        if plain {
            return Sheet::of_text(Text::Streamed(source), None, asked);
        }
        match source.whole().map_err(failed)? {
            Cow::Borrowed(bytes) => Sheet::open(bytes, asked),
            Cow::Owned(bytes) => Sheet::open(&bytes, asked).map(Sheet::kept),
        }
    }

    /// With a text of its own.
    fn kept<'k>(self) -> Sheet<'k> {
        let body = match self.body {
            Body::Text(Text::Here(text), separator) => {
                Body::Text(Text::Here(Cow::Owned(text.into_owned())), separator)
            }
            // Only what is here is ever kept.
            Body::Text(Text::Streamed(_), separator) => Body::Text(Text::Here(Cow::Borrowed("")), separator),
            Body::Grid(grid) => Body::Grid(grid),
        };
        let Sheet { head, notes, habit, headless, before, .. } = self;
        Sheet { head, notes, habit, headless, body, before }
    }

    fn of_text(
        text: Text<'b>,
        encoding: Option<&'static str>,
        asked: &Asked<'_>,
    ) -> Result<Sheet<'b>, Unreadable> {
        let (separator, at) = separator_and_head(&text, asked)?;
        let mut notes: Vec<String> = encoding.map(str::to_owned).into_iter().collect();
        match separator {
            b',' => {}
            b'\t' => notes.push("columns are separated by tabs".to_owned()),
            other => notes.push(format!("columns are separated by `{}`", char::from(other))),
        }
        let habit = if separator == b',' { Habit::English } else { Habit::Unknown };
        Sheet::with(Body::Text(text, separator), at, habit, notes, asked)
    }

    fn with(
        body: Body<'b>,
        at: usize,
        habit: Habit,
        notes: Vec<String>,
        asked: &Asked<'_>,
    ) -> Result<Sheet<'b>, Unreadable> {
        let mut sheet =
            Sheet { head: Vec::new(), notes, habit, headless: asked.headless, body, before: at + 1 };
        if asked.headless {
            let mut width = 0;
            sheet.before = 0;
            sheet.records(|_, record| {
                width = width.max(record.len());
                Ok(())
            })?;
            sheet.head = (1..=width).map(|number| number.to_string()).collect();
            return Ok(sheet);
        }
        let mut number = 0;
        let mut head = Vec::new();
        sheet.before = 0;
        sheet.first_records(at + 1, |_, record| {
            if number == at {
                head = record.iter().map(|cell| cell.trim().to_owned()).collect();
            }
            number += 1;
        })?;
        sheet.before = at + 1;
        sheet.head = head;
        if at > 0 {
            sheet.notes.push(format!("the head is line {} that is not empty", at + 1));
        }
        Ok(sheet)
    }

    /// Every row, in the order of the file.
    ///
    /// # Errors
    /// That a row cannot be read, or what `visit` refuses.
    pub fn each(&self, mut visit: impl FnMut(Row<'_>) -> Result<(), String>) -> Result<(), String> {
        let mut number = 0;
        let wide = self.head.len();
        self.records(|line, record| {
            number += 1;
            let row = Row { line, record };
            let empty = |cell: &str| cell.trim().is_empty();
            if number <= self.before || record.iter().all(empty) {
                return Ok(());
            }
            let surplus = record.len() > wide && !record.iter().skip(wide).all(empty);
            let short = record.len() < wide && matches!(self.body, Body::Text(..));
            if !self.headless && (surplus || short) && !row.is_total(&[]) {
                return Err(format!(
                    "line {line} has {} columns, the lines before it have {wide}",
                    record.len()
                ));
            }
            visit(row)
        })
    }

    fn records(&self, mut visit: impl FnMut(u64, &StringRecord) -> Result<(), String>) -> Result<(), String> {
        match &self.body {
            Body::Grid(rows) => rows.iter().try_for_each(|(line, record)| visit(*line, record)),
            Body::Text(text, separator) => {
                let mut reader = reader(text, *separator)?;
                let mut record = StringRecord::new();
                while reader.read_record(&mut record).map_err(|error| broken(&error))? {
                    visit(record.position().map_or(0, csv::Position::line), &record)?;
                }
                Ok(())
            }
        }
    }

    fn first_records(&self, count: usize, mut visit: impl FnMut(u64, &StringRecord)) -> Result<(), String> {
        let mut left = count;
        let stop = String::new();
        let all = self.records(|line, record| {
            if left == 0 {
                return Err(stop.clone());
            }
            left -= 1;
            visit(line, record);
            Ok(())
        });
        all.or_else(|reason| if reason.is_empty() { Ok(()) } else { Err(reason) })
    }
}

type Reader<'t> = csv::Reader<Lines<Box<dyn Read + 't>>>;

fn reader<'t>(text: &'t Text<'_>, separator: u8) -> Result<Reader<'t>, String> {
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(separator);
    Ok(builder.from_reader(text.lines()?))
}

fn broken(error: &csv::Error) -> String {
    match error.kind() {
        csv::ErrorKind::Io(error) => error.to_string(),
        _ => error.to_string(),
    }
}

/// How many of the columns asked for a record has the names of.
fn known(record: &StringRecord, asked: &Asked<'_>) -> usize {
    let names: Vec<String> = record.iter().map(|cell| cell.trim().to_owned()).collect();
    let there = |name: &&&str| !matches!(find(&names, name), Err(super::Missing::None));
    asked.columns.iter().filter(there).count()
}

/// The sign between columns, and the number of the record that is the head.
fn separator_and_head(text: &Text<'_>, asked: &Asked<'_>) -> Result<(u8, usize), String> {
    // Columns known; columns in all; where.
    let mut best: Option<(usize, usize, u8, usize)> = None;
    let mut failed = None;
    for separator in [b',', b';', b'\t', b'|'] {
        let mut reader = reader(text, separator)?;
        let mut record = StringRecord::new();
        for number in 0..MOST_PREAMBLE {
            match reader.read_record(&mut record) {
                Ok(true) => {}
                Ok(false) => break,
                Err(error) => {
                    failed.get_or_insert(broken(&error));
                    break;
                }
            }
            let known = if asked.headless { 0 } else { known(&record, asked) };
            let found = (known, record.len(), separator, number);
            // Of a file without a head the first line counts; else the first that has the names.
            let looked_at = !asked.headless || number == 0;
            let better = best.is_none_or(|best| {
                (found.0, if found.0 > 0 || number == 0 { found.1 } else { 0 }) > (best.0, best.1)
            });
            if looked_at && better {
                best = Some(found);
            }
        }
    }
    match (best, failed) {
        (_, Some(reason)) => Err(reason),
        (Some((_, _, separator, number)), None) => Ok((separator, number)),
        (None, None) => Ok((b',', 0)),
    }
}

fn of_workbook<'b>(bytes: &[u8], asked: &Asked<'_>) -> Result<Sheet<'b>, Unreadable> {
    let sheets = workbook::sheets(bytes, asked.sheet)?;
    let names: Vec<String> = sheets.iter().map(|(name, _)| format!("`{name}`")).collect();
    let mut best: Vec<(usize, usize, usize)> = Vec::new();
    for (index, (_, grid)) in sheets.iter().enumerate() {
        let heads = grid.iter().take(MOST_PREAMBLE).map(|(_, record)| known(record, asked)).enumerate();
        // The first of the best: later rows must know more.
        let head =
            heads.fold((0, 0), |best, (number, known)| if known > best.1 { (number, known) } else { best });
        match best.first() {
            Some(first) if first.0 > head.1 => {}
            Some(first) if first.0 == head.1 => best.push((head.1, index, head.0)),
            _ => best = vec![(head.1, index, head.0)],
        }
    }
    match best.as_slice() {
        [(_, index, at)] => {
            let (index, at) = (*index, *at);
            let mut notes = vec!["an Excel workbook".to_owned()];
            if sheets.len() > 1 {
                notes.push(format!("its sheet {}", names[index]));
            }
            let grid = sheets.into_iter().nth(index).map(|(_, grid)| grid).unwrap_or_default();
            Sheet::with(Body::Grid(grid), at, Habit::English, notes, asked)
        }
        [] => Err(Unreadable { reason: "it has no sheet".to_owned(), help: None }),
        _ => Err(Unreadable {
            reason: format!("its sheets {} are alike", names.join(", ")),
            help: Some("name one of them with `sheet`".to_owned()),
        }),
    }
}
