//! How much of an agent a contact takes.

use crate::scenario::{Channel, ChannelKind, Conversation, Queue};
use crate::vocabulary::Replies;

/// Seconds of an agent for a contact of `queue` that comes at a time (microseconds since the start of
/// the reported time), at speed 1. Where conversations share an agent it is taken as full: a chat of
/// ten minutes at which an agent has three others takes two and a half, times the slowdown.
pub(super) fn effort(queue: &Queue, channel: Option<&Channel>, at: i64) -> f64 {
    let talk = queue.talk.at(at).mean();
    let wrap_up = queue.wrap_up.as_ref().map_or(0.0, |distribution| distribution.at(at).mean());
    let sharing = channel.and_then(|channel| match &channel.kind {
        ChannelKind::Chat(sharing) | ChannelKind::Messaging(sharing) => Some(sharing),
        ChannelKind::Voice | ChannelKind::Deferred { .. } => None,
    });
    let Some(sharing) = sharing else { return talk + wrap_up };
    let slowdown = sharing.slowdown.last().copied().unwrap_or(1.0);
    let at_once = f64::from(sharing.concurrency);
    let Some(turns) = &queue.conversation else { return (talk * slowdown + wrap_up) / at_once };
    // One reply is written at a time, so the agent is never quicker than all of them.
    let work = replies(turns) * talk * slowdown;
    // Between the replies the slot is kept, until the conversation is parked.
    let parked = turns.park_after.map_or(f64::INFINITY, |after| after.seconds());
    let silence = (replies(turns) - 1.0) * turns.customer_reply.mean().min(parked);
    work.max((work + silence + wrap_up) / at_once)
}

fn replies(turns: &Conversation) -> f64 {
    match turns.replies {
        Replies::Exactly(number) => f64::from(number),
        Replies::Mean(mean) => mean,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::scenario::Scenario;

    #[test]
    fn conversations_share_an_agent() {
        let text = r#"
horizon.length = "1h"
channels.phone = {}
channels.chat = { kind = "chat", concurrency = 4, slowdown = [1.0, 1.2, 1.5] }
channels.web = { kind = "chat", concurrency = 4 }
channels.sms = { kind = "messaging", concurrency = 2 }
queues.line = { channel = "phone", talk = "4m", wrap_up = "30s", arrivals.per_hour = 1 }
queues.chat = { channel = "chat", talk = "8m", wrap_up = "1m" }
queues.sms = { channel = "sms", conversation = { replies = { mean = 3 }, work = "1m", customer_reply = "10m", park_after = "2m" } }
queues.web = { channel = "web", conversation = { replies = 5, work = "1m", customer_reply = "2m" } }
groups.team = { skills = ["line", "chat", "sms", "web"], staff = 5 }
"#;
        let scenario = Scenario::from_text("centre.toml", text, &[]).expect("it is valid").scenario;
        let seconds = |queue: &Queue| effort(queue, scenario.channel(&queue.channel), 0);
        let found: Vec<f64> = scenario.queues.iter().map(seconds).collect();
        // Eight minutes, one and a half times as long, and a minute, shared by four; three replies and
        // two silences of two minutes, shared by two; five replies, which the agent has to write.
        assert_eq!(found, [270.0, (480.0 * 1.5 + 60.0) / 4.0, (3.0 * 60.0 + 2.0 * 120.0) / 2.0, 300.0]);
    }
}
