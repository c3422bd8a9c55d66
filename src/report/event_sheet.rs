//! `events.csv`: everything that happens to contacts, in its order.

use crate::engine::{CaseEvent, WorkEvent};
use crate::experiment::{EventLog, Happened, LoggedEvent};
use crate::model::Model;
use crate::units::{QueueId, Span};

use super::contact_sheet::{group_of, number_of, record};
use super::log_file::{Cell, Column, LogFormat, head, lines};

/// The columns, in their order.
pub const EVENT_COLUMNS: &[Column] = &[
    ("replication", "the replication, from 1"),
    ("time", "when; equal times stand in the order of the play"),
    ("event", "what happens: see below"),
    ("case", "the number of the case, as in the contacts' file"),
    ("record", "`contact`, `follow_up`, `left_behind` or `ghost`, as in the contacts' file"),
    ("contact", "the attempt within the case, from 1"),
    ("kind", "`first`, `retry`, `repeat`, `transfer` or `callback`"),
    ("queue", "the queue where the contact is"),
    ("group", "the group of the agent"),
    ("agent", "the agent's number in the group, from 1"),
    ("to", "where it leads: a transfer, an overflow, the queue of a return"),
    ("seconds", "how long: the wait of who is answered or abandons, the talk of who was served"),
    ("wrap_up", "the wrap-up that follows a talk"),
    ("at", "when the customer will get in touch again"),
    ("detail", "`first`, `later`, `silently`, `in_time`, or why a case is lost"),
];

/// The events and their meanings.
pub const EVENT_WORDS: &[Column] = &[
    ("opens", "a case, or a follow-up of one, begins"),
    ("gets_in_touch", "the customer gets in touch, for the first time or again"),
    ("begins_self_service", "a bot or the like receives the customer"),
    ("contained", "that helped: the case is over"),
    ("falsely_contained", "that seemed to help"),
    ("hangs_up", "the customer breaks off in self-service"),
    ("blocked", "the busy signal"),
    ("turned_away", "the queue is closed"),
    ("enters", "the contact joins a queue"),
    ("waits", "no agent has room: the contact waits, or waits on"),
    ("answered", "an agent takes it up"),
    ("abandons", "the customer abandons"),
    ("overflows", "leaves for another queue"),
    ("accepts_callback", "hangs up, to be called back"),
    ("closed_out", "sent away at closing time"),
    ("broken_off", "the same in the midst of a conversation that rested"),
    ("still_waits", "waits when the play ends"),
    ("writes_again", "the customer writes again; what was written first stays in the queue"),
    ("falls_back", "got nowhere, and waits for the answer to what was written first"),
    ("not_reached", "does not answer the centre's call"),
    ("responded", "gets the (first) response"),
    ("will_return", "will get in touch again"),
    ("solved", "the case is solved"),
    ("lost", "the case is lost"),
    ("stays_open", "the case is open when the play ends"),
    ("needless", "a follow-up is no longer needed"),
    ("work_begins", "an agent begins a piece of work, or goes on with one that was given back or parked"),
    ("served", "the talk is over; the wrap-up is still to come"),
    ("held", "the agent has stayed with a customer for another agent to take over"),
    ("parked", "a conversation rests, and leaves its place at the agent"),
    ("suspended", "other work interrupts it"),
    ("resumes", "interrupted work goes on"),
    ("work_ends", "the agent is free of it, wrap-up included"),
];

/// The whole file's first line.
#[must_use]
pub fn events_head(format: LogFormat) -> Vec<u8> {
    head(EVENT_COLUMNS, format)
}

/// The events of one replication (from 1).
#[must_use]
pub fn event_lines(replication: u64, log: &EventLog, model: &Model, format: LogFormat) -> Vec<u8> {
    let rows = log.events().iter().map(|event| cells(replication, event, model));
    lines(EVENT_COLUMNS, rows, format)
}

/// Some events as JSON objects, with the names of the columns.
pub(super) fn event_objects(
    replication: u64,
    events: &[LoggedEvent],
    model: &Model,
) -> Vec<serde_json::Value> {
    let rows = events.iter().map(|event| cells(replication, event, model));
    let written = lines(EVENT_COLUMNS, rows, LogFormat::JsonLines);
    let lines = written.split(|byte| *byte == b'\n').filter(|line| !line.is_empty());
    lines.filter_map(|line| serde_json::from_slice(line).ok()).collect()
}

/// What is told of an event beside its time, its contact and its agent.
#[derive(Default)]
struct Details {
    to: Option<QueueId>,
    seconds: Option<Span>,
    wrap_up: Option<Span>,
    at: Option<crate::units::Instant>,
    detail: Option<&'static str>,
}

fn cells(replication: u64, event: &LoggedEvent, model: &Model) -> Vec<Cell> {
    let (word, details) = told(event.what);
    let about = event.about;
    let span = |span: Span| Cell::seconds(span.micros() as i64);
    let queue = |id: QueueId| Cell::text(&model.queues[id.index()].name);
    let at = details.at.filter(|at| *at < crate::units::Instant::NEVER);
    vec![
        Cell::number(replication),
        Cell::seconds(model.reported_micros(event.at)),
        Cell::text(word),
        Cell::number(about.case),
        Cell::text(record(about.record)),
        Cell::number(about.contact),
        Cell::text(about.kind.name()),
        queue(about.queue),
        Cell::maybe(event.agent, |id| Cell::text(&model.groups[group_of(model, id)].name)),
        Cell::maybe(event.agent, |id| Cell::number(number_of(model, id))),
        Cell::maybe(details.to, queue),
        Cell::maybe(details.seconds, span),
        Cell::maybe(details.wrap_up, span),
        Cell::maybe(at, |at| Cell::seconds(model.reported_micros(at))),
        Cell::maybe(details.detail, Cell::text),
    ]
}

fn told(what: Happened) -> (&'static str, Details) {
    let none = Details::default;
    let flagged = |flag: bool, word| Details { detail: flag.then_some(word), ..none() };
    match what {
        Happened::ToCase(event) => match event {
            CaseEvent::Opens { .. } => ("opens", none()),
            CaseEvent::GetsInTouch => ("gets_in_touch", none()),
            CaseEvent::BeginsSelfService => ("begins_self_service", none()),
            CaseEvent::Contained => ("contained", none()),
            CaseEvent::FalselyContained => ("falsely_contained", none()),
            CaseEvent::HangsUp => ("hangs_up", none()),
            CaseEvent::Blocked => ("blocked", none()),
            CaseEvent::TurnedAway => ("turned_away", none()),
            CaseEvent::Enters => ("enters", none()),
            CaseEvent::Waits => ("waits", none()),
            CaseEvent::Answered { wait, .. } => ("answered", Details { seconds: Some(wait), ..none() }),
            CaseEvent::Abandons { wait, silently } => {
                ("abandons", Details { seconds: Some(wait), ..flagged(silently, "silently") })
            }
            CaseEvent::Overflows { to } => ("overflows", Details { to: Some(to), ..none() }),
            CaseEvent::AcceptsCallback => ("accepts_callback", none()),
            CaseEvent::ClosedOut => ("closed_out", none()),
            CaseEvent::BrokenOff => ("broken_off", none()),
            CaseEvent::StillWaits => ("still_waits", none()),
            CaseEvent::LeavesBehind { .. } => ("writes_again", none()),
            CaseEvent::FallsBack { .. } => ("falls_back", none()),
            CaseEvent::NotReached { .. } => ("not_reached", none()),
            CaseEvent::Responded { within } => ("responded", flagged(within, "in_time")),
            CaseEvent::WillReturn { at, to, .. } => {
                ("will_return", Details { at: Some(at), to: Some(to), ..none() })
            }
            CaseEvent::Solved { first, later } => {
                let detail = if later { Some("by_follow_up") } else { first.then_some("first") };
                ("solved", Details { detail, ..none() })
            }
            CaseEvent::Lost(why) => ("lost", Details { detail: Some(why.name()), ..none() }),
            CaseEvent::StaysOpen => ("stays_open", none()),
            CaseEvent::Needless => ("needless", none()),
        },
        Happened::AtWork(event) => match event {
            WorkEvent::Begins { .. } => ("work_begins", none()),
            WorkEvent::Served { talk, wrap_up, passed_on } => {
                ("served", Details { seconds: Some(talk), wrap_up: Some(wrap_up), to: passed_on, ..none() })
            }
            WorkEvent::Held { talk } => ("held", Details { seconds: Some(talk), ..none() }),
            WorkEvent::Parked { talk } => ("parked", Details { seconds: Some(talk), ..none() }),
            WorkEvent::Suspended { talk } => ("suspended", Details { seconds: Some(talk), ..none() }),
            WorkEvent::Resumes => ("resumes", none()),
            WorkEvent::Ends => ("work_ends", none()),
        },
    }
}
