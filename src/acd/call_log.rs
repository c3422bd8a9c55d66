//! A table with a row for each call, whose columns are found by name or named by the user.

use std::collections::BTreeMap;

use jiff::civil::DateTime;

use crate::tables::{self, Decimal, Moment, Sheet, Unit, is_gap};

use super::call::{Call, Calls, Outcome, Service};
use super::column::OF_CALLS;
use super::fault::Fault;
use super::heading::{self, Taken};
use super::queue_log::since;
use super::report::length;
use super::stamps::{Cells, stamps};
use super::{Asked, Column, Faults};

const DAY: f64 = 86_400.0;

/// What the words of a log mean.
#[derive(Clone, Debug, Default)]
pub struct CallWords {
    /// Outcomes of calls that an agent took; none: the usual words.
    pub answered: Vec<String>,
    /// Outcomes of calls whose customer abandoned; none: the usual words.
    pub abandoned: Vec<String>,
    /// Names of agents that are nobody's.
    pub nobody: Vec<String>,
    /// Who abandoned sooner asked for no agent.
    pub least_wait: f64,
}

const ANSWERED: [&str; 8] =
    ["answered", "handled", "agent", "connected", "completed", "served", "answer", "normal"];
const ABANDONED: [&str; 8] =
    ["abandoned", "abandon", "hang", "hangup", "hungup", "lost", "missed", "no answer"];

/// What an outcome says.
enum Said {
    Answered,
    Abandoned,
    Other,
}

impl CallWords {
    fn said(&self, cell: &str) -> Said {
        let lower = cell.trim().to_lowercase();
        let fits = |own: &[String], usual: &[&str]| match own {
            [] => usual.contains(&lower.as_str()),
            own => own.iter().any(|word| word.trim().to_lowercase() == lower),
        };
        if fits(&self.answered, &ANSWERED) {
            Said::Answered
        } else if fits(&self.abandoned, &ABANDONED) {
            Said::Abandoned
        } else {
            Said::Other
        }
    }
}

/// A row as it is written.
struct Raw {
    line: u64,
    cells: BTreeMap<Column, String>,
}

impl Raw {
    fn cell(&self, column: Column) -> Option<&str> {
        self.cells.get(&column).map(String::as_str).filter(|cell| !is_gap(cell))
    }
}

/// Reads one.
pub(super) fn read(name: &str, bytes: &[u8], asked: &Asked, words: &CallWords) -> Result<Calls, Faults> {
    let names = heading::names(asked, OF_CALLS);
    let columns: Vec<&str> = names.iter().map(String::as_str).collect();
    let wanted = tables::Asked { columns: &columns, headless: false, sheet: asked.sheet.as_deref() };
    let sheet = Sheet::open(bytes, &wanted).map_err(|refused| Fault {
        title: format!("{name} is not a table that can be read: {}", refused.reason),
        hint: refused.help,
    })?;
    let taken = heading::taken(&sheet.head, asked, OF_CALLS, name).map_err(Faults)?;
    let has = |column: Column| taken.iter().any(|one| one.column == column);
    if !has(Column::Arrived) {
        let shown: Vec<String> = sheet.head.iter().take(12).map(|head| format!("`{head}`")).collect();
        return Err(Faults::one(
            format!("{name} has no column that tells when a call joined its queue"),
            format!("name it: `--column arrived=HEAD`; its columns are {}", shown.join(", ")),
        ));
    }
    if !has(Column::Outcome) && !has(Column::Talk) && !has(Column::AnsweredAt) {
        return Err(Faults::one(
            format!("{name} has no column that tells what became of a call"),
            "name one: `--column outcome=HEAD`, `--column talk=HEAD` or `--column answered_at=HEAD`",
        ));
    }
    let raw = rows(&sheet, &taken, asked, name)?;
    let mut notes = sheet.notes.clone();
    let calls = calls(&raw, &sheet, &taken, asked, words, name, &mut notes)?;
    let Some(start) = calls.iter().map(|(at, _)| at.date()).min() else {
        return Err(Faults::one(
            format!("{name} has no calls that asked for an agent"),
            "`--answered TEXT` and `--abandoned TEXT` say what its outcomes mean",
        ));
    };
    let zero = |(at, mut call): (DateTime, Call)| {
        let from = since(start, at);
        call.arrived += from;
        if let Outcome::Answered(service) = &mut call.outcome {
            service.start += from;
            service.end += from;
        }
        call
    };
    Ok(Calls { name: name.to_owned(), start, calls: calls.into_iter().map(zero).collect(), taken, notes })
}

fn rows(sheet: &Sheet<'_>, taken: &[Taken], asked: &Asked, name: &str) -> Result<Vec<Raw>, Faults> {
    let mut conditions = Vec::new();
    for (head, text) in &asked.conditions {
        conditions.push((heading::place(&sheet.head, head, name)?, text));
    }
    let mut raw = Vec::new();
    let read = sheet.each(|row| {
        if conditions.iter().all(|(column, text)| row.cell(*column) == text.as_str()) {
            let cells = taken.iter().map(|one| (one.column, row.cell(one.place).to_owned())).collect();
            raw.push(Raw { line: row.line, cells });
        }
        Ok(())
    });
    let broken = |reason| {
        Faults::one(format!("{name} is not a table that can be read: {reason}"), "look at that line")
    };
    read.map_err(broken)?;
    if raw.is_empty() {
        return Err(Faults::one(format!("{name} has no rows to read"), "does `--where` fit any?"));
    }
    Ok(raw)
}

/// The calls with the time that their date belongs to; their own times count from it.
fn calls(
    raw: &[Raw],
    sheet: &Sheet<'_>,
    taken: &[Taken],
    asked: &Asked,
    words: &CallWords,
    name: &str,
    notes: &mut Vec<String>,
) -> Result<Vec<(DateTime, Call)>, Faults> {
    let head =
        |column: Column| taken.iter().find(|one| one.column == column).map_or("", |one| one.head.as_str());
    let entered = taken.iter().any(|one| one.column == Column::Entered);
    let first = if entered { Column::Entered } else { Column::Arrived };
    let cells: Vec<Cells> = raw
        .iter()
        .map(|row| Cells {
            line: row.line,
            date: row.cell(Column::Date).map(day),
            time: row.cell(first).map(str::to_owned),
            end: None,
        })
        .collect();
    let (times, order) = stamps(&cells, asked, name)?;
    notes.extend(order.map(str::to_owned));
    let decimal = decimal(raw, sheet, asked, name)?;
    let unit = asked.unit.unwrap_or(Unit::Seconds);
    let mut found = Vec::new();
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    let (mut early, mut nameless, mut faults) = (0usize, 0usize, Vec::new());
    for (row, at) in raw.iter().zip(&times) {
        let seconds = |column: Column| -> Result<Option<f64>, Fault> {
            let Some(cell) = row.cell(column) else { return Ok(None) };
            let bad = || {
                let title = format!(
                    "line {} of {name}: `{cell}` in `{}` is no length of time",
                    row.line,
                    head(column)
                );
                Fault::new(title, format!("`--column {}=HEAD` names another column", column.word()))
            };
            length(cell, decimal, unit).map(Some).ok_or_else(bad)
        };
        let numbers = || Ok((seconds(Column::Wait)?, seconds(Column::Talk)?, seconds(Column::WrapUp)?));
        let (wait, talk, wrap_up) = match numbers() {
            Ok(numbers) => numbers,
            Err(fault) => {
                faults.push(fault);
                continue;
            }
        };
        // A time of day far before the call's beginning belongs to the next morning.
        let after = |column: Column| row.cell(column).and_then(|cell| after(at.local, cell));
        let arrived = if entered { after(Column::Arrived).unwrap_or(0.0) } else { 0.0 };
        let told = row.cell(Column::Outcome);
        let said = match told {
            Some(cell) => words.said(cell),
            None if talk.is_some_and(|talk| talk > 0.0) || after(Column::AnsweredAt).is_some() => {
                Said::Answered
            }
            None => Said::Abandoned,
        };
        let outcome = match said {
            Said::Other => {
                *others.entry(told.unwrap_or("").to_owned()).or_default() += 1;
                continue;
            }
            Said::Abandoned => Outcome::Abandoned,
            Said::Answered => {
                let start = after(Column::AnsweredAt).or(wait.map(|wait| arrived + wait)).unwrap_or(arrived);
                let end =
                    after(Column::EndedAt).or(talk.map(|talk| start + talk)).unwrap_or(start).max(start);
                let agent = row
                    .cell(Column::Agent)
                    .filter(|agent| !words.nobody.iter().any(|nobody| nobody == agent));
                nameless += usize::from(agent.is_none());
                let agent = agent.map(str::to_owned);
                Outcome::Answered(Service { agent, start, end, talk: talk.unwrap_or(end - start), wrap_up })
            }
        };
        let until = match &outcome {
            Outcome::Answered(service) => Some(service.start),
            _ => after(Column::EndedAt),
        };
        let wait = wait.or(until.map(|until| (until - arrived).max(0.0))).unwrap_or(0.0);
        if outcome == Outcome::Abandoned && wait < words.least_wait {
            early += 1;
            continue;
        }
        let queue = row.cell(Column::Queue).unwrap_or("calls").to_owned();
        found.push((at.local, Call { queue, arrived, wait, outcome }));
    }
    if !faults.is_empty() {
        faults.truncate(5);
        return Err(Faults(faults));
    }
    for (outcome, count) in &others {
        notes.push(format!("{count} rows with the outcome `{outcome}` are left out"));
    }
    if early > 0 {
        notes.push(format!("{early} rows abandoned in less than {} s and are left out", words.least_wait));
    }
    if nameless > 0 {
        notes.push(format!("{nameless} answered calls have no agent's name"));
    }
    Ok(found)
}

fn decimal(raw: &[Raw], sheet: &Sheet<'_>, asked: &Asked, name: &str) -> Result<Decimal, Faults> {
    if let Some(decimal) = asked.decimal {
        return Ok(decimal);
    }
    let times = [Column::Wait, Column::Talk, Column::WrapUp];
    let cells = raw.iter().flat_map(|row| times.iter().filter_map(|column| row.cell(*column)));
    tables::decimal(cells.filter(|cell| !cell.contains(':')), sheet.habit).map_err(|question| {
        Faults::one(
            format!("the numbers of {name} can be read in two ways: {question}"),
            "say what stands before decimals: `--decimal .` or `--decimal ,`",
        )
    })
}

/// A date as it is read elsewhere: six digits are year, month and day, from 1970 on.
fn day(cell: &str) -> String {
    if cell.len() == 6 && cell.bytes().all(|byte| byte.is_ascii_digit()) {
        let century = if cell[..2] >= *"70" { "19" } else { "20" };
        return format!("{century}{cell}");
    }
    cell.to_owned()
}

/// Seconds from a time to what a cell says, which may be a time of day of this day or of the next morning.
fn after(from: DateTime, cell: &str) -> Option<f64> {
    let moment = Moment::read(cell)?;
    let at = match moment.stamp(None).ok()? {
        tables::Stamp::Local(at) => since(from.date(), at),
        tables::Stamp::Clock(clock) => clock as f64 / 1e6,
        tables::Stamp::Day(_) | tables::Stamp::Marked(..) | tables::Stamp::Unix(_) => return None,
    };
    let begun = since(from.date(), from);
    // A little before is one of a log's faults.
    let at = if at + DAY / 2.0 < begun { at + DAY } else { at };
    Some(at - begun)
}
