//! Customers who try again, cases that come back, and the shares of where they go.

use super::super::{ChannelKind, Recontact, Redial, Resolution};
use super::channel::belongs_to;
use super::law;
use crate::reading::fields::Fields;
use crate::reading::shape::Range;
use crate::reading::values;

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
        Some(Redial { probability: probability.unwrap_or(0.0), delay, limit, to: destinations(&table, "to") })
    })
}

/// Refuses tries without end at one instant.
pub(super) fn takes_time(table: &Fields<'_>, key: &str, mean: f64, limit: Option<u32>) {
    if mean <= 0.0 && limit.is_none() {
        let title = format!("`{}` could try again for ever at one instant", table.path);
        let remedy = format!("give it a `limit`, or let `{key}` take some time");
        table.cx.log.error(table.place_of(key), title, "no time passes").help(remedy);
    }
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
        let to = destinations(&table, "to");
        Some(Recontact { probability, delay: law::law(&table, "delay")?, to })
    });
    Resolution { probability: table.number("probability").unwrap_or(1.0), recontact }
}

/// A rule without its probability is legal, as all left-out probabilities are 0, but hardly meant.
pub(super) fn warn_of_never(table: &Fields<'_>, key: &str) {
    if !table.has(key) {
        let title = format!("`{}` never happens", table.path);
        table.cx.log.warning(table.place, title, format!("it has no `{key}`, which is then 0"));
    }
}

/// Where contacts go, with their shares.
pub(super) fn destinations(table: &Fields<'_>, key: &str) -> Vec<(String, f64)> {
    let log = table.cx.log;
    let mut shares = Vec::new();
    for (queue, place, node) in table.each(key) {
        table.cx.refer("queue", queue, place, table.at(key));
        let path = format!("{}.{queue}", table.at(key));
        shares.push((queue.to_owned(), values::number(log, node, &path, Range::Share).unwrap_or(0.0)));
    }
    let sum: f64 = shares.iter().map(|share| share.1).sum();
    if sum > 1.0 + 1e-9 {
        let title = format!("the shares of `{}` sum to more than 1", table.at(key));
        log.error(table.place_of(key), title, format!("they sum to {}", (sum * 1e6).round() / 1e6));
    }
    shares
}
