//! `holdline forecast`: contacts of the days to come.

use std::path::{Path, PathBuf};

use clap::Args;
use jiff::civil::Date;

use crate::acd::Report;
use crate::forecast::{self, Forecast, Holidays, Until, histories};
use crate::report::{self, Holds, OutputFolder};
use crate::tables::Zone;
use crate::units::{Span, TimeOfDay, parse_duration, printable, printable_lines};

use super::Failure;
use super::call_args::CallArgs;
use super::output::print;
use super::play::OutArgs;
use super::report_args::{Log, ReportArgs, mistakes, taken, zone};
use super::run::safe_stem;

/// What `holdline forecast` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline forecast history.csv
  holdline forecast history.xlsx --days 28 --holidays holidays.csv
  holdline forecast today.csv --seen-until 12:00 --days 1
  holdline forecast sheet.csv --wide --until 2026-12-31 --holiday 2026-12-25=closed

Each past day is forecast again from the days before it, and printed is how far off that was, beside four simple
rules. Written are volumes by interval with 90 % bands, and the lines of a scenario that play them. A column
`holiday` of the history, --holidays or --holiday name days out of the ordinary; each name is learnt for itself.")]
pub struct ForecastArgs {
    /// Contacts by interval of past weeks: CSV or an Excel workbook, as the telephone system exports it
    pub file: PathBuf,
    /// How many days to forecast
    #[arg(long, value_name = "N", default_value = "14", value_parser = clap::value_parser!(u32).range(1..), conflicts_with = "until")]
    pub days: u32,
    /// The last day to forecast
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub until: Option<Date>,
    /// The history's last day has begun and is over up to this time: its rest is forecast from its morning
    #[arg(long, value_name = "TIME", value_parser = TimeOfDay::parse)]
    pub seen_until: Option<TimeOfDay>,
    /// Intervals of the forecast [default: half-hours, or the history's where they do not fit]
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub step: Option<Span>,
    /// A holiday, past or to come: `2026-12-25=Christmas`; `closed` where nothing is open
    #[arg(long, value_name = "DATE=NAME", value_parser = holiday)]
    pub holiday: Vec<(Date, String)>,
    /// Holidays, past and to come: a table with the columns `date` and `holiday`
    #[arg(long, value_name = "FILE")]
    pub holidays: Option<PathBuf>,
    /// How the history is read
    #[command(flatten)]
    pub report: ReportArgs,
    /// The zone of the centre's clock, where the history has moments (UTC, offsets, counts of seconds)
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub centre_zone: Option<Zone>,
    /// Where the results go
    #[command(flatten)]
    pub results: OutArgs,
    /// The history is a log with a row for each call (logs that are known need not be told)
    #[arg(long)]
    pub calls: bool,
    /// What the log's words mean
    #[command(flatten)]
    pub words: CallArgs,
    /// Print nothing but mistakes
    #[arg(long, short)]
    pub quiet: bool,
}

fn date(text: &str) -> Result<Date, String> {
    text.trim().parse().map_err(|_| "write a date like 2026-12-31".to_owned())
}

fn holiday(text: &str) -> Result<(Date, String), String> {
    let (day, name) = text.split_once('=').ok_or("write a date and a name, as in `2026-12-25=Christmas`")?;
    match name.trim() {
        "" => Err("write the holiday's name behind the date, as in `2026-12-25=Christmas`".to_owned()),
        name => Ok((date(day)?, name.to_owned())),
    }
}

/// Reads the history, forecasts, writes the files, prints the back-test and the days to come.
///
/// # Errors
/// Everything that is wrong with the history; what the machine refuses.
pub fn run(args: &ForecastArgs) -> Result<(), Failure> {
    let holidays = holidays(args)?;
    let report = history(args, &Log::open(&args.file)?)?;
    let histories = histories(&report, args.step, args.seen_until, &holidays).map_err(mistakes)?;
    let until = args.until.map_or(Until::Days(args.days), Until::Date);
    let mut forecasts: Vec<Forecast> = Vec::new();
    let mut wrong = Vec::new();
    for history in &histories {
        match forecast::forecast(history, until, &holidays) {
            Ok(forecast) => forecasts.push(forecast),
            Err(fault) => wrong.push((fault.title, fault.hint)),
        }
    }
    if !wrong.is_empty() {
        return Err(Failure::Mistakes(wrong));
    }
    let folder = args.results.out.clone().unwrap_or_else(|| default_folder(&args.file));
    let inputs: Vec<PathBuf> =
        [Some(&args.file), args.holidays.as_ref()].into_iter().flatten().cloned().collect();
    let mut out = OutputFolder::claim(&folder, Holds::Forecast, &inputs, args.results.force)
        .map_err(Failure::unwritten)?;
    let source = args.file.file_name().unwrap_or_default().to_string_lossy();
    let written = out.put(&report::forecast_products(&forecasts, &printable(&source)));
    // Whatever became of the files: the forecast is worth its tables.
    if !args.quiet {
        let text = format!("{}\n{}", printable_lines(&taken(&report)), report::render_forecasts(&forecasts));
        let printed = print(&text);
        written.map_err(Failure::unwritten)?;
        printed?;
        tell!("wrote {}", printable(&folder.display().to_string()));
        return Ok(());
    }
    written.map_err(Failure::unwritten).map(|_| ())
}

/// The counts of past days; of a log of calls, those who asked for an agent.
fn history(args: &ForecastArgs, log: &Log) -> Result<Report, Failure> {
    if args.calls || log.is_known(&args.file)? {
        let asked = args.report.asked(args.centre_zone.clone())?;
        let calls = log.calls(&args.file, &asked, &args.words.words(), args.quiet)?;
        return Ok(calls.report(args.step.unwrap_or(Span::from_whole_seconds(1800)), 20.0));
    }
    args.report.of_bytes(&args.file, &log.whole(&args.file)?, args.centre_zone.clone())
}

/// The holidays that are named on the command line and in a file.
fn holidays(args: &ForecastArgs) -> Result<Holidays, Failure> {
    let mut all = match &args.holidays {
        Some(file) => {
            let bytes = args.report.bytes(file)?;
            Holidays::read(&file.display().to_string(), &bytes, args.report.dates).map_err(mistakes)?
        }
        None => Holidays::default(),
    };
    all.0.extend(args.holiday.iter().cloned());
    Ok(all)
}

/// `output/<history>-forecast`, beside where the command was typed.
fn default_folder(file: &Path) -> PathBuf {
    Path::new("output").join(format!("{}-forecast", safe_stem(file)))
}
