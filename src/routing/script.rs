//! Scripts: what is done for a contact as it waits, step by step, as telephone systems run their vectors.
//!
//! A step holds from a wait on, while its condition is true. Steps that ask add groups; the contact goes to the longest idle agent
//! of those asked, by the skills' priority. Where nobody is found, the first other step that holds moves the contact or offers a
//! callback. Conditions are flat programs over numbers of the queue; they are worked out when a contact comes, when a step begins
//! for it, and for the heads of queues when someone comes, leaves or is free. Costs the conditions of the queue's steps and a pass over
//! its groups; nothing is allocated.

use crate::model::{Holds, Script, ScriptAct};
use crate::observations::Kind;
use crate::units::{AgentId, GroupId, Instant};
use crate::vocabulary::ScriptTerm;

use super::controls::Controls;
use super::{Contact, Offer, View};

/// Whether a step holds for a contact.
fn holds(step: &Holds, contact: &Contact, view: &View) -> bool {
    if view.waited(contact) < step.after {
        return false;
    }
    let Some(when) = &step.when else { return true };
    let queue = contact.queue;
    let value = when.value(|term| match term {
        ScriptTerm::Wait => view.waited(contact).seconds(),
        ScriptTerm::Waiting => {
            f64::from(view.waiting(queue)) + f64::from(u8::from(!view.is_waiting(contact)))
        }
        ScriptTerm::LongestWait => view.head(queue).map_or(0.0, |head| view.waited(&head).seconds()),
        ScriptTerm::Idle => f64::from(view.idle_for(queue)),
        ScriptTerm::OnDuty => view.able(queue).iter().map(|group| f64::from(view.on_duty(*group))).sum(),
        ScriptTerm::PredictedWait => view.predicted_wait(queue),
        ScriptTerm::LastWait => view.last_wait(queue).seconds(),
        ScriptTerm::ServiceLevel => view.recent_service_level(queue),
        ScriptTerm::Attempts => f64::from(contact.earlier_contacts),
        ScriptTerm::Legs => f64::from(contact.earlier_legs),
        ScriptTerm::Age => view.now().since(contact.opened).seconds(),
        ScriptTerm::IsRetry => f64::from(u8::from(contact.kind == Kind::Retry)),
        ScriptTerm::IsRepeat => f64::from(u8::from(contact.kind == Kind::Repeat)),
    });
    // What is not defined is not so.
    value != 0.0 && value != f64::NEG_INFINITY
}

/// The steps that ask for a contact now, a bit each.
fn steps(script: &Script, contact: &Contact, view: &View) -> u64 {
    if script.asks.is_empty() {
        return u64::MAX;
    }
    let bits = script.asks.iter().enumerate();
    bits.fold(0, |steps, (number, step)| steps | (u64::from(holds(step, contact, view)) << number))
}

/// Whether a contact may be served by an agent of a group now.
pub(super) fn lets(group: GroupId, contact: &Contact, view: &View) -> bool {
    let Some(script) = view.script(contact.queue) else { return true };
    let asking = script.asking(group);
    let mut steps = script.asks.iter().enumerate();
    script.asks.is_empty()
        || steps.any(|(number, step)| asking >> number & 1 == 1 && holds(step, contact, view))
}

/// An agent of the groups that are asked; with `by_priority` of those of the lowest priority first.
#[inline(never)]
pub(super) fn agent(
    controls: &Controls,
    contact: &Contact,
    view: &View,
    wake: &mut Instant,
    by_priority: bool,
) -> Option<AgentId> {
    let script = view.script(contact.queue)?;
    // Who came before is asked about first: what lets this one through may let that one.
    if !view.is_waiting(contact) && view.head(contact.queue).is_some() {
        return None;
    }
    let steps = steps(script, contact, view);
    let asked = view.servers_after(contact).iter().filter(|server| script.asks(server.group, steps));
    controls.first_of(asked, contact, view, wake, |server| {
        let agent = view.longest_with_room(server.group, contact.queue)?;
        let priority = if by_priority { server.priority } else { 0 };
        Some(((priority, view.load(agent) > 0, view.unchanged_since(agent)), agent))
    })
}

/// What becomes of a contact for whom nobody is there; `wake` is when it is to be offered again for other reasons.
#[inline(never)]
pub(super) fn nobody(contact: &Contact, view: &View, wake: Instant) -> Offer {
    if let Some(offer) = act(contact, view) {
        return offer;
    }
    let waited = view.waited(contact);
    let waits = view.script(contact.queue).map_or(&[][..], |script| &script.waits);
    let next = waits.iter().find(|wait| **wait > waited).map(|next| contact.entered + *next);
    let wake = next.map_or(wake, |next| wake.min(next));
    if wake < Instant::NEVER { Offer::WaitUntil(wake) } else { Offer::Wait }
}

/// What else is done with a contact for whom nobody is there.
fn act(contact: &Contact, view: &View) -> Option<Offer> {
    let script = view.script(contact.queue)?;
    let possible = |act: &ScriptAct| match act {
        ScriptAct::OfferCallback => !view.was_offered_callback(contact),
        ScriptAct::MoveTo(to) => !view.is_closed(*to),
    };
    let (_, act) = script.acts.iter().find(|(step, act)| possible(act) && holds(step, contact, view))?;
    Some(match act {
        ScriptAct::OfferCallback => Offer::Callback,
        ScriptAct::MoveTo(to) => Offer::MoveTo(*to),
    })
}
