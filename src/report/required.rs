//! The agents that every interval requires: a table a group, how the targets stand, and files for other programs.

use std::borrow::Cow;
use std::collections::BTreeMap;

use jiff::civil::Date;
use serde_json::{Value, json};

use crate::experiment::{PaidTime, Required, RequiredGroup, RequiredTarget};
use crate::figures::{Estimate, Figure, Verdict};
use crate::reading::resolved::key;
use crate::units::{Span, printable};

use super::csv_files::{Csv, number, texts};
use super::inert::inert;
use super::paid_heads::{self, arithmetic};
use super::shown::{Shown, money_head};
use super::terminal::WIDTH;
use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, grouped, percent, shortened, wrapped};

/// Longer names are cut in the middle.
const NAME_WIDTH: usize = 28;

/// Days side by side on a terminal; of more, the first ones.
const MOST_DAYS: usize = 7;

/// Lines of a table without dates; of more, the first ones.
const MOST_LINES: usize = 96;

/// Intervals that are named one by one.
const MOST_NAMED: usize = 5;

/// Passes that a terminal shows; of more, the first and the last ones.
const MOST_PASSES: usize = 8;

/// The requirement as a terminal shows it.
#[must_use]
pub fn render_required(required: &Required) -> String {
    let required = &*required.shown();
    let mut blocks = vec![passes(required)];
    for group in &required.groups {
        let name = printable(&group.name);
        blocks.push(format!("Agents of {name} on contacts\n{}", agents(required, group)));
    }
    blocks.push(hours(required));
    let sentences: Vec<String> =
        answer(required).iter().map(|text| wrapped(text, WIDTH).join("\n")).collect();
    blocks.push(sentences.join("\n"));
    blocks.join("\n") + "\n"
}

/// The agents as CSV, a line for each group and interval.
#[must_use]
pub fn required_csv(required: &Required) -> String {
    let mut sheet = Csv::new(texts(["time", "group", "agents", "before", "paid"]));
    for group in &required.groups {
        for (row, (_, label)) in required.intervals.iter().enumerate() {
            let agents = group.agents[row];
            let paid = number(Some((f64::from(agents) * group.paid * 1e6).round() / 1e6));
            let [agents, before] = [agents, group.before[row]].map(|heads| heads.to_string());
            sheet.row(texts([label, &group.name, &agents, &before, &paid]));
        }
    }
    String::from_utf8_lossy(&sheet.bytes()).into_owned()
}

/// A scenario that extends another one by these agents: from a table beside it where they have dates.
#[must_use]
pub fn required_toml(required: &Required, extends: &str, table: &str) -> String {
    let text = |text: &str| toml::Value::String(text.to_owned()).to_string();
    let mut out = format!("extends = {}\n", text(extends));
    for group in &required.groups {
        out += &format!("\n[groups.{}]\n", key(&group.name));
        if required.dated {
            let cell = text(inert(&group.name).as_ref());
            out += &format!(
                "staff = {{ csv = {{ file = {}, time = \"time\", value = \"agents\", where = {{ group = {cell} }} }} }}\n",
                text(table)
            );
            continue;
        }
        let steps: Vec<String> = steps(required, group)
            .map(|(start, agents)| format!("\"{}s\" = {agents}", start.seconds()))
            .collect();
        out += &format!("staff = {{ {} }}\n", steps.join(", "));
    }
    out
}

/// The requirement for other programs.
#[must_use]
pub fn required_json(required: &Required) -> String {
    let labels: Vec<&str> = required.intervals.iter().map(|(_, label)| label.as_str()).collect();
    let group = |group: &RequiredGroup| {
        let heads = json!({ "group": group.name, "agents": group.agents, "before": group.before, "paid_per_agent": group.paid });
        paid_heads::with(heads, paid_heads::values(required.time(group), required.fte_hours))
    };
    let before: f64 = required.groups.iter().map(|group| required.hours_before(group)).sum();
    let [kept, undecided, missed] = required.verdicts();
    let whole = json!({
        "intervals": labels,
        "length_seconds": required.length.seconds(),
        "groups": required.groups.iter().map(group).collect::<Vec<_>>(),
        "targets": targets_value(&required.targets),
        "agent_hours_before": before,
        "cost": required.cost(),
        "kept": kept,
        "not_decided": undecided,
        "missed": missed,
        "verified": required.verified.map(|(replications, seed)| json!({ "replications": replications, "seed": seed })),
        "passes": required.passes.len(),
    });
    let whole = paid_heads::with(whole, paid_heads::values(required.total(), required.fte_hours));
    format!("{whole:#}\n")
}

/// The intervals at which a group's agents change.
fn steps<'a>(required: &'a Required, group: &'a RequiredGroup) -> impl Iterator<Item = (Span, u32)> + 'a {
    let all = required.intervals.iter().zip(&group.agents);
    let mut last = None;
    all.filter_map(move |((start, _), &agents)| {
        (last.replace(agents) != Some(agents)).then_some((*start, agents))
    })
}

fn passes(required: &Required) -> String {
    let heads =
        [(Align::Left, "Pass"), (Align::Right, "Agent hours"), (Align::Right, "Targets of intervals missed")];
    let mut table = TextTable::new(heads.map(|(align, head)| (align, head.to_owned())));
    let hidden = required.passes.len().saturating_sub(MOST_PASSES);
    for (place, (hours, missed)) in required.passes.iter().enumerate() {
        if hidden > 0 && (4..4 + hidden).contains(&place) {
            continue;
        }
        table.row([(place + 1).to_string(), grouped(*hours, 1), grouped(*missed as f64, 0)]);
    }
    table.line();
    table.text()
}

/// Hours of each group, and what they cost.
fn hours(required: &Required) -> String {
    let has_cost = required.groups.iter().any(|group| group.pay.is_some());
    let heads = ["Agent hours", "In the file"].into_iter().chain(paid_heads::heads(required.fte_hours));
    let cost = has_cost.then(|| money_head("Cost", &required.labels));
    let heads = heads.map(Cow::Borrowed).chain(cost).map(|head| (Align::Right, head.into_owned()));
    let mut table = TextTable::new([(Align::Left, "Group".to_owned())].into_iter().chain(heads));
    let mut row = |name: String, time: PaidTime, before: f64, cost: Option<f64>| {
        let cells = [name, grouped(time.on_contacts, 1), grouped(before, 1)];
        let cost = has_cost.then(|| cost.map_or(ABSENT.to_owned(), |cost| grouped(cost, 0)));
        table.row(cells.into_iter().chain(paid_heads::cells(time, required.fte_hours)).chain(cost));
    };
    for group in &required.groups {
        let name = shortened(&printable(&group.name), NAME_WIDTH);
        row(name, required.time(group), required.hours_before(group), required.cost_of(group));
    }
    if required.groups.len() > 1 {
        let before = required.groups.iter().map(|group| required.hours_before(group)).sum();
        row("total".to_owned(), required.total(), before, required.cost());
    }
    table.line();
    table.text()
}

fn agents(required: &Required, group: &RequiredGroup) -> String {
    if !required.dated {
        let mut table =
            TextTable::new([(Align::Left, "From".to_owned()), (Align::Right, "Agents".to_owned())]);
        let all = required.intervals.iter().zip(&group.agents);
        all.take(MOST_LINES).for_each(|((_, label), agents)| table.row([label.clone(), agents.to_string()]));
        table.line();
        return table.text();
    }
    // By time of day, a column a date.
    let mut dates: Vec<&str> = Vec::new();
    let mut by_time: BTreeMap<&str, BTreeMap<usize, u32>> = BTreeMap::new();
    for ((_, label), &agents) in required.intervals.iter().zip(&group.agents) {
        let Some((date, time)) = label.split_once('T') else { continue };
        if dates.last() != Some(&date) {
            dates.push(date);
        }
        by_time.entry(time).or_default().insert(dates.len() - 1, agents);
    }
    dates.truncate(MOST_DAYS);
    let head = |date: &&str| {
        let weekday = date.parse::<Date>().map(|date| format!("{:?}", date.weekday())).unwrap_or_default();
        (
            Align::Right,
            format!("{} {}", weekday.get(..3).unwrap_or_default(), date.get(5..).unwrap_or_default()),
        )
    };
    let mut table =
        TextTable::new([(Align::Left, "From".to_owned())].into_iter().chain(dates.iter().map(head)));
    for (time, days) in &by_time {
        if days.values().all(|agents| *agents == 0) {
            continue;
        }
        let cell = |day: usize| match days.get(&day) {
            Some(0) | None => String::new(),
            Some(agents) => agents.to_string(),
        };
        table.row([(*time).to_owned()].into_iter().chain((0..dates.len()).map(cell)));
    }
    table.line();
    table.text()
}

fn of(figure: Figure) -> &'static str {
    if figure == Figure::Abandonment { "abandoned" } else { "in time" }
}

/// How the targets of all intervals stand; `what` was checked.
pub(super) fn interval_sentences(
    targets: &[RequiredTarget],
    labels: &[String],
    verified: Option<(u64, u64)>,
    what: &str,
) -> Vec<String> {
    let Some((replications, seed)) = verified else {
        return vec![format!("It was stopped before {what} on fresh customers.")];
    };
    let count = |wanted: Verdict| {
        let all = targets.iter().flat_map(|target| target.stands.iter().flatten());
        all.filter(|(_, verdict)| *verdict == wanted).count() as f64
    };
    let [kept, undecided, missed] = [Verdict::Kept, Verdict::Undecided, Verdict::Missed].map(count);
    let mut sentences = vec![format!(
        "Of {} targets of intervals {} are kept, {} are not decided and {} are missed, by {} replications of fresh customers (seed {seed}).",
        grouped(kept + undecided + missed, 0),
        grouped(kept, 0),
        grouped(undecided, 0),
        grouped(missed, 0),
        grouped(replications as f64, 0)
    )];
    let named: Vec<String> = targets
        .iter()
        .flat_map(|target| {
            let all = labels.iter().zip(&target.stands);
            all.filter_map(move |(label, stand)| {
                let (estimate, _) = stand.filter(|(_, verdict)| *verdict == Verdict::Missed)?;
                let queue = shortened(&printable(&target.queue), 28);
                let share = percent((estimate.value * 1e3).round() / 1e3);
                Some(format!("{queue} {label} {share} {}", of(target.figure)))
            })
        })
        .collect();
    if !named.is_empty() {
        let more = named.len().saturating_sub(MOST_NAMED);
        let more = if more > 0 { format!(", and {more} more") } else { String::new() };
        let named: Vec<String> = named.into_iter().take(MOST_NAMED).collect();
        sentences.push(format!("Missed: {}{more}.", named.join("; ")));
    }
    let few: usize = targets.iter().map(|target| target.too_few).sum();
    if few > 0 {
        let few = grouped(few as f64, 0);
        sentences.push(format!(
            "In {few} intervals too few contacts come to tell; their agents are those of the formula."
        ));
    }
    sentences
}

/// How the targets of all intervals stand, for other programs.
pub(super) fn targets_value(targets: &[RequiredTarget]) -> Value {
    let stand = |stand: &Option<(Estimate, Verdict)>| match stand {
        None => Value::Null,
        Some((estimate, verdict)) => json!({
            "value": estimate.value, "half_width": estimate.half_width, "verdict": verdict.name(),
        }),
    };
    let target = |target: &RequiredTarget| {
        json!({
            "queue": target.queue,
            "figure": target.figure.name(),
            "bound": target.bound,
            "intervals": target.stands.iter().map(stand).collect::<Vec<_>>(),
        })
    };
    targets.iter().map(target).collect()
}

fn answer(required: &Required) -> Vec<String> {
    let total = required.total();
    let before: f64 = required.groups.iter().map(|group| required.hours_before(group)).sum();
    let mut sentences = Vec::new();
    let cost = required.cost().map(|cost| required.labels.money(&grouped(cost, 0)));
    let cost = cost.map_or_else(String::new, |cost| format!(", at a cost of {cost}"));
    sentences.push(format!(
        "{} agent hours on contacts are required (the file has {}); with shrinkage {}{cost}.",
        grouped(total.on_contacts, 1),
        grouped(before, 1),
        paid_heads::said(total, required.fte_hours)
    ));
    let paid = required
        .groups
        .iter()
        .filter_map(|group| arithmetic(&group.name, required.time(group).on_contacts, group.paid));
    let paid: Vec<String> = paid.collect();
    if !paid.is_empty() {
        sentences.push(format!("Paid hours are hours on contacts / (1 − shrinkage): {}.", paid.join("; ")));
    }
    let labels: Vec<String> = required.intervals.iter().map(|(_, label)| label.clone()).collect();
    sentences.extend(interval_sentences(
        &required.targets,
        &labels,
        required.verified,
        "the agents were checked",
    ));
    if required.verified.is_none() {
        return sentences;
    }
    let dates =
        required.intervals.iter().filter_map(|(_, label)| label.split_once('T')).map(|(date, _)| date);
    let dates: std::collections::BTreeSet<&str> = dates.collect();
    if dates.len() > MOST_DAYS {
        sentences.push(format!("Shown are the first {MOST_DAYS} of {} days; `--csv` has all.", dates.len()));
    }
    if !required.fixed.is_empty() {
        let names: Vec<String> = required.fixed.iter().map(|name| printable(name).into_owned()).collect();
        sentences.push(format!("As in the file stay {}.", names.join(", ")));
    }
    sentences
}
