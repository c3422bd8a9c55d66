//! What waits in a deferred queue at the start, and customers who get tired of waiting.

use crate::units::Span;

use super::super::{ChannelKind, Chase};
use super::channel::belongs_to;
use super::law;
use super::returns::{destinations, takes_time, warn_of_never};
use crate::reading::fields::Fields;
use crate::reading::tree::Data;
use crate::reading::values;
use crate::vocabulary::Backlog;

/// An agent's time for a duplicate where nothing is said.
const DUPLICATE: Span = Span::from_whole_seconds(60);

/// Reads `queues.X.chase`.
pub(super) fn chase(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> Option<Chase> {
    if let Some(kind) = kind {
        let help = "who gives up waiting and tries again is `patience` with `redial.after_abandon`";
        if !belongs_to(fields, "chase", kind.word(), &["deferred"], Some(help)) {
            return None;
        }
    }
    let table = fields.table("chase")?;
    table.require(&["after"]);
    warn_of_never(&table, "probability");
    let probability = table.number("probability").unwrap_or(0.0);
    let after = law::law(&table, "after");
    let to = destinations(&table, "to");
    let limit = table.count("limit");
    let duplicate = table.duration("duplicate").unwrap_or(DUPLICATE);
    let after = after?;
    if probability > 0.0 {
        takes_time(&table, "after", after.mean(), limit);
    }
    Some(Chase { probability, after, to, limit, duplicate })
}

/// Reads `queues.X.backlog`.
pub(super) fn backlog(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> Option<Backlog> {
    if let Some(kind) = kind {
        let help = "on the others customers are there when they get in touch, and not before";
        if !belongs_to(fields, "backlog", kind.word(), &["deferred"], Some(help)) {
            return None;
        }
    }
    let node = fields.node("backlog")?;
    let path = fields.at("backlog");
    let log = fields.cx.log;
    match &node.data {
        Data::Integer(_) => {
            let number = values::count(log, node, &path, 0)?;
            fields.cx.head_count(number, node.place, &path).map(Backlog::Contacts)
        }
        Data::Text(text) if text == "unlimited" => Some(Backlog::Unlimited),
        Data::Text(text) => {
            let title = format!("`{path}` cannot be `{text}`");
            let possible = "possible are a whole number, and \"unlimited\"";
            log.error(node.place, title, "no such word here").help(possible);
            None
        }
        _ => {
            values::wrong_type(log, node, &path, "a whole number, or \"unlimited\"");
            None
        }
    }
}
