//! What `holdline run` writes beside its results when it is asked to: contacts, events, replications, states.

use std::ops::Range;

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::experiment::{
    self, ContactLog, EachReplication, EventLog, Experiment, Outcome, SingleFigure, StateClock, States, Watch,
};
use crate::report::{self, Column, Draft, LogFormat, OutputFolder, Product, WriteError};
use crate::scenario;

use super::Failure;

/// The flags of what is written contact by contact.
#[derive(Args, Clone, Debug, Default)]
pub struct LogArgs {
    /// Also write a row a contact: contacts.csv, or with `=jsonl` contacts.jsonl, with `=parquet` contacts.parquet
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "csv", value_parser = format())]
    pub contacts: Option<Written>,
    /// Also write a row an event: events.csv, or with `=jsonl` events.jsonl, with `=parquet` events.parquet
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "csv", value_parser = format())]
    pub events: Option<Written>,
    /// The replications whose contacts and events are written: `1`, `2-5` or `all` [default: 1]
    #[arg(long, value_name = "WHICH", value_parser = which)]
    pub log_replications: Option<Which>,
    /// Also write a row a replication and figure: replications.csv, or with `=jsonl` replications.jsonl, with `=parquet` replications.parquet
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "csv", value_parser = format())]
    pub replications_out: Option<Written>,
    /// Also write how long how many waited and were busy, and which queues take which group's time: states.csv and
    /// work.csv, or with `=jsonl` or `=parquet` as such. All replications are played once more for it
    #[arg(long, value_name = "FORMAT", num_args = 0..=1, require_equals = true, default_missing_value = "csv", value_parser = format())]
    pub states: Option<Written>,
}

/// Some replications, from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Whatever was played.
    All,
    /// The first and the last one.
    Some(u64, u64),
}

/// How a file is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// As text.
    Text(LogFormat),
    /// In typed columns.
    Parquet,
}

/// Reads it. A program without Parquet says how to get one with it.
fn format() -> impl TypedValueParser<Value = Written> {
    PossibleValuesParser::new(["csv", "jsonl", "parquet"]).try_map(|word| match word.as_str() {
        "csv" => Ok(Written::Text(LogFormat::Csv)),
        "jsonl" => Ok(Written::Text(LogFormat::JsonLines)),
        _ if cfg!(feature = "parquet") => Ok(Written::Parquet),
        _ => Err("this program was built without Parquet: `cargo install holdline --features parquet`"),
    })
}

impl Written {
    /// How the rows are written, at first.
    const fn rows(self) -> LogFormat {
        match self {
            Written::Text(format) => format,
            Written::Parquet => LogFormat::JsonLines,
        }
    }

    /// The file's name.
    fn name(self, of: &str) -> String {
        let ending = match self {
            Written::Text(format) => format.ending(),
            Written::Parquet => "parquet",
        };
        format!("{of}.{ending}")
    }

    /// A file that is whole.
    fn product(self, of: &str, columns: &[Column], rows: Vec<u8>) -> Product {
        let mut typed = Typed::of(self, columns);
        let mut file = typed.add(rows);
        file.extend(typed.end());
        Product::new(&self.name(of), file)
    }
}

/// What turns rows as text into typed columns, where these are asked for.
#[cfg(feature = "parquet")]
struct Typed(Option<report::ParquetFile>);

#[cfg(feature = "parquet")]
impl Typed {
    fn of(written: Written, columns: &[Column]) -> Typed {
        Typed((written == Written::Parquet).then(|| report::ParquetFile::new(columns)))
    }

    fn add(&mut self, rows: Vec<u8>) -> Vec<u8> {
        match &mut self.0 {
            Some(file) => file.add(&rows),
            None => rows,
        }
    }

    fn end(self) -> Vec<u8> {
        self.0.map_or_else(Vec::new, report::ParquetFile::end)
    }
}

/// Nothing ever asks for them.
#[cfg(not(feature = "parquet"))]
struct Typed;

#[cfg(not(feature = "parquet"))]
impl Typed {
    fn of(_written: Written, _columns: &[Column]) -> Typed {
        Typed
    }

    fn add(&mut self, rows: Vec<u8>) -> Vec<u8> {
        rows
    }

    fn end(self) -> Vec<u8> {
        Vec::new()
    }
}

/// Reads `--log-replications`.
fn which(text: &str) -> Result<Which, String> {
    if text == "all" {
        return Ok(Which::All);
    }
    let number = |text: &str| text.trim().parse::<u64>().ok().filter(|number| *number > 0);
    let (first, last) = text.split_once('-').unwrap_or((text, text));
    match (number(first), number(last)) {
        (Some(first), Some(last)) if first <= last => Ok(Which::Some(first, last)),
        _ => Err("it is a replication, counted from 1, some of them such as `2-5`, or `all`".to_owned()),
    }
}

impl LogArgs {
    /// Whether figures of single replications are to be collected.
    pub(super) fn each_replication(&self) -> Option<EachReplication> {
        self.replications_out.map(|_| EachReplication)
    }

    /// What can be said before the play, which may take long: how many replications there will be is not known
    /// where they go on to a precision.
    ///
    /// # Errors
    /// Replications of nothing; one that will not be played.
    pub(super) fn check(&self, experiment: &scenario::Experiment) -> Result<(), Failure> {
        if self.log_replications.is_some() && self.contacts.is_none() && self.events.is_none() {
            return Err(Failure::mistake(
                "`--log-replications` says whose contacts are written, and none are asked for",
                "add `--contacts` or `--events`",
            ));
        }
        match experiment.precision {
            None => self.wanted(experiment.replications).map(|_| ()),
            Some(_) => Ok(()),
        }
    }

    /// Plays the wanted replications once more, and makes files of what happens in them. Contacts and events go to the
    /// disk as they come: there may be more of them than memory.
    ///
    /// # Errors
    /// A replication that was not played; a full disk; an interruption leaves the files out.
    pub(super) fn products(
        &self,
        (experiment, outcome): (&Experiment<'_>, &Outcome),
        each: &[Vec<SingleFigure>],
        out: &OutputFolder,
        watch: &dyn Watch,
        failed: impl Fn(experiment::Failure) -> Failure,
    ) -> Result<Vec<Product>, Failure> {
        let wanted = self.wanted(outcome.results.replications)?;
        let model = experiment.model();
        let mut products = Vec::new();
        if let Some(format) = self.contacts {
            let rows = format.rows();
            let typed = Typed::of(format, report::CONTACT_COLUMNS);
            let mut file = Growing::begin(out.draft(false), typed, report::contacts_head(rows));
            let lines = |number, log: &ContactLog| report::contact_lines(number + 1, log, model, rows);
            let whole = experiment.record_each(
                wanted.clone(),
                ContactLog::default,
                lines,
                |lines| file.add(lines),
                watch,
            );
            products.extend(file.end(whole.map_err(&failed)?, &format.name("contacts"))?);
        }
        if let Some(format) = self.events {
            let rows = format.rows();
            let typed = Typed::of(format, report::EVENT_COLUMNS);
            let mut file = Growing::begin(out.draft(true), typed, report::events_head(rows));
            let lines = |number, log: &EventLog| report::event_lines(number + 1, log, model, rows);
            let whole =
                experiment.record_each(wanted, EventLog::default, lines, |lines| file.add(lines), watch);
            products.extend(file.end(whole.map_err(&failed)?, &format.name("events"))?);
        }
        if let Some(format) = self.replications_out {
            let rows = report::replications_file(&outcome.results, each, format.rows());
            products.push(format.product("replications", report::REPLICATION_COLUMNS, rows));
        }
        if let Some(format) = self.states {
            let mut seen = Vec::new();
            let whole = experiment.record_each(
                0..outcome.results.replications,
                || StateClock::new(model),
                |_, clock| clock.seen(),
                |of_one| {
                    seen.push(of_one);
                    true
                },
                watch,
            );
            if whole.map_err(&failed)? {
                let states = States::of(&seen, model, outcome.results.confidence);
                let rows = report::states_file(&states, format.rows());
                products.push(format.product("states", report::STATE_COLUMNS, rows));
                let rows = report::work_file(&states, format.rows());
                products.push(format.product("work", report::WORK_COLUMNS, rows));
            }
        }
        Ok(products)
    }

    /// The wanted replications, from 0.
    fn wanted(&self, played: u64) -> Result<Range<u64>, Failure> {
        match self.log_replications.unwrap_or(Which::Some(1, 1)) {
            Which::All => Ok(0..played),
            Which::Some(first, last) if last <= played => Ok(first - 1..last),
            Which::Some(_, last) => Err(Failure::mistake(
                format!("there is no replication {last}: there are {played}"),
                "name one of them, such as `--log-replications 1`, or `all`",
            )),
        }
    }
}

/// A file that grows replication by replication, as long as it can be written.
struct Growing {
    draft: Result<Draft, WriteError>,
    typed: Typed,
}

impl Growing {
    fn begin(draft: Result<Draft, WriteError>, typed: Typed, head: Vec<u8>) -> Growing {
        let mut file = Growing { draft, typed };
        file.add(head);
        file
    }

    /// Says whether it can go on.
    fn add(&mut self, rows: Vec<u8>) -> bool {
        let bytes = self.typed.add(rows);
        self.write(&bytes)
    }

    fn write(&mut self, bytes: &[u8]) -> bool {
        if let Ok(draft) = &mut self.draft
            && let Err(error) = draft.write(bytes)
        {
            self.draft = Err(error);
        }
        self.draft.is_ok()
    }

    /// The product, where all replications are in it.
    fn end(self, whole: bool, name: &str) -> Result<Option<Product>, Failure> {
        let mut draft = self.draft.map_err(Failure::unwritten)?;
        draft.write(&self.typed.end()).map_err(Failure::unwritten)?;
        whole.then(|| draft.product(name)).transpose().map_err(Failure::unwritten)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replications_are_counted_from_one() {
        assert_eq!(which("all"), Ok(Which::All));
        assert_eq!(which("3"), Ok(Which::Some(3, 3)));
        assert_eq!(which("2-5"), Ok(Which::Some(2, 5)));
        for wrong in ["", "0", "0-3", "5-2", "1-", "-3", "1.5", "first"] {
            assert!(which(wrong).is_err(), "{wrong}");
        }
        let args = LogArgs { log_replications: Some(Which::Some(2, 4)), ..LogArgs::default() };
        assert_eq!(args.wanted(4).ok(), Some(1..4));
        assert!(args.wanted(3).is_err());
        assert_eq!(LogArgs::default().wanted(20).ok(), Some(0..1));
    }
}
