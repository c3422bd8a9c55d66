//! Shares of contacts, and where they go.

use super::names::{Each, QueueName};
use crate::reading::fields::{Fields, Written};
use crate::reading::kinds::{Declares, Reads, Share};
use crate::reading::shape::Kind;

/// Queues with a share each, which sum to at most 1.
pub(super) enum ToQueues {}

impl Declares for ToQueues {
    const KIND: Kind = Each::<QueueName, Share>::KIND;
}

impl Reads for ToQueues {
    type Value = Vec<(String, f64)>;

    fn read(written: &Written<'_>) -> Option<Vec<(String, f64)>> {
        let Written { cx, path, .. } = written;
        let shares = Each::<QueueName, Share>::read(written)?;
        let sum: f64 = shares.iter().map(|share| share.1).sum();
        if sum > 1.0 + 1e-9 {
            let title = format!("the shares of `{path}` sum to more than 1");
            cx.log.error(written.node.place, title, format!("they sum to {}", (sum * 1e6).round() / 1e6));
        }
        Some(shares)
    }
}

/// A rule without its probability is legal, as all left-out probabilities are 0, but hardly meant.
pub(super) fn warn_of_never(table: &Fields<'_>, key: &str) {
    if !table.has(key) {
        let title = format!("`{}` never happens", table.path);
        table.cx.log.warning(table.place, title, format!("it has no `{key}`, which is then 0"));
    }
}

/// Refuses tries without end at one instant.
pub(super) fn takes_time(table: &Fields<'_>, key: &str, mean: f64, limit: Option<u32>) {
    if mean <= 0.0 && limit.is_none() {
        let title = format!("`{}` could try again for ever at one instant", table.path);
        let remedy = format!("give it a `limit`, or let `{key}` take some time");
        table.cx.log.error(table.place_of(key), title, "no time passes").help(remedy);
    }
}
