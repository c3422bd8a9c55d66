//! Conversations of turns in place of one talk.

use crate::random::Law;

use super::super::{ChannelKind, Conversation, ReturnTo};
use super::channel::belongs_to;
use super::{law, no_law};
use crate::reading::fields::Fields;
use crate::reading::tree::Data;
use crate::reading::values;
use crate::units::Steps;
use crate::vocabulary::Replies;

/// Reads `queues.X.talk` or `queues.X.conversation`: the agent's time for the talk, or for one reply.
pub(super) fn talk(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> (Steps<Law>, Option<Conversation>) {
    let allowed = match kind {
        Some(kind) => {
            let help = "`talk` says how long the talk takes";
            belongs_to(fields, "conversation", kind.word(), &["chat", "messaging"], Some(help))
        }
        None => true,
    };
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
    let conversation =
        if allowed { fields.table("conversation").map(|table| conversation(&table)) } else { None };
    match conversation {
        Some((work, conversation)) => (work.or(talk).unwrap_or_else(no_law), conversation),
        None => (talk.unwrap_or_else(no_law), None),
    }
}

/// The work for one reply, and the rest.
fn conversation(table: &Fields<'_>) -> (Option<Steps<Law>>, Option<Conversation>) {
    ["replies", "work", "customer_reply"].iter().for_each(|key| table.require(&[key]));
    let replies = replies(table);
    let work = law::stepped_law(table, "work");
    let customer_reply = law::law(table, "customer_reply");
    let park_after = table.positive_duration("park_after");
    let return_to: ReturnTo = table.word("return_to").unwrap_or_default();
    if table.has("return_to") && !table.has("park_after") {
        let title = format!("`{}` has no effect", table.at("return_to"));
        let reason = "without `park_after` a conversation is never parked";
        table.cx.log.warning(table.place_of("return_to"), title, reason);
    }
    let conversation =
        || Some(Conversation { replies: replies?, customer_reply: customer_reply?, park_after, return_to });
    (work, conversation())
}

fn replies(table: &Fields<'_>) -> Option<Replies> {
    let node = table.node("replies")?;
    match &node.data {
        Data::Table(_) => {
            let table = table.table("replies")?;
            table.require(&["mean"]);
            table.number("mean").map(Replies::Mean)
        }
        Data::Integer(_) => {
            let path = table.at("replies");
            let number = values::count(table.cx.log, node, &path, 1)?;
            table.cx.head_count(number, node.place, &path).map(Replies::Exactly)
        }
        _ => {
            values::wrong_type(table.cx.log, node, &table.at("replies"), "a whole number, or { mean = 4 }");
            None
        }
    }
}
