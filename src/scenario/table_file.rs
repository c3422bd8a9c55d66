//! Tables that a scenario points at: which file, which columns, which rows.

use std::collections::BTreeSet;

use crate::tables::{
    Asked, Decimal, Habit, Missing, Order, Row, Sheet, Unit, decimal, elapsed, find, is_gap,
    names_another_unit,
};

use crate::reading::diagnostic::Logged;
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{AnyNumber, Declares, File, Flag, Reads, Text, Word};
use crate::reading::shape::Kind;
use crate::reading::source::Place;
use crate::reading::suggest;
use crate::reading::table::table;
use crate::reading::tree::Data;
use crate::units::parse_duration;

/// What a condition on a column may be.
pub(super) enum Condition {}

impl Declares for Condition {
    const KIND: Kind = Kind::Either(&[Kind::Text, AnyNumber::KIND]);
}

impl Reads for Condition {
    type Value = String;

    fn read(written: &Written<'_>) -> Option<String> {
        match &written.node.data {
            Data::Text(text) => Some(text.trim().to_owned()),
            Data::Integer(number) => Some(number.to_string()),
            Data::Float(number) => Some(number.to_string()),
            _ => {
                written.wrong("a text or a number");
                None
            }
        }
    }
}

/// Columns with what a row must have there.
pub(super) enum Conditions {}

impl Declares for Conditions {
    const KIND: Kind = Kind::Each { of: "column", value: &Condition::KIND };
}

impl Reads for Conditions {
    type Value = Vec<(String, Place, String)>;

    fn read(written: &Written<'_>) -> Option<Vec<(String, Place, String)>> {
        let one = |it: Written<'_>| Some((it.key.to_owned(), it.key_place, Condition::read(&it)?));
        let read: Vec<Option<_>> = written.each().into_iter().map(one).collect();
        read.into_iter().collect()
    }
}

/// What tables of other programs have in common.
pub(super) enum FileKeys {}

table! {
    /// What tables of other programs have in common.
    keys of FileKeys = "table file" {
        /// Path of a CSV file or an Excel workbook, relative to the scenario
        file: File, required, example("acd.csv");
        /// Takes only rows with these values
        r#where: Conditions, empty("all rows"), example({ queue = "PS" });
        /// Sheet of a workbook
        sheet: Text, none("the one that has the columns"), example("March");
        /// `false`: the first line is a row, columns go by number: `time = "1"`
        head: Flag, default(true), example(false);
        /// Sign before decimals, where the numbers do not tell it
        decimal: Word<Decimal>, none("as the column tells"), example(",");
        /// Column of the date, where it has one of its own
        date: Text, none, example("Date");
        /// Whether day or month comes first in dates such as 03/02/2026
        dates: Word<Order>, none("as the column tells"), example("dmy");
        /// Zone of the times in the file; `"local"`: they are the centre's clock, even where they are marked `Z`
        time_zone: Text, none("the centre's"), example("UTC");
        /// Rows that share a time are added up; else they are a mistake
        sum: Flag, default(false), example(true);
        /// In place of `value`: a column for each time of day, or for each date
        wide: Flag, default(false), example(true);
    }
}

/// A table that was asked for, and where its columns are.
pub(super) struct TableFile<'b> {
    /// What messages call the file.
    pub(super) name: String,
    pub(super) sheet: Sheet<'b>,
    /// The columns of the keys asked for; `None` where a key was not written.
    pub(super) columns: Vec<Option<usize>>,
    /// Columns and the text that a row must have there.
    filters: Vec<(usize, String, Place)>,
    place: Place,
}

/// Opens the table that `file` names, looks up the columns that the given keys name, and does something
/// with it.
pub(super) fn with_table<T>(
    fields: &Fields<'_>,
    keys: &[&str],
    act: impl FnOnce(&TableFile<'_>) -> Option<T>,
) -> Option<T> {
    let log = fields.cx.log;
    let file = fields.read(FileKeys::file);
    let column = |key: &&str| fields.written(key).map(|written| Text::read(&written));
    let wanted: Vec<Option<Option<String>>> = keys.iter().map(column).collect();
    let conditions =
        if fields.has(FileKeys::r#where.name) { fields.given(&FileKeys::r#where) } else { Some(Vec::new()) };
    let headless = !fields.read(FileKeys::head);
    let chosen = fields.read(FileKeys::sheet);
    if wanted.contains(&Some(None)) {
        return None;
    }
    let wanted: Vec<Option<String>> = wanted.into_iter().map(Option::flatten).collect();
    let (name, conditions) = (file?, conditions?);
    let place = fields.place_of(FileKeys::file.name);
    let path = fields.cx.sources.get(place.source).folder.join(&name);
    let bytes = match fields.cx.sources.file(&path) {
        Ok(bytes) => bytes,
        Err(refused) => {
            let title = format!("`{}` cannot be read", fields.at(FileKeys::file.name));
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
    let columns: Vec<&str> = wanted
        .iter()
        .flatten()
        .map(String::as_str)
        .chain(conditions.iter().map(|one| one.0.as_str()))
        .collect();
    let asked = Asked { columns: &columns, headless, sheet: chosen.as_deref() };
    let sheet = match Sheet::open(bytes.as_ref(), &asked) {
        Ok(sheet) => sheet,
        Err(refused) => {
            let title = format!("{name} is not a table that can be read");
            log.error(place, title, refused.reason).maybe_help(refused.help);
            return None;
        }
    };
    let find = |column: &str, place| {
        let (title, reason, help) = match find(&sheet.head, column) {
            Ok(index) => return Some(index),
            Err(Missing::None) => {
                let mut hint = suggest::hint(column, sheet.head.iter().map(String::as_str));
                if hint.is_none() || looks_like_a_row(&sheet.head) {
                    hint = Some(match hint {
                        Some(hint) => format!(
                            "{hint}; in a file without a head, write `head = false` and columns by number"
                        ),
                        None => format!(
                            "it begins with {}",
                            suggest::list(&sheet.head.iter().take(6).map(String::as_str).collect::<Vec<_>>())
                        ),
                    });
                }
                (format!("{name} has no column `{column}`"), "no such column".to_owned(), hint)
            }
            Err(Missing::Twice) => {
                let help = "give each of them a name of its own, or take one away";
                (
                    format!("{name} has several columns `{column}`"),
                    "which of them?".to_owned(),
                    Some(help.to_owned()),
                )
            }
            Err(Missing::Alike(names)) => {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                let reason = format!("{} are alike", suggest::list(&names));
                (
                    format!("{name} has several columns `{column}`"),
                    reason,
                    Some("write the name exactly".to_owned()),
                )
            }
        };
        log.error(place, title, reason).maybe_help(help);
        None
    };
    let columns: Vec<Option<Option<usize>>> = keys
        .iter()
        .zip(&wanted)
        .map(|(key, column)| column.as_ref().map(|column| find(column, fields.place_of(key))))
        .collect();
    let filters: Vec<Option<(usize, String, Place)>> = conditions
        .into_iter()
        .map(|(column, place, value)| Some((find(&column, place)?, value, place)))
        .collect();
    if columns.iter().any(|column| matches!(column, Some(None))) {
        return None;
    }
    let columns = columns.into_iter().map(Option::flatten).collect();
    let filters = filters.into_iter().collect::<Option<_>>()?;
    let table = TableFile { name, sheet, columns, filters, place };
    table.sheet.notes.iter().for_each(|note| fields.cx.note(&table.name, note));
    act(&table)
}

/// Whether what was taken for a head has a number or a time in it.
fn looks_like_a_row(head: &[String]) -> bool {
    head.iter().any(|cell| cell.parse::<f64>().is_ok())
}

impl TableFile<'_> {
    /// Every row that fits `where`; a total of other rows is left out with a word. `times` are the
    /// columns that tell a row's time.
    pub(super) fn rows(
        &self,
        fields: &Fields<'_>,
        times: &[usize],
        mut visit: impl FnMut(Row<'_>),
    ) -> Option<()> {
        let log = fields.cx.log;
        let (mut fitting, mut all, mut totals) = (0, 0, Vec::new());
        let read = self.sheet.each(|row| {
            if row.is_total(times) {
                totals.push(row.line);
                return Ok(());
            }
            all += 1;
            if self.filters.iter().all(|(column, value, _)| row.cell(*column) == value) {
                fitting += 1;
                visit(row);
            }
            Ok(())
        });
        if let Err(reason) = read {
            log.error(self.place, format!("{} is not a table that can be read", self.name), reason);
            return None;
        }
        if fitting == 0 {
            let title = format!("{} has no rows to read", self.name);
            if all == 0 {
                log.error(self.place, title, "it is empty");
            } else {
                log.error(self.place, title, "no row fits `where`").maybe_help(self.nearest_value());
            }
            return None;
        }
        if let Some(first) = totals.first() {
            let title = format!("{} sums itself up", self.name);
            let reason = match totals.len() {
                1 => format!("line {first} is a total and is left out"),
                count => format!("{count} totals are left out, the first in line {first}"),
            };
            log.warning(self.place, title, reason);
        }
        Some(())
    }

    /// Which value of a column somebody may mean, where a condition fits no row.
    fn nearest_value(&self) -> Option<String> {
        const MOST: usize = 1000;
        for (column, wanted, _) in &self.filters {
            let mut values = BTreeSet::new();
            let mut there = false;
            let _ = self.sheet.each(|row| {
                let value = row.cell(*column);
                there |= value == wanted;
                if values.len() < MOST && !value.is_empty() && !row.is_total(&[]) {
                    values.insert(value.to_owned());
                }
                Ok(())
            });
            if !there {
                let same = values.iter().find(|value| value.to_lowercase() == wanted.to_lowercase());
                let hint = match same {
                    Some(value) => Some(format!("did you mean `{value}`?")),
                    None => suggest::hint(wanted, values.iter().map(String::as_str)),
                };
                return Some(format!("column `{}`: {}", self.sheet.head[*column], hint?));
            }
        }
        (self.filters.len() > 1).then(|| "each of the conditions fits some row, but none fits all".to_owned())
    }

    /// Says which row of the file is wrong.
    pub(super) fn bad_row<'l>(
        &self,
        fields: &Fields<'l>,
        key: &str,
        line: u64,
        reason: String,
    ) -> Logged<'l> {
        let place = fields.place_of(key);
        fields.cx.log.error(place, format!("line {line} of {} cannot be read", self.name), reason)
    }

    /// The sign before the decimals of a column of numbers.
    pub(super) fn decimal<'c>(
        &self,
        fields: &Fields<'_>,
        cells: impl Iterator<Item = &'c str>,
        habit: Habit,
    ) -> Option<Decimal> {
        if let Some(given) = fields.read(FileKeys::decimal) {
            return Some(given);
        }
        let mut commas = false;
        let cells = cells.inspect(|cell| commas |= cell.contains(','));
        match decimal(cells, habit) {
            Ok(Decimal::Comma) => {
                fields.cx.note(&self.name, "decimals stand behind a comma");
                Some(Decimal::Comma)
            }
            Ok(Decimal::Point) => {
                if commas {
                    fields.cx.note(&self.name, "commas separate thousands");
                }
                Some(Decimal::Point)
            }
            Err(question) => {
                let title = format!("the numbers of {} can be read in two ways", self.name);
                let help = "say what stands before decimals: `decimal = \".\"` or `decimal = \",\"`";
                fields.cx.log.error(fields.place_of("value"), title, question).help(help);
                None
            }
        }
    }
}

/// `csv` of a distribution.
pub(super) enum SampleFile {}

table! {
    /// Observed times in a column of a table, as durations (`4m15s`, `4:15`, `0:04:15`) or numbers.
    keys of SampleFile = "sample file" {
        file of FileKeys;
        /// Column of the times
        value: Text, required, example("seconds");
        /// What bare numbers count
        unit: Word<Unit>, default("seconds"), example("minutes");
        r#where of FileKeys;
        sheet of FileKeys;
        head of FileKeys;
        decimal of FileKeys;
    }
}

/// Observed times in a file, in seconds.
pub(super) fn sample(fields: &Fields<'_>) -> Option<Vec<f64>> {
    let unit = fields.given(&SampleFile::unit);
    fields.require(&[SampleFile::value.name]);
    with_table(fields, &[SampleFile::value.name], |table| {
        let column = table.columns[0]?;
        let mut cells: Vec<(u64, String)> = Vec::new();
        let mut gaps = 0;
        table.rows(fields, &[], |row| match row.cell(column) {
            gap if is_gap(gap) => gaps += 1,
            cell => cells.push((row.line, cell.to_owned())),
        })?;
        let bare = |cell: &str| cell.bytes().all(|byte| !byte.is_ascii_alphabetic() && byte != b':');
        let name = &table.sheet.head[column];
        if let (None, Some(word)) = (unit, names_another_unit(name))
            && cells.iter().any(|(_, cell)| bare(cell))
        {
            let title = format!("what do the numbers of `{name}` in {} count?", table.name);
            let help = format!("write `unit = \"{word}\"`, or `unit = \"seconds\"` if they are seconds");
            fields
                .cx
                .log
                .error(fields.place_of("value"), title, format!("its name speaks of {word}"))
                .help(help);
            return None;
        }
        let numbers = cells.iter().map(|(_, cell)| cell.as_str()).filter(|cell| bare(cell));
        let decimal = table.decimal(fields, numbers, table.sheet.habit)?;
        let mut sample = Vec::with_capacity(cells.len());
        for (line, cell) in &cells {
            let seconds = elapsed(cell, decimal, unit.unwrap_or(SampleFile::unit.default(fields.cx)))
                .or_else(|| parse_duration(cell).ok().map(|span| span.seconds()));
            match seconds {
                Some(seconds) => sample.push(seconds),
                None => {
                    table.bad_row(fields, "value", *line, format!("`{cell}` is not a length of time")).help(
                        "write seconds, or lengths of time like 4m15s, 4:15 (minutes) or 0:04:15 (hours)",
                    );
                    return None;
                }
            }
        }
        if gaps > 0 {
            let title = format!("{gaps} rows of {} have no value in `{name}`", table.name);
            fields.cx.log.warning(fields.place_of("value"), title, "they are left out");
        }
        if sample.is_empty() {
            let title = format!("{} has no rows to read", table.name);
            fields.cx.log.error(fields.place_of("value"), title, format!("`{name}` is empty in all of them"));
            return None;
        }
        Some(sample)
    })
}
