//! Channels: how contacts travel.

use crate::units::Span;

/// `[channels.NAME]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// Self-service + waiting + talking at once; one more hears the busy signal. `None`: no limit.
    pub lines: Option<u32>,
    /// Waiting at once, over all its queues.
    pub max_waiting: Option<u32>,
    /// What kind of channel it is.
    pub kind: ChannelKind,
}

/// What travels on a channel, and how agents handle it.
#[derive(Clone, Debug, Default, PartialEq)]
pub enum ChannelKind {
    /// Phone or video: one at a time, the customer on the line.
    #[default]
    Voice,
    /// Several at a time, both present.
    Chat(Sharing),
    /// SMS, social messages: conversations that either side may let rest.
    Messaging(Sharing),
    /// E-mail, tickets, back office: nobody waits on the line.
    Deferred {
        /// `None`: it is never interrupted.
        interruption: Option<Interruption>,
        /// Upper ends of the age bands of the backlog, ascending.
        age_bands: Vec<Span>,
    },
}

impl ChannelKind {
    /// The word that the scenario file has for it.
    #[must_use]
    pub fn word(&self) -> &'static str {
        match self {
            ChannelKind::Voice => "voice",
            ChannelKind::Chat(_) => "chat",
            ChannelKind::Messaging(_) => "messaging",
            ChannelKind::Deferred { .. } => "deferred",
        }
    }

    /// Whether the customer is there: voice and chat. The others are accepted at any time, open or
    /// closed.
    #[must_use]
    pub fn is_live(&self) -> bool {
        matches!(self, ChannelKind::Voice | ChannelKind::Chat(_))
    }

    /// Conversations at once at an agent.
    #[must_use]
    pub fn concurrency(&self) -> u32 {
        match self {
            ChannelKind::Chat(sharing) | ChannelKind::Messaging(sharing) => sharing.concurrency,
            ChannelKind::Voice | ChannelKind::Deferred { .. } => 1,
        }
    }
}

/// How an agent shares attention between conversations.
#[derive(Clone, Debug, PartialEq)]
pub struct Sharing {
    /// Conversations at once at an agent.
    pub concurrency: u32,
    /// Talk-time factors with 1, 2, 3 conversations at the agent; the last one holds for more.
    pub slowdown: Vec<f64>,
    /// No new ones so long before the end of an agent's shift.
    pub wind_down: Span,
}

/// Work that a voice or chat contact may interrupt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interruption {
    /// Added to what is left when it resumes.
    pub restart_cost: Span,
}
