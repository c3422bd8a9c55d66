//! The keys of channels.

use crate::reading::shape::Kind::{Count, Duration, Flag, List, Number};
use crate::reading::shape::Range::Positive;
use crate::reading::shape::{Shape, key, one_of};
use crate::vocabulary::words;

words! {
    /// Kinds of channels.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub(in crate::scenario) enum KindWord {
        Voice = "voice",
        Chat = "chat",
        Messaging = "messaging",
        Deferred = "deferred",
    }
}

pub(in crate::scenario) static CHANNEL: Shape = Shape {
    name: "channel",
    doc: "How contacts travel. Each kind has keys of its own; a key of another kind is refused.\n\n\
          - `voice`: telephone, video. One at a time, the customer on the line.\n\
          - `chat`: several at a time, both sides present.\n\
          - `messaging`: SMS, WhatsApp, social messages. A conversation that either side may let rest.\n\
          - `deferred`: e-mail, tickets, back office, public posts. Nobody waits on the line; a deadline \
          counts.",
    keys: &[
        key("kind", one_of::<KindWord>(), "\"voice\"", "\"chat\"", "What travels on it"),
        key(
            "lines",
            Count(1),
            "no limit",
            "120",
            "Trunks (voice, chat): self-service + waiting + talking; one more hears the busy signal",
        ),
        key("max_waiting", Count(0), "no limit", "60", "Waiting at once, over all its queues"),
        key("concurrency", Count(1), "3", "3", "Conversations of one agent at once (chat, messaging)"),
        key(
            "slowdown",
            List(&Number(Positive)),
            "1 each",
            "[1.0, 1.25, 1.6]",
            "Talk-time factor with 1, 2, 3 conversations at the agent; the last one holds for more (chat, \
             messaging)",
        ),
        key(
            "wind_down",
            Duration,
            "\"0s\"",
            "\"15m\"",
            "No new conversations so long before the end of an agent's shift (chat, messaging)",
        ),
        key(
            "interruptible",
            Flag,
            "false",
            "true",
            "A voice or chat contact may interrupt it; it resumes where it stopped (deferred)",
        ),
        key(
            "restart_cost",
            Duration,
            "\"0s\"",
            "\"30s\"",
            "With `interruptible`: added to what is left when it resumes (deferred)",
        ),
        key(
            "age_bands",
            List(&Duration),
            "[\"4h\", \"1d\", \"3d\"]",
            "[\"4h\", \"1d\", \"3d\"]",
            "Upper ends of the age bands of the backlog, ascending (deferred)",
        ),
    ],
    base: None,
};
