//! Tables that a scenario points at: which file, which columns, which rows.

use std::collections::BTreeSet;

use crate::tables::{
    Asked, Decimal, Habit, Missing, Row, Sheet, Unit, decimal, elapsed, find, is_gap, names_another_unit,
};

use crate::reading::diagnostic::Logged;
use crate::reading::fields::Fields;
use crate::reading::source::Place;
use crate::reading::suggest;
use crate::reading::tree::{Data, Node};
use crate::units::parse_duration;

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
    fields.require(&["file"]);
    let wanted: Vec<Option<String>> = keys.iter().map(|key| fields.text(key)).collect();
    if keys.iter().zip(&wanted).any(|(key, name)| fields.has(key) && name.is_none()) {
        return None;
    }
    let conditions = conditions(fields);
    let headless = fields.flag("head") == Some(false);
    let chosen = fields.text("sheet");
    let name = fields.text("file")?;
    let place = fields.place_of("file");
    let conditions: Vec<(&str, Place, String)> = conditions.into_iter().collect::<Option<_>>()?;
    let path = fields.cx.sources.get(place.source).folder.join(&name);
    let bytes = match fields.cx.sources.file(&path) {
        Ok(bytes) => bytes,
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
    let columns: Vec<&str> =
        wanted.iter().flatten().map(String::as_str).chain(conditions.iter().map(|one| one.0)).collect();
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
        .map(|(column, place, value)| Some((find(column, place)?, value, place)))
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

/// The columns and texts of `where`.
fn conditions<'a>(fields: &Fields<'a>) -> Vec<Option<(&'a str, Place, String)>> {
    let read = |(column, place, node): (&'a str, Place, &Node)| {
        let value = match &node.data {
            Data::Text(text) => text.trim().to_owned(),
            Data::Integer(number) => number.to_string(),
            Data::Float(number) => number.to_string(),
            _ => {
                let path = format!("{}.{column}", fields.at("where"));
                crate::reading::values::wrong_type(fields.cx.log, node, &path, "a text or a number");
                return None;
            }
        };
        Some((column, place, value))
    };
    fields.each("where").into_iter().map(read).collect()
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
        if let Some(given) = fields.word::<Decimal>("decimal") {
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

/// Observed times in a file, in seconds.
pub(super) fn sample(fields: &Fields<'_>) -> Option<Vec<f64>> {
    let unit = fields.word::<Unit>("unit");
    fields.require(&["value"]);
    with_table(fields, &["value"], |table| {
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
            let seconds = elapsed(cell, decimal, unit.unwrap_or(Unit::Seconds))
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
