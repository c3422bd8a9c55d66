//! The staff that a search found: its steps, the agents of each group, how the targets stand.

use std::borrow::Cow;

use serde_json::{Value, json};

use crate::experiment::{Condition, Staffed, Standing, StepKind};
use crate::figures::{Unit, Verdict};
use crate::reading::resolved::key;
use crate::units::printable;

use super::csv_files::{Csv, texts};
use super::paid_heads::{self, arithmetic};
use super::shown::{Shown, money_head};
use super::terminal::WIDTH;
use super::text_table::{Align, TextTable};
use super::wording::{ABSENT, grouped, percent, plain, shortened, wrapped, written};

/// Longer names are cut in the middle.
const NAME_WIDTH: usize = 28;

/// Steps that a terminal shows; of more, the first and the last ones.
const MOST_STEPS: usize = 16;

/// The search and its answer as a terminal shows them.
#[must_use]
pub fn render_staffed(staffed: &Staffed) -> String {
    let staffed = &*staffed.shown();
    let mut blocks = Vec::new();
    if !staffed.steps.is_empty() {
        blocks.push(steps(staffed));
    }
    if !staffed.standings.is_empty() {
        blocks.push(groups(staffed));
        blocks.push(targets(staffed));
    }
    let sentences: Vec<String> = answer(staffed).iter().map(|text| wrapped(text, WIDTH).join("\n")).collect();
    blocks.push(sentences.join("\n"));
    blocks.join("\n") + "\n"
}

/// The agents of each group as CSV.
#[must_use]
pub fn staffed_csv(staffed: &Staffed) -> String {
    let mut sheet =
        Csv::new(texts(["group", "agents", "before", "paid", "cost_per_hour", "paid_hours", "fte"]));
    for group in &staffed.groups {
        let agents = f64::from(group.agents);
        let cost = if staffed.has_cost { plain_number(agents * group.cost) } else { String::new() };
        let [on_contacts, before] = [group.agents, group.before].map(|heads| heads.to_string());
        let time = staffed.time(group);
        let fte = time.fte(staffed.fte_hours).map_or_else(String::new, plain_number);
        let [paid, hours] = [agents * group.paid, time.paid].map(plain_number);
        sheet.row(texts([&group.name, &on_contacts, &before, &paid, &cost, &hours, &fte]));
    }
    String::from_utf8_lossy(&sheet.bytes()).into_owned()
}

/// A scenario that extends another one by the agents that were found.
#[must_use]
pub fn staffed_toml(staffed: &Staffed, extends: &str) -> String {
    let mut out = format!("extends = {}\n", toml::Value::String(extends.to_owned()));
    for group in &staffed.groups {
        out += &format!("\n[groups.{}]\nstaff = {}\n", key(&group.name), group.agents);
    }
    out
}

/// The search for other programs.
#[must_use]
pub fn staffed_json(staffed: &Staffed) -> String {
    let groups: Vec<Value> = staffed
        .groups
        .iter()
        .map(|group| {
            let heads = json!({
                "group": group.name,
                "agents": group.agents,
                "before": group.before,
                "paid": f64::from(group.agents) * group.paid,
            });
            paid_heads::with(heads, paid_heads::values(staffed.time(group), staffed.fte_hours))
        })
        .collect();
    let targets: Vec<Value> = staffed
        .conditions
        .iter()
        .zip(&staffed.standings)
        .map(|(condition, standing)| {
            json!({
                "figure": condition.path,
                "at_least": condition.at_least,
                "bound": condition.bound,
                "value": standing.estimate.map(|estimate| estimate.value),
                "half_width": standing.estimate.and_then(|estimate| estimate.half_width),
                "verdict": standing.verdict.name(),
            })
        })
        .collect();
    let unreachable: Vec<&str> =
        staffed.unreachable.iter().map(|(condition, _)| condition.path.as_str()).collect();
    let whole = json!({
        "groups": groups,
        "cost_per_hour": staffed.has_cost.then_some(staffed.cost),
        "targets": targets,
        "kept_by_no_staff": unreachable,
        "verified": staffed.verified.map(|(replications, seed)| json!({ "replications": replications, "seed": seed })),
        "plans_played": staffed.effort.0,
        "replications_played": staffed.effort.1,
    });
    let whole = paid_heads::with(whole, paid_heads::values(staffed.total(), staffed.fte_hours));
    format!("{whole:#}\n")
}

fn plain_number(value: f64) -> String {
    format!("{}", (value * 1e6).round() / 1e6)
}

fn steps(staffed: &Staffed) -> String {
    let cost =
        if staffed.has_cost { money_head("Cost an hour", &staffed.labels) } else { Cow::Borrowed("Agents") };
    let mut table = TextTable::new(
        [
            (Align::Left, "Step"),
            (Align::Right, "Agents by group"),
            (Align::Right, &*cost),
            (Align::Left, "Tightest target"),
        ]
        .map(|(align, head)| (align, head.to_owned())),
    );
    let hidden = staffed.steps.len().saturating_sub(MOST_STEPS);
    for (place, step) in staffed.steps.iter().enumerate() {
        if hidden > 0 && (4..4 + hidden).contains(&place) {
            continue;
        }
        let what = match step.what {
            StepKind::Alone => "each queue alone (Erlang A)",
            StepKind::Pooled => "all in one pool (Erlang A)",
            StepKind::Raised => "agents added",
            StepKind::Better => "better",
            StepKind::Refuted => "missed on fresh customers",
        };
        let plan: Vec<String> = step.plan.iter().map(u32::to_string).collect();
        let tightest = step.tightest.map_or_else(String::new, |(target, slack)| {
            let condition = &staffed.conditions[target];
            let apart = match condition.figure.unit() {
                Unit::Share => format!("{:.1} points", 100.0 * slack.abs()),
                _ => percent((slack.abs() * 1e3).round() / 1e3),
            };
            let name = shortened(&printable(&condition.path), 36);
            if slack < 0.0 {
                format!("{name} misses by {apart}")
            } else {
                format!("{name}, {apart} to spare")
            }
        });
        table.row([
            what.to_owned(),
            shortened(&plan.join(" "), 40),
            grouped(step.cost, if staffed.has_cost { 2 } else { 0 }),
            tightest,
        ]);
    }
    table.line();
    table.text()
}

fn groups(staffed: &Staffed) -> String {
    let heads = ["Agents", "In the file", "Paid, with shrinkage"].into_iter();
    let heads = heads.chain(paid_heads::heads(staffed.fte_hours)).map(Cow::Borrowed);
    let heads = heads.chain(staffed.has_cost.then(|| money_head("Cost an hour", &staffed.labels)));
    let heads = heads.map(|head| (Align::Right, head.into_owned()));
    let mut table = TextTable::new([(Align::Left, "Group".to_owned())].into_iter().chain(heads));
    let paid = |agents: u32, paid: f64| grouped(f64::from(agents) * paid, 1);
    for group in &staffed.groups {
        let cells = [
            shortened(&printable(&group.name), NAME_WIDTH),
            group.agents.to_string(),
            group.before.to_string(),
            paid(group.agents, group.paid),
        ];
        let cost = staffed.has_cost.then(|| grouped(f64::from(group.agents) * group.cost, 2));
        table.row(
            cells.into_iter().chain(paid_heads::cells(staffed.time(group), staffed.fte_hours)).chain(cost),
        );
    }
    let sum =
        |of: &dyn Fn(&crate::experiment::StaffedGroup) -> f64| staffed.groups.iter().map(of).sum::<f64>();
    let cells = [
        "total".to_owned(),
        grouped(sum(&|group| f64::from(group.agents)), 0),
        grouped(sum(&|group| f64::from(group.before)), 0),
        grouped(sum(&|group| f64::from(group.agents) * group.paid), 1),
    ];
    let cost = staffed.has_cost.then(|| grouped(staffed.cost, 2));
    table.row(cells.into_iter().chain(paid_heads::cells(staffed.total(), staffed.fte_hours)).chain(cost));
    table.line();
    table.text()
}

fn targets(staffed: &Staffed) -> String {
    let mut table = TextTable::new(
        [
            (Align::Left, "Target"),
            (Align::Right, "Asked"),
            (Align::Right, "Simulated"),
            (Align::Left, "Verdict"),
        ]
        .map(|(align, head)| (align, head.to_owned())),
    );
    for (condition, standing) in staffed.conditions.iter().zip(&staffed.standings) {
        table.row([
            shortened(&printable(&condition.path), 44),
            asked(condition),
            simulated(condition, standing),
            standing.verdict.name().to_owned(),
        ]);
    }
    table.line();
    table.text()
}

fn asked(condition: &Condition) -> String {
    let bound = match condition.figure.unit() {
        Unit::Share => percent(condition.bound),
        unit => plain(unit, condition.bound),
    };
    format!("{} {bound}", if condition.at_least { "at least" } else { "at most" })
}

fn simulated(condition: &Condition, standing: &Standing) -> String {
    standing.estimate.map_or(ABSENT.to_owned(), |estimate| written(condition.figure.unit(), estimate))
}

/// The answer in sentences, each on lines of its own.
fn answer(staffed: &Staffed) -> Vec<String> {
    let mut sentences = Vec::new();
    for (condition, value) in &staffed.unreachable {
        let reached = value.map_or_else(
            || "the queues grow without end".to_owned(),
            |value| format!("it is {}", plain(condition.figure.unit(), value)),
        );
        sentences.push(format!(
            "No number of these agents keeps {} {}: with plenty of them {reached}. It is left out of account.",
            printable(&condition.path),
            asked(condition)
        ));
    }
    if staffed.standings.is_empty() {
        return sentences;
    }
    let agents: u32 = staffed.groups.iter().map(|group| group.agents).sum();
    let cost = match staffed.has_cost {
        true => format!(", {} an hour", staffed.labels.money(&grouped(staffed.cost, 2))),
        false => String::new(),
    };
    let verdict = Verdict::all(staffed.standings.iter().map(|standing| standing.verdict));
    let kept = match verdict {
        Verdict::Kept => "keep every target",
        Verdict::Undecided => "keep every target by the means, not every one beyond its interval",
        Verdict::Missed => "are the best found, and a target is missed",
    };
    let by = match staffed.verified {
        Some((replications, seed)) => {
            format!(", by {} replications of fresh customers (seed {seed})", grouped(replications as f64, 0))
        }
        None => ", by the customers of the search; it was stopped before they were checked on fresh ones"
            .to_owned(),
    };
    sentences.push(format!("{agents} agents{cost} {kept}{by}."));
    let paid = staffed
        .groups
        .iter()
        .filter_map(|group| arithmetic(&group.name, f64::from(group.agents), group.paid));
    let paid: Vec<String> = paid.collect();
    if !paid.is_empty() {
        sentences.push(format!("Paid are agents on contacts / (1 − shrinkage): {}.", paid.join("; ")));
    }
    sentences.push(format!(
        "Over the {} hours of the horizon these are {} agent hours on contacts: {}.",
        grouped(staffed.hours, 1),
        grouped(staffed.total().on_contacts, 1),
        paid_heads::said(staffed.total(), staffed.fte_hours)
    ));
    let binding = staffed
        .conditions
        .iter()
        .zip(&staffed.standings)
        .min_by(|one, other| one.1.slack.total_cmp(&other.1.slack))
        .filter(|_| staffed.conditions.len() > 1);
    if let Some((condition, standing)) = binding {
        let path = printable(&condition.path);
        sentences.push(format!(
            "The tightest is {path}: {}, {}.",
            simulated(condition, standing),
            asked(condition)
        ));
    }
    if !staffed.fixed.is_empty() {
        let names: Vec<String> = staffed.fixed.iter().map(|name| printable(name).into_owned()).collect();
        sentences.push(format!(
            "As in the file stay {}: their staff changes over the day, or they work in shifts.",
            names.join(", ")
        ));
    }
    sentences.push(format!(
        "{} plans were played, {} replications in all. It is the best that a local search found; a cheaper plan \
         may exist, and one whose figures lie within an interval of a target is a tie.",
        grouped(staffed.effort.0 as f64, 0),
        grouped(staffed.effort.1 as f64, 0)
    ));
    sentences
}
