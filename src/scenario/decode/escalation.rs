//! Escalation: a contact goes to a higher level instead.

use super::super::Escalation;
use crate::reading::fields::Fields;

/// Reads `queues.X.escalation`.
pub(super) fn escalation(fields: &Fields<'_>) -> Option<Escalation> {
    let table = fields.table("escalation")?;
    let log = table.cx.log;
    table.require(&["to"]);
    table.require(&["after_attempts", "after_wait", "share"]);
    let to = table.text("to");
    if let Some(to) = &to {
        table.cx.refer("queue", to, table.place_of("to"), table.at("to"));
    }
    if table.has("after_wait") && fields.has("overflow") {
        let title = format!("`{}` has both `overflow` and `escalation.after_wait`", fields.path);
        let remedy = "leave one of them out, or escalate by `after_attempts` or `share`";
        log.error(table.place_of("after_wait"), title, "both move the waiting contact").help(remedy);
    }
    let after_attempts = table.count("after_attempts");
    let after_wait = table.positive_duration("after_wait");
    let share = table.number("share").unwrap_or(0.0);
    Some(Escalation { to: to?, after_attempts, after_wait, share })
}
