//! Channels, compiled.

use crate::units::Span;

/// How contacts travel.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ChannelKind {
    /// One at a time, the customer on the line.
    Voice,
    /// Several at a time, both present.
    Chat,
    /// Conversations that either side may let rest.
    Messaging,
    /// Nobody waits on the line.
    Deferred,
}

impl ChannelKind {
    /// Whether a target is kept by the response, not by an agent's taking the contact up.
    #[must_use]
    pub fn counts_responses(self) -> bool {
        matches!(self, ChannelKind::Messaging | ChannelKind::Deferred)
    }

    /// Whether customers wait alike on both: on the line, for a message, or for nothing but an answer. Who
    /// moves between such queues goes on waiting; who moves to another kind of wait begins anew.
    #[must_use]
    pub fn waits_like(self, other: ChannelKind) -> bool {
        let on_the_line = |kind| matches!(kind, ChannelKind::Voice | ChannelKind::Chat);
        self == other || (on_the_line(self) && on_the_line(other))
    }
}

/// A channel.
#[derive(Clone, Debug)]
pub struct Channel {
    /// Its name.
    pub name: String,
    /// What travels on it.
    pub kind: ChannelKind,
    /// Self-service + waiting + talking at once; `u32::MAX`: no limit.
    pub lines: u32,
    /// Waiting at once; `u32::MAX`: no limit.
    pub max_waiting: u32,
    /// Talk-time factors with 1, 2, 3 conversations at the agent; empty: always 1.
    pub slowdown: Vec<f64>,
    /// No new contacts so long before the end of an agent's shift.
    pub wind_down: Span,
    /// Upper ends of the age bands of its backlog.
    pub age_bands: Vec<Span>,
    /// `Some`: its work may be interrupted; this is added to what is left when it resumes.
    pub restart_cost: Option<Span>,
    /// Conversations at once at an agent.
    pub concurrency: u32,
    /// What one contact takes of an agent by default, in thousandths.
    pub share: u16,
}

impl Channel {
    /// The talk-time factor with so many conversations at the agent.
    #[inline]
    #[must_use]
    pub fn slowdown(&self, conversations: usize) -> f64 {
        let last = self.slowdown.last().copied().unwrap_or(1.0);
        self.slowdown.get(conversations.saturating_sub(1)).copied().unwrap_or(last)
    }
}
