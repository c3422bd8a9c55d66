//! Escalation: a contact goes to a higher level instead.

use crate::units::Span;

/// `queues.X.escalation`.
#[derive(Clone, Debug, PartialEq)]
pub struct Escalation {
    /// The higher level.
    pub to: String,
    /// Contacts of a case after so many attempts of it.
    pub after_attempts: Option<u32>,
    /// Contacts that have waited so long.
    pub after_wait: Option<Span>,
    /// This share of all contacts, at once.
    pub share: f64,
}
