//! `holdline fit`: patience and handle times of a log of calls.

use std::path::PathBuf;

use clap::Args;

use crate::fit::{agents_differ, estimates, order};
use crate::report;
use crate::tables::Zone;
use crate::units::{Span, parse_duration, printable, printable_lines};

use super::Failure;
use super::call_args::CallArgs;
use super::output::print;
use super::report_args::{Log, ReportArgs, taken_calls, zone};
use super::written_file::{put, refuse_existing};

/// What `holdline fit` is given.
#[derive(Args, Debug)]
#[command(after_help = "\
Examples:
  holdline fit queue_log --centre-zone America/Chicago
  holdline fit calls.csv --column arrived=\"Call Start\" --answered OK --abandoned LOST
  holdline fit calls.csv --toml > times.toml
  holdline fit calls.csv --page fit.html

A log has a row for each call. Fitted are, queue by queue: patience, where who was answered counts as a wait that was
cut (Kaplan & Meier; exponential and Weibull by maximum likelihood), talk time and wrap-up (the likeliest of lognormal,
gamma, Weibull and hyperexponential), and how much agents differ. Each comes with a 95 % interval, and the whole as
lines of a scenario.")]
pub struct FitArgs {
    /// The log of calls: CSV, an Excel workbook, a queue_log, contact records of Amazon Connect, or
    /// conversation details of Genesys Cloud
    pub file: PathBuf,
    /// How it is read
    #[command(flatten)]
    pub report: ReportArgs,
    /// The zone of the centre's clock, where the log has moments (UTC, offsets, counts of seconds)
    #[arg(long, value_name = "ZONE", value_parser = zone)]
    pub centre_zone: Option<Zone>,
    /// What the log's words mean
    #[command(flatten)]
    pub words: CallArgs,
    /// The log has a row for each call, as all that are fitted have; said for the sake of flags that `import` takes as well
    #[arg(long)]
    pub calls: bool,
    /// The longest time from a call to a retry that follows from it, where customers are known
    #[arg(long, value_name = "TIME", default_value = "1h", value_parser = parse_duration)]
    pub retry_within: Span,
    /// The window of first-contact resolution, where customers are known: who was answered and comes again within it
    #[arg(long, value_name = "TIME", default_value = "7d", value_parser = parse_duration)]
    pub repeat_within: Span,
    /// Print the lines of a scenario alone
    #[arg(long)]
    pub toml: bool,
    /// Write a page with each estimate beside the log
    #[arg(long, value_name = "FILE")]
    pub page: Option<PathBuf>,
    /// Replace a page that is there
    #[arg(long)]
    pub force: bool,
}

/// Reads the log, prints what was fitted.
///
/// # Errors
/// Everything that is wrong with the log.
pub fn run(args: &FitArgs) -> Result<(), Failure> {
    if let Some(page) = &args.page {
        refuse_existing(page, std::slice::from_ref(&args.file), args.force)?;
    }
    let log = Log::open(&args.file)?;
    let asked = args.report.asked(args.centre_zone.clone())?;
    let calls = log.calls(&args.file, &asked, &args.words.words(), args.toml)?;
    if calls.is_empty() {
        return Err(Failure::mistake(
            format!("{} has no calls to read", args.file.display()),
            "is it the right file?",
        ));
    }
    let queues = estimates(&calls, args.retry_within.seconds(), args.repeat_within.seconds());
    let source = args.file.file_name().unwrap_or_default().to_string_lossy();
    let agents = agents_differ(calls.iter());
    let order = order(&calls);
    let toml = report::fitted_toml(&queues, agents.as_ref(), order.as_ref(), &printable(&source));
    let read = taken_calls(&calls);
    if let Some(page) = &args.page {
        let text =
            report::fitted_page(&queues, agents.as_ref(), order.as_ref(), &printable(&source), &read, &toml);
        put(page, &text, args.force, args.toml)?;
    }
    if args.toml {
        return print(&toml);
    }
    print(&format!(
        "{}{}\n{toml}",
        printable_lines(&read),
        report::render_fitted(&queues, agents.as_ref(), order.as_ref())
    ))
}
