//! Who gets whom: the policy trait, and the built-in rules.
//!
//! A policy answers two questions from a read-only [`View`] and changes nothing; the engine carries
//! out what it decides.

mod by_wait;
mod controls;
mod convex;
mod index;
mod matching;
mod ratio;
mod rules;
mod score;
mod script;
mod threshold;
mod view;
mod witness;

pub use rules::RulePolicy;
pub use view::{Contact, View};
pub use witness::{AgentSeen, Between, Choice, GroupSeen, HeadSeen, Witness};

use crate::state::CaseId;
use crate::units::{AgentId, Instant, QueueId};

/// What becomes of a contact that wants an agent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Offer {
    /// This agent, who has room, takes it.
    Agent(AgentId),
    /// This agent, who has not, lets work rest that may be interrupted, and takes it.
    Interrupt(AgentId),
    /// It waits.
    Wait,
    /// It waits, and is offered again at this time.
    WaitUntil(Instant),
    /// It is offered a callback, if its queue has one; who declines waits on.
    Callback,
    /// It goes on waiting in this queue.
    MoveTo(QueueId),
}

/// The routing rules.
///
/// # Panics
/// The play panics when a policy names an agent who is not idle or cannot serve the contact, or a
/// case that does not wait: a fault of the policy, told at once.
///
/// ```
/// use holdline::routing::{Contact, Offer, Policy, View};
/// use holdline::state::CaseId;
/// use holdline::units::AgentId;
///
/// /// Whoever has worked least gets the contact; a freed agent takes the longest queue's head.
/// struct Fair;
///
/// impl Policy for Fair {
///     fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
///         let able = view.able(contact.queue).iter().flat_map(|group| view.idle_agents(*group));
///         able.min_by_key(|agent| view.worked(*agent)).map_or(Offer::Wait, Offer::Agent)
///     }
///
///     fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
///         let queues = view.serves(agent).iter().copied();
///         let longest = queues.max_by_key(|queue| view.waiting(*queue))?;
///         view.head(longest).map(|contact| contact.case)
///     }
/// }
/// ```
pub trait Policy {
    /// A contact wants an agent: it has just come, or asked to be offered again.
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer;

    /// An agent has room (it is counted among the idle): which waiting contact does it take?
    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId>;

    /// Whether an agent that stays idle may let *other* idle agents start work that was held back
    /// (as reserves do). If so, the heads of all queues are offered again then.
    fn holds_back(&self) -> bool {
        false
    }

    /// Whether the first of a queue may be let through by its wait, or by who else waits there. If so, it is offered again
    /// when someone joins the queue, hangs up or is let through.
    fn offers_next(&self) -> bool {
        false
    }
}

/// So that whoever made a policy can look at it after the play.
impl<P: Policy + ?Sized> Policy for &mut P {
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        (**self).agent_for(contact, view)
    }

    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        (**self).contact_for(agent, view)
    }

    fn holds_back(&self) -> bool {
        (**self).holds_back()
    }

    fn offers_next(&self) -> bool {
        (**self).offers_next()
    }
}

/// So that policies of several kinds can stand side by side.
impl<P: Policy + ?Sized> Policy for Box<P> {
    fn agent_for(&mut self, contact: &Contact, view: &View) -> Offer {
        (**self).agent_for(contact, view)
    }

    fn contact_for(&mut self, agent: AgentId, view: &View) -> Option<CaseId> {
        (**self).contact_for(agent, view)
    }

    fn holds_back(&self) -> bool {
        (**self).holds_back()
    }

    fn offers_next(&self) -> bool {
        (**self).offers_next()
    }
}
