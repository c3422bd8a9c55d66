//! `tables.xlsx`: the tables of a run, a comparison or a sweep as one workbook, a sheet each.
//!
//! The tables are those of the terminal and the page ([`super::tables`]) and those of the files
//! ([`super::csv_files`]): their sheets are called like the files. Cells are typed, so that a spreadsheet can go on
//! computing: shares are percentages, times are durations, clock times are times. The same results give the same bytes.

use std::collections::BTreeMap;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use crate::experiment::Compared;
use crate::figures::{Figure, Figures, Results, Unit};
use crate::units::Span;

use super::cell::{Cell, FileTable, Form, Head, Sink, When};
use super::folder::Product;
use super::headline::sentence;
use super::page::{meaning, period};
use super::summary::VERSION;
use super::swept::Swept;
use super::tables::{Below, Line, RunTable, TABLES};
use super::terminal::notes;
use super::wording::{percent, target_words};
use super::{comparison_files, csv_files, mixed, sweep_table};

/// What it is called.
pub(super) const NAME: &str = "tables.xlsx";

/// Rows of a sheet, the head included: what spreadsheets take.
const MOST_ROWS: u32 = 1_048_576;

/// Cells of a sheet; what lies beyond is in the file alone.
const MOST_CELLS: u32 = 8_000_000;

/// Characters of a cell: what spreadsheets take.
const MOST_CHARACTERS: usize = 32_767;

/// The first sheet.
const ABOUT: &str = "About";

/// The workbook of a run.
#[must_use]
pub fn run_workbook(results: &Results) -> Product {
    let readable = &*mixed::readable(results);
    let mut book = Book::new();
    for table in TABLES {
        let about = format!("the table \"{}\" of report.html", table.title);
        book.sheet(table.sheet, &about, |sink| write_table(table, readable, sink));
    }
    for FileTable(file, write) in csv_files::FILES {
        book.sheet(file, &format!("what the file {file} holds"), |sink| write(results, sink));
    }
    let mut about = vec![
        ("Scenario", results.title.clone()),
        ("In short", sentence(results)),
        ("Time", period(results)),
        ("Interval", results.interval.to_string()),
        ("Replications", replications(results.replications, results.asked)),
        ("Seed", results.seed.to_string()),
    ];
    if results.replications > 1 {
        about.push(("Half-widths", half_widths(results.confidence)));
    }
    about.extend(notes(results).into_iter().map(|note| ("Note", note)));
    let occurring = Figure::ALL.iter().filter(|figure| occurs(results, **figure));
    let figures = occurring.map(|figure| (*figure, meaning(results, *figure))).collect();
    book.product(about, figures)
}

/// The workbook of a comparison.
#[must_use]
pub fn comparison_workbook(compared: &Compared) -> Product {
    let mut book = Book::new();
    for FileTable(file, write) in comparison_files::FILES {
        book.sheet(file, &format!("what the file {file} holds"), |sink| write(compared, sink));
    }
    let mut about = vec![
        ("Compared with", compared.names[compared.baseline].clone()),
        ("Replications", replications(compared.replications, compared.asked)),
        ("Seed", compared.seed.to_string()),
        ("Half-widths", half_widths(compared.confidence)),
        ("Differences", "of times in seconds, as a spreadsheet shows no durations below zero".to_owned()),
    ];
    about.extend(compared.notes.iter().map(|note| ("Note", note.clone())));
    let mut figures: Vec<(Figure, &str)> =
        compared.figures.iter().map(|one| (one.figure, one.figure.meaning())).collect();
    figures.sort_by_key(|(figure, _)| *figure);
    figures.dedup();
    book.product(about, figures)
}

/// The workbook of a sweep: a row for each point, of too many the first.
#[must_use]
pub fn sweep_workbook(swept: &Swept) -> Product {
    let figures: Vec<Figure> = sweep_table::figures(swept);
    let mut book = Book::new();
    let about = match swept.count - swept.points.len() {
        0 => "a row for each point: its settings, targets and figures".to_owned(),
        more => format!(
            "the first points, each with its settings, targets and figures; {more} more are in sweep.csv"
        ),
    };
    book.sheet("points", &about, |sink| write_points(swept, &figures, sink));
    let below = format!("of {}; {}", swept.subject(), sweep_table::of_groups(swept));
    let about =
        vec![("Points", swept.count.to_string()), ("Figures", below), ("In short", sweep_table::best(swept))];
    book.product(about, figures.iter().map(|figure| (*figure, figure.meaning())).collect())
}

fn write_points(swept: &Swept, figures: &[Figure], sink: &mut dyn Sink) {
    let labels = |figure: &Figure| [figure.label().to_owned(), format!("{} \u{b1}", figure.label())];
    let mut heads = vec![Head::of("Point")];
    heads.extend(swept.paths.iter().map(|path| Head::of(path.clone())));
    if swept.with_targets {
        heads.push(Head::of("Targets kept"));
    }
    heads.extend(figures.iter().flat_map(labels).map(Head::of));
    sink.head(heads);
    // A number stays one, so that a chart can be made of it.
    let setting = |text: &String| match text.parse::<f64>() {
        Ok(number) if number.is_finite() => {
            Cell::Number(number, if number.fract() == 0.0 { Form::Whole } else { Form::Plain })
        }
        _ => Cell::text(text.clone()),
    };
    for point in &swept.points {
        let mut cells = vec![Cell::whole(point.number)];
        cells.extend(point.settings.iter().map(setting));
        if swept.with_targets {
            cells.push(Cell::text(sweep_table::targets_kept(point)));
        }
        cells.extend(figures.iter().flat_map(|figure| Cell::pair(figure.unit(), point.figures.get(*figure))));
        sink.row(cells);
    }
}

fn replications(played: u64, asked: u64) -> String {
    if played < asked { format!("{played} of {asked}: interrupted") } else { played.to_string() }
}

fn half_widths(confidence: f64) -> String {
    format!("columns with \u{b1}: half-width of the {} confidence interval of the mean", percent(confidence))
}

/// Whether a figure has a value anywhere.
fn occurs(results: &Results, figure: Figure) -> bool {
    let scopes = results.queues.iter().chain(&results.channels).chain(&results.follow_ups);
    let scopes = scopes.chain([&results.total]);
    let mut of_scopes = scopes.flat_map(|scope| {
        let kinds = scope.by_kind.iter().map(|kind| &kind.figures);
        kinds.chain(scope.rows.iter().map(|row| &row.figures)).chain([&scope.figures])
    });
    let groups = results.groups.iter().chain([&results.all_groups]);
    let mut of_groups =
        groups.flat_map(|group| group.rows.iter().map(|row| &row.figures).chain([&group.figures]));
    let has = |figures: &Figures| figures.get(figure).is_some();
    of_scopes.any(has) || of_groups.any(has)
}

/// A table of the terminal and the page, with all its columns that have a value.
fn write_table(table: &RunTable, results: &Results, sink: &mut dyn Sink) {
    let lines = (table.lines)(results);
    if lines.is_empty() {
        return;
    }
    let figures: Vec<Figure> = table
        .columns
        .iter()
        .map(|column| column.figure)
        .filter(|figure| lines.iter().any(|line| line.figures.get(*figure).is_some()))
        .collect();
    let placed = lines.iter().any(|line| !line.place.is_empty());
    let with_targets = table.below == Below::Targets && lines.iter().any(|line| !line.targets.is_empty());
    let mut heads = vec![Head::of(table.head)];
    if placed {
        heads.push(Head::of(if table.below == Below::Place { "Site" } else { "Channel" }));
    }
    if with_targets {
        heads.push(Head::of("Targets"));
    }
    let labels = |figure: &Figure| [figure.label().to_owned(), format!("{} \u{b1}", figure.label())];
    heads.extend(figures.iter().flat_map(labels).map(Head::of));
    sink.head(heads);
    for line in &lines {
        let mut cells = vec![Cell::text(line.name)];
        if placed {
            cells.push(Cell::text(line.place));
        }
        if with_targets {
            cells.push(Cell::text(standing(line)));
        }
        cells.extend(figures.iter().flat_map(|figure| Cell::pair(figure.unit(), line.figures.get(*figure))));
        sink.row(cells);
    }
}

/// `80 % in 20 s: missed; at most 5 % abandoned: kept`.
fn standing(line: &Line<'_>) -> String {
    let verdicts = line.targets.iter().map(|target| match target.verdict(line.figures) {
        Some(verdict) => format!("{}: {}", target_words(target), verdict.name()),
        None => target_words(target),
    });
    verdicts.collect::<Vec<_>>().join("; ")
}

/// How a spreadsheet shows a number.
fn shown(form: Form) -> &'static str {
    match form {
        Form::Whole => "0",
        Form::Plain => "0.0",
        Form::Value(Unit::Share) => "0.0%",
        Form::HalfWidth(Unit::Share) => "0.00%",
        Form::Difference(Unit::Share) => "+0.00%;-0.00%;0.00%",
        Form::Value(Unit::Seconds) => "[h]:mm:ss",
        Form::HalfWidth(Unit::Seconds) => "[h]:mm:ss.0",
        Form::Difference(Unit::Seconds) => "+0.0\" s\";-0.0\" s\";0.0\" s\"",
        Form::Value(Unit::Count | Unit::Hours) => "#,##0.0",
        Form::Value(Unit::Money) | Form::HalfWidth(Unit::Count | Unit::Hours | Unit::Money) => "#,##0.00",
        Form::Difference(Unit::Count | Unit::Hours | Unit::Money) => "+#,##0.00;-#,##0.00;0.00",
    }
}

/// A number as a spreadsheet has it: durations are days.
fn counted(value: f64, form: Form) -> f64 {
    match form {
        Form::Value(Unit::Seconds) | Form::HalfWidth(Unit::Seconds) => value / Span::DAY.seconds(),
        _ => value,
    }
}

/// A workbook in the making.
struct Book {
    book: Workbook,
    /// (sheet, what it holds).
    sheets: Vec<(String, String)>,
    formats: BTreeMap<&'static str, Format>,
}

impl Book {
    fn new() -> Book {
        let mut book = Workbook::new();
        // The clock would make every workbook another one.
        if let Ok(fixed) = ExcelDateTime::from_ymd(2000, 1, 1) {
            let properties = DocProperties::new().set_creation_datetime(&fixed);
            book.set_properties(&properties.set_author("holdline"));
        }
        named(book.add_worksheet(), ABOUT);
        Book { book, sheets: Vec::new(), formats: BTreeMap::new() }
    }

    /// A sheet, where there is something to say.
    fn sheet(&mut self, name: &str, about: &str, write: impl FnOnce(&mut dyn Sink)) {
        let mut written = Written::new(&mut self.formats);
        write(&mut written);
        if written.columns.is_empty() {
            return;
        }
        let (mut sheet, left_out) = written.finished();
        named(&mut sheet, name);
        self.book.push_worksheet(sheet);
        let about = match left_out {
            0 => about.to_owned(),
            rows => format!("{about}, without its last {rows} rows: a sheet has no room for them"),
        };
        self.sheets.push((name.to_owned(), about));
    }

    /// The file, its first sheet filled in.
    fn product(mut self, about: Vec<(&str, String)>, figures: Vec<(Figure, &str)>) -> Product {
        let bold = Format::new().set_bold().set_align(FormatAlign::Top);
        let wrapped = Format::new().set_text_wrap().set_align(FormatAlign::Top);
        let sheet = self.book.worksheet_from_index(0).expect("the first sheet was added first");
        let mut row = 0;
        let mut line = |cells: [&str; 4], head: bool| {
            for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
                let format = if head || column == 0 { &bold } else { &wrapped };
                put(sheet.write_string_with_format(row, column, cut(text), format));
            }
            row += 1;
        };
        line(["holdline", VERSION, "", ""], false);
        about.iter().for_each(|(what, text)| line([what, text, "", ""], false));
        line([""; 4], false);
        line(["Sheet", "What it holds", "", ""], true);
        self.sheets.iter().for_each(|(name, about)| line([name, about, "", ""], false));
        line([""; 4], false);
        line(["Figure", "What it is", "In files", "Unit"], true);
        for (figure, meaning) in figures {
            line([figure.label(), meaning, figure.name(), unit_name(figure.unit())], false);
        }
        for (column, width) in (0..).zip([26.0, 100.0, 28.0, 12.0]) {
            put(sheet.set_column_width(column, width));
        }
        let bytes = self.book.save_to_buffer().expect("its sheets keep to what a workbook takes");
        Product::new(NAME, bytes)
    }
}

fn unit_name(unit: Unit) -> &'static str {
    match unit {
        Unit::Share => "share",
        Unit::Seconds => "duration",
        Unit::Count => "count",
        Unit::Hours => "hours",
        Unit::Money => "money",
    }
}

fn named(sheet: &mut Worksheet, name: &str) {
    put(sheet.set_name(name));
}

/// What a sheet takes: all that is written keeps to its limits.
fn put<T>(written: Result<T, rust_xlsxwriter::XlsxError>) {
    written.map(drop).expect("names, cells and rows keep to what a sheet takes");
}

/// As much of a text as a cell takes.
fn cut(text: &str) -> String {
    text.chars().take(MOST_CHARACTERS).collect()
}

/// A column of a sheet.
struct Column {
    /// Date, weekday and time of day stand behind it.
    when: bool,
    width: usize,
}

/// A sheet in the making.
struct Written<'a> {
    sheet: Worksheet,
    formats: &'a mut BTreeMap<&'static str, Format>,
    columns: Vec<Column>,
    /// The next row.
    row: u32,
    most: u32,
    left_out: u64,
}

/// What stands behind the label of a row of time.
const WHEN: [&str; 3] = ["date", "weekday", "time"];

impl<'a> Written<'a> {
    fn new(formats: &'a mut BTreeMap<&'static str, Format>) -> Written<'a> {
        Written { sheet: Worksheet::new(), formats, columns: Vec::new(), row: 0, most: 0, left_out: 0 }
    }

    fn text(&mut self, column: u16, text: &str) {
        if !text.is_empty() {
            put(self.sheet.write_string(self.row, column, cut(text)));
        }
    }

    fn number(&mut self, column: u16, value: f64, shown: &'static str) {
        let format = self.formats.entry(shown).or_insert_with(|| Format::new().set_num_format(shown));
        put(self.sheet.write_number_with_format(self.row, column, value, format));
    }

    fn when(&mut self, column: u16, when: &When<'_>) {
        self.text(column, when.label);
        if let Some(date) = when.date
            && let (Ok(year), Ok(month), Ok(day)) =
                (u16::try_from(date.year()), u8::try_from(date.month()), u8::try_from(date.day()))
            && let Ok(date) = ExcelDateTime::from_ymd(year, month, day)
        {
            let shown = "yyyy-mm-dd";
            let format = self.formats.entry(shown).or_insert_with(|| Format::new().set_num_format(shown));
            put(self.sheet.write_datetime_with_format(self.row, column + 1, date, format));
        }
        self.text(column + 2, when.weekday.unwrap_or_default());
        if let Some(time) = when.time {
            self.number(column + 3, time.seconds() / Span::DAY.seconds(), "hh:mm");
        }
    }

    /// The sheet, laid out, and how many rows it had no room for.
    fn finished(mut self) -> (Worksheet, u64) {
        let last = self.columns.len() as u16 - 1;
        for (index, column) in (0..).zip(&self.columns) {
            put(self.sheet.set_column_width(index, column.width.clamp(8, 48) as f64 + 2.0));
        }
        put(self.sheet.set_freeze_panes(1, 1));
        put(self.sheet.autofilter(0, 0, self.row - 1, last));
        (self.sheet, self.left_out)
    }
}

impl Sink for Written<'_> {
    fn head(&mut self, heads: Vec<Head>) {
        let bold = Format::new()
            .set_bold()
            .set_text_wrap()
            .set_align(FormatAlign::Top)
            .set_border_bottom(FormatBorder::Thin);
        for head in heads {
            let more = if head.when { &WHEN[..] } else { &[] };
            for (place, name) in [head.name.as_ref()].into_iter().chain(more.iter().copied()).enumerate() {
                let column = self.columns.len() as u16;
                put(self.sheet.write_string_with_format(0, column, name, &bold));
                // Two lines have room for a name, but for its longest word.
                let longest = name.split([' ', '-']).map(|word| word.chars().count()).max().unwrap_or(0);
                let width = longest.max(name.chars().count().div_ceil(2));
                self.columns.push(Column { when: head.when && place == 0, width });
            }
        }
        self.row = 1;
        self.most = MOST_ROWS.min((MOST_CELLS / self.columns.len() as u32).max(2));
    }

    fn row(&mut self, cells: Vec<Cell<'_>>) {
        if self.row >= self.most {
            self.left_out += 1;
            return;
        }
        let mut column = 0;
        for cell in cells {
            match &cell {
                Cell::Nothing => {}
                Cell::Text(text) => self.text(column, text),
                Cell::Number(value, form) => self.number(column, counted(*value, *form), shown(*form)),
                Cell::When(when) => self.when(column, when),
            }
            let width = match &cell {
                Cell::Text(text) => text.chars().count(),
                Cell::When(when) => when.label.chars().count(),
                Cell::Nothing | Cell::Number(..) => 0,
            };
            let here = &mut self.columns[usize::from(column)];
            here.width = here.width.max(width);
            if here.when {
                // A date and the name of a weekday.
                let behind = &mut self.columns[usize::from(column) + 1..=usize::from(column) + 2];
                behind.iter_mut().for_each(|column| column.width = 10);
                column += WHEN.len() as u16;
            }
            column += 1;
        }
        self.row += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_are_shown_as_spreadsheets_show_them() {
        for (form, as_shown, value, in_cell) in [
            (Form::Value(Unit::Share), "0.0%", 0.8, 0.8),
            (Form::Value(Unit::Seconds), "[h]:mm:ss", 43_200.0, 0.5),
            (Form::HalfWidth(Unit::Seconds), "[h]:mm:ss.0", 86.4, 0.001),
            (Form::Difference(Unit::Seconds), "+0.0\" s\";-0.0\" s\";0.0\" s\"", -3.0, -3.0),
            (Form::Value(Unit::Money), "#,##0.00", 12.5, 12.5),
            (Form::Whole, "0", 3.0, 3.0),
        ] {
            assert_eq!((shown(form), counted(value, form)), (as_shown, in_cell), "{form:?}");
        }
    }

    #[test]
    fn a_sheet_that_is_full_counts_what_it_leaves_out() {
        let mut formats = BTreeMap::new();
        let mut sheet = Written::new(&mut formats);
        sheet.head(Head::all(["a", "b"]));
        sheet.most = 4;
        (0..5).for_each(|number| sheet.row(vec![Cell::whole(number), Cell::Nothing]));
        assert_eq!((sheet.row, sheet.finished().1), (4, 2));
    }
}
