//! Rule `score`: what the terms of a scenario's own expressions are for a contact or an agent.

use crate::observations::Kind;
use crate::units::{AgentId, GroupId};
use crate::vocabulary::{AgentTerm, ContactTerm};

use super::{Contact, View};

/// The score of a waiting contact for an agent of a group that can serve it; 0 without an expression.
pub(super) fn of_contact(contact: &Contact, group: GroupId, view: &View) -> f64 {
    let Some(expression) = &view.model().routing.contact_score else { return 0.0 };
    let queue = contact.queue;
    let skill = view.skill(queue, group);
    let rate = skill.map_or(0.0, |skill| skill.rate);
    expression.value(|term| match term {
        ContactTerm::Wait => view.now().since(contact.age).seconds(),
        ContactTerm::Target => target(view, contact),
        ContactTerm::Weight => view.weight(queue),
        ContactTerm::HandleTime => 1.0 / rate,
        ContactTerm::Rate => rate,
        ContactTerm::Solved => skill.map_or(0.0, |skill| skill.solved),
        ContactTerm::Patience => view.mean_patience(queue),
        ContactTerm::Waiting => f64::from(view.waiting(queue)),
        ContactTerm::Idle => f64::from(view.idle_for(queue)),
        ContactTerm::Priority => f64::from(view.model().queues[queue.index()].priority),
        ContactTerm::Takes => skill.map_or(0.0, |skill| f64::from(skill.takes)),
        ContactTerm::Attempts => f64::from(contact.earlier_contacts),
        ContactTerm::Legs => f64::from(contact.earlier_legs),
        ContactTerm::Age => view.now().since(contact.opened).seconds(),
        ContactTerm::IsRetry => f64::from(u8::from(contact.kind == Kind::Retry)),
        ContactTerm::IsRepeat => f64::from(u8::from(contact.kind == Kind::Repeat)),
    })
}

/// The score of an agent who can serve a contact; 0 without an expression.
pub(super) fn of_agent(contact: &Contact, agent: AgentId, view: &View) -> f64 {
    let Some(expression) = &view.model().routing.agent_score else { return 0.0 };
    let group = view.group(agent);
    let skill = view.skill(contact.queue, group);
    let rate = skill.map_or(0.0, |skill| skill.rate);
    let load = view.load(agent);
    expression.value(|term| match term {
        AgentTerm::IdleTime if load > 0 => 0.0,
        AgentTerm::IdleTime => view.now().since(view.idle_since(agent)).seconds(),
        AgentTerm::BusyShare => view.busy_share(agent),
        AgentTerm::Worked => view.worked(agent).seconds(),
        AgentTerm::Load => f64::from(load) / 1000.0,
        AgentTerm::HandleTime => 1.0 / rate,
        AgentTerm::Rate => rate,
        AgentTerm::Solved => skill.map_or(0.0, |skill| skill.solved),
        AgentTerm::Pay => view.model().groups[group.index()].cost_per_hour,
        AgentTerm::Priority => skill.map_or(0.0, |skill| f64::from(skill.priority)),
        AgentTerm::Idle => f64::from(view.idle(group)),
        AgentTerm::Skills => view.duties(group).len() as f64,
        AgentTerm::Wait => view.waited(contact).seconds(),
        AgentTerm::Waiting => f64::from(view.waiting(contact.queue)),
        AgentTerm::Attempts => f64::from(contact.earlier_contacts),
        AgentTerm::Legs => f64::from(contact.earlier_legs),
        AgentTerm::Age => view.now().since(contact.opened).seconds(),
        AgentTerm::Luck => view.draw(contact, 1 + (agent.0 % u32::from(u16::MAX)) as u16),
    })
}

fn target(view: &View, contact: &Contact) -> f64 {
    let within = view.target_time(contact);
    if within == crate::units::Span::FOREVER { f64::INFINITY } else { within.seconds() }
}
