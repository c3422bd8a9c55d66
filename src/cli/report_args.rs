//! What may be said of an interval report: which column is what, and how it is to be read.

use std::path::Path;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::acd::{
    Asked, CallWords, Calls, Column, Fault, Faults, Preset, Report, Roster, Taken, TicketWords, Tickets,
};
use crate::tables::{Decimal, Heard, OpenFile, Order, Source, Unit, Zone};
use crate::units::{Span, parse_duration};
use crate::vocabulary::Words;

use super::Failure;
use super::progress::ReadingBar;

/// The flags of commands that read an interval report.
#[derive(Args, Clone, Debug, Default)]
pub struct ReportArgs {
    /// The system that wrote the report
    #[arg(long, value_name = "SYSTEM", value_parser = word::<Preset>(Preset::word))]
    pub from: Option<Preset>,
    /// What a column is, by its head: `asa="Avg Speed"`; without a head: there is none
    #[arg(long, value_name = "WHAT=HEAD", value_parser = column)]
    pub column: Vec<(Column, String)>,
    /// Only rows that have this text in a column: `Channel=Voice`
    #[arg(long = "where", value_name = "HEAD=TEXT", value_parser = condition)]
    pub conditions: Vec<(String, String)>,
    /// Add up rows of the same queue and time
    #[arg(long)]
    pub sum: bool,
    /// The report has a column for each time of day, or for each date, with the contacts offered
    #[arg(long)]
    pub wide: bool,
    /// Whether the day or the month comes first in dates like 03/02/2026
    #[arg(long, value_name = "ORDER", value_parser = word::<Order>(Order::word))]
    pub dates: Option<Order>,
    /// What stands before decimals
    #[arg(long, value_name = "SIGN", value_parser = word::<Decimal>(Decimal::word))]
    pub decimal: Option<Decimal>,
    /// What bare numbers of lengths of time count
    #[arg(long, value_name = "UNIT", value_parser = word::<Unit>(Unit::word))]
    pub unit: Option<Unit>,
    /// How long the report's intervals last: `30m`
    #[arg(long, value_name = "TIME", value_parser = interval)]
    pub interval: Option<Span>,
    /// The sheet of a workbook
    #[arg(long, value_name = "NAME")]
    pub sheet: Option<String>,
    /// The zone of the report's times, where it is not the centre's: `UTC`
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub time_zone: Option<Zone>,
}

/// Reads one of the words of an enum.
fn word<T: Words + Send + Sync>(name: fn(T) -> &'static str) -> impl TypedValueParser<Value = T> {
    PossibleValuesParser::new(T::NAMES).map(move |word| {
        let all = T::ALL.iter().copied();
        all.into_iter().find(|one| name(*one) == word).unwrap_or(T::ALL[0])
    })
}

fn column(text: &str) -> Result<(Column, String), String> {
    let words = Column::NAMES.join(", ");
    let (what, head) = text.split_once('=').ok_or("write what it is and its head, as in `asa=Avg Speed`")?;
    let known = Column::ALL.iter().copied().find(|column| column.word() == what.trim());
    known.map(|column| (column, head.trim().to_owned())).ok_or_else(|| format!("`{what}` is none of {words}"))
}

fn condition(text: &str) -> Result<(String, String), String> {
    let (head, text) = text.split_once('=').ok_or("write a head and a text, as in `Channel=Voice`")?;
    Ok((head.trim().to_owned(), text.trim().to_owned()))
}

fn interval(text: &str) -> Result<Span, String> {
    let span = parse_duration(text)?;
    let whole = span.micros() > 0 && Span::DAY.micros().is_multiple_of(span.micros());
    if whole { Ok(span) } else { Err("a day must hold a whole number of intervals".to_owned()) }
}

/// Reads a zone.
pub(super) fn zone(text: &str) -> Result<Zone, String> {
    Zone::named(text).ok_or_else(|| "write it like Europe/Berlin, America/New_York or UTC".to_owned())
}

impl ReportArgs {
    /// What is said of the export; `centre` is the centre's clock.
    ///
    /// # Errors
    /// Where its clock is told and the centre's is not.
    pub(super) fn asked(&self, centre: Option<Zone>) -> Result<Asked, Failure> {
        if self.time_zone.is_some() && centre.is_none() {
            return Err(Failure::mistake(
                "`--time-zone` says what the report's clock is, and the centre's is not known",
                "give the zone of the centre: `horizon.time_zone = \"Europe/London\"` in the scenario, \
                 `--centre-zone` with `import`",
            ));
        }
        Ok(Asked {
            from: self.from,
            columns: self.column.clone(),
            conditions: self.conditions.clone(),
            sum: self.sum,
            wide: self.wide,
            dates: self.dates,
            decimal: self.decimal,
            unit: self.unit,
            interval: self.interval,
            sheet: self.sheet.clone(),
            zone: self.time_zone.clone(),
            centre,
        })
    }

    /// The bytes of an export.
    ///
    /// # Errors
    /// It cannot be read.
    pub(super) fn bytes(&self, file: &Path) -> Result<Vec<u8>, Failure> {
        std::fs::read(file).map_err(|error| unread(file, &error))
    }

    /// Reads a report; `centre` is the centre's clock.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn read(&self, file: &Path, centre: Option<Zone>) -> Result<Report, Failure> {
        self.of_bytes(file, &self.bytes(file)?, centre)
    }

    /// The same of a file whose bytes are there already.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn of_bytes(
        &self,
        file: &Path,
        bytes: &[u8],
        centre: Option<Zone>,
    ) -> Result<Report, Failure> {
        Report::read(&file.display().to_string(), bytes, &self.asked(centre)?).map_err(mistakes)
    }
}

fn unread(file: &Path, error: &std::io::Error) -> Failure {
    match error.kind() {
        std::io::ErrorKind::NotFound => Failure::mistake(
            format!("there is no file {}", file.display()),
            "the path is relative to the current folder",
        ),
        _ => Failure::io("read", file, error),
    }
}

/// A log of calls: a file that is read piece by piece, or what came through a pipe.
pub(super) enum Log {
    File(OpenFile),
    Bytes(Vec<u8>),
}

impl Log {
    /// # Errors
    /// It cannot be read.
    pub(super) fn open(file: &Path) -> Result<Log, Failure> {
        let failed = |error| unread(file, &error);
        Ok(match OpenFile::of(file).map_err(failed)? {
            Some(open) => Log::File(open),
            None => Log::Bytes(std::fs::read(file).map_err(failed)?),
        })
    }

    fn source<'s>(&'s self, heard: Option<Heard<'s>>) -> Source<'s> {
        match self {
            Log::File(file) => Source::file(file, heard),
            Log::Bytes(bytes) => Source::bytes(bytes),
        }
    }

    /// Whether it needs no word about its columns.
    pub(super) fn is_known(&self, file: &Path) -> Result<bool, Failure> {
        let begin = self.source(None).begin().map_err(|error| unread(file, &error))?;
        Ok(Calls::is_known_log(&begin))
    }

    /// Whether it is an export of tickets that needs no word about it.
    pub(super) fn is_of_tickets(&self, file: &Path) -> Result<bool, Failure> {
        let begin = self.source(None).begin().map_err(|error| unread(file, &error))?;
        Ok(Tickets::is_known_export(&begin))
    }

    /// Its tickets.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn tickets(
        &self,
        file: &Path,
        asked: &Asked,
        words: &TicketWords,
    ) -> Result<Tickets, Failure> {
        Tickets::read(&file.display().to_string(), self.source(None), asked, words).map_err(mistakes)
    }

    /// All of it, for what is no log.
    pub(super) fn whole(&self, file: &Path) -> Result<Vec<u8>, Failure> {
        let whole = self.source(None).whole().map_err(|error| unread(file, &error))?;
        Ok(whole.into_owned())
    }

    /// Its calls, with a bar of how much was read.
    ///
    /// # Errors
    /// Everything that is wrong with it.
    pub(super) fn calls(
        &self,
        file: &Path,
        asked: &Asked,
        words: &CallWords,
        quiet: bool,
    ) -> Result<Calls, Failure> {
        // It is looked at, then its habits are learned, then it is read.
        const PASSES: u64 = 3;
        let length = if let Log::File(file) = self { file.length() } else { 0 };
        let bar = ReadingBar::new(quiet, PASSES * length);
        let heard = |bytes| bar.at(bytes);
        let calls = Calls::read(&file.display().to_string(), self.source(Some(&heard)), asked, words);
        bar.finish();
        calls.map_err(mistakes)
    }
}

/// Everything that is wrong with an export, as a failure.
pub(super) fn mistakes(faults: Faults) -> Failure {
    Failure::Mistakes(faults.0.into_iter().map(|Fault { title, hint }| (title, hint)).collect())
}

/// What the columns of a report were taken for, and how to say otherwise.
pub(super) fn taken(report: &Report) -> String {
    columns(&report.name, &report.taken, &report.unused, &report.notes)
}

/// The same of a log of calls.
pub(super) fn taken_calls(calls: &Calls) -> String {
    columns(&calls.name, &calls.taken, &[], &calls.notes)
}

/// The same of tickets.
pub(super) fn taken_tickets(tickets: &Tickets) -> String {
    columns(&tickets.name, &tickets.taken, &[], &tickets.notes)
}

/// The same of a roster.
pub(super) fn taken_roster(roster: &Roster) -> String {
    columns(&roster.name, &roster.taken, &[], &roster.notes)
}

fn columns(name: &str, taken: &[Taken], unused: &[String], notes: &[String]) -> String {
    let mut text = if taken.is_empty() {
        format!("How {name} was read:\n")
    } else {
        format!("Columns of {name}, and what they were taken for:\n")
    };
    let wide = taken.iter().map(|one| one.head.chars().count()).max().unwrap_or(0);
    for one in taken {
        let gap = " ".repeat(wide - one.head.chars().count());
        text.push_str(&format!("  {}{gap}  {}\n", one.head, one.column.word()));
    }
    if !unused.is_empty() {
        text.push_str(&format!("  not used: {}\n", unused.join(", ")));
    }
    notes.iter().for_each(|note| text.push_str(&format!("  {note}\n")));
    if !taken.is_empty() {
        text.push_str(
            "  Something is wrong? `--column WHAT=HEAD` says what a column is; `--column WHAT=` that there is none.\n",
        );
    }
    text
}
