//! Self-service in front of a queue.

use super::super::{FalseContainment, Hours, SelfService};
use super::returns::to_queues;
use super::{hours, law};
use crate::reading::fields::Fields;

/// Reads `queues.X.self_service`; `queue_hours` are those of the queue behind it.
pub(super) fn self_service(fields: &Fields<'_>, queue_hours: &Hours) -> Option<SelfService> {
    let table = fields.table("self_service")?;
    let log = table.cx.log;
    table.require(&["time"]);
    let containment = table.number("containment").unwrap_or(0.0);
    let hang_up = table.number("hang_up").unwrap_or(0.0);
    if containment + hang_up > 1.0 + 1e-9 {
        let title = format!("`containment` and `hang_up` of `{}` sum to more than 1", table.path);
        let sum = ((containment + hang_up) * 1e6).round() / 1e6;
        log.error(table.place_of("hang_up"), title, format!("they sum to {sum}"));
    }
    let false_containment = table.table("false_containment").and_then(|table| {
        table.require(&["share"]);
        table.require(&["delay"]);
        let delay = law::law(&table, "delay");
        Some(FalseContainment { share: table.number("share")?, delay: delay? })
    });
    if table.has("false_containment") && !table.has("containment") {
        let title = format!("`{}` never happens", table.at("false_containment"));
        let reason = "nobody is contained: there is no `containment`";
        log.warning(table.place_of("false_containment"), title, reason);
    }
    if table.has("to_when_closed") && *queue_hours == Hours::Always {
        let title = format!("`{}` never applies", table.at("to_when_closed"));
        log.error(table.place_of("to_when_closed"), title, "the queue is always open")
            .help(format!("give `{}` its `open` rules, or leave it out", fields.path));
    }
    let own_hours = hours::hours(&table);
    let time = law::law(&table, "time");
    let to = to_queues(&table, "to");
    let to_when_closed = to_queues(&table, "to_when_closed");
    let sessions = table.count("sessions");
    Some(SelfService {
        hours: own_hours,
        time: time?,
        containment,
        false_containment,
        hang_up,
        to,
        to_when_closed,
        sessions,
    })
}
