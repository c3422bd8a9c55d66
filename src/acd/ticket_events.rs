//! Tickets out of a log of their events: a row says what happened to which ticket and when.

use std::collections::BTreeMap;

use super::fault::Fault;
use super::heading::Taken;
use super::stamps;
use super::ticket::{First, Reached, Ticket, Tickets};
use super::ticket_cells::{Clock, MOST_FAULTS, NAMELESS, When};
use super::{Asked, Faults};

/// What the events of a log mean.
#[derive(Clone, Debug, Default)]
pub struct TicketWords {
    /// Events by which somebody takes a ticket up; none: the usual words.
    pub answered: Vec<String>,
    /// Events by which a ticket is solved; none: the usual words.
    pub solved: Vec<String>,
}

/// An event as it is written.
pub(super) struct Event {
    pub(super) line: u64,
    pub(super) ticket: String,
    pub(super) event: String,
    pub(super) time: String,
    pub(super) queue: Option<String>,
    pub(super) agent: Option<String>,
}

/// Phrases of names, whole words each.
const TAKEN_UP: [&str; 6] =
    ["take in charge", "taken in charge", "taken up", "in progress", "work started", "accepted"];
const REPLIES: [&str; 7] =
    ["reply", "replied", "first reply", "respond", "responded", "first response", "answered"];
const SOLVED: [&str; 5] = ["resolve", "resolved", "solve", "solved", "resolution"];
/// Where nothing says that a ticket is solved.
const CLOSED: [&str; 2] = ["close", "closed"];

/// Whether a name has one of the phrases.
fn says(name: &str, phrases: &[&str]) -> bool {
    let words: Vec<String> = name.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase).collect();
    let words = format!(" {} ", words.join(" "));
    phrases.iter().any(|phrase| words.contains(&format!(" {phrase} ")))
}

/// The names of events that mean something: those that were given, else those that say so.
fn chosen<'n>(
    names: &BTreeMap<&'n str, usize>,
    given: &[String],
    usual: &[&[&str]],
) -> (usize, Vec<&'n str>) {
    let of = |fits: &dyn Fn(&str) -> bool| names.keys().copied().filter(|name| fits(name)).collect();
    if !given.is_empty() {
        let named = |name: &str| given.iter().any(|own| own.trim().eq_ignore_ascii_case(name));
        return (0, of(&named));
    }
    for (number, phrases) in usual.iter().enumerate() {
        let found: Vec<&str> = of(&|name| says(name, phrases));
        if !found.is_empty() {
            return (number, found);
        }
    }
    (0, Vec::new())
}

/// Tickets out of the events of each.
pub(super) fn settle(
    events: Vec<Event>,
    words: &TicketWords,
    name: &str,
    asked: &Asked,
    taken: Vec<Taken>,
    mut notes: Vec<String>,
) -> Result<Tickets, Faults> {
    let mut names: BTreeMap<&str, usize> = BTreeMap::new();
    let mut clock = Clock::new(name, asked);
    for event in &events {
        *names.entry(event.event.as_str()).or_default() += 1;
        clock.see(&event.time, event.line);
    }
    unknown(&names, words, name)?;
    let order = clock.order()?;
    notes.extend(order.map(|order| stamps::word(order).to_owned()));
    let (kind, answers) = chosen(&names, &words.answered, &[&TAKEN_UP, &REPLIES]);
    let (_, solves) = chosen(&names, &words.solved, &[&SOLVED, &CLOSED]);
    let first = (!answers.is_empty()).then_some(if kind == 0 { First::TakenUp } else { First::Reply });
    told(&mut notes, &names, &answers, &solves, first);

    let mut faults = Vec::new();
    let mut cases: BTreeMap<&str, Vec<(When, &Event)>> = BTreeMap::new();
    for event in &events {
        match clock.when(&event.time, "time", event.line, order) {
            Ok(when) => cases.entry(event.ticket.as_str()).or_default().push((when, event)),
            Err(fault) => faults.push(fault),
        }
        if faults.len() >= MOST_FAULTS {
            break;
        }
    }
    if !faults.is_empty() {
        return Err(Faults(faults));
    }
    let mut tickets: Vec<Ticket> =
        cases.into_values().filter_map(|case| ticket(case, &answers, &solves)).collect();
    if tickets.is_empty() {
        return Err(Faults::one(format!("{name} has no tickets to read"), "does `--where` fit any?"));
    }
    tickets.sort_by_key(|ticket| ticket.created);
    Ok(Tickets { name: name.to_owned(), tickets, first, taken, notes })
}

/// Names that were given and that no event has.
fn unknown(names: &BTreeMap<&str, usize>, words: &TicketWords, name: &str) -> Result<(), Faults> {
    let there = |own: &str| names.keys().any(|known| own.trim().eq_ignore_ascii_case(known));
    let missing = words.answered.iter().chain(&words.solved).filter(|own| !there(own));
    let faults = missing.map(|own| {
        let known: Vec<String> = names.keys().take(20).map(|name| format!("`{name}`")).collect();
        Fault::new(format!("{name} has no event `{own}`"), format!("its events are {}", known.join(", ")))
    });
    let faults: Vec<Fault> = faults.collect();
    if faults.is_empty() { Ok(()) } else { Err(Faults(faults)) }
}

/// What events were taken for.
fn told(
    notes: &mut Vec<String>,
    names: &BTreeMap<&str, usize>,
    answers: &[&str],
    solves: &[&str],
    first: Option<First>,
) {
    let list = |chosen: &[&str]| {
        let one = |name: &&str| format!("`{name}` ({})", names.get(name).copied().unwrap_or(0));
        chosen.iter().map(one).collect::<Vec<_>>().join(", ")
    };
    match first {
        Some(First::TakenUp) => notes.push(format!("somebody takes a ticket up: {}", list(answers))),
        Some(First::Reply) => notes.push(format!("a reply: {}", list(answers))),
        None => notes.push(
            "no event tells when somebody takes a ticket up: `--answered EVENT` names it; nothing but volumes can be compared"
                .to_owned(),
        ),
    }
    match solves {
        [] => notes.push("no event tells when a ticket is solved: `--solved EVENT` names it".to_owned()),
        solves => notes.push(format!("solved: {}", list(solves))),
    }
    let others: Vec<&str> =
        names.keys().copied().filter(|name| !answers.contains(name) && !solves.contains(name)).collect();
    if !others.is_empty() {
        notes.push(format!("passed over, but for the first of a ticket: {}", list(&others)));
    }
}

/// A ticket: created with its first event.
fn ticket(mut case: Vec<(When, &Event)>, answers: &[&str], solves: &[&str]) -> Option<Ticket> {
    case.sort_by(|one, other| other.0.until(&one.0).total_cmp(&0.0));
    let (created, _) = *case.first()?;
    let reached = |names: &[&str]| {
        let found = case.iter().find(|(_, event)| names.contains(&event.event.as_str()))?;
        Some(Reached { at: found.0.local, after: created.until(&found.0).max(0.0) })
    };
    let ended = case.iter().filter(|(_, event)| solves.contains(&event.event.as_str())).count();
    let queue = case.iter().find_map(|(_, event)| event.queue.clone());
    let agent = case.iter().rev().find_map(|(_, event)| event.agent.clone());
    Some(Ticket {
        queue: queue.unwrap_or_else(|| NAMELESS.to_owned()),
        created: created.local,
        first: reached(answers),
        solved: reached(solves),
        reopened: u32::try_from(ended.saturating_sub(1)).unwrap_or(u32::MAX),
        agent,
    })
}
