//! Customers who try again, cases that come back, and the shares of where they go.

use super::super::shares::{ToQueues, takes_time, warn_of_never};
use super::super::{ChannelKind, Recontact, Redial, Resolution};
use super::channel::belongs_to;
use super::law;
use crate::reading::fields::Fields;
use crate::reading::kinds::Reads;

/// Reads `queues.X.redial`: after giving up, after a busy signal, after finding it closed.
pub(super) fn redials(fields: &Fields<'_>, kind: Option<&ChannelKind>) -> [Option<Redial>; 3] {
    let Some(table) = fields.table("redial") else { return [None, None, None] };
    if let Some(kind) = kind {
        let help = "its contacts are accepted at any time and wait for the opening";
        belongs_to(&table, "after_closed", kind.word(), &["voice", "chat"], Some(help));
        let help = "nobody waits on the line; `chase` says who gets in touch again";
        belongs_to(&table, "after_abandon", kind.word(), &["voice", "chat", "messaging"], Some(help));
    }
    ["after_abandon", "after_busy", "after_closed"].map(|key| {
        let table = table.table(key)?;
        if key != "after_closed" {
            table.require(&["delay"]);
        }
        let probability = table.number("probability");
        warn_of_never(&table, "probability");
        let delay = law::law(&table, "delay");
        let limit = table.count("limit");
        if delay.is_some() && probability.unwrap_or(0.0) > 0.0 {
            takes_time(&table, "delay", delay.as_ref().map_or(0.0, |law| law.mean()), limit);
        }
        Some(Redial { probability: probability.unwrap_or(0.0), delay, limit, to: to_queues(&table, "to") })
    })
}

/// Reads `queues.X.resolution`.
pub(super) fn resolution(fields: &Fields<'_>) -> Resolution {
    let Some(table) = fields.table("resolution") else {
        return Resolution { probability: 1.0, recontact: None };
    };
    let recontact = table.table("recontact").and_then(|table| {
        table.require(&["delay"]);
        warn_of_never(&table, "probability");
        let probability = table.number("probability").unwrap_or(0.0);
        let to = to_queues(&table, "to");
        Some(Recontact { probability, delay: law::law(&table, "delay")?, to })
    });
    Resolution { probability: table.number("probability").unwrap_or(1.0), recontact }
}

/// Where contacts go, with their shares.
pub(super) fn to_queues(table: &Fields<'_>, key: &str) -> Vec<(String, f64)> {
    table.written(key).and_then(|written| ToQueues::read(&written)).unwrap_or_default()
}
