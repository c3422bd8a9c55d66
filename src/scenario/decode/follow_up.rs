//! Follow-ups: work that the centre itself starts for a case.

use crate::units::Span;

use super::super::attempts::doubt_attempts;
use super::super::times::{always, no_law};
use super::super::{FollowUp, Owner, Trigger};
use super::channel::Channels;
use super::law;
use crate::reading::fields::Fields;
use crate::reading::values;

/// Reads `[follow_ups.NAME]`.
pub(super) fn follow_up(fields: &Fields<'_>, channels: &Channels) -> FollowUp {
    ["trigger", "talk"].iter().for_each(|key| fields.require(&[key]));
    let trigger = fields.word::<Trigger>("trigger");
    let reached = fields.number("reached").unwrap_or(1.0);
    doubt_attempts(fields, reached);
    FollowUp {
        name: fields.name.to_owned(),
        trigger: trigger.unwrap_or(Trigger::Transfer),
        queues: queues(fields, trigger),
        share: fields.number("share").unwrap_or(1.0),
        owner: owner(fields, trigger),
        after: law::law(fields, "after").unwrap_or_else(|| always(Span::ZERO)),
        due: fields.positive_duration("due"),
        clock: fields.word("clock").unwrap_or_default(),
        channel: channels.named(fields),
        talk: law::stepped_law(fields, "talk").unwrap_or_else(no_law),
        wrap_up: law::stepped_law(fields, "wrap_up"),
        priority: fields.count("priority").unwrap_or(2),
        reached,
        ring: fields.duration("ring").unwrap_or(Span::from_whole_seconds(30)),
        retries: fields.count("retries").unwrap_or(0),
        retry_after: law::law(fields, "retry_after").unwrap_or_else(|| always(Span::HOUR * 2)),
        solves: fields.number("solves").unwrap_or(0.0),
    }
}

/// The queues that it is for; none is all of them.
fn queues(fields: &Fields<'_>, trigger: Option<Trigger>) -> Vec<String> {
    let Some(items) = fields.list("queues") else { return Vec::new() };
    let log = fields.cx.log;
    let path = fields.at("queues");
    if trigger == Some(Trigger::Transfer) {
        let title = format!("`{path}` does not go with the trigger `transfer`");
        log.error(fields.place_of("queues"), title, "the transfers name it themselves")
            .help(format!("write `transfers.QUEUE.follow_up = \"{}\"` in a queue", fields.name));
        return Vec::new();
    }
    if items.is_empty() {
        log.error(fields.place_of("queues"), format!("`{path}` is empty"), "it is for no queue at all")
            .help("leave it out for all queues");
    }
    let mut queues: Vec<String> = Vec::new();
    for item in items {
        let Some(queue) = values::text(log, item, &path) else { continue };
        fields.cx.refer("queue", &queue, item.place, path.clone());
        if queues.contains(&queue) {
            log.error(item.place, format!("`{path}` names `{queue}` twice"), "once is enough");
        }
        queues.push(queue);
    }
    queues
}

fn owner(fields: &Fields<'_>, trigger: Option<Trigger>) -> Owner {
    let written = fields.text("owner");
    let log = fields.cx.log;
    let owner = match written.as_deref() {
        Some("first_agent") => Owner::FirstAgent,
        Some("last_agent") | None => Owner::LastAgent,
        Some(queue) => {
            fields.cx.refer("owner", queue, fields.place_of("owner"), fields.at("owner"));
            Owner::Queue(queue.to_owned())
        }
    };
    let nobody_yet = trigger == Some(Trigger::Arrival) && !matches!(owner, Owner::Queue(_));
    if nobody_yet && (written.is_some() || !fields.has("owner")) {
        let place = if written.is_some() { fields.place_of("owner") } else { fields.place };
        let title = format!("`{}` needs a queue as its `owner`", fields.path);
        log.error(place, title, "at its arrival nobody has served the case yet")
            .help("write `owner = \"billing\"`, with the name of a queue");
    }
    owner
}
