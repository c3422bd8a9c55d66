//! `holdline erlang`: Erlang B, C and A side by side.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, bail};
use comfy_table::{CellAlignment, Table, presets};
use serde::Serialize;

use crate::formulas::side_by_side::{Answer, Lost, Question, Waiting, WaitingFigures};
use crate::formulas::staffing::Goal;
use crate::units::Span;
use crate::units::parse_duration;

use super::{Failure, output};

/// More agents than any centre has; a formula's time grows with the load.
const LARGEST_LOAD: f64 = 1e6;

/// A line takes time proportional to its square.
const MOST_LINES: u32 = 20_000;

const EXAMPLES: &str = "\
Examples:
  How many agents for 80 % within 20 s?
    holdline erlang --per-hour 1425 --aht 4m --patience 2m

  What happens with 95 of them, and how many to roster with 28 % shrinkage?
    holdline erlang --per-hour 1425 --aht 4m --patience 2m --agents 95 --shrinkage 0.28

  90 % within 10 s, agents at most 85 % busy, 120 lines, for a script
    holdline erlang --load 95 --aht 4m --patience 2m --target 0.9 --within 10s \\
        --max-occupancy 0.85 --lines 120 --json

Erlang B: who finds all agents busy is lost. Erlang C: everyone waits until answered.
Erlang A: customers abandon after an exponential time. Poisson arrivals, exponential
service, one queue, steady volume; for all else write a scenario.";

/// Erlang B, C and A: all figures for some agents, and the agents needed.
#[derive(Clone, Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct ErlangArgs {
    /// Arrivals an hour.
    #[arg(long, value_name = "NUMBER", required_unless_present = "load", conflicts_with = "load")]
    #[arg(allow_negative_numbers = true)]
    pub per_hour: Option<f64>,

    /// Offered load in erlangs (arrivals an hour x handle time in hours), in place of --per-hour.
    #[arg(long, value_name = "ERLANGS", allow_negative_numbers = true)]
    pub load: Option<f64>,

    /// Average handle time: talk and wrap-up.
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub aht: Span,

    /// Agents on contacts; left out, each model answers for the agents that it asks for.
    #[arg(long, value_name = "NUMBER")]
    pub agents: Option<u32>,

    /// Mean patience of a waiting customer; left out, Erlang A is not shown.
    #[arg(long, value_name = "TIME", value_parser = parse_duration)]
    pub patience: Option<Span>,

    /// Share to answer in time.
    #[arg(long, value_name = "SHARE", default_value = "0.8", value_parser = share)]
    pub target: f64,

    /// The time to answer it in.
    #[arg(long, value_name = "TIME", default_value = "20s", value_parser = parse_duration)]
    pub within: Span,

    /// An abandonment up to this wait is short (two of the six service levels forgive it).
    #[arg(long, value_name = "TIME", default_value = "5s", value_parser = parse_duration)]
    pub short: Span,

    /// Target as well: at most this share abandons (Erlang A).
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub max_abandonment: Option<f64>,

    /// Target as well: agents are busy at most this share of their time.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub max_occupancy: Option<f64>,

    /// Lines: waiting and talking at once; one more hears the busy signal.
    #[arg(long, value_name = "NUMBER")]
    pub lines: Option<u32>,

    /// Show the share of time that exactly so many wait.
    #[arg(long, value_name = "NUMBER")]
    pub waiting: Option<u32>,

    /// Share of paid time away from contacts; adds the heads to roster.
    #[arg(long, value_name = "SHARE", value_parser = share)]
    pub shrinkage: Option<f64>,

    /// Print JSON: seconds, shares of 1.
    #[arg(long)]
    pub json: bool,
}

/// Prints what the three models say.
///
/// # Errors
/// If what was given makes no sense or cannot be kept; a mistake of the user, always.
pub fn run(args: &ErlangArgs) -> Result<(), Failure> {
    let text = text(args).map_err(|error| Failure::Mistake { title: format!("{error:#}"), hint: None })?;
    output::print(&format!("{text}\n"))
}

/// What [`run`] prints.
///
/// # Errors
/// As [`run`].
pub fn text(args: &ErlangArgs) -> anyhow::Result<String> {
    let question = question(args)?;
    let answer = question.answer().context("the target cannot be kept")?;
    if args.json {
        return Ok(serde_json::to_string_pretty(&Json::new(&question, answer, args.shrinkage))?);
    }
    Ok(page(args, &question, &answer))
}

/// A share of 1, or in percent.
fn share(text: &str) -> Result<f64, String> {
    let (number, scale) = text.strip_suffix('%').map_or((text, 1.0), |percent| (percent.trim_end(), 100.0));
    match number.parse::<f64>().map(|value| value / scale) {
        Ok(value) if (0.0..=1.0).contains(&value) => Ok(value),
        Ok(value) if value > 1.0 && value <= 100.0 => {
            Err(format!("a share lies between 0 and 1; did you mean {} or {value}%?", value / 100.0))
        }
        _ => Err("a share lies between 0 and 1, such as 0.8 or 80%".to_owned()),
    }
}

fn question(args: &ErlangArgs) -> anyhow::Result<Question> {
    let mean_service = args.aht.seconds();
    if mean_service == 0.0 {
        bail!("--aht is 0; a contact takes some time");
    }
    let arrivals_per_second = match (args.per_hour, args.load) {
        (Some(per_hour), _) => per_hour / 3600.0,
        (None, load) => load.unwrap_or(0.0) / mean_service,
    };
    let load = arrivals_per_second * mean_service;
    if !arrivals_per_second.is_finite() || arrivals_per_second <= 0.0 {
        bail!("without arrivals there is nothing to compute; --per-hour and --load are above 0");
    }
    // A load that is arrivals times handle time is what it was but for rounding.
    if load > LARGEST_LOAD * (1.0 + 1e-9) {
        bail!("a load of {load:.0} agents is past what this command computes ({LARGEST_LOAD:.0})");
    }
    let mean_patience = args.patience.map(Span::seconds);
    if mean_patience == Some(0.0) {
        bail!("--patience is 0; customers who never wait are Erlang B's, shown without --patience");
    }
    if args.agents == Some(0) {
        bail!("--agents is 0; nobody would ever be answered");
    }
    if args.agents.is_some_and(|agents| f64::from(agents) > 2.0 * LARGEST_LOAD) {
        bail!("--agents is past what this command computes ({:.0})", 2.0 * LARGEST_LOAD);
    }
    if args.shrinkage == Some(1.0) {
        bail!("with a shrinkage of 1 nobody ever works; it lies below 1");
    }
    if args.lines.is_some_and(|lines| lines > MOST_LINES) {
        bail!("--lines is past what this command computes ({MOST_LINES}); left out, there is no limit");
    }
    match (args.lines, args.agents) {
        (Some(0), _) => bail!("--lines is 0; nobody could call"),
        (Some(lines), Some(agents)) if lines < agents => {
            bail!("{lines} lines keep at most {lines} of {agents} agents busy; give at least {agents} lines")
        }
        _ => {}
    }
    let within = args.within.seconds();
    let mut goals = vec![Goal::ServiceLevel { share: args.target, within }];
    goals.extend(args.max_abandonment.map(|max| Goal::Abandonment { max }));
    goals.extend(args.max_occupancy.map(|max| Goal::Occupancy { max }));
    Ok(Question {
        arrivals_per_second,
        mean_service,
        mean_patience,
        agents: args.agents,
        lines: args.lines,
        goals,
        within,
        short: args.short.seconds(),
        waiting: args.waiting,
    })
}

/// Heads to roster so that so many are on contacts.
fn rostered(agents: u32, shrinkage: f64) -> u32 {
    // A hair less, so that 70 / (1 - 0.3) is 100 and not 101.
    (f64::from(agents) / (1.0 - shrinkage) - 1e-9).ceil() as u32
}

/// What `--json` prints.
#[derive(Serialize)]
struct Json {
    arrivals_per_hour: f64,
    mean_service: f64,
    mean_patience: Option<f64>,
    lines: Option<u32>,
    target: Target,
    #[serde(flatten)]
    answer: Answer,
    rostered: Option<Rostered>,
}

#[derive(Serialize)]
struct Target {
    within: f64,
    short: f64,
    targets: BTreeMap<&'static str, f64>,
}

#[derive(Serialize)]
struct Rostered {
    shrinkage: f64,
    erlang_b: u32,
    erlang_c: u32,
    erlang_a: Option<u32>,
}

impl Json {
    fn new(question: &Question, answer: Answer, shrinkage: Option<f64>) -> Json {
        let targets = question.goals.iter().map(|goal| match *goal {
            Goal::ServiceLevel { share, .. } => ("service_level", share),
            Goal::Delayed { max } => ("delayed", max),
            Goal::Abandonment { max } => ("abandonment", max),
            Goal::MeanWait { max } => ("wait", max),
            Goal::Occupancy { max } => ("occupancy", max),
        });
        Json {
            arrivals_per_hour: question.arrivals_per_second * 3600.0,
            mean_service: question.mean_service,
            mean_patience: question.mean_patience,
            lines: question.lines,
            target: Target { within: question.within, short: question.short, targets: targets.collect() },
            rostered: shrinkage.map(|shrinkage| Rostered {
                shrinkage,
                erlang_b: rostered(answer.erlang_b.agents_needed, shrinkage),
                erlang_c: rostered(answer.erlang_c.agents_needed, shrinkage),
                erlang_a: answer.erlang_a.map(|a| rostered(a.agents_needed, shrinkage)),
            }),
            answer,
        }
    }
}

/// Heading, table and notes.
fn page(args: &ErlangArgs, question: &Question, answer: &Answer) -> String {
    let mut page = format!(
        "{:.2} erlangs: {:.6} arrivals an hour, {} each",
        answer.load,
        Trimmed(question.arrivals_per_second * 3600.0),
        args.aht
    );
    if let Some(patience) = args.patience {
        let _ = write!(page, ", patience {patience}");
    }
    if let Some(lines) = args.lines {
        let _ = write!(page, ", {lines} lines");
    }
    let _ = write!(page, "\n\n{}", table(args, question, answer));
    for (note, gap) in notes(args, answer).iter().zip(std::iter::once("\n\n").chain(std::iter::repeat("\n")))
    {
        let _ = write!(page, "{gap}{note}");
    }
    page
}

/// A number without trailing zeros.
struct Trimmed(f64);

impl std::fmt::Display for Trimmed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let decimals = f.precision().unwrap_or(6);
        let text = format!("{:.decimals$}", self.0);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

fn table(args: &ErlangArgs, question: &Question, answer: &Answer) -> Table {
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    let models = [Some(answer.erlang_c), answer.erlang_a];
    let columns = |b: String, of: &dyn Fn(&Waiting) -> String| {
        let others = models.iter().flatten().map(of);
        std::iter::once(b).chain(others).collect::<Vec<String>>()
    };
    let mut row = |label: String, cells: Vec<String>| {
        table.add_row(std::iter::once(label).chain(cells));
    };
    let heads = ["Erlang B", "Erlang C", "Erlang A"].map(String::from);
    let says = ["busy: lost", "all wait", "some abandon"].map(String::from);
    let shown = 2 + usize::from(answer.erlang_a.is_some());
    row(String::new(), heads[..shown].to_vec());
    row(String::new(), says[..shown].to_vec());
    row("Agents".into(), columns(answer.erlang_b.agents.to_string(), &|model| model.agents.to_string()));

    type Of = fn(&WaitingFigures) -> String;
    let figure = |b: Option<String>, of: &dyn Fn(&WaitingFigures) -> String| {
        columns(b.unwrap_or_default(), &|model| model.figures.as_ref().map_or("-".into(), of))
    };
    let Lost { blocked, busy, occupancy, .. } = answer.erlang_b;
    row("Busy signal".into(), figure(Some(percent(blocked)), &|f| percent(f.blocked)));
    let with_patience = answer.erlang_a.is_some();
    let service_level = format!("Service level, {}", Span::from_seconds(question.within));
    let rows: [(&str, bool, Of); 16] = [
        (&service_level, true, |f| percent(f.service_levels.answered_of_offered)),
        ("  of the answered", with_patience, |f| percent(f.service_levels.answered_of_answered)),
        ("  excluding short abandons", with_patience, |f| percent(f.service_levels.less_short_abandons)),
        ("  excluding abandons in time", with_patience, |f| percent(f.service_levels.less_abandons_within)),
        ("  abandons in time count as met", with_patience, |f| percent(f.service_levels.abandons_met)),
        ("  short abandons count as met", with_patience, |f| percent(f.service_levels.short_abandons_met)),
        ("Had to wait", true, |f| percent(f.delayed)),
        ("Abandonment", with_patience, |f| percent(f.abandonment)),
        ("Mean wait, all", with_patience, |f| time(f.mean_wait)),
        ("Mean wait, answered (ASA)", true, |f| time(f.mean_wait_answered)),
        ("Mean wait, abandoned", with_patience, |f| f.mean_wait_abandoned.map(time).unwrap_or_default()),
        ("Wait of the answered, median", true, |f| time(f.wait_p50)),
        ("  p80", true, |f| time(f.wait_p80)),
        ("  p90", true, |f| time(f.wait_p90)),
        ("  p95", true, |f| time(f.wait_p95)),
        ("Waiting, time average", true, |f| format!("{:.2}", f.queue)),
    ];
    for (label, _, of) in rows.iter().filter(|(_, shown, _)| *shown) {
        row((*label).into(), figure(None, of));
    }
    if let Some(waiting) = args.waiting {
        let label = format!("Exactly {waiting} waiting");
        row(label, figure(None, &|f| f.exactly_waiting.map(percent).unwrap_or_default()));
    }
    row(
        "Agents busy, time average".into(),
        figure(Some(format!("{busy:.2}")), &|f| format!("{:.2}", f.busy)),
    );
    row("Occupancy".into(), figure(Some(percent(occupancy)), &|f| percent(f.occupancy)));
    let needed = columns(answer.erlang_b.agents_needed.to_string(), &|model| model.agents_needed.to_string());
    row(format!("Agents needed ({})", target_target_words(args)), needed);
    if let Some(shrinkage) = args.shrinkage {
        let heads = columns(rostered(answer.erlang_b.agents_needed, shrinkage).to_string(), &|model| {
            rostered(model.agents_needed, shrinkage).to_string()
        });
        row(format!("Heads to roster (shrinkage {})", given(shrinkage)), heads);
    }
    table.column_iter_mut().skip(1).for_each(|column| column.set_cell_alignment(CellAlignment::Right));
    table
}

/// The targets in words.
fn target_target_words(args: &ErlangArgs) -> String {
    let mut words = format!("{} in {}", given(args.target), args.within);
    if let Some(max) = args.max_abandonment {
        let _ = write!(words, ", abandonment <= {}", given(max));
    }
    if let Some(max) = args.max_occupancy {
        let _ = write!(words, ", occupancy <= {}", given(max));
    }
    words
}

/// What a reader must know beside the table.
fn notes(args: &ErlangArgs, answer: &Answer) -> Vec<String> {
    let mut notes = Vec::new();
    if answer.erlang_c.figures.is_none() {
        notes.push(format!(
            "Erlang C has no steady state: {} agents cannot keep up with a load of {:.2}",
            answer.erlang_c.agents, answer.load
        ));
    }
    notes.push(format!(
        "Erlang B's agents needed: at most {} of the calls are lost, as nobody waits there",
        given(1.0 - args.target)
    ));
    if args.lines.is_some() {
        notes.push(
            "Shares and waits are of those who got a line; the busy signal is of all who called".into(),
        );
    }
    if args.agents.is_none() {
        notes.push("Each model's figures are for the agents that it asks for; --agents fixes them".into());
    }
    if args.patience.is_none() {
        notes.push(
            "Erlang A needs --patience; without abandonment the agents needed are often too many".into(),
        );
    }
    notes
}

/// A share in percent, as a figure.
fn percent(share: f64) -> String {
    format!("{:.2} %", share * 100.0)
}

/// A share in percent, as somebody gave it.
fn given(share: f64) -> String {
    format!("{} %", Trimmed(share * 100.0))
}

/// A length of time: short ones with decimals.
fn time(seconds: f64) -> String {
    match seconds {
        s if s < 100.0 => format!("{s:.2}s"),
        s => Span::from_seconds(s).to_string(),
    }
}
