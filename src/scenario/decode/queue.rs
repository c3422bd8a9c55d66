//! Queues: what a contact waits in, and what becomes of it there.

use super::super::callback::CallbacksCount;
use super::super::times::no_law;
use super::super::{AtClose, Callback, ChannelKind, Chase, Conversation, Escalation, Overflow, Queue};
use super::arrivals::Profile;
use super::channel::{Channels, belongs_to};
use super::patience::patience;
use super::{arrivals, hours, law, returns, self_service, targets, transfer};
use crate::random::Law;
use crate::reading::fields::Fields;
use crate::reading::kinds::Reads;
use crate::units::Steps;
use crate::vocabulary::Backlog;

/// Reads `[queues.NAME]`.
pub(super) fn queue(fields: &Fields<'_>, channels: &Channels, profiles: &[Profile]) -> Queue {
    let channel = channels.named(fields);
    let kind = channels.kind(&channel);
    let (talk, conversation) = talk(fields, kind);
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
        escalation: fields.table("escalation").and_then(|table| Escalation::of(fields, &table)),
        self_service: self_service::self_service(fields, &hours),
        callback: callback(fields, kind),
        callbacks: fields.word("callbacks").unwrap_or(CallbacksCount::Apart),
        backlog: backlog(fields, kind),
        chase: chase(fields, kind),
        channel,
        hours,
    }
}

/// Refuses a key where the channel is not of one of these kinds; gives whether all is fine.
fn goes_with(
    fields: &Fields<'_>,
    key: &str,
    kind: Option<&ChannelKind>,
    kinds: &[&str],
    help: &'static str,
) -> bool {
    kind.is_none_or(|kind| belongs_to(fields, key, kind.word(), kinds, Some(help)))
}

/// The agent's time for the talk, or for one reply of a conversation.
fn talk(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> (Steps<Law>, Option<Conversation>) {
    let help = "`talk` says how long the talk takes";
    let allowed = goes_with(fields, "conversation", kind, &["chat", "messaging"], help);
    let may_converse = !matches!(kind, Some(ChannelKind::Voice | ChannelKind::Deferred { .. }));
    if may_converse {
        fields.require(&["talk", "conversation"]);
    } else if allowed {
        fields.require(&["talk"]);
    }
    if allowed && fields.has("talk") && fields.has("conversation") {
        let title = format!("`{}` has both `talk` and `conversation`", fields.path);
        let remedy = "of a conversation, `work` is the agent's time for one reply; leave `talk` out";
        fields.cx.log.error(fields.place_of("conversation"), title, "one of them must go").help(remedy);
    }
    let talk = law::stepped_law(fields, "talk");
    let conversation = if allowed { fields.table("conversation") } else { None };
    let conversation = conversation.and_then(|table| Conversation::of(&table));
    let work = conversation.as_ref().map(|conversation| conversation.work.clone());
    (work.or(talk).unwrap_or_else(no_law), conversation)
}

fn callback(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> Option<Callback> {
    let help = "only a caller can hang up and be called";
    if !goes_with(fields, "callback", kind, &["voice"], help) {
        return None;
    }
    if fields.has("callbacks") && !fields.has("callback") {
        let title = format!("`{}` needs a `callback`", fields.at("callbacks"));
        let reason = "without one nobody is called back";
        let logged = fields.cx.log.error(fields.place_of("callbacks"), title, reason);
        logged.help("leave it out, or add `callback`");
    }
    fields.table("callback").and_then(|table| Callback::of(&table))
}

fn backlog(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> Option<Backlog> {
    let help = "on the others customers are there when they get in touch, and not before";
    if !goes_with(fields, "backlog", kind, &["deferred"], help) {
        return None;
    }
    Backlog::read(&fields.written("backlog")?)
}

fn chase(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> Option<Chase> {
    let help = "who gives up waiting and tries again is `patience` with `redial.after_abandon`";
    if !goes_with(fields, "chase", kind, &["deferred"], help) {
        return None;
    }
    fields.table("chase").and_then(|table| Chase::of(&table))
}

/// What happens at closing time, where closing time means something.
fn at_close(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> AtClose {
    let help = "what waits there stays over night";
    if !goes_with(fields, "at_close", kind, &["voice", "chat"], help) {
        return AtClose::Serve;
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
