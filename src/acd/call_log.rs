//! A table with a row for each call, whose columns are found by name or named by the user.

use std::collections::BTreeMap;

use crate::tables::{DayOrder, Decimal, Moment, Order, Proofs, Row, Sheet, Source, Stamp, Unit, is_gap};

use super::call::{self, Call, Calls, Outcome, Rows, Service, told_twice};
use super::column::OF_CALLS;
use super::conversation::Repeated;
use super::fault::Fault;
use super::heading::{self, Taken};
use super::report::length;
use super::stamps::{self, At, EPOCH, micros, since};
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

/// Where the columns stand.
struct Places<'t> {
    taken: &'t [Taken],
    conditions: Vec<(usize, &'t str)>,
}

impl Places<'_> {
    fn counts(&self, row: &Row<'_>) -> bool {
        self.conditions.iter().all(|(place, text)| row.cell(*place) == *text)
    }

    fn cell<'r>(&self, row: &Row<'r>, column: Column) -> Option<&'r str> {
        let place = self.taken.iter().find(|one| one.column == column)?.place;
        Some(row.cell(place)).filter(|cell| !is_gap(cell))
    }

    fn has(&self, column: Column) -> bool {
        self.taken.iter().any(|one| one.column == column)
    }

    /// When the call came in.
    fn begin(&self, row: &Row<'_>, name: &str) -> Result<Moment, Fault> {
        let first = if self.has(Column::Entered) { Column::Entered } else { Column::Arrived };
        let date = self.cell(row, Column::Date).map(day);
        stamps::begin(row.line, date.as_deref(), self.cell(row, first), name)
    }
}

/// Reads one, row by row: the first pass learns how dates and numbers are written, the second reads them.
pub(super) fn read(
    name: &str,
    source: Source<'_>,
    asked: &Asked,
    words: &CallWords,
) -> Result<Calls, Faults> {
    let sheet = heading::sheet(name, source, asked, OF_CALLS)?;
    let taken = heading::taken(&sheet.head, asked, OF_CALLS, name).map_err(Faults)?;
    let mut places = Places { taken: &taken, conditions: Vec::new() };
    if !places.has(Column::Arrived) {
        let shown: Vec<String> = sheet.head.iter().take(12).map(|head| format!("`{head}`")).collect();
        return Err(Faults::one(
            format!("{name} has no column that tells when a call joined its queue"),
            format!("name it: `--column arrived=HEAD`; its columns are {}", shown.join(", ")),
        ));
    }
    if ![Column::Outcome, Column::Talk, Column::AnsweredAt].into_iter().any(|column| places.has(column)) {
        return Err(Faults::one(
            format!("{name} has no column that tells what became of a call"),
            "name one: `--column outcome=HEAD`, `--column talk=HEAD` or `--column answered_at=HEAD`",
        ));
    }
    for (head, text) in &asked.conditions {
        places.conditions.push((heading::place(&sheet.head, head, name)?, text));
    }
    let (order, decimal, repeated) = habits(&sheet, &places, asked, name)?;
    let mut notes = sheet.notes.clone();
    notes.extend(order.map(|order| stamps::word(order).to_owned()));
    let mut reading = Reading {
        name,
        asked,
        words,
        places: &places,
        order,
        decimal,
        repeated,
        rows: Rows::default(),
        told: Told::default(),
        faults: Vec::new(),
    };
    each(&sheet, &places, name, |row| {
        if let Err(fault) = reading.call(row) {
            reading.faults.push(fault);
        }
        if reading.faults.len() < MOST_FAULTS { Ok(()) } else { Err(Faults(Vec::new())) }
    })
    .or_else(|faults| if faults.0.is_empty() { Ok(0) } else { Err(faults) })?;
    if !reading.faults.is_empty() {
        return Err(Faults(reading.faults));
    }
    let Reading { mut rows, told, .. } = reading;
    told.notes(words, &mut notes);
    let Some((start, twice)) = rows.sorted(EPOCH) else {
        return Err(Faults::one(
            format!("{name} has no calls that asked for an agent"),
            "`--answered TEXT` and `--abandoned TEXT` say what its outcomes mean",
        ));
    };
    notes.extend(told_twice(twice));
    Ok(Calls { name: name.to_owned(), start, taken, notes, rows })
}

/// More faults of one kind help nobody.
const MOST_FAULTS: usize = 5;

/// Each row that counts; how many there were.
fn each(
    sheet: &Sheet<'_>,
    places: &Places<'_>,
    name: &str,
    mut visit: impl FnMut(&Row<'_>) -> Result<(), Faults>,
) -> Result<usize, Faults> {
    let (mut count, mut refused) = (0, None);
    let read = sheet.each(|row| {
        if !places.counts(&row) {
            return Ok(());
        }
        count += 1;
        visit(&row).map_err(|faults| {
            refused = Some(faults);
            String::new()
        })
    });
    match (read, refused) {
        (_, Some(faults)) => Err(faults),
        (Err(reason), None) => {
            Err(Faults::one(format!("{name} is not a table that can be read: {reason}"), "look at that line"))
        }
        (Ok(()), None) if count == 0 => {
            Err(Faults::one(format!("{name} has no rows to read"), "does `--where` fit any?"))
        }
        (Ok(()), None) => Ok(count),
    }
}

/// How the file writes dates and numbers: the whole of it decides.
fn habits(
    sheet: &Sheet<'_>,
    places: &Places<'_>,
    asked: &Asked,
    name: &str,
) -> Result<(Option<Order>, Decimal, Repeated), Faults> {
    let mut repeated = Repeated::default();
    let mut order = DayOrder::given(asked.dates);
    let mut proofs = Proofs::default();
    each(sheet, places, name, |row| {
        order.see(&places.begin(row, name)?, row.line);
        if let Some(name) = places.cell(row, Column::Conversation) {
            repeated.see(name);
        }
        for column in [Column::Wait, Column::Talk, Column::WrapUp] {
            if let Some(cell) = places.cell(row, column).filter(|cell| !cell.contains(':')) {
                proofs.see(cell);
            }
        }
        Ok(())
    })?;
    let order = order.decided().map_err(|(line, against)| stamps::undecided(line, against, name))?;
    let decided = || {
        proofs.decided(sheet.habit).map_err(|question| {
            Faults::one(
                format!("the numbers of {name} can be read in two ways: {question}"),
                "say what stands before decimals: `--decimal .` or `--decimal ,`",
            )
        })
    };
    Ok((order, asked.decimal.map_or_else(decided, Ok)?, repeated.settled()))
}

/// What was left out, and what was strange.
#[derive(Default)]
struct Told {
    others: BTreeMap<String, usize>,
    early: usize,
    nameless: usize,
    negative: usize,
    backwards: usize,
}

impl Told {
    fn notes(&self, words: &CallWords, notes: &mut Vec<String>) {
        for (outcome, count) in self.others.iter().take(MOST_OUTCOMES) {
            notes.push(format!("{count} rows with the outcome `{outcome}` are left out"));
        }
        let more: usize = self.others.values().skip(MOST_OUTCOMES).sum();
        let mut tell = |count: usize, what: &str| {
            if count > 0 {
                notes.push(format!("{count} {what}"));
            }
        };
        tell(more, "rows with further outcomes are left out");
        tell(self.early, &format!("rows abandoned in less than {} s and are left out", words.least_wait));
        tell(self.nameless, "answered calls have no agent's name");
        tell(self.negative, "lengths of time are negative and count as none");
        tell(self.backwards, "calls end before they begin and count as at their begin");
    }
}

/// Outcomes that are told one by one.
const MOST_OUTCOMES: usize = 20;

/// The second pass.
struct Reading<'r> {
    name: &'r str,
    asked: &'r Asked,
    words: &'r CallWords,
    places: &'r Places<'r>,
    order: Option<Order>,
    decimal: Decimal,
    repeated: Repeated,
    rows: Rows,
    told: Told,
    faults: Vec<Fault>,
}

impl Reading<'_> {
    /// A length of time in a cell.
    fn seconds(&mut self, row: &Row<'_>, column: Column) -> Result<Option<f64>, Fault> {
        let Some(cell) = self.places.cell(row, column) else { return Ok(None) };
        let unit = self.asked.unit.unwrap_or(Unit::Seconds);
        if let Some(seconds) = length(cell, self.decimal, unit) {
            return Ok(Some(seconds));
        }
        // Clocks that were put back.
        if cell.strip_prefix('-').is_some_and(|cell| length(cell, self.decimal, unit).is_some()) {
            self.told.negative += 1;
            return Ok(Some(0.0));
        }
        let head = self.head(column);
        Err(Fault::new(
            format!("line {} of {}: `{cell}` in `{head}` is no length of time", row.line, self.name),
            format!("`--column {}=HEAD` names another column", column.word()),
        ))
    }

    fn head(&self, column: Column) -> &str {
        self.places.taken.iter().find(|one| one.column == column).map_or("", |one| one.head.as_str())
    }

    /// Seconds from a time to what a cell says, which may be a time of day of this day or of the next morning.
    fn after(&self, row: &Row<'_>, from: &At, column: Column) -> Result<Option<f64>, Fault> {
        let Some(cell) = self.places.cell(row, column) else { return Ok(None) };
        let begun = since(from.local.date(), from.local);
        let Some(moment) = Moment::read(cell) else {
            return Err(Fault::new(
                format!(
                    "line {} of {}: `{cell}` in `{}` is neither a date and time nor a time of day",
                    row.line,
                    self.name,
                    self.head(column)
                ),
                format!("`--column {}=HEAD` names another column", column.word()),
            ));
        };
        if let Ok(Stamp::Clock(clock)) = moment.stamp(self.order) {
            let at = clock as f64 / 1e6;
            // A little before is one of a log's faults.
            return Ok(Some(if at + DAY / 2.0 < begun { at + DAY } else { at } - begun));
        }
        let (local, instant) = stamps::local(&moment, self.order, self.asked, row.line, self.name)?;
        Ok(Some(match (from.moment, instant) {
            // What the clock shows may jump in between.
            (Some(from), Some(to)) => from.duration_until(to).as_secs_f64(),
            _ => since(from.local.date(), local) - begun,
        }))
    }

    fn call(&mut self, row: &Row<'_>) -> Result<(), Fault> {
        let begin = self.places.begin(row, self.name)?;
        let (local, moment) = stamps::local(&begin, self.order, self.asked, row.line, self.name)?;
        let at = At { local, moment, lasts: None };
        let wait = self.seconds(row, Column::Wait)?;
        let talk = self.seconds(row, Column::Talk)?;
        let wrap_up = self.seconds(row, Column::WrapUp)?;
        let answered_at = self.after(row, &at, Column::AnsweredAt)?;
        let ended_at = self.after(row, &at, Column::EndedAt)?;
        let entered = self.places.has(Column::Entered);
        let arrived = if entered { self.after(row, &at, Column::Arrived)?.unwrap_or(0.0) } else { 0.0 };
        let outcome = self.places.cell(row, Column::Outcome);
        let said = match outcome {
            Some(cell) => self.words.said(cell),
            None if talk.is_some_and(|talk| talk > 0.0) || answered_at.is_some() => Said::Answered,
            None => Said::Abandoned,
        };
        let outcome = match said {
            Said::Other => {
                *self.told.others.entry(outcome.unwrap_or("").to_owned()).or_default() += 1;
                return Ok(());
            }
            Said::Abandoned => Outcome::Abandoned,
            Said::Answered => {
                let start = answered_at.or(wait.map(|wait| arrived + wait)).unwrap_or(arrived);
                let end = ended_at.or(talk.map(|talk| start + talk)).unwrap_or(start);
                self.told.backwards += usize::from(end < start);
                let end = end.max(start);
                let nobody = |agent: &&str| self.words.nobody.iter().any(|nobody| nobody == agent);
                let agent = self.places.cell(row, Column::Agent).filter(|agent| !nobody(agent));
                self.told.nameless += usize::from(agent.is_none());
                Outcome::Answered(Service { agent, start, end, talk: talk.unwrap_or(end - start), wrap_up })
            }
        };
        let until = match &outcome {
            Outcome::Answered(service) => Some(service.start),
            _ => ended_at,
        };
        let wait = wait.or(until.map(|until| (until - arrived).max(0.0))).unwrap_or(0.0);
        if outcome == Outcome::Abandoned && wait < self.words.least_wait {
            self.told.early += 1;
            return Ok(());
        }
        let queue = self.places.cell(row, Column::Queue).unwrap_or("calls");
        let customer = self.places.cell(row, Column::Customer).and_then(call::customer);
        let joined = micros(local) + (arrived * 1e6).round() as i64;
        self.rows.push(joined, &Call { queue, arrived, wait, outcome, customer });
        let conversation = self.places.cell(row, Column::Conversation);
        if let Some(number) = conversation.and_then(|name| self.repeated.of(name)) {
            self.rows.part_of(number);
        }
        Ok(())
    }
}

/// A date as it is read elsewhere: six digits are year, month and day, from 1970 on.
fn day(cell: &str) -> String {
    if cell.len() == 6 && cell.bytes().all(|byte| byte.is_ascii_digit()) {
        let century = if cell[..2] >= *"70" { "19" } else { "20" };
        return format!("{century}{cell}");
    }
    cell.to_owned()
}
