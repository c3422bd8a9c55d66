//! Tickets as Intercom's and Zendesk's interfaces deliver them: JSON, page by page, as a list, or one a line.
//!
//! Intercom's conversations have their times in `statistics`, in seconds since 1970. Zendesk's tickets have a `metric_set`
//! beside the ticket, lengths of time in minutes by the clock (`calendar`).

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::ticket::Tickets;
use super::ticket_cells::{Read, Written, settle, tell};
use super::{Asked, Faults};

fn begin_of(begin: &[u8]) -> String {
    let text = String::from_utf8_lossy(&begin[..begin.len().min(65_536)]).into_owned();
    text.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']).to_owned()
}

/// Whether a file is JSON.
pub(super) fn is_one(begin: &[u8]) -> bool {
    begin_of(begin).starts_with(['{', '['])
}

/// Whether it needs no word to be known for tickets.
pub(super) fn is_known(begin: &[u8]) -> bool {
    let begin = begin_of(begin);
    let intercom = begin.contains("\"statistics\"") && begin.contains("\"first_admin_reply_at\"");
    let zendesk = begin.contains("\"metric_set\"") && begin.contains("\"created_at\"");
    begin.starts_with(['{', '[']) && (intercom || zendesk)
}

/// What is read of a conversation of Intercom; it has much more.
#[derive(Debug, Deserialize)]
struct Conversation {
    id: Value,
    created_at: Value,
    team_assignee_id: Option<Value>,
    admin_assignee_id: Option<Value>,
    priority: Option<String>,
    #[serde(default)]
    ai_agent_participated: Option<bool>,
    source: Option<SourceOf>,
    statistics: Option<Statistics>,
}

#[derive(Debug, Deserialize)]
struct SourceOf {
    #[serde(rename = "type")]
    kind: Option<String>,
    delivered_as: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Statistics {
    first_admin_reply_at: Option<Value>,
    last_close_at: Option<Value>,
    count_reopens: Option<u32>,
}

/// What is read of a ticket of Zendesk.
#[derive(Debug, Deserialize)]
struct ZendeskTicket {
    id: Value,
    created_at: Value,
    group_id: Option<Value>,
    assignee_id: Option<Value>,
    priority: Option<String>,
    via: Option<Via>,
    metric_set: Option<Metrics>,
}

#[derive(Debug, Deserialize)]
struct Via {
    channel: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
struct Metrics {
    reopens: Option<u32>,
    solved_at: Option<Value>,
    reply_time_in_minutes: Option<Minutes>,
}

#[derive(Debug, Deserialize)]
struct Minutes {
    calendar: Option<f64>,
}

/// What a ticket can be chosen or sorted by.
type Marks = BTreeMap<&'static str, String>;

/// Reads them.
pub(super) fn read(name: &str, bytes: &[u8], asked: &Asked) -> Result<Tickets, Faults> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let broken = |error: serde_json::Error| {
        Faults::one(
            format!("{name} is no file of tickets: {error}"),
            "it is a conversation of Intercom or a ticket of Zendesk a line, a list of them, or pages as their interfaces deliver them",
        )
    };
    let mut each = Vec::new();
    for value in serde_json::Deserializer::from_slice(bytes).into_iter::<Value>() {
        flatten(value.map_err(broken)?, &mut each);
    }
    let mut chosen = Choice::of(name, asked)?;
    let mut notes = Vec::new();
    let mut written = Vec::new();
    let (mut by_centre, mut by_bot) = (0, 0);
    let mut vendor = None;
    for (line, value) in (1..).zip(each) {
        let intercom = value.get("statistics").is_some() || value.get("team_assignee_id").is_some();
        let (one, marks) = if intercom {
            let conversation: Conversation = serde_json::from_value(value).map_err(broken)?;
            vendor = vendor.or(Some("conversations of Intercom"));
            let began = conversation.source.as_ref().and_then(|source| source.delivered_as.as_deref());
            if began.is_some_and(|began| began != "customer_initiated") {
                by_centre += 1;
                continue;
            }
            let replied = conversation.statistics.as_ref().and_then(|one| text(&one.first_admin_reply_at));
            if replied.is_none() && conversation.ai_agent_participated == Some(true) {
                by_bot += 1;
                continue;
            }
            of_intercom(line, conversation)
        } else {
            let ticket: ZendeskTicket = serde_json::from_value(value).map_err(broken)?;
            vendor = vendor.or(Some("tickets of Zendesk"));
            of_zendesk(line, ticket)
        };
        if let Some(one) = chosen.take(one, &marks) {
            written.push(one);
        }
    }
    notes.extend(vendor.map(str::to_owned));
    tell(&mut notes, by_centre, "were begun by the centre or by a campaign and are left out");
    tell(&mut notes, by_bot, "had an AI agent and no reply of a teammate, and are left out");
    settle(written, Read { name, asked, taken: Vec::new(), notes, replies: true })
}

/// The tickets of a page, of a list, or a single one.
fn flatten(value: Value, out: &mut Vec<Value>) {
    match value {
        Value::Array(all) => all.into_iter().for_each(|one| flatten(one, out)),
        Value::Object(mut page) => {
            let listed = ["conversations", "tickets", "data"]
                .into_iter()
                .find(|key| page.get(*key).is_some_and(Value::is_array));
            // A page has its tickets' measures beside them.
            let measures = page.remove("metric_sets");
            match listed.and_then(|key| page.remove(key)) {
                Some(Value::Array(mut all)) => {
                    join(&mut all, measures);
                    out.extend(all);
                }
                _ => out.push(Value::Object(page)),
            }
        }
        other => out.push(other),
    }
}

/// Gives each ticket its measures.
fn join(tickets: &mut [Value], measures: Option<Value>) {
    let Some(Value::Array(measures)) = measures else { return };
    let by_ticket: BTreeMap<String, Value> =
        measures.into_iter().filter_map(|one| Some((one.get("ticket_id")?.to_string(), one))).collect();
    for ticket in tickets {
        let own = ticket.get("id").and_then(|id| by_ticket.get(&id.to_string()));
        if let (Some(own), Value::Object(ticket)) = (own.cloned(), ticket) {
            ticket.entry("metric_set").or_insert(own);
        }
    }
}

/// A name, a number or a time as text; nothing where there is nothing.
fn text(value: &Option<Value>) -> Option<String> {
    match value.as_ref()? {
        Value::String(text) if !text.trim().is_empty() => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn of_intercom(line: u64, one: Conversation) -> (Written, Marks) {
    let statistics = one.statistics.unwrap_or_default();
    let team = text(&one.team_assignee_id);
    let mut marks = Marks::new();
    marks.extend(one.priority.map(|priority| ("priority", priority)));
    marks.extend(one.source.and_then(|source| source.kind).map(|kind| ("source.type", kind)));
    marks.extend(team.clone().map(|team| ("team_assignee_id", team)));
    let written = Written {
        line,
        number: text(&Some(one.id)),
        queue: team,
        created: text(&Some(one.created_at)).unwrap_or_default(),
        first: text(&statistics.first_admin_reply_at),
        first_after: None,
        solved: text(&statistics.last_close_at),
        reopened: statistics.count_reopens.unwrap_or(0),
        agent: text(&one.admin_assignee_id),
    };
    (written, marks)
}

fn of_zendesk(line: u64, one: ZendeskTicket) -> (Written, Marks) {
    let measures = one.metric_set.unwrap_or_default();
    let group = text(&one.group_id);
    let mut marks = Marks::new();
    marks.extend(one.priority.map(|priority| ("priority", priority)));
    marks.extend(one.via.and_then(|via| via.channel).map(|channel| ("via.channel", channel)));
    marks.extend(group.clone().map(|group| ("group_id", group)));
    let written = Written {
        line,
        number: text(&Some(one.id)),
        queue: group,
        created: text(&Some(one.created_at)).unwrap_or_default(),
        first: None,
        first_after: measures
            .reply_time_in_minutes
            .and_then(|time| time.calendar)
            .map(|minutes| minutes * 60.0),
        solved: text(&measures.solved_at),
        reopened: measures.reopens.unwrap_or(0),
        agent: text(&one.assignee_id),
    };
    (written, marks)
}

const MARKS: [&str; 5] = ["priority", "source.type", "team_assignee_id", "via.channel", "group_id"];

/// Which tickets count, and what makes their queue.
struct Choice<'a> {
    conditions: &'a [(String, String)],
    queue: Option<&'a str>,
}

impl<'a> Choice<'a> {
    fn of(name: &str, asked: &'a Asked) -> Result<Choice<'a>, Faults> {
        let refuse = |what: String| {
            Faults::one(format!("of the tickets of {name} {what}"), format!("it can be {}", MARKS.join(", ")))
        };
        if let Some((head, _)) = asked.conditions.iter().find(|(head, _)| !MARKS.contains(&head.as_str())) {
            return Err(refuse(format!("`--where` cannot choose by `{head}`")));
        }
        let mut queue = None;
        for (column, head) in &asked.columns {
            if *column != super::Column::Queue || !MARKS.contains(&head.as_str()) {
                let what = format!("`--column` can name what makes a queue, not `{}={head}`", column.word());
                return Err(refuse(what));
            }
            queue = Some(head.as_str());
        }
        Ok(Choice { conditions: &asked.conditions, queue })
    }

    fn take(&mut self, mut one: Written, marks: &Marks) -> Option<Written> {
        let fits = |(head, text): &(String, String)| marks.get(head.as_str()).is_some_and(|own| own == text);
        if !self.conditions.iter().all(fits) {
            return None;
        }
        if let Some(head) = self.queue {
            one.queue = marks.get(head).cloned();
        }
        Some(one)
    }
}
