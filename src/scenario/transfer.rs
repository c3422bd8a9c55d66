//! Transfers: contacts passed on at the end of the talk.

use super::names::FollowUpName;
use super::shares::warn_of_never;
use super::times::Times;
use crate::random::Distribution;
use crate::reading::fields::Fields;
use crate::reading::kinds::{PositiveDuration, Share, Word};
use crate::reading::table::table;
use crate::vocabulary::{Handover, Requeue, words};

words! {
    /// What the agent who passes a customer on does meanwhile.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(super) enum TransferKind {
        Cold = "cold",
        Warm = "warm",
        Conference = "conference",
    }
}

/// `queues.X.transfers.TO`.
#[derive(Clone, Debug, PartialEq)]
pub struct Transfer {
    /// The new queue.
    pub to: String,
    /// Share of finished legs.
    pub probability: f64,
    /// Its place there.
    pub requeue: Requeue,
    /// What the first agent does meanwhile.
    pub handover: Handover,
    /// Both agents are busy so long after a warm one is taken over, seconds.
    pub told_for: Distribution,
    /// So long the customer is with nobody, seconds.
    pub delay: Distribution,
    /// The follow-up that it starts.
    pub follow_up: Option<String>,
}

table! {
    /// Contacts passed on to another queue at the end of the talk.
    keys of Transfer = "transfer" {
        /// Share of finished legs
        probability: Share, default(0), example(0.12);
        /// The agent hangs up at once; stays with the customer until taken over; stays to the end of the
        /// next agent's talk
        kind: Word<TransferKind>, default("cold"), example("warm");
        /// Behind everyone; by its age since its first entry; before everyone
        requeue: Word<Requeue>, default("tail"), example("age");
        /// Both agents busy after the take-over (warm)
        handover: Times, default("0s"), example({ mean = "30s" });
        /// The customer is with nobody so long before the wait in the new queue begins, and does not abandon meanwhile
        delay: Times, default("0s"), example({ mean = "15s" });
        /// The first agent waits with the customer so long; then it becomes a cold one (warm, conference)
        hold_limit: PositiveDuration, none("no limit"), example("2m");
        /// The follow-up that it starts; its trigger is "transfer"
        follow_up: FollowUpName, none("none"), example("courtesy_call");
    }
}

/// Reads `queues.X.transfers`.
pub(super) fn transfers(queue: &Fields<'_>, tables: &[Fields<'_>]) -> Vec<Transfer> {
    let log = queue.cx.log;
    let transfers: Vec<Transfer> = tables.iter().map(|table| transfer(queue, table)).collect();
    let sum: f64 = transfers.iter().map(|transfer| transfer.probability).sum();
    if sum > 1.0 + 1e-9 {
        let title = format!("the probabilities of `{}` sum to more than 1", queue.at("transfers"));
        log.error(queue.place_of("transfers"), title, format!("they sum to {}", (sum * 1e6).round() / 1e6));
    }
    transfers
}

fn transfer(queue: &Fields<'_>, table: &Fields<'_>) -> Transfer {
    queue.cx.refer("queue", table.name, table.place, queue.at("transfers"));
    warn_of_never(table, Transfer::probability.name);
    Transfer {
        to: table.name.to_owned(),
        probability: table.read(Transfer::probability),
        requeue: table.read(Transfer::requeue),
        handover: handover(table),
        told_for: table.read(Transfer::handover),
        delay: table.read(Transfer::delay),
        follow_up: table.read(Transfer::follow_up),
    }
}

fn handover(table: &Fields<'_>) -> Handover {
    let kind = table.read_if_sound(Transfer::kind);
    let hold_limit = table.read(Transfer::hold_limit);
    if let Some(kind) = kind.map(TransferKind::word) {
        for (key, kinds, reason) in [
            (
                Transfer::handover.name,
                &["warm"][..],
                "only after a warm one do the two agents stay on together",
            ),
            (Transfer::hold_limit.name, &["warm", "conference"], "the agent hangs up at once"),
        ] {
            if table.has(key) && !kinds.contains(&kind) {
                let title = format!("`{}` has no meaning for a {kind} transfer", table.at(key));
                let remedy = format!("write `kind = \"{}\"`, or leave it out", kinds.join("\"` or `\""));
                table.cx.log.error(table.place_of(key), title, reason).help(remedy);
            }
        }
    }
    match kind {
        Some(TransferKind::Warm) => Handover::Warm { hold_limit },
        Some(TransferKind::Conference) => Handover::Conference { hold_limit },
        Some(TransferKind::Cold) | None => Handover::Cold,
    }
}
