//! Queues: what a contact waits in, and what becomes of it there.

use crate::random::Law;
use crate::units::Span;
use crate::units::Within;
use crate::vocabulary::AnswerTarget;
use crate::vocabulary::Backlog;
use crate::vocabulary::Handover;
use crate::vocabulary::Requeue;

use super::{Arrivals, Callback, CallbacksCount, Chase, Conversation, Escalation, Hours, SelfService};
use crate::units::Steps;

/// What happens to those inside at closing time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtClose {
    /// They are served by who is on duty, as overtime.
    Serve,
    /// They are sent away at once.
    Clear,
    /// They are served for a while, then sent away.
    ServeFor(Span),
}

/// How long a customer would wait.
#[derive(Clone, Debug, PartialEq)]
pub struct Patience {
    /// In seconds; read at the stay's entry.
    pub law: Steps<Law>,
    /// Share that gives up at once if it must wait.
    pub balk: f64,
    /// Share of those who give up that say nothing (chat): the agent finds out later.
    pub silent: f64,
    /// How long an agent waits for an answer before finding out.
    pub found_out: Span,
}

/// Leaves for another queue after a while.
#[derive(Clone, Debug, PartialEq)]
pub struct Overflow {
    /// After waiting this long.
    pub after: Span,
    /// For this queue.
    pub to: String,
}

/// `targets.resolve`: from the opening of the case.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolveTarget {
    /// Share promised.
    pub share: f64,
    /// Solved within.
    pub within: Within,
}

/// A customer who tries again (`redial.after_*`).
#[derive(Clone, Debug, PartialEq)]
pub struct Redial {
    /// Share that tries again.
    pub probability: f64,
    /// After this time (seconds). `None` only for `after_closed`: the next opening.
    pub delay: Option<Law>,
    /// At most so many further attempts of one case.
    pub limit: Option<u32>,
    /// Where: shares that sum to at most 1; the rest tries the same queue.
    pub to: Vec<(String, f64)>,
}

/// An unsolved case that comes back.
#[derive(Clone, Debug, PartialEq)]
pub struct Recontact {
    /// Share of the unsolved that comes back; the rest is lost.
    pub probability: f64,
    /// After this time (seconds).
    pub delay: Law,
    /// Where: shares that sum to at most 1; the rest comes to the same queue.
    pub to: Vec<(String, f64)>,
}

/// `queues.X.resolution`.
#[derive(Clone, Debug, PartialEq)]
pub struct Resolution {
    /// Share of finished legs without transfer that solve the case; skills may override it.
    pub probability: f64,
    /// What becomes of the others.
    pub recontact: Option<Recontact>,
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
    /// The follow-up that it starts.
    pub follow_up: Option<String>,
}

/// `[queues.NAME]`.
#[derive(Clone, Debug, PartialEq)]
pub struct Queue {
    /// Its name.
    pub name: String,
    /// The name that its draws go by (`stream`, else the name).
    pub stream: String,
    /// Its channel.
    pub channel: String,
    /// When it is open.
    pub hours: Hours,
    /// What happens to those inside at closing time.
    pub at_close: AtClose,
    /// 1 before 2.
    pub priority: u32,
    /// Waiting at once.
    pub max_waiting: Option<u32>,
    /// Talk time, seconds; read at the stay's entry. Of a conversation: one reply.
    pub talk: Steps<Law>,
    /// The talk is a conversation of turns.
    pub conversation: Option<Conversation>,
    /// Wrap-up time, seconds; `None`: none.
    pub wrap_up: Option<Steps<Law>>,
    /// `None`: nobody ever gives up.
    pub patience: Option<Patience>,
    /// Leaves for another queue.
    pub overflow: Option<Overflow>,
    /// Promise on waits.
    pub answer: Option<AnswerTarget>,
    /// Promise on abandonment: at most this share.
    pub max_abandonment: Option<f64>,
    /// Promise on solving.
    pub resolve: Option<ResolveTarget>,
    /// After giving up.
    pub after_abandon: Option<Redial>,
    /// After a busy signal.
    pub after_busy: Option<Redial>,
    /// After finding it closed.
    pub after_closed: Option<Redial>,
    /// `None`: no case begins here.
    pub arrivals: Option<Arrivals>,
    /// Solved or not.
    pub resolution: Resolution,
    /// Passed on; probabilities sum to at most 1.
    pub transfers: Vec<Transfer>,
    /// Goes to a higher level.
    pub escalation: Option<Escalation>,
    /// In front of it.
    pub self_service: Option<SelfService>,
    /// A waiting customer's place kept while they hang up.
    pub callback: Option<Callback>,
    /// How whoever is called back counts.
    pub callbacks: CallbacksCount,
    /// Work that is there at the start.
    pub backlog: Option<Backlog>,
    /// Customers who have waited too long get in touch again.
    pub chase: Option<Chase>,
}
