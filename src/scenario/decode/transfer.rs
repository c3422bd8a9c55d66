//! Transfers: contacts passed on at the end of the talk.

use super::super::Transfer;
use super::super::keys::TransferKind;
use super::super::shares::warn_of_never;
use crate::reading::fields::Fields;
use crate::units::Span;
use crate::vocabulary::{Handover, Requeue};

/// Reads `queues.X.transfers`.
pub(super) fn transfers(fields: &Fields<'_>) -> Vec<Transfer> {
    let log = fields.cx.log;
    let transfers: Vec<Transfer> =
        fields.tables("transfers").iter().map(|table| transfer(fields, table)).collect();
    let sum: f64 = transfers.iter().map(|transfer| transfer.probability).sum();
    if sum > 1.0 + 1e-9 {
        let title = format!("the probabilities of `{}` sum to more than 1", fields.at("transfers"));
        log.error(fields.place_of("transfers"), title, format!("they sum to {}", (sum * 1e6).round() / 1e6));
    }
    transfers
}

fn transfer(queue: &Fields<'_>, table: &Fields<'_>) -> Transfer {
    queue.cx.refer("queue", table.name, table.place, queue.at("transfers"));
    warn_of_never(table, "probability");
    let requeue = table.word::<Requeue>("requeue").unwrap_or_default();
    let follow_up = table.text("follow_up");
    if let Some(name) = &follow_up {
        table.cx.refer("follow-up", name, table.place_of("follow_up"), table.at("follow_up"));
    }
    Transfer {
        to: table.name.to_owned(),
        probability: table.number("probability").unwrap_or(0.0),
        requeue,
        handover: handover(table),
        follow_up,
    }
}

fn handover(table: &Fields<'_>) -> Handover {
    let kind = if table.has("kind") { table.word("kind") } else { Some(TransferKind::Cold) };
    let handover = table.duration("handover").unwrap_or(Span::ZERO);
    let hold_limit = table.positive_duration("hold_limit");
    if let Some(kind) = kind.map(TransferKind::word) {
        for (key, kinds, reason) in [
            ("handover", &["warm"][..], "only after a warm one do the two agents stay on together"),
            ("hold_limit", &["warm", "conference"], "the agent hangs up at once"),
        ] {
            if table.has(key) && !kinds.contains(&kind) {
                let title = format!("`{}` has no meaning for a {kind} transfer", table.at(key));
                let remedy = format!("write `kind = \"{}\"`, or leave it out", kinds.join("\"` or `\""));
                table.cx.log.error(table.place_of(key), title, reason).help(remedy);
            }
        }
    }
    match kind {
        Some(TransferKind::Warm) => Handover::Warm { handover, hold_limit },
        Some(TransferKind::Conference) => Handover::Conference { hold_limit },
        Some(TransferKind::Cold) | None => Handover::Cold,
    }
}
