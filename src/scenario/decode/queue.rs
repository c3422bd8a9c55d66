//! Queues: what a contact waits in, and what becomes of it there.

use super::super::{AtClose, ChannelKind, Overflow, Queue};
use super::arrivals::Profile;
use super::channel::{Channels, belongs_to};
use super::patience::patience;
use super::{
    arrivals, callback, chase, conversation, escalation, hours, law, returns, self_service, targets, transfer,
};
use crate::reading::fields::Fields;

/// Reads `[queues.NAME]`.
pub(super) fn queue(fields: &Fields<'_>, channels: &Channels, profiles: &[Profile]) -> Queue {
    let channel = channels.named(fields);
    let kind = channels.kind(&channel);
    let (talk, conversation) = conversation::talk(fields, kind);
    let hours = hours::hours(fields);
    let (answer, max_abandonment, resolve) = targets::targets(fields, kind, &hours);
    let [after_abandon, after_busy, after_closed] = returns::redials(fields, kind);
    let arrivals = fields.table("arrivals").map(|table| arrivals::arrivals(&table, &hours, profiles));
    Queue {
        name: fields.name.to_owned(),
        stream: fields.text("stream").unwrap_or_else(|| fields.name.to_owned()),
        at_close: at_close(fields, kind),
        priority: fields.count("priority").unwrap_or(1),
        max_waiting: fields.count("max_waiting"),
        talk,
        conversation,
        wrap_up: law::stepped_law(fields, "wrap_up"),
        patience: patience(fields, kind),
        overflow: overflow(fields),
        answer,
        max_abandonment,
        resolve,
        after_abandon,
        after_busy,
        after_closed,
        arrivals,
        resolution: returns::resolution(fields),
        transfers: transfer::transfers(fields),
        escalation: escalation::escalation(fields),
        self_service: self_service::self_service(fields, &hours),
        callback: callback::callback(fields, kind),
        backlog: chase::backlog(fields, kind),
        chase: chase::chase(fields, kind),
        channel,
        hours,
    }
}

/// What happens at closing time, where closing time means something.
fn at_close(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> AtClose {
    if let Some(kind) = kind {
        let help = "what waits there stays over night";
        if !belongs_to(fields, "at_close", kind.word(), &["voice", "chat"], Some(help)) {
            return AtClose::Serve;
        }
    }
    hours::at_close(fields)
}

fn overflow(fields: &Fields<'_>) -> Option<Overflow> {
    let table = fields.table("overflow")?;
    table.require(&["after"]);
    table.require(&["to"]);
    let after = table.duration("after");
    let to = table.text("to");
    if let Some(to) = &to {
        table.cx.refer("queue", to, table.place_of("to"), table.at("to"));
    }
    Some(Overflow { after: after?, to: to? })
}
