//! Who leaves a group when free.

use crate::units::AgentId;

/// Who leaves a group when free.
#[derive(Clone, Debug, Default)]
pub(super) struct Departures {
    /// Marked agents, latest last.
    pub(super) marked: Vec<AgentId>,
    /// Of the heads without shifts, so many leave as soon as any is free.
    pub(super) owed: u32,
}

impl Departures {
    /// An agent has left.
    pub(super) fn gone(&mut self, agent: AgentId) {
        self.marked.retain(|marked| *marked != agent);
    }

    /// Whether any of the crew leaves as soon as it is free.
    #[inline]
    pub(super) fn owes(&self) -> bool {
        self.owed > 0
    }

    pub(super) fn clear(&mut self) {
        self.marked.clear();
        self.owed = 0;
    }
}
