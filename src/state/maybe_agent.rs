//! An agent, or nobody.

use std::num::NonZeroU32;

use crate::units::AgentId;

/// An agent or nobody, in four bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct MaybeAgent(Option<NonZeroU32>);

impl MaybeAgent {
    /// No agent.
    pub const NOBODY: MaybeAgent = MaybeAgent(None);

    /// The agent, if there is one.
    #[inline]
    #[must_use]
    pub fn get(self) -> Option<AgentId> {
        self.0.map(|number| AgentId(number.get() - 1))
    }

    /// Whether there is none.
    #[inline]
    #[must_use]
    pub fn is_nobody(self) -> bool {
        self.0.is_none()
    }
}

impl From<AgentId> for MaybeAgent {
    #[inline]
    fn from(agent: AgentId) -> MaybeAgent {
        // Far fewer agents than that fit into a model.
        MaybeAgent(NonZeroU32::new(agent.0.wrapping_add(1)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_agent_is_somebody_and_takes_no_more_room_than_its_number() {
        assert_eq!(MaybeAgent::from(AgentId(0)).get(), Some(AgentId(0)));
        assert_eq!(MaybeAgent::NOBODY.get(), None);
        assert!(MaybeAgent::default().is_nobody() && !MaybeAgent::from(AgentId(7)).is_nobody());
        assert_eq!(size_of::<MaybeAgent>(), size_of::<AgentId>());
    }
}
