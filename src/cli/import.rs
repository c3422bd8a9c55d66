//! `holdline import`: from an export to a scenario.

use std::path::{Path, PathBuf};

use clap::Args;

use crate::acd::{Activities, Preset, Roster, TicketWords};
use crate::fit::{self, Centre, Details, TicketDetails};
use crate::report::{self, Holds, OutputFolder};
use crate::tables::Zone;
use crate::units::{Span, parse_duration, printable, printable_lines};

use super::Failure;
use super::call_args::CallArgs;
use super::output::print;
use super::report_args::{Log, ReportArgs, mistakes, taken, taken_calls, taken_roster, taken_tickets, zone};
use super::run::safe_stem;

/// What `holdline import` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline import march.csv --out march
  holdline import queues.csv --from genesys --centre-zone Europe/London
  holdline import queue_log --centre-zone America/Chicago
  holdline import tickets.csv --from zendesk --handle-time 12m --within 4h
  holdline import roster.csv --roster --away \"Side by side\"
  holdline import calls.csv --calls --column arrived=\"Call Start\" --answered OK --abandoned LOST

An interval report, a log of calls (an Asterisk queue_log, contact records of Amazon Connect and conversation
details of Genesys Cloud are recognised, others are told by --calls) or an export of tickets (Zendesk and Intercom are recognised, others are told by
--tickets) becomes a folder with centre.toml and its tables. Printed is what each column was
taken for, and what the export does not tell: such lines of centre.toml are marked ASSUMED.")]
pub struct ImportArgs {
    /// The export: CSV, an Excel workbook, a queue_log, contact records of Amazon Connect,
    /// conversation details of Genesys Cloud, or tickets
    pub file: PathBuf,
    /// How it is read
    #[command(flatten)]
    pub report: ReportArgs,
    /// The zone of the centre's clock, where the export has moments (UTC, offsets, counts of seconds)
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub centre_zone: Option<Zone>,
    /// The export has a row for each call
    #[arg(long)]
    pub calls: bool,
    /// The export has a row for each activity of an agent: who is on contacts when
    #[arg(long, conflicts_with = "calls")]
    pub roster: bool,
    /// The export has a row for each ticket, or for each event of tickets
    #[arg(long, conflicts_with_all = ["calls", "roster"])]
    pub tickets: bool,
    /// Tickets: the work on one, which no export tells
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub handle_time: Option<Span>,
    /// Logs of tickets' events: an event by which a ticket is solved; `--answered` names those by which somebody takes it up
    #[arg(long, value_name = "TEXT")]
    pub solved: Vec<String>,
    /// Rosters: an activity that is work on contacts
    #[arg(long, value_name = "NAME", requires = "roster")]
    pub contacts: Vec<String>,
    /// Rosters: an activity that is none
    #[arg(long, value_name = "NAME", requires = "roster")]
    pub away: Vec<String>,
    /// What the log's words mean
    #[command(flatten)]
    pub words: CallArgs,
    /// Calls: the longest time that an agent on duty takes no call
    #[arg(long, value_name = "TIME", default_value = "30m", value_parser = parse_duration)]
    pub gap: Span,
    /// The time that the service level is about
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub within: Option<Span>,
    /// Calls: each arrives when it did, in place of as many by chance in each interval. For `validate`; a plan wants chance
    #[arg(long)]
    pub replay: bool,
    /// Where the scenario goes [default: a folder named after the export]
    #[arg(long, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Replace a scenario that was imported before
    #[arg(long)]
    pub force: bool,
    /// Print nothing but mistakes
    #[arg(long, short)]
    pub quiet: bool,
}

/// Reads the export, writes the scenario, prints what is known and what is not.
///
/// # Errors
/// Everything that is wrong with the export; what the machine refuses.
pub fn run(args: &ImportArgs) -> Result<(), Failure> {
    let log = Log::open(&args.file)?;
    if args.roster {
        return of_roster(args, &log.whole(&args.file)?);
    }
    let tickets = !args.calls
        && (args.tickets
            || args.report.from.is_some_and(Preset::writes_tickets)
            || log.is_of_tickets(&args.file)?);
    only_of_tickets(args, tickets)?;
    let (centre, read) = if tickets {
        of_tickets(args, &log)?
    } else if args.calls || log.is_known(&args.file)? {
        of_calls(args, &log)?
    } else if args.replay {
        return Err(Failure::mistake(
            "`--replay` lets each call arrive when it did, and an interval report has no single calls",
            "give a log of calls, and `--calls` where it is none that is recognised",
        ));
    } else {
        of_report(args, &log.whole(&args.file)?)?
    };
    let folder = args.out.clone().unwrap_or_else(|| PathBuf::from(safe_stem(&args.file)));
    let scenario = folder.join("centre.toml");
    if scenario.exists() && !args.force {
        return Err(Failure::mistake(
            format!("{} is there already, and may hold your changes", scenario.display()),
            "name another folder with `--out`, or give `--force`",
        ));
    }
    let inputs = [args.file.clone()];
    let mut out =
        OutputFolder::claim(&folder, Holds::Scenario, &inputs, args.force).map_err(Failure::unwritten)?;
    let source = args.file.file_name().unwrap_or_default().to_string_lossy();
    let written = out.put(&report::imported_products(&centre, &printable(&source), &printable_lines(&read)));
    written.map_err(Failure::unwritten)?;
    if args.quiet {
        return Ok(());
    }
    print(&told(&centre, &read, &scenario, &folder))
}

fn of_report(args: &ImportArgs, bytes: &[u8]) -> Result<(Centre, String), Failure> {
    let report = args.report.of_bytes(&args.file, bytes, args.centre_zone.clone())?;
    let details = Details {
        calls: None,
        seen: None,
        gap: args.gap.seconds(),
        within: args.within.map(Span::seconds),
        replay: false,
    };
    let read = taken(&report);
    let centre = fit::centre(report, &details).ok_or_else(|| empty(&args.file))?;
    Ok((centre, read))
}

fn of_calls(args: &ImportArgs, log: &Log) -> Result<(Centre, String), Failure> {
    let asked = args.report.asked(args.centre_zone.clone())?;
    let calls = log.calls(&args.file, &asked, &args.words.words(), args.quiet)?;
    let within = args.within.map(Span::seconds);
    // Before the report is made: there may be many calls, and either takes memory of its own.
    let seen = fit::seen(&calls, args.gap.seconds());
    let step = args.report.interval.unwrap_or(Span::from_whole_seconds(1800));
    let report = calls.report(step, within.unwrap_or(20.0));
    let details = Details {
        calls: Some(&calls),
        seen: Some(&seen),
        gap: args.gap.seconds(),
        within,
        replay: args.replay,
    };
    let centre = fit::centre(report, &details).ok_or_else(|| empty(&args.file))?;
    Ok((centre, taken_calls(&calls)))
}

/// Refuses what is said of tickets where there are none.
fn only_of_tickets(args: &ImportArgs, tickets: bool) -> Result<(), Failure> {
    let said = if args.handle_time.is_some() {
        "--handle-time"
    } else if !args.solved.is_empty() {
        "--solved"
    } else {
        return Ok(());
    };
    if tickets {
        return Ok(());
    }
    Err(Failure::mistake(
        format!("`{said}` is about tickets, and {} is not read as such", args.file.display()),
        "`--tickets` says that the export has a row for each ticket",
    ))
}

fn of_tickets(args: &ImportArgs, log: &Log) -> Result<(Centre, String), Failure> {
    let asked = args.report.asked(args.centre_zone.clone())?;
    let words = TicketWords { answered: args.words.answered.clone(), solved: args.solved.clone() };
    let tickets = log.tickets(&args.file, &asked, &words)?;
    let step = args.report.interval.unwrap_or(Span::HOUR);
    let details = TicketDetails {
        handle_time: args.handle_time.map(Span::seconds),
        within: args.within.map(Span::seconds),
    };
    let mut centre = fit::ticket_centre(&tickets, &details, step).ok_or_else(|| empty(&args.file))?;
    if args.replay {
        fit::replay(&mut centre, &tickets);
    }
    let mut read = taken_tickets(&tickets);
    fit::told_of_tickets(&tickets).iter().for_each(|line| read.push_str(&format!("  {line}\n")));
    Ok((centre, read))
}

/// A roster becomes heads from each time on, and lines of groups.
fn of_roster(args: &ImportArgs, bytes: &[u8]) -> Result<(), Failure> {
    let asked = args.report.asked(args.centre_zone.clone())?;
    let activities = Activities { contacts: args.contacts.clone(), away: args.away.clone() };
    let roster =
        Roster::read(&args.file.display().to_string(), bytes, &asked, &activities).map_err(mistakes)?;
    let folder =
        args.out.clone().unwrap_or_else(|| PathBuf::from(format!("{}-roster", safe_stem(&args.file))));
    if folder.join("centre.toml").exists() {
        return Err(Failure::mistake(
            format!("{} holds a scenario", folder.display()),
            "name another folder with `--out`, and let the scenario's group read the `staff.csv` there",
        ));
    }
    let inputs = [args.file.clone()];
    let mut out =
        OutputFolder::claim(&folder, Holds::Scenario, &inputs, args.force).map_err(Failure::unwritten)?;
    let source = args.file.file_name().unwrap_or_default().to_string_lossy();
    let written = out.put(&report::roster_products(&roster, &printable(&source)));
    written.map_err(Failure::unwritten)?;
    if args.quiet {
        return Ok(());
    }
    let mut text = printable_lines(&taken_roster(&roster)).into_owned();
    text.push_str(&report::render_roster(&roster));
    let lines = folder.join("roster.toml").display().to_string();
    text.push_str(&format!("\nWrote staff.csv, and lines for a scenario: {}\n", printable(&lines)));
    print(&text)
}

fn empty(file: &Path) -> Failure {
    Failure::mistake(format!("{} has no rows to read", file.display()), "is it the right file?")
}

/// What is known, what is not, and what to do next.
fn told(centre: &Centre, read: &str, scenario: &Path, folder: &Path) -> String {
    let mut text = printable_lines(read).into_owned();
    for queue in &centre.queues {
        text.push_str(&format!("Queue {}: {} contacts", queue.key, queue.offered));
        if let Some(patience) = queue.patience.value() {
            text.push_str(&format!(", patience {:.0} s ({})", patience.mean, queue.patience.from()));
        }
        text.push('\n');
    }
    for group in &centre.groups {
        text.push_str(&format!("Agents {}: {}\n", group.key, group.heads.from()));
    }
    let assumed = centre.assumed();
    if !assumed.is_empty() {
        text.push_str("\nNot told by the export, and marked ASSUMED in centre.toml:\n");
        assumed.iter().for_each(|one| text.push_str(&format!("  {one}\n")));
    }
    let (scenario, volumes) =
        (scenario.display().to_string(), folder.join("volumes.csv").display().to_string());
    let (scenario, volumes) = (printable(&scenario), printable(&volumes));
    text.push_str(&format!(
        "\nWrote {scenario} and its tables. Next:\n  holdline check {scenario}\n  holdline run {scenario}\n  holdline validate {scenario} --against {volumes}\n"
    ));
    text
}
