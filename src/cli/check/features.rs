//! What a scenario has beside telephone queues, a line each.

use std::fmt::Write as _;

use crate::scenario::{Callback, Channel, ChannelKind, FollowUp, Owner, Queue, Scenario, Trigger};
use crate::vocabulary::{Backlog, OfferWhen};

/// So many names in a line at most.
const MOST_NAMES: usize = 10;

/// The lines, each with its line break; none for telephone queues alone.
pub(super) fn features(scenario: &Scenario) -> String {
    let mut out = String::new();
    let mut line = |title: &str, parts: Vec<String>| {
        let more = parts.len().saturating_sub(MOST_NAMES);
        if let [first, ..] = parts.as_slice()
            && !first.is_empty()
        {
            let shown = parts.iter().take(MOST_NAMES).cloned().collect::<Vec<_>>().join(", ");
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            let _ = writeln!(out, "{title}: {shown}{more}");
        }
    };
    if scenario.channels.iter().any(|channel| channel.kind != ChannelKind::Voice) {
        line("Channels", scenario.channels.iter().map(channel).collect());
    }
    let of_queues = |part: fn(&Queue) -> Option<String>| scenario.queues.iter().filter_map(part).collect();
    line("Self-service", of_queues(self_service));
    line("Callbacks", of_queues(|queue| Some(callback(queue, queue.callback.as_ref()?))));
    line("Waiting at the start", of_queues(backlog));
    line("Follow-ups", scenario.follow_ups.iter().map(follow_up).collect());
    out
}

fn channel(channel: &Channel) -> String {
    let kind = channel.kind.word();
    let more = match &channel.kind {
        ChannelKind::Chat(sharing) | ChannelKind::Messaging(sharing) => {
            format!(", {} at once", sharing.concurrency)
        }
        ChannelKind::Deferred { interruption: Some(_), .. } => ", interruptible".to_owned(),
        ChannelKind::Voice | ChannelKind::Deferred { .. } => String::new(),
    };
    format!("{} ({kind}{more})", channel.name)
}

fn self_service(queue: &Queue) -> Option<String> {
    let door = queue.self_service.as_ref()?;
    let percent = |share: f64| (share * 1e3).round() / 10.0;
    let mut parts = vec![format!("contains {} %", percent(door.containment))];
    if let Some(seeming) = &door.false_containment {
        parts.push(format!("{} % of them come back", percent(seeming.share)));
    }
    if door.hang_up > 0.0 {
        parts.push(format!("{} % hang up", percent(door.hang_up)));
    }
    Some(format!("{} ({})", queue.name, parts.join(", ")))
}

fn callback(queue: &Queue, callback: &Callback) -> String {
    let when = match callback.offer_when {
        OfferWhen::ExpectedWait(wait) => format!("from a wait of {wait}"),
        OfferWhen::QueueLength(length) => format!("from {length} waiting"),
        OfferWhen::ByScript => "where its script says so".to_owned(),
    };
    format!("{} ({when})", queue.name)
}

fn backlog(queue: &Queue) -> Option<String> {
    match queue.backlog? {
        Backlog::Contacts(number) => Some(format!("{number} in {}", queue.name)),
        Backlog::Unlimited => Some(format!("without end in {}", queue.name)),
    }
}

fn follow_up(follow_up: &FollowUp) -> String {
    let when = match follow_up.trigger {
        Trigger::Transfer => "after a transfer",
        Trigger::Unresolved => "where a leg solved nothing",
        Trigger::Resolved => "where a leg seems to have solved it",
        Trigger::Complaint => "where a customer comes back",
        Trigger::Arrival => "for each new case",
    };
    let who = match &follow_up.owner {
        Owner::FirstAgent => "by the first agent".to_owned(),
        Owner::LastAgent => "by the last agent".to_owned(),
        Owner::Queue(queue) => format!("by {queue}"),
    };
    let due = follow_up.due.map_or_else(String::new, |due| format!(", due in {due}"));
    format!("{} ({when}, {who}{due})", follow_up.name)
}
