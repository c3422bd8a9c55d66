//! A case's story as JSON: the events as `--events` writes them, and the decisions with what was seen.

use serde_json::{Value, json};

use crate::experiment::Story;
use crate::model::Model;
use crate::routing::{AgentSeen, Between, Choice, GroupSeen, HeadSeen, Offer};
use crate::units::{AgentId, Instant, QueueId};

use super::contact_sheet::{group_of, number_of};
use super::event_sheet::event_objects;

/// The story of a case of a replication (from 1).
#[must_use]
pub fn story_json(story: &Story, replication: u64, model: &Model) -> String {
    let choices: Vec<Value> = story.choices.iter().map(|choice| decision(choice, model)).collect();
    let value = json!({
        "case": story.case,
        "replication": replication,
        "events": event_objects(replication, &story.events, model),
        "decisions": choices,
    });
    format!("{value:#}\n")
}

fn queue(id: QueueId, model: &Model) -> Value {
    json!(model.queues[id.index()].name)
}

fn agent(id: AgentId, model: &Model) -> Value {
    json!({ "group": model.groups[group_of(model, id)].name, "agent": number_of(model, id) })
}

/// Seconds since the start of the reported time.
fn time(at: Instant, model: &Model) -> Value {
    json!(model.reported_micros(at) as f64 / 1e6)
}

fn decision(choice: &Choice, model: &Model) -> Value {
    let at = time(choice.at, model);
    match &choice.between {
        Between::Agents { offer, groups } => {
            let answer = match *offer {
                Offer::Agent(id) => json!({ "offer": "agent", "to": agent(id, model) }),
                Offer::Interrupt(id) => json!({ "offer": "interrupt", "to": agent(id, model) }),
                Offer::Wait => json!({ "offer": "wait" }),
                Offer::WaitUntil(until) => json!({ "offer": "wait_until", "until": time(until, model) }),
                Offer::Callback => json!({ "offer": "callback" }),
                Offer::MoveTo(to) => json!({ "offer": "move_to", "to": queue(to, model) }),
            };
            let groups: Vec<Value> = groups.iter().map(|group| group_seen(group, model)).collect();
            json!({ "time": at, "of": "contact", "answer": answer, "groups": groups })
        }
        Between::Contacts { agent: id, taken, ours, heads } => {
            let heads: Vec<Value> = heads.iter().map(|head| head_seen(head, model)).collect();
            let taken = taken.map(|id| queue(id, model));
            json!({
                "time": at, "of": "agent", "agent": agent(*id, model), "taken": taken, "this_case": ours, "heads": heads
            })
        }
    }
}

fn group_seen(seen: &GroupSeen, model: &Model) -> Value {
    let with_room: Vec<Value> = seen.with_room.iter().map(|one| agent_seen(one, model)).collect();
    json!({
        "group": model.groups[seen.group.index()].name,
        "priority": seen.priority,
        "after": seen.after.seconds(),
        "handle_time": seen.handle_time,
        "solved": seen.solved,
        "on_duty": seen.on_duty,
        "with_room": with_room,
    })
}

fn agent_seen(seen: &AgentSeen, model: &Model) -> Value {
    json!({
        "agent": number_of(model, seen.agent),
        "idle": seen.idle.map(crate::units::Span::seconds),
        "busy_share": seen.busy_share,
        "load": f64::from(seen.load) / 1000.0,
        "score": number(seen.score),
    })
}

fn head_seen(seen: &HeadSeen, model: &Model) -> Value {
    json!({
        "queue": queue(seen.queue, model),
        "age": seen.age.seconds(),
        "priority": seen.level.0,
        "takes": seen.level.1,
        "index": number(seen.index),
        "this_case": seen.ours,
    })
}

/// JSON knows no infinity.
fn number(value: f64) -> Value {
    if value.is_finite() { json!(value) } else { Value::Null }
}
