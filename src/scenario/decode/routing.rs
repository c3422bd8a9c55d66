//! Routing: which rules decide who gets whom.

use super::super::Routing;
use super::super::keys::Policy;
use crate::reading::fields::Fields;
use crate::reading::shape::Range;
use crate::reading::values;
use crate::vocabulary::{AgentRule, ContactRule};

/// Reads `[routing]`.
pub(super) fn routing(fields: &Fields<'_>) -> Routing {
    let mut routing = Routing::default();
    let policy = fields.word("policy");
    for key in ["agents", "contacts"] {
        if policy.is_some() && fields.has(key) {
            let title = format!("`routing.policy` and `routing.{key}` contradict each other");
            let reason = "`policy` sets both `agents` and `contacts`";
            fields.cx.log.error(fields.place_of(key), title, reason).help("leave one of them out");
        }
    }
    match policy {
        Some(Policy::FirstComeFirstServed) => {
            routing.agents = AgentRule::LongestIdle;
            routing.contacts = ContactRule::FirstComeFirstServed;
        }
        Some(Policy::SkillPriority) | None => {}
    }
    if let Some(rule) = fields.word("agents") {
        routing.agents = rule;
    }
    if let Some(rule) = fields.word("contacts") {
        routing.contacts = rule;
    }
    for (queue, place, node) in fields.each("reserve") {
        let path = format!("routing.reserve.{queue}");
        fields.cx.refer("queue", queue, place, "routing.reserve".to_owned());
        let heads = values::count(fields.cx.log, node, &path, 0)
            .and_then(|number| fields.cx.head_count(number, node.place, &path));
        routing.reserve.push((queue.to_owned(), heads.unwrap_or(0)));
    }
    for (queue, place, node) in fields.each("weights") {
        fields.cx.refer("queue", queue, place, "routing.weights".to_owned());
        let path = format!("routing.weights.{queue}");
        let weight = values::number(fields.cx.log, node, &path, Range::Positive);
        routing.weights.push((queue.to_owned(), weight.unwrap_or(1.0)));
    }
    if !routing.weights.is_empty() && !routing.contacts.weighs() {
        let title = "`routing.weights` changes nothing here";
        let reason = "the rule of `routing.contacts` weighs no queues";
        let help = "`longest_weighted_wait`, `c_mu` and `generalised_c_mu` do";
        fields.cx.log.error(fields.place_of("weights"), title, reason).help(help);
    }
    for table in fields.tables("by_channel") {
        fields.cx.refer("channel", table.name, table.place, "routing.by_channel".to_owned());
        table.require(&["agents"]);
        if let Some(rule) = table.word("agents") {
            routing.by_channel.push((table.name.to_owned(), rule));
        }
    }
    routing.sticky = fields.duration("sticky");
    routing.max_transfers = fields.count("max_transfers");
    for (name, _, node) in fields.each("parameters") {
        let path = format!("routing.parameters.{name}");
        let value = values::number(fields.cx.log, node, &path, Range::Any);
        routing.parameters.push((name.to_owned(), value.unwrap_or(0.0)));
    }
    routing
}
