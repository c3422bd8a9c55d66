//! `contacts.csv`: a row for every stay of every contact.

use crate::experiment::{ContactLog, ContactRow, Ending, StayResult};
use crate::model::Model;
use crate::state::Role;
use crate::units::{AgentId, Instant, Span};

use super::log_file::{Cell, Column, LogFormat, head, lines};

/// The columns, in their order.
pub const CONTACT_COLUMNS: &[Column] = &[
    ("replication", "the replication, from 1"),
    ("case", "the case that the contact belongs to: numbers from 1, as cases open"),
    (
        "record",
        "`contact`; `follow_up`: work that the centre starts for the case; `left_behind`: what a customer \
         wrote before writing again; `ghost`: the place of a customer who left a chat without a word",
    ),
    ("contact", "the customer's attempt within the case, from 1; of a follow-up the centre's"),
    ("kind", "`first`, `retry`, `repeat`, `transfer` or `callback`, as in `queues.csv`"),
    ("channel", "the channel of the queue"),
    ("queue", "the queue, or the follow-up"),
    ("opened_in", "the queue where the case opened: figures of cases count there"),
    ("opened", "when the case opened"),
    ("arrived", "when the customer got in touch with this contact"),
    ("entered", "when this row begins: the contact joins the queue, or is refused"),
    ("reported", "whether that is in the reported time: what is not is in no figure"),
    (
        "result",
        "`answered`, `abandoned`, `overflowed`, `called_back` (to be called back), `closed_out`, \
         `still_waiting`; `blocked`, `turned_away`; in self-service `contained`, `falsely_contained`, `hung_up`, \
         `passed_on`, `in_self_service`; `not_reached`, `needless`, `nobody_there`",
    ),
    ("left", "when that was"),
    ("wait", "the wait that is counted, of `answered` and `abandoned`; an overflow does not restart it"),
    ("delayed", "whether no agent had room at once"),
    ("silently", "whether the customer abandoned without a word"),
    ("group", "the group of the agent who took it up"),
    ("agent", "the agent's number in the group, from 1"),
    ("legs", "pieces of service that belong to this row: 1 once the talk is over"),
    ("talk", "talk time, time held included"),
    ("hold", "of it, staying with a customer whom another agent takes over"),
    ("wrap_up", "wrap-up time"),
    ("freed", "when the agent was free of it"),
    ("to", "the queue that it was transferred or overflowed to"),
    ("responded", "when it got its (first) response, where responses count"),
    ("in_time", "whether it was answered, or got its response, in the target's time"),
    ("returns", "when the customer will get in touch again"),
    ("returns_to", "the queue where that will be"),
    (
        "ending",
        "in the last row of a case: `solved_first` (by the first contact that was answered), `solved`, \
         `solved_by_follow_up`, `contained`, `lost`, `open`",
    ),
    ("lost_because", "why it was lost, as in `cases.csv`"),
    ("ended", "when the case ended"),
];

/// The whole file's first line.
#[must_use]
pub fn contacts_head(format: LogFormat) -> Vec<u8> {
    head(CONTACT_COLUMNS, format)
}

/// The rows of one replication (from 1).
#[must_use]
pub fn contact_lines(replication: u64, log: &ContactLog, model: &Model, format: LogFormat) -> Vec<u8> {
    let rows = log.rows().iter().map(|row| cells(replication, row, model));
    lines(CONTACT_COLUMNS, rows, format)
}

fn cells(replication: u64, row: &ContactRow, model: &Model) -> Vec<Cell> {
    let queue = &model.queues[row.queue.index()];
    let time = |at: Instant| Cell::seconds(model.reported_micros(at));
    let maybe_time = |at: Option<Instant>| Cell::maybe(at.filter(|at| *at < Instant::NEVER), time);
    let span = |span: Span| Cell::seconds(span.micros() as i64);
    let served = |cell: Cell| if row.legs > 0 || row.talk > Span::ZERO { cell } else { Cell::Nothing };
    let agent =
        |agent: AgentId| (model.groups[group_of(model, agent)].name.as_str(), number_of(model, agent));
    let answered_in_time = || {
        let answered = row.result == Some(StayResult::Answered) && queue.answer.is_some();
        row.wait.filter(|_| answered).map(|wait| wait <= queue.within)
    };
    let in_time = match queue.kind.counts_responses() {
        true => row.responded.map(|(_, within)| within),
        false => answered_in_time(),
    };
    let why = match row.ending {
        Some((Ending::Lost(why), _)) => Cell::text(why.name()),
        _ => Cell::Nothing,
    };
    vec![
        Cell::number(replication),
        Cell::number(row.case),
        Cell::text(record(row.record)),
        Cell::number(row.contact),
        Cell::text(row.kind.name()),
        Cell::text(&model.channels[queue.channel.index()].name),
        Cell::text(&queue.name),
        Cell::text(&model.queues[row.opened_in.index()].name),
        time(row.opened),
        time(row.arrived),
        time(row.entered),
        Cell::Flag(model.rows.row(row.entered) != model.rows.unreported()),
        Cell::maybe(row.result, |result| Cell::text(result.word())),
        maybe_time(row.left),
        Cell::maybe(row.wait, span),
        Cell::Flag(row.delayed),
        Cell::Flag(row.silently),
        Cell::maybe(row.agent, |id| Cell::text(agent(id).0)),
        Cell::maybe(row.agent, |id| Cell::number(agent(id).1)),
        Cell::number(row.legs),
        served(span(row.talk)),
        served(span(row.hold)),
        served(span(row.wrap_up)),
        maybe_time(row.freed),
        Cell::maybe(row.to, |to| Cell::text(&model.queues[to.index()].name)),
        maybe_time(row.responded.map(|(at, _)| at)),
        Cell::maybe(in_time, Cell::Flag),
        maybe_time(row.returns),
        Cell::maybe(row.returns_to, |to| Cell::text(&model.queues[to.index()].name)),
        Cell::maybe(row.ending, |(ending, _)| Cell::text(ending_word(ending))),
        why,
        maybe_time(row.ending.map(|(_, at)| at)),
    ]
}

pub(super) fn group_of(model: &Model, agent: AgentId) -> usize {
    model.agents[agent.index()].group.index()
}

/// An agent's number in its group, from 1.
pub(super) fn number_of(model: &Model, agent: AgentId) -> usize {
    let group = model.agents[agent.index()].group;
    1 + model.agents[..agent.index()].iter().rev().take_while(|other| other.group == group).count()
}

pub(super) const fn record(role: Role) -> &'static str {
    match role {
        Role::Case | Role::Stock => "contact",
        Role::Ghost => "ghost",
        Role::Duplicate => "left_behind",
        Role::FollowUp => "follow_up",
    }
}

const fn ending_word(ending: Ending) -> &'static str {
    match ending {
        Ending::SolvedFirst => "solved_first",
        Ending::Solved => "solved",
        Ending::SolvedByFollowUp => "solved_by_follow_up",
        Ending::Contained => "contained",
        Ending::Lost(_) => "lost",
        Ending::Open => "open",
    }
}
