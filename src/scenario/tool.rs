//! Customer history and knowledge base: what agents and self-service can look up.

use crate::reading::fields::Fields;
use crate::reading::kinds::{NotNegative, Positive, Share};
use crate::reading::table::table;
use crate::vocabulary::Tool;

/// `[customer_history]`.
pub(super) enum CustomerHistory {}

table! {
    /// What agents see of a customer who was here before (CRM): every leg of a case after its first one.
    keys of CustomerHistory = "customer history" {
        /// Share of legs that it covers
        coverage: Share, default(1), example(0.8);
        /// Factor on the talk time of a covered leg
        talk: Positive, default(1), example(0.9);
        /// Factor on the share of covered legs that solve (at most 1 results)
        resolution: NotNegative, default(1), example(1.05);
    }
}

/// `[knowledge_base]`.
pub(super) enum KnowledgeBase {}

table! {
    /// What agents and self-service can look up: every leg, every self-service session.
    keys of KnowledgeBase = "knowledge base", and of CustomerHistory {
        /// Factor on the containment of covered self-service sessions (at most 1 results)
        containment: NotNegative, default(1), example(1.1);
    }
}

impl CustomerHistory {
    /// Reads `[customer_history]`, which has no effect on self-service.
    pub(super) fn of(table: &Fields<'_>) -> Tool {
        tool(table, &[], 1.0)
    }
}

impl KnowledgeBase {
    /// Reads `[knowledge_base]`.
    pub(super) fn of(table: &Fields<'_>) -> Tool {
        tool(table, &[KnowledgeBase::containment.name], table.read(KnowledgeBase::containment))
    }
}

fn tool(table: &Fields<'_>, further: &[&str], containment: f64) -> Tool {
    let effects = [CustomerHistory::talk.name, CustomerHistory::resolution.name];
    if !effects.iter().chain(further).any(|effect| table.has(effect)) {
        let title = format!("`{}` changes nothing", table.path);
        table.cx.log.warning(table.place, title, "it has no factor on anything");
    }
    Tool {
        coverage: table.read(CustomerHistory::coverage),
        talk: table.read(CustomerHistory::talk),
        resolution: table.read(CustomerHistory::resolution),
        containment,
    }
}
