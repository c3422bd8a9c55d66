//! Amazon Connect's contact records: JSON objects, one after the other, as its streams deliver them.
//!
//! A record is delivered at least once, so that of one contact the last counts. Times are UTC. Whoever joined a queue and
//! met no agent has abandoned, unless the flow took the contact out of the queue.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::call::{self, Call, Calls, Outcome, Rows, Service};
use super::stamps::{Cells, EPOCH, micros, stamps};
use super::{Asked, Faults};

/// Whether a file looks like them.
pub(super) fn is_one(bytes: &[u8]) -> bool {
    let begin = String::from_utf8_lossy(&bytes[..bytes.len().min(65_536)]).into_owned();
    let begin = begin.trim_start_matches(['\u{feff}', ' ', '\n', '\r', '\t']);
    begin.starts_with(['{', '[']) && begin.contains("\"ContactId\"")
}

/// What is read of a record; it has much more.
#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Record {
    contact_id: String,
    next_contact_id: Option<String>,
    /// Of a contact that was passed on: the first of all.
    initial_contact_id: Option<String>,
    channel: Option<String>,
    initiation_method: Option<String>,
    disconnect_reason: Option<String>,
    last_update_timestamp: Option<String>,
    queue: Option<Queue>,
    agent: Option<Agent>,
    customer_endpoint: Option<Endpoint>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Endpoint {
    address: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Queue {
    name: Option<String>,
    #[serde(rename = "ARN")]
    arn: Option<String>,
    enqueue_timestamp: Option<String>,
    duration: Option<f64>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
struct Agent {
    username: Option<String>,
    #[serde(rename = "ARN")]
    arn: Option<String>,
    agent_interaction_duration: Option<f64>,
    customer_hold_duration: Option<f64>,
    after_contact_work_duration: Option<f64>,
}

/// Contacts that nobody began by getting in touch, or whose wait the centre chose.
const NOT_OF_CUSTOMERS: [&str; 4] = ["OUTBOUND", "CALLBACK", "DISCONNECT", "MONITOR"];

/// The channel that is read unless `--where Channel=...` says another.
const CHANNEL: &str = "VOICE";

/// The flow ended the contact, not the customer.
const BY_THE_FLOW: [&str; 2] = ["CONTACT_FLOW_DISCONNECT", "EXPIRED"];

/// Reads them.
pub(super) fn read(name: &str, bytes: &[u8], asked: &Asked) -> Result<Calls, Faults> {
    let channel = match asked.conditions.as_slice() {
        [] => CHANNEL,
        [(head, text)] if head == "Channel" => text,
        _ => {
            return Err(Faults::one(
                format!("of the records of {name} `--where` can choose the channel alone"),
                "write `--where Channel=VOICE`, or CHAT, or TASK",
            ));
        }
    };
    let (records, mut notes) = records(name, bytes)?;
    let mut others: BTreeMap<String, usize> = BTreeMap::new();
    let (mut began, mut queueless) = (0, 0);
    let mut cells = Vec::new();
    let mut kept = Vec::new();
    for (line, record) in (1..).zip(records) {
        let own = record.channel.as_deref().unwrap_or(CHANNEL);
        if !own.eq_ignore_ascii_case(channel) {
            *others.entry(own.to_owned()).or_default() += 1;
            continue;
        }
        if record.initiation_method.as_deref().is_some_and(|how| NOT_OF_CUSTOMERS.contains(&how)) {
            began += 1;
            continue;
        }
        let joined = record.queue.as_ref().and_then(|queue| queue.enqueue_timestamp.clone());
        let Some(joined) = joined else {
            queueless += 1;
            continue;
        };
        cells.push(Cells { line, date: None, time: Some(joined), end: None });
        kept.push(record);
    }
    for (other, count) in &others {
        notes.push(format!("{count} of channel {other} are left out; `--where Channel={other}` reads these"));
    }
    let mut tell = |count: usize, what: &str| {
        if count > 0 {
            notes.push(format!("{count} {what}"));
        }
    };
    tell(queueless, "never joined a queue and are left out");
    tell(began, "are outbound calls, callbacks or listening in, and are left out");
    let (times, _) = stamps(&cells, asked, name)?;
    let mut rows = Rows::default();
    let mut nameless = 0;
    for (record, at) in kept.iter().zip(&times) {
        let call = contact(record);
        nameless += usize::from(matches!(call.outcome, Outcome::Answered(Service { agent: None, .. })));
        rows.push(micros(at.local), &call);
        if record.next_contact_id.is_some() || record.initial_contact_id.is_some() {
            let first = record.initial_contact_id.as_ref().unwrap_or(&record.contact_id);
            rows.part_of(call::number_of(first));
        }
    }
    let Some((start, _)) = rows.sorted(EPOCH) else {
        return Err(Faults::one(
            format!("{name} has no contacts of channel {channel} that joined a queue"),
            "`--where Channel=CHAT` reads another channel",
        ));
    };
    tell(nameless, "answered contacts have no agent's name");
    Ok(Calls { name: name.to_owned(), start, taken: Vec::new(), notes, rows })
}

/// All records, each contact once, in the order of their first delivery.
fn records(name: &str, bytes: &[u8]) -> Result<(Vec<Record>, Vec<String>), Faults> {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    let broken = |error: serde_json::Error| {
        Faults::one(
            format!("{name} is no file of contact records: {error}"),
            "it is a JSON object for each contact, as Amazon Connect's streams deliver them",
        )
    };
    let listed = bytes.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'[');
    let all: Vec<Record> = if listed {
        serde_json::from_slice(bytes).map_err(broken)?
    } else {
        serde_json::Deserializer::from_slice(bytes).into_iter().collect::<Result<_, _>>().map_err(broken)?
    };
    let delivered = all.len();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    let mut once: Vec<Record> = Vec::new();
    for record in all {
        match places.get(&record.contact_id) {
            Some(&place) if record.last_update_timestamp >= once[place].last_update_timestamp => {
                once[place] = record;
            }
            Some(_) => {}
            None => {
                places.insert(record.contact_id.clone(), once.len());
                once.push(record);
            }
        }
    }
    let mut notes = vec!["Amazon Connect's contact records".to_owned()];
    if delivered > once.len() {
        notes.push(format!(
            "{} records were delivered again: of each contact the last counts",
            delivered - once.len()
        ));
    }
    Ok((once, notes))
}

/// A contact; its times count from when it joined its queue.
fn contact(record: &Record) -> Call<'_> {
    let queue = record.queue.as_ref();
    let wait = queue.and_then(|queue| queue.duration).unwrap_or(0.0).max(0.0);
    let by_flow = record.disconnect_reason.as_deref().is_some_and(|reason| BY_THE_FLOW.contains(&reason));
    let outcome = match &record.agent {
        Some(agent) => {
            let seconds = |of: Option<f64>| of.unwrap_or(0.0).max(0.0);
            // The customer on hold keeps the agent, too.
            let talk = seconds(agent.agent_interaction_duration) + seconds(agent.customer_hold_duration);
            Outcome::Answered(Service {
                agent: agent.username.as_deref().or(agent.arn.as_deref()),
                start: wait,
                end: wait + talk,
                talk,
                wrap_up: agent.after_contact_work_duration,
            })
        }
        None if by_flow || record.next_contact_id.is_some() => Outcome::Left,
        None => Outcome::Abandoned,
    };
    let name = queue.and_then(|queue| queue.name.as_deref().or(queue.arn.as_deref()));
    let address = record.customer_endpoint.as_ref().and_then(|endpoint| endpoint.address.as_deref());
    Call {
        queue: name.unwrap_or("calls"),
        arrived: 0.0,
        wait,
        outcome,
        customer: address.and_then(call::customer),
    }
}
