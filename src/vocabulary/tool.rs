//! What agents and self-service can look up: customer history (CRM) and knowledge base.

/// `[customer_history]` or `[knowledge_base]`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Tool {
    /// Share of contacts that it covers.
    pub coverage: f64,
    /// Factor on the talk time of covered contacts.
    pub talk: f64,
    /// Factor on the share of covered legs that solve (at most 1 results).
    pub resolution: f64,
    /// Factor on the containment of covered self-service sessions (at most 1 results).
    pub containment: f64,
}
